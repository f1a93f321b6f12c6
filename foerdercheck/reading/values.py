"""Values of cells as the fields of a budget take them; how people write is forgiven, what is unclear is not."""

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from foerdercheck.model.angabe import Angabe, Blatt, Wertart
from foerdercheck.model.deutsch import zahl
from foerdercheck.model.location import Location, Problem
from foerdercheck.model.records import Tree
from foerdercheck.model.scalars import Percent, ScalarError, fold, parse_text, shown
from foerdercheck.reading.cells import Cell, unit_of, without_unit
from foerdercheck.reading.lists import items, items_or_shares
from foerdercheck.reading.remarks import rounding_remark
from foerdercheck.reading.tables import Table, Where

_DECIMALS: Mapping[str, Decimal] = {"zahl": Decimal("0.0001"), "prozent": Decimal("0.000001")}
_EXAMPLES = ("z. b.", "z.b.", "zum beispiel", "bspw.")
"""How a remark in brackets begins that gives examples and no unit."""
_NOISE = Decimal("0.000000001")
_AS_TEXT = "formatieren Sie die Zelle als Text und schreiben Sie neu"
_MOST = Decimal(10) ** 12
_MAX_CELLS = 300_000
"""Every value is kept with its place, and judged by rules: ten thousand lines of thirty columns take seconds."""


class SheetRow(NamedTuple):
    """A row of a sheet: the values of its filled cells by field, the cells of all its fields, and its first cell."""

    werte: Mapping[str, Tree]
    orte: Mapping[str, Location]
    ort: Location


class Notes:
    """What is wrong with a workbook, what is merely remarkable, and the cells that were read though a formula gave them."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self.hinweise: list[Problem] = []
        self.formulas: list[Location] = []
        self._left = _MAX_CELLS

    def take(self, cells: int, sheet: str) -> bool:
        """Count cells that are read as values of a budget, and tell whether there may be more."""
        if self._left >= 0 > self._left - cells:
            text = "Die Datei ist zu groß: mehr als 300.000 Zellen (Zeilen mal Spalten) werden nicht gelesen"
            self.problems.append(Problem(text, (), Location(blatt=sheet)))
        self._left -= cells
        return self._left >= 0


def value_of(angabe: Angabe, wertart: Wertart, value: Cell, where: Location, notes: Notes) -> Tree | None:
    """Return what a cell says as a value of a field; None if it is empty."""
    if value is None:
        return None
    if wertart == "geld" and (text := rounding_remark(angabe.ueberschrift, value)):
        notes.hinweise.append(Problem(text, (), where))
    if wertart == "ja_nein":
        return _yes_or_no(value)
    if wertart == "anteile":
        return _items_or_shares(angabe, value, where, notes)
    if wertart in _DECIMALS and isinstance(value, Decimal) and value.is_finite():
        return _kept(angabe.ueberschrift, value, _DECIMALS[wertart], where, notes)
    if isinstance(value, Decimal) and value != value.to_integral_value() and wertart == "text":
        text = f"{angabe.ueberschrift}: {shown(value)} ist als Zahl gespeichert; {_AS_TEXT}"
        notes.problems.append(Problem(text, (), where))
    if isinstance(value, date) and angabe.parse is parse_text and not angabe.vokabular:
        text = f"{angabe.ueberschrift}: die Zelle enthält das Datum {value:%d.%m.%Y}; {_AS_TEXT}"
        notes.problems.append(Problem(text, (), where))
    return items(value) if wertart == "liste" else value


def _kept(name: str, value: Decimal, decimals: Decimal, where: Location, notes: Notes) -> Decimal:
    """Return a number as it is computed with; a remark says so where that is not what the cell holds."""
    if abs(value) >= _MOST:
        return value  # refused where it is read
    kept = value.__class__(value.quantize(decimals, ROUND_HALF_UP))
    if abs(value - kept) > _NOISE:
        counted = str(kept) if isinstance(kept, Percent) else zahl(kept, 6)
        text = f"{name}: {shown(value)} hat zu viele Nachkommastellen; gerechnet wird mit {counted}."
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
        notes.problems.append(Problem(f"{angabe.ueberschrift}: {error}", (), where))
        return None


def wrong_units(blatt: Blatt, table: Table, where: Where) -> Iterator[Problem]:
    """Yield a problem for every heading with a unit that its field does not have; `where` tells the place of a row and column."""
    for feld, column in table.places.items():
        angabe, heading = blatt.find(feld), table.headings[feld]
        known = set(map(fold, angabe.auch)) if angabe is not None else set()  # what stands in brackets there is no unit
        for part in (heading, without_unit(heading)):
            if fold(part) in known:
                break
            if text := wrong_unit(angabe, part):
                yield Problem(text, (), where(table.heading, column))
                break


def wrong_unit(angabe: Angabe | None, heading: str) -> str | None:
    """Return what is wrong with the unit in a heading, if anything: an amount in T€ is no amount in EUR."""
    unit, kind = unit_of(heading)
    if not unit or angabe is None or kind == angabe.wertart or (kind == "zahl" and angabe.wertart == "anzahl"):
        return None
    if unit.startswith(_EXAMPLES):
        return None
    if not kind and angabe.wertart not in {"geld", "zahl", "prozent", "anzahl"}:
        return None  # a remark in brackets, not a unit
    return f"{shown(heading)}: die Einheit „{unit}“ passt nicht zu {angabe.ueberschrift}"
