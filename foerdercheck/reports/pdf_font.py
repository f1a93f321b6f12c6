"""The font of the PDF: which characters it has, how wide a text is in it, and where a long word may be broken."""

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path as FilePath
from struct import iter_unpack, unpack_from
from typing import Literal

from foerdercheck.reports.characters import in_one_line

SCHRIFT = FilePath(__file__).with_name("schrift")
Face = Literal["Regular", "Bold"]
ZERO_WIDTH = "\u200b"
"""Where a word may be broken without a hyphen."""
NO_BREAK = "\u00a0"
_NOT_SHOWN = {"\u00ad", ZERO_WIDTH}
_UNIT = re.compile(r"(?<=\d) (?=[€%])")
_LONGEST = 32
_LONG_WORD = re.compile(rf"\S{{{_LONGEST + 1},}}")
_RUN = re.compile(r"[^\W_]{17,}|[\W_]{9,}")
"""What is too long between two places where an address is broken anyway."""
_PIECE = re.compile(r"(?<=.)(?=(?:.{3})+$)")
"""Where a long word may be broken: into pieces so short that none of them is divided with a hyphen."""


def known_text(text: str) -> str:
    """Return a text in one line of which every character can be shown: others by their code."""
    known = _unknown().sub(lambda found: f"[U+{ord(found[0]):04X}]", in_one_line(text))
    return _UNIT.sub(NO_BREAK, known)


def pdf_text(text: str) -> str:
    """Return the same with places to break long words."""
    known = known_text(text)
    if "_" not in known and max(map(len, known.split()), default=0) <= _LONGEST:
        return known
    return " ".join(map(_breakable, known.split(" ")))


def in_pieces(word: str) -> str:
    """Return a word that may be broken anywhere."""
    return _PIECE.sub(ZERO_WIDTH, word)


def _breakable(word: str) -> str:
    if "://" in word:  # typst breaks addresses between their parts, and so do readers
        return _RUN.sub(lambda found: in_pieces(found[0]), word)
    return _LONG_WORD.sub(lambda found: in_pieces(found[0]), word).replace("_", f"_{ZERO_WIDTH}")


@cache
def _unknown() -> re.Pattern[str]:
    """Return what finds the characters the font has no glyph for."""
    known = advances("Regular").keys() - _NOT_SHOWN
    return re.compile(f"[^{re.escape(''.join(sorted(known)))}]")


@cache
def advances(face: Face) -> Mapping[str, int]:
    """Return how far each character of the font advances, in thousandths of its size: its tables `cmap` (format 12) and `hmtx`."""
    data = (SCHRIFT / f"{face}.ttf").read_bytes()
    (tables,) = unpack_from(">H", data, 4)
    place = {tag: offset for tag, _, offset, _ in iter_unpack(">4s3I", data[12 : 12 + 16 * tables])}
    (number,) = unpack_from(">H", data, place[b"hhea"] + 34)
    metrics = place[b"hmtx"]
    by_glyph = [advance for advance, _ in iter_unpack(">Hh", data[metrics : metrics + 4 * number])]
    (offset,) = unpack_from(">I", data, place[b"cmap"] + 8)
    characters = place[b"cmap"] + offset
    (groups,) = unpack_from(">I", data, characters + 12)
    return {
        chr(code): by_glyph[min(glyph + code - first, number - 1)]
        for first, last, glyph in iter_unpack(">3I", data[characters + 16 : characters + 16 + 12 * groups])
        for code in range(first, last + 1)
    }


def text_width(text: str, size: int, face: Face = "Regular") -> int:
    """Return how wide a known text is in one line, both in thousandths of a point; without kerning, which makes it narrower."""
    found = advances(face)
    return sum(map(found.__getitem__, text)) * size // 1000
