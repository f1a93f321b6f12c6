"""A day of every year, as that on which the fiscal year of an undertaking begins."""

import re
from datetime import date, timedelta
from decimal import Decimal

from foerdercheck.model.scalars import SPACES, ScalarError, fold, parse_datum, shown, text_of

_DAY = rf"([0-9]{{1,2}})\.[{SPACES}]?([0-9]{{1,2}})(?:\.(?:(?:19|20|21)[0-9]{{2}})?)?"
_DAY_OR_YEAR = rf"{_DAY}(?:[{SPACES}]?(?:-|–|—|bis)[{SPACES}]?{_DAY})?"
_ISO = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
_ANY_YEAR = 2001  # no leap year: what is no day of it is none of every year
_WANTED = "der Tag, an dem das Steuerjahr beginnt, z. B. 01.07."


def parse_jahrestag(raw: object) -> str:
    """Read a day of every year, `01.07.`, and return it written so; raises ScalarError.

    `01.07.–30.06.` is a year that begins then, `Kalenderjahr` one that begins on 1 January; of a date the year does not matter.
    """
    if isinstance(raw, Decimal):
        raise ScalarError(f"{shown(raw)} ist als Zahl gespeichert: schreiben Sie den Tag als Text, z. B. 01.07.")
    text = text_of(raw, _WANTED)
    if isinstance(raw, date) or re.fullmatch(_ISO, text):
        day = parse_datum(text)
        return _day(str(day.day), str(day.month), raw)[0]
    if fold(text) == "kalenderjahr":
        return "01.01."
    match = re.fullmatch(_DAY_OR_YEAR, text)
    if match is None:
        raise ScalarError(f"{shown(text)} ist kein Tag im Jahr: schreiben Sie z. B. 01.07.")
    begin, first = _day(match[1], match[2], raw)
    if match[3] and _day(match[3], match[4], raw)[0] != f"{first - timedelta(days=1):%d.%m.}":
        raise ScalarError(f"{shown(text)} ist kein ganzes Jahr: ein Steuerjahr ab {begin} endet am Tag davor")
    return begin


def _day(day: str, month: str, raw: object) -> tuple[str, date]:
    try:
        found = date(_ANY_YEAR, int(month), int(day))
    except ValueError:
        raise ScalarError(f"{shown(raw)}: diesen Tag gibt es nicht in jedem Jahr") from None
    return f"{found:%d.%m.}", found
