"""The sheets of a budget as rows of values by field, each with its cell; how people write is forgiven, what is unclear is not."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import partial
from typing import Any, NamedTuple

from foerdercheck.model.angabe import Angabe, Blatt, Wertart
from foerdercheck.model.angaben import BEISPIEL, KOSTEN, VORHABEN
from foerdercheck.model.beispiel import beispiel_row
from foerdercheck.model.deutsch import euro, zahl
from foerdercheck.model.location import Location, Problem
from foerdercheck.model.records import MAX_PROBLEMS, Tree
from foerdercheck.model.scalars import ScalarError, parse_text, shown, suggestion
from foerdercheck.reading.cells import Cell, column_name, field_name, scalar, unit_of
from foerdercheck.reading.lists import items, items_or_shares
from foerdercheck.reading.merged import fill_merged
from foerdercheck.reading.remarks import rounding_remark, unknown_columns, unnamed_columns, wrong_sums
from foerdercheck.reading.sheets import Sheet
from foerdercheck.reading.tables import HEADING_ROWS, Table, cell_location, find_table

_DECIMALS: Mapping[str, Decimal] = {"zahl": Decimal("0.0001"), "prozent": Decimal("0.000001")}
_NOISE = Decimal("0.000000001")
_MOST = Decimal(10) ** 12
HOURS = re.compile(r"stunden_([0-9]{4})")
"""The column of the hours of one calendar year."""

_COMPUTED = {KOSTEN: frozenset({"betrag"})}
"""Columns of the template that only show what the others come to."""


class SheetRow(NamedTuple):
    """A row of a sheet: the values of its filled cells by field, the cells of all its fields, and its first cell."""

    werte: Mapping[str, Tree]
    orte: Mapping[str, Location]
    ort: Location


class _Spalte(NamedTuple):
    """A column that is read: its field, its place from 0 and as letters, and what it holds; None is a name, or hours."""

    feld: str
    place: int
    letters: str
    angabe: Angabe | None
    wertart: Wertart


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
        if (value := _value(angabe, angabe.wertart, cell, where, notes)) is not None:
            werte[angabe.feld] = value
    notes.problems.extend(_misplaced(sheet, labels, column))
    return SheetRow(werte, orte, cell_location(sheet.name, 0, 0))


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
    column = max(counts, key=lambda cell_location: (counts[cell_location], -cell_location))
    return [(index, column) for index, row in enumerate(rows) if column < len(row) and field_name(row[column])]


def is_form(sheet: Sheet) -> bool:
    """Tell whether a sheet has a label of ours."""
    return bool(_labels(sheet.rows))


def _value_column(rows: Sequence[Sequence[Any]], labels: Sequence[tuple[int, int]]) -> int:
    known = [(row, column) for row, column in labels if VORHABEN.find(field_name(rows[row][column]))]
    filled = [
        index
        for row, column in known
        for index, cell in enumerate(rows[row])
        if index > column and scalar(cell) is not None
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
        if column < len(cells) and scalar(cells[column]) is not None:
            continue
        for index, cell in enumerate(cells[column + 1 :], column + 1):
            if scalar(cell) is not None and (not isinstance(cell, str) or 2 * texts[index] < len(known)):
                value = shown(scalar(cell))
                text = f"{shown(cells[label])}: {value} steht in der falschen Spalte; Werte stehen in {column_name(column)}"
                yield Problem(text, (), cell_location(sheet.name, row, index))
    others = {angabe.feld for angabe in VORHABEN.angaben}
    for index, row_cells in enumerate(sheet.rows):
        for position, cell in enumerate(row_cells):
            beside = position > column and field_name(cell) in others
            if beside and any(scalar(rest) is not None for rest in row_cells[position + 1 :]):
                text = f"{shown(cell)} steht neben den anderen Angaben: schreiben Sie alle untereinander"
                yield Problem(text, (), cell_location(sheet.name, index, position))


def _unknown_label(heading: str, cell: object, where: Location, notes: Notes) -> None:
    """A label nobody knows matters only if something stands beside it; titles and remarks have nothing there."""
    if scalar(cell) is not None and len(notes.hinweise) <= MAX_PROBLEMS:
        hint = suggestion(field_name(heading), [angabe.feld for angabe in VORHABEN.angaben])
        text = f"{shown(heading)} ist nicht bekannt und wird nicht gelesen{hint or '.'}"
        notes.hinweise.append(Problem(text, (), where, ungelesen=True))


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
    amounts = _amounts(blatt, table)
    for row, column in fill_merged(sheet, table, amounts):
        value = shown(sheet.rows[row][column])
        text = (
            f"{value} steht für mehrere Zeilen oder Spalten: verbinden Sie keine Beträge, schreiben Sie jeden einzeln"
        )
        notes.problems.append(Problem(text, (), cell_location(sheet.name, row, column)))
    notes.hinweise.extend(clear_example(sheet, blatt, table))
    notes.problems.extend(_doubtful_headings(sheet, blatt, table))
    _remark(sheet, blatt, table, amounts, notes)
    spalten = _spalten(blatt, table)
    for index, cells in table.data():
        if (found := _row(sheet.name, spalten, index, cells, notes)) is not None:
            yield found


def _spalten(blatt: Blatt, table: Table) -> list[_Spalte]:
    angaben = {angabe.feld: angabe for angabe in blatt.angaben}
    found = []
    for feld, column in table.places.items():
        angabe = angaben.get("stunden" if HOURS.fullmatch(feld) else feld)
        found.append(_Spalte(feld, column, column_name(column), angabe, angabe.wertart if angabe else "text"))
    return found


def clear_example(sheet: Sheet, blatt: Blatt, table: Table) -> Iterator[Problem]:
    """Empty the example row of the template below the heading if nobody touched it; yield a remark that says so."""
    for index, cells in enumerate(sheet.rows[table.heading + 1 :], table.heading + 1):
        if BEISPIEL not in cells:
            continue
        row = _row(sheet.name, _spalten(blatt, table), index, cells, Notes([], []))
        if row is not None and _is_example(row, blatt):
            cells.clear()
            yield Problem("Die Beispielzeile der Vorlage zählt nicht mit.", (), row.ort)


def _years(rows: Sequence[Sequence[Any]]) -> Iterator[str]:
    for row in rows[:HEADING_ROWS]:
        yield from (name for cell in row if HOURS.fullmatch(name := field_name(cell)))


def _row(sheet: str, spalten: list[_Spalte], index: int, cells: Sequence[Any], notes: Notes) -> SheetRow | None:
    """Return the values of a row; None if no column that is read holds anything."""
    orte = {spalte.feld: Location(blatt=sheet, zelle=f"{spalte.letters}{index + 1}") for spalte in spalten}
    werte: dict[str, Tree] = {}
    for feld, column, _, angabe, wertart in spalten:
        cell = cells[column] if column < len(cells) else None
        if cell is None or cell == "":
            continue
        value = _value(angabe, wertart, cell, orte[feld], notes) if angabe else scalar(cell)
        if value is not None:
            werte[feld] = value
    first = min(spalten, key=lambda spalte: spalte.place)
    return SheetRow(werte, orte, orte[first.feld]) if werte else None


def _value(angabe: Angabe, wertart: Wertart, cell: object, where: Location, notes: Notes) -> Tree | None:
    value = scalar(cell)
    if value is None:
        return None
    if wertart == "geld" and (text := rounding_remark(angabe.feld, cell)):
        notes.hinweise.append(Problem(text, (), where))
    if wertart == "ja_nein":
        return _yes_or_no(value)
    if wertart == "anteile":
        return _items_or_shares(angabe, value, where, notes)
    if wertart in _DECIMALS and isinstance(value, Decimal) and value.is_finite():
        return _kept(angabe.feld, value, _DECIMALS[wertart], where, notes)
    if isinstance(value, Decimal) and value != value.to_integral_value() and wertart == "text":
        text = f"{angabe.feld}: {shown(value)} ist als Zahl gespeichert; formatieren Sie die Zelle als Text und schreiben Sie neu"
        notes.problems.append(Problem(text, (), where))
    if isinstance(value, date) and angabe.parse is parse_text and not angabe.vokabular:
        text = f"{angabe.feld}: die Zelle enthält das Datum {value:%d.%m.%Y}; formatieren Sie sie als Text und schreiben Sie neu"
        notes.problems.append(Problem(text, (), where))
    return items(value) if wertart == "liste" else value


def _kept(feld: str, value: Decimal, decimals: Decimal, where: Location, notes: Notes) -> Decimal:
    """Return a number as it is computed with; a remark says so where that is not what the cell holds."""
    if abs(value) >= _MOST:
        return value  # refused where it is read
    kept = value.quantize(decimals, ROUND_HALF_UP)
    if abs(value - kept) > _NOISE:
        text = f"{feld}: {shown(value)} hat zu viele Nachkommastellen; gerechnet wird mit {zahl(kept, 6)}."
        notes.hinweise.append(Problem(text, (), where))
    return value if value == kept else kept


def _yes_or_no(value: Tree) -> Tree:
    """Read a cross as yes, and the numbers LibreOffice makes of true and false in an .ods."""
    if isinstance(value, str):
        return "ja" if value.strip().casefold() == "x" else value
    return value == 1 if value in {0, 1} else value


def _items_or_shares(angabe: Angabe, value: Cell, where: Location, notes: Notes) -> Tree | None:
    try:
        return items_or_shares(value)
    except ScalarError as error:
        notes.problems.append(Problem(f"{angabe.feld}: {error}", (), where))
        return None


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
        if read not in example.get(feld, ()):
            return False
    return True


def _doubtful_headings(sheet: Sheet, blatt: Blatt, table: Table) -> Iterator[Problem]:
    """Yield a problem for every heading whose column may mean something else than is read."""
    for feld, column in table.places.items():
        if text := wrong_unit(blatt.find(feld), str(sheet.rows[table.heading][column])):
            yield Problem(text, (), cell_location(sheet.name, table.heading, column))
    for heading, column in table.unknown:
        if field_name(heading) in table.places and _filled(sheet, table, column):
            text = f"Die Spalte {shown(heading)} steht doppelt: löschen Sie eine von beiden"
            yield Problem(text, (), cell_location(sheet.name, table.heading, column))
    for column, cell in enumerate(sheet.rows[table.heading]):
        if isinstance(cell, float | int) and _filled(sheet, table, column):
            text = f"{shown(scalar(cell))} ist keine Überschrift: schreiben Sie z. B. Stunden {str(scalar(cell)).removesuffix('.0')}"
            yield Problem(text, (), cell_location(sheet.name, table.heading, column))


def wrong_unit(angabe: Angabe | None, heading: str) -> str | None:
    """Return what is wrong with the unit in a heading, if anything: an amount in T€ is no amount in EUR."""
    unit, kind = unit_of(heading)
    if not unit or angabe is None or kind == angabe.wertart or (kind == "zahl" and angabe.wertart == "anzahl"):
        return None
    if not kind and angabe.wertart not in {"geld", "zahl", "prozent", "anzahl"}:
        return None  # a remark in brackets, not a unit
    return f"{shown(heading)}: die Einheit „{unit}“ passt nicht zu {angabe.ueberschrift}"


def _filled(sheet: Sheet, table: Table, column: int) -> bool:
    rows = sheet.rows[table.heading + 1 :]
    return any(column < len(row) and scalar(row[column]) is not None for row in rows)


def _remark(
    sheet: Sheet, blatt: Blatt, table: Table, amounts: Mapping[int, Callable[[Decimal], str]], notes: Notes
) -> None:
    computed = _COMPUTED.get(blatt, frozenset())
    fields = ["beteiligter", *(angabe.feld for angabe in blatt.angaben)]
    notes.hinweise.extend(unknown_columns(table, partial(cell_location, sheet.name), fields, computed))
    notes.hinweise.extend(unnamed_columns(sheet.rows, table, sheet.name))
    shown_only = {column: euro for heading, column in table.unknown if field_name(heading) in computed}
    notes.hinweise.extend(wrong_sums(sheet.rows, table, {**amounts, **shown_only}, sheet.name))


def _amounts(blatt: Blatt, table: Table) -> dict[int, Callable[[Decimal], str]]:
    """Return the columns that can be added up, and how their numbers are shown."""
    columns: dict[int, Callable[[Decimal], str]] = {}
    for spalte in _spalten(blatt, table):
        if spalte.wertart == "geld" and spalte.feld != "stundensatz":
            columns[spalte.place] = euro
        elif HOURS.fullmatch(spalte.feld) or spalte.feld == "stunden":
            columns[spalte.place] = zahl
    return columns
