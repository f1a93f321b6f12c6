"""What the XML of an .ods says that calamine does not tell: how far a sheet reaches, merged cells, errors, empty formulas."""

import re
from html import unescape
from typing import NamedTuple

from foerdercheck.model.scalars import flaw
from foerdercheck.reading.sheet_xml import CellFlaw

_TABLE = re.compile(rb"<table:table[\s>]")
_ROW = re.compile(rb"<table:table-row(?=[\s/>])")
_CELL = re.compile(rb"<table:(?:covered-)?table-cell(?=[\s/>])")
_ATTRIBUTES = re.compile(rb'(?:[^<>"]|"[^"]*")*')
_REPEATED = re.compile(rb"""table:number-(?:rows|columns)-repeated\s*=\s*["']([0-9]{1,9})""")
_SPANNED = re.compile(rb"""table:number-(rows|columns)-spanned\s*=\s*["']([0-9]{1,9})""")
_FORMULA = re.compile(rb'table:formula="([^"]*)"')
_ERROR = re.compile(rb"<text:p[^>]*>(#[^<]*)")
Merged = tuple[tuple[int, int], tuple[int, int]]


class OdsSheet(NamedTuple):
    """A sheet: the area calamine lays it out in, its flaws, and its merged cells by their corners."""

    area: int
    flaws: list[CellFlaw]
    merged: list[Merged]


def ods_sheets(xml: bytes) -> list[OdsSheet]:
    """Return what there is to say about every sheet of an .ods, in their order."""
    return [_sheet(table) for table in _TABLE.split(xml)[1:]]


def _sheet(table: bytes) -> OdsSheet:
    flaws: list[CellFlaw] = []
    merged: list[Merged] = []
    row = rows = columns = 0
    for text in _ROW.split(table)[1:]:
        body = text.partition(b"</table:table-row>")[0]
        repeated = _repeated(body.partition(b">")[0])
        if b"office:" in body or b"table:formula" in body or b"-spanned" in body:
            width = _row(body, row, flaws, merged)
            rows, columns = row + repeated if width else rows, max(columns, width)
        row += repeated
    return OdsSheet(rows * columns, flaws, merged)


def _row(body: bytes, row: int, flaws: list[CellFlaw], merged: list[Merged]) -> int:
    """Note the flaws and merged cells of a row, and return how far its cells reach."""
    last = body.rfind(b"office:value-type")
    special = b"formula" in body or b"-spanned" in body
    if last >= 0 and not special and b"repeated" not in body[: body.find(b">", last)]:
        return body.count(b"<table:", 0, last)  # as nearly all rows are
    column = width = 0
    for text in _CELL.split(body)[1:]:
        match = _ATTRIBUTES.match(text)
        attributes = match[0] if match else b""
        content = b"" if attributes.endswith(b"/") else text[len(attributes) + 1 :].partition(b"</table:")[0]
        repeated = _repeated(attributes)
        if spans := dict(_SPANNED.findall(attributes)):
            down, across = int(spans.get(b"rows", 1)), int(spans.get(b"columns", 1))
            merged.append(((row, column), (row + down - 1, column + across - 1)))
        if b"office:" in attributes or b"formula" in attributes or content:
            width = column + repeated
            if value := _flaw(attributes, content):
                flaws.append(CellFlaw(row, column, value))
        column += repeated
    return width


def _flaw(attributes: bytes, content: bytes) -> str:
    """Return the error value of a cell, or its formula if it has no result; else nothing."""
    if b'value-type="error"' in attributes:
        error = _ERROR.search(content)
        shown = error[1].decode("utf-8", "replace").strip() if error else ""
        return shown if flaw(shown) else "#VALUE!"
    computed = b"office:value-type" in attributes or b"<text:p" in content  # an empty text has no type, but a paragraph
    if not computed and (formula := _FORMULA.search(attributes)):
        return "=" + unescape(formula[1].decode("utf-8", "replace")).partition("=")[2]
    return ""


def _repeated(attributes: bytes) -> int:
    count = _REPEATED.search(attributes)
    return int(count[1]) if count else 1
