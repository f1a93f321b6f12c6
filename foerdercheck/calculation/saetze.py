"""Rates and limits that depend on where a project lies: one value, or the mean over its programme areas."""

from collections.abc import Mapping
from decimal import Decimal
from typing import NamedTuple

from foerdercheck.calculation.projektlage import Projektlage
from foerdercheck.programmes.fassung import Fassung
from foerdercheck.programmes.norm import Merkmale, Norm, Parameter


class Satz(NamedTuple):
    """A rate (a fraction) or an amount (EUR) that applies, with the values it was made of.

    `anteile` are the shares (fractions) of the areas it was composed of, empty where there is only one.
    """

    wert: Decimal
    normen: tuple[Norm[Decimal], ...]
    anteile: Mapping[str, Decimal]

    @property
    def ziffer(self) -> str:
        """The provision it stands in."""
        return self.normen[0].ziffer

    @property
    def auslegung(self) -> str | None:
        """Why a part of it is only our reading, or None if the text says so."""
        return next((norm.auslegung for norm in self.normen if norm.auslegung), None)


def je_gebiet(merkmale: Merkmale, lage: Projektlage) -> list[Merkmale]:
    """Return the attributes in each programme area of a project; as they are where the programme has no areas."""
    return [{**merkmale, "programmgebiet": area} for area in lage.anteile] or [merkmale]


def satz(fassung: Fassung, parameter: Parameter[Decimal], merkmale: Merkmale, lage: Projektlage) -> Satz | None:
    """Return the value of a parameter for a project; None if the programme has none for its attributes.

    Over several areas it is the mean by their shares; where the shares are not known, the lowest value.
    """
    if not lage.anteile:
        norm = fassung.find(parameter, merkmale)
        return Satz(norm.wert, (norm,), {}) if norm else None
    found = {
        area: norm
        for area in lage.anteile
        if (norm := fassung.find(parameter, {**merkmale, "programmgebiet": area})) is not None
    }
    if len(found) < len(lage.anteile):
        return None
    if lage.gebiet_offen:
        lowest = min(found.values(), key=lambda norm: norm.wert)
        return Satz(lowest.wert, (lowest,), {})
    shares = {area: share for area, share in lage.anteile.items() if share is not None}
    mean = sum((found[area].wert * share for area, share in shares.items()), Decimal())
    return Satz(mean, tuple(found.values()), shares if len(shares) > 1 else {})
