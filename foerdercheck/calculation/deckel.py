"""Limits a whole project shares: eligible cost of a phase, and the grant of a year; used up in the order of the file."""

from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from foerdercheck.calculation.mittel import AngerechneteMittel, angerechnete_mittel
from foerdercheck.calculation.projektlage import Projektlage
from foerdercheck.calculation.saetze import Satz, satz
from foerdercheck.calculation.zeilen import UeberHoechstausgaben, Zeile
from foerdercheck.model.budget import Budget, Kostenposition
from foerdercheck.model.deutsch import anzahl, euro
from foerdercheck.model.figure import Figure, stated
from foerdercheck.model.kalender import months_begun
from foerdercheck.programmes.fassung import Fassung
from foerdercheck.programmes.norm import Merkmale, Norm, Parameter
from foerdercheck.programmes.parameter import HOECHSTAUSGABEN, HOECHSTAUSGABEN_DAVON, ZUWENDUNG_JE_JAHR_HOECHSTENS


class Ausgabendeckel:
    """What of the limits on eligible cost is left; lines take from it in the order of the file."""

    def __init__(self, fassung: Fassung) -> None:
        self._fassung = fassung
        self._parameter = [limit for limit in (HOECHSTAUSGABEN_DAVON, HOECHSTAUSGABEN) if fassung.all(limit)]
        self._left: dict[int, Decimal] = {}

    def apply(self, zeile: Zeile, merkmale: Merkmale) -> Zeile:
        """Return the line of a Beteiligter with these attributes, with what exceeds a limit cut off."""
        for norm in self._limits(zeile.position, merkmale) if self._parameter else ():
            left = self._left.get(id(norm), norm.wert)
            eligible = zeile.zuwendungsfaehig.betrag
            self._left[id(norm)] = left - min(eligible, left)
            if eligible > left:
                zeile = _cut(zeile, left, norm)
        return zeile

    def _limits(self, position: Kostenposition, merkmale: Merkmale) -> Iterator[Norm[Decimal]]:
        merkmale = merkmale_der_position(position, merkmale)
        for parameter in self._parameter:
            if (norm := self._fassung.find(parameter, merkmale)) is not None:
                yield norm


def merkmale_der_position(position: Kostenposition, merkmale: Merkmale) -> Merkmale:
    """Return the attributes that decide under which limits a line falls."""
    return {**merkmale, "kostenart": position.kostenart, "phase": position.phase or ""}


def _cut(zeile: Zeile, left: Decimal, norm: Norm[Decimal]) -> Zeile:
    over = zeile.zuwendungsfaehig.betrag - left
    name = zeile.position.bezeichnung
    rest = stated(left, name, zeile.pfad, f"was von {euro(norm.wert)} übrig ist")._replace(ziffer=norm.ziffer)
    cut = UeberHoechstausgaben(over, norm, left)
    return zeile._replace(zuwendungsfaehig=rest, kuerzungen=(*zeile.kuerzungen, cut))


class Zuwendungsgrenze(NamedTuple):
    """What a limit on the grant of a year leaves for a Beteiligter (EUR), by two ways of counting a year that is only begun.

    `hoechstens` counts every calendar year begun as a whole one, `sicher` months; `mittel` is money of others that counts
    against the limit, too, and is taken off both; `satz` is the amount of a whole year.
    """

    hoechstens: Figure
    sicher: Figure
    mittel: AngerechneteMittel
    satz: Satz


class Zuwendungsdeckel:
    """What of the largest grant per year, over the time of the project, is left for the next Beteiligter."""

    def __init__(self, budget: Budget, lage: Projektlage, fassung: Fassung) -> None:
        beginn, ende = budget.vorhaben.beginn, budget.vorhaben.ende
        self._years = ende.year - beginn.year + 1
        self._months = months_begun(beginn, ende)
        self._lage = lage
        self._fassung = fassung
        self._mittel = angerechnete_mittel((body.finanzierung for _, body in budget.beteiligte()), fassung)
        self._taken: dict[tuple[int, ...], Decimal] = {}

    def grenze(self, merkmale: Merkmale) -> Zuwendungsgrenze | None:
        """Return what is left for a Beteiligter with these attributes; None where the programme has no such limit."""
        limit = satz(self._fassung, _JAHR, merkmale, self._lage)
        if limit is None:
            return None
        yearly = f"{euro(limit.wert)} je Jahr"
        by_months = self._left(limit.wert * self._months / 12, limit, f"{yearly} × {self._months} Monate ÷ 12")
        if self._months == 12 * self._years:
            return Zuwendungsgrenze(by_months, by_months, self._mittel, limit)
        years = anzahl(self._years, "Kalenderjahr", "Kalenderjahre")
        by_years = self._left(limit.wert * self._years, limit, f"{yearly} × {years}")
        return Zuwendungsgrenze(by_years, by_months, self._mittel, limit)

    def _left(self, whole: Decimal, limit: Satz, formel: str) -> Figure:
        others, taken = self._mittel.betrag, self._taken.get(_account(limit))
        if others:
            formel += f" − {euro(others)} angerechnete Mittel"
        if taken:
            formel += f" − {euro(taken)} für andere Beteiligte"
        left = max(whole - others - (taken or Decimal()), Decimal("0.00"))
        return Figure(left, render=lambda _: formel).rounded("ab").named("Höchstbetrag der Zuwendung", limit.ziffer)

    def take(self, grenze: Zuwendungsgrenze | None, betrag: Decimal) -> None:
        """Count a grant against its limit."""
        if grenze is not None:
            account = _account(grenze.satz)
            self._taken[account] = self._taken.get(account, Decimal("0.00")) + betrag


def _account(satz: Satz) -> tuple[int, ...]:
    """Return what Beteiligte share: those under the same values, while values for other bodies are limits of their own."""
    return tuple(map(id, satz.normen))


_JAHR: Parameter[Decimal] = ZUWENDUNG_JE_JAHR_HOECHSTENS
