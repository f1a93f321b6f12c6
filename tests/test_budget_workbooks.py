"""Budgets from spreadsheets as people keep them: every trap ends in the clean result, an error with its cell, or a remark."""

import time
import zipfile
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from workbooks import HEADINGS, converted, encrypted, patched
from workbooks import save as save_history

from foerdercheck.assessment import Assessment, check_budget

TAG = date(2026, 7, 13)
MITTERNACHT, MITTAG = datetime(2026, 1, 3), datetime(2026, 8, 1, 12)  # noqa: DTZ001 - cells have no time zone
NAME = "Transfergesellschaft Schwentinetal mbH"
VORHABEN = {
    "Förderprogramm": "sh-ki",
    "Titel": "Sprachmodelle im Handwerksbüro",
    "Ziele": "wettbewerb, wissen",
    "Antragsdatum": date(2026, 4, 7),
    "Beginn": date(2026, 8, 1),
    "Ende": date(2027, 10, 31),
    "Bewilligung": TAG,
    "Bundesland": "SH",
    "Gesamtfinanzierung gesichert": "ja",
    "Folgekosten gesichert": "ja",
    "Andere Fördermittel geprüft": "ja",
}
BETEILIGTER = {
    "Name": NAME,
    "Art": "transferorganisation",
    "Sitz": "SH",
    "Gemeinkosten": "keine",
    "Beantragt": 90000,
    "Eigenmittel": 32540,
}
PERSONAL = {
    "Kostenart": "personal",
    "Bezeichnung": "Beraterin",
    "Person": "Gesche Andresen",
    "Stundensatz": 45.5,
    "Stunden 2026": 700,
    "Stunden 2027": 900,
    "Nachweis": "stundennachweis",
}
FREMD = {"Kostenart": "fremdleistung", "Bezeichnung": "Plattform", "Netto": 40000, "Auftrag": "A1", "Angebote": 1}
MATERIAL = {"Kostenart": "material", "Bezeichnung": "Lizenzen", "Netto": 2000, "USt": 0.07}
KOSTEN = (PERSONAL, FREMD, MATERIAL)
"""Columns of the sheet: A Kostenart, B Bezeichnung, C Person, D Stundensatz, E and F hours, G Nachweis, H Netto, I Auftrag,
J Angebote, K USt."""
PARTNER = {"Name": "Müller & Söhne KG", "Art": "unternehmen", "Sitz": "SH"}
SHEET = "xl/worksheets/sheet{}.xml"

Grid = list[list[object]]
Row = Mapping[str, object]


def tabelle(*rows: Row) -> Grid:
    """A sheet with one row for each entry below the headings of all."""
    headings = list(dict.fromkeys(name for row in rows for name in row))
    return [list(headings), *([row.get(name) for name in headings] for row in rows)]


def mappe(
    vorhaben: Row = VORHABEN,
    beteiligte: Iterable[Row] = (BETEILIGTER,),
    kosten: Iterable[Row] = KOSTEN,
    **more: Iterable[Row],
) -> dict[str, Grid]:
    """The sheets of a valid budget, or of one that differs; further sheets by name."""
    sheets = {"Vorhaben": [list(pair) for pair in vorhaben.items()], "Beteiligte": tabelle(*beteiligte)}
    return sheets | {"Kosten": tabelle(*kosten)} | {name: tabelle(*rows) for name, rows in more.items()}


def save(file: Path, sheets: Mapping[str, Grid], change: Callable[[Workbook], None] | None = None) -> Path:
    workbook = Workbook()
    workbook.remove(workbook.active)
    for name, rows in sheets.items():
        sheet = workbook.create_sheet(name)
        for row in rows:
            sheet.append(row)
    if change:
        change(workbook)
    workbook.save(file)
    return file


@pytest.fixture
def pruefe(tmp_path):
    """Write a workbook and check it."""

    def check(sheets: Mapping[str, Grid] | None = None, change: Callable[[Workbook], None] | None = None) -> Assessment:
        return check_budget(save(tmp_path / "b.xlsx", sheets or mappe(), change), stichtag=TAG)

    return check


@pytest.fixture(scope="module")
def sauber(tmp_path_factory):
    """What comes out of the clean workbook."""
    assessment = check_budget(save(tmp_path_factory.mktemp("sauber") / "b.xlsx", mappe()), stichtag=TAG)
    assert hinweise(assessment) == []
    return ausgang(assessment)


def ausgang(assessment: Assessment) -> tuple[object, ...]:
    """The verdict, and for each Beteiligter cost and grant."""
    assert fehler(assessment) == []
    found = assessment.rechnungen
    return assessment.ergebnis, *((r.name, r.gesamtausgaben.betrag, r.zuwendung.betrag) for r in found)


def fehler(assessment: Assessment) -> list[tuple[str, str]]:
    return [(str(problem.ort or ""), problem.text) for problem in assessment.fehler]


def hinweise(assessment: Assessment) -> list[tuple[str, str]]:
    return [(str(b.ort), b.text) for b in assessment.befunde if (b.regel, b.status) == ("datei", "hinweis")]


def only_error(assessment: Assessment, *words: str) -> str:
    """The place of the only problem, which says all `words`."""
    ((place, text),) = fehler(assessment)
    assert [word for word in words if word not in text] == []
    return place


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

    assert ausgang(pruefe(change=hide)) == sauber


@pytest.mark.parametrize("write", [str.upper, str.lower, "  {} ".format, lambda name: name.replace("-", " ")])
def test_sheet_names_in_other_case(pruefe, write):
    sheets = mappe(**{"De-minimis": [], "Finanzierung": [{"Geber": "Stadt Kiel", "Betrag": 5000}]})
    found = pruefe({write(name): rows for name, rows in sheets.items()})
    assert found.rechnungen[0].weitere_mittel.betrag == 5000


def test_two_sheets_of_one_name_are_an_error(pruefe):
    sheets = mappe(**{"Kosten ": [MATERIAL]})
    assert only_error(pruefe(sheets), "Kosten", "benennen") == "Kosten "
    assert ausgang(pruefe(mappe(**{"Kosten ": []})))  # an empty one has nothing to say


def test_unknown_sheets_are_ignored(pruefe, sauber):
    found = pruefe({"Notizen": [["Summe", 5]], **mappe(), "Kosten'\"s Übersicht": [["Netto", "#REF!"], ["x", 1]]})
    assert ausgang(found) == sauber
    assert hinweise(found) == []


def test_a_sheet_that_is_nearly_called_like_a_missing_one_is_a_remark(pruefe, sauber):
    found = pruefe(mappe(Finanzirung=[{"Geber": "Stadt Kiel", "Betrag": 5000}]))
    assert ausgang(found) == sauber
    ((place, text),) = hinweise(found)
    assert place == "Finanzirung"
    assert text == "Das Blatt Finanzierung fehlt; ist es „Finanzirung“? Dann nennen Sie es so."


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


# Values


@pytest.mark.parametrize(
    "texts",
    [("40.000,00 €", "2.000,- EUR", "45,50", "7 %"), ("40'000.00", "EUR\u00a02000", "45.5 €", "7%"),
     ("40\u202f000,00", "2’000", "€ 45,5", "7,0 %"), (" 40_000 ", "2,000.00", "45,50 Euro", "7\u00a0%")],
)  # fmt: skip
def test_numbers_as_text(pruefe, sauber, texts):
    netto, other, rate, ust = texts
    rows = [{**PERSONAL, "Stundensatz": rate, "Stunden 2026": "700 h", "Stunden 2027": "900,0"}, {**FREMD, "Netto": netto},
            {**MATERIAL, "Netto": other, "USt": ust}]  # fmt: skip
    body = {**BETEILIGTER, "Beantragt": "90.000,- €", "Eigenmittel": "32'540.00"}
    found = pruefe(mappe(beteiligte=[body], kosten=rows))
    assert ausgang(found) == sauber
    assert hinweise(found) == []


@pytest.mark.parametrize("ust", [7, 0.07, "7 %"])
def test_percentages_as_fraction_points_and_text(pruefe, sauber, ust):
    assert ausgang(pruefe(mappe(kosten=[PERSONAL, FREMD, {**MATERIAL, "USt": ust}]))) == sauber
    share = {"Beschäftigungsumfang": "45 %"}
    found = pruefe(mappe(kosten=[{**PERSONAL, **share}, FREMD, MATERIAL]))
    assert found.budget.antragsteller.kosten[0].beschaeftigungsumfang == Decimal("0.45")


@pytest.mark.parametrize("write", ["{:%d.%m.%Y}", "{:%Y-%m-%d}", " {:%d.%m.%Y}\u00a0"])
def test_dates_as_text(pruefe, sauber, write):
    vorhaben = {name: write.format(value) if isinstance(value, date) else value for name, value in VORHABEN.items()}
    assert ausgang(pruefe(mappe(vorhaben))) == sauber


def test_dates_since_1904(pruefe, sauber):
    found = pruefe(change=lambda workbook: setattr(workbook, "epoch", CALENDAR_MAC_1904))
    assert ausgang(found) == sauber
    assert found.budget.vorhaben.beginn == date(2026, 8, 1)


UNREADABLE = [
    ("H3", "48.000", "mehrdeutig"),
    ("H3", "viel", "„viel“ ist kein Betrag"),
    ("H3", -40000, "negativ"),
    ("H3", "-5", "negativ"),
    ("H3", 1e300, "zu groß"),
    ("H3", "NaN", "„NaN“ ist kein Betrag"),
    ("H3", "1e5", "„1e5“ ist kein Betrag"),
    ("H3", True, "kein Betrag"),
    ("H3", date(2026, 5, 1), "kein Betrag"),
    ("H3", "40.000,00 €\n+ 19 % USt", "kein Betrag"),
    ("H3", "ca. 40.000,00", "kein Betrag"),
    ("E2", "siebenhundert", "keine Zahl"),
    ("E2", "1.290", "mehrdeutig"),
    ("K4", "7", "Prozentzeichen"),
    ("K4", 700, "zwischen 0 % und 100 %"),
    ("J3", 1.5, "ganze Zahl"),
    ("A3", "fremdleistungen", "meinten Sie „fremdleistung“?"),
    ("B3", "x" * 2001, "2001 Zeichen"),
    ("B3", "x" * 32767, "32767 Zeichen"),
    ("B3", "Platt\u202eform", "Steuerzeichen"),
    ("B3", date(2026, 5, 1), "Datum"),
    ("I3", MITTERNACHT, "Datum"),
]


@pytest.mark.parametrize(("cell", "value", "words"), UNREADABLE, ids=[f"{c} {str(v)[:20]}" for c, v, _ in UNREADABLE])
def test_what_cannot_be_read_for_certain_is_an_error_with_its_cell(pruefe, cell, value, words):
    found = pruefe(change=lambda workbook: workbook["Kosten"].__setitem__(cell, value))
    assert only_error(found, words) == f"Kosten!{cell}"


@pytest.mark.parametrize("value", ["03/01/2026", 46113, "1. August 2026", "30.02.2026", MITTAG, "2026"])
def test_dates_that_are_none_are_errors(pruefe, value):
    place, text = fehler(pruefe(mappe({**VORHABEN, "Beginn": value})))[0]
    assert place == "Vorhaben!B5"
    assert "Datum" in text


@pytest.mark.parametrize("error", ["#REF!", "#DIV/0!", "#N/A", "#VALUE!", "#NAME?", "#NUM!", "#NULL!"])
@pytest.mark.parametrize("cell", ["Kosten!H3", "Kosten!A3", "Kosten!E2", "Beteiligte!A2", "Vorhaben!B5", "Vorhaben!B3"])
def test_error_values(pruefe, cell, error):
    sheet, _, place = cell.partition("!")

    def change(workbook):
        workbook[sheet][place] = error
        workbook[sheet][place].data_type = "e"

    assert only_error(pruefe(change=change), f"Fehlerwert {error}") == cell


@pytest.mark.parametrize(
    "cell", ["Kosten!H3", "Kosten!B3", "Kosten!F2", "Beteiligte!D2", "Vorhaben!B6", "Vorhaben!B3", "Vorhaben!B9"]
)
def test_formulas_without_a_stored_result(pruefe, cell):
    sheet, _, place = cell.partition("!")
    found = pruefe(change=lambda workbook: workbook[sheet].__setitem__(place, "=A1,B2"))
    assert only_error(found, "Formel ohne gespeichertes Ergebnis", "=A1,B2") == cell


def test_a_beteiligter_that_was_never_computed(pruefe):
    rows = [{"Beteiligter": "=Beteiligte!A2", **MATERIAL}]
    assert only_error(pruefe(mappe(kosten=rows)), "Formel ohne gespeichertes Ergebnis") == "Kosten!A2"


def test_formulas_outside_of_what_is_read_do_no_harm(pruefe, sauber):
    sheets = mappe()
    sheets["Kosten"].append(["Summe", *[None] * 6, "=SUM(H3:H4)", None, None, None, "=1/0"])
    sheets["Notizen"] = [["=1+1"]]
    assert ausgang(pruefe(sheets)) == sauber


@pytest.mark.parametrize("empty", ["<v></v>", "<v/>", "<v />"])
def test_a_formula_whose_result_is_an_empty_text_is_an_empty_cell(tmp_path, sauber, empty):
    """LibreOffice writes `t="str"` with an empty value for what a formula leaves blank."""
    cells = ("K2", "K3", "A7", "H7")

    def formulas(workbook):
        for cell in cells:
            workbook["Kosten"][cell] = '=""'

    file = save(tmp_path / "b.xlsx", mappe(), formulas)
    for cell in cells:
        patched(file, SHEET.format(3), f'<c r="{cell}"><f>""</f><v />', f'<c r="{cell}" t="str"><f>""</f>{empty}')
    assert ausgang(check_budget(file, stichtag=TAG)) == sauber
    patched(file, SHEET.format(3), '<c r="H3" t="n"><v>40000</v>', '<c r="H3"><f>1+1</f><v></v>')
    assert only_error(check_budget(file, stichtag=TAG), "Formel ohne", "„=1+1“") == "Kosten!H3"


@pytest.mark.parametrize(
    "cell",
    ["<c r='H3'><f>1+1</f></c>", '<c r="H3" t="str"><f>1+1</f></c>', '<c r="H3"><f t="shared" si="0"/><v/></c>',
     '<x:c xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main" r="H3"><x:f>1+1</x:f></x:c>'],
)  # fmt: skip
def test_formulas_without_a_result_however_they_are_written(tmp_path, cell):
    file = patched(save(tmp_path / "b.xlsx", mappe()), SHEET.format(3), '<c r="H3" t="n"><v>40000</v></c>', cell)
    assert only_error(check_budget(file, stichtag=TAG), "Formel ohne gespeichertes Ergebnis") == "Kosten!H3"


@pytest.mark.parametrize("error", ["#GETTING_DATA", "#SPILL!", "kaputt"])
def test_errors_nobody_has_heard_of(tmp_path, error):
    cell = f'<c r="H3" t="e"><v>{error}</v></c>'
    file = patched(save(tmp_path / "b.xlsx", mappe()), SHEET.format(3), '<c r="H3" t="n"><v>40000</v></c>', cell)
    assert only_error(check_budget(file, stichtag=TAG)) in {"Kosten!H3", ""}


def test_odd_cents_are_rounded_with_a_remark(pruefe):
    found = pruefe(mappe(kosten=[PERSONAL, {**FREMD, "Netto": 40000.005}, {**MATERIAL, "Netto": 0.1 + 0.2}]))
    assert [line.netto for line in found.budget.antragsteller.kosten[1:]] == [Decimal("40000.01"), Decimal("0.30")]
    ((place, text),) = hinweise(found)
    assert place == "Kosten!H3"
    assert [word in text for word in ("„40000.005“", "40.000,01")] == [True, True]


YES = ("x", "X ", "ja", "true", True, 1)
NO = ("nein", "Nein", "false", False, 0)


@pytest.mark.parametrize(
    ("value", "read"), [*((v, True) for v in YES), *((v, False) for v in NO), (None, None), ("WAHR", None)]
)
def test_yes_and_no(pruefe, value, read):
    found = pruefe(mappe({**VORHABEN, "Folgekosten gesichert": value}))
    if value == "WAHR":
        assert only_error(found, "weder ja noch nein") == "Vorhaben!B10"
    else:
        assert found.budget.vorhaben.folgekosten_gesichert is read


def test_whole_numbers_and_decimals_in_fields_of_text(pruefe):
    lines = [{**FREMD, "Auftrag": nr, "Bezeichnung": name} for nr, name in ((1, 2026), ("1", "b"), (100, "1.5"))]
    found = pruefe(mappe(kosten=lines))
    assert [(line.auftrag.nr, line.bezeichnung) for line in found.budget.antragsteller.kosten] == [
        ("1", "2026"), ("1", "b"), ("100", "1.5")]  # fmt: skip
    assert len(found.vergabe.auftraege) == 2
    ((place, text),) = fehler(pruefe(mappe(kosten=[{**FREMD, "Auftrag": 1.1}])))
    assert (place, "als Zahl gespeichert" in text) == ("Kosten!D2", True)


@pytest.mark.parametrize(
    "ziele", ["wissen, verwaltung", "Wissen;Verwaltung", "wissen\nverwaltung", "wissen,verwaltung,"]
)
def test_lists(pruefe, ziele):
    assert pruefe(mappe({**VORHABEN, "Ziele": ziele})).budget.vorhaben.ziele == ("wissen", "verwaltung")


def test_an_unknown_word_in_a_list(pruefe):
    assert (
        only_error(pruefe(mappe({**VORHABEN, "Ziele": "wissen, verwaltunk"})), "meinten Sie „verwaltung“?")
        == "Vorhaben!B3"
    )


@pytest.mark.parametrize(("cell", "names"), [
    ("A, B GmbH; C KG", ("A, B GmbH", "C KG")), ("A, B; C KG\nD", ("A, B; C KG", "D")), ("A, B GmbH;", ("A, B GmbH",)),
    ("A; B\n", ("A; B",)), ("A GmbH", ("A GmbH",)), (7, ("7",)), (None, ())])  # fmt: skip
def test_names_with_commas_and_semicolons(pruefe, cell, names):
    found = pruefe(mappe(beteiligte=[{**BETEILIGTER, "Unternehmensverbund": cell}]))
    assert found.budget.antragsteller.unternehmensverbund == names


# Hours


def test_hours_by_year_or_in_one_number(pruefe, sauber):
    whole = {name: value for name, value in PERSONAL.items() if not name.startswith("Stunden ")}
    found = pruefe(mappe(kosten=[{**whole, "Stunden": 1600}, FREMD, MATERIAL]))
    assert ausgang(found)[1] == sauber[1]
    mixed = pruefe(mappe(kosten=[{**whole, "Stunden": 1600}, PERSONAL]))
    first, second = (line.stunden for line in mixed.budget.antragsteller.kosten)
    assert (first, second) == (1600, {2026: 700, 2027: 900})


@pytest.mark.parametrize("first", [True, False], ids=["Stunden first", "years first"])
def test_hours_twice_are_an_error(pruefe, first):
    row = {"Stunden": 1600, **PERSONAL} if first else {**PERSONAL, "Stunden": 1600}
    place, text = fehler(pruefe(mappe(kosten=[row])))[0]
    assert place == ("Kosten!F2" if first else "Kosten!E2")
    assert "nicht beides" in text


# Beteiligte


def test_lines_belong_to_whom_they_name(pruefe):
    other = {**PARTNER, "De-minimis": "keine"}
    rows = [
        {**MATERIAL, "Beteiligter": name} for name in (NAME, "MÜLLER & SÖHNE kg", NAME.lower(), "Mueller & Soehne KG")
    ]
    money = [{"Beteiligter": "Müller & Söhne\u00a0KG", "Geber": "Stadt Kiel", "Betrag": 3, "Öffentlich": "x"}]
    found = pruefe(mappe(beteiligte=[BETEILIGTER, other], kosten=rows, Finanzierung=money))
    assert [r.gesamtausgaben.betrag for r in found.rechnungen] == [4280, 4000]
    assert [r.weitere_mittel.betrag for r in found.rechnungen] == [0, 3]


def test_lines_of_nobody_are_errors_at_their_cells(pruefe):
    rows = [{"Beteiligter": name, **MATERIAL} for name in (NAME, "Müller & Söne KG", None, "Beispiel")]
    found = dict(fehler(pruefe(mappe(beteiligte=[BETEILIGTER, PARTNER], kosten=rows))))
    assert list(found) == ["Kosten!A3", "Kosten!A4", "Kosten!A5"]
    assert "meinten Sie „Müller & Söhne KG“?" in found["Kosten!A3"]
    assert f"Schreiben Sie einen von: {NAME}, Müller & Söhne KG" in found["Kosten!A4"]
    without = fehler(pruefe(mappe(beteiligte=[BETEILIGTER, PARTNER], kosten=[MATERIAL])))
    assert [place for place, _ in without] == ["Kosten!A2"]


def test_a_wrong_name_is_an_error_even_with_one_beteiligter(pruefe):
    assert only_error(pruefe(mappe(kosten=[{"Beteiligter": "Andere", **MATERIAL}])), "„Andere“") == "Kosten!A2"


AWARDS = [
    {
        "Beteiligter": PARTNER["Name"],
        "Unternehmen": PARTNER["Name"],
        "Gewährt am": date(2025, 3, 1),
        "Fördersumme": 120000,
    },
    {
        "Beteiligter": PARTNER["Name"],
        "Unternehmen": "Andere GmbH",
        "Gewährt am": "1.3.2025",
        "Fördersumme": "94.250,00 €",
    },
]


@pytest.mark.parametrize("name", ["De-minimis", "DEMINIMIS"])
def test_awards_on_their_sheet(pruefe, name):
    other = {**PARTNER, "Unternehmensverbund": "Andere GmbH"}
    rows = [{**MATERIAL, "Beteiligter": PARTNER["Name"]}]
    found = pruefe(mappe(beteiligte=[BETEILIGTER, other], kosten=rows, **{name: AWARDS}))
    assert fehler(found) == []
    konto = found.konto(found.rechnungen[1])
    assert konto.im_fenster == Decimal("214250.00")


def test_awards_beside_the_statement_that_there_are_none(pruefe):
    other = {**PARTNER, "De-minimis": "keine"}
    found = pruefe(mappe(beteiligte=[BETEILIGTER, other], kosten=[], **{"De-minimis": AWARDS}))
    assert [place for place, _ in fehler(found)] == ["De-minimis!A2", "De-minimis!A3"]
    assert "„keine“" in fehler(found)[0][1]


def test_faults_of_awards_name_their_cells(pruefe):
    rows = [{**AWARDS[0], "Gewährt am": "31.2.2025", "Fördersumme": "12.000"}]
    found = pruefe(mappe(beteiligte=[BETEILIGTER, PARTNER], kosten=[], **{"De-minimis": rows}))
    assert [place for place, _ in fehler(found)] == ["De-minimis!C2", "De-minimis!D2"]


# Incomplete and foreign workbooks


def test_a_workbook_with_cost_only(pruefe):
    found = pruefe({"Kosten": mappe()["Kosten"]})
    assert found.exit_code == 2
    assert {place for place, _ in fehler(found)} == {"Vorhaben", "Beteiligte", "Kosten!A2"}
    empty = {"Förderprogramm": "sh-ki", "Antragsdatum": None, "Beginn": None}
    found = pruefe(mappe(empty, beteiligte=[]))
    assert (found.exit_code, found.ergebnis) == (3, "offen")
    assert {str(f.ort): f.text for f in found.fehlend} == {
        "Vorhaben!B2": "antragsdatum fehlt", "Vorhaben!B3": "beginn fehlt", "Vorhaben!A1": "ende fehlt",
        "Beteiligte": "antragsteller fehlt",
        "Kosten!A2": "antragsteller fehlt: auf dem Blatt Beteiligte steht niemand, zu dem diese Zeile gehört"}  # fmt: skip
    found = pruefe(mappe(beteiligte=[{**BETEILIGTER, "Art": None}]))
    assert [(str(f.ort), f.text) for f in found.fehlend] == [("Beteiligte!B2", "art fehlt")]


def test_lines_that_lack_something_say_so_at_the_cell(pruefe):
    rows = [PERSONAL, {"Bezeichnung": "Plattform", "Netto": 5}, {"Kostenart": "material", "Bezeichnung": "Kabel"}]
    found = fehler(pruefe(mappe(kosten=rows)))
    assert [place for place, _ in found] == ["Kosten!A3", "Kosten!H4"]
    assert "kostenart fehlt" in found[0][1]
    assert "geben Sie netto oder brutto an" in found[1][1]


@pytest.mark.parametrize("sheets", [
    {"Tabelle1": [["Artikel", "Preis"], ["Schraube", 1]]}, {"Tabelle1": []}, {"Kosten": [["Artikel", "Preis"], ["Schraube", 1]]},
    {"It's \"ours\"": [["x"]], "Blatt 2": []}], ids=["other", "empty", "same name", "quotes"])  # fmt: skip
def test_foreign_workbooks_get_one_message(pruefe, sheets):
    found = pruefe(sheets)
    place = only_error(found, "keine Budget-Tabelle", "Vorhaben, Beteiligte, Kosten", "foerdercheck vorlage", *sheets)
    assert (place, found.exit_code) == ("", 2)


def test_a_sheet_of_ours_without_its_headings(pruefe):
    sheets = {**mappe(), "Kosten": [["Artikel", "Preis"], ["Schraube", 1]]}
    assert only_error(pruefe(sheets), "Kostenart, Bezeichnung") == "Kosten"


def test_a_folder_with_a_budget_a_history_and_a_foreign_workbook(run, tmp_path):
    save(tmp_path / "budget.xlsx", mappe())
    save(tmp_path / "fremd.xlsx", {"Tabelle1": [["x"]]})
    save_history(tmp_path / "historie.xlsx", [HEADINGS, ("A GmbH", date(2025, 1, 1), None, None, 5)])
    said = run("check", tmp_path, "--quiet", "--stichtag", "2026-07-13")
    assert said.code == 2
    assert [Path(line.partition(":")[0]).name for line in said.out.splitlines()] == ["budget.xlsx", "fremd.xlsx"]
    assert "historie.xlsx: übersprungen, das ist eine De-minimis-Historie" in said.err
    said = run("check", tmp_path / "historie.xlsx")
    assert said.code == 2
    assert "De-minimis-Historie, kein Budget" in said.out


# Formats of LibreOffice


@pytest.fixture(scope="module")
def messy(tmp_path_factory):
    """A workbook with many of the traps at once."""
    rows = [{"Beteiligter": name, **row} for name, row in zip((NAME, None, None), KOSTEN, strict=True)]
    sheets = mappe(
        {name: f" {value} " if isinstance(value, str) else value for name, value in VORHABEN.items()}, kosten=rows
    )
    sheets["Kosten"][0] = [f"{heading.upper()} *" for heading in sheets["Kosten"][0]]
    sheets["Kosten"][2][8] = "40.000,00 €"
    sheets["Kosten"][3][11] = "7 %"
    sheets["Kosten"][1:1] = [[], ["  "]]
    sheets["Kosten"].insert(0, ["Kostenplan"])
    sheets["Kosten"].append(["Summe", *[None] * 7, "=I7+39995"])
    sheets["Kosten"].append([None, "", *[None] * 10, '=IF(1,"","x")'])
    sheets["Vorhaben"][8][1] = True

    def change(workbook):
        workbook.epoch = CALENDAR_MAC_1904
        workbook["Kosten"].merge_cells("A1:L1")
        workbook["Kosten"].merge_cells("A5:A7")
        workbook["Kosten"].row_dimensions[6].hidden = True
        workbook["Kosten"]["XFD1048576"].font = Font(bold=True)

    sheets["Beteiligte"].append([PARTNER["Name"], PARTNER["Art"], "SH"])
    return save(tmp_path_factory.mktemp("messy") / "b.xlsx", sheets, change)


@pytest.fixture(scope="module")
def ods(messy):
    return converted(messy, "ods")


@pytest.mark.parametrize("suffix", ["ods", "xls", "xlsx"])
def test_what_libreoffice_writes_is_read_the_same(messy, ods, suffix, sauber):
    found = check_budget(ods if suffix == "ods" else converted(messy, suffix), stichtag=TAG)
    assert fehler(found) == []
    assert ausgang(found)[1] == sauber[1]
    assert found.budget.vorhaben.beginn == date(2026, 8, 1)
    assert found.budget.vorhaben.gesamtfinanzierung_gesichert is True
    ((place, said),) = hinweise(found)
    assert place == "Kosten!I8"
    assert [word in said for word in ("41.995,00 €", "42.000,00 €")] == [True, True]


NETTO = (
    '<table:table-cell office:value-type="float" office:value="2000" calcext:value-type="float"><text:p>2000</text:p>'
)
LINK = (
    '<table:table-cell table:formula="of:=[\'file:///tmp/x.ods\'#$A.B1]" office:value-type="float" office:value="40000"'
)
FAR = (
    '<table:table-row table:number-rows-repeated="1048000"/><table:table-row><table:table-cell '
    'table:number-columns-repeated="16383"/><table:table-cell office:value-type="float" office:value="1"/></table:table-row>'
)


@pytest.mark.parametrize(
    ("change", "place", "words"),
    [
        (
            (NETTO, '<table:table-cell table:formula="of:=1+&quot;a&quot;">'),
            "Kosten!I7",
            '„=1+"a"“ ist eine Formel ohne',
        ),
        ((NETTO, f"{LINK}>"), "", "anderen Dateien"),
        (
            (NETTO, '<table:table-cell calcext:value-type="error"><text:p>#REF!</text:p>'),
            "Kosten!I7",
            "Fehlerwert #REF!",
        ),
        (("</table:table>", f"{FAR}</table:table>"), "", "riesig"),
        (("<office:body>", '<!DOCTYPE x [<!ENTITY a "b">]><office:body>'), "", "keine lesbare Tabelle"),
    ],
    ids=["formula", "link", "error", "far cell", "bomb"],
)
def test_traps_in_an_ods(ods, tmp_path, change, place, words):
    file = tmp_path / "b.ods"
    file.write_bytes(ods.read_bytes())
    assert only_error(in_time(patched(file, "content.xml", *change)), words) == place


LINKED = f"""<?xml version="1.0" encoding="UTF-8"?>
<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 xmlns:of="urn:oasis:names:tc:opendocument:xmlns:of:1.2" office:version="1.2"
 office:mimetype="application/vnd.oasis.opendocument.spreadsheet"><office:body><office:spreadsheet>
<table:table table:name="Kosten"><table:table-row>
{LINK}/></table:table-row></table:table></office:spreadsheet></office:body></office:document>"""


def test_links_to_other_files_in_an_xls_are_refused(tmp_path):
    (tmp_path / "b.fods").write_text(LINKED, encoding="utf-8")
    assert only_error(check_budget(converted(tmp_path / "b.fods", "xls")), "anderen Dateien") == ""


# Hostile workbooks


def in_time(file: Path, seconds: float = 30) -> Assessment:
    """Check a file that would take minutes if work grew with the square of its size, also while coverage is measured."""
    start = time.monotonic()
    found = check_budget(file, stichtag=TAG)
    assert time.monotonic() - start < seconds
    return found


def test_a_range_blown_up_by_formatting_is_read(pruefe, sauber):
    def change(workbook):
        for cell in ("XFD1048576", "A1048576", "XFD1"):
            workbook["Kosten"][cell].font = Font(bold=True)
        workbook["Beteiligte"]["A1048576"].font = Font(bold=True)

    assert ausgang(pruefe(change=change)) == sauber


def test_a_gigantic_range_is_refused(tmp_path):
    far = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    file = patched(save(tmp_path / "b.xlsx", mappe()), SHEET.format(3), "</sheetData>", far)
    assert only_error(in_time(file), "riesig", "b.xlsx") == ""


def test_a_stated_dimension_costs_nothing(tmp_path, sauber):
    file = save(tmp_path / "b.xlsx", mappe())
    patched(file, SHEET.format(3), '<dimension ref="A1:K4"', '<dimension ref="A1:XFD1048576"')
    assert ausgang(in_time(file)) == sauber


def test_merged_cells_over_everything_cost_little(tmp_path):
    file = save(tmp_path / "b.xlsx", mappe(kosten=[MATERIAL] * 5000))
    ranges = "".join(f'<mergeCell ref="A2:A{5001 - number % 9}"/>' for number in range(20000))
    patched(file, SHEET.format(3), "</sheetData>", f"</sheetData><mergeCells>{ranges}</mergeCells>")
    assert len(in_time(file).budget.antragsteller.kosten) == 5000


def test_zip_bombs_are_not_unpacked(tmp_path):
    file = save(tmp_path / "b.xlsx", mappe())
    with zipfile.ZipFile(file, "a", zipfile.ZIP_DEFLATED) as archive, archive.open("xl/media/zero.bin", "w") as part:
        for _ in range(101):
            part.write(bytes(1 << 20))
    assert only_error(in_time(file), "100 MiB", "b.xlsx") == ""


def test_a_zip_that_lies_about_its_sizes_is_refused(tmp_path):
    file = save(tmp_path / "b.xlsx", mappe())
    with zipfile.ZipFile(file, "a", zipfile.ZIP_DEFLATED) as archive, archive.open("xl/media/zero.bin", "w") as part:
        for _ in range(101):
            part.write(bytes(1 << 20))
    size = (101 << 20).to_bytes(4, "little")
    assert size in file.read_bytes()
    file.write_bytes(file.read_bytes().replace(size, (5).to_bytes(4, "little")))
    assert only_error(in_time(file), "keine lesbare Tabelle") == ""


BOMB = (
    '<!DOCTYPE x [<!ENTITY a "lol">'
    + "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True))
    + "]>"
)


@pytest.mark.parametrize(
    "part", [SHEET.format(2), SHEET.format(3), "xl/workbook.xml", "xl/styles.xml", "[Content_Types].xml"]
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_xml_bombs_are_refused(tmp_path, part, encoding):
    file = save(tmp_path / "b.xlsx", mappe())
    with zipfile.ZipFile(file) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    text = parts[part].decode().partition("?>")[2] if parts[part].startswith(b"<?") else parts[part].decode()
    parts[part] = (f'<?xml version="1.0" encoding="{encoding}"?>' + BOMB + text.replace("<v>", "<v>&i;")).encode(
        encoding
    )
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    assert only_error(in_time(file), "keine lesbare Tabelle") == ""


def test_external_links_are_refused(tmp_path):
    file = save(tmp_path / "b.xlsx", mappe())
    with zipfile.ZipFile(file, "a") as archive:
        archive.writestr("xl/externalLinks/externalLink1.xml", "<externalLink/>")
    assert only_error(check_budget(file), "anderen Dateien", "b.xlsx") == ""


def test_locked_and_broken_files(tmp_path):
    whole = save(tmp_path / "b.xlsx", mappe()).read_bytes()
    for content, word in (
        (encrypted(), "Kennwort"),
        (whole[:-40], "keine lesbare"),
        (b"", "keine lesbare"),
        (b"a;b", "keine lesbare"),
    ):
        (tmp_path / "x.xlsx").write_bytes(content)
        assert only_error(check_budget(tmp_path / "x.xlsx"), word, "x.xlsx") == ""


def many(file: Path, count: int, cells: Callable[[int], Iterable[str]]) -> Path:
    """A budget of `count` lines with the columns Beteiligter, Kostenart, Bezeichnung, Netto, written without openpyxl."""
    head = {"Beteiligter": None, "Kostenart": None, "Bezeichnung": None, "Netto": None}
    save(file, mappe(beteiligte=[BETEILIGTER, PARTNER], kosten=[head]))
    rows = "".join(f"<row>{''.join(cells(number))}</row>" for number in range(count))
    return patched(file, SHEET.format(3), "</sheetData>", rows + "</sheetData>")


def text(value: str) -> str:
    return f'<c t="inlineStr"><is><t>{value.replace("&", "&amp;")}</t></is></c>'


def line(name: str, netto: str) -> tuple[str, ...]:
    return text(name), text("material"), text("Lizenzen"), f"<c>{netto}</c>"


def test_10000_lines(tmp_path):
    file = many(tmp_path / "b.xlsx", 10_000, lambda n: line((NAME, PARTNER["Name"])[n % 2], "<v>2000</v>"))
    assert [r.gesamtausgaben.betrag for r in in_time(file).rechnungen] == [11_900_000, 10_000_000]


@pytest.mark.parametrize(
    "cells",
    [
        lambda number: line(f"Niemand {number}", "<v>2000</v>"),
        lambda _: line(NAME, "<f>1+1</f>"),
        lambda _: line(NAME, "<v>-1</v>"),
        lambda _: line(NAME, "<v>0.005</v>"),
    ],
    ids=["names", "formulas", "amounts", "remarks"],
)
def test_thousands_of_faults_are_told_in_time_and_not_all(tmp_path, cells):
    found = in_time(many(tmp_path / "b.xlsx", 3_000, cells))
    said = fehler(found) or hinweise(found)
    assert said[0][0] in {"Kosten!A3", "Kosten!D3"}
    assert 1000 < len(said) <= 1002
    assert "weitere" in said[-1][1]


def test_a_heading_row_of_16000_columns(tmp_path, sauber):
    sheets = mappe()
    sheets["Kosten"][0] += [f"Spalte {number}" for number in range(16_000)]
    found = in_time(save(tmp_path / "b.xlsx", sheets))
    assert ausgang(found) == sauber
    assert len(hinweise(found)) < 100
    sheets["Kosten"][0][11:] = [f"Stunden {number:04}" for number in range(9_000)]
    assert ausgang(in_time(save(tmp_path / "c.xlsx", sheets))) == sauber


def test_long_and_strange_texts_everywhere(pruefe):
    long = "Ä" * 32767
    sheets = mappe({**VORHABEN, long: long})
    sheets["Kosten"][0].append(long)
    sheets["Beteiligte"].insert(0, [long])
    sheets["x'y"] = [[long]]
    found = pruefe(sheets)
    assert fehler(found) == []
    assert [place for place, _ in hinweise(found)] == ["Vorhaben!B12", "Kosten!L1"]
    assert max(len(text) for _, text in hinweise(found)) < 300


@pytest.mark.parametrize("char", ["\x07", "\x1b", "\u202e", "_x0007_", "&#27;"])
def test_control_characters(tmp_path, char):
    file = save(tmp_path / "b.xlsx", mappe(), lambda workbook: workbook["Kosten"].__setitem__("B3", "Platt@form"))
    patched(file, SHEET.format(3), "Platt@form", f"Platt{char}form")
    found = check_budget(file, stichtag=TAG)
    if fehler(found):
        assert only_error(found, "Steuerzeichen") == "Kosten!B3"
        assert "\x1b" not in found.fehler[0].text
    else:
        assert found.budget.antragsteller.kosten[1].bezeichnung == "Platt_x0007_form"


@pytest.mark.parametrize("value", ["NaN", "INF", "-INF", "1e999", "1e300"])
def test_numbers_that_are_none(tmp_path, value):
    sheets = mappe()
    sheets["Kosten"].append(["Summe", None, None, None, 1, 1, None, 12345])
    file = save(tmp_path / "b.xlsx", sheets)
    patched(file, SHEET.format(3), "<v>40000</v>", f"<v>{value}</v>")
    assert only_error(check_budget(file, stichtag=TAG)) in {"Kosten!H3", ""}
    patched(save(file, sheets), SHEET.format(3), "<v>12345</v>", f"<v>{value}</v>")
    found = check_budget(file, stichtag=TAG)
    assert found.exit_code in {0, 2}


def test_sheets_without_cells_and_charts(pruefe, sauber):
    from openpyxl.chart import BarChart

    def chart(workbook):
        workbook.create_chartsheet("Diagramm", 0).add_chart(BarChart())
        workbook["Kosten"]["Z30"] = "=1+1"

    found = pruefe({**mappe(), "Finanzierung": [], "De-minimis": [["Beteiligter", "Unternehmen", "Gewährt am"]]}, chart)
    assert ausgang(found) == sauber


# What looks harmless and would change a figure without a word


def erster(found):
    """The place of the first error, and all of their texts."""
    said = fehler(found)
    return said[0][0], " ".join(text for _, text in said)


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


def test_nothing_may_stand_before_the_zip(tmp_path):
    file = tmp_path / "b.xlsx"
    file.write_bytes(b"X" + save(tmp_path / "a.xlsx", mappe()).read_bytes())
    assert check_budget(file).exit_code == 2


def test_hours_with_many_decimals_are_computed_as_they_are_told(pruefe):
    found = pruefe(mappe(kosten=[{**PERSONAL, "Stunden 2026": 2101 / 3}]))
    (said,) = hinweise(found)
    assert "gerechnet wird mit 700,3333" in said[1]


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
