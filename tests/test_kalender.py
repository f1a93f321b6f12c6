"""Months and years as the calendar has them."""

from calendar import isleap, monthrange
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foerdercheck.model.kalender import EIN_TAG, last_day, months_begun, months_per_year, plus_months, plus_years

DAYS = st.dates(date(1900, 1, 1), date(2199, 12, 31))


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        ("2026-01-31", 1, "2026-02-28"),
        ("2028-01-31", 1, "2028-02-29"),
        ("2026-03-31", -1, "2026-02-28"),
        ("2026-08-31", 1, "2026-09-30"),
        ("2026-12-15", 1, "2027-01-15"),
        ("2026-01-15", -1, "2025-12-15"),
        ("2027-09-30", 3, "2027-12-30"),
        ("2026-05-17", 0, "2026-05-17"),
        ("2026-03-20", 120, "2036-03-20"),
    ],
)
def test_months_later(day, months, then):
    assert plus_months(date.fromisoformat(day), months) == date.fromisoformat(then)


@pytest.mark.parametrize(
    ("day", "years", "then"),
    [
        ("2021-01-16", 5, "2026-01-16"),
        ("2024-02-29", 1, "2025-02-28"),
        ("2024-02-29", 4, "2028-02-29"),
        ("2024-02-29", -1, "2023-02-28"),
        ("2023-02-28", 1, "2024-02-28"),
        ("2096-02-29", 4, "2100-02-28"),
        ("2026-03-20", -3, "2023-03-20"),
    ],
)
def test_years_later(day, years, then):
    assert plus_years(date.fromisoformat(day), years) == date.fromisoformat(then)


@given(DAYS, st.integers(-200, 200))
def test_a_number_of_months_changes_the_month_by_it_and_the_day_only_at_its_end(day, months):
    then = plus_months(day, months)
    assert (then.year * 12 + then.month) - (day.year * 12 + day.month) == months
    assert then.day == min(day.day, monthrange(then.year, then.month)[1])


@given(DAYS, st.integers(-20, 20))
def test_years_are_twelve_months(day, years):
    assert plus_years(day, years) == plus_months(day, 12 * years)


@given(DAYS, DAYS, st.integers(0, 24))
def test_later_days_never_end_earlier(first, second, months):
    first, second = sorted((first, second))
    assert plus_months(first, months) <= plus_months(second, months)


@pytest.mark.parametrize(
    ("first", "months", "last"),
    [
        ("2026-10-01", 3, "2026-12-31"),
        ("2026-08-30", 3, "2026-11-29"),
        ("2026-08-31", 3, "2026-11-30"),
        ("2026-09-01", 3, "2026-11-30"),
        ("2026-11-28", 3, "2027-02-27"),
        ("2026-11-29", 3, "2027-02-28"),
        ("2026-11-30", 3, "2027-02-28"),
        ("2026-12-01", 3, "2027-02-28"),
        ("2027-11-29", 3, "2028-02-28"),
        ("2027-11-30", 3, "2028-02-29"),
        ("2024-02-29", 36, "2027-02-28"),
        ("2024-02-29", 48, "2028-02-28"),
        ("2026-01-31", 1, "2026-02-28"),
        ("2026-01-01", 12, "2026-12-31"),
    ],
)
def test_the_last_day_of_a_period_that_begins_with_a_whole_day(first, months, last):
    """§ 187 II, § 188 II and III BGB."""
    assert last_day(date.fromisoformat(first), months) == date.fromisoformat(last)


@given(DAYS, st.integers(1, 600))
def test_the_next_day_has_the_number_of_the_first_or_begins_a_month(first, months):
    last = last_day(first, months)
    after = last + EIN_TAG
    assert (last.year * 12 + last.month) - (first.year * 12 + first.month) in (months - 1, months)
    assert after.day == first.day or (after.day == 1 and last.day < first.day)


def test_months_per_year_counts_every_month_touched():
    assert months_per_year(date(2026, 4, 1), date(2027, 9, 30)) == {2026: 9, 2027: 9}
    assert months_per_year(date(2026, 4, 30), date(2026, 5, 1)) == {2026: 2}
    assert months_per_year(date(2026, 4, 10), date(2026, 4, 10)) == {2026: 1}
    assert months_per_year(date(2026, 12, 31), date(2029, 1, 1)) == {2026: 1, 2027: 12, 2028: 12, 2029: 1}


@given(DAYS, st.integers(0, 2000))
def test_months_per_year_agrees_with_walking_day_by_day(first, length):
    last = min(first.fromordinal(first.toordinal() + length), date(2199, 12, 31))
    seen = {
        (date.fromordinal(n).year, date.fromordinal(n).month) for n in range(first.toordinal(), last.toordinal() + 1)
    }
    counted = {year: sum(1 for other, _ in seen if other == year) for year, _ in seen}
    assert months_per_year(first, last) == counted


@given(DAYS)
def test_a_day_is_a_day(day):
    assert (day + EIN_TAG).toordinal() == day.toordinal() + 1
    assert isleap(day.year) == (plus_years(date(day.year, 1, 1), 1) - date(day.year, 1, 1) == 366 * EIN_TAG)


@pytest.mark.parametrize(
    ("first", "last", "months"),
    [
        ("2026-01-15", "2026-01-15", 1),
        ("2026-01-15", "2026-02-14", 1),
        ("2026-01-15", "2026-02-15", 2),
        ("2026-01-31", "2026-02-27", 1),
        ("2026-01-31", "2026-02-28", 2),
        ("2026-01-01", "2026-12-31", 12),
        ("2022-07-01", "2028-12-31", 78),
    ],
)
def test_months_that_have_begun(first, last, months):
    assert months_begun(date.fromisoformat(first), date.fromisoformat(last)) == months


@given(DAYS, st.integers(0, 9000))
def test_the_last_month_that_has_begun_has_not_ended(first, days):
    last = first + days * EIN_TAG
    months = months_begun(first, last)
    assert plus_months(first, months - 1) <= last < plus_months(first, months)


def test_years_beyond_the_calendar_end_with_it():
    assert plus_years(date(2026, 2, 28), 9999) == date.max
    assert plus_years(date(2026, 2, 28), 9999 - 2026) == date(9999, 2, 28)
