"""The report on a de-minimis history: each account with its awards, ceilings, the coming years and the verdict."""

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from foerdercheck.assessment.historie import Bemerkung, HistoryAssessment
from foerdercheck.deminimis.frage import Geplant
from foerdercheck.deminimis.kontostand import Kontostand
from foerdercheck.model.deutsch import anzahl, datum, euro
from foerdercheck.reports.ausfuehrlich import NUR_DAS_KONTO, Ausfuehrlich, is_detailed
from foerdercheck.reports.deminimis import ceilings, timeline, unchecked_line
from foerdercheck.reports.dokument import (
    FUSS,
    Angaben,
    Block,
    Eintrag,
    Liste,
    Spalte,
    Tabelle,
    Ton,
    Ueberschrift,
    Urteil,
    Zelle,
    geld,
)
from foerdercheck.reports.fehler import unreadable
from foerdercheck.reports.mehr import more_about
from foerdercheck.rules.beihilfe import an_keinem_tag

_NOTHING = Decimal("0.00")
_URTEIL: dict[str, tuple[str, Ton]] = {
    "eingehalten": ("EINGEHALTEN", "gut"),
    "ueberschritten": ("ÜBERSCHRITTEN", "schlecht"),
    "offen": ("OFFEN", "warnung"),
}
_URTEILSWORT = {ergebnis: Zelle(title.lower(), ton) for ergebnis, (title, ton) in _URTEIL.items()}

NOCH_NICHTS = Liste(
    "Keine Beihilfen", [Eintrag("·", "leise", "", "Die Historie ist leer; der ganze Höchstbetrag ist frei.")], FUSS
)
"""What is said of a history without awards."""


def history_report(assessment: HistoryAssessment, mehr: Ausfuehrlich = NUR_DAS_KONTO) -> Iterator[Block]:
    """Yield the report on a history: per undertaking its awards, ceilings, the coming years, what `mehr` adds, remarks and verdict."""
    if assessment.fehler:
        yield from unreadable(assessment.datei, assessment.fehler)
        return
    yield Ueberschrift("De-minimis-Konto")
    head = [("Datei", Zelle(assessment.datei)), ("Stichtag", Zelle(datum(assessment.stichtag)))]
    if assessment.pruefkennung is not None:
        head.append(("Prüfkennung", Zelle(str(assessment.pruefkennung))))
    yield Angaben(head)
    if assessment.bemerkungen:
        yield remarks(assessment.bemerkungen)
    if not is_detailed(assessment.konten, mehr):
        yield from accounts_overview(assessment)
        return
    for konto in assessment.konten:
        yield from _konto(konto, assessment, mehr)
    if not assessment.konten:
        yield NOCH_NICHTS


def accounts_overview(assessment: HistoryAssessment) -> Iterator[Block]:
    """Yield one line per account where there are too many to show each, those over a ceiling first."""
    spalten = [
        Spalte("Unternehmen"),
        Spalte("Staat"),
        Spalte("im Fenster", zahl=True),
        Spalte("frei", zahl=True),
        Spalte("Urteil"),
    ]
    konten = sorted(assessment.konten, key=lambda konto: konto.ergebnis, reverse=True)
    text = f"{len(konten)} Konten; --unternehmen NAME zeigt eines mit allen Beihilfen"
    names = [", ".join(konto.unternehmen) for konto in konten]
    yield Tabelle(spalten, [*map(_row, konten, names)], text)
    every = (
        Bemerkung(said.status, f"{name}: {said.text}", said.ort)
        for konto, name in zip(konten, names, strict=True)
        for said in assessment.remarks(konto)
    )
    if (said := remarks(every)).eintraege:
        yield said
    title, ton = _URTEIL[assessment.ergebnis]
    over = sum(konto.ergebnis == "ueberschritten" for konto in konten)
    answer = ("Konten über einem Höchstbetrag", Zelle(f"{over} von {len(konten)}", ton))
    yield Urteil(title, ton, [answer, unchecked_line()], FUSS)


def _row(stand: Kontostand, name: str) -> list[Zelle]:
    frei = stand.frei
    return [
        Zelle(name),
        Zelle(stand.mitgliedstaat),
        geld(stand.im_fenster),
        geld(frei) if frei is not None else Zelle("–"),
        _URTEILSWORT[stand.ergebnis],
    ]


def _konto(stand: Kontostand, assessment: HistoryAssessment, mehr: Ausfuehrlich) -> Iterator[Block]:
    yield Ueberschrift(name_of(stand), 2)
    yield from ceilings(stand)
    if nothing := list(not_counted(stand, assessment)):
        yield Liste("Zählt nicht", nothing)
    yield from timeline(stand)
    if stand.neue_beihilfe is None and stand.geplant:
        yield planned_awards(stand.geplant)
    yield from more_about(stand, assessment.source, mehr)
    if said := assessment.remarks(stand):
        yield remarks(said)
    yield account_verdict(stand)


def name_of(stand: Kontostand) -> str:
    """Return what an account is called: the undertaking, and the Member State where it is another one."""
    state = f" ({stand.mitgliedstaat})" if stand.mitgliedstaat != "DE" else ""
    return (", ".join(stand.unternehmen) or "Unternehmen ohne bisherige Beihilfen") + state


def account_verdict(stand: Kontostand) -> Urteil:
    """Return the verdict on an account."""
    title, ton = _URTEIL[stand.ergebnis]
    return Urteil(title, ton, [("Antwort", Zelle(sentence(stand), ton)), unchecked_line()], FUSS)


def planned_awards(geplant: Sequence[Geplant]) -> Tabelle:
    """Return the table of several planned awards, each judged after those before it."""
    spalten = [
        Spalte("geplant am"),
        Spalte("Verordnung"),
        Spalte("Wert", zahl=True),
        Spalte("davor frei", zahl=True),
        Spalte("Urteil"),
    ]
    rows = [
        [
            Zelle(datum(each.planung.tag)),
            Zelle(each.planung.verordnung),
            geld(each.planung.betrag),
            geld(each.frei) if each.frei is not None else Zelle("–"),
            _URTEILSWORT[each.ergebnis],
        ]
        for each in geplant
    ]
    return Tabelle(spalten, rows)


def not_counted(stand: Kontostand, assessment: HistoryAssessment) -> Iterator[Eintrag]:
    """Yield the awards that do not count, those outside the window as a sum."""
    if outside := sum(not beihilfe.im_fenster for beihilfe in stand.beihilfen):
        text = f"{anzahl(outside, 'Beihilfe', 'Beihilfen')} außerhalb des Fensters, zusammen {euro(stand.nicht_im_fenster)}"
        yield Eintrag("·", "leise", "", text)
    for award, pfad in stand.ungezaehlt:
        when = f" vom {datum(award.tag)}" if award.tag else ""
        giver = f" ({award.zuwendungsgeber})" if award.zuwendungsgeber else ""
        worth = f" über {euro(award.wert)}" if award.wert is not None else ""
        text = f"{award.status.replace('ue', 'ü')}: Beihilfe{when}{worth} an {award.unternehmen}{giver}"
        yield Eintrag("·", "leise", "", text, str(assessment.place(pfad) or ""))


def remarks(bemerkungen: Iterable[Bemerkung]) -> Liste:
    """Return remarks as a list with their places."""
    marks: dict[str, tuple[str, Ton]] = {"offen": ("?", "warnung")}
    eintraege = [
        Eintrag(*marks.get(said.status, ("i", "normal")), "", said.text, str(said.ort) if said.ort else "")
        for said in bemerkungen
    ]
    return Liste("Hinweise", eintraege)


def _sequence(geplant: Sequence[Geplant]) -> str:
    """Return the verdict on several planned awards in one sentence: the first that does not fit."""
    worst = next((each for each in geplant if each.ergebnis != "eingehalten"), None)
    if worst is None:
        return f"Alle geplanten Beihilfen passen ({anzahl(len(geplant), 'Beihilfe', 'Beihilfen')})."
    planung, free = worst.planung, "nicht bekannt" if worst.frei is None else euro(worst.frei)
    fits = "passen nicht" if worst.ergebnis == "ueberschritten" else "sind nicht zu entscheiden (siehe Hinweise)"
    return f"{euro(planung.betrag)} am {datum(planung.tag)} {fits}; frei sind dann {free}."


def sentence(stand: Kontostand) -> str:
    """Return the verdict on an account in one sentence."""
    tag = datum(stand.fenster[1])
    if stand.frei is None:
        return f"Für den {tag} ist kein Höchstbetrag der Verordnung {stand.verordnung} bekannt."
    if stand.neue_beihilfe is None and stand.geplant:
        return _sequence(stand.geplant)
    if stand.neue_beihilfe is None:
        failed = sum(beihilfe.ergebnis_bei_gewaehrung == "ueberschritten" for beihilfe in stand.beihilfen)
        audit = f"; {anzahl(failed, 'frühere Beihilfe', 'frühere Beihilfen')} über dem Höchstbetrag" if failed else ""
        return f"Am {tag} sind {euro(stand.frei)} frei{audit}."
    new = euro(stand.neue_beihilfe)
    if stand.ergebnis == "offen":
        return f"Ob {new} am {tag} passen, lässt sich nicht entscheiden (siehe Hinweise)."
    if stand.ergebnis == "eingehalten":
        return f"{new} passen am {tag}; danach bleiben {euro(stand.frei - stand.neue_beihilfe)} frei."
    when = f"frühestens am {datum(stand.frueheste_gewaehrung)}" if stand.frueheste_gewaehrung else an_keinem_tag(stand)
    return f"{new} passen am {tag} nicht, frei sind {euro(stand.frei)}; sie passen {when}."
