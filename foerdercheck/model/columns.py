"""Many records of one kind from columns of cells: the same readers, the same problems, one pass per column."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple, TypeVar, cast

from foerdercheck.model.location import Path
from foerdercheck.model.records import UNREADABLE, Field, Intake, fields_of
from foerdercheck.model.scalars import ScalarError

Cell = str | Decimal | date | bool | None
T = TypeVar("T")


class Columns(NamedTuple):
    """A table by columns: field name → one cell per row as its format has it, and what turns a cell into a scalar.

    `scalar` returns None for an empty cell.
    """

    cells: Mapping[str, Sequence[Any]]
    height: int
    scalar: Callable[[Any], Cell]


def read_columns(intake: Intake, kind: type[T], table: Columns, path: Path) -> tuple[T, ...]:
    """Return the rows of a table as records of `kind`, or nothing after noting every problem at `(*path, row, field)`.

    A field without a column has its default; one that must be given and has no column is noted once.
    """
    record = cast("Any", kind)
    before = intake.count
    columns = {
        name: _read_column(intake, (name, field), table, path, record._field_defaults.get(name))
        for name, field in fields_of(record).items()
    }
    _check(intake, record, table, columns, path)
    if intake.count > before:
        return ()
    return tuple(map(record._make, zip(*columns.values(), strict=True)))


def _read_column(intake: Intake, column: tuple[str, Field], table: Columns, path: Path, default: object) -> list[Any]:
    """Read one column: each distinct cell once, row by row only where something is wrong."""
    name, field = column
    cells = table.cells.get(name)
    if cells is None:
        if field.required:
            intake.note(f"die Spalte {name} fehlt", path, fehlt=True)
        return [default] * table.height
    if field.parse is not None:
        try:
            values = _parsed(cells, table.scalar, field.parse, default)
        except ScalarError:
            pass  # row by row, to note each problem at its place
        else:
            if not (field.required and any(value is default for value in values)):
                return values
    return [
        _read_cell(intake, column, table.scalar(cell), (*path, row, name), default) for row, cell in enumerate(cells)
    ]


def _parsed(
    cells: Sequence[Any], scalar: Callable[[Any], Cell], parse: Callable[[object], Any], default: object
) -> list[Any]:
    """Parse a column, each distinct cell once where cells repeat."""

    def read(cell: Any) -> Any:  # noqa: ANN401
        value = scalar(cell)
        return default if value is None else parse(value)

    distinct = set(cells)
    if 2 * len(distinct) > len(cells) or bool in set(map(type, distinct)):  # True and 1 would be the same key
        return [read(cell) for cell in cells]
    known = {cell: read(cell) for cell in distinct}
    return [known[cell] for cell in cells]


def _read_cell(intake: Intake, column: tuple[str, Field], cell: Cell, path: Path, default: object) -> Any:  # noqa: ANN401
    name, field = column
    if cell is not None:
        return field.read(cell, path, intake)
    if field.required:
        intake.note(f"{name} fehlt", path, fehlt=True)
    return default


def _check(intake: Intake, record: Any, table: Columns, columns: Mapping[str, Sequence[Any]], path: Path) -> None:  # noqa: ANN401
    """Ask for contradictions between the fields a record's `check` looks at, each combination of values once."""
    if not hasattr(record, "check"):
        return
    names = [name for name in record.checked() if name in table.cells]
    wrong: dict[tuple[Any, ...], list[tuple[str, str]]] = {}
    for cells, row in dict(zip(_rows(table, names), range(table.height), strict=True)).items():
        tree = {name: cell for name, cell in zip(names, map(table.scalar, cells), strict=True) if cell is not None}
        given = {name: columns[name][row] for name in tree if columns[name][row] is not UNREADABLE}
        if texts := list(record.check(given, tree)):
            wrong[cells] = texts
    for row, cells in enumerate(_rows(table, names)) if wrong else ():
        for name, text in wrong.get(cells, ()):
            intake.note(text, (*path, row, name))


def _rows(table: Columns, names: Sequence[str]) -> Iterator[tuple[Any, ...]]:
    """Yield the cells of some columns, row by row."""
    return zip(*(table.cells[name] for name in names), strict=True) if names else iter([()] * table.height)
