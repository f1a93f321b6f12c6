"""The sheet with labels in one column and values in another, read as one row."""

from collections import Counter
from collections.abc import Iterator, Sequence

from foerdercheck.model.angaben import VORHABEN
from foerdercheck.model.location import Location, Problem
from foerdercheck.model.records import MAX_PROBLEMS, Tree
from foerdercheck.model.scalars import shown
from foerdercheck.reading.cells import Cell, column_name, field_name
from foerdercheck.reading.overlooked import Seen, tell_overlooked
from foerdercheck.reading.remarks import meant
from foerdercheck.reading.sheet import HEADING_ROWS, Cells, Sheet
from foerdercheck.reading.tables import cell_location
from foerdercheck.reading.values import Notes, SheetRow, value_of, wrong_unit

_MAX_CELLS = 50_000
_BEGIN = 200
"""As many rows tell whether a sheet is a form."""


def read_form(sheet: Sheet, notes: Notes) -> SheetRow:
    """Read the sheet with two columns, label and value, as one row.

    The values stand in the first column to the right of the labels that holds any.
    """
    if sum(map(len, sheet.rows)) > _MAX_CELLS:
        return _too_large(Location(blatt=sheet.name), notes)
    labels = _labels(sheet.rows)
    column = _value_column(sheet.rows, labels)
    werte: dict[str, Tree] = {}
    orte: dict[str, Location] = {}
    for row, label in labels:
        heading = str(sheet.rows[row][label])
        cell = sheet.rows[row][column] if column < len(sheet.rows[row]) else None
        where = cell_location(sheet.name, row, column)
        angabe = VORHABEN.find(field_name(heading))
        if angabe is None:
            _unknown_label(heading, cell, where, notes)
            continue
        if angabe.feld in orte:
            notes.problems.append(Problem(f"{shown(heading)} steht doppelt: löschen Sie eine der Zeilen", (), where))
        orte[angabe.feld] = where
        if text := wrong_unit(angabe, heading):
            notes.problems.append(Problem(text, (), cell_location(sheet.name, row, label)))
        if (value := value_of(angabe, angabe.wertart, cell, where, notes)) is not None:
            werte[angabe.feld] = value
    notes.problems.extend(_misplaced(sheet, labels, column))
    tell_overlooked(Seen(sheet, [row for row, _ in labels], [column]), notes)
    return SheetRow(werte, orte, cell_location(sheet.name, 0, 0))


def _too_large(where: Location, notes: Notes) -> SheetRow:
    said = "Dieses Blatt ist zu groß für ein Formular: löschen Sie, was nicht zu den Angaben gehört"
    notes.problems.append(Problem(said, (), where))
    return SheetRow({}, {}, where)


def _labels(rows: Sequence[Cells]) -> list[tuple[int, int]]:
    """Return row and column of every text that may be a label: those in the column with the most known ones."""
    known = {angabe.feld for angabe in VORHABEN.angaben}
    counts: dict[int, int] = {}
    for row in rows:
        for column, cell in enumerate(row[:HEADING_ROWS]):
            if field_name(cell) in known:
                counts[column] = counts.get(column, 0) + 1
    if not counts:
        return []
    column = max(counts, key=lambda cell_location: (counts[cell_location], -cell_location))
    return [(index, column) for index, row in enumerate(rows) if column < len(row) and field_name(row[column])]


def is_form(rows: Sequence[Cells], least: int = 1) -> bool:
    """Tell whether a sheet has at least so many labels of ours below each other."""
    rows = rows[:_BEGIN]
    return sum(VORHABEN.find(field_name(rows[row][column])) is not None for row, column in _labels(rows)) >= least


def _value_column(rows: Sequence[Cells], labels: Sequence[tuple[int, int]]) -> int:
    known = [(row, column) for row, column in labels if VORHABEN.find(field_name(rows[row][column]))]
    filled = [
        index for row, column in known for index, cell in enumerate(rows[row]) if index > column and cell is not None
    ]
    return min(filled, default=known[0][1] + 1 if known else 1)


def _misplaced(sheet: Sheet, labels: Sequence[tuple[int, int]], column: int) -> Iterator[Problem]:
    """Yield a problem for every value beside a label of ours that stands where it is not read.

    A column with a text beside most labels explains them; a number or a date explains nothing.
    """
    known = [(row, label) for row, label in labels if VORHABEN.find(field_name(sheet.rows[row][label]))]
    texts = Counter(
        index
        for row, _ in known
        for index, cell in enumerate(sheet.rows[row])
        if index > column and isinstance(cell, str) and cell
    )
    for row, label in known:
        cells = sheet.rows[row]
        if column < len(cells) and cells[column] is not None:
            continue
        for index, cell in enumerate(cells[column + 1 :], column + 1):
            if cell is not None and (not isinstance(cell, str) or 2 * texts[index] < len(known)):
                value = shown(cell)
                text = f"{shown(cells[label])}: {value} steht in der falschen Spalte; Werte stehen in {column_name(column)}"
                yield Problem(text, (), cell_location(sheet.name, row, index))
    others = {angabe.feld for angabe in VORHABEN.angaben}
    for index, row_cells in enumerate(sheet.rows):
        for position, cell in enumerate(row_cells):
            beside = position > column and field_name(cell) in others
            if beside and any(rest is not None for rest in row_cells[position + 1 :]):
                text = f"{shown(cell)} steht neben den anderen Angaben: schreiben Sie alle untereinander"
                yield Problem(text, (), cell_location(sheet.name, index, position))


def _unknown_label(heading: str, cell: Cell, where: Location, notes: Notes) -> None:
    """A label nobody knows matters only if something stands beside it; titles and remarks have nothing there."""
    if cell is not None and len(notes.hinweise) <= MAX_PROBLEMS:
        hint = meant(heading, [angabe.feld for angabe in VORHABEN.angaben])
        text = f"{shown(heading)} ist nicht bekannt und wird nicht gelesen{hint or '.'}"
        notes.hinweise.append(Problem(text, (), where, ungelesen=True))
