"""CSV files as rows of cells: UTF-8 or Windows-1252, separated by semicolon, comma or tab."""

import csv
from io import StringIO

from foerdercheck.model.location import InputError, Location, Problem

MAX_CSV_BYTES = 512 * 1024 * 1024
_SEPARATORS = ";,\t"


def read_csv(data: bytes, datei: str) -> list[list[str]]:
    """Return the rows of a CSV file; raises InputError with the line that cannot be read."""
    text = _decoded(data)
    if "\0" in text:
        raise InputError([Problem(f"{datei}: Das ist kein Text; ist die Datei umbenannt?")])
    head = text[:100_000].splitlines()[:20]
    separator = max(_SEPARATORS, key=lambda mark: max((line.count(mark) for line in head), default=0))
    reader = csv.reader(StringIO(text, newline=""), delimiter=separator)
    try:
        return list(reader)
    except csv.Error:
        place = Location(zeile=reader.line_num, spalte=1)
        raise InputError(
            [Problem("Die Zeile ist kein gültiges CSV: ein Anführungszeichen fehlt?", (), place)]
        ) from None


def _decoded(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")
