"""Rows that stand where no line is read: above a heading, or on another sheet without one; what could be a line is refused."""

import re
from collections.abc import Iterator

from foerdercheck.model.angabe import Angabe, Blatt
from foerdercheck.model.location import Problem
from foerdercheck.model.scalars import ScalarError, fold
from foerdercheck.reading.cells import Cell, field_name, of_thousands
from foerdercheck.reading.sheet import Cells
from foerdercheck.reading.tables import Table, Where, headings_of, is_amount

_TITLE = (
    r"(?i)stand|datum|version|fassung|projekt|vorhaben|titel|aktenzeichen|az\b|f(?:ö|oe)rder|fkz|antrag|nummer|nr\b|seite|erstellt|bearbeit"
    r"|zeitraum|laufzeit|jahr|budget|plan|kosten|gesamt|summe|zuwendung|liste"
)
_OF_AMOUNTS = re.compile(r"betr[aä]g|angaben|werte|zahlen|summen|alles|\bin\b", re.IGNORECASE)
_TELLING = frozenset({"geld", "zahl"})
_UNLIKELY = frozenset({"wort", "datum", "ja_nein"})
_SURE = 3
"""As many values below headings to come, an amount among them, make a line whatever it begins with; a day, unless with a title."""


def units_above(
    table: Table, where: Where, way: str = "schreiben Sie sie in Euro, und löschen Sie das"
) -> Iterator[Problem]:
    """Yield a problem for every row above the heading that says of all amounts below that they are in another unit than EUR."""
    for index, row in enumerate(table.above):
        column, unit = next(
            ((column, said) for column, cell in enumerate(row) if (said := _unit_of_all(row, cell))), (0, "")
        )
        if unit:
            text = f"Hier steht „{unit}“ über den Beträgen, gelesen würden sie in Euro: {way}"
            yield Problem(text, (), where(index, column))


def lines_above(table: Table, blatt: Blatt, where: Where) -> Iterator[Problem]:
    """Yield a problem for every row above the heading that would be lost as a line, or is a heading itself."""
    known, fields = {angabe.feld: angabe for angabe in blatt.angaben}, headings_of(blatt)
    for index, row in enumerate(table.above):
        filled = [(feld, column) for feld, column in table.places.items() if column < len(row) and _holds(row[column])]
        if len({fields[name] for name in map(field_name, row) if name in fields}) > 1:
            text = "Diese Zeile sieht aus wie eine zweite Überschrift, und gelesen wird nur unter der unteren: löschen Sie eine"
        elif (
            len(filled) > 1
            and table.total_label(row) is None
            and _is_line([(known.get(feld), row[column]) for feld, column in filled])
        ):
            text = "Diese Zeile steht über der Überschrift und würde nicht gelesen: setzen Sie sie darunter, oder löschen Sie sie"
        else:
            continue
        yield Problem(text, (), where(index, min((column for _, column in filled), default=0)))


def _unit_of_all(row: Cells, cell: Cell) -> str:
    """Return the unit, other than EUR, that a cell says all amounts below are in: it stands alone, or speaks of amounts."""
    unit = of_thousands(cell)
    alone = bool(unit) and sum(map(_holds, row)) == 1
    return (
        unit
        if alone and isinstance(cell, str) and (_OF_AMOUNTS.search(cell) or fold(cell).strip("()[] .") == fold(unit))
        else ""
    )


def _holds(cell: Cell) -> bool:
    return cell is not None and cell != ""


def _is_line(cells: list[tuple[Angabe | None, Cell]]) -> bool:
    telling = any(angabe is not None and _tells(angabe, cell) for angabe, cell in cells)
    first = cells[0][1]
    titled = isinstance(first, str) and (re.match(_TITLE, first.strip()) or first.rstrip().endswith(":"))
    many = len(cells) >= _SURE
    dated = many and any(
        angabe is not None and angabe.wertart == "datum" and _is_read(angabe, cell) for angabe, cell in cells
    )
    return (telling and (many or not titled)) or (dated and not titled)


def _tells(angabe: Angabe, cell: Cell) -> bool:
    """Tell whether a cell holds what hardly stands there by chance: an amount, or a word of those that are possible."""
    if angabe.wertart not in _TELLING and not angabe.worte:
        return False
    return _is_read(angabe, cell) or (angabe.wertart == "geld" and is_amount(cell))


def would_be_line(table: Table, blatt: Blatt, row: Cells) -> bool:
    """Tell whether a row of another sheet would be a line below this heading: all can be read, also an amount and a word or day."""
    cells = [
        (angabe, row[table.places[angabe.feld]])
        for angabe in blatt.angaben
        if angabe.feld in table.places
        and table.places[angabe.feld] < len(row)
        and _holds(row[table.places[angabe.feld]])
    ]
    kinds = {"wort" if angabe.worte else angabe.wertart for angabe, _ in cells}
    sure = len(cells) >= _SURE and kinds & _TELLING and kinds & _UNLIKELY
    return bool(sure) and all(_is_read(angabe, cell) for angabe, cell in cells)


def _is_read(angabe: Angabe, cell: Cell) -> bool:
    try:
        angabe.parse(cell)
    except ScalarError:
        return False
    return True
