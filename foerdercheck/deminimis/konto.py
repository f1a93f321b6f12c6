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
from operator import itemgetter

from foerdercheck.deminimis.fenster import Grenztag, leaves_window, window_start
from foerdercheck.deminimis.posten import Posten
from foerdercheck.deminimis.recht import ErgebnisBeiGewaehrung, Recht

ZERO = Decimal("0.00")
BY_DAY = itemgetter(0, 1)
"""Awards in the order of their days, on one day in the order of the file."""


class _Totals:
    """Running totals over awards sorted by day."""

    __slots__ = ("days", "sums")

    def __init__(self, posten: Sequence[Posten]) -> None:
        self.days = [eintrag.tag for eintrag in posten]
        self.sums = list(accumulate((eintrag.wert for eintrag in posten), initial=ZERO))

    def between(self, first: date, last: date) -> Decimal:
        """Return the sum of awards from `first` to `last`, both included."""
        return self.sums[bisect_right(self.days, last)] - self.sums[bisect_left(self.days, first)]


class Konto:
    """The awards of one single undertaking in one Member State, as they stand on some day."""

    def __init__(self, posten: Iterable[Posten], recht: Recht, grenztag: Grenztag) -> None:
        self.posten = sorted(posten, key=BY_DAY)
        self.recht = recht
        self.grenztag = grenztag

    @cached_property
    def tage(self) -> frozenset[date]:
        """The days of the awards."""
        return frozenset(eintrag.tag for eintrag in self.posten)

    @cached_property
    def _totals(self) -> Mapping[str, _Totals]:
        by_pot: dict[str, list[Posten]] = defaultdict(list)
        for eintrag in self.posten:
            by_pot[eintrag.pot].append(eintrag)
        return {pot: _Totals(entries) for pot, entries in by_pot.items()}

    @cached_property
    def _combined(self) -> _Totals:
        pots = self._totals.keys()
        if len(pots) == 1 and pots <= self.recht.combined:
            return next(iter(self._totals.values()))
        return _Totals([eintrag for eintrag in self.posten if eintrag.pot in self.recht.combined])

    def window(self, day: date) -> tuple[date, date]:
        """Return the first and last day that count for a grant on `day`."""
        return window_start(day, self.recht.years, self.grenztag), day

    def used(self, verordnung: str, day: date) -> Decimal:
        """Return what counts against the own ceiling of a regulation for a grant on `day`."""
        totals = self._totals.get(self.recht.pots[verordnung])
        return totals.between(*self.window(day)) if totals else ZERO

    def used_combined(self, day: date) -> Decimal:
        """Return what counts against the common ceiling (Article 5(2)) for a grant on `day`."""
        return self._combined.between(*self.window(day))

    def room(self, verordnung: str, day: date) -> Decimal | None:
        """Return the largest award under `verordnung` that fits on `day` (EUR, never negative).

        None where no ceiling is known for that day.
        """
        return self.recht.room(verordnung, day, self.used(verordnung, day), self.used_combined(day))

    @cached_property
    def pruefungen(self) -> Mapping[int, ErgebnisBeiGewaehrung]:
        """Every award by its number, checked on its own day against what came before it; on one day the order of the file counts."""
        return dict(self._audit())

    def _audit(self) -> Iterator[tuple[int, ErgebnisBeiGewaehrung]]:
        """One pass over the awards with a window that moves along."""
        recht = self.recht
        sums: dict[str, Decimal] = defaultdict(lambda: ZERO)
        together, first = ZERO, 0
        for tag, nummer, wert, verordnung, pot, *_ in self.posten:
            start = window_start(tag, recht.years, self.grenztag)
            while (gone := self.posten[first]).tag < start:
                sums[gone.pot] -= gone.wert
                together -= gone.wert if gone.pot in recht.combined else ZERO
                first += 1
            yield nummer, recht.pruefung(verordnung, tag, wert, (sums[pot], together))
            sums[pot] += wert
            together += wert if pot in recht.combined else ZERO

    def granted_on(self, verordnung: str, day: date) -> list[Posten]:
        """Return the awards of `day` that count against the ceilings of a regulation."""
        pots = {self.recht.pots[verordnung]}
        if self.recht.combined_ceiling(verordnung) is not None:
            pots |= self.recht.combined
        start = bisect_left(self.posten, day, key=lambda eintrag: eintrag.tag)
        end = bisect_right(self.posten, day, key=lambda eintrag: eintrag.tag)
        return [eintrag for eintrag in self.posten[start:end] if eintrag.pot in pots]

    def steps(self, day: date) -> list[date]:
        """Return `day` and every later day on which an award leaves the window or a new ceiling applies, in order."""
        first = self.window(day)[0]
        leaving = {self.leaves(eintrag.tag) for eintrag in self.posten if eintrag.tag >= first}
        return sorted({day} | leaving | {start for start in self.recht.new_ceilings() if start > day})

    def leaves(self, tag: date) -> date:
        """Return the first day on which an award of `tag` no longer counts."""
        return leaves_window(tag, self.recht.years, self.grenztag)

    def earliest(self, verordnung: str, betrag: Decimal, day: date) -> date | None:
        """Return the first day, not before `day`, on which an award of `betrag` fits; None if it never does."""
        return next((step for step in self.steps(day) if self._fits(verordnung, betrag, step)), None)

    def _fits(self, verordnung: str, betrag: Decimal, day: date) -> bool:
        room = self.room(verordnung, day)
        return room is not None and betrag <= room
