"""A submission: a budget with the version of its programme and its de-minimis histories, all read and valid."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from foerdercheck.assessment.ausnahmeliste import impossible
from foerdercheck.calculation.auftraege import contradictions
from foerdercheck.calculation.monatskosten import no_months
from foerdercheck.calculation.preise import unknown_rates
from foerdercheck.model.beihilfe import Historie
from foerdercheck.model.budget import Beteiligter, Budget, Monatsposition
from foerdercheck.model.deutsch import datum
from foerdercheck.model.location import InputError, Path, Problem, SourceMap, feld, placed
from foerdercheck.model.records import Intake, Tree
from foerdercheck.model.scalars import ScalarError, fold, parse_datum, parse_text, proposals, shown
from foerdercheck.programmes import erste_fassung, fassung_am, neueste_fassung, programme_named
from foerdercheck.programmes.fassung import Fassung
from foerdercheck.programmes.parameter import ANTRAGSSCHLUSS, EINHEITSKOSTEN
from foerdercheck.programmes.vokabular import vokabular
from foerdercheck.reading.document import KEINE_HISTORIE, Document, GeleseneHistorie, history_file
from foerdercheck.reading.files import Files, MountedSource
from foerdercheck.reading.scripts import mixed_scripts

_NEEDED = frozenset({"vorhaben", "antragsteller", "antragsdatum", "beginn", "ende", "name", "art"})
"""Statements without which nothing can be computed; a budget that merely lacks them is incomplete, not wrong."""


class Submission(NamedTuple):
    """What is to be assessed: a valid budget under its Fassung, or (budget None) what it lacks.

    `historien` holds the history of each Beteiligter that stated one, by its path; `hinweise` what is remarkable about how
    the file is written; `ausnahmen` how many exceptions it states, also where there is no budget to hold them.
    """

    source: SourceMap
    fassung: Fassung
    budget: Budget | None
    fehlend: tuple[Problem, ...]
    historien: dict[Path, GeleseneHistorie]
    hinweise: tuple[Problem, ...] = ()
    ausnahmen: int = 0


def read_submission(
    document: Document, files: Files, eigene_fassung: Fassung | None = None, stichtag: date | None = None
) -> Submission:
    """Read a budget from its document; it may refer to `files`.

    `eigene_fassung` is a programme of the user's own, used whatever programme the budget names. A `stichtag` is the assumed
    day of grant and takes the place of the one stated. Raises InputError with every problem found, each with its place.
    """
    tree, source = document.tree, document.source
    if not isinstance(tree, dict) or not any(proposals(key, Budget._fields) for key in tree):
        text = "Das ist kein Budget: oben wird „foerderprogramm: …“ erwartet."
        further = [] if source.sheets else [Problem(text)]  # a workbook lacks sheets, and that is told
        raise InputError(placed(_first_causes([*document.problems, *further], source), source), source)
    fassung, problems = (
        (eigene_fassung, list(_outside(eigene_fassung, tree, stichtag))) if eigene_fassung else _fassung(tree, stichtag)
    )
    intake = Intake(vokabular(fassung), source)
    budget = intake.read(Budget, tree)
    problems += [*document.problems, *intake.problems]
    mounted = MountedSource(source)
    historien: dict[Path, GeleseneHistorie] = {}
    if budget is not None and fassung is not None:
        problems += _impossible(budget, fassung, source)
        for pfad, beteiligter in budget.beteiligte():
            historien |= _historie(pfad, beteiligter, files, mounted, problems)
    problems = _first_causes(problems, source)
    lacking = [problem for problem in problems if _is_needed(problem)]
    if fassung is None or len(lacking) < len(problems):
        unread = tuple(said for said in document.hinweise if said.ungelesen)
        raise InputError(placed(problems, mounted), mounted, unread)
    return Submission(
        source=mounted,
        fassung=fassung,
        budget=_granted_on(budget, stichtag),
        fehlend=tuple(placed(lacking, source)),
        historien=historien,
        hinweise=(*document.hinweise, *mixed_scripts(tree, source), *_other_programme(tree, fassung, source)),
        ausnahmen=len(stated) if isinstance(stated := tree.get("ausnahmen"), list) else 0,
    )


def _first_causes(problems: Iterable[Problem], source: SourceMap) -> list[Problem]:
    """Return problems without statements that are missing because their whole sheet is."""
    lost = {problem.ort for problem in problems if problem.ungelesen}
    return [said for said in problems if not (said.fehlt and source.locate(said.pfad) in lost)]


def _is_needed(problem: Problem) -> bool:
    """Tell whether a problem is that a statement is missing without which nothing can be computed."""
    return problem.fehlt and problem.pfad[-1] in _NEEDED


def _impossible(budget: Budget, fassung: Fassung, source: SourceMap) -> Iterator[Problem]:
    """Yield what can be read but cannot be meant, or cannot be computed under this programme."""
    yield from contradictions(budget, source.name)
    yield from _not_in_programme(budget, fassung)
    yield from no_months(budget, source.name)
    yield from unknown_rates(budget, source.name)
    yield from _same_names(budget)
    yield from _excepted(budget, fassung, source)


def _granted_on(budget: Budget | None, stichtag: date | None) -> Budget | None:
    if budget is None or stichtag is None:
        return budget
    return budget._replace(vorhaben=budget.vorhaben._replace(bewilligung=stichtag))


def _outside(fassung: Fassung, tree: dict[str, Tree], stichtag: date | None) -> Iterator[Problem]:
    """A programme of one's own, too, holds for applications of its time only, or for grants of its time applied for before."""
    day, span = _application_day(tree), fassung.gilt
    if day is None:
        return
    granted = stichtag or _day(tree, "bewilligung")
    decisive = granted if granted and day < span.von else day
    if not span.von <= decisive <= span.bis:
        text = f"Am {datum(day)} gilt {fassung.programm} nicht; abgedeckt ist {span}."
        yield Problem(text, ("vorhaben", "antragsdatum"))


def _other_programme(tree: dict[str, Tree], fassung: Fassung, source: SourceMap) -> Iterator[Problem]:
    """Say so where a budget is checked under another programme than it names."""
    named = parse_text(tree["foerderprogramm"])  # what cannot be read was refused before
    if fold(programme_named(named)) != fold(fassung.programm):
        text = f"Das Budget nennt das Programm {shown(named)}; geprüft ist es nach {fassung.programm}."
        yield Problem(text, ort=source.locate(("foerderprogramm",)))


def _fassung(tree: dict[str, Tree], stichtag: date | None) -> tuple[Fassung | None, list[Problem]]:
    """Return the version the budget is under (the youngest where the date is no help), and what is wrong with it."""
    try:
        programm = parse_text(tree.get("foerderprogramm"))  # a number or a tick in a workbook, too
    except ScalarError:  # said where the budget is read
        return None, []
    try:
        return fassung_for(programm, tree, stichtag), []
    except InputError as error:
        known = error.problems[0].pfad != ("foerderprogramm",)
        return (neueste_fassung(programm) if known else None), error.problems


def fassung_for(programm: str, tree: dict[str, Tree], stichtag: date | None) -> Fassung:
    """Return the version in force on the day of application, the youngest where none is stated.

    An application of before the first version is under the one in force on the day of the grant (`stichtag`, or as stated),
    but for programmes with calls, for which nobody can apply before. Raises InputError if there is none.
    """
    day = _application_day(tree)
    if day is None:
        return neueste_fassung(programm)
    first, granted = erste_fassung(programm), stichtag or _day(tree, "bewilligung")
    if granted and day < first.gilt.von <= granted and first.find(ANTRAGSSCHLUSS) is None:
        day = granted
    return fassung_am(programm, day)


def _application_day(tree: dict[str, Tree]) -> date | None:
    """Return the day a budget says it was applied for on; None if it says none that can be read."""
    return _day(tree, "antragsdatum")


def _day(tree: dict[str, Tree], field: str) -> date | None:
    vorhaben = tree.get("vorhaben")
    try:
        return parse_datum(vorhaben.get(field)) if isinstance(vorhaben, dict) else None
    except ScalarError:
        return None


def _not_in_programme(budget: Budget, fassung: Fassung) -> Iterator[Problem]:
    if fassung.find(EINHEITSKOSTEN) is not None:
        return
    for pfad, beteiligter in budget.beteiligte():
        for index, position in enumerate(beteiligter.kosten):
            if isinstance(position, Monatsposition):
                hours = f"{feld('stundensatz')} und {feld('stunden')}"
                text = f"dieses Programm kennt keine monatlichen Kosten je Stufe: geben Sie {hours} an"
                yield Problem(text, (*pfad, "kosten", index, "stufe"))


def _same_names(budget: Budget) -> Iterator[Problem]:
    """Findings, orders and spreadsheet rows refer to a Beteiligter by name, so names must differ."""
    seen: set[str] = set()
    for pfad, beteiligter in budget.beteiligte():
        if fold(beteiligter.name) in seen:
            yield Problem(f"zwei Beteiligte heißen „{beteiligter.name}“: unterscheiden Sie ihre Namen", (*pfad, "name"))
        seen.add(fold(beteiligter.name))


def _excepted(budget: Budget, fassung: Fassung, source: SourceMap) -> Iterator[Problem]:
    for index, field, text in impossible(budget.ausnahmen, budget, fassung, lambda name: source.name((name,))):
        yield Problem(text, ("ausnahmen", index, field))


def _historie(
    pfad: Path, beteiligter: Beteiligter, files: Files, mounted: MountedSource, problems: list[Problem]
) -> dict[Path, GeleseneHistorie]:
    """Return the history a Beteiligter stated, by its path; notes its problems and mounts its file."""
    stated, where = beteiligter.deminimis, (*pfad, "deminimis")
    if stated is None:
        return {}
    if isinstance(stated, str) and fold(stated) in KEINE_HISTORIE:
        problems.append(
            Problem(f"{mounted.name(where)}: schreiben Sie keine, eine Datei oder eine Liste der Beihilfen", where)
        )
        return {}
    file = history_file(stated)
    if file is None:
        awards = () if isinstance(stated, str) else stated
        return {pfad: GeleseneHistorie(Historie(awards), mounted, (), where)}
    try:
        read = _read_history(files, file)
    except InputError as error:
        name = f"{mounted.name(where)} {file}"
        problems += [Problem(f"{name}: {problem.text}", where, problem.ort) for problem in error.problems]
        return {}
    mounted.mount(where, read.source)
    return {pfad: read._replace(pfad=(*where, *read.pfad))}


def _read_history(files: Files, name: str) -> GeleseneHistorie:
    """Read a history a budget refers to; raises InputError with problems whose places are in that file."""
    from foerdercheck.reading.histories import read_history  # noqa: PLC0415 - spreadsheets and CSV; most budgets name none

    file = files.referenced(name)
    try:
        return read_history(file, vokabular())
    except InputError as error:
        there = [said._replace(ort=said.ort and said.ort._replace(datei=file.name)) for said in error.problems]
        raise InputError(there) from None
