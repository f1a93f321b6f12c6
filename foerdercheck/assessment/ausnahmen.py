"""Accepted exceptions: findings the authority has agreed to no longer decide, but stay visible."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from foerdercheck.assessment.ausnahmeliste import Ausnahmeeintrag, Ausnahmeliste, concerning
from foerdercheck.assessment.submission import Submission
from foerdercheck.model.befund import WORTE, Annahme, Befund, Status
from foerdercheck.model.budget import Ausnahme, Budget
from foerdercheck.model.deutsch import datum
from foerdercheck.model.filenames import shown_name
from foerdercheck.model.kalender import plus_years
from foerdercheck.model.scalars import fold

REGEL = "ausnahmen"
"""What findings about exceptions are called; no rule of a programme says them."""
_LANGE_JAHRE = 2
"""An exception that ends later than so many years from the day of the check is told: it may be a slip, or meant for ever."""
_ACCEPTABLE = frozenset({"verletzt", "offen"})
_Subject = tuple[str, str | None]
"""What an exception is of: a rule, by its id without the programme, and whom it concerns (None: everybody)."""


def decided(
    befunde: Sequence[Befund], submission: Submission, budget: Budget, liste: Ausnahmeliste | None, heute: date
) -> Iterator[Befund]:
    """Yield the findings of the rules, some accepted, and findings about exceptions.

    Those a budget states of itself decide; where there is a `liste`, only those of it. Raises InputError for one of them that
    cannot be meant.
    """
    source = submission.source
    stated = [
        Ausnahmeeintrag(ausnahme, source.locate(("ausnahmen", index)))
        for index, ausnahme in enumerate(budget.ausnahmen)
    ]
    if liste is None:
        yield from _accepted(befunde, stated, heute)
    else:
        yield from _accepted(befunde, concerning(liste, source.datei, budget, submission.fassung), heute)
        yield from _set_aside(stated, liste)


def _accepted(befunde: Sequence[Befund], eintraege: Sequence[Ausnahmeeintrag], heute: date) -> Iterator[Befund]:
    """Yield the findings, accepted ones as hinweis, and one for each exception that has expired, is not needed or ends late.

    An exception holds on its last day; whether that has passed is a question of `heute`, never of the Stichtag. Of
    several that hold the one that ends last counts, so that a renewed one replaces the old. Cuts cannot be accepted:
    they decide an amount, not a verdict.
    """
    if not eintraege:
        yield from befunde
        return
    ausnahmen = [entry.ausnahme for entry in eintraege]
    subjects = [_subject(ausnahme.regel, ausnahme.beteiligter) for ausnahme in ausnahmen]
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
        ausnahme, ort = ausnahmen[number], eintraege[number].ort
        if number not in used:
            status, text = _remark(ausnahme, heute, until.get(subject), decides=subject in deciding)
            yield Befund(REGEL, "", status, text, ort=ort)
        elif ausnahme.bis > plus_years(heute, _LANGE_JAHRE):
            text = (
                f"gilt bis {datum(ausnahme.bis)}, mehr als {_LANGE_JAHRE} Jahre voraus: prüfen Sie, ob das gemeint ist."
            )
            yield Befund(REGEL, "", "hinweis", f"{_start(ausnahme)} {text}", ort=ort)


def postponed(submission: Submission, names: str, liste: Ausnahmeliste | None) -> Iterator[Befund]:
    """Yield what is to be said of exceptions where a budget lacks statements (`names`), so that no rule decides."""
    count, ort = submission.ausnahmen, submission.source.locate(("ausnahmen",))
    if liste is not None:
        if count:
            many = (
                "Die Ausnahme im Budget entscheidet" if count == 1 else f"Die {count} Ausnahmen im Budget entscheiden"
            )
            yield Befund(REGEL, "", "hinweis", f"{many} nicht: {_instead(liste)}.", ort=ort)
        named = liste.named(submission.source.datei)
        count, ort = len(named), named[0].ort if named else ort
    if count:
        many = "Die Ausnahme wird" if count == 1 else f"Die {count} Ausnahmen werden"
        text = f"{many} erst beurteilt, wenn diese Angaben vorliegen: {names}."
        yield Befund(REGEL, "", "hinweis", text, ort=ort)


def _set_aside(stated: Sequence[Ausnahmeeintrag], liste: Ausnahmeliste) -> Iterator[Befund]:
    """Yield a finding for each exception of a budget that does not decide, because those of `liste` do."""
    for ausnahme, ort, _ in stated:
        said = f"{_start(ausnahme)}, die im Budget steht (bis {datum(ausnahme.bis)}, {ausnahme.wer}: {ausnahme.grund}),"
        yield Befund(REGEL, "", "hinweis", f"{said} entscheidet nicht: {_instead(liste)}.", ort=ort)


def _instead(liste: Ausnahmeliste) -> str:
    return f"es zählen nur die aus {shown_name(liste.datei)}" if liste.datei else "geprüft wird ohne Ausnahmen"


def _subject(regel: str, beteiligter: str | None) -> _Subject:
    return regel.rpartition("/")[2], None if beteiligter is None else fold(beteiligter)


def _subjects_of(befund: Befund) -> tuple[_Subject, ...]:
    """Return what an exception may be of to concern a finding."""
    return tuple(_subject(befund.regel, whom) for whom in dict.fromkeys((None, befund.beteiligter)))


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
    whom, start = _whom(ausnahme), _start(ausnahme)
    if decides:
        return "offen", f"{start} ist am {datum(ausnahme.bis)} abgelaufen; die Regel entscheidet wieder."
    if until is None:
        reason = f"wird nicht gebraucht: die Regel ist{whom} weder verletzt noch offen"
    elif heute > ausnahme.bis:
        reason = f"ist am {datum(ausnahme.bis)} abgelaufen und durch eine andere bis {datum(until)} ersetzt"
    else:
        reason = f"wird nicht gebraucht: bis {datum(until)} gilt dafür schon eine andere"
    return "hinweis", f"{start} {reason}. Streichen Sie sie."


def _start(ausnahme: Ausnahme) -> str:
    return f"Die Ausnahme von {_subject(ausnahme.regel, None)[0]}{_whom(ausnahme)}"


def _whom(ausnahme: Ausnahme) -> str:
    return f" für {ausnahme.beteiligter}" if ausnahme.beteiligter else ""
