"""Whatever is said about a budget or a history ends by saying that it is no decision; only --quiet leaves it out."""

import pytest
from demo import HISTORIE, JA, NEIN, OFFEN
from results import parsed

from foerdercheck.reports.dokument import FUSS, Eintrag, Liste, Spalte, Tabelle, Zelle
from foerdercheck.reports.terminal import render_terminal
from foerdercheck.reports.text import render_text


@pytest.fixture
def broken(tmp_path):
    file = tmp_path / "kaputt.yaml"
    file.write_text("a: [\n", encoding="utf-8")
    return file


@pytest.fixture
def empty(tmp_path):
    file = tmp_path / "leer.yaml"
    file.write_text("beihilfen: []\n", encoding="utf-8")
    return file


def test_every_report_ends_with_it(run, broken, empty):
    for call in (
        *(("check", file) for file in (JA, NEIN, OFFEN, broken)),
        *(("check", JA, *others) for others in ((NEIN,), (broken,), ("--herleitung",), ("--alle",))),
        ("check", broken, "--alle"),
        *(("deminimis", file) for file in (HISTORIE, broken, empty)),
        ("subventionswert", "--rate", "1", "--diskontsatz", "3 %"),
    ):
        out = run(*call).out
        assert out.splitlines()[-1].strip() == FUSS, call
        assert out.endswith(f"{FUSS}\n")


def test_it_stands_in_the_head_of_every_json_document(run, broken, empty):
    for call in (
        *(("check", file) for file in (JA, broken)),
        *(("check", file, "--alle") for file in (JA, broken)),
        *(("deminimis", file) for file in (HISTORIE, broken, empty)),
    ):
        found = parsed(run(*call, "--format", "json").out)
        assert list(found)[:4] == ["foerdercheck", "format", "ergebnis", "hinweis"], call
        assert found["hinweis"] == FUSS


def test_quiet_is_one_line_for_each_file(check, broken):
    assert FUSS not in check(JA, broken, "--quiet").out


@pytest.mark.parametrize(
    "block",
    [
        Liste("Offen", [Eintrag("?", "warnung", "1", "Text")], "Ende"),
        Tabelle([Spalte("Datei")], [[Zelle("b.yaml")]], fuss="Ende"),
    ],
)
def test_foot_of_a_list_or_table_stands_below_it_or_not_at_all(block):
    assert render_text([block]).splitlines()[-2:] == ["", "Ende"]
    assert [line.strip() for line in render_terminal([block], 80, None).splitlines()[-2:]] == ["", "Ende"]
    assert render_text([block]) == render_text([block._replace(fuss="")]) + "\nEnde\n"
