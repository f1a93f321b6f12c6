"""A workbook as a zip from a stranger: its parts by name, unpacked piece by piece and never beyond a bound."""

import re
import zlib
from collections.abc import Iterator
from io import BytesIO
from posixpath import normpath
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile

from foerdercheck.model.scalars import shown

MAX_UNPACKED = 256 * 1024 * 1024
"""Bytes of all parts that are read; pictures and whatever else holds no table are not."""
_MAX_PARTS = 10_000
_PIECE = 256 * 1024
_ENTRY = b"PK\1\2"
_RUN = re.compile(r"vba|macro|dialogsheets|activex|embeddings|customui|(^|/)(basic|scripts|dialogs)/", re.IGNORECASE)
"""What the parts of a workbook are called that some program runs."""
_BROKEN = (BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError, zlib.error)


class UnreadableError(Exception):
    """A workbook that is not read; its text is the reason, a German sentence."""


def damaged(what: str) -> UnreadableError:
    """Return the error for a workbook that no program has written so."""
    return UnreadableError(
        f"Das ist keine lesbare Tabelle (.xlsx, .xlsm, .ods), denn {what}; ist die Datei beschädigt oder umbenannt?"
    )


class Archive:
    """The parts of a zip by name; raises UnreadableError for a zip that can be read in two ways, as some programs know no case."""

    def __init__(self, data: bytes) -> None:
        if data.count(_ENTRY) > _MAX_PARTS:  # each takes memory before anybody can count them
            raise damaged("sie besteht aus zu vielen Teilen")
        try:
            self._zip = ZipFile(BytesIO(data))
        except _BROKEN:
            raise damaged("sie lässt sich nicht entpacken") from None
        infos = [info for info in self._zip.infolist() if not info.filename.endswith("/")]
        if min((info.header_offset for info in self._zip.infolist()), default=0) or self._zip.comment:
            raise damaged("vor oder hinter ihr steht noch etwas anderes")
        self._parts = {info.filename: info for info in infos}
        if len({name.casefold() for name in self._parts}) < len(infos) or not all(map(_is_plain, self._parts)):
            raise damaged("nicht jeder ihrer Teile hat seinen eigenen Namen")
        self._left = MAX_UNPACKED

    def __contains__(self, name: str) -> bool:
        return name in self._parts

    def pieces(self, name: str) -> Iterator[bytes]:
        """Yield a part in pieces; raises UnreadableError for one that is missing, broken, locked or too large."""
        if (info := self._parts.get(name)) is None:
            raise damaged(f"der Teil {shown(name)} fehlt")
        self._left -= info.file_size
        if self._left < 0:
            raise UnreadableError("Die Tabelle ist entpackt größer als 256 MiB; so groß ist keine Eingabe.")
        if info.compress_type not in {ZIP_STORED, ZIP_DEFLATED}:
            raise damaged(f"der Teil {shown(name)} ist ungewöhnlich gepackt")
        try:
            with self._zip.open(info) as stream:
                while piece := stream.read(_PIECE):
                    yield piece
        except _BROKEN:
            raise damaged(f"der Teil {shown(name)} lässt sich nicht entpacken") from None

    def size(self, name: str) -> int:
        """Return how large a part is unpacked; 0 if there is none."""
        return self._parts[name].file_size if name in self else 0

    def head(self, name: str) -> bytes:
        """Return how a part begins; nothing if there is none."""
        return next(self.pieces(name), b"") if name in self else b""


def may_run(data: bytes) -> bool:
    """Tell whether a file is a workbook with parts that some program runs: macros, dialogs, controls, embedded documents."""
    try:
        return data.startswith(b"PK") and any(map(_RUN.search, ZipFile(BytesIO(data)).namelist()))
    except _BROKEN:
        return False


def part_name(path: str) -> str:
    """Return the name of a part a path leads to: `/xl/worksheets/../workbook.xml` → `xl/workbook.xml`."""
    return normpath(path).lstrip("/")


def _is_plain(name: str) -> bool:
    return part_name(name) == name and "\\" not in name
