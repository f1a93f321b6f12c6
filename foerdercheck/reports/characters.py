"""Which characters of a text written by strangers may stand in a document that other programs read."""

import re

from foerdercheck.model.filenames import UNSAFE

REPLACEMENT = "\ufffd"
_UNSAFE = re.compile(f"[{UNSAFE}]")


def harmless(text: str) -> str:
    """Return `text` with a replacement character for each that is unsafe; line feeds and tabs stay."""
    return _UNSAFE.sub(REPLACEMENT, text)


def in_one_line(text: str) -> str:
    """Return the same with spaces for line feeds and tabs."""
    return harmless(text).replace("\n", " ").replace("\t", " ")
