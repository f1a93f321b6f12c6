"""What a cell of an .xlsx shows, from its kind, its style and the text that is stored."""

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from foerdercheck.model.scalars import MAX_TEXT, Flaw, flaw, shown
from foerdercheck.reading.archive import damaged
from foerdercheck.reading.cells import Cell, column_index
from foerdercheck.reading.markup import UNREAD, Element
from foerdercheck.reading.number_formats import EPOCH, NumberFormat, contradiction, from_code, number
from foerdercheck.reading.sheet import MAX_COLUMNS, MAX_ROWS, Merged, Room, text_cell

_NAMESPACES = (
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    "http://purl.oclc.org/ooxml/spreadsheetml/main",
)
_LETTERS = re.compile(r"[A-Z]{1,3}")
_AREA = re.compile(r"\$?([A-Z]{1,3})?\$?([1-9][0-9]{0,6})?(?::\$?([A-Z]{1,3})?\$?([1-9][0-9]{0,6})?)?")
_BY_NUMBER = re.compile(r"&#([0-9]+);")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_MAX_RUNS = 1_000
_REMEMBERED = 10_000
_ESCAPES = {"&lt;": "<", "&gt;": ">", "&quot;": '"', "&apos;": "'", "&amp;": "&"}
TRUE = frozenset({"1", "true"})


def named(**children: Element) -> dict[str, Element]:
    """Return elements by their names in the two namespaces of spreadsheets."""
    return {f"{namespace} {name}": element for namespace in _NAMESPACES for name, element in children.items()}


def string(end: Callable[[Cell], object]) -> Element:
    """Return an element that holds a text, in one piece or in several of different looks; `end` gets it as a cell."""
    parts: list[str] = []

    def note(text: str) -> None:
        if len(parts) > _MAX_RUNS:
            raise damaged("ein Text besteht aus zu vielen Stücken")
        parts.append(text)

    def finish(_: str) -> None:
        end(text_cell(unescaped("".join(parts))))
        parts.clear()

    piece = Element(end=note, text=True, closed=True)
    run = Element(children=named(t=piece, rPr=UNREAD), closed=True)
    return Element(
        end=finish, children=named(t=piece, r=run, rPh=UNREAD, phoneticPr=UNREAD, extLst=UNREAD), closed=True
    )


def unescaped(text: str) -> str:
    """Return a text with the characters that XML cannot hold: `_x000D_` is a carriage return."""
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text) if "_x" in text else text


def decoded(texts: Sequence[bytes]) -> Sequence[str]:
    """Return texts as XML means them; they hold no line breaks."""
    try:
        joined = b"\n".join(texts).decode()
    except UnicodeDecodeError:
        raise damaged("ihr Inhalt ist kein gültiges XML") from None
    if "\ufffe" in joined or "\uffff" in joined:
        raise damaged("ihr Inhalt ist kein gültiges XML")
    if "&" in joined:
        joined = _BY_NUMBER.sub(lambda match: chr(int(match[1])), joined)
        for escape, meant in _ESCAPES.items():  # the ampersand last
            joined = joined.replace(escape, meant)
    return joined.split("\n")


class Letters(dict[str, int]):
    """The letters of columns with their numbers, from 0; raises UnreadableError for what names none."""

    def __missing__(self, letters: str) -> int:
        column = column_index(letters) if _LETTERS.fullmatch(letters) else -1
        if not 0 <= column < MAX_COLUMNS:
            raise damaged("eine Zelle hat keinen gültigen Ort")
        return self.setdefault(letters, column)


def area(text: str) -> Merged:
    """Return the corners of a range, also of whole rows or columns: `A1:B2`, `$A$1`, `1:39`, `A:U`."""
    match = _AREA.fullmatch(text)
    if match is None or not (match[1] or match[2]):
        raise damaged("ein Bereich hat keinen gültigen Ort")
    left, top, right, bottom = match.groups() if ":" in text else (match[1], match[2], match[1], match[2])
    columns, rows = Letters(), sorted((int(top or 1), int(bottom or MAX_ROWS)))
    across = sorted((columns[left or "A"], columns[right] if right else MAX_COLUMNS - 1))
    if rows[1] > MAX_ROWS:
        raise damaged("ein Bereich hat keinen gültigen Ort")
    return (rows[0] - 1, across[0]), (rows[1] - 1, across[1])


class Book(NamedTuple):
    """What the sheets of a workbook share: texts, and the format code of every style."""

    strings: Sequence[Cell]
    codes: Sequence[str]
    since_1904: bool


class CellReader:
    """Turns what is stored into what is shown; raises UnreadableError for what no program stores."""

    def __init__(self, book: Book, room: Room) -> None:
        self._book = book
        self._room = room
        self._formats: dict[str, NumberFormat | None] = {}
        self._known: dict[tuple[str, str], dict[bytes, Cell]] = {}
        """What texts have meant lately in cells of a kind and style."""

    def read(self, kind: str, style: str, text: str) -> Cell:
        """Return what a cell of this kind and style shows."""
        if kind == "n":
            return self._number(self._format(style), text.strip())
        if kind == "s":
            return self.text(style, self._string(text))
        if kind == "str":
            return self.text(style, self._own(text))
        if kind == "b" and text in {
            "0",
            "1",
        }:  # of `true` programs make different things, and of one that looks like a day
            return (
                text == "1" if self._format(style) is None else contradiction("", "WAHR" if text == "1" else "FALSCH")
            )
        if kind == "e":
            return text if flaw(text) else "#VALUE!"
        if kind == "d":
            return self._day(style, text)
        raise damaged("eine Zelle enthält etwas Unbekanntes")

    def text(self, style: str, text: Cell) -> Cell:
        """Return what a cell of this style shows of a text."""
        form = self._format(style)
        return text if form is None or text.__class__ is not str else form.show_text(str(text))

    def column(self, kind: str, style: str, texts: Sequence[bytes]) -> Sequence[Cell]:
        """Return what many cells of one kind and style show, from their bytes; what they repeat is read once."""
        known = self._known.setdefault((kind, style), {})
        if len(known) > _REMEMBERED:
            known.clear()
        try:
            return list(map(known.__getitem__, texts))
        except KeyError:
            new = list(set(texts).difference(known))
            known.update(zip(new, self._meant(kind, style, decoded(new)), strict=True))
        return list(map(known.__getitem__, texts))

    def _meant(self, kind: str, style: str, texts: Sequence[str]) -> Iterable[Cell]:
        if kind == "inlineStr":
            plain = self._format(style) is None and all(texts) and max(map(len, texts)) <= MAX_TEXT
            if not plain or any(map(str.isspace, texts)) or "_x" in "".join(texts):
                return [self.text(style, self._own(text)) for text in texts]
            self._room.take_text(sum(map(len, texts)))
            return texts
        plain = kind == "n" and self._format(style) is None and max(map(len, texts)) <= 15
        if plain and "e" not in "".join(texts).casefold():
            return map(Decimal, texts)
        return [self.read(kind, style, text) for text in texts]

    def _own(self, text: str) -> Cell:
        """Return a text that stands in the cell itself."""
        self._room.take_text(len(text))
        return text_cell(unescaped(text))

    def _number(self, form: NumberFormat | None, text: str) -> Cell:
        try:
            value = number(text)
        except ValueError:
            raise damaged("eine Zelle enthält statt einer Zahl etwas anderes") from None
        if form is None:
            return value
        if form.odd:
            self._room.note_odd()
        return form.read(value, since_1904=self._book.since_1904)

    def _day(self, style: str, text: str) -> Cell:
        """Return what a cell shows that holds a day in words; as a number it is shown like all others."""
        try:
            day = date.fromisoformat(text.strip().removesuffix("Z").removesuffix("T00:00:00"))
        except ValueError:
            return Flaw(f"die Zelle enthält {shown(text)}: schreiben Sie nur den Tag")
        form = self._format(style)
        value = Decimal((day - EPOCH).days)
        return value if form is None else form.read(value)

    def _string(self, text: str) -> Cell:
        if not text.isascii() or not text.isdecimal() or len(text) > 9 or int(text) >= len(self._book.strings):
            raise damaged("eine Zelle verweist auf einen Text, den es nicht gibt")
        return self._book.strings[int(text)]

    def _format(self, style: str) -> NumberFormat | None:
        if style not in self._formats:
            codes = self._book.codes
            index = (
                int(style)
                if style.isascii() and style.isdecimal() and len(style) < 6
                else 0
                if not style
                else len(codes)
            )
            if index >= max(len(codes), 1):
                raise damaged("eine Zelle hat ein Format, das es nicht gibt")
            self._formats[style] = from_code(codes[index]) if codes else None
        return self._formats[style]
