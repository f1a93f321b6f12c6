"""The list of our readings is current, and every reading a finding may carry stands in it."""

from pathlib import Path

from foerdercheck.rules import PRUEFUNGEN
from foerdercheck.rules.lesarten import LESARTEN

DOCS = Path(__file__).parent.parent / "docs" / "auslegungen.md"


def test_the_list_in_the_documentation_is_current(run):
    said = run("programme", "--auslegungen")
    assert said.code == 0
    assert DOCS.read_text(encoding="utf-8") == said.out, (
        "veraltet; foerdercheck programme --auslegungen > docs/auslegungen.md"
    )


def test_one_programme_alone_lists_its_own(run):
    out = run("programme", "mpsc", "--auslegungen").out
    assert "mpsc, Fassung vom" in out
    assert "sh-ki" not in out


def test_a_reading_names_rules_that_exist_and_is_told_apart():
    assert {name for lesart in LESARTEN for name in lesart.pruefungen} <= PRUEFUNGEN.keys()
    assert len({lesart.marke for lesart in LESARTEN}) == len(LESARTEN)
