"""docs/mitmachen.md names files and tests that are there, and docs/mutants.md functions."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs" / "mitmachen.md").read_text(encoding="utf-8")
FILES = sorted(set(re.findall(r"`((?:foerdercheck|tests|docs|budgets|schemas)/[\w./-]*?)(?:::\w+)?`", PAGE)))
SURVIVORS = (ROOT / "docs" / "mutants.md").read_text(encoding="utf-8").partition("## Survivors")[2]
FUNCTIONS = [
    (file, name)
    for file, names in re.findall(r"`(\w+/\w+\.py)`((?:,? `\w+`)+)", SURVIVORS)
    for name in re.findall(r"\w+", names)
]
TESTS = sorted(set(re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", PAGE)))


@pytest.mark.parametrize("file", FILES)
def test_a_file_that_is_named_is_there(file):
    assert (ROOT / file).exists()


@pytest.mark.parametrize(("file", "name"), TESTS, ids=lambda part: part)
def test_a_test_that_is_named_is_there(file, name):
    assert f"\ndef {name}(" in (ROOT / file).read_text(encoding="utf-8")


@pytest.mark.parametrize(("file", "name"), FUNCTIONS, ids=lambda part: part)
def test_a_survivor_that_is_named_is_there(file, name):
    assert f"def {name}(" in (ROOT / "foerdercheck" / file).read_text(encoding="utf-8")


@pytest.mark.parametrize("kind", ["programme", "rule", "field", "format of output", "format of input", "regulation"])
def test_everything_people_add_has_its_list(kind):
    (section,) = re.findall(rf"^## A {kind}.*?\n(.*?)(?=^## |\Z)", PAGE, re.MULTILINE | re.DOTALL)
    assert re.findall(r"^(\d)\. ", section, re.MULTILINE)[:3] == ["1", "2", "3"]
