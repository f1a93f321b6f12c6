"""The lines of a Beteiligter: what is claimed, what of it is eligible, and what was cut why."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

from foerdercheck.calculation.auftraege import Auftragswert
from foerdercheck.calculation.deckel import Ausgabendeckel
from foerdercheck.calculation.monatskosten import Monatskosten
from foerdercheck.calculation.personen import Verwechselbare
from foerdercheck.calculation.preise import Preis, preis
from foerdercheck.calculation.projektlage import Projektlage
from foerdercheck.calculation.stunden import (
    Jahresstunden,
    Stundenkonto,
    Stundenzahl,
    claimed_hours,
    hours_there_are,
    most_hours,
)
from foerdercheck.calculation.zeilen import (
    FremdeJahre,
    FremdeKostenart,
    Kuerzung,
    SpaeterVertrag,
    UeberHoechststunden,
    UnmoeglicheStunden,
    Zeile,
)
from foerdercheck.model.budget import Beteiligter, Budget, Kostenposition, Sachposition, Stundenposition
from foerdercheck.model.deutsch import euro, prozent, zahl
from foerdercheck.model.figure import Figure, Rundung, exact_cents, stated
from foerdercheck.model.location import Path
from foerdercheck.programmes.fassung import Fassung
from foerdercheck.programmes.norm import Merkmale
from foerdercheck.programmes.parameter import HOECHSTSTUNDEN_JE_JAHR, KOSTENARTEN, RUNDUNG_POSITIONEN


class Kostenrechnung:
    """Computes lines under one Fassung; what persons work and limits allow is counted across all Beteiligte."""

    def __init__(self, budget: Budget, lage: Projektlage, fassung: Fassung, orders: tuple[Auftragswert, ...]) -> None:
        vorhaben = budget.vorhaben
        self.vorhaben = vorhaben
        self.jahre = range(vorhaben.beginn.year, vorhaben.ende.year + 1)
        self.rundung: Rundung = fassung[RUNDUNG_POSITIONEN].wert
        self.umsatzsteuer = lage.umsatzsteuer
        self.fassung = fassung
        self.hoechststunden = most = fassung.find(HOECHSTSTUNDEN_JE_JAHR, lage.merkmale)
        self.konten = _Konten(most_hours(most.wert, self.jahre) if most else None, hours_there_are(vorhaben))
        self.gemeinsam = _Konten(most_hours(most.wert, self.jahre) if most else None, hours_there_are(vorhaben))
        self.personen = Verwechselbare(budget)
        self.monate = Monatskosten(vorhaben, lage, fassung, self.personen)
        self.deckel = Ausgabendeckel(fassung)
        self.contracts = {pfad: order.vertrag for order in orders for pfad in order.pfade}

    def zeilen(self, pfad: Path, beteiligter: Beteiligter, merkmale: Merkmale) -> tuple[Zeile, ...]:
        """Return the lines of one Beteiligter, whose attributes are `merkmale`, in the order of the file."""
        self.kostenarten = self.fassung.find(KOSTENARTEN, merkmale)
        return tuple(
            self.deckel.apply(self._zeile((*pfad, "kosten", index), position, beteiligter), merkmale)
            for index, position in enumerate(beteiligter.kosten)
        )

    def _zeile(self, pfad: Path, position: Kostenposition, beteiligter: Beteiligter) -> Zeile:
        if isinstance(position, Sachposition):
            return self._sachzeile(pfad, position, beteiligter)
        if isinstance(position, Stundenposition):
            return self._stundenzeile(pfad, position)
        zeile = self.monate.zeile(pfad, position)
        return self._cut_whole(pfad, position, zeile.angesetzt) or zeile

    def _sachzeile(self, pfad: Path, position: Sachposition, beteiligter: Beteiligter) -> Zeile:
        price = preis(position, self.umsatzsteuer)
        angesetzt = _price(position, pfad, price, net=beteiligter.zieht_vorsteuer_ab)
        cut = self._cut_whole(pfad, position, angesetzt)
        return cut._replace(preis=price) if cut else Zeile(position, pfad, angesetzt, angesetzt, preis=price)

    def _cut_whole(self, pfad: Path, position: Kostenposition, angesetzt: Figure) -> Zeile | None:
        """Return the line with everything cut, if its kind or its contract is not eligible."""
        cut = self._cut_by_kind(position, angesetzt.betrag) or self._cut_by_contract(pfad, angesetzt.betrag)
        if cut is None:
            return None
        nothing = stated(Decimal("0.00"), position.bezeichnung, pfad, "nicht zuwendungsfähig")
        return Zeile(position, pfad, angesetzt, nothing, (cut,))

    def _cut_by_kind(self, position: Kostenposition, betrag: Decimal) -> Kuerzung | None:
        if self.kostenarten is None or position.kostenart in self.kostenarten.wert:
            return None
        return FremdeKostenart(betrag, self.kostenarten)

    def _cut_by_contract(self, pfad: Path, betrag: Decimal) -> Kuerzung | None:
        contract: date | None = self.contracts.get(pfad)
        if contract is None or contract <= self.vorhaben.ende:
            return None
        return SpaeterVertrag(betrag, contract)

    def _stundenzeile(self, pfad: Path, position: Stundenposition) -> Zeile:
        hours = claimed_hours(position, self.vorhaben)
        angesetzt = self._pay(position, pfad, hours)
        if (cut := self._cut_whole(pfad, position, angesetzt)) is not None:
            return cut
        within = {year: count for year, count in hours.items() if year in self.jahre}
        during = angesetzt if len(within) == len(hours) else self._pay(position, pfad, within)
        one_person = self.hoechststunden is not None or position.person is not None  # else it may be a whole team
        possible, granted = self.konten.grant(position.wer, within) if one_person else (within, within)
        feasible = during if possible == within else self._pay(position, pfad, possible)
        eligible = feasible if granted == possible else self._pay(position, pfad, granted)
        cuts: list[Kuerzung] = []
        if outside := {year: count for year, count in hours.items() if year not in self.jahre and count}:
            cuts.append(FremdeJahre(angesetzt.betrag - during.betrag, outside))
        if impossible := _over(within, possible):
            cuts.append(UnmoeglicheStunden(during.betrag - feasible.betrag, impossible))
        if self.hoechststunden and (over := _over(possible, granted)):
            cuts.append(UeberHoechststunden(feasible.betrag - eligible.betrag, over, self.hoechststunden))

        def as_one(group: str) -> Decimal:
            together = self.gemeinsam.grant(group, within)[1]
            return eligible.betrag if together == granted else self._pay(position, pfad, together).betrag

        maybe = self.personen.verwechslung(position.wer, eligible.betrag, as_one) if one_person else None
        return Zeile(position, pfad, angesetzt, eligible, tuple(cuts), granted, verwechslung=maybe)

    def _pay(self, position: Stundenposition, pfad: Path, hours: Jahresstunden) -> Figure:
        total = sum(hours.values())
        betrag = exact_cents(total, self.rundung, position.stundensatz)
        return Figure(betrag, position.bezeichnung, pfad=pfad, render=_hours_times_rate(total, position.stundensatz))


class _Konten:
    """What persons can have worked at all, and what of it counts at most."""

    def __init__(self, most: Jahresstunden | None, there_are: Jahresstunden) -> None:
        self._possible = Stundenkonto(there_are)
        self._eligible = None if most is None else Stundenkonto(most)

    def grant(self, who: str, hours: Jahresstunden) -> tuple[Jahresstunden, Jahresstunden]:
        """Return how many of `hours` are possible, and how many of these count."""
        possible = {year: self._possible.grant(who, year, count) for year, count in hours.items()}
        if self._eligible is None:
            return possible, possible
        return possible, {year: self._eligible.grant(who, year, count) for year, count in possible.items()}


def _over(asked: Jahresstunden, granted: Jahresstunden) -> Jahresstunden:
    return {year: count - granted[year] for year, count in asked.items() if count > granted[year]}


def _hours_times_rate(hours: Stundenzahl, rate: Decimal) -> Callable[[tuple[str, ...]], str]:
    return lambda _: f"{zahl(hours)} h × {euro(rate)}"


def _price(position: Sachposition, pfad: Path, price: Preis, *, net: bool) -> Figure:
    """The net price where input VAT is deducted, else the gross price."""
    betrag = price.netto if net else price.brutto
    where = (*pfad, "brutto" if position.netto is None else "netto")
    if net == (position.brutto is None):
        return stated(betrag, position.bezeichnung, where)
    return Figure(betrag, position.bezeichnung, pfad=where, render=_with_vat(price, net=net))


def _with_vat(price: Preis, *, net: bool) -> Callable[[tuple[str, ...]], str]:
    if net:
        return lambda _: f"{euro(price.brutto)} brutto ÷ (1 + {prozent(price.ust)})"
    return lambda _: f"{euro(price.netto)} netto × (1 + {prozent(price.ust)})"
