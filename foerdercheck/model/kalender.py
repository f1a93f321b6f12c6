"""Calendar arithmetic: whole years and months, never a number of days standing in for them."""

from calendar import monthrange
from datetime import MAXYEAR, date, timedelta

EIN_TAG = timedelta(days=1)


def plus_months(day: date, months: int) -> date:
    """Return the same day `months` later (earlier if negative), or the last day of a shorter month."""
    year, month0 = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month0 + 1, min(day.day, monthrange(year, month0 + 1)[1]))


def plus_years(day: date, years: int) -> date:
    """Return the same day `years` later (earlier if negative), the last there is at most; 29 February becomes 28 February.

    A period of years ends on the day with the number of the day it began on, or on the last of
    that month (§ 188 BGB; Article 3(2)(c) of Regulation 1182/71).
    """
    if day.year + years > MAXYEAR:
        return date.max
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def last_day(first: date, months: int) -> date:
    """Return the last day of a period of `months` whose first day counts whole (§ 187 II, § 188 II and III BGB).

    It is the day before the one with the number of the first: 1 October and three months end on 31 December; where the
    last month lacks that day it is the last of the month: 31 August and three months end on 30 November.
    """
    same_number = plus_months(first, months)
    return same_number if same_number.day < first.day else same_number - EIN_TAG


def months_per_year(first: date, last: date) -> dict[int, int]:
    """Return for each calendar year how many months have a day within `first` … `last`."""
    months = {}
    for year in range(first.year, last.year + 1):
        start = first.month if year == first.year else 1
        end = last.month if year == last.year else 12
        months[year] = end - start + 1
    return months


def months_touched(first: date, last: date) -> range:
    """Return every month with a day within `first` … `last`, each as the number of months since year 0."""
    return range(month_number(first), month_number(last) + 1)


def whole_months(first: date, last: date) -> range:
    """Return the months counted from `first` on that are over by `last`, each named by the month in which it begins.

    15 January 2027 to 14 January 2028 are twelve, and still twelve a week later.
    """
    months = len(months_touched(first, last))
    while months and last_day(first, months) > last:
        months -= 1
    return range(month_number(first), month_number(first) + months)


def month_number(day: date) -> int:
    """Return the months from January of year 0 to that of `day`."""
    return day.year * 12 + day.month - 1


def months_begun(first: date, last: date) -> int:
    """Return how many months from `first` on have begun by `last`: 15 January to 14 February is one, to the 15th two."""
    months = (last.year - first.year) * 12 + last.month - first.month
    return months + (plus_months(first, months) <= last)
