"""Spreadsheets (.xlsx, .ods, .xls) as rows of cells, read with calamine after a look at what would hurt it.

A workbook is a zip from a stranger. calamine lays a sheet out densely, so a single cell in the last corner would ask
for half a terabyte and end the process; sizes are therefore counted before anything is laid out.
"""

import re
import zlib
from io import BytesIO
from typing import Any, NamedTuple
from zipfile import BadZipFile, ZipFile

from foerdercheck.model.location import InputError, Problem
from foerdercheck.model.scalars import flaw

MAX_UNPACKED = 100 * 1024 * 1024
MAX_AREA = 30_000_000
MAX_REPEATED = 2_000_000
SHEET_SUFFIXES = frozenset({".xlsx", ".ods", ".xls"})
_FLAWS = (b"</f></c>", b"</f><v></v>", b"</f><v/>", b"</f><v />")
_ODS_FLAW = b'value-type="error"'
_CELL = re.compile(rb'<c [^>]*?r="([A-Z]{1,3})([0-9]{1,7})"')
_FAR_CELL = re.compile(rb'r="(?:[A-Z]{2,3}[0-9]|[A-Z][0-9]{7})')  # beyond column Z or row 999,999
_ODS_ROW = re.compile(rb'<table:table-row[^>]*number-rows-repeated="([0-9]+)"[^>]*>(.*?)</table:table-row>', re.DOTALL)
_ODS_CELL = re.compile(rb'<table:table-cell(?=[^>]*office:value)[^>]*number-columns-repeated="([0-9]+)"')


class Sheet(NamedTuple):
    """A sheet: its name and its rows of cells as calamine returns them."""

    name: str
    rows: list[list[Any]]


def read_sheets(data: bytes, datei: str) -> list[Sheet]:
    """Return the sheets of a workbook in their order; raises InputError with one clear message if that is impossible."""
    import python_calamine  # noqa: PLC0415 - only spreadsheets need it

    flawed = data[:2] == b"PK" and _look_inside(data)
    try:
        workbook = python_calamine.CalamineWorkbook.from_filelike(BytesIO(data))
        sheets = [
            Sheet(name, workbook.get_sheet_by_name(name).to_python(skip_empty_area=False))
            for name in workbook.sheet_names
        ]
    except python_calamine.PasswordError:
        raise InputError(
            [Problem(f"{datei}: Die Datei ist mit einem Kennwort geschützt; speichern Sie sie ohne.")]
        ) from None
    except (python_calamine.CalamineError, OSError, ValueError) as error:
        text = f"{datei}: Das ist keine lesbare Tabelle (.xlsx, .ods, .xls); ist die Datei beschädigt oder umbenannt?"
        raise InputError([Problem(text)]) from error
    return _with_flaws(sheets, data) if flawed else sheets


def _look_inside(data: bytes) -> bool:
    """Refuse a workbook that would take all memory; tell whether cells hold errors or formulas without a result."""
    flawed = False
    try:
        with ZipFile(BytesIO(data)) as archive:
            infos = archive.infolist()
            if sum(info.file_size for info in infos) > MAX_UNPACKED:
                raise InputError([Problem("Die Tabelle ist entpackt größer als 100 MiB; so groß ist keine Eingabe.")])
            for info in infos:
                if info.filename.startswith("xl/worksheets/") or info.filename == "content.xml":
                    xml = archive.read(info)
                    _refuse_area(xml, is_ods=info.filename == "content.xml")
                    flawed = flawed or b' t="e"' in xml or (b"</f>" in xml and any(mark in xml for mark in _FLAWS))
                    if _ODS_FLAW in xml:
                        raise InputError(
                            [Problem("Die Tabelle enthält Zellen mit Fehlerwerten wie #REF!: bitte beheben.")]
                        )
    except (BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError, zlib.error):
        raise InputError([Problem("Die Datei ist beschädigt oder keine Tabelle (.xlsx, .ods).")]) from None
    return flawed


def _with_flaws(sheets: list[Sheet], data: bytes) -> list[Sheet]:
    """Put back what calamine reads as empty: error values, and formulas whose result was never stored."""
    from openpyxl import load_workbook  # noqa: PLC0415 - slow, and only asked where something is wrong

    formulas = load_workbook(BytesIO(data), read_only=True)
    results = load_workbook(BytesIO(data), read_only=True, data_only=True)
    for sheet in sheets:
        pairs = zip(formulas[sheet.name].iter_rows(), results[sheet.name].iter_rows(), strict=True)
        for row, (with_formula, with_result) in enumerate(pairs):
            for column, (cell, result) in enumerate(zip(with_formula, with_result, strict=True)):
                value = result.value if result.data_type == "e" else cell.value if result.value is None else None
                if isinstance(value, str) and flaw(value):
                    _put(sheet.rows, row, column, value)
    return sheets


def _put(rows: list[list[Any]], row: int, column: int, value: str) -> None:
    while len(rows) <= row:
        rows.append([])
    rows[row] += [""] * (column + 1 - len(rows[row]))
    rows[row][column] = value


def _refuse_area(xml: bytes, *, is_ods: bool) -> None:
    if is_ods:
        repeated = [int(count) * _values(row) for count, row in _ODS_ROW.findall(xml)]
        wide = sum(map(int, _ODS_CELL.findall(xml)))
        too_large = sum(repeated) + wide > MAX_REPEATED
    elif _FAR_CELL.search(xml) is None:
        too_large = False
    else:
        columns, rows = zip(*_CELL.findall(xml), strict=True)
        too_large = _column(max(columns, key=lambda letters: (len(letters), letters))) * max(map(int, rows)) > MAX_AREA
    if too_large:
        raise InputError([Problem("Die Tabelle ist riesig: Zellen weit außerhalb des ausgefüllten Bereichs löschen.")])


def _values(row: bytes) -> int:
    return row.count(b"office:value")


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
