"""The duties after the grant, with their last days."""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from foerdercheck.model.budget import Budget
from foerdercheck.model.kalender import EIN_TAG, plus_months
from foerdercheck.programmes.fassung import Fassung, Frist


class Termin(NamedTuple):
    """A duty after the grant; `datum` is None where it has no fixed day."""

    datum: date | None
    pflicht: str
    ziffer: str


def termine(fassung: Fassung, budget: Budget) -> Iterator[Termin]:
    """Yield the duties of a project; some concern undertakings only."""
    undertaking = any(beteiligter.ist_unternehmen for _, beteiligter in budget.beteiligte())
    for frist in fassung.fristen:
        if undertaking or not frist.nur_unternehmen:
            yield Termin(_due(frist, budget), frist.pflicht, frist.ziffer)


def _due(frist: Frist, budget: Budget) -> date | None:
    """Return the last day of a period; one that begins on the day after the end includes that whole day."""
    start = {"ende": budget.vorhaben.ende, "bewilligung": budget.vorhaben.bewilligung}.get(frist.nach or "")
    if start is None:
        return None
    if frist.zaehlung == "ab_folgetag":
        return plus_months(start + EIN_TAG, frist.monate) - EIN_TAG
    return plus_months(start, frist.monate)
