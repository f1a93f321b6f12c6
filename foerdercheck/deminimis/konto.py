"""The account of one single undertaking in one Member State: sums in the window, room, earliest date.

Sums over a window are differences of running totals, so every question costs two binary searches.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from itertools import accumulate
from typing import NamedTuple

from foerdercheck.deminimis.fenster import Grenztag, leaves_window, window_start
from foerdercheck.deminimis.recht import Recht
from foerdercheck.model.beihilfe import Beihilfe
from foerdercheck.model.location import Path

ZERO = Decimal("0.00")


class Posten(NamedTuple):
    """An award that counts: day of grant, place in the file, value in EUR, the pot it counts in."""

    tag: date
    nummer: int
    wert: Decimal
    pot: str
    unternehmen: str
    beihilfe: Beihilfe
    pfad: Path


class _Totals:
    """Running totals over awards sorted by day and place."""

    __slots__ = ("keys", "sums")

    def __init__(self, posten: Sequence[Posten]) -> None:
        self.keys = [(eintrag.tag, eintrag.nummer) for eintrag in posten]
        self.sums = list(accumulate((eintrag.wert for eintrag in posten), initial=ZERO))

    def between(self, first: date, last: date, before: int | None) -> Decimal:
        """Return the sum of awards from `first` to `last`, on the last day only those placed `before`."""
        start = bisect_left(self.keys, (first, -1))
        end = bisect_left(self.keys, (last, before)) if before is not None else bisect_right(self.keys, (last, _LAST))
        return self.sums[end] - self.sums[start]


_LAST = 1 << 62


class Konto:
    """The awards of one single undertaking in one Member State, as they stand on some day."""

    def __init__(self, posten: Iterable[Posten], recht: Recht, grenztag: Grenztag) -> None:
        self.posten = sorted(posten, key=lambda eintrag: (eintrag.tag, eintrag.nummer))
        self.recht = recht
        self.grenztag = grenztag
        by_pot: dict[str, list[Posten]] = {}
        for eintrag in self.posten:
            by_pot.setdefault(eintrag.pot, []).append(eintrag)
        self._totals = {pot: _Totals(entries) for pot, entries in by_pot.items()}
        self._combined = _Totals([eintrag for eintrag in self.posten if eintrag.pot in recht.combined])

    def window(self, day: date) -> tuple[date, date]:
        """Return the first and last day that count for a grant on `day`."""
        return window_start(day, self.recht.years, self.grenztag), day

    def used(self, verordnung: str, day: date, before: int | None = None) -> Decimal:
        """Return what counts against the own ceiling of a regulation for a grant on `day`."""
        totals = self._totals.get(self.recht.pots[verordnung])
        return totals.between(*self.window(day), before) if totals else ZERO

    def used_combined(self, day: date, before: int | None = None) -> Decimal:
        """Return what counts against the common ceiling (Article 5(2)) for a grant on `day`."""
        return self._combined.between(*self.window(day), before)

    def room(self, verordnung: str, day: date, before: int | None = None) -> Decimal | None:
        """Return the largest award under `verordnung` that fits on `day` (EUR, never negative).

        None where no ceiling is known for that day. `before` restricts the awards of the day itself to those
        placed earlier in the file.
        """
        ceiling = self.recht.ceiling(verordnung, day)
        if ceiling is None:
            return None
        room = ceiling.wert - self.used(verordnung, day, before)
        if (common := self.recht.combined_ceiling(verordnung)) is not None:
            room = min(room, common.wert - self.used_combined(day, before))
        return max(room, ZERO)

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
