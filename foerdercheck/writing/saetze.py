"""The sheet Sätze of a budget template: what a month of a full post pays by level and year, for the computed column.

It is never read: a check takes the rates from the programme.
"""

from collections.abc import Mapping
from decimal import Decimal
from typing import NamedTuple

from openpyxl.utils import get_column_letter
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from foerdercheck.model.deutsch import in_ziffer
from foerdercheck.programmes.fassung import Fassung
from foerdercheck.programmes.parameter import EINHEITSKOSTEN, EINHEITSKOSTEN_ABSCHLAG, FONDS
from foerdercheck.writing.cells import put
from foerdercheck.writing.looks import GELD_FORMAT, PROZENT_FORMAT, TEXT_FORMAT, Art, dressed, set_page, set_widths
from foerdercheck.writing.sheets import KOPF, Titel, write_title

SATZBLATT = "Sätze"
ANLEITUNG = (
    "Beträge für einen Monat einer vollen Stelle; mit ihnen rechnet die Spalte Betrag. Das Blatt ist geschützt und wird nicht "
    "gelesen: die Prüfung nimmt die Sätze des Programms."
)
_TAG = "DD.MM.YYYY;;"
_BREITEN = (44, *[13] * 20)


class Saetze(NamedTuple):
    """Where formulas find the rates: levels, years and the table; first and last day of the project; by how much low pay
    lowers a rate.
    """

    stufen: str
    jahre: str
    tabelle: str
    beginn: str
    ende: str
    minderung: str


def add_saetze(workbook: Workbook, titel: Titel, fassung: Fassung, vorhaben: Mapping[str, str]) -> Saetze | None:
    """Add the sheet; `vorhaben` are the cells of the form by field. None, and no sheet, for a programme without levels."""
    norm = fassung.find(EINHEITSKOSTEN)
    if norm is None:
        return None
    sheet = workbook.create_sheet(SATZBLATT)
    write_title(sheet, titel)
    last_row, last = _add_rates(sheet, norm.wert, f"Stufe ({in_ziffer(norm.ziffer)})")
    below = last_row + 2
    _line(sheet, below, "Beginn des Vorhabens", _day(vorhaben.get("beginn")), _TAG)
    _line(sheet, below + 1, "Ende des Vorhabens", _day(vorhaben.get("ende")), _TAG)
    less = _add_funds(sheet, below + 4, fassung, vorhaben.get("ziele"))
    _line(sheet, below + 2, "Minderung bei Gehalt unter Mindestwert", less, PROZENT_FORMAT)
    set_widths(sheet, _BREITEN[: sheet.max_column])
    set_page(sheet, titel.titel, None)
    sheet.protection.sheet = True
    return Saetze(
        stufen=f"'{SATZBLATT}'!$A${KOPF + 1}:$A${last_row}",
        jahre=f"'{SATZBLATT}'!$B${KOPF}:${last}${KOPF}",
        tabelle=f"'{SATZBLATT}'!$B${KOPF + 1}:${last}${last_row}",
        beginn=f"'{SATZBLATT}'!$B${below}",
        ende=f"'{SATZBLATT}'!$B${below + 1}",
        minderung=f"'{SATZBLATT}'!$B${below + 2}",
    )


def _add_rates(sheet: Worksheet, rates: Mapping[str, Mapping[int, Decimal]], heading: str) -> tuple[int, str]:
    """Write a row for each level, a column for each year; returns the last of both."""
    years = sorted({year for of_level in rates.values() for year in of_level})
    _row(sheet, KOPF, "kopf", heading, *years)
    for row, (stufe, of_level) in enumerate(rates.items(), KOPF + 1):
        put(dressed(sheet, (row, 1), "feld", TEXT_FORMAT), stufe)
        for column, year in enumerate(years, 2):
            put(dressed(sheet, (row, column), "berechnet", GELD_FORMAT), of_level.get(year))
    return KOPF + len(rates), get_column_letter(1 + len(years))


def _add_funds(sheet: Worksheet, head: int, fassung: Fassung, ziele: str | None) -> str:
    """Write which goal is paid by which fund and how that lowers a rate; returns the formula for the goals stated.

    Where goals of several funds are stated, the fund is not known and nothing is lowered.
    """
    always = fassung.find(EINHEITSKOSTEN_ABSCHLAG)
    funds = {ziel: norm.wert for norm in fassung.all(FONDS) for ziel in sorted(norm.wenn.get("ziel", ()))}
    if always or not fassung.all(EINHEITSKOSTEN_ABSCHLAG) or not funds or ziele is None:
        return str(always.wert if always else 0)
    _row(sheet, head, "kopf", "Ziel", "Fonds", "Minderung")
    for row, (ziel, fonds) in enumerate(funds.items(), head + 1):
        norm = fassung.find(EINHEITSKOSTEN_ABSCHLAG, {"fonds": fonds})
        _row(sheet, row, "feld", ziel, fonds)
        put(dressed(sheet, (row, 3), "berechnet", PROZENT_FORMAT), norm.wert if norm else Decimal())
    last = head + len(funds)
    words, rates = f"$A${head + 1}:$A${last}", f"$C${head + 1}:$C${last}"
    stated = f'";"&SUBSTITUTE(SUBSTITUTE(SUBSTITUTE({ziele}," ",""),",",";"),CHAR(10),";")&";"'
    named = f'ISNUMBER(SEARCH(";"&{words}&";",{stated}))'
    return f"IF(SUMPRODUCT({named}*({rates}=0))>0,0,SUMPRODUCT({named}*{rates})/SUMPRODUCT({named}*1))"


def _row(sheet: Worksheet, row: int, art: Art, *values: object) -> None:
    for column, value in enumerate(values, 1):
        put(dressed(sheet, (row, column), art), value)


def _line(sheet: Worksheet, row: int, label: str, formula: str, number_format: str) -> None:
    _row(sheet, row, "feld", label)
    dressed(sheet, (row, 2), "berechnet", number_format).value = f"=IFERROR({formula},0)"


def _day(cell: str | None) -> str:
    """Return the date in a cell, also where it is a text: `2026-04-01` or `1.4.2026`; an error for anything else."""
    if cell is None:
        return "0"
    text = f"TRIM({cell})"
    dot = f'FIND(".",{text})'
    second = f'FIND(".",{text},{dot}+1)'
    iso = f"DATE(VALUE(LEFT({text},4)),VALUE(MID({text},6,2)),VALUE(MID({text},9,2)))"
    month = f"VALUE(MID({text},{dot}+1,{second}-{dot}-1))"
    german = f"DATE(VALUE(MID({text},{second}+1,4)),{month},VALUE(LEFT({text},{dot}-1)))"
    return f'IF(ISNUMBER({cell}),{cell},IF(MID({text},5,1)="-",{iso},{german}))'
