"""Spreadsheets (.xlsx, .ods, .xls) as rows of cells, read with calamine after a look at what would hurt it.

A workbook is a zip from a stranger. calamine lays a sheet out densely, so a single cell in the last corner would ask
for half a terabyte and end the process; sizes are therefore counted before anything is laid out.
"""

import re
import zlib
from bisect import bisect
from collections.abc import Iterator
from io import BytesIO
from typing import TYPE_CHECKING, Any, NamedTuple
from zipfile import BadZipFile, ZipFile

from foerdercheck.model.location import InputError, Problem
from foerdercheck.model.scalars import flaw

if TYPE_CHECKING:
    from python_calamine import CalamineWorkbook

MAX_UNPACKED = 100 * 1024 * 1024
MAX_AREA = 30_000_000
_XLSX_TAG = re.compile(rb"""<(?:\w+:)?(row|c)\b((?:[^<>"']|"[^"<]*"|'[^'<]*')*?)(/?)>""")
_XLSX_NO_VALUE = re.compile(rb"\s*(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v>\s*</(?:\w+:)?v>)?\s*</")
_REFERENCE = re.compile(rb"""(?<![:\w])r\s*=\s*["']([A-Za-z]{0,3})([0-9]{1,7})["']""")
_FAR_CELL = re.compile(rb'r="(?:[A-Z]{2,3}[0-9]|[A-Z]?[0-9]{7})')  # beyond column Z or row 999,999
_FLAW = re.compile(
    rb"""\bt\s*=\s*["']e["']|(?:</(?:\w+:)?f>|<(?:\w+:)?f\b[^<>]*/>)\s*(?:</(?:\w+:)?c>|<(?:\w+:)?v(?:\s*/>|>\s*</))"""
)
_MARKS = (b'"e"', b"'e'", b"<f", b":f")  # without any of them no cell has an error or a formula
_ODS_TABLE = re.compile(rb"<table:table[\s>]")
_ODS_ROW = re.compile(rb"<table:table-row(?=[\s/>])")
_ODS_CELL = re.compile(rb"<table:(?:covered-)?table-cell(?=[\s/>])")
_ODS_ATTRIBUTES = re.compile(rb'(?:[^<>"]|"[^"]*")*')
_ODS_REPEATED = re.compile(rb"""table:number-(?:rows|columns)-repeated\s*=\s*["']([0-9]{1,9})""")
_ODS_FORMULA = re.compile(rb'table:formula="[^"]*"')
_ODS_ERROR = re.compile(rb"<text:p[^>]*>(#[^<]*)")
_XLS_SHEET = re.compile(rb"\x09\x08[\x08\x10]\x00\x00[\x05\x06]\x10\x00", re.DOTALL)
_XLS_CODE = rb"([\x00\x07\x0f\x17\x1d\x24\x2a])"
_XLS_FLAW = re.compile(
    rb"\x05\x02\x08\x00(..)(..).." + _XLS_CODE + rb"\x01|\x06\x00..(..)(..)..\x02." + _XLS_CODE + rb"...\xff\xff",
    re.DOTALL,
)
_XLS_ERRORS = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A"}
_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_OLE_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_LOCKED = "Die Datei ist mit einem Kennwort geschützt; speichern Sie sie ohne."
_LINKED = (
    "Die Tabelle bezieht Werte aus anderen Dateien; ersetzen Sie diese Verknüpfungen durch ihre Werte (in Excel unter "
    "Daten, Verknüpfungen)."
)
_UNREADABLE = "Das ist keine lesbare Tabelle (.xlsx, .ods, .xls); ist die Datei beschädigt oder umbenannt?"


class Sheet(NamedTuple):
    """A sheet: its name, its rows of cells as calamine returns them, and its merged cells as (first, last) corners."""

    name: str
    rows: list[list[Any]]
    merged: list[tuple[tuple[int, int], tuple[int, int]]]

    def fill_merged(self, heading: int) -> None:
        """Let a value stand in every row of a merged cell below the heading: that is what merging says."""
        for (first, column), (last, _) in self.merged:
            if first <= heading or first >= len(self.rows) or column >= len(self.rows[first]):
                continue
            for row in self.rows[first + 1 : last + 1]:
                if column < len(row):
                    row[column] = self.rows[first][column]


class _Flaw(NamedTuple):
    """A cell calamine reads as empty though it is not: sheet, row and column from 0, and what stands there."""

    sheet: int
    row: int
    column: int
    value: str


class _Inside(NamedTuple):
    """What a look at a workbook found: flaws with their places, or how far to search an .xlsx for them."""

    flaws: tuple[_Flaw, ...] = ()
    extent: tuple[int, int] | None = None


def read_sheets(data: bytes, datei: str) -> list[Sheet]:
    """Return the sheets of a workbook in their order; raises InputError with one clear message if that is impossible."""
    import python_calamine  # noqa: PLC0415 - only spreadsheets need it

    if data.startswith(_OLE) and _OLE_ENCRYPTED in data:
        raise _refused(datei, _LOCKED)
    inside = _look_inside(data, datei) if data[:2] == b"PK" else _Inside(tuple(_xls_flaws(data)))
    try:
        workbook = python_calamine.CalamineWorkbook.from_filelike(BytesIO(data))
        sheets = [_sheet(workbook, name) for name in workbook.sheet_names]
    except python_calamine.PasswordError:
        raise _refused(datei, _LOCKED) from None
    except (python_calamine.CalamineError, OSError, ValueError) as error:
        raise _refused(datei, _UNREADABLE) from error
    for flawed in (*inside.flaws, *(_xlsx_flaws(sheets, data, inside.extent) if inside.extent else ())):
        if flawed.sheet < len(sheets):
            _put(sheets[flawed.sheet].rows, flawed)
    return sheets


def _sheet(workbook: "CalamineWorkbook", name: str) -> Sheet:
    sheet = workbook.get_sheet_by_name(name)
    return Sheet(name, sheet.to_python(skip_empty_area=False), sheet.merged_cell_ranges or [])


def _refused(datei: str, text: str) -> InputError:
    return InputError([Problem(f"{datei}: {text}")])


def _look_inside(data: bytes, datei: str) -> _Inside:
    """Refuse a workbook that would take all memory; find cells with errors or formulas without a result.

    Every part is unpacked once: that checks its stated size, and a sheet may stand under any name.
    """
    inside = _Inside()
    try:
        with ZipFile(BytesIO(data)) as archive:
            infos = archive.infolist()
            if sum(info.file_size for info in infos) > MAX_UNPACKED:
                raise _refused(datei, "Die Tabelle ist entpackt größer als 100 MiB; so groß ist keine Eingabe.")
            for info in infos:
                part = archive.read(info)
                if reason := _reason_to_refuse(info.filename.casefold(), part):
                    raise _refused(datei, reason)
                area, inside = _look_at(part, inside, is_ods=info.filename == "content.xml")
                if area > MAX_AREA:
                    raise _refused(datei, "Die Tabelle ist riesig: Zellen weit außerhalb des Ausgefüllten löschen.")
    except (BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError, zlib.error):
        raise _refused(datei, _UNREADABLE) from None
    return inside


def _reason_to_refuse(name: str, part: bytes) -> str | None:
    """Return why a workbook with this part is not read, if so."""
    if name == "xl/workbook.bin":
        return "Das Format .xlsb wird nicht gelesen; speichern Sie die Datei als .xlsx."
    if name == "meta-inf/manifest.xml" and b"encryption-data" in part:
        return _LOCKED
    if name.startswith("xl/externallinks/"):
        return _LINKED
    return _UNREADABLE if b"<!DOCTYPE" in part or b"<!ENTITY" in part else None


def _look_at(part: bytes, inside: _Inside, *, is_ods: bool) -> tuple[int, _Inside]:
    """Return the area of the largest sheet in a part of the archive, and what was found so far with its flaws."""
    if is_ods:
        areas, flaws = _ods_sheets(part)
        return areas, _Inside(tuple(flaws))
    if b"sheetData" not in part:
        return 0, inside
    flawed = any(mark in part for mark in _MARKS) and _FLAW.search(part) is not None
    if not flawed and _is_plain(part):
        return 0, inside
    rows, columns = _xlsx_extent(part)
    if flawed:
        before = inside.extent or (0, 0)
        inside = inside._replace(extent=(max(rows, before[0]), max(columns, before[1])))
    return rows * columns, inside


def _is_plain(xml: bytes) -> bool:
    """Tell at a glance whether no cell lies far out: as nearly every program writes sheets."""
    cells = xml.count(b"<c ") + xml.count(b"<c>")
    return cells == xml.count(b'<c r="') and b":c " not in xml and _FAR_CELL.search(xml) is None


def _xlsx_extent(xml: bytes) -> tuple[int, int]:
    """Return how many rows and columns the cells with a value or formula span; a style alone does not count."""
    row = column = rows = columns = 0
    for tag in _XLSX_TAG.finditer(xml):
        reference = _REFERENCE.search(tag[2])
        if tag[1] == b"row":
            row, column = int(reference[2]) if reference else row + 1, 0
            continue
        column += 1
        if reference and reference[1]:
            row, column = int(reference[2]), _column(reference[1].upper())
        if not tag[3] and not _XLSX_NO_VALUE.match(xml, tag.end()):
            rows, columns = max(rows, row), max(columns, column)
    return rows, columns


def _xlsx_flaws(sheets: list[Sheet], data: bytes, extent: tuple[int, int]) -> Iterator[_Flaw]:
    """Yield error values, and formulas whose result was never stored."""
    from openpyxl import load_workbook  # noqa: PLC0415 - slow, and only asked where something is wrong

    formulas = load_workbook(BytesIO(data), read_only=True)
    results = load_workbook(BytesIO(data), read_only=True, data_only=True)
    rows, columns = extent
    names = {sheet.title for sheet in formulas.worksheets}
    for index, sheet in enumerate(sheets):
        if sheet.name not in names:  # a chart
            continue
        pairs = zip(
            formulas[sheet.name].iter_rows(1, rows, 1, columns),
            results[sheet.name].iter_rows(1, rows, 1, columns),
            strict=True,
        )
        for row, (with_formula, with_result) in enumerate(pairs):
            for column, (cell, result) in enumerate(zip(with_formula, with_result, strict=True)):
                value = result.value if result.data_type == "e" else cell.value if result.value is None else None
                if isinstance(value, str) and flaw(value):
                    yield _Flaw(index, row, column, value)


def _ods_sheets(xml: bytes) -> tuple[int, list[_Flaw]]:
    """Return the area of the largest sheet as calamine lays it out, and the flaws of all sheets."""
    largest, flaws = 0, []
    for index, table in enumerate(_ODS_TABLE.split(xml)[1:]):
        row = rows = columns = 0
        for text in _ODS_ROW.split(table)[1:]:
            body = text.partition(b"</table:table-row>")[0]
            repeated = _repeated(body.partition(b">")[0])
            if b"office:" in body or b"table:formula" in body:
                found, width = _ods_row(body)
                flaws += [_Flaw(index, row, column, value) for column, value in found]
                rows, columns = row + repeated, max(columns, width)
            row += repeated
        largest = max(largest, rows * columns)
    return largest, flaws


def _ods_row(body: bytes) -> tuple[list[tuple[int, str]], int]:
    """Return the flaws of a row by column, and how far its cells reach."""
    last = body.rfind(b"office:value-type")
    if last >= 0 and b"formula" not in body and b"repeated" not in body[: body.find(b">", last)]:
        return [], body.count(b"<table:", 0, last)  # as nearly all rows are
    flaws, column, width = [], 0, 0
    for text in _ODS_CELL.split(body)[1:]:
        match = _ODS_ATTRIBUTES.match(text)
        attributes = match[0] if match else b""
        content = b"" if attributes.endswith(b"/") else text[len(attributes) + 1 :].partition(b"</table:")[0]
        repeated = _repeated(attributes)
        if b"office:" in attributes or b"formula" in attributes or content:
            width = column + repeated
            if b'value-type="error"' in attributes:
                error = _ODS_ERROR.search(content)
                shown = error[1].decode("utf-8", "replace").strip() if error else ""
                flaws.append((column, shown if flaw(shown) else "#VALUE!"))
            elif b"office:value-type" not in attributes and (formula := _ODS_FORMULA.search(attributes)):
                flaws.append((column, "=" + formula[0].decode("utf-8", "replace")[15:-1].partition("=")[2]))
        column += repeated
    return flaws, width


def _repeated(attributes: bytes) -> int:
    count = _ODS_REPEATED.search(attributes)
    return int(count[1]) if count else 1


def _xls_flaws(data: bytes) -> Iterator[_Flaw]:
    """Yield the error values of an .xls file, found by the shape of their records."""
    starts = [match.start() for match in _XLS_SHEET.finditer(data)]
    for match in _XLS_FLAW.finditer(data):
        row, column, code = (group for group in match.groups() if group is not None)
        sheet = bisect(starts, match.start()) - 1
        if sheet >= 0 and code[0] in _XLS_ERRORS:
            yield _Flaw(sheet, int.from_bytes(row, "little"), int.from_bytes(column, "little"), _XLS_ERRORS[code[0]])


def _put(rows: list[list[Any]], flawed: _Flaw) -> None:
    rows += [[] for _ in range(flawed.row + 1 - len(rows))]
    cells = rows[flawed.row]
    cells += [""] * (flawed.column + 1 - len(cells))
    if cells[flawed.column] in {"", None}:
        cells[flawed.column] = flawed.value


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
