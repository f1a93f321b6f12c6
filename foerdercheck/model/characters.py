"""Characters nobody sees, and words whose letters are of two scripts: with either, two names look like one.

The properties of Unicode that Python does not know: Default_Ignorable_Code_Point as in DerivedCoreProperties.txt of Unicode
14.0 (4,174 code points, the unassigned ones that are reserved for it included), and what is drawn as nothing besides.
"""

import re
import unicodedata
from collections.abc import Iterator

IGNORABLE = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff"
    "\uffa0\ufff0-\ufff8\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
"""What programs leave out when they cannot draw it, as the inside of a set in a pattern."""
_BLANK = "\u2800\U00013441\U00013442\U00016fe4\U0001d159"
"""Signs whose picture is empty: of Braille, hieroglyphs, Khitan and notes."""
UNSEEN = IGNORABLE + _BLANK
_UNSEEN = re.compile(f"[{UNSEEN}]")
_GREEK_OR_CYRILLIC = re.compile(
    "[\u0370-\u052f\u1c80-\u1c8f\u1d26-\u1d2b\u1d5d-\u1d61\u1d66-\u1d6a\u1d78\u1dbf\u1f00-\u1fff\u2de0-\u2dff\ua640-\ua69f"
    "\uab65\U0001e030-\U0001e08f]"
)
_WORD = re.compile(r"\w+")


def unseen(text: str) -> str:
    """Return the first character of a text that nobody sees, with its place: `U+200B an Stelle 6`; else nothing."""
    found = None if text.isascii() else _UNSEEN.search(text)
    return f"{code_point(found[0])} an Stelle {found.start() + 1}" if found else ""


def code_point(char: str) -> str:
    """Return how Unicode calls a character: `U+00AD`."""
    return f"U+{ord(char):04X}"


def mixed_words(text: str) -> Iterator[tuple[str, str]]:
    """Yield the words that hold letters of the Latin script and Greek or Cyrillic ones, with the first of the latter."""
    if text.isascii() or not _GREEK_OR_CYRILLIC.search(text):
        return
    for word in _WORD.findall(text):
        foreign = _GREEK_OR_CYRILLIC.search(word)
        if foreign and any(unicodedata.name(char, "").startswith("LATIN ") for char in word):
            yield word, foreign[0]
