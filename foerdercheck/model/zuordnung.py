"""How a foreign table is to be read, as its user states it: sheets, columns, fixed values, and which rows are left out.

The fields are called by their keys, as everywhere: what stands in `felder` is read as if a sheet of ours held it.
"""

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Annotated, Any, NamedTuple

from foerdercheck.model.amounts import parse_stunden
from foerdercheck.model.angabe import HOURS, Angabe, Blatt
from foerdercheck.model.angaben import BUDGETBLAETTER, KOSTEN, LISTEN
from foerdercheck.model.beihilfeangaben import HISTORIENBLAETTER
from foerdercheck.model.deutsch import aufzaehlung
from foerdercheck.model.felder import JaNein, Text, wort
from foerdercheck.model.location import Location, Name, Path
from foerdercheck.model.records import Choice, Scalar
from foerdercheck.model.scalars import ScalarError, fold, parse_text, shown

TABELLEN: Mapping[str, Blatt] = {
    fold(blatt.name).replace("-", ""): blatt for blatt in (*HISTORIENBLAETTER, *BUDGETBLAETTER)
}
"""What a table may be read as, by its key."""
_DER_HISTORIE = tuple(key for key, blatt in TABELLEN.items() if blatt in HISTORIENBLAETTER)
ZAHLFORMEN = ("komma", "punkt")
ZEICHENSAETZE = ("utf-8", "windows-1250", "windows-1252", "iso-8859-1", "iso-8859-2", "iso-8859-15")
TRENNZEICHEN: Mapping[str, str] = {"semikolon": ";", "komma": ",", "tabulator": "\t", "strich": "|"}
_ZELLE = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")
_TEILE = re.compile(r"TT|MM|JJJJ")
_MOST_ROWS = 10_000_000


def parse_zeile(raw: object) -> int:
    """Read the number of a row, from 1; 0 is what stands before the first."""
    text = parse_text(raw)
    if not (text.isascii() and text.isdigit() and len(text) <= 8 and int(text) <= _MOST_ROWS):
        raise ScalarError(f"{shown(raw)} ist keine Zeile: schreiben Sie ihre Nummer, z. B. 3")
    return int(text)


def parse_datumsform(raw: object) -> str:
    """Read how a day is written: TT, MM and JJJJ, each once, and what stands between them."""
    text = parse_text(raw)
    if sorted(_TEILE.findall(text)) != ["JJJJ", "MM", "TT"] or len(text) > 40:
        raise ScalarError(f"{shown(raw)} ist keine Datumsform: TT, MM und JJJJ, jedes einmal, z. B. TT/MM/JJJJ")
    return text


def parse_faktor(raw: object) -> Decimal:
    """Read what amounts are multiplied by: 1000 for those in thousands."""
    faktor = parse_stunden(raw)
    if not faktor:
        raise ScalarError(f"{shown(raw)} ist kein Faktor: schreiben Sie z. B. 1000 für Beträge in Tausend")
    return faktor


def zelle(text: str) -> tuple[str, int] | None:
    """Return the letters and the number of a cell (`B3`), None of anything else."""
    match = _ZELLE.fullmatch(text)
    return (match[1], int(match[2])) if match else None


_Texte = Annotated[tuple[Text, ...] | Text, Choice(lambda tree: int(not isinstance(tree, list)))]
_Zeile = Annotated[int, Scalar(parse_zeile)]
_Werte = dict[Text, Text]
_NICHTS: dict[str, Any] = {}


def einzeln(texte: tuple[str, ...] | str | None) -> tuple[str, ...]:
    """Return what is stated as one text or as several."""
    return (texte,) if isinstance(texte, str) else texte or ()


class Auslassung(NamedTuple):
    """Which rows are no lines: those whose cell in `spalte` is, is not, begins with or lacks something; some; all from one on."""

    spalte: Text | None = None
    ist: _Texte | None = None
    ist_nicht: _Texte | None = None
    beginnt: _Texte | None = None
    leer: JaNein | None = None
    zeilen: tuple[_Zeile, ...] = ()
    ab_zeile: _Zeile | None = None

    @staticmethod
    def check(_given: Mapping[str, Any], tree: Mapping[str, Any], name: Name) -> Iterator[tuple[str, str]]:
        """One condition, on a cell of a column or on the number of the row."""
        stated = [key for key in ("ist", "ist_nicht", "beginnt", "leer", "zeilen", "ab_zeile") if key in tree]
        if len(stated) != 1:
            which = aufzaehlung(map(name, ("ist", "ist_nicht", "beginnt", "leer", "zeilen", "ab_zeile")), "oder")
            yield "spalte", f"{name('auslassen')}: eine Regel hat genau eine Bedingung ({which})"
        elif ("spalte" in tree) == (stated[0] in {"zeilen", "ab_zeile"}):
            text = "braucht" if "spalte" not in tree else "hat keine"
            yield stated[0], f"{name(stated[0])} {text} {name('spalte')}"


class Spaltenzeilen(NamedTuple):
    """Columns that become rows: the field their cells hold, and each column with what else holds for its rows."""

    feld: Text
    spalten: Annotated[dict[Text, _Werte] | tuple[Text, ...], Choice(lambda tree: int(isinstance(tree, list)))]


class Fremdtabelle(NamedTuple):
    """A table of the foreign file; one without columns is a single row of fixed values and cells."""

    blatt: _Texte | None = None
    kopfzeile: _Zeile | None = None
    felder: _Werte = _NICHTS
    zeilen_aus_spalten: Spaltenzeilen | None = None
    fest: _Werte = _NICHTS
    zellen: _Werte = _NICHTS
    woerter: dict[Text, _Werte] = _NICHTS
    faktor: dict[Text, Annotated[Decimal, Scalar(parse_faktor)]] = _NICHTS
    auslassen: tuple[Auslassung, ...] = ()
    summe: _Werte = _NICHTS

    @property
    def spalten(self) -> tuple[str, ...]:
        """The columns it names, by heading or letters, each once."""
        rules = (rule.spalte for rule in self.auslassen if rule.spalte)
        return tuple(dict.fromkeys((*self.felder.values(), *self.je_spalte, *rules)))

    @property
    def je_spalte(self) -> Mapping[str, Mapping[str, str]]:
        """The columns that become rows, with the fixed values of those rows."""
        stated = self.zeilen_aus_spalten.spalten if self.zeilen_aus_spalten else {}
        return stated if isinstance(stated, dict) else {spalte: {} for spalte in stated}


_Tabellen = Annotated[tuple[Fremdtabelle, ...] | Fremdtabelle, Choice(lambda tree: int(not isinstance(tree, list)))]


class Zuordnung(NamedTuple):
    """A mapping file: what the tables of a foreign file are, and how it writes days and numbers."""

    beihilfen: _Tabellen | None = None
    verbund: _Tabellen | None = None
    ereignisse: _Tabellen | None = None
    vorhaben: Fremdtabelle | None = None
    beteiligte: _Tabellen | None = None
    kosten: _Tabellen | None = None
    finanzierung: _Tabellen | None = None
    deminimis: _Tabellen | None = None
    ausnahmen: _Tabellen | None = None
    datumsform: Annotated[str, Scalar(parse_datumsform)] | None = None
    zahlform: Annotated[str, wort(ZAHLFORMEN, "als Zahlform")] | None = None
    zeichensatz: Annotated[str, wort(ZEICHENSAETZE, "als Zeichensatz")] | None = None
    trennzeichen: Annotated[str, wort(tuple(TRENNZEICHEN), "als Trennzeichen")] | None = None

    @staticmethod
    def check(_given: Mapping[str, Any], tree: Mapping[str, Any], _name: Name) -> Iterator[tuple[str, str]]:
        """It is for a history or for a budget."""
        stated = [key for key in TABELLEN if key in tree]
        own = [key for key in stated if key in _DER_HISTORIE]
        if not stated:
            yield "kosten", f"nennen Sie, was gelesen werden soll: {', '.join(TABELLEN)}"
        elif own and len(own) < len(stated):
            others = aufzaehlung(key for key in stated if key not in own)
            yield (
                own[0],
                f"{aufzaehlung(own)} gehören zu einer Historie, {others} zu einem Budget: nehmen Sie zwei Dateien",
            )

    @property
    def ist_historie(self) -> bool:
        """Whether it is for a history."""
        return any(getattr(self, key) is not None for key in _DER_HISTORIE)

    def tabellen(self) -> Iterator[tuple[str, Path, Fremdtabelle]]:
        """Yield every table with its key and its path in the mapping file."""
        for key in TABELLEN:
            stated = getattr(self, key)
            if isinstance(stated, Fremdtabelle):
                yield key, (key,), stated
            else:
                yield from ((key, (key, number), tabelle) for number, tabelle in enumerate(stated or ()))


class Zuordnungsdatei(NamedTuple):
    """A mapping that was read: its file, and where in it the values stand that become values of the foreign file."""

    datei: str
    zuordnung: Zuordnung
    orte: Mapping[Path, Location] = {}


def angabe_of(key: str, feld: str) -> Angabe | None:
    """Return the field of a table by its key, the hours of a year as those of a line; None for one that has no catalogue entry."""
    return TABELLEN[key].find("stunden" if TABELLEN[key] == KOSTEN and HOURS.fullmatch(feld) else feld)


def is_owner(key: str, feld: str) -> bool:
    """Tell whether a field says whose row it is."""
    return feld == "beteiligter" and TABELLEN[key] in LISTEN


def fields_of_table(key: str) -> list[str]:
    """Return the fields a table may have."""
    named = [angabe.feld for angabe in TABELLEN[key].angaben]
    return ["beteiligter", *named] if TABELLEN[key] in LISTEN else named
