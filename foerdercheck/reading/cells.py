"""Cells of spreadsheets and CSV files as scalars, and headings as field names."""

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import lru_cache

from foerdercheck.model.scalars import fold

Cell = str | Decimal | date | bool | None
_YEAR = re.compile(r"\s*[(\[]\s*((?:19|20|21)[0-9]{2})\s*[)\]]\s*$")
_UNIT = re.compile(
    r"""\s*(?:
        [(\[]\s*(?P<inside>[^)\]]*?)\s*[)\]]
        | (?:[,;:–-]\s*)?(?:\bin\s+)?(?P<after>
            (?: (?:(?:\b(?:tsd|tausend|mio|millionen|mrd)\b\.?|\b1[.\s]?000)\s*)? (?:€|\bEUR\b|\bEuro\b)
              | % | \bt€ | \b(?:t|k|m)eur\b | \bt\s?euro\b | \b(?:tsd|mio|mrd)\b\.? | \b(?:tausend|millionen)\b
              | \b(?:PLN|CHF|USD|GBP|CZK|DKK|SEK|NOK|HUF|RON|BGN)\b | zł | [$£] )
            (?:\s*/\s*\w+\.?)?
        )
    )\s*$""",
    re.IGNORECASE | re.VERBOSE,
)
_THOUSANDS = r"""(?ix)\b(?:t|k|m)\s?(?:€|eur\b|euro\b) | \b(?:tsd|mio|mrd)\b\.?(?:\s*(?:€|eur\b|euro\b))?
      | \b(?:tausend|millionen|1[. ]?000)\s*(?:€|eur\b|euro\b) | \bin\s+(?:tausend|millionen)\b"""
_MONEY = re.compile(r"(?:€|eur|euro)(?:\s*/\s*(?:h|std\.?|stunde))?")
_UNITS: Mapping[str, str] = {
    **dict.fromkeys(("h", "std", "std.", "stunden"), "zahl"),
    **dict.fromkeys(("%", "prozent"), "prozent"),
    **dict.fromkeys(("datum", "tt.mm.jjjj", "jjjj-mm-tt"), "datum"),
    **dict.fromkeys(("monat", "jjjj-mm"), "monat"),
    "ja/nein": "ja_nein",
}
_LONGEST = 200
"""No heading of ours is longer."""
_HYPHENATED = re.compile(r"[\u00ad\u200b]|-\s*\n\s*")


def scalar(cell: Cell) -> Cell:
    """Return a cell as a scalar: None if nobody sees anything in it."""
    return None if isinstance(cell, str) and (not cell or cell.isspace()) else cell


def field_name(heading: Cell) -> str:
    """Return the field a heading means: without case, umlauts, `*`, unit and punctuation; `Gewährt am*` → `gewaehrt_am`.

    A year in brackets belongs to the name: `Stunden (2026)` → `stunden_2026`.
    """
    return _field_name(heading) if isinstance(heading, str) and len(heading) <= _LONGEST else ""


@lru_cache(maxsize=512)  # which sheet is which is asked for one kind after another, of the same cells
def _field_name(heading: str) -> str:
    text = _YEAR.sub(r" \1", _HYPHENATED.sub("", heading).replace("*", " "))
    if (bare := without_unit(text)) != text:
        bare = without_unit(bare)
    return fold(bare.strip(" :.\u00a0\n")).replace("-", "").replace(" ", "_").replace("_/", "/").replace("/_", "/")


def without_unit(heading: str) -> str:
    """Return a heading without the unit it ends with; `Beihilfewert (BSÄ) in EUR` has two of what may be one."""
    return _UNIT.sub("", heading)


def unit_of(heading: str) -> tuple[str, str]:
    """Return the unit a heading names, and what kind of value has it: `geld`, `zahl` …; "" where nobody knows."""
    match = _UNIT.search(_YEAR.sub("", heading.replace("*", " ")))
    unit = fold((match["inside"] or match["after"] or "") if match else "").removeprefix("in ")
    kind = "geld" if _MONEY.fullmatch(unit.replace("berechnet, ", "")) else _UNITS.get(unit, "")
    return unit, kind


def of_thousands(text: Cell) -> str:
    """Return the unit a line above a table says its amounts are in, if that is not EUR: `Alle Beträge in T€`."""
    match = re.search(_THOUSANDS, text) if isinstance(text, str) and len(text) <= _LONGEST else None
    return match[0] if match else ""


def cell_name(row: int, column: int) -> str:
    """Return the name of a cell, row and column from 0: (6, 5) → `F7`."""
    return f"{column_name(column)}{row + 1}"


def column_name(index: int) -> str:
    """Return the letters of a column, from 0: 27 → `AB`."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def column_index(letters: str) -> int:
    """Return the number of a column, from 0: `AB` → 27."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1
