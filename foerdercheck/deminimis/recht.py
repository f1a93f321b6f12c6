"""The regulations as the account needs them: ceilings on a day, common ceilings, pots, excluded sectors."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Literal, NamedTuple, TypeVar

from foerdercheck.programmes import deminimis_recht, verordnungen
from foerdercheck.programmes.fassung import Fassung
from foerdercheck.programmes.norm import Norm, Parameter
from foerdercheck.programmes.parameter import (
    GILT_FUER_GEWAEHRUNG_AB,
    HOECHSTBETRAG,
    HOECHSTBETRAG_ZUSAMMEN,
    PAUSCHALVERFAHREN_HOECHSTBETRAG,
    VERORDNUNG_OHNE_ANGABE,
    ZAEHLT_ALS,
    ZEITRAUM_JAHRE,
)

_T = TypeVar("_T")
ErgebnisBeiGewaehrung = Literal["eingehalten", "ueberschritten", "nicht_geprueft"]
_NOTHING = Decimal("0.00")


class Recht(NamedTuple):
    """What the de-minimis regulations say, looked up once.

    `pots` maps each regulation to the current one it counts against, `combined` is the set of pots that share a
    common ceiling, `years` the length of the window, `since` the first day on which awards are audited. `unstated` is
    the regulation of an award that names none; of each regulation, `least` is the smallest ceiling an award under it ever
    meets, `starts` the first day of grants as far as known.
    """

    fassung: Fassung
    unstated: str
    pots: Mapping[str, str]
    combined: frozenset[str]
    years: int
    since: date
    ceilings: Mapping[str, Sequence[Norm[Decimal]]]
    common: Mapping[str, Norm[Decimal]]
    least: Mapping[str, Decimal]
    starts: Mapping[str, date]

    def current(self) -> tuple[str, ...]:
        """Return the regulations in force, those that pots are named after."""
        return tuple(dict.fromkeys(self.pots.values()))

    def ceiling(self, verordnung: str, day: date) -> Norm[Decimal] | None:
        """Return the ceiling of a regulation for a grant on `day`; None where it did not apply."""
        for norm in self.ceilings[verordnung]:
            if norm.ab <= day <= norm.bis:
                return norm
        return None

    def room(self, verordnung: str, day: date, used: Decimal, used_together: Decimal) -> Decimal | None:
        """Return what fits beside `used` (own pot) and `used_together` (pots of the common ceiling), never below zero.

        None where no ceiling is known for that day.
        """
        ceiling = self.ceiling(verordnung, day)
        if ceiling is None:
            return None
        room = ceiling.wert - used
        if (common := self.common.get(verordnung)) is not None:
            room = min(room, common.wert - used_together)
        return room if room > 0 else _NOTHING

    def pruefung(
        self, verordnung: str, day: date, wert: Decimal, used: tuple[Decimal, Decimal]
    ) -> ErgebnisBeiGewaehrung:
        """Check an award on its own day against what was `used` then (own pot, pots of the common ceiling)."""
        if day < self.since or self.pots[verordnung] != verordnung:
            return "nicht_geprueft"
        room = self.room(verordnung, day, *used)
        if room is None:
            return "nicht_geprueft"
        return "eingehalten" if wert <= room else "ueberschritten"

    def boxes(self, verordnung: str, form: str, day: date) -> Iterator[tuple[int, Decimal]]:
        """Yield up to how many years and which amount the simplified method holds for a form of aid (Article 4)."""
        for norm in self.fassung.all(PAUSCHALVERFAHREN_HOECHSTBETRAG):
            for years in norm.wenn["jahre"]:
                if norm.applies({"verordnung": verordnung, "form": form, "jahre": years}, day):
                    yield int(years), norm.wert

    def new_ceilings(self) -> set[date]:
        """Return the days on which some ceiling begins to apply."""
        return {norm.ab for norms in self.ceilings.values() for norm in norms}

    def combined_ceiling(self, verordnung: str) -> Norm[Decimal] | None:
        """Return the ceiling the pots of `combined` share, for a regulation that belongs to them."""
        return self.common.get(verordnung)


@cache
def load_recht() -> Recht:
    """Return the law of de-minimis aid as it came with the package."""
    fassung = deminimis_recht()
    pots = _by_regulation(fassung, ZAEHLT_ALS)
    common = _by_regulation(fassung, HOECHSTBETRAG_ZUSAMMEN)
    since = _by_regulation(fassung, GILT_FUER_GEWAEHRUNG_AB)
    ceilings = {
        verordnung: [norm for norm in fassung.all(HOECHSTBETRAG) if verordnung in norm.wenn["verordnung"]]
        for verordnung in verordnungen()
    }
    return Recht(
        fassung=fassung,
        unstated=fassung[VERORDNUNG_OHNE_ANGABE].wert,
        pots={verordnung: pots[verordnung].wert if verordnung in pots else verordnung for verordnung in ceilings},
        combined=frozenset(common),
        years=fassung[ZEITRAUM_JAHRE].wert,
        since=fassung.gilt.von,
        ceilings=ceilings,
        common=common,
        least={
            name: min(norm.wert for norm in (*norms, *filter(None, [common.get(name)])))
            for name, norms in ceilings.items()
        },
        starts={name: since[name].wert if name in since else date.min for name in ceilings},
    )


def _by_regulation(fassung: Fassung, parameter: Parameter[_T]) -> dict[str, Norm[_T]]:
    """Return the value of a parameter for each regulation it is set for."""
    found = {name: fassung.find(parameter, {"verordnung": name}) for name in verordnungen()}
    return {name: norm for name, norm in found.items() if norm is not None}
