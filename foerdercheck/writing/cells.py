"""Values into cells; text stays text, whatever a spreadsheet would make of it."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

from openpyxl.cell import Cell

from foerdercheck.writing.content import percent
from foerdercheck.writing.looks import TEXT_FORMAT

_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_FORMEL = ("=", "+", "-", "@")


def put(cell: Cell, value: object) -> None:
    """Write a typed value into a cell that has its look already; None leaves it empty.

    Raises TypeError for a value no field holds.
    """
    if value is None:
        return
    if isinstance(value, bool):
        _put_text(cell, "ja" if value else "nein")
    elif isinstance(value, tuple):
        _put_text(cell, joined(value))
    elif isinstance(value, Mapping):
        _put_text(cell, joined([f"{name} {percent(share)}" for name, share in value.items()]))
    elif isinstance(value, str):
        _put_text(cell, value)
    elif isinstance(value, Decimal | int | date):
        cell.value = value
    else:
        raise TypeError(f"{type(value).__name__} is no value of a cell")


def joined(items: Sequence[object]) -> str:
    """Return a list as it reads back from one cell: split by lines, else by semicolons, else by commas."""
    texts = [str(item) for item in items]
    mark = next((mark for mark, inner in (("\n", ";"), ("; ", ",")) if any(inner in text for text in texts)), ", ")
    text = mark.join(texts)
    return text + mark.strip(" ") if len(texts) == 1 and mark != ", " else text


def escaped(text: str) -> str:
    """Return a text that no program takes for the escape of a character: `_x0041_` is an A in a workbook."""
    return _ESCAPE.sub("_x005F_", text)


def _put_text(cell: Cell, text: str) -> None:
    cell.value = escaped(text)
    cell.data_type = "s"  # openpyxl takes a leading `=` for a formula
    if text.startswith(_FORMEL) or not any(map(str.isalpha, text)):
        # also after somebody has clicked into the cell; not every program knows the mark for it
        cell.number_format = TEXT_FORMAT
        cell.quotePrefix = True
