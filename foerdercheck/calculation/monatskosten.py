"""Personnel by monthly unit cost: months of the project × rate of the level in the year × share of a full post."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from foerdercheck.calculation.projektlage import Projektlage
from foerdercheck.calculation.zeilen import Kuerzung, Zeile
from foerdercheck.model.budget import Budget, Monatsposition, Vorhaben
from foerdercheck.model.deutsch import anzahl, euro, prozent
from foerdercheck.model.figure import Figure, Rundung, rounded
from foerdercheck.model.kalender import months_per_year, plus_months
from foerdercheck.model.location import Path, Problem
from foerdercheck.programmes.fassung import Fassung
from foerdercheck.programmes.norm import Norm
from foerdercheck.programmes.parameter import EINHEITSKOSTEN, EINHEITSKOSTEN_ABSCHLAG, RUNDUNG_POSITION

_FULL = Decimal(1)
_TWO_DECIMALS_OF_PERCENT = Decimal("0.0001")
_Monate = Mapping[tuple[int, Decimal], int]
"""How many months of a year count with which share of a post."""


class Monatskosten:
    """Computes lines of unit cost; no person counts with more than one full post a month, over all Beteiligte."""

    def __init__(self, vorhaben: Vorhaben, lage: Projektlage, fassung: Fassung) -> None:
        self._vorhaben = vorhaben
        self._rundung: Rundung = fassung[RUNDUNG_POSITION].wert
        self._saetze = fassung.find(EINHEITSKOSTEN)
        self._abschlag = fassung.find(EINHEITSKOSTEN_ABSCHLAG, lage.merkmale)
        self._left: dict[tuple[str, date], Decimal] = {}

    def zeile(self, pfad: Path, position: Monatsposition) -> Zeile:
        """Return a line: months outside the project and beyond a full post are cut, months without a rate are named."""
        share = position.anteil.quantize(_TWO_DECIMALS_OF_PERCENT, ROUND_HALF_UP)
        first, last = claimed_months(position, self._vorhaben)
        start, end = max(first, self._vorhaben.beginn.replace(day=1)), min(last, self._vorhaben.ende.replace(day=1))
        claimed, within = _months(share, first, last), _months(share, start, end)
        granted, over = self._grant(position, share, start, within)
        angesetzt = self._pay(position, pfad, claimed)
        during = angesetzt if within == claimed else self._pay(position, pfad, within)
        eligible = self._pay(position, pfad, granted) if over else during
        outside = sum(claimed.values()) - sum(within.values())
        cuts = (
            self._cut_outside(position, outside, angesetzt.betrag - during.betrag),
            self._cut_over(position, over, during.betrag - eligible.betrag),
        )
        without = tuple(year for year, _ in within if not self._rate(position, year))
        return Zeile(position, pfad, angesetzt, eligible, tuple(filter(None, cuts)), ohne_satz=without)

    def _grant(
        self, position: Monatsposition, share: Decimal, start: date, within: _Monate
    ) -> tuple[_Monate, list[date]]:
        """Return what counts of the months from `start` on, and the months in which it is less than `share`.

        Only years with a rate are gone through month by month, so that no span of centuries takes its time.
        """
        granted: dict[tuple[int, Decimal], int] = {}
        over = []
        for (year, _), count in within.items():
            if not self._rate(position, year):
                granted[year, share] = count
                continue
            begin = max(start, date(year, 1, 1))
            for month in (plus_months(begin, index) for index in range(count)):
                left = self._left.get((position.wer, month), _FULL)
                counts = min(share, left)
                self._left[position.wer, month] = left - counts
                granted[year, counts] = granted.get((year, counts), 0) + 1
                if counts < share:
                    over.append(month)
        return granted, over

    def _rate(self, position: Monatsposition, year: int) -> Decimal:
        """Return the amount for a month of a full post; 0 where the programme has none for the year."""
        rate = self._saetze.wert[position.stufe].get(year, Decimal()) if self._saetze else Decimal()
        if position.gehalt_unter_mindestwert and self._abschlag is not None:
            rate *= 1 - self._abschlag.wert
        return rate

    def _pay(self, position: Monatsposition, pfad: Path, months: _Monate) -> Figure:
        parts = [(year, self._rate(position, year), share, count) for (year, share), count in months.items()]
        betrag = sum((rate * share * count for _, rate, share, count in parts), Decimal())
        ziffer = self._saetze.ziffer if self._saetze else None
        minus = self._abschlag if position.gehalt_unter_mindestwert else None
        return Figure(
            rounded(betrag, self._rundung), position.bezeichnung, ziffer, pfad, render=lambda _: _formel(parts, minus)
        )

    def _cut_outside(self, position: Monatsposition, months: int, betrag: Decimal) -> Kuerzung | None:
        if not months:
            return None
        text = (
            f"„{position.bezeichnung}“: {anzahl(months, 'Monat liegt', 'Monate liegen')} außerhalb des "
            f"Durchführungszeitraums; {euro(betrag)} entfallen."
        )
        return Kuerzung("zeitraum", betrag, text)

    def _cut_over(self, position: Monatsposition, over: Sequence[date], betrag: Decimal) -> Kuerzung | None:
        if not over:
            return None
        shared = "" if position.person else " (Zeilen ohne person gelten bei gleicher Bezeichnung als dieselbe Person)"
        text = (
            f"{position.person or position.bezeichnung}: mehr als eine volle Stelle in "
            f"{anzahl(len(over), 'Monat', 'Monaten')} ab {over[0]:%m.%Y}{shared}; {euro(betrag)} entfallen."
        )
        return Kuerzung("stellenanteil", betrag, text)


def claimed_months(position: Monatsposition, vorhaben: Vorhaben) -> tuple[date, date]:
    """Return the first days of the first and the last month a line claims, by default those of the project.

    Where only one of them is stated, the last may come before the first: then the line claims nothing.
    """
    return (position.von or vorhaben.beginn).replace(day=1), (position.bis or vorhaben.ende).replace(day=1)


def no_months(budget: Budget) -> Iterator[Problem]:
    """Yield a problem for every line whose one stated month leaves no month of the project to claim."""
    for pfad, beteiligter in budget.beteiligte():
        for index, position in enumerate(beteiligter.kosten):
            if not isinstance(position, Monatsposition):
                continue
            first, last = claimed_months(position, budget.vorhaben)
            if last < first:
                where, other = ("bis", "von") if position.von is None else ("von", "bis")
                text = (
                    f"ohne {other} zählt das Vorhaben ({budget.vorhaben.beginn:%Y-%m} bis {budget.vorhaben.ende:%Y-%m}), und "
                    f"davon bleibt so kein Monat: prüfen Sie {where} oder geben Sie auch {other} an"
                )
                yield Problem(text, (*pfad, "kosten", index, where))


def _months(share: Decimal, first: date, last: date) -> _Monate:
    per_year = months_per_year(first, last) if first <= last else {}
    return {(year, share): count for year, count in per_year.items()}


def _formel(parts: Sequence[tuple[int, Decimal, Decimal, int]], abschlag: Norm[Decimal] | None) -> str:
    lines = [
        f"{anzahl(count, 'Monat', 'Monate')} {year} × {euro(rate)} × {prozent(share)}"
        for year, rate, share, count in parts
    ]
    minus = f" (Sätze um {prozent(abschlag.wert)} gemindert)" if abschlag else ""
    return " + ".join(lines) + minus if lines else "kein Monat im Zeitraum"
