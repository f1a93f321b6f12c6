"""The kinds of values the fields of an input file hold."""

from datetime import date
from decimal import Decimal
from typing import Annotated

from foerdercheck.model.amounts import parse_anzahl, parse_geld, parse_prozent, parse_stunden, parse_ust
from foerdercheck.model.laender import BUNDESLAENDER, MITGLIEDSTAATEN, STAATEN
from foerdercheck.model.records import Scalar
from foerdercheck.model.scalars import (
    ScalarError,
    one_of,
    parse_datum,
    parse_ja_nein,
    parse_monat,
    parse_text,
    shown,
    suggestion,
    unseen_flaw,
)


def wort(words: tuple[str, ...], was: str) -> Scalar:
    """Return the marker of a field that holds one of `words`; `was` says in messages what they are."""
    return Scalar(one_of(words, was), words)


def _jahr(raw: object) -> int:
    text = str(raw)
    if not (len(text) == 4 and text.isascii() and text.isdigit() and 1900 <= int(text) < 2200):
        raise ScalarError(f"{shown(raw)} {unseen_flaw(text) or 'ist kein Kalenderjahr: schreiben Sie z. B. 2026'}")
    return int(text)


def _land(raw: object) -> str:
    code = parse_text(raw).upper()
    if code not in BUNDESLAENDER and code not in STAATEN:
        raise ScalarError(
            f"{shown(raw)} ist weder das Kürzel eines Bundeslandes ({' '.join(BUNDESLAENDER)}) "
            f"noch ein Staatenkürzel wie DK{suggestion(code, list(BUNDESLAENDER))}"
        )
    return code


def parse_mitgliedstaat(raw: object) -> str:
    """Read the code of a Member State of the EU."""
    code = parse_text(raw).upper()
    if code not in MITGLIEDSTAATEN:
        raise ScalarError(f"{shown(raw)} ist kein Mitgliedstaat der EU: schreiben Sie z. B. DE oder AT")
    return code


Geld = Annotated[Decimal, Scalar(parse_geld)]
Stunden = Annotated[Decimal, Scalar(parse_stunden)]
Prozent = Annotated[Decimal, Scalar(parse_prozent)]
Umsatzsteuersatz = Annotated[Decimal, Scalar(parse_ust)]
Datum = Annotated[date, Scalar(parse_datum)]
Monat = Annotated[date, Scalar(parse_monat)]
JaNein = Annotated[bool, Scalar(parse_ja_nein)]
Anzahl = Annotated[int, Scalar(parse_anzahl)]
Text = Annotated[str, Scalar(parse_text)]
Jahr = Annotated[int, Scalar(_jahr)]
Land = Annotated[str, Scalar(_land)]
Mitgliedstaat = Annotated[str, Scalar(parse_mitgliedstaat)]
