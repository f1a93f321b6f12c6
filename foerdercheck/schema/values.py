"""The JSON Schemas of single values: as text, and as the type a plain scalar has for an editor.

An editor reads 48000 as a number and true as a boolean, while `ja`, `75 %` and `2026-03-01` stay text. Of a number it no longer knows
the digits it was written with, so 48.000 passes here and is refused by the check. `errorMessage` is no keyword of JSON Schema: some
editors show it instead of the pattern, all others ignore it.
"""

from collections.abc import Callable, Mapping, Sequence
from itertools import chain
from typing import Any, get_args

from foerdercheck.model.angabe import WERTARTEN
from foerdercheck.model.felder import Jahr, Land, Mitgliedstaat
from foerdercheck.model.jahrestag import parse_jahrestag
from foerdercheck.model.laender import BUNDESLAENDER, MITGLIEDSTAATEN, STAATEN
from foerdercheck.model.records import Scalar
from foerdercheck.model.scalars import parse_text
from foerdercheck.model.words import written_numbers
from foerdercheck.schema import patterns

Schema = dict[str, Any]
_MANY = 15
"""So many words a message names."""


def _text(pattern: str, message: str, *examples: str) -> Schema:
    schema: Schema = {"type": "string", "pattern": pattern, "errorMessage": f"Hier wird {message} erwartet."}
    return schema | ({"examples": list(examples)} if examples else {})


def _number(pattern: str, message: str, example: str, below: int) -> Schema:
    return {**_text(pattern, message, example), "type": ["number", "string"], "minimum": 0, "exclusiveMaximum": below}


def words_schema(known: Sequence[str], davor: Sequence[str] = (), auch: Sequence[str] = ()) -> Schema:
    """Return a schema for one of the words `known`; an editor offers them as they are, other spellings and `auch` pass too."""
    some = ", ".join(known[:_MANY]) + (" …" if len(known) > _MANY else "")
    written = _text(patterns.words_pattern([*known, *auch], davor=davor), f"eines der Wörter {some}")
    if not all(word.strip("0123456789.") for word in known):  # `stufe: 5` is a number to an editor
        written["type"] = ["string", "number"]
    return {"anyOf": [{"enum": list(known)}, written]}


def numbers_schema(numbers: Mapping[str, Sequence[str]]) -> Schema:
    """Return a schema for one of `numbers`, wherever it stands in a text, or one of the other names they map to."""
    names = patterns.words_pattern([name for others in numbers.values() for name in others])
    own, amending = written_numbers(numbers)
    written = _text("|".join((*own, *amending, names)), f"die Nummer einer Verordnung, z. B. {next(iter(numbers))},")
    return {"anyOf": [written, {"enum": list(numbers)}]}


_LAND = "das Kürzel oder der Name eines Bundeslandes (z. B. SH), im Ausland das Kürzel des Staates (z. B. DK)"
_TEXT: Schema = {
    "not": {"type": ["array", "object"]},  # not the types it may have: editors would offer true, false and null
    "pattern": patterns.TEXT_PATTERN,
    "errorMessage": "Hier wird ein Text erwartet.",
}
KINDS: Mapping[str, Schema] = {
    "geld": _number(patterns.GELD_PATTERN, "ein Betrag in EUR, z. B. 48.000,00,", "48.000,00", 10**12),
    "zahl": _number(patterns.ZAHL, "eine Zahl, z. B. 1.290,5,", "1.290,5", 10**12),
    "anzahl": {**_number(patterns.ANZAHL, "eine ganze Zahl", "3", 10_000), "multipleOf": 1},
    "prozent": _text(patterns.PROZENT_PATTERN, "ein Prozentsatz mit Prozentzeichen, z. B. 75 %,", "75 %"),
    "datum": _text(patterns.DATUM, "ein Datum, z. B. 2026-03-01 oder 01.03.2026,", "2026-03-01"),
    "monat": _text(patterns.MONAT, "ein Monat, z. B. 2026-04,", "2026-04"),
    "jahrestag": _text(patterns.JAHRESTAG, "ein Tag im Jahr, z. B. 01.07.,", "01.07."),
    "jahr": _text(patterns.JAHR, "ein Kalenderjahr, z. B. 2026,", "2026"),
    "ja_nein": {**_text(patterns.JA_NEIN, "ja oder nein", "ja", "nein"), "type": ["string", "boolean"]},
    "land": {
        "anyOf": [
            _text(patterns.words_pattern([*BUNDESLAENDER, *BUNDESLAENDER.values(), *sorted(STAATEN)]), _LAND),
            {"enum": list(BUNDESLAENDER)},
        ]
    },
    "mitgliedstaat": _text(
        patterns.words_pattern([*sorted(MITGLIEDSTAATEN), *chain.from_iterable(MITGLIEDSTAATEN.values())]),
        "das Kürzel eines Mitgliedstaats der EU, z. B. DE,",
        "DE",
    ),
    "text": _TEXT,
    "zahlenrest": {"pattern": patterns.ZAHLENREST},
}
"""Every kind of value or key that is no word of a list, by the name of its definition."""


def _parser(annotation: object) -> Callable[[object], Any]:
    marker = get_args(annotation)[1]
    if not isinstance(marker, Scalar):
        raise TypeError(f"{annotation!r} is no scalar")
    return marker.parse


_KIND_OF: Mapping[Callable[[object], Any], str] = {
    **WERTARTEN,
    parse_text: "text",
    _parser(Jahr): "jahr",
    parse_jahrestag: "jahrestag",
    _parser(Land): "land",
    _parser(Mitgliedstaat): "mitgliedstaat",
}


def kind_of(parse: Callable[[object], Any]) -> str:
    """Return the name of the definition for what a parser reads; a parser that is not known here reads any text."""
    return _KIND_OF.get(parse, "text")
