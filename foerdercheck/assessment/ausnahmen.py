"""Accepted exceptions: findings the authority has agreed to no longer decide, but stay visible."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from foerdercheck.model.befund import WORTE, Annahme, Befund, Status
from foerdercheck.model.budget import Ausnahme
from foerdercheck.model.deutsch import datum
from foerdercheck.model.location import SourceMap
from foerdercheck.model.scalars import fold

REGEL = "ausnahmen"
"""What findings about exceptions are called; no rule of a programme says them."""
_ACCEPTABLE = frozenset({"verletzt", "offen"})
_Subject = tuple[str, str | None]
"""What an exception is of: a rule, by its id without the programme, and whom it concerns (None: everybody)."""


def accepted(
    befunde: Sequence[Befund], ausnahmen: Sequence[Ausnahme], source: SourceMap, heute: date
) -> Iterator[Befund]:
    """Yield the findings, accepted ones as hinweis, and one for each exception that has expired or is not needed.

    An exception holds on its last day; whether that has passed is a question of `heute`, never of the Stichtag. Of
    several that hold the one that ends last counts, so that a renewed one replaces the old. Cuts cannot be accepted:
    they decide an amount, not a verdict.
    """
    if not ausnahmen:
        yield from befunde
        return
    subjects = list(map(_subject, ausnahmen))
    valid = _valid(subjects, ausnahmen, heute)
    used: set[int] = set()
    until: dict[_Subject, date] = {}
    deciding: set[_Subject] = set()
    for befund in befunde:
        concerned = _subjects_of(befund) if befund.status in _ACCEPTABLE else ()
        number = _last([valid[subject] for subject in concerned if subject in valid], ausnahmen)
        if number is None:
            deciding.update(concerned)
            yield befund
        else:
            used.add(number)
            end = ausnahmen[number].bis
            until |= {subject: min(until.get(subject, end), end) for subject in concerned}
            yield _as_accepted(befund, ausnahmen[number])
    for number, subject in enumerate(subjects):
        if number not in used:
            status, text = _remark(ausnahmen[number], heute, until.get(subject), decides=subject in deciding)
            yield Befund(REGEL, "", status, text, ort=source.locate(("ausnahmen", number)))


def postponed(count: int, names: str, source: SourceMap) -> Iterator[Befund]:
    """Yield a finding if there are exceptions (`count`) of a budget that lacks statements (`names`), so that no rule decides."""
    if count:
        many = "Die Ausnahme wird" if count == 1 else f"Die {count} Ausnahmen werden"
        text = f"{many} erst beurteilt, wenn diese Angaben vorliegen: {names}."
        yield Befund(REGEL, "", "hinweis", text, ort=source.locate(("ausnahmen",)))


def _subject(ausnahme: Ausnahme) -> _Subject:
    whom = None if ausnahme.beteiligter is None else fold(ausnahme.beteiligter)
    return ausnahme.regel.rpartition("/")[2], whom


def _subjects_of(befund: Befund) -> tuple[_Subject, ...]:
    """Return what an exception may be of to concern a finding."""
    name = befund.regel.partition("/")[2]
    return ((name, None),) if befund.beteiligter is None else ((name, None), (name, fold(befund.beteiligter)))


def _valid(subjects: Sequence[_Subject], ausnahmen: Sequence[Ausnahme], heute: date) -> Mapping[_Subject, int]:
    """Return the number of the exception that counts for each subject that has one."""
    held: dict[_Subject, int] = {}
    for number, subject in enumerate(subjects):
        if heute <= ausnahmen[number].bis:
            held[subject] = max(held.get(subject, number), number, key=lambda either: ausnahmen[either].bis)
    return held


def _last(numbers: Sequence[int], ausnahmen: Sequence[Ausnahme]) -> int | None:
    """Return the number of the exception that ends last, the first of several; None if there is none."""
    return max(numbers, key=lambda number: ausnahmen[number].bis, default=None)


def _as_accepted(befund: Befund, ausnahme: Ausnahme) -> Befund:
    annahme = Annahme(befund.status, ausnahme.grund, ausnahme.wer, ausnahme.bis, befund.text)
    until, otherwise = datum(ausnahme.bis), WORTE[befund.status]
    text = f"Angenommen bis {until} von {ausnahme.wer} ({ausnahme.grund}), sonst {otherwise}: {befund.text}"
    return befund._replace(status="hinweis", text=text, angenommen=annahme)


def _remark(ausnahme: Ausnahme, heute: date, until: date | None, *, decides: bool) -> tuple[Status, str]:
    """Return what is to be said of an exception that covers nothing.

    `until` is the day up to which others cover findings it is of, if there are such; `decides` says that some are covered
    by nobody.
    """
    whom = f" für {ausnahme.beteiligter}" if ausnahme.beteiligter else ""
    start = f"Die Ausnahme von {_subject(ausnahme)[0]}{whom}"
    if decides:
        return "offen", f"{start} ist am {datum(ausnahme.bis)} abgelaufen; die Regel entscheidet wieder."
    if until is None:
        reason = f"wird nicht gebraucht: die Regel ist{whom} weder verletzt noch offen"
    elif heute > ausnahme.bis:
        reason = f"ist am {datum(ausnahme.bis)} abgelaufen und durch eine andere bis {datum(until)} ersetzt"
    else:
        reason = f"wird nicht gebraucht: bis {datum(until)} gilt dafür schon eine andere"
    return "hinweis", f"{start} {reason}. Streichen Sie sie."
