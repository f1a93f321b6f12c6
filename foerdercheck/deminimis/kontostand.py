"""The state of a single undertaking's account on a day, with a planned award: the answer people act on."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Literal, NamedTuple

from foerdercheck.deminimis.fenster import Grenztag, window_start
from foerdercheck.deminimis.historie import Ledger
from foerdercheck.deminimis.kontenbuch import Kontenbuch
from foerdercheck.deminimis.konto import ZERO, Konto, Posten
from foerdercheck.deminimis.recht import ErgebnisBeiGewaehrung, Recht
from foerdercheck.model.befund import Feststellung, hinweis, offen
from foerdercheck.model.deutsch import aufzaehlung, datum, euro
from foerdercheck.model.kalender import EIN_TAG
from foerdercheck.model.location import Path

Kontoergebnis = Literal["eingehalten", "ueberschritten", "offen"]


class Frage(NamedTuple):
    """What is asked: a planned award (`betrag` None: none), its regulation, its day, and how to read the window."""

    verordnung: str
    stichtag: date
    betrag: Decimal | None
    grenztag: Grenztag = "streng"
    mitgliedstaat: str = "DE"


class GezaehlteBeihilfe(NamedTuple):
    """An award as the account shows it."""

    gewaehrt_am: date
    unternehmen: str
    zuwendungsgeber: str | None
    verordnung: str
    subventionswert: Decimal
    im_fenster: bool
    im_fenster_bis: date
    ergebnis_bei_gewaehrung: ErgebnisBeiGewaehrung
    pfad: Path


class Fuellung(NamedTuple):
    """How far a ceiling is used on the Stichtag; several regulations may share one."""

    verordnungen: tuple[str, ...]
    belegt: Decimal
    hoechstbetrag: Decimal


class Kontostand:
    """The account of one single undertaking in one Member State on the Stichtag; amounts in EUR, immutable.

    What is costly is computed when it is asked for, once: a summary over thousands of accounts needs no list of awards.
    """

    def __init__(
        self, ledger: Ledger, unternehmen: str, frage: Frage, recht: Recht, vorab: tuple[Feststellung, ...] = ()
    ) -> None:
        self._ledger = ledger
        self._name = unternehmen
        self._frage = frage
        self._recht = recht
        self._vorab = vorab
        self._book = ledger.book(frage.mitgliedstaat, frage.stichtag, recht, frage.grenztag)
        self._konto = self._book.konto(unternehmen, frage.stichtag)
        self.mitgliedstaat = frage.mitgliedstaat
        self.verordnung = frage.verordnung
        self.neue_beihilfe = frage.betrag
        self.fenster: tuple[date, date] = self._konto.window(frage.stichtag)

    @cached_property
    def unternehmen(self) -> tuple[str, ...]:
        """The names of the single undertaking, in order of first mention."""
        return self._ledger.members(self._book, self._name, self._frage.stichtag)

    @cached_property
    def hoechstbetrag(self) -> Decimal | None:
        """The ceiling of the planned regulation on the Stichtag; None where it is not known."""
        ceiling = self._recht.ceiling(self.verordnung, self._frage.stichtag)
        return ceiling.wert if ceiling else None

    @cached_property
    def im_fenster(self) -> Decimal:
        """What counts against the own ceiling of the planned regulation."""
        return self._konto.used(self.verordnung, self._frage.stichtag)

    @cached_property
    def beantragt(self) -> Decimal:
        """What has been applied for and not been granted yet."""
        return sum((eintrag.wert for eintrag in self._pending), ZERO)

    @cached_property
    def frei(self) -> Decimal | None:
        """The largest new award that fits on the Stichtag, all ceilings considered; None where none is known."""
        return self._konto.room(self.verordnung, self._frage.stichtag)

    @cached_property
    def ergebnis(self) -> Kontoergebnis:
        """Whether the planned award fits, or, without one, whether every past award did."""
        if self.frei is None and self._frage.betrag is not None:
            return "offen"
        urteil = self._simple_verdict(self._book, self._name, self.frei)
        said = (*self._vorab, *self._over_persons(urteil))
        return "offen" if any(statement.status == "offen" for statement in said) else urteil

    @cached_property
    def frueheste_gewaehrung(self) -> date | None:
        """The first day, not before the Stichtag, on which the planned award fits."""
        if self._frage.betrag is None:
            return None
        return self._konto.earliest(self.verordnung, self._frage.betrag, self._frage.stichtag)

    @cached_property
    def beihilfen(self) -> tuple[GezaehlteBeihilfe, ...]:
        """Every granted award with what was found about it, by day; those after the Stichtag last."""
        return tuple(self._counted())

    @cached_property
    def fuellungen(self) -> tuple[Fuellung, ...]:
        """How far each ceiling is used."""
        return tuple(self._ceilings())

    @cached_property
    def verlauf(self) -> tuple[tuple[date, Decimal], ...]:
        """From which day on how much room there is."""
        return tuple(self._course())

    @cached_property
    def hinweise(self) -> tuple[Feststellung, ...]:
        """Everything remarkable: boundary day, natural persons, pending and later awards, oddities of the history."""
        return (*self._vorab, *self._remarks())

    def _remarks(self) -> Iterator[Feststellung]:
        if self.frei is None and self._frage.betrag is not None:
            text = f"Für eine Gewährung nach {self.verordnung} am {datum(self._frage.stichtag)} ist kein Höchstbetrag bekannt."
            yield offen(text)
        else:
            urteil = self._simple_verdict(self._book, self._name, self.frei)
            yield from self._over_persons(urteil)
            yield from self._boundary_hint(urteil, self.frei)
            yield from self._audit_hints(self.beihilfen)
            yield from self._audit_boundary_hints()
        yield from self._pending_hint(self.frei)
        yield from self._ledger_hints()

    @cached_property
    def _later(self) -> list[Posten]:
        return self._ledger.later(self.mitgliedstaat, self._book, self._name, self._frage.stichtag)

    @cached_property
    def _pending(self) -> list[Posten]:
        return self._ledger.pending(self.mitgliedstaat, self._book, self._name, self._frage.stichtag)

    def _counted(self) -> Iterator[GezaehlteBeihilfe]:
        start, end = self._konto.window(self._frage.stichtag)
        for eintrag in [*self._konto.posten, *self._later]:
            within = start <= eintrag.tag <= end
            checked: ErgebnisBeiGewaehrung = "nicht_geprueft"
            if eintrag.tag <= end:
                checked = self._book.pruefung(self._ledger.original(eintrag))
            yield GezaehlteBeihilfe(
                eintrag.tag,
                self._ledger.names[eintrag.unternehmen],
                eintrag.beihilfe.zuwendungsgeber,
                eintrag.beihilfe.verordnung,
                eintrag.wert,
                within,
                self._konto.leaves(eintrag.tag) - EIN_TAG,
                checked,
                self._ledger.place(eintrag),
            )

    def _ceilings(self) -> Iterator[Fuellung]:
        """Yield the ceiling of the planned regulation, of every other one with awards in the window, and the common one."""
        day, konto = self._frage.stichtag, self._konto
        for verordnung in self._recht.current():
            used = konto.used(verordnung, day)
            ceiling = self._recht.ceiling(verordnung, day)
            if ceiling is not None and (used or verordnung == self._frage.verordnung):
                yield Fuellung((verordnung,), used, ceiling.wert)
        common = self._recht.combined_ceiling(self._frage.verordnung)
        together = konto.used_combined(day)
        if common is not None and together != konto.used(self._frage.verordnung, day):
            yield Fuellung(tuple(sorted(self._recht.combined)), together, common.wert)

    def _course(self) -> Iterator[tuple[date, Decimal]]:
        last = None
        for day in self._konto.steps(self._frage.stichtag):
            room = self._konto.room(self._frage.verordnung, day)
            if room is not None and room != last:
                yield day, room
                last = room

    def _simple_verdict(self, book: Kontenbuch, unternehmen: str, frei: Decimal | None) -> Kontoergebnis:
        if self._frage.betrag is not None and frei is not None:
            return "eingehalten" if self._frage.betrag <= frei else "ueberschritten"
        failed = book.any_exceeded(unternehmen, self._frage.stichtag, self._ledger.original)
        return "ueberschritten" if failed else "eingehalten"

    def _other_reading(self) -> tuple[Grenztag, Kontenbuch]:
        other: Grenztag = "rna" if self._frage.grenztag == "streng" else "streng"
        return other, self._ledger.book(self._frage.mitgliedstaat, self._frage.stichtag, self._recht, other)

    def _on_boundary(self, konto: Konto, verordnung: str, tag: date) -> list[Posten]:
        """Return the awards whose day one reading counts for a grant on `tag` and the other does not."""
        boundary = window_start(tag, self._recht.years, "streng")
        return konto.granted_on(verordnung, boundary) if boundary in konto.tage else []

    def _boundary_hint(self, urteil: Kontoergebnis, frei: Decimal | None) -> Iterator[Feststellung]:
        """Where the two readings of the boundary day differ, name the awards, the day and both results."""
        frage = self._frage
        awards = self._on_boundary(self._konto, frage.verordnung, frage.stichtag)
        if not awards or frei is None:
            return
        other, book = self._other_reading()
        there = book.konto(self._name, frage.stichtag).room(frage.verordnung, frage.stichtag)
        if there is not None and there != frei:
            verdict = self._simple_verdict(book, self._name, there)
            results = {frage.grenztag: _result(frei, urteil, frage), other: _result(there, verdict, frage)}
            yield self._boundary("Es kommt auf den Grenztag an", awards, frage.stichtag, results)

    def _boundary(
        self, subject: str, awards: Sequence[Posten], tag: date, results: Mapping[Grenztag, str]
    ) -> Feststellung:
        named = aufzaehlung(f"die Beihilfe vom {datum(eintrag.tag)} über {euro(eintrag.wert)}" for eintrag in awards)
        return hinweis(
            f"{subject}: {named} {'liegt' if len(awards) == 1 else 'liegen'} genau drei Jahre vor dem {datum(tag)}. Zählt der Tag "
            f"mit (streng, polnische Behörde): {results['streng']}. Zählt er nicht mit (rna, italienisches Register): "
            f"{results['rna']}. Die EU hat das nicht entschieden.",
            self._ledger.place(awards[0]),
        )

    def _audit_boundary_hints(self) -> Iterator[Feststellung]:
        """The same for the awards of the past, each on its own day."""
        for eintrag in map(self._ledger.original, self._konto.posten):
            here = self._book.pruefung(eintrag)
            if here == "nicht_geprueft":
                continue
            konto = self._book.konto(eintrag.unternehmen, eintrag.tag)
            if awards := self._on_boundary(konto, eintrag.beihilfe.verordnung, eintrag.tag):
                other, book = self._other_reading()
                if (there := book.pruefung(eintrag)) != here:
                    results = {self._frage.grenztag: _limit(here), other: _limit(there)}
                    subject = f"Für die Beihilfe vom {datum(eintrag.tag)} über {euro(eintrag.wert)} kam es auf den Grenztag an"
                    yield self._boundary(subject, awards, eintrag.tag, results)

    def _audit_hints(self, beihilfen: Sequence[GezaehlteBeihilfe]) -> Iterator[Feststellung]:
        for beihilfe in beihilfen:
            if beihilfe.ergebnis_bei_gewaehrung == "ueberschritten":
                yield hinweis(
                    f"Die Beihilfe vom {datum(beihilfe.gewaehrt_am)} über {euro(beihilfe.subventionswert)} überschritt schon bei "
                    "ihrer Gewährung den Höchstbetrag; sie zählt vorsichtshalber weiter.",
                    beihilfe.pfad,
                    beihilfe.subventionswert,
                )

    def _over_persons(self, urteil: Kontoergebnis) -> Iterator[Feststellung]:
        """Links over a natural person only warn, but the verdict is open where they would change it."""
        if not self._ledger.group.persons:
            return
        frage = self._frage
        wider = self._ledger.book(frage.mitgliedstaat, frage.stichtag, self._recht, frage.grenztag, persons=True)
        names = self._ledger.members(wider, self._name, frage.stichtag)
        room = wider.konto(self._name, frage.stichtag).room(frage.verordnung, frage.stichtag)
        decides = self._simple_verdict(wider, self._name, room) != urteil
        if not decides and names == self.unternehmen:
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
        if not self._pending:
            return
        frage = self._frage
        granted = (eintrag._replace(tag=frage.stichtag) for eintrag in self._pending)
        worst = Konto([*self._konto.posten, *granted], self._recht, frage.grenztag)
        rest = worst.room(frage.verordnung, frage.stichtag)
        if frei is not None and rest is not None and rest != frei:
            pending = sum((eintrag.wert for eintrag in self._pending), ZERO)
            yield hinweis(
                f"Beantragt, aber noch nicht bewilligt sind {euro(pending)}. Werden sie vorher gewährt, sind nur noch "
                f"{euro(rest)} frei statt {euro(frei)}.",
                betrag=pending,
            )

    def _ledger_hints(self) -> Iterator[Feststellung]:
        for eintrag in self._later:
            yield hinweis(
                f"Die Beihilfe vom {datum(eintrag.tag)} über {euro(eintrag.wert)} liegt nach dem Stichtag "
                f"{datum(self._frage.stichtag)} und zählt nicht mit.",
                self._ledger.place(eintrag),
            )
        for eintrag in self._konto.posten:
            yield from self._ledger.remarks(eintrag, self._recht)


def _limit(urteil: Kontoergebnis | ErgebnisBeiGewaehrung) -> str:
    return f"Höchstbetrag {urteil.replace('ue', 'ü')}"


def _result(frei: Decimal, urteil: Kontoergebnis, frage: Frage) -> str:
    room = f"{euro(frei)} frei"
    return room if frage.betrag is None else f"{room}, {_limit(urteil)}"
