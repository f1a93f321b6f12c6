"""The state of a single undertaking's account on a day, with a planned award: the answer people act on."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Literal, NamedTuple

from foerdercheck.deminimis.fenster import Grenztag, window_start
from foerdercheck.deminimis.historie import Ledger
from foerdercheck.deminimis.kontenbuch import Kontenbuch, Pruefung
from foerdercheck.deminimis.konto import ZERO, Konto, Posten
from foerdercheck.deminimis.recht import Recht
from foerdercheck.model.befund import Feststellung, hinweis, offen
from foerdercheck.model.deutsch import aufzaehlung, datum, euro
from foerdercheck.model.kalender import EIN_TAG
from foerdercheck.model.location import Location, Path

Urteil = Literal["eingehalten", "ueberschritten", "offen"]


class Frage(NamedTuple):
    """What is asked: a planned award (`betrag` None: none), its regulation, its day, and how to read the window."""

    verordnung: str
    stichtag: date
    betrag: Decimal | None
    grenztag: Grenztag = "streng"
    mitgliedstaat: str = "DE"


class GezaehlteBeihilfe(NamedTuple):
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


class Fuellung(NamedTuple):
    """How far a ceiling is used on the Stichtag; several regulations may share one."""

    verordnungen: tuple[str, ...]
    belegt: Decimal
    hoechstbetrag: Decimal


class Kontostand(NamedTuple):
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
    fuellungen: tuple[Fuellung, ...]
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
        self.members = ledger.members(self.book, unternehmen, frage.stichtag)
        self.later = ledger.later(frage.mitgliedstaat, self.book, unternehmen, frage.stichtag)
        self.pending = ledger.pending(frage.mitgliedstaat, self.book, unternehmen, frage.stichtag)

    def kontostand(self) -> Kontostand:
        frage, konto = self.frage, self.konto
        frei = konto.room(frage.verordnung, frage.stichtag)
        ceiling = self.recht.ceiling(frage.verordnung, frage.stichtag)
        beihilfen = tuple(self._counted())
        ergebnis, hinweise = self._verdict(frei, beihilfen)
        return Kontostand(
            unternehmen=self.members,
            mitgliedstaat=frage.mitgliedstaat,
            verordnung=frage.verordnung,
            fenster=konto.window(frage.stichtag),
            hoechstbetrag=ceiling.wert if ceiling else None,
            im_fenster=konto.used(frage.verordnung, frage.stichtag),
            beantragt=sum((eintrag.wert for eintrag in self.pending), ZERO),
            neue_beihilfe=frage.betrag,
            frei=frei,
            ergebnis=ergebnis,
            frueheste_gewaehrung=self._earliest(),
            beihilfen=beihilfen,
            fuellungen=tuple(self._ceilings()),
            verlauf=tuple(self._course()),
            hinweise=(*hinweise, *self._pending_hint(frei), *self._ledger_hints()),
        )

    def _counted(self) -> Iterator[GezaehlteBeihilfe]:
        start, end = self.konto.window(self.frage.stichtag)
        for eintrag in [*self.konto.posten, *self.later]:
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

    def _ceilings(self) -> Iterator[Fuellung]:
        """Yield the ceiling of the planned regulation, of every other one with awards in the window, and the common one."""
        day, konto = self.frage.stichtag, self.konto
        for verordnung in self.recht.current():
            used = konto.used(verordnung, day)
            ceiling = self.recht.ceiling(verordnung, day)
            if ceiling is not None and (used or verordnung == self.frage.verordnung):
                yield Fuellung((verordnung,), used, ceiling.wert)
        common = self.recht.combined_ceiling(self.frage.verordnung)
        together = konto.used_combined(day)
        if common is not None and together != konto.used(self.frage.verordnung, day):
            yield Fuellung(tuple(sorted(self.recht.combined)), together, common.wert)

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
        said = [*self._over_persons(urteil), *self._boundary_hint(urteil, frei), *self._audit_hints(beihilfen)]
        undecided = any(statement.status == "offen" for statement in said)
        return "offen" if undecided else urteil, [*said, *self._audit_boundary_hints()]

    def _simple_verdict(self, book: Kontenbuch, unternehmen: str, frei: Decimal | None) -> Urteil:
        if self.frage.betrag is not None and frei is not None:
            return "eingehalten" if self.frage.betrag <= frei else "ueberschritten"
        konto = book.konto(unternehmen, self.frage.stichtag)
        failed = any(book.pruefung(self.ledger.original(eintrag)) == "ueberschritten" for eintrag in konto.posten)
        return "ueberschritten" if failed else "eingehalten"

    def _other_reading(self) -> tuple[Grenztag, Kontenbuch]:
        other: Grenztag = "rna" if self.frage.grenztag == "streng" else "streng"
        return other, self.ledger.book(self.frage.mitgliedstaat, self.frage.stichtag, self.recht, other)

    def _on_boundary(self, konto: Konto, verordnung: str, tag: date) -> list[Posten]:
        """Return the awards whose day one reading counts for a grant on `tag` and the other does not."""
        return konto.granted_on(verordnung, window_start(tag, self.recht.years, "streng"))

    def _boundary_hint(self, urteil: Urteil, frei: Decimal | None) -> Iterator[Feststellung]:
        """Where the two readings of the boundary day differ, name the awards, the day and both results."""
        frage = self.frage
        awards = self._on_boundary(self.konto, frage.verordnung, frage.stichtag)
        if not awards or frei is None:
            return
        other, book = self._other_reading()
        there = book.konto(self.unternehmen, frage.stichtag).room(frage.verordnung, frage.stichtag)
        if there is not None and there != frei:
            verdict = self._simple_verdict(book, self.unternehmen, there)
            results = {frage.grenztag: _result(frei, urteil, frage), other: _result(there, verdict, frage)}
            yield _boundary("Es kommt auf den Grenztag an", awards, frage.stichtag, results)

    def _audit_boundary_hints(self) -> Iterator[Feststellung]:
        """The same for the awards of the past, each on its own day."""
        for eintrag in map(self.ledger.original, self.konto.posten):
            here = self.book.pruefung(eintrag)
            if here == "nicht_geprueft":
                continue
            konto = self.book.konto(eintrag.unternehmen, eintrag.tag)
            if awards := self._on_boundary(konto, eintrag.beihilfe.verordnung, eintrag.tag):
                other, book = self._other_reading()
                if (there := book.pruefung(eintrag)) != here:
                    results = {self.frage.grenztag: _limit(here), other: _limit(there)}
                    subject = f"Für die Beihilfe vom {datum(eintrag.tag)} über {euro(eintrag.wert)} kam es auf den Grenztag an"
                    yield _boundary(subject, awards, eintrag.tag, results)

    def _audit_hints(self, beihilfen: Sequence[GezaehlteBeihilfe]) -> Iterator[Feststellung]:
        for beihilfe in beihilfen:
            if beihilfe.ergebnis_bei_gewaehrung == "ueberschritten":
                yield hinweis(
                    f"Die Beihilfe vom {datum(beihilfe.gewaehrt_am)} über {euro(beihilfe.subventionswert)} überschritt schon bei "
                    "ihrer Gewährung den Höchstbetrag; sie zählt vorsichtshalber weiter.",
                    beihilfe.pfad,
                    beihilfe.subventionswert,
                )

    def _over_persons(self, urteil: Urteil) -> Iterator[Feststellung]:
        """Links over a natural person only warn, but the verdict is open where they would change it."""
        if not self.ledger.group.persons:
            return
        frage = self.frage
        wider = self.ledger.book(frage.mitgliedstaat, frage.stichtag, self.recht, frage.grenztag, persons=True)
        names = self.ledger.members(wider, self.unternehmen, frage.stichtag)
        room = wider.konto(self.unternehmen, frage.stichtag).room(frage.verordnung, frage.stichtag)
        decides = self._simple_verdict(wider, self.unternehmen, room) != urteil
        if not decides and names == self.members:
            return
        text = (
            f"{aufzaehlung(names)} sind ganz oder teilweise nur über eine natürliche Person verbunden. Ob das ein einziges "
            "Unternehmen ist, beurteilen die Mitgliedstaaten verschieden"
        )
        if room is not None:
            text += f"; zusammen wären noch {euro(room)} frei"
        if decides:
            yield offen(f"{text}. Davon hängt das Ergebnis ab: fragen Sie die bewilligende Stelle.")
        else:
            yield hinweis(f"{text}. Am Ergebnis ändert das hier nichts.")

    def _pending_hint(self, frei: Decimal | None) -> Iterator[Feststellung]:
        """The worst case: everything applied for is granted before."""
        if not self.pending:
            return
        frage = self.frage
        granted = (eintrag._replace(tag=frage.stichtag) for eintrag in self.pending)
        worst = Konto([*self.konto.posten, *granted], self.recht, frage.grenztag)
        rest = worst.room(frage.verordnung, frage.stichtag)
        if frei is not None and rest is not None and rest != frei:
            pending = sum((eintrag.wert for eintrag in self.pending), ZERO)
            yield hinweis(
                f"Beantragt, aber noch nicht bewilligt sind {euro(pending)}. Werden sie vorher gewährt, sind nur noch "
                f"{euro(rest)} frei statt {euro(frei)}.",
                betrag=pending,
            )

    def _ledger_hints(self) -> Iterator[Feststellung]:
        for eintrag in self.later:
            yield hinweis(
                f"Die Beihilfe vom {datum(eintrag.tag)} über {euro(eintrag.wert)} liegt nach dem Stichtag "
                f"{datum(self.frage.stichtag)} und zählt nicht mit.",
                eintrag.pfad,
            )
        for eintrag in self.konto.posten:
            yield from self.ledger.remarks(eintrag, self.recht)


def _boundary(subject: str, awards: Sequence[Posten], tag: date, results: Mapping[Grenztag, str]) -> Feststellung:
    named = aufzaehlung(f"die Beihilfe vom {datum(eintrag.tag)} über {euro(eintrag.wert)}" for eintrag in awards)
    return hinweis(
        f"{subject}: {named} {'liegt' if len(awards) == 1 else 'liegen'} genau drei Jahre vor dem {datum(tag)}. Zählt der Tag "
        f"mit (streng, polnische Behörde): {results['streng']}. Zählt er nicht mit (rna, italienisches Register): "
        f"{results['rna']}. Die EU hat das nicht entschieden.",
        awards[0].pfad,
    )


def _limit(urteil: Urteil | Pruefung) -> str:
    return f"Höchstbetrag {urteil.replace('ue', 'ü')}"


def _result(frei: Decimal, urteil: Urteil, frage: Frage) -> str:
    room = f"{euro(frei)} frei"
    return room if frage.betrag is None else f"{room}, {_limit(urteil)}"
