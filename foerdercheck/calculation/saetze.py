"""Rates and limits that depend on where a project lies: one value, or the mean over its programme areas."""

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from foerdercheck.calculation.projektlage import Projektlage
from foerdercheck.model.deutsch import prozent
from foerdercheck.programmes.fassung import Fassung
from foerdercheck.programmes.norm import Merkmale, Norm, Parameter

_WHOLE = Decimal(1)


class Satz(NamedTuple):
    """A rate (a fraction) or an amount (EUR) that applies, with the values it was made of and the share of each."""

    wert: Decimal
    anteile: tuple[tuple[Norm[Decimal], Decimal], ...]

    @property
    def ziffer(self) -> str:
        """The provision it stands in."""
        return self.anteile[0][0].ziffer

    @property
    def auslegung(self) -> str | None:
        """Why a part of it is only our reading, or None if the text says so."""
        return next((norm.auslegung for norm, _ in self.anteile if norm.auslegung), None)

    @property
    def gebiete(self) -> str:
        """How it was composed, where it was: `60 % uebergangsregion, 40 % staerker_entwickelt`."""
        if len(self.anteile) == 1:
            return ""
        parts = (f"{prozent(share)} {'/'.join(norm.wenn['programmgebiet'])}" for norm, share in self.anteile)
        return ", ".join(parts)


def satz(fassung: Fassung, parameter: Parameter[Decimal], merkmale: Merkmale, lage: Projektlage) -> Satz | None:
    """Return the value of a parameter for a project; None if the programme has none for its attributes.

    Over several areas it is the mean by their shares; where the shares are not known, the lowest value.
    """
    if not lage.anteile:
        norm = fassung.find(parameter, merkmale)
        return Satz(norm.wert, ((norm, _WHOLE),)) if norm else None
    found = [
        (norm, share)
        for area, share in lage.anteile.items()
        if (norm := fassung.find(parameter, {**merkmale, "programmgebiet": area})) is not None
    ]
    return _composed(found) if len(found) == len(lage.anteile) else None


def _composed(found: Sequence[tuple[Norm[Decimal], Decimal | None]]) -> Satz:
    known = [(norm, share) for norm, share in found if share is not None]
    if len(known) < len(found):
        lowest = min((norm for norm, _ in found), key=lambda norm: norm.wert)
        return Satz(lowest.wert, ((lowest, _WHOLE),))
    return Satz(sum((norm.wert * share for norm, share in known), Decimal()), tuple(known))
