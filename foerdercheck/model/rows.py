"""Rows of a table as records: a row is read as the same statements in a budget are, and what a cell means is asked once.

A register holds a million rows, and most of their cells have been seen before. So rows whose cells can all be read are put together
from what each of them means, some at a time; any others are read as a whole, which notes what is wrong with them, at its place.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from decimal import Decimal
from functools import partial
from itertools import islice, repeat
from operator import itemgetter
from typing import Any, NamedTuple, TypeVar

from foerdercheck.model.amounts import parse_geld
from foerdercheck.model.location import Path, Problem
from foerdercheck.model.plain import plain_amounts, plain_numbers, plain_texts
from foerdercheck.model.records import MAX_PROBLEMS, UNREADABLE, Field, Intake, Tree, fields_of
from foerdercheck.model.scalars import ScalarError, parse_text

_T = TypeVar("_T")
_READ_PLAIN: Mapping[object, Mapping[type, Callable[[Any], Collection[Any] | None]]] = {
    parse_text: {str: plain_texts},
    parse_geld: {str: plain_amounts, Decimal: plain_numbers},
}
"""What reads many cells of one type at once, if all of them are as most are."""
_REMEMBERED = 4096
"""So many cells are remembered: to look for one among a million takes longer than to read it again."""
TOGETHER = 500
"""So many rows are read at a time, column by column."""
_FEW = 16
"""So few are read one by one when something is wrong."""


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
    while intake.count <= MAX_PROBLEMS and (some := [*islice(remaining, TOGETHER)]):
        records += table.read(some, first + len(records))
    return () if intake.problems else tuple(records)


class _Meanings:
    """What the cells of a column have meant lately; new ones are read together if they are as most are, else each for itself."""

    def __init__(self, field: Field, blank: Any, scalar: Callable[[Any], Any], intake: Intake) -> None:  # noqa: ANN401
        """`blank` is what an empty cell means."""
        self._read = _reading(field, intake)
        self._read_plain = _READ_PLAIN.get(field.parse, {})
        self._blank = blank
        self._scalar = scalar
        self._known: dict[Any, Any] = {}

    def of(self, column: Sequence[Any]) -> Sequence[Any]:
        """Return what the cells of a column mean; raises ScalarError if one cannot be read."""
        known = self._known
        try:
            return [*map(known.__getitem__, column)]
        except KeyError:  # in most columns, all of them have been seen before
            pass
        if len(known) >= _REMEMBERED:
            known.clear()
        new = {*column}.difference(known)
        if not new.isdisjoint({0, 1}):  # as keys, they are the same as false and true
            return [*map(self._one, column)]
        kinds = [*{*map(type, new)}]
        read_plain = self._read_plain.get(kinds[0]) if len(kinds) == 1 else None
        plain = read_plain(new) if read_plain else None
        known.update(zip(new, map(self._one, new) if plain is None else plain, strict=True))
        return [*map(known.__getitem__, column)]

    def _one(self, cell: Any) -> Any:  # noqa: ANN401 - a cell of any format
        value = self._scalar(cell)
        meant = self._blank if value is None else self._read(value)
        if meant is UNREADABLE:
            raise ScalarError
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
        self._columns = [*zip((self._places[name] for name in known), self._meanings(fields, known), strict=True)]
        self._rest = [repeat(defaults.get(name)) for name in others]
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
            found.append(shared.setdefault(key, _Meanings(field, blank, self._scalar, alone)))
        return found

    def read(self, rows: Sequence[Sequence[Any]], first: int) -> Iterable[Any]:
        """Return rows as records, after noting every problem in them; with a problem, what they are does not matter."""
        width = self._width
        if min(map(len, rows)) < width:  # cells at the end of a line may be left out
            rows = [[*row, *[None] * (width - len(row))] for row in rows]
        cells = [*zip(*rows, strict=False)]
        try:
            columns = [*(meanings.of(cells[place]) for place, meanings in self._columns), *self._rest]
        except ScalarError:
            if (half := len(rows) // 2) > _FEW:
                return [*self.read(rows[:half], first), *self.read(rows[half:], first + half)]
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
