"""How wide the columns of a table in the PDF are, in thousandths of a point: so typst sets every cell once and measures none.

Numbers and short words have a column as wide as they are and are never wrapped; what is left is shared by the others so that
the table is short, but nobody gets less than the longest word takes.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from math import isqrt
from typing import NamedTuple

from foerdercheck.reports.dokument import Spalte
from foerdercheck.reports.pdf_font import ZERO_WIDTH, in_pieces, text_width

LINE = 481_889
"""How wide a line is: A4 without margins of 20 mm."""
_SHORT = 120_000
"""A column whose texts are at most so wide is not wrapped, as far as there is room."""
_LEAST, _WORD = 45_000, LINE // 4
"""What a column that is wrapped has at least, and how much a long word may demand."""
_SLACK = 1_500
_SHARES: tuple[Callable[[int], int], ...] = (int, lambda area: isqrt(area * isqrt(area)), isqrt)
"""How what is left may be shared: in proportion to all that the columns hold, or more evenly, whatever makes the table shortest."""
_PART = re.compile(rf"[^\s/{ZERO_WIDTH}-]+[/-]?")
"""What is never broken without a hyphen."""
_MARK = re.compile(r"[^\w\s](?=\w)")
"""After which a part that is too wide is broken first: a path of keys has dots, and what holds them is no word to divide."""
_SYLLABLES = re.compile(r"[aeiouyäöü][^\W\d_aeiouyäöü]+[aeiouyäöü]", re.IGNORECASE)
"""What a word has between which German divides it."""


class CellText(NamedTuple):
    """What stands in a cell, as it will be shown, and whether it is bold."""

    text: str
    fett: bool = False


class TableSetting(NamedTuple):
    """How a table is set: the size of its text and the gap beside it, and of each column its width and whether it is wrapped."""

    groesse: int
    rand: int
    breiten: list[int]
    umbruch: list[bool]

    def fitted(self, number: int, text: str) -> tuple[str, bool]:
        """Return a text that fits its column, and whether its words are to be divided for that as German divides them.

        What is too wide and has no syllables may be broken anywhere.
        """
        if not self.umbruch[number]:
            return text, False
        divided = False
        for part in dict.fromkeys(self._wide(number, text)):
            parts = _MARK.sub(rf"\g<0>{ZERO_WIDTH}", part)
            for word in self._wide(number, parts):
                if _SYLLABLES.search(word):
                    divided = True
                else:
                    parts = parts.replace(word, in_pieces(word))
            text = text.replace(part, parts)
        return text, divided

    def _wide(self, number: int, text: str) -> list[str]:
        """Return the parts of a text that are wider than their column."""
        room = self.breiten[number] - self.rand * _gaps(number, len(self.breiten))
        return [part for part in _long_parts(text, room // self.groesse) if text_width(part, self.groesse) > room]


class _Need(NamedTuple):
    """What a column needs: in any case, so that nothing in it is wrapped, and for each of its texts."""

    least: int
    most: int
    texts: list[int]


def set_columns(spalten: Sequence[Spalte], zeilen: Sequence[Sequence[CellText]]) -> TableSetting:
    """Return how a table is set; the heads are the first of its rows."""
    count = len(spalten)
    groesse, rand = (8_200, 3_500) if count > 7 else (9_500, 5_000)
    room = LINE - 2 * rand * (count - 1)
    needs = [_need([zeile[number] for zeile in zeilen], groesse, room // count) for number in range(count)]
    kept = _kept(spalten, needs, room)
    widths = {number: needs[number].most for number in kept}
    free = {number: need for number, need in enumerate(needs) if number not in kept}
    widths |= _shortest(room - sum(widths.values()), free)
    wide = max(free or range(count), key=lambda number: (not spalten[number].zahl, number > 0, needs[number].most))
    widths[wide] += room - sum(widths.values())
    breiten = [widths[number] + rand * _gaps(number, count) for number in range(count)]
    return TableSetting(groesse, rand, breiten, [number in free for number in range(count)])


def _gaps(number: int, count: int) -> int:
    """Return beside how many others a column stands."""
    return (number > 0) + (number < count - 1)


def _need(column: Iterable[CellText], size: int, share: int) -> _Need:
    widths, word = [], 0
    for text, fett in column:
        widths.append(text_width(text, size, "Bold" if fett else "Regular"))
        word = max([word, *(text_width(part, size) for part in _long_parts(text, max(word, _LEAST) // size))])
    return _Need(min(max(word, _LEAST), _WORD, share), max(widths) + _SLACK, widths)


def _kept(spalten: Sequence[Spalte], needs: Sequence[_Need], room: int) -> set[int]:
    """Return the columns that are not wrapped; none, where there is no room for those that must not be."""
    kept = {number for number, spalte in enumerate(spalten) if spalte.zahl or spalte.fest}
    left = room - sum(need.most if number in kept else need.least for number, need in enumerate(needs))
    if left < 0:
        return set()
    for number, need in sorted(enumerate(needs), key=lambda column: column[1].most):
        usual = 2 * sum(need.texts) // len(need.texts)
        if number not in kept and need.most <= min(_SHORT, usual) and need.most - need.least <= left:
            kept.add(number)
            left -= need.most - need.least
    return kept


def _shortest(room: int, needs: Mapping[int, _Need]) -> dict[int, int]:
    """Return the widths of columns that make the table shortest, by about how many lines its rows have."""
    shared = [_shared(room, needs, share) for share in _SHARES]
    heights = []
    for widths in shared:
        lines = [[text // widths[number] for text in need.texts] for number, need in needs.items()]
        heights.append(sum(map(max, zip(*lines, strict=True))))
    return shared[heights.index(min(heights))]


def _shared(room: int, needs: Mapping[int, _Need], share: Callable[[int], int]) -> dict[int, int]:
    """Return the widths of columns by their share in what they hold, but at least what each needs and at most what it can use."""
    widths: dict[int, int] = {}
    areas = {number: share(max(sum(need.texts), 1)) for number, need in needs.items()}
    while waiting := {number: need for number, need in needs.items() if number not in widths}:
        left, whole = room - sum(widths.values()), sum(areas[number] for number in waiting)
        shares = {number: left * areas[number] // whole for number in waiting}
        held = {number: min(max(shares[number], need.least), need.most) for number, need in waiting.items()}
        narrow = sum(held.values()) > left
        bound = {n: held[n] for n in waiting if (held[n] > shares[n] if narrow else held[n] < shares[n])}
        widths |= bound or held
    return {number: widths[number] for number in needs}


def _long_parts(text: str, ems: int) -> list[str]:
    """Return the parts of a text that may be wider than so many ems, for hardly a character is wider than one."""
    return [part for part in _PART.findall(text) if len(part) > ems]
