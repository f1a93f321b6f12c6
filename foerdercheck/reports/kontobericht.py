"""The account as it is handed over: the verdict first, then every award as its notice names it, what becomes free when, how it is
reckoned, what is assumed, and the law."""

from collections.abc import Iterator
from hashlib import sha256

from foerdercheck.assessment.historie import HistoryAssessment
from foerdercheck.deminimis.erklaerung import erklaerung_aus
from foerdercheck.deminimis.konto import ZERO
from foerdercheck.deminimis.kontostand import GezaehlteBeihilfe, Kontostand
from foerdercheck.deminimis.recht import load_recht
from foerdercheck.model.beihilfe import Beihilfe, Historie
from foerdercheck.model.deutsch import aufzaehlung, datum, euro
from foerdercheck.model.filenames import shown_name
from foerdercheck.programmes.parameter import HOECHSTBETRAG_ZUSAMMEN, ZEITRAUM_JAHRE
from foerdercheck.reports.ausfuehrlich import Ausfuehrlich, is_detailed
from foerdercheck.reports.deminimis import bar, timeline
from foerdercheck.reports.dokument import Angaben, Block, Eintrag, Liste, Spalte, Tabelle, Ueberschrift, Zelle, geld
from foerdercheck.reports.fehler import unreadable
from foerdercheck.reports.history import (
    NOCH_NICHTS,
    account_verdict,
    accounts_overview,
    name_of,
    not_counted,
    planned_awards,
    remarks,
)
from foerdercheck.reports.law import value_table
from foerdercheck.reports.mehr import left_on, more_about, why_changed
from foerdercheck.writing.erklaerung import FORMWORTE


def account_paper(assessment: HistoryAssessment, mehr: Ausfuehrlich) -> Iterator[Block]:
    """Yield the whole account of a history that was kept with its file; of many accounts one line each, unless `mehr` wants all."""
    historie = assessment.historie
    if historie is None:
        yield from unreadable(assessment.datei, assessment.fehler)
        return
    konten = assessment.konten
    alone = len(konten) == 1
    yield Ueberschrift(f"De-minimis-Konto: {name_of(konten[0])}" if alone else "De-minimis-Konto")
    yield _head(assessment)
    if assessment.bemerkungen:
        yield remarks(assessment.bemerkungen)
    if not is_detailed(konten, mehr):
        yield from accounts_overview(assessment)
        return
    for stand in konten:
        if not alone:
            yield Ueberschrift(name_of(stand), 2)
        for block in _account(stand, assessment, historie, mehr._replace(herleitung=True)):
            yield block._replace(ebene=2 if alone else 3) if isinstance(block, Ueberschrift) else block
    if not konten:
        yield NOCH_NICHTS
    yield from _law(konten)


def _head(assessment: HistoryAssessment) -> Angaben:
    recht = load_recht().fassung
    head = [("Datei", shown_name(assessment.datei)), ("Stichtag", datum(assessment.stichtag))]
    head.append(("Recht", f"{recht.titel}, Fassung vom {datum(recht.bekanntmachung)}"))
    if assessment.pruefkennung is not None:
        head.append(("Prüfkennung", str(assessment.pruefkennung)))
    head.append(("SHA-256 der Datei", sha256(assessment.inhalt).hexdigest()))
    return Angaben([(label, Zelle(text)) for label, text in head])


def _account(
    stand: Kontostand, assessment: HistoryAssessment, historie: Historie, mehr: Ausfuehrlich
) -> Iterator[Block]:
    yield account_verdict(stand)
    if said := assessment.remarks(stand):
        yield remarks(said)
    yield from bar(stand, ausfuehrlich=False)
    if within := [award for award in stand.beihilfen if award.im_fenster]:
        yield _awards(stand, within, historie)
    if nothing := list(not_counted(stand, assessment)):
        yield Liste("Zählt nicht", nothing)
    if stand.neue_beihilfe is None and stand.geplant:
        yield planned_awards(stand.geplant)
    if calendar := list(_calendar(stand, historie)):
        yield Liste("Was wann frei wird", calendar)
    yield from timeline(stand)
    yield from more_about(stand, assessment.source, mehr)
    hints = {statement.text for statement in stand.hinweise}
    assumed = [text for text in erklaerung_aus(stand, historie).annahmen if text not in hints]
    yield Liste("Angenommen", [Eintrag("·", "leise", "", text) for text in assumed])


def _awards(stand: Kontostand, within: list[GezaehlteBeihilfe], historie: Historie) -> Tabelle:
    """Return every award in the window with what its notice says, and their sum."""
    several = len(stand.unternehmen) > 1
    spalten = [
        Spalte("gewährt am", fest=True),
        *([Spalte("Unternehmen")] if several else []),
        Spalte("Geber"),
        Spalte("Aktenzeichen"),
        Spalte("Form"),
        Spalte("Verordnung", fest=True),
        Spalte("Fördersumme", zahl=True),
        Spalte("Wert", zahl=True),
        Spalte("zählt bis", fest=True),
    ]
    rows = [_row(award, _stated(award, historie), several=several) for award in within]
    total = sum((award.subventionswert for award in within), start=ZERO)
    blank = [Zelle("")] * (len(spalten) - 3)
    rows.append([Zelle("Summe", "stark"), *blank, geld(total, "stark"), Zelle("")])
    first, last = map(datum, stand.fenster)
    return Tabelle(spalten, rows, f"Beihilfen im Fenster {first} bis {last}", summen=1)


def _row(award: GezaehlteBeihilfe, stated: Beihilfe, *, several: bool) -> list[Zelle]:
    over = award.ergebnis_bei_gewaehrung == "ueberschritten"
    nominal = stated.foerdersumme
    if award.subventionswert not in {stated.subventionswert, nominal} and stated.form == "zuschuss":
        nominal = None  # of a divided award the nominal amount is not that of the part
    return [
        Zelle(datum(award.gewaehrt_am)),
        *([Zelle(award.unternehmen)] if several else []),
        Zelle(award.zuwendungsgeber or "–"),
        Zelle(stated.aktenzeichen or "–"),
        Zelle(FORMWORTE[stated.form]),
        Zelle(award.verordnung),
        Zelle("–") if nominal is None else geld(nominal),
        geld(award.subventionswert, "schlecht" if over else "normal"),
        Zelle(datum(award.im_fenster_bis)),
    ]


def _stated(award: GezaehlteBeihilfe, historie: Historie) -> Beihilfe:
    """Return an award as the file states it; the last step to its place is its number."""
    return historie.beihilfen[int(award.pfad[-1])]


def _calendar(stand: Kontostand, historie: Historie) -> Iterator[Eintrag]:
    """Yield a sentence for each coming day on which more is free, or less."""
    before = stand.verlauf[0][1] if stand.verlauf else None
    for tag, frei in stand.verlauf[1:]:
        if before is not None:
            gone = [_stated(award, historie).aktenzeichen or _called(award) for award in left_on(stand, tag)]
            by = f" ({aufzaehlung(gone) if gone else why_changed(stand, tag)})"
            more = f"Am {datum(tag)} werden {euro(frei - before)} frei{by}; dann sind es {euro(frei)}."
            less = f"Ab dem {datum(tag)} sind nur noch {euro(frei)} frei."
            yield Eintrag("·", "leise", "", more if frei > before else less)
        before = frei


def _called(award: GezaehlteBeihilfe) -> str:
    giver = f" von {award.zuwendungsgeber}" if award.zuwendungsgeber else ""
    return f"die Beihilfe vom {datum(award.gewaehrt_am)}{giver}"


def _law(konten: tuple[Kontostand, ...]) -> Iterator[Block]:
    """Yield the ceilings and the window that decide these accounts, with evidence and the day each was looked at."""
    recht = load_recht()
    names = [name for stand in konten for full in stand.fuellungen for name in full.verordnungen]
    days = {stand.fenster[1] for stand in konten}
    ceilings = [recht.ceiling(name, day) for name in dict.fromkeys(names) for day in sorted(days)]
    values = recht.fassung.parameter
    norms = [norm for norm in ceilings if norm] + list(values[ZEITRAUM_JAHRE.name])
    shared = {
        name
        for stand in konten
        for full in stand.fuellungen
        if len(full.verordnungen) > 1
        for name in full.verordnungen
    }
    norms += values[HOECHSTBETRAG_ZUSAMMEN.name] if shared else ()
    yield value_table(norms, "Das Recht")
