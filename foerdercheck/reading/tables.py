"""From rows of cells to columns by field name: the heading row is found, subtotals and empty rows are left out."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from itertools import zip_longest
from typing import Any, NamedTuple

from foerdercheck.model.columns import Columns
from foerdercheck.model.location import InputError, Location, Path, Problem
from foerdercheck.model.scalars import flaw
from foerdercheck.reading.cells import column_letters, field_name, scalar

HEADING_ROWS = 20
_TOTALS = frozenset({"summe", "gesamt", "zwischensumme", "gesamtsumme"})
_AMOUNT = re.compile(r"[\s0-9.,'’€EUR%+-]*")
_DATE = re.compile(r"\s*(?:[0-9]{4}-[0-9]{2}-[0-9]{2}|[0-9]{1,2}\.[0-9]{1,2}\.[0-9]{4})\s*")
_TOTAL_INITIALS = frozenset("sSgGzZ")


class Table(NamedTuple):
    """A table found in a sheet or CSV file: cells by field, and where rows and columns stand (from 0)."""

    columns: Columns
    rows: Sequence[int]
    places: Mapping[str, int]
    heading: int
    unknown: tuple[tuple[str, int], ...]


def find_table(rows: Sequence[Sequence[Any]], fields: Sequence[str], needed: Sequence[str]) -> Table | None:
    """Return the table whose heading row (one of the first twenty) names `needed`, or most of `fields`; else None."""
    best: tuple[int, int] | None = None
    for index, row in enumerate(rows[:HEADING_ROWS]):
        names = set(map(field_name, row)) & set(fields)
        if names and (best is None or len(names) > best[0]) and (set(needed) <= names or len(names) > 1):
            best = (len(names), index)
    return None if best is None else _table(rows, fields, best[1])


def _table(rows: Sequence[Sequence[Any]], fields: Sequence[str], heading: int) -> Table:
    places: dict[str, int] = {}
    unknown: list[tuple[str, int]] = []
    for index, cell in enumerate(rows[heading]):
        name = field_name(cell)
        if name in fields and name not in places:
            places[name] = index
        elif name:
            unknown.append((str(cell), index))
    kept = [index for index in range(heading + 1, len(rows)) if _is_data(rows[index])]
    columns = list(zip_longest(*(rows[index] for index in kept)))
    cells = {name: columns[place] for name, place in places.items() if place < len(columns)}
    cells |= {name: (None,) * len(kept) for name, place in places.items() if place >= len(columns)}
    return Table(Columns(cells, len(kept), scalar), kept, places, heading, tuple(unknown))


def _is_data(row: Sequence[Any]) -> bool:
    """A row counts if it holds anything and its first word does not say that it is a sum."""
    label = next(filter(None, row), None)
    if not isinstance(label, str):
        return label is not None or any(scalar(cell) is not None for cell in row)
    if label.lstrip()[:1] in _TOTAL_INITIALS and _is_total(field_name(label), row):
        return False
    return not label.isspace() or any(scalar(cell) is not None for cell in row)


def _is_total(name: str, row: Sequence[Any]) -> bool:
    """Tell whether a row is a sum: it says so, and else holds amounts only; `Gesamt Energie GmbH` is an undertaking."""
    if name.partition("_")[0].rstrip(":") not in _TOTALS:
        return False
    others = [cell for cell in row if cell is not None and cell != ""][1:]
    return all(_is_amount(cell) for cell in others)


def _is_amount(cell: Any) -> bool:  # noqa: ANN401
    if isinstance(cell, str):
        return bool(flaw(cell)) or (_AMOUNT.fullmatch(cell) is not None and _DATE.fullmatch(cell) is None)
    return not isinstance(cell, date)


class TableSource:
    """The source map of tables: turns `(list, row, field)` into a cell of a sheet, or a line of a CSV file."""

    def __init__(self, datei: str, tables: Mapping[str, tuple[str | None, Table]]) -> None:
        self.datei = datei
        self._tables = tables

    def locate(self, path: Path) -> Location:
        """Return the cell at `path`, its row if the field has no column, or the sheet."""
        sheet, table = self._tables.get(str(path[0]) if path else "", (None, None))
        if table is None:
            return Location()
        row = table.rows[int(path[1])] if len(path) > 1 and isinstance(path[1], int) else table.heading
        column = table.places.get(str(path[2]), 0) if len(path) > 2 else 0
        if sheet is None:
            return Location(zeile=row + 1, spalte=column + 1)
        return Location(blatt=sheet, zelle=f"{column_letters(column)}{row + 1}")

    def locate_key(self, path: Path) -> Location:
        """Return the heading of a field; problems with headings are noted where they are found."""
        return self.locate(path)

    def excerpt(self, location: Location) -> str:  # noqa: ARG002 - a cell needs no excerpt, the message quotes it
        """Return nothing: messages quote what a cell holds."""
        return ""


def no_table(datei: str, wanted: Sequence[str]) -> InputError:
    """Return the error for a file without a heading row of ours."""
    return InputError([
        Problem(f"{datei}: keine Zeile mit den erwarteten Überschriften gefunden (z. B. {', '.join(wanted)}).")
    ])  # fmt: skip
