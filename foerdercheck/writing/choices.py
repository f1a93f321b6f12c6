"""What helps while typing: notes on headings, drop-down lists, checks of dates and amounts.

Every check only warns: the reader accepts more than a list can say, and a refused line is the check's to explain.
"""

from openpyxl.cell import Cell
from openpyxl.comments import Comment
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from foerdercheck.model.words import RATE
from foerdercheck.writing.columns import Eingabespalte
from foerdercheck.writing.looks import lines

_NOTIZ_BREITE = 340
_ZEICHEN_JE_ZEILE = 44
_ZEILE_HOCH = 19
_LONGEST_LIST = 255
_TYPES = {"geld": "decimal", "zahl": "decimal", "anzahl": "whole", "prozent": "decimal", "datum": "date"}
_BOUNDS = {"prozent": "100", "anzahl": "9999", "datum": "DATE(2199,12,31)"}
_MESSAGES = {
    "geld": "Hier wird ein Betrag in Euro erwartet, z. B. 48000,00.",
    "zahl": "Hier wird eine Zahl erwartet, z. B. 1290,5.",
    "anzahl": "Hier wird eine ganze Zahl erwartet.",
    "prozent": "Hier wird ein Prozentsatz erwartet, z. B. 19 %.",
    "datum": "Hier wird ein Datum erwartet, z. B. 01.04.2026.",
}


def add_note(cell: Cell, spalte: Eingabespalte) -> None:
    """Explain a column on its heading, in a box that shows the whole text."""
    cell.comment = note(spalte.hilfe)


def note(text: str) -> Comment:
    """Return a note whose box shows all of its text."""
    height = _ZEILE_HOCH * (lines(text, _ZEICHEN_JE_ZEILE) + 1)
    return Comment(text, "foerdercheck", height=height, width=_NOTIZ_BREITE)


def add_choice(sheet: Worksheet, spalte: Eingabespalte, cells: str, source: str = "") -> None:
    """Offer the words of a column in `cells`, or those in the range `source`, or check what kind of value it is."""
    formula = source or f'"{",".join(spalte.worte)}"'
    if source or spalte.worte:
        _add(sheet, spalte, cells, DataValidation("list", formula1=formula), _choice_message(spalte, source))
    elif spalte.wertart in _TYPES:
        bound = _BOUNDS.get(spalte.wertart)
        least = "1" if spalte.wertart == "datum" else "0"
        operator = "between" if bound else "greaterThanOrEqual"
        check = DataValidation(_TYPES[spalte.wertart], formula1=least, formula2=bound, operator=operator)  # type: ignore[arg-type]
        _add(sheet, spalte, cells, check, _MESSAGES[spalte.wertart])


def _choice_message(spalte: Eingabespalte, source: str) -> str:
    if source:
        return "Dieser Name steht nicht auf dem Blatt Beteiligte. Trotzdem eintragen?"
    return f"Vorgesehen sind: {', '.join(spalte.worte)}. Trotzdem eintragen?"


def _add(sheet: Worksheet, spalte: Eingabespalte, cells: str, check: DataValidation, message: str) -> None:
    if check.type == "list" and len(check.formula1 or "") > _LONGEST_LIST:
        return  # longer ones do not open in Excel
    check.allow_blank = True
    check.showErrorMessage = not any(wort.endswith(RATE) for wort in spalte.worte)  # its rate is to be written
    check.errorStyle = "warning"
    check.errorTitle = spalte.ueberschrift.replace("-\n", "").partition(" (")[0][:32]
    check.error = message[:_LONGEST_LIST]
    check.add(cells)
    sheet.add_data_validation(check)
