"""Fields of an award that stand in several columns: two headings for one field, or a column to tick for each regulation."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from foerdercheck.model.scalars import Flaw, fold, shown
from foerdercheck.model.words import Vocabulary, written_numbers
from foerdercheck.reading.cells import Cell, field_name, scalar
from foerdercheck.reading.tables import Table

_FIELD = "verordnung"
_NUMBER = r"\s*(?:(?:Verordnung|VO)\b)?\s*(?:\((?:EU|EG)\))?\s*(?:Nr\.)?\s*([0-9]+/[0-9]+)\s*"
_CROSSES = frozenset({"x", "✓", "✔", "☒", "☑"})
_TICKED = _CROSSES | {"ja", "true", "1"}
_NOT_TICKED = frozenset({"", "nein", "false", "-", "–", "—", "☐", "□", "0"})


class SeveralColumns(NamedTuple):
    """The columns that fields have beside their first, by that, and the regulation of each column to tick.

    `strange` are columns next to those whose headings name no regulation we know.
    """

    beside: Mapping[int, Sequence[int]]
    ticks: Mapping[int, str]
    headings: Sequence[Cell]
    strange: Sequence[int] = ()

    @property
    def columns(self) -> list[int]:
        """The columns that are read without being the first of a field."""
        return [*self.ticks, *(column for more in self.beside.values() for column in more)]

    @property
    def names(self) -> frozenset[str]:
        """What their headings are read as."""
        return frozenset(field_name(self.headings[column]) for column in self.columns)

    def join(self, rows: Iterable[Sequence[Any]]) -> Iterable[Sequence[Any]]:
        """Return the rows with each field in its first column; what contradicts itself is a flaw there."""
        return map(self.joined, rows) if self.beside or self.ticks else rows

    def joined(self, row: Sequence[Any]) -> Sequence[Any]:
        """Return a row with each field in its first column."""
        if not self.beside and not self.ticks:
            return row
        cells = [*row, *[None] * (len(self.headings) - len(row))]
        for first, others in self.beside.items():
            filled = [column for column in (first, *others) if scalar(cells[column]) is not None]
            cells[first] = self._one(cells, filled)
        if self.ticks:
            cells[min(self.ticks)] = self._ticked(cells)
        return cells

    def _one(self, cells: Sequence[Cell], filled: Sequence[int]) -> Cell:
        if len({fold(str(cells[column])) for column in filled}) > 1:
            said = " und ".join(f"{self._heading(column)}: {shown(cells[column])}" for column in filled)
            return Flaw(
                f"Verschiedenes unter Überschriften, die dasselbe bedeuten ({said}): lassen Sie nur eines stehen"
            )
        return cells[filled[0]] if filled else None

    def _ticked(self, cells: Sequence[Cell]) -> Cell:
        ticked: list[int] = []
        for column in self.ticks:
            mark = _mark(cells[column])
            if mark in _TICKED:
                ticked.append(column)
            elif mark not in _NOT_TICKED:
                return Flaw(
                    f"{shown(cells[column])} unter {self._heading(column)} ist kein Kreuz: schreiben Sie x oder nichts"
                )
        if len(ticked) > 1:
            return Flaw(
                f"Mehrere Verordnungen sind angekreuzt ({', '.join(map(self._heading, ticked))}): nur eine gilt"
            )
        if ticked:
            return self.ticks[ticked[0]]
        if other := [column for column in self.strange if _mark(cells[column]) in _CROSSES]:
            known = ", ".join(map(self._heading, self.ticks))
            return Flaw(
                f"Angekreuzt ist nur {self._heading(other[0])}, das ist keine bekannte De-minimis-Verordnung: kreuzen Sie eine von "
                f"{known} an, oder schreiben Sie die Verordnung in eine Spalte Verordnung"
            )
        return None

    def _heading(self, column: int) -> str:
        return shown(self.headings[column])


def several_columns(table: Table, vocabulary: Vocabulary) -> SeveralColumns:
    """Return the columns of a table that stand for a field together; ticks become its column of regulations where it has none."""
    beside: dict[int, list[int]] = {}
    for column, field in table.doubled.items():
        beside.setdefault(table.places[field], []).append(column)
    ticks = {} if _FIELD in table.places else dict(_ticks(table, vocabulary))
    if ticks:
        table.places[_FIELD] = min(ticks)
        table.headings[_FIELD] = str(table.head[min(ticks)])
    return SeveralColumns(beside, ticks, table.head, _beside_ticks(table, ticks))


def _ticks(table: Table, vocabulary: Vocabulary) -> Iterator[tuple[int, str]]:
    """Yield the columns headed by nothing but a number or name of a regulation."""
    numbers = vocabulary.get(_FIELD)
    if not isinstance(numbers, Mapping):
        return
    own, _ = written_numbers(numbers)
    names = own | {field_name(name): number for number, others in numbers.items() for name in others}
    for heading, column in table.unknown:
        number = re.fullmatch(_NUMBER, heading)
        if (found := names.get(number[1] if number else field_name(heading))) is not None:
            yield column, found


def _beside_ticks(table: Table, ticks: Iterable[int]) -> list[int]:
    """Return the columns without a meaning that stand in one row with those to tick, nothing else between them."""
    unknown = {column for _, column in table.unknown}.difference(ticks)
    found: set[int] = set()
    reached = list(ticks)
    while reached:
        column = reached.pop()
        near = {column - 1, column + 1} & (unknown - found)
        found |= near
        reached += near
    return sorted(found)


def _mark(cell: Cell) -> str:
    return fold(str(cell)) if cell is not None else ""
