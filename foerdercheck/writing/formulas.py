"""Live help while a budget is filled in: what a line of cost comes to, before any cut, and the sums below the lines.

Formulas use only what Excel and LibreOffice share. None returns an error or an empty text: nothing is the number 0,
shown as empty.
"""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from openpyxl.utils import get_column_letter

from foerdercheck.calculation.preise import regelsatz
from foerdercheck.model.beihilfeangaben import BEISPIEL
from foerdercheck.programmes.fassung import Fassung
from foerdercheck.programmes.parameter import RUNDUNG_POSITIONEN
from foerdercheck.writing.columns import BETEILIGTER, Eingabespalte
from foerdercheck.writing.looks import GELD_ODER_LEER, dressed
from foerdercheck.writing.saetze import Saetze
from foerdercheck.writing.sheets import Platz, write_heading

BETRAG = Eingabespalte(
    "betrag",
    "Betrag (berechnet, €)",
    "geld",
    "rechnet sich selbst: Personal nach Stunden oder Monaten, sonst der Preis – netto, wenn der Beteiligte Vorsteuer abzieht, "
    "sonst brutto. Diese Spalte wird nicht gelesen; die Prüfung rechnet neu, mit allen Kürzungen",
)
_NICHTS = '""'
_ABSTAND = 6
_Cells = Mapping[str, str]
"""The cells of a row by field, as formulas name them."""


class Namen(NamedTuple):
    """The ranges of the overview with the names of the Beteiligte, and whether their prices count `netto` or `brutto`."""

    namen: str
    preise: str


def add_betrag(kosten: Platz, namen: Namen | None, fassung: Fassung, saetze: Saetze | None) -> Platz:
    """Add the computed column to the lines of cost, with monthly rates where there are any; returns the table with it."""
    column = len(kosten.spalten) + 1
    write_heading(kosten.sheet, column, BETRAG)
    vat = regelsatz(fassung.gilt.von, date.max)
    norm = fassung.find(RUNDUNG_POSITIONEN)
    rounding = "ROUNDDOWN" if norm and norm.wert == "ab" else "ROUND"
    for row in range(kosten.erste, kosten.letzte + 1):
        cell = dressed(kosten.sheet, (row, column), "berechnet", GELD_ODER_LEER)
        cells = {feld: f"${letter}{row}" for feld, letter in kosten.spalten.items()}
        net, gross = _prices(cells, vat)
        price = f"IF({_counts_net(cells, namen)},{net},{gross})" if namen else gross
        pay = f"{_by_hours(cells, rounding)}+{_by_months(cells, rounding, saetze)}"
        cell.value = f'=IF({_at(cells, BETEILIGTER)}="{BEISPIEL}",0,IFERROR({pay}+{price},0))'
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


def _by_hours(cells: _Cells, rounding: str) -> str:
    hours = [cell for feld, cell in cells.items() if feld.partition("_")[0] == "stunden"]
    return f"{rounding}(SUM({','.join(hours)})*N({_at(cells, 'stundensatz')}),2)" if hours else "0"


def _by_months(cells: _Cells, rounding: str, saetze: Saetze | None) -> str:
    """Return the months of a line × the rate of its level × its share; a month counts that has a day from first to last.

    Share and reduction are counted in ten-thousandths, so that only the last step leaves whole numbers.
    """
    if saetze is None or "stufe" not in cells:
        return "0"
    stufe, von = cells["stufe"], _at(cells, "von")
    first, last = _month(von, saetze.beginn), _month(_at(cells, "bis"), saetze.ende)
    within = f"(DATE({saetze.jahre},{_next(1)},1)>{first})*(DATE({saetze.jahre},{_next(0)},1)<={last})"
    rates = f'INDEX({saetze.tabelle},MATCH(TRIM({stufe}&""),{saetze.stufen},0),0)'
    share = f"{_share(cells)}*{_reduced(cells, saetze)}/100000000"
    missing = f'OR({stufe}="",AND({von}="",{saetze.beginn}=0))'
    return f"IF({missing},0,{rounding}(SUMPRODUCT({within}*{rates})*{share},2))"


def _month(cell: str, otherwise: str) -> str:
    """Return a day of the month in a cell, also where it is a text like 2026-04; that of the project if it is empty."""
    text = f"DATE(VALUE(LEFT(TRIM({cell}),4)),VALUE(MID(TRIM({cell}),6,2)),1)"
    return f'IF({cell}="",{otherwise},IF(ISNUMBER({cell}),{cell},IF(MID(TRIM({cell}),5,1)="-",{text},NA())))'


def _next(months: int) -> str:
    """Return the twelve months of a year as a column, so many later."""
    return f"{{{';'.join(str(month + months) for month in range(1, 13))}}}"


def _share(cells: _Cells) -> str:
    """Return the share of a full post in ten-thousandths: all without a number, nothing for a text nobody can compute."""
    anteil = _at(cells, "anteil")
    number = f"IF({anteil}>1,{anteil}/100,{anteil})"
    return f'IF(ISNUMBER({anteil}),ROUND({number}*10000,0),IF({anteil}="",10000,0))'


def _reduced(cells: _Cells, saetze: Saetze) -> str:
    """Return what is left of a rate where pay is low, in ten-thousandths."""
    low = _at(cells, "gehalt_unter_mindestwert")
    return f'IF(OR({low}="ja",{low}="x",{low}=TRUE),ROUND((1-{saetze.minderung})*10000,0),10000)'


def _counts_net(cells: _Cells, namen: Namen) -> str:
    """Tell whether the Beteiligter of a line counts net prices; without a name, whether the only one does."""
    owner = _at(cells, BETEILIGTER)
    named = f'SUMPRODUCT(({namen.namen}={owner})*({namen.preise}="netto"))'
    return f'IF({owner}="",COUNTIF({namen.preise},"netto"),{named})>0'


def _prices(cells: _Cells, vat: Decimal | None) -> tuple[str, str]:
    """Return the price net and gross; a rate of VAT over 1 is meant in percent, as the reader takes it, without one `vat` holds."""
    netto, brutto, ust = _at(cells, "netto"), _at(cells, "brutto"), _at(cells, "ust")
    rate = f"IF(ISNUMBER({ust}),IF({ust}>1,{ust}/100,{ust}),{vat or 0})"
    net = f"IF(ISNUMBER({netto}),{netto},ROUND(N({brutto})/(1+{rate}),2))"
    return net, f"IF(ISNUMBER({brutto}),{brutto},ROUND(N({netto})*(1+{rate}),2))"
