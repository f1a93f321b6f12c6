"""Lines of budgets in spreadsheets: what is merged, summed up, incomplete or of another kind becomes no wrong amount."""

from datetime import date
from pathlib import Path

import pytest
from openpyxl.utils import get_column_letter
from workbooks import (
    BETEILIGTER,
    FREMD,
    HEADINGS,
    KOSTEN,
    MATERIAL,
    NAME,
    PARTNER,
    PERSONAL,
    VORHABEN,
    ausgang,
    erster,
    fehler,
    hinweise,
    mappe,
    only_error,
    save_budget,
)
from workbooks import save as save_history

# Merged cells and sums


def test_merged_titles_and_texts(pruefe, sauber):
    sheets = mappe(kosten=[{"Beteiligter": NAME, **row} for row in KOSTEN])
    for row in (2, 3):
        sheets["Kosten"][row][0] = None
    sheets["Kosten"].insert(0, ["Kostenplan"])
    sheets["Kosten"].append(["Summe", *[None] * 7, 42000])

    def merge(workbook):
        workbook["Kosten"].merge_cells("A1:L1")
        workbook["Kosten"].merge_cells("A3:A5")
        workbook["Kosten"].merge_cells("A6:H6")
        workbook["Vorhaben"].merge_cells("B2:D2")

    found = pruefe(sheets, merge)
    assert ausgang(found) == sauber
    assert hinweise(found) == []


def test_a_merged_text_belongs_to_every_line_beside_it(pruefe):
    rows = [{"Beteiligter": name, **MATERIAL} for name in (PARTNER["Name"], None, None, NAME)]
    found = pruefe(
        mappe(beteiligte=[BETEILIGTER, PARTNER], kosten=rows), lambda workbook: workbook["Kosten"].merge_cells("A2:A4")
    )
    assert [r.gesamtausgaben.betrag for r in found.rechnungen] == [2140, 6000]


def test_an_amount_merged_over_several_lines_is_an_error(pruefe):
    """One price for two lines: it counts neither twice nor for the first alone."""
    rows = [MATERIAL, {"Kostenart": "material", "Bezeichnung": "Kabel"}]
    found = pruefe(mappe(kosten=rows), lambda workbook: workbook["Kosten"].merge_cells("C2:C3"))
    assert ("Kosten!C2", True) in [(place, "mehrere Zeilen" in text) for place, text in fehler(found)]


def test_a_line_that_is_two_rows_high_counts_once(pruefe, sauber):
    sheets = mappe()
    sheets["Kosten"].insert(3, [])

    def merge(workbook):
        for column in "ABCDEFGHIJK":
            workbook["Kosten"].merge_cells(f"{column}3:{column}4")

    assert ausgang(pruefe(sheets, merge)) == sauber


@pytest.mark.parametrize(
    "total",
    [["Summe"], ["GESAMT:"], [None, "Zwischensumme"], [" ", "Gesamtsumme"], ["Summe Sachkosten (€)"], ["Gesamtkosten"]],
    ids=str,
)
def test_sums_are_no_lines(pruefe, sauber, total):
    sheets = mappe()
    sheets["Kosten"].append(total + [None] * (7 - len(total)) + [42000])
    found = pruefe(sheets)
    assert ausgang(found) == sauber
    assert hinweise(found) == []


def test_sums_of_each_beteiligter_and_of_parts(pruefe):
    rows = [
        {"Beteiligter": NAME, **FREMD},
        {"Beteiligter": NAME, **MATERIAL},
        {"Beteiligter": NAME, "Kostenart": "Summe", "Netto": 42000},
        {"Beteiligter": PARTNER["Name"], **MATERIAL},
        {"Beteiligter": PARTNER["Name"], "Kostenart": "Summe", "Netto": "2.000,00 €"},
        {"Beteiligter": "Gesamt", "Netto": "=SUM(C2:C6)"},
    ]
    found = pruefe(mappe(beteiligte=[BETEILIGTER, PARTNER], kosten=rows))
    assert [r.gesamtausgaben.betrag for r in found.rechnungen] == [49740, 2000]
    assert hinweise(found) == []


@pytest.mark.parametrize("stored", [41999.98, "41.999,98 €"])
def test_a_sum_that_contradicts_its_lines_is_a_remark_with_both_amounts(pruefe, sauber, stored):
    sheets = mappe()
    sheets["Kosten"].append(["Summe", None, None, None, 700, 901, None, stored])
    found = pruefe(sheets)
    assert ausgang(found) == sauber
    hours, money = hinweise(found)
    assert (hours[0], money[0]) == ("Kosten!F5", "Kosten!H5")
    assert [word in hours[1] for word in ("901", "900")] == [True, True]
    assert [word in money[1] for word in ("41.999,98 €", "42.000,00 €")] == [True, True]


def test_undertakings_that_sound_like_sums_are_counted(pruefe):
    other = {**PARTNER, "Name": "Gesamt Energie GmbH"}
    geber = [{"Geber": "Gesamt Energie GmbH", "Betrag": 5000}, {"Geber": "Summe AG", "Betrag": 7}]
    kosten = [{**row, "Beteiligter": NAME} for row in KOSTEN]
    kosten += [{**MATERIAL, "Beteiligter": other["Name"]}]
    sheets = mappe(
        beteiligte=[BETEILIGTER, other], kosten=kosten, Finanzierung=[{**row, "Beteiligter": NAME} for row in geber]
    )
    sheets["Kosten"] = [[row[-1], *row[:-1]] for row in sheets["Kosten"]]
    found = pruefe(sheets)
    assert [(r.name, r.gesamtausgaben.betrag) for r in found.rechnungen] == [(NAME, 122540), (other["Name"], 2000)]
    assert found.rechnungen[0].weitere_mittel.betrag == 5007
    found = pruefe(mappe(Finanzierung=geber))
    assert found.rechnungen[0].weitere_mittel.betrag == 5007


# Incomplete and foreign workbooks


def test_a_workbook_with_cost_only(pruefe):
    found = pruefe({"Kosten": mappe()["Kosten"]})
    assert found.exit_code == 2
    assert {place for place, _ in fehler(found)} == {"Vorhaben", "Beteiligte"}
    empty = {"Förderprogramm": "traumland", "Antragsdatum": None, "Beginn": None}
    found = pruefe(mappe(empty, beteiligte=[]))
    assert (found.exit_code, found.ergebnis) == (3, "offen")
    assert {str(f.ort): f.text for f in found.fehlend} == {
        "Vorhaben!B2": "Antragsdatum fehlt", "Vorhaben!B3": "Beginn fehlt", "Vorhaben!A1": "Ende fehlt",
        "Beteiligte": "Antragsteller fehlt",
        "Kosten!A2": "Antragsteller fehlt: auf dem Blatt Beteiligte steht niemand, zu dem diese Zeile gehört"}  # fmt: skip
    found = pruefe(mappe(beteiligte=[{**BETEILIGTER, "Art": None}]))
    assert [(str(f.ort), f.text) for f in found.fehlend] == [("Beteiligte!B2", "Art fehlt")]


def test_lines_that_lack_something_say_so_at_the_cell(pruefe):
    rows = [PERSONAL, {"Bezeichnung": "Plattform", "Netto": 5}, {"Kostenart": "material", "Bezeichnung": "Kabel"}]
    found = fehler(pruefe(mappe(kosten=rows)))
    assert [place for place, _ in found] == ["Kosten!A3", "Kosten!H4"]
    assert "Kostenart fehlt" in found[0][1]
    assert "geben Sie Netto oder Brutto an" in found[1][1]


@pytest.mark.parametrize("sheets", [
    {"Tabelle1": [["Artikel", "Preis"], ["Schraube", 1]]}, {"Tabelle1": []}, {"Kosten": [["Artikel", "Preis"], ["Schraube", 1]]},
    {"It's \"ours\"": [["x"]], "Blatt 2": []}], ids=["other", "empty", "same name", "quotes"])  # fmt: skip
def test_foreign_workbooks_get_one_message(pruefe, sheets):
    found = pruefe(sheets)
    place = only_error(
        found,
        "keine Budget-Tabelle",
        "Blätter Vorhaben, Beteiligte und Kosten; vorhanden:",
        "foerdercheck vorlage",
        *sheets,
    )
    assert (place, found.exit_code) == ("", 2)


def test_a_sheet_of_ours_without_its_headings(pruefe):
    sheets = {**mappe(), "Kosten": [["Artikel", "Preis"], ["Schraube", 1]]}
    assert only_error(pruefe(sheets), "Kostenart, Bezeichnung") == "Kosten"


def test_a_folder_with_a_budget_a_history_and_a_foreign_workbook(check, tmp_path):
    save_budget(tmp_path / "budget.xlsx", mappe())
    save_budget(tmp_path / "fremd.xlsx", {"Tabelle1": [["x"]]})
    save_history(tmp_path / "historie.xlsx", [HEADINGS, ("A GmbH", date(2025, 1, 1), None, None, 5)])
    said = check(tmp_path, "--quiet", "--stichtag", "2026-07-13")
    assert said.code == 2
    assert [Path(line.partition("“:")[0]).name for line in said.out.splitlines()] == ["budget.xlsx", "fremd.xlsx"]
    assert "historie.xlsx: übersprungen, das ist eine De-minimis-Historie" in said.err
    said = check(tmp_path / "historie.xlsx")
    assert said.code == 2
    assert "De-minimis-Historie, kein Budget" in said.out


# What looks harmless and would change a figure without a word


@pytest.mark.parametrize(
    ("old", "new"),
    [("Netto", "Netto (T€)"), ("Netto", "Netto [TEUR]"), ("USt", "USt (€)"), ("Stundensatz", "Stundensatz (%)")],
)
def test_a_unit_of_another_kind_is_an_error_at_the_heading(pruefe, old, new):
    sheets = mappe()
    sheets["Kosten"][0] = [new if heading == old else heading for heading in sheets["Kosten"][0]]
    place, text = erster(pruefe(sheets))
    assert place.endswith("1")
    assert "passt nicht zu" in text


@pytest.mark.parametrize("new", ["Beantragt in %", "Beantragt (%)"])
def test_a_share_is_no_amount(pruefe, new):
    sheets = mappe(beteiligte=[{**BETEILIGTER, "Beantragt": 75}])
    sheets["Beteiligte"][0] = [new if heading == "Beantragt" else heading for heading in sheets["Beteiligte"][0]]
    assert "die Einheit „%“ passt nicht zu Beantragt" in erster(pruefe(sheets))[1]


def test_years_in_brackets_are_years(pruefe, sauber):
    sheets = mappe()
    sheets["Kosten"][0] = [
        str(h).replace("Stunden 2026", "Stunden (2026)").replace("Stunden 2027", "Stunden [2027]")
        for h in sheets["Kosten"][0]
    ]
    assert ausgang(pruefe(sheets)) == sauber


def test_what_begins_with_gesamt_may_be_a_line(pruefe):
    found = pruefe(mappe(Finanzierung=[{"Geber": "Gesamt Kieler Stiftung", "Betrag": 5000}]))
    assert found.rechnungen[0].weitere_mittel.betrag == 5000


def test_a_column_that_stands_twice_is_an_error(pruefe):
    sheets = mappe()
    sheets["Kosten"] = [[*row, extra] for row, extra in zip(sheets["Kosten"], ["Netto", 1, 2, 3], strict=True)]
    assert "steht doppelt" in erster(pruefe(sheets))[1]


def test_a_number_as_heading_is_an_error(pruefe):
    sheets = mappe()
    sheets["Kosten"] = [[*row, extra] for row, extra in zip(sheets["Kosten"], [2028, 1, 2, 3], strict=True)]
    assert "schreiben Sie z. B. Stunden 2028" in erster(pruefe(sheets))[1]


def test_a_value_in_the_wrong_column_is_an_error(pruefe):
    sheets = mappe({**VORHABEN, "Bewilligung": None})
    row = next(index for index, row in enumerate(sheets["Vorhaben"]) if row[0] == "Bewilligung")
    sheets["Vorhaben"][row] = ["Bewilligung", None, date(2026, 3, 20)]
    assert erster(pruefe(sheets))[0] == f"Vorhaben!C{row + 1}"


def test_a_second_pair_of_columns_is_an_error(pruefe):
    sheets = mappe()
    sheets["Vorhaben"][0] = [*sheets["Vorhaben"][0], None, "Bewilligung", date(2026, 3, 20)]
    assert "untereinander" in erster(pruefe(sheets))[1]


def test_hours_merged_over_two_years_are_an_error(pruefe):
    sheets = mappe()
    heading = sheets["Kosten"][0]
    first, second = (heading.index(name) + 1 for name in ("Stunden 2026", "Stunden 2027"))
    assert second == first + 1

    def merge(workbook):
        workbook["Kosten"].merge_cells(start_row=2, end_row=2, start_column=first, end_column=second)

    place, text = erster(pruefe(sheets, merge))
    assert place == f"Kosten!{get_column_letter(first)}2"
    assert "mehrere Zeilen oder Spalten" in text
