"""Live help while a budget is filled in: what a line of cost comes to, and the sums below the lines.

Formulas use only what Excel and LibreOffice share. None returns an error or an empty text: nothing is the number 0,
shown as empty.
"""

from collections.abc import Mapping
from typing import NamedTuple

from openpyxl.utils import get_column_letter

from foerdercheck.model.angaben import BEISPIEL
from foerdercheck.model.budget import UST_REGELSATZ
from foerdercheck.programmes.fassung import Fassung
from foerdercheck.programmes.parameter import RUNDUNG_POSITION
from foerdercheck.writing.aussehen import GELD_ODER_LEER, dressed
from foerdercheck.writing.blaetter import Platz, write_heading
from foerdercheck.writing.spalten import BETEILIGTER, Spalte

BETRAG = Spalte(
    "betrag",
    "Betrag (berechnet, €)",
    "geld",
    "rechnet sich selbst: Stunden × Stundensatz, sonst der Preis – netto, wenn der Beteiligte Vorsteuer abzieht, sonst "
    "brutto. Diese Spalte wird nicht gelesen; die Prüfung rechnet neu, mit allen Kürzungen",
)
_NICHTS = '""'
_ABSTAND = 6
_Cells = Mapping[str, str]
"""The cells of a row by field, as formulas name them."""


class Namen(NamedTuple):
    """The ranges of the overview with the names of the Beteiligte, and whether their prices count `netto` or `brutto`."""

    namen: str
    preise: str


def add_betrag(kosten: Platz, namen: Namen | None, fassung: Fassung) -> Platz:
    """Add the computed column to the lines of cost; returns the table with it."""
    column = len(kosten.spalten) + 1
    write_heading(kosten.sheet, column, BETRAG)
    norm = fassung.find(RUNDUNG_POSITION)
    rounding = "ROUNDDOWN" if norm and norm.wert == "ab" else "ROUND"
    for row in range(kosten.erste, kosten.letzte + 1):
        cell = dressed(kosten.sheet, (row, column), "berechnet", GELD_ODER_LEER)
        cells = {feld: f"${letter}{row}" for feld, letter in kosten.spalten.items()}
        price = f"IF({_counts_net(cells, namen)},{_net(cells)},{_gross(cells)})" if namen else _gross(cells)
        cell.value = f'=IF({_at(cells, BETEILIGTER)}="{BEISPIEL}",0,IFERROR({_pay(cells, rounding)}+{price},0))'
    return kosten._replace(spalten={**kosten.spalten, BETRAG.feld: get_column_letter(column)})


def add_summe(place: Platz, feld: str) -> None:
    """Add a row with the sum of a column below the prepared rows, without the example."""
    row = place.letzte + 2
    for column in range(1, len(place.spalten) + 1):
        dressed(place.sheet, (row, column), "summe", "General" if column == 1 else GELD_ODER_LEER)
    place.sheet.row_dimensions[row - 1].height = _ABSTAND
    place.sheet.cell(row, 1).value = "Summe"
    owner, summed = place.bereich(BETEILIGTER), place.bereich(feld)
    if owner is not None and summed is not None:
        place.sheet[f"{place.spalten[feld]}{row}"].value = f'=SUMPRODUCT(({owner}<>"{BEISPIEL}")*1,{summed})'


def _at(cells: _Cells, feld: str) -> str:
    """Return the cell of a field; an empty text where there is no such column."""
    return cells.get(feld, _NICHTS)


def _pay(cells: _Cells, rounding: str) -> str:
    hours = [cell for feld, cell in cells.items() if feld.partition("_")[0] == "stunden"]
    return f"{rounding}(SUM({','.join(hours)})*N({_at(cells, 'stundensatz')}),2)" if hours else "0"


def _counts_net(cells: _Cells, namen: Namen) -> str:
    """Tell whether the Beteiligter of a line counts net prices; without a name, whether the only one does."""
    owner = _at(cells, BETEILIGTER)
    named = f'SUMPRODUCT(({namen.namen}={owner})*({namen.preise}="netto"))'
    return f'IF({owner}="",COUNTIF({namen.preise},"netto"),{named})>0'


def _net(cells: _Cells) -> str:
    netto, brutto = _at(cells, "netto"), _at(cells, "brutto")
    return f"IF(ISNUMBER({netto}),{netto},ROUND(N({brutto})/(1+{_ust(cells)}),2))"


def _gross(cells: _Cells) -> str:
    netto, brutto = _at(cells, "netto"), _at(cells, "brutto")
    return f"IF(ISNUMBER({brutto}),{brutto},ROUND(N({netto})*(1+{_ust(cells)}),2))"


def _ust(cells: _Cells) -> str:
    """Return the rate of VAT; a number over 1 is meant in percent, as the reader takes it."""
    ust = _at(cells, "ust")
    return f"IF(ISNUMBER({ust}),IF({ust}>1,{ust}/100,{ust}),{UST_REGELSATZ})"
