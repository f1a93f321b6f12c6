"""What the XML of an .xlsx says that calamine does not tell: how far a sheet reaches, errors, formulas without a result."""

import re
from collections.abc import Iterator, Mapping
from html import unescape
from posixpath import join, normpath
from typing import TYPE_CHECKING, NamedTuple

from foerdercheck.model.scalars import flaw

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_TAG = re.compile(rb"""<(?:\w+:)?(row|c)\b((?:[^<>"']|"[^"<]*"|'[^'<]*')*?)(/?)>""")
_NO_VALUE = re.compile(rb"\s*(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v>\s*</(?:\w+:)?v>)?\s*</")
_REFERENCE = re.compile(rb"""(?<![:\w])r\s*=\s*["']([A-Za-z]{0,3})([0-9]{1,7})["']""")
_FAR_CELL = re.compile(rb'r="(?:[A-Z]{2,3}[0-9]|[A-Z]?[0-9]{7})')  # beyond column Z or row 999,999
_TYPE = re.compile(rb"""(?<![:\w])t\s*=\s*["'](\w+)["']""")
_CELL_END = re.compile(rb"</(?:\w+:)?c\s*>")
_FORMULA = re.compile(rb"<(?:\w+:)?f\b[^<>]*?(?:/>|>([^<]*))")
_VALUE = re.compile(rb"<(?:\w+:)?v\b[^<>/]*>\s*([^<\s][^<]*)<")
_VALUE_TAG = re.compile(rb"<(?:\w+:)?v\b")
_MARKS = (b'"e"', b"'e'", b"<f", b":f")  # without any of them no cell has an error or a formula
_UNFINISHED = re.compile(
    rb"(?:</(?:\w+:)?f>|<(?:\w+:)?f\b[^<>]*/>)\s*(?:</(?:\w+:)?c\s*>|(<(?:\w+:)?v(?:\s*/>|>\s*</)))"
)
_ERROR = re.compile(rb"""\bt\s*=\s*["']e["']""")
_RANGE = re.compile(rb"<(?:\w+:)?(?:mergeCell|hyperlink)\b([^<>]*)")
_CORNERS = re.compile(rb"""(?<![:\w])ref\s*=\s*["']([A-Za-z]{1,3})([0-9]{1,7})(?::([A-Za-z]{1,3})([0-9]{1,7}))?["']""")
_WHOLE_SHEET = 2**20 * 2**14
MAX_FLAWS = 500_000
WORKBOOK = "xl/workbook.xml"
RELATIONS = "xl/_rels/workbook.xml.rels"


class CellFlaw(NamedTuple):
    """A cell calamine reads as empty though it is not: row and column from 0, and what stands there."""

    row: int
    column: int
    value: str


def is_plain(xml: bytes) -> bool:
    """Tell at a glance whether no cell lies far out: as nearly every program writes sheets."""
    cells = xml.count(b"<c ") + xml.count(b"<c>")
    return cells == xml.count(b'<c r="') and b":c " not in xml and _FAR_CELL.search(xml) is None


def extent(xml: bytes) -> tuple[int, int]:
    """Return how many rows and columns the cells with a value or formula span; a style alone does not count."""
    rows = columns = 0
    for row, column, _, end in _cells(xml):
        if not _NO_VALUE.match(xml, end):
            rows, columns = max(rows, row), max(columns, column)
    return rows, columns


def flaws(xml: bytes) -> list[CellFlaw]:
    """Return the error values, and the formulas whose result was never stored; an empty text is a result.

    Beyond MAX_FLAWS it stops.
    """
    if not any(mark in xml for mark in _MARKS) or not (_ERROR.search(xml) or any(_unfinished(xml))):
        return []
    found = []
    for row, column, attributes, end in _cells(xml):
        stop = _CELL_END.search(xml, end)
        value = _flaw(attributes, xml[end : stop.start() if stop else len(xml)])
        if value:
            found.append(CellFlaw(row - 1, column - 1, value))
            if len(found) > MAX_FLAWS:
                break
    return found


def _unfinished(xml: bytes) -> Iterator[bool]:
    """Tell of every formula without a value whether it was never computed; LibreOffice writes many that came to nothing."""
    for match in _UNFINISHED.finditer(xml):
        formula = xml.rfind(b"<", 0, match.start()) if match[0].startswith(b"</") else match.start()
        kind = _TYPE.search(xml, xml.rfind(b"<", 0, formula), formula)
        yield match[1] is None or kind is None or kind[1] != b"str"


def covered(xml: bytes) -> int:
    """Return how many cells the merged ranges and the ranges of links cover; one that is not plain may cover a sheet."""
    return sum(_area(match[1]) for match in _RANGE.finditer(xml))


def _area(attributes: bytes) -> int:
    corners = _CORNERS.search(attributes)
    if corners is None:
        return _WHOLE_SHEET
    left, top, right, bottom = corners.groups()
    if right is None:
        return 1
    rows, columns = abs(int(bottom) - int(top)) + 1, abs(_column(right.upper()) - _column(left.upper())) + 1
    return rows * columns


def _flaw(attributes: bytes, content: bytes) -> str:
    """Return what stands in a cell that calamine would take for empty: its error value, or its formula; else nothing."""
    kind = match[1] if (match := _TYPE.search(attributes)) else b"n"
    if (value := _VALUE.search(content)) is not None:
        error = _text(value[1]).strip() if kind == b"e" else ""
        return error if not error or flaw(error) else "#VALUE!"
    formula = _FORMULA.search(content)
    if formula is None or (kind == b"str" and _VALUE_TAG.search(content)):  # the result is an empty text
        return ""
    return "=" + (_text(formula[1] or b"") or "…")


def _text(xml: bytes) -> str:
    return unescape(xml.decode("utf-8", "replace"))


def _cells(xml: bytes) -> Iterator[tuple[int, int, bytes, int]]:
    """Yield row and column (from 1), attributes and the place behind the tag of every cell that may hold something."""
    row = column = 0
    for tag in _TAG.finditer(xml):
        reference = _REFERENCE.search(tag[2])
        if tag[1] == b"row":
            row, column = int(reference[2]) if reference else row + 1, 0
            continue
        column += 1
        if reference and reference[1]:
            row, column = int(reference[2]), _column(reference[1].upper())
        if not tag[3]:
            yield row, column, tag[2], tag.end()


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def sheet_parts(parts: Mapping[str, bytes]) -> list[str]:
    """Return the name of the part each sheet of a workbook stands in, in lower case and in the order of the sheets.

    `parts` holds the parts WORKBOOK and RELATIONS. Raises ValueError if they are no XML.
    """
    from xml.etree import ElementTree as ET  # noqa: PLC0415 - parts with a DOCTYPE were refused: there are no bombs

    try:
        relations = ET.fromstring(parts.get(RELATIONS, b"<none/>"))  # noqa: S314 - see above
        workbook = ET.fromstring(parts.get(WORKBOOK, b"<none/>"))  # noqa: S314
    except (ET.ParseError, LookupError) as error:
        raise ValueError("no XML") from error
    targets = {relation.get("Id"): relation.get("Target", "") for relation in relations}
    sheets = [sheet for sheet in workbook.iter() if sheet.tag.rpartition("}")[2] == "sheet"]
    return [_part(targets.get(_relation(sheet), "")) for sheet in sheets]


def _relation(sheet: "Element") -> str | None:
    return next((value for name, value in sheet.attrib.items() if name.endswith("}id")), None)


def _part(target: str) -> str:
    return normpath(join("xl", target.replace("\\", "/"))).lstrip("/").casefold()
