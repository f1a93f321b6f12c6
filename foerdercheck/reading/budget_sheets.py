"""The sheets of a budget as rows of values by field, each with its cell; how people write is forgiven, what is unclear is not."""

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from decimal import Decimal
from functools import partial
from typing import NamedTuple

from foerdercheck.model.angabe import HOURS, Angabe, Blatt, Wertart
from foerdercheck.model.angaben import KOSTEN
from foerdercheck.model.beihilfeangaben import BEISPIEL, DEMINIMIS
from foerdercheck.model.beispiel import beispiel_row
from foerdercheck.model.deutsch import euro, zahl
from foerdercheck.model.location import Location, Problem
from foerdercheck.model.records import Tree
from foerdercheck.model.scalars import ScalarError, shown
from foerdercheck.model.words import Vocabulary
from foerdercheck.reading.above import lines_above, units_above
from foerdercheck.reading.cells import column_name, field_name
from foerdercheck.reading.merged import fill_merged
from foerdercheck.reading.misnamed import misnamed_columns, without_amount
from foerdercheck.reading.overlooked import Seen, tell_overlooked
from foerdercheck.reading.remarks import unknown_columns, unnamed_columns, wrong_sums
from foerdercheck.reading.several_columns import SeveralColumns, several_columns
from foerdercheck.reading.sheet import HEADING_ROWS, Cells, Sheet
from foerdercheck.reading.tables import MAX_HEADINGS, Table, cell_location, find_table, headings_of
from foerdercheck.reading.values import Notes, SheetRow, value_of, wrong_units

_HOURS_OF = re.compile(
    r"(?:(?:arbeits)?stunden|std\.?|stundenzahl|anzahl_stunden|h)[_/](?:(?:in|im|für|fuer|je|pro|jahr|kalenderjahr)_)*([0-9]{4})"
)
"""Other headings of that column."""

_COMPUTED = {KOSTEN: frozenset({"betrag"})}
"""Columns of the template that only show what the others come to."""


class _Spalte(NamedTuple):
    """A column that is read: its field, its place from 0 and as letters, and what it holds; None is a name, or hours."""

    feld: str
    place: int
    letters: str
    angabe: Angabe | None
    wertart: Wertart


def table_rows(sheet: Sheet, blatt: Blatt, notes: Notes, vocabulary: Vocabulary) -> Iterator[SheetRow]:
    """Yield the rows of a table that say anything; sums, empty rows and the untouched example are left out.

    Fields of an award may stand in several columns, as in a history.
    """
    fields = {**headings_of(blatt), "beteiligter": "beteiligter", **_years(sheet.rows)}
    table = find_table(sheet.rows, fields, ())
    if table is None:
        if sheet.is_filled:
            wanted = ", ".join(angabe.ueberschrift for angabe in blatt.angaben[:4])
            text = f"Auf diesem Blatt ist keine Zeile mit den erwarteten Überschriften ({wanted} …)."
            notes.problems.append(Problem(text, (), Location(blatt=sheet.name)))
        return
    several = several_columns(table, vocabulary) if blatt == DEMINIMIS else SeveralColumns({}, {}, table.head)
    amounts = _amounts(blatt, table)
    notes.problems.extend(fill_merged(sheet, table, amounts, partial(cell_location, sheet.name)))
    notes.hinweise.extend(clear_example(sheet, blatt, table))
    notes.problems.extend(misnamed_columns(sheet, blatt, table))
    notes.problems.extend(_doubtful_headings(sheet, blatt, table, several.columns))
    notes.problems.extend(units_above(table, partial(cell_location, sheet.name)))
    notes.problems.extend(lines_above(table, blatt, partial(cell_location, sheet.name)))
    _remark(sheet, blatt, table, several, notes)
    spalten = _spalten(blatt, table)
    read: list[int] = []
    for cells in table.data():
        if not notes.take(len(spalten), sheet.name):
            break
        if (found := _row(sheet.name, spalten, index := table.rows[-1], several.joined(cells), notes)) is not None:
            read.append(index)
            yield without_amount(found, table)
    # what counts is the other
    nominal = table.places.get("foerdersumme") if "subventionswert" in table.places else None
    money = [column for column, how in amounts.items() if how is euro and column != nominal]
    tell_overlooked(Seen(sheet, read, [*(spalte.place for spalte in spalten), *several.columns], money), notes)


def _spalten(blatt: Blatt, table: Table) -> list[_Spalte]:
    angaben = {angabe.feld: angabe for angabe in blatt.angaben}
    found = []
    for feld, column in table.places.items():
        angabe = angaben.get("stunden" if HOURS.fullmatch(feld) else feld)
        found.append(_Spalte(feld, column, column_name(column), angabe, angabe.wertart if angabe else "text"))
    return found


def clear_example(sheet: Sheet, blatt: Blatt, table: Table) -> Iterator[Problem]:
    """Empty the example row of the template below the heading if nobody touched it; yield a remark that says so."""
    named = [
        table.places[feld] for feld, words in beispiel_row(blatt).items() if feld in table.places and BEISPIEL in words
    ]
    for column in named:  # only there, as a history may have a million rows
        for index, cells in enumerate(sheet.rows[table.heading + 1 :], table.heading + 1):
            if column >= len(cells) or cells[column] != BEISPIEL:
                continue
            row = _row(sheet.name, _spalten(blatt, table), index, cells, Notes())
            if row is not None and _is_example(row, blatt):
                sheet.rows[index] = ()
                yield Problem("Die Beispielzeile der Vorlage zählt nicht mit.", (), row.ort)


def _years(rows: Sequence[Cells]) -> dict[str, str]:
    """Return the fields of the hours of each year by the names their headings are read as."""
    names = {field_name(cell) for row in rows[:HEADING_ROWS] for cell in row[:MAX_HEADINGS]}
    return {name: f"stunden_{match[1]}" for name in names if (match := _HOURS_OF.fullmatch(name))}


def _row(sheet: str, spalten: list[_Spalte], index: int, cells: Cells, notes: Notes) -> SheetRow | None:
    """Return the values of a row; None if no column that is read holds anything."""
    orte = {spalte.feld: Location(blatt=sheet, zelle=f"{spalte.letters}{index + 1}") for spalte in spalten}
    werte: dict[str, Tree] = {}
    for feld, column, _, angabe, wertart in spalten:
        cell = cells[column] if column < len(cells) else None
        if cell is None:
            continue
        value = value_of(angabe, wertart, cell, orte[feld], notes) if angabe else cell
        if value is not None:
            werte[feld] = value
    first = min(spalten, key=lambda spalte: spalte.place)
    return SheetRow(werte, orte, orte[first.feld]) if werte else None


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


def _doubtful_headings(sheet: Sheet, blatt: Blatt, table: Table, read: Collection[int]) -> Iterator[Problem]:
    """Yield a problem for every heading whose column may mean something else than is read."""
    rows = sheet.rows[table.heading + 1 :]
    filled = {column for row in rows for column, cell in enumerate(row) if cell is not None}
    yield from wrong_units(blatt, table, partial(cell_location, sheet.name))
    for heading, column in table.unknown:
        if column in table.doubled and column in filled and column not in read:
            text = f"Die Spalte {shown(heading)} steht doppelt: löschen Sie eine von beiden"
            yield Problem(text, (), cell_location(sheet.name, table.heading, column))
    for column, cell in enumerate(sheet.rows[table.heading]):
        if isinstance(cell, Decimal) and column in filled and column not in table.places.values():
            text = f"{shown(cell)} ist keine Überschrift: schreiben Sie z. B. Stunden {cell}"
            yield Problem(text, (), cell_location(sheet.name, table.heading, column))


def _remark(sheet: Sheet, blatt: Blatt, table: Table, several: SeveralColumns, notes: Notes) -> None:
    amounts, computed = _amounts(blatt, table), _COMPUTED.get(blatt, frozenset()) | several.names
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
