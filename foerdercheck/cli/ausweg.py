"""Options that ask what if, and for a way out: `--setze PFAD=WERT`, `--vorschlaege`, `--vorschlag NUMMER`."""

from collections.abc import Mapping, Sequence
from typing import Annotated

import typer

Setze = Annotated[
    list[str] | None,
    typer.Option(
        "--setze",
        metavar="PFAD=WERT",
        help="prüft mit einem anderen Wert, z. B. vorhaben.ende=2027-06-30 oder Beteiligte!M6=90000; mehrmals möglich",
    ),
]
MitVorschlaegen = Annotated[
    bool, typer.Option("--vorschlaege", help="zeigt auch bei vielen Dateien, was jedes Budget förderfähig machte")
]
OhneVorschlaege = Annotated[
    bool, typer.Option("--ohne-vorschlaege", help="zeigt es auch bei einer einzelnen Datei nicht")
]
Nummer = Annotated[
    str | None,
    typer.Option(
        "--vorschlag",
        metavar="NUMMER",
        help="schreibt das Budget mit diesem Vorschlag in die neue Datei von --output (.yaml oder .xlsx, wie das Budget)",
    ),
]


def read_setze(values: Sequence[str] | None) -> Mapping[str, str]:
    """Read the values of `--setze`: path or cell, and what is to stand there; nothing after = leaves the statement out."""
    changes: dict[str, str] = {}
    for given in values or ():
        path, equals, value = given.partition("=")
        path = path.strip()
        if not equals or not path:
            text = f"{given}: schreiben Sie PFAD=WERT, z. B. antragsteller.finanzierung.beantragt=90000"
            raise typer.BadParameter(text, param_hint="--setze")
        if path in changes:
            raise typer.BadParameter(f"{path} steht doppelt", param_hint="--setze")
        changes[path] = value.strip()
    return changes
