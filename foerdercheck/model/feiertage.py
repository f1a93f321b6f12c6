"""Working days: every day but Saturdays, Sundays and the holidays of all of Germany (Article 2 of Regulation 1182/71)."""

from datetime import date, timedelta
from functools import cache

from foerdercheck.model.kalender import EIN_TAG

_SAMSTAG = 5
_FESTE = ((1, 1), (5, 1), (10, 3), (12, 25), (12, 26))
"""New Year, the first of May, German Unity Day, both days of Christmas: month and day."""
_NACH_OSTERN = (-2, 1, 39, 50)
"""Good Friday, Easter Monday, Ascension Day, Whit Monday: days after Easter Sunday."""


@cache
def feiertage(jahr: int) -> frozenset[date]:
    """Return the holidays of a year that all Länder have."""
    ostern = _ostersonntag(jahr)
    bewegliche = {ostern + timedelta(days=tage) for tage in _NACH_OSTERN}
    return frozenset(bewegliche | {date(jahr, monat, tag) for monat, tag in _FESTE})


def _ostersonntag(jahr: int) -> date:
    """Return Easter Sunday of the Gregorian calendar (the rule of Meeus, Jones and Butcher)."""
    mondzyklus, (jahrhundert, rest) = jahr % 19, divmod(jahr, 100)
    korrektur = (jahrhundert - (jahrhundert + 8) // 25 + 1) // 3
    epakte = (19 * mondzyklus + jahrhundert - jahrhundert // 4 - korrektur + 15) % 30
    wochentag = (32 + 2 * (jahrhundert % 4) + 2 * (rest // 4) - epakte - rest % 4) % 7
    spaet = (mondzyklus + 11 * epakte + 22 * wochentag) // 451
    monat, tag = divmod(epakte + wochentag - 7 * spaet + 114, 31)
    return date(jahr, monat, tag + 1)


def arbeitstage_nach(tag: date, anzahl: int) -> date:
    """Return the working day so many after `tag`, which itself does not count (Article 3(1) of Regulation 1182/71)."""
    for _ in range(anzahl):
        tag += EIN_TAG
        while tag.weekday() >= _SAMSTAG or tag in feiertage(tag.year):
            tag += EIN_TAG
    return tag
