"""Overhead (Gemeinkosten): both flat rates side by side, which of them may be used, and which one is."""

from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from foerdercheck.calculation.zeilen import Zeile
from foerdercheck.model.budget import Monatsposition
from foerdercheck.model.deutsch import euro, prozent
from foerdercheck.model.figure import Figure, total
from foerdercheck.model.words import Wahl
from foerdercheck.programmes.fassung import Fassung
from foerdercheck.programmes.norm import Norm
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


class Variante(NamedTuple):
    """One method: rate (a fraction) × cost = amount; `grund` says why it is not allowed, None if it is."""

    methode: str
    satz: Decimal
    basis: Figure
    betrag: Figure
    grund: str | None
    norm: Norm[Decimal] | None

    @property
    def zulaessig(self) -> bool:
        """Whether the method may be used here."""
        return self.grund is None


class Gemeinkosten(NamedTuple):
    """The overhead of a Beteiligter: the method used, every variant, and the method refused if one was chosen.

    `satz` is the rate (a fraction) the budget states itself, where the programme has none of its own.
    """

    methode: str
    betrag: Figure
    varianten: tuple[Variante, ...]
    abgelehnt: Variante | None = None
    satz: Decimal | None = None


def compute_gemeinkosten(wahl: Wahl, art: str, zeilen: Sequence[Zeile], fassung: Fassung) -> Gemeinkosten:
    """Return the overhead for a method (`auto`, `keine` or its id, with a rate where the budget states it), half up."""
    if wahl.satz is not None:
        return _stated(wahl.wort, wahl.satz, art, zeilen, fassung)
    varianten = tuple(_variante(methode, art, zeilen, fassung) for methode in _methods(fassung))
    allowed = [variante for variante in varianten if variante.zulaessig]
    used = next((variante for variante in allowed if variante.methode == wahl.wort), None)
    if used is None and wahl.wort != KEINE:
        used = max(allowed, key=lambda variante: variante.betrag.betrag, default=None)
    refused = next((v for v in varianten if v.methode == wahl.wort and not v.zulaessig), None)
    if used is None:
        return Gemeinkosten(KEINE, _nothing(), varianten, refused)
    return Gemeinkosten(used.methode, used.betrag, varianten, refused)


def _stated(methode: str, satz: Decimal, art: str, zeilen: Sequence[Zeile], fassung: Fassung) -> Gemeinkosten:
    """Return the overhead at the rate the budget states, at most the largest rate the programme allows."""
    most = fassung.find(GEMEINKOSTENSATZ_ANGABE_HOECHSTENS, {"methode": methode, "art": art})
    rate = min(satz, most.wert) if most else Decimal()
    basis = _personal_base(zeilen) if methode == PERSONAL else _direct_base(zeilen, fassung)
    betrag = basis.share(rate).rounded(fassung[RUNDUNG_POSITIONEN].wert).named("Gemeinkosten", most and most.ziffer)
    variante = Variante(methode, rate, basis, betrag, None if most else f"nicht für die Art {art}", most)
    return Gemeinkosten(methode, betrag, (variante,), None, satz)


@lru_cache(maxsize=32)
def _methods(fassung: Fassung) -> tuple[str, ...]:
    """The methods the programme has a rate for, in the order in which a tie is decided."""
    known = {methode for norm in fassung.all(GEMEINKOSTENSATZ) for methode in norm.wenn.get("methode", ())}
    return tuple(methode for methode in METHODEN if methode in known)


def _nothing() -> Figure:
    return Figure(Decimal("0.00"), "Gemeinkosten").explained("keine angesetzt")


def _variante(methode: str, art: str, zeilen: Sequence[Zeile], fassung: Fassung) -> Variante:
    allowed = fassung.find(GEMEINKOSTENSATZ, {"methode": methode, "art": art})
    norm = allowed or next(norm for norm in fassung.all(GEMEINKOSTENSATZ) if methode in norm.wenn.get("methode", ()))
    basis = _personal_base(zeilen) if methode == PERSONAL else _direct_base(zeilen, fassung)
    betrag = basis.share(norm.wert).rounded(fassung[RUNDUNG_POSITIONEN].wert).named("Gemeinkosten", norm.ziffer)
    grund = _investment_focus(zeilen, fassung) if methode == DIREKT else None
    return Variante(methode, norm.wert, basis, betrag, grund if allowed else f"nicht für die Art {art}", norm)


def _personal_base(zeilen: Sequence[Zeile]) -> Figure:
    lines = [zeile.zuwendungsfaehig for zeile in zeilen if zeile.position.kostenart == "personal"]
    return total(lines).named("förderfähige Personalkosten")


def _direct_base(zeilen: Sequence[Zeile], fassung: Fassung) -> Figure:
    without = fassung.find(GEMEINKOSTEN_OHNE)
    excluded = without.wert if without else ()
    lines = [
        zeile.zuwendungsfaehig
        for zeile in zeilen
        if zeile.position.kostenart not in excluded
        and (isinstance(zeile.position, Monatsposition) or not zeile.position.pauschale_mit_gemeinkosten)
    ]
    return total(lines).named("bereinigte direkte Kosten", without.ziffer if without else None)


def _investment_focus(zeilen: Sequence[Zeile], fassung: Fassung) -> str | None:
    """Why the method on direct cost is excluded, if investments are more than the stated share of direct cost."""
    focus = fassung.find(INVESTITIONSSCHWERPUNKT_UEBER)
    if focus is None:
        return None
    direct = sum((zeile.zuwendungsfaehig.betrag for zeile in zeilen), Decimal())
    invest = sum((z.zuwendungsfaehig.betrag for z in zeilen if z.position.kostenart == "investition"), Decimal())
    if invest <= direct * focus.wert:
        return None
    return f"Schwerpunkt auf Investitionen: {euro(invest)} von {euro(direct)} direkten Kosten sind mehr als {prozent(focus.wert)}"
