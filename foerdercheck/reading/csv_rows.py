"""CSV files as rows of cells: UTF-8 or Windows-1252, separated by semicolon, comma or tab."""

import csv
from array import array
from collections.abc import Iterator, Sequence
from io import BytesIO, TextIOWrapper
from typing import TYPE_CHECKING

from foerdercheck.model.location import InputError, Location, Problem

if TYPE_CHECKING:
    from _csv import Reader

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
        self.lines: Sequence[int] = array("L") if b'"' in data else range(len(data) + 1)
        """The line every row begins in (both from 0), as far as they were read; without quotes, each row is a line."""

    def __iter__(self) -> Iterator[list[str]]:
        """Yield the rows, once; raises InputError with the line that cannot be read."""
        stream = TextIOWrapper(BytesIO(self._data), self._encoding, errors="replace", newline="")
        reader = csv.reader(stream, delimiter=self._separator)
        try:
            yield from reader if isinstance(self.lines, range) else self._counted(reader)
        except csv.Error:
            text = "Die Zeile ist kein gültiges CSV: ein Anführungszeichen fehlt?"
            raise InputError([Problem(text, (), Location(zeile=reader.line_num, spalte=1))]) from None

    def _counted(self, reader: "Reader") -> Iterator[list[str]]:
        line = 0
        for row in reader:
            if isinstance(self.lines, array):
                self.lines.append(line)
            line = reader.line_num
            yield row


def _encoding(data: bytes) -> str:
    try:
        data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8-sig"
