"""Days and months as people write them in ways that are not read: what may be meant, to be written so."""

import re
from datetime import date, timedelta
from decimal import Decimal

_SLASHED = r"([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})"
_TIME = r"[ T]+[0-9]{1,2}:[0-9]{2}(?::[0-9.]{2,10})?(?: Uhr)?$"
_DAY_FIRST = r"([0-9]{1,2})[.\-/ ] ?([0-9]{1,2})[.\-/ ] ?([0-9]{4}|[0-9]{2})"
_YEAR_FIRST = r"([0-9]{4})[./ -]([0-9]{1,2})[./ -]([0-9]{1,2})"
_DIGITS_ALONE = r"(20[0-9]{2})([01][0-9])([0-3][0-9])"
_NAMED = r"([0-9]{1,2})[. -]{0,2}([A-Za-zä]{3,9})[. -]{0,2}([0-9]{4}|[0-9]{2})"
_NO_YEAR = r"([0-9]{1,2})\.([0-9]{1,2})\.?"
_WITHIN = r"(?<![0-9.])(?:[0-9]{1,2}\.[0-9]{1,2}\.[0-9]{4}|[0-9]{4}-[0-9]{2}-[0-9]{2})(?![0-9.-])"
_YEAR = r"(?i:(?:\D{0,20}|[1-4]\. ?Quartal |KW ?[0-9]{1,2}[ /]|Q[1-4][ /])(20[0-9]{2}))"
_LIKE_DIGITS = str.maketrans("lIOo", "1100")
"""Letters typed, or read by a scanner, for the digits they look like."""
_MONTH_NAMED = r"([A-Za-zä]{3,9})\.? ?([0-9]{4})"
_MONTH_FIRST = r"([0-9]{1,2})[./-]([0-9]{4})"
_MONTH_LAST = r"([0-9]{4})[./-]([0-9]{1,2})"
_LONGEST = 40
"""No day is written longer; of a longer text the end would cost time."""
_FIRST_DAY = date(1899, 12, 30)
_SERIALS = ((date(2000, 1, 1) - _FIRST_DAY).days, (date(2099, 12, 31) - _FIRST_DAY).days)
_MONTHS = {
    name: number
    for number, names in enumerate(
        ("jan", "feb", "mär mrz mae mar", "apr", "mai may", "jun", "jul", "aug", "sep", "okt oct", "nov", "dez dec"), 1
    )
    for name in names.split()
}


def day_of_serial(number: Decimal) -> date | None:
    """Return the day a spreadsheet keeps as this number, from 2000 to 2099; None for any other number."""
    if not number.is_finite() or not _SERIALS[0] <= number <= _SERIALS[1] or number != int(number):
        return None
    return _FIRST_DAY + timedelta(days=int(number))


def meant_days(text: str) -> str:
    """Return how to write the day that `text` may mean, both where it may mean two; an example where nobody knows."""
    text = re.sub(_TIME, "", text[:_LONGEST]).strip()
    if match := re.fullmatch(_SLASHED, text):
        first, second, year = match.groups()
        days = {
            f"{day:0>2}.{month:0>2}.{year}" for day, month in ((first, second), (second, first)) if int(month) <= 12
        }
        return " oder ".join(sorted(days, reverse=True)) + (", je nachdem, was gemeint ist" if len(days) > 1 else "")
    if day := _day(text) or _day(text.translate(_LIKE_DIGITS)):
        return day
    if match := re.fullmatch(_NO_YEAR, text):
        return f"auch das Jahr, z. B. {match[1]:0>2}.{match[2]:0>2}.2026"
    month = meant_month(text)
    if not month.startswith("z"):
        return f"auch den Tag, z. B. 01.{month[5:]}.{month[:4]}"
    if len(within := re.findall(_WITHIN, text)) == 1 and (day := _day(within[0])):
        return f"nur {day}"
    if not within and (year := re.fullmatch(_YEAR, text)):
        return f"auch Tag und Monat, z. B. 01.03.{year[1]}"
    return "z. B. 2026-03-01 oder 01.03.2026"


def _day(text: str) -> str:
    """Return a day in one of the ways people write one as `01.03.2026`; nothing for anything else."""
    if (match := re.fullmatch(_YEAR_FIRST, text)) or (match := re.fullmatch(_DIGITS_ALONE, text)):
        year, month, day = match.groups()
    elif match := re.fullmatch(_DAY_FIRST, text):
        day, month, year = match.groups()
    elif (match := re.fullmatch(_NAMED, text)) and (number := _MONTHS.get(match[2][:3].casefold())):
        day, month, year = match[1], str(number), match[3]
    else:
        return ""
    return f"{day:0>2}.{month:0>2}.{year if len(year) == 4 else '20' + year}"


def meant_month(text: str) -> str:
    """Return how to write the month that `text` may mean; an example where nobody knows."""
    if match := re.fullmatch(_MONTH_FIRST, text):
        month, year = match.groups()
    elif match := re.fullmatch(_MONTH_LAST, text):
        year, month = match.groups()
    elif (match := re.fullmatch(_MONTH_NAMED, text)) and (number := _MONTHS.get(match[1][:3].casefold())):
        month, year = str(number), match[2]
    else:
        return "z. B. 2026-04"
    return f"{year}-{month:0>2}"
