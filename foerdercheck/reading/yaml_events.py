"""A tree and the marks of its parts from the events of a parser, in one pass, without recursion and with limits."""

import re
from collections.abc import Callable
from contextlib import suppress
from typing import Any, Protocol

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

from foerdercheck.model.deutsch import zahl
from foerdercheck.model.location import Location, Problem
from foerdercheck.model.records import MAX_PROBLEMS, Tree
from foerdercheck.model.scalars import shown

MAX_DEPTH = 40
MAX_ALIASED = 10_000
# The stubs declare every mark of an event optional; parsers always set it.
_Event = Any
_Mark = Any
_LONGEST_NUMBER = 40
_DIGIT_LAST = r"[0-9]$"
_NUMBER_REST = r"(?i)(?!(?:19|20|21)[0-9]{2}$)[0-9][0-9.]*(?: ?(?:€|EUR|%|h))?"


class Events(Protocol):
    """A parser of YAML, with or without libyaml."""

    def get_event(self) -> Any:  # noqa: ANN401 - its class tells which event it is
        """Return the next event; raises YAMLError."""


class Marks:
    """Where a mapping or list begins, and where its keys and values do; a scalar only has a mark."""

    __slots__ = ("children", "keys", "start")

    def __init__(self, start: _Mark, children: Any) -> None:  # noqa: ANN401 - dict or list of marks, as the tree is
        self.start = start
        self.keys: dict[str, _Mark] = {}
        self.children = children


def location(line: int, column: int) -> Location:
    """Return the place of a mark, counted from 1."""
    return Location(None, line + 1, column + 1)


class _Open:
    """A mapping or list being read, and for a mapping the key whose value comes next."""

    __slots__ = ("anchor", "first", "flow", "is_mapping", "key", "last", "marks", "tree")

    def __init__(self, event: _Event, first: int) -> None:
        self.is_mapping = type(event) is MappingStartEvent
        self.tree: Any = {} if self.is_mapping else []
        self.marks = Marks(event.start_mark, {} if self.is_mapping else [])
        self.anchor = event.anchor
        self.flow = event.flow_style
        self.first = first
        self.key: _Event = None
        self.last: tuple[str, int] | None = None  # key and end of the plain value before, in {…}


class _StopError(Exception):
    """A limit was passed; reading ends here."""


class Builder:
    """Builds tree and marks from parser events, in one pass and without recursion."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self.root: Tree | None = None
        self.root_marks: Marks | _Mark = None
        self.documents = 0
        self._stack: list[_Open] = []
        self._top: _Open | None = None
        self._anchors: dict[str, tuple[Tree, Marks | _Mark, int]] = {}
        self._nodes = 0
        self._aliased = 0

    def run(self, parser: Events) -> None:
        """Take events until the stream ends or a limit is passed."""
        handlers: dict[type, Callable[[Any], None]] = {
            MappingStartEvent: self._start,
            SequenceStartEvent: self._start,
            MappingEndEvent: self._end,
            SequenceEndEvent: self._end,
            AliasEvent: self._alias,
            DocumentStartEvent: self._document,
        }
        next_event, scalar = parser.get_event, self._scalar
        with suppress(_StopError):
            while (kind := type(event := next_event())) is not StreamEndEvent:
                if kind is ScalarEvent:
                    scalar(event)
                elif (handler := handlers.get(kind)) is not None:
                    handler(event)

    def _problem(self, text: str, mark: _Mark, *, stop: bool = False) -> None:
        self.problems.append(Problem(text, (), location(mark.line, mark.column)))
        if stop or len(self.problems) >= MAX_PROBLEMS:
            raise _StopError

    def _document(self, event: _Event) -> None:
        self.documents += 1
        if self.documents > 1:
            self._problem(
                "Die Datei enthält mehrere YAML-Dokumente (---): eine Datei, ein Budget.", event.start_mark, stop=True
            )

    def _start(self, event: _Event) -> None:
        self._nodes += 1
        if event.tag is not None:
            self._tagged(event)
        if len(self._stack) >= MAX_DEPTH:
            self._problem(
                f"mehr als {MAX_DEPTH} Ebenen ineinander: so tief ist kein Budget", event.start_mark, stop=True
            )
        top = self._top
        if top is not None and top.is_mapping and top.key is None:
            self._problem("ein Schlüssel muss ein einzelnes Wort sein", event.start_mark, stop=True)
        self._top = _Open(event, self._nodes)
        self._stack.append(self._top)

    def _end(self, _event: _Event) -> None:
        done = self._stack.pop()
        self._top = self._stack[-1] if self._stack else None
        if done.anchor is not None:
            self._anchors[done.anchor] = (done.tree, done.marks, self._nodes - done.first + 1)
        self._add(done.tree, done.marks, None)

    def _scalar(self, event: _Event) -> None:
        self._nodes += 1
        if event.tag is not None:
            self._tagged(event)
        top, value, mark = self._top, event.value, event.start_mark
        if top is not None and top.is_mapping and top.key is None:
            top.key = event
            if (first := top.marks.keys.setdefault(value, mark)) is not mark and not self._continues_number(top, event):
                self._duplicate(event, first)
            return
        if event.anchor is not None:
            self._anchors[event.anchor] = (value, mark, 1)
        self._add(value, mark, event)

    def _duplicate(self, key: _Event, first: _Mark) -> None:
        self._problem(f"Schlüssel {shown(key.value)} steht doppelt (schon in Zeile {first.line + 1})", key.start_mark)

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
        top = self._top
        if top is not None and top.is_mapping and top.key is None:
            self._problem("ein Verweis kann kein Schlüssel sein", event.start_mark, stop=True)
        self._add(tree, marks, None)

    def _tagged(self, event: _Event) -> None:
        text = f"YAML-Tags wie {shown(event.tag)} sind nicht erlaubt: lassen Sie das Wort mit ! weg"
        self._problem(text, event.start_mark)

    def _add(self, tree: Tree, marks: Marks | _Mark, scalar: _Event) -> None:
        top = self._top
        if top is None:
            self.root, self.root_marks = tree, marks
            return
        if not top.is_mapping:
            top.tree.append(tree)
            top.marks.children.append(marks)
            return
        key, top.key = top.key, None
        if top.flow and self._in_braces(top, key, scalar):
            return
        name = key.value
        top.tree[name] = tree
        top.marks.children[name] = marks

    def _in_braces(self, top: _Open, key: _Event, scalar: _Event) -> bool:
        """Look after numbers that YAML splits at the comma; returns whether this was the rest of one."""
        if self._continues_number(top, key):
            if scalar is not None and not scalar.value:
                self._join(top, key)
                return True
            if key.value in top.tree:  # {2026: 1290,2026: 860}: no rest of a number after all
                self._duplicate(key, top.marks.keys[key.value])
        if scalar is not None:
            top.last = (key.value, scalar.end_mark.index) if not scalar.style else None
        return False

    @staticmethod
    def _continues_number(top: _Open, key: _Event) -> bool:
        """Whether `key` is the rest of a number like 5.000,00 that YAML splits at the comma inside {…}."""
        return bool(
            top.last is not None
            and top.last[1] + 1 == key.start_mark.index
            and len(top.tree[top.last[0]]) <= _LONGEST_NUMBER
            and re.search(_DIGIT_LAST, top.tree[top.last[0]])
            and re.fullmatch(_NUMBER_REST, key.value)
        )

    @staticmethod
    def _join(top: _Open, key: _Event) -> None:
        name = top.last[0] if top.last else ""
        top.tree[name] = f"{top.tree[name]},{key.value}"
        top.last = (name, key.end_mark.index)
        if top.marks.keys[key.value] is key.start_mark:
            del top.marks.keys[key.value]
