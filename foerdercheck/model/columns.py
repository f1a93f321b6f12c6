"""Many records of one kind from columns of cells: the same readers, the same problems, one pass per column."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple, TypeVar, cast

from foerdercheck.model.location import Path
from foerdercheck.model.records import UNREADABLE, Field, Intake, fields_of
from foerdercheck.model.scalars import ScalarError

Cell = str | Decimal | date | bool | None
T = TypeVar("T")


class Columns(NamedTuple):
    """A table by columns: field name → one cell per row, None where empty."""

    cells: Mapping[str, Sequence[Cell]]
    height: int


def read_columns(intake: Intake, kind: type[T], table: Columns, path: Path) -> tuple[T, ...]:
    """Return the rows of a table as records of `kind`, or nothing after noting every problem at `(*path, row, field)`.

    A field without a column has its default; one that must be given and has no column is noted once.
    """
    record = cast("Any", kind)
    before = len(intake.problems)
    columns = {
        name: _read_column(intake, (name, field), table, path, record._field_defaults.get(name))
        for name, field in fields_of(record).items()
    }
    _check(intake, record, table, columns, path)
    if len(intake.problems) > before:
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
    distinct = set(cells)
    mixed = {bool, Decimal} <= set(map(type, cells))  # True and 1 are the same key
    if field.parse is not None and not mixed and not (field.required and None in distinct):
        try:
            known: dict[Cell, Any] = {cell: field.parse(cell) for cell in distinct if cell is not None}
        except ScalarError:
            pass
        else:
            known[None] = default
            return list(map(known.__getitem__, cells))
    return [_read_cell(intake, column, cell, (*path, row, name), default) for row, cell in enumerate(cells)]


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
    rows = list(zip(*(columns[name] for name in names), strict=True))
    stated = list(zip(*(table.cells[name] for name in names), strict=True))
    wrong = {}
    for values, cells in set(zip(rows, stated, strict=True)):
        tree = {name: cell for name, cell in zip(names, cells, strict=True) if cell is not None}
        given = {
            name: value for name, value in zip(names, values, strict=True) if name in tree and value is not UNREADABLE
        }
        if texts := list(record.check(given, tree)):
            wrong[values, cells] = texts
    for row, key in enumerate(zip(rows, stated, strict=True)) if wrong else ():
        for name, text in wrong.get(key, ()):
            intake.note(text, (*path, row, name))
