"""Figures: amounts with their derivation, and German numbers and dates."""

from datetime import date
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import cents

from foerdercheck.model.deutsch import anzahl, aufzaehlung, datum, euro, prozent, zahl
from foerdercheck.model.figure import Figure, added, exact_cents, rounded, smaller, stated, total

PERSONAL = stated(Decimal("1000.00"), "Personalkosten", ("kosten", 0), "20 h × 50,00 €")
REISE = stated(Decimal("0.50"), "Reise", ("kosten", 1))


def test_a_stated_amount_knows_its_place_and_has_no_formula():
    assert (REISE.betrag, REISE.name, REISE.pfad, REISE.formel, REISE.aus) == (
        Decimal("0.50"),
        "Reise",
        ("kosten", 1),
        "",
        (),
    )
    assert PERSONAL.formel == "20 h × 50,00 €"


def test_a_sum_names_its_parts():
    summe = PERSONAL.plus(REISE).named("direkte Kosten", "5.3")
    assert summe.betrag == Decimal("1000.50")
    assert (summe.formel, summe.ziffer, summe.pfad) == ("Personalkosten + Reise", "5.3", None)
    assert summe.aus == (PERSONAL, REISE)


def test_a_difference_puts_a_sum_in_brackets():
    gap = PERSONAL.minus(added((REISE, REISE))).named("Lücke")
    assert gap.betrag == Decimal("999.00")
    assert gap.formel == "Personalkosten − (Reise + Reise)"
    assert gap.aus == (PERSONAL, REISE, REISE)


def test_a_share_is_exact_until_it_is_rounded_and_says_so():
    share = REISE.share(Decimal("0.15"))
    assert share.betrag == Decimal("0.075")
    assert share.formel == "15 % × Reise"
    up, down = share.rounded("kaufmaennisch").named("G"), share.rounded("ab").named("G")
    assert (str(up.betrag), up.formel) == ("0.08", "15 % × Reise, gerundet")
    assert (str(down.betrag), down.formel) == ("0.07", "15 % × Reise, abgerundet")
    assert up.aus == (REISE,)


def test_rounding_that_changes_nothing_is_not_mentioned():
    share = PERSONAL.share(Decimal("0.125")).rounded("ab")
    assert (str(share.betrag), share.formel) == ("125.00", "12,5 % × Personalkosten")


def test_a_sum_over_lines_counts_them():
    assert total([PERSONAL, REISE]).formel == "Summe über 2 Positionen"
    assert total([PERSONAL]).formel == "Summe über 1 Position"
    assert total([PERSONAL, REISE], "Geber", "Geber").formel == "Summe über 2 Geber"
    nothing = total([])
    assert (str(nothing.betrag), nothing.formel, nothing.aus) == ("0.00", "Summe über 0 Positionen", ())


def test_naming_a_named_figure_keeps_the_first_one_below():
    again = PERSONAL.named("Zuwendung")
    assert (again.name, again.formel, again.aus, again.betrag) == (
        "Zuwendung",
        "Personalkosten",
        (PERSONAL,),
        PERSONAL.betrag,
    )


def test_the_smaller_of_two_names_both():
    least = smaller(PERSONAL, REISE).named("Zuwendung")
    assert (least.betrag, least.formel) == (Decimal("0.50"), "kleinerer Betrag von Personalkosten und Reise")


def test_unnamed_steps_vanish_from_the_derivation():
    inner = added((PERSONAL, REISE))
    outer = inner.share(Decimal("0.5")).rounded("kaufmaennisch").named("Hälfte")
    assert outer.formel == "50 % × (Personalkosten + Reise)"
    assert outer.aus == (PERSONAL, REISE)
    assert Figure(Decimal("5.00")).plus(REISE).formel == "5,00 € + Reise"


def test_an_explanation_replaces_the_formula():
    assert Figure(Decimal("0.00"), "höchste Zuwendung").explained("kein Satz").formel == "kein Satz"


def test_adding_nothing_is_zero_cents():
    assert str(added(()).betrag) == "0.00"


@given(st.fractions(0, 10**12))
def test_exact_cents_agree_with_decimal(value):
    with localcontext() as context:
        context.prec = 400
        for rundung, mode in (("kaufmaennisch", ROUND_HALF_UP), ("ab", ROUND_DOWN)):
            got = exact_cents(value, rundung)
            assert got.as_tuple().exponent == -2
            scaled = value * 100
            whole, rest = divmod(scaled.numerator, scaled.denominator)
            up = mode == ROUND_HALF_UP and 2 * rest >= scaled.denominator
            assert got == Decimal(whole + up).scaleb(-2)
            if value.denominator in {1, 2, 4, 5, 8, 10, 16, 20, 25, 1000}:
                exact = Decimal(value.numerator) / Decimal(value.denominator)
                assert got == exact.quantize(Decimal("0.01"), mode)


@pytest.mark.parametrize(
    ("value", "up", "down"),
    [("1/200", "0.01", "0.00"), ("1/3", "0.33", "0.33"), ("2/3", "0.67", "0.66"), ("0", "0.00", "0.00"), ("3/200", "0.02", "0.01"),
     ("49999999999/10000000000000", "0.00", "0.00")],
)  # fmt: skip
def test_exact_cents_at_the_half(value, up, down):
    assert str(exact_cents(Fraction(value), "kaufmaennisch")) == up
    assert str(exact_cents(Fraction(value), "ab")) == down


@given(st.integers(0, 10**16).map(lambda value: Decimal(value).scaleb(-4)))
def test_rounded_agrees_with_exact_cents(betrag):
    for rundung in ("kaufmaennisch", "ab"):
        assert rounded(betrag, rundung) == exact_cents(Fraction(betrag), rundung)
        assert Figure(betrag).rounded(rundung).betrag == rounded(betrag, rundung)


@given(st.lists(cents(), max_size=8))
def test_sums_are_exact(betraege):
    figures = [Figure(betrag, f"F{index}") for index, betrag in enumerate(betraege)]
    assert total(figures).betrag == added(figures).betrag == sum(betraege, Decimal())
    assert total(figures).aus == tuple(figures)


def test_german_numbers():
    assert euro(Decimal(112660)) == "112.660,00 €"
    assert euro(Decimal("-0.50")) == "-0,50 €"
    assert zahl(Decimal(1720)) == "1.720"
    assert zahl(Decimal("1290.50")) == "1.290,5"
    assert zahl(Fraction(1, 3)) == "0,3333"
    assert zahl(Fraction(1, 3), 2) == "0,33"
    assert zahl(100, 0) == "100"
    assert zahl(10_000) == "10.000"
    assert prozent(Decimal("0.125")) == "12,5 %"
    assert prozent(Decimal("0.75")) == "75 %"
    assert prozent(Decimal(1)) == "100 %"
    assert datum(date(2026, 3, 1)) == "01.03.2026"


def test_german_lists():
    assert aufzaehlung(["a"]) == "a"
    assert aufzaehlung(["a", "b"]) == "a und b"
    assert aufzaehlung(iter(["a", "b", "c"]), "oder") == "a, b oder c"
    assert anzahl(1, "Auftrag", "Aufträge") == "1 Auftrag"
    assert anzahl(0, "Auftrag", "Aufträge") == "0 Aufträge"
