"""`check --vorschlag NUMMER`: the budget with one of its proposals, as a new file."""

from collections.abc import Callable, Sequence
from pathlib import Path as FilePath

import typer

from foerdercheck.assessment.budget import Assessment
from foerdercheck.ausweg.schreiben import written
from foerdercheck.ausweg.vorschlaege import Vorschlag, vorschlaege
from foerdercheck.cli.ausgaben import Ausgabe
from foerdercheck.cli.files import STDIN, exists, is_folder
from foerdercheck.cli.options import read_nummer
from foerdercheck.cli.output import OutputError, write_blocks, write_bytes, write_text
from foerdercheck.model.deutsch import anzahl
from foerdercheck.model.filenames import shown_name
from foerdercheck.model.location import InputError
from foerdercheck.reading.files import BUDGET_SUFFIXES, YAML_SUFFIXES, Folder, load
from foerdercheck.reports.ausweg import what_if
from foerdercheck.reports.characters import in_one_line, no_command
from foerdercheck.reports.summary import one_line


def write_proposal(
    budgets: Sequence[str], number: str, ziele: Sequence[Ausgabe], check: Callable[[str], Assessment]
) -> int:
    """Write one budget with one of its proposals as a new file, say what a check of it gives; returns that exit code.

    `check` assesses the budget. What cannot be written so ends the call as one that is wrong.
    """
    if len(budgets) != 1 or is_folder(budgets[0]) or budgets[0] == STDIN:
        raise typer.BadParameter("es geht um eine einzelne Datei", param_hint="--vorschlag")
    file, output = FilePath(budgets[0]), ziele[0].datei if len(ziele) == 1 else None
    same = _same_format(file.suffix.casefold())
    if not same:
        text = f"in {file.suffix} lassen sich keine einzelnen Werte ersetzen; foerdercheck umwandeln macht daraus .xlsx oder .yaml"
        raise typer.BadParameter(text, param_hint="--vorschlag")
    if output is None or output.suffix.casefold() not in same:
        text = f"--output nennt die neue Datei, im Format des Budgets ({' oder '.join(sorted(same))})"
        raise typer.BadParameter(text, param_hint="--vorschlag")
    if exists(output):
        text = f"{shown_name(output)} gibt es schon; ein Vorschlag wird in eine neue Datei geschrieben"
        raise typer.BadParameter(text, param_hint="--output")
    assessment = check(budgets[0])
    chosen = _chosen(assessment, number)
    try:
        data = load(file, BUDGET_SUFFIXES).data
        content, found = written(assessment, chosen, data, str(output), Folder(output.parent))
    except InputError as error:
        raise OutputError(f"{shown_name(output)} wird nicht geschrieben: {error.problems[0].text}") from None
    write_bytes(content, output)
    write_blocks([*what_if(chosen.aenderungen, "Geändert")], None)
    write_text(no_command(in_one_line(one_line(found))) + "\n", None)
    return found.exit_code


def _same_format(suffix: str) -> frozenset[str]:
    """Return the endings of files with a proposal for a budget of this ending; none where single values cannot be replaced.

    Of an .xlsm the copy would hold its macros, and those never get into a file of ours.
    """
    return YAML_SUFFIXES if suffix in YAML_SUFFIXES else frozenset({suffix} & {".xlsx"})


def _chosen(assessment: Assessment, number: str) -> Vorschlag:
    found = vorschlaege(assessment).vorschlaege
    there = anzahl(len(found), "Vorschlag", "Vorschläge") if found else "keinen Vorschlag"
    wanted = read_nummer(number, "--vorschlag")
    if not 1 <= wanted <= len(found):
        raise typer.BadParameter(f"zu diesem Budget gibt es {there}", param_hint="--vorschlag")
    return found[wanted - 1]
