"""How cells and pages look: colours, number formats, widths, printing."""

from collections.abc import Sequence
from copy import copy
from textwrap import wrap
from typing import Any, Literal

from openpyxl.cell import Cell
from openpyxl.formatting.rule import Rule
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.header_footer import HeaderFooterItem, _HeaderFooterPart
from openpyxl.worksheet.page import PageMargins
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from foerdercheck.writing.columns import Eingabespalte

Art = Literal["titel", "hinweis", "kopf", "feld", "eingabe", "wert", "berechnet", "summe", "erklaerung"]
TEXT_FORMAT = "@"
GELD_FORMAT = '#,##0.00\\ "€"'
GELD_ODER_LEER = f"{GELD_FORMAT};-{GELD_FORMAT};;@"
"""A computed amount of nothing shows as empty, but is a number: an empty text looks like a formula never calculated."""
PROZENT_FORMAT = "0.0#\\ %"
NUR_TEXT = ";;;@"
_TEXTFORMATE = frozenset({"General", TEXT_FORMAT, NUR_TEXT})
_FORMATE = {
    "geld": GELD_FORMAT,
    "zahl": "#,##0.0#",
    "anzahl": "0",
    "prozent": PROZENT_FORMAT,
    "datum": "DD.MM.YYYY",
    "monat": "YYYY-MM",
}
_ALS_TEXT = frozenset({"nace", "stufe", "phase", "auftrag", "aktenzeichen", "verordnung", "person"})
"""Text that a spreadsheet would take for a number or a date."""

_BREITEN = {"geld": 15, "zahl": 10, "anzahl": 10, "prozent": 10, "datum": 13, "monat": 14, "ja_nein": 11, "liste": 18}
_BREITEN_DER_FELDER = {
    "beteiligter": 26, "name": 34, "unternehmen": 32, "bezeichnung": 30, "stufe": 9, "phase": 9, "geber": 32,
    "begruendung": 26, "bemerkung": 30, "anbieter": 20, "person": 18, "zuwendungsgeber": 22, "unternehmensverbund": 22,
    "verbunden_mit": 32,
}  # fmt: skip
SCHRIFTART = "Calibri"
_ZOLL = 1
_ZEILE = 15
_RAND = 3
_LINIE = Side(style="thin", color="BFBFBF")
_RAHMEN = Border(left=_LINIE, right=_LINIE, top=_LINIE, bottom=_LINIE)
_FARBEN: dict[Art, str] = {
    "kopf": "1F4E79", "feld": "DDEBF7", "eingabe": "FFFBE0", "wert": "FFFBE0", "berechnet": "EDEDED", "summe": "D9D9D9",
}  # fmt: skip
_SCHRIFTEN: dict[Art, Font] = {
    "titel": Font(name=SCHRIFTART, size=14, bold=True, color="1F4E79"),
    "hinweis": Font(name=SCHRIFTART, size=11, color="404040"),
    "kopf": Font(name=SCHRIFTART, size=11, bold=True, color="FFFFFF"),
    "feld": Font(name=SCHRIFTART, size=11, bold=True),
    "eingabe": Font(name=SCHRIFTART, size=11),
    "wert": Font(name=SCHRIFTART, size=11),
    "berechnet": Font(name=SCHRIFTART, size=11, color="404040"),
    "summe": Font(name=SCHRIFTART, size=11, bold=True),
    "erklaerung": Font(name=SCHRIFTART, size=11, color="404040"),
}
_AUSGEGRAUT = Font(italic=True, color="7F7F7F")
_FUELLUNGEN = {art: PatternFill("solid", fgColor=farbe) for art, farbe in _FARBEN.items()}
_MITTIG = Alignment(horizontal="center", vertical="center", wrap_text=True)
_LINKS = Alignment(horizontal="left", vertical="top", wrap_text=True, indent=1)
_RECHTS = Alignment(horizontal="right", vertical="top")
_OBEN = Alignment(vertical="top", wrap_text=True)
_LESBAR = 200
"""So many characters beside each other can be read on one page."""
_WIEDERHOLT = 3
"""So many columns stand on both pages: Beteiligter, Kostenart and Bezeichnung, or what else says what a line is."""


def dressed(sheet: Worksheet, place: tuple[int, int], art: Art, number_format: str = "General") -> Cell:
    """Return the cell at row and column with its look; before its value, as a date brings a format of its own."""
    cell = _ours(sheet, place)
    cell.font = _SCHRIFTEN[art]
    cell.number_format = number_format
    if art in _FUELLUNGEN:
        cell.fill = _FUELLUNGEN[art]
        cell.border = _RAHMEN
    if art not in {"titel", "hinweis"}:
        cell.alignment = _alignment(art, number_format)
    return cell


def _alignment(art: Art, number_format: str) -> Alignment:
    """Return where a value stands: numbers of a table to the right, in the form everything beside its label."""
    if art == "kopf":
        return _MITTIG
    return _LINKS if art == "wert" or number_format in _TEXTFORMATE else _RECHTS


def styles(cells: Sequence[Cell]) -> Sequence[Any]:
    """Return the looks of cells, to be given to many more; composing them anew takes most of the time of large files."""
    return [copy(_untyped(cell)._style) for cell in cells]


def styled(sheet: Worksheet, place: tuple[int, int], style: Any) -> Cell:  # noqa: ANN401 - openpyxl has no type for it
    """Return the cell at row and column with a look of `styles`."""
    cell = _ours(sheet, place)
    _untyped(cell)._style = copy(style)
    return cell


def _untyped(cell: Any) -> Any:  # noqa: ANN401 - openpyxl's documentation copies styles this way, its types do not know
    return cell


def _ours(sheet: Worksheet, place: tuple[int, int]) -> Cell:
    cell = sheet.cell(*place)
    if not isinstance(cell, Cell):
        raise TypeError("no cell of ours is merged")
    return cell


def number_format(spalte: Eingabespalte) -> str:
    """Return how values of a column are shown."""
    return TEXT_FORMAT if spalte.feld in _ALS_TEXT else _FORMATE.get(spalte.wertart, "General")


def width(spalte: Eingabespalte) -> int:
    """Return the width of a column in characters: what usually stands in it, and the longest word of its heading."""
    usual = _BREITEN_DER_FELDER.get(spalte.feld) or _BREITEN.get(spalte.wertart, 14)
    choices = max(map(len, spalte.worte), default=0) + 4  # beside the arrow of the list
    heading = max(map(len, spalte.ueberschrift.split())) + 3
    return max(usual, choices, heading)


def lines(text: str, characters: int) -> int:
    """Return how many lines a text takes in a column so many characters wide."""
    return sum(max(1, len(wrap(line, characters))) if len(line) > characters else 1 for line in text.split("\n"))


def fit_height(sheet: Worksheet, row: int, texts: Sequence[tuple[str, int]]) -> None:
    """Make a row high enough for texts in columns so many characters wide; not every program does that on opening."""
    most = max((lines(text, characters - 1) for text, characters in texts), default=1)
    if most > 1:
        sheet.row_dimensions[row].height = _ZEILE * most + _RAND


def head_height(heading: str, characters: int) -> int:
    """Return the height in points a heading needs in a column so many characters wide."""
    return _ZEILE * lines(heading, characters - 2) + 2 * _RAND


def grey_out(sheet: Worksheet, cells: str, formula: str) -> None:
    """Show cells in grey italics as long as a formula holds."""
    sheet.conditional_formatting.add(
        cells, Rule("expression", formula=[formula], dxf=DifferentialStyle(font=_AUSGEGRAUT))
    )


def set_widths(sheet: Worksheet, widths: Sequence[int]) -> None:
    """Set the widths of the columns from the first on."""
    for index, size in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(index)].width = size


def on_every_page(widths: Sequence[int]) -> Sequence[int]:
    """Return the widths of the columns a page of a table always shows: all, or the first where it is as wide as two pages."""
    return widths[:_WIEDERHOLT] if sum(widths) > _LESBAR else widths


def fill(sheet: Worksheet, row: int, widths: Sequence[int]) -> None:
    """Let the text in the first cell of a row fill the columns of these widths, in as many lines as it takes."""
    cell = sheet.cell(row, 1)
    sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=len(widths))
    cell.alignment = _OBEN
    sheet.row_dimensions[row].height = _ZEILE * lines(str(cell.value), sum(widths)) + _RAND


def set_page(sheet: Worksheet, title: str, head: int | None, widths: Sequence[int] = ()) -> None:
    """Print on A4 landscape, with page numbers and with the row `head` on every page.

    A table with columns of these `widths` is as wide as one page, or as two where nobody could read it on one: the first columns,
    which say what a line is, then stand on both.
    """
    repeated = on_every_page(widths)
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9  # A4
    sheet.page_setup.fitToWidth = 2 if len(repeated) < len(widths) else 1
    sheet.page_setup.fitToHeight = 0  # as many as it takes
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_margins = PageMargins(_ZOLL / 2, _ZOLL / 2, _ZOLL / 2, _ZOLL * 3 / 4, _ZOLL / 4, _ZOLL / 3)
    # the space keeps a number at the start of the title from being read as the size of the letters
    sheet.HeaderFooter.oddFooter = HeaderFooterItem(
        left=_HeaderFooterPart(f" {title.replace('&', '&&')}"),
        center=_HeaderFooterPart("&A"),
        right=_HeaderFooterPart("Seite &P von &N"),
    )
    if len(repeated) < len(widths):
        sheet.print_title_cols = f"A:{get_column_letter(len(repeated))}"
    if head is not None:
        sheet.print_title_rows = f"{head}:{head}"
