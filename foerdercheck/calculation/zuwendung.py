"""The grant: rate × eligible cost, within what a limit on the grant itself leaves, at most what is applied for."""

from decimal import Decimal
from typing import NamedTuple

from foerdercheck.calculation.deckel import Zuwendungsdeckel, Zuwendungsgrenze
from foerdercheck.calculation.projektlage import Projektlage
from foerdercheck.calculation.saetze import Satz, satz
from foerdercheck.model.budget import Budget
from foerdercheck.model.figure import Figure, added, smaller, stated
from foerdercheck.model.finanzierung import Finanzierung
from foerdercheck.model.location import Path
from foerdercheck.programmes.fassung import Fassung
from foerdercheck.programmes.norm import Merkmale
from foerdercheck.programmes.parameter import FINANZIERUNGSLUECKE_AB, FOERDERSATZ, RUNDUNG_ZUWENDUNG

_HIGHEST = "höchste Zuwendung"


class Ausgaben(NamedTuple):
    """The cost of a Beteiligter (EUR): all of it, and what of it is eligible."""

    gesamt: Figure
    zuwendungsfaehig: Figure


class Zuwendung(NamedTuple):
    """How the grant of a Beteiligter comes about (EUR): the rate, what it gives, the limit on the grant itself, the
    highest grant, the grant. `satz` is None if the programme has none, `grenze` if it has no limit.
    """

    satz: Satz | None
    nach_satz: Figure
    grenze: Zuwendungsgrenze | None
    hoechste: Figure
    betrag: Figure


class Zuwendungsrechnung:
    """Computes the grants of a project; what the Beteiligte share of a limit is used up in the order of the budget."""

    def __init__(self, budget: Budget, lage: Projektlage, fassung: Fassung) -> None:
        self._lage = lage
        self._fassung = fassung
        self._deckel = Zuwendungsdeckel(budget, lage, fassung)

    def zuwendung(
        self, costs: Ausgaben, merkmale: Merkmale, finanzierung: Finanzierung | None, pfad: Path
    ) -> Zuwendung:
        """Return the grant on the cost of the Beteiligter at `pfad`."""
        base = costs.zuwendungsfaehig
        rate = satz(self._fassung, FOERDERSATZ, merkmale, self._lage)
        limit = self._deckel.grenze(merkmale)
        by_rate = highest_grant(base, rate, self._fassung, "Zuwendung nach Fördersatz" if limit else _HIGHEST)
        highest = smaller(by_rate, limit.hoechstens).named(_HIGHEST) if limit else by_rate
        need = _need(costs.gesamt, finanzierung, pfad) if self._fassung.find(FINANZIERUNGSLUECKE_AB, merkmale) else None
        grant = _grant(highest, finanzierung, pfad)
        if need is not None and need.betrag < grant.betrag:
            left = smaller(highest, need).named(f"{_HIGHEST} neben weiteren Mitteln")
            grant = _grant(left, finanzierung, pfad)
        self._deckel.take(limit, grant.betrag)
        return Zuwendung(rate, by_rate, limit, highest, grant)


def highest_grant(base: Figure, rate: Satz | None, fassung: Fassung, name: str = _HIGHEST) -> Figure:
    """Return rate × eligible cost, rounded as the programme says (down: a rate of at most x is never exceeded)."""
    if rate is None:
        return Figure(Decimal("0.00"), name).explained("kein Fördersatz für diese Art")
    return base.share(rate.wert).rounded(fassung[RUNDUNG_ZUWENDUNG].wert).named(name, rate.ziffer)


def _need(total_cost: Figure, finanzierung: Finanzierung | None, pfad: Path) -> Figure | None:
    """Return what the money of others leaves of total cost, never below zero: a share is funded, not a surplus.

    Where a grant is applied for, only money that is promised counts: the rest may never come.
    """
    stated_grant = finanzierung is not None and finanzierung.beantragt is not None
    others = [
        stated(source.betrag, source.geber, (*pfad, "finanzierung", "weitere", index, "betrag"))
        for index, source in enumerate(finanzierung.weitere if finanzierung else ())
        if source.zugesagt or not stated_grant
    ]
    if not others:
        return None
    need = total_cost.minus(added(others)).named("Bedarf neben weiteren Mitteln")
    return need if need.betrag > 0 else Figure(Decimal("0.00"), need.name).explained("andere decken alles")


def _grant(highest: Figure, finanzierung: Finanzierung | None, pfad: Path) -> Figure:
    if finanzierung is None or finanzierung.beantragt is None:
        return highest.named("Zuwendung")
    applied = stated(finanzierung.beantragt, "beantragt", (*pfad, "finanzierung", "beantragt"))
    return smaller(highest, applied).named("Zuwendung")
