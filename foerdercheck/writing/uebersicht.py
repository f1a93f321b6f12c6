"""The sheet Übersicht of a budget template: live sums for each Beteiligter, and what is left to be financed."""

from collections.abc import Sequence
from typing import NamedTuple

from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from foerdercheck.model.angaben import BEISPIEL
from foerdercheck.model.budget import GEWERBLICH
from foerdercheck.writing.aussehen import GELD_ODER_LEER, NUR_TEXT, PROZENT_ODER_LEER, dressed, set_page
from foerdercheck.writing.blaetter import KOPF, Platz, Titel, write_head, write_title
from foerdercheck.writing.formeln import BETRAG, Namen
from foerdercheck.writing.spalten import BETEILIGTER, Spalte

BLATT = "Übersicht"
ANLEITUNG = (
    "Diese Summen rechnen sich selbst. Gemeinkosten, Kürzungen und das Ergebnis stehen hier nicht: die berechnet "
    "foerdercheck check BUDGET.xlsx"
)
_SPALTEN = (
    Spalte("name", "Beteiligter", "text", f"vom Blatt Beteiligte; die Zeile „{BEISPIEL}“ zählt nicht"),
    Spalte("preise", "Preise zählen", "text", "netto, wer Vorsteuer abzieht, sonst brutto"),
    Spalte("personal", "Personal (€)", "geld", "Kostenart personal"),
    Spalte("anderes", "Andere Kosten (€)", "geld", "alle übrigen Kostenarten"),
    Spalte("direkt", "Direkte Kosten (€)", "geld", "Personal und andere Kosten, ohne Gemeinkosten, vor Kürzungen"),
    Spalte("beantragt", "Beantragt (€)", "geld", "leer: beantragt wird die höchstmögliche Zuwendung"),
    Spalte("eigenmittel", "Eigenmittel (€)", "geld", "vom Blatt Beteiligte"),
    Spalte("weitere", "Weitere Mittel (€)", "geld", "vom Blatt Finanzierung"),
    Spalte("quote", "Quote (%)", "prozent", "Beantragt geteilt durch direkte Kosten"),
    Spalte("offen", "Noch offen (€)", "geld", "direkte Kosten, die noch niemand trägt; Gemeinkosten kommen hinzu"),
)
_SPALTE = {spalte.feld: "ABCDEFGHIJ"[index] for index, spalte in enumerate(_SPALTEN)}
_FORMATE = {"text": NUR_TEXT, "geld": GELD_ODER_LEER, "prozent": PROZENT_ODER_LEER}


class Quellen(NamedTuple):
    """The tables whose entries are summed up; a programme may do without lines of cost or further sources."""

    beteiligte: Platz
    kosten: Platz | None
    finanzierung: Platz | None

    @property
    def rows(self) -> range:
        """The rows of the overview: one for each prepared row of the Beteiligte."""
        return range(KOPF + 1, KOPF + 1 + self.beteiligte.letzte - self.beteiligte.erste + 1)


def namen(beteiligte: Platz) -> Namen:
    """Return where the overview will name the Beteiligte."""
    rows = Quellen(beteiligte, None, None).rows
    return Namen(*(f"'{BLATT}'!${_SPALTE[feld]}${rows[0]}:${_SPALTE[feld]}${rows[-1]}" for feld in ("name", "preise")))


def add_uebersicht(workbook: Workbook, titel: Titel, quellen: Quellen) -> None:
    """Add the sheet behind all others."""
    sheet = workbook.create_sheet(BLATT)
    write_title(sheet, titel)
    write_head(sheet, _SPALTEN)
    for row in quellen.rows:
        formulas = _formulas(quellen, row)
        for column, spalte in enumerate(_SPALTEN, 1):
            cell = dressed(sheet, (row, column), "berechnet", _FORMATE[spalte.inhalt])
            cell.value = f"=IFERROR({formulas[spalte.feld]},0)"
    _add_sums(sheet, quellen.rows)
    sheet.freeze_panes = f"B{KOPF + 1}"
    set_page(sheet, titel.titel, KOPF)


def _add_sums(sheet: Worksheet, rows: Sequence[int]) -> None:
    total = rows[-1] + 1
    for column, spalte in enumerate(_SPALTEN, 1):
        cell = dressed(sheet, (total, column), "summe", _FORMATE[spalte.inhalt])
        if spalte.inhalt == "geld":
            letter = _SPALTE[spalte.feld]
            cell.value = f"=SUM({letter}{rows[0]}:{letter}{rows[-1]})"
    sheet.cell(total, 1).value = "Summe"
    sheet[f"{_SPALTE['quote']}{total}"].value = f"={_quote(total)}"


def _formulas(quellen: Quellen, row: int) -> dict[str, str]:
    """Return the formulas of the row of one Beteiligter; nothing is 0."""
    at = {feld: f"${letter}{row}" for feld, letter in _SPALTE.items()}
    stated = {feld: _entry(quellen.beteiligte, feld, row) for feld in ("name", "art", "vorsteuerabzug")}
    sums = {
        "personal": _sum(quellen, quellen.kosten, BETRAG.feld, row, '="personal"'),
        "anderes": _sum(quellen, quellen.kosten, BETRAG.feld, row, '<>"personal"'),
        "direkt": f"{at['personal']}+{at['anderes']}",
        "beantragt": f"N({_entry(quellen.beteiligte, 'beantragt', row)})",
        "eigenmittel": f"N({_entry(quellen.beteiligte, 'eigenmittel', row)})",
        "weitere": _sum(quellen, quellen.finanzierung, "betrag", row),
        "quote": _quote(row),
        "offen": f"ROUND({at['direkt']}-{at['beantragt']}-{at['eigenmittel']}-{at['weitere']},2)",
        "preise": _price_kind(stated["vorsteuerabzug"], stated["art"]),
    }
    named = {feld: f"IF(ISTEXT({at['name']}),{formula},0)" for feld, formula in sums.items()}
    return {"name": f'IF({stated["name"]}="{BEISPIEL}",0,{stated["name"]})', **named}


def _quote(row: int) -> str:
    cost, grant = (f"${_SPALTE[feld]}{row}" for feld in ("direkt", "beantragt"))
    return f"IF({cost}=0,0,{grant}/{cost})"


def _entry(beteiligte: Platz, feld: str, row: int) -> str:
    """Return what stands in the same row of the Beteiligte, found by counting from the heading: rows may be deleted."""
    cells = beteiligte.bereich(feld)
    return f"INDEX({cells},{row - KOPF + 1})" if cells else '""'


def _price_kind(vorsteuerabzug: str, art: str) -> str:
    """Return how prices count: as stated (`x` and TRUE are ja, FALSE is nein), else by the kind of body."""
    kinds = ",".join(f'{art}="{gewerblich}"' for gewerblich in sorted(GEWERBLICH))
    by_kind = f'IF(OR({kinds}),"netto","brutto")'
    stated_no = f'IF(OR({vorsteuerabzug}="nein",ISLOGICAL({vorsteuerabzug})),"brutto",{by_kind})'
    return f'IF(OR({vorsteuerabzug}="ja",{vorsteuerabzug}="x",{vorsteuerabzug}=TRUE),"netto",{stated_no})'


def _sum(quellen: Quellen, place: Platz | None, feld: str, row: int, kostenart: str = "") -> str:
    """Return the sum of a column over the lines of a Beteiligter; those without a name belong to the only one there is."""
    owner, summed = (place.bereich(BETEILIGTER), place.bereich(feld)) if place else (None, None)
    if place is None or owner is None or summed is None:
        return "0"
    alone = f"(SUMPRODUCT(ISTEXT({namen(quellen.beteiligte).namen})*1)=1)"
    lines = f'(({owner}=${_SPALTE["name"]}{row})+({owner}="")*{alone})'
    kind = place.bereich("kostenart")
    return (
        f"SUMPRODUCT({lines}*({kind}{kostenart}),{summed})" if kostenart and kind else f"SUMPRODUCT({lines},{summed})"
    )
