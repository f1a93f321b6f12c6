"""The sheets of a foreign file as they stand there, whatever its format: a CSV file is one sheet."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from foerdercheck.model.deutsch import einige
from foerdercheck.model.location import InputError, Location, Path, Problem
from foerdercheck.model.records import MAX_PROBLEMS
from foerdercheck.model.scalars import fold, shown, suggestion
from foerdercheck.model.zuordnung import TRENNZEICHEN, Fremdtabelle, Zuordnung, einzeln, zelle
from foerdercheck.reading.archive import UnreadableError
from foerdercheck.reading.cells import Cell, column_index, field_name
from foerdercheck.reading.csv_rows import CsvRows
from foerdercheck.reading.sheet import Room, Sheet, text_cell
from foerdercheck.reading.sheets import read_sheets
from foerdercheck.reading.tables import cell_location
from foerdercheck.reading.values import Notes

_MANY = 20


class ForeignSheet(NamedTuple):
    """A sheet of a foreign workbook, or a CSV file; `lines` tells of the latter the line each row begins in (from 0)."""

    sheet: Sheet
    lines: Sequence[int] | None = None

    def where(self, row: int, column: int) -> Location:
        """Return the place of a cell, row and column from 0."""
        if self.lines is None:
            return cell_location(self.sheet.name, row, column)
        return cell_location(None, self.number(row) - 1, column)

    def number(self, row: int) -> int:
        """Return the number of a row, as places show it."""
        return (row if self.lines is None or row >= len(self.lines) else self.lines[row]) + 1

    def row(self, number: int) -> int:
        """Return the row of this number, or where it would stand."""
        rows = len(self.sheet.rows)
        return (
            number - 1 if self.lines is None else next((row for row in range(rows) if self.number(row) >= number), rows)
        )

    def at(self, name: str) -> tuple[int, int]:
        """Return row and column of a cell by its name; the rows of a CSV file are its lines."""
        letters, number = zelle(name) or ("A", 1)
        return self.row(number), column_index(letters)

    def cell(self, row: int, column: int) -> Cell:
        """Return what stands in a cell; nothing outside."""
        cells = self.sheet.rows[row] if row < len(self.sheet.rows) else ()
        return cells[column] if column < len(cells) else None


def foreign_sheets(data: bytes, name: str, zuordnung: Zuordnung, *, is_text: bool) -> list[ForeignSheet]:
    """Return the sheets of a workbook or a CSV file, which messages call `name`.

    Raises InputError for what is no table, or is too large.
    """
    if not is_text:
        return [ForeignSheet(sheet) for sheet in read_sheets(data, name, lambda _title, _rows: True)]
    headings = {field_name(spalte) for _, _, tabelle in zuordnung.tabellen() for spalte in tabelle.spalten}
    rows = CsvRows(data, name, headings, zuordnung.zeichensatz, TRENNZEICHEN.get(zuordnung.trennzeichen or ""))
    sheet = Sheet("", Room(), lambda _title, _rows: True, hidden=False)
    try:
        for index, row in enumerate(rows):
            sheet.put(index, [tuple(map(text_cell, row))])
    except UnreadableError as error:
        raise InputError([Problem(f"{name}: {error}")]) from None
    return [ForeignSheet(sheet, rows.lines)]


def meant_sheets(
    sheets: Sequence[ForeignSheet], path: Path, tabelle: Fremdtabelle, notes: Notes
) -> Iterator[ForeignSheet]:
    """Yield the sheets a table stands on, in the order stated; a name there is not, or none where there are several, is a problem."""
    filled = [foreign for foreign in sheets if foreign.sheet.is_filled]
    called = ".".join(str(part + 1) if isinstance(part, int) else part for part in path)
    if tabelle.blatt is None:
        if len(filled) > 1:
            text = f"{called}: auf welchem Blatt? Nennen Sie es (blatt); es gibt: {_listed(filled)}"
            notes.problems.append(Problem(text, (), Location(blatt=filled[0].sheet.name)))
        else:
            yield (filled or sheets)[0]
        return
    if sheets[0].lines is not None:
        notes.problems.append(Problem(f"{called}: diese Datei hat keine Blätter; lassen Sie blatt weg", (), Location()))
        return
    by_title = {fold(foreign.sheet.title): foreign for foreign in sheets}
    for title, name in {fold(name): name for name in einzeln(tabelle.blatt)}.items():
        if title in by_title:
            yield by_title[title]
        elif len(notes.problems) <= MAX_PROBLEMS:
            hint = (
                suggestion(name, [foreign.sheet.title for foreign in sheets[:_MANY]]) or f"; es gibt: {_listed(sheets)}"
            )
            text = f"{called}: das Blatt {shown(name)} gibt es nicht{hint}"
            notes.problems.append(Problem(text, (), Location(blatt=name)))


def _listed(sheets: Iterable[ForeignSheet]) -> str:
    return einige([shown(foreign.sheet.name) for foreign in sheets], _MANY)
