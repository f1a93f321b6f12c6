"""Budgets from spreadsheets as people lay them out: every trap ends in the clean result, an error with its cell, or a remark."""

from datetime import date
from decimal import Decimal
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
    Grid,
    ausgang,
    erster,
    fehler,
    hinweise,
    mappe,
    only_error,
    save_budget,
)
from workbooks import save as save_history

from foerdercheck.model.filenames import shown_name


def test_the_clean_workbook_is_eligible(sauber):
    assert sauber == ("foerderfaehig", (NAME, Decimal("122540.00"), Decimal("90000.00")))


# Headings and layout


HEADING = {
    "upper case": str.upper,
    "lower case without umlauts": lambda text: text.lower().translate({228: "ae", 246: "oe", 252: "ue"}),
    "starred": lambda text: f"{text} *",
    "star first": lambda text: f"*{text}",
    "colon": lambda text: f"{text}:",
    "line breaks": lambda text: text.replace(" ", "\n"),
    "broken words": lambda text: f"{text[:3]}-\n{text[3:]}",
    "soft hyphens": lambda text: f"{text[:3]}\u00ad{text[3:]}",
    "NBSP": lambda text: f"\u00a0{text}\u00a0".replace(" ", "\u00a0"),
    "many spaces": lambda text: f"  {text}   ".replace(" ", "  "),
    "decomposed umlauts": lambda text: text.replace("ö", "o\u0308").replace("ü", "u\u0308"),
    "units": lambda text: text
    + {
        "Netto": " (€)", "Stundensatz": " [EUR/h]", "USt": "\n(in %)", "Beginn": " (TT.MM.JJJJ)", "Stunden 2026": " (h)",
        "Eigenmittel": " in EUR", "Beantragt": " €", "Stunden 2027": " [h]*",
    }.get(text, ""),
}  # fmt: skip


@pytest.mark.parametrize("write", HEADING.values(), ids=HEADING)
def test_headings_as_people_write_them(pruefe, sauber, write):
    sheets = mappe()
    for row in sheets["Vorhaben"]:
        row[0] = write(row[0])
    for name in ("Beteiligte", "Kosten"):
        sheets[name][0] = [write(heading) for heading in sheets[name][0]]
    found = pruefe(sheets)
    assert ausgang(found) == sauber
    assert hinweise(found) == []


def test_headings_and_labels_in_any_order(pruefe, sauber):
    sheets = mappe(dict(reversed(VORHABEN.items())))
    for name in ("Beteiligte", "Kosten"):
        sheets[name] = [list(reversed(row)) for row in sheets[name]]
    assert ausgang(pruefe(sheets)) == sauber


def test_a_title_block_above_and_empty_rows_and_columns_between(pruefe, sauber):
    def spread(rows: Grid) -> Grid:
        gaps = [[cell for value in row for cell in (None, value, " ")] for row in rows]
        return [
            ["Kostenplan"],
            ["Stand", date(2026, 4, 1), "Fassung 2"],
            [],
            *(line for row in gaps for line in (row, [], ["  "])),
        ]

    found = pruefe({name: spread(rows) for name, rows in mappe().items()})
    assert ausgang(found) == sauber
    assert hinweise(found) == []


def test_hidden_rows_columns_and_sheets_count(pruefe, sauber):
    def hide(workbook):
        workbook["Kosten"].row_dimensions[3].hidden = True
        workbook["Kosten"].column_dimensions["H"].hidden = True
        workbook["Vorhaben"].row_dimensions[5].hidden = True
        workbook["Beteiligte"].sheet_state = "veryHidden"

    found = pruefe(change=hide)
    assert ausgang(found) == sauber
    assert [place for place, _ in hinweise(found)] == ["Vorhaben!B5", "Beteiligte!A2", "Kosten!A3"]
    assert hinweise(found)[2][1] == (
        "Ausgeblendete Zellen zählen mit: A3, B3, H3, I3, J3 und H4, zusammen 42.000,00 €."
    )


@pytest.mark.parametrize("write", [str.upper, str.lower, "  {} ".format, lambda name: name.replace("-", " ")])
def test_sheet_names_in_other_case(pruefe, write):
    sheets = mappe(**{"De-minimis": [], "Finanzierung": [{"Geber": "Stadt Kiel", "Betrag": 5000}]})
    found = pruefe({write(name): rows for name, rows in sheets.items()})
    assert found.rechnungen[0].weitere_mittel.betrag == 5000


def test_two_sheets_of_one_name_are_an_error(pruefe):
    sheets = mappe() | {"Vorhaben ": [["Titel", "Ein anderes"]]}
    assert only_error(pruefe(sheets), "Vorhaben", "benennen") == "Vorhaben "
    assert ausgang(pruefe(mappe() | {"Vorhaben ": []}))  # an empty one has nothing to say


@pytest.mark.parametrize("name", ["Kosten 2027", "Kosten (2)", "KOSTEN_2", "Kosten ", "Kosten Partner", "Kosten2027"])
def test_further_sheets_of_a_list_are_read_and_named(pruefe, name):
    found = pruefe(mappe(**{name: [MATERIAL]}))
    assert ausgang(found)[1][1] == Decimal("124680.00")
    assert hinweise(found)[0][0] == name
    assert "wird gelesen" in hinweise(found)[0][1]
    found = pruefe(mappe(**{name: [{**MATERIAL, "Netto": "viel"}]}))
    assert erster(found)[0] == f"{name}!C2"


def test_sheets_that_go_on_with_finance_and_awards_are_read_too(pruefe):
    more = {
        "Finanzierung 2027": [{"Geber": "Stadt Kiel", "Betrag": 3}],
        "Finanzierung": [{"Geber": "Land", "Betrag": 4}],
    }
    assert pruefe(mappe(**more)).rechnungen[0].weitere_mittel.betrag == 7
    award = {"Unternehmen": NAME, "Gewährt am": date(2025, 3, 1), "Fördersumme": 5}
    found = pruefe(mappe(**{"De-minimis (alt)": [award], "De-minimis": [award]}))
    assert len(found.budget.antragsteller.deminimis) == 2


def test_sheets_that_only_begin_like_ours_are_not_read(pruefe, sauber):
    others = {"Kosten Übersicht": [["Was", "Wert"], ["Miete", 3]], "Kostenstellen": [["Nr", "Name"], [1, "Labor"]]}
    found = pruefe(mappe() | others)
    assert ausgang(found) == sauber
    assert hinweise(found) == []


ALIKE = ["Ko\u0455ten", "Kosten\u200b", "\u041a\u043e\u0441\u0442\u0435n", "Ｋosten", "Kostenplan", "Year 2", "Kоsten"]


@pytest.mark.parametrize("name", ALIKE)
@pytest.mark.parametrize("hidden", [False, True])
def test_a_sheet_that_looks_like_ours_and_is_not_read_is_an_error(pruefe, name, hidden):
    def hide(workbook):
        workbook[name].sheet_state = "hidden" if hidden else "visible"

    found = pruefe(mappe(**{name: [MATERIAL]}), hide)
    assert only_error(found, "sieht aus wie Kosten", "Kosten 2") == shown_name(name)


@pytest.mark.parametrize(
    ("name", "rows"),
    [
        ("Partner", [PARTNER]),
        ("Geldgeber", [{"Geber": "Stadt Kiel", "Betrag": 3}]),
        ("Beihilfen", [{"Unternehmen": "A", "Gewährt am": date(2025, 3, 1), "Fördersumme": 5}]),
    ],
)
def test_tables_of_ours_under_other_names_are_errors(pruefe, name, rows):
    others = {"Finanzierung": [], "De-minimis": []}
    assert only_error(pruefe(mappe(**others, **{name: rows})), "wird nicht gelesen") == name


@pytest.mark.parametrize("name", ["Kosten 2027", "Jahr 2"])
def test_a_sheet_with_lines_but_without_headings_is_an_error(pruefe, sauber, name):
    lines = mappe()["Kosten"][1:]
    assert only_error(pruefe({**mappe(), name: [["Zweites Jahr"], *lines]}), "ohne Überschriften") == f"{name}!A2"
    notes = [["Die Kosten sind geschätzt"], ["personal", "siehe Stellenplan"], [None, None, None, 45.5, 700]]
    assert ausgang(pruefe({**mappe(), name: notes})) == sauber


def test_a_table_of_ours_without_its_first_columns_is_an_error(pruefe):
    rows = [{"Kostenart": "material", "Netto": 2000, "Auftrag": "A1", "Angebote": 3}]
    assert only_error(pruefe(mappe(**{"Year 2": rows})), "sieht aus wie Kosten") == "Year 2"
    assert "Bezeichnung fehlt" in erster(pruefe(mappe(**{"Kosten 2": rows})))[1]


def test_a_second_form_is_an_error(pruefe):
    form = [list(pair) for pair in VORHABEN.items()]
    assert only_error(pruefe(mappe() | {"Antrag": form}), "sieht aus wie Vorhaben") == "Antrag"


def test_a_hidden_sheet_beside_a_visible_one_of_the_same_list_is_an_error(pruefe):
    found = pruefe(
        mappe(**{"Kosten (2)": KOSTEN}), lambda workbook: setattr(workbook["Kosten"], "sheet_state", "hidden")
    )
    assert only_error(found, "ausgeblendet") == "Kosten (2)"


def test_unknown_sheets_are_ignored(pruefe, sauber):
    found = pruefe({"Notizen": [["Summe", 5]], **mappe(), "Kosten'\"s Übersicht": [["Netto", "#REF!"], ["x", 1]]})
    assert ausgang(found) == sauber
    assert hinweise(found) == []


def test_a_sheet_that_is_nearly_called_like_a_missing_one_is_a_remark(pruefe, sauber):
    found = pruefe(mappe() | {"Finanzirung": [["Wer", "Was"], ["Stadt Kiel", 5000]]})
    assert ausgang(found) == sauber
    ((place, text),) = hinweise(found)
    assert place == "Finanzirung"
    assert text == "Das Blatt Finanzierung fehlt; ist es „Finanzirung“? Dann nennen Sie es so."
    found = pruefe(mappe(Finanzirung=[{"Geber": "Stadt Kiel", "Betrag": 5000}]))  # with our headings it is more
    assert only_error(found, text.removesuffix(".")) == place


def test_unknown_columns_and_labels_are_remarks(pruefe, sauber):
    kosten = [{**PERSONAL, "Lieferent": "x", "Bemerkungsfeld": None}, FREMD, MATERIAL]
    found = pruefe(mappe({**VORHABEN, "Projekttitel": "Nord", "Bitte ausfüllen!": None}, kosten=kosten))
    assert ausgang(found) == sauber
    assert [place for place, _ in hinweise(found)] == ["Vorhaben!B12", "Kosten!H1", "Kosten!I1"]
    assert "„Projekttitel“ ist nicht bekannt" in hinweise(found)[0][1]
    assert "„Lieferent“ ist nicht bekannt" in hinweise(found)[1][1]


def test_values_in_a_column_without_heading_are_a_remark(pruefe, sauber):
    sheets = mappe()
    sheets["Kosten"][2].append("siehe Angebot")
    sheets["Kosten"][3].append("dito")
    found = pruefe(sheets)
    assert ausgang(found) == sauber
    ((place, text),) = hinweise(found)
    assert place == "Kosten!L3"
    assert "keine Überschrift" in text


def test_a_doubled_label_is_an_error(pruefe):
    sheets = mappe()
    sheets["Vorhaben"].append(["BEGINN", date(2026, 9, 1)])
    assert only_error(pruefe(sheets), "doppelt") == "Vorhaben!B12"


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
