"""Spreadsheets (.xlsx, .ods, .xls) as rows of cells, read with calamine after a look at what would hurt it.

A workbook is a zip from a stranger. calamine lays a sheet out densely, so a single cell in the last corner would ask
for half a terabyte and end the process; sizes are therefore counted before anything is laid out.
"""

import re
import zlib
from bisect import bisect
from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import TYPE_CHECKING, Any, NamedTuple
from zipfile import BadZipFile, ZipFile

from foerdercheck.model.filenames import shown_name
from foerdercheck.model.location import InputError, Problem
from foerdercheck.reading.ods_xml import Merged, OdsSheet, ods_sheets
from foerdercheck.reading.sheet_xml import (
    MAX_FLAWS,
    RELATIONS,
    WORKBOOK,
    CellFlaw,
    extent,
    flaws,
    is_plain,
    sheet_parts,
)

if TYPE_CHECKING:
    from python_calamine import CalamineWorkbook

MAX_UNPACKED = 100 * 1024 * 1024
MAX_AREA = 30_000_000
_XLS_SHEET = re.compile(rb"\x09\x08[\x08\x10]\x00\x00[\x05\x06]\x10\x00", re.DOTALL)
_XLS_CODE = rb"([\x00\x07\x0f\x17\x1d\x24\x2a])"
_XLS_FLAW = re.compile(
    rb"\x05\x02\x08\x00(..)(..).." + _XLS_CODE + rb"\x01|\x06\x00..(..)(..)..\x02." + _XLS_CODE + rb"...\xff\xff",
    re.DOTALL,
)
_XLS_ERRORS = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A"}
_XLS_LINK = re.compile(rb"\xae\x01.[\x00-\x20]..[\x01-\xff]\x00[\x00\x01]\x01", re.DOTALL)
"""The record of another workbook; that of the workbook itself has no path."""
_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_OLE_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_LOCKED = "Die Datei ist mit einem Kennwort geschützt; speichern Sie sie ohne."
_LINKED = (
    "Die Tabelle bezieht Werte aus anderen Dateien; ersetzen Sie diese Verknüpfungen durch ihre Werte (in Excel unter "
    "Daten, Verknüpfungen)."
)
_ODS_LINKS = (b"<table:table-source", b"['file:", b"[&apos;file:", b"['http", b"[&apos;http")
_WIDE = (b"\xff\xfe", b"\xfe\xff", b"<\0", b"\0<", b"\0\0")
"""How text in UTF-16 or UTF-32 begins, which calamine reads as nothing."""
_UNREADABLE = "Das ist keine lesbare Tabelle (.xlsx, .ods, .xls); ist die Datei beschädigt oder umbenannt?"


class Sheet(NamedTuple):
    """A sheet: its name, its rows of cells as calamine returns them, and its merged cells as (first, last) corners."""

    name: str
    rows: list[list[Any]]
    merged: list[Merged]


class _Flaws(NamedTuple):
    """Cells of a sheet (from 0) that calamine reads as empty though they are not, and its merged cells if it misses them."""

    sheet: int
    cells: Sequence[CellFlaw]
    merged: Sequence[Merged] = ()


class _Inside:
    """What a look at the parts of a workbook found so far."""

    def __init__(self) -> None:
        self.area = 0
        self.ods: list[OdsSheet] = []
        self.flawed: dict[str, list[CellFlaw]] = {}
        self.parts: dict[str, bytes] = {}

    def look_at(self, name: str, part: bytes) -> None:
        """Measure the sheets in a part, and find their flaws."""
        if name == "content.xml":
            self.ods = ods_sheets(part)
            self.area = max((sheet.area for sheet in self.ods), default=0)
        elif b"sheetData" in part:
            if found := flaws(part):
                self.flawed[name.casefold()] = found
            if len(found) <= MAX_FLAWS and (found or not is_plain(part)):
                rows, columns = extent(part)
                self.area = max(self.area, rows * columns)
        elif name.casefold() in {WORKBOOK, RELATIONS}:
            self.parts[name.casefold()] = part

    def too_much(self) -> str | None:
        """Return why there is more than anybody should read, if so."""
        if self.area > MAX_AREA:
            return "Die Tabelle ist riesig: Zellen weit außerhalb des Ausgefüllten löschen."
        if sum(map(len, self.flawed.values())) > MAX_FLAWS:
            return "Die Tabelle besteht aus Formeln ohne Ergebnis: in Excel oder LibreOffice öffnen und speichern."
        return None

    def flaws(self) -> Iterator[_Flaws]:
        """Yield what calamine misses, sheet by sheet."""
        yield from (_Flaws(number, sheet.flaws, sheet.merged) for number, sheet in enumerate(self.ods))
        for number, name in enumerate(sheet_parts(self.parts)) if self.flawed else ():
            yield _Flaws(number, self.flawed.get(name, ()))


def read_sheets(data: bytes, datei: str) -> list[Sheet]:
    """Return the sheets of a workbook in their order; raises InputError with one clear message if that is impossible."""
    import python_calamine  # noqa: PLC0415 - only spreadsheets need it

    if not data.startswith((b"PK", _OLE)):  # what stands before the zip would hide it from the look inside
        raise _refused(datei, _UNREADABLE)
    found = _look_inside_ole(data, datei) if data.startswith(_OLE) else _look_inside(data, datei)
    try:
        workbook = python_calamine.CalamineWorkbook.from_filelike(BytesIO(data))
        sheets = [_sheet(workbook, name) for name in workbook.sheet_names]
    except python_calamine.PasswordError:
        raise _refused(datei, _LOCKED) from None
    except (python_calamine.CalamineError, OSError, ValueError) as error:
        raise _refused(datei, _UNREADABLE) from error
    for flawed in found:
        if flawed.sheet < len(sheets):
            sheets[flawed.sheet].merged.extend(flawed.merged)
            for cell in flawed.cells:
                _put(sheets[flawed.sheet].rows, cell)
    for sheet in sheets:
        _clear_hidden(sheet, datei)
    return sheets


def _sheet(workbook: "CalamineWorkbook", name: str) -> Sheet:
    sheet = workbook.get_sheet_by_name(name)
    return Sheet(shown_name(name), sheet.to_python(skip_empty_area=False), sheet.merged_cell_ranges or [])


def _clear_hidden(sheet: Sheet, datei: str) -> None:
    """Empty the cells below merged ones: LibreOffice may keep what nobody sees there, and only what is seen counts."""
    left = sum(map(len, sheet.rows))
    for (top, first), (bottom, last) in sheet.merged:
        for index in range(top, min(bottom + 1, len(sheet.rows))):
            row = sheet.rows[index]
            hidden = range(first + (index == top), min(last + 1, len(row)))
            left -= len(hidden)
            if left < 0:  # they cover more than there is
                text = f"Auf dem Blatt {sheet.name} überdecken sich verbundene Zellen: heben Sie die Verbindungen auf."
                raise _refused(datei, text)
            for column in hidden:
                row[column] = ""


def _refused(datei: str, text: str) -> InputError:
    return InputError([Problem(f"{datei}: {text}")])


def _look_inside(data: bytes, datei: str) -> list[_Flaws]:
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
                inside.look_at(info.filename, part)
                if reason := inside.too_much():
                    raise _refused(datei, reason)
        found = list(inside.flaws())
    except (BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError, zlib.error):
        raise _refused(datei, _UNREADABLE) from None
    return found


def _reason_to_refuse(name: str, part: bytes) -> str | None:
    """Return why a workbook with this part is not read, if so."""
    if name == "xl/workbook.bin":
        return "Das Format .xlsb wird nicht gelesen; speichern Sie die Datei als .xlsx."
    if name == "meta-inf/manifest.xml" and b"encryption-data" in part:
        return _LOCKED
    if name.startswith("xl/externallinks/") or (name == "content.xml" and any(link in part for link in _ODS_LINKS)):
        return _LINKED
    wide = part.startswith(_WIDE) and not name.startswith("customxml/")  # a sheet may stand under any name
    return _UNREADABLE if wide or b"<!DOCTYPE" in part or b"<!ENTITY" in part else None


def _look_inside_ole(data: bytes, datei: str) -> list[_Flaws]:
    """Refuse an .xls that is locked or takes values from elsewhere; find its error values."""
    if _OLE_ENCRYPTED in data:
        raise _refused(datei, _LOCKED)
    if _XLS_LINK.search(data):
        raise _refused(datei, _LINKED)
    return list(_xls_flaws(data))


def _xls_flaws(data: bytes) -> Iterator[_Flaws]:
    """Yield the error values of an .xls file, found by the shape of their records."""
    starts = [match.start() for match in _XLS_SHEET.finditer(data)]
    for match in _XLS_FLAW.finditer(data):
        row, column, code = (group for group in match.groups() if group is not None)
        sheet = bisect(starts, match.start()) - 1
        if sheet >= 0 and code[0] in _XLS_ERRORS:
            where = int.from_bytes(row, "little"), int.from_bytes(column, "little")
            yield _Flaws(sheet, [CellFlaw(*where, _XLS_ERRORS[code[0]])])


def _put(rows: list[list[Any]], flawed: CellFlaw) -> None:
    rows += [[] for _ in range(flawed.row + 1 - len(rows))]
    cells = rows[flawed.row]
    cells += [""] * (flawed.column + 1 - len(cells))
    if cells[flawed.column] in {"", None}:
        cells[flawed.column] = flawed.value
