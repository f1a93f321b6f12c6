"""Overhead (Gemeinkosten): both flat rates side by side, which of them may be used, and which one is."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import NamedTuple

from foerdercheck.calculation.zeilen import Zeile
from foerdercheck.model.budget import Monatsposition
from foerdercheck.model.figure import Figure, total
from foerdercheck.model.words import Wahl
from foerdercheck.programmes.fassung import Fassung
from foerdercheck.programmes.norm import Merkmale, Norm, Parameter
from foerdercheck.programmes.parameter import (
    GEMEINKOSTEN_OHNE,
    GEMEINKOSTENSATZ,
    GEMEINKOSTENSATZ_ANGABE_HOECHSTENS,
    INVESTITIONSSCHWERPUNKT_UEBER,
    METHODEN,
    RUNDUNG_POSITIONEN,
)
from foerdercheck.programmes.vokabular import KEINE

PERSONAL, DIREKT = METHODEN


class ArtOhneSatz(NamedTuple):
    """The programme has no rate of the method for this kind of body; None where more than the kind decides that."""

    art: str | None


class Investitionsschwerpunkt(NamedTuple):
    """Investments (EUR) are more of direct cost (EUR) than the method stands; `ueber` is that share."""

    investitionen: Decimal
    direkte_ausgaben: Decimal
    ueber: Norm[Decimal]


Hindernis = ArtOhneSatz | Investitionsschwerpunkt
"""Why a method may not be used, as facts for the rules to put in words."""


class Variante(NamedTuple):
    """One method: rate (a fraction) × cost = amount; `hindernis` is why it is not allowed, None if it is."""

    methode: str
    satz: Decimal
    basis: Figure
    betrag: Figure
    hindernis: Hindernis | None
    norm: Norm[Decimal] | None

    @property
    def zulaessig(self) -> bool:
        """Whether the method may be used here."""
        return self.hindernis is None


class Gemeinkosten(NamedTuple):
    """The overhead of a Beteiligter: the method used, every variant, and the method refused if one was chosen.

    `satz` is the rate (a fraction) the budget states itself, where the programme has none of its own; `je_beteiligter` what
    it would be if the focus on investments were measured by the cost of this Beteiligter alone, None if the same.
    """

    methode: str
    betrag: Figure
    varianten: tuple[Variante, ...]
    abgelehnt: Variante | None = None
    satz: Decimal | None = None
    je_beteiligter: "Gemeinkosten | None" = None


Schwerpunkt = Investitionsschwerpunkt | None


def compute_gemeinkosten(
    wahl: Wahl, merkmale: Merkmale, zeilen: Sequence[Zeile], fassung: Fassung, schwerpunkt: Schwerpunkt
) -> Gemeinkosten:
    """Return the overhead for a method (`auto`, `keine` or its id, with a rate where the budget states it), half up.

    `schwerpunkt` is the focus on investments of the whole project, if it has one.
    """
    if wahl.satz is not None:
        return _stated(wahl.wort, wahl.satz, merkmale, zeilen, fassung)
    used = _chosen(wahl, merkmale, zeilen, fassung, schwerpunkt)
    alone = investment_focus(zeilen, fassung, merkmale)
    if (alone is None) == (schwerpunkt is None):
        return used
    other = _chosen(wahl, merkmale, zeilen, fassung, alone)
    return used if other.methode == used.methode else used._replace(je_beteiligter=other)


def _chosen(
    wahl: Wahl, merkmale: Merkmale, zeilen: Sequence[Zeile], fassung: Fassung, schwerpunkt: Schwerpunkt
) -> Gemeinkosten:
    varianten = tuple(_variante(methode, merkmale, zeilen, fassung, schwerpunkt) for methode in _methods(fassung))
    allowed = [variante for variante in varianten if variante.zulaessig]
    used = next((variante for variante in allowed if variante.methode == wahl.wort), None)
    if used is None and wahl.wort != KEINE:
        used = max(allowed, key=lambda variante: variante.betrag.betrag, default=None)
    refused = next((v for v in varianten if v.methode == wahl.wort and not v.zulaessig), None)
    if used is None:
        return Gemeinkosten(KEINE, _nothing(), varianten, refused)
    return Gemeinkosten(used.methode, used.betrag, varianten, refused)


def _stated(methode: str, satz: Decimal, merkmale: Merkmale, zeilen: Sequence[Zeile], fassung: Fassung) -> Gemeinkosten:
    """Return the overhead at the rate the budget states, at most the largest rate the programme allows."""
    parameter = GEMEINKOSTENSATZ_ANGABE_HOECHSTENS
    most = fassung.find(parameter, {**merkmale, "methode": methode})
    rate = min(satz, most.wert) if most else Decimal()
    basis = _personal_base(zeilen) if methode == PERSONAL else _direct_base(zeilen, fassung, merkmale)
    betrag = basis.share(rate).rounded(fassung[RUNDUNG_POSITIONEN].wert).named("Gemeinkosten", most and most.ziffer)
    variante = Variante(
        methode, rate, basis, betrag, None if most else _without(parameter, methode, merkmale, fassung), most
    )
    return Gemeinkosten(methode, betrag, (variante,), None, satz)


def _methods(fassung: Fassung) -> tuple[str, ...]:
    """The methods the programme has a rate for, in the order in which a tie is decided."""
    known = {methode for norm in fassung.all(GEMEINKOSTENSATZ) for methode in norm.wenn.get("methode", ())}
    return tuple(methode for methode in METHODEN if methode in known)


def _nothing() -> Figure:
    return Figure(Decimal("0.00"), "Gemeinkosten").explained("keine angesetzt")


def _variante(
    methode: str, merkmale: Merkmale, zeilen: Sequence[Zeile], fassung: Fassung, schwerpunkt: Schwerpunkt
) -> Variante:
    allowed = fassung.find(GEMEINKOSTENSATZ, {**merkmale, "methode": methode})
    norm = allowed or next(norm for norm in fassung.all(GEMEINKOSTENSATZ) if methode in norm.wenn.get("methode", ()))
    basis = _personal_base(zeilen) if methode == PERSONAL else _direct_base(zeilen, fassung, merkmale)
    betrag = basis.share(norm.wert).rounded(fassung[RUNDUNG_POSITIONEN].wert).named("Gemeinkosten", norm.ziffer)
    focus = schwerpunkt if methode == DIREKT else None
    without = _without(GEMEINKOSTENSATZ, methode, merkmale, fassung)
    return Variante(methode, norm.wert, basis, betrag, focus if allowed else without, norm)


def _without(parameter: Parameter[Decimal], methode: str, merkmale: Merkmale, fassung: Fassung) -> ArtOhneSatz:
    decisive = {
        name for norm in fassung.all(parameter) if methode in norm.wenn.get("methode", {methode}) for name in norm.wenn
    }
    return ArtOhneSatz(merkmale["art"] if decisive <= {"art", "methode"} else None)


def _personal_base(zeilen: Sequence[Zeile]) -> Figure:
    lines = [
        zeile.zuwendungsfaehig
        for zeile in zeilen
        if zeile.position.kostenart == "personal" and not holds_overhead(zeile)
    ]
    return total(lines).named("förderfähige Personalkosten")


def _direct_base(zeilen: Sequence[Zeile], fassung: Fassung, merkmale: Merkmale) -> Figure:
    without = fassung.find(GEMEINKOSTEN_OHNE, merkmale)
    excluded = without.wert if without else ()
    lines = [
        zeile.zuwendungsfaehig
        for zeile in zeilen
        if zeile.position.kostenart not in excluded and not holds_overhead(zeile)
    ]
    return total(lines).named("bereinigte direkte Kosten", without.ziffer if without else None)


def holds_overhead(zeile: Zeile) -> bool:
    """Tell whether a line is a lump sum that holds overhead already; no base of a rate has it."""
    return not isinstance(zeile.position, Monatsposition) and bool(zeile.position.pauschale_mit_gemeinkosten)


def investment_focus(zeilen: Iterable[Zeile], fassung: Fassung, merkmale: Merkmale) -> Schwerpunkt:
    """Return what excludes the method on direct cost, if investments are more than the stated share of direct cost."""
    focus = fassung.find(INVESTITIONSSCHWERPUNKT_UEBER, merkmale)
    if focus is None:
        return None
    amounts = [(zeile.position.kostenart, zeile.zuwendungsfaehig.betrag) for zeile in zeilen]
    direct = sum((betrag for _, betrag in amounts), Decimal())
    invest = sum((betrag for kind, betrag in amounts if kind == "investition"), Decimal())
    if invest <= direct * focus.wert:
        return None
    return Investitionsschwerpunkt(invest, direct, focus)
