"""The report on one budget, as blocks: who, cost, overhead, financing, orders, aid, findings, deadlines, verdict."""

from collections.abc import Iterator

from foerdercheck.assessment.budget import Assessment
from foerdercheck.calculation.rechnung import ungefoerdert
from foerdercheck.model.befund import Befund, Status
from foerdercheck.model.deutsch import datum, frist
from foerdercheck.model.filenames import shown_name
from foerdercheck.model.location import Location, SourceMap
from foerdercheck.reports.betraege import orders, participant
from foerdercheck.reports.dokument import (
    Angaben,
    Block,
    Eintrag,
    Liste,
    Spalte,
    Tabelle,
    Ton,
    Ueberschrift,
    Zelle,
)
from foerdercheck.reports.fehler import unreadable
from foerdercheck.reports.herleitung import derivation_tree
from foerdercheck.reports.mehr import derivations
from foerdercheck.reports.urteil import verdict

_GRUPPEN: tuple[tuple[Status, str, str, Ton], ...] = (
    ("verletzt", "Verletzt", "✗", "schlecht"),
    ("offen", "Offen", "?", "warnung"),
    ("gekuerzt", "Gekürzt", "−", "warnung"),
    ("hinweis", "Hinweise", "i", "normal"),
    ("erfuellt", "Erfüllt", "✓", "gut"),
)
_STICHTAG = {"angabe": "angegeben", "bewilligung": "Bewilligung", "heute": "heute, da keine Bewilligung angegeben ist"}


def report(assessment: Assessment, *, herleitung: bool = False) -> Iterator[Block]:
    """Yield the blocks of the report on one file; the verdict comes last."""
    if assessment.fehler:
        yield from unreadable(assessment.datei, assessment.fehler)
        return
    yield from _head(assessment)
    for rechnung in assessment.rechnungen:
        without = ungefoerdert(rechnung, assessment.rechnungen)
        yield from participant(rechnung, assessment.konto(rechnung), without=without)
    if assessment.vergabe is not None and assessment.vergabe.auftraege:
        yield orders(assessment.vergabe)
    if herleitung and assessment.source is not None:
        yield from _derivations(assessment, assessment.source)
    yield from _findings(assessment)
    if assessment.fristen:
        yield _deadlines(assessment)
    yield verdict(assessment)


def _head(assessment: Assessment) -> Iterator[Block]:
    budget, fassung = assessment.budget, assessment.fassung
    yield Ueberschrift((budget and budget.vorhaben.titel) or shown_name(assessment.datei))
    paare = [("Datei", Zelle(shown_name(assessment.datei)))]
    if fassung is not None:
        paare.append(("Programm", Zelle(f"{fassung.titel} ({fassung.programm})")))
        paare.append(
            (
                "Fassung",
                Zelle(f"vom {datum(fassung.bekanntmachung)}, gilt {fassung.gilt}"),
            )
        )
    if assessment.stichtag is not None:
        paare.append(("Stichtag", Zelle(f"{datum(assessment.stichtag)} ({_STICHTAG[assessment.stichtag_herkunft]})")))
    if budget is not None:
        paare.append(("Zeitraum", Zelle(f"{datum(budget.vorhaben.beginn)} bis {datum(budget.vorhaben.ende)}")))
    yield Angaben(paare)


def _findings(assessment: Assessment) -> Iterator[Block]:
    if assessment.fehlend:
        text = "Keine Regel kann geprüft werden, solange die unten genannten Angaben fehlen."
        count = sum(befund.status == "offen" for befund in assessment.befunde)
        yield Liste(f"Offen ({count})", [Eintrag("?", "warnung", "", text)])
        hints = [befund for befund in assessment.befunde if befund.status == "hinweis"]
        if hints:
            yield Liste(f"Hinweise ({len(hints)})", [_entry(befund, "i", "normal", several=False) for befund in hints])
        return
    several = len(assessment.rechnungen) > 1
    taken = [befund for befund in assessment.befunde if befund.angenommen is not None]
    if taken:
        entries = [_entry(befund, "!", "warnung", several=several) for befund in taken]
        yield Liste(f"Angenommene Ausnahmen ({len(taken)})", entries)
    for status, titel, zeichen, ton in _GRUPPEN:
        found = [befund for befund in assessment.befunde if befund.status == status and befund.angenommen is None]
        if found:
            yield Liste(f"{titel} ({len(found)})", [_entry(befund, zeichen, ton, several=several) for befund in found])
    asked = {(befund.regel, befund.beteiligter) for befund in assessment.befunde}
    fallen = {(befund.regel, befund.beteiligter) for befund in assessment.befunde if befund.status == "entfaellt"}
    stands = {regel for regel, _ in asked - fallen}
    dropped = dict.fromkeys(b.regel.partition("/")[2] for b in assessment.befunde if b.regel not in stands)
    if dropped:
        yield Liste(f"Entfällt ({len(dropped)})", [Eintrag("·", "leise", "", ", ".join(dropped))])


def _entry(befund: Befund, zeichen: str, ton: Ton, *, several: bool) -> Eintrag:
    who = f"{befund.beteiligter}: " if several and befund.beteiligter else ""
    return Eintrag(zeichen, ton, befund.ziffer, who + befund.text, short_place(befund.ort), befund.ort)


def short_place(ort: Location | None) -> str:
    """The line or cell of a finding; the column only matters where something cannot be read."""
    if ort is None:
        return ""
    return str(ort) if ort.zeile is None or ort.datei else f"Zeile {ort.zeile}"


def _deadlines(assessment: Assessment) -> Tabelle:
    rows = [
        [Zelle(frist(termin.datum) if termin.datum else "laufend"), Zelle(termin.pflicht), Zelle(termin.ziffer)]
        for termin in assessment.fristen
    ]
    return Tabelle([Spalte("Frist"), Spalte("Pflicht"), Spalte("Ziffer")], rows, "Fristen")


def _derivations(assessment: Assessment, source: SourceMap) -> Iterator[Block]:
    for r in assessment.rechnungen:
        yield Ueberschrift(f"Herleitung – {r.name}", 2)
        for figure in r.figures:
            yield derivation_tree(figure, source)
        if (konto := assessment.konto(r)) is not None:
            yield from derivations(konto, source)
