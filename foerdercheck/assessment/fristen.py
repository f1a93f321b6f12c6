"""Deadlines: what is due after the grant and after the end, with its last day where there is one."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from foerdercheck.calculation.rechnung import Rechnung, ungefoerdert
from foerdercheck.model.budget import Vorhaben
from foerdercheck.model.kalender import EIN_TAG, last_day, plus_months
from foerdercheck.programmes.fassung import Fassung, Frist


class Termin(NamedTuple):
    """A duty after the grant; `datum` is None where it has no fixed day."""

    datum: date | None
    pflicht: str
    ziffer: str


def termine(fassung: Fassung, vorhaben: Vorhaben, rechnungen: Sequence[Rechnung]) -> Iterator[Termin]:
    """Yield the duties that concern one of those who get money, in the order of the programme; a reading of ours is marked."""
    bodies = [rechnung.beteiligter for rechnung in rechnungen if not ungefoerdert(rechnung, rechnungen)]
    undertaking = any(body.ist_unternehmen for body in bodies)
    kinds = {body.art for body in bodies}
    for frist in fassung.fristen:
        if (undertaking or not frist.nur_unternehmen) and (not frist.nur_fuer or kinds & set(frist.nur_fuer)):
            reading = f" [Auslegung: {frist.lesart}]" if frist.lesart else ""
            yield Termin(_due(frist, vorhaben), frist.pflicht + reading, frist.ziffer)


def _due(frist: Frist, vorhaben: Vorhaben) -> date | None:
    """Return the last day of a period; one that begins on the day after the end includes that whole day."""
    days = {"ende": vorhaben.ende, "bewilligung": vorhaben.bewilligung, None: None}
    if (start := days[frist.nach or frist.vor]) is None:
        return None
    if frist.vor:
        return plus_months(start, -frist.monate)
    return (
        last_day(start + EIN_TAG, frist.monate) if frist.zaehlung == "ab_folgetag" else plus_months(start, frist.monate)
    )
