"""The figures of one Beteiligter: total cost, eligible cost, grant, own money, gap; in the order of the guideline."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from foerdercheck.calculation.auftraege import Auftragswert
from foerdercheck.calculation.deckel import Zuwendungsdeckel
from foerdercheck.calculation.gemeinkosten import Gemeinkosten, compute_gemeinkosten
from foerdercheck.calculation.kosten import Kostenrechnung
from foerdercheck.calculation.projektlage import Projektlage
from foerdercheck.calculation.saetze import Satz, satz
from foerdercheck.calculation.zeilen import Zeile
from foerdercheck.model.budget import Beteiligter, Budget, Finanzierung
from foerdercheck.model.figure import Figure, added, smaller, stated, total
from foerdercheck.model.kalender import plus_years
from foerdercheck.model.location import Path
from foerdercheck.programmes.fassung import Fassung
from foerdercheck.programmes.norm import Merkmale
from foerdercheck.programmes.parameter import (
    FOERDERSATZ,
    RUNDUNG_ZUWENDUNG,
    STARTUP_HOECHSTALTER_JAHRE,
    STARTUP_SONST_WIE,
)

STARTUP = "startup"
_HIGHEST = "höchste Zuwendung"


class Rechnung(NamedTuple):
    """All figures of one Beteiligter (EUR).

    `art` is what it is treated as (a start-up that is too old: an undertaking), `foerdersatz` the rate that
    follows, None if the programme has none for it; `zuwendungsgrenze` is what a limit on the grant itself leaves, None
    without one. `eigenmittel` and `finanzierungsluecke` are None where the
    budget does not state own money.
    """

    beteiligter: Beteiligter
    pfad: Path
    art: str
    zeilen: tuple[Zeile, ...]
    direkte_ausgaben: Figure
    direkte_zuwendungsfaehige_ausgaben: Figure
    gemeinkosten: Gemeinkosten
    gesamtausgaben: Figure
    zuwendungsfaehige_ausgaben: Figure
    merkmale: Merkmale
    foerdersatz: Satz | None
    zuwendung_nach_satz: Figure
    zuwendungsgrenze: Figure | None
    hoechste_zuwendung: Figure
    zuwendung: Figure
    eigenmittel: Figure | None
    weitere_mittel: Figure
    finanzierungsluecke: Figure | None

    @property
    def name(self) -> str:
        """The name of the Beteiligter."""
        return self.beteiligter.name

    @property
    def figures(self) -> tuple[Figure, ...]:
        """The figures with a derivation, in the order of the result."""
        figures = (
            self.gemeinkosten.betrag,
            self.gesamtausgaben,
            self.zuwendungsfaehige_ausgaben,
            self.hoechste_zuwendung,
            self.zuwendung,
            self.eigenmittel,
            self.weitere_mittel,
            self.finanzierungsluecke,
        )
        return tuple(figure for figure in figures if figure is not None)


def rechnungen(
    budget: Budget, lage: Projektlage, fassung: Fassung, orders: tuple[Auftragswert, ...]
) -> Iterator[Rechnung]:
    """Yield the figures of every Beteiligter; what they share is used up in the order of the budget."""
    costs = Kostenrechnung(budget.vorhaben, lage, fassung, orders)
    deckel = Zuwendungsdeckel(budget.vorhaben, lage, fassung)
    for pfad, beteiligter in budget.beteiligte():
        computed = _rechnung(pfad, beteiligter, costs, deckel, lage, fassung)
        deckel.take(computed.zuwendung.betrag)
        yield computed


def _rechnung(  # noqa: PLR0917 - what a Beteiligter shares with the others, and the law
    pfad: Path,
    beteiligter: Beteiligter,
    costs: Kostenrechnung,
    deckel: Zuwendungsdeckel,
    lage: Projektlage,
    fassung: Fassung,
) -> Rechnung:
    art = treated_as(beteiligter, costs.vorhaben.antragsdatum, fassung)
    merkmale = lage.merkmale_von(pfad, beteiligter, art)
    zeilen = costs.zeilen(pfad, beteiligter)
    claimed = total(zeile.angesetzt for zeile in zeilen).named("direkte Ausgaben")
    eligible = _by_kind(zeilen).named("zuwendungsfähige direkte Ausgaben")
    overhead = compute_gemeinkosten(beteiligter.gemeinkosten, art, zeilen, fassung)
    base = eligible.plus(overhead.betrag).named("zuwendungsfähige Ausgaben")
    rate = satz(fassung, FOERDERSATZ, merkmale, lage)
    limit = deckel.grenze(merkmale)
    by_rate = highest_grant(base, rate, fassung, "Zuwendung nach Fördersatz" if limit else _HIGHEST)
    highest = smaller(by_rate, limit).named(_HIGHEST) if limit else by_rate
    grant = _grant(highest, beteiligter.finanzierung, pfad)
    whole = claimed.plus(overhead.betrag).named("Gesamtausgaben")
    own, others = _own_money(beteiligter.finanzierung, pfad), _other_money(beteiligter.finanzierung, pfad)
    gap = None if own is None else whole.minus(added((grant, own, others))).named("Finanzierungslücke")
    return Rechnung(
        beteiligter=beteiligter,
        pfad=pfad,
        art=art,
        zeilen=zeilen,
        direkte_ausgaben=claimed,
        direkte_zuwendungsfaehige_ausgaben=eligible,
        gemeinkosten=overhead,
        gesamtausgaben=whole,
        zuwendungsfaehige_ausgaben=base,
        merkmale=merkmale,
        foerdersatz=rate,
        zuwendung_nach_satz=by_rate,
        zuwendungsgrenze=limit,
        hoechste_zuwendung=highest,
        zuwendung=grant,
        eigenmittel=own,
        weitere_mittel=others,
        finanzierungsluecke=gap,
    )


def startup_ends(beteiligter: Beteiligter, fassung: Fassung) -> date | None:
    """Return the first day on which the body is too old for a start-up; None if founding date or limit is unknown."""
    limit = fassung.find(STARTUP_HOECHSTALTER_JAHRE)
    if limit is None or beteiligter.gruendung is None:
        return None
    return plus_years(beteiligter.gruendung, limit.wert)


def treated_as(beteiligter: Beteiligter, antragsdatum: date, fassung: Fassung) -> str:
    """Return the kind that decides the rates: a start-up that is not one any more counts as another kind."""
    instead = fassung.find(STARTUP_SONST_WIE)
    if beteiligter.art != STARTUP or instead is None:
        return beteiligter.art
    end = startup_ends(beteiligter, fassung)
    too_old = end is not None and antragsdatum >= end
    return instead.wert if too_old or beteiligter.wachstumsorientiert is False else STARTUP


def highest_grant(base: Figure, rate: Satz | None, fassung: Fassung, name: str = _HIGHEST) -> Figure:
    """Return rate × eligible cost, rounded as the programme says (down: a rate of at most x is never exceeded)."""
    if rate is None:
        return Figure(Decimal("0.00"), name).explained("kein Fördersatz für diese Art")
    return base.share(rate.wert).rounded(fassung[RUNDUNG_ZUWENDUNG].wert).named(name, rate.ziffer)


_LABELS = {
    "personal": "Personalkosten",
    "material": "Materialkosten",
    "fremdleistung": "Fremdleistungen",
    "investition": "Investitionen",
}


def _by_kind(zeilen: tuple[Zeile, ...]) -> Figure:
    """Sum the eligible amounts by kind of cost, so that the derivation shows one line for each kind."""
    kinds: dict[str, list[Figure]] = {}
    for zeile in zeilen:
        kinds.setdefault(zeile.position.kostenart, []).append(zeile.zuwendungsfaehig)
    return added(total(figures).named(_LABELS.get(kind, kind)) for kind, figures in kinds.items())


def _grant(highest: Figure, finanzierung: Finanzierung | None, pfad: Path) -> Figure:
    if finanzierung is None or finanzierung.beantragt is None:
        return highest.named("Zuwendung")
    applied = stated(finanzierung.beantragt, "beantragt", (*pfad, "finanzierung", "beantragt"))
    return smaller(highest, applied).named("Zuwendung")


def _own_money(finanzierung: Finanzierung | None, pfad: Path) -> Figure | None:
    if finanzierung is None or finanzierung.eigenmittel is None:
        return None
    return stated(finanzierung.eigenmittel, "Eigenmittel", (*pfad, "finanzierung", "eigenmittel"))


def _other_money(finanzierung: Finanzierung | None, pfad: Path) -> Figure:
    sources = finanzierung.weitere if finanzierung else ()
    figures = [
        stated(source.betrag, source.geber, (*pfad, "finanzierung", "weitere", index, "betrag"))
        for index, source in enumerate(sources)
    ]
    return total(figures, "Geber", "Geber").named("weitere Mittel")
