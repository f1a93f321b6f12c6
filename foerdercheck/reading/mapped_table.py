"""The rows of a foreign table: each is read as it was stated, left out by a rule, or an error; never passed over."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import partial

from foerdercheck.model.deutsch import anzahl, einige
from foerdercheck.model.location import Location, Path, Problem
from foerdercheck.model.records import MAX_PROBLEMS, Tree
from foerdercheck.model.scalars import Flaw, ScalarError, as_typed, fold, shown
from foerdercheck.model.zuordnung import Auslassung, Fremdtabelle, Zuordnungsdatei, angabe_of, einzeln
from foerdercheck.reading.cells import Cell
from foerdercheck.reading.csv_rows import more_fields
from foerdercheck.reading.foreign import ForeignSheet
from foerdercheck.reading.mapped_columns import Column, Columns, column_of, find_columns
from foerdercheck.reading.mapped_sums import Sums
from foerdercheck.reading.mapped_values import Forms, translated
from foerdercheck.reading.merged import fill_merged
from foerdercheck.reading.overlooked import Seen, tell_overlooked
from foerdercheck.reading.values import Notes, SheetRow, value_of

_MANY = 20
_MOST_QUESTIONS = 5_000_000
"""So often may be asked whether a rule leaves out a row."""


class MappedTable:
    """One table as it was stated, on one sheet after the other, and its totals."""

    def __init__(self, key: str, path: Path, tabelle: Fremdtabelle, datei: Zuordnungsdatei, notes: Notes) -> None:
        self._key = key
        self._path = path
        self._tabelle = tabelle
        self._orte = datei.orte
        self._forms = Forms(datei.zuordnung)
        self._notes = notes
        self._before = len(notes.problems)
        self._flaws = 0
        self._sums = Sums(key, tabelle, self._forms, notes)

    def rows(self, foreign: ForeignSheet) -> Iterator[SheetRow]:
        """Yield the rows of a sheet, after noting what is wrong with it."""
        fixed = self._fixed(foreign)
        if not self._tabelle.felder and not self._tabelle.je_spalte:
            yield self._sums.add(fixed)
        elif columns := find_columns(foreign, self._key, self._tabelle, self._notes):
            yield from map(self._sums.add, self._rows(foreign, columns, fixed))
        self._sums.add_stated(foreign)

    def compare_sums(self) -> None:
        """Note every total that is not the sum of what was read; of a table that cannot be read nobody knows the sum."""
        read = len(self._notes.problems) == self._before
        for feld, text in self._sums.differences() if read else ():
            self._problem(text, self._orte[*self._path, "summe", feld])

    def _rows(self, foreign: ForeignSheet, columns: Columns, fixed: SheetRow) -> Iterator[SheetRow]:
        for problem in fill_merged(foreign.sheet, columns.table, columns.money, foreign.where):
            self._problem(problem.text, problem.ort)
        read: list[int] = []
        for index in self._lines(foreign, columns):
            if self._flaws > MAX_PROBLEMS or not self._notes.take(len(columns.read), foreign.sheet.name):
                break
            read.append(index)
            yield from self._row(foreign, index, columns, fixed)
        tell_overlooked(
            Seen(foreign.sheet, read, [column.place for column in columns.read], columns.money), self._notes
        )
        self._tell_unread(foreign, columns)

    def _problem(self, text: str, where: Location | None) -> None:
        if len(self._notes.problems) <= MAX_PROBLEMS:
            self._notes.problems.append(Problem(text, (), where))

    def _fixed(self, foreign: ForeignSheet) -> SheetRow:
        """Return what holds for every row: fixed values, at their places in the mapping file, and cells of the sheet."""
        werte: dict[str, Tree] = {}
        orte: dict[str, Location] = {}
        self._add_fixed(self._tabelle.fest, (*self._path, "fest"), werte, orte)
        for feld, name in self._tabelle.zellen.items():
            row, place = foreign.at(name)
            self._read_cell(column_of(self._key, self._tabelle, feld, place), foreign, row, werte, orte)
            if row < len(foreign.sheet.rows):
                tell_overlooked(Seen(foreign.sheet, [row], [place]), self._notes)
        return SheetRow(werte, orte, next(iter(orte.values()), foreign.where(0, 0)))

    def _add_fixed(
        self, stated: Mapping[str, str], path: Path, werte: dict[str, Tree], orte: dict[str, Location]
    ) -> None:
        for feld, text in stated.items():
            orte[feld] = self._orte[*path, feld]
            angabe = angabe_of(self._key, feld)
            value = value_of(angabe, angabe.wertart, text, orte[feld], self._notes) if angabe else text
            if value is not None:
                werte[feld] = value

    def _read_cell(
        self, column: Column, foreign: ForeignSheet, row: int, werte: dict[str, Tree], orte: dict[str, Location]
    ) -> None:
        """Read a cell into the values of a row, by the forms and words that were stated."""
        cell, where = foreign.cell(row, column.place), foreign.where(row, column.place)
        orte[column.feld] = where
        angabe = column.angabe
        try:
            if cell is not None and column.words is not None:
                cell = translated(cell, column.words, tuple(angabe.worte) if angabe else ())
            elif cell is not None and angabe is not None:
                cell = self._forms.cell(angabe, cell, column.faktor)
        except ScalarError as error:
            cell, self._flaws = Flaw(str(error)), self._flaws + 1
        value = value_of(angabe, angabe.wertart, cell, where, self._notes) if angabe else cell
        if value is not None:
            werte[column.feld] = value

    def _row(self, foreign: ForeignSheet, index: int, columns: Columns, fixed: SheetRow) -> Iterator[SheetRow]:
        """Yield the row, or one for each column that becomes a row and holds something."""
        werte, orte = dict(fixed.werte), dict(fixed.orte)
        for column in columns.fields:
            self._read_cell(column, foreign, index, werte, orte)
        first = foreign.where(index, min(column.place for column in columns.read))
        if not columns.across:
            yield SheetRow(werte, orte, first)
            return
        filled = [name for name, column in columns.across.items() if foreign.cell(index, column.place) is not None]
        if not filled:
            named = einige(map(shown, columns.across), _MANY)
            self._problem(
                f"In dieser Zeile ist keine der Spalten {named} ausgefüllt: nennen Sie sie unter auslassen", first
            )
        for name in filled:
            own, places = dict(werte), dict(orte)
            more = self._tabelle.je_spalte[name]
            self._add_fixed(more, (*self._path, "zeilen_aus_spalten", "spalten", name), own, places)
            self._read_cell(columns.across[name], foreign, index, own, places)
            yield SheetRow(own, places, foreign.where(index, columns.across[name].place))

    def _lines(self, foreign: ForeignSheet, columns: Columns) -> Iterator[int]:
        """Yield the rows below the heading that are to be read, after noting every other one that no rule leaves out."""
        rules = [_rule(rule, foreign, columns.places) for rule in self._tabelle.auslassen]
        rows = range(columns.table.heading + 1, len(foreign.sheet.rows))
        if len(rules) * len(rows) > _MOST_QUESTIONS:
            self._problem("auslassen: das sind zu viele Regeln für so viele Zeilen", foreign.where(rows[0], 0))
            return
        left_out: list[list[int]] = [[] for _ in rules]
        for index in rows:
            if all(cell is None for cell in foreign.sheet.rows[index]):
                continue
            if (rule := next((number for number, applies in enumerate(rules) if applies(index)), None)) is not None:
                left_out[rule].append(foreign.number(index))
            elif found := _strange(foreign, index, columns):
                self._problem(found[0], foreign.where(index, found[1]))
            else:
                yield index
        for number, numbers in enumerate(left_out, 1):
            self._tell_left_out(number, numbers, foreign)

    def _tell_left_out(self, rule: int, numbers: Sequence[int], foreign: ForeignSheet) -> None:
        count = anzahl(len(numbers), "Zeile", "Zeilen")
        what = f"{count} ({einige(map(str, numbers), _MANY)})" if numbers else "keine Zeile"
        text = f"Ausgelassen nach der {rule}. Regel unter {self._key}.auslassen: {what}."
        self._notes.hinweise.append(Problem(text, (), foreign.where(foreign.row(numbers[0]) if numbers else 0, 0)))

    def _tell_unread(self, foreign: ForeignSheet, columns: Columns) -> None:
        """Say which columns nothing was stated of."""
        heads, used = columns.table.head, set(columns.places.values())
        unread = [(shown(cell), place) for place, cell in enumerate(heads) if cell is not None and place not in used]
        if unread:
            text = f"Keinem Feld zugeordnet und nicht gelesen: {einige([name for name, _ in unread], _MANY)}."
            where = foreign.where(max(columns.table.heading, 0), unread[0][1])
            self._notes.hinweise.append(Problem(text, (), where, ungelesen=True))


def _strange(foreign: ForeignSheet, index: int, columns: Columns) -> tuple[str, int] | None:
    """Return why a row can be no line, and in which column; None for any other."""
    cells, width = foreign.sheet.rows[index], len(columns.table.head)
    first = next(place for place, cell in enumerate(cells) if cell is not None)
    if label := columns.table.total_label(cells):
        return f"Diese Zeile sieht aus wie eine Summe ({shown(label)}): nennen Sie sie unter auslassen", first
    if all(foreign.cell(index, column.place) is None for column in columns.read):
        return "Diese Zeile hat in keiner zugeordneten Spalte etwas: nennen Sie sie unter auslassen", first
    if foreign.lines is not None and width and any(cell is not None for cell in cells[width:]):
        return more_fields(width), width
    return None


def _rule(rule: Auslassung, foreign: ForeignSheet, places: Mapping[str, int]) -> Callable[[int], bool]:
    """Return what tells whether a rule leaves out a row."""
    if rule.spalte is None:
        named, first = frozenset(rule.zeilen), rule.ab_zeile
        return lambda index: foreign.number(index) in named or (first is not None and foreign.number(index) >= first)
    cell = partial(foreign.cell, column=places[rule.spalte])
    if rule.leer is not None:
        return lambda index: (cell(index) is None) == rule.leer
    words = tuple(map(fold, einzeln(rule.beginnt or rule.ist or rule.ist_nicht)))
    if rule.beginnt is not None:
        return lambda index: _said(cell(index)).startswith(words)
    return lambda index: (_said(cell(index)) in words) == (rule.ist is not None)


def _said(cell: Cell) -> str:
    """Return a cell as rules compare it."""
    if isinstance(cell, Decimal):
        return as_typed(cell)
    return "" if cell is None else fold(str(cell))
