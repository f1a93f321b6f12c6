"""The sheet Übersicht of a budget template: live sums for each Beteiligter; what the check would say of them it does not say."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from openpyxl.utils import get_column_letter
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from foerdercheck.model.beihilfeangaben import BEISPIEL
from foerdercheck.model.budget import GEWERBLICH
from foerdercheck.writing.columns import BETEILIGTER, Eingabespalte
from foerdercheck.writing.formulas import BETRAG, Namen
from foerdercheck.writing.looks import GELD_ODER_LEER, NUR_TEXT, dressed, set_page
from foerdercheck.writing.sheets import KOPF, Platz, Titel, write_head, write_title

UEBERSICHTSBLATT = "Übersicht"
_NAME = Eingabespalte("name", "Beteiligter", "text", f"vom Blatt Beteiligte; die Zeile „{BEISPIEL}“ zählt nicht")
_PREISE = Eingabespalte("preise", "Preise zählen", "text", "netto, wer Vorsteuer abzieht, sonst brutto")
_PHASE = "phase "
_CELLS = '"&{}&"'
"""In place of a word in the text of a formula: closes the text, joins what stands in cells ({} becomes their address), opens it again.

So a formula builds the heading of a phase from cells; it may hold no word of a programme itself.
"""

_FORMATE = {"text": NUR_TEXT, "geld": GELD_ODER_LEER}


class Quellen(NamedTuple):
    """The tables whose entries are summed up, and the phases of the programme with what they mean.

    A programme may do without lines of cost or further sources.
    """

    beteiligte: Platz
    kosten: Platz | None
    finanzierung: Platz | None
    phasen: Mapping[str, str]

    @property
    def rows(self) -> range:
        """The rows of the overview: one for each prepared row of the Beteiligte."""
        return _rows(self.beteiligte)

    @property
    def mit_gemeinkosten(self) -> bool:
        """Whether overhead comes on top of what is summed up here."""
        return "gemeinkosten" in self.beteiligte.spalten

    @property
    def spalten(self) -> Sequence[Eingabespalte]:
        """The columns: names first, then sums, by phase where the programme limits phases."""
        overhead = self.mit_gemeinkosten
        kosten = "direkte Kosten" if overhead else "Kosten"
        einzeln = "Personal und andere Kosten" + (", ohne Gemeinkosten" if overhead else "")
        return (
            _NAME,
            _PREISE,
            Eingabespalte("personal", "Personal (€)", "geld", "Kostenart personal"),
            Eingabespalte("anderes", "Andere Kosten (€)", "geld", "alle übrigen Kostenarten"),
            *(Eingabespalte(f"{_PHASE}{wort}", _heading(wort), "geld", was) for wort, was in self.phasen.items()),
            Eingabespalte("direkt", f"{kosten[:1].upper()}{kosten[1:]} (€)", "geld", f"{einzeln}, vor Kürzungen"),
            Eingabespalte(
                "beantragt",
                "Beantragt (€)",
                "geld",
                "leer: angenommen wird die höchste Zuwendung, die andere übrig lassen",
            ),
            Eingabespalte("eigenmittel", "Eigenmittel (€)", "geld", "vom Blatt Beteiligte"),
            Eingabespalte("weitere", "Weitere Mittel (€)", "geld", "vom Blatt Finanzierung"),
        )

    @property
    def letters(self) -> Mapping[str, str]:
        """The letter of every column by field."""
        return {spalte.feld: get_column_letter(index) for index, spalte in enumerate(self.spalten, 1)}


def anleitung(quellen: Quellen) -> str:
    """Return what stands above the table: what it shows, and what it does not."""
    missing = "Gemeinkosten, Kürzungen" if quellen.mit_gemeinkosten else "Kürzungen"
    return (
        f"Diese Summen rechnen sich selbst. {missing} und das Ergebnis stehen hier nicht: die berechnet foerdercheck check "
        "BUDGET.xlsx"
    )


def namen(beteiligte: Platz) -> Namen:
    """Return where the overview will name the Beteiligte: in its first two columns."""
    rows = _rows(beteiligte)
    return Namen(*(f"'{UEBERSICHTSBLATT}'!${letter}${rows[0]}:${letter}${rows[-1]}" for letter in "AB"))


def add_uebersicht(workbook: Workbook, titel: Titel, quellen: Quellen) -> None:
    """Add the sheet behind all others."""
    sheet = workbook.create_sheet(UEBERSICHTSBLATT)
    write_title(sheet, titel)
    write_head(sheet, quellen.spalten)
    for row in quellen.rows:
        formulas = _formulas(quellen, row)
        for column, spalte in enumerate(quellen.spalten, 1):
            cell = dressed(sheet, (row, column), "berechnet", _FORMATE[spalte.wertart])
            cell.value = f"=IFERROR({formulas[spalte.feld]},0)"
    _add_sums(sheet, quellen)
    sheet.freeze_panes = f"B{KOPF + 1}"
    set_page(sheet, titel.titel, KOPF)


def _rows(beteiligte: Platz) -> range:
    return range(KOPF + 1, KOPF + 1 + beteiligte.letzte - beteiligte.erste + 1)


def _heading(phase: str) -> str:
    return f"Phase {phase} (€)"


def _add_sums(sheet: Worksheet, quellen: Quellen) -> None:
    rows, letters = quellen.rows, quellen.letters
    total = rows[-1] + 1
    for column, spalte in enumerate(quellen.spalten, 1):
        cell = dressed(sheet, (total, column), "summe", _FORMATE[spalte.wertart])
        if spalte.wertart == "geld":
            letter = letters[spalte.feld]
            cell.value = f"=SUM({letter}{rows[0]}:{letter}{rows[-1]})"
    sheet.cell(total, 1).value = "Summe"


def _formulas(quellen: Quellen, row: int) -> dict[str, str]:
    """Return the formulas of the row of one Beteiligter; nothing is 0."""
    letters = quellen.letters
    at = {feld: f"${letter}{row}" for feld, letter in letters.items()}
    stated = {feld: _entry(quellen.beteiligte, feld, row) for feld in ("name", "art", "vorsteuerabzug")}
    sums = {
        "personal": _sum(quellen, quellen.kosten, BETRAG.feld, row, ("kostenart", '{}="personal"')),
        "anderes": _sum(quellen, quellen.kosten, BETRAG.feld, row, ("kostenart", '{}<>"personal"')),
        "direkt": f"{at['personal']}+{at['anderes']}",
        "beantragt": f"N({_entry(quellen.beteiligte, 'beantragt', row)})",
        "eigenmittel": f"N({_entry(quellen.beteiligte, 'eigenmittel', row)})",
        "weitere": _sum(quellen, quellen.finanzierung, "betrag", row),
        "preise": _price_kind(stated["vorsteuerabzug"], stated["art"]),
    }
    for feld in (spalte.feld for spalte in quellen.spalten if spalte.feld.startswith(_PHASE)):
        of = ("phase", f'"{_heading(_CELLS)}"={letters[feld]}${KOPF}')
        sums[feld] = _sum(quellen, quellen.kosten, BETRAG.feld, row, of)
    named = {feld: f"IF(ISTEXT({at['name']}),{formula},0)" for feld, formula in sums.items()}
    return {"name": f'IF({stated["name"]}="{BEISPIEL}",0,{stated["name"]})', **named}


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


def _sum(quellen: Quellen, place: Platz | None, feld: str, row: int, of: tuple[str, str] | None = None) -> str:
    """Return the sum of a column over the lines of a Beteiligter; those without a name belong to the only one there is.

    `of` restricts it to lines by a condition on the cells of a field.
    """
    owner, summed = (place.bereich(BETEILIGTER), place.bereich(feld)) if place else (None, None)
    if place is None or owner is None or summed is None:
        return "0"
    alone = f"(SUMPRODUCT(ISTEXT({namen(quellen.beteiligte).namen})*1)=1)"
    lines = f'(({owner}=$A{row})+({owner}="")*{alone})'
    if of is not None and (cells := place.bereich(of[0])):
        lines += f"*({of[1].format(cells)})"
    return f"SUMPRODUCT({lines},{summed})"
