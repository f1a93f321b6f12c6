"""Many cells read at once, by one expression, if all of them are as most are: a register holds millions, and few are odd."""

import re
from collections.abc import Collection
from decimal import ROUND_HALF_UP, Decimal
from itertools import repeat

from foerdercheck.model.deutsch import CENT
from foerdercheck.model.scalars import MAX_TEXT


def _one_or_more(cell: str) -> re.Pattern[str]:
    return re.compile(rf"{cell}(?:\n{cell})*+")


_LARGEST = Decimal(10) ** 11
_SEEN = "!-~À-ÖØ-öø-ſ§€„“–"
_TEXTS = _one_or_more(f"(?![=#])[{_SEEN}]++(?: [{_SEEN}]++)*+")
_AMOUNTS = {
    ",": _one_or_more(r"(?:0|[1-9][0-9]{0,10}+|[1-9][0-9]{0,2}(?:\.[0-9]{3}){1,3}+),[0-9]{2}"),
    ".": _one_or_more(r"(?:0|[1-9][0-9]{0,10}+)\.[0-9]{2}"),
}


def plain_texts(cells: Collection[str]) -> Collection[str] | None:
    """Return what texts mean, as `parse_text` reads each, if all of them mean what they are: letters, digits, signs, single blanks."""
    joined = "\n".join(cells)
    plain = joined.count("\n") < len(cells) and max(map(len, cells)) <= MAX_TEXT and _TEXTS.fullmatch(joined)
    return cells if plain else None


def plain_amounts(cells: Collection[str]) -> Collection[Decimal] | None:
    """Return amounts as `parse_geld` reads each, if all of them are written as most are: `1.234,56`, or all of them `1234.56`."""
    joined = "\n".join(cells)
    mark = "," if "," in joined else "."
    if joined.count("\n") >= len(cells) or not _AMOUNTS[mark].fullmatch(joined):
        return None
    return [*map(Decimal, (joined.replace(".", "").replace(",", ".") if mark == "," else joined).split("\n"))]


def plain_numbers(cells: Collection[Decimal]) -> Collection[Decimal] | None:
    """Return numbers of cells as amounts, as `parse_geld` reads each, if none is negative or too large."""
    if min(cells) < 0 or max(cells) > _LARGEST:
        return None
    return [*map(Decimal.quantize, cells, repeat(CENT), repeat(ROUND_HALF_UP))]
