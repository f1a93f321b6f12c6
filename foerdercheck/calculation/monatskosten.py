"""Personnel by monthly unit cost: months of the project × rate of the level in the year × share of a full post."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from foerdercheck.calculation.personen import Verwechselbare
from foerdercheck.calculation.projektlage import Projektlage
from foerdercheck.calculation.zeilen import FremdeMonate, Kuerzung, UeberVollzeit, Zeile
from foerdercheck.model.budget import Budget, Monatsposition, Vorhaben
from foerdercheck.model.deutsch import anzahl, euro, prozent
from foerdercheck.model.figure import Figure, Rundung, rounded
from foerdercheck.model.kalender import month_number, months_touched, whole_months
from foerdercheck.model.location import Path, Problem
from foerdercheck.programmes.fassung import Fassung
from foerdercheck.programmes.norm import Norm
from foerdercheck.programmes.parameter import (
    EINHEITSKOSTEN,
    EINHEITSKOSTEN_ABSCHLAG,
    MONATSZAEHLUNG,
    RUNDUNG_POSITIONEN,
)

_FULL = Decimal(1)
_TWO_DECIMALS_OF_PERCENT = Decimal("0.0001")
_Shares = Mapping[int, Decimal]
"""Shares of a full post by month, each month as the number of months since year 0."""
_Left = dict[str, list[Decimal]]
"""What is left of a full post in every month that has a rate, by person."""


class _Teil(NamedTuple):
    """Months of a line that cost the same: the year, its rate, the share of a post, and how many there are."""

    jahr: int
    satz: Decimal
    anteil: Decimal
    monate: int


class Monatskosten:
    """Computes lines of unit cost; no person counts with more than one full post a month, over all Beteiligte.

    Only months that have a rate are looked at one by one, so a line that claims centuries takes no longer than others.
    No such line gets here in a programme without rates.
    """

    def __init__(self, vorhaben: Vorhaben, lage: Projektlage, fassung: Fassung, personen: Verwechselbare) -> None:
        self._personen = personen
        self._project = _project(vorhaben, lage, fassung)
        self._rundung: Rundung = fassung[RUNDUNG_POSITIONEN].wert
        norm = fassung.find(EINHEITSKOSTEN)
        self._saetze = norm.wert if norm else {}
        self._ziffer = norm.ziffer if norm else None
        self._abschlag = fassung.find(EINHEITSKOSTEN_ABSCHLAG, lage.merkmale)
        years = sorted({year for rates in self._saetze.values() for year in rates}) or [0]
        self._rated = range(years[0] * 12, years[-1] * 12 + 12)
        self._left: _Left = {}
        self._left_together: _Left = {}

    def zeile(self, pfad: Path, position: Monatsposition) -> Zeile:
        """Return a line: months outside the project and beyond a full post are cut, years without a rate are named."""
        share = position.umfang.quantize(_TWO_DECIMALS_OF_PERCENT, ROUND_HALF_UP)
        claimed = _claimed(position, self._project)
        if not claimed and position.von is not None:  # it begins in a month begun, of which none counts
            claimed = range(month_number(position.von), month_number(position.von) + 1)
        inside = _overlap(claimed, self._project)
        within = dict.fromkeys(_overlap(inside, self._rated), share)
        granted = self._grant(self._left, position.wer, within)
        angesetzt = self._pay(position, pfad, dict.fromkeys(_overlap(claimed, self._rated), share))
        during = angesetzt if len(inside) == len(claimed) else self._pay(position, pfad, within)
        eligible = during if granted == within else self._pay(position, pfad, granted)
        outside, over = len(claimed) - len(inside), [month for month in within if within[month] > granted[month]]
        cuts: list[Kuerzung] = []
        if outside:
            cuts.append(FremdeMonate(angesetzt.betrag - during.betrag, outside))
        if over:
            cuts.append(UeberVollzeit(during.betrag - eligible.betrag, len(over), _first_day(over[0])))
        without = self._without_rate(inside, position.stufe)

        def as_one(group: str) -> Decimal:
            together = self._grant(self._left_together, group, within)
            return eligible.betrag if together == granted else self._pay(position, pfad, together).betrag

        maybe = self._personen.verwechslung(position.wer, eligible.betrag, as_one)
        return Zeile(position, pfad, angesetzt, eligible, tuple(cuts), ohne_satz=without, verwechslung=maybe)

    def _without_rate(self, months: range, stufe: str) -> tuple[int, ...]:
        years = range(months[0] // 12, months[-1] // 12 + 1) if months else ()
        return tuple(year for year in years if year not in self._saetze[stufe])

    def _grant(self, accounts: _Left, who: str, asked: _Shares) -> dict[int, Decimal]:
        left = accounts.setdefault(who, [_FULL] * len(self._rated))
        granted: dict[int, Decimal] = {}
        for month, share in asked.items():
            index = month - self._rated.start
            granted[month] = min(share, left[index])
            left[index] -= granted[month]
        return granted

    def _rate(self, position: Monatsposition, year: int) -> Decimal:
        """Return the amount for a month of a full post; 0 where the programme has none for the year."""
        rate = self._saetze[position.stufe].get(year, Decimal())
        if position.gehalt_unter_mindestwert and self._abschlag is not None:
            rate *= 1 - self._abschlag.wert
        return rate

    def _pay(self, position: Monatsposition, pfad: Path, shares: _Shares) -> Figure:
        counts = Counter((month // 12, share) for month, share in shares.items())
        teile = tuple(_Teil(year, self._rate(position, year), share, count) for (year, share), count in counts.items())
        betrag = sum((teil.satz * teil.anteil * teil.monate for teil in teile), Decimal())
        abschlag = self._abschlag if position.gehalt_unter_mindestwert else None
        return Figure(
            rounded(betrag, self._rundung),
            position.bezeichnung,
            self._ziffer,
            pfad,
            render=lambda _: _formel(teile, abschlag),
        )


def angefangene_zaehlen(lage: Projektlage, fassung: Fassung) -> bool:
    """Tell whether a month counts with its first day; where the programme does not say so, only whole ones do."""
    norm = fassung.find(MONATSZAEHLUNG, lage.merkmale)
    return norm is not None and norm.wert == "angefangene"


def _project(vorhaben: Vorhaben, lage: Projektlage, fassung: Fassung) -> range:
    count = months_touched if angefangene_zaehlen(lage, fassung) else whole_months
    return count(vorhaben.beginn, vorhaben.ende)


def _first_day(month: int) -> date:
    return date(month // 12, month % 12 + 1, 1)


def _claimed(position: Monatsposition, project: range) -> range:
    """Return the months a line claims, by default those of the project."""
    first = project.start if position.von is None else month_number(position.von)
    last = project.stop - 1 if position.bis is None else month_number(position.bis)
    return range(first, last + 1)


def no_months(budget: Budget, named: Callable[[Path], str]) -> Iterator[Problem]:
    """Yield a problem for every line whose one stated month leaves no month of the project; `named` tells names of fields."""
    project = months_touched(budget.vorhaben.beginn, budget.vorhaben.ende)
    for pfad, beteiligter in budget.beteiligte():
        for index, position in enumerate(beteiligter.kosten):
            if isinstance(position, Monatsposition) and not _claimed(position, project):
                where, other = ("bis", "von") if position.von is None else ("von", "bis")
                stated, missing = (named((*pfad, "kosten", index, feld)) for feld in (where, other))
                text = (
                    f"ohne {missing} zählt das Vorhaben ({budget.vorhaben.beginn:%Y-%m} bis {budget.vorhaben.ende:%Y-%m}), und "
                    f"davon bleibt so kein Monat: prüfen Sie {stated} oder geben Sie auch {missing} an"
                )
                yield Problem(text, (*pfad, "kosten", index, where))


def _overlap(months: range, others: range) -> range:
    return range(max(months.start, others.start), min(months.stop, others.stop))


def _formel(teile: Sequence[_Teil], abschlag: Norm[Decimal] | None) -> str:
    lines = [
        f"{anzahl(teil.monate, 'Monat', 'Monate')} {teil.jahr} × {euro(teil.satz)} × {prozent(teil.anteil)}"
        for teil in teile
    ]
    minus = f" (Sätze um {prozent(abschlag.wert)} gemindert)" if abschlag else ""
    return " + ".join(lines) + minus if lines else "kein Monat im Zeitraum"
