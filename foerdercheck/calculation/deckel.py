"""Limits a whole project shares: eligible cost of a phase, and the grant of a year; used up in the order of the file."""

from collections.abc import Iterator
from decimal import Decimal

from foerdercheck.calculation.projektlage import Projektlage
from foerdercheck.calculation.saetze import satz
from foerdercheck.calculation.zeilen import UeberHoechstausgaben, Zeile
from foerdercheck.model.budget import Kostenposition, Vorhaben
from foerdercheck.model.deutsch import euro
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


class Zuwendungsdeckel:
    """What of the largest grant per year, over the months of the project, is left for the next Beteiligter."""

    def __init__(self, vorhaben: Vorhaben, lage: Projektlage, fassung: Fassung) -> None:
        self._months = months_begun(vorhaben.beginn, vorhaben.ende)
        self._lage = lage
        self._fassung = fassung
        self._taken = Decimal("0.00")

    def grenze(self, merkmale: Merkmale) -> Figure | None:
        """Return what is left for a Beteiligter with these attributes; None where the programme has no such limit."""
        limit = satz(self._fassung, _JAHR, merkmale, self._lage)
        if limit is None:
            return None
        whole = limit.wert * self._months / 12
        formel = f"{euro(limit.wert)} je Jahr × {self._months} Monate ÷ 12"
        if self._taken:
            formel += f" − {euro(self._taken)} für andere Beteiligte"
        figure = Figure(max(whole - self._taken, Decimal("0.00")), render=lambda _: formel)
        return figure.rounded("ab").named("Höchstbetrag der Zuwendung", limit.ziffer)

    def take(self, betrag: Decimal) -> None:
        """Count a grant against the limit."""
        self._taken += betrag


_JAHR: Parameter[Decimal] = ZUWENDUNG_JE_JAHR_HOECHSTENS
