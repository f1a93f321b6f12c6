"""What a report on an account adds where it is asked for, as blocks."""

from collections.abc import Iterator
from datetime import date

from foerdercheck.deminimis.fenster import KALENDERJAHR
from foerdercheck.deminimis.freigaben import MOST, freigaben
from foerdercheck.deminimis.herleitung import herleitung
from foerdercheck.deminimis.kontostand import GezaehlteBeihilfe, Kontostand
from foerdercheck.deminimis.register import eintragungen
from foerdercheck.model.deutsch import datum, euro, frist
from foerdercheck.model.kalender import EIN_TAG
from foerdercheck.model.location import SourceMap
from foerdercheck.reports.ausfuehrlich import Ausfuehrlich
from foerdercheck.reports.dokument import Block, Spalte, Tabelle, Ueberschrift, Zelle, geld
from foerdercheck.reports.herleitung import derivation_tree


def more_about(stand: Kontostand, source: SourceMap | None, mehr: Ausfuehrlich) -> Iterator[Block]:
    """Yield how the room comes about, what would fit, and the deadlines of the register, each where it is wanted."""
    if mehr.herleitung and source is not None:
        yield from derivations(stand, source)
    if mehr.was_geht_noch:
        yield from _course(stand)
        yield from _releases(stand)
    if mehr.frist:
        yield from _register(stand)


def derivations(stand: Kontostand, source: SourceMap) -> Iterator[Block]:
    """Yield the derivation of an account."""
    figure = herleitung(*stand.grundlage)
    if figure is not None:
        yield Ueberschrift(f"Herleitung – De-minimis ({stand.verordnung})", 2)
        yield derivation_tree(figure, source, set(), ", ".join(stand.unternehmen))


def left_on(stand: Kontostand, tag: date) -> list[GezaehlteBeihilfe]:
    """Return the awards that no longer count from a day on."""
    return [award for award in stand.beihilfen if award.im_fenster_bis + EIN_TAG == tag]


def _course(stand: Kontostand) -> Iterator[Block]:
    """Yield the largest award of each day on which that changes, and why it does."""
    spalten = [Spalte("ab", fest=True), Spalte("größte Beihilfe", zahl=True), Spalte("weil")]
    rows = []
    for index, (ab, frei) in enumerate(stand.verlauf):
        reasons = [
            f"die vom {datum(b.gewaehrt_am)} über {euro(b.subventionswert)} zählt nicht mehr"
            for b in left_on(stand, ab)
        ]
        because = "; ".join(reasons) or ("Stichtag" if index == 0 else why_changed(stand, ab))
        rows.append([Zelle(datum(ab)), geld(frei), Zelle(because)])
    if rows:
        yield Tabelle(spalten, rows, f"Was geht noch: eine Beihilfe nach {stand.verordnung}")


def why_changed(stand: Kontostand, ab: date) -> str:
    """Return what changes on a day though no award has just left the window."""
    konten, name, frage = stand.grundlage
    begins = konten.steuerjahre(name, ab) or KALENDERJAHR
    fiscal = konten.buch.recht.fiscal(frage.verordnung, ab) and (ab.month, ab.day) in begins
    return "ein neues Steuerjahr beginnt" if fiscal else "ein anderer Höchstbetrag gilt"


def _releases(stand: Kontostand) -> Iterator[Block]:
    """Yield what is free without each award."""
    found, planned = freigaben(*stand.grundlage), stand.neue_beihilfe
    spalten = [
        Spalte("ohne die Beihilfe"),
        Spalte("Wert", zahl=True),
        Spalte("frei", zahl=True),
        Spalte("mehr", zahl=True),
    ]
    spalten += [Spalte(f"{euro(planned)} ab")] if planned is not None else []
    rows = []
    for f in found:
        about = [datum(f.gewaehrt_am), f.unternehmen if len(stand.unternehmen) > 1 else "", f.zuwendungsgeber or ""]
        row = [Zelle(", ".join(filter(None, about))), *map(geld, (f.subventionswert, f.frei_ohne, f.macht_frei))]
        day = datum(f.frueheste_gewaehrung) if f.frueheste_gewaehrung else "nie"
        rows.append([*row, Zelle(day)] if planned is not None else row)
    if rows:
        most = f" (die {MOST} größten)" if len(rows) == MOST else ""
        title = f"Was am {datum(stand.fenster[1])} frei wäre, wenn eine Beihilfe widerrufen oder ersetzt würde{most}"
        yield Tabelle(spalten, rows, title)


def _register(stand: Kontostand) -> Iterator[Block]:
    spalten = [
        Spalte("gewährt am"),
        Spalte("an"),
        Spalte("Verordnung", fest=True),
        Spalte("Wert", zahl=True),
        Spalte("Eintrag bis", fest=True),
        Spalte("nach"),
    ]
    rows = []
    for e in eintragungen(stand):
        last = frist(e.frist.spaetestens) if e.frist else "keine Pflicht bekannt"
        mark = " (geplant)" if e.pfad is None else ""
        rows.append(
            [
                Zelle(datum(e.gewaehrt_am) + mark),
                Zelle(e.unternehmen),
                Zelle(e.verordnung),
                geld(e.subventionswert),
                Zelle(last),
                Zelle(e.frist.ziffer if e.frist else "–"),
            ]
        )
    if rows:
        yield Tabelle(spalten, rows, "Zentralregister: letzter Tag, an dem die bewilligende Stelle einträgt")
