"""The README is true: its session, its budget, and what the library gives for it."""

import re
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest

from foerdercheck import check_budget

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def _block(language: str, word: str) -> str:
    return next(text for text in re.findall(rf"```{language}\n(.*?)```", README, re.DOTALL) if word in text)


def test_the_budget_and_the_library_example_hold():
    assessment = check_budget(_block("yaml", "foerderprogramm").encode(), heute=date(2026, 11, 21))
    grant = assessment.rechnungen[0].zuwendung
    shown = dict(re.findall(r"^assessment\S*\.(\w+) +# (.*)$", _block("python", "check_budget"), re.MULTILINE))
    assert shown == {
        "ergebnis": f'"{assessment.ergebnis}"',
        "betrag": f'Decimal("{grant.betrag}")',
        "formel": f'"{grant.formel}"',
    }


def _session():
    block = re.search(r"```console\n(.*?)```", README, re.DOTALL)
    assert block is not None
    commands = re.split(r"^\$ ", block[1], flags=re.MULTILINE)[1:]
    return [(command, quoted.rstrip("\n").split("\n")) for command, _, quoted in (c.partition("\n") for c in commands)]


@pytest.mark.parametrize(("command", "quoted"), _session(), ids=[command for command, _ in _session()])
def test_session_in_the_readme_is_what_the_program_says(run, monkeypatch, command, quoted):
    monkeypatch.chdir(ROOT)
    program, *args = command.split()
    assert program == ".venv/bin/foerdercheck"
    said = run(*args)[1].split("\n")
    rest = iter(said)
    assert [line for line in quoted if line != "…" and line not in rest] == []
    for line, following in pairwise(quoted):
        if "…" not in {line, following}:
            assert said[said.index(line) + 1] == following
