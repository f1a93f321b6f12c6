"""`foerdercheck vergleichen`: two budgets side by side."""

from collections.abc import Sequence
from pathlib import Path as FilePath
from typing import TYPE_CHECKING, Annotated

import typer

from foerdercheck.cli import options
from foerdercheck.cli.ausgaben import PDF, SCHIRM
from foerdercheck.cli.files import STDIN, is_folder
from foerdercheck.cli.output import complain
from foerdercheck.cli.papier import Papier, write_papier
from foerdercheck.cli.zuordnung import read_spalten
from foerdercheck.model.filenames import shown_name
from foerdercheck.reading.files import YAML_SUFFIXES

if TYPE_CHECKING:
    from foerdercheck.model.zuordnung import Zuordnungsdatei
    from foerdercheck.reports.pdf import Anlage
    from foerdercheck.vergleich.gegenueberstellung import Gegenueberstellung

_FORMATE = ("tabelle", "json", "markdown", "html", PDF)


def vergleichen(
    alt: Annotated[str, typer.Argument(metavar="ALT", help="das frühere Budget: .yaml .yml .xlsx .ods")],
    neu: Annotated[str, typer.Argument(metavar="NEU", help="das spätere Budget, in welchem Format auch immer")],
    stichtag: options.Bewilligungstag = None,
    fassung: Annotated[
        str | None,
        typer.Option(
            metavar="DATUM", help="NEU so geprüft, als wäre es an diesem Tag beantragt: nach der Fassung dieses Tages"
        ),
    ] = None,
    programm: options.Programmdatei = None,
    spalten: Annotated[
        list[FilePath] | None,
        typer.Option(
            metavar="DATEI",
            readable=False,
            help="liest fremde Tabellen nach dieser Zuordnung (.yaml), siehe docs/zuordnung.md; zweimal: die für ALT, die für NEU",
        ),
    ] = None,
    form: Annotated[str | None, options.format_option(_FORMATE)] = None,
    output: Annotated[list[str] | None, options.output_option()] = None,
) -> None:
    """Vergleicht zwei Budgets: was anders angegeben ist, und was daraus folgt.

    Beispiele:
      foerdercheck vergleichen antrag.yaml bewilligt.xlsx
      foerdercheck vergleichen budget.yaml budget.yaml --fassung 2024-06-01
      foerdercheck vergleichen antrag.yaml kostenplan.xlsx --spalten zuordnung.yaml

    Rückgabewert: 0 gleich in der Wirkung, 1 geändert, 2 eines ist nicht zu lesen, 4 Programmfehler.
    """
    from foerdercheck.assessment.budget import check_budget  # noqa: PLC0415 - other commands need none of this
    from foerdercheck.vergleich.gegenueberstellung import vergleiche  # noqa: PLC0415

    ziele = options.read_ausgaben(form, output, _FORMATE)
    for name in (alt, neu):
        if not name or name == STDIN or is_folder(name):
            raise typer.BadParameter("vergleicht zwei einzelne Dateien", param_hint="ALT NEU")
    day = options.read_datum(stichtag, "--stichtag") if stichtag is not None else None
    version = options.read_datum(fassung, "--fassung") if fassung is not None else None
    for ziel in ziele:
        options.result_file(ziel, (alt, neu), programm)
    mappings = _mappings(spalten or [], (alt, neu))
    options.refuse_other_forms(ziele, _FORMATE, "einen Vergleich")
    own = options.eigenes_programm(programm)
    as_if = {"vorhaben.antragsdatum": version.isoformat()} if version is not None else None
    found = vergleiche(
        check_budget(alt, stichtag=day, fassung=own, zuordnung=mappings[0]),
        check_budget(neu, stichtag=day, fassung=own, setze=as_if, zuordnung=mappings[1]),
    )
    for side in (found.alt, found.neu):
        if side.fehler:
            complain(f"{shown_name(side.datei)}: nicht zu lesen", told=SCHIRM in ziele)
    for ziel in ziele:
        write_papier(_papier(found), ziel)
    raise typer.Exit(found.exit_code)


def _mappings(spalten: Sequence[FilePath], files: Sequence[str]) -> "list[Zuordnungsdatei | None]":
    """Return the mapping of each side: the one there is for those that are no YAML, or one for each."""
    if len(spalten) > len(files):
        raise typer.BadParameter("höchstens zweimal, für ALT und für NEU", param_hint="--spalten")
    if len(spalten) == len(files):
        return [read_spalten(file) for file in spalten]
    only = read_spalten(spalten[0]) if spalten else None
    tables = [FilePath(name).suffix.casefold() not in YAML_SUFFIXES for name in files]
    if only and not any(tables):
        raise typer.BadParameter("liest Tabellen, hier ist keine", param_hint="--spalten")
    return [only if table else None for table in tables]


def _papier(found: "Gegenueberstellung") -> Papier:
    from foerdercheck.reports.vergleich import side_by_side  # noqa: PLC0415 - other commands need none of this
    from foerdercheck.reports.vergleich_json import comparison_document  # noqa: PLC0415

    def files() -> list["Anlage"]:
        from foerdercheck.reports.pdf import checked_file  # noqa: PLC0415 - an extra

        return [*checked_file(found.alt), *checked_file(found.neu)]

    return Papier(side_by_side(found), lambda: [comparison_document(found)], files, found.neu.stichtag)
