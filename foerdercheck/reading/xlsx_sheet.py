"""A worksheet of an .xlsx from its XML, cell by cell."""

from collections.abc import Iterable

from foerdercheck.model.scalars import Flaw
from foerdercheck.reading.archive import damaged
from foerdercheck.reading.cells import Cell
from foerdercheck.reading.formulas import Formula, unsteady
from foerdercheck.reading.markup import UNREAD, Attributes, Element, Markup, Shortcut
from foerdercheck.reading.sheet import MAX_COLUMNS, MAX_ROWS, Sheet, is_unseen
from foerdercheck.reading.xlsx_cells import TRUE, Book, CellReader, Letters, area, named, string
from foerdercheck.reading.xlsx_rows import OrdinaryRows

_LOST = Flaw("niemand weiß, woher die Formel ihren Wert hat: ersetzen Sie sie durch den Wert, der gelten soll")
_NONE = Formula("")
_MAX_FORMULA = 8_192


class Worksheet:
    """Reads one sheet; raises UnreadableError for rows and cells that are out of order, or as no program writes them."""

    def __init__(self, sheet: Sheet, book: Book) -> None:
        self._sheet = sheet
        self._reader = CellReader(book, sheet.room)
        self._columns = Letters()
        self._narrow = False
        """Whether columns are not to be seen unless they have a width of their own."""
        self._next_width = 0
        self._tables = 0
        self._row = 0
        self._row_text = ""
        self._row_hidden = False
        self._cells: list[Cell] = []
        self._column = -1
        self._kind = self._style = ""
        self._value: str | None = None
        self._inline: Cell = None
        self._formula: Attributes | None = None
        self._formula_text = ""
        self._shared: dict[str, tuple[Formula, Flaw | None]] = {}
        self._arrays: dict[int, tuple[int, Formula, Flaw | None]] = {}
        """The columns an array formula covers, with its last row, itself and what is wrong with it."""

    def read(self, pieces: Iterable[bytes]) -> None:
        """Read the sheet from its part."""
        row = self._row_element()
        data = Element(self._start_data, children=named(row=row), closed=True)
        columns = Element(children=named(col=Element(self._note_columns)))
        merged = Element(children=named(mergeCell=Element(self._note_merged)))
        links = Element(children=named(hyperlink=Element(self._note_link)))
        default = Element(self._note_default)
        parts = named(sheetFormatPr=default, cols=columns, sheetData=data, mergeCells=merged, hyperlinks=links)
        root = Element(children=parts)
        ordinary = OrdinaryRows(self._sheet, self._reader)

        def take(text: bytes, begin: int, end: int) -> int:
            place, self._row = ordinary.take(text, begin, end, self._row)
            return place

        never_unread = named(sheetData=UNREAD, row=UNREAD, c=UNREAD, col=UNREAD, mergeCell=UNREAD)
        Markup(named(worksheet=root), never_unread).read(pieces, Shortcut(data, row, b"</row>", take))
        if self._tables != 1:
            raise damaged("eines ihrer Blätter hat nicht genau eine Tabelle")

    def _row_element(self) -> Element:
        value = Element(end=self._note_value, text=True, closed=True)
        formula = Element(self._start_formula, self._end_formula, text=True, closed=True)
        inside = {"v": value, "f": formula, "is": string(self._note_inline), "extLst": UNREAD}
        cell = Element(self._start_cell, self._end_cell, named(**inside), closed=True)
        return Element(self._start_row, self._end_row, named(c=cell, extLst=UNREAD), closed=True)

    def _start_data(self, _: Attributes) -> None:
        self._tables += 1
        if self._narrow:
            self._sheet.hidden_columns.append(range(self._next_width, MAX_COLUMNS))

    def _note_default(self, attributes: Attributes) -> None:
        self._narrow = is_unseen(attributes.get("defaultColWidth"))

    def _note_columns(self, attributes: Attributes) -> None:
        hidden = attributes.get("hidden") in TRUE or is_unseen(attributes.get("width"))
        if hidden or self._narrow:
            first, last = (attributes.get(name, "") for name in ("min", "max"))
            if not (first + last).isdecimal() or len(first + last) > 10:
                raise damaged("eine Spalte hat keinen gültigen Ort")
            columns = range(int(first) - 1, int(last))
            if hidden:
                self._sheet.hidden_columns.append(columns)
            if self._narrow:
                self._sheet.hidden_columns.append(range(self._next_width, columns.start))
                self._next_width = columns.stop

    def _note_merged(self, attributes: Attributes) -> None:
        self._sheet.merge(area(attributes.get("ref", "")))

    def _note_link(self, attributes: Attributes) -> None:
        self._sheet.cover(area(attributes.get("ref", "")))

    def _start_row(self, attributes: Attributes) -> None:
        text = attributes.get("r", str(self._row + 1))
        if not (text.isascii() and text.isdecimal() and len(text) <= 7 and self._row < int(text) <= MAX_ROWS):
            raise damaged("ihre Zeilen stehen nicht in ihrer Reihenfolge")
        self._row, self._row_text, self._column = int(text), text, -1
        self._row_hidden = attributes.get("hidden") in TRUE or is_unseen(attributes.get("ht"))

    def _end_row(self, _: str) -> None:
        if self._cells:
            self._sheet.put(self._row - 1, [tuple(self._cells)], hidden=self._row_hidden)
            self._cells.clear()

    def _start_cell(self, attributes: Attributes) -> None:
        column = self._column + 1
        if (place := attributes.get("r")) is not None:
            if not place.endswith(self._row_text):
                raise damaged("eine Zelle steht nicht in der Zeile, die sie nennt")
            column = self._columns[place[: -len(self._row_text)]]
        if not self._column < column < MAX_COLUMNS:
            raise damaged("ihre Zellen stehen nicht in ihrer Reihenfolge")
        self._column = column
        self._kind, self._style = attributes.get("t", "n"), attributes.get("s", "")
        self._value = self._formula = self._inline = None

    def _note_value(self, text: str) -> None:
        if self._value is not None or self._kind == "inlineStr":
            raise damaged("eine Zelle hat zwei Werte")
        self._value = text

    def _note_inline(self, text: Cell) -> None:
        if self._inline is not None or self._kind != "inlineStr":
            raise damaged("eine Zelle hat zwei Werte")
        self._inline = text

    def _start_formula(self, attributes: Attributes) -> None:
        if self._formula is not None:
            raise damaged("eine Zelle hat zwei Formeln")
        self._formula = attributes

    def _end_formula(self, text: str) -> None:
        if len(text) > _MAX_FORMULA:
            raise damaged("eine Formel ist zu lang")
        self._formula_text = text

    def _end_cell(self, _: str) -> None:
        wrong = self._from_formula() if self._formula is not None or self._arrays else None
        if not self._sheet.kept:
            self._sheet.room.take(1)
            return
        text = self._value
        if self._kind == "inlineStr":
            value = wrong or self._reader.text(self._style, self._inline)
        elif text is not None and (self._kind == "str" or text.strip()):
            value = wrong or self._reader.read(self._kind, self._style, text)
        else:
            value = None if self._formula is None else "=" + (self._formula_text or "…")
        if value is None:
            return
        if value.__class__ is Flaw:
            self._sheet.room.note_flaw()
        self._cells += [None] * (self._column - len(self._cells))
        self._cells.append(value)

    def _from_formula(self) -> Flaw | None:
        """Note that a formula gives the value, and return what is wrong with that."""
        last, formula, wrong = self._arrays.get(self._column, (0, _NONE, None))
        if self._formula is None:
            if last < self._row:
                return None
        else:
            formula, wrong = self._about_formula(self._formula)
        self._sheet.note_formula(self._row - 1, self._column, formula, unsteady=wrong is not None)
        return wrong

    def _about_formula(self, attributes: Attributes) -> tuple[Formula, Flaw | None]:
        text, kind = self._formula_text, attributes.get("t", "normal")
        self._sheet.room.take_formula(len(text))
        formula, wrong = Formula(text), unsteady(text)
        if kind == "shared":
            key, here = attributes.get("si", ""), (self._row - 1) * MAX_COLUMNS + self._column
            new = Formula(text, here), wrong
            if not text:
                return self._shared.get(key, (_NONE, _LOST))
            self._shared.setdefault(key, new)
            return new
        if kind != "normal" and "ref" in attributes:
            (top, left), (bottom, right) = area(attributes["ref"])
            if (top, left) != (self._row - 1, self._column):
                raise damaged("eine Formel steht nicht dort, wo sie gilt")
            self._sheet.room.take(right - left)
            self._arrays |= dict.fromkeys(range(left, right + 1), (bottom + 1, formula, wrong))
        return formula, wrong
