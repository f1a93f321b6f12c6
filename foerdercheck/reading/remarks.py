"""What is remarkable about how a table is written, though it can be read: unknown columns, odd cents, wrong sums."""

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from foerdercheck.model.amounts import parse_geld
from foerdercheck.model.deutsch import aufzaehlung, euro
from foerdercheck.model.headings import heading_of
from foerdercheck.model.location import Location, Problem
from foerdercheck.model.scalars import ScalarError, proposals, shown, suggestion
from foerdercheck.model.synonyme import FELDER
from foerdercheck.reading.cells import Cell, field_name
from foerdercheck.reading.sheet import Cells
from foerdercheck.reading.tables import Table, Where, cell_location

_NOISE = Decimal("0.000001")
_CENT = Decimal("0.01")
_MANY = 20
"""How many columns are worth a remark of their own."""


def unknown_columns(
    table: Table, where: Where, fields: Sequence[str], computed: Collection[str] = ()
) -> Iterator[Problem]:
    """Yield a remark for every heading that is not read, but for those that are `computed` from others.

    `where` tells the place of a row and column.
    """
    unknown = [(heading, column) for heading, column in table.unknown if field_name(heading) not in computed]
    for heading, column in unknown[:_MANY]:
        ort = where(table.heading, column)
        if column in table.doubled:
            first = table.headings[table.doubled[column]]
            text = f"Die Spalte {shown(heading)} steht doppelt; gelesen wird nur die erste."
            if field_name(first) != field_name(heading):
                text = f"Die Spalte {shown(heading)} bedeutet dasselbe wie {shown(first)}; gelesen wird nur die erste."
        else:
            hint = meant(heading, fields)
            text = f"Die Spalte {shown(heading)} ist nicht bekannt und wird nicht gelesen{hint or '.'}"
        yield Problem(text, (), ort, ungelesen=True)
    if rest := unknown[_MANY:]:
        text = f"Auch {len(rest)} weitere Spalten sind nicht bekannt und werden nicht gelesen."
        yield Problem(text, (), where(table.heading, rest[0][1]))


def meant(heading: str, fields: Sequence[str]) -> str:
    """Return which field a heading may be meant for: one it is another word for, else one it is nearly spelt as."""
    known = proposals(field_name(heading).replace("_", " "), fields, FELDER)
    if known:
        return f" – meinten Sie {aufzaehlung([f'„{heading_of((field,))}“' for field in known], 'oder')}?"
    return suggestion(heading, [heading_of((field,)) for field in fields])


def unnamed_columns(rows: Sequence[Cells], table: Table, sheet: str) -> Iterator[Problem]:
    """Yield a remark for every column that holds something but has no heading, at the first cell of it."""
    named = {*table.places.values(), *(column for _, column in table.unknown)}
    width = max(named, default=-1) + 1
    between = [column for column in range(width) if column not in named]
    for index, row in enumerate(rows[table.heading + 1 :], table.heading + 1):
        if not between and len(row) <= width:  # as nearly everywhere
            continue
        unnamed = [column for column, cell in enumerate(row) if cell is not None and column not in named]
        for column in unnamed if unnamed and table.total_label(row) is None else ():
            if len(named) < len(table.places) + len(table.unknown) + _MANY:
                named.add(column)
                text = f"{shown(row[column])} steht in einer Spalte, die keine Überschrift hat; sie wird nicht gelesen."
                yield Problem(text, (), cell_location(sheet, index, column))


def rounding_remark(name: str, cell: Cell) -> str | None:
    """Return what to say about an amount in a cell that is no whole number of cents; noise of floats is none."""
    if not isinstance(cell, Decimal) or int(cell.as_tuple().exponent) >= -2:
        return None
    try:
        cents = parse_geld(cell)
    except ScalarError:
        return None  # reported as an error where it is read
    if abs(cell - cents) <= _NOISE:
        return None
    return f"{name}: {shown(cell)} hat mehr als zwei Nachkommastellen; gerechnet wird mit {euro(cents)}."


def wrong_sums(
    rows: Sequence[Cells], table: Table, columns: Mapping[int, Callable[[Decimal], str]], sheet: str
) -> Iterator[Problem]:
    """Yield a remark for every stored sum that is not the sum of the lines above it.

    `columns` are the columns that can be added up, and how their numbers are shown. A sum may cover everything above
    or only what follows the last one; either is right.
    """
    every = dict.fromkeys(columns, Decimal())
    since = dict(every)
    unknown: set[int] = set()  # columns with a line nobody can add up: a text, an error, a formula without a result
    for index, row in enumerate(rows[table.heading + 1 :], table.heading + 1):
        numbers = {column: number for column in columns if (number := _number(row, column)) is not None}
        label = table.total_label(row)
        if label is None:
            unknown |= {column for column in columns.keys() - numbers.keys() if _is_filled(row, column)}
            for column, number in numbers.items():
                every[column] += number
                since[column] += number
            continue
        for column, number in numbers.items():
            if column not in unknown and all(abs(number - lines) >= _CENT for lines in (every[column], since[column])):
                stored, summed = map(columns[column], (number, every[column]))
                yield Problem(_wrong_sum(label, stored, summed), (), cell_location(sheet, index, column))
        since = dict.fromkeys(columns, Decimal())


def wrong_totals(table: Table, values: Mapping[int, Sequence[Decimal | None]], where: Where) -> Iterator[Problem]:
    """Yield a remark for every such sum of a table that was read: `values` are the amounts of its columns, line by line."""
    since = 0
    for index, row, count in table.totals:
        for column, amounts in values.items():
            stored = _number(row, column)
            every, last = amounts[:count], amounts[since:count]
            sums = [sum(filter(None, lines), Decimal()) for lines in (every, last)]
            if stored is not None and None not in every and all(abs(stored - lines) >= _CENT for lines in sums):
                yield Problem(_wrong_sum(table.total_label(row), euro(stored), euro(sums[0])), (), where(index, column))
        since = count


def _wrong_sum(label: str | None, stored: str, summed: str) -> str:
    return f"{shown(label)}: hier steht {stored}, die Zeilen darüber ergeben {summed}; gerechnet wird mit den Zeilen."


def _is_filled(row: Cells, column: int) -> bool:
    return column < len(row) and row[column] is not None


def _number(row: Cells, column: int) -> Decimal | None:
    value = row[column] if column < len(row) else None
    if isinstance(value, str):
        try:
            return parse_geld(value)
        except ScalarError:
            return None
    return value if isinstance(value, Decimal) and value.is_finite() else None


def all_twice(name: str | None, lines: Counter[Any], counted: dict[str | None, Counter[Any]]) -> Iterator[Problem]:
    """Yield a problem where all awards of one sheet stand on another too; `counted` are those of the sheets before."""
    for other, before in counted.items():
        if lines and before and (lines <= before or before <= lines):
            text = f"Alle Zeilen von {shown(name)} stehen auch auf {shown(other)}, oder umgekehrt: löschen Sie eines der Blätter"
            yield Problem(text, (), Location(blatt=name))
    counted[name] = lines
