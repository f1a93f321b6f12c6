"""Tables in rows of cells: the heading row is found, subtotals and empty rows are left out."""

import re
from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from itertools import chain, islice
from string import ascii_letters, digits
from typing import Any

from foerdercheck.model.angabe import Blatt
from foerdercheck.model.headings import heading_of
from foerdercheck.model.location import InputError, Location, Path, Problem
from foerdercheck.model.scalars import flaw
from foerdercheck.reading.cells import cell_name, field_name, scalar
from foerdercheck.reading.sheet import HEADING_ROWS

Where = Callable[[int, int], Location]
"""Tells the place of a cell by the numbers of its row and its column, from 0."""
MAX_HEADINGS = 2_000
"""No heading stands farther to the right."""
_SUMS = frozenset(
    {"summe", "summen", "zwischensumme", "zw.summe", "zw.", "zws", "zws.", "teilsumme", "teilergebnis", "σ", "∑"}
)
_TOTALS = _SUMS | {
    "ergebnis", "endergebnis", "endsumme", "zwischenergebnis", "gesamtergebnis", "insgesamt", "total", "gesamt",
    "gesamtsumme", "gesamtbetrag", "gesamtkosten", "gesamtausgaben",
}  # fmt: skip
_LEGAL_FORM = re.compile(r"\b(?:g?GmbH|AG|KG|KGaA|OHG|UG|SE|GbR|eG|e\. ?V|e\. ?K|AöR)\.?\s*$")
_AMOUNT = r"[\s0-9.,'’€EUR%+-]*"
_DATE = r"\s*(?:[0-9]{4}-[0-9]{2}-[0-9]{2}|[0-9]{1,2}\.[0-9]{1,2}\.[0-9]{4})\s*"
_TOTAL_INITIALS = frozenset("eEsSgGzZiItTΣσ∑")
_NO_TOTAL = frozenset(ascii_letters + digits) - _TOTAL_INITIALS
"""What most rows begin with that are no sum."""


class Table:
    """A table found in a sheet or CSV file: where its heading, its columns and its rows stand (from 0).

    `headings` tells how the heading of each field is written, `doubled` which further columns are headed as a field; `taken` are
    the fields read below headings that are not theirs. `rows` fills while the data is read.
    """

    def __init__(self, fields: Mapping[str, str], head: Sequence[Sequence[Any]], rows: Iterable[Sequence[Any]]) -> None:
        """`head` ends with the heading, `rows` follow it."""
        self.heading = len(head) - 1
        self.above = head[:-1]
        self.head = head[-1]
        self.places: dict[str, int] = {}
        self.headings: dict[str, str] = {}
        self.taken: list[str] = []
        self.rows = array("L")
        self.totals: list[tuple[int, Sequence[Any], int]] = []
        """The rows of sums that were left out while the data was read: number, cells, and how many lines stand above."""
        self._rows = rows
        self.doubled: dict[int, str] = {}
        unknown: list[tuple[str, int]] = []
        for index, cell in enumerate(head[-1][:MAX_HEADINGS]):
            name = field_name(cell)
            field = fields.get(name)
            if field is not None and field not in self.places:
                self.places[field] = index
                self.headings[field] = str(cell)
            elif name:
                unknown.append((str(cell), index))
            if field is not None and self.places[field] != index:
                self.doubled[index] = field
        self.unknown = tuple(unknown)

    def take_for(self, field: str, column: int) -> None:
        """Read a column below an unknown heading as that of a field; whoever asks for it tells that the heading is wrong."""
        self.places[field] = column
        self.headings[field] = str(self.head[column])
        self.taken.append(field)
        self.unknown = tuple(found for found in self.unknown if found[1] != column)

    def data(self) -> Iterator[Sequence[Any]]:
        """Yield the rows one by one, after each was noted in `rows`; can be asked for once."""
        owned = "beteiligter" in self.places
        rows, self._rows = self._rows, ()  # a table that was read holds on to nothing of its file
        for index, row in enumerate(rows, self.heading + 1):
            begins = row[0][:1] if row and row[0].__class__ is str else ""
            if (begins in _NO_TOTAL or _is_data(row)) and not (owned and self.total_label(row) is not None):
                self.rows.append(index)
                yield row
            elif total_label(row) is not None:
                self.totals.append((index, row, len(self.rows)))

    def total_label(self, row: Sequence[Any]) -> str | None:
        """Return what a row of sums is called, also behind the Beteiligter whose sum it is; None for any other row."""
        owner = self.places.get("beteiligter")
        if (label := total_label(row)) is not None or owner is None:
            return label
        return total_label([*row[:owner], *row[owner + 1 :]])


@cache
def headings_of(blatt: Blatt) -> Mapping[str, str]:
    """Return which field each heading of a sheet means, by the name it is read as; those of its own come first."""
    others = {field_name(heading): angabe.feld for angabe in blatt.angaben for heading in angabe.auch}
    return others | {angabe.feld: angabe.feld for angabe in blatt.angaben}


def find_table(rows: Iterable[Sequence[Any]], fields: Mapping[str, str], needed: Sequence[str]) -> Table | None:
    """Return the table whose heading row (one of the first twenty) names `needed`, or most of `fields`; else None.

    `fields` tells which field each heading means.
    """
    remaining = iter(rows)
    head = list(islice(remaining, HEADING_ROWS))
    best: tuple[int, int] | None = None
    for index, row in enumerate(head):
        names = {fields[name] for name in map(field_name, row[:MAX_HEADINGS]) if name in fields}
        if names and (best is None or len(names) > best[0]) and (set(needed) <= names or len(names) > 1):
            best = (len(names), index)
    if best is None:
        return None
    after = best[1] + 1
    rest = islice(rows, after, None) if isinstance(rows, list) else chain(head[after:], remaining)
    return Table(fields, head[:after], rest)  # what is changed in a list of rows is seen


def total_label(row: Sequence[Any]) -> str | None:
    """Return what a row of sums is called: it says so, and else holds amounts only; None for any other row.

    `Gesamt Energie GmbH` is an undertaking.
    """
    filled = (index for index, cell in enumerate(row) if cell is not None and cell != "" and scalar(cell) is not None)
    first = next(filled, None)
    label = None if first is None else row[first]
    if not isinstance(label, str) or label.lstrip()[:1] not in _TOTAL_INITIALS:
        return None
    if not _says_sum(field_name(label)) or _LEGAL_FORM.search(label):
        return None
    return label if all(is_amount(row[index]) for index in filled) else None


def _says_sum(name: str) -> bool:
    """`Summe Personal` is a sum, but what begins with `Gesamt` may be a name: there nothing may follow."""
    first, _, rest = name.partition("_")
    return first.rstrip(":") in (_SUMS if rest else _TOTALS)


def _is_data(row: Sequence[Any]) -> bool:
    """A row counts if it holds anything and its first word does not say that it is a sum."""
    label = (row and row[0]) or next(filter(None, row), None)
    if not isinstance(label, str):
        return label is not None or any(scalar(cell) is not None for cell in row)
    if label.isspace():
        return total_label(row) is None and any(scalar(cell) is not None for cell in row)
    return label.lstrip()[:1] not in _TOTAL_INITIALS or total_label(row) is None


def is_amount(cell: Any) -> bool:  # noqa: ANN401
    """Tell whether a cell holds an amount as people write them, or a number, or nothing that can be read."""
    if isinstance(cell, str):
        return bool(flaw(cell)) or (re.fullmatch(_AMOUNT, cell) is not None and re.fullmatch(_DATE, cell) is None)
    return not isinstance(cell, date)


def cell_location(sheet: str | None, row: int, column: int) -> Location:
    """Return a cell (row and column from 0) as a place in a sheet, or in a text, which has none."""
    if sheet is None:
        return Location(zeile=row + 1, spalte=column + 1)
    return Location(blatt=sheet, zelle=cell_name(row, column))


class TableSource:
    """The source map of tables: turns `(list, row, field)` into a cell of a sheet, or a line of a CSV file.

    A list may stand in several tables; its rows are counted on from one to the next.
    """

    def __init__(
        self, datei: str, tables: Mapping[str, Sequence[tuple[str | None, Table]]], lines: Sequence[int] | None = None
    ) -> None:
        """`lines` tells the line each row begins in (both from 0) where rows can have several."""
        self.datei = datei
        self.tables = tables
        self._lines = lines
        self.sheets = tuple(sheet for found in tables.values() for sheet, _ in found if sheet is not None)

    def name(self, path: Path, *, placed: bool = False) -> str:  # noqa: ARG002 - no message on a history names two cells
        """Return the heading of the field at `path` as it is written in the first table of its list; else as we write it."""
        _, table = next(iter(self.tables.get(str(path[0]), ())), (None, None)) if len(path) > 1 else (None, None)
        written = "" if table is None else " ".join(table.headings.get(str(path[-1]), "").split())
        return written if written.isprintable() and written else heading_of(path)

    def locate(self, path: Path) -> Location:
        """Return the cell at `path`, its row if the field has no column, or the sheet."""
        row = path[1] if len(path) > 1 and isinstance(path[1], int) else None
        for sheet, table in self.tables.get(str(path[0]) if path else "", ()):
            if row is not None and row >= len(table.rows):
                row -= len(table.rows)
                continue
            place = table.heading if row is None else table.rows[row]
            return self.cell(sheet, place, table.places.get(str(path[2]), 0) if len(path) > 2 else 0)
        return Location()

    def cell(self, sheet: str | None, row: int, column: int) -> Location:
        """Return the place of a cell, row and column from 0."""
        return cell_location(sheet, self._lines[row] if self._lines is not None else row, column)

    def locate_key(self, path: Path) -> Location:
        """Return the heading of a field; problems with headings are noted where they are found."""
        return self.locate(path)

    def excerpt(self, location: Location) -> str:  # noqa: ARG002 - a cell needs no excerpt, the message quotes it
        """Return nothing: messages quote what a cell holds."""
        return ""


def no_table(datei: str, wanted: Sequence[str]) -> InputError:
    """Return the error for a file without a heading row of ours."""
    text = (
        f"{datei}: keine Zeile mit den erwarteten Überschriften gefunden (z. B. {', '.join(wanted)}). Eine Vorlage schreibt: "
        "foerdercheck vorlage historie.xlsx --art historie"
    )
    return InputError([Problem(text)])
