"""`foerdercheck programme`: the guidelines this program knows, with every value and where it stands."""

from pathlib import Path as FilePath
from typing import Annotated

import typer

from foerdercheck.cli.options import bekannte_fassungen, eigenes_programm, read_fassung
from foerdercheck.cli.output import write_page, write_text
from foerdercheck.programmes import load_version, programme_ids, versions


def programme(
    programm: Annotated[
        str | None, typer.Argument(metavar="ID", help="ein Programm, auch eine eigene Datei (.yaml); ohne Angabe alle")
    ] = None,
    fassung: Annotated[
        str | None, typer.Option(metavar="DATUM", help="die Fassung, die an diesem Tag galt; sonst die neueste")
    ] = None,
    vergleich: Annotated[
        tuple[str, str, str] | None,
        typer.Option(metavar="ID VON BIS", help="was sich zwischen den Fassungen zweier Tage geändert hat"),
    ] = None,
    auslegungen: Annotated[
        bool,
        typer.Option("--auslegungen", help="nur, was unsere Lesart ist, als Markdown: was, warum und was daraus folgt"),
    ] = False,
) -> None:
    """Listet die Förderprogramme, oder zeigt eines mit allen Werten, Ziffern und Belegen.

    Beispiele:
      foerdercheck programme
      foerdercheck programme zr-ni
      foerdercheck programme --vergleich zr-ni 2023-01-01 2025-01-01
    """
    from foerdercheck.reports.auslegungen import auslegungen_report  # noqa: PLC0415 - no check needs it
    from foerdercheck.reports.fassungen import differences  # noqa: PLC0415
    from foerdercheck.reports.law import programme_list, programme_report  # noqa: PLC0415
    from foerdercheck.reports.markdown_blocks import render_blocks  # noqa: PLC0415

    if auslegungen:
        ids = programme_ids() if programm is None else [programm]
        every = [load_version(file) for known in ids for file in bekannte_fassungen(known, "ID")]
        write_text(render_blocks(auslegungen_report(every)), None)
    elif vergleich is not None:
        known, *days = vergleich
        old, new = (read_fassung(known, day, "--vergleich") for day in days)
        write_page(differences(old, new))
    elif programm is None:
        write_page(programme_list([[load_version(file) for file in versions(known)] for known in programme_ids()]))
    elif programm.endswith((".yaml", ".yml")) and (own := eigenes_programm(FilePath(programm))) is not None:
        write_page(programme_report(own, [own]))
    else:
        every = [load_version(file) for file in bekannte_fassungen(programm, "ID")]
        chosen = every[-1] if fassung is None else read_fassung(programm, fassung, "--fassung")
        write_page(programme_report(chosen, every))
