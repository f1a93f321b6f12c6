"""`--spalten DATEI`: the mapping by which foreign tables are read."""

from collections.abc import Sequence
from pathlib import Path as FilePath
from typing import TYPE_CHECKING, Annotated

import typer

from foerdercheck.cli.files import STDIN
from foerdercheck.cli.options import refused_file
from foerdercheck.model.filenames import shown_name
from foerdercheck.model.location import InputError
from foerdercheck.reading.files import YAML_SUFFIXES

if TYPE_CHECKING:
    from foerdercheck.model.zuordnung import Zuordnungsdatei

SpaltenDatei = Annotated[
    FilePath | None,
    typer.Option(
        "--spalten",
        metavar="DATEI",
        readable=False,
        help="liest eine fremde Tabelle (.csv .xlsx .xlsm .ods) nach dieser Zuordnung (.yaml), siehe docs/zuordnung.md",
    ),
]


def read_spalten(file: FilePath | None, tables: Sequence[str] = ()) -> "Zuordnungsdatei | None":
    """Return the mapping of a call about these tables; one that cannot be read ends it as an input error."""
    if file is None:
        return None
    if STDIN in tables:
        raise typer.BadParameter("liest Tabellen, nicht die Standardeingabe", param_hint="--spalten")
    if file.suffix.casefold() not in YAML_SUFFIXES:
        raise typer.BadParameter(f"{shown_name(file)} ist keine Zuordnung (.yaml)", param_hint="--spalten")
    from foerdercheck.assessment.zuordnung import read_zuordnung  # noqa: PLC0415 - only this option needs it

    try:
        return read_zuordnung(file)
    except InputError as error:
        raise refused_file(file, error) from None
