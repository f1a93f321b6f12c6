"""The regulations as the account needs them: ceilings on a day, common ceilings, pots, excluded sectors."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Literal, NamedTuple, TypeVar

from foerdercheck.deminimis.fenster import Grenztag, Jahresbeginn, first_fiscal_year, window_start
from foerdercheck.deminimis.grenzen import Abschnitt, Belegung, abschnitte, fits, room
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
ErgebnisBeiGewaehrung = Literal["eingehalten", "ueberschritten", "offen", "nicht_geprueft"]
_NOTHING = Decimal("0.00")


class Recht(NamedTuple):
    """What the de-minimis regulations say, looked up once.

    `pots` maps each regulation to the current one it counts against, `combined` is the set of pots that share a
    common ceiling, `years` the length of the window, `since` the first day on which awards are audited. `unstated` is
    the regulation of an award that names none; of each regulation, `least` is the smallest ceiling an award under it ever
    meets, `starts` and `ends` the first and the last day of grants as far as known, `abschnitte` what limits them when.
    """

    fassung: Fassung
    unstated: str
    pots: Mapping[str, str]
    combined: frozenset[str]
    years: int
    since: date
    ceilings: Mapping[str, Sequence[Norm[Decimal]]]
    common: Mapping[str, Norm[Decimal]]
    abschnitte: Mapping[str, Sequence[Abschnitt]]
    least: Mapping[str, Decimal]
    starts: Mapping[str, date]
    ends: Mapping[str, date]

    def current(self) -> tuple[str, ...]:
        """Return the regulations in force, those that pots are named after."""
        return tuple(dict.fromkeys(self.pots.values()))

    def covers(self, verordnung: str, day: date) -> bool:
        """Tell whether grants under a regulation were possible on `day`, as far as known."""
        return self.starts[verordnung] <= day <= self.ends[verordnung]

    def ceiling(self, verordnung: str, day: date) -> Norm[Decimal] | None:
        """Return the ceiling of a regulation for a grant on `day`; None where it did not apply."""
        for norm in self.ceilings[verordnung]:
            if norm.ab <= day <= norm.bis:
                return norm
        return None

    def abschnitt(self, verordnung: str, day: date) -> Abschnitt | None:
        """Return what limits awards under a regulation on `day`; None where no ceiling is known for that day."""
        for abschnitt in self.abschnitte[verordnung]:
            if abschnitt.ab <= day <= abschnitt.bis:
                return abschnitt
        return None

    def room(self, verordnung: str, day: date, used: Belegung, *, guenstig: bool = False) -> Decimal | None:
        """Return what fits beside what is used, never below zero; None where no ceiling is known for that day."""
        abschnitt = self.abschnitt(verordnung, day)
        if abschnitt is None:
            return None
        return max(room(abschnitt.grenzen(guenstig=guenstig), used), _NOTHING)

    def pruefung(self, verordnung: str, day: date, wert: Decimal, used: Belegung) -> ErgebnisBeiGewaehrung:
        """Check an award on its own day against what was used then."""
        if day < self.since or self.pots[verordnung] != verordnung:
            return "nicht_geprueft"
        abschnitt = self.abschnitt(verordnung, day)
        if abschnitt is None:
            return "nicht_geprueft"
        if not wert or fits(wert, abschnitt.streng, used):
            return "eingehalten"
        return "offen" if fits(wert, abschnitt.guenstig, used) else "ueberschritten"

    def window(
        self, verordnung: str, day: date, grenztag: Grenztag, steuerjahre: Sequence[Jahresbeginn]
    ) -> tuple[date, date]:
        """Return the first and the last day that count for a grant under a regulation on `day`."""
        return self.start(day, grenztag, steuerjahre if self.fiscal(verordnung, day) else ()), day

    def fiscal(self, verordnung: str, day: date) -> bool:
        """Tell whether the window of the own ceiling of a regulation on `day` is one of fiscal years."""
        abschnitt = self.abschnitt(verordnung, day)
        return abschnitt is not None and abschnitt.streng[0].steuerjahre

    def start(self, day: date, grenztag: Grenztag, steuerjahre: Sequence[Jahresbeginn] = ()) -> date:
        """Return the first day of the window, of several fiscal years (by their beginnings) the earliest; rolling without one."""
        if not steuerjahre:
            return window_start(day, self.years, grenztag)
        return min(first_fiscal_year(day, self.years, beginn) for beginn in steuerjahre)

    def boxes(self, verordnung: str, form: str, day: date) -> Iterator[tuple[int, Norm[Decimal]]]:
        """Yield up to how many years and which amount the simplified method holds for a form of aid (Article 4)."""
        for norm in self.fassung.all(PAUSCHALVERFAHREN_HOECHSTBETRAG):
            for years in norm.wenn["jahre"]:
                if norm.applies({"verordnung": verordnung, "form": form, "jahre": years}, day):
                    yield int(years), norm

    def changes(self) -> set[date]:
        """Return the days on which some limit begins to hold."""
        return {abschnitt.ab for abschnitte in self.abschnitte.values() for abschnitt in abschnitte}

    def counted_with(self, verordnung: str) -> frozenset[str]:
        """Return the pots that count against the ceilings of a regulation: its own, and those it shares one with."""
        return frozenset({self.pots[verordnung]}) | (self.combined if verordnung in self.common else frozenset())


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
    counts_as = {name: pots[name].wert if name in pots else name for name in ceilings}
    return Recht(
        fassung=fassung,
        unstated=fassung[VERORDNUNG_OHNE_ANGABE].wert,
        pots=counts_as,
        combined=frozenset(common),
        years=fassung[ZEITRAUM_JAHRE].wert,
        since=fassung.gilt.von,
        ceilings=ceilings,
        common=common,
        abschnitte={name: abschnitte(fassung, name, counts_as) for name in ceilings},
        least={
            name: min(norm.wert for norm in (*norms, *filter(None, [common.get(name)])))
            for name, norms in ceilings.items()
        },
        starts={name: since[name].wert if name in since else date.min for name in ceilings},
        ends={name: max(norm.bis for norm in norms) for name, norms in ceilings.items()},
    )


def _by_regulation(fassung: Fassung, parameter: Parameter[_T]) -> dict[str, Norm[_T]]:
    """Return the value of a parameter for each regulation it is set for."""
    found = {name: fassung.find(parameter, {"verordnung": name}) for name in verordnungen()}
    return {name: norm for name, norm in found.items() if norm is not None}
