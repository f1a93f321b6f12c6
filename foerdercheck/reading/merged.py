"""Merged cells: a text counts for every line beside it, an amount for one only."""

from collections.abc import Callable, Collection, Iterator

from foerdercheck.model.location import Location, Problem
from foerdercheck.model.scalars import shown
from foerdercheck.reading.sheet import Sheet
from foerdercheck.reading.tables import Table


def fill_merged(
    sheet: Sheet, table: Table, amounts: Collection[int], where: Callable[[int, int], Location]
) -> Iterator[Problem]:
    """Let the text of a merged cell below the heading stand in every line it covers; that is what merging says.

    Yields a problem for what stands in one of the columns `amounts` and covers several lines or several such columns: nobody can
    tell which of them it is for. A row that is but the lower half of merged cells is no line, nor is a sum.
    """
    for row, column in _of_several(sheet, table, amounts):
        value = shown(sheet.rows[row][column])
        text = (
            f"{value} steht für mehrere Zeilen oder Spalten: verbinden Sie keine Beträge, schreiben Sie jeden einzeln"
        )
        yield Problem(text, (), where(row, column))


def _of_several(sheet: Sheet, table: Table, amounts: Collection[int]) -> Iterator[tuple[int, int]]:
    lines: dict[int, bool] = {}
    filled: dict[int, int] = {}
    for (first, column), (end, side) in sorted(sheet.merged):
        across = first > table.heading and any(column < other <= side for other in amounts)
        if across and column in amounts and _holds(sheet, first, column):
            yield first, column
            continue
        start, last = max(first, filled.get(column, 0)) + 1, min(end, len(sheet.rows) - 1)
        if first <= table.heading or start > last or column >= len(sheet.rows[first]):
            continue
        filled[column] = last
        value = sheet.rows[first][column]
        covered = [index for index in range(start, last + 1) if _is_line(sheet, table, index, lines)]
        if column in amounts and covered and value is not None:
            yield first, column
            continue
        for index in covered:
            row = sheet.rows[index]
            if column < len(row):
                sheet.rows[index] = (*row[:column], value, *row[column + 1 :])


def _holds(sheet: Sheet, row: int, column: int) -> bool:
    cells = sheet.rows[row] if row < len(sheet.rows) else []
    return column < len(cells) and cells[column] is not None


def _is_line(sheet: Sheet, table: Table, index: int, lines: dict[int, bool]) -> bool:
    """Tell whether a row says anything of its own; asked again, `lines` remembers how it was before it was filled."""
    if index not in lines:
        row = sheet.rows[index]
        lines[index] = any(cell is not None for cell in row) and table.total_label(row) is None
    return lines[index]
