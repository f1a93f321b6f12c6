"""Where the columns of a foreign table stand: by their heading or their letters, found once, with a unit that fits."""

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from foerdercheck.model.angabe import Angabe
from foerdercheck.model.deutsch import einige
from foerdercheck.model.location import Problem
from foerdercheck.model.records import MAX_PROBLEMS
from foerdercheck.model.scalars import fold, shown, suggestion
from foerdercheck.model.zuordnung import TABELLEN, Fremdtabelle, angabe_of
from foerdercheck.reading.above import lines_above, units_above
from foerdercheck.reading.cells import column_index, column_name
from foerdercheck.reading.foreign import ForeignSheet
from foerdercheck.reading.mapped_values import ForeignWords, wrong_heading
from foerdercheck.reading.sheet import HEADING_ROWS, Cells
from foerdercheck.reading.tables import Table
from foerdercheck.reading.values import Notes

_MANY = 20
_LETTERS = re.compile(r"[A-Z]{1,3}")
_MOST_HEADINGS = 100
"""So many are looked at to find one that is near."""


class Column(NamedTuple):
    """A field that is read from a column, with what its foreign words mean and what its amounts are multiplied by."""

    feld: str
    place: int
    angabe: Angabe | None
    words: ForeignWords | None
    faktor: Decimal | None


class Columns(NamedTuple):
    """The columns of a table on one sheet: the fields of a row, those that become rows of their own, all by what names them."""

    table: Table
    fields: Sequence[Column]
    across: Mapping[str, Column]
    places: Mapping[str, int]

    @property
    def read(self) -> list[Column]:
        """All columns that are read."""
        return [*self.fields, *self.across.values()]

    @property
    def money(self) -> set[int]:
        """Where amounts stand."""
        return {column.place for column in self.read if column.angabe and column.angabe.wertart == "geld"}


def column_of(key: str, tabelle: Fremdtabelle, feld: str, place: int) -> Column:
    """Return how a field of a table is read from a column."""
    words = tabelle.woerter.get(feld)
    folded = None if words is None else {fold(foreign): (foreign, own) for foreign, own in words.items()}
    return Column(feld, place, angabe_of(key, feld), folded, tabelle.faktor.get(feld))


def find_columns(foreign: ForeignSheet, key: str, tabelle: Fremdtabelle, notes: Notes) -> Columns | None:
    """Return the columns of a table on one sheet; None after noting what is not there."""
    rows, stated, own = foreign.sheet.rows, tabelle.kopfzeile, tabelle.zeilen_aus_spalten
    heading = _heading(rows, tabelle.spalten) if stated is None else foreign.row(stated) if stated else -1
    if heading is None or heading >= len(rows):
        text = _no_heading(rows, tabelle) if stated is None else f"kopfzeile: so viele Zeilen gibt es nicht ({stated})"
        notes.problems.append(Problem(text, (), foreign.where(0, 0)))
        return None
    table = Table({}, rows[: heading + 1] or [()], ())
    table.heading = heading
    places = _places(foreign, table, tabelle.spalten, notes)
    if len(places) < len(tabelle.spalten):
        return None
    fields = [column_of(key, tabelle, feld, places[spalte]) for feld, spalte in tabelle.felder.items()]
    across = {spalte: column_of(key, tabelle, own.feld, places[spalte]) for spalte in tabelle.je_spalte} if own else {}
    found = Columns(table, fields, across, places)
    table.places = {column.feld: column.place for column in found.read}
    for column in found.read:
        named = table.head[column.place] if column.place < len(table.head) else None
        if isinstance(named, str) and (said := wrong_heading(column.angabe, named, column.faktor)):
            notes.problems.append(Problem(said, (), foreign.where(heading, column.place)))
    if any(column.faktor is None for column in found.read if column.place in found.money):
        notes.problems.extend(units_above(table, foreign.where, "geben Sie faktor an"))
    if stated is None:
        notes.problems.extend(lines_above(table, TABELLEN[key], foreign.where))
    return found


def _places(foreign: ForeignSheet, table: Table, spalten: Sequence[str], notes: Notes) -> dict[str, int]:
    """Return where each column stands that is there once, by its heading or its letters, after noting the others."""
    places: dict[str, int] = {}
    headed: dict[str, list[int]] = {}
    for place, cell in enumerate(table.head):
        if isinstance(cell, str):
            headed.setdefault(fold(cell), []).append(place)
    width = max(map(len, foreign.sheet.rows))
    for spalte in spalten:
        lettered = column_index(spalte) if _LETTERS.fullmatch(spalte) else width
        ways = [*headed.get(fold(spalte), ()), *([lettered] if lettered < width else [])]
        if len(set(ways)) == 1:
            places[spalte] = ways[0]
        elif len(notes.problems) <= MAX_PROBLEMS:
            where = foreign.where(max(table.heading, 0), ways[0] if ways else 0)
            notes.problems.append(Problem(_not_once(table.head, spalte, ways), (), where))
    return places


def _heading(rows: Sequence[Cells], spalten: Sequence[str]) -> int | None:
    """Return the first row that has most of the headings stated; None if none has any."""
    wanted = frozenset(map(fold, spalten))
    counts = [len(wanted & {fold(cell) for cell in row if isinstance(cell, str)}) for row in rows[:HEADING_ROWS]]
    best = max(counts, default=0)
    return counts.index(best) if best else None


def _no_heading(rows: Sequence[Cells], tabelle: Fremdtabelle) -> str:
    there = [cell for row in rows[:HEADING_ROWS] for cell in row if isinstance(cell, str)][:_MOST_HEADINGS]
    if not there:
        return "Hier steht nichts, auch keine Überschriften"
    near = next(filter(None, (suggestion(spalte, there) for spalte in tabelle.spalten[:_MANY])), "")
    named = einige(map(shown, tabelle.spalten), _MANY)
    return (
        f"Keine Zeile mit den Überschriften der Zuordnung ({named}){near or '; bei Buchstaben geben Sie kopfzeile an'}"
    )


def _not_once(head: Cells, spalte: str, ways: Sequence[int]) -> str:
    if ways:
        letters = " oder ".join(map(column_name, ways[:_MANY]))
        return f"{shown(spalte)} kann {len(ways)} Spalten meinen: nennen Sie den Buchstaben der richtigen ({letters})"
    there = [cell for cell in head if isinstance(cell, str)][:_MOST_HEADINGS]
    near = suggestion(spalte, there) or f"; dort stehen: {einige(map(shown, there), _MANY) or 'keine Texte'}"
    return f"Die Überschrift {shown(spalte)} gibt es in dieser Zeile nicht{near}"
