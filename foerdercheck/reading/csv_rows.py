"""CSV files as rows of cells: UTF-8 or Windows-1252, separated by semicolon, comma or tab."""

import csv
from collections.abc import Iterator, Sequence
from functools import cached_property
from io import BytesIO, TextIOWrapper

from foerdercheck.model.location import InputError, Location, Problem

MAX_CSV_BYTES = 512 * 1024 * 1024
_SEPARATORS = ";,\t"
_HEAD = 100_000


class CsvRows:
    """The rows of a CSV file, read while they are asked for; cells may hold line breaks."""

    def __init__(self, data: bytes, datei: str) -> None:
        """Look at the encoding and the separator; raises InputError for what is no text."""
        if b"\0" in data:
            raise InputError([Problem(f"{datei}: Das ist kein Text; ist die Datei umbenannt?")])
        self._data = data
        self._encoding = _encoding(data)
        head = data[:_HEAD].decode(self._encoding, errors="replace").splitlines()[:20]
        self._separator = max(_SEPARATORS, key=lambda mark: max((line.count(mark) for line in head), default=0))

    def __iter__(self) -> Iterator[list[str]]:
        """Yield the rows; raises InputError with the line that cannot be read."""
        stream = TextIOWrapper(BytesIO(self._data), self._encoding, errors="replace", newline="")
        reader = csv.reader(stream, delimiter=self._separator)
        try:
            yield from reader
        except csv.Error:
            text = "Die Zeile ist kein gültiges CSV: ein Anführungszeichen fehlt?"
            raise InputError([Problem(text, (), Location(zeile=reader.line_num, spalte=1))]) from None

    @cached_property
    def lines(self) -> Sequence[int]:
        """The line every row begins in (both from 0); at least as many as there are rows."""
        if b'"' not in self._data:
            return range(len(self._data) + 1)
        stream = TextIOWrapper(BytesIO(self._data), self._encoding, errors="replace", newline="")
        reader = csv.reader(stream, delimiter=self._separator)
        return [0, *(reader.line_num for _ in reader)]


def _encoding(data: bytes) -> str:
    try:
        data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8-sig"
