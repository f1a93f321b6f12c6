"""`foerdercheck check`: budgets in, verdicts out."""

import sys
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path as FilePath
from typing import Annotated

import typer

from foerdercheck.assessment import Assessment, check_budget
from foerdercheck.cli.angaben import datum, eigenes_programm, result_file, wort
from foerdercheck.cli.ausgabe import complain, write_blocks, write_text
from foerdercheck.cli.dateien import STDIN, budget_files
from foerdercheck.model.deutsch import anzahl
from foerdercheck.programmes.fassung import Fassung
from foerdercheck.reading.files import BUDGET_SUFFIXES
from foerdercheck.reading.yaml_tree import MAX_BYTES
from foerdercheck.reports.bericht import report
from foerdercheck.reports.dokument import Block
from foerdercheck.reports.summary import one_line, summary

FORMATE = ("tabelle", "json")
_EXIT_ORDER = {0: 0, 3: 1, 1: 2, 2: 3, 4: 4}


def check(
    budgets: Annotated[
        list[str], typer.Argument(metavar="BUDGET…", help="Dateien, Ordner oder - für YAML von der Standardeingabe")
    ],
    stichtag: Annotated[
        str | None,
        typer.Option(
            metavar="DATUM", help="angenommener Tag der Bewilligung; sonst bewilligung aus der Datei, sonst heute"
        ),
    ] = None,
    form: Annotated[
        str, typer.Option("--format", metavar="FORMAT", help="tabelle oder json", show_default=False)
    ] = "tabelle",
    output: Annotated[
        FilePath | None,
        typer.Option(metavar="DATEI", help="schreibt das Ergebnis in diese Datei statt auf den Bildschirm"),
    ] = None,
    herleitung: Annotated[
        bool, typer.Option("--herleitung", help="zeigt zu jedem Betrag Formel, Ziffer und Fundstelle")
    ] = False,
    programm: Annotated[
        FilePath | None, typer.Option(metavar="DATEI", help="ein eigenes Programm, siehe docs/eigenes-programm.md")
    ] = None,
    alle: Annotated[
        bool, typer.Option("--alle", help="vergleicht alle Programme: wo wäre das Budget förderfähig, mit wie viel?")
    ] = False,
    quiet: Annotated[bool, typer.Option("--quiet", help="nur das Urteil, eine Zeile je Datei")] = False,
) -> None:
    """Prüft Budgets: förderfähig? drei Angebote? De-minimis?

    Beispiele:
      foerdercheck check budget.yaml
      foerdercheck check budget.yaml --herleitung --stichtag 2026-03-20
      foerdercheck check budget.yaml --alle
      foerdercheck check budgets/ --format json --output ergebnis.json

    Rückgabewert: 0 förderfähig, 1 nicht förderfähig, 2 Eingabefehler, 3 offen (es fehlen Angaben), 4 Programmfehler.
    """
    form = wort(form, FORMATE, "--format")
    if not all(budgets):
        raise typer.BadParameter("ein leerer Name ist keine Datei", param_hint="BUDGET")
    day = datum(stichtag, "--stichtag") if stichtag is not None else None
    output = result_file(output, budgets)
    fassung = eigenes_programm(programm)
    if alle:
        from foerdercheck.cli.alle import compare  # noqa: PLC0415 - a check of its own kind

        raise typer.Exit(compare(budgets, form, day, fassung, output))
    if output is not None and output.suffix.casefold() == ".xlsx":
        from foerdercheck.cli.ergebnis import write_results  # noqa: PLC0415 - openpyxl is heavy

        raise typer.Exit(write_results(budgets, form, day, output, fassung))
    assessments = _assessments(budgets, day, fassung)
    done: list[Assessment] = []
    if form == "tabelle" and not quiet:
        write_blocks(_reports(assessments, done, herleitung=herleitung), output)
    else:
        done += assessments
        if done:
            write_text(_machine_text(done, form, herleitung=herleitung), output)
    if not done:
        complain(f"in {', '.join(budgets)} liegt kein Budget ({', '.join(sorted(BUDGET_SUFFIXES))})")
        raise typer.Exit(2)
    raise typer.Exit(worst_exit(done))


def _machine_text(done: Sequence[Assessment], form: str, *, herleitung: bool) -> str:
    """Return JSON, or a line for each file."""
    if form == "json":
        from foerdercheck.reports.result_json import render_json  # noqa: PLC0415 - only this format needs it

        return render_json(done, herleitung=herleitung)
    return "".join(one_line(assessment) + "\n" for assessment in done)


def worst_exit(assessments: Sequence[Assessment]) -> int:
    """Return the exit code of a call: the worst of all files, in the order 4 > 2 > 1 > 3 > 0."""
    return max((assessment.exit_code for assessment in assessments), key=_EXIT_ORDER.__getitem__)


def _assessments(names: Sequence[str], day: date | None, fassung: Fassung | None) -> Iterator[Assessment]:
    for name, found in budget_files(names):
        assessment = check_budget(_stdin() if name == STDIN else name, stichtag=day, fassung=fassung)
        if found and assessment.ist_historie:
            complain(f"{name}: übersprungen, das ist eine De-minimis-Historie")
        else:
            if assessment.fehler:
                complain(f"{name}: {anzahl(len(assessment.fehler), 'Fehler', 'Fehler')}, nicht geprüft")
            yield assessment


def _stdin() -> bytes:
    return sys.stdin.buffer.read(MAX_BYTES + 1) if sys.stdin else b""


def _reports(assessments: Iterator[Assessment], done: list[Assessment], *, herleitung: bool) -> Iterator[Block]:
    """Yield the report of each file as soon as it is assessed, and a summary where there are several."""
    for assessment in assessments:
        done.append(assessment)
        yield from report(assessment, herleitung=herleitung)
    if len(done) > 1:
        yield summary(done, f"Zusammenfassung über {anzahl(len(done), 'Datei', 'Dateien')}")
