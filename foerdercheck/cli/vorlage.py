"""`foerdercheck vorlage`: an empty budget or history to fill in."""

from pathlib import Path as FilePath
from typing import Annotated

import typer

from foerdercheck.cli import options
from foerdercheck.cli.output import write_bytes
from foerdercheck.model.filenames import shown_name
from foerdercheck.programmes import load_version, neueste_fassung, programme_ids
from foerdercheck.programmes.fassung import Fassung

_VORLAGEARTEN = ("budget", "historie")


def vorlage(
    ziel: Annotated[
        FilePath | None, typer.Argument(metavar="ZIEL", readable=False, help="Datei, die entsteht: .xlsx oder .yaml")
    ] = None,
    programm: Annotated[
        str | None,
        typer.Option(metavar="ID", help="Förderprogramm, siehe foerdercheck programme, oder die Datei eines eigenen"),
    ] = None,
    fassung: Annotated[
        str | None, typer.Option(metavar="DATUM", help="die Fassung, die an diesem Tag galt; sonst die neueste")
    ] = None,
    art: Annotated[
        str,
        typer.Option(
            metavar="ART",
            help="budget oder historie",
            show_default=False,
            autocompletion=options.offering(_VORLAGEARTEN),
        ),
    ] = "budget",
    ueberschreiben: options.Ersetzen = False,
) -> None:
    """Schreibt eine Vorlage zum Ausfüllen: nur die Angaben, die das Programm braucht, jede erklärt, mit ihrer Ziffer.

    Beispiele:
      foerdercheck vorlage budget.xlsx --programm sh-ki
      foerdercheck vorlage budget.xlsx --programm mpsc --fassung 2020-06-01
      foerdercheck vorlage historie.xlsx --art historie

    Die ausgefüllte Datei prüft foerdercheck check oder foerdercheck deminimis.
    """
    from foerdercheck.writing.templates import budget_template, history_template  # noqa: PLC0415 - openpyxl is heavy

    if ziel is None:
        call = "foerdercheck vorlage budget.xlsx --programm ID"
        raise typer.BadParameter(f"welche Datei soll entstehen? {call}, und die ID ist:{_known()}", param_hint="ZIEL")
    suffix = options.written_suffix(ziel)
    kind = options.read_wort(art, _VORLAGEARTEN, "--art")
    if fassung is not None and kind == "historie":
        raise typer.BadParameter("geht nicht zusammen mit --art historie", param_hint="--fassung")
    options.new_file(ziel, "ZIEL", ueberschreiben=ueberschreiben)
    if kind == "historie":
        write_bytes(history_template(suffix), ziel)
    else:
        write_bytes(budget_template(_fassung(programm, fassung), suffix), ziel)


def _fassung(name: str | None, tag: str | None) -> Fassung:
    """Return the version a template is for: of a programme on a day or the youngest, or the user's own from a file."""
    if name is None:
        raise typer.BadParameter(f"für welches Programm? Möglich sind:{_known()}", param_hint="--programm")
    if name.endswith((".yaml", ".yml")) and (own := options.eigenes_programm(FilePath(name))) is not None:
        if tag is not None:
            text = f"{shown_name(FilePath(name))} ist ein eigenes Programm und hat nur eine Fassung"
            raise typer.BadParameter(text, param_hint="--fassung")
        return own
    files = options.bekannte_fassungen(name, "--programm")
    return load_version(files[-1]) if tag is None else options.read_fassung(name, tag, "--fassung")


def _known() -> str:
    """Return the programmes with their titles, a line each."""
    return "".join(f"\n  {programm:9} {neueste_fassung(programm).titel}" for programm in programme_ids())
