"""The window, rolling or of fiscal years: every day of some years against a plain reading."""

from datetime import date, timedelta

from foerdercheck.deminimis.fenster import GRENZTAGE, first_fiscal_year, leaves_window, outermost_begins, window_start

from .orakel import counts


def test_every_award_counts_from_its_day_until_it_leaves_for_good():
    for offset in range(8 * 366):
        award = date(2021, 1, 1) + timedelta(offset)
        for grenztag in GRENZTAGE:
            leaves = leaves_window(award, 3, grenztag)
            around = [leaves + timedelta(days) for days in range(-4, 5)]
            assert [counts(award, day, grenztag) for day in around] == [True] * 4 + [False] * 5
            assert counts(award, award, grenztag)
            assert not counts(award, award - timedelta(1), grenztag)


def test_every_window_starts_where_awards_begin_to_count():
    for offset in range(8 * 366):
        day = date(2021, 1, 1) + timedelta(offset)
        for grenztag in GRENZTAGE:
            start = window_start(day, 3, grenztag)
            assert counts(start, day, grenztag)
            assert not counts(start - timedelta(1), day, grenztag)


def test_no_fiscal_year_reaches_back_further_or_less_far_than_the_outermost():
    begins = [(day.month, day.day) for day in (date(2023, 1, 1) + timedelta(number) for number in range(365))]
    for day in (date(2023, 12, 30) + timedelta(number) for number in range(64)):
        starts = [first_fiscal_year(day, 3, begin) for begin in begins]
        assert [first_fiscal_year(day, 3, begin) for begin in outermost_begins(day)] == [min(starts), max(starts)]
