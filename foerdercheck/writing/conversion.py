"""From one format to another: what a file says, written anew."""

from collections.abc import Iterator
from pathlib import PurePath

from foerdercheck.model.beihilfe import Historie
from foerdercheck.model.budget import Budget
from foerdercheck.model.location import InputError, Path, Problem, placed
from foerdercheck.model.records import Intake, Tree
from foerdercheck.model.scalars import shown
from foerdercheck.programmes import neueste_fassung, programme_ids, programme_named
from foerdercheck.programmes.fassung import Fassung
from foerdercheck.programmes.vokabular import vokabular
from foerdercheck.reading.document import Document, history_file, is_history
from foerdercheck.reading.files import BUDGET_SUFFIXES, HISTORY_SUFFIXES, YAML_SUFFIXES, Origin, read_file
from foerdercheck.reading.histories import read_history
from foerdercheck.writing.content import budget_content, budget_tree, historie_content, historie_tree
from foerdercheck.writing.workbook import budget_mappe, historie_mappe, saved
from foerdercheck.writing.yaml_text import yaml_text


def converted(quelle: Origin, suffix: str, *, elsewhere: bool = False) -> bytes:
    """Return a budget or history as the content of a file with `suffix` (.yaml, .yml, .xlsx).

    Raises InputError for what cannot be read for certain, with every problem and its place; also if the content is
    meant for a folder `elsewhere` while the budget names a file, which is looked for from its own folder.
    """
    if quelle.zuordnung is None and PurePath(quelle.name).suffix.casefold() not in BUDGET_SUFFIXES:
        return _historie(quelle, suffix)  # a .csv is a history, and refuses anything else with its own message
    document = read_file(quelle.read(BUDGET_SUFFIXES), vokabular())
    if is_history(document.tree):
        return _historie(quelle, suffix)
    if elsewhere and (problems := list(_named_files(document.tree))):
        raise InputError(placed(problems, document.source), document.source)
    return _budget(document, suffix)


def budget_as_workbook(document: Document) -> bytes:
    """Return a budget as a workbook; raises InputError like `converted`."""
    return _budget(document, ".xlsx")


def _named_files(tree: Tree) -> Iterator[Problem]:
    """Yield a problem for every Beteiligter that names a file."""
    budget = tree if isinstance(tree, dict) else {}
    partner = budget.get("partner")
    others = enumerate(partner if isinstance(partner, list) else [])
    bodies: list[tuple[Path, Tree]] = [(("antragsteller",), budget.get("antragsteller", ""))]
    for path, body in [*bodies, *((("partner", index), body) for index, body in others)]:
        if isinstance(body, dict) and (name := history_file(body.get("deminimis", "keine"))):
            text = (
                f"deminimis: {shown(name)} wird vom Ordner des Budgets aus gesucht und wäre im Ordner von ZIEL eine andere "
                "Datei. Wandeln Sie im Ordner des Budgets um und verschieben Sie danach beide Dateien"
            )
            yield Problem(text, (*path, "deminimis"))


def _budget(document: Document, suffix: str) -> bytes:
    """A statement that is merely missing stays missing; anything else must be right to be converted."""
    intake = Intake(vokabular(), document.source)
    intake.read(Budget, document.tree)
    wrong = [*document.problems, *(problem for problem in intake.problems if not problem.fehlt)]
    if wrong or not isinstance(document.tree, dict):
        problems = wrong or [Problem("Das ist kein Budget: oben wird „foerderprogramm: …“ erwartet.")]
        raise InputError(placed(problems, document.source), document.source)
    content = budget_content(document.tree)
    if suffix in YAML_SUFFIXES:
        return yaml_text(budget_tree(content)).encode()
    return saved(budget_mappe(_fassung(document.tree), content))


def _fassung(tree: dict[str, Tree]) -> Fassung | None:
    """Return the programme a budget names, whose fields its sheets then have."""
    name = programme_named(str(tree.get("foerderprogramm")))
    return neueste_fassung(name) if name in programme_ids() else None


def _historie(quelle: Origin, suffix: str) -> bytes:
    historie: Historie = read_history(quelle.read(HISTORY_SUFFIXES), vokabular()).historie
    content = historie_content(historie)
    return yaml_text(historie_tree(content)).encode() if suffix in YAML_SUFFIXES else saved(historie_mappe(content))
