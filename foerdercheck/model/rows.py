"""Rows of a table as records: a row is read as the same statements in a budget are, and what a cell means is asked once.

A register holds a million rows, and most of their cells have been seen before. So rows whose cells can all be read are put together
from what each of them means, some at a time; any others are read as a whole, which notes what is wrong with them, at its place.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from itertools import islice, repeat
from operator import itemgetter
from typing import Any, NamedTuple, TypeVar

from foerdercheck.model.location import Path, Problem
from foerdercheck.model.records import MAX_PROBLEMS, UNREADABLE, Field, Intake, Tree, fields_of
from foerdercheck.model.scalars import ScalarError, parse_text

_T = TypeVar("_T")
_REMEMBERED = 4096
"""So many cells are remembered: to look for one among a million takes longer than to read it again."""
_TOGETHER = 100
"""So many rows are read at a time, column by column: enough to be fast, few enough to read one by one when something is wrong."""


class Spalten(NamedTuple):
    """Where the fields of a table stand in its rows (from 0), and what makes a scalar of a cell, None of an empty one."""

    places: Mapping[str, int]
    scalar: Callable[[Any], Tree | None]


def read_rows(
    intake: Intake, kind: type[_T], spalten: Spalten, rows: Iterable[Sequence[Any]], path: Path, *, first: int = 0
) -> tuple[_T, ...]:
    """Return the rows of a table as records of `kind`, the first of them as number `first`; a field without a column has its default.

    Notes every problem at `(*path, row, field)`, in the order of the columns, and then returns nothing; what a whole column lacks is
    said once, at `path`.
    """
    table = _Table(intake, kind, spalten, path)
    records: list[_T] = []
    remaining = iter(rows)
    while intake.count <= MAX_PROBLEMS and (some := [*islice(remaining, _TOGETHER)]):
        records += table.read(some, first + len(records))
    return () if intake.problems else tuple(records)


class _Meanings(dict[Any, Any]):
    """What cells have meant lately; a new one is read as its field is, which raises ScalarError if it cannot be."""

    def __init__(self, read: Callable[[Any], Any], blank: object, scalar: Callable[[Any], Tree | None]) -> None:
        super().__init__()
        self._read = read
        self._blank = blank
        self._scalar = scalar

    def __missing__(self, cell: Any) -> Any:  # noqa: ANN401 - a cell of any format
        value = self._scalar(cell)
        meant = self._blank if value is None else self._read(value)
        if meant is UNREADABLE:
            raise ScalarError
        if len(self) >= _REMEMBERED:
            self.clear()
        if type(cell) is str or cell not in {0, 1}:  # as keys, they are the same as false and true
            self[cell] = meant
        return meant


class _Table:
    """One reading of the rows of one table."""

    def __init__(self, intake: Intake, kind: Any, spalten: Spalten, path: Path) -> None:  # noqa: ANN401
        self._intake = intake
        self._kind = kind
        self._places, self._scalar = spalten
        self._path = path
        self._said: set[str] = set()
        fields, defaults = fields_of(kind), kind._field_defaults
        known = [name for name in fields if name in self._places]
        others = [name for name in fields if name not in self._places]
        self._width = max(self._places.values(), default=0) + 1
        self._columns = [meanings.__getitem__ for meanings in self._meanings(fields, known)]
        self._rest = [repeat(defaults.get(name)) for name in others]
        self._pick = itemgetter(*(self._places[name] for name in known), 0)  # one more: a single one makes no tuple
        order = [*known, *others]
        self._order = [order.index(name) for name in fields]
        self._make = partial(tuple.__new__, kind)  # what `_make` does, without a call of Python for each row
        looked_at = [self._places[name] for name in getattr(kind, "checked", tuple)() if name in self._places]
        self._look: Callable[[Sequence[Any]], Any] = itemgetter(*looked_at) if looked_at else lambda _row: None
        lacking = any(fields[name].required for name in others)
        self._fine: set[Any] = set() if lacking or hasattr(kind, "check") else {None}

    def _meanings(self, fields: Mapping[str, Field], known: Sequence[str]) -> list[_Meanings]:
        """Return what knows the cells of each column; columns of one kind share it, but for texts: many are in one column only."""
        alone, defaults = Intake(self._intake.vocabulary), self._kind._field_defaults
        shared: dict[object, _Meanings] = {}
        found = []
        for name in known:
            field = fields[name]
            blank = UNREADABLE if field.required else defaults[name]
            key = name if field.parse is parse_text else (field.read, blank)
            found.append(shared.setdefault(key, _Meanings(_reading(field, alone), blank, self._scalar)))
        return found

    def read(self, rows: Sequence[Sequence[Any]], first: int) -> Iterable[Any]:
        """Return rows as records, after noting every problem in them; with a problem, what they are does not matter."""
        width = self._width  # cells at the end of a line may be left out
        rows = [row if len(row) >= width else [*row, *[None] * (width - len(row))] for row in rows]
        try:
            cells = zip(*map(self._pick, rows), strict=True)
            columns = [*map(list, map(map, self._columns, cells)), *self._rest]
        except ScalarError:
            return [self._whole(row, number) for number, row in enumerate(rows, first)]
        if not self._fine.issuperset(map(self._look, rows)):
            for number, row in enumerate(rows, first):
                if self._look(row) not in self._fine:
                    self._whole(row, number)
        return map(self._make, zip(*(columns[place] for place in self._order), strict=False))

    def _whole(self, row: Sequence[Any], number: int) -> Any:  # noqa: ANN401
        cells = {name: self._scalar(row[place]) for name, place in self._places.items()}
        alone = Intake(self._intake.vocabulary, self._intake.source)
        tree: Tree = {name: value for name, value in cells.items() if value is not None}
        record = alone.read(self._kind, tree, (*self._path, number))
        for problem in sorted(alone.problems, key=lambda problem: self._places.get(str(problem.pfad[-1]), -1)):
            self._note(problem)
        if record is not None:
            self._fine.add(self._look(row))
        return record

    def _note(self, problem: Problem) -> None:
        name = str(problem.pfad[-1])
        if name in self._places:
            self._intake.note(problem.text, problem.pfad, fehlt=problem.fehlt)
        elif name not in self._said:
            self._said.add(name)
            self._intake.note(
                f"{problem.text}; die Spalte {self._intake.name((*self._path, name))} gibt es nicht",
                self._path,
                fehlt=problem.fehlt,
            )


def _reading(field: Field, intake: Intake) -> Callable[[Any], Any]:
    """Return what reads a value of a field; what it is not told at once, `intake` keeps to itself."""
    if field.parse is not None:
        return field.parse
    return lambda value: field.read(value, (), intake)
