"""Columns without which a sheet says nothing, under headings that are not quite ours: named once, at the heading."""

import re
from collections.abc import Collection, Iterator, Sequence
from datetime import date

from foerdercheck.model.angabe import HOURS, Blatt
from foerdercheck.model.angaben import BETEILIGTE, FINANZIERUNG, KOSTEN
from foerdercheck.model.deutsch import aufzaehlung
from foerdercheck.model.headings import heading_of
from foerdercheck.model.location import Problem
from foerdercheck.model.scalars import fold, proposals, shown
from foerdercheck.model.synonyme import BETRAEGE, FELDER
from foerdercheck.reading.cells import Cell, field_name
from foerdercheck.reading.sheet import Sheet
from foerdercheck.reading.tables import MAX_HEADINGS, Table, cell_location
from foerdercheck.reading.values import SheetRow

_NEEDED = {
    BETEILIGTE: ("name", "art"),
    KOSTEN: ("kostenart", "bezeichnung", "stundensatz", "stunden", "netto", "brutto"),
    FINANZIERUNG: ("geber", "betrag"),
}
_YEAR = re.compile(r"(?:jahr_)?(?:19|20|21)[0-9]{2}")
_COMPUTED = "berechnet"
"""Says a heading of the template whose cells only show what others come to."""
_PRICES = ("netto", "brutto")
_AMOUNTS = frozenset(fold(word) for word in BETRAEGE)


def misnamed_columns(sheet: Sheet, blatt: Blatt, table: Table) -> Iterator[Problem]:
    """Yield a problem for every filled column that seems to be one the sheet needs and has not, and read it as that.

    So the lines below do not each lack what stands in them.
    """
    holding = {column for row in sheet.rows[table.heading + 1 :] for column, cell in enumerate(row) if cell is not None}
    for heading, column in table.unknown:
        meant = _meant(heading, blatt, table, holding) if column in holding else ()
        if meant:
            table.take_for(meant[0], column)
            names = aufzaehlung([heading_of((field,)) for field in meant], "oder")
            text = f"Die Spalte {shown(heading)} wird nicht gelesen: nennen Sie sie {names}"
            yield Problem(text, (), cell_location(sheet.name, table.heading, column))
    for column, cell in enumerate(table.head[:MAX_HEADINGS] if blatt == KOSTEN else ()):
        year = _year(cell) if column in holding else ""
        if year and f"stunden_{year}" not in table.places:
            table.take_for(f"stunden_{year}", column)
            text = f"{shown(cell if isinstance(cell, str) else year)} ist keine Überschrift: schreiben Sie z. B. Stunden {year}"
            yield Problem(text, (), cell_location(sheet.name, table.heading, column))


def _year(cell: Cell) -> str:
    """Return the year that is all a heading says, as a text, a number or a date; else nothing."""
    said = field_name(cell) if isinstance(cell, str) else str(cell.year if isinstance(cell, date) else cell)
    return said.removeprefix("jahr_") if _YEAR.fullmatch(said) else ""


def without_amount(row: SheetRow, table: Table) -> SheetRow:
    """Return a row without the amount below a heading that is none of ours, if it is personnel: there it is what its hours cost."""
    if not set(_PRICES) & set(table.taken) or "stundensatz" not in row.werte:
        return row
    return row._replace(werte={field: value for field, value in row.werte.items() if field not in table.taken})


def _meant(heading: str, blatt: Blatt, table: Table, holding: Collection[int]) -> Sequence[str]:
    """Return the fields a heading may be meant for, of those that are needed and have no column, or prices in none."""
    name = field_name(heading)
    priced = any(table.places.get(field) in holding for field in _PRICES)
    has = {*table.places, *(["stunden"] if any(map(HOURS.fullmatch, table.places)) else [])}
    missing = [field for field in _NEEDED.get(blatt, ()) if (not priced if field in _PRICES else field not in has)]
    if name in table.places or not missing or _COMPUTED in fold(heading):
        return ()
    if name in _AMOUNTS:
        return [field for field in missing if field in _PRICES]
    return proposals(name.replace("_", " "), missing, FELDER)
