"""`foerdercheck programme`: the guidelines this program knows, with every value and where it stands."""

from typing import Annotated

import typer

from foerdercheck.cli.ausgabe import write_blocks
from foerdercheck.model.location import InputError
from foerdercheck.programmes import load_version, programme_ids, versions


def programme(
    programm: Annotated[str | None, typer.Argument(metavar="ID", help="ein Programm; ohne Angabe alle")] = None,
) -> None:
    """Listet die Förderprogramme, oder zeigt eines mit allen Werten, Ziffern und Belegen.

    Beispiele:
      foerdercheck programme
      foerdercheck programme sh-ki
    """
    from foerdercheck.reports.law import programme_list, programme_report  # noqa: PLC0415 - no check needs it

    if programm is None:
        write_blocks(
            programme_list([[load_version(file) for file in versions(known)] for known in programme_ids()]), None
        )
        return
    try:
        files = versions(programm)
    except InputError as error:
        raise typer.BadParameter(error.problems[0].text, param_hint="ID") from None
    for file in files:
        write_blocks(programme_report(load_version(file)), None)
