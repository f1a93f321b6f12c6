"""`foerdercheck schema`: the JSON Schema of the input files, for editors."""

from pathlib import Path as FilePath
from typing import Annotated

import typer

from foerdercheck.cli.options import eigenes_programm, offering, read_wort
from foerdercheck.cli.output import write_text
from foerdercheck.cli.vorlage import VORLAGEARTEN
from foerdercheck.model.filenames import shown_name


def schema(
    art: Annotated[
        str,
        typer.Option(
            metavar="ART", help="budget oder historie", show_default=False, autocompletion=offering(VORLAGEARTEN)
        ),
    ] = "budget",
    programm: Annotated[
        FilePath | None,
        typer.Option(metavar="DATEI", readable=False, help="ein eigenes Programm, siehe docs/eigenes-programm.md"),
    ] = None,
    output: Annotated[
        FilePath | None, typer.Option(metavar="DATEI", readable=False, help="schreibt das Schema in eine Datei (.json)")
    ] = None,
) -> None:
    """Gibt das JSON-Schema der Budgets aus: Editoren ergänzen, erklären und prüfen damit schon beim Schreiben.

    Beispiele:
      foerdercheck schema --output budget.schema.json
      foerdercheck schema --art historie

    Die erste Zeile des Budgets sagt es dem Editor:
      # yaml-language-server: $schema=budget.schema.json

    Das Urteil spricht foerdercheck check: ein Schema sieht nicht alles.
    """
    from foerdercheck.schema.documents import budget_schema, history_schema, schema_text  # noqa: PLC0415 - no check needs it

    kind = read_wort(art, VORLAGEARTEN, "--art")
    if programm is not None and kind == "historie":
        raise typer.BadParameter("eine Historie gehört zu keinem Programm", param_hint="--programm")
    if output is not None and output.suffix.casefold() != ".json":
        raise typer.BadParameter(f"{shown_name(output)}: geschrieben wird .json", param_hint="--output")
    write_text(
        schema_text(history_schema() if kind == "historie" else budget_schema(eigenes_programm(programm))), output
    )
