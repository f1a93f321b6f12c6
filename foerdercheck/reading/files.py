"""From a file to its tree, whatever its format; the only place that opens files people name."""

import os
import posixpath
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path as FilePath
from pathlib import PurePath
from stat import S_ISDIR, S_ISREG
from typing import TYPE_CHECKING, BinaryIO, NamedTuple, Protocol

from foerdercheck.model.deutsch import grund
from foerdercheck.model.filenames import shown_name
from foerdercheck.model.location import InputError, Location, Path, Problem, SourceMap
from foerdercheck.model.words import Vocabulary
from foerdercheck.reading.document import Document
from foerdercheck.reading.old_formats import OLD_HEAD, not_text, old_format, other_format
from foerdercheck.reading.yaml_tree import MAX_BYTES, read_yaml

if TYPE_CHECKING:
    from foerdercheck.model.zuordnung import Zuordnungsdatei

YAML_SUFFIXES = frozenset({".yaml", ".yml"})
SHEET_SUFFIXES = frozenset({".xlsx", ".xlsm", ".ods"})
OLD_SUFFIXES = frozenset({".xls", ".xlsb"})
"""What people may take for a budget, and nobody can read without danger: found, and refused."""
BUDGET_SUFFIXES = YAML_SUFFIXES | SHEET_SUFFIXES
TABLE_SUFFIXES = SHEET_SUFFIXES | {".csv"}
HISTORY_SUFFIXES = BUDGET_SUFFIXES | TABLE_SUFFIXES
NAMELESS = "-"
"""What YAML text is called that has no name."""
MAX_SHEET_BYTES = 100 * 1024 * 1024
_MOST_BYTES = (
    dict.fromkeys(YAML_SUFFIXES, MAX_BYTES)
    | dict.fromkeys(SHEET_SUFFIXES, MAX_SHEET_BYTES)
    | {".csv": 512 * 1024 * 1024}
)
_OUTSIDE = "die Datei muss im Ordner des Budgets oder darunter liegen"
_OUTWARDS = frozenset({"", ".."})
"""How a path begins that leads out of its folder."""
_AT_ONCE = 64 * 1024  # all of most files; to be ready for the largest takes longer than to read a small one


class File(NamedTuple):
    """The name of a file, as it is, and its content; the ending of the name says which format it has.

    With a `zuordnung` it is a foreign table, to be read as that says.
    """

    name: str
    data: bytes
    zuordnung: "Zuordnungsdatei | None" = None

    @property
    def suffix(self) -> str:
        """The ending, in small letters."""
        return ".yaml" if self.name == NAMELESS else PurePath(self.name).suffix.casefold()

    @property
    def shown(self) -> str:
        """The name without its folder, as messages show it."""
        return shown_name(PurePath(self.name).name)


class Files(Protocol):
    """The files that a budget may refer to."""

    def referenced(self, name: str) -> File:
        """Return the history that a budget names; raises InputError if there is none, or none that may be read."""


class Origin(NamedTuple):
    """Where a file comes from: its name, its content (None: that of this name on this machine), and what it may refer to."""

    name: str
    data: bytes | None
    files: Files
    zuordnung: "Zuordnungsdatei | None" = None

    def read(self, suffixes: frozenset[str]) -> File:
        """Return the file; raises InputError if it cannot be opened, is too large or has none of the `suffixes`.

        With a mapping, it is a table of any format.
        """
        wanted = suffixes if self.zuordnung is None else TABLE_SUFFIXES
        if self.data is None:
            return load(FilePath(self.name), wanted)._replace(zuordnung=self.zuordnung)
        return _fitting(File(self.name, self.data, self.zuordnung), wanted)


def origin(source: str | FilePath | bytes | Mapping[str, bytes], name: str | None = None) -> Origin:
    """Return where a file comes from: a path, the content of one called `name`, or that one among several.

    Raises ValueError if it is not clear which file is meant.
    """
    if isinstance(source, bytes):
        return Origin(NAMELESS if name is None else name, source, Given({}))
    if isinstance(source, Mapping):
        meant = next(iter(source)) if name is None and len(source) == 1 else name
        if meant is None or meant not in source:
            raise ValueError(f"name says which of the files is meant, and {name!r} is none of them")
        return Origin(meant, source[meant], Given(source, posixpath.dirname(meant)))
    if name is not None:
        raise ValueError("name is for content; a path has one already")
    file = FilePath(source)
    return Origin(str(file), None, Folder(file.parent))


def read_file(file: File, vocabulary: Vocabulary) -> Document:
    """Read a budget; raises InputError if it is no file of ours. `vocabulary` holds the regulations there are."""
    return _read(file, vocabulary)._replace(inhalt=file.data)


def _read(file: File, vocabulary: Vocabulary) -> Document:
    if file.zuordnung is not None:
        from foerdercheck.reading.mapped import read_mapped  # noqa: PLC0415 - only foreign tables need it

        return read_mapped(file.data, file.shown, file.name, file.zuordnung)
    if file.suffix in YAML_SUFFIXES:
        return read_text(file.data, file.name)
    from foerdercheck.reading.workbook import read_workbook  # noqa: PLC0415 - only spreadsheets need it

    return read_workbook(file.data, file.shown, file.name, vocabulary)


def read_text(data: bytes, name: str) -> Document:
    """Read YAML that came from elsewhere than a file; raises InputError for what is no text at all."""
    if said := not_text(data, nameless=name == NAMELESS):
        raise InputError([Problem(said)])
    return Document(*read_yaml(data, name))


def load(file: FilePath, suffixes: frozenset[str]) -> File:
    """Read a file of this machine; raises InputError if it cannot be opened, is too large or has none of the `suffixes`."""
    suffix = file.suffix.casefold()
    if suffix in OLD_SUFFIXES:
        with _opened(file) as stream:
            return _fitting(File(str(file), stream.read(OLD_HEAD)), suffixes)
    if suffix not in suffixes:
        ensure_readable(file)
    return _fitting(File(str(file), read_bytes(file, _MOST_BYTES[suffix]) if suffix in suffixes else b""), suffixes)


def _fitting(file: File, suffixes: frozenset[str]) -> File:
    suffix = file.suffix
    if suffix in OLD_SUFFIXES:
        raise InputError([Problem(f"{file.shown}: {old_format(file.data, suffix)}")])
    if suffix not in suffixes:
        raise InputError([Problem(f"{file.shown}: {other_format(suffix, suffixes)}")])
    if len(file.data) > _MOST_BYTES[suffix]:
        raise _too_large(file.name, _MOST_BYTES[suffix])
    return file


def read_bytes(file: FilePath, limit: int) -> bytes:
    """Return the content of a regular file; raises InputError if it cannot be read or is larger than `limit` bytes."""
    with _opened(file) as stream:
        data = stream.read(_AT_ONCE)
        if len(data) == _AT_ONCE:
            data += stream.read(limit + 1 - _AT_ONCE)
    if len(data) > limit:
        raise _too_large(str(file), limit)
    return data


def _too_large(name: str, limit: int) -> InputError:
    return InputError([Problem(f"Die Datei {shown_name(name)} ist größer als {limit // 1024**2} MiB.")])


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


class Folder(NamedTuple):
    """Files of this machine, in a folder or below it.

    Budgets come from strangers: a reference must not make us read, and quote, any other file of the machine.
    """

    path: FilePath

    def referenced(self, name: str) -> File:
        """Return a history; its path stays relative where the folder is, so that results name it alike on every machine."""
        file = self.path / name
        try:
            inside = file.resolve().is_relative_to(self.path.resolve())
        except (OSError, RuntimeError, ValueError):  # a loop of links, a name no file can have
            raise InputError([Problem("diesen Dateinamen gibt es nicht")]) from None
        if not inside:
            raise InputError([Problem(_OUTSIDE)])
        return load(file, HISTORY_SUFFIXES)


class Given(NamedTuple):
    """Files of which the content was given, by their names; a reference starts from `folder`."""

    files: Mapping[str, bytes]
    folder: str = ""

    def referenced(self, name: str) -> File:
        """Return a history; nothing is looked for on this machine."""
        wanted = posixpath.normpath(posixpath.join(self.folder, name))
        if not _OUTWARDS.isdisjoint(posixpath.normpath(name).split("/")[:1]):
            raise InputError([Problem(_OUTSIDE)])
        found = next((given for given in self.files if posixpath.normpath(given) == wanted), None)
        if found is None:
            raise InputError([Problem(f"Die Datei {shown_name(wanted)} liegt nicht bei.")])
        return _fitting(File(found, self.files[found]), HISTORY_SUFFIXES)


class MountedSource:
    """A source map with the maps of other files mounted where the budget refers to them."""

    def __init__(self, main: SourceMap) -> None:
        self.datei = main.datei
        self.sheets = main.sheets
        self._main = main
        self._mounts: dict[Path, SourceMap] = {}

    def mount(self, prefix: Path, source: SourceMap) -> None:
        """Let everything below `prefix` stand in another file."""
        self._mounts[prefix] = source

    def name(self, path: Path, *, placed: bool = False) -> str:
        """Return what the file that holds `path` calls the field there."""
        source, inside = self._of(path)
        return source.name(inside, placed=placed)

    def locate(self, path: Path) -> Location:
        """Return the place of `path`; in a mounted file with the name of that file."""
        source, inside = self._of(path)
        place = source.locate(inside)
        return place if source is self._main else place._replace(datei=source.datei)

    def _of(self, path: Path) -> tuple[SourceMap, Path]:
        """Return the map of the file that holds `path`, and the path there."""
        for prefix, source in self._mounts.items():
            if path[: len(prefix)] == prefix and len(path) > len(prefix):
                return source, path[len(prefix) :]
        return self._main, path

    def locate_key(self, path: Path) -> Location:
        """Return the place of the key `path` ends with; keys are only asked for in the main file."""
        return self._main.locate_key(path)

    def excerpt(self, location: Location) -> str:
        """Return the text at a place of the main file."""
        return "" if location.datei else self._main.excerpt(location)
