"""`foerdercheck check BUDGET --alle`: where would this budget be eligible, and what would it get?"""

from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path as FilePath

import typer

from foerdercheck.alle import assess_under_all
from foerdercheck.assessment import Assessment, Fehler, fehler_of
from foerdercheck.batch import kept
from foerdercheck.cli.ausgabe import complain, write_blocks, write_text
from foerdercheck.cli.dateien import STDIN, is_folder
from foerdercheck.model.befund import EXIT_ORDER
from foerdercheck.model.deutsch import anzahl
from foerdercheck.model.filenames import shown_name
from foerdercheck.model.location import InputError
from foerdercheck.programmes.fassung import Fassung
from foerdercheck.reading.files import read_file
from foerdercheck.reports.alle import comparison
from foerdercheck.reports.bericht import report
from foerdercheck.reports.dokument import Block


def compare(
    budgets: Sequence[str], form: str, stichtag: date | None, eigene: Fassung | None, output: FilePath | None
) -> int:
    """Check one budget under every programme; returns 0 if one of them would pay, 3 if that is open, else 1 or 2."""
    if len(budgets) != 1 or is_folder(budgets[0]) or budgets[0] == STDIN:
        raise typer.BadParameter("vergleicht eine einzelne Datei", param_hint="--alle")
    file = FilePath(budgets[0])
    try:
        document = read_file(file)
    except InputError as error:
        unreadable = _unusable(shown_name(file), fehler_of(error.problems, error.source))
        _write([unreadable], report(unreadable), form, output)
        complain(f"{unreadable.datei}: {anzahl(len(unreadable.fehler), 'Fehler', 'Fehler')}, nicht geprüft")
        return unreadable.exit_code
    vergleiche = list(assess_under_all(document, file.parent, stichtag=stichtag, eigene=eigene))
    nowhere = _unusable(shown_name(file), (Fehler(vergleich.grund, None, "") for vergleich in vergleiche))
    assessments = [vergleich.assessment for vergleich in vergleiche if vergleich.assessment] or [nowhere]
    _write(assessments, comparison(shown_name(file), vergleiche), form, output)
    codes = {assessment.exit_code for assessment in assessments}
    return 4 if 4 in codes else min(codes, key=EXIT_ORDER.index)


def _unusable(name: str, fehler: Iterable[Fehler]) -> Assessment:
    return Assessment(datei=name, ergebnis="fehler", fehler=tuple(fehler))


def _write(assessments: Iterable[Assessment], blocks: Iterable[Block], form: str, output: FilePath | None) -> None:
    if form == "json":
        from foerdercheck.reports.result_json import budget_document, budget_line  # noqa: PLC0415 - only this format

        write_text("".join(budget_document(kept(assessment, budget_line) for assessment in assessments)), output)
    else:
        write_blocks(blocks, output)
