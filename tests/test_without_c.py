"""Without the C part of PyYAML and without orjson: the same answers, byte for byte."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from demo import BUDGETS, UNDER
from fuzz import yaml_files
from fuzz.ods_files import ods
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st
from workbooks import AWARDS, HEADINGS, mappe, save, save_budget
from yaml._yaml import CParser

from foerdercheck.assessment.budget import check_budget
from foerdercheck.model.location import InputError
from foerdercheck.reading import yaml_tree
from foerdercheck.reading.yaml_events import Marks, location
from foerdercheck.reading.yaml_pure import PureParser
from foerdercheck.reports import result_json
from foerdercheck.reports.encoding import encoded, standard_encoded
from foerdercheck.reports.result_json import budget_line

ROOT = Path(__file__).parents[1]
CASES = sorted(file for folder in ("budgets", "tests") for file in (ROOT / folder).rglob("*.yaml"))
HIDE = "import sys; sys.modules.update(dict.fromkeys({}))"
RUN = "\nfrom foerdercheck.__main__ import start\nstart()"
NO_TEXT_OF_OURS = re.compile(r"\ufeff|!(?![a-z]*(?:\s|$))|^%", re.MULTILINE)
"""A byte order mark in the middle, tags and directives: only what is said of them differs, or the column behind them."""


def called(hidden, *args: object):
    command = [sys.executable, "-c", HIDE.format(hidden) + RUN, *map(str, args)]
    return subprocess.run(command, capture_output=True, timeout=60, check=False)


def places(marks):
    """Return the marks of a tree as a tree of places."""
    if not isinstance(marks, Marks):
        return marks and location(marks.line, marks.column)
    keys = {key: location(mark.line, mark.column) for key, mark in marks.keys.items()}
    inside = marks.children.items() if isinstance(marks.children, dict) else enumerate(marks.children)
    return location(marks.start.line, marks.start.column), keys, {key: places(child) for key, child in inside}


def read(parser, data: bytes):
    """Return all there is to say of a text: its tree, where everything stands, and the problems."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(yaml_tree, "Parser", parser)
        try:
            tree, source, problems = yaml_tree.read_yaml(data, "b.yaml")
        except InputError as error:
            return None, None, error.problems
        return tree, places(source.marks), list(problems)


SOUP = (
    *"\n \t-:,{}[]?#'\"|>@`*&a1ßx", "\n  ", "\n    ", "- ", ": ", ", ", "? ", "&a ", "*a", "|\n", ">\n", " #", "---", "...", "b: ",
    "2.000,00", "\\", "\r\n", "\x85", "\u2028", "\\u00e4", "\\ud83d", "\\U0001f600", "\\U00110000", "\\x", "'x'", '"y"', "<<: ",
    "a: b\n", "- c\n", "key:\n  ", "{a: 1}", "[1, 2]",
)  # fmt: skip


@given(
    st.one_of(
        yaml_files.nearly_valid(),
        yaml_files.garbage(),
        st.lists(st.sampled_from(SOUP), min_size=1, max_size=14).map(lambda parts: "".join(parts).encode()),
    )
)
@example(b"[a: ]\n")
@example(b"{a: }\n")
@example('"ü\\n\\udc00'.encode())
def test_both_parsers_read_and_say_the_same_at_the_same_places(data):
    assume(NO_TEXT_OF_OURS.search(data.decode(errors="replace")) is None)
    assert read(CParser, data) == read(PureParser, data)


@pytest.mark.parametrize("file", CASES, ids=lambda file: file.stem)
def test_every_case_of_law_is_read_alike(file):
    assert read(CParser, file.read_bytes()) == read(PureParser, file.read_bytes())


COMPILED = ["yaml._yaml", "orjson", "rich", "typer", "click", "openpyxl", "defusedxml", "resource", "multiprocessing"]
"""What a browser has not, or a page should not wait for."""


def test_files_of_every_format_are_judged_without_anything_compiled_or_heavy(tmp_path):
    budget, history = save_budget(tmp_path / "b.xlsx", mappe()), tmp_path / "h.csv"
    (tmp_path / "b.ods").write_bytes(ods(mappe()))
    history.write_text("Unternehmen;Gewährt am;Subventionswert\nA;01.01.2025;5,00\n", encoding="utf-8")
    save(tmp_path / "h.xlsx", [HEADINGS, *AWARDS])
    code = HIDE.format(COMPILED) + "\nfrom foerdercheck import check_budget, check_history\n"
    code += "for name in ('b.xlsx', 'b.ods'): print(check_budget({name: open(name, 'rb').read()}).fehler)\n"
    code += "for name in ('h.csv', 'h.xlsx'): print(check_history({name: open(name, 'rb').read()}).fehler)\n"
    run = subprocess.run([sys.executable, "-c", code], cwd=budget.parent, capture_output=True, timeout=60, check=False)
    assert run.stderr == b""
    assert [b"traumland" in line or line == b"()" for line in run.stdout.splitlines()] == [True] * 4


@settings(max_examples=25)
@given(yaml_files.valid(), st.booleans())
def test_both_encoders_write_the_same_bytes(data, herleitung):
    assessment = check_budget(data)
    line = budget_line(assessment, herleitung=herleitung)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(result_json, "encoded", standard_encoded)
        assert budget_line(assessment, herleitung=herleitung) == line


PLAIN = st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text()


@given(st.recursive(PLAIN, lambda inside: st.lists(inside) | st.dictionaries(st.text(), inside)))
def test_plain_data_of_any_kind_becomes_the_same_bytes(value):
    assert encoded is not standard_encoded
    assert encoded(value) == standard_encoded(value)


@pytest.mark.parametrize("hidden", [["yaml._yaml"], ["orjson"], ["yaml._yaml", "orjson"]], ids=" ".join)
def test_the_program_works_without_them(hidden):
    call = ("check", *UNDER, BUDGETS, "--format", "json", "--herleitung", "--stichtag", "2026-11-20")
    there, lacking = called([], *call), called(hidden, *call)
    assert (lacking.returncode, lacking.stdout, lacking.stderr) == (there.returncode, there.stdout, there.stderr)
    assert there.returncode == 2
    assert called(hidden, "--version").returncode == 0
