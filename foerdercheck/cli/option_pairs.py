"""Options of `check` that cannot be heeded together: a call that gives two of them is refused, for it means something else."""

from collections.abc import Mapping
from pathlib import Path as FilePath

import typer

_COMPARED = ("tabelle", "json")
"""The forms that can show one budget under several programmes."""


def refuse_pairs(form: str, output: FilePath | None, given: Mapping[str, object]) -> None:
    """Refuse a call with options that exclude each other; `given` holds the options by name, false where not given."""
    workers = ("--jobs", "--scheduler")
    if given["--alle"]:
        if form not in _COMPARED:
            text = f"{form} zeigt keinen Vergleich; wählen Sie {' oder '.join(_COMPARED)}"
            raise typer.BadParameter(text, param_hint="--format")
        _refuse(given, ("--quiet", "--herleitung", *workers), "--alle")
    if output is not None and output.suffix.casefold() == ".xlsx":
        _refuse(given, ("--alle", "--quiet", *workers), "einer Ergebnis-Tabelle (.xlsx)")
    if form != "tabelle":
        _refuse(given, ("--quiet",), f"--format {form}")
    if given["--quiet"]:
        _refuse(given, ("--herleitung",), "--quiet")
    if given["--ohne-ausnahmen"]:
        _refuse(given, ("--ausnahmen",), "--ohne-ausnahmen")
    if given["--scheduler"]:
        _refuse(given, ("--jobs",), "--scheduler")


def _refuse(given: Mapping[str, object], options: tuple[str, ...], beside: str) -> None:
    for option in options:
        if given[option]:
            raise typer.BadParameter(f"geht nicht zusammen mit {beside}", param_hint=option)
