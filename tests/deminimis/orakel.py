"""The account once more, slowly: day by day, in whole cents, straight from the rules and sharing no code.

Everything is asked anew for each day; ceilings and dates are written down here a second time.
"""

from collections.abc import Iterable, Iterator, Sequence
from copy import copy
from datetime import date, timedelta
from fractions import Fraction
from functools import cache
from math import floor
from typing import NamedTuple

from foerdercheck.model.beihilfe import Historie

DAY = timedelta(1)
HORIZON = timedelta(1100)
POTS = {"1407/2013": "2023/2831", "360/2012": "2023/2832"}
COMMON = ("2023/2831", "1408/2013", "717/2014")
CONTROL = ("stimmrechtsmehrheit", "organmehrheit", "beherrschungsvertrag", "stimmbindung")


@cache
def same_day_three_years_ago(day: date) -> date:
    if (day.month, day.day) == (2, 29):
        return date(day.year - 3, 2, 28)
    return date(day.year - 3, day.month, day.day)


@cache
def begun(day: date, begin: str) -> date:
    """The day on which the fiscal year of a day began."""
    while f"{day:%d.%m.}" != begin:
        day -= DAY
    return day


@cache
def two_years_before(day: date, begin: str) -> date:
    """The day on which a fiscal year began two before that which begins on this day."""
    return begun(begun(day - DAY, begin) - DAY, begin)


def counts(award: date, day: date, grenztag: str, years: Iterable[str] = ()) -> bool:
    """Does an award of one day count for a grant on another, by the fiscal years of one undertaking or the other?"""
    if award > day:
        return False
    if years:
        return any(award >= two_years_before(begun(day, begin), begin) for begin in years)
    past = same_day_three_years_ago(day)
    return award >= past if grenztag == "streng" else award > past


LAST = {
    "1407/2013": date(2024, 6, 30),
    "360/2012": date(2024, 6, 30),
    "717/2014": date(2030, 6, 30),
    "1408/2013": date(2033, 6, 30),
    "2023/2831": date(2031, 6, 30),
    "2023/2832": date(2031, 6, 30),
}
NEW_FARMS = date(2024, 12, 16)
BESIDE = date(2023, 10, 25)


def ceiling(verordnung: str, day: date) -> int | None:
    """The ceiling in EUR."""
    if day > LAST[verordnung]:
        return None
    if verordnung == "1408/2013":
        old = 20_000 if day >= date(2019, 3, 14) else None
        return old if day < NEW_FARMS else 50_000
    if verordnung in {"2023/2831", "2023/2832"} and day < date(2024, 1, 1):
        return None
    amounts = {"717/2014": 30_000, "1407/2013": 200_000, "360/2012": 500_000}
    return amounts.get(verordnung) or {"2023/2831": 300_000, "2023/2832": 750_000}[verordnung]


def limits(verordnung: str, day: date, *, kind: bool) -> Iterator[tuple[int, tuple[str, ...], bool, str | None]]:
    """Every limit of awards under a regulation: cents, pots, whether by fiscal years, and beside which pot alone.

    `kind` is the favourable reading where the law was not read.
    """
    own = ceiling(verordnung, day)
    if own is None:
        return
    fiscal = (verordnung == "1408/2013" and day < NEW_FARMS) or (verordnung == "717/2014" and kind)
    yield own * 100, (POTS.get(verordnung, verordnung),), fiscal, None
    if verordnung in COMMON:
        yield 30_000_000, COMMON, False, None
    if verordnung == "717/2014" and day >= BESIDE:
        yield 3_000_000, ("717/2014", "1408/2013"), fiscal, "1408/2013"
    if verordnung == "1408/2013" and day >= BESIDE and (day < NEW_FARMS or not kind):
        yield 3_000_000, ("717/2014", "1408/2013"), fiscal, "717/2014"


class Award(NamedTuple):
    number: int
    day: date
    cents: int
    verordnung: str
    name: str
    holder: str  # who it belongs to, after mergers


class Account(list[Award]):
    """The awards of a single undertaking, and on which days its fiscal years begin."""

    def __init__(self, awards: Iterable[Award], years: Iterable[str]) -> None:
        super().__init__(awards)
        self.years = frozenset(years) or frozenset({"01.01."})


class Orakel:
    """A history in one Member State; every award carries its value."""

    def __init__(self, historie: Historie, grenztag: str, *, persons: bool = False, state: str = "DE") -> None:
        self.grenztag = grenztag
        self.relations = [b for b in historie.verbund if b.beziehung in CONTROL]
        self.persons = [b for b in historie.verbund if persons and b.beziehung == "natuerliche_person"]
        self.events = sorted(historie.ereignisse, key=lambda event: event.datum)
        self.years = [(b.unternehmen, b.steuerjahr_ab) for b in historie.beihilfen if b.steuerjahr_ab]
        self.awards = [
            Award(number, b.gewaehrt_am, int(b.subventionswert * 100), b.verordnung, b.unternehmen, b.unternehmen)
            for number, b in enumerate(historie.beihilfen)
            if b.status == "bewilligt" and b.mitgliedstaat == state
        ]

    def granted(self, name: str, day: date, verordnung: str, cents: int) -> "Orakel":
        """The same with one award more."""
        more = copy(self)
        more.awards = [*self.awards, Award(10**6 + len(self.awards), day, cents, verordnung, name, name)]
        return more

    def sold(self, name: str, owner: str, since: date, day: date) -> bool:
        """Did somebody else buy `name` after `since`, up to a day?"""
        return any(
            e.ereignis == "uebernahme" and e.von == name and e.nach != owner and since < e.datum <= day
            for e in self.events
        )

    def links(self, day: date) -> Iterator[tuple[str, str]]:
        for b in (*self.relations, *self.persons):
            begin = b.ab or date.min
            lasts = begin <= day <= (b.bis or date.max)
            if lasts and (b in self.persons or not self.sold(b.verbunden_mit, b.unternehmen, begin, day)):
                yield b.unternehmen, b.verbunden_mit
        for e in self.events:
            if e.datum > day:
                continue
            if e.ereignis == "fusion" or (e.ereignis == "uebernahme" and not self.sold(e.von, e.nach, e.datum, day)):
                yield e.von, e.nach

    def undertaking(self, name: str, day: date) -> set[str]:
        """Everybody who belongs to one single undertaking with `name` on this day."""
        links = list(self.links(day))
        members = {name}
        while True:
            more = {b for a, b in links if a in members} | {a for a, b in links if b in members}
            if more <= members:
                return members
            members |= more

    def on(self, day: date) -> list[Award]:
        """All awards as they belong after what has happened up to this day."""
        awards = list(self.awards)
        done = set()
        for event in self.events:
            if event.datum > day:
                break
            if event.ereignis == "fusion":
                awards = [a._replace(holder=event.nach) if a.holder == event.von else a for a in awards]
            if event.ereignis == "spaltung" and (event.datum, event.von) not in done:
                done.add((event.datum, event.von))
                awards = list(self.divided(awards, event.datum, event.von))
        return awards

    def divided(self, awards: list[Award], day: date, von: str) -> Iterator[Award]:
        bodies = [e for e in self.events if e.ereignis == "spaltung" and (e.datum, e.von) == (day, von)]
        for award in awards:
            if award.holder != von or award.day >= day:
                yield award
                continue
            left = award.cents
            for body in bodies:
                part = floor(award.cents * Fraction(body.anteil) + Fraction(1, 2))
                part = left if body is bodies[-1] or part > left else part
                left -= part
                yield award._replace(cents=part, name=body.nach, holder=body.nach)

    def account(self, name: str, day: date) -> Account:
        members = self.undertaking(name, day)
        years = [begin for owner, begin in self.years if owner in members]
        return Account((award for award in self.on(day) if award.holder in members), years)

    def cents(self, awards: Account, pots: Sequence[str], day: date, *, fiscal: bool, before: int | None) -> int:
        """Cents of some pots in the window of a day; on the day itself only awards before that number."""
        return sum(
            award.cents
            for award in awards
            if counts(award.day, day, self.grenztag, awards.years if fiscal else ())
            and POTS.get(award.verordnung, award.verordnung) in pots
            and not (before is not None and award.day == day and award.number >= before)
        )

    def used(self, awards: Account, verordnung: str, day: date) -> int:
        fiscal = verordnung == "1408/2013" and date(2019, 3, 14) <= day < NEW_FARMS
        return self.cents(awards, [POTS.get(verordnung, verordnung)], day, fiscal=fiscal, before=None)

    def room(
        self, awards: Account, verordnung: str, day: date, before: int | None = None, *, kind: bool = False
    ) -> int | None:
        """The largest new award in cents, one that also lets later awards keep their limits."""
        pot = POTS.get(verordnung, verordnung)
        rooms = []
        for limit, pots, fiscal, beside in limits(verordnung, day, kind=kind):
            if beside is None or self.cents(awards, [beside], day, fiscal=fiscal, before=before):
                rooms.append(limit - self.cents(awards, pots, day, fiscal=fiscal, before=before))
        if not rooms:
            return None
        for later in awards if before is None else ():
            if later.day <= day:
                continue
            both = (*limits(later.verordnung, later.day, kind=kind), *limits(verordnung, later.day, kind=kind))
            for limit, pots, fiscal, beside in both:
                near = pot in pots and counts(day, later.day, self.grenztag, awards.years if fiscal else ())
                there = beside in {None, pot} or self.cents(awards, [beside], later.day, fiscal=fiscal, before=None)
                if near and there:
                    rooms.append(limit - self.cents(awards, pots, later.day, fiscal=fiscal, before=None))
        return max(min(rooms), 0)

    def judged(self, awards: Account, verordnung: str, day: date, cents: int, before: int | None = None) -> str:
        """Does an award fit: under both readings, under one, or not at all?"""
        least = self.room(awards, verordnung, day, before)
        if least is None:
            return "offen"
        if cents <= least:
            return "eingehalten"
        return "offen" if cents <= self.room(awards, verordnung, day, before, kind=True) else "ueberschritten"

    def audit(self, number: int) -> str:
        """The verdict on a past award, on its own day."""
        (award,) = [award for award in self.awards if award.number == number]
        if award.day < date(2024, 1, 1) or award.verordnung in POTS or ceiling(award.verordnung, award.day) is None:
            return "nicht_geprueft"
        then = self.account(award.name, award.day)
        return self.judged(then, award.verordnung, award.day, award.cents, number)

    def course(self, awards: Account, verordnung: str, day: date) -> list[tuple[date, int]]:
        """How the room changes, day by day, until every award of before has left the window."""
        last = day + HORIZON
        changes: list[tuple[date, int]] = []
        while day <= last:
            room = self.room(awards, verordnung, day)
            if room is not None and (not changes or changes[-1][1] != room):
                changes.append((day, room))
            day += DAY
        return changes

    def sequence(self, name: str, planned: Sequence[tuple[date, str, int]]) -> list[tuple[str, int | None]]:
        """The verdict on each of several planned awards, one after the other, and what was free."""
        found, now = [], self
        for day, verordnung, cents in sorted(planned, key=lambda award: award[0]):
            awards = now.account(name, day)
            found.append((now.judged(awards, verordnung, day, cents), now.room(awards, verordnung, day)))
            now = now.granted(name, day, verordnung, cents)
        return found

    def verdict(self, name: str, verordnung: str, day: date, cents: int | None) -> str:
        """The verdict on a planned award, or on all past ones."""
        awards = self.account(name, day)
        if cents is not None:
            return self.judged(awards, verordnung, day, cents)
        return worst(self.audit(award.number) for award in awards if award.day <= day)


def worst(verdicts: Iterable[str]) -> str:
    seen = set(verdicts)
    return next((word for word in ("ueberschritten", "offen") if word in seen), "eingehalten")
