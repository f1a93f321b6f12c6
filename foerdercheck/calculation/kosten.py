"""The lines of a Beteiligter: what is claimed, what of it is eligible, and what was cut why."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

from foerdercheck.calculation.auftraege import Auftragswert
from foerdercheck.calculation.deckel import Ausgabendeckel
from foerdercheck.calculation.monatskosten import Monatskosten
from foerdercheck.calculation.projektlage import Projektlage
from foerdercheck.calculation.stunden import Jahresstunden, Stundenkonto, Stundenzahl, claimed_hours
from foerdercheck.calculation.zeilen import Kuerzung, Zeile
from foerdercheck.model.budget import Beteiligter, Kostenposition, Sachposition, Stundenposition, Vorhaben
from foerdercheck.model.deutsch import aufzaehlung, datum, euro, prozent, zahl
from foerdercheck.model.figure import Figure, Rundung, exact_cents, stated
from foerdercheck.model.location import Path
from foerdercheck.programmes.fassung import Fassung
from foerdercheck.programmes.parameter import HOECHSTSTUNDEN_JE_JAHR, KOSTENARTEN, RUNDUNG_POSITIONEN


class Kostenrechnung:
    """Computes lines under one Fassung; what persons work and limits allow is counted across all Beteiligte."""

    def __init__(
        self, vorhaben: Vorhaben, lage: Projektlage, fassung: Fassung, orders: tuple[Auftragswert, ...]
    ) -> None:
        self.vorhaben = vorhaben
        self.jahre = range(vorhaben.beginn.year, vorhaben.ende.year + 1)
        self.rundung: Rundung = fassung[RUNDUNG_POSITIONEN].wert
        self.kostenarten = fassung.find(KOSTENARTEN)
        norm = fassung.find(HOECHSTSTUNDEN_JE_JAHR)
        self.hoechststunden = norm.wert if norm else None
        self.konto = Stundenkonto(self.hoechststunden)
        self.monate = Monatskosten(vorhaben, lage, fassung)
        self.deckel = Ausgabendeckel(lage, fassung)
        self.contracts = {pfad: order.vertrag for order in orders for pfad in order.pfade}

    def zeilen(self, pfad: Path, beteiligter: Beteiligter) -> tuple[Zeile, ...]:
        """Return the lines of one Beteiligter in the order of the file."""
        return tuple(
            self.deckel.apply(self._zeile((*pfad, "kosten", index), position, beteiligter))
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
        angesetzt = _price(position, pfad, net=beteiligter.zieht_vorsteuer_ab)
        return self._cut_whole(pfad, position, angesetzt) or Zeile(position, pfad, angesetzt, angesetzt)

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
        text = (
            f"„{position.bezeichnung}“: die Kostenart {position.kostenart} ist nicht förderfähig, nur "
            f"{aufzaehlung(self.kostenarten.wert)}; {euro(betrag)} entfallen."
        )
        return Kuerzung("kostenart", betrag, text)

    def _cut_by_contract(self, pfad: Path, betrag: Decimal) -> Kuerzung | None:
        contract: date | None = self.contracts.get(pfad)
        if contract is None or contract <= self.vorhaben.ende:
            return None
        text = (
            f"Der Vertrag vom {datum(contract)} liegt nach dem Ende des Vorhabens ({datum(self.vorhaben.ende)}); "
            f"{euro(betrag)} entfallen."
        )
        return Kuerzung("zeitraum", betrag, text)

    def _stundenzeile(self, pfad: Path, position: Stundenposition) -> Zeile:
        hours = claimed_hours(position, self.vorhaben)
        angesetzt = self._pay(position, pfad, hours)
        if (cut := self._cut_whole(pfad, position, angesetzt)) is not None:
            return cut
        within = {year: count for year, count in hours.items() if year in self.jahre}
        during = angesetzt if len(within) == len(hours) else self._pay(position, pfad, within)
        granted = {year: self.konto.grant(position.wer, year, count) for year, count in within.items()}
        eligible = during if granted == within else self._pay(position, pfad, granted)
        cuts = (
            self._cut_by_year(position, hours, angesetzt.betrag - during.betrag),
            self._cut_by_cap(position, within, granted, during.betrag - eligible.betrag),
        )
        return Zeile(position, pfad, angesetzt, eligible, tuple(filter(None, cuts)), granted)

    def _pay(self, position: Stundenposition, pfad: Path, hours: Jahresstunden) -> Figure:
        total = sum(hours.values())
        betrag = exact_cents(total, self.rundung, position.stundensatz)
        return Figure(betrag, position.bezeichnung, pfad=pfad, render=_hours_times_rate(total, position.stundensatz))

    def _cut_by_year(self, position: Stundenposition, hours: Jahresstunden, betrag: Decimal) -> Kuerzung | None:
        outside = {year: count for year, count in hours.items() if year not in self.jahre and count}
        if not outside:
            return None
        text = (
            f"„{position.bezeichnung}“: {zahl(sum(outside.values()))} h in {aufzaehlung(map(str, outside))} "
            f"liegen außerhalb des Durchführungszeitraums {datum(self.vorhaben.beginn)} bis {datum(self.vorhaben.ende)}; "
            f"{euro(betrag)} entfallen."
        )
        return Kuerzung("zeitraum", betrag, text)

    def _cut_by_cap(
        self, position: Stundenposition, asked: Jahresstunden, granted: Jahresstunden, betrag: Decimal
    ) -> Kuerzung | None:
        over = {year: asked[year] - granted[year] for year in asked if asked[year] > granted[year]}
        if not over or self.hoechststunden is None:
            return None
        years = aufzaehlung(f"{zahl(count)} h in {year}" for year, count in over.items())
        shared = "" if position.person else " (Zeilen ohne person gelten bei gleicher Bezeichnung als dieselbe Person)"
        text = (
            f"{position.person or position.bezeichnung}: mehr als {zahl(self.hoechststunden)} Stunden je Person und Jahr "
            f"werden nicht anerkannt{shared}; {years} und damit {euro(betrag)} entfallen."
        )
        return Kuerzung("hoechststunden", betrag, text)


def _hours_times_rate(hours: Stundenzahl, rate: Decimal) -> Callable[[tuple[str, ...]], str]:
    return lambda _: f"{zahl(hours)} h × {euro(rate)}"


def _price(position: Sachposition, pfad: Path, *, net: bool) -> Figure:
    """The net price where input VAT is deducted, else the gross price."""
    betrag = position.wert_netto if net else position.wert_brutto
    where = (*pfad, "brutto" if position.netto is None else "netto")
    if net == (position.brutto is None):
        return stated(betrag, position.bezeichnung, where)
    return Figure(betrag, position.bezeichnung, pfad=where, render=_with_vat(position, net=net))


def _with_vat(position: Sachposition, *, net: bool) -> Callable[[tuple[str, ...]], str]:
    if net:
        return lambda _: f"{euro(position.wert_brutto)} brutto ÷ (1 + {prozent(position.ust)})"
    return lambda _: f"{euro(position.wert_netto)} netto × (1 + {prozent(position.ust)})"
