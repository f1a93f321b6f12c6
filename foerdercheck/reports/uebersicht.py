"""The table of all files to sort and filter: as CSV, and as a workbook."""

import csv
from collections.abc import Iterable, Iterator
from io import BytesIO, StringIO

from foerdercheck.many.budgets import Checked
from foerdercheck.reports.characters import harmless
from foerdercheck.reports.summary import URTEILSWORT, Ueberblick

_KOPF = ("Datei", "Programm", "Ergebnis", "mit Ausnahmen", "Zuwendung", "entscheidend", "über mehrere Dateien")
_BREITEN = (48, 12, 20, 15, 16, 80, 80)
_GEFAHR = ("=", "+", "-", "@", "\t")
"""What makes a spreadsheet take a text for a formula when it stands at its beginning."""


def csv_document(checked: Iterable[Checked[Ueberblick]]) -> Iterator[str]:
    """Yield the table as CSV as German spreadsheets read it: semicolons, amounts with a comma, a mark of UTF-8 in front."""
    stream = StringIO()
    writer = csv.writer(stream, delimiter=";", lineterminator="\n")
    writer.writerow(_KOPF)
    for found in checked:
        row = found.ansicht
        grant = "" if row.zuwendung is None else f"{row.zuwendung:.2f}".replace(".", ",")
        writer.writerow([_harmless(text) for text in (*_texts(row), grant, row.grund, " ".join(found.uebergreifend))])
    yield "\ufeff" + stream.getvalue()


def xlsx_document(checked: Iterable[Checked[Ueberblick]]) -> Iterator[bytes]:
    """Yield the table as a workbook, with a filter over each column."""
    from openpyxl import Workbook  # noqa: PLC0415 - heavy
    from openpyxl.utils import get_column_letter  # noqa: PLC0415

    from foerdercheck.writing.cells import escaped  # noqa: PLC0415
    from foerdercheck.writing.looks import GELD_FORMAT, dressed, set_page, set_widths  # noqa: PLC0415

    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "Übersicht"
    set_widths(sheet, _BREITEN)
    for column, title in enumerate(_KOPF, 1):
        dressed(sheet, (1, column), "kopf").value = title
    number = 1
    for number, found in enumerate(checked, 2):
        row = found.ansicht
        for column, text in enumerate((*_texts(row), None, row.grund, " ".join(found.uebergreifend)), 1):
            cell = dressed(sheet, (number, column), "erklaerung", GELD_FORMAT if text is None else "General")
            if text is None:
                cell.value = row.zuwendung
            elif text:
                cell.value, cell.data_type, cell.quotePrefix = escaped(text), "s", True
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(_KOPF))}{number}"
    sheet.freeze_panes = "A2"
    set_page(sheet, "Übersicht", 1)
    stream = BytesIO()
    book.save(stream)
    yield stream.getvalue()


def _texts(row: Ueberblick) -> tuple[str, str, str, str]:
    verdict = URTEILSWORT[row.ergebnis]
    return row.datei, row.programm, verdict, "ja" if row.angenommene else ""


def _harmless(text: str) -> str:
    return harmless(f"'{text}" if text.startswith(_GEFAHR) else text)
