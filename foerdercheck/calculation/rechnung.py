"""The figures of one Beteiligter: total cost, eligible cost, grant, own money, gap; in the order of the guideline."""

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from itertools import chain
from typing import NamedTuple

from foerdercheck.calculation.auftraege import Auftragswert
from foerdercheck.calculation.deckel import Zuwendungsgrenze
from foerdercheck.calculation.gemeinkosten import Gemeinkosten, compute_gemeinkosten, investment_focus
from foerdercheck.calculation.kosten import Kostenrechnung
from foerdercheck.calculation.projektlage import Projektlage
from foerdercheck.calculation.saetze import Satz
from foerdercheck.calculation.zeilen import Zeile
from foerdercheck.calculation.zuwendung import Ausgaben, Zuwendungsrechnung, highest_grant
from foerdercheck.model.budget import Beteiligter, Budget
from foerdercheck.model.figure import Figure, added, stated, total
from foerdercheck.model.finanzierung import Finanzierung, WeitereMittel
from foerdercheck.model.kalender import plus_years
from foerdercheck.model.location import Path
from foerdercheck.programmes.fassung import Fassung
from foerdercheck.programmes.norm import Merkmale
from foerdercheck.programmes.parameter import STARTUP_HOECHSTALTER_JAHRE, STARTUP_SONST_WIE
from foerdercheck.programmes.vokabular import KEINE

STARTUP = "startup"


class Rechnung(NamedTuple):
    """All figures of one Beteiligter (EUR).

    `art` is what it is treated as (a start-up that is too old: an undertaking), `foerdersatz` the rate that
    follows, None if the programme has none for it; `zuwendungsgrenze` is what a limit on the grant itself leaves, None
    without one. `eigenmittel` and `finanzierungsluecke` are None where the budget does not state own money.
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
    zuwendungsgrenze: Zuwendungsgrenze | None
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
    def beantragt(self) -> Decimal | None:
        """The grant applied for (EUR), as stated."""
        return self.beteiligter.finanzierung.beantragt if self.beteiligter.finanzierung else None

    @property
    def von_anderen_gedeckt(self) -> Decimal:
        """What of the grant that could be given (EUR) falls away because the money of others takes its place."""
        highest, beantragt = self.hoechste_zuwendung.betrag, self.beantragt
        return (highest if beantragt is None else min(highest, beantragt)) - self.zuwendung.betrag

    @property
    def weitere_geber(self) -> tuple[WeitereMittel, ...]:
        """Those who give money besides, as stated."""
        return self.beteiligter.finanzierung.weitere if self.beteiligter.finanzierung else ()

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


def _attributes(budget: Budget, lage: Projektlage, fassung: Fassung) -> dict[Path, Merkmale]:
    """Return the attributes of every Beteiligter, as what it is treated as."""
    found: dict[Path, Merkmale] = {}
    for pfad, beteiligter in budget.beteiligte():
        stated_kind = lage.merkmale_von(pfad, beteiligter, beteiligter.art)
        art = _treated_as(beteiligter, budget.vorhaben.antragsdatum, fassung, stated_kind)
        found[pfad] = lage.merkmale_von(pfad, beteiligter, art)
    return found


def rechnungen(
    budget: Budget, lage: Projektlage, fassung: Fassung, orders: tuple[Auftragswert, ...]
) -> Iterator[Rechnung]:
    """Yield the figures of every Beteiligter; what they share is used up in the order of the budget."""
    costs = Kostenrechnung(budget, lage, fassung, orders)
    grants = Zuwendungsrechnung(budget, lage, fassung)
    attributes = _attributes(budget, lage, fassung)
    lines = {pfad: costs.zeilen(pfad, beteiligter, attributes[pfad]) for pfad, beteiligter in budget.beteiligte()}
    focus = investment_focus(chain.from_iterable(lines.values()), fassung, lage.merkmale)
    for pfad, beteiligter in budget.beteiligte():
        merkmale, zeilen = attributes[pfad], lines[pfad]
        overhead = compute_gemeinkosten(beteiligter.gemeinkosten, merkmale, zeilen, fassung, focus)
        eligible = _by_kind(zeilen).named("zuwendungsfähige direkte Ausgaben")
        base = eligible.plus(overhead.betrag).named("zuwendungsfähige Ausgaben")
        claimed = total(zeile.angesetzt for zeile in zeilen).named("direkte Ausgaben")
        whole = claimed.plus(overhead.betrag).named("Gesamtausgaben")
        grant = grants.zuwendung(Ausgaben(whole, base), merkmale, beteiligter.finanzierung, pfad)
        own, others = _own_money(beteiligter.finanzierung, pfad), _other_money(beteiligter.finanzierung, pfad)
        gap = None if own is None else whole.minus(added((grant.betrag, own, others))).named("Finanzierungslücke")
        yield Rechnung(
            beteiligter=beteiligter,
            pfad=pfad,
            art=merkmale["art"],
            merkmale=merkmale,
            zeilen=zeilen,
            direkte_ausgaben=claimed,
            direkte_zuwendungsfaehige_ausgaben=eligible,
            gemeinkosten=overhead,
            gesamtausgaben=whole,
            zuwendungsfaehige_ausgaben=base,
            foerdersatz=grant.satz,
            zuwendung_nach_satz=grant.nach_satz,
            zuwendungsgrenze=grant.grenze,
            hoechste_zuwendung=grant.hoechste,
            zuwendung=grant.betrag,
            eigenmittel=own,
            weitere_mittel=others,
            finanzierungsluecke=gap,
        )


def ungefoerdert(rechnung: Rechnung, alle: Iterable[Rechnung]) -> bool:
    """Tell whether a partner takes part without money: no cost, no grant applied for, nobody's money, while others have cost.

    The applicant applies for the project, whoever gets the grant.
    """
    without = not rechnung.zeilen and not rechnung.beantragt and not rechnung.weitere_geber
    return without and rechnung.pfad[0] == "partner" and any(other.zeilen for other in alle)


def closing_method(rechnung: Rechnung, luecke: Decimal, fassung: Fassung) -> tuple[str, Decimal] | None:
    """Return the other allowed method of overhead with which a gap closes to the cent, and its amount (EUR), if there is one.

    To claim none is allowed, too.
    """
    used = rechnung.gemeinkosten
    others = {variante.methode: variante.betrag for variante in used.varianten if variante.zulaessig}
    for methode, betrag in {**others, KEINE: Figure(Decimal("0.00"), KEINE)}.items():
        more = betrag.minus(used.betrag)
        base = rechnung.zuwendungsfaehige_ausgaben.plus(more)
        grant = highest_grant(base, rechnung.foerdersatz, fassung).betrag
        grant = min(grant, rechnung.zuwendungsgrenze.hoechstens.betrag) if rechnung.zuwendungsgrenze else grant
        grant = grant if rechnung.beantragt is None else min(grant, rechnung.beantragt)
        left = luecke + more.betrag - (grant - rechnung.zuwendung.betrag)
        if methode != used.methode and not left:
            return methode, betrag.betrag
    return None


def startup_ends(beteiligter: Beteiligter, fassung: Fassung, merkmale: Merkmale) -> date | None:
    """Return the first day on which the body is too old for a start-up; None if founding date or limit is unknown."""
    limit = fassung.find(STARTUP_HOECHSTALTER_JAHRE, merkmale)
    if limit is None or beteiligter.gruendung is None:
        return None
    return plus_years(beteiligter.gruendung, limit.wert)


def _treated_as(beteiligter: Beteiligter, antragsdatum: date, fassung: Fassung, merkmale: Merkmale) -> str:
    """Return the kind that decides the rates: a start-up that is not one any more counts as another kind."""
    instead = fassung.find(STARTUP_SONST_WIE, merkmale)
    if beteiligter.art != STARTUP or instead is None:
        return beteiligter.art
    end = startup_ends(beteiligter, fassung, merkmale)
    too_old = end is not None and antragsdatum >= end
    return instead.wert if too_old or beteiligter.wachstumsorientiert is False else STARTUP


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
