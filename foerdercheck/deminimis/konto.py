"""The account of one single undertaking in one Member State: sums in the window, room, earliest date.

Sums over a window are differences of running totals, so every question costs two binary searches.
"""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import cached_property
from itertools import accumulate
from operator import attrgetter, itemgetter

from foerdercheck.deminimis.fenster import KALENDERJAHR, Grenztag, Jahresbeginn, leaves_window
from foerdercheck.deminimis.grenzen import Belegung, Grenze
from foerdercheck.deminimis.posten import Posten
from foerdercheck.deminimis.recht import ErgebnisBeiGewaehrung, Recht

ZERO = Decimal("0.00")
_TAG, _WERT = attrgetter("tag"), attrgetter("wert")
BY_DAY = itemgetter(0, 1)
"""Awards in the order of their days, on one day in the order of the file."""


class _Totals:
    """Running totals over awards sorted by day."""

    __slots__ = ("days", "sums")

    def __init__(self, posten: Sequence[Posten]) -> None:
        self.days = [*map(_TAG, posten)]
        self.sums: list[Decimal] = [*accumulate(map(_WERT, posten), initial=ZERO)]

    def between(self, first: date, last: date) -> Decimal:
        """Return the sum of awards from `first` to `last`, both included."""
        return self.of(first, bisect_right(self.days, last))

    def of(self, first: date, count: int) -> Decimal:
        """Return the sum of those of the first `count` awards that were granted since `first`."""
        return self.sums[count] - self.sums[bisect_left(self.days, first)]


class Konto:
    """The awards of one single undertaking in one Member State, as they belong on some day; later ones among them."""

    def __init__(
        self,
        posten: Iterable[Posten],
        recht: Recht,
        grenztag: Grenztag,
        steuerjahre: Sequence[Jahresbeginn] = KALENDERJAHR,
    ) -> None:
        """`steuerjahre` are the beginnings of the fiscal years of its undertakings; without any, each window is rolling."""
        self.posten = sorted(posten, key=BY_DAY)
        self.recht = recht
        self.grenztag = grenztag
        self.steuerjahre = steuerjahre
        self._rooms: dict[tuple[str, date, bool], Decimal | None] = {}

    def having(self, posten: Iterable[Posten]) -> "Konto":
        """Return the account as it would be with these awards."""
        return Konto(posten, self.recht, self.grenztag, self.steuerjahre)

    def counting(self, steuerjahre: Sequence[Jahresbeginn]) -> "Konto":
        """Return the account as it would be if fiscal years began then."""
        return self._read(self.grenztag, steuerjahre)

    @cached_property
    def in_other_reading(self) -> "Konto":
        """The account as it would be with the boundary day read otherwise."""
        return self._read("rna" if self.grenztag == "streng" else "streng", self.steuerjahre)

    def _read(self, grenztag: Grenztag, steuerjahre: Sequence[Jahresbeginn]) -> "Konto":
        other = Konto(self.posten, self.recht, grenztag, steuerjahre)
        other._totals = self._totals  # the same awards
        return other

    @cached_property
    def _at_most(self) -> "Konto":
        """The account as it would be if fiscal years reached back furthest: to the day after the one three years before."""
        return self._read("rna", ())

    def exceeds_in_some_year(self, posten: Posten) -> bool:
        """Tell whether an award that kept to its limits would have exceeded one if fiscal years began on some other day."""
        return self._at_most.pruefungen[posten.nummer] == "ueberschritten"

    def start(self, day: date, *, steuerjahre: bool = False) -> date:
        """Return the first day of the window of a grant on `day`, rolling or of fiscal years."""
        return self.recht.start(day, self.grenztag, self.steuerjahre if steuerjahre else ())

    def window(self, verordnung: str, day: date) -> tuple[date, date]:
        """Return the first and the last day that count for a grant under a regulation on `day`."""
        return self.recht.window(verordnung, day, self.grenztag, self.steuerjahre)

    @cached_property
    def tage(self) -> frozenset[date]:
        """The days of the awards."""
        return frozenset(map(_TAG, self.posten))

    @cached_property
    def _totals(self) -> Mapping[str, _Totals]:
        by_pot: dict[str, list[Posten]] = defaultdict(list)
        for eintrag in self.posten:
            by_pot[eintrag.pot].append(eintrag)
        return {pot: _Totals(entries) for pot, entries in by_pot.items()}

    def _between(self, pots: Iterable[str], first: date, last: date) -> Decimal:
        totals = self._totals
        return sum((totals[pot].between(first, last) for pot in pots if pot in totals), ZERO)

    def _used_on(self, day: date) -> Belegung:
        """Return what tells how much of some pots is used in the window of a grant on `day`."""

        def used(pots: frozenset[str], steuerjahre: bool) -> Decimal:  # noqa: FBT001 - as a limit has it
            return self._between(pots, self.start(day, steuerjahre=steuerjahre), day)

        return used

    def used(self, verordnung: str, day: date) -> Decimal:
        """Return what counts against the own ceiling of a regulation for a grant on `day`."""
        return self._between([self.recht.pots[verordnung]], *self.window(verordnung, day))

    def used_of(self, grenze: Grenze, day: date) -> Decimal:
        """Return what counts against a limit for a grant on `day`."""
        return self._used_on(day)(grenze.pots, grenze.steuerjahre)

    def room(self, verordnung: str, day: date, *, guenstig: bool = False) -> Decimal | None:
        """Return the largest award under `verordnung` that fits on `day` (EUR, never negative).

        It also leaves every award already granted for a later day within its limits: no period of three years may exceed them.
        None where no ceiling is known for that day. `guenstig` takes the favourable reading where the law is not known.
        """
        asked = verordnung, day, guenstig
        if asked not in self._rooms:  # verdict, readings and remarks ask for the same
            self._rooms[asked] = self._room(verordnung, day, guenstig=guenstig)
        return self._rooms[asked]

    def _room(self, verordnung: str, day: date, *, guenstig: bool) -> Decimal | None:
        own = self.recht.room(verordnung, day, self._used_on(day), guenstig=guenstig)
        if own is None or not self.posten or self.posten[-1].tag <= day:
            return own
        later = self._later(verordnung, day, guenstig=guenstig)
        return max(min([own, *(grenze.betrag - self.used_of(grenze, tag) for tag, grenze in later)]), ZERO)

    def limits(self, verordnung: str, day: date) -> Iterator[tuple[date, Grenze]]:
        """Yield what limits an award under `verordnung` on `day`, strictly read, each with the day whose window it counts."""
        abschnitt, used = self.recht.abschnitt(verordnung, day), self._used_on(day)
        for grenze in abschnitt.streng if abschnitt else ():
            if not grenze.neben or used(grenze.neben, grenze.steuerjahre):
                yield day, grenze
        yield from self._later(verordnung, day)

    def until(self, day: date) -> list[Posten]:
        """Return the awards granted until `day`, in the order of their days."""
        return self.posten[: bisect_right(self.posten, day, key=_TAG)]

    def later(self, day: date) -> list[Posten]:
        """Return the awards granted for a day after `day`, in the order of their days."""
        return self.posten[bisect_right(self.posten, day, key=_TAG) :]

    def _later(self, verordnung: str, day: date, *, guenstig: bool = False) -> Iterator[tuple[date, Grenze]]:
        """Yield the later days and the limits of their awards that an award under `verordnung` on `day` counts against."""
        pot = self.recht.pots[verordnung]
        days = {(eintrag.tag, name) for eintrag in self.later(day) for name in (verordnung, eintrag.verordnung)}
        for later, other in sorted(days):
            abschnitt = self.recht.abschnitt(other, later)
            used = self._used_on(later)
            for grenze in abschnitt.grenzen(guenstig=guenstig) if abschnitt else ():
                start = self.start(later, steuerjahre=grenze.steuerjahre)
                beside = not grenze.neben or pot in grenze.neben or used(grenze.neben, grenze.steuerjahre)
                if pot in grenze.pots and start <= day and beside:
                    yield later, grenze

    @cached_property
    def urteile(self) -> Sequence[ErgebnisBeiGewaehrung]:
        """Every award checked on its own day against what came before it; on one day the order of the file counts."""
        return [*self._audit()]

    @cached_property
    def pruefungen(self) -> Mapping[int, ErgebnisBeiGewaehrung]:
        """The same by the number of the award."""
        return dict(zip((posten.nummer for posten in self.posten), self.urteile, strict=True))

    def _audit(self) -> Iterator[ErgebnisBeiGewaehrung]:
        """One pass over the awards, counting those of each pot that came before."""
        recht, totals, start = self.recht, self._totals, self.start
        before = dict.fromkeys(totals, 0)
        tag: date

        def used(pots: frozenset[str], steuerjahre: bool) -> Decimal:  # noqa: FBT001 - as a limit has it
            first, together = start(tag, steuerjahre=steuerjahre), ZERO
            for pot in pots:
                if pot in before:
                    together += totals[pot].of(first, before[pot])
            return together

        for tag, _nummer, wert, verordnung, pot, _name, _geber in self.posten:  # `used` looks at the day
            yield recht.pruefung(verordnung, tag, wert, used)
            before[pot] += 1

    def granted_on(self, day: date) -> list[Posten]:
        """Return the awards of `day`."""
        return self.posten[bisect_left(self.posten, day, key=_TAG) : bisect_right(self.posten, day, key=_TAG)]

    def steps(self, day: date) -> list[date]:
        """Return `day` and every later day on which the room may change, in order.

        An award leaves the window, a later one comes within reach, a limit begins to hold, or a fiscal year begins.
        """
        days = {self.leaves(tag) for tag in self.tage} | self.recht.changes()
        days |= {self.start(tag) for tag in self.tage} | self.tage
        years = range(day.year, self.posten[-1].tag.year + self.recht.years + 1) if self.posten else ()
        days |= {date(year, *beginn) for year in years for beginn in self.steuerjahre}
        return [day, *sorted(step for step in days if step > day)]

    def leaves(self, tag: date) -> date:
        """Return the first day on which an award of `tag` no longer counts."""
        return leaves_window(tag, self.recht.years, self.grenztag)

    def earliest(self, verordnung: str, betrag: Decimal, day: date) -> date | None:
        """Return the first day, not before `day`, on which an award of `betrag` fits; None if it never does."""
        return next((step for step in self.steps(day) if self._fits(verordnung, betrag, step)), None)

    def _fits(self, verordnung: str, betrag: Decimal, day: date) -> bool:
        room = self.room(verordnung, day)
        return room is not None and betrag <= room
