"""`foerdercheck check BUDGET --output ERGEBNIS.xlsx`: the budget back with a sheet of results."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path as FilePath

import typer

from foerdercheck.assessment.ausnahmeliste import Ausnahmeliste
from foerdercheck.assessment.budget import check_budget, check_document
from foerdercheck.assessment.fehler import Fehler
from foerdercheck.cli.ausgaben import Ausgabe
from foerdercheck.cli.files import STDIN, is_folder
from foerdercheck.cli.formats import Umfang
from foerdercheck.cli.output import OutputError, complain, write_blocks, write_bytes, write_text
from foerdercheck.model.deutsch import anzahl
from foerdercheck.model.filenames import shown_name
from foerdercheck.model.location import InputError
from foerdercheck.programmes.fassung import Fassung
from foerdercheck.programmes.vokabular import vokabular
from foerdercheck.reading.files import BUDGET_SUFFIXES, MAX_SHEET_BYTES, Folder, load, read_bytes, read_file
from foerdercheck.reading.workbook import read_workbook
from foerdercheck.reports.bericht import report
from foerdercheck.reports.characters import in_one_line, no_command
from foerdercheck.reports.marked import with_faults
from foerdercheck.reports.summary import one_line
from foerdercheck.reports.workbook import with_results
from foerdercheck.writing.conversion import budget_as_workbook

_WORKBOOKS = frozenset({".xlsx", ".xlsm"})
"""Endings of what can be given back with its own cells."""


def write_results(
    budget: str,
    ausgabe: Ausgabe,
    umfang: Umfang,
    *,
    alone: bool,
    stichtag: date | None,
    fassung: Fassung | None,
    ausnahmen: Ausnahmeliste | None,
) -> int:
    """Check one budget and write it with its results; returns the exit code. The screen tells it where this is `alone`.

    A budget in another format than .xlsx is converted first, so that every finding can lead to its cell.
    """
    output = ausgabe.datei
    if output is None or is_folder(budget) or budget == STDIN:
        text = "eine Ergebnis-Tabelle (.xlsx) entsteht für eine einzelne Datei"
        raise typer.BadParameter(text, param_hint="--output")
    file = FilePath(budget)
    assessment = check_budget(file, stichtag=stichtag, fassung=fassung, ausnahmen=ausnahmen)
    if assessment.fehler:
        if alone:
            write_blocks(report(assessment), None)
        count = anzahl(len(assessment.fehler), "Fehler", "Fehler")
        written = _write_marked(file, assessment.fehler, output)
        what = "nicht geprüft" if written else f"{shown_name(output)} wird nicht geschrieben"
        complain(f"{shown_name(assessment.datei)}: {count}, {what}", told=alone and written)
        return assessment.exit_code
    try:
        workbook = _workbook(file)
        document = read_workbook(workbook, shown_name(file.name), str(file), vokabular())
        folder = Folder(file.parent)
        shown = check_document(document, folder, stichtag=stichtag, fassung=fassung, ausnahmen=ausnahmen)
        content = with_results(workbook, umfang._replace(herleitung=True).report(shown))
    except InputError as error:
        raise OutputError(f"{shown_name(file)}: {error.problems[0].text}") from error
    write_bytes(content, output)
    if alone:
        write_text(no_command(in_one_line(one_line(shown))) + "\n", None)
    return shown.exit_code


def _write_marked(file: FilePath, fehler: Sequence[Fehler], output: FilePath) -> bool:
    """Write a workbook that cannot be checked with its faulty cells marked; returns whether it has any that can be."""
    if file.suffix.casefold() not in _WORKBOOKS or not any(problem.ort and problem.ort.zelle for problem in fehler):
        return False
    try:
        content, count = with_faults(read_bytes(file, MAX_SHEET_BYTES), fehler)
    except InputError:
        return False
    cells = anzahl(count, "Zelle", "Zellen")
    write_bytes(
        content,
        output,
        f"mit Notizen an {cells} geschrieben; berichtigen Sie in Ihrer eigenen Datei, dort bleiben die Formeln",
    )
    return True


def _workbook(file: FilePath) -> bytes:
    if file.suffix.casefold() in _WORKBOOKS:
        return read_bytes(file, MAX_SHEET_BYTES)
    return budget_as_workbook(read_file(load(file, BUDGET_SUFFIXES), vokabular()))
