"""CSV files as rows of cells: UTF-8, Windows-1252 or UTF-16, separated by semicolon, comma or tab."""

import csv
from array import array
from collections.abc import Collection, Iterator, Sequence
from io import BytesIO, TextIOWrapper
from typing import TYPE_CHECKING

from foerdercheck.model.characters import code_point
from foerdercheck.model.location import InputError, Location, Problem
from foerdercheck.reading.cells import field_name

if TYPE_CHECKING:
    from _csv import Reader

_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_ODD_BREAKS = "\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"
"""What ends a line in some programs and not in others."""
_SEPARATORS = ";,\t"
_HEAD = 100_000


class CsvRows:
    """The rows of a CSV file, read while they are asked for; cells may hold line breaks."""

    def __init__(
        self,
        data: bytes,
        datei: str,
        fields: Collection[str],
        encoding: str | None = None,
        separator: str | None = None,
    ) -> None:
        """Look at the encoding and at what separates most headings of these `fields`, unless they are stated.

        Raises InputError for what is no text, or none in the stated encoding, or whose lines nobody can tell.
        """
        if data.startswith(_UTF_16):  # „Unicode-Text“ of Excel
            data = data.decode("utf-16", errors="replace").encode()
        if b"\0" in data:
            raise InputError([Problem(f"{datei}: Das ist kein Text; ist die Datei umbenannt?")])
        self._data = data
        self._encoding = _encoding(data) if encoding is None else _stated(data, datei, encoding)
        odd = _ODD_BREAKS if self._encoding == "utf-8-sig" else filter(str.isascii, _ODD_BREAKS)
        if found := min(((place, char) for char in odd if (place := data.find(char.encode())) >= 0), default=None):
            raise _odd_break(datei, data, *found)
        head = data[:_HEAD].decode(self._encoding, errors="replace").splitlines()[:20]
        known = frozenset(fields)

        def separates(mark: str) -> tuple[int, int]:
            parts = [line.split(mark) for line in head] or [[]]
            found = max(len({field_name(cell.strip('"')) for cell in cells} & known) for cells in parts)
            return found, max(map(len, parts))

        self._separator = separator or max(_SEPARATORS, key=separates)
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


def more_fields(width: int) -> str:
    """Return what is wrong with a row that has more cells than there are headings: a comma separates what belongs together."""
    return (
        f"Diese Zeile hat mehr Felder als die Überschrift ({width}): ein Betrag mit Komma gehört in Anführungszeichen"
    )


def _odd_break(datei: str, data: bytes, place: int, char: str) -> InputError:
    text = f"{datei}: Das Zeichen {code_point(char)} beendet nur in manchen Programmen eine Zeile: speichern Sie die Datei neu"
    return InputError([Problem(text, (), Location(zeile=data.count(b"\n", 0, place) + 1, spalte=1))])


def _encoding(data: bytes) -> str:
    try:
        data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8-sig"


def _stated(data: bytes, datei: str, encoding: str) -> str:
    try:
        data.decode(encoding)
    except UnicodeDecodeError as error:
        text = f"{datei}: Das ist kein Text in {encoding} (zeichensatz)"
        where = Location(zeile=data.count(b"\n", 0, error.start) + 1, spalte=1)
        raise InputError([Problem(text, (), where)]) from None
    return "utf-8-sig" if encoding == "utf-8" else encoding
