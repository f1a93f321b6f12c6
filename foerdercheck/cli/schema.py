"""`foerdercheck schema`: the JSON Schemas of the input files, for editors, and of the results, for programs."""

from pathlib import Path as FilePath
from typing import Annotated

import typer

from foerdercheck.cli.options import Programmdatei, eigenes_programm, offering, read_wort
from foerdercheck.cli.output import write_text
from foerdercheck.model.deutsch import aufzaehlung
from foerdercheck.model.filenames import shown_name

_ARTEN = ("budget", "historie", "zuordnung", "ergebnis", "konto", "vergleich")


def schema(
    art: Annotated[
        str,
        typer.Option(
            metavar="ART", help=aufzaehlung(_ARTEN, "oder"), show_default=False, autocompletion=offering(_ARTEN)
        ),
    ] = "budget",
    programm: Programmdatei = None,
    output: Annotated[
        FilePath | None, typer.Option(metavar="DATEI", readable=False, help="schreibt das Schema in eine Datei (.json)")
    ] = None,
) -> None:
    """Gibt das JSON-Schema der Budgets aus: Editoren ergänzen, erklären und prüfen damit schon beim Schreiben.

    Mit --art ergebnis, konto oder vergleich gibt es das Schema dessen aus, was check, deminimis oder vergleichen als JSON schreibt.

    Beispiele:
      foerdercheck schema --output budget.schema.json
      foerdercheck schema --art historie
      foerdercheck schema --art ergebnis

    Die erste Zeile des Budgets sagt es dem Editor:
      # yaml-language-server: $schema=budget.schema.json

    Das Urteil spricht foerdercheck check: ein Schema sieht nicht alles.
    """
    from foerdercheck.schema.documents import SCHEMAS, budget_schema, schema_text  # noqa: PLC0415 - no check needs it

    kind = read_wort(art, _ARTEN, "--art")
    if programm is not None and kind != "budget":
        raise typer.BadParameter("nur das Schema der Budgets hängt vom Programm ab", param_hint="--programm")
    if output is not None and output.suffix.casefold() != ".json":
        raise typer.BadParameter(f"{shown_name(output)}: geschrieben wird .json", param_hint="--output")
    write_text(schema_text(SCHEMAS[kind]() if programm is None else budget_schema(eigenes_programm(programm))), output)
