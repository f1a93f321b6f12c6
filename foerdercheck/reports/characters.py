"""Which characters of a text written by strangers may stand in a document that other programs read."""

import re

REPLACEMENT = "\ufffd"
_UNSAFE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f"  # controls: XML forbids most, terminals and log viewers obey some
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # they turn the direction of what follows
    "\u2028\u2029"  # line breaks to some readers, none to others
    "\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"  # no characters at all; bytes of a file name that are no UTF-8
)


def harmless(text: str) -> str:
    """Return `text` with a replacement character for each that is unsafe; line feeds and tabs stay."""
    return _UNSAFE.sub(REPLACEMENT, text)


def in_one_line(text: str) -> str:
    """Return the same with spaces for line feeds and tabs."""
    return harmless(text).replace("\n", " ").replace("\t", " ")
