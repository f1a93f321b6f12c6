"""Sheets of budgets as people lay them out: every trap ends in the clean result, an error with its cell, or a remark."""

from datetime import date
from decimal import Decimal

import pytest
from workbooks import (
    FREMD,
    KOSTEN,
    MATERIAL,
    NAME,
    PARTNER,
    PERSONAL,
    VORHABEN,
    Grid,
    ausgang,
    erster,
    hinweise,
    mappe,
    only_error,
)

from foerdercheck.model.filenames import shown_name


def test_the_clean_workbook_is_eligible(sauber):
    assert sauber == ("foerderfaehig", (NAME, Decimal("122540.00"), Decimal("90000.00")))


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
    found = pruefe(mappe(**{"De-minimis (alt)": [award | {"Fördersumme": 6}], "De-minimis": [award]}))
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
