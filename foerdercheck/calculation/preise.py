"""Prices with and without VAT: at the rate a line states, else at the standard rate while the project runs."""

from collections.abc import Callable, Iterator
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from foerdercheck.model.budget import Budget, Sachposition
from foerdercheck.model.deutsch import CENT, datum
from foerdercheck.model.location import Path, Problem
from foerdercheck.programmes import umsatzsteuerrecht
from foerdercheck.programmes.parameter import UMSATZSTEUERSATZ


class Preis(NamedTuple):
    """A price in EUR without and with VAT, half up to cents, and the rate of VAT between them (a fraction)."""

    netto: Decimal
    brutto: Decimal
    ust: Decimal


def preis(position: Sachposition, satz: Decimal | None) -> Preis:
    """Return what a line costs; `satz` is the standard rate, None only where every line states its own (`unknown_rates`)."""
    ust = position.ust if position.ust is not None else satz or Decimal()
    if position.brutto is not None:
        return Preis((position.brutto / (1 + ust)).quantize(CENT, ROUND_HALF_UP), position.brutto, ust)
    netto = Decimal("0.00") if position.netto is None else position.netto
    return Preis(netto, (netto * (1 + ust)).quantize(CENT, ROUND_HALF_UP), ust)


def regelsatz(von: date, bis: date) -> Decimal | None:
    """Return the highest standard rate in force on any of these days, as a plan must cover it; None if none is known."""
    norms = umsatzsteuerrecht().all(UMSATZSTEUERSATZ)
    return max((norm.wert for norm in norms if norm.ab <= bis and von <= norm.bis), default=None)


def unknown_rates(budget: Budget, named: Callable[[Path], str]) -> Iterator[Problem]:
    """Yield a problem for every price that states no rate while none is known for its time; `named` tells names of fields."""
    beginn, ende = budget.vorhaben.beginn, budget.vorhaben.ende
    if regelsatz(beginn, ende) is not None:
        return
    for pfad, beteiligter in budget.beteiligte():
        for index, position in enumerate(beteiligter.kosten):
            if isinstance(position, Sachposition) and position.ust is None:
                where = (*pfad, "kosten", index)
                unknown = f"der Satz der Umsatzsteuer von {datum(beginn)} bis {datum(ende)} ist hier nicht bekannt"
                text = f"{unknown}: geben Sie {named((*where, 'ust'))} an"
                yield Problem(text, where)
