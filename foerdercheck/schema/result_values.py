"""The values in the JSON results: amounts, shares and days as text, places, and what keeps a file from being checked."""

from typing import Annotated, NamedTuple, NotRequired, TypedDict


class Form(NamedTuple):
    """What the text of a value looks like: the name of its definition, a pattern, what it says, and what JSON Schema calls it."""

    name: str
    pattern: str
    inhalt: str
    format: str | None = None


class Words(NamedTuple):
    """The words a text may be."""

    words: tuple[str, ...]


BetragJson = Annotated[str, Form("betrag", "^-?[0-9]+\\.[0-9]{2}$", "Ein Betrag in Euro, z. B. 76122.50.")]
AnteilJson = Annotated[str, Form("anteil", "^(?:0|1|0\\.[0-9]*[1-9])$", "Ein Anteil von 1, z. B. 0.75 für 75 %.")]
TagJson = Annotated[str, Form("tag", "^[0-9]{4}-[0-9]{2}-[0-9]{2}$", "Ein Tag, z. B. 2026-03-20.", "date")]


class AndereDatei(TypedDict):
    """The file of a place."""

    datei: NotRequired[Annotated[str, "Die Datei, wenn es eine andere als die geprüfte ist."]]


class Textstelle(AndereDatei):
    """A place in a text."""

    zeile: Annotated[int | None, "Die Zeile, ab 1."]
    spalte: Annotated[int | None, "Die Spalte, ab 1."]


class Tabellenstelle(AndereDatei):
    """A place in a workbook."""

    blatt: Annotated[str, "Das Tabellenblatt."]
    zelle: Annotated[str | None, "Die Zelle, z. B. F7; null, wenn das ganze Blatt gemeint ist."]


OrtJson = Textstelle | Tabellenstelle


class FehlerJson(TypedDict):
    """What keeps a file from being checked."""

    text: Annotated[str, "Was nicht stimmt und was stattdessen dastehen sollte."]
    ort: Annotated[OrtJson | None, "Wo es steht."]
