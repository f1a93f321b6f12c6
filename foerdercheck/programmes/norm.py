"""A value of the law: what it is, the Ziffer it stands in, how well we know it, and when it applies."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Annotated, Any, Generic, NamedTuple, TypeVar

from foerdercheck.model.befund import Beleg
from foerdercheck.model.felder import Datum, Text, wort
from foerdercheck.model.location import Name

_T = TypeVar("_T")
_T_co = TypeVar("_T_co", covariant=True)
Merkmale = Mapping[str, str]

BELEGE: Mapping[Beleg, str] = {
    "wortlaut": "steht so im Text",
    "auslegung": "unsere Auslegung",
    "sekundaer": "aus einer Sekundärquelle",
}


class Herkunft(NamedTuple):
    """Where a provision stands and how it is known.

    `beleg` is `wortlaut` (read in the text), `auslegung` (our reading, with its `grund`) or `sekundaer` (read in a
    page about the text, named in `quelle`). `inhalt` says in our own words what is provided, `lesart` what in applying it
    is our reading although the provision itself stands in the text, `fundstelle` where the text or the page can be read: an
    address, or where it is printed.
    """

    ziffer: Text
    inhalt: Text
    beleg: Annotated[Beleg, wort(tuple(BELEGE), "als Beleg")]
    geprueft_am: Datum
    grund: Text | None = None
    quelle: Text | None = None
    lesart: Text | None = None
    fundstelle: Text | None = None

    @staticmethod
    def check(given: Mapping[str, Any], tree: Mapping[str, Any], _name: Name) -> Iterator[tuple[str, str]]:
        """A reading needs its reason, second-hand knowledge its source."""
        if given.get("beleg") == "auslegung" and "grund" not in tree:
            yield "beleg", "beleg: auslegung verlangt einen grund"
        if given.get("beleg") == "sekundaer" and "quelle" not in tree:
            yield "beleg", "beleg: sekundaer verlangt eine quelle"


class Norm(NamedTuple, Generic[_T_co]):
    """One value of a parameter with its origin.

    `wenn` restricts it to bodies, lines or orders with these attributes; `ab` and `bis` (both inclusive) to dates.
    """

    parameter: str
    wert: _T_co
    herkunft: Herkunft
    wenn: Mapping[str, frozenset[str]]
    ab: date = date.min
    bis: date = date.max

    @property
    def ziffer(self) -> str:
        """The provision this value stands in."""
        return self.herkunft.ziffer

    @property
    def auslegung(self) -> str | None:
        """What of this is only our reading and why, or None if the text says so."""
        return self.herkunft.grund if self.herkunft.beleg == "auslegung" else self.herkunft.lesart

    def applies(self, merkmale: Merkmale, day: date | None) -> bool:
        """Tell whether this value holds for these attributes on this day; a stated condition needs its attribute."""
        for name, allowed in self.wenn.items():
            if merkmale.get(name) not in allowed:
                return False
        return day is None or self.ab <= day <= self.bis

    def overlaps(self, other: "Norm[Any]") -> bool:
        """Tell whether some case would satisfy the conditions of both."""
        if self.bis < other.ab or other.bis < self.ab:
            return False
        return all(self.wenn[name] & other.wenn[name] for name in self.wenn.keys() & other.wenn.keys())


class Parameter(NamedTuple, Generic[_T]):
    """The name of a value a programme may set, the kind of value it holds, and the attributes it may depend on.

    Whoever looks a value up gives all of these `merkmale`; a condition on another would never be met and does not load. Only a
    `datiert` one is looked up with a day and may change with it (`ab`, `bis`); others change with the version.
    """

    name: str
    kind: type[_T]
    merkmale: frozenset[str] = frozenset()
    datiert: bool = False
