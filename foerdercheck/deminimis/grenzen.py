"""What limits a new award under a regulation on a day: each limit with the pots it counts and the window it counts them in."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from foerdercheck.model.kalender import EIN_TAG
from foerdercheck.programmes.fassung import Fassung
from foerdercheck.programmes.norm import Norm, Parameter
from foerdercheck.programmes.parameter import (
    HOECHSTBETRAG,
    HOECHSTBETRAG_NEBEN,
    HOECHSTBETRAG_NEBEN_UNGEWISS,
    HOECHSTBETRAG_ZUSAMMEN,
    STEUERJAHRE,
    STEUERJAHRE_UNGEWISS,
)

Belegung = Callable[[frozenset[str], bool], Decimal]
"""What is used of some pots in the window: rolling, or of fiscal years."""
_ANY = Decimal("Infinity")
_DATED: tuple[Parameter[Any], ...] = (
    HOECHSTBETRAG,
    HOECHSTBETRAG_NEBEN,
    HOECHSTBETRAG_NEBEN_UNGEWISS,
    HOECHSTBETRAG_ZUSAMMEN,
    STEUERJAHRE,
    STEUERJAHRE_UNGEWISS,
)


class Grenze(NamedTuple):
    """What the awards of `pots` in the window may be together (EUR); the first of a regulation is its own ceiling.

    The window is rolling, or one of fiscal years (`steuerjahre`). A limit with `neben` holds only beside awards of these pots.
    `ziffer` is where it stands.
    """

    betrag: Decimal
    pots: frozenset[str]
    ziffer: str
    steuerjahre: bool = False
    neben: frozenset[str] = frozenset()


class Abschnitt(NamedTuple):
    """What limits awards under a regulation from `ab` to `bis`, both included.

    Where it is not known what the law says, `streng` and `guenstig` are the two readings and `ungewiss` the values
    they differ in; what keeps to the strict one keeps to both.
    """

    ab: date
    bis: date
    streng: tuple[Grenze, ...]
    guenstig: tuple[Grenze, ...]
    ungewiss: tuple[Norm[object], ...] = ()

    def grenzen(self, *, guenstig: bool) -> tuple[Grenze, ...]:
        """Return the limits in one of the readings."""
        return self.guenstig if guenstig else self.streng


def room(grenzen: Sequence[Grenze], used: Belegung) -> Decimal:
    """Return what fits beside what is used, all limits considered (EUR); below zero where too much is used already."""
    least = _ANY
    for betrag, pots, _ziffer, steuerjahre, neben in grenzen:
        if not neben or used(neben, steuerjahre):
            least = min(least, betrag - used(pots, steuerjahre))
    return least


def fits(wert: Decimal, grenzen: Sequence[Grenze], used: Belegung) -> bool:
    """Tell whether an award of more than nothing fits beside what is used; of most awards that is asked only, not how much would."""
    for betrag, pots, _ziffer, steuerjahre, neben in grenzen:
        if wert + used(pots, steuerjahre) > betrag and (not neben or used(neben, steuerjahre)):
            return False
    return True


def abschnitte(fassung: Fassung, verordnung: str, pots: Mapping[str, str]) -> tuple[Abschnitt, ...]:
    """Return in order of time what limits awards under a regulation, for the days on which its ceiling is known."""
    norms = [norm for parameter in _DATED for norm in fassung.all(parameter) if verordnung in norm.wenn["verordnung"]]
    starts = {norm.ab for norm in norms} | {norm.bis + EIN_TAG for norm in norms if norm.bis < date.max}
    days = sorted(starts | {date.min})
    ends = [*(day - EIN_TAG for day in days[1:]), date.max]
    found = (_abschnitt(fassung, verordnung, pots, span) for span in zip(days, ends, strict=True))
    return tuple(each for each in found if each is not None)


def _abschnitt(fassung: Fassung, verordnung: str, pots: Mapping[str, str], span: tuple[date, date]) -> Abschnitt | None:
    merkmale, day = {"verordnung": verordnung}, span[0]
    ceiling = fassung.find(HOECHSTBETRAG, merkmale, day)
    if ceiling is None:
        return None
    certain = fassung.find(STEUERJAHRE, merkmale, day) is not None
    doubtful = fassung.find(STEUERJAHRE_UNGEWISS, merkmale, day)
    own = Grenze(ceiling.wert, frozenset({pots[verordnung]}), ceiling.ziffer, certain)
    common = [
        Grenze(norm.wert, frozenset(norm.wenn["verordnung"]), norm.ziffer)
        for norm in fassung.all(HOECHSTBETRAG_ZUSAMMEN)
        if norm.applies(merkmale, day)
    ]
    neben = [grenze for _, grenze in _neben(fassung, HOECHSTBETRAG_NEBEN, verordnung, day, certain)]
    open_neben = list(_neben(fassung, HOECHSTBETRAG_NEBEN_UNGEWISS, verordnung, day, certain))
    streng = (own, *common, *neben, *(grenze for _, grenze in open_neben))
    guenstig = (own, *common, *neben)
    if doubtful is not None:
        guenstig = (own._replace(steuerjahre=True), *common, *(grenze._replace(steuerjahre=True) for grenze in neben))
    ungewiss = (*(norm for norm, _ in open_neben), *([doubtful] if doubtful else []))
    return Abschnitt(*span, streng, guenstig, ungewiss)


def _neben(
    fassung: Fassung,
    parameter: Parameter[Decimal],
    verordnung: str,
    day: date,
    steuerjahre: bool,  # noqa: FBT001 - handed on
) -> Iterator[tuple[Norm[Decimal], Grenze]]:
    """Yield the limits for awards under a regulation beside those of others."""
    for norm in fassung.all(parameter):
        if verordnung in norm.wenn["verordnung"] and norm.ab <= day <= norm.bis:
            beside = frozenset(norm.wenn["neben"])
            yield norm, Grenze(norm.wert, beside | {verordnung}, norm.ziffer, steuerjahre, beside)
