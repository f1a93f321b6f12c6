"""The sheets of a budget as rows of values by field, each with its cell; how people write is forgiven, what is unclear is not."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import partial
from typing import Any, NamedTuple

from foerdercheck.model.angaben import BEISPIEL, KOSTEN, VORHABEN, Angabe, Blatt
from foerdercheck.model.beispiel import beispiel_row
from foerdercheck.model.deutsch import euro, zahl
from foerdercheck.model.location import Location, Problem
from foerdercheck.model.records import Tree
from foerdercheck.model.scalars import ScalarError, shown, suggestion
from foerdercheck.reading.cells import Cell, field_name, scalar
from foerdercheck.reading.remarks import rounded, unknown_columns, wrong_sums
from foerdercheck.reading.sheets import Sheet
from foerdercheck.reading.tables import HEADING_ROWS, Table, find_table, place

HOURS = re.compile(r"stunden_([0-9]{4})")
"""The column of the hours of one calendar year."""

_COMPUTED = {KOSTEN: frozenset({"betrag"})}
"""Columns of the template that only show what the others come to."""


class SheetRow(NamedTuple):
    """A row of a sheet: the values of its filled cells by field, the cells of all its fields, and its first cell."""

    werte: Mapping[str, Tree]
    orte: Mapping[str, Location]
    ort: Location


class Notes(NamedTuple):
    """What is wrong with a workbook, and what is merely remarkable."""

    problems: list[Problem]
    hinweise: list[Problem]


def read_form(sheet: Sheet, notes: Notes) -> SheetRow:
    """Read the sheet with two columns, label and value, as one row.

    The values stand in the first column to the right of the labels that holds any.
    """
    labels = _labels(sheet.rows)
    column = _value_column(sheet.rows, labels)
    werte: dict[str, Tree] = {}
    orte: dict[str, Location] = {}
    for row, label in labels:
        heading = sheet.rows[row][label]
        cell = sheet.rows[row][column] if column < len(sheet.rows[row]) else None
        where = place(sheet.name, row, column)
        angabe = VORHABEN.find(field_name(heading))
        if angabe is None:
            _unknown_label(heading, cell, where, notes)
            continue
        if angabe.feld in orte:
            notes.problems.append(Problem(f"{shown(heading)} steht doppelt: löschen Sie eine der Zeilen", (), where))
        orte[angabe.feld] = where
        if (value := _value(angabe, cell, where, notes)) is not None:
            werte[angabe.feld] = value
    return SheetRow(werte, orte, place(sheet.name, 0, 0))


def _labels(rows: Sequence[Sequence[Any]]) -> list[tuple[int, int]]:
    """Return row and column of every text that may be a label: those in the column with the most known ones."""
    known = {angabe.feld for angabe in VORHABEN.angaben}
    counts: dict[int, int] = {}
    for row in rows:
        for column, cell in enumerate(row[:HEADING_ROWS]):
            if field_name(cell) in known:
                counts[column] = counts.get(column, 0) + 1
    if not counts:
        return []
    column = max(counts, key=lambda place: (counts[place], -place))
    return [(index, column) for index, row in enumerate(rows) if column < len(row) and field_name(row[column])]


def _value_column(rows: Sequence[Sequence[Any]], labels: Sequence[tuple[int, int]]) -> int:
    known = [(row, column) for row, column in labels if VORHABEN.find(field_name(rows[row][column]))]
    filled = [
        index
        for row, column in known
        for index, cell in enumerate(rows[row])
        if index > column and scalar(cell) is not None
    ]
    return min(filled, default=known[0][1] + 1 if known else 1)


def _unknown_label(heading: str, cell: object, where: Location, notes: Notes) -> None:
    """A label nobody knows matters only if something stands beside it; titles and remarks have nothing there."""
    if scalar(cell) is not None:
        hint = suggestion(field_name(heading), [angabe.feld for angabe in VORHABEN.angaben])
        notes.hinweise.append(
            Problem(f"{shown(heading)} ist nicht bekannt und wird nicht gelesen{hint or '.'}", (), where)
        )


def table_rows(sheet: Sheet, blatt: Blatt, notes: Notes) -> Iterator[SheetRow]:
    """Yield the rows of a table that say anything; sums, empty rows and the untouched example are left out."""
    fields = [*(angabe.feld for angabe in blatt.angaben), "beteiligter", *_years(sheet.rows)]
    table = find_table(sheet.rows, fields, ())
    if table is None:
        if any(scalar(cell) is not None for row in sheet.rows for cell in row):
            wanted = ", ".join(angabe.ueberschrift for angabe in blatt.angaben[:4])
            text = f"Auf diesem Blatt ist keine Zeile mit den erwarteten Überschriften ({wanted} …)."
            notes.problems.append(Problem(text, (), Location(blatt=sheet.name)))
        return
    sheet.fill_merged(table.heading)
    _remark(sheet, blatt, table, notes)
    notes.hinweise.extend(clear_example(sheet, blatt, table))
    for index, cells in table.data():
        if (row := _row(sheet, blatt, table, (index, cells), notes)) is not None:
            yield row


def clear_example(sheet: Sheet, blatt: Blatt, table: Table) -> Iterator[Problem]:
    """Empty the example row of the template below the heading if nobody touched it; yield a remark that says so."""
    for index, cells in enumerate(sheet.rows[table.heading + 1 : table.heading + 3], table.heading + 1):
        row = _row(sheet, blatt, table, (index, cells), Notes([], []))
        if row is not None and _is_example(row, blatt):
            cells.clear()
            yield Problem("Die Beispielzeile der Vorlage zählt nicht mit.", (), row.ort)


def _years(rows: Sequence[Sequence[Any]]) -> Iterator[str]:
    for row in rows[:HEADING_ROWS]:
        yield from (name for cell in row if HOURS.fullmatch(name := field_name(cell)))


def _row(sheet: Sheet, blatt: Blatt, table: Table, at: tuple[int, Sequence[Any]], notes: Notes) -> SheetRow | None:
    """Return the values of a row; None if no column that is read holds anything."""
    index, cells = at
    orte = {feld: place(sheet.name, index, column) for feld, column in table.places.items()}
    werte: dict[str, Tree] = {}
    for feld, column in table.places.items():
        if feld in _COMPUTED.get(blatt, ()) or column >= len(cells):
            continue
        angabe = blatt.find(feld)
        value = _value(angabe, cells[column], orte[feld], notes) if angabe else scalar(cells[column])
        if value is not None:
            werte[feld] = value
    return SheetRow(werte, orte, place(sheet.name, index, min(table.places.values()))) if werte else None


def _value(angabe: Angabe, cell: object, where: Location, notes: Notes) -> Tree | None:
    value = scalar(cell)
    if value is None:
        return None
    if angabe.inhalt == "geld" and (text := rounded(angabe.feld, cell)):
        notes.hinweise.append(Problem(text, (), where))
    if angabe.inhalt == "ja_nein" and isinstance(value, str) and value.strip().casefold() == "x":
        return "ja"
    return _items(value) if angabe.inhalt == "liste" else value


def _items(value: Cell) -> Tree:
    """Split what stands in one cell: by lines, else by semicolons, else by commas."""
    if not isinstance(value, str):
        return [] if value is None else [value]
    mark = next((mark for mark in ("\n", ";") if mark in value), ",")
    items: list[Tree] = [item.strip() for item in value.split(mark) if item.strip()]
    return items


def _is_example(row: SheetRow, blatt: Blatt) -> bool:
    """Tell whether a row is the example of the template, untouched: changed in any cell, it counts."""
    if BEISPIEL not in row.werte.values():
        return False
    example = beispiel_row(blatt)
    for feld, value in row.werte.items():
        angabe = blatt.find(feld)
        try:
            read = angabe.parse(value) if angabe else value
        except ScalarError:
            return False
        if read != example.get(feld):
            return False
    return True


def _remark(sheet: Sheet, blatt: Blatt, table: Table, notes: Notes) -> None:
    computed = _COMPUTED.get(blatt, frozenset())
    fields = ["beteiligter", *(angabe.feld for angabe in blatt.angaben)]
    notes.hinweise.extend(unknown_columns(table, partial(place, sheet.name), fields, computed))
    columns: dict[int, Callable[[Decimal], str]] = {}
    for feld, column in table.places.items():
        angabe = blatt.find(feld)
        if angabe is not None and angabe.inhalt == "geld" and feld != "stundensatz":
            columns[column] = euro
        elif HOURS.fullmatch(feld) or feld == "stunden":
            columns[column] = zahl
    columns |= {column: euro for heading, column in table.unknown if field_name(heading) in computed}
    notes.hinweise.extend(wrong_sums(sheet.rows, table.heading, columns, sheet.name))
