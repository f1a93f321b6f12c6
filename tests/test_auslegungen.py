"""The list of our readings is current, and every reading a finding may carry stands in it."""

import re
from pathlib import Path

import pytest
from rechtsfaelle import load_cases

from foerdercheck.programmes import load_version, programme_ids, versions
from foerdercheck.reports.werte import shown_value
from foerdercheck.rules import PRUEFUNGEN
from foerdercheck.rules.lesarten import LESARTEN

DOCS = Path(__file__).parent.parent / "docs" / "auslegungen.md"


def test_the_list_in_the_documentation_is_current(run):
    said = run("programme", "--auslegungen")
    assert said.code == 0
    assert DOCS.read_text(encoding="utf-8") == said.out, (
        "veraltet; foerdercheck programme --auslegungen > docs/auslegungen.md"
    )


VERSIONS = [file for name in programme_ids() for file in versions(name)]


@pytest.mark.parametrize("file", VERSIONS, ids=lambda file: f"{file.parent.name}-{file.stem}")
def test_every_value_is_shown_as_people_say_it(file):
    fassung = load_version(file)
    shown = [shown_value(norm) for norms in fassung.parameter.values() for norm in norms]
    assert [text for text in shown if re.search(r"\w\(|=|[\[{]", text)] == []


def test_one_programme_alone_lists_its_own(run):
    out = run("programme", "mpsc", "--auslegungen").out
    assert "mpsc, Fassungen vom" in out
    assert "sh-ki" not in out


def test_a_reading_names_rules_that_exist_and_is_told_apart():
    assert {name for lesart in LESARTEN for name in lesart.pruefungen} <= PRUEFUNGEN.keys()
    assert len({lesart.marke for lesart in LESARTEN}) == len(LESARTEN)


def test_every_reading_a_case_shows_stands_in_the_list():
    listed = DOCS.read_text(encoding="utf-8").replace("\\", "")
    found = [fall.assess() for programm in programme_ids() for fall in load_cases(programm)]
    texts = [befund.text for assessment in found for befund in assessment.befunde]
    texts += [termin.pflicht for assessment in found for termin in assessment.fristen]
    marks = {mark for text in texts for mark in re.findall(r"\[Auslegung: ([^\]]*)\]", text)}
    assert len(marks) > len(programme_ids())
    assert {mark for mark in marks if mark not in listed} == set()


def test_the_list_is_read_in_ten_minutes():
    """Three hundred words a minute; what the same reason gives in several versions is told once."""
    words = re.findall(r"[^\W\d_]{3,}", DOCS.read_text(encoding="utf-8"))
    assert len(words) < 3_500
