"""Rates and limits that depend on where a project lies: one value, or the mean over its programme areas."""

from decimal import Decimal
from typing import NamedTuple

from foerdercheck.calculation.projektlage import Projektlage
from foerdercheck.model.deutsch import prozent
from foerdercheck.programmes.fassung import Fassung
from foerdercheck.programmes.norm import Merkmale, Norm, Parameter

_WHOLE = Decimal(1)


class Anteil(NamedTuple):
    """A value with its share (a fraction) of the whole, and the programme area it holds in; None where all is one."""

    norm: Norm[Decimal]
    anteil: Decimal
    gebiet: str | None = None


class Satz(NamedTuple):
    """A rate (a fraction) or an amount (EUR) that applies, with the values it was made of."""

    wert: Decimal
    anteile: tuple[Anteil, ...]

    @property
    def ziffer(self) -> str:
        """The provision it stands in."""
        return self.anteile[0].norm.ziffer

    @property
    def auslegung(self) -> str | None:
        """Why a part of it is only our reading, or None if the text says so."""
        return next((norm.auslegung for norm, _, _ in self.anteile if norm.auslegung), None)

    @property
    def gebiete(self) -> str:
        """How it was composed, where it was: `60 % uebergangsregion, 40 % staerker_entwickelt`."""
        if len(self.anteile) == 1:
            return ""
        return ", ".join(f"{prozent(anteil)} {gebiet}" for _, anteil, gebiet in self.anteile)


def satz(fassung: Fassung, parameter: Parameter[Decimal], merkmale: Merkmale, lage: Projektlage) -> Satz | None:
    """Return the value of a parameter for a project; None if the programme has none for its attributes.

    Over several areas it is the mean by their shares; where the shares are not known, the lowest value.
    """
    if not lage.anteile:
        norm = fassung.find(parameter, merkmale)
        return _one(norm) if norm else None
    found = {
        area: norm
        for area in lage.anteile
        if (norm := fassung.find(parameter, {**merkmale, "programmgebiet": area})) is not None
    }
    if len(found) < len(lage.anteile):
        return None
    if lage.gebiet_offen:
        return _one(min(found.values(), key=lambda norm: norm.wert))
    parts = tuple(Anteil(found[area], share, area) for area, share in lage.anteile.items() if share is not None)
    return Satz(sum((norm.wert * share for norm, share, _ in parts), Decimal()), parts)


def _one(norm: Norm[Decimal]) -> Satz:
    return Satz(norm.wert, (Anteil(norm, _WHOLE),))
