"""CSV files as rows of cells: UTF-8 or Windows-1252, separated by semicolon, comma or tab."""

import csv
from collections.abc import Sequence
from io import StringIO
from typing import NamedTuple

from foerdercheck.model.location import InputError, Location, Problem

MAX_CSV_BYTES = 512 * 1024 * 1024
_SEPARATORS = ";,\t"


class CsvRows(NamedTuple):
    """The rows of a CSV file, and the line each begins in (from 0); cells may hold line breaks."""

    rows: list[list[str]]
    lines: Sequence[int]


def read_csv(data: bytes, datei: str) -> CsvRows:
    """Return the rows of a CSV file; raises InputError with the line that cannot be read."""
    text = _decoded(data)
    if "\0" in text:
        raise InputError([Problem(f"{datei}: Das ist kein Text; ist die Datei umbenannt?")])
    head = text[:100_000].splitlines()[:20]
    separator = max(_SEPARATORS, key=lambda mark: max((line.count(mark) for line in head), default=0))
    reader = csv.reader(StringIO(text, newline=""), delimiter=separator)
    try:
        rows = list(reader)
    except csv.Error:
        place = Location(zeile=reader.line_num, spalte=1)
        raise InputError(
            [Problem("Die Zeile ist kein gültiges CSV: ein Anführungszeichen fehlt?", (), place)]
        ) from None
    return CsvRows(rows, range(len(rows)) if reader.line_num == len(rows) else _lines(text, separator))


def _lines(text: str, separator: str) -> list[int]:
    """Return the line every row begins in."""
    reader = csv.reader(StringIO(text, newline=""), delimiter=separator)
    return [0, *(reader.line_num for _ in reader)]


def _decoded(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")
