"""The values of the JSON results: amounts as strings with two decimals, days in ISO form, places, derivations, changed values."""

from datetime import date
from decimal import Decimal
from typing import overload

from foerdercheck.model.figure import Figure
from foerdercheck.model.filenames import shown_name
from foerdercheck.model.location import Location, SourceMap
from foerdercheck.reading.aenderungen import path_text
from foerdercheck.reading.document import Aenderung
from foerdercheck.schema import account_results, ausweg_results, result_values

_NOWHERE = Location()


def place(ort: Location | None) -> result_values.OrtJson | None:
    """Return line and column, or sheet and cell (None where the whole sheet is meant), and the file if it is another one."""
    if ort is None or ort == _NOWHERE:
        return None
    file: result_values.AndereDatei = {} if ort.datei is None else {"datei": shown_name(ort.datei)}
    if ort.blatt is None:
        return {**file, "zeile": ort.zeile, "spalte": ort.spalte}
    return {**file, "blatt": ort.blatt, "zelle": ort.zelle}


@overload
def money(betrag: Decimal) -> str: ...
@overload
def money(betrag: Decimal | None) -> str | None: ...
def money(betrag: Decimal | None) -> str | None:
    """Return an amount with exactly two decimals."""
    if betrag is None:
        return None
    text = str(betrag)  # a third of the time of a format, and nearly always in whole cents already
    return text if text[-3:-2] == "." else f"{betrag:.2f}"


@overload
def day(tag: date) -> str: ...
@overload
def day(tag: date | None) -> str | None: ...
def day(tag: date | None) -> str | None:
    """Return a date in ISO form."""
    return tag.isoformat() if tag else None


def derivation(figure: Figure, source: SourceMap) -> account_results.BetragsherleitungJson:
    """Return how a figure came about."""
    return {
        "name": figure.name,
        "betrag": money(figure.betrag),
        "formel": figure.formel or None,
        "ziffer": figure.ziffer,
        "ort": place(source.locate(figure.pfad)) if figure.pfad else None,
        "aus": [derivation(part, source) for part in figure.aus],
    }


def aenderung_json(change: Aenderung) -> ausweg_results.AenderungJson:
    """Return a value that is not that of the file."""
    return {
        "feld": path_text(change.pfad), "ort": place(change.ort), "alt": change.alt or None, "neu": change.neu or None
    }  # fmt: skip
