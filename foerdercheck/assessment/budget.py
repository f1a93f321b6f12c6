"""The assessment of a budget: figures once, then the rules over them, then the verdict."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from pathlib import Path as FilePath
from typing import Literal, NamedTuple, ParamSpec

from foerdercheck.assessment.ausnahmeliste import Ausnahmeliste
from foerdercheck.assessment.ausnahmen import decided, postponed
from foerdercheck.assessment.konten import konten
from foerdercheck.assessment.submission import Submission, read_submission
from foerdercheck.calculation.arbeit import arbeit
from foerdercheck.calculation.auftraege import auftraege
from foerdercheck.calculation.projektlage import projektlage
from foerdercheck.calculation.rechnung import Rechnung, rechnungen
from foerdercheck.calculation.vergabe import Vergabe, vergabe
from foerdercheck.deminimis.kontostand import Kontostand
from foerdercheck.model.befund import EXIT_CODES, Befund, Ergebnis, Feststellung, worst
from foerdercheck.model.budget import Budget
from foerdercheck.model.deutsch import aufzaehlung
from foerdercheck.model.filenames import shown_name
from foerdercheck.model.kalender import EIN_TAG, plus_months
from foerdercheck.model.location import InputError, Location, Path, Problem, SourceMap
from foerdercheck.programmes.fassung import Fassung, Frist
from foerdercheck.reading.document import Document, is_history
from foerdercheck.reading.files import read_file, read_text
from foerdercheck.rules import GebundeneRegel, bind
from foerdercheck.rules.sachverhalt import Sachverhalt

_P = ParamSpec("_P")
_EVIDENCE = {"wortlaut": "", "auslegung": " [Auslegung]", "sekundaer": " [Sekundärquelle]"}
"""Marks what is our own reading, or known at second hand only."""
StichtagHerkunft = Literal["angabe", "bewilligung", "heute"]


class Fehler(NamedTuple):
    """A problem of the input with its place and the text that stands there."""

    text: str
    ort: Location | None
    auszug: str


class Termin(NamedTuple):
    """A duty after the grant; `datum` is None where it has no fixed day."""

    datum: date | None
    pflicht: str
    ziffer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """Everything there is to say about one budget file.

    An unreadable file has `ergebnis` "fehler", its `fehler`, and nothing else. A budget that lacks what every figure
    needs has `fehlend` and findings, but no figures. `defekte` name rules that crashed: a defect of the program.
    """

    datei: str
    ergebnis: Ergebnis
    fehler: tuple[Fehler, ...] = ()
    fassung: Fassung | None = None
    stichtag: date | None = None
    stichtag_herkunft: StichtagHerkunft = "heute"
    budget: Budget | None = None
    rechnungen: tuple[Rechnung, ...] = ()
    vergabe: Vergabe | None = None
    konten: Mapping[Path, Kontostand | None] | None = None
    befunde: tuple[Befund, ...] = ()
    fristen: tuple[Termin, ...] = ()
    fehlend: tuple[Fehler, ...] = ()
    defekte: tuple[str, ...] = ()
    source: SourceMap | None = None
    ist_historie: bool = False

    @property
    def exit_code(self) -> int:
        """0 eligible, 1 not eligible, 2 input error, 3 open, 4 defect of the program."""
        if self.defekte:
            return 4
        return EXIT_CODES[self.ergebnis]

    def konto(self, berechnet: Rechnung) -> Kontostand | None:
        """Return the de-minimis account of a Beteiligter, if it has one."""
        return (self.konten or {}).get(berechnet.pfad)

    @property
    def angenommene(self) -> int:
        """How many findings do not decide because they were accepted."""
        return sum(befund.angenommen is not None for befund in self.befunde)

    @property
    def zuwendung(self) -> Decimal | None:
        """The grant of the whole project in EUR; None where nothing could be computed."""
        return self.summen[2] if self.rechnungen else None

    @property
    def summen(self) -> tuple[Decimal, Decimal, Decimal]:
        """Total cost, eligible cost and grant of the whole project."""
        zero = Decimal("0.00")
        return (
            sum((r.gesamtausgaben.betrag for r in self.rechnungen), zero),
            sum((r.zuwendungsfaehige_ausgaben.betrag for r in self.rechnungen), zero),
            sum((r.zuwendung.betrag for r in self.rechnungen), zero),
        )


def check_budget(
    source: str | FilePath | bytes,
    *,
    stichtag: date | None = None,
    heute: date | None = None,
    fassung: Fassung | None = None,
    ausnahmen: Ausnahmeliste | None = None,
) -> Assessment:
    """Check a budget file (a path) or YAML text (bytes) and return its assessment; never prints, never exits.

    `stichtag` is the assumed date of grant (default: the budget's `bewilligung`, else `heute`, which defaults to
    today), `fassung` a programme of one's own. Exceptions expire by `heute`, whatever the Stichtag; those in the budget
    decide, unless `ausnahmen` do (`read_ausnahmen(file)`, or `Ausnahmeliste()` for none). Raises ProgrammeError if a programme file is
    defective.
    """
    file = FilePath("-") if isinstance(source, bytes) else FilePath(source)
    try:
        document = read_text(source, "-") if isinstance(source, bytes) else read_file(file)
    except InputError as error:
        return _unreadable(shown_name(file), error)
    return check_document(document, file.parent, stichtag=stichtag, heute=heute, fassung=fassung, ausnahmen=ausnahmen)


def check_document(
    document: Document,
    folder: FilePath,
    *,
    stichtag: date | None = None,
    heute: date | None = None,
    fassung: Fassung | None = None,
    ausnahmen: Ausnahmeliste | None = None,
) -> Assessment:
    """Do the same for a document that was read; files it refers to lie in or below `folder`."""
    name = document.source.datei
    if is_history(document.tree):
        text = "Das ist eine De-minimis-Historie, kein Budget."
        return Assessment(datei=name, ergebnis="fehler", fehler=(Fehler(text, None, ""),), ist_historie=True)
    try:
        submission = read_submission(document, folder, fassung)
        today = heute or date.today()  # noqa: DTZ011 - a legal day has no time zone
        return _assess(name, submission, _stichtag(submission, stichtag, today), today, ausnahmen)
    except InputError as error:
        return _unreadable(name, error)


def _stichtag(submission: Submission, stichtag: date | None, heute: date) -> tuple[date, StichtagHerkunft]:
    if stichtag is not None:
        return stichtag, "angabe"
    if submission.budget is not None and submission.budget.vorhaben.bewilligung is not None:
        return submission.budget.vorhaben.bewilligung, "bewilligung"
    return heute, "heute"


def _unreadable(name: str, error: InputError) -> Assessment:
    return Assessment(datei=name, ergebnis="fehler", fehler=tuple(fehler_of(error.problems, error.source)))


def fehler_of(problems: Iterable[Problem], source: SourceMap | None) -> Iterator[Fehler]:
    """Yield problems with the text that stands at their places."""
    for problem in problems:
        excerpt = source.excerpt(problem.ort) if source and problem.ort and not problem.ort.datei else ""
        yield Fehler(problem.text, problem.ort, excerpt)


def _assess(
    name: str,
    submission: Submission,
    day: tuple[date, StichtagHerkunft],
    heute: date,
    ausnahmen: Ausnahmeliste | None,
) -> Assessment:
    stichtag, herkunft = day
    regeln = _bound(submission.fassung)
    if submission.budget is None:
        return _incomplete(name, submission, regeln, day, ausnahmen)
    fall = _sachverhalt(submission, submission.budget, stichtag)
    said, defekte = _apply(regeln, fall, submission.source)
    befunde = [*decided(said, submission, ausnahmen, heute), *_remarks(submission)]
    return Assessment(
        datei=name,
        ergebnis="fehler" if defekte else worst(befund.status for befund in befunde),
        fassung=submission.fassung,
        stichtag=stichtag,
        stichtag_herkunft=herkunft,
        budget=submission.budget,
        rechnungen=fall.rechnungen,
        vergabe=fall.vergabe,
        konten=fall.konten,
        befunde=tuple(befunde),
        fristen=tuple(_fristen(submission.fassung, submission.budget)),
        defekte=tuple(defekte),
        source=submission.source,
    )


@lru_cache(maxsize=32)  # a programme of one's own is a new object with every piece of work that a process is sent
def _bound(fassung: Fassung) -> tuple[GebundeneRegel, ...]:
    return bind(fassung)


def _incomplete(
    name: str,
    submission: Submission,
    regeln: Iterable[GebundeneRegel],
    day: tuple[date, StichtagHerkunft],
    ausnahmen: Ausnahmeliste | None,
) -> Assessment:
    """Every rule is open as long as nothing can be computed."""
    stichtag, herkunft = day
    names = aufzaehlung(str(problem.pfad[-1]) for problem in submission.fehlend)
    befunde = tuple(
        Befund(g.regel.id, g.regel.ziffer, "offen", f"Kann erst geprüft werden, wenn diese Angaben vorliegen: {names}.")
        for g in regeln
    )
    return Assessment(
        datei=name,
        ergebnis="offen",
        fassung=submission.fassung,
        stichtag=stichtag,
        stichtag_herkunft=herkunft,
        befunde=(*befunde, *postponed(submission, names, ausnahmen), *_remarks(submission)),
        fehlend=tuple(fehler_of(submission.fehlend, submission.source)),
        source=submission.source,
    )


def _remarks(submission: Submission) -> list[Befund]:
    """What is remarkable about how the file is written; no rule of the programme says it."""
    return [Befund("datei", "", "hinweis", said.text, ort=said.ort) for said in submission.hinweise]


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


def _apply(regeln: Iterable[GebundeneRegel], fall: Sachverhalt, source: SourceMap) -> tuple[list[Befund], list[str]]:
    """Ask every rule; one that crashes becomes a finding of its own, and the others still run."""
    befunde: list[Befund] = []
    defekte: list[str] = []
    for gebunden in regeln:
        for name, said in _said(gebunden, fall, defekte):
            befunde += [_befund(gebunden, name, statement, source) for statement in said]
    return befunde, defekte


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
        defekte.append(f"{gebunden.regel.id}: {type(error).__name__}: {error}")
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


def _fristen(fassung: Fassung, budget: Budget) -> Iterator[Termin]:
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
