"""The account once more, slowly: day by day, in whole cents, straight from the rules and sharing no code.

Everything is asked anew for each day; ceilings and dates are written down here a second time.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from fractions import Fraction
from functools import cache
from math import floor
from typing import NamedTuple

from foerdercheck.model.beihilfe import Historie

DAY = timedelta(1)
POTS = {"1407/2013": "2023/2831", "360/2012": "2023/2832"}
COMMON = ("2023/2831", "1408/2013", "717/2014")
CONTROL = ("stimmrechtsmehrheit", "organmehrheit", "beherrschungsvertrag", "stimmbindung")


@cache
def same_day_three_years_ago(day: date) -> date:
    if (day.month, day.day) == (2, 29):
        return date(day.year - 3, 2, 28)
    return date(day.year - 3, day.month, day.day)


def counts(award: date, day: date, grenztag: str) -> bool:
    """Does an award of one day count for a grant on another?"""
    if award > day:
        return False
    past = same_day_three_years_ago(day)
    return award >= past if grenztag == "streng" else award > past


def ceiling(verordnung: str, day: date) -> int | None:
    """The ceiling in EUR."""
    if verordnung in POTS:
        return {"1407/2013": 200_000, "360/2012": 500_000}[verordnung] if day <= date(2024, 6, 30) else None
    if verordnung == "717/2014":
        return 30_000
    if verordnung == "1408/2013":
        old = 20_000 if day >= date(2019, 3, 14) else None
        return old if day <= date(2024, 12, 15) else 50_000
    new = {"2023/2831": 300_000, "2023/2832": 750_000}[verordnung]
    return new if day >= date(2024, 1, 1) else None


class Award(NamedTuple):
    number: int
    day: date
    cents: int
    verordnung: str
    name: str
    holder: str  # who it belongs to, after mergers


class Orakel:
    """A history in one Member State up to a day; every award carries its value."""

    def __init__(
        self, historie: Historie, last: date, grenztag: str, *, persons: bool = False, state: str = "DE"
    ) -> None:
        self.grenztag = grenztag
        control = (*CONTROL, "natuerliche_person") if persons else CONTROL
        self.links = [(b.unternehmen, b.verbunden_mit) for b in historie.verbund if b.beziehung in control]
        self.events = sorted(historie.ereignisse, key=lambda event: event.datum)
        self.awards = [
            Award(number, b.gewaehrt_am, int(b.subventionswert * 100), b.verordnung, b.unternehmen, b.unternehmen)
            for number, b in enumerate(historie.beihilfen)
            if b.status == "bewilligt" and b.mitgliedstaat == state and b.gewaehrt_am <= last
        ]

    def undertaking(self, name: str, day: date) -> set[str]:
        """Everybody who belongs to one single undertaking with `name` on this day."""
        links = list(self.links)
        past = [event for event in self.events if event.datum <= day]
        links += [(event.von, event.nach) for event in past if event.ereignis in {"fusion", "uebernahme"}]
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

    def account(self, name: str, day: date) -> list[Award]:
        members = self.undertaking(name, day)
        return [award for award in self.on(day) if award.holder in members]

    def sums(self, awards: list[Award], verordnung: str, day: date, before: int | None = None) -> tuple[int, int]:
        """Cents in the window: in the pot of a regulation, and in those with a common ceiling."""
        own = common = 0
        for award in awards:
            if not counts(award.day, day, self.grenztag):
                continue
            if before is not None and award.day == day and award.number >= before:
                continue
            pot = POTS.get(award.verordnung, award.verordnung)
            own += award.cents if pot == POTS.get(verordnung, verordnung) else 0
            common += award.cents if pot in COMMON else 0
        return own, common

    def used(self, awards: list[Award], verordnung: str, day: date) -> int:
        return self.sums(awards, verordnung, day)[0]

    def room(self, awards: list[Award], verordnung: str, day: date, before: int | None = None) -> int | None:
        """The largest new award in cents."""
        limit = ceiling(verordnung, day)
        if limit is None:
            return None
        own, common = self.sums(awards, verordnung, day, before)
        room = limit * 100 - own
        if verordnung in COMMON and 30_000_000 - common < room:
            room = 30_000_000 - common
        return max(room, 0)

    def audit(self, number: int) -> str:
        """The verdict on a past award, on its own day."""
        (award,) = [award for award in self.awards if award.number == number]
        if award.day < date(2024, 1, 1) or award.verordnung in POTS:
            return "nicht_geprueft"
        then = self.account(award.name, award.day)
        return (
            "eingehalten" if award.cents <= self.room(then, award.verordnung, award.day, number) else "ueberschritten"
        )

    def course(self, awards: list[Award], verordnung: str, day: date) -> list[tuple[date, int]]:
        """How the room changes, day by day, until every award has left the window and the last ceiling applies."""
        awards = [award for award in awards if counts(award.day, day, self.grenztag)]
        last = max(day + 1100 * DAY, date(2024, 12, 17))
        changes: list[tuple[date, int]] = []
        while day <= last:
            room = self.room(awards, verordnung, day)
            if room is not None and (not changes or changes[-1][1] != room):
                changes.append((day, room))
            day += DAY
        return changes

    def verdict(self, name: str, verordnung: str, day: date, cents: int | None) -> str:
        """The verdict on a planned award, or on all past ones."""
        awards = self.account(name, day)
        if cents is not None:
            room = self.room(awards, verordnung, day)
            if room is None:
                return "offen"
            return "eingehalten" if cents <= room else "ueberschritten"
        failed = any(self.audit(award.number) == "ueberschritten" for award in awards)
        return "ueberschritten" if failed else "eingehalten"
