"""What a person may overlook in a sheet that is read: cells nobody sees, and values that a formula gave."""

from collections.abc import Collection, Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from foerdercheck.model.amounts import parse_geld
from foerdercheck.model.deutsch import aufzaehlung, euro
from foerdercheck.model.location import Location, Problem
from foerdercheck.model.scalars import ScalarError
from foerdercheck.reading.cells import cell_name
from foerdercheck.reading.sheet import MAX_COLUMNS, Sheet
from foerdercheck.reading.tables import cell_location
from foerdercheck.reading.values import Notes

_MANY = 20
"""As many cells are listed."""


class Seen(NamedTuple):
    """The cells of a sheet that were read: every filled one in these rows and columns; `money` are columns of amounts."""

    sheet: Sheet
    rows: Sequence[int]
    columns: Collection[int]
    money: Collection[int] = ()


def tell_overlooked(seen: Seen, notes: Notes) -> None:
    """Note the formulas that were read, and what was read though it is hidden."""
    rows, sheet = set(seen.rows), seen.sheet
    for place in sheet.formulas:
        row, column = divmod(place, MAX_COLUMNS)
        if (
            row in rows
            and column in seen.columns
            and column < len(sheet.rows[row])
            and sheet.rows[row][column] is not None
        ):
            notes.formulas.append(cell_location(sheet.name, row, column))
    hidden = list(_hidden(seen))
    if hidden:
        amount = sum((_money(sheet, cell) for cell in hidden if cell[1] in seen.money), Decimal())
        where = f"{_listed([cell_name(*cell) for cell in hidden])}{f', zusammen {euro(amount)}' if amount else ''}"
        what = "Das Blatt ist ausgeblendet und zählt mit" if sheet.hidden else "Ausgeblendete Zellen zählen mit"
        notes.hinweise.append(Problem(f"{what}: {where}.", (), cell_location(sheet.name, *hidden[0])))


def _hidden(seen: Seen) -> Iterator[tuple[int, int]]:
    """Yield the cells that are read though nobody sees them."""
    sheet = seen.sheet
    columns = {column for column in seen.columns if any(column in hidden for hidden in sheet.hidden_columns)}
    for row in seen.rows:
        unseen = seen.columns if sheet.hidden or row in sheet.hidden_rows else columns
        for column in sorted(unseen):
            if column < len(sheet.rows[row]) and sheet.rows[row][column] is not None:
                yield row, column


def _money(sheet: Sheet, cell: tuple[int, int]) -> Decimal:
    try:
        return parse_geld(sheet.rows[cell[0]][cell[1]])
    except ScalarError:
        return Decimal()  # told where it is read


def _listed(cells: Sequence[str]) -> str:
    rest = len(cells) - _MANY
    return aufzaehlung([*cells[:_MANY], f"{rest} weitere"] if rest > 0 else cells)


def formulas_remark(places: Sequence[Location]) -> Problem | None:
    """Return what to say about cells whose stored value is read though they hold formulas."""
    if not places:
        return None
    what = "Eine Zelle enthält eine Formel" if len(places) == 1 else f"{len(places)} Zellen enthalten Formeln"
    return Problem(
        f"{what}; gelesen wird das gespeicherte Ergebnis: {_listed([str(place) for place in places])}.", (), places[0]
    )
