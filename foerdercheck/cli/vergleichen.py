"""`foerdercheck vergleichen`: two budgets side by side."""

from pathlib import Path as FilePath
from typing import TYPE_CHECKING, Annotated

import typer

from foerdercheck.cli.ausgaben import MAPPE, PDF, SCHIRM, Ausgabe, ausgaben
from foerdercheck.cli.files import STDIN, is_folder
from foerdercheck.cli.options import eigenes_programm, offering, read_datum, read_wort, result_file
from foerdercheck.cli.output import complain, write_blocks, write_bytes, write_text
from foerdercheck.model.filenames import shown_name

if TYPE_CHECKING:
    from foerdercheck.vergleich.gegenueberstellung import Gegenueberstellung

_FORMATE = ("tabelle", "json", "markdown", "html", PDF)


def vergleichen(
    alt: Annotated[str, typer.Argument(metavar="ALT", help="das frühere Budget: .yaml .yml .xlsx .ods")],
    neu: Annotated[str, typer.Argument(metavar="NEU", help="das spätere Budget, in welchem Format auch immer")],
    stichtag: Annotated[
        str | None, typer.Option(metavar="DATUM", help="angenommener Tag der Bewilligung, für beide")
    ] = None,
    fassung: Annotated[
        str | None,
        typer.Option(
            metavar="DATUM", help="NEU so geprüft, als wäre es an diesem Tag beantragt: nach der Fassung dieses Tages"
        ),
    ] = None,
    programm: Annotated[
        FilePath | None,
        typer.Option(metavar="DATEI", readable=False, help="ein eigenes Programm, siehe docs/eigenes-programm.md"),
    ] = None,
    form: Annotated[
        str | None,
        typer.Option(
            "--format",
            metavar="FORMAT",
            help="tabelle, json, markdown, html oder pdf; sonst sagt es die Endung der Ausgabe, auch .xlsx",
            autocompletion=offering(_FORMATE),
        ),
    ] = None,
    output: Annotated[
        list[str] | None,
        typer.Option(
            "--output",
            "-o",
            metavar="DATEI",
            help="schreibt in diese Datei statt auf den Bildschirm (-); mehrfach",
        ),
    ] = None,
) -> None:
    """Vergleicht zwei Budgets: was anders angegeben ist, und was daraus folgt.

    Beispiele:
      foerdercheck vergleichen antrag.yaml bewilligt.xlsx
      foerdercheck vergleichen budget.yaml budget.yaml --fassung 2024-06-01

    Rückgabewert: 0 gleich in der Wirkung, 1 geändert, 2 eines ist nicht zu lesen, 4 Programmfehler.
    """
    from foerdercheck.assessment.budget import check_budget  # noqa: PLC0415 - other commands need none of this
    from foerdercheck.vergleich.gegenueberstellung import vergleiche  # noqa: PLC0415

    ziele = ausgaben(None if form is None else read_wort(form, _FORMATE, "--format"), output or ())
    for name in (alt, neu):
        if not name or name == STDIN or is_folder(name):
            raise typer.BadParameter("vergleicht zwei einzelne Dateien", param_hint="ALT NEU")
    day = read_datum(stichtag, "--stichtag") if stichtag is not None else None
    version = read_datum(fassung, "--fassung") if fassung is not None else None
    for ziel in ziele:
        result_file(ziel, (alt, neu), programm)
        if ziel.form not in {*_FORMATE, MAPPE}:
            text = f"{shown_name(ziel.datei or '')}: einen Vergleich gibt es als {', '.join(_FORMATE)} oder {MAPPE}"
            raise typer.BadParameter(text, param_hint="--output")
    own = eigenes_programm(programm)
    as_if = {"vorhaben.antragsdatum": version.isoformat()} if version is not None else None
    found = vergleiche(
        check_budget(alt, stichtag=day, fassung=own), check_budget(neu, stichtag=day, fassung=own, setze=as_if)
    )
    for side in (found.alt, found.neu):
        if side.fehler:
            complain(f"{shown_name(side.datei)}: nicht zu lesen", told=SCHIRM in ziele)
    for ziel in ziele:
        _write(found, ziel)
    raise typer.Exit(found.exit_code)


def _write(found: "Gegenueberstellung", ziel: Ausgabe) -> None:
    from foerdercheck.reports.vergleich import side_by_side  # noqa: PLC0415 - other commands need none of this

    if ziel.form == MAPPE and ziel.datei is not None:
        from foerdercheck.reports.workbook import as_workbook  # noqa: PLC0415 - openpyxl is heavy

        write_bytes(as_workbook(side_by_side(found)), ziel.datei)
    elif ziel.form == "json":
        from foerdercheck.reports.vergleich_json import comparison_document  # noqa: PLC0415

        write_text(comparison_document(found), ziel.datei)
    elif ziel.form == "markdown":
        from foerdercheck.reports.markdown_blocks import render_blocks  # noqa: PLC0415

        write_text(render_blocks(side_by_side(found)), ziel.datei)
    elif ziel.form == PDF and ziel.datei is not None:
        from foerdercheck.reports.pdf import Titelei, checked_file, pdf_of_blocks  # noqa: PLC0415 - an extra
        from foerdercheck.reports.vergleich_json import comparison_document  # noqa: PLC0415

        files = [*checked_file(found.alt), *checked_file(found.neu)]
        content = pdf_of_blocks(side_by_side(found), comparison_document(found), files, Titelei("", found.neu.stichtag))
        write_bytes(content, ziel.datei)
    else:
        write_blocks(side_by_side(found), ziel.datei, ziel.form)
