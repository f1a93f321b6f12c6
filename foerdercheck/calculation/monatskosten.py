"""Personnel by monthly unit cost: months of the project × rate of the level in the year × share of a full post."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from foerdercheck.calculation.projektlage import Projektlage
from foerdercheck.calculation.zeilen import Kuerzung, Zeile
from foerdercheck.model.budget import Monatsposition, Vorhaben
from foerdercheck.model.deutsch import anzahl, euro, prozent
from foerdercheck.model.figure import Figure, Rundung, rounded
from foerdercheck.model.kalender import plus_months
from foerdercheck.model.location import Path
from foerdercheck.programmes.fassung import Fassung
from foerdercheck.programmes.norm import Norm
from foerdercheck.programmes.parameter import EINHEITSKOSTEN, EINHEITSKOSTEN_ABSCHLAG, RUNDUNG_POSITION

_FULL = Decimal(1)
_TWO_DECIMALS_OF_PERCENT = Decimal("0.0001")
_Shares = Mapping[date, Decimal]


class _Monat(NamedTuple):
    """A year's rate and the share of a post; what months of a line have in common."""

    jahr: int
    satz: Decimal
    anteil: Decimal


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
        claimed = dict.fromkeys(claimed_months(position, self._vorhaben), share)
        within = {month: share for month in claimed if self._in_project(month)}
        granted = {month: self._grant(position.wer, month, share) for month in within}
        angesetzt = self._pay(position, pfad, claimed)
        during = angesetzt if len(within) == len(claimed) else self._pay(position, pfad, within)
        eligible = during if granted == within else self._pay(position, pfad, granted)
        cuts = (
            self._cut_outside(position, len(claimed) - len(within), angesetzt.betrag - during.betrag),
            self._cut_over(position, within, granted, during.betrag - eligible.betrag),
        )
        without = tuple(month for month in within if not self._rate(position, month.year))
        return Zeile(position, pfad, angesetzt, eligible, tuple(filter(None, cuts)), ohne_satz=without)

    def _in_project(self, month: date) -> bool:
        return self._vorhaben.beginn.replace(day=1) <= month <= self._vorhaben.ende

    def _grant(self, person: str, month: date, share: Decimal) -> Decimal:
        left = self._left.get((person, month), _FULL)
        granted = min(share, left)
        self._left[person, month] = left - granted
        return granted

    def _rate(self, position: Monatsposition, year: int) -> Decimal:
        """Return the amount for a month of a full post; 0 where the programme has none for the year."""
        rate = self._saetze.wert[position.stufe].get(year, Decimal()) if self._saetze else Decimal()
        if position.gehalt_unter_mindestwert and self._abschlag is not None:
            rate *= 1 - self._abschlag.wert
        return rate

    def _pay(self, position: Monatsposition, pfad: Path, shares: _Shares) -> Figure:
        parts: dict[_Monat, int] = {}
        for month, share in shares.items():
            part = _Monat(month.year, self._rate(position, month.year), share)
            parts[part] = parts.get(part, 0) + 1
        betrag = sum((part.satz * part.anteil * count for part, count in parts.items()), Decimal())
        ziffer = self._saetze.ziffer if self._saetze else None
        formel = _formel(parts, self._abschlag if position.gehalt_unter_mindestwert else None)
        return Figure(rounded(betrag, self._rundung), position.bezeichnung, ziffer, pfad, render=lambda _: formel)

    def _cut_outside(self, position: Monatsposition, months: int, betrag: Decimal) -> Kuerzung | None:
        if not months:
            return None
        text = (
            f"„{position.bezeichnung}“: {anzahl(months, 'Monat liegt', 'Monate liegen')} außerhalb des "
            f"Durchführungszeitraums; {euro(betrag)} entfallen."
        )
        return Kuerzung("zeitraum", betrag, text)

    def _cut_over(self, position: Monatsposition, asked: _Shares, granted: _Shares, betrag: Decimal) -> Kuerzung | None:
        over = [month for month in asked if asked[month] > granted[month]]
        if not over:
            return None
        shared = "" if position.person else " (Zeilen ohne person gelten bei gleicher Bezeichnung als dieselbe Person)"
        text = (
            f"{position.person or position.bezeichnung}: mehr als eine volle Stelle in "
            f"{anzahl(len(over), 'Monat', 'Monaten')} ab {over[0]:%m.%Y}{shared}; {euro(betrag)} entfallen."
        )
        return Kuerzung("stellenanteil", betrag, text)


def claimed_months(position: Monatsposition, vorhaben: Vorhaben) -> Iterator[date]:
    """Yield the first day of every month a line claims, by default every month with a day in the project."""
    month = (position.von or vorhaben.beginn).replace(day=1)
    last = position.bis or vorhaben.ende
    while month <= last:
        yield month
        month = plus_months(month, 1)


def _formel(parts: Mapping[_Monat, int], abschlag: Norm[Decimal] | None) -> str:
    lines: Sequence[str] = [
        f"{anzahl(count, 'Monat', 'Monate')} {part.jahr} × {euro(part.satz)} × {prozent(part.anteil)}"
        for part, count in parts.items()
    ]
    minus = f" (Sätze um {prozent(abschlag.wert)} gemindert)" if abschlag else ""
    return " + ".join(lines) + minus if lines else "kein Monat im Zeitraum"
