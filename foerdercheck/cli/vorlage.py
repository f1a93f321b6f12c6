"""`foerdercheck vorlage`: an empty budget or history to fill in."""

from pathlib import Path as FilePath
from typing import Annotated

import typer

from foerdercheck.cli.options import eigenes_programm, new_file, offering, read_wort, written_suffix
from foerdercheck.cli.output import complain, write_bytes
from foerdercheck.model.filenames import shown_name
from foerdercheck.model.location import InputError
from foerdercheck.programmes import neueste_fassung, programme_ids
from foerdercheck.programmes.fassung import Fassung

VORLAGEARTEN = ("budget", "historie")


def vorlage(
    ziel: Annotated[
        FilePath, typer.Argument(metavar="ZIEL", readable=False, help="Datei, die entsteht: .xlsx oder .yaml")
    ],
    programm: Annotated[
        str | None,
        typer.Option(metavar="ID", help="Förderprogramm, siehe foerdercheck programme, oder die Datei eines eigenen"),
    ] = None,
    art: Annotated[
        str,
        typer.Option(
            metavar="ART", help="budget oder historie", show_default=False, autocompletion=offering(VORLAGEARTEN)
        ),
    ] = "budget",
    ueberschreiben: Annotated[bool, typer.Option("--ueberschreiben", help="auch wenn es die Datei schon gibt")] = False,
) -> None:
    """Schreibt eine Vorlage zum Ausfüllen: nur die Angaben, die das Programm braucht, jede erklärt, mit ihrer Ziffer.

    Beispiele:
      foerdercheck vorlage budget.xlsx --programm sh-ki
      foerdercheck vorlage historie.xlsx --art historie

    Die ausgefüllte Datei prüft foerdercheck check oder foerdercheck deminimis.
    """
    from foerdercheck.writing.templates import budget_template, history_template  # noqa: PLC0415 - openpyxl is heavy

    suffix = written_suffix(ziel, "ZIEL")
    kind = read_wort(art, VORLAGEARTEN, "--art")
    new_file(ziel, "ZIEL", ueberschreiben=ueberschreiben)
    if kind == "historie":
        write_bytes(history_template(suffix), ziel)
    else:
        write_bytes(budget_template(_fassung(programm), suffix), ziel)
    complain(f"{shown_name(ziel)} geschrieben")


def _fassung(name: str | None) -> Fassung:
    """Return the version a template is for: the youngest of a programme, or the user's own from a file."""
    known = programme_ids()
    if name is None:
        raise typer.BadParameter(f"für welches Programm? Möglich sind {', '.join(known)}", param_hint="--programm")
    if name.endswith((".yaml", ".yml")) and (own := eigenes_programm(FilePath(name))) is not None:
        return own
    try:
        return neueste_fassung(name)
    except InputError as error:
        raise typer.BadParameter(error.problems[0].text, param_hint="--programm") from None
