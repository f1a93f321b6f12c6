"""The state of a single undertaking's account on a day, with a planned award: the answer people act on."""

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import NamedTuple

from foerdercheck.deminimis.fenster import leaves_window
from foerdercheck.deminimis.frage import SCHWERE, Frage, Geplant, Kontoergebnis
from foerdercheck.deminimis.hinweise import Hinweise
from foerdercheck.deminimis.kleinkonto import Kleinkonto
from foerdercheck.deminimis.kontenbuch import Konten
from foerdercheck.deminimis.konto import ZERO, Konto
from foerdercheck.deminimis.posten import Posten, Ungezaehlt
from foerdercheck.deminimis.recht import ErgebnisBeiGewaehrung
from foerdercheck.deminimis.zweifel import zweifel
from foerdercheck.model.befund import Feststellung
from foerdercheck.model.kalender import EIN_TAG
from foerdercheck.model.location import Path


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
    """How far a ceiling is used on the Stichtag; several regulations may share one.

    `neu` is the planned award where it counts against this ceiling, `bleibt_frei` what fits beside it, all other ceilings
    considered, `gesperrt` what would be left of this one alone but another or a later award takes away.
    """

    verordnungen: tuple[str, ...]
    belegt: Decimal
    hoechstbetrag: Decimal
    neu: Decimal
    bleibt_frei: Decimal
    gesperrt: Decimal


def kontostand(konten: Konten, unternehmen: str, frage: Frage, vorab: tuple[Feststellung, ...] = ()) -> "Kontostand":
    """Return the answer to a question about an undertaking (its key); `vorab` is what has to be said about it beforehand."""
    if frage.betrag is None and not frage.folge and not vorab and (kleines := konten.kleine.of(unternehmen)):
        return KleinerKontostand(konten, unternehmen, frage, kleines)
    return Kontostand(konten, unternehmen, frage, vorab)


class Kontostand:
    """The account of one single undertaking in one Member State on the Stichtag; amounts in EUR, immutable.

    What is costly is computed when it is asked for, once: a summary over thousands of accounts needs no list of awards.
    """

    def __init__(self, konten: Konten, unternehmen: str, frage: Frage, vorab: tuple[Feststellung, ...] = ()) -> None:
        self._konten = konten
        self._name = unternehmen
        self._frage = frage
        self._vorab = vorab

    @property
    def grundlage(self) -> tuple[Konten, str, Frage]:
        """What the answer rests on: the accounts, whose it is (its key), the question."""
        return self._konten, self._name, self._frage

    @property
    def mitgliedstaat(self) -> str:
        """Whose account it is: each Member State has ceilings of its own."""
        return self._frage.mitgliedstaat

    @property
    def verordnung(self) -> str:
        """The regulation of the planned award, and of the room that is shown."""
        return self._frage.verordnung

    @property
    def neue_beihilfe(self) -> Decimal | None:
        """The planned award; None where none is asked about."""
        return self._frage.betrag

    @property
    def fenster(self) -> tuple[date, date]:
        """The first and the last day that count for an award under the planned regulation."""
        return self._konto.window(self.verordnung, self._frage.stichtag)

    @property
    def unternehmen(self) -> tuple[str, ...]:
        """The names of the single undertaking, in order of first mention; none where nobody knows its name."""
        names = self._konten.buch.names
        return tuple(names[name] for name in self._konten.members(self._name, self._frage.stichtag) if name)

    @property
    def hoechstbetrag(self) -> Decimal | None:
        """The ceiling of the planned regulation on the Stichtag; None where it is not known."""
        ceiling = self._konten.buch.recht.ceiling(self.verordnung, self._frage.stichtag)
        return ceiling.wert if ceiling else None

    @property
    def im_fenster(self) -> Decimal:
        """What counts against the own ceiling of the planned regulation."""
        return self._konto.used(self.verordnung, self._frage.stichtag)

    @property
    def beantragt(self) -> Decimal:
        """What has been applied for and not been granted yet."""
        return sum((posten.wert for posten in self._konten.pending(self._name)), ZERO)

    @property
    def frei(self) -> Decimal | None:
        """The largest new award that fits on the Stichtag, all ceilings considered; None where none is known."""
        return self._konto.room(self.verordnung, self._frage.stichtag)

    @cached_property
    def ergebnis(self) -> Kontoergebnis:
        """Whether the planned award fits, or, without one, whether every past award did; at best open where no ceiling is known."""
        said = (*self._vorab, *zweifel(self._konten, self._name, self._frage))
        if any(statement.status == "offen" for statement in said):
            return "offen"
        least: Kontoergebnis = "offen" if self.frei is None and not self._frage.geplant else "eingehalten"
        return max(least, self._konten.verdict(self._name, self._frage), key=SCHWERE.index)

    @cached_property
    def geplant(self) -> tuple[Geplant, ...]:
        """Every planned award as it was judged, in the order of the days."""
        return tuple(self._konten.geplant(self._name, self._frage))

    @property
    def frueheste_gewaehrung(self) -> date | None:
        """The first day, not before the Stichtag, on which the planned award fits."""
        if self._frage.betrag is None:
            return None
        return self._konto.earliest(self.verordnung, self._frage.betrag, self._frage.stichtag)

    @cached_property
    def beihilfen(self) -> tuple[GezaehlteBeihilfe, ...]:
        """Every granted award with what was found about it, by day; those after the Stichtag last."""
        return tuple(self.counted())

    @property
    def ungezaehlt(self) -> tuple[tuple[Ungezaehlt, Path], ...]:
        """The awards that count on no day because they were revoked, in the order of the file, each with its place."""
        return tuple((award, self._konten.buch.place(award)) for award in self._konten.uncounted(self._name))

    @property
    def nicht_im_fenster(self) -> Decimal:
        """What has been granted before the window or after the Stichtag."""
        return sum((award.subventionswert for award in self.beihilfen if not award.im_fenster), ZERO)

    @cached_property
    def fuellungen(self) -> tuple[Fuellung, ...]:
        """How far each ceiling is used."""
        return tuple(self._ceilings())

    @cached_property
    def verlauf(self) -> tuple[tuple[date, Decimal], ...]:
        """From which day on how much room there is."""
        return tuple(self._course())

    @property
    def hinweise(self) -> tuple[Feststellung, ...]:
        """Everything remarkable: boundary day, natural persons, pending and later awards, oddities of the history."""
        return (*self._vorab, *self._hinweise.every())

    @cached_property
    def _konto(self) -> Konto:
        return self._konten.konto(self._name, self._frage.stichtag)

    @property
    def _hinweise(self) -> Hinweise:
        return Hinweise(self._konten, self._name, self._frage)

    def counted(self) -> Iterator[GezaehlteBeihilfe]:
        """Yield the same awards without keeping them."""
        return map(self._counted, self._in_order())

    def _in_order(self) -> Sequence[Posten]:
        return self._konto.posten

    def _counted(self, posten: Posten) -> GezaehlteBeihilfe:
        (start, end), buch = self.fenster, self._konten.buch
        leaves = leaves_window(posten.tag, buch.recht.years, self._frage.grenztag)
        return GezaehlteBeihilfe(
            posten.tag,
            buch.names[posten.unternehmen],
            posten.zuwendungsgeber,
            posten.verordnung,
            posten.wert,
            start <= posten.tag <= end,
            leaves - EIN_TAG,
            self._checked(posten) if posten.tag <= end else "nicht_geprueft",
            buch.place(posten),
        )

    def _checked(self, posten: Posten) -> ErgebnisBeiGewaehrung:
        return self._konten.pruefung(self._konten.buch.original(posten))

    def _ceilings(self) -> Iterator[Fuellung]:
        """Yield the ceiling of the planned regulation, of every other one with awards in the window, and the common one."""
        day, konto, recht = self._frage.stichtag, self._konto, self._konten.buch.recht
        now = self._frage.geplant if self._frage.betrag is not None else ()
        danach = self._konten.with_planned(self._name, now).konto(self._name, day)
        for verordnung in recht.current():
            used = konto.used(verordnung, day)
            ceiling = recht.ceiling(verordnung, day)
            if ceiling is not None and (used or verordnung == self._frage.verordnung):
                yield self._fuellung((verordnung,), used, ceiling.wert, danach.room(verordnung, day))
        abschnitt = recht.abschnitt(self._frage.verordnung, day)
        for grenze in abschnitt.streng[1:] if abschnitt else ():
            together = konto.used_of(grenze, day)
            if together != konto.used(self._frage.verordnung, day):
                room = danach.room(self._frage.verordnung, day)
                yield self._fuellung(tuple(sorted(grenze.pots)), together, grenze.betrag, room)

    def _fuellung(
        self, verordnungen: tuple[str, ...], used: Decimal, ceiling: Decimal, room: Decimal | None
    ) -> Fuellung:
        new = (self._frage.betrag or ZERO) if self._frage.verordnung in verordnungen else ZERO
        left = max(ceiling - used - new, ZERO)
        free = min(left, room or ZERO)
        return Fuellung(verordnungen, used, ceiling, new, free, left - free)

    def _course(self) -> Iterator[tuple[date, Decimal]]:
        last = None
        for day in self._konto.steps(self._frage.stichtag):
            room = self._konto.room(self._frage.verordnung, day)
            if room is not None and room != last:
                yield day, room
                last = room


class KleinerKontostand(Kontostand):
    """The same answers for an undertaking whose awards together reach no ceiling: from its awards alone, without an account."""

    def __init__(self, konten: Konten, unternehmen: str, frage: Frage, kleines: Kleinkonto) -> None:
        super().__init__(konten, unternehmen, frage)
        self._kleines = kleines

    @property
    def unternehmen(self) -> tuple[str, ...]:
        """The name of the undertaking."""
        return (self._konten.buch.names[self._name],)

    @property
    def fenster(self) -> tuple[date, date]:
        """The first and the last day that count for an award under the planned regulation."""
        frage = self._frage
        return self._konten.buch.recht.start(frage.stichtag, frage.grenztag), frage.stichtag

    @property
    def beantragt(self) -> Decimal:
        """Nothing."""
        return ZERO

    @property
    def ergebnis(self) -> Kontoergebnis:
        """No award exceeded anything."""
        return "offen" if self._kleines.frei is None else "eingehalten"

    @property
    def hinweise(self) -> tuple[Feststellung, ...]:
        """Nothing is remarkable."""
        return ()

    @property
    def im_fenster(self) -> Decimal:
        """What counts against the own ceiling of the planned regulation."""
        return self._kleines.im_fenster

    @property
    def frei(self) -> Decimal | None:
        """The largest new award that fits on the Stichtag, all ceilings considered; None where none is known."""
        return self._kleines.frei

    def _in_order(self) -> Sequence[Posten]:
        return sorted(self._kleines.posten)

    def _checked(self, posten: Posten) -> ErgebnisBeiGewaehrung:
        recht = self._konten.buch.recht
        return recht.pruefung(posten.verordnung, posten.tag, posten.wert, lambda _pots, _steuerjahre: ZERO)
