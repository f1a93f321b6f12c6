"""Where the answers of `check` go and in which form: the ending of a file says it, or `--format`."""

from collections.abc import Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path as FilePath
from typing import NamedTuple

import typer

from foerdercheck.cli.files import STDIN, is_folder

MAPPE = "xlsx"
PDF = "pdf"
ORDNER = "ordner"
UNBEKANNT = ""
ENDUNGEN: Mapping[str, str] = {
    ".codeclimate.json": "codeclimate",
    ".json": "json",
    ".junit.xml": "junit",
    ".sarif": "sarif",
    ".md": "markdown",
    ".html": "html",
    ".pdf": PDF,
    ".txt": "tabelle",
    ".csv": "csv",
    ".ics": "ics",
    ".xlsx": MAPPE,
}
"""Endings and the forms they stand for; one that ends with another comes before it."""


class Ausgabe(NamedTuple):
    """One output: its form (UNBEKANNT if nothing says it), and the file or folder it goes to (None: the screen)."""

    form: str
    datei: FilePath | None


SCHIRM = Ausgabe("tabelle", None)
"""The report as people read it, on the screen or in a pipe."""


def ausgaben(form: str | None, outputs: Sequence[str]) -> list[Ausgabe]:
    """Return the outputs of a call; `form` is that of --format, for the screen and for files whose ending says nothing.

    For a single file a stated form holds, whatever its ending. A PDF needs a file, and what typesets it.
    """
    found = _meant(form, outputs)
    if any(ausgabe.form == PDF and ausgabe.datei is None for ausgabe in found):
        raise typer.BadParameter("ein PDF wird in eine Datei geschrieben (--output NAME.pdf)", param_hint="--format")
    if any(ausgabe.form == PDF for ausgabe in found) and find_spec("typst") is None:
        raise typer.BadParameter(
            'ein PDF setzt typst; es fehlt hier: pip install "foerdercheck[pdf]"', param_hint="--output"
        )
    return found


def _meant(form: str | None, outputs: Sequence[str]) -> list[Ausgabe]:
    if not outputs:
        return [SCHIRM if form is None else Ausgabe(form, None)]
    if form is not None and len(outputs) == 1 and not outputs[0].casefold().endswith(".xlsx"):
        return [_ausgabe(form, outputs[0])]
    found = [_ausgabe(_by_ending(name, form), name) for name in outputs]
    if form is not None and form not in {ausgabe.form for ausgabe in found}:
        raise typer.BadParameter(
            f"{form} gilt für keine dieser Ausgaben: ihre Endungen sagen anderes", param_hint="--format"
        )
    if len({ausgabe.datei for ausgabe in found}) < len(found):
        raise typer.BadParameter("dieselbe Datei ist zweimal genannt", param_hint="--output")
    return found


def _ausgabe(form: str, name: str) -> Ausgabe:
    return Ausgabe(form, None if name == STDIN else FilePath(name))


def _by_ending(name: str, form: str | None) -> str:
    if name != STDIN and (name.endswith(("/", "\\")) or (form is None and is_folder(name))):
        return ORDNER
    known = next((word for ending, word in ENDUNGEN.items() if name.casefold().endswith(ending)), form)
    return known or ("tabelle" if name == STDIN else UNBEKANNT)
