"""What a report shows, before it is decided how: headings, statements, tables, bars, trees, a verdict."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Literal, NamedTuple

from foerdercheck.model.deutsch import euro
from foerdercheck.model.location import Location

GESPERRT = "sperrt ein anderer Höchstbetrag"
SPAETER_GESPERRT = f"{GESPERRT} oder eine spätere Beihilfe"
"""What the part of a ceiling is called that cannot be used, though nobody has it."""
FUSS = "Prüfhilfe ohne Gewähr: maßgeblich sind Richtlinie und Bewilligungsbehörde."
Ton = Literal["normal", "stark", "leise", "gut", "warnung", "schlecht"]
SIGNS: Mapping[Ton, str] = {"gut": "✓", "schlecht": "✗", "warnung": "?"}
"""What documents put before a verdict, so that no tone is told by colour alone."""


class Zelle(NamedTuple):
    """A piece of text, the tone it is shown in, and the amount it stands for if it is one.

    `marke` names this place of the report, `verweis` the place a reader may be led to; for formats that have links.
    """

    text: str
    ton: Ton = "normal"
    betrag: Decimal | None = None
    marke: str = ""
    verweis: str = ""


def geld(betrag: Decimal, ton: Ton = "normal") -> Zelle:
    """Return an amount in EUR as a cell."""
    return Zelle(euro(betrag), ton, betrag)


class Spalte(NamedTuple):
    """A column: its heading, whether it holds numbers (right-aligned, never wrapped), or other short words never to be wrapped.

    `gemeint` says what a column without a heading holds, for those who hear a table instead of seeing it; `darunter`, that
    its cells may stand under those of the first column where the screen is too narrow for both.
    """

    titel: str
    zahl: bool = False
    fest: bool = False
    gemeint: str = ""
    darunter: bool = False


class Ueberschrift(NamedTuple):
    """The heading of a part; `ebene` 1, 2 or 3."""

    text: str
    ebene: int = 1


class Angaben(NamedTuple):
    """Statements with their labels."""

    paare: Sequence[tuple[str, Zelle]]


class Tabelle(NamedTuple):
    """A table; the last `summen` rows are totals. `fuss` stands below one that ends a report."""

    spalten: Sequence[Spalte]
    zeilen: Sequence[Sequence[Zelle]]
    titel: str = ""
    summen: int = 0
    fuss: str = ""


class Eintrag(NamedTuple):
    """One entry of a list: a mark with its tone, what it is about (Ziffer), the text, and where it stands.

    `ort` is what a reader is told, `ziel` the place itself, `verweis` a mark in the report, for formats that can lead there.
    """

    zeichen: str
    ton: Ton
    kennung: str
    text: str
    ort: str = ""
    ziel: Location | None = None
    verweis: str = ""


class Liste(NamedTuple):
    """Entries under a heading; `fuss` stands below a list that ends a report."""

    titel: str
    eintraege: Sequence[Eintrag]
    fuss: str = ""


class Balken(NamedTuple):
    """Parts of a whole, drawn to scale: `(name, amount in EUR, tone)`; parts beyond `ganzes` are drawn beyond its end."""

    titel: str
    teile: Sequence[tuple[str, Decimal, Ton]]
    ganzes: Decimal


class Zeitstrahl(NamedTuple):
    """What changes when: `(day, amount in EUR)`, each drawn as a share of `ganzes`."""

    titel: str
    punkte: Sequence[tuple[date, Decimal]]
    ganzes: Decimal


class Verweis(NamedTuple):
    """A part of a text that leads to a mark."""

    text: str
    marke: str


class Ast(NamedTuple):
    """A node of a tree: its text with the amount in EUR it is about, a remark set apart, and its branches.

    `marke` names this node, `verweis` leads from a part of the remark to another place.
    """

    text: str
    rest: str
    zweige: Sequence["Ast"] = ()
    ziel: Location | None = None
    betrag: Decimal | None = None
    marke: str = ""
    verweis: Verweis | None = None

    @property
    def ganz(self) -> str:
        """Text and amount in one."""
        return self.text if self.betrag is None else f"{self.text} {euro(self.betrag)}"


class Urteil(NamedTuple):
    """The verdict: one line that says it, the answers to the questions, and its tone."""

    titel: str
    ton: Ton
    antworten: Sequence[tuple[str, Zelle]]
    fuss: str = ""


Block = Ueberschrift | Angaben | Tabelle | Liste | Balken | Zeitstrahl | Ast | Urteil


def titled(blocks: Iterable[Block], fallback: str = "Nicht geprüft") -> tuple[str, list[Block]]:
    """Return the title of a document and its blocks: their first heading, or that of a table they begin with, or the `fallback`."""
    listed = list(blocks)
    if found := next((block.text for block in listed if isinstance(block, Ueberschrift)), ""):
        return found, listed
    if listed and isinstance(listed[0], Tabelle) and listed[0].titel:
        fallback, listed[0] = listed[0].titel, listed[0]._replace(titel="")
    return fallback, [Ueberschrift(fallback), *listed]


def marks(block: Block) -> Iterator[str]:
    """Yield the marks of the places in a block; an empty one is none."""
    if isinstance(block, Tabelle):
        yield from (zelle.marke for zeile in block.zeilen for zelle in zeile)
    elif isinstance(block, Ast):
        yield block.marke
        for zweig in block.zweige:
            yield from marks(zweig)
