"""Rows of a table are read some hundred at a time, column by column: as if each were read alone, with the same problems."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foerdercheck.model.amounts import parse_geld
from foerdercheck.model.beihilfe import Beihilfe
from foerdercheck.model.plain import plain_amounts, plain_texts
from foerdercheck.model.records import Intake
from foerdercheck.model.rows import TOGETHER, Spalten, read_rows
from foerdercheck.model.scalars import MAX_TEXT, Flaw, Percent, ScalarError, parse_text
from foerdercheck.reading.cells import scalar

TEXTE = ("Müller & Söhne GmbH", "AZ-1", "a  b", " a", "a ", "a\nb", "a\tb", "\u00a0a", "=A1", "#5", "#N/A", "a\u200bb", "x\x07y", "",
         " ", "a" * MAX_TEXT, "a" * (MAX_TEXT + 1), "Ωmega", "a\u2028b", "100 €", Flaw("zeigt etwas anderes"))  # fmt: skip
BETRAEGE = ("0,00", "1,00", "01,00", "1.234,56", "1234,56", "1.23,45", "12345678901,00", "123456789012,00", "1.234.567.890,12",
            "1234.56", "1,234.56", "48.000", "", "1,00\n2,00", "5 €", "-1,00", "١,00", Flaw("5,00"))  # fmt: skip


def alone(parse, cell):
    try:
        return parse(cell)
    except ScalarError:
        return ScalarError


@pytest.mark.parametrize(
    ("plain", "parse", "cells"), [(plain_texts, parse_text, TEXTE), (plain_amounts, parse_geld, BETRAEGE)]
)
def test_what_is_read_together_means_what_each_means(plain, parse, cells):
    for first in cells:
        for second in ("a", "2,00", "2.00", *cells):
            together = plain([first, second]) if not isinstance(first, Flaw) and not isinstance(second, Flaw) else None
            assert together is None or [*together] == [alone(parse, first), alone(parse, second)]


def test_most_cells_are_read_together():
    assert plain_texts(["Müller & Söhne GmbH", "AZ-1", "100 %"])
    assert plain_amounts(["1.234,56", "1234,56", "0,00"]) == [Decimal("1234.56"), Decimal("1234.56"), Decimal(0)]
    assert plain_amounts(["1234.56", "0.00"]) == [Decimal("1234.56"), Decimal(0)]


CELLS = {
    "unternehmen": TEXTE,
    "gewaehrt_am": ("01.02.2025", "2025-02-01", date(2025, 2, 1), "", None, "31.02.2025"),
    "aktenzeichen": (*TEXTE[:3], "", "1", True, Decimal(1), Decimal("1.0")),
    "subventionswert": (
        *BETRAEGE,
        Decimal("1.5"),
        Decimal("2.345"),
        Decimal(-2),
        Decimal(10) ** 12,
        Decimal(1),
        Decimal(0),
        True,
        None,
    ),
    "laufzeit_jahre": ("5", Decimal(1), Decimal("1.0"), True, None),
    "besicherung": ("50 %", Percent("0.5"), Decimal("0.5"), Percent(1), Decimal(1), True, None),
    "status": ("bewilligt", "gewährt", "beantragt", "", "fort"),
}
GOOD = ("A", "01.02.2025", "AZ", "1,00", None, None, "bewilligt")


def read_together_as_alone(rows):
    intake, each = Intake(), Intake()
    spalten = Spalten({name: column for column, name in enumerate(CELLS)}, scalar)
    found = read_rows(intake, Beihilfe, spalten, rows, ("beihilfen",))
    read = []
    for number, row in enumerate(rows):
        tree = {name: value for name, cell in zip(CELLS, row, strict=False) if (value := scalar(cell)) is not None}
        read.append(each.read(Beihilfe, tree, ("beihilfen", number)))
    said = sorted(each.problems, key=lambda problem: (problem.pfad[1], [*CELLS].index(problem.pfad[2])))
    assert [(problem.text, problem.pfad) for problem in intake.problems] == [(each.text, each.pfad) for each in said]
    assert list(map(repr, found)) == ([] if said else list(map(repr, read)))


@pytest.mark.parametrize("name", CELLS)
def test_a_cell_means_the_same_whatever_stands_around_it(name):
    place = [*CELLS].index(name)
    cells = [GOOD[place], *CELLS[name]]
    for first in cells:
        for second in cells:
            read_together_as_alone([(*GOOD[:place], cell, *GOOD[place + 1 :]) for cell in (first, second, GOOD[place])])


@given(
    st.lists(st.tuples(*map(st.sampled_from, CELLS.values())), max_size=40),
    st.integers(min_value=0, max_value=TOGETHER),
    st.booleans(),
)
def test_rows_are_read_as_each_alone(odd, place, short):
    rows = [GOOD] * (place + 20)
    rows[place:place] = odd
    read_together_as_alone([row[:4] if short and row[4:] == GOOD[4:] else row for row in rows])
