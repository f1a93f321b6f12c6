"""The applicant's own workbook that cannot be checked, with its faulty cells coloured and what is wrong in a note on each."""

from collections import defaultdict
from collections.abc import Iterable
from io import BytesIO

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.styles import PatternFill
from openpyxl.utils.cell import coordinate_to_tuple

from foerdercheck.assessment.fehler import Fehler
from foerdercheck.reports.cleaned import cleaned
from foerdercheck.writing.choices import note

_FAULTY = PatternFill("solid", fgColor="F9D6D9")


def with_faults(workbook: bytes, fehler: Iterable[Fehler]) -> tuple[bytes, int]:
    """Return a workbook (.xlsx) with a note on every cell that is wrong, and how many those are.

    Raises InputError for a workbook that can be read but not be written again.
    """
    book = cleaned(workbook)
    said: dict[tuple[str, str], list[str]] = defaultdict(list)
    for text, ort, _ in fehler:
        if ort is not None and ort.blatt in book.sheetnames and ort.zelle and not ort.datei:
            said[ort.blatt, ort.zelle].append(text)
    for (sheet, place), texts in said.items():
        cell = _cell(book, sheet, place)
        cell.fill = _FAULTY
        cell.comment = note("\n".join([*texts, *([cell.comment.text] if cell.comment else [])]))
    if said:
        book.active = book.sheetnames.index(next(iter(said))[0])
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue(), len(said)


def _cell(book: Workbook, sheet: str, place: str) -> Cell:
    """Return a cell, of merged ones the first: only that can have a note."""
    row, column = coordinate_to_tuple(place)
    area = next((area for area in book[sheet].merged_cells.ranges if place in area), None)
    cell = book[sheet].cell(area.min_row, area.min_col) if area else book[sheet].cell(row, column)
    if not isinstance(cell, Cell):
        raise TypeError("the first of merged cells is a cell")
    return cell
