"""`foerdercheck deminimis`: the de-minimis account of a history, and whether a planned award fits."""

from pathlib import Path as FilePath
from typing import TYPE_CHECKING, Annotated, cast

import typer

from foerdercheck.cli.options import offering, read_datum, read_mitgliedstaat, read_verordnung, read_wort, result_file
from foerdercheck.cli.output import write_blocks, write_pieces
from foerdercheck.deminimis.fenster import GRENZTAGE, Grenztag

if TYPE_CHECKING:
    from foerdercheck.assessment.historie import HistoryAssessment


_FORMATE = ("tabelle", "json")


def deminimis_command(
    history: Annotated[
        str, typer.Argument(metavar="HISTORIE", help="Datei mit den bisherigen Beihilfen: .xlsx .ods .xls .csv .yaml")
    ],
    beihilfe: Annotated[
        list[str] | None,
        typer.Option(
            metavar="BETRAG[@TAG[@VERORDNUNG]]", help="geplante Beihilfe in EUR, mit ihrem Tag; mehrfach: eine Folge"
        ),
    ] = None,
    darlehen: Annotated[
        list[str] | None,
        typer.Option(
            metavar="BETRAG@JAHRE@BESICHERUNG[@TAG[@VERORDNUNG]]",
            help='geplantes Darlehen, z. B. "500.000,00@5@60 %"; mehrfach',
        ),
    ] = None,
    buergschaft: Annotated[
        list[str] | None,
        typer.Option(
            metavar="BETRAG@JAHRE@QUOTE[@TAG[@VERORDNUNG]]",
            help='geplante Bürgschaft, z. B. "800.000,00@5@80 %"; mehrfach',
        ),
    ] = None,
    mitgliedstaat: Annotated[
        str, typer.Option(metavar="STAAT", help="wer die geplante Beihilfe gewährt: DE, AT …", show_default=False)
    ] = "DE",
    verordnung: Annotated[
        str | None, typer.Option(metavar="NUMMER", help="ihre Verordnung; ohne Angabe die allgemeine")
    ] = None,
    stichtag: Annotated[
        list[str] | None, typer.Option(metavar="DATUM", help="Tag ihrer Gewährung; ohne Angabe heute")
    ] = None,
    unternehmen: Annotated[
        str | None, typer.Option(metavar="NAME", help="wessen Konto; nötig, wenn mehrere in Frage kommen")
    ] = None,
    grenztag: Annotated[
        str,
        typer.Option(
            metavar="LESART",
            help="streng: der Tag vor drei Jahren zählt mit; rna: er zählt nicht",
            show_default=False,
            autocompletion=offering(GRENZTAGE),
        ),
    ] = "streng",
    form: Annotated[
        str,
        typer.Option(
            "--format",
            metavar="FORMAT",
            help="tabelle oder json",
            show_default=False,
            autocompletion=offering(_FORMATE),
        ),
    ] = "tabelle",
    output: Annotated[
        FilePath | None, typer.Option(metavar="DATEI", readable=False, help="schreibt das Ergebnis in diese Datei")
    ] = None,
) -> None:
    """Führt das De-minimis-Konto: was zählt, was frei ist, ab wann eine Beihilfe passt.

    Beispiele:
      foerdercheck deminimis historie.xlsx
      foerdercheck deminimis historie.csv --beihilfe 90.000,00 --stichtag 2026-03-20 --unternehmen "A GmbH"
      foerdercheck deminimis historie.csv --beihilfe 50.000,00@2026-12-01 --beihilfe 200.000,00@2027-01-11

    Rückgabewert: 0 eingehalten, 1 überschritten, 2 Eingabefehler, 3 offen, 4 Programmfehler.
    """
    from foerdercheck.assessment.historie import UnknownUndertakingError, check_frage  # noqa: PLC0415 - no budget needs it
    from foerdercheck.cli.geplant import Getippt, frage  # noqa: PLC0415
    from foerdercheck.reading.files import origin  # noqa: PLC0415

    if stichtag and len(stichtag) > 1:
        raise typer.BadParameter(
            "nur einmal; mehrere geplante Beihilfen haben ihren Tag bei sich (--beihilfe BETRAG@TAG)",
            param_hint="--stichtag",
        )
    question = frage(
        Getippt(beihilfe or (), darlehen or (), buergschaft or ()),
        read_datum(stichtag[0], "--stichtag") if stichtag else None,
        None if verordnung is None else read_verordnung(verordnung, "--verordnung"),
        cast("Grenztag", read_wort(grenztag, GRENZTAGE, "--grenztag")),
        read_mitgliedstaat(mitgliedstaat, "--mitgliedstaat"),
    )
    form = read_wort(form, _FORMATE, "--format")
    output = result_file(output, [history], as_text=True)
    try:
        assessment = check_frage(origin(history), question, unternehmen)
    except UnknownUndertakingError as error:
        raise typer.BadParameter(str(error), param_hint="--unternehmen") from None
    _write(assessment, form, output)
    raise typer.Exit(assessment.exit_code)


def _write(assessment: "HistoryAssessment", form: str, output: FilePath | None) -> None:
    if form == "json":
        from foerdercheck.reports.result_json import history_document  # noqa: PLC0415

        write_pieces(history_document(assessment), output)
    else:
        from foerdercheck.reports.history import history_report  # noqa: PLC0415

        write_blocks(history_report(assessment), output)
