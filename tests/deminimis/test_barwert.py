"""Present values: the Commission's worked example, instalments, and properties that must hold for all of them."""

from decimal import Decimal
from fractions import Fraction
from math import floor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foerdercheck.deminimis.barwert import instalments, loan_grant_equivalent, yearly_advantages

from .bau import eur
from .strategien import FEST

SATZ = Decimal("0.08")
G1 = (Decimal(500000), 10, Decimal("0.06"), SATZ, SATZ)


def test_g1_yearly_values_as_published():
    published = [9259, 7716, 6351, 5145, 4083, 3151, 2334, 1621, 1000, 463]
    assert [floor(value + Fraction(1, 2)) for value in yearly_advantages(*G1)] == published
    assert sum(published) == 41123


def test_g1_unrounded():
    assert str(loan_grant_equivalent(*G1)) == "41123.98"


def test_t19_instalments():
    assert str(instalments([Decimal(40000)] * 3, Decimal("0.0319"))) == "116328.56"


def test_the_first_instalment_is_not_discounted():
    assert instalments([eur("100.10")], SATZ) == eur("100.10")
    assert instalments([eur(0), eur(108)], SATZ) == eur(100)
    assert str(instalments([], SATZ)) == "0.00"


def test_half_a_cent_goes_up_at_the_end_only():
    assert str(instalments([Decimal("0.005")], SATZ)) == "0.01"
    assert str(instalments([Decimal("0.0049")], SATZ)) == "0.00"
    assert str(instalments([Decimal("0.004"), Decimal("0.001")], Decimal(0))) == "0.01"


def test_negative_rates_make_later_payments_worth_more():
    assert instalments([Decimal(0), Decimal(100)], Decimal("-0.0039")) == eur("100.39")


@pytest.mark.parametrize("zins", ["0.08", "0.09"])
def test_a_loan_at_market_rate_contains_no_aid(zins):
    assert str(loan_grant_equivalent(Decimal(500000), 10, Decimal(zins), SATZ, SATZ)) == "0.00"


def test_one_year():
    assert loan_grant_equivalent(Decimal(108000), 1, Decimal("0.03"), Decimal("0.08"), SATZ) == 5000


@FEST(200)
@given(st.lists(st.integers(0, 10**9), min_size=1, max_size=8), st.integers(-99, 2500))
def test_instalments_lie_between_their_sum_and_the_last_day(cents, basis_points):
    amounts = [Decimal(value).scaleb(-2) for value in cents]
    satz = Decimal(basis_points).scaleb(-4)
    value, exact = instalments(amounts, satz), Fraction()
    for amount in reversed(amounts):
        exact = Fraction(amount) + exact / (1 + Fraction(satz))
    assert abs(Fraction(value) - exact) <= Fraction(1, 200)
    assert (value <= sum(amounts)) if satz >= 0 else (value >= sum(amounts))
