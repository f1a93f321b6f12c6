"""A field a person fills in, and a sheet of such fields; what a field holds is told by the annotation of its record."""

import re
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Annotated, Any, Literal, NamedTuple, get_args, get_origin

from foerdercheck.model.amounts import (
    parse_anzahl,
    parse_geld,
    parse_prozent,
    parse_stunden,
    parse_stundensatz,
    parse_ust,
)
from foerdercheck.model.records import Choice, Scalar
from foerdercheck.model.scalars import parse_datum, parse_ja_nein, parse_monat, parse_text
from foerdercheck.model.words import Number, Word, WordAndRate

Wertart = Literal["text", "geld", "zahl", "anzahl", "prozent", "datum", "monat", "ja_nein", "liste", "anteile"]
"""What a field holds; `anteile` are a list, or names with the share of each: `{Verden: 60 %}`."""

HOURS = re.compile(r"stunden_([0-9]{4})")
"""The column of the hours of one calendar year."""
WERTARTEN: Mapping[Callable[..., Any], Wertart] = {
    parse_geld: "geld",
    parse_stundensatz: "geld",
    parse_stunden: "zahl",
    parse_anzahl: "anzahl",
    parse_prozent: "prozent",
    parse_ust: "prozent",
    parse_datum: "datum",
    parse_monat: "monat",
    parse_ja_nein: "ja_nein",
}
"""What a parser makes of a scalar; all others make a text."""


class Angabe(NamedTuple):
    """A field a person fills in: its key, its heading, what to write, and what the example row of a template may say.

    `record` is the named tuple that holds it, at `pfad` below its row. Of the examples a template takes the first that
    suits its programme. `auch` are other headings that are read as the field.
    """

    feld: str
    ueberschrift: str
    erklaerung: str
    record: Any
    pfad: tuple[str, ...]
    beispiele: tuple[str, ...] = ()
    auch: tuple[str, ...] = ()

    @property
    def wertart(self) -> Wertart:
        """What a value of the field is."""
        kind = _kind(self.record, self.pfad[-1])
        if kind.liste:
            return "anteile" if kind.anteile else "liste"
        return WERTARTEN.get(kind.marker.parse, "text") if isinstance(kind.marker, Scalar) else "text"

    @property
    def parse(self) -> Callable[[object], Any]:
        """What reads a value of the field, or an item of it; words of the programme are read as text."""
        marker = _kind(self.record, self.pfad[-1]).marker
        return marker.parse if isinstance(marker, Scalar) else parse_text

    @property
    def worte(self) -> Sequence[str]:
        """The words a value is one of; empty where any may stand."""
        marker = _kind(self.record, self.pfad[-1]).marker
        return marker.worte if isinstance(marker, Scalar) else ()

    @property
    def vokabular(self) -> str:
        """The vocabulary of the programme a value is taken from; empty where there is none."""
        marker = _kind(self.record, self.pfad[-1]).marker
        return "" if isinstance(marker, Scalar) else marker.vocabulary


class _Kind(NamedTuple):
    """What an annotation holds: a scalar or a word, one or many, and whether many may have shares."""

    marker: Scalar | Word | WordAndRate | Number
    liste: bool
    anteile: bool


@cache
def _kind(record: Any, name: str) -> _Kind:  # noqa: ANN401
    hint, liste, anteile = record.__annotations__[name], False, False
    while True:
        origin, args = get_origin(hint), get_args(hint)
        if origin is Annotated and not isinstance(args[1], Choice):
            return _Kind(args[1], liste, anteile)
        liste = liste or origin is tuple
        anteile = anteile or (origin is Annotated and any(get_origin(other) is dict for other in get_args(args[0])))
        hint = (
            get_args(args[0])[0] if origin is Annotated else args[0]
        )  # of alternatives the first: it fits into a cell


class Blatt(NamedTuple):
    """A sheet of a workbook: its name, its fields in order, and whether it has one row for each entry."""

    name: str
    angaben: tuple[Angabe, ...]

    def find(self, feld: str) -> Angabe | None:
        """Return the field of a heading that was read as `feld`."""
        return next((angabe for angabe in self.angaben if angabe.feld == feld), None)


def angaben_aus(record: Any, pfad: tuple[str, ...], *rows: tuple[str, ...]) -> tuple[Angabe, ...]:  # noqa: ANN401
    """Return the fields of a record from rows of heading, key, explanation and examples."""
    return tuple(
        Angabe(_feld(pfad, key), heading, explanation, record, (*pfad, key), tuple(examples))
        for heading, key, explanation, *examples in rows
    )


def _feld(pfad: tuple[str, ...], key: str) -> str:
    """The number of an order stands under the heading `Auftrag`; every other key is its own."""
    return "auftrag" if pfad == ("auftrag",) and key == "nr" else key
