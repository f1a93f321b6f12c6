"""The window, rolling or of fiscal years: which earlier awards count on a given day, and when each stops counting."""

from datetime import date
from functools import lru_cache
from typing import Literal

from foerdercheck.model.kalender import EIN_TAG, plus_years

Grenztag = Literal["streng", "rna"]
Jahresbeginn = tuple[int, int]
"""A month and a day of every year."""
KALENDERJAHR: tuple[Jahresbeginn, ...] = ((1, 1),)
"""When fiscal years begin where nobody says otherwise."""
_29_FEBRUAR: Jahresbeginn = (2, 29)
GRENZTAGE: tuple[Grenztag, ...] = ("streng", "rna")


@lru_cache(maxsize=4096)  # in a register, a million awards of two thousand days
def window_start(day: date, years: int, grenztag: Grenztag) -> date:
    """Return the first day that counts for a grant on `day`.

    `streng` counts the same calendar day `years` ago (Polish authority; Regulation 1182/71), `rna` begins on the
    day after it (Italian register). 29 February goes back to 28 February.
    """
    same_day = plus_years(day, -years)
    return same_day if grenztag == "streng" else same_day + EIN_TAG


def leaves_window(award: date, years: int, grenztag: Grenztag) -> date:
    """Return the first day on which an award granted on `award` no longer counts."""
    day = plus_years(award, years)
    while window_start(day, years, grenztag) <= award:
        day += EIN_TAG
    return day


def tag_und_monat(day: Jahresbeginn) -> str:
    """Return a day of every year as people write it: `01.07.`."""
    month, number = day
    return f"{number:02}.{month:02}."


def first_fiscal_year(day: date, years: int, beginn: Jahresbeginn) -> date:
    """Return the first day of the fiscal years that count for a grant on `day`: its own and those before it."""
    begun = day.year if (day.month, day.day) >= beginn else day.year - 1
    return date(begun - years + 1, *beginn)


def outermost_begins(day: date) -> tuple[Jahresbeginn, Jahresbeginn]:
    """Return when the fiscal years begin that reach back furthest for a grant on `day`, and least far: the day after, and `day`.

    None begins on 29 February.
    """
    after = day + EIN_TAG
    furthest, least = (after.month, after.day), (day.month, day.day)
    return (3, 1) if furthest == _29_FEBRUAR else furthest, (2, 28) if least == _29_FEBRUAR else least
