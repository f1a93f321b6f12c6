"""Many records of one kind from columns of cells: the same readers, the same problems, one pass per column."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any, NamedTuple, TypeVar, cast

from foerdercheck.model.location import Path
from foerdercheck.model.records import UNREADABLE, Field, Intake, fields_of
from foerdercheck.model.scalars import ScalarError

_Cell = str | Decimal | date | bool | None
_T = TypeVar("_T")
_TRIED = 10_000


class Columns(NamedTuple):
    """Rows of a table by columns: field name → one cell per row as its format has it, and what turns cells into scalars.

    `scalars` returns None for an empty cell.
    """

    cells: Mapping[str, Sequence[Any]]
    height: int
    scalars: Callable[[Collection[Any]], Iterable[_Cell]]


class _Column(NamedTuple):
    """A field with its name, the value it has where nothing stands, and what its cells have meant so far."""

    name: str
    field: Field
    default: object
    known: dict[Any, Any]


def read_columns(
    intake: Intake, kind: type[_T], names: Collection[str], blocks: Iterable[Columns], path: Path
) -> tuple[_T, ...]:
    """Return the rows of a table, which comes in blocks, as records of `kind`; `names` are the fields with a column.

    Notes every problem at `(*path, row, field)` and then returns nothing. A field without a column has its default;
    one that must be given and has no column is noted once.
    """
    record = cast("Any", kind)
    before = intake.count
    columns = [_Column(name, field, record._field_defaults.get(name), {}) for name, field in fields_of(record).items()]
    for column in columns:
        if column.field.required and column.name not in names:
            intake.note(f"die Spalte {column.name} fehlt", path, fehlt=True)
    make = partial(tuple.__new__, record)  # what `_make` does, without a call of Python for each row
    checks = _Checks(record, names)
    records: list[Any] = []
    first = 0
    for block in blocks:
        values = {column.name: _read_column(intake, column, block, (path, first)) for column in columns}
        checks.note(intake, block, values, (path, first))
        if intake.count == before:
            records.extend(map(make, zip(*values.values(), strict=True)))
        first += block.height
    return tuple(records) if intake.count == before else ()


def _read_column(intake: Intake, column: _Column, block: Columns, place: tuple[Path, int]) -> list[Any]:
    """Read one column: each distinct cell once, row by row only where something is wrong."""
    cells = block.cells.get(column.name)
    if cells is None:
        return [column.default] * block.height
    if column.field.parse is not None:
        try:
            values = _parsed(column, block, cells)
        except ScalarError:
            pass  # row by row, to note each problem at its place
        else:
            if not (column.field.required and any(value is column.default for value in values)):
                return values
    path, first = place
    return [
        _read_cell(intake, column, cell, (*path, row, column.name))
        for row, cell in enumerate(block.scalars(cells), first)
    ]


def _parsed(column: _Column, block: Columns, cells: Sequence[Any]) -> list[Any]:
    """Parse the cells of a scalar column, each distinct one once where cells repeat."""
    new = set(cells).difference(column.known)
    repeats = len(column.known) < _TRIED or 2 * len(new) < len(cells)
    if not repeats or bool in set(map(type, cells)):  # True and 1 would be the same key
        return _parse(column, block, cells)
    column.known.update(zip(new, _parse(column, block, new), strict=True))
    return list(map(column.known.__getitem__, cells))


def _parse(column: _Column, block: Columns, cells: Collection[Any]) -> list[Any]:
    parse, default = cast("Callable[[object], Any]", column.field.parse), column.default
    return [default if value is None else parse(value) for value in block.scalars(cells)]


def _read_cell(intake: Intake, column: _Column, cell: _Cell, path: Path) -> Any:  # noqa: ANN401
    if cell is not None:
        return column.field.read(cell, path, intake)
    if column.field.required:
        intake.note(f"{column.name} fehlt", path, fehlt=True)
    return column.default


class _Checks:
    """Asks for contradictions between the fields a record's `check` looks at, each combination of cells once."""

    def __init__(self, record: Any, names: Collection[str]) -> None:  # noqa: ANN401
        self._check = getattr(record, "check", None)
        self._names = [name for name in record.checked() if name in names] if self._check else []
        self._fine: set[tuple[Any, ...]] = set()
        self._columnless: set[str] = set()

    def note(
        self, intake: Intake, block: Columns, values: Mapping[str, Sequence[Any]], place: tuple[Path, int]
    ) -> None:
        """Note every contradiction in a block at its row."""
        if self._check is None or self._fine.issuperset(self._rows(block)):
            return
        path, first = place
        for row, cells in enumerate(self._rows(block)):
            if cells in self._fine:
                continue
            scalars = zip(self._names, block.scalars(cells), strict=True)
            tree = {name: cell for name, cell in scalars if cell is not None}
            given = {name: values[name][row] for name in tree if values[name][row] is not UNREADABLE}
            wrong = list(self._check(given, tree))
            if not wrong:
                self._fine.add(cells)
            for name, text in wrong:
                if name in self._names:
                    intake.note(text, (*path, first + row, name))
                elif name not in self._columnless:  # what a whole column lacks is said once
                    self._columnless.add(name)
                    intake.note(f"{text}; die Spalte {name} gibt es nicht", path)

    def _rows(self, block: Columns) -> Iterator[tuple[Any, ...]]:
        """Yield the cells of the fields looked at, row by row."""
        cells = [block.cells[name] for name in self._names]
        return zip(*cells, strict=True) if cells else iter([()] * block.height)
