"""Workbooks changed where programs may read them differently: in their XML, and in the zip."""

import io
import random
import warnings
import zipfile
from collections.abc import Callable, Sequence

from fuzz.changes import packed, unpacked
from fuzz.ods_mutations import ODS
from fuzz.xlsx_mutations import XLSX


def mutant(chance: random.Random, base: bytes) -> bytes:
    """Return a workbook with one to three changes."""
    parts = unpacked(base)
    ods = "content.xml" in parts
    for _ in range(chance.choice((1, 1, 2, 3))):
        chance.choice(ODS if ods else XLSX)(chance, parts)
    data = packed(parts)
    return chance.choice(_ZIP)(chance, data) if chance.random() < 0.1 else data


def _flipped(chance: random.Random, data: bytes) -> bytes:
    """Change a byte of a part that holds a table; others are not looked at."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = [
            info for info in archive.infolist() if info.filename == "content.xml" or "sheet" in info.filename.casefold()
        ]
    changed, part = bytearray(data), chance.choice(parts)
    changed[part.header_offset + chance.randrange(30 + len(part.filename) + part.compress_size)] = chance.randrange(256)
    return bytes(changed)


_ZIP: Sequence[Callable[[random.Random, bytes], bytes]] = (
    _flipped, lambda chance, data: data[: chance.randrange(len(data))], lambda _, data: data + b"x", lambda _, data: b"x" + data,
    lambda _, data: data + data,
    lambda _, data: _doubled(data),
)  # fmt: skip


def _doubled(data: bytes) -> bytes:
    """Return a zip in which a part occurs twice."""
    stream = io.BytesIO(data)
    with warnings.catch_warnings(), zipfile.ZipFile(stream, "a") as archive:
        warnings.simplefilter("ignore")
        name = archive.namelist()[-1]
        archive.writestr(name, archive.read(name).replace(b"2", b"3"))
    return stream.getvalue()
