"""The report on a de-minimis history: each account with its awards, ceilings, the coming years and the verdict."""

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal

from foerdercheck.assessment.historie import Bemerkung, HistoryAssessment
from foerdercheck.deminimis.kontostand import Kontostand
from foerdercheck.many.parts import HistoryViews
from foerdercheck.model.deutsch import anzahl, datum, euro
from foerdercheck.model.filenames import shown_name
from foerdercheck.reports.deminimis import ceilings
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
    Zeitstrahl,
    Zelle,
    geld,
)
from foerdercheck.reports.fehler import unreadable

_ZERO = Decimal("0.00")
DETAILED = 20
_URTEIL: dict[str, tuple[str, Ton]] = {
    "eingehalten": ("EINGEHALTEN", "gut"),
    "ueberschritten": ("ÜBERSCHRITTEN", "schlecht"),
    "offen": ("OFFEN", "warnung"),
}


def history_report(assessment: HistoryAssessment) -> Iterator[Block]:
    """Yield the report on a history: per undertaking its awards, ceilings, the coming years, remarks and verdict."""
    if assessment.fehler:
        yield from unreadable(assessment.datei, assessment.fehler)
        return
    yield from _head(assessment.datei, assessment.stichtag)
    if assessment.bemerkungen:
        yield remarks(assessment.bemerkungen)
    if len(assessment.konten) > DETAILED:
        views = [(konto.ergebnis, overview_row(assessment, konto)) for konto in assessment.konten]
        yield from _overview(assessment.ergebnis, views)
        return
    for konto in assessment.konten:
        yield from _account(konto, assessment.remarks(konto))
    if not assessment.konten:
        empty = Eintrag("·", "leise", "", "Die Historie ist leer; der ganze Höchstbetrag ist frei.")
        yield Liste("Keine Beihilfen", [empty], FUSS)


def _head(datei: str, stichtag: date) -> Iterator[Block]:
    yield Ueberschrift("De-minimis-Konto")
    yield Angaben([("Datei", Zelle(shown_name(datei))), ("Stichtag", Zelle(datum(stichtag)))])


def overview_report(views: HistoryViews[list[Zelle]]) -> Iterator[Block]:
    """Yield the report on a history of which only the lines of the overview are known."""
    yield from _head(views.datei, views.stichtag)
    if views.bemerkungen:
        yield remarks(views.bemerkungen)
    yield from _overview(views.ergebnis, [(konto.ergebnis, konto.ansicht) for konto in views.konten])


def overview_row(_assessment: HistoryAssessment, stand: Kontostand) -> list[Zelle]:
    """Return the line of the overview for an account."""
    return [
        Zelle(", ".join(stand.unternehmen)),
        Zelle(stand.mitgliedstaat),
        geld(stand.im_fenster),
        geld(stand.frei) if stand.frei is not None else Zelle("–"),
        Zelle(_URTEIL[stand.ergebnis][0].lower(), _URTEIL[stand.ergebnis][1]),
    ]


def _overview(ergebnis: str, views: Sequence[tuple[str, list[Zelle]]]) -> Iterator[Block]:
    """Yield one line per account where there are too many to show each, those over a ceiling first."""
    rows = [row for _, row in sorted(views, key=lambda view: view[0], reverse=True)]
    spalten = [
        Spalte("Unternehmen"),
        Spalte("Staat"),
        Spalte("im Fenster", zahl=True),
        Spalte("frei", zahl=True),
        Spalte("Urteil"),
    ]
    yield Tabelle(spalten, rows, f"{len(rows)} Konten; --unternehmen NAME zeigt eines mit allen Beihilfen")
    title, ton = _URTEIL[ergebnis]
    over = sum(urteil == "ueberschritten" for urteil, _ in views)
    yield Urteil(title, ton, [("Konten über einem Höchstbetrag", Zelle(f"{over} von {len(rows)}", ton))], FUSS)


def _account(stand: Kontostand, said: Sequence[Bemerkung]) -> Iterator[Block]:
    state = f" ({stand.mitgliedstaat})" if stand.mitgliedstaat != "DE" else ""
    yield Ueberschrift(", ".join(stand.unternehmen) + state, 2)
    yield from ceilings(stand)
    outside = [beihilfe for beihilfe in stand.beihilfen if not beihilfe.im_fenster]
    if outside:
        together = sum((beihilfe.subventionswert for beihilfe in outside), _ZERO)
        text = f"{anzahl(len(outside), 'Beihilfe', 'Beihilfen')} außerhalb des Fensters, zusammen {euro(together)}"
        yield Liste("Zählt nicht", [Eintrag("·", "leise", "", text)])
    if len(stand.verlauf) > 1 and stand.hoechstbetrag is not None:
        yield Zeitstrahl(f"Frei für eine Beihilfe nach {stand.verordnung}", stand.verlauf, stand.hoechstbetrag)
    if said:
        yield remarks(said)
    title, ton = _URTEIL[stand.ergebnis]
    yield Urteil(title, ton, [("Antwort", Zelle(sentence(stand), ton))], FUSS)


def remarks(bemerkungen: Sequence[Bemerkung]) -> Liste:
    """Return remarks as a list with their places."""
    marks: dict[str, tuple[str, Ton]] = {"offen": ("?", "warnung")}
    eintraege = [
        Eintrag(*marks.get(said.status, ("i", "normal")), "", said.text, str(said.ort) if said.ort else "")
        for said in bemerkungen
    ]
    return Liste("Hinweise", eintraege)


def sentence(stand: Kontostand) -> str:
    """Return the verdict on an account in one sentence."""
    tag = datum(stand.fenster[1])
    if stand.frei is None:
        return f"Für den {tag} ist kein Höchstbetrag der Verordnung {stand.verordnung} bekannt."
    if stand.neue_beihilfe is None:
        failed = sum(beihilfe.ergebnis_bei_gewaehrung == "ueberschritten" for beihilfe in stand.beihilfen)
        audit = f"; {anzahl(failed, 'frühere Beihilfe', 'frühere Beihilfen')} über dem Höchstbetrag" if failed else ""
        return f"Am {tag} sind {euro(stand.frei)} frei{audit}."
    new = euro(stand.neue_beihilfe)
    if stand.ergebnis == "offen":
        return f"Ob {new} am {tag} passen, lässt sich nicht entscheiden (siehe Hinweise)."
    if stand.ergebnis == "eingehalten":
        return f"{new} passen am {tag}; danach bleiben {euro(stand.frei - stand.neue_beihilfe)} frei."
    when = f"frühestens am {datum(stand.frueheste_gewaehrung)}" if stand.frueheste_gewaehrung else "an keinem Tag"
    return f"{new} passen am {tag} nicht, frei sind {euro(stand.frei)}; sie passen {when}."
