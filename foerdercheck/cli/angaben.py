"""The values of options, read with the same parsers and messages as the input files."""

from datetime import date
from decimal import Decimal

import typer

from foerdercheck.model.beihilfe import parse_verordnung
from foerdercheck.model.scalars import ScalarError, one_of, parse_datum, parse_geld


def datum(value: str, option: str) -> date:
    """Read the value of an option that is a day."""
    try:
        return parse_datum(value)
    except ScalarError as error:
        raise typer.BadParameter(str(error), param_hint=option) from None


def betrag(value: str, option: str) -> Decimal:
    """Read the value of an option that is an amount in EUR."""
    try:
        return parse_geld(value)
    except ScalarError as error:
        raise typer.BadParameter(str(error), param_hint=option) from None


def wort(value: str, words: tuple[str, ...], option: str) -> str:
    """Read the value of an option that is one of `words`."""
    try:
        return one_of(words, "hier")(value)
    except ScalarError as error:
        raise typer.BadParameter(str(error), param_hint=option) from None


def verordnung_von(value: str, option: str) -> str:
    """Read the value of an option that is a de-minimis regulation."""
    try:
        return parse_verordnung(value)
    except ScalarError as error:
        raise typer.BadParameter(str(error), param_hint=option) from None
