"""Which characters of a text written by strangers may stand in a document that other programs read."""

import re

from foerdercheck.model.filenames import UNSAFE

_REPLACEMENT = "\ufffd"
GAP = "\u200b"
_COMMAND = r"(?m)##(?=\w*\[)|^[^\S\n]*:(?=:)"
_UNSAFE = f"[{UNSAFE}]"
_BOUND = r"(?<=\d) (?=[€%]|h\b|Mio\.)|(?<=Zeile) (?=\d)|(?<=Ziffer|Spalte) (?=\d)|(?<=Art\.|Abs\.) (?=\d)"


def harmless(text: str) -> str:
    """Return `text` with a replacement character for each that is unsafe; line feeds and tabs stay."""
    return text if text.replace("\n", "").isprintable() else re.sub(_UNSAFE, _REPLACEMENT, text)


def in_one_line(text: str) -> str:
    """Return harmless text with spaces for line feeds and tabs."""
    return harmless(text).replace("\n", " ").replace("\t", " ")


def no_command(text: str) -> str:
    """Return `text` with a space of no width wherever a line would hold a command to the CI system that logs it.

    GitHub obeys `::name` where a line begins, as well as `##[name]` anywhere in it; so do others with `##name[`.
    """
    return re.sub(_COMMAND, lambda found: found[0] + GAP, text) if "##" in text or "::" in text else text


def bound(text: str, glue: str) -> str:
    """Return a text with `glue` for the blanks at which no line should end: within amounts and names of places."""
    return re.sub(_BOUND, glue, text)
