"""What the rules say of a budget; where the kind of project is not stated, of each kind it may be."""

from collections import defaultdict
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from foerdercheck.assessment.konten import konten
from foerdercheck.assessment.submission import Submission
from foerdercheck.calculation.arbeit import arbeit
from foerdercheck.calculation.auftraege import auftraege, awarded
from foerdercheck.calculation.projektlage import gegenstaende, projektlage
from foerdercheck.calculation.rechnung import rechnungen, ungefoerdert
from foerdercheck.calculation.vergabe import vergabe
from foerdercheck.model.befund import Befund, Beleg, Feststellung, Status, entfaellt, offen, worst
from foerdercheck.model.budget import Budget
from foerdercheck.model.deutsch import absturz, aufzaehlung, euro
from foerdercheck.model.location import Path, SourceMap, feld
from foerdercheck.programmes.fassung import NichtGeregeltError
from foerdercheck.rules import GebundeneRegel
from foerdercheck.rules.sachverhalt import Sachverhalt

_KIND = "angaben"
"""What the finding about a kind that is not stated is called; no rule of a programme says it."""
_EVIDENCE: Mapping[Beleg, str] = {"wortlaut": "", "auslegung": " [Auslegung]", "sekundaer": " [Sekundärquelle]"}
"""Marks what is our own reading, or known at second hand only."""


class Antworten(NamedTuple):
    """The facts of a case, what the rules say of it, and which of them crashed."""

    fall: Sachverhalt
    befunde: tuple[Befund, ...]
    defekte: tuple[str, ...]

    @property
    def zuwendung(self) -> Decimal:
        """The grant of the whole project."""
        return sum((rechnung.zuwendung.betrag for rechnung in self.fall.rechnungen), Decimal("0.00"))


def ask_rules(submission: Submission, budget: Budget, regeln: Sequence[GebundeneRegel], stichtag: date) -> Antworten:
    """Ask every rule. Where the kind of project decides and is not stated, the least favourable one is computed.

    What is violated under that kind only is open then, as is what the kind decides.
    """
    kinds = gegenstaende(budget, submission.fassung)
    each = {kind: _answer_as(submission, budget, regeln, stichtag, kind) for kind in kinds}
    least = min(each.values(), key=lambda answered: answered.zuwendung)
    outcomes = {(_verdict(answered), answered.zuwendung) for answered in each.values()}
    if len(outcomes) == 1:
        return least
    differing = _differing(each.values())
    befunde = [
        _depends(befund) if befund.status == "verletzt" and _subject(befund) in differing else befund
        for befund in least.befunde
    ]
    grants = aufzaehlung(f"{kind} {euro(answered.zuwendung)}" for kind, answered in each.items())
    source, where = submission.source, ("vorhaben", "foerdergegenstand")
    text = (
        f"Angabe fehlt: {feld('foerdergegenstand')}. Davon hängt das Ergebnis ab (Zuwendung: {grants}); gerechnet ist mit dem "
        "ungünstigsten."
    )
    missing = Befund(_KIND, "", "offen", text, ort=source.locate(where)).called_as_in(source)
    return least._replace(befunde=(*befunde, missing))


def _depends(befund: Befund) -> Befund:
    """Return as open what is violated under one kind of project only."""
    return befund._replace(
        status="offen", text=f"{befund.text} Bei einem anderen Fördergegenstand gilt das nicht: geben Sie ihn an."
    )


_Subject = tuple[str, str | None]


def _subject(befund: Befund) -> _Subject:
    return befund.regel, befund.beteiligter


def _verdict(answered: Antworten) -> str:
    return worst(befund.status for befund in answered.befunde)


def _differing(each: Iterable[Antworten]) -> set[_Subject]:
    """Return whom and which rules the kind of project makes a difference to."""
    stati: dict[_Subject, set[tuple[Status, ...]]] = defaultdict(set)
    for answered in each:
        said: dict[_Subject, list[Status]] = defaultdict(list)
        for befund in answered.befunde:
            said[_subject(befund)].append(befund.status)
        for subject, here in said.items():
            stati[subject].add(tuple(here))
    return {subject for subject, different in stati.items() if len(different) > 1}


def _answer_as(
    submission: Submission, budget: Budget, regeln: Sequence[GebundeneRegel], stichtag: date, gegenstand: str | None
) -> Antworten:
    fall = _sachverhalt(submission, budget, stichtag, gegenstand)
    befunde, defekte = _apply(regeln, fall, submission.source)
    return Antworten(fall, tuple(befunde), tuple(defekte))


def _sachverhalt(submission: Submission, budget: Budget, stichtag: date, gegenstand: str | None) -> Sachverhalt:
    """Compute every figure once, in the order of the guideline, for a project of the kind `gegenstand`."""
    lage = projektlage(budget, submission.fassung, gegenstand)
    orders = auftraege(budget, lage.umsatzsteuer)
    computed = tuple(rechnungen(budget, lage, submission.fassung, orders))
    return Sachverhalt(
        budget=budget,
        fassung=submission.fassung,
        stichtag=stichtag,
        lage=lage,
        rechnungen=computed,
        arbeit=arbeit(computed),
        auftraege=orders,
        vergabe=vergabe(awarded(orders, submission.fassung, lage.merkmale), computed, submission.fassung, lage),
        konten=konten(submission, computed, stichtag),
    )


def _apply(regeln: Iterable[GebundeneRegel], fall: Sachverhalt, source: SourceMap) -> tuple[list[Befund], list[str]]:
    """Ask every rule; one that crashes becomes a finding of its own, and the others still run."""
    befunde: list[Befund] = []
    defekte: list[str] = []
    without = {each.pfad for each in fall.rechnungen if ungefoerdert(each, fall.rechnungen)}
    for gebunden in regeln:
        for name, said in _said(gebunden, fall, without, defekte):
            befunde += [_befund(gebunden, name, statement, source) for statement in said]
    return befunde, defekte


def _said(
    gebunden: GebundeneRegel, fall: Sachverhalt, without: Container[Path], defekte: list[str]
) -> Iterator[tuple[str | None, Iterable[Feststellung]]]:
    """Yield what a rule says about the project, or about each Beteiligter with its name; notes where it crashes.

    Who takes part without any money (`without`) need not be eligible, nor keep what is asked of those who get some.
    """
    pruefung = gebunden.pruefung
    if pruefung.vorhaben is not None:
        yield None, _answer(gebunden, defekte, pruefung.vorhaben, fall)
    if pruefung.beteiligter is not None:
        for berechnet in fall.rechnungen:
            if berechnet.pfad in without:
                yield berechnet.name, [entfaellt("Nimmt ohne Kosten und ohne Zuwendung teil.")]
            else:
                yield berechnet.name, _answer(gebunden, defekte, pruefung.beteiligter, fall, berechnet)


def _answer(
    gebunden: GebundeneRegel, defekte: list[str], ask: Callable[..., Iterable[Feststellung]], *facts: object
) -> Iterable[Feststellung]:
    said: list[Feststellung] = []
    try:
        said.extend(ask(*facts))
    except NichtGeregeltError as missing:
        return [*said, _not_regulated(missing)]
    except Exception as error:  # noqa: BLE001 - whatever a rule does wrong must not cost the other findings
        text = f"Programmfehler in dieser Regel ({type(error).__name__}); das ist kein Urteil über das Vorhaben."
        defekte.append(f"{gebunden.regel.id}: {absturz(error)}")
        return [Feststellung("offen", text)]
    return said


def _not_regulated(missing: NichtGeregeltError) -> Feststellung:
    """Say that there is no value for a case, or on which statements it depends whether there is."""
    if missing.felder:
        names = aufzaehlung(map(feld, missing.felder))
        return offen(f"Ob ein Wert für {missing} gilt und welcher, hängt ab von {names}: geben Sie das eindeutig an.")
    return offen(
        f"Für diesen Fall nicht geregelt: das Programm nennt keinen Wert für {missing}, der hier gilt. Fragen Sie die "
        "Bewilligungsstelle."
    )


def _befund(gebunden: GebundeneRegel, name: str | None, said: Feststellung, source: SourceMap) -> Befund:
    regel = gebunden.regel
    ort = source.locate(said.pfad) if said.pfad else None
    return Befund(
        regel.id,
        regel.ziffer,
        said.status,
        said.text + _evidence(gebunden, said),
        name,
        said.betrag,
        ort,
        beleg="auslegung" if said.auslegung is not None else regel.herkunft.beleg,
    ).called_as_in(source)


def _evidence(gebunden: GebundeneRegel, said: Feststellung) -> str:
    """Mark what is our own reading, or known at second hand only; what costs money or the grant names the reading."""
    reading = said.auslegung
    if reading is None and said.status in {"verletzt", "gekuerzt"}:
        reading = gebunden.regel.herkunft.grund
    if reading is not None:
        return f" [Auslegung: {reading}]"
    if said.status == "entfaellt":
        return ""
    return _EVIDENCE[gebunden.regel.herkunft.beleg]
