"""Budgets under every programme, as a table: of one with every programme as a row, of several with every file."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from foerdercheck.assessment.alle import Vergleich
from foerdercheck.assessment.budget import Assessment
from foerdercheck.model.befund import Ergebnis
from foerdercheck.model.deutsch import anzahl, euro
from foerdercheck.model.filenames import shown_name
from foerdercheck.reports.dokument import (
    FUSS,
    Block,
    Eintrag,
    Liste,
    Spalte,
    Tabelle,
    Ueberschrift,
    Urteil,
    Zelle,
    geld,
)
from foerdercheck.reports.summary import common_folder, verdict_cell


def comparison(datei: str, vergleiche: Sequence[Vergleich]) -> Iterator[Block]:
    """Yield the table of all programmes with verdict, grant and what stands in the way."""
    yield Ueberschrift(f"{shown_name(datei)} in allen Förderprogrammen")
    spalten = [
        Spalte("Programm"),
        Spalte("Ergebnis"),
        Spalte("Zuwendung", zahl=True),
        Spalte("eigene Mittel", zahl=True),
        Spalte("woran es liegt"),
    ]
    yield Tabelle(spalten, [_row(vergleich) for vergleich in vergleiche])
    dropped = [vergleich for vergleich in vergleiche if vergleich.weggelassen]
    if dropped:
        entries = [Eintrag("i", "normal", v.fassung.programm, ", ".join(v.weggelassen)) for v in dropped]
        yield Liste("Nicht übernommen, weil das Programm diese Angaben nicht oder anders kennt", entries)
    yield _verdict(vergleiche)


def comparisons(dateien: Sequence[tuple[Assessment, Sequence[Vergleich]]]) -> Iterator[Block]:
    """Yield several files as one table: which programmes would pay how much, the most first; each with its decisive assessment."""
    spalten = [Spalte("Datei", fest=True), Spalte("förderfähig in"), Spalte("offen in", darunter=True)]
    rows = []
    folder = common_folder([shown_name(decisive.datei) for decisive, _ in dateien])
    for decisive, vergleiche in dateien:
        paying = _with_grants(vergleiche, "foerderfaehig")
        reason = anzahl(len(decisive.fehler), "Fehler", "Fehler") if decisive.fehler else "–"
        first = Zelle(paying or reason, "gut" if paying else "schlecht" if decisive.fehler else "normal")
        name = Zelle(shown_name(decisive.datei).removeprefix(folder))
        rows.append([name, first, Zelle(_with_grants(vergleiche, "offen") or "–")])
    where = f"in {folder} " if folder else ""
    title = f"{anzahl(len(rows), 'Datei', 'Dateien')} {where}in allen Förderprogrammen"
    yield Tabelle(spalten, rows, title, fuss=FUSS)


def _with_grants(vergleiche: Sequence[Vergleich], ergebnis: Ergebnis) -> str:
    """Return the programmes in which a budget has this verdict, with what they would pay."""
    found = [
        (each.assessment.zuwendung or Decimal(), each.fassung.programm)
        for each in vergleiche
        if each.assessment is not None and each.assessment.ergebnis == ergebnis
    ]
    return ", ".join(f"{name} ({euro(grant)})" for grant, name in sorted(found, key=lambda one: -one[0]))


def _verdict(vergleiche: Sequence[Vergleich]) -> Urteil:
    eligible = [v.fassung.programm for v in vergleiche if v.assessment and v.assessment.ergebnis == "foerderfaehig"]
    titel = f"förderfähig in {len(eligible)} von {anzahl(len(vergleiche), 'Programm', 'Programmen')}"
    text = "In den anderen Programmen ist so viel an eigenen Mitteln angenommen, wie die Zuwendung übrig lässt."
    return Urteil(titel, "gut" if eligible else "warnung", [("Gerechnet", Zelle(text))], FUSS)


def _row(vergleich: Vergleich) -> list[Zelle]:
    name = Zelle(vergleich.fassung.programm, "stark")
    found = vergleich.assessment
    if found is None:
        return [name, Zelle("GILT NICHT", "leise"), Zelle("–"), Zelle("–"), Zelle(vergleich.grund)]
    refused = found.ergebnis == "nicht_foerderfaehig" or not found.rechnungen
    grant = Zelle("–") if refused else geld(found.summen[2])
    own = [rechnung.eigenmittel.betrag for rechnung in found.rechnungen if rechnung.eigenmittel is not None]
    paid = geld(sum(own, Decimal())) if own and not refused else Zelle("–")
    return [name, verdict_cell(found.ergebnis, found.angenommene), grant, paid, Zelle(_reason(vergleich))]


def _reason(vergleich: Vergleich) -> str:
    found = vergleich.assessment
    if found is None or found.fehler:
        return found.fehler[0].text if found else vergleich.grund
    if found.fehlend:
        return "; ".join(fehler.text for fehler in found.fehlend)
    texts = [befund for befund in found.befunde if befund.status == "verletzt"]
    texts = texts or [befund for befund in found.befunde if befund.status == "offen"]
    if not texts:
        return ""
    more = f" und {anzahl(len(texts) - 1, 'weiterer Punkt', 'weitere Punkte')}" if len(texts) > 1 else ""
    return f"{texts[0].ziffer} {texts[0].text}{more}"
