"""The draft of a de-minimis declaration as a spreadsheet: one sheet to be read, filled in and printed."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from openpyxl.utils import get_column_letter
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from foerdercheck.deminimis.erklaerung import Erklaerung
from foerdercheck.writing.cells import put
from foerdercheck.writing.erklaerung import Teil, kopf, teile
from foerdercheck.writing.looks import (
    GELD_FORMAT,
    TEXT_FORMAT,
    Art,
    dressed,
    fit_height,
    head_height,
    set_page,
    set_widths,
)

_BREITEN = (32, 36, 28, 24, 20, 20, 18, 18)
_BLATT = "Erklärung"


def erklaerung_mappe(erklaerung: Erklaerung) -> Workbook:
    """Return the workbook of a declaration; texts of the history stand in it as text, never as formulas."""
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    sheet = workbook.create_sheet(_BLATT)
    above = kopf(erklaerung)
    workbook.properties.title, workbook.properties.creator = above[0], "foerdercheck"
    set_widths(sheet, _BREITEN)
    for row, text in enumerate(above, 1):
        put(dressed(sheet, (row, 1), "titel" if row == 1 else "hinweis"), text)
    sheet.row_dimensions[1].height = 24
    row = len(above) + 2
    for teil in teile(erklaerung):
        row = _write(sheet, row, teil) + 2
    sheet.sheet_view.showGridLines = False
    set_page(sheet, above[0], None)
    return workbook


def _write(sheet: Worksheet, row: int, teil: Teil) -> int:
    """Write a part from `row` on; returns its last row."""
    put(dressed(sheet, (row, 1), "titel"), teil.titel)
    sheet.row_dimensions[row].height = 22
    if teil.anleitung:
        row += 1
        put(dressed(sheet, (row, 1), "hinweis"), teil.anleitung)
    if any(teil.spalten[1:]) or len(teil.spalten) == 1:
        row += 1
        for column, text in enumerate(teil.spalten, 1):
            put(dressed(sheet, (row, column), "kopf"), text)
        wide = zip(teil.spalten, _BREITEN, strict=False)
        sheet.row_dimensions[row].height = max(head_height(text, characters) for text, characters in wide)
        _spread(sheet, row, teil.spalten)
    form = not any(teil.spalten[1:]) and len(teil.spalten) > 1
    for zeile in teil.zeilen:
        row += 1
        _row(sheet, row, zeile, form=form)
        _spread(sheet, row, teil.spalten)
    if teil.summe is not None:
        row += 1
        for column in range(1, len(teil.spalten) + 1):
            dressed(sheet, (row, column), "summe", GELD_FORMAT if column == len(teil.spalten) else "General")
        put(dressed(sheet, (row, 1), "summe"), "Summe")
        put(dressed(sheet, (row, len(teil.spalten)), "summe", GELD_FORMAT), teil.summe)
    return row


def _row(sheet: Worksheet, row: int, zeile: Sequence[object], *, form: bool) -> None:
    texts = []
    for column, value in enumerate(zeile, 1):
        art: Art = "feld" if form and column == 1 else "wert" if form else "eingabe"
        put(dressed(sheet, (row, column), art, _number_format(value)), value)
        wide = sum(_BREITEN) if len(zeile) == 1 else _BREITEN[column - 1]
        texts.append((value if isinstance(value, str) else "", wide))
    fit_height(sheet, row, texts)


def _spread(sheet: Worksheet, row: int, spalten: Sequence[str]) -> None:
    """Let the only column of a part run over the whole width."""
    if len(spalten) == 1:
        sheet.merge_cells(f"A{row}:{get_column_letter(len(_BREITEN))}{row}")


def _number_format(value: object) -> str:
    if isinstance(value, date):
        return "DD.MM.YYYY"
    return GELD_FORMAT if isinstance(value, Decimal) else TEXT_FORMAT
