"""YAML into a tree, from the events of libyaml's C parser: no tags, no floats, no recursion, bounded size.

Scalars stay the text that stands in the file. Composing nodes through PyYAML would recurse in C, and a deeply
nested file would crash the process; the events let depth and size be bounded while reading.
"""

import re
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from yaml._yaml import CParser
from yaml.error import MarkedYAMLError, YAMLError
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)
from yaml.reader import ReaderError

from foerdercheck.model.deutsch import zahl
from foerdercheck.model.location import InputError, Location, Path, Problem
from foerdercheck.model.records import Tree
from foerdercheck.model.scalars import shown

MAX_BYTES = 10 * 1024 * 1024
MAX_DEPTH = 40
MAX_ALIASED = 10_000
# The stubs declare every mark of an event optional; libyaml always sets it.
_Event = Any
_Mark = Any
_DIGIT_LAST = re.compile(r"[0-9]$")
_NUMBER_REST = re.compile(r"[0-9][0-9.]*(?: ?(?:€|EUR|%|h))?", re.IGNORECASE)

_SYNTAX = {
    "found character that cannot start any token": "dieses Zeichen kann hier nicht stehen (Tabulator? Text mit % @ ` "
    "am Anfang gehört in Anführungszeichen)",
    "found character '\\t(TAB)' that cannot start any token": "Tabulatoren sind in YAML nicht erlaubt: rücken Sie mit "
    "Leerzeichen ein",
    "mapping values are not allowed in this context": "ein Doppelpunkt zu viel, oder die Zeile davor ist falsch "
    "eingerückt (Text mit Doppelpunkt gehört in Anführungszeichen)",
    "did not find expected key": "hier wird „schluessel: wert“ erwartet: prüfen Sie die Einrückung",
    "did not find expected '-' indicator": "hier wird ein Listeneintrag mit „- “ erwartet: prüfen Sie die Einrückung",
    "could not find expected ':'": "hinter dem Schlüssel fehlt der Doppelpunkt",
    "did not find expected ',' or ']'": "die eckige Klammer wird nicht geschlossen, oder es fehlt ein Komma",
    "did not find expected ',' or '}'": "die geschweifte Klammer wird nicht geschlossen, oder es fehlt ein Komma",
    "found unexpected end of stream": "die Datei endet mitten in einem Text: ein Anführungszeichen fehlt",
    "did not find expected node content": "hier fehlt ein Wert",
    "did not find expected <document start>": "die Datei enthält mehr als ein Dokument oder Text hinter dem Ende",
}


class _Marks:
    """Where a value begins, and for a mapping or list where its keys and values do."""

    __slots__ = ("children", "keys", "start")

    def __init__(self, start: _Mark, children: Any) -> None:  # noqa: ANN401 - dict or list of marks, as the tree is
        self.start = start
        self.keys: dict[str, _Mark] = {}
        self.children = children


@dataclass(slots=True)
class YamlSource:
    """The source map of a YAML text: resolves paths by walking the marks, only when asked."""

    datei: str
    text: str
    marks: _Marks | None = None
    lines: list[str] = field(default_factory=list)

    def locate(self, path: Path) -> Location:
        """Return line and column of the value at `path`, or of its nearest ancestor."""
        marks = self._walk(path)[0]
        return _location(marks.start.line, marks.start.column) if marks else Location(zeile=1, spalte=1)

    def locate_key(self, path: Path) -> Location:
        """Return line and column of the key that `path` ends with."""
        parent, rest = self._walk(path[:-1])
        if parent and not rest and (mark := parent.keys.get(str(path[-1]))):
            return _location(mark.line, mark.column)
        return self.locate(path)

    def excerpt(self, location: Location) -> str:
        """Return the line of the text, shortened."""
        if not self.lines:
            self.lines = self.text.splitlines()
        if location.zeile is None or location.zeile > len(self.lines):
            return ""
        line = self.lines[location.zeile - 1].expandtabs(1).rstrip()
        return "".join(char if char.isprintable() else "�" for char in line[:200])

    def _walk(self, path: Path) -> tuple[_Marks | None, Path]:
        marks = self.marks
        for depth, part in enumerate(path):
            children = marks.children if marks else None
            if isinstance(children, dict) and part in children:
                marks = children[str(part)]
            elif isinstance(children, list) and isinstance(part, int) and part < len(children):
                marks = children[part]
            else:
                return marks, path[depth:]
        return marks, ()


def _location(line: int, column: int) -> Location:
    return Location(zeile=line + 1, spalte=column + 1)


class YamlDocument(NamedTuple):
    """The tree of one YAML text and the map of its places."""

    tree: Tree
    source: YamlSource


def read_yaml(data: bytes, datei: str) -> YamlDocument:
    """Read one YAML document; raises InputError with every problem that can be seen at once."""
    source = YamlSource(datei, _decoded(data, datei))
    builder = _Builder()
    try:
        builder.run(CParser(source.text))
    except (YAMLError, ValueError) as error:
        builder.problems.append(_syntax_problem(error, source))
    if not builder.problems and builder.root is None:
        builder.problems.append(Problem("Die Datei ist leer.", (), Location(zeile=1, spalte=1)))
    if builder.problems or builder.root is None:
        raise InputError(builder.problems, source)
    source.marks = builder.root_marks
    return YamlDocument(builder.root, source)


def _decoded(data: bytes, datei: str) -> str:
    if len(data) > MAX_BYTES:
        raise InputError([Problem(f"{datei}: Die Datei ist größer als 10 MiB; so groß ist kein Budget.")])
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        column = error.start - data.rfind(b"\n", 0, error.start)
        text = "Das ist kein Text in UTF-8: speichern Sie die Datei mit der Kodierung UTF-8."
        raise InputError([Problem(text, (), Location(zeile=line, spalte=column))], YamlSource(datei, "")) from None


def _syntax_problem(error: Exception, source: YamlSource) -> Problem:
    if isinstance(error, MarkedYAMLError):
        mark = error.problem_mark or error.context_mark
        problem = error.problem or "unlesbar"
        reason = _SYNTAX.get(problem, problem)
        place = _location(mark.line, mark.column) if mark else Location(zeile=1, spalte=1)
        return Problem(f"Kein gültiges YAML: {reason}", (), place)
    if isinstance(error, ReaderError):
        before = source.text[: error.position]
        place = _location(before.count("\n"), error.position - before.rfind("\n") - 1)
        return Problem("Kein gültiges YAML: Steuerzeichen sind nicht erlaubt", (), place)
    return Problem("Kein gültiges YAML: unlesbare Zeichen", (), Location(zeile=1, spalte=1))


class _Open:
    """A mapping or list being read, and for a mapping the key whose value comes next."""

    __slots__ = ("anchor", "first", "flow", "is_mapping", "key", "last", "marks", "tree")

    def __init__(self, event: _Event, first: int) -> None:
        self.is_mapping = type(event) is MappingStartEvent
        self.tree: Any = {} if self.is_mapping else []
        self.marks = _Marks(event.start_mark, {} if self.is_mapping else [])
        self.anchor = event.anchor
        self.flow = event.flow_style
        self.first = first
        self.key: _Event = None
        self.last: tuple[str, int] | None = None  # key and end of the plain value before, in {…}


class _StopError(Exception):
    """A limit was passed; reading ends here."""


class _Builder:
    """Builds tree and marks from parser events, in one pass and without recursion."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self.root: Tree | None = None
        self.root_marks: _Marks | None = None
        self.documents = 0
        self._stack: list[_Open] = []
        self._anchors: dict[str, tuple[Tree, _Marks, int]] = {}
        self._nodes = 0
        self._aliased = 0

    def run(self, parser: CParser) -> None:
        """Take events until the stream ends or a limit is passed."""
        handlers: dict[type, Callable[[Any], None]] = {
            MappingStartEvent: self._start,
            SequenceStartEvent: self._start,
            MappingEndEvent: self._end,
            SequenceEndEvent: self._end,
            ScalarEvent: self._scalar,
            AliasEvent: self._alias,
            DocumentStartEvent: self._document,
        }
        with suppress(_StopError):
            while (event := parser.get_event()) is not None and type(event) is not StreamEndEvent:
                if (handler := handlers.get(type(event))) is not None:
                    handler(event)

    def _problem(self, text: str, mark: _Mark, *, stop: bool = False) -> None:
        self.problems.append(Problem(text, (), _location(mark.line, mark.column)))
        if stop:
            raise _StopError

    def _document(self, event: _Event) -> None:
        self.documents += 1
        if self.documents > 1:
            self._problem(
                "Die Datei enthält mehrere YAML-Dokumente (---): eine Datei, ein Budget.", event.start_mark, stop=True
            )

    def _start(self, event: _Event) -> None:
        self._checked(event)
        if len(self._stack) >= MAX_DEPTH:
            self._problem(
                f"mehr als {MAX_DEPTH} Ebenen ineinander: so tief ist kein Budget", event.start_mark, stop=True
            )
        top = self._stack[-1] if self._stack else None
        if top is not None and top.is_mapping and top.key is None:
            self._problem("ein Schlüssel muss ein einzelnes Wort sein", event.start_mark, stop=True)
        self._stack.append(_Open(event, self._nodes))

    def _end(self, _event: _Event) -> None:
        done = self._stack.pop()
        if done.anchor is not None:
            self._anchors[done.anchor] = (done.tree, done.marks, self._nodes - done.first + 1)
        self._add(done.tree, done.marks, None)

    def _scalar(self, event: _Event) -> None:
        self._checked(event)
        top = self._stack[-1] if self._stack else None
        if top is not None and top.is_mapping and top.key is None:
            self._key(top, event)
            return
        marks = _Marks(event.start_mark, None)
        if event.anchor is not None:
            self._anchors[event.anchor] = (event.value, marks, 1)
        self._add(event.value, marks, event)

    def _key(self, top: _Open, event: _Event) -> None:
        top.key = event
        first = top.marks.keys.get(event.value)
        if first is None:
            top.marks.keys[event.value] = event.start_mark
        elif not self._continues_number(top, event):
            self._problem(
                f"Schlüssel {shown(event.value)} steht doppelt (schon in Zeile {first.line + 1})", event.start_mark
            )

    def _alias(self, event: _Event) -> None:
        if event.anchor not in self._anchors:
            self._problem(
                f"der Verweis *{event.anchor} zeigt auf nichts, was vollständig davor steht",
                event.start_mark,
                stop=True,
            )
        tree, marks, size = self._anchors[event.anchor]
        self._nodes += size
        self._aliased += size
        if self._aliased > MAX_ALIASED:
            text = f"die Verweise (*{event.anchor}) wiederholen mehr als {zahl(MAX_ALIASED)} Einträge"
            self._problem(text, event.start_mark, stop=True)
        top = self._stack[-1] if self._stack else None
        if top is not None and top.is_mapping and top.key is None:
            self._problem("ein Verweis kann kein Schlüssel sein", event.start_mark, stop=True)
        self._add(tree, marks, None)

    def _checked(self, event: _Event) -> None:
        self._nodes += 1
        if event.tag is not None:
            self._problem(
                f"YAML-Tags wie {shown(event.tag)} sind nicht erlaubt: lassen Sie das Wort mit ! weg", event.start_mark
            )

    def _add(self, tree: Tree, marks: _Marks, scalar: _Event) -> None:
        if not self._stack:
            self.root, self.root_marks = tree, marks
            return
        top = self._stack[-1]
        if not top.is_mapping:
            top.tree.append(tree)
            top.marks.children.append(marks)
            return
        key, top.key = top.key, None
        if top.flow and scalar is not None:
            if not scalar.value and self._continues_number(top, key):
                self._join(top, key)
                return
            top.last = (key.value, scalar.end_mark.index) if not scalar.style else None
        top.tree[key.value] = tree
        top.marks.children[key.value] = marks

    @staticmethod
    def _continues_number(top: _Open, key: _Event) -> bool:
        """Whether `key` is the rest of a number like 5.000,00 that YAML splits at the comma inside {…}."""
        return bool(
            top.last is not None
            and top.last[1] + 1 == key.start_mark.index
            and _DIGIT_LAST.search(top.tree[top.last[0]])
            and _NUMBER_REST.fullmatch(key.value)
        )

    @staticmethod
    def _join(top: _Open, key: _Event) -> None:
        name = top.last[0] if top.last else ""
        top.tree[name] = f"{top.tree[name]},{key.value}"
        top.last = (name, key.end_mark.index)
