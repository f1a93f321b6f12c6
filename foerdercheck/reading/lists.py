"""Several values in one cell of a spreadsheet: a list, or names with the share of each."""

import re
from collections.abc import Sequence

from foerdercheck.model.records import Tree
from foerdercheck.model.scalars import ScalarError, flaw, fold, shown
from foerdercheck.reading.cells import Cell

_ANY_COMMA = ","
_COMMA_BETWEEN_ITEMS = r",(?![0-9])|(?<![0-9]),"
"""A comma between two digits belongs to a number: `60,5 %`."""
_SHARE = r"(?s)(?P<name>.*[^\s:])[\s:]+(?P<share>[0-9][0-9.,]*\s*%)"
_EXAMPLE = "Verden 60 %; Diepholz 40 %"


def items(value: Cell) -> Tree:
    """Split what stands in one cell: by lines, else by semicolons, else by commas."""
    return _split(value, _ANY_COMMA)


def items_or_shares(value: Cell) -> Tree:
    """Return a list, or a mapping of names to the text of their shares where every item ends in a percentage.

    Raises ScalarError for a mixture of both, for a percentage without a name, and for a name that stands twice.
    """
    texts = _split(value, _COMMA_BETWEEN_ITEMS)
    shares = [text for text in texts if isinstance(text, str) and text.endswith("%")]
    if not shares:
        return texts
    if len(shares) < len(texts):
        alone = next(text for text in texts if not (isinstance(text, str) and text.endswith("%")))
        raise ScalarError(
            f"{shown(alone)} steht ohne Anteil neben {shown(shares[0])}: geben Sie bei allen einen Anteil an oder bei keinem, z. B. "
            f"{_EXAMPLE}"
        )
    return _named(shares)


def _split(value: Cell, comma: str) -> list[Tree]:
    if not isinstance(value, str) or flaw(value):
        return [] if value is None else [value]
    mark = next((mark for mark in ("\n", ";") if mark in value), None)
    parts = value.split(mark) if mark else re.split(comma, value)
    return [part.strip() for part in parts if part.strip()]


def _named(texts: Sequence[str]) -> Tree:
    shares: dict[str, Tree] = {}
    names: set[str] = set()
    for text in texts:
        match = re.fullmatch(_SHARE, text)
        if match is None:
            raise ScalarError(f"{shown(text)} ist kein Name mit seinem Anteil: schreiben Sie z. B. {_EXAMPLE}")
        if fold(match["name"]) in names:
            raise ScalarError(f"{shown(match['name'])} steht doppelt: nennen Sie jeden Anteil einmal")
        names.add(fold(match["name"]))
        shares[match["name"]] = match["share"]
    return shares
