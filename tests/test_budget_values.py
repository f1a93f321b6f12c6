"""Values of budgets in spreadsheets: read as they are meant, or an error that names the cell."""

from datetime import date, datetime
from decimal import Decimal

import pytest
from demo import check_demo
from openpyxl import LXML
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from workbooks import (
    BETEILIGTER,
    FREMD,
    MATERIAL,
    PERSONAL,
    SHEET,
    TAG,
    VORHABEN,
    ausgang,
    fehler,
    hinweise,
    mappe,
    only_error,
    patched,
    save_budget,
)

from foerdercheck import check_budget

MITTERNACHT, MITTAG = datetime(2026, 1, 3), datetime(2026, 8, 1, 12)  # noqa: DTZ001 - cells have no time zone


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
    ("D2", -1e22, "negativ"),
    ("E2", -1e300, "negativ"),
    ("K4", -1e26, "negativ"),
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
    ("B3", "Platt\u202eform", "U+202E an Stelle 6"),
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
    assert "Datum" in text or "mit der Uhrzeit 12:00" in text


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

    file = save_budget(tmp_path / "b.xlsx", mappe(), formulas)
    written = "<v></v>" if LXML else "<v />"
    for cell in cells:
        patched(file, SHEET.format(3), f'<c r="{cell}"><f>""</f>{written}', f'<c r="{cell}" t="str"><f>""</f>{empty}')
    assert ausgang(check_demo(file, stichtag=TAG)) == sauber
    patched(file, SHEET.format(3), '<c r="H3" t="n"><v>40000</v>', '<c r="H3"><f>1+1</f><v></v>')
    assert only_error(check_demo(file, stichtag=TAG), "Formel ohne", "„=1+1“") == "Kosten!H3"


@pytest.mark.parametrize(
    "cell",
    ["<c r='H3'><f>1+1</f></c>", '<c r="H3" t="str"><f>1+1</f></c>', '<c r="H3"><f t="shared" si="0"/><v/></c>',
     '<x:c xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main" r="H3"><x:f>1+1</x:f></x:c>'],
)  # fmt: skip
def test_formulas_without_a_result_however_they_are_written(tmp_path, cell):
    file = patched(save_budget(tmp_path / "b.xlsx", mappe()), SHEET.format(3), '<c r="H3" t="n"><v>40000</v></c>', cell)
    assert only_error(check_demo(file, stichtag=TAG), "Formel ohne gespeichertes Ergebnis") == "Kosten!H3"


@pytest.mark.parametrize("error", ["#GETTING_DATA", "#SPILL!", "kaputt"])
def test_errors_nobody_has_heard_of(tmp_path, error):
    cell = f'<c r="H3" t="e"><v>{error}</v></c>'
    file = patched(save_budget(tmp_path / "b.xlsx", mappe()), SHEET.format(3), '<c r="H3" t="n"><v>40000</v></c>', cell)
    assert only_error(check_demo(file, stichtag=TAG)) in {"Kosten!H3", ""}


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


@pytest.mark.parametrize("ziele", ["schlafen, fliegen", "Schlafen;Fliegen", "schlafen\nfliegen", "schlafen,fliegen,"])
def test_lists(pruefe, ziele):
    assert pruefe(mappe({**VORHABEN, "Ziele": ziele})).budget.vorhaben.ziele == ("schlafen", "fliegen")


def test_an_unknown_word_in_a_list(pruefe):
    assert (
        only_error(pruefe(mappe({**VORHABEN, "Ziele": "schlafen, fliegn"})), "meinten Sie „fliegen“?") == "Vorhaben!B3"
    )


@pytest.mark.parametrize(("cell", "names"), [
    ("A, B GmbH; C KG", ("A, B GmbH", "C KG")), ("A, B; C KG\nD", ("A, B; C KG", "D")), ("A, B GmbH;", ("A, B GmbH",)),
    ("A; B\n", ("A; B",)), ("A GmbH", ("A GmbH",)), (7, ("7",)), (None, ())])  # fmt: skip
def test_names_with_commas_and_semicolons(pruefe, cell, names):
    found = pruefe(mappe(beteiligte=[{**BETEILIGTER, "Unternehmensverbund": cell}]))
    assert found.budget.antragsteller.unternehmensverbund == names


@pytest.mark.parametrize(("cell", "said"), [(True, "ja"), (5, "5")])
def test_a_programme_that_is_no_text_is_unknown_and_not_passed_over(tmp_path, cell, said):
    def change(workbook):
        sheet = workbook["Vorhaben"]
        (label,) = [row[0] for row in sheet.iter_rows() if row[0].value == "Förderprogramm"]
        label.offset(0, 1).value = cell

    file = save_budget(tmp_path / "b.xlsx", mappe(), change)
    assert only_error(check_budget(file), f"„{said}“ ist kein bekanntes Förderprogramm").startswith("Vorhaben!B")
    told = [text for _, text in hinweise(check_demo(file, stichtag=TAG))]
    assert [text for text in told if text.startswith(f"Das Budget nennt das Programm „{said}“; geprüft")]
