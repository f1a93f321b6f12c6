"""The applicant's own workbook with a sheet of results: the report, with links from its findings to the cells."""

from collections.abc import Iterable, Sequence
from fractions import Fraction
from functools import partial
from io import BytesIO

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from foerdercheck.model.deutsch import datum, euro, in_ziffer
from foerdercheck.model.location import Location
from foerdercheck.reports import dokument
from foerdercheck.reports.bericht import verdict_first
from foerdercheck.reports.cleaned import cleaned
from foerdercheck.writing.cells import escaped
from foerdercheck.writing.looks import SCHRIFTART, set_page

_ERGEBNISBLATT = "Ergebnis"
_WIDTHS = (4, 30, 46, 19, 19, 19, 19)
"""Characters of the columns A to G: mark, label, text, and numbers."""
_WIDTHS_OF_ACCOUNTS = (4, 24, 28, 22, 14, 13, 13, 18, 18, 13)
"""Of the columns A to J of an account, whose awards have more to tell."""
_HEAD = 12
_PAGES = 3
"""On so many pages at most the sheet is printed; what is longer is printed smaller."""
_ROW, _CHARACTER = 15, Fraction(27, 5)
"""How high a row is and how wide a character, in points."""
_ACROSS = (770, 520)
"""What of a page in landscape is printed on, in points; upright, the other way round."""
_MONEY = '#,##0.00 "€"'
_COLOURS: dict[dokument.Ton, str] = {"gut": "1E7B34", "warnung": "9C5700", "schlecht": "B00020", "leise": "808080"}
_BANDS: dict[dokument.Ton, str] = {"gut": "D8F0DD", "warnung": "FFF0CC", "schlecht": "F9D6D9"}
_font = partial(Font, name=SCHRIFTART, size=11)
_LINE = Border(bottom=Side(style="thin", color="999999"))
_WRAP = Alignment(wrap_text=True, vertical="top")
_BESIDE = Alignment(horizontal="left", wrap_text=True, vertical="top", indent=1)
"""Text to the right of numbers keeps its distance from them."""
_NUMBER = Alignment(horizontal="right", vertical="top")
_NUMBER_HEAD = Alignment(horizontal="right", wrap_text=True, vertical="top")


def with_results(workbook: bytes, blocks: Iterable[dokument.Block]) -> bytes:
    """Return a workbook (.xlsx) with the report on its last sheet; a former sheet of results is replaced.

    Raises InputError for a workbook that can be read but not be written again.
    """
    book = cleaned(workbook)
    for sheet in [sheet for sheet in book.worksheets if _is_result(sheet)]:
        book.remove(sheet)
    result = book.create_sheet(_ERGEBNISBLATT)  # openpyxl finds another name if the applicant has a sheet of this one
    writer = _Writer(result, frozenset(book.sheetnames))
    for block in verdict_first(blocks):
        writer.write(block)
    writer.turn()
    book.active = book.index(result)
    for sheet in book.worksheets:
        sheet.sheet_view.tabSelected = sheet is result
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def as_workbook(blocks: Iterable[dokument.Block], *, konto: bool = False) -> bytes:
    """Return a new workbook (.xlsx) that shows blocks on one sheet, those of an account in its columns."""
    book = Workbook()
    sheet = book.active
    if not isinstance(sheet, Worksheet):
        raise TypeError("a new workbook without a sheet")
    sheet.title = _ERGEBNISBLATT
    writer = _Writer(sheet, frozenset(), _WIDTHS_OF_ACCOUNTS if konto else _WIDTHS)
    for block in blocks:
        writer.write(block)
    writer.turn()
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def _is_result(sheet: Worksheet) -> bool:
    """Tell whether a sheet is one of ours; an applicant's own of the same name stays."""
    if not sheet.title.startswith(_ERGEBNISBLATT):
        return False
    return any(
        str(cell.value).startswith(dokument.FUSS.partition(":")[0])
        for row in sheet.iter_rows(max_row=_HEAD, max_col=1)
        for cell in row
    )


class _Writer:
    """Writes blocks one below the other."""

    def __init__(self, sheet: Worksheet, sheets: frozenset[str], widths: Sequence[int] = _WIDTHS) -> None:
        self._widths, self._last = widths, len(widths)
        self.sheet = sheet
        self.sheets = sheets
        self.row = 0
        for number, width in enumerate(widths, 1):
            sheet.column_dimensions[get_column_letter(number)].width = width
        sheet.sheet_view.showGridLines = False
        set_page(sheet, dokument.FUSS, None)
        sheet.page_setup.fitToHeight = _PAGES

    def write(self, block: dokument.Block) -> None:
        """Write one block."""
        if isinstance(block, dokument.Ueberschrift):
            self._heading(block)
        elif isinstance(block, dokument.Angaben):
            for label, zelle in block.paare:
                self._pair(label, zelle)
        elif isinstance(block, dokument.Tabelle):
            self._table(block)
        elif isinstance(block, dokument.Liste):
            self._list(block)
        elif isinstance(block, dokument.Balken | dokument.Zeitstrahl):
            self._amounts(block)
        elif isinstance(block, dokument.Ast):
            self._branch(block, 0)
        else:
            self._verdict(block)

    def turn(self) -> None:
        """Print upright what is so long that it would come out smaller across the page."""
        rows = self.sheet.row_dimensions
        long = sum(int(rows[row].height or _ROW) if row in rows else _ROW for row in range(1, self.row + 1))
        wide = sum(self._widths) * _CHARACTER
        across, upright = (min(x / wide, Fraction(_PAGES * y, long), Fraction(1)) for x, y in (_ACROSS, _ACROSS[::-1]))
        if upright > across:
            self.sheet.page_setup.orientation = "portrait"

    def _heading(self, block: dokument.Ueberschrift) -> None:
        self.row += 1 if self.row else 0
        self._line()
        self._text(1, self._last, dokument.Zelle(block.text)).font = _font(
            bold=True, size=16 if block.ebene == 1 else 13
        )
        self.sheet.row_dimensions[self.row].height = 24 if block.ebene == 1 else 20

    def _title(self, text: str) -> None:
        self._line(gap=True)
        self._text(1, self._last, dokument.Zelle(text)).font = _font(bold=True)

    def _pair(self, label: str, zelle: dokument.Zelle) -> None:
        self._line()
        self._text(1, 2, dokument.Zelle(label)).font = _font(color="555555")
        self._text(3, self._last, zelle)

    def _table(self, tabelle: dokument.Tabelle) -> None:
        if tabelle.titel:
            self._title(tabelle.titel)
        self._line(gap=not tabelle.titel)
        for number, spalte in enumerate(tabelle.spalten, 2):
            cell = self._put(number, dokument.Zelle(spalte.titel, "stark"))
            cell.border = _LINE
            cell.alignment = _NUMBER_HEAD if spalte.zahl else _BESIDE if number > 3 else _WRAP
            self._grow(spalte.titel, self._widths[number - 1])
        first_total = len(tabelle.zeilen) - tabelle.summen
        for index, zeile in enumerate(tabelle.zeilen):
            self._line()
            for number, (spalte, zelle) in enumerate(zip(tabelle.spalten, zeile, strict=True), 2):
                last = number == len(tabelle.spalten) + 1 and not spalte.zahl
                cell = self._text(number, self._last, zelle) if last else self._put(number, zelle)
                cell.alignment = _NUMBER if spalte.zahl else _BESIDE if number > 3 else _WRAP
                if index >= first_total:
                    cell.border = Border(top=Side(style="thin", color="999999"))
                if not last:
                    self._grow(zelle.text, self._widths[number - 1])

    def _list(self, liste: dokument.Liste) -> None:
        self._title(liste.titel)
        for eintrag in liste.eintraege:
            self._line()
            self._put(1, dokument.Zelle(eintrag.zeichen, eintrag.ton))
            self._put(2, dokument.Zelle(in_ziffer(eintrag.kennung)))
            self._text(3, self._last - 1, dokument.Zelle(eintrag.text))
            self._place(eintrag.ort, eintrag.ziel)

    def _amounts(self, block: dokument.Balken | dokument.Zeitstrahl) -> None:
        self._title(block.titel)
        rows: list[tuple[str, dokument.Zelle]] = []
        if isinstance(block, dokument.Balken):
            rows += [(name, dokument.Zelle(euro(betrag), ton, betrag)) for name, betrag, ton in block.teile]
            rows.append(("Höchstbetrag", dokument.Zelle(euro(block.ganzes), "stark", block.ganzes)))
        else:
            rows += [
                (f"ab {datum(tag)}", dokument.Zelle(euro(betrag), "normal", betrag)) for tag, betrag in block.punkte
            ]
        for label, zelle in rows:
            self._line()
            self._text(2, 3, dokument.Zelle(label))
            self._put(4, zelle).alignment = _NUMBER

    def _branch(self, ast: dokument.Ast, depth: int) -> None:
        self._line(gap=depth == 0)
        tone: dokument.Ton = "stark" if depth == 0 else "normal"
        cell = self._text(2, 3, dokument.Zelle(ast.text, tone))
        cell.alignment = Alignment(horizontal="left", wrap_text=True, vertical="top", indent=2 * depth)
        if ast.betrag is not None:
            self._put(4, dokument.geld(ast.betrag, tone)).alignment = _NUMBER
        place = str(ast.ziel) if ast.ziel else ""
        self._text(
            5, self._last - 1, dokument.Zelle(ast.rest.removesuffix(place).removesuffix(" · "), "leise")
        ).alignment = _BESIDE
        self._place(place, ast.ziel)
        for zweig in ast.zweige:
            self._branch(zweig, depth + 1)

    def _verdict(self, urteil: dokument.Urteil) -> None:
        self._line(gap=True)
        cell = self._text(1, self._last, dokument.Zelle(f"Ergebnis: {urteil.titel}", urteil.ton))
        cell.font = _font(bold=True, size=14, color=_COLOURS.get(urteil.ton))
        cell.fill = PatternFill("solid", fgColor=_BANDS.get(urteil.ton, "EEEEEE"))
        self.sheet.row_dimensions[self.row].height = 22
        for label, zelle in urteil.antworten:
            self._pair(label, zelle)
        if urteil.fuss:
            self._line()
            self._text(1, self._last, dokument.Zelle(urteil.fuss, "leise"))
        self.row += 1

    def _line(self, *, gap: bool = False) -> None:
        self.row += 2 if gap and self.row else 1

    def _put(self, column: int, zelle: dokument.Zelle) -> Cell:
        """Write a cell; text is text, whatever it begins with."""
        cell = self.sheet.cell(self.row, column)
        if not isinstance(cell, Cell):
            raise TypeError("a merged cell")
        if zelle.betrag is not None:
            cell.value, cell.number_format = zelle.betrag, _MONEY
        elif zelle.text:
            cell.value, cell.data_type, cell.quotePrefix = escaped(zelle.text), "s", True
        cell.font = _font(bold=zelle.ton == "stark", color=_COLOURS.get(zelle.ton))
        cell.alignment = _WRAP
        return cell

    def _text(self, first: int, last: int, zelle: dokument.Zelle) -> Cell:
        """Write a text over several columns, in a row high enough for all of it."""
        cell = self._put(first, zelle)
        if last > first:
            self.sheet.merge_cells(start_row=self.row, end_row=self.row, start_column=first, end_column=last)
        self._grow(zelle.text, sum(self._widths[first - 1 : last]))
        return cell

    def _grow(self, text: str, width: int) -> None:
        lines = sum(len(line) * 11 // (width * 10) + 1 for line in text.split("\n"))  # a tenth to spare
        dimension = self.sheet.row_dimensions[self.row]
        dimension.height = max(dimension.height or _ROW, _ROW * lines)

    def _place(self, text: str, ziel: Location | None) -> None:
        """Name a place, and lead there if it is a cell of this workbook."""
        if not text:
            return
        cell = self._put(self._last, dokument.Zelle(text))
        if ziel is not None and ziel.zelle and not ziel.datei and ziel.blatt in self.sheets:
            cell.hyperlink = Hyperlink(ref=cell.coordinate, location=f"{quote_sheetname(ziel.blatt)}!{ziel.zelle}")
            cell.font = _font(color="0563C1", underline="single")
