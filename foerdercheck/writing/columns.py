"""The columns of a sheet: what their headings and explanations say, and which words there are to choose from."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from foerdercheck.model.angabe import Angabe, Blatt
from foerdercheck.model.angaben import BETEILIGTE, FINANZIERUNG, KOSTEN
from foerdercheck.model.beihilfeangaben import BEIHILFEN, DEMINIMIS
from foerdercheck.model.deutsch import in_ziffer
from foerdercheck.model.laender import BUNDESLAENDER
from foerdercheck.model.words import RATE
from foerdercheck.programmes.fassung import Fassung
from foerdercheck.programmes.parameter import METHODEN
from foerdercheck.programmes.vokabular import AUTO, KEINE, bedeutungen
from foerdercheck.writing.asked import erklaerung, gefragt, wahl
from foerdercheck.writing.content import Row

BETEILIGTER = "beteiligter"
MIT_BETEILIGTEM = frozenset({KOSTEN, FINANZIERUNG, DEMINIMIS})
_JAHR = "stunden_"
_NICHTS: Mapping[str, str] = {}
_EINHEITEN = {"geld": "€", "prozent": "%", "datum": "Datum", "monat": "JJJJ-MM", "ja_nein": "ja/nein"}
_EINHEITEN_DER_FELDER = {"stundensatz": "€/h", "stunden": "h"}
_IMMER_NOETIG: Mapping[Blatt, Collection[str]] = {
    KOSTEN: ("kostenart", "bezeichnung"),
    DEMINIMIS: ("gewaehrt_am",),
    BEIHILFEN: ("gewaehrt_am",),
}
"""What every line needs, where its record alone does not tell: lines of cost are of several kinds."""

_TRENNUNGEN = {
    "Beschäftigungsumfang": "Beschäftigungs-\numfang",
    "Wachstumsorientiert": "Wachstums-\norientiert",
    "Unternehmensverbund": "Unternehmens-\nverbund",
    "Betriebsstätten": "Betriebs-\nstätten",
    "Bürgschaftsquote": "Bürgschafts-\nquote",
    "Haushaltsnotlage": "Haushalts-\nnotlage",
    "Pauschale mit Gemeinkosten": "Pauschale mit Gemein-\nkosten",
    "Mitgliedstaat": "Mitglied-\nstaat",
}
"""Headings hyphenated by hand, as spreadsheets cannot; they read back without the hyphen."""

_VORSCHLAEGE: Mapping[str, Sequence[str]] = {"sitz": tuple(BUNDESLAENDER)}
"""What is usually written where a record accepts more."""


class Eingabespalte(NamedTuple):
    """A column, or a line of the form: its field, heading, kind of value, explanation, and the words to choose from.

    `bedeutungen` says what words mean that do not explain themselves; `ziffer` is empty where the field serves none.
    """

    feld: str
    ueberschrift: str
    wertart: str
    erklaerung: str
    ziffer: str = ""
    worte: Sequence[str] = ()
    bedeutungen: Mapping[str, str] = _NICHTS

    @property
    def hilfe(self) -> str:
        """What helps somebody who fills it in, in lines."""
        lines = [self.erklaerung[:1].upper() + self.erklaerung[1:]]
        if self.wertart in {"liste", "anteile"}:
            more = ", mit Anteilen: a 60 %; b 40 %" if self.wertart == "anteile" else ""
            lines.append(f"Mehrere durch Semikolon trennen{more}")
        lines += [f"{wort}: {bedeutung}" for wort, bedeutung in self.bedeutungen.items()]
        if self.worte and not self.bedeutungen and self.wertart != "ja_nein":
            lines.append(f"Auswahl: {', '.join(self.worte)}")
        if self.ziffer:
            lines.append(in_ziffer(self.ziffer))
        return "\n".join(lines)


def template_columns(fassung: Fassung | None, blatt: Blatt, jahre: Sequence[int] = ()) -> tuple[Eingabespalte, ...]:
    """Return the columns a programme asks for, in its order; all without a programme; none for a sheet it has no use for."""
    columns = [_spalte(blatt, angabe, ziffer, fassung) for angabe, ziffer in gefragt(fassung, blatt)]
    if any(spalte.feld == "stunden" for spalte in columns):
        _insert_years(columns, jahre)
    return _with_owner(blatt, columns)


def content_columns(fassung: Fassung | None, blatt: Blatt, rows: Sequence[Row]) -> tuple[Eingabespalte, ...]:
    """Return the columns a programme asks for, and those that occur in `rows`; raises KeyError for an unknown field.

    Without a programme the main sheets of a budget have the columns no row can do without, though nothing stands in them.
    """
    present = {feld for row in rows for feld in row}
    years = sorted(int(feld.removeprefix(_JAHR)) for feld in present if blatt == KOSTEN and _is_year(feld))
    known = {angabe.feld for angabe in blatt.angaben} | {f"{_JAHR}{jahr}" for jahr in years}
    if unknown := present - known - ({BETEILIGTER} if blatt in MIT_BETEILIGTEM else set()):
        raise KeyError(f"{blatt.name}: {', '.join(sorted(unknown))}")
    if fassung is None and blatt in {BETEILIGTE, KOSTEN}:  # a workbook without these sheets is no budget
        present |= {angabe.feld for angabe in blatt.angaben if _needed(blatt, angabe)}
    fields = gefragt(fassung, blatt) if fassung else []
    listed = {angabe.feld for angabe, _ in fields}
    further = [(angabe, "") for angabe in blatt.angaben if angabe.feld in present - listed]
    columns = [_spalte(blatt, angabe, ziffer, fassung) for angabe, ziffer in (*fields, *further)]
    _insert_years(columns, years)
    return _with_owner(blatt, columns)


def _spalte(blatt: Blatt, angabe: Angabe, ziffer: str, fassung: Fassung | None) -> Eingabespalte:
    star = "*" if _needed(blatt, angabe) else ""
    heading = f"{_TRENNUNGEN.get(angabe.ueberschrift, angabe.ueberschrift)}{star}"
    unit = _EINHEITEN_DER_FELDER.get(angabe.feld) or _EINHEITEN.get(angabe.wertart)
    return Eingabespalte(
        angabe.feld,
        f"{heading} ({unit})" if unit else heading,
        angabe.wertart,
        erklaerung(angabe),
        ziffer,
        _worte(angabe, fassung),
        _bedeutungen(angabe, fassung),
    )


def _needed(blatt: Blatt, angabe: Angabe) -> bool:
    """Tell whether a row cannot be read without the field."""
    if blatt in _IMMER_NOETIG:
        return angabe.feld in _IMMER_NOETIG[blatt]
    record: Any = angabe.record
    return angabe.pfad[-1] not in record._field_defaults


def _worte(angabe: Angabe, fassung: Fassung | None) -> Sequence[str]:
    """Return the words of a drop-down list; none where several may stand in one cell."""
    if angabe.wertart == "ja_nein":
        return ("ja", "nein")
    if angabe.wertart in {"liste", "anteile"}:
        return ()
    if angabe.vokabular == "gemeinkosten" and fassung is None:
        return (AUTO, KEINE, *METHODEN)
    return wahl(angabe, fassung) or _VORSCHLAEGE.get(angabe.feld, ())


def _bedeutungen(angabe: Angabe, fassung: Fassung | None) -> Mapping[str, str]:
    if angabe.vokabular == "gemeinkosten":
        said = {AUTO: "die günstigere zulässige Methode", KEINE: "keine Gemeinkosten", **METHODEN}
        return {wort: said[wort.removesuffix(RATE)] for wort in _worte(angabe, fassung)}
    return bedeutungen(fassung, angabe.vokabular) if fassung and angabe.vokabular else _NICHTS


def _with_owner(blatt: Blatt, columns: Sequence[Eingabespalte]) -> tuple[Eingabespalte, ...]:
    """Put the Beteiligter a line belongs to in front, on the sheets with lines of several."""
    if not columns or blatt not in MIT_BETEILIGTEM:
        return tuple(columns)
    text = f"Name wie auf dem Blatt {BETEILIGTE.name}; darf leer bleiben, wenn es nur einen gibt"
    return (Eingabespalte(BETEILIGTER, "Beteiligter", "text", text), *columns)


def _is_year(feld: str) -> bool:
    year = feld.removeprefix(_JAHR)
    return feld.startswith(_JAHR) and len(year) == 4 and year.isascii() and year.isdigit()


def _insert_years(columns: list[Eingabespalte], jahre: Sequence[int]) -> None:
    """Put the hours of each year behind the hours as a whole, else at the end."""
    place = next((index for index, spalte in enumerate(columns, 1) if spalte.feld == "stunden"), len(columns))
    columns[place:place] = list(_years(jahre))


def _years(jahre: Sequence[int]) -> Iterator[Eingabespalte]:
    for jahr in jahre:
        text = f"nur Personal: Stunden im Kalenderjahr {jahr}; die Spalte Stunden bleibt dann leer"
        yield Eingabespalte(f"{_JAHR}{jahr}", f"Stunden {jahr} (h)", "zahl", text)
