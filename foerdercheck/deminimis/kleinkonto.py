"""Undertakings that need no account: their awards together reach no ceiling, and nothing is to be said about them."""

from collections.abc import Container, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from foerdercheck.deminimis.frage import Frage
from foerdercheck.deminimis.grenzen import room
from foerdercheck.deminimis.konto import ZERO
from foerdercheck.deminimis.posten import Posten
from foerdercheck.deminimis.recht import Recht

_ANY, _NONE = Decimal("Infinity"), Decimal(-1)


class _Least(dict[tuple[date, str], Decimal]):
    """The smallest ceiling an award of a day under a regulation ever meets; below zero where something is to be said about its day."""

    def __init__(self, recht: Recht, stichtag: date, boundary: date) -> None:
        super().__init__()
        self._recht = recht
        self._stichtag = stichtag
        self._boundary = boundary

    def __missing__(self, key: tuple[date, str]) -> Decimal:
        tag, verordnung = key
        odd = tag == self._boundary or tag > self._stichtag or not self._recht.covers(verordnung, tag)
        found = self[key] = _NONE if odd else self._recht.least[verordnung]
        return found


class Kleinkonto(NamedTuple):
    """The awards of an undertaking that needs no account, in the order of the file, and what they come to on the Stichtag.

    `im_fenster` counts against the own ceiling of the regulation of the question; `frei` is the largest new award that fits, all
    ceilings considered, None where none is known.
    """

    posten: Sequence[Posten]
    im_fenster: Decimal
    frei: Decimal | None


class Kleinkonten:
    """The small undertakings of one Member State as a question asks about them.

    All awards of one together stay below the smallest ceiling any of them could meet, and nothing is to be said about them: no
    relation and no event, none applied for, after the Stichtag, odd or on the boundary day, and no doubt how to count them.
    """

    def __init__(
        self,
        recht: Recht,
        frage: Frage,
        granted: Mapping[str, Sequence[Posten]],
        odd: Container[int],
        others: Container[str],
    ) -> None:
        """`odd` are the numbers of awards, and `others` the keys of undertakings, about which there is more to say."""
        self._granted, self._odd, self._others = granted, odd, others
        self._start = recht.start(frage.stichtag, "streng")  # what lies on that very day needs an account
        self._least = _Least(recht, frage.stichtag, self._start)
        abschnitt = recht.abschnitt(frage.verordnung, frage.stichtag)
        self._grenzen = abschnitt.streng if abschnitt else ()
        self._doubtful = abschnitt is not None and bool(abschnitt.ungewiss or abschnitt.streng[0].steuerjahre)
        self._own = frozenset({recht.pots[frage.verordnung]})

    def of(self, unternehmen: str) -> Kleinkonto | None:
        """Return what the awards of an undertaking come to; None where it needs an account. Each award is looked at once."""
        entries = () if self._doubtful or unternehmen in self._others else self._granted.get(unternehmen, ())
        odd, least, start = self._odd, self._least, self._start
        together, ceiling, sums = ZERO, _ANY, dict[str, Decimal]()
        for tag, nummer, wert, verordnung, pot, _name, _geber in entries:
            if (limit := least[tag, verordnung]) < ceiling:
                ceiling = limit
            together += wert
            if together > ceiling or nummer in odd:
                return None
            if tag >= start:
                sums[pot] = sums.get(pot, ZERO) + wert
        return self._konto(entries, sums) if entries else None

    def _konto(self, posten: Sequence[Posten], sums: Mapping[str, Decimal]) -> Kleinkonto:
        def used(pots: frozenset[str], _steuerjahre: bool = False) -> Decimal:  # noqa: FBT001, FBT002 - as a limit has it
            together = ZERO
            for pot in sums:
                if pot in pots:
                    together += sums[pot]
            return together

        return Kleinkonto(posten, used(self._own), max(room(self._grenzen, used), ZERO) if self._grenzen else None)
