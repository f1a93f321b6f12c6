"""Mapping files: how a foreign table is to be read, checked against the fields there are before any table is opened."""

from collections.abc import Collection, Iterable, Mapping
from itertools import chain, combinations
from pathlib import Path as FilePath

from foerdercheck.model.angabe import Angabe
from foerdercheck.model.location import InputError, Location, Path, placed
from foerdercheck.model.records import MAX_PROBLEMS, Intake, fields_of
from foerdercheck.model.scalars import fold, shown, suggestion
from foerdercheck.model.words import Vocabulary
from foerdercheck.model.zuordnung import (
    Fremdtabelle,
    Zuordnung,
    Zuordnungsdatei,
    angabe_of,
    fields_of_table,
    is_owner,
    zelle,
)
from foerdercheck.reading.files import read_bytes, read_text

_MOST_BYTES = 1024 * 1024
SUMMIERBAR = frozenset({"geld", "zahl", "anzahl"})
"""What can be added up."""


def load_zuordnung(file: str | FilePath, vocabulary: Vocabulary) -> Zuordnungsdatei:
    """Read a mapping file; `vocabulary` holds the regulations there are.

    Raises InputError with every problem and its place: also for a field no table has, and a fixed value no field takes.
    """
    document = read_text(read_bytes(FilePath(file), _MOST_BYTES), str(file))
    intake = Intake(vocabulary)
    intake.problems += document.problems
    zuordnung = intake.read(Zuordnung, document.tree)
    places: dict[Path, Location] = {}
    for key, path, tabelle in zuordnung.tabellen() if zuordnung else ():
        _Checker(intake, key, path, tabelle).check()
        stated: list[Path] = [*(("fest", feld) for feld in tabelle.fest), *(("summe", feld) for feld in tabelle.summe)]
        for spalte, more in tabelle.je_spalte.items():
            stated += [("zeilen_aus_spalten", "spalten", spalte, feld) for feld in more]
        places |= {(*path, *where): document.source.locate((*path, *where)) for where in stated}
    if zuordnung is None or intake.problems:
        raise InputError(placed(intake.problems, document.source), document.source)
    return Zuordnungsdatei(
        str(file), zuordnung, {path: where._replace(datei=str(file)) for path, where in places.items()}
    )


class _Checker:
    """One table of a mapping against the catalogue of fields."""

    def __init__(self, intake: Intake, key: str, path: Path, tabelle: Fremdtabelle) -> None:
        self._intake = intake
        self._key = key
        self._path = path
        self._tabelle = tabelle
        rows = tabelle.zeilen_aus_spalten
        self._sources: Mapping[str, Collection[str]] = {
            "felder": tabelle.felder,
            "zellen": tabelle.zellen,
            "zeilen_aus_spalten": (rows.feld,) if rows else (),
            "fest": tabelle.fest,
            "spalten": frozenset(chain.from_iterable(tabelle.je_spalte.values())),
        }

    def check(self) -> None:
        """Note everything that cannot be meant."""
        tabelle = self._tabelle
        self._sources_differ()
        self._known(("fest",), tabelle.fest)
        for spalte, more in tabelle.je_spalte.items():
            self._known(("zeilen_aus_spalten", "spalten", spalte), more)
        for feld, cell in tabelle.zellen.items():
            if zelle(cell) is None:
                self._note(("zellen", feld), f"{shown(cell)} ist keine Zelle: schreiben Sie z. B. B3")
        self._columns_of("woerter", tabelle.woerter, None)
        self._columns_of("faktor", tabelle.faktor, frozenset({"geld"}))
        self._columns_of("summe", tabelle.summe, SUMMIERBAR)
        for feld, stated in tabelle.summe.items():
            if zelle(stated) is None and (angabe := angabe_of(self._key, feld)):
                self._readable(angabe, stated, ("summe", feld))
        self._words(tabelle.woerter)

    def _sources_differ(self) -> None:
        """Note fields there are not, and those that are stated in two ways."""
        if not any(self._sources.values()):
            self._note((), "nennen Sie unter felder, welche Spalte welches Feld ist")
        for (first, fields), (second, others) in combinations(self._sources.items(), 2):
            for feld in [feld for feld in fields if feld in others]:
                path = ("zeilen_aus_spalten",) if second == "spalten" else (second, feld)
                self._note(path, f"{feld} steht auch unter {first}", am_schluessel=True)
        for source in ("felder", "zellen", "zeilen_aus_spalten"):
            for feld in self._sources[source]:
                self._field((source, "feld" if source == "zeilen_aus_spalten" else feld), feld)

    def _columns_of(self, stated: str, fields: Iterable[str], kinds: Collection[str] | None) -> None:
        """Note fields that no column holds, or that are of another kind than these."""
        for feld in fields:
            if not any(feld in self._sources[source] for source in ("felder", "zellen", "zeilen_aus_spalten")):
                self._note((stated, feld), f"{feld} ist keiner Spalte zugeordnet", am_schluessel=True)
            elif kinds and (angabe := angabe_of(self._key, feld)) and angabe.wertart not in kinds:
                self._note((stated, feld), f"{feld} ist kein Betrag", am_schluessel=True)

    def _field(self, where: tuple[str, ...], feld: str) -> Angabe | None:
        """Return a field, or that of the name for the owner of a row; notes one there is not."""
        found = angabe_of(self._key, feld) or (angabe_of("beteiligte", "name") if is_owner(self._key, feld) else None)
        if found is None:
            known = fields_of_table(self._key)
            near = suggestion(feld, known) if self._intake.count < MAX_PROBLEMS else ""
            hint = near or f"; erlaubt sind: {', '.join(known)}"
            self._note(where, f"{shown(feld)} ist kein Feld von {self._key}{hint}", am_schluessel=where[-1] == feld)
        return found

    def _known(self, where: tuple[str, ...], stated: Mapping[str, str]) -> None:
        """Note fixed values that their fields do not take."""
        for feld, value in stated.items():
            if angabe := self._field((*where, feld), feld):
                self._readable(angabe, value, (*where, feld))

    def _words(self, woerter: Mapping[str, Mapping[str, str]]) -> None:
        """Note words that mean what their field does not take, and those that differ in case only."""
        for feld, worte in woerter.items():
            seen: dict[str, str] = {}
            angabe = angabe_of(self._key, feld)
            for foreign, own in worte.items():
                if seen.setdefault(fold(foreign), own) != own:
                    self._note(("woerter", feld, foreign), f"{shown(foreign)} steht doppelt", am_schluessel=True)
                if angabe:
                    self._readable(angabe, own, ("woerter", feld, foreign))

    def _readable(self, angabe: Angabe, value: str, where: tuple[str, ...]) -> None:
        """Note a value that cannot be read; lists are read where they stand."""
        if angabe.wertart not in {"liste", "anteile"}:
            kind = fields_of(angabe.record)[angabe.pfad[-1]]
            kind.read(value, (*self._path, *where), self._intake)

    def _note(self, where: tuple[str, ...], text: str, *, am_schluessel: bool = False) -> None:
        self._intake.note(text, (*self._path, *where), am_schluessel=am_schluessel)
