"""A sheet of a workbook as cells: what a person sees in it, and what such a person may overlook."""

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal, InvalidOperation

from foerdercheck.model.filenames import shown_name
from foerdercheck.model.scalars import MAX_TEXT, Flaw
from foerdercheck.reading.archive import UnreadableError, damaged
from foerdercheck.reading.cells import Cell
from foerdercheck.reading.formulas import Formula

Cells = Sequence[Cell]
Merged = tuple[tuple[int, int], tuple[int, int]]
"""The first and the last cell of those that are shown as one, row and column from 0."""
Wanted = Callable[[str, Sequence[Cells]], bool]
"""Whether a sheet of this title that begins with these rows is read; of others only the first rows are kept."""
HEADING_ROWS = 20
"""A heading stands in one of the first twenty rows."""
MAX_ROWS, MAX_COLUMNS = 1 << 20, 1 << 14
_MAX_CELLS = 2_000_000
_MAX_CHARACTERS = 50_000_000
_MAX_FORMULAS = 5_000_000
_LEAST_FORMULA = 10
"""As many characters a formula counts at least: to note it takes memory."""
_MAX_FLAWS = 100_000
_MAX_ODD = 200_000
_MAX_MERGED = 100_000


class Room:
    """How many cells a workbook may still have over all its sheets; asked before they are laid out."""

    def __init__(self) -> None:
        self._cells = _MAX_CELLS
        self._characters = _MAX_CHARACTERS
        self._formulas = _MAX_FORMULAS
        self._flaws = _MAX_FLAWS
        self._odd = _MAX_ODD

    def take(self, cells: int) -> None:
        """Count cells; raises UnreadableError if there are too many."""
        self._cells -= cells
        if self._cells < 0:
            raise UnreadableError(
                "Die Tabelle ist riesig, sie reicht über mehr als zwei Millionen Zellen: löschen Sie Zellen weit außerhalb "
                "des Ausgefüllten."
            )

    def take_text(self, characters: int) -> None:
        """Count the characters of a text that is kept; raises UnreadableError if there are too many."""
        self._characters -= characters
        if self._characters < 0:
            raise UnreadableError("Die Tabelle enthält mehr als fünfzig Millionen Zeichen; so groß ist keine Eingabe.")

    def take_formula(self, characters: int) -> None:
        """Count the characters of a formula that is looked at; raises UnreadableError if there are too many."""
        self._formulas -= characters
        if self._formulas < 0:
            raise UnreadableError(
                "Die Formeln der Tabelle haben zusammen mehr als fünf Millionen Zeichen: ersetzen Sie sie durch ihre Werte."
            )

    def note_odd(self) -> None:
        """Count a number that is shown in an unusual way: to find out how takes time."""
        self._odd -= 1
        if self._odd < 0:
            raise UnreadableError(
                "Die Tabelle hat zu viele ungewöhnliche Zahlenformate: formatieren Sie Beträge als Zahl."
            )

    def note_flaw(self) -> None:
        """Count a cell that cannot be read."""
        self._flaws -= 1
        if self._flaws < 0:
            raise UnreadableError(
                "Die Tabelle besteht aus Zellen, die sich nicht lesen lassen, z. B. Formeln ohne Ergebnis."
            )


class Sheet:
    """A sheet: its rows of cells up to the last filled one, and what stands beside them."""

    def __init__(self, title: str, room: Room, wanted: Wanted, *, hidden: bool) -> None:
        self.title = title
        self.name = shown_name(title)
        """The title as places and messages show it."""
        self.hidden = hidden
        self.rows: list[Cells] = []
        self.merged: list[Merged] = []
        self.covered = 0
        """How many cells merged areas and links cover."""
        self.formulas: dict[int, Formula] = {}
        """The cells a formula gives, as row * MAX_COLUMNS + column, in order."""
        self.unsteady: set[int] = set()
        """Those of them whose formula comes to something else tomorrow, or elsewhere."""
        self.hidden_rows: set[int] = set()
        self.hidden_columns: list[range] = []
        self.room = room
        self._wanted = wanted
        self.kept = True
        self._asked = False

    @property
    def is_filled(self) -> bool:
        """Whether any cell holds something."""
        return any(cell is not None for row in self.rows for cell in row)

    @property
    def hides(self) -> bool:
        """Whether anything in it is hidden."""
        return self.hidden or bool(self.hidden_rows) or bool(self.hidden_columns)

    def put(self, index: int, rows: Sequence[Cells], *, hidden: bool = False) -> None:
        """Lay out rows that follow each other from `index` (from 0), below those before them."""
        if index + len(rows) > HEADING_ROWS and not self._asked:
            self._asked, self.kept = True, self._wanted(self.title, self.rows)
        gap = index - len(self.rows) if self.kept else 0
        self.room.take(gap + sum(map(len, rows)) + len(rows))
        if not self.kept:
            return
        self.rows += [()] * gap
        self.rows += rows
        if hidden:
            self.hidden_rows.update(range(index, index + len(rows)))

    def note_formula(self, row: int, column: int, formula: Formula, *, unsteady: bool) -> None:
        """Note that a formula gives a cell."""
        self.room.take_formula(_LEAST_FORMULA)
        place = row * MAX_COLUMNS + column
        self.formulas[place] = formula
        if unsteady:
            self.unsteady.add(place)

    def mark(self, flaws: Mapping[int, Flaw]) -> None:
        """Put flaws into filled cells, as far as the sheet is kept."""
        for place, flaw in flaws.items():
            row, column = divmod(place, MAX_COLUMNS)
            if row < len(self.rows) and column < len(self.rows[row]):
                cells = list(self.rows[row])
                cells[column] = flaw
                self.rows[row] = tuple(cells)

    def merge(self, area: Merged) -> None:
        """Note cells that are shown as one."""
        if len(self.merged) == _MAX_MERGED:
            raise damaged("sie hat zu viele verbundene Zellen")
        self.merged.append(area)
        self.cover(area)

    def cover(self, area: Merged) -> None:
        """Count the cells of an area that is merged, or that a link covers."""
        (top, left), (bottom, right) = area
        self.covered += (bottom - top + 1) * (right - left + 1)

    def clear_covered(self) -> None:
        """Empty the cells below merged ones: programs may keep what nobody sees there, and only what is seen counts."""
        left = sum(map(len, self.rows))
        changed: dict[int, list[Cell]] = {}
        for (top, first), (bottom, last) in self.merged:
            for index in range(top, min(bottom + 1, len(self.rows))):
                covered = range(first + (index == top), min(last + 1, len(self.rows[index])))
                left -= len(covered)
                if left < 0:  # they cover more than there is
                    text = (
                        f"Auf dem Blatt {self.name} überdecken sich verbundene Zellen: heben Sie die Verbindungen auf."
                    )
                    raise UnreadableError(text)
                if covered:
                    row = changed.setdefault(index, list(self.rows[index]))
                    row[covered.start : covered.stop] = [None] * len(covered)
        for index, row in changed.items():
            self.rows[index] = tuple(row)


def is_unseen(size: str | None, unit: Decimal = Decimal(1)) -> bool:
    """Tell whether nobody sees what is so high or wide: less than a point, or than a character; None is the usual size."""
    if size is None:
        return False
    try:
        return Decimal(size) * unit < 1
    except InvalidOperation:
        raise damaged("eine Zeile oder Spalte hat keine gültige Größe") from None


def text_cell(text: str) -> Cell:
    """Return a text as a cell: nothing if nobody sees it, a flaw if it is longer than any text of ours."""
    if not text or text.isspace():
        return None
    if len(text) > MAX_TEXT:
        return Flaw(f"Der Text hat {len(text)} Zeichen; höchstens {MAX_TEXT} sind erlaubt")
    return text
