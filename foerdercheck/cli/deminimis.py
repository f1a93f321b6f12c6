"""`foerdercheck deminimis`: the de-minimis account of a history, and whether a planned award fits."""

import os
from pathlib import Path as FilePath
from typing import TYPE_CHECKING, Annotated, cast

import typer

from foerdercheck.cli import options
from foerdercheck.cli.ausgaben import MAPPE, PDF
from foerdercheck.cli.output import complain, ensure_writable, write_bytes
from foerdercheck.cli.papier import Papier, write_papier
from foerdercheck.cli.zuordnung import SpaltenDatei, read_spalten
from foerdercheck.deminimis.fenster import GRENZTAGE, Grenztag
from foerdercheck.model.filenames import shown_name

if TYPE_CHECKING:
    from collections.abc import Iterable

    from foerdercheck.assessment.historie import HistoryAssessment
    from foerdercheck.reports.ausfuehrlich import Ausfuehrlich
    from foerdercheck.reports.pdf import Anlage


_FORMATE = ("tabelle", "json", "html", PDF)
_KEPT = ("html", PDF, MAPPE)
"""The forms in which an account is handed over: its file is kept until then."""
_ENTWUERFE = (".xlsx", ".md")


def deminimis_command(
    history: Annotated[
        str, typer.Argument(metavar="HISTORIE", help="Datei mit den bisherigen Beihilfen: .xlsx .xlsm .ods .csv .yaml")
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
            autocompletion=options.offering(GRENZTAGE),
        ),
    ] = "streng",
    form: Annotated[str | None, options.format_option(_FORMATE)] = None,
    herleitung: Annotated[bool, typer.Option("--herleitung", help="zeigt, wie sich ergibt, was frei ist")] = False,
    was_geht_noch: Annotated[
        bool,
        typer.Option(
            "--was-geht-noch", help="größte Beihilfe an jedem kommenden Tag, und was ein Widerruf frei machte"
        ),
    ] = False,
    frist: Annotated[
        bool, typer.Option("--frist", help="bis wann die Stelle jede Beihilfe in das Zentralregister einträgt")
    ] = False,
    erklaerung: Annotated[
        FilePath | None,
        typer.Option(
            metavar="DATEI", readable=False, help="schreibt den Entwurf der De-minimis-Erklärung: .xlsx oder .md"
        ),
    ] = None,
    spalten: SpaltenDatei = None,
    kennung: Annotated[
        str | None,
        typer.Option(metavar="ZEICHEN", help="sagt nur, ob ein Bericht mit dieser Prüfkennung zu diesem Konto gehört"),
    ] = None,
    output: Annotated[list[str] | None, options.output_option()] = None,
) -> None:
    """Führt das De-minimis-Konto: was zählt, was frei ist, ab wann eine Beihilfe passt.

    Beispiele:
      foerdercheck deminimis historie.xlsx
      foerdercheck deminimis historie.xlsx --unternehmen "A GmbH" --erklaerung erklaerung.xlsx
      foerdercheck deminimis historie.csv --beihilfe 90.000,00 --stichtag 2026-03-20 --unternehmen "A GmbH"
      foerdercheck deminimis historie.csv --beihilfe 50.000,00@2026-12-01 --beihilfe 200.000,00@2027-01-11
      foerdercheck deminimis auszug.csv --spalten zuordnung.yaml

    Rückgabewert: 0 eingehalten, 1 überschritten, 2 Eingabefehler, 3 offen, 4 Programmfehler.
    """
    from foerdercheck.assessment.historie import UnknownUndertakingError, check_frage  # noqa: PLC0415 - no budget needs it
    from foerdercheck.cli.geplant import Getippt, frage  # noqa: PLC0415
    from foerdercheck.cli.kennung import compare_kontokennung, read_kennung  # noqa: PLC0415
    from foerdercheck.reading.files import origin  # noqa: PLC0415
    from foerdercheck.reports.ausfuehrlich import NUR_DAS_KONTO, Ausfuehrlich  # noqa: PLC0415

    if stichtag and len(stichtag) > 1:
        raise typer.BadParameter(
            "nur einmal; mehrere geplante Beihilfen haben ihren Tag bei sich (--beihilfe BETRAG@TAG)",
            param_hint="--stichtag",
        )
    question = frage(
        Getippt(beihilfe or (), darlehen or (), buergschaft or ()),
        options.read_datum(stichtag[0], "--stichtag") if stichtag else None,
        None if verordnung is None else options.read_verordnung(verordnung, "--verordnung"),
        cast("Grenztag", options.read_wort(grenztag, GRENZTAGE, "--grenztag")),
        options.read_mitgliedstaat(mitgliedstaat, "--mitgliedstaat"),
    )
    ziele = options.read_ausgaben(form, output, _FORMATE)
    for ziel in ziele:
        options.result_file(ziel, [history])
    options.refuse_other_forms(ziele, _FORMATE, "ein Konto")
    if kennung is not None and (output or form or erklaerung):
        raise typer.BadParameter("schreibt nur einen Satz auf den Bildschirm", param_hint="--kennung")
    given = None if kennung is None else read_kennung(kennung)
    draft = None if erklaerung is None else _draft_file(erklaerung, [ziel.datei for ziel in ziele])
    where = origin(history)._replace(zuordnung=read_spalten(spalten))
    mehr = Ausfuehrlich(herleitung=herleitung, was_geht_noch=was_geht_noch, frist=frist)
    screen = given is None and all(ziel.form == "tabelle" and ziel.datei is None for ziel in ziele)
    overview = screen and unternehmen is None and mehr == NUR_DAS_KONTO
    try:
        keep = draft is not None or any(ziel.form in _KEPT for ziel in ziele)
        assessment = check_frage(where, question, unternehmen, keep=keep, uebersicht=overview)
    except UnknownUndertakingError as error:
        raise typer.BadParameter(str(error), param_hint="--unternehmen") from None
    if given is not None:
        raise typer.Exit(compare_kontokennung(given, assessment))
    if draft:
        _write_draft(assessment, draft)
    for ziel in ziele:
        write_papier(_papier(assessment, mehr, table=ziel.form == "tabelle"), ziel)
    raise typer.Exit(assessment.exit_code)


def _draft_file(file: FilePath, outputs: "Iterable[FilePath | None]") -> FilePath:
    """Return the file of a draft, of a kind that is written; raises OutputError where none can be."""
    if file.suffix.casefold() not in _ENTWUERFE:
        text = f"{shown_name(file)}: geschrieben wird {' oder '.join(_ENTWUERFE)}"
        raise typer.BadParameter(text, param_hint="--erklaerung")
    if any(output is not None and os.path.realpath(output) == os.path.realpath(file) for output in outputs):
        raise typer.BadParameter("ist auch die Datei von --output", param_hint="--erklaerung")
    ensure_writable(options.new_file(file, "--erklaerung", ueberschreiben=False))
    return file


def _write_draft(assessment: "HistoryAssessment", file: FilePath) -> None:
    """Write the draft of a declaration; one undertaking declares, and an unreadable history declares nothing."""
    if assessment.historie is None:
        return
    from foerdercheck.assessment.historie import OHNE_NAMEN  # noqa: PLC0415

    own = [konto for konto in assessment.konten if konto.mitgliedstaat == assessment.konten[0].mitgliedstaat]
    names = [name for konto in own for name in konto.unternehmen[:1] if name != OHNE_NAMEN]
    if len(names) != 1:
        listed = f": {', '.join(names[:20])}" if names else "."
        raise typer.BadParameter(f"Wer erklärt? Geben Sie --unternehmen an{listed}", param_hint="--erklaerung")
    from foerdercheck.deminimis.erklaerung import erklaerung_aus  # noqa: PLC0415 - only this option needs it

    declared = erklaerung_aus(own[0], assessment.historie)
    if file.suffix.casefold() == ".md":
        from foerdercheck.reports.erklaerung import erklaerung_markdown  # noqa: PLC0415

        write_bytes(erklaerung_markdown(declared).encode(), file)
    else:
        from foerdercheck.writing.erklaerung_mappe import erklaerung_mappe  # noqa: PLC0415 - openpyxl is heavy
        from foerdercheck.writing.workbook import saved  # noqa: PLC0415

        write_bytes(saved(erklaerung_mappe(declared)), file)
    complain("das ist ein Entwurf, den Sie prüfen und ergänzen")


def _papier(assessment: "HistoryAssessment", mehr: "Ausfuehrlich", *, table: bool) -> Papier:
    """Return the accounts as they are handed over, or for a table as they are shown."""
    if table:
        from foerdercheck.reports.history import history_report  # noqa: PLC0415 - no budget needs it

        blocks = history_report(assessment, mehr)
    else:
        from foerdercheck.reports.kontobericht import account_paper  # noqa: PLC0415

        blocks = account_paper(assessment, mehr)

    def result() -> "Iterable[str]":
        from foerdercheck.reports.result_json import history_document  # noqa: PLC0415

        return history_document(assessment, mehr)

    def files() -> "Iterable[Anlage]":
        from foerdercheck.reports.pdf import source_file  # noqa: PLC0415 - an extra

        content = assessment.inhalt
        return [source_file(assessment.datei, content, "Die geprüfte Historie")] if content else []

    kennung = str(assessment.pruefkennung or "")
    return Papier(blocks, result, files, assessment.stichtag, kennung, konto=True)
