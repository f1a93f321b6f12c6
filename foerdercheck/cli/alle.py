"""`foerdercheck check BUDGET --alle`: where would this budget be eligible, and what would it get?"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

import typer

from foerdercheck.assessment.alle import Vergleich, assess_under_all
from foerdercheck.assessment.ausnahmeliste import Ausnahmeliste
from foerdercheck.assessment.budget import Assessment, Fehler, fehler_of
from foerdercheck.cli.ausgaben import Ausgabe
from foerdercheck.cli.files import STDIN, is_folder
from foerdercheck.cli.output import complain, write_blocks, write_text
from foerdercheck.many.budgets import kept
from foerdercheck.model.befund import EXIT_ORDER, Ergebnis
from foerdercheck.model.deutsch import anzahl
from foerdercheck.model.filenames import shown_name
from foerdercheck.model.location import InputError
from foerdercheck.programmes.fassung import Fassung
from foerdercheck.reading.files import BUDGET_SUFFIXES, origin, read_file
from foerdercheck.reports.alle import comparison
from foerdercheck.reports.bericht import report
from foerdercheck.reports.dokument import Block


def compare(
    budgets: Sequence[str],
    ziele: Sequence[Ausgabe],
    *,
    stichtag: date | None,
    eigene: Fassung | None,
    ausnahmen: Ausnahmeliste | None,
) -> int:
    """Check one budget under every programme; returns 0 if one of them would pay, 3 if that is open, else 1 or 2."""
    if len(budgets) != 1 or is_folder(budgets[0]) or budgets[0] == STDIN:
        raise typer.BadParameter("vergleicht eine einzelne Datei", param_hint="--alle")
    source = origin(budgets[0])
    try:
        document = read_file(source.read(BUDGET_SUFFIXES))
    except InputError as error:
        unreadable = _unusable(source.name, fehler_of(error.problems, error.source))
        _write([unreadable], unreadable.ergebnis, report(unreadable), ziele)
        complain(f"{shown_name(source.name)}: {anzahl(len(unreadable.fehler), 'Fehler', 'Fehler')}, nicht geprüft")
        return unreadable.exit_code
    under = assess_under_all(document, source.files, stichtag=stichtag, eigene=eigene, ausnahmen=ausnahmen)
    vergleiche = list(under)
    assessments = list(_entries(source.name, vergleiche))
    decisive = min(assessments, key=lambda found: (not found.defekte, EXIT_ORDER.index(found.exit_code)))
    _write(assessments, decisive.ergebnis, comparison(source.name, vergleiche), ziele)
    return decisive.exit_code


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
    assessments: Iterable[Assessment],
    ergebnis: Ergebnis,
    blocks: Iterable[Block],
    ziele: Sequence[Ausgabe],
) -> None:
    entries, shown = list(assessments), list(blocks)
    for form, output in ziele:
        if form == "json":
            from foerdercheck.reports.result_json import budget_document, budget_line  # noqa: PLC0415 - only this format

            checked = (kept(assessment, budget_line) for assessment in entries)
            write_text("".join(budget_document(checked, ergebnis)), output)
        else:
            write_blocks(shown, output)
