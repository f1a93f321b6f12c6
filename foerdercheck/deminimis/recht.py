"""The regulations as the account needs them: ceilings on a day, common ceilings, pots, excluded sectors."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from foerdercheck.model.beihilfe import VERORDNUNGEN
from foerdercheck.programmes import deminimis_recht
from foerdercheck.programmes.fassung import Fassung
from foerdercheck.programmes.norm import Norm
from foerdercheck.programmes.parameter import (
    GELTUNG_VERORDNUNG,
    HOECHSTBETRAG,
    HOECHSTBETRAG_ZUSAMMEN,
    ZAEHLT_ALS,
    ZEITRAUM_JAHRE,
)


@dataclass(frozen=True, slots=True)
class Recht:
    """What the de-minimis regulations say, looked up once.

    `pots` maps each regulation to the current one it counts against, `combined` is the set of pots that share a
    common ceiling, `years` the length of the window.
    """

    fassung: Fassung
    pots: Mapping[str, str]
    combined: frozenset[str]
    years: int

    def current(self) -> tuple[str, ...]:
        """Return the regulations in force, those that pots are named after."""
        return tuple(dict.fromkeys(self.pots.values()))

    def ceiling(self, verordnung: str, day: date) -> Norm[Decimal] | None:
        """Return the ceiling of a regulation for a grant on `day`; None where it did not apply."""
        return self.fassung.find(HOECHSTBETRAG, {"verordnung": verordnung}, day)

    def new_ceilings(self) -> set[date]:
        """Return the days on which some ceiling begins to apply."""
        return {norm.ab for norm in self.fassung.all(HOECHSTBETRAG)}

    def combined_ceiling(self, verordnung: str) -> Norm[Decimal] | None:
        """Return the ceiling the pots of `combined` share, for a regulation that belongs to them."""
        return self.fassung.find(HOECHSTBETRAG_ZUSAMMEN, {"verordnung": verordnung})

    def applies_since(self, verordnung: str) -> date:
        """Return the first day of grants under a regulation, as far as known."""
        norm = self.fassung.find(GELTUNG_VERORDNUNG, {"verordnung": verordnung})
        return norm.wert if norm else date.min


def load_recht() -> Recht:
    """Return the law of de-minimis aid as it came with the package."""
    fassung = deminimis_recht()
    pots = {}
    for verordnung in VERORDNUNGEN:
        norm = fassung.find(ZAEHLT_ALS, {"verordnung": verordnung})
        pots[verordnung] = norm.wert if norm else verordnung
    combined = frozenset(
        pot
        for pot in set(pots.values())
        if any(pot in norm.wenn.get("verordnung", ()) for norm in fassung.all(HOECHSTBETRAG_ZUSAMMEN))
    )
    return Recht(fassung, pots, combined, fassung[ZEITRAUM_JAHRE].wert)
