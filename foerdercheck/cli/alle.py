"""`foerdercheck check BUDGET… --alle`: where would each budget be eligible, and what would it get?"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

import typer

from foerdercheck.assessment.alle import Vergleich, assess_under_all
from foerdercheck.assessment.ausnahmeliste import Ausnahmeliste
from foerdercheck.assessment.budget import Assessment, check_document
from foerdercheck.assessment.fehler import Fehler, fehler_of
from foerdercheck.cli.ausgaben import SCHIRM, Ausgabe
from foerdercheck.cli.files import STDIN
from foerdercheck.cli.output import complain
from foerdercheck.cli.papier import Papier, write_papier
from foerdercheck.many.budgets import kept
from foerdercheck.model.befund import EXIT_ORDER, Ergebnis
from foerdercheck.model.filenames import shown_name
from foerdercheck.model.location import InputError
from foerdercheck.programmes.fassung import Fassung
from foerdercheck.programmes.vokabular import vokabular
from foerdercheck.reading.document import is_history
from foerdercheck.reading.files import BUDGET_SUFFIXES, Origin, origin, read_file
from foerdercheck.reports.alle import comparison, comparisons
from foerdercheck.reports.bericht import report
from foerdercheck.reports.dokument import Block
from foerdercheck.reports.fehler import faulty

if TYPE_CHECKING:
    from foerdercheck.model.zuordnung import Zuordnungsdatei
    from foerdercheck.reports.pdf import Anlage


class _Verglichen(NamedTuple):
    """One file under every programme; `vergleiche` is empty where it cannot be read. The assessments and the decisive of them."""

    vergleiche: Sequence[Vergleich]
    assessments: Sequence[Assessment]
    decisive: Assessment


def compare(
    files: Sequence[tuple[str, bool]],
    ziele: Sequence[Ausgabe],
    *,
    stichtag: date | None,
    eigene: Fassung | None,
    ausnahmen: Ausnahmeliste | None,
    zuordnung: "Zuordnungsdatei | None" = None,
) -> int:
    """Check budgets under every programme; `files` says of each name whether it was found in a folder.

    Returns 0 if for each of them one programme would pay, 3 if that is open, else 1 or 2.
    """
    if any(name == STDIN for name, _ in files):
        raise typer.BadParameter("liest Dateien und Ordner, nicht die Standardeingabe", param_hint="--alle")
    done: list[_Verglichen] = []
    for name, found in files:
        one = _compared(origin(name)._replace(zuordnung=zuordnung), stichtag, eigene, ausnahmen)
        if found and one.decisive.ist_historie:
            complain(f"{shown_name(name)}: übersprungen, das ist eine De-minimis-Historie")
            continue
        done.append(one)
        if fehler := one.decisive.fehler:
            complain(faulty(name, len(fehler)), told=SCHIRM in ziele)
    if not done:
        raise typer.BadParameter("in diesem Ordner liegt kein Budget", param_hint="BUDGET")
    worst = max((one.decisive for one in done), key=lambda decisive: EXIT_ORDER.index(decisive.exit_code))
    _write([entry for one in done for entry in one.assessments], worst.ergebnis, _blocks(done), ziele)
    return worst.exit_code


def _compared(
    source: Origin, stichtag: date | None, eigene: Fassung | None, ausnahmen: Ausnahmeliste | None
) -> _Verglichen:
    try:
        document = read_file(source.read(BUDGET_SUFFIXES), vokabular())
    except InputError as error:
        unreadable = _unusable(source.name, fehler_of(error.problems, error.source))
        return _Verglichen((), [unreadable], unreadable)
    if is_history(document.tree):
        history = check_document(document, source.files)
        return _Verglichen((), [history], history)
    under = assess_under_all(document, source.files, stichtag=stichtag, eigene=eigene, ausnahmen=ausnahmen)
    vergleiche = list(under)
    assessments = list(_entries(source.name, vergleiche))
    decisive = min(assessments, key=lambda found: (not found.defekte, EXIT_ORDER.index(found.exit_code)))
    return _Verglichen(vergleiche, assessments, decisive)


def _blocks(done: Sequence[_Verglichen]) -> Iterable[Block]:
    if len(done) > 1:
        return comparisons([(one.decisive, one.vergleiche) for one in done])
    ((vergleiche, _, decisive),) = done
    return comparison(decisive.datei, vergleiche) if vergleiche else report(decisive)


def _entries(name: str, vergleiche: Iterable[Vergleich]) -> Iterator[Assessment]:
    """Yield what all programmes say; errors are the file's own and come once, whichever programmes met them."""
    found = [vergleich.assessment for vergleich in vergleiche if vergleich.assessment]
    fehler = dict.fromkeys(fehler for assessment in found for fehler in assessment.fehler)
    if fehler:
        yield _unusable(name, fehler)
    elif not found:
        yield _unusable(name, (Fehler(vergleich.grund, None, "") for vergleich in vergleiche))
    yield from (assessment for assessment in found if not assessment.fehler)


def _unusable(name: str, fehler: Iterable[Fehler]) -> Assessment:
    return Assessment(datei=name, ergebnis="fehler", fehler=tuple(fehler))


def _write(
    assessments: Iterable[Assessment], ergebnis: Ergebnis, blocks: Iterable[Block], ziele: Sequence[Ausgabe]
) -> None:
    entries = list(assessments)

    def result() -> Iterator[str]:
        from foerdercheck.reports.result_json import budget_document, budget_line  # noqa: PLC0415 - not for every form

        return budget_document((kept(assessment, budget_line) for assessment in entries), ergebnis)

    def files() -> Iterator["Anlage"]:
        from foerdercheck.reports.pdf import checked_file  # noqa: PLC0415 - an extra

        return chain.from_iterable({one.datei: checked_file(one) for one in entries}.values())

    day = max((one.stichtag for one in entries if one.stichtag), default=None)
    papier = Papier(list(blocks), result, files, day)
    for ziel in ziele:
        write_papier(papier, ziel)
