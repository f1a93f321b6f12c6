"""Rows of an .xlsx that look like those before them, taken apart many at a time.

Nearly all programs write nearly all rows of a table alike: the same tags, with another number and other values. From such a
row, once it was read by events, an expression is made that matches no row in which anything but these differs; what it
does not match is read by events. So both ways give the same cells.
"""

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from foerdercheck.reading.archive import damaged
from foerdercheck.reading.cells import Cell
from foerdercheck.reading.sheet import MAX_ROWS, Cells, Sheet
from foerdercheck.reading.xlsx_cells import CellReader, Letters, decoded

_PATIENCE = 100
"""As many rows are read by events before an expression is worth its making; budgets hardly have so many."""
_MAX_SHAPES = 10
_MAX_CELLS = 200
_TEXT = rb"(?:[^<>&\x00-\x1f]++|&(?:amp|lt|gt|quot|apos|#(?:1[6-9][0-9]|[2-9][0-9]{2}|[1-9][0-9]{3}));)*+"
"""Characters as they are, or by their number where XML knows each: 160 to 9999, as ASCII writers have umlauts and €."""
_NUMBER = rb"-?[0-9]++(?:\.[0-9]++)?+(?:[eE][-+]?+[0-9]++)?+"
_HOLES = {b"n": _NUMBER, b"s": rb"[0-9]++", b"str": _TEXT, b"inlineStr": _TEXT}
# Compiled where they are needed: a budget hardly has so many rows, and texts of its own kind
_ROW = rb'<row r="([0-9]++)"(?: (?!hidden="[1t]|ht="[^1-9])[\w:]++="[^"<>&]*+")*+ ?+>'
_CELL = (
    rb'<c r="([A-Z]++)([0-9]++)"(?: s="(?P<style>[0-9]++)")?+(?: t="(?P<kind>\w++)")?+ ?+'
    rb'(?:/>|>(?:<v>(?P<value>[^<>]++)</v>|<is><t(?: xml:space="preserve")?+>(?P<inline>[^<>]++)</t></is>|<is><t ?+/></is>)?+</c>)'
)
_STRING = rb'<si><t(?: xml:space="preserve")?+>(' + _TEXT + rb")</t></si>"


class _Shape(NamedTuple):
    """How a row looks: an expression with a group for its number and for every value, and where these stand."""

    expression: re.Pattern[bytes]
    columns: Sequence[tuple[int, str, str]]
    """Number, kind and style of the columns with a value."""


class OrdinaryRows:
    """Takes rows apart that look like others of the same sheet."""

    def __init__(self, sheet: Sheet, reader: CellReader) -> None:
        self._sheet = sheet
        self._reader = reader
        self._columns = Letters()
        self._shapes: list[_Shape] = []
        self._unlike = 0

    def take(self, data: bytes, begin: int, end: int, row: int) -> tuple[int, int]:
        """Take apart the rows behind `end`; the row before it, number `row`, was read by events and begins at `begin`.

        Returns the place behind them, and the number of the last.
        """
        self._unlike += 1
        worth_it = self._unlike % _PATIENCE == 0 and len(self._shapes) < _MAX_SHAPES
        if worth_it and (shape := self._shape(data[begin:end])) is not None:
            self._shapes.insert(0, shape)
        while True:
            for index, shape in enumerate(self._shapes):
                found: list[tuple[bytes, ...]] = []
                while match := shape.expression.match(data, end):
                    found.append(match.groups())
                    end = match.end()
                if found:
                    row = self._lay_out(shape, found, row)
                    self._shapes.insert(0, self._shapes.pop(index))
                    break
            else:
                return end, row

    def _shape(self, row: bytes) -> _Shape | None:
        """Return the shape of a row; None if it is unusual."""
        head, next_cell = re.match(_ROW, row), re.compile(_CELL)
        if head is None or row.count(b"<c ") > _MAX_CELLS:
            return None
        pattern = rb'<row r="([0-9]++)' + re.escape(row[head.end(1) : head.end()])
        columns, place = [], head.end()
        while cell := next_cell.match(row, place):
            kind, group = cell["kind"] or b"n", "inline" if cell["inline"] else "value"
            pattern += re.escape(row[place : cell.start(2)]) + rb"\1"
            place = cell.end(2)
            if cell[group]:
                if kind not in _HOLES or (kind == b"inlineStr") != (group == "inline"):
                    return None
                pattern += re.escape(row[place : cell.start(group)]) + b"(" + _HOLES[kind] + b")"
                place = cell.end(group)
                columns.append((self._columns[cell[1].decode()], kind.decode(), (cell["style"] or b"").decode()))
            pattern += re.escape(row[place : cell.end()])
            place = cell.end()
        if row[place:] != b"</row>" or not columns:
            return None
        return _Shape(re.compile(pattern + b"</row>"), columns)

    def _lay_out(self, shape: _Shape, found: Sequence[tuple[bytes, ...]], row: int) -> int:
        """Lay out rows of one shape below row `row`, and return the number of the last."""
        numbers, *values = zip(*found, strict=True)
        if not self._sheet.kept:
            self._sheet.room.take(len(found) * len(values))
            return int(numbers[-1])
        columns: list[Sequence[Cell]] = [(None,) * len(found)] * (shape.columns[-1][0] + 1)
        for (column, kind, style), texts in zip(shape.columns, values, strict=True):
            columns[column] = self._reader.column(kind, style, texts)
        rows: list[Cells] = list(zip(*columns, strict=True))
        if None in columns[-1]:
            rows = [_trimmed(cells) for cells in rows]
        places = list(map(int, numbers))
        if places == list(range(row + 1, row + 1 + len(rows))) and places[-1] <= MAX_ROWS:
            self._sheet.put(row, rows)
        else:
            for (before, place), cells in zip(pairwise([row, *places]), rows, strict=True):
                if not before < place <= MAX_ROWS:
                    raise damaged("ihre Zeilen stehen nicht in ihrer Reihenfolge")
                self._sheet.put(place - 1, [cells])
        return places[-1]


def ordinary_strings(data: bytes, end: int) -> tuple[int, Sequence[str]]:
    """Take apart plain texts of the table of texts behind `end`; returns the place behind them, and the texts."""
    texts, plain = [], re.compile(_STRING)
    while match := plain.match(data, end):
        texts.append(match[1])
        end = match.end()
    return end, decoded(texts) if texts else ()


def _trimmed(cells: Sequence[Cell]) -> Sequence[Cell]:
    filled = max((index for index, cell in enumerate(cells) if cell is not None), default=-1)
    return cells[: filled + 1]
