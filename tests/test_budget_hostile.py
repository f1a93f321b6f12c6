"""Budgets in workbooks of LibreOffice, and in workbooks made to do harm: read in time, or refused with one message."""

import io
import time
import zipfile
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path

import pytest
from demo import check_demo
from openpyxl import load_workbook
from openpyxl.styles import Font
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from workbooks import (
    BETEILIGTER,
    KOSTEN,
    MATERIAL,
    NAME,
    PARTNER,
    SHEET,
    TAG,
    VORHABEN,
    ausgang,
    converted,
    encrypted,
    fehler,
    hinweise,
    mappe,
    only_error,
    patched,
    save_budget,
)

from foerdercheck.assessment.budget import Assessment
from foerdercheck.reading.sheets import read_sheets


def in_time(file: Path, seconds: float = 30) -> Assessment:
    """Check a file that would take minutes of computing if work grew with the square of its size."""
    start = time.process_time()
    found = check_demo(file, stichtag=TAG)
    assert time.process_time() - start < seconds
    return found


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


def bomb(file: Path, name: str, size: int) -> Path:
    """A budget with one more part, or a part in place of its own, that is larger than anybody would send."""
    save_budget(file, mappe())
    with zipfile.ZipFile(file) as archive:
        parts = {part: archive.read(part) for part in archive.namelist() if part != name}
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for part, content in parts.items():
            archive.writestr(part, content)
        with archive.open(name, "w") as stream:
            for _ in range(size):
                stream.write(b" " * (1 << 20))
    return file


def test_zip_bombs_are_not_unpacked(tmp_path):
    assert only_error(in_time(bomb(tmp_path / "b.xlsx", SHEET.format(3), 257)), "256 MiB", "b.xlsx") == ""


def test_what_holds_no_table_is_not_unpacked(tmp_path, sauber):
    assert ausgang(in_time(bomb(tmp_path / "b.xlsx", "xl/media/zero.bin", 257))) == sauber


def test_a_zip_that_lies_about_its_sizes_is_refused(tmp_path):
    file = bomb(tmp_path / "b.xlsx", SHEET.format(3), 257)
    size = (257 << 20).to_bytes(4, "little")
    assert size in file.read_bytes()
    file.write_bytes(file.read_bytes().replace(size, (5).to_bytes(4, "little")))
    assert only_error(in_time(file), "keine lesbare Tabelle") == ""


BOMB = (
    '<!DOCTYPE x [<!ENTITY a "lol">'
    + "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True))
    + "]>"
)


@pytest.mark.parametrize("part", [SHEET.format(2), SHEET.format(3), "xl/workbook.xml", "xl/styles.xml", "_rels/.rels"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_xml_bombs_are_refused(tmp_path, part, encoding):
    file = save_budget(tmp_path / "b.xlsx", mappe())
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


def test_links_to_other_workbooks_matter_where_they_are_read(tmp_path, sauber):
    file = save_budget(tmp_path / "b.xlsx", mappe())
    with zipfile.ZipFile(file, "a") as archive:
        archive.writestr("xl/externalLinks/externalLink1.xml", "<externalLink/>")
    assert ausgang(check_demo(file, stichtag=TAG)) == sauber
    linked = '<c r="H3"><f>[1]Preise!B2</f><v>40000</v></c>'
    patched(file, SHEET.format(3), '<c r="H3" t="n"><v>40000</v></c>', linked)
    assert only_error(check_demo(file, stichtag=TAG), "außerhalb dieser Datei") == "Kosten!H3"


def test_locked_and_broken_files(tmp_path):
    whole = save_budget(tmp_path / "b.xlsx", mappe()).read_bytes()
    for content, word in (
        (encrypted(), "Kennwort"),
        (whole[:-40], "keine lesbare"),
        (b"", "keine lesbare"),
        (b"a;b", "keine lesbare"),
    ):
        (tmp_path / "x.xlsx").write_bytes(content)
        assert only_error(check_demo(tmp_path / "x.xlsx"), word, "x.xlsx") == ""


def many(file: Path, count: int, cells: Callable[[int], Iterable[str]]) -> Path:
    """A budget of `count` lines with the columns Beteiligter, Kostenart, Bezeichnung, Netto, written without openpyxl."""
    head = {"Beteiligter": None, "Kostenart": None, "Bezeichnung": None, "Netto": None}
    save_budget(file, mappe(beteiligte=[BETEILIGTER, PARTNER], kosten=[head]))
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
    found = in_time(save_budget(tmp_path / "b.xlsx", sheets))
    assert ausgang(found) == sauber
    assert len(hinweise(found)) < 100
    sheets["Kosten"][0][11:] = [f"Stunden {number:04}" for number in range(9_000)]
    assert ausgang(in_time(save_budget(tmp_path / "c.xlsx", sheets))) == sauber


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


@pytest.mark.parametrize("char", ["\x07", "\x1b", "\u202e", "_x0007_", "_x005F_x0007_", "&#27;"])
def test_control_characters(tmp_path, char):
    file = save_budget(
        tmp_path / "b.xlsx", mappe(), lambda workbook: workbook["Kosten"].__setitem__("B3", "Platt@form")
    )
    patched(file, SHEET.format(3), "Platt@form", f"Platt{char}form")
    found = check_demo(file, stichtag=TAG)
    if fehler(found):
        assert only_error(found) in {"Kosten!B3", ""}  # some of them no XML may hold
        assert "\x1b" not in found.fehler[0].text
    else:
        assert char == "_x005F_x0007_"
        assert found.budget.antragsteller.kosten[1].bezeichnung == "Platt_x0007_form"


@pytest.mark.parametrize("value", ["NaN", "INF", "-INF", "1e999", "1e300"])
def test_numbers_that_are_none(tmp_path, value):
    sheets = mappe()
    sheets["Kosten"].append(["Summe", None, None, None, 1, 1, None, 12345])
    file = save_budget(tmp_path / "b.xlsx", sheets)
    patched(file, SHEET.format(3), "<v>40000</v>", f"<v>{value}</v>")
    assert only_error(check_demo(file, stichtag=TAG)) in {"Kosten!H3", ""}
    patched(save_budget(file, sheets), SHEET.format(3), "<v>12345</v>", f"<v>{value}</v>")
    found = check_demo(file, stichtag=TAG)
    assert found.exit_code in {0, 2}


def test_sheets_without_cells_and_charts(pruefe, sauber):
    from openpyxl.chart import BarChart

    def chart(workbook):
        workbook.create_chartsheet("Diagramm", 0).add_chart(BarChart())
        workbook["Kosten"]["Z30"] = "=1+1"

    found = pruefe({**mappe(), "Finanzierung": [], "De-minimis": [["Beteiligter", "Unternehmen", "Gewährt am"]]}, chart)
    assert ausgang(found) == sauber


def test_parts_without_a_name_are_refused(tmp_path):
    file = tmp_path / "b.xlsx"
    file.write_bytes(save_budget(tmp_path / "a.xlsx", mappe()).read_bytes().replace(b"docProps/app.xml", bytes(16)))
    assert only_error(check_demo(file), "seinen eigenen Namen") == ""


def test_nothing_may_stand_before_the_zip(tmp_path):
    file = tmp_path / "b.xlsx"
    file.write_bytes(b"X" + save_budget(tmp_path / "a.xlsx", mappe()).read_bytes())
    assert check_demo(file).exit_code == 2
