"""From a file to its tree, whatever its format; the only place that opens files people name."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path as FilePath
from stat import S_ISDIR, S_ISREG
from typing import BinaryIO

from foerdercheck.model.deutsch import grund
from foerdercheck.model.filenames import shown_name
from foerdercheck.model.location import InputError, Location, Path, Problem, SourceMap
from foerdercheck.reading.document import Document
from foerdercheck.reading.yaml_tree import MAX_BYTES, read_yaml

YAML_SUFFIXES = frozenset({".yaml", ".yml"})
SHEET_SUFFIXES = frozenset({".xlsx", ".ods", ".xls"})
BUDGET_SUFFIXES = YAML_SUFFIXES | SHEET_SUFFIXES
MAX_SHEET_BYTES = 100 * 1024 * 1024
_AT_ONCE = 64 * 1024  # all of most files; to be ready for the largest takes longer than to read a small one


def read_file(file: FilePath) -> Document:
    """Read a file by its suffix; raises InputError if it cannot be opened or is no file of ours."""
    suffix = file.suffix.casefold()
    if suffix in YAML_SUFFIXES:
        return read_text(read_bytes(file, MAX_BYTES), shown_name(file))
    if suffix in SHEET_SUFFIXES:
        from foerdercheck.reading.workbook import read_workbook  # noqa: PLC0415 - only spreadsheets need it

        return read_workbook(read_bytes(file, MAX_SHEET_BYTES), shown_name(file.name), shown_name(file))
    ensure_readable(file)
    known = ", ".join(sorted(BUDGET_SUFFIXES))
    raise InputError([Problem(f"{shown_name(file.name)}: dieses Format wird nicht gelesen; möglich sind {known}")])


def read_text(data: bytes, name: str) -> Document:
    """Read YAML that came from elsewhere than a file."""
    return Document(*read_yaml(data, name))


def read_bytes(file: FilePath, limit: int) -> bytes:
    """Return the content of a regular file; raises InputError if it cannot be read or is larger than `limit` bytes."""
    with _opened(file) as stream:
        data = stream.read(_AT_ONCE)
        if len(data) == _AT_ONCE:
            data += stream.read(limit + 1 - _AT_ONCE)
    if len(data) > limit:
        raise InputError([Problem(f"Die Datei {shown_name(file)} ist größer als {limit // 1024**2} MiB.")])
    return data


def ensure_readable(file: FilePath) -> None:
    """Raise InputError, as reading it would, unless a name is that of a regular file which can be opened."""
    with _opened(file):
        pass


@contextmanager
def _opened(file: FilePath) -> Iterator[BinaryIO]:
    name = shown_name(file)
    try:
        kind = file.stat().st_mode
        if not S_ISREG(kind):
            raise InputError([Problem(_folder(file) if S_ISDIR(kind) else f"{name} ist keine Datei.")])
        with file.open("rb") as stream:
            yield stream
    except (FileNotFoundError, NotADirectoryError):
        link = os.path.islink(file)  # noqa: PTH114 - that of Path raises where a permission is missing
        what = "Die Datei" if file.suffix else "Die Datei oder den Ordner"
        text = f"Die Verknüpfung {name} führt ins Leere." if link else f"{what} {name} gibt es nicht."
        raise InputError([Problem(text)]) from None
    except (OSError, ValueError) as error:
        reason = grund(error) if isinstance(error, OSError) else "ungültiger Name"
        raise InputError([Problem(f"Die Datei {name} lässt sich nicht öffnen: {reason}")]) from None


def _folder(folder: FilePath) -> str:
    """Say that a folder is no file; one met while looking for files is here because it cannot be listed."""
    try:
        os.scandir(folder).close()
    except OSError as error:
        return f"Der Ordner {shown_name(folder)} lässt sich nicht lesen: {grund(error)}"
    return f"{shown_name(folder)} ist keine Datei, sondern ein Ordner."


def referenced(name: str, base: FilePath) -> FilePath:
    """Return the file that a budget in the folder `base` names; raises InputError if it lies outside that folder.

    Budgets come from strangers: a reference must not make us read, and quote, any other file of the machine. The path
    stays relative where `base` is, so that results name it alike on every machine.
    """
    file = base / name
    try:
        inside = file.resolve().is_relative_to(base.resolve())
    except (OSError, RuntimeError, ValueError):  # a loop of links, a name no file can have
        raise InputError([Problem("diesen Dateinamen gibt es nicht")]) from None
    if not inside:
        raise InputError([Problem("die Datei muss im Ordner des Budgets oder darunter liegen")])
    return file


class MountedSource:
    """A source map with the maps of other files mounted where the budget refers to them."""

    def __init__(self, main: SourceMap) -> None:
        self.datei = main.datei
        self._main = main
        self._mounts: dict[Path, SourceMap] = {}

    def mount(self, prefix: Path, source: SourceMap) -> None:
        """Let everything below `prefix` stand in another file."""
        self._mounts[prefix] = source

    def locate(self, path: Path) -> Location:
        """Return the place of `path`; in a mounted file with the name of that file."""
        for prefix, source in self._mounts.items():
            if path[: len(prefix)] == prefix and len(path) > len(prefix):
                return source.locate(path[len(prefix) :])._replace(datei=source.datei)
        return self._main.locate(path)

    def locate_key(self, path: Path) -> Location:
        """Return the place of the key `path` ends with; keys are only asked for in the main file."""
        return self._main.locate_key(path)

    def excerpt(self, location: Location) -> str:
        """Return the text at a place of the main file."""
        return "" if location.datei else self._main.excerpt(location)
