"""`--setze`: a budget checked with other values than its file has, at their places, and what cannot be set is told."""

import re

import pytest
from demo import BUDGETS, JA, check_demo
from hypothesis import given, settings
from hypothesis import strategies as st
from results import parsed
from strategies import budgets, dump
from workbooks import TAG, ausgang, mappe, save_budget

from foerdercheck import check_budget
from foerdercheck.reading.aenderungen import at, changed, path_text, value_text
from foerdercheck.reading.files import read_text

BEANTRAGT = "antragsteller.finanzierung.beantragt"


def leaves(tree, here=()):
    if isinstance(tree, dict | list):
        for key, part in tree.items() if isinstance(tree, dict) else enumerate(tree):
            yield from leaves(part, (*here, key))
    else:
        yield here


@settings(max_examples=100)
@given(budgets(), st.data())
def test_setting_is_the_same_as_writing_it(tree, data):
    """What comes out is what the file would give if the other value stood in it, and places are those of the file."""
    source = dump(tree).encode()
    pfad = data.draw(st.sampled_from([path for path in leaves(tree) if "." not in path_text(path)]))
    neu = data.draw(st.sampled_from(["7.000,00", "2026-05-01", "ja", "wissen", "0", ""]))
    document = changed(read_text(source, "-"), {path_text(pfad): neu})
    assert value_text(at(document.tree, pfad)) == neu
    assert [(a.pfad, a.alt, a.neu) for a in document.aenderungen] == [(pfad, str(at(tree, pfad)), neu)]
    (change,) = document.aenderungen
    assert change.ort == read_text(source, "-").source.locate(pfad)
    if neu and isinstance(pfad[-1], str):
        written = check_budget(source.decode().replace(dump(tree), dump(document.tree)).encode(), stichtag=TAG)
        found = check_budget(source, stichtag=TAG, setze={path_text(pfad): neu})
        assert (found.ergebnis, found.zuwendung) == (written.ergebnis, written.zuwendung)
        assert [f.text for f in found.fehler] == [f.text for f in written.fehler]


def test_report_says_what_it_was_checked_with(check):
    said = check(JA, "--setze", f"{BEANTRAGT}=20.000,00", "--setze", "antragsteller.finanzierung.eigenmittel=45.900,00")
    assert said.code == 0
    assert "Geprüft mit anderen Werten (2):\n" in said.out
    assert f"  ~ {BEANTRAGT}: 26.360,00 → 20.000,00 (Zeile 27, Spalte 16)\n" in said.out
    assert "20.000,00 € Zuwendung" in said.out


def test_json_says_what_it_was_checked_with(check):
    (budget,) = parsed(check(JA, "--setze", "vorhaben.titel=", "--format", "json").out)["budgets"]
    ort = {"zeile": 4, "spalte": 10}
    assert budget["aenderungen"] == [
        {"feld": "vorhaben.titel", "ort": ort, "alt": "Fliegen lernen im Schlaf", "neu": None}
    ]
    assert "aenderungen" not in parsed(check(JA, "--format", "json").out)["budgets"][0]


def test_markdown_says_what_it_was_checked_with(check):
    assert f"{BEANTRAGT}: 26.360,00 → 1" in check(JA, "--setze", f"{BEANTRAGT}=1", "--format", "markdown").out


def test_an_unreadable_value_is_told_at_its_place(check):
    said = check(JA, "--setze", f"{BEANTRAGT}=48.000")
    assert said.code == 2
    assert "„48.000“ ist mehrdeutig" in said.out
    assert "(Zeile 27, Spalte 16)\n    beantragt: 48.000\n" in said.out


@pytest.mark.parametrize(
    ("path", "near"),
    [
        ("antragsteller.finanzirung.beantragt", "meinten Sie „antragsteller.finanzierung.beantragt“ oder"),
        ("vorhaben.end", "meinten Sie „vorhaben.ende“ oder"),
        ("antragsteller.kosten.9.netto", "„antragsteller.kosten.2.netto“"),
        ("antragsteller.finanzierung.weitere.1.betrag", "gibt es in diesem Budget nicht"),
        ("beantragt", "meinten Sie „antragsteller.finanzierung.beantragt“"),
        ("Antragsteller.Beantragt", "meinten Sie „antragsteller.finanzierung.beantragt“"),
        ("antragsteller", "gibt es in diesem Budget nicht"),
        ("partner.1.name", "gibt es in diesem Budget nicht"),
        ("antragsteller.kosten.0.netto", "gibt es in diesem Budget nicht"),
        ("Beteiligte!M6", "gibt es in diesem Budget nicht"),
    ],
)
def test_a_path_that_is_not_there_is_answered_with_near_ones(check, path, near):
    said = check(JA, "--setze", f"{path}=1")
    assert said.code == 2
    assert f"„{path}“ gibt es in diesem Budget nicht" in said.out
    assert near in said.out


def test_a_statement_may_be_added_and_lists_stand_in_brackets():
    found = check_demo(JA, setze={"antragsteller.rechtsform": "KdöR", "vorhaben.ziele": "[fliegen]"})
    assert (found.budget.antragsteller.rechtsform, found.budget.vorhaben.ziele) == ("KdöR", ("fliegen",))
    assert [change.alt for change in found.aenderungen] == ["", "fliegen; schlafen"]
    (wrong,) = check_demo(JA, setze={"vorhaben.ziele": "[fliegen"}).fehler
    assert wrong.text.startswith("vorhaben.ziele: Kein gültiges YAML")


def test_hours_of_a_year():
    found = check_demo(JA, setze={"antragsteller.kosten.1.stunden.2027": "1"})
    assert found.budget.antragsteller.kosten[0].stunden == {2026: 600, 2027: 1}


def cell_of(file, pfad):
    return str(check_demo(file, stichtag=TAG).source.locate(pfad))


def test_cells_of_a_workbook(tmp_path, check):
    file = save_budget(tmp_path / "b.xlsx", mappe())
    cell = cell_of(file, ("antragsteller", "finanzierung", "eigenmittel"))
    before, found = check_demo(file, stichtag=TAG), check_demo(file, stichtag=TAG, setze={cell: "1.000,00"})
    assert found.rechnungen[0].eigenmittel.betrag == 1000
    assert found.aenderungen == (found.aenderungen[0]._replace(neu="1.000,00"),)
    assert str(found.aenderungen[0].ort) == cell
    assert ausgang(check_demo(file, stichtag=TAG, setze={cell: found.aenderungen[0].alt})) == ausgang(before)
    ziele = cell_of(file, ("vorhaben", "ziele"))
    assert check_demo(file, setze={ziele: "fliegen; schlafen"}).budget.vorhaben.ziele == ("fliegen", "schlafen")
    said = check(file, "--setze", f"{re.sub('[0-9]+$', '99', cell)}=5")
    assert (said.code, "gibt es in diesem Budget nicht – meinten Sie „" in said.out) == (2, True)


@pytest.mark.parametrize("form", ["'{}'!${}${}", "{}.{}{}", "$'{}'.${}${}"])
def test_cells_are_named_as_programs_name_them(tmp_path, form):
    file = save_budget(tmp_path / "b.xlsx", mappe())
    cell = cell_of(file, ("antragsteller", "finanzierung", "eigenmittel"))
    spelt = form.format(*re.split(r"!|(?<=[A-Z])(?=[0-9])", cell))
    for name in (spelt, spelt.lower()):
        assert check_demo(file, stichtag=TAG, setze={name: "1.000,00"}).rechnungen[0].eigenmittel.betrag == 1000


def test_a_cell_and_its_path_are_one_statement(tmp_path):
    file, path = save_budget(tmp_path / "b.xlsx", mappe()), "antragsteller.finanzierung.eigenmittel"
    (wrong,) = check_demo(file, setze={cell_of(file, tuple(path.split("."))): "1", path: "2"}).fehler
    assert wrong.text == f"{path} steht doppelt"


def test_a_cell_that_was_wrong_is_not_any_more(tmp_path):
    def wrong(book):
        for row in book["Kosten"].iter_rows():
            for cell in row:
                if cell.value == "material":
                    cell.value = 3.5

    file = save_budget(tmp_path / "b.xlsx", mappe(), wrong)
    first, *_ = check_demo(file, stichtag=TAG).fehler
    assert "ist als Zahl gespeichert" in first.text
    assert check_demo(file, stichtag=TAG, setze={str(first.ort): "material"}).fehler == ()


@pytest.mark.parametrize("given", ["vorhaben.ende", "=5", ""])
def test_what_is_no_pair_is_refused(check, given):
    said = check(JA, "--setze", given)
    assert (said.code, said.out) == (2, "")
    assert "schreiben Sie PFAD=WERT" in said.err


def test_a_path_set_twice_is_refused(check):
    assert "vorhaben.ende steht doppelt" in check(JA, "--setze", "vorhaben.ende=1", "--setze", "vorhaben.ende=2").err


def test_several_files_are_each_checked_with_it(check):
    said = check(JA, BUDGETS / "nein.yaml", "--setze", "vorhaben.titel=Anders")
    assert said.out.count("→ Anders") == 2
