"""One budget under every programme: where it would be eligible, and what it would get there."""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from foerdercheck.assessment.ausnahmeliste import Ausnahmeliste
from foerdercheck.assessment.budget import Assessment, check_document
from foerdercheck.assessment.submission import fassung_for
from foerdercheck.model.budget import Budget
from foerdercheck.model.location import InputError, Path
from foerdercheck.model.records import Intake, Tree
from foerdercheck.model.scalars import fold
from foerdercheck.programmes import neueste_fassung, programme_ids, programme_named
from foerdercheck.programmes.fassung import Fassung
from foerdercheck.programmes.vokabular import vokabular
from foerdercheck.reading.aenderungen import replaced
from foerdercheck.reading.document import Document
from foerdercheck.reading.files import Files


class Vergleich(NamedTuple):
    """A budget under one programme.

    `assessment` is None where no version is in force on the application date, `grund` says so. `weggelassen` names the
    statements in words the programme does not know; they count as not made.
    """

    fassung: Fassung
    assessment: Assessment | None
    grund: str = ""
    weggelassen: tuple[str, ...] = ()


def assess_under_all(
    document: Document,
    files: Files,
    *,
    stichtag: date | None = None,
    eigene: Fassung | None = None,
    ausnahmen: Ausnahmeliste | None = None,
) -> Iterator[Vergleich]:
    """Yield the budget under its own programme, under one of the user's own, then under all others.

    Exceptions decide under its own programme only.
    """

    def under(fassung: Fassung) -> Vergleich:
        if fold(fassung.programm) == own:
            found = check_document(document, files, stichtag=stichtag, fassung=fassung, ausnahmen=ausnahmen)
            return Vergleich(fassung, found)
        return _under(fassung, document, files, stichtag)

    tree = document.tree if isinstance(document.tree, dict) else {}
    own = fold(programme_named(str(tree.get("foerderprogramm", ""))))
    ids = sorted(programme_ids(), key=lambda known: (fold(known) != own, known))
    if eigene is not None:
        yield under(eigene)
    for programm in ids:
        try:
            fassung = fassung_for(programm, tree, stichtag)
        except InputError as error:
            yield Vergleich(neueste_fassung(programm), None, error.problems[0].text)
        else:
            yield under(fassung)


def _under(fassung: Fassung, document: Document, files: Files, stichtag: date | None) -> Vergleich:
    """Check the budget as if it had been written for another programme: in its words, asking for what it would give.

    What the authority of its own programme has accepted binds no other, so the exceptions are left out.
    """
    stated = document.tree
    accepted: tuple[Path, ...] = (("ausnahmen",),) if isinstance(stated, dict) and "ausnahmen" in stated else ()
    dropped = (*_foreign_words(_without(stated, accepted), fassung), *accepted)
    tree = _without(stated, (*dropped, *_asked(stated)))
    draft = check_document(document._replace(tree=tree), files, stichtag=stichtag, fassung=fassung)
    financed = document._replace(tree=_financed(tree, draft))
    assessment = check_document(financed, files, stichtag=stichtag, fassung=fassung)
    return Vergleich(fassung, assessment, "", tuple(dict.fromkeys(str(path[-1]) for path in dropped)))


def _asked(tree: Tree) -> Iterator[Path]:
    """Yield the grants applied for; another programme is asked for what it gives at most."""
    partner = tree.get("partner") if isinstance(tree, dict) else None
    yield "antragsteller", "finanzierung", "beantragt"
    for index, _ in enumerate(partner if isinstance(partner, list) else ()):
        yield "partner", index, "finanzierung", "beantragt"


def _financed(tree: Tree, draft: Assessment) -> Tree:
    """Return the budget with as much own money as the grant leaves to be paid, where own money was stated."""
    for rechnung in draft.rechnungen:
        if rechnung.eigenmittel is not None and rechnung.finanzierungsluecke is not None:
            needed = rechnung.eigenmittel.betrag + rechnung.finanzierungsluecke.betrag
            if needed >= 0:
                tree = replaced(tree, (*rechnung.pfad, "finanzierung", "eigenmittel"), str(needed))
    return tree


def _foreign_words(tree: Tree, fassung: Fassung) -> Iterator[Path]:
    """Yield the paths of statements that can only not be read because of the words of this programme."""
    with_words, without = Intake(vokabular(fassung)), Intake(vokabular())
    with_words.read(Budget, tree)
    without.read(Budget, tree)
    wrong_anyway = {problem.pfad for problem in without.problems}
    for problem in with_words.problems:
        if problem.pfad not in wrong_anyway:
            yield _statement(tree, problem.pfad)


def _statement(tree: Tree, path: Path) -> Path:
    """Return the path of the statement a word belongs to: the whole list or mapping of words, not one of them."""
    parent: Tree = tree
    for part in path[:-1]:
        parent = parent[part]  # type: ignore[index]
    words = isinstance(path[-1], int) or (isinstance(parent, dict) and path[-2:-1] == ("landkreise",))
    return path[:-1] if words else path


def _without(tree: Tree, paths: tuple[Path, ...], here: Path = ()) -> Tree:
    if isinstance(tree, dict):
        return {key: _without(value, paths, (*here, key)) for key, value in tree.items() if (*here, key) not in paths}
    if isinstance(tree, list):
        return [_without(value, paths, (*here, index)) for index, value in enumerate(tree)]
    return tree
