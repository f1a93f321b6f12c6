"""The state of a single undertaking's account on a day, with a planned award: the answer people act on."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from foerdercheck.deminimis.fenster import Grenztag, window_start
from foerdercheck.deminimis.historie import Ledger
from foerdercheck.deminimis.kontenbuch import Kontenbuch, Pruefung
from foerdercheck.deminimis.konto import ZERO, Posten
from foerdercheck.deminimis.recht import Recht
from foerdercheck.model.befund import Feststellung, hinweis, offen
from foerdercheck.model.deutsch import aufzaehlung, datum, euro
from foerdercheck.model.kalender import EIN_TAG
from foerdercheck.model.location import Location, Path

Urteil = Literal["eingehalten", "ueberschritten", "offen"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Frage:
    """What is asked: a planned award (`betrag` None: none), its regulation, its day, and how to read the window."""

    verordnung: str
    stichtag: date
    betrag: Decimal | None
    grenztag: Grenztag = "streng"
    mitgliedstaat: str = "DE"


@dataclass(frozen=True, slots=True)
class GezaehlteBeihilfe:
    """An award as the account shows it; `ort` is filled in where places are known."""

    gewaehrt_am: date
    unternehmen: str
    zuwendungsgeber: str | None
    verordnung: str
    subventionswert: Decimal
    im_fenster: bool
    im_fenster_bis: date
    ergebnis_bei_gewaehrung: Pruefung
    pfad: Path
    ort: Location | None = None


@dataclass(frozen=True, slots=True)
class Kontostand:
    """The account of one single undertaking in one Member State on the Stichtag; amounts in EUR.

    `frei` is None where no ceiling is known for the day. `verlauf` tells from which day on how much room there is.
    """

    unternehmen: tuple[str, ...]
    mitgliedstaat: str
    verordnung: str
    fenster: tuple[date, date]
    hoechstbetrag: Decimal | None
    im_fenster: Decimal
    beantragt: Decimal
    neue_beihilfe: Decimal | None
    frei: Decimal | None
    ergebnis: Urteil
    frueheste_gewaehrung: date | None
    beihilfen: tuple[GezaehlteBeihilfe, ...]
    verlauf: tuple[tuple[date, Decimal], ...]
    hinweise: tuple[Feststellung, ...]


def kontostand(ledger: Ledger, unternehmen: str, frage: Frage, recht: Recht) -> Kontostand:
    """Return the account of the single undertaking that `unternehmen` (a folded name) belongs to on the Stichtag."""
    return _Auskunft(ledger, unternehmen, frage, recht).kontostand()


class _Auskunft:
    """One question to one account; the books of the other readings are made only where they can differ."""

    def __init__(self, ledger: Ledger, unternehmen: str, frage: Frage, recht: Recht) -> None:
        self.ledger = ledger
        self.unternehmen = unternehmen
        self.frage = frage
        self.recht = recht
        self.book = ledger.book(frage.mitgliedstaat, frage.stichtag, recht, frage.grenztag)
        self.konto = self.book.konto(unternehmen, frage.stichtag)

    def kontostand(self) -> Kontostand:
        frage, konto = self.frage, self.konto
        frei = konto.room(frage.verordnung, frage.stichtag)
        ceiling = self.recht.ceiling(frage.verordnung, frage.stichtag)
        pending = self.ledger.pending(frage.mitgliedstaat, self.book, self.unternehmen, frage.stichtag)
        beihilfen = tuple(self._counted())
        ergebnis, hinweise = self._verdict(frei, beihilfen)
        return Kontostand(
            unternehmen=self.ledger.members(self.book, self.unternehmen, frage.stichtag),
            mitgliedstaat=frage.mitgliedstaat,
            verordnung=frage.verordnung,
            fenster=konto.window(frage.stichtag),
            hoechstbetrag=ceiling.wert if ceiling else None,
            im_fenster=konto.used(frage.verordnung, frage.stichtag),
            beantragt=pending,
            neue_beihilfe=frage.betrag,
            frei=frei,
            ergebnis=ergebnis,
            frueheste_gewaehrung=self._earliest(),
            beihilfen=beihilfen,
            verlauf=tuple(self._course()),
            hinweise=(*hinweise, *self._pending_hint(frei, pending), *self._ledger_hints()),
        )

    def _counted(self) -> Iterator[GezaehlteBeihilfe]:
        start, end = self.konto.window(self.frage.stichtag)
        later = self.ledger.later(self.frage.mitgliedstaat, self.book, self.unternehmen, self.frage.stichtag)
        for eintrag in [*self.konto.posten, *later]:
            within = start <= eintrag.tag <= end
            checked: Pruefung = "nicht_geprueft"
            if eintrag.tag <= end:
                checked = self.book.pruefung(self.ledger.original(eintrag))
            yield GezaehlteBeihilfe(
                eintrag.tag,
                self.ledger.names[eintrag.unternehmen],
                eintrag.beihilfe.zuwendungsgeber,
                eintrag.beihilfe.verordnung,
                eintrag.wert,
                within,
                self.konto.leaves(eintrag.tag) - EIN_TAG,
                checked,
                eintrag.pfad,
            )

    def _earliest(self) -> date | None:
        if self.frage.betrag is None:
            return None
        return self.konto.earliest(self.frage.verordnung, self.frage.betrag, self.frage.stichtag)

    def _course(self) -> Iterator[tuple[date, Decimal]]:
        last = None
        for day in self.konto.steps(self.frage.stichtag):
            room = self.konto.room(self.frage.verordnung, day)
            if room is not None and room != last:
                yield day, room
                last = room

    def _verdict(
        self, frei: Decimal | None, beihilfen: Sequence[GezaehlteBeihilfe]
    ) -> tuple[Urteil, list[Feststellung]]:
        if frei is None and self.frage.betrag is not None:
            text = f"Für eine Gewährung nach {self.frage.verordnung} am {datum(self.frage.stichtag)} ist kein Höchstbetrag bekannt."
            return "offen", [offen(text)]
        urteil = self._simple_verdict(self.book, self.unternehmen, frei)
        hinweise = [*self._boundary_hint(urteil, frei), *self._audit_hints(beihilfen)]
        persons = self._over_persons(urteil)
        return ("offen", [*persons, *hinweise]) if persons else (urteil, hinweise)

    def _simple_verdict(self, book: Kontenbuch, unternehmen: str, frei: Decimal | None) -> Urteil:
        if self.frage.betrag is not None and frei is not None:
            return "eingehalten" if self.frage.betrag <= frei else "ueberschritten"
        konto = book.konto(unternehmen, self.frage.stichtag)
        failed = any(book.pruefung(self.ledger.original(eintrag)) == "ueberschritten" for eintrag in konto.posten)
        return "ueberschritten" if failed else "eingehalten"

    def _boundary_hint(self, urteil: Urteil, frei: Decimal | None) -> Iterator[Feststellung]:
        """Where the two readings of the boundary day differ, name the awards, the day and both results."""
        frage = self.frage
        boundary = window_start(frage.stichtag, self.recht.years, "streng")
        awards = [eintrag for eintrag in self.konto.posten if eintrag.tag == boundary]
        if not awards or frei is None:
            return
        other: Grenztag = "rna" if frage.grenztag == "streng" else "streng"
        book = self.ledger.book(frage.mitgliedstaat, frage.stichtag, self.recht, other)
        there = book.konto(self.unternehmen, frage.stichtag).room(frage.verordnung, frage.stichtag)
        if there is None or there == frei:
            return
        verdict = self._simple_verdict(book, self.unternehmen, there)
        results = {frage.grenztag: _result(frei, urteil, frage), other: _result(there, verdict, frage)}
        yield hinweis(
            f"Es kommt auf den Grenztag an: {aufzaehlung(_award(eintrag) for eintrag in awards)} liegt genau drei Jahre vor "
            f"dem {datum(frage.stichtag)}. Zählt der Tag mit (streng, polnische Behörde): {results['streng']}. Zählt er nicht "
            f"mit (rna, italienisches Register): {results['rna']}. Die EU hat das nicht entschieden.",
            awards[0].pfad,
        )

    def _audit_hints(self, beihilfen: Sequence[GezaehlteBeihilfe]) -> Iterator[Feststellung]:
        for beihilfe in beihilfen:
            if beihilfe.ergebnis_bei_gewaehrung == "ueberschritten":
                yield hinweis(
                    f"Die Beihilfe vom {datum(beihilfe.gewaehrt_am)} über {euro(beihilfe.subventionswert)} überschritt schon bei "
                    "ihrer Gewährung den Höchstbetrag; sie zählt vorsichtshalber weiter.",
                    beihilfe.pfad,
                    beihilfe.subventionswert,
                )

    def _over_persons(self, urteil: Urteil) -> list[Feststellung]:
        """Links over a natural person decide nothing, but the verdict is open where they would change it."""
        if not self.ledger.group.persons:
            return []
        wider = self.ledger.book(
            self.frage.mitgliedstaat, self.frage.stichtag, self.recht, self.frage.grenztag, persons=True
        )
        room = wider.konto(self.unternehmen, self.frage.stichtag).room(self.frage.verordnung, self.frage.stichtag)
        if self._simple_verdict(wider, self.unternehmen, room) == urteil:
            return []
        names = self.ledger.members(wider, self.unternehmen, self.frage.stichtag)
        return [
            offen(
                f"{aufzaehlung(names)} sind nur über eine natürliche Person verbunden. Ob das ein einziges Unternehmen ist, "
                f"beurteilen die Mitgliedstaaten verschieden; zusammen wären noch {euro(room or ZERO)} frei. Fragen Sie die "
                "bewilligende Stelle."
            )
        ]

    def _pending_hint(self, frei: Decimal | None, pending: Decimal) -> Iterator[Feststellung]:
        if pending and frei is not None:
            rest = max(frei - pending, ZERO)
            yield hinweis(
                f"Beantragt, aber noch nicht bewilligt sind {euro(pending)}. Werden sie vorher gewährt, sind nur noch "
                f"{euro(rest)} frei statt {euro(frei)}.",
                betrag=pending,
            )

    def _ledger_hints(self) -> Iterator[Feststellung]:
        later = self.ledger.later(self.frage.mitgliedstaat, self.book, self.unternehmen, self.frage.stichtag)
        for eintrag in later:
            yield hinweis(
                f"{_award(eintrag)} liegt nach dem Stichtag {datum(self.frage.stichtag)} und zählt nicht mit.",
                eintrag.pfad,
            )
        for eintrag in self.konto.posten:
            yield from self.ledger.remarks(eintrag, self.recht)


def _award(eintrag: Posten) -> str:
    return f"die Beihilfe vom {datum(eintrag.tag)} über {euro(eintrag.wert)}"


def _result(frei: Decimal, urteil: Urteil, frage: Frage) -> str:
    room = f"{euro(frei)} frei"
    return room if frage.betrag is None else f"{room}, Höchstbetrag {urteil.replace('ue', 'ü')}"
