"""Hours of personnel: spread over the years of a project, and granted up to the yearly maximum of a person."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction

from foerdercheck.model.budget import Stundenposition, Vorhaben
from foerdercheck.model.kalender import months_per_year

Stundenzahl = Fraction | int
"""Hours without rounding; an int where they are whole, which is quicker."""
Jahresstunden = Mapping[int, Stundenzahl]


def claimed_hours(position: Stundenposition, vorhaben: Vorhaben) -> Jahresstunden:
    """Return the claimed hours per calendar year; one number is spread over the months of the project, exactly."""
    if isinstance(position.stunden, dict):
        return {year: _exact(hours) for year, hours in sorted(position.stunden.items())}
    months = months_per_year(vorhaben.beginn, vorhaben.ende)
    per_month = Fraction(position.stunden) / sum(months.values())
    return {year: per_month * count for year, count in months.items()}


def most_hours(hoechststunden: Decimal, jahre: Iterable[int]) -> Jahresstunden:
    """Return the same number of hours for each year."""
    return dict.fromkeys(jahre, _exact(hoechststunden))


def hours_there_are(vorhaben: Vorhaben) -> Jahresstunden:
    """Return the hours of the days of a project in each calendar year."""
    beginn, ende = vorhaben.beginn, vorhaben.ende
    days = {
        year: (min(ende, date(year, 12, 31)) - max(beginn, date(year, 1, 1))).days + 1
        for year in range(beginn.year, ende.year + 1)
    }
    return {year: _HOURS_OF_A_DAY * count for year, count in days.items()}


_HOURS_OF_A_DAY = 24


def _exact(hours: Decimal) -> Stundenzahl:
    numerator, denominator = hours.as_integer_ratio()
    return numerator if denominator == 1 else Fraction(numerator, denominator)


class Stundenkonto:
    """The hours each person has left per calendar year; granted in the order they are asked for."""

    def __init__(self, most: Jahresstunden) -> None:
        """`most` is how many hours a person may have in each year."""
        self._most = most
        self._left: dict[tuple[str, int], Stundenzahl] = {}

    def grant(self, person: str, year: int, hours: Stundenzahl) -> Stundenzahl:
        """Return how many of `hours` count, and count them."""
        left = self._left.get((person, year), self._most[year])
        granted = min(hours, left)
        self._left[person, year] = left - granted
        return granted
