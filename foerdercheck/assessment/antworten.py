"""What the rules say of a budget, over figures that are computed once."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import NamedTuple, ParamSpec

from foerdercheck.assessment.konten import konten
from foerdercheck.assessment.submission import Submission
from foerdercheck.calculation.arbeit import arbeit
from foerdercheck.calculation.auftraege import auftraege
from foerdercheck.calculation.projektlage import projektlage
from foerdercheck.calculation.rechnung import rechnungen
from foerdercheck.calculation.vergabe import vergabe
from foerdercheck.model.befund import Befund, Feststellung
from foerdercheck.model.budget import Budget
from foerdercheck.model.deutsch import absturz
from foerdercheck.model.location import SourceMap
from foerdercheck.rules import GebundeneRegel
from foerdercheck.rules.sachverhalt import Sachverhalt

_P = ParamSpec("_P")
_EVIDENCE = {"wortlaut": "", "auslegung": " [Auslegung]", "sekundaer": " [Sekundärquelle]"}
"""Marks what is our own reading, or known at second hand only."""


class Antworten(NamedTuple):
    """The facts of a case, what the rules say of it, and which of them crashed."""

    fall: Sachverhalt
    befunde: tuple[Befund, ...]
    defekte: tuple[str, ...]


def ask_rules(submission: Submission, budget: Budget, regeln: Iterable[GebundeneRegel], stichtag: date) -> Antworten:
    """Ask every rule; one that crashes becomes a finding of its own, and the others still run."""
    fall = _sachverhalt(submission, budget, stichtag)
    befunde: list[Befund] = []
    defekte: list[str] = []
    for gebunden in regeln:
        for name, said in _said(gebunden, fall, defekte):
            befunde += [_befund(gebunden, name, statement, submission.source) for statement in said]
    return Antworten(fall, tuple(befunde), tuple(defekte))


def _sachverhalt(submission: Submission, budget: Budget, stichtag: date) -> Sachverhalt:
    """Compute every figure once, in the order of the guideline."""
    lage = projektlage(budget, submission.fassung)
    orders = auftraege(budget, lage.umsatzsteuer)
    computed = tuple(rechnungen(budget, lage, submission.fassung, orders))
    return Sachverhalt(
        budget=budget,
        fassung=submission.fassung,
        stichtag=stichtag,
        lage=lage,
        rechnungen=computed,
        arbeit=arbeit(computed),
        vergabe=vergabe(orders, computed, submission.fassung),
        konten=konten(submission, computed, stichtag),
    )


def _said(
    gebunden: GebundeneRegel, fall: Sachverhalt, defekte: list[str]
) -> Iterator[tuple[str | None, Iterable[Feststellung]]]:
    """Yield what a rule says about the project, or about each Beteiligter with its name; notes where it crashes."""
    pruefung = gebunden.pruefung
    if pruefung.vorhaben is not None:
        yield None, _answer(gebunden, defekte, pruefung.vorhaben, fall)
    if pruefung.beteiligter is not None:
        for berechnet in fall.rechnungen:
            yield berechnet.name, _answer(gebunden, defekte, pruefung.beteiligter, fall, berechnet)


def _answer(
    gebunden: GebundeneRegel,
    defekte: list[str],
    ask: Callable[_P, Iterable[Feststellung]],
    *args: _P.args,
    **kwargs: _P.kwargs,
) -> Iterable[Feststellung]:
    try:
        return list(ask(*args, **kwargs))
    except Exception as error:  # noqa: BLE001 - whatever a rule does wrong must not cost the other findings
        text = f"Programmfehler in dieser Regel ({type(error).__name__}); das ist kein Urteil über das Vorhaben."
        defekte.append(f"{gebunden.regel.id}: {absturz(error)}")
        return [Feststellung("offen", text)]


def _befund(gebunden: GebundeneRegel, name: str | None, said: Feststellung, source: SourceMap) -> Befund:
    regel = gebunden.regel
    ort = source.locate(said.pfad) if said.pfad else None
    return Befund(regel.id, regel.ziffer, said.status, said.text + _evidence(gebunden, said), name, said.betrag, ort)


def _evidence(gebunden: GebundeneRegel, said: Feststellung) -> str:
    """Mark what is our own reading, or known at second hand only."""
    if said.auslegung is not None:
        return f" [Auslegung: {said.auslegung}]"
    if said.status == "entfaellt":
        return ""
    return _EVIDENCE[gebunden.regel.herkunft.beleg]
