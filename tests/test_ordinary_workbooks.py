"""Workbooks as ordinary programs write them: all are read, each to the cent."""

import io
import re
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from demo import check_demo
from fuzz.changes import Parts, packed, unpacked
from fuzz.ods_files import ods
from openpyxl import load_workbook
from openpyxl.comments import Comment
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.table import Table
from workbooks import SHEET, TAG, ausgang, converted, hinweise, mappe, save_budget

KOSTEN = SHEET.format(3)
MAIN = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT = b"http://purl.oclc.org/ooxml/spreadsheetml/main"
BESIDE: Parts = {
    "xl/printerSettings/printerSettings1.bin": bytes(64) + b"\1\4\0\6\xdc\0",
    "xl/printerSettings/printerSettings2.bin": "HP".encode("utf-16"),
    "xl/media/image1.svg": b'<?xml version="1.0"?><!DOCTYPE svg PUBLIC "x" "y"><svg/>',
    "xl/media/image2.heic": bytes(9),
    "xl/media/a.png": b"\x89PNG",
    "xl/model/item.data": "STREAM".encode("utf-16"),
    "xl/vbaProject.bin": b"\xd0\xcf\x11\xe0",
    "customXml/item1.xml": b"<!DOCTYPE x><x/>",
    "docProps/custom.xml": "<p/>".encode("utf-16"),
    "xl/calcChain.xml": b"<calcChain",
    "xl/externalLinks/externalLink1.xml": b"<x/>",
    ".DS_Store": bytes(9),
    "__MACOSX/._book": b"x",
    "xl/pivotCache/pivotCacheDefinition1.xml": b"",
    "xl/embeddings/a.xls": b"\xd0\xcf\x11\xe0",
    "[trash]/0000.dat": b"\xff",
}


@pytest.fixture(scope="module")
def base(tmp_path_factory) -> Path:
    return save_budget(tmp_path_factory.mktemp("base") / "b.xlsx", mappe())


def with_part(name: str) -> Callable[[Parts], None]:
    return lambda parts: parts.__setitem__(name, BESIDE[name])


def in_part(part: str, pattern: bytes, new: bytes) -> Callable[[Parts], None]:
    def change(parts: Parts) -> None:
        changed = re.sub(pattern, new, parts[part], flags=re.DOTALL)
        assert changed != parts[part]
        parts[part] = changed

    return change


def shared(parts: Parts) -> None:
    """Excel keeps texts in a table of their own."""
    texts: dict[bytes, int] = {}

    def moved(match: re.Match[bytes]) -> bytes:
        return b't="s"><v>%d</v></c>' % texts.setdefault(match[1], len(texts))

    for name in list(parts):
        if "worksheets/" in name:
            parts[name] = re.sub(rb't="inlineStr"><is>(<t\b[^>]*>[^<]*</t>)</is></c>', moved, parts[name])
    entries = b"".join(b"<si>" + text + b"</si>" for text in texts)
    parts["xl/sharedStrings.xml"] = b'<sst xmlns="%s" count="1" uniqueCount="99">%s</sst>' % (MAIN, entries)
    kind = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings"
    relation = b'<Relationship Id="rIdT" Type="%s" Target="sharedStrings.xml"/></Relationships>' % kind
    in_part("xl/_rels/workbook.xml.rels", b"</Relationships>", relation)(parts)


def prefixed(parts: Parts) -> None:
    """Some libraries write a prefix before every element."""
    for name in list(parts):
        if name.startswith("xl/") and MAIN in parts[name]:
            xml = re.sub(rb"<(/?)(\w+)(?=[\s/>])", rb"<\1x:\2", parts[name])
            parts[name] = xml.replace(b'xmlns="' + MAIN, b'xmlns:x="' + MAIN)


def strict(parts: Parts) -> None:
    """Excel calls it Strict Open XML."""
    office = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    for name in list(parts):
        parts[name] = parts[name].replace(MAIN, STRICT)
        parts[name] = parts[name].replace(office, b"http://purl.oclc.org/ooxml/officeDocument/relationships")


def as_excel(parts: Parts) -> None:
    """What Excel writes by itself."""
    declared = (
        b'<worksheet xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" mc:Ignorable="x14ac" '
    )
    declared += b'xmlns:x14ac="http://schemas.microsoft.com/office/spreadsheetml/2009/9/ac" '
    in_part(KOSTEN, b"<worksheet ", declared)(parts)
    in_part(KOSTEN, b"<row r=", b'<row spans="1:9" x14ac:dyDescent="0.25" r=')(parts)
    in_part(KOSTEN, b"</worksheet>", b'<extLst><ext uri="{x}" xmlns:y="urn:x"><y:cf/></ext></extLst></worksheet>')(
        parts
    )


CHANGES: dict[str, Callable[[Parts], None]] = {
    **{name: with_part(name) for name in BESIDE},
    "shared strings": shared,
    "prefixes": prefixed,
    "strict": strict,
    "mc and x14ac": as_excel,
    "rows as dimension": in_part(KOSTEN, rb'<dimension ref="[^"]*"', b'<dimension ref="1:39"'),
    "columns as dimension": in_part(KOSTEN, rb'<dimension ref="[^"]*"', b'<dimension ref="A:U"'),
    "absolute dimension": in_part(KOSTEN, rb'<dimension ref="[^"]*"', b'<dimension ref="$A$1:$K$4"'),
    "filter of whole columns": in_part(KOSTEN, b"</sheetData>", b'</sheetData><autoFilter ref="A:U"/>'),
    "merged row below": in_part(
        KOSTEN, b"</sheetData>", b'</sheetData><mergeCells><mergeCell ref="9:9"/></mergeCells>'
    ),
    "no row numbers": in_part(KOSTEN, rb'<row r="\d+"', b"<row"),
    "no references": in_part(SHEET.format(1), rb'<c r="[AB]\d+"', b"<c"),
    "declaration": in_part(KOSTEN, b"^", b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\r\n'),
    "byte order mark": in_part(KOSTEN, b"^", b"\xef\xbb\xbf"),
    "indented": in_part(KOSTEN, b"(</row>|</c>|<row)", rb"\n  \1"),
    "row breaks": in_part(KOSTEN, b"</sheetData>", b'</sheetData><rowBreaks count="1"><brk id="2"/></rowBreaks>'),
    "alternate content": in_part(
        "xl/workbook.xml",
        b"<bookViews>",
        b'<mc:AlternateContent xmlns:mc="urn:mc"><mc:Choice/></mc:AlternateContent><bookViews>',
    ),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_what_programs_write_is_read(tmp_path, base, sauber, change):
    parts = unpacked(base.read_bytes())
    change(parts)
    file = tmp_path / "b.xlsx"
    file.write_bytes(packed(parts))
    found = check_demo(file, stichtag=TAG)
    assert ausgang(found) == sauber
    assert hinweise(found) == []


class _Pipe(io.RawIOBase):
    """A stream that cannot go back, as that of a web server."""

    def __init__(self) -> None:
        self.data = b""

    def writable(self) -> bool:
        return True

    def write(self, data) -> int:
        self.data += bytes(data)
        return len(data)


@pytest.mark.parametrize("how", ["stored", "streamed", "folders", "zip64", "reversed"])
def test_zips_as_programs_write_them(tmp_path, base, sauber, how):
    parts = unpacked(base.read_bytes())
    stream = _Pipe() if how == "streamed" else io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED if how == "stored" else zipfile.ZIP_DEFLATED) as archive:
        for name, data in reversed(parts.items()) if how == "reversed" else parts.items():
            with archive.open(name, "w", force_zip64=how == "zip64") as part:
                part.write(data)
        if how == "folders":
            archive.writestr("xl/", b"")
            archive.writestr("xl/worksheets/", b"")
    file = tmp_path / "b.xlsx"
    file.write_bytes(stream.data if isinstance(stream, _Pipe) else stream.getvalue())
    assert ausgang(check_demo(file, stichtag=TAG)) == sauber


def dressed(workbook) -> None:
    """What people add to a table: notes, lists, a filter, panes, an Excel table, a sum, a hidden list of words."""
    sheet = workbook["Kosten"]
    sheet["H3"].comment = Comment("nachgefragt: 41.000?", "X")
    words = workbook.create_sheet("Listen")
    for row, word in enumerate(("personal", "material"), 1):
        words.cell(row, 1, word)
    words.sheet_state = "hidden"
    check = DataValidation(type="list", formula1="Listen!$A$1:$A$2")
    sheet.add_data_validation(check)
    check.add("A2:A60")
    sheet.freeze_panes = "C2"
    sheet.auto_filter.ref = "A1:K4"
    workbook["Beteiligte"].add_table(Table(displayName="Tab", ref="A1:F2"))
    sheet["A6"], sheet["H6"] = "Summe", 42000
    accounting = '_-* #,##0.00\\ "€"_-;\\-* #,##0.00\\ "€"_-;_-* "-"??\\ "€"_-;_-@_-'
    for cell, code in (("H3", '#,##0.00 "€"'), ("H4", accounting), ("K4", "0 %")):
        sheet[cell].number_format = code
    for row in (5, 6):
        workbook["Vorhaben"][f"B{row}"].number_format = "[$-407]d. mmmm yyyy;@"


@pytest.mark.parametrize("suffix", ["xlsx", "ods"])
def test_dressed_tables_are_read_also_when_libreoffice_saved_them(tmp_path, sauber, suffix):
    file = save_budget(tmp_path / "b.xlsx", mappe(), dressed)
    assert ausgang(check_demo(file, stichtag=TAG)) == sauber
    found = check_demo(converted(suffix, file)[0], stichtag=TAG)
    assert ausgang(found) == sauber
    assert hinweise(found) == []


def test_sheets_of_numbers_are_known_by_their_names(tmp_path, sauber):
    sheets = {f"{name} - Tabelle 1": rows for name, rows in mappe().items()}
    assert ausgang(check_demo(save_budget(tmp_path / "b.xlsx", sheets), stichtag=TAG)) == sauber


def test_a_workbook_with_macros_is_read_like_one_without(tmp_path, base, sauber):
    parts = unpacked(base.read_bytes()) | {"xl/vbaProject.bin": b"\xd0\xcf\x11\xe0"}
    plain = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    macros = b"application/vnd.ms-excel.sheet.macroEnabled.main+xml"
    parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(plain, macros)
    file = tmp_path / "b.xlsm"
    file.write_bytes(packed(parts))
    assert ausgang(check_demo(file, stichtag=TAG)) == sauber


@pytest.mark.parametrize("without", ["", "mimetype", "META-INF/manifest.xml"])
def test_ods_without_what_only_programs_need(tmp_path, sauber, without):
    more = {
        "Basic/Standard/Module1.xml": b"<!DOCTYPE x><x/>",
        "Thumbnails/thumbnail.png": b"\x89PNG",
        "Configurations2/menubar/": b"",
    }
    parts = unpacked(ods(mappe(), more))
    parts.pop(without, None)
    file = tmp_path / "b.ods"
    file.write_bytes(packed(parts))
    found = check_demo(file, stichtag=TAG)
    assert (ausgang(found), found.budget.vorhaben.beginn) == (sauber, date(2026, 8, 1))


def test_what_was_opened_and_saved_again_is_the_same(tmp_path, base, sauber):
    load_workbook(base).save(tmp_path / "b.xlsx")
    assert ausgang(check_demo(tmp_path / "b.xlsx", stichtag=TAG)) == sauber
