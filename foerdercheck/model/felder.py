"""The kinds of values the fields of an input file hold."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Annotated

from foerdercheck.model.amounts import (
    parse_anzahl,
    parse_geld,
    parse_prozent,
    parse_stunden,
    parse_stundensatz,
    parse_ust,
)
from foerdercheck.model.jahrestag import parse_jahrestag
from foerdercheck.model.laender import BUNDESLAENDER, MITGLIEDSTAATEN, STAATEN
from foerdercheck.model.records import Scalar
from foerdercheck.model.scalars import (
    ScalarError,
    ensure_one,
    fold,
    one_of,
    parse_datum,
    parse_ja_nein,
    parse_monat,
    parse_text,
    shown,
    suggestion,
    unseen_flaw,
)
from foerdercheck.model.synonyme import Synonyme

_NO_OTHERS: Mapping[str, str] = {}


def wort(
    words: tuple[str, ...], was: str, *, auch: Mapping[str, str] = _NO_OTHERS, synonyme: Synonyme | None = None
) -> Scalar:
    """Return the marker of a field that holds one of `words`; `was` says in messages what they are.

    `auch` is what else means one of them, `synonyme` what people write and may mean by it.
    """
    return Scalar(one_of(words, was, partial(suggestion, synonyme=synonyme), auch), words, tuple(auch))


_LAENDER = {fold(name).replace("-", " "): code for code, name in BUNDESLAENDER.items()}


def _jahr(raw: object) -> int:
    text = str(raw)
    if not (len(text) == 4 and text.isascii() and text.isdigit() and 1900 <= int(text) < 2200):
        raise ScalarError(f"{shown(raw)} {unseen_flaw(text) or 'ist kein Kalenderjahr: schreiben Sie z. B. 2026'}")
    return int(text)


def _land(raw: object) -> str:
    text = parse_text(raw)
    code = _LAENDER.get(fold(text).replace("-", " "), text.upper())
    if code not in BUNDESLAENDER and code not in STAATEN:
        ensure_one(text, {name: land for land, full in BUNDESLAENDER.items() for name in (land, full)})
        raise ScalarError(
            f"{shown(text)} ist weder ein Bundesland ({' '.join(BUNDESLAENDER)} oder der Name) noch ein Staatenkürzel wie DK"
            f"{_meant_land(text)}"
        )
    return code


def _meant_land(text: str) -> str:
    """Return which Land may be meant: by its letters (`S.-H.`, `DE-SH`), a name among others (`Freistaat Bayern`), or nearly."""
    letters = "".join(filter(str.isalpha, text[:20].upper())).removeprefix(
        "DE" if text.upper().startswith("DE-") else ""
    )
    inside = {code for code, name in BUNDESLAENDER.items() if f" {fold(name)} " in f" {fold(text[:100])} "}
    if letters in BUNDESLAENDER or len(inside) == 1:
        return f" – meinten Sie {letters if letters in BUNDESLAENDER else min(inside)}?"
    if fold(text) in {"deutschland", "bund", "bundesrepublik", "brd", "ganz deutschland", "bundesweit"}:
        return ": nennen Sie das Land, in dem der Sitz ist"
    return suggestion(text, list(BUNDESLAENDER.values()))


_STAATSNAMEN = {fold(name): code for code, names in MITGLIEDSTAATEN.items() for name in names}


def parse_mitgliedstaat(raw: object) -> str:
    """Read the code or the name of a State with accounts of its own."""
    text = parse_text(raw)
    code = text.upper() if text.upper() in MITGLIEDSTAATEN else _STAATSNAMEN.get(fold(text), "")
    if not code:
        raise ScalarError(f"{shown(raw)} ist kein Mitgliedstaat der EU: schreiben Sie z. B. DE oder AT")
    return code


Geld = Annotated[Decimal, Scalar(parse_geld)]
Stundensatz = Annotated[Decimal, Scalar(parse_stundensatz)]
Stunden = Annotated[Decimal, Scalar(parse_stunden)]
Prozent = Annotated[Decimal, Scalar(parse_prozent)]
Umsatzsteuersatz = Annotated[Decimal, Scalar(parse_ust)]
Datum = Annotated[date, Scalar(parse_datum)]
Monat = Annotated[date, Scalar(parse_monat)]
JaNein = Annotated[bool, Scalar(parse_ja_nein)]
Anzahl = Annotated[int, Scalar(parse_anzahl)]
Text = Annotated[str, Scalar(parse_text)]
Jahr = Annotated[int, Scalar(_jahr)]
Jahrestag = Annotated[str, Scalar(parse_jahrestag)]
Land = Annotated[str, Scalar(_land)]
Mitgliedstaat = Annotated[str, Scalar(parse_mitgliedstaat)]
