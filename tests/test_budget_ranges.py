"""Ranges of workbooks: as LibreOffice writes them, blown up by formatting, far away, merged; read in time, or refused."""

import io
import zipfile
from datetime import date

import pytest
from demo import check_demo
from openpyxl import load_workbook
from openpyxl.styles import Font
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from test_budget_hostile import in_time
from workbooks import (
    KOSTEN,
    MATERIAL,
    NAME,
    PARTNER,
    SHEET,
    TAG,
    VORHABEN,
    ausgang,
    converted,
    fehler,
    hinweise,
    mappe,
    only_error,
    patched,
    save_budget,
)

from foerdercheck.reading.sheets import read_sheets

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
    return save_budget(tmp_path_factory.mktemp("messy") / "b.xlsx", sheets, change)


@pytest.fixture(scope="module")
def ods(messy):
    return converted("ods", messy)[0]


@pytest.mark.parametrize("suffix", ["ods", "xlsx"])
def test_what_libreoffice_writes_is_read_the_same(messy, ods, suffix, sauber):
    found = check_demo(ods if suffix == "ods" else converted(suffix, messy)[0], stichtag=TAG)
    assert fehler(found) == []
    assert ausgang(found)[1] == sauber[1]
    assert found.budget.vorhaben.beginn == date(2026, 8, 1)
    assert found.budget.vorhaben.gesamtfinanzierung_gesichert is True
    (place, said), (hidden, unseen), *_ = hinweise(found)  # it writes True as a formula
    assert (place, hidden) == ("Kosten!I8", "Kosten!A6")
    assert [word in said for word in ("41.995,00 €", "42.000,00 €")] == [True, True]
    assert [word in unseen for word in ("Ausgeblendete Zellen", "A6, B6", "zusammen 40.000,00 €")] == [True, True, True]


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
        ((NETTO, f"{LINK}>"), "Kosten!I7", "außerhalb dieser Datei"),
        (
            (NETTO, '<table:table-cell calcext:value-type="error"><text:p>#REF!</text:p>'),
            "Kosten!I7",
            "Fehlerwert #REF!",
        ),
        ((NETTO, NETTO.replace("2000</", "2.000,00 SEK</")), "Kosten!I7", "mit „SEK“ wird nicht"),
        (
            (NETTO, '<table:table-cell office:value-type="currency" office:currency="CHF" office:value="2000">'),
            "Kosten!I7",
            "mit „CHF“ wird nicht",
        ),
        (("</table:table>", f"{FAR}{FAR}</table:table>"), "", "über das Blatt hinaus"),
        (("<office:body>", '<!DOCTYPE x [<!ENTITY a "b">]><office:body>'), "", "keine lesbare Tabelle"),
    ],
    ids=["formula", "link", "error", "krona", "franc", "far rows", "bomb"],
)
def test_traps_in_an_ods(ods, tmp_path, change, place, words):
    file = tmp_path / "b.ods"
    file.write_bytes(ods.read_bytes())
    assert only_error(in_time(patched(file, "content.xml", *change)), words) == place


# Hostile workbooks


def test_a_range_blown_up_by_formatting_is_read(pruefe, sauber):
    def change(workbook):
        for cell in ("XFD1048576", "A1048576", "XFD1"):
            workbook["Kosten"][cell].font = Font(bold=True)
        workbook["Beteiligte"]["A1048576"].font = Font(bold=True)

    assert ausgang(pruefe(change=change)) == sauber


def test_results_are_written_into_a_range_blown_up_by_formatting(check, tmp_path):
    def change(workbook):
        for cell in ("XFD1048576", "A1048576"):
            workbook["Kosten"][cell].font = Font(bold=True)

    file, output = save_budget(tmp_path / "b.xlsx", mappe(), change), tmp_path / "ergebnis.xlsx"
    assert check(file, "--output", output).code == 0
    assert ausgang(in_time(output)) == ausgang(check_demo(file, stichtag=TAG))


RANGES = [
    '<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>',
    "<mergeCells><mergeCell ref='A900000:A9'/></mergeCells>",
    "<mergeCells>" + '<mergeCell ref="A7:Z9"/>' * 2000 + "</mergeCells>",
    '<hyperlinks><hyperlink ref="A7:XFD1048576" location="Kosten!A1"/></hyperlinks>',
    '<hyperlinks><hyperlink ref="A:A" location="Kosten!A1"/></hyperlinks>',
]


@pytest.mark.parametrize("ranges", RANGES)
def test_ranges_that_cover_everything_are_not_laid_out_for_results(check, tmp_path, ranges):
    file, output = save_budget(tmp_path / "b.xlsx", mappe()), tmp_path / "ergebnis.xlsx"
    patched(file, SHEET.format(3), "</sheetData>", f"</sheetData>{ranges}")
    said = check(file, "--output", output)
    assert said.code == 2
    assert "reichen in dieser Tabelle weit" in said.err
    assert not output.exists()


def test_ranges_people_make_are_kept_with_the_results(check, tmp_path):
    file, output = save_budget(tmp_path / "b.xlsx", mappe()), tmp_path / "ergebnis.xlsx"
    merged = '<mergeCells><mergeCell ref="A9:XFD9"/></mergeCells>'
    links = '<hyperlinks><hyperlink ref="A2:B3" location="Kosten!A1"/></hyperlinks>'
    patched(file, SHEET.format(3), "</sheetData>", f"</sheetData>{merged}{links}")
    assert check(file, "--output", output).code == 0
    assert [str(area) for area in load_workbook(output)["Kosten"].merged_cells.ranges] == ["A9:XFD9"]


@pytest.mark.parametrize("aim", ['location="Kosten!A1"', 'r:id="rId1"'])
def test_links_put_nothing_into_the_empty_cells_they_cover(check, tmp_path, aim):
    def change(workbook):
        workbook["Beteiligte"]["A2"].hyperlink = "https://example.org"

    file, output = save_budget(tmp_path / "b.xlsx", mappe(), change), tmp_path / "ergebnis.xlsx"
    patched(file, SHEET.format(2), 'ref="A2"', 'ref="A2:A4"')
    if "location" in aim:
        patched(file, SHEET.format(2), 'r:id="rId1"', aim)
    assert check(file, "--output", output).code == 0
    assert [load_workbook(output)["Beteiligte"][place].value for place in ("A2", "A3", "A4")] == [NAME, None, None]
    assert ausgang(in_time(output)) == ausgang(check_demo(file, stichtag=TAG))


FAR_CELL = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'


def test_a_cell_in_the_last_corner_costs_little_and_is_told(tmp_path, sauber):
    file = patched(save_budget(tmp_path / "b.xlsx", mappe()), SHEET.format(3), "</sheetData>", FAR_CELL)
    found = in_time(file, 10)
    assert ausgang(found) == sauber
    assert [place for place, _ in hinweise(found)] == ["Kosten!XFD1048576"]


def test_a_gigantic_range_is_refused(tmp_path):
    file = save_budget(tmp_path / "b.xlsx", mappe())
    for number in (2, 3):
        patched(file, SHEET.format(number), "</sheetData>", FAR_CELL)
    assert only_error(in_time(file), "riesig", "b.xlsx") == ""


def test_a_stated_dimension_costs_nothing(tmp_path, sauber):
    file = save_budget(tmp_path / "b.xlsx", mappe())
    patched(file, SHEET.format(3), '<dimension ref="A1:K4"', '<dimension ref="A1:XFD1048576"')
    assert ausgang(in_time(file)) == sauber


def test_what_lies_below_merged_cells_is_not_seen_and_does_not_count(tmp_path, sauber):
    sheets = mappe()
    sheets["Vorhaben"] += [["Hinweise zum Ausfüllen", "ohne Gewähr", "x"], [None, "Beginn", "2099-01-01"]]
    file = save_budget(tmp_path / "b.xlsx", sheets)
    last = len(sheets["Vorhaben"])
    merged = f'</sheetData><mergeCells><mergeCell ref="A{last - 1}:C{last}"/></mergeCells>'
    patched(file, SHEET.format(1), "</sheetData>", merged)
    rows = read_sheets(file.read_bytes(), "b.xlsx", lambda *_: True)[0].rows
    assert rows[-2:] == [("Hinweise zum Ausfüllen", None, None), (None, None, None)]
    assert ausgang(in_time(file)) == sauber


ODS = """<?xml version="1.0" encoding="UTF-8"?><office:document-content
xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet><table:table table:name="Kosten">{}
</table:table></office:spreadsheet></office:body></office:document-content>"""


def ods_cell(text: str, spanned: str = "", tag: str = "table-cell") -> str:
    return f'<table:{tag} {spanned} office:value-type="string"><text:p>{text}</text:p></table:{tag}>'


@pytest.mark.parametrize("first", ["a", ""])
@pytest.mark.parametrize(
    ("down", "across", "seen"),
    [
        (1, 2, [(None, "3"), ("4", "5", "6")]),
        (2, 1, [("2", "3"), (None, "5", "6")]),
        (2, 2, [(None, "3"), (None, None, "6")]),
        (1, 1, [("2", "3"), ("4", "5", "6")]),
    ],
)
def test_what_lies_below_merged_cells_of_an_ods_does_not_count_either(first, down, across, seen):
    spanned = f'table:number-columns-spanned="{across}" table:number-rows-spanned="{down}"'
    start = ods_cell(first, spanned) if first else f"<table:table-cell {spanned}/>"
    rows = [[ods_cell("A"), ods_cell("B"), ods_cell("C")], [start, *map(ods_cell, "23")], [*map(ods_cell, "456")]]
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        body = "".join(f"<table:table-row>{''.join(row)}</table:table-row>" for row in rows)
        archive.writestr("content.xml", ODS.format(body))
        archive.writestr("META-INF/manifest.xml", '<manifest:manifest xmlns:manifest="urn:x"/>')
    (sheet,) = read_sheets(data.getvalue(), "b.ods", lambda *_: True)
    assert sheet.rows == [("A", "B", "C"), (first or None, *seen[0]), seen[1]]


def test_merged_cells_over_everything_cost_little(tmp_path):
    file = save_budget(tmp_path / "b.xlsx", mappe(kosten=[MATERIAL] * 5000))
    ranges = "".join(f'<mergeCell ref="A2:A{5001 - number % 9}"/>' for number in range(20000))
    patched(file, SHEET.format(3), "</sheetData>", f"</sheetData><mergeCells>{ranges}</mergeCells>")
    assert only_error(in_time(file), "Kosten", "überdecken sich") == ""
