"""XML from strangers, read strictly and once: handlers hang on a tree of the elements that are looked at.

Anything that could be read in two ways is refused: a DTD, unusual encodings, elements that do not belong where rows and
cells stand. What grows with the input is bounded: the size and number of tags, names, depth.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from pyexpat import ExpatError, ParserCreate
from typing import NamedTuple

from foerdercheck.reading.archive import damaged

MAX_TAG = 64 * 1024
_MAX_TAGS = 8_000_000
_MAX_NAMES = 5_000
_MAX_DEPTH = 100
_MAX_TEXT = 100_000
_UTF_8 = frozenset({None, "utf-8"})
_ENCODINGS = _UTF_8 | {"utf-16", "us-ascii", "iso-8859-1", "windows-1252"}
Attributes = Mapping[str, str]


class Element:
    """An element that is looked at.

    `start` gets its attributes, `end` the text in it and in those of its `children` that are `inline`; in a `closed` one
    nothing else may stand.
    """

    __slots__ = ("children", "closed", "end", "inline", "start", "text")

    def __init__(
        self,
        start: Callable[[Attributes], None] | None = None,
        end: Callable[[str], None] | None = None,
        children: Mapping[str, "Element"] | None = None,
        *,
        text: bool = False,
        closed: bool = False,
        inline: bool = False,
    ) -> None:
        self.start = start
        self.end = end
        self.children = dict(children or {})
        self.text = text
        self.closed = closed
        self.inline = inline


UNREAD = Element()
"""What may stand in a closed element and is not looked at."""


class Shortcut(NamedTuple):
    """What takes elements of one kind apart faster than by events, where they look as they do in nearly all files.

    `take` is called behind an `element` that ended with `tag` directly within `parent`, with the data and where in it begins
    and ends what was read last. It returns the place behind whole elements it has taken apart, to what events would give.
    """

    parent: Element
    element: Element
    tag: bytes
    take: Callable[[bytes, int, int], int]


class Markup:
    """One part while it is read; raises UnreadableError for what is not well-formed, or too much."""

    def __init__(self, root: Mapping[str, Element], never_unread: Collection[str] = ()) -> None:
        """`root` is the name of the outermost element, as `namespace name`, with what is looked at in it.

        Elements that are `never_unread` must not stand in one that is not looked at: some programs would look there.
        """
        self._never_unread = frozenset(never_unread)
        self._open = [Element(children=root, closed=True)]
        self._text: list[str] = []
        self._length = 0
        self._closed = UNREAD
        self._unseen = 0
        self._tags = _MAX_TAGS
        self._names: dict[str, str] = {}
        self._fed = 0
        self._encoding: str | None = None
        self._parser = ParserCreate(None, " ", self._names)
        self._parser.buffer_text = True
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._data
        self._parser.XmlDeclHandler = self._declared
        self._parser.StartDoctypeDeclHandler = _no_dtd

    def read(self, pieces: Iterable[bytes], shortcut: Shortcut | None = None) -> None:
        """Read a whole part; where it has a `shortcut`, what that takes apart is not looked at here."""
        rest = b""
        for piece in pieces:
            rest = self._shortened(rest + piece, shortcut) if shortcut else piece
            if shortcut is None or len(rest) > MAX_TAG:
                self._feed(rest)
                rest = b""
        self._feed(rest, last=True)

    def add(self, text: str) -> None:
        """Add to the text of the element one stands in."""
        self._length += len(text)
        if self._length > _MAX_TEXT:
            raise damaged("eine Zelle enthält zu viel Text")
        self._text.append(text)

    def _shortened(self, data: bytes, shortcut: Shortcut) -> bytes:
        """Read on to the last end tag of the shortcut, and return what follows it."""
        begin = 0
        while (end := data.find(shortcut.tag, begin)) >= 0:
            end += len(shortcut.tag)
            self._closed = UNREAD
            self._feed(data[begin:end])
            behind = self._closed is shortcut.element and self._open[-1] is shortcut.parent
            begin = shortcut.take(data, begin, end) if behind and self._encoding in _UTF_8 else end
        return data[begin:]

    def _feed(self, piece: bytes, *, last: bool = False) -> None:
        try:
            self._parser.Parse(piece, last)
        except ExpatError:
            raise damaged("ihr Inhalt ist kein gültiges XML") from None
        self._fed += len(piece)
        self._tags -= piece.count(b"<")
        too_long = self._fed - self._parser.CurrentByteIndex > MAX_TAG or len(self._names) > _MAX_NAMES
        if too_long or self._tags < 0 or len(self._open) + self._unseen > _MAX_DEPTH:
            raise damaged("ihr Inhalt ist kein XML einer Tabelle")

    def _declared(self, _version: str, encoding: str | None, _standalone: int) -> None:
        self._encoding = encoding.casefold() if encoding else None
        if self._encoding not in _ENCODINGS:
            raise damaged("ihr Inhalt ist ungewöhnlich kodiert")

    def _start(self, name: str, attributes: Attributes) -> None:
        element = None if self._unseen else self._open[-1].children.get(name)
        if element is None or element is UNREAD:
            misplaced = element is None and not self._unseen and self._open[-1].closed
            if misplaced or name in self._never_unread:
                raise damaged(f"das Element {name.rpartition(' ')[2][:40]} steht, wo es nicht hingehört")
            self._unseen += 1
            return
        self._open.append(element)
        if element.text:
            self._text.clear()
            self._length = 0
        if element.start is not None:
            element.start(attributes)

    def _end(self, _name: str) -> None:
        if self._unseen:
            self._unseen -= 1
            return
        element = self._closed = self._open.pop()
        if element.end is not None:
            element.end("".join(self._text) if element.text else "")

    def _data(self, data: str) -> None:
        if self._unseen:
            return
        element = self._open[-1]
        if element.text or element.inline:
            self.add(data)
        elif element.closed and not data.isspace():
            raise damaged("zwischen ihren Zellen steht Text")


def _no_dtd(*_: object) -> None:
    raise damaged("ihr Inhalt beruft sich auf eine DTD")
