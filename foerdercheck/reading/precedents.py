"""What formulas refer to: a result is as unsteady as the cells, sheets and names it was made from."""

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

from foerdercheck.model.scalars import Flaw
from foerdercheck.reading.archive import UnreadableError
from foerdercheck.reading.cells import cell_name, column_index
from foerdercheck.reading.formulas import NAME, TEXT, Formula, unsteady
from foerdercheck.reading.sheet import MAX_COLUMNS, MAX_ROWS, Sheet

_Node = tuple[int, int] | str
"""A cell, as the number of its sheet and its place there, or a name in lower case."""
_MOST = 5_000_000
# Compiled where they are needed: hardly any workbook has a formula that comes to something else tomorrow
_CORNER = r"(\$?)([A-Za-z]{0,3})(\$?)([0-9]{0,7})"
_CELL = r"\$?[A-Za-z]{1,3}\$?[0-9]{1,7}"
_TITLE = r"'(?:[^']|'')*+'"
_EXCEL = (
    rf"(?<![\w.$])(?:(?P<sheet>{_TITLE}|[^\W\d][\w.]*+)!)?"
    rf"(?:(?P<first>{_CELL})(?::(?P<last>{_CELL}))?|(?P<from>\$?[A-Za-z]{{1,3}}|\$?[0-9]{{1,7}}):(?P<to>\$?[A-Za-z]{{1,3}}|\$?[0-9]{{1,7}}))"
    r"(?![\w(.!$])"
)
_LIBREOFFICE = rf"\[\$?(?P<sheet>{_TITLE}|[^\]\[.'#$]*+)\.(?P<first>{_CELL})(?::[^\].]*+\.(?P<last>{_CELL}))?\]"


def settle(sheets: Sequence[Sheet], names: Mapping[str, str]) -> None:
    """Put a flaw into each cell whose formula rests on an unsteady one; `names` stand for formulas.

    Raises UnreadableError where the formulas refer to each other in more ways than can be followed.
    """
    seeds: list[_Node] = [(index, place) for index, sheet in enumerate(sheets) for place in sheet.unsteady]
    seeds += [name.casefold() for name, formula in names.items() if unsteady(formula)]
    if not seeds:
        return
    changed: dict[int, dict[int, Flaw]] = defaultdict(dict)
    spelt = {name.casefold(): name for name in names}
    for node, seed in _Web(sheets, names).reached(seeds).items():
        if not isinstance(node, str) and node[1] not in sheets[node[0]].unsteady:
            where = f"dem Namen {spelt[seed]}" if isinstance(seed, str) else _place(sheets[seed[0]], seed[1])
            changed[node[0]][node[1]] = Flaw(
                f"die Formel rechnet mit {where}, und das ergibt nicht immer dasselbe: "
                "ersetzen Sie sie durch den Wert, der gelten soll"
            )
    for index, flaws in changed.items():
        sheets[index].mark(flaws)


def resting_on(sheets: Sequence[Sheet], names: Mapping[str, str], cells: Collection[str]) -> Mapping[str, str]:
    """Return the cells (`Kosten!D7`) whose formulas compute with some others, each with the one it rests on.

    Raises UnreadableError where the formulas refer to each other in more ways than can be followed.
    """
    seeds: list[_Node] = []
    for cell in cells:
        title, _, name = cell.rpartition("!")
        letters = name.rstrip("0123456789")
        place = (int(name[len(letters) :]) - 1) * MAX_COLUMNS + column_index(letters)
        seeds += [(index, place) for index, sheet in enumerate(sheets) if sheet.name == title]
    reached = _Web(sheets, names).reached(seeds) if any(sheet.formulas for sheet in sheets) else {}
    return {
        _place(sheets[node[0]], node[1]): _place(sheets[seed[0]], seed[1])
        for node, seed in reached.items()
        if not isinstance(node, str) and not isinstance(seed, str) and node != seed
    }


def _place(sheet: Sheet, place: int) -> str:
    return f"{sheet.name}!{cell_name(*divmod(place, MAX_COLUMNS))}"


class _Web:
    """Which formulas refer to a cell or to a name."""

    def __init__(self, sheets: Sequence[Sheet], names: Mapping[str, str]) -> None:
        self._titles = {sheet.title.casefold(): index for index, sheet in enumerate(sheets)}
        self._names = {name.casefold() for name in names}
        self._direct: dict[_Node, list[_Node]] = defaultdict(list)
        self._areas: list[tuple[int, range, range, _Node]] = []
        self._following: Callable[[str], Iterator[re.Match[str]]] = re.compile(_EXCEL).finditer
        self._bracketed: Callable[[str], Iterator[re.Match[str]]] = re.compile(_LIBREOFFICE).finditer
        for name, text in names.items():
            self._note(name.casefold(), 0, Formula(text), 0)
        for index, sheet in enumerate(sheets):
            for place, formula in sheet.formulas.items():
                self._note((index, place), index, formula, place)

    def _note(self, node: _Node, index: int, formula: Formula, place: int) -> None:
        code = re.sub(TEXT, '""', formula.text)
        home = place if formula.home is None else formula.home
        down, right = (
            here - there for here, there in zip(*(divmod(p, MAX_COLUMNS) for p in (place, home)), strict=True)
        )
        for found in (self._bracketed if "[." in code or "[$" in code else self._following)(code):
            title = (found["sheet"] or "").strip("'").replace("''", "'").casefold()
            parts = found.groupdict()
            first = _corner(parts["first"] or parts["from"], down, right)
            last = _corner(parts["last"] or parts.get("to") or parts["first"], down, right)
            sheet = self._titles.get(title, -1) if title else index
            rows, columns = _span(first[0], last[0], MAX_ROWS), _span(first[1], last[1], MAX_COLUMNS)
            if len(rows) == len(columns) == 1:
                self._direct[sheet, rows[0] * MAX_COLUMNS + columns[0]].append(node)
            else:
                self._areas.append((sheet, rows, columns, node))
        if self._names:
            for word in {word.casefold() for word in re.findall(NAME, code)} & self._names:
                self._direct[word].append(node)

    def reached(self, seeds: Sequence[_Node]) -> Mapping[_Node, _Node]:
        """Return the seeds and all that rests on them, each with the seed it rests on."""
        origin: dict[_Node, _Node] = {seed: seed for seed in seeds}
        waiting, steps = list(seeds), 0
        while waiting:
            node = waiting.pop()
            steps += len(self._areas)
            if steps > _MOST:
                raise UnreadableError(
                    "Zu viele Formeln der Tabelle hängen an Werten, die nicht immer dieselben sind: ersetzen Sie sie durch ihre Werte."
                )
            for dependent in (*self._direct.get(node, ()), *self._covering(node)):
                if dependent not in origin:
                    origin[dependent] = origin[node]
                    waiting.append(dependent)
        return origin

    def _covering(self, node: _Node) -> Iterator[_Node]:
        if not isinstance(node, str):
            row, column = divmod(node[1], MAX_COLUMNS)
            for sheet, rows, columns, dependent in self._areas:
                if sheet == node[0] and row in rows and column in columns:
                    yield dependent


def _span(one: int | None, other: int | None, whole: int) -> range:
    return range(whole) if one is None or other is None else range(min(one, other), max(one, other) + 1)


def _corner(text: str, down: int, right: int) -> tuple[int | None, int | None]:
    """Return row and column of a corner, from 0; None for those of whole columns and rows."""
    match = re.fullmatch(_CORNER, text)
    if match is None:
        return None, None
    fixed, letters, fixed_row, digits = match.groups()
    column = 0
    for letter in letters.upper():
        column = column * 26 + ord(letter) - 64
    row = int(digits or 0) - 1 + (0 if fixed_row or (fixed and not letters) else down)
    return row if digits else None, column - 1 + (0 if fixed else right) if letters else None
