"""Workbooks of budgets and histories: templates with explanations and live sums, and files with content.

A template has an example row on each sheet with rows, and formulas that help while it is filled in; a workbook with
content has neither.
"""

from collections.abc import Sequence
from io import BytesIO

from openpyxl.workbook import Workbook

from foerdercheck.model.angabe import Blatt
from foerdercheck.model.angaben import AUSNAHMEN, BETEILIGTE, BUDGETBLAETTER, FINANZIERUNG, KOSTEN, VORHABEN
from foerdercheck.model.beihilfeangaben import BEIHILFEN, DEMINIMIS, EREIGNISSE, HISTORIENBLAETTER, VERBUND
from foerdercheck.model.deutsch import datum
from foerdercheck.programmes.fassung import Fassung
from foerdercheck.programmes.parameter import PHASEN
from foerdercheck.writing import overview, saetze
from foerdercheck.writing.asked import gefragt
from foerdercheck.writing.columns import Eingabespalte, content_columns, template_columns
from foerdercheck.writing.content import Content, Row
from foerdercheck.writing.examples import beispielzeile
from foerdercheck.writing.formulas import BETRAG, add_betrag, add_summe
from foerdercheck.writing.sheets import Eingabetabelle, Platz, Titel, write_form, write_table

_LEERE_ZEILEN = {
    BETEILIGTE: 8,
    KOSTEN: 40,
    FINANZIERUNG: 12,
    DEMINIMIS: 20,
    AUSNAHMEN: 8,
    BEIHILFEN: 60,
    VERBUND: 12,
    EREIGNISSE: 12,
}
_NACH_DEM_INHALT = 5
_BEISPIEL = " Die graue Beispielzeile überschreiben oder löschen; Erklärungen zeigt die Maus auf den Überschriften."
_ANLEITUNGEN = {
    VORHABEN: "Die hellgelben Felder ausfüllen; was einen * trägt, wird immer gebraucht.",
    BETEILIGTE: "Eine Zeile je Einrichtung, der Antragsteller zuerst.",
    KOSTEN: "Eine Zeile je Position: Personal mit {}, alles andere mit Netto oder Brutto.",
    FINANZIERUNG: "Eine Zeile je weiterem Geldgeber; Zuwendung und Eigenmittel stehen auf dem Blatt Beteiligte.",
    DEMINIMIS: "Eine Zeile je bisheriger De-minimis-Beihilfe; nur für wirtschaftlich tätige Beteiligte.",
    AUSNAHMEN: "Eine Zeile je Ausnahme, der die Behörde zugestimmt hat; bis zum genannten Tag entscheidet der Befund nicht mehr.",
    BEIHILFEN: "Eine Zeile je De-minimis-Beihilfe, wie auf ihrer Bescheinigung.",
    VERBUND: "Unternehmen, die ein einziges Unternehmen bilden: eine Zeile je Beziehung; sonst leer lassen.",
    EREIGNISSE: "Fusionen, Übernahmen und Spaltungen: eine Zeile je Nachfolger; sonst leer lassen.",
}
_PERSONAL = {"stundensatz": "Stundensatz und Stunden", "stufe": "Stufe und Anteil"}
_PRUEFEN = "Prüfen mit: foerdercheck check BUDGET.xlsx"
_RECHNEN = "Rechnen mit: foerdercheck deminimis HISTORIE.xlsx"


def budget_vorlage(fassung: Fassung, jahre: Sequence[int]) -> Workbook:
    """Return the template of a budget with the fields the programme asks for; `jahre` get a column for their hours."""
    workbook = _new(f"Budget {fassung.titel}")
    values = {"foerderprogramm": fassung.programm}
    titel = _titel(fassung, VORHABEN)
    vorhaben = write_form(workbook, VORHABEN.name, titel, template_columns(fassung, VORHABEN), values)
    beteiligte = _template(workbook, fassung, BETEILIGTE)
    namen = overview.namen(beteiligte) if beteiligte else None
    eintraege = beteiligte.eintraege("name") if beteiligte else ""
    titel = _titel_daneben(fassung, saetze.SATZBLATT, saetze.ANLEITUNG)
    rates = saetze.add_saetze(workbook, titel, fassung, vorhaben)
    kosten = _template(workbook, fassung, KOSTEN, jahre, eintraege)
    if kosten:
        kosten = add_betrag(kosten, namen, fassung, rates)
        add_summe(kosten, BETRAG.feld)
    finanzierung = _template(workbook, fassung, FINANZIERUNG, (), eintraege)
    if finanzierung:
        add_summe(finanzierung, "betrag")
    _template(workbook, fassung, DEMINIMIS, (), eintraege)
    if beteiligte:
        phasen = fassung.find(PHASEN)
        quellen = overview.Quellen(beteiligte, kosten, finanzierung, phasen.wert if phasen else {})
        titel = _titel_daneben(fassung, overview.UEBERSICHTSBLATT, overview.anleitung(quellen))
        overview.add_uebersicht(workbook, titel, quellen)
    if rates:
        workbook.move_sheet(saetze.SATZBLATT, len(workbook.sheetnames))
    return workbook


def budget_mappe(fassung: Fassung | None, content: Content) -> Workbook:
    """Return a budget with content: the columns the programme asks for and all that occur, no example, no formula.

    Raises KeyError for a sheet or a field nobody knows.
    """
    _refuse_unknown_sheets(content, BUDGETBLAETTER)
    workbook = _new(f"Budget {fassung.titel}" if fassung else "Budget")
    rows = content[VORHABEN.name]
    write_form(workbook, VORHABEN.name, _titel(fassung, VORHABEN), content_columns(fassung, VORHABEN, rows), *rows)
    eintraege = ""
    for blatt in BUDGETBLAETTER[1:]:
        rows = content.get(blatt.name, ())
        place = _content(
            workbook, blatt, content_columns(fassung, blatt, rows), (_titel(fassung, blatt), rows), eintraege
        )
        if blatt is BETEILIGTE and place:
            eintraege = place.eintraege("name")
    return workbook


def historie_vorlage() -> Workbook:
    """Return the template of a history of de-minimis aid."""
    workbook = _new("De-minimis-Beihilfen")
    for blatt in HISTORIENBLAETTER:
        _template(workbook, None, blatt)
    return workbook


def historie_mappe(content: Content) -> Workbook:
    """Return a history with content; raises KeyError for a sheet or a field nobody knows."""
    _refuse_unknown_sheets(content, HISTORIENBLAETTER)
    workbook = _new("De-minimis-Beihilfen")
    for blatt in HISTORIENBLAETTER:
        rows = content.get(blatt.name, ())
        content_columns(None, blatt, rows)  # refuses unknown fields; a history always has all columns, to go on with
        _content(workbook, blatt, template_columns(None, blatt), (_titel(None, blatt), rows))
    return workbook


def saved(workbook: Workbook) -> bytes:
    """Return a workbook as the content of a file."""
    stream = BytesIO()
    workbook.save(stream)
    return stream.getvalue()


def _new(title: str) -> Workbook:
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    workbook.properties.title = title
    workbook.properties.creator = "foerdercheck"
    return workbook


def _refuse_unknown_sheets(content: Content, blaetter: Sequence[Blatt]) -> None:
    if unknown := content.keys() - {blatt.name for blatt in blaetter}:
        raise KeyError(", ".join(sorted(unknown)))


def _titel(fassung: Fassung | None, blatt: Blatt, more: str = "") -> Titel:
    """Return the title block of a sheet to be filled in."""
    anleitung = _anleitung(fassung, blatt) + more
    if blatt in HISTORIENBLAETTER:
        return Titel(f"De-minimis-Historie – {blatt.name}", _RECHNEN, anleitung)
    if fassung is None:
        return Titel(f"Projektbudget – {blatt.name}", _PRUEFEN, anleitung)
    above = _titel_daneben(fassung, blatt.name, anleitung)
    return above._replace(fassung=f"{above.fassung} · {_PRUEFEN}")


def _titel_daneben(fassung: Fassung, name: str, anleitung: str) -> Titel:
    """Return the title block of a sheet nobody fills in."""
    return Titel(f"{fassung.titel} – {name}", f"Fassung vom {datum(fassung.bekanntmachung)}", anleitung)


def _anleitung(fassung: Fassung | None, blatt: Blatt) -> str:
    """Return what to write on a sheet; on that of the costs, how the programme counts personnel."""
    asked = [angabe.feld for angabe, _ in gefragt(fassung, blatt)]
    return _ANLEITUNGEN[blatt].format(" oder ".join(text for feld, text in _PERSONAL.items() if feld in asked))


def _template(
    workbook: Workbook, fassung: Fassung | None, blatt: Blatt, jahre: Sequence[int] = (), namen: str = ""
) -> Platz | None:
    columns = template_columns(fassung, blatt, jahre)
    if not columns:
        return None
    example = beispielzeile(blatt, fassung)
    titel = _titel(fassung, blatt, _BEISPIEL if example else "")
    table = Eingabetabelle(blatt.name, titel, columns, example, (), _LEERE_ZEILEN[blatt])
    return write_table(workbook, table, namen)


def _content(
    workbook: Workbook,
    blatt: Blatt,
    columns: Sequence[Eingabespalte],
    content: tuple[Titel, Sequence[Row]],
    namen: str = "",
) -> Platz | None:
    titel, rows = content
    if not columns:
        return None
    return write_table(workbook, Eingabetabelle(blatt.name, titel, columns, {}, rows, _NACH_DEM_INHALT), namen)
