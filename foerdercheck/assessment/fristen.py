"""Deadlines: what is due after the grant and after the end, with its last day where there is one."""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from foerdercheck.model.budget import Budget
from foerdercheck.model.kalender import EIN_TAG, last_day, plus_months
from foerdercheck.programmes.fassung import Fassung, Frist


class Termin(NamedTuple):
    """A duty after the grant; `datum` is None where it has no fixed day."""

    datum: date | None
    pflicht: str
    ziffer: str


def termine(fassung: Fassung, budget: Budget) -> Iterator[Termin]:
    """Yield the duties that concern one of the Beteiligte, in the order of the programme."""
    bodies = [beteiligter for _, beteiligter in budget.beteiligte()]
    undertaking = any(body.ist_unternehmen for body in bodies)
    kinds = {body.art for body in bodies}
    for frist in fassung.fristen:
        if (undertaking or not frist.nur_unternehmen) and (not frist.nur_fuer or kinds & set(frist.nur_fuer)):
            yield Termin(_due(frist, budget), frist.pflicht, frist.ziffer)


def _due(frist: Frist, budget: Budget) -> date | None:
    """Return the last day of a period; one that begins on the day after the end includes that whole day."""
    start = {"ende": budget.vorhaben.ende, "bewilligung": budget.vorhaben.bewilligung}.get(frist.nach or "")
    if start is None:
        return None
    return (
        last_day(start + EIN_TAG, frist.monate) if frist.zaehlung == "ab_folgetag" else plus_months(start, frist.monate)
    )
