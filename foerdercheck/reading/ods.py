"""An .ods from its XML: sheets of rows and cells, which may be repeated, grouped, merged and hidden."""

import re

from foerdercheck.model.scalars import Flaw
from foerdercheck.reading.archive import Archive, UnreadableError, damaged
from foerdercheck.reading.cells import Cell
from foerdercheck.reading.formulas import Formula, unsteady
from foerdercheck.reading.markup import Attributes, Element, Markup
from foerdercheck.reading.ods_cells import read_cell
from foerdercheck.reading.ods_styles import OFFICE, TABLE, TEXT, Styles
from foerdercheck.reading.precedents import settle
from foerdercheck.reading.sheet import MAX_COLUMNS, MAX_ROWS, Room, Sheet, Wanted

_INLINE = "span a ruby ruby-base sheet-name title date time file-name page-number page-count".split()
_GROUPS = "table-row-group table-header-rows table-rows table-column-group table-header-columns table-columns".split()
_SPACES = re.compile(r"[ \t\r\n]+")
_KEPT_SPACE = "\x01"
"""A space that stays, until the others are folded; more than two say no more."""
_STYLE, _NAME, _DISPLAY, _DEFAULT, _VISIBILITY, _FORMULA = (
    f"{TABLE}{name}" for name in ("style-name", "name", "display", "default-cell-style-name", "visibility", "formula")
)
_ROWS_REPEATED, _COLUMNS_REPEATED, _ROWS_SPANNED, _COLUMNS_SPANNED, _MATRIX_ROWS, _MATRIX_COLUMNS = (
    f"{TABLE}number-{name}"
    for name in (
        "rows-repeated",
        "columns-repeated",
        "rows-spanned",
        "columns-spanned",
        "matrix-rows-spanned",
        "matrix-columns-spanned",
    )
)
_VALUE_TYPE = f"{OFFICE}value-type"
_NAMES = (f"{TABLE}named-expression", f"{TABLE}named-range")
_MAX_SHEETS = 1_000
_MAX_PARAGRAPHS = 1_000
_ELSEWHERE = Flaw(
    "der Wert kommt aus einer anderen Datei: ersetzen Sie die Verknüpfung durch den Wert, der gelten soll"
)


def read_ods(archive: Archive, wanted: Wanted) -> list[Sheet]:
    """Return the sheets in their order; raises UnreadableError for what no program would open, or read in two ways."""
    styles = Styles()
    if "styles.xml" in archive:
        root = Element(children={f"{OFFICE}styles": styles.element()})
        Markup({f"{OFFICE}document-styles": root}).read(archive.pieces("styles.xml"))
    return _Content(styles, wanted).read(archive)


class _Content:
    """Reads the sheets of the one part they stand in."""

    def __init__(self, styles: Styles, wanted: Wanted) -> None:
        self._styles = styles
        self._wanted = wanted
        self._room = Room()
        self._bodies = 0
        self._sheets: list[Sheet] = []
        self._groups: list[bool] = []
        """Whether the rows or columns of the groups one stands in are hidden."""
        self._column_styles: list[str] = []
        self._row = self._times = self._next_row = 0
        self._row_style = ""
        self._row_hidden = False
        self._cells: list[Cell] = []
        self._names: dict[str, str] = {}
        self._formulas: list[tuple[range, Formula, Flaw | None]] = []
        """The columns of a row that formulas give."""
        self._column = 0
        self._attributes: Attributes = {}
        self._paragraphs: list[str] = []
        self._linked = False
        self._matrices: dict[int, tuple[int, Formula, Flaw | None]] = {}
        """The columns a matrix formula covers, with the row behind it, itself and what is wrong with it."""

    def read(self, archive: Archive) -> list[Sheet]:
        """Return the sheets."""
        cell = Element(self._start_cell, self._end_cell, self._inside_cell())
        row = {f"{TABLE}table-cell": cell, f"{TABLE}covered-table-cell": cell}
        lines = {
            f"{TABLE}table-row": Element(self._start_row, self._end_row, row, closed=True),
            f"{TABLE}table-column": Element(self._note_columns),
        }
        group = Element(self._start_group, self._end_group)
        lines |= dict.fromkeys((f"{TABLE}{name}" for name in _GROUPS), group)
        group.children |= lines
        table = Element(self._start_table, children=lines | {f"{TABLE}table-source": Element(self._refuse_link)})
        names = Element(children=dict.fromkeys(_NAMES, Element(self._note_name)))
        inside = {f"{TABLE}table": table, f"{TABLE}named-expressions": names}
        table.children |= {f"{TABLE}named-expressions": names}
        body = Element(children={f"{OFFICE}spreadsheet": Element(self._start_body, children=inside)})
        content = {f"{OFFICE}automatic-styles": self._styles.element(), f"{OFFICE}body": body}
        rows = (f"{TABLE}table-row", *row)
        self._markup = Markup({f"{OFFICE}document-content": Element(children=content)}, rows)
        self._markup.read(archive.pieces("content.xml"))
        if self._bodies != 1:
            raise damaged("sie enthält keine Tabellen")
        settle(self._sheets, self._names)
        return self._sheets

    def _inside_cell(self) -> dict[str, Element]:
        inline = Element(inline=True, closed=True)
        spaces = Element(lambda attributes: self._markup.add(_KEPT_SPACE * (1 + (f"{TEXT}c" in attributes))))
        line = {f"{TEXT}{name}": inline for name in _INLINE} | {f"{TEXT}s": spaces, f"{TEXT}tab": spaces}
        line[f"{TEXT}line-break"] = Element(lambda _: self._markup.add("\x02"))
        inline.children |= line
        paragraph = Element(end=self._end_paragraph, children=line, text=True, closed=True)
        return {f"{TEXT}p": paragraph, f"{TEXT}h": paragraph, f"{TABLE}cell-range-source": Element(self._note_link)}

    def _start_body(self, _: Attributes) -> None:
        self._bodies += 1

    def _start_table(self, attributes: Attributes) -> None:
        if len(self._sheets) == _MAX_SHEETS:
            raise damaged("sie hat zu viele Blätter")
        hidden = ("table", attributes.get(_STYLE)) in self._styles.hidden
        title = attributes.get(_NAME, "")
        if not title or any(sheet.title.casefold() == title.casefold() for sheet in self._sheets):
            raise damaged("eines ihrer Blätter hat keinen eigenen Namen")
        self._sheets.append(Sheet(title, self._room, self._wanted, hidden=hidden))
        self._next_row = 0
        self._column_styles.clear()
        self._matrices.clear()

    def _note_name(self, attributes: Attributes) -> None:
        area = attributes.get(f"{TABLE}cell-range-address", "")
        name, formula = attributes.get(_NAME, ""), attributes.get(f"{TABLE}expression", f"[{area}]")
        self._room.take_formula(len(formula))
        self._names[name] = f"{self._names.get(name, '')} {formula}"

    def _refuse_link(self, _: Attributes) -> None:
        raise UnreadableError(
            f"Das Blatt {self._sheets[-1].name} holt seine Werte aus einer anderen Datei: ersetzen Sie die Verknüpfung durch sie."
        )

    def _start_group(self, attributes: Attributes) -> None:
        self._groups.append(attributes.get(_DISPLAY) == "false")

    def _end_group(self, _: str) -> None:
        self._groups.pop()

    def _note_columns(self, attributes: Attributes) -> None:
        first = len(self._column_styles)
        count = _count(attributes, _COLUMNS_REPEATED, MAX_COLUMNS - first)
        self._column_styles += [attributes.get(_DEFAULT, "")] * count
        if self._is_hidden("table-column", attributes):
            self._sheets[-1].hidden_columns.append(range(first, first + count))

    def _is_hidden(self, family: str, attributes: Attributes) -> bool:
        hidden = attributes.get(_VISIBILITY, "visible") != "visible" or any(self._groups)
        return hidden or (family, attributes.get(_STYLE)) in self._styles.hidden

    def _start_row(self, attributes: Attributes) -> None:
        self._row = self._next_row
        self._times = _count(attributes, _ROWS_REPEATED, MAX_ROWS - self._row)
        self._next_row += self._times
        self._row_style = attributes.get(_DEFAULT, "")
        self._row_hidden = self._is_hidden("table-row", attributes)
        self._column = 0

    def _end_row(self, _: str) -> None:
        sheet = self._sheets[-1]
        if self._cells:
            sheet.put(self._row, [tuple(self._cells)] * self._times, hidden=self._row_hidden)
        for row in range(self._row, self._next_row) if self._formulas else ():
            for columns, formula, wrong in self._formulas:
                for column in columns:
                    sheet.note_formula(row, column, formula, unsteady=wrong is not None)
        self._cells.clear()
        self._formulas.clear()

    def _start_cell(self, attributes: Attributes) -> None:
        self._attributes = attributes
        self._paragraphs.clear()
        self._linked = False

    def _end_paragraph(self, text: str) -> None:
        if len(self._paragraphs) == _MAX_PARAGRAPHS:
            raise damaged("eine Zelle enthält zu viel Text")
        if "  " in text or not text.isprintable():
            text = _SPACES.sub(" ", text)
            text = text.strip(" ").replace(_KEPT_SPACE, " ").replace("\x02", "\n")
        self._paragraphs.append(text)

    def _note_link(self, _: Attributes) -> None:
        self._linked = True

    def _end_cell(self, _: str) -> None:
        attributes, column = self._attributes, self._column
        count = _count(attributes, _COLUMNS_REPEATED, MAX_COLUMNS - column)
        self._column += count
        if _COLUMNS_SPANNED in attributes or _ROWS_SPANNED in attributes:
            down = _count(attributes, _ROWS_SPANNED, MAX_ROWS - self._row)
            across = _count(attributes, _COLUMNS_SPANNED, MAX_COLUMNS - column)
            self._sheets[-1].merge(((self._row, column), (self._row + down - 1, column + across - 1)))
        if self._paragraphs or _VALUE_TYPE in attributes or _FORMULA in attributes:
            self._put(attributes, column, count)

    def _put(self, attributes: Attributes, column: int, count: int) -> None:
        """Put what a cell shows into its place, as often as it is repeated."""
        wrong = self._from_formula(attributes, range(column, column + count))
        if not self._sheets[-1].kept:
            self._room.take(count)
            return
        form = self._styles.format(self._style(attributes, column))
        if form is not None and form.odd:
            self._room.note_odd()
        value = (_ELSEWHERE if self._linked else wrong) or read_cell(attributes, self._text(), form)
        if value is None:
            return
        if isinstance(value, Flaw):
            self._room.note_flaw()
        elif isinstance(value, str):
            self._room.take_text(len(value))
        self._cells += [None] * (column - len(self._cells))
        self._cells += [value] * count

    def _from_formula(self, attributes: Attributes, columns: range) -> Flaw | None:
        """Note whether a formula gives the cells, and return what is wrong with that."""
        column = columns.start
        if (text := attributes.get(_FORMULA)) is not None:
            self._room.take_formula(len(text))
            formula, wrong = Formula(text), unsteady(text)
            if _MATRIX_COLUMNS in attributes:
                across = _count(attributes, _MATRIX_COLUMNS, MAX_COLUMNS - column)
                end = self._row + _count(attributes, _MATRIX_ROWS, MAX_ROWS - self._row)
                self._room.take(across)
                self._matrices |= dict.fromkeys(range(column, column + across), (end, formula, wrong))
        else:
            end, formula, wrong = self._matrices.get(column, (0, Formula(""), None))
            if self._row >= end:
                return None
        self._formulas.append((columns, formula, wrong))
        return wrong

    def _text(self) -> str | None:
        return "\n".join(self._paragraphs) if self._paragraphs else None

    def _style(self, attributes: Attributes, column: int) -> str:
        """Return the style of a cell: its own, or that of its row, or that of its column."""
        of_column = self._column_styles[column] if column < len(self._column_styles) else ""
        return attributes.get(_STYLE) or self._row_style or of_column


def _count(attributes: Attributes, name: str, most: int) -> int:
    """Return how often something is repeated or how far it reaches."""
    if (text := attributes.get(name)) is None:  # as nearly everywhere
        return 1
    if not (text.isascii() and text.isdecimal() and len(text) <= 7 and 0 < int(text) <= most):
        raise damaged("ihre Zeilen oder Spalten reichen über das Blatt hinaus")
    return int(text)
