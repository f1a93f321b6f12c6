"""A history made ready for accounts: every award with its value, its pot and its undertaking, or a problem."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from itertools import chain
from typing import NamedTuple

from foerdercheck.deminimis.fenster import Grenztag
from foerdercheck.deminimis.kontenbuch import Kontenbuch
from foerdercheck.deminimis.konto import Posten
from foerdercheck.deminimis.recht import Recht
from foerdercheck.deminimis.verbund import Verbund, verbund
from foerdercheck.deminimis.wert import subventionswert
from foerdercheck.model.befund import Feststellung, hinweis
from foerdercheck.model.beihilfe import Beihilfe, Ereignis, Historie
from foerdercheck.model.deutsch import datum, euro
from foerdercheck.model.location import Path, Problem
from foerdercheck.model.scalars import ScalarError, fold

_BookKey = tuple[str, date, Grenztag, bool]
_ByName = dict[tuple[str, str], list[Posten]]


@dataclass(slots=True)
class Ledger:
    """The awards of a history by Member State, the undertakings by name, and how these belong together.

    `names` maps folded names to names as first written. Books are made on demand and kept.
    """

    names: dict[str, str]
    group: Verbund
    granted: Mapping[str, Sequence[Posten]]
    applied: Mapping[str, Sequence[Posten]]
    duplicates: frozenset[int]
    _books: dict[_BookKey, Kontenbuch] = field(default_factory=dict)
    _originals: dict[int, Posten] = field(default_factory=dict)
    _granted: _ByName = field(default_factory=dict)
    _applied: _ByName = field(default_factory=dict)
    _states: dict[str, set[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._originals = {eintrag.nummer: eintrag for posten in self.granted.values() for eintrag in posten}
        self._granted = _by_name(self.granted)
        self._applied = _by_name(self.applied)
        for state, name in [*self._granted, *self._applied]:
            self._states.setdefault(name, set()).add(state)

    def book(self, state: str, day: date, recht: Recht, grenztag: Grenztag, *, persons: bool = False) -> Kontenbuch:
        """Return the accounts of a Member State with the awards up to `day`; `persons` joins over natural persons."""
        key = (state, day, grenztag, persons)
        if key not in self._books:
            group = self.group.over_persons() if persons else self.group
            posten = [eintrag for eintrag in self.granted.get(state, ()) if eintrag.tag <= day]
            self._books[key] = Kontenbuch(self.names, posten, group, recht, grenztag)
        return self._books[key]

    def original(self, eintrag: Posten) -> Posten:
        """Return an award as it was granted, before any split."""
        return self._originals[eintrag.nummer]

    def members(self, book: Kontenbuch, unternehmen: str, day: date) -> tuple[str, ...]:
        """Return the names of the single undertaking, in order of first mention."""
        return tuple(self.names[name] for name in book.members(unternehmen, day))

    def states(self, names: Iterable[str]) -> list[str]:
        """Return the Member States in which these undertakings (folded names) have or want awards, sorted."""
        return sorted({state for name in names for state in self._states.get(name, ())})

    def pending(self, state: str, book: Kontenbuch, unternehmen: str, day: date) -> list[Posten]:
        """Return what the single undertaking has applied for and not been granted yet."""
        return _of(self._applied, state, book.members(unternehmen, day))

    def later(self, state: str, book: Kontenbuch, unternehmen: str, day: date) -> list[Posten]:
        """Return the awards of the single undertaking dated after `day`."""
        return [eintrag for eintrag in _of(self._granted, state, book.members(unternehmen, day)) if eintrag.tag > day]

    def remarks(self, eintrag: Posten, recht: Recht) -> Iterator[Feststellung]:
        """Yield what is odd about an award that counts nevertheless."""
        since = recht.applies_since(eintrag.beihilfe.verordnung)
        if eintrag.tag < since:
            yield hinweis(
                f"Die Verordnung {eintrag.beihilfe.verordnung} galt am {datum(eintrag.tag)} noch nicht (erst ab {datum(since)}); "
                "die Beihilfe zählt trotzdem bei ihr mit. Prüfen Sie die Bescheinigung.",
                eintrag.pfad,
            )
        if eintrag.nummer in self.duplicates:
            yield hinweis(
                f"Aktenzeichen, Datum und Betrag ({euro(eintrag.wert)}) stehen mehrfach in der Historie; jede Zeile zählt.",
                eintrag.pfad,
            )


def _by_name(awards: Mapping[str, Iterable[Posten]]) -> _ByName:
    index: _ByName = defaultdict(list)
    for state, posten in awards.items():
        for eintrag in posten:
            index[state, eintrag.unternehmen].append(eintrag)
    return index


def _of(awards: _ByName, state: str, names: Iterable[str]) -> list[Posten]:
    """Return the awards of these undertakings in the order of the file."""
    found = (eintrag for name in names for eintrag in awards.get((state, name), ()))
    return sorted(found, key=lambda eintrag: eintrag.nummer)


class Fundort(NamedTuple):
    """Where the parts of a history stand in the tree they were read from."""

    beihilfen: Path = ("beihilfen",)
    ereignisse: Path = ("ereignisse",)


def build_ledger(
    historie: Historie, recht: Recht, stichtag: date, fundort: Fundort, unternehmen: Sequence[str] = ()
) -> tuple[Ledger, list[Problem]]:
    """Return the ledger of a history and the problems of its rows.

    `unternehmen` are names known to be one undertaking; awards without a name belong to the first of them.
    """
    names: dict[str, str] = {}
    for name in dict.fromkeys([*unternehmen, *_mentioned(historie)]):
        names.setdefault(fold(name), name)
    granted: dict[str, list[Posten]] = defaultdict(list)
    applied: dict[str, list[Posten]] = defaultdict(list)
    problems: list[Problem] = _split_problems(historie.ereignisse, fundort)
    for nummer, beihilfe in enumerate(historie.beihilfen):
        if beihilfe.status == "widerrufen":
            continue
        path = (*fundort.beihilfen, nummer)
        try:
            eintrag = _posten(beihilfe, (nummer, path), unternehmen, recht, stichtag)
        except ScalarError as error:
            problems.append(Problem(str(error), path))
            continue
        if beihilfe.status == "bewilligt":
            granted[beihilfe.mitgliedstaat].append(eintrag)
        else:
            applied[beihilfe.mitgliedstaat].append(eintrag)
    first = fold(unternehmen[0]) if unternehmen else ""
    group = verbund(historie.verbund, historie.ereignisse, ((first, fold(name)) for name in unternehmen[1:]))
    return Ledger(names, group, granted, applied, _duplicates(granted)), problems


def _mentioned(historie: Historie) -> Iterator[str]:
    for beihilfe in historie.beihilfen:
        if beihilfe.unternehmen is not None:
            yield beihilfe.unternehmen
    for beziehung in historie.verbund:
        yield beziehung.unternehmen
        yield beziehung.verbunden_mit
    for ereignis in historie.ereignisse:
        yield ereignis.von
        yield ereignis.nach


def _posten(
    beihilfe: Beihilfe, place: tuple[int, Path], unternehmen: Sequence[str], recht: Recht, stichtag: date
) -> Posten:
    name = beihilfe.unternehmen or (unternehmen[0] if unternehmen else None)
    if name is None:
        raise ScalarError("unternehmen fehlt: wer die Beihilfe erhalten hat")
    tag = beihilfe.gewaehrt_am or stichtag
    wert = subventionswert(beihilfe, tag, recht)
    return Posten(tag, place[0], wert, recht.pots[beihilfe.verordnung], fold(name), beihilfe, place[1])


def _split_problems(ereignisse: Sequence[Ereignis], fundort: Fundort) -> list[Problem]:
    """The shares of one split must add up to 100 %."""
    shares: dict[tuple[date, str], Decimal] = defaultdict(Decimal)
    last: dict[tuple[date, str], int] = {}
    for index, ereignis in enumerate(ereignisse):
        if ereignis.ereignis == "spaltung":
            key = (ereignis.datum, fold(ereignis.von))
            shares[key] += ereignis.anteil or Decimal()
            last[key] = index
    return [
        Problem(
            f"Die Anteile der Spaltung vom {datum(key[0])} ergeben zusammen nicht 100 %.",
            (*fundort.ereignisse, last[key], "anteil"),
        )
        for key, share in shares.items()
        if share != 1
    ]


def _duplicates(granted: Mapping[str, Iterable[Posten]]) -> frozenset[int]:
    """Return the places of awards that share file number, date and amount with another."""
    first: dict[tuple[str, date, Decimal], int] = {}
    again: set[int] = set()
    for eintrag in chain.from_iterable(granted.values()):
        if eintrag.beihilfe.aktenzeichen:
            nummer = first.setdefault((eintrag.beihilfe.aktenzeichen, eintrag.tag, eintrag.wert), eintrag.nummer)
            if nummer != eintrag.nummer:
                again |= {nummer, eintrag.nummer}
    return frozenset(again)
