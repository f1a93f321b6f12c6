"""What a person sees in a table is what is checked: everything that shows otherwise than it counts is told with its cell."""

import re
from datetime import date, datetime, timedelta

import pytest
from demo import check_demo
from workbooks import (
    BETEILIGTER,
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

H3 = '<c r="H3" t="n"><v>40000</v></c>'


def formatted(code, cell="H3", sheet="Kosten"):
    return lambda workbook: setattr(workbook[sheet][cell], "number_format", code)


@pytest.fixture
def with_cell(tmp_path):
    """Check the clean budget with another cell in place of the amount of 40,000."""

    def check(xml, *more: tuple[str, str, str]):
        file = patched(save_budget(tmp_path / "b.xlsx", mappe()), SHEET.format(3), H3, xml)
        for part, old, new in more:
            patched(file, part, old, new)
        return check_demo(file, stichtag=TAG)

    return check


# Formats


@pytest.mark.parametrize(
    ("code", "words"),
    [('"1.000,00 €"', "„1.000,00 €“, gespeichert ist „40000“"), ("0,", "zeigt „40“"), (";;;", "zeigt nichts"),
    ('"CHF" 0.00', "„CHF“ wird nicht"), ("[$£-809]#,##0", "„£“ wird nicht")],
)  # fmt: skip
def test_a_format_that_shows_another_amount_or_currency_is_an_error(pruefe, code, words):
    assert only_error(pruefe(change=formatted(code)), words) == "Kosten!H3"


def test_a_format_that_is_not_defined_is_no_number(tmp_path):
    file = save_budget(tmp_path / "b.xlsx", mappe(), formatted("0.000"))
    assert not fehler(check_demo(file, stichtag=TAG))
    patched(file, "xl/styles.xml", '"165" formatCode="0.000"', '"199" formatCode="0.000"')
    assert only_error(check_demo(file, stichtag=TAG), "zeigt „?“, gespeichert ist „40000“") == "Kosten!H3"


def test_a_format_of_a_cell_that_is_not_read_does_no_harm(pruefe, sauber):
    sheets = mappe()
    sheets["Kosten"][1] += ["Bemerkung"]
    sheets["Kosten"][2] += [5]
    assert ausgang(pruefe(sheets, formatted(";;;", "L3"))) == sauber


def test_amounts_formatted_as_days_and_days_as_numbers_say_so(pruefe):
    assert "ist kein Betrag, sondern ein Datum" in fehler(pruefe(change=formatted("dd.mm.yyyy")))[0][1]
    place, text = fehler(pruefe(change=formatted("General", "B5", "Vorhaben")))[0]
    assert (place, "„46235“ ist kein Datum" in text) == ("Vorhaben!B5", True)


def test_times_and_durations(pruefe):
    def hours(workbook):
        workbook["Kosten"]["E2"] = timedelta(hours=700)

    assert only_error(pruefe(change=hours), "700 Stunden") == "Kosten!E2"
    when = datetime(2026, 8, 1, 9, 30)  # noqa: DTZ001 - cells have no time zone
    assert only_error(pruefe(mappe({**VORHABEN, "Beginn": when})), "Uhrzeit 09:30") == "Vorhaben!B5"


@pytest.mark.parametrize(
    ("cell", "value", "code", "words"),
    [("K4", 1.19, "0.0#\\ %", "119 %"), ("K4", 1, "0%", "100 %"), ("K4", 0.26, "0%", "26 %"),
    ("K4", 1, "General", "1 % oder 100 %"), ("K4", 1.19, "General", "1,19 % oder 119 %"),
     ("K4", 26, "General", "zwischen 0 % und 25 %"), ("H3", 0.5, "0%", "„50 %“ ist kein Betrag"),
     ("E2", 7, "0%", "„700 %“ ist keine Zahl")],
)  # fmt: skip
def test_percentages_are_what_their_cell_shows(pruefe, cell, value, code, words):
    def change(workbook):
        workbook["Kosten"][cell] = value
        workbook["Kosten"][cell].number_format = code

    assert only_error(pruefe(change=change), words) == f"Kosten!{cell}"


@pytest.mark.parametrize(
    ("value", "code"), [(0.07, "0%"), (0.07, "General"), (7, "General"), (7, '0"%"'), ("7 %", "@")]
)
def test_percentages_people_write(pruefe, sauber, value, code):
    def change(workbook):
        workbook["Kosten"]["K4"] = value
        workbook["Kosten"]["K4"].number_format = code

    assert ausgang(pruefe(change=change)) == sauber


# Formulas


@pytest.mark.parametrize(
    "formula", ["40000+0", "SUM(A9:A10)+40000", 'IF("TODAY()"="",1,40000)', "Preise[2026]", "ROUND(KNOW,2)"]
)
def test_formulas_are_read_by_their_stored_result_and_named(with_cell, sauber, formula):
    found = with_cell(f'<c r="H3"><f>{formula}</f><v>40000</v></c>')
    assert ausgang(found) == sauber
    assert hinweise(found) == [
        ("Kosten!H3", "Eine Zelle enthält eine Formel; gelesen wird das gespeicherte Ergebnis: Kosten!H3.")
    ]


UNSTEADY = [
    "TODAY()",
    "IF(NOW()&gt;1,40000,1)",
    "rand()",
    "_xlfn.RANDARRAY(1)",
    "OFFSET(A1,1,1)",
    'INDIRECT("A1")',
    'INFO("x")',
    'CELL("row",A1)',
    "RANDBETWEEN (1,2)",
]
ELSEWHERE = [
    "[1]Preise!A1",
    "'[1]Preise 2026'!A1",
    "'C:\\x\\[p.xlsx]T'!A1",
    'WEBSERVICE("http://x")',
    'DDE("a";"b";"c")',
    "cmd|'/c calc'!A0",
    "[1]!Kurs",
    "__xludf.DUMMYFUNCTION(1)",
    "RTD(1)",
]


@pytest.mark.parametrize("formula", [*UNSTEADY, *ELSEWHERE])
def test_results_that_are_others_tomorrow_or_elsewhere_are_errors(with_cell, formula):
    found = with_cell(f'<c r="H3"><f>{formula.replace(chr(34), "&quot;")}</f><v>40000</v></c>')
    word = "ergibt nicht immer dasselbe" if formula in UNSTEADY else "außerhalb dieser Datei"
    assert only_error(found, word) == "Kosten!H3"


def test_shared_and_matrix_formulas_are_followed(with_cell):
    master = '<c r="M1"><f t="shared" ref="H1:M9" si="4">NOW()</f><v>1</v></c></row><row r="2"'
    slave = '<c r="H3"><f t="shared" si="4"/><v>40000</v></c>'
    place, text = fehler(with_cell(slave, (SHEET.format(3), '</row><row r="2"', master)))[-1]
    assert (place, "NOW" in text) == ("Kosten!H3", True)
    assert only_error(with_cell('<c r="H3"><f t="shared" si="9"/><v>40000</v></c>'), "woher") == "Kosten!H3"
    matrix = '<c r="H3"><f t="array" ref="H3:H4">TODAY()</f><v>40000</v></c>'
    assert [place for place, _ in fehler(with_cell(matrix))] == ["Kosten!H3", "Kosten!H4"]


@pytest.mark.parametrize("place", ["cells", "names"])
def test_formulas_of_any_length_take_little_time(with_cell, place):
    formula = "A1+" * 2600
    if place == "cells":
        rows = "".join(
            f'<row r="{row}"><c r="A{row}"><f>{formula}{row}</f><v>1</v></c></row>' for row in range(10, 800)
        )
        found = with_cell(H3, (SHEET.format(3), "</sheetData>", f"{rows}</sheetData>"))
    else:
        names = "".join(f'<definedName name="N{index}">{formula * 12}1</definedName>' for index in range(60))
        found = with_cell(H3, ("xl/workbook.xml", "</sheets>", f"</sheets><definedNames>{names}</definedNames>"))
    assert only_error(found, "fünf Millionen Zeichen") == ""


def test_many_formulas_are_told_once(tmp_path, sauber):
    file = save_budget(tmp_path / "b.xlsx", mappe())
    for old, cell in ((H3, "H3"), ('<c r="H4" t="n"><v>2000</v></c>', "H4")):
        patched(file, SHEET.format(3), old, f'<c r="{cell}"><f>1+1</f>{old.partition(">")[2]}')
    found = check_demo(file, stichtag=TAG)
    text = "2 Zellen enthalten Formeln; gelesen wird das gespeicherte Ergebnis: Kosten!H3 und Kosten!H4."
    assert (ausgang(found), hinweise(found)) == (sauber, [("Kosten!H3", text)])


# Rows above the heading

LINE = ["fremdleistung", "Oberer Auftrag", None, None, None, None, None, 60000]


@pytest.mark.parametrize(
    ("rows", "place"),
    [([LINE], "Kosten!A1"), ([["Kostenart", "Bezeichnung", "Netto"]], "Kosten!A1"), ([["Titel"], LINE], "Kosten!A2"),
     ([["Kostenart", "Bezeichnung"], LINE], "Kosten!A1"),
     ([[None, "Auftrag", None, None, None, None, None, "60.000 €"]], "Kosten!B1"),
     ([["Projekt Nord", "Auftrag", None, None, None, None, None, "60.000,00 €"]], "Kosten!A1")],
)  # fmt: skip
def test_a_line_or_a_second_heading_above_the_heading_is_an_error(pruefe, rows, place):
    sheets = mappe()
    sheets["Kosten"][:0] = rows
    assert fehler(pruefe(sheets))[0][0] == place


def test_a_body_above_the_heading_is_an_error(pruefe):
    sheets = mappe()
    sheets["Beteiligte"].insert(0, ["Zweite GmbH", "unternehmen", "SH"])
    assert only_error(pruefe(sheets), "darunter") == "Beteiligte!A1"


@pytest.mark.parametrize(
    "rows",
    [[["Kostenplan"]], [["Stand", date(2026, 4, 1), "Fassung 2"]], [["Projektnummer", 4711]],
    [["Aktenzeichen:", None, None, "12/2026"]], [["Nr.", None, None, 5]],
     [["Gesamtkosten", None, None, None, None, None, None, 42000]],
     [["Kosten des Vorhabens"], [], ["alle Angaben in Euro", "netto"]], [[None, None, None, None, "Jahre"]]],
)  # fmt: skip
def test_titles_above_the_heading_are_read_past(pruefe, sauber, rows):
    sheets = mappe()
    sheets["Kosten"][:0] = rows
    found = pruefe(sheets)
    assert (ausgang(found), hinweise(found)) == (sauber, [])


# Texts


@pytest.mark.parametrize("char", ["\u200b", "\u2060", "\ufeff", "\u3164", "\u00ad", "\u2800"])
@pytest.mark.parametrize("cell", ["B3", "A3", "H3"])
def test_invisible_characters_are_refused_and_named(pruefe, char, cell):
    def change(workbook):
        workbook["Kosten"][cell] = f"{workbook['Kosten'][cell].value}{char}"

    place, text = fehler(pruefe(change=change))[0]
    assert place == f"Kosten!{cell}"
    assert cell == "H3" or f"U+{ord(char):04X}" in text


def test_a_long_text_is_told_by_its_length(pruefe):
    found = pruefe(change=lambda workbook: workbook["Kosten"].__setitem__("B3", "x" * 5000))
    assert only_error(found, "5000 Zeichen") == "Kosten!B3"
    found = pruefe(mappe(beteiligte=[{**BETEILIGTER, "Name": "x" * 2001}]))
    assert "2001 Zeichen" in fehler(found)[0][1]


# The XML


@pytest.mark.parametrize(
    ("cell", "netto"),
    [('<c r="H3"><v>4000&#48;</v></c>', 40000), ('<c r="H3"><v>400<!-- x -->00</v></c>', 40000),
    ('<c r="H3"><v><![CDATA[40000]]></v></c>', 40000),
     ('<c r="H3"><v>4E4</v></c>', 40000), ('<c r="H3" t="str"><v>40.000,00</v></c>', 40000),
     ('<c r="H3" t="inlineStr"><is><r><t>40</t></r><r><t>000</t></r></is></c>', 40000)],
)  # fmt: skip
def test_values_are_what_xml_says(with_cell, sauber, cell, netto):
    found = with_cell(cell)
    assert ausgang(found) == sauber
    assert found.budget.antragsteller.kosten[1].netto == netto


@pytest.mark.parametrize(
    "cell",
    ['<c r="H3"><v>40000</v></c><zz:c xmlns:zz="urn:zz" r="H3"><zz:v>9</zz:v></zz:c>', '<c r="H3"><v>40000</v><v>9</v></c>',
    '<c r="H4294967299"><v>9</v></c>', '<c r="XFE3"><v>9</v></c>',
     '<c r="H4"><v>9</v></c>', '<c r="H3"><v>1</v></c><c r="H3"><v>2</v></c>', '<c r="I3"><v>1</v></c><c r="H3"><v>2</v></c>',
     '<c r="H3" t="s"><v>99</v></c>', '<c r="H3" t="x"><v>1</v></c>',
     '<c r="H3" s="99"><v>1</v></c>', '<c r="H3">9<v>40000</v></c>', '<c r="H3" t="n"><is><t>9</t></is></c>',
     '<c r="h3"><v>40000</v></c>', '<c r="H3"><v>&undefined;</v></c>'],
)  # fmt: skip
def test_what_programs_read_differently_is_refused(with_cell, cell):
    assert only_error(with_cell(cell), "keine lesbare Tabelle") == ""


def test_sheets_are_read_where_the_relations_say_they_are(tmp_path, sauber):
    file = save_budget(tmp_path / "b.xlsx", mappe())
    patched(file, "xl/_rels/workbook.xml.rels", "/xl/worksheets/sheet3.xml", "worksheets/../worksheets/sheet3.xml")
    assert ausgang(check_demo(file, stichtag=TAG)) == sauber
    for wrong in ("/xl/worksheets/sheet9.xml", "/XL/worksheets/sheet3.xml"):
        patched(file, "xl/_rels/workbook.xml.rels", re.search(r"[^\"]*sheet[39].xml", _relations(file))[0], wrong)
        assert only_error(check_demo(file, stichtag=TAG), "fehlt") == ""


def _relations(file):
    import zipfile

    with zipfile.ZipFile(file) as archive:
        return next(
            part
            for part in re.findall(r'Target="([^"]*)"', archive.read("xl/_rels/workbook.xml.rels").decode())
            if re.search("sheet[39]", part)
        )
