"""Where a datum stands: its path in the tree, its place in a file, and what is wrong with it there."""

import re
from collections.abc import Callable, Iterable
from typing import NamedTuple, Protocol

from foerdercheck.model.filenames import shown_name

Path = tuple[str | int, ...]
Name = Callable[[str], str]
"""Tells what a file calls a field: its key, or its heading."""


class Location(NamedTuple):
    """A place in a file: line and column (both from 1) in text, sheet and cell in a spreadsheet.

    `datei` is set where the place lies in another file than the budget itself: its name as it is, not as it is shown.
    """

    datei: str | None = None
    zeile: int | None = None
    spalte: int | None = None
    blatt: str | None = None
    zelle: str | None = None

    def __str__(self) -> str:
        """`budget.yaml:41:14`, `Kosten!F7`, `Zeile 41, Spalte 14`."""
        file = shown_name(self.datei) if self.datei else ""
        if self.blatt is not None:
            place = f"{self.blatt}!{self.zelle}" if self.zelle else self.blatt
            return f"{file}: {place}" if file else place
        if self.zeile is None:
            return file
        if file:
            return f"{file}:{self.zeile}:{self.spalte}"
        return f"Zeile {self.zeile}, Spalte {self.spalte}"


class SourceMap(Protocol):
    """Turns a path of the tree into the place it was read from; the only maker of locations."""

    datei: str
    """The name of the file, as it is, not as it is shown."""
    sheets: tuple[str, ...]
    """The names of its sheets, in their order; none in a text."""

    def name(self, path: Path, *, placed: bool = False) -> str:
        """Return what the file calls the field at `path`: its key, or its heading, with the cell if `placed`."""

    def locate(self, path: Path) -> Location:
        """Return the place of the value at `path`, or of the nearest ancestor that exists."""

    def locate_key(self, path: Path) -> Location:
        """Return the place of the key (or heading) that `path` ends with."""

    def excerpt(self, location: Location) -> str:
        """Return the text that stands there, for showing in an error message; may be empty."""


class Problem(NamedTuple):
    """Something in the input that cannot be read, and what to write instead.

    `fehlt` marks a statement that is merely absent: it makes a budget incomplete, not wrong.
    `am_schluessel` says that the key at `pfad` is at fault, not its value; `ungelesen` that something was left unread,
    which may be why something else is missing.
    """

    text: str
    pfad: Path = ()
    ort: Location | None = None
    fehlt: bool = False
    am_schluessel: bool = False
    ungelesen: bool = False


_BEGIN = "\x02"
_FELD = re.compile(f"{_BEGIN}([^\x03]*)\x03")
"""The mark of a field in a text: between two characters that no text of a person holds."""


def feld(*path: str) -> str:
    """Return a mark for the field at `path` in a text: the keys that lead to it; `worded` makes of it what a file calls the field."""
    return f"{_BEGIN}{'.'.join(path)}\x03"


def worded(text: str, source: "SourceMap", pfad: Path = ()) -> str:
    """Return a text about what stands at `pfad` with every field called as its file does: by its keys, or by its heading."""
    if _BEGIN not in text:
        return text

    def name(mark: re.Match[str]) -> str:
        keys = mark[1].split(".")
        called = source.name((*pfad, *keys))
        if called == keys[-1]:
            return mark[1]
        return f"„{called}“" if " " in called else called

    return _FELD.sub(name, text)


def key_of(path: Path) -> str:
    """Return the last word of a path: how YAML calls the field there."""
    return next((part for part in reversed(path) if isinstance(part, str)), "Datei")


class InputError(Exception):
    """A file that cannot be used; carries every problem found in it, each with its place, and what may explain them."""

    def __init__(
        self, problems: list[Problem], source: SourceMap | None = None, hinweise: tuple[Problem, ...] = ()
    ) -> None:
        super().__init__("; ".join(problem.text for problem in problems))
        self.problems = problems
        self.source = source
        self.hinweise = hinweise


def placed(problems: Iterable[Problem], source: SourceMap) -> list[Problem]:
    """Give every problem its place and its words and sort them by file, sheet and line; what has no place comes last."""
    sheets = {name: index for index, name in enumerate(source.sheets)}

    def place(problem: Problem) -> Problem:
        find = source.locate_key if problem.am_schluessel else source.locate
        return problem._replace(text=worded(problem.text, source, problem.pfad), ort=problem.ort or find(problem.pfad))

    def order(problem: Problem) -> tuple[bool, str, int, int, int, str]:
        ort = problem.ort or Location()
        row = ort.zeile or int("".join(filter(str.isdigit, ort.zelle or "")) or 0)
        letters = "".join(filter(str.isalpha, ort.zelle or ""))
        sheet = sheets.get(ort.blatt or "", len(sheets))
        return ort == Location(), ort.datei or "", sheet, row, ort.spalte or len(letters), letters

    return sorted(map(place, problems), key=order)
