"""Sheets: a title block, then a form of labels and values, or a table with prepared rows."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from openpyxl.utils import get_column_letter
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from foerdercheck.model.beihilfeangaben import BEISPIEL
from foerdercheck.model.deutsch import in_ziffer
from foerdercheck.model.location import InputError, Problem
from foerdercheck.writing.cells import put
from foerdercheck.writing.choices import add_choice, add_note
from foerdercheck.writing.columns import BETEILIGTER, Eingabespalte
from foerdercheck.writing.content import Row
from foerdercheck.writing.looks import (
    dressed,
    fill,
    fit_height,
    grey_out,
    head_height,
    number_format,
    on_every_page,
    set_page,
    set_widths,
    styled,
    styles,
    width,
)

KOPF = 5
"""The row of the headings, below the title block; the reader looks for it in the first twenty rows."""

_FORMULAR = (40, 46, 104)
_ZEILE_DES_FORMULARS = 18
_NICHTS: Row = {}
_MOST_ROWS = 1_048_576


class Titel(NamedTuple):
    """The lines above a table: what it belongs to, which version, and what to do."""

    titel: str
    fassung: str
    anleitung: str


class Eingabetabelle(NamedTuple):
    """A table to be written: name of the sheet, title block, columns, example row, rows, number of empty rows."""

    name: str
    titel: Titel
    spalten: Sequence[Eingabespalte]
    beispiel: Row = _NICHTS
    rows: Sequence[Row] = ()
    leer: int = 0


class Platz(NamedTuple):
    """Where a table stands: its sheet, its first and last row for entries, the columns of its fields.

    Its ranges reach from the heading to the empty row behind the last entry, so that deleting the first row or
    inserting one at the end leaves formulas whole.
    """

    sheet: Worksheet
    erste: int
    letzte: int
    spalten: Mapping[str, str]

    def bereich(self, feld: str) -> str | None:
        """Return the range of a column for formulas; None if the table lacks it."""
        if (column := self.spalten.get(feld)) is None:
            return None
        return f"'{self.sheet.title}'!${column}${KOPF}:${column}${self.letzte + 1}"

    def eintraege(self, feld: str) -> str:
        """Return the range of a column without its heading, for drop-down lists; nothing if the table lacks it."""
        if (column := self.spalten.get(feld)) is None:
            return ""
        return f"'{self.sheet.title}'!${column}${self.erste}:${column}${self.letzte}"


def write_table(workbook: Workbook, tabelle: Eingabetabelle, namen: str = "") -> Platz:
    """Add a sheet with a table; `namen` is the range that holds the names of the Beteiligte."""
    sheet = workbook.create_sheet(tabelle.name)
    write_title(sheet, tabelle.titel, tabelle.spalten)
    write_head(sheet, tabelle.spalten)
    examples = [tabelle.beispiel] if tabelle.beispiel else []
    last = _write_rows(sheet, tabelle.spalten, [*examples, *tabelle.rows, *[_NICHTS] * tabelle.leer])
    if examples:
        first, end = KOPF + 1, get_column_letter(len(tabelle.spalten))
        grey_out(sheet, f"A{first}:{end}{first}", f'$A{first}="{BEISPIEL}"')
    columns = {spalte.feld: get_column_letter(index) for index, spalte in enumerate(tabelle.spalten, 1)}
    place = Platz(sheet, KOPF + 1, last, columns)
    _add_choices(place, tabelle.spalten, namen)
    sheet.freeze_panes = f"B{KOPF + 1}"
    set_page(sheet, tabelle.titel.titel, KOPF, [width(spalte) for spalte in tabelle.spalten])
    return place


def write_form(
    workbook: Workbook, name: str, titel: Titel, spalten: Sequence[Eingabespalte], values: Row
) -> Mapping[str, str]:
    """Add a sheet with labels, values and explanations; what has no value is left to be filled in.

    Returns the cell of every value by field, as formulas of other sheets name it.
    """
    sheet = workbook.create_sheet(name)
    write_title(sheet, titel)
    for row, spalte in enumerate(spalten, KOPF):
        put(dressed(sheet, (row, 1), "feld"), spalte.ueberschrift)
        put(dressed(sheet, (row, 2), "wert", number_format(spalte)), values.get(spalte.feld))
        put(dressed(sheet, (row, 3), "erklaerung"), _beside(spalte))
        sheet.row_dimensions[row].height = _ZEILE_DES_FORMULARS
        texts = [str(sheet.cell(row, column).value or "") for column in (1, 2, 3)]
        fit_height(sheet, row, list(zip(texts, _FORMULAR, strict=True)))
        add_choice(sheet, spalte, f"B{row}")
    set_widths(sheet, _FORMULAR)
    sheet.freeze_panes = f"A{KOPF}"
    set_page(sheet, titel.titel, None)
    return {spalte.feld: f"'{name}'!$B${row}" for row, spalte in enumerate(spalten, KOPF)}


def write_title(sheet: Worksheet, titel: Titel, spalten: Sequence[Eingabespalte] = ()) -> None:
    """Write the lines above the heading; they run over the cells to their right, which stay empty.

    Above a table two pages wide the last fills the columns that stand on both, else the second page would cut it off.
    """
    for row, text in enumerate(titel, 1):
        put(dressed(sheet, (row, 1), "titel" if row == 1 else "hinweis"), text)
    sheet.row_dimensions[1].height = 24
    widths = [width(spalte) for spalte in spalten]
    if len(repeated := on_every_page(widths)) < len(widths):
        fill(sheet, len(titel), repeated)


def _beside(spalte: Eingabespalte) -> str:
    """Return the explanation beside a label; the Ziffer stands at the end of its first line."""
    first, *further = spalte._replace(ziffer="").hilfe.split("\n")
    return "\n".join([f"{first} ({in_ziffer(spalte.ziffer)})" if spalte.ziffer else first, *further])


def write_head(sheet: Worksheet, spalten: Sequence[Eingabespalte]) -> None:
    """Write the row of headings with a note on each, and set the widths of the columns."""
    for column, spalte in enumerate(spalten, 1):
        write_heading(sheet, column, spalte)


def write_heading(sheet: Worksheet, column: int, spalte: Eingabespalte) -> None:
    """Write one heading; the row grows with it."""
    cell = dressed(sheet, (KOPF, column), "kopf")
    put(cell, spalte.ueberschrift)
    add_note(cell, spalte)
    sheet.column_dimensions[get_column_letter(column)].width = width(spalte)
    row = sheet.row_dimensions[KOPF]
    row.height = max(row.height or 0, head_height(spalte.ueberschrift, width(spalte)))


def _write_rows(sheet: Worksheet, spalten: Sequence[Eingabespalte], rows: Sequence[Row]) -> int:
    """Write rows below the headings; returns the number of the last.

    Raises InputError for more rows than a sheet holds.
    """
    first, last = KOPF + 1, KOPF + len(rows)
    if last > _MOST_ROWS:
        raise InputError([Problem(f"{sheet.title}: {len(rows)} Zeilen sind mehr, als auf ein Tabellenblatt passen")])
    looks = styles(
        [dressed(sheet, (first, column), "eingabe", number_format(spalte)) for column, spalte in enumerate(spalten, 1)]
    )
    widths = [width(spalte) for spalte in spalten]
    for row, values in enumerate(rows, first):
        cells = [styled(sheet, (row, column), look) for column, look in enumerate(looks, 1)]
        for cell, spalte in zip(cells, spalten, strict=True):
            put(cell, values.get(spalte.feld))
        written = [cell.value for cell in cells]
        fit_height(
            sheet, row, [(text, size) for text, size in zip(written, widths, strict=True) if isinstance(text, str)]
        )
    return last


def _add_choices(place: Platz, spalten: Sequence[Eingabespalte], namen: str) -> None:
    for spalte in spalten:
        column = place.spalten[spalte.feld]
        source = namen if spalte.feld == BETEILIGTER else ""
        if place.letzte >= place.erste:
            add_choice(place.sheet, spalte, f"{column}{place.erste}:{column}{place.letzte}", source)
