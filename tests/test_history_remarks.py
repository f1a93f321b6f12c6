"""Every remark about a history stands in every form of output, whatever it is about and however many accounts there are."""

import sys
from pathlib import Path

import pytest
from rechtsfaelle import ORDNER, as_yaml, read
from results import parsed

from foerdercheck import cli

EXAMPLES = sorted((Path(__file__).parents[1] / "budgets").glob("histor*"))
FAELLE = [fall for file in sorted((ORDNER / "de-minimis").glob("*.yaml")) for fall in read(file) if "historie" in fall]
DAY = "2026-04-20"


@pytest.fixture
def outputs(monkeypatch, capsys):
    """Return the terminal's text and the remarks of the JSON for the same call."""

    def run(*args: object):
        monkeypatch.setattr(sys, "argv", ["foerdercheck", "deminimis", *map(str, args)])
        cli._run()
        return capsys.readouterr().out

    def both(*args: object):
        return run(*args), parsed(run(*args, "--format", "json"))["hinweise"]

    return both


def listed(text):
    """Return the lines of the text that are entries of a list of remarks."""
    lines = text.splitlines()
    heads = [number for number, line in enumerate(lines) if line.strip() == "Hinweise:"]
    return [line.strip() for head in heads for line in _entries(lines[head + 1 :])]


def _entries(lines):
    for line in lines:
        if not line.lstrip().startswith(("i ", "? ")):
            return
        yield line


def _check(text, remarks):
    entries = listed(text)
    assert len(entries) == len(remarks)
    for said in remarks:
        assert any(said["text"] in entry for entry in entries)


@pytest.mark.parametrize("history", EXAMPLES, ids=lambda file: file.name)
def test_remarks_of_the_examples_are_the_same_in_both_forms(outputs, history):
    _check(*outputs(history, "--stichtag", DAY))


def test_remarks_of_the_cases_are_the_same_in_both_forms(outputs, tmp_path):
    seen = 0
    for fall in [fall for fall in FAELLE if "fehler" not in fall["erwartet"]][::7]:
        file = tmp_path / "h.yaml"
        file.write_text(as_yaml(fall["historie"]), encoding="utf-8")
        text, remarks = outputs(file, "--stichtag", fall["frage"]["stichtag"])
        _check(text, remarks)
        seen += len(remarks)
    assert seen


def test_remarks_about_one_of_many_accounts_are_told_with_its_name(outputs, tmp_path):
    file = tmp_path / "h.csv"
    rows = [f"Firma {number};15.03.2025;AZ {number};50000" for number in range(25)]
    file.write_text(
        "\n".join(["Unternehmen;Gewährt am;Aktenzeichen;Subventionswert;Notiz", *rows, rows[3]]), encoding="utf-8"
    )
    text, remarks = outputs(file, "--stichtag", DAY)
    _check(text, remarks)
    assert [said["unternehmen"] for said in remarks] == [[], ["Firma 3"], ["Firma 3"]]
    assert "Firma 3: Aktenzeichen, Datum und Betrag" in text
