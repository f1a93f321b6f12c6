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
from foerdercheck.model.beihilfe import Ereignis, Historie
from foerdercheck.model.deutsch import datum, euro
from foerdercheck.model.location import Path, Problem
from foerdercheck.model.scalars import ScalarError, fold

_BookKey = tuple[str, date, Grenztag, bool]
Awards = Mapping[str, Mapping[str, Sequence[Posten]]]
"""Member State → folded name of the undertaking → its awards in the order of the file."""


@dataclass(slots=True)
class Ledger:
    """The awards of a history by Member State and undertaking, and how the undertakings belong together.

    `names` maps folded names to names as first written, `beihilfen` is where the awards stand in the tree. Books are
    made on demand and kept.
    """

    names: dict[str, str]
    group: Verbund
    granted: Awards
    applied: Awards
    duplicates: frozenset[int]
    beihilfen: Path
    _books: dict[_BookKey, Kontenbuch] = field(default_factory=dict)
    _undivided: dict[int, Posten] | None = None

    def book(self, state: str, day: date, recht: Recht, grenztag: Grenztag, *, persons: bool = False) -> Kontenbuch:
        """Return the accounts of a Member State with the awards up to `day`; `persons` joins over natural persons."""
        key = (state, day, grenztag, persons)
        if key not in self._books:
            group = self.group.over_persons() if persons else self.group
            known = {
                name: [eintrag for eintrag in posten if eintrag.tag <= day]
                for name, posten in self.granted.get(state, {}).items()
            }
            self._books[key] = Kontenbuch(self.names, known, group, recht, grenztag)
        return self._books[key]

    def original(self, eintrag: Posten) -> Posten:
        """Return an award as it was granted, before any merger or split."""
        if not self.group.ereignisse:
            return eintrag
        if self._undivided is None:
            everywhere = chain.from_iterable(by_name.values() for by_name in self.granted.values())
            self._undivided = {entry.nummer: entry for posten in everywhere for entry in posten}
        return self._undivided[eintrag.nummer]

    def place(self, eintrag: Posten) -> Path:
        """Return where an award stands in the tree."""
        return (*self.beihilfen, eintrag.nummer)

    def members(self, book: Kontenbuch, unternehmen: str, day: date) -> tuple[str, ...]:
        """Return the names of the single undertaking, in order of first mention."""
        return tuple(self.names[name] for name in book.members(unternehmen, day))

    def states(self) -> list[str]:
        """Return the Member States in which anybody has or wants awards, sorted."""
        return sorted({*self.granted, *self.applied})

    def pending(self, state: str, book: Kontenbuch, unternehmen: str, day: date) -> list[Posten]:
        """Return what the single undertaking has applied for and not been granted yet."""
        return _of(self.applied, state, book.members(unternehmen, day))

    def later(self, state: str, book: Kontenbuch, unternehmen: str, day: date) -> list[Posten]:
        """Return the awards of the single undertaking dated after `day`."""
        return [eintrag for eintrag in _of(self.granted, state, book.members(unternehmen, day)) if eintrag.tag > day]

    def remarks(self, eintrag: Posten, recht: Recht) -> Iterator[Feststellung]:
        """Yield what is odd about an award that counts nevertheless."""
        since = recht.applies_since(eintrag.beihilfe.verordnung)
        if eintrag.tag < since:
            yield hinweis(
                f"Die Verordnung {eintrag.beihilfe.verordnung} galt am {datum(eintrag.tag)} noch nicht (erst ab {datum(since)}); "
                "die Beihilfe zählt trotzdem bei ihr mit. Prüfen Sie die Bescheinigung.",
                self.place(eintrag),
            )
        if eintrag.nummer in self.duplicates:
            yield hinweis(
                f"Aktenzeichen, Datum und Betrag ({euro(eintrag.wert)}) stehen mehrfach in der Historie; jede Zeile zählt.",
                self.place(eintrag),
            )


def _of(awards: Awards, state: str, names: Iterable[str]) -> list[Posten]:
    """Return the awards of these undertakings in the order of the file."""
    by_name = awards.get(state, {})
    found = (eintrag for name in names for eintrag in by_name.get(name, ()))
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
    granted: dict[str, dict[str, list[Posten]]] = defaultdict(lambda: defaultdict(list))
    applied: dict[str, dict[str, list[Posten]]] = defaultdict(lambda: defaultdict(list))
    problems: list[Problem] = _split_problems(historie.ereignisse, fundort)
    head = unternehmen[0] if unternehmen else None
    for nummer, beihilfe in enumerate(historie.beihilfen):
        if beihilfe.status == "widerrufen":
            continue
        recipient = beihilfe.unternehmen or head
        tag = beihilfe.gewaehrt_am or stichtag
        try:
            folded = fold(_named(recipient))
            wert = subventionswert(beihilfe, tag, recht)
        except ScalarError as error:
            problems.append(Problem(str(error), (*fundort.beihilfen, nummer)))
            continue
        awards = granted if beihilfe.status == "bewilligt" else applied
        awards[beihilfe.mitgliedstaat][folded].append(
            Posten(tag, nummer, wert, recht.pots[beihilfe.verordnung], folded, beihilfe)
        )
    first = fold(head) if head else ""
    group = verbund(historie.verbund, historie.ereignisse, ((first, fold(name)) for name in unternehmen[1:]))
    return Ledger(names, group, _plain(granted), _plain(applied), _duplicates(granted), fundort.beihilfen), problems


def _plain(awards: Awards) -> Awards:
    """Return the same without default factories, which could not be sent to another process."""
    return {state: dict(by_name) for state, by_name in awards.items()}


def _named(name: str | None) -> str:
    if name is None:
        raise ScalarError("unternehmen fehlt: wer die Beihilfe erhalten hat")
    return name


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


def _duplicates(granted: Awards) -> frozenset[int]:
    """Return the places of awards that share file number, date and amount with another."""
    posten = [eintrag for by_name in granted.values() for entries in by_name.values() for eintrag in entries]
    stated = [eintrag.beihilfe.aktenzeichen for eintrag in posten if eintrag.beihilfe.aktenzeichen]
    if len(set(stated)) == len(stated):
        return frozenset()
    same: dict[tuple[str | None, date, Decimal], list[int]] = defaultdict(list)
    for eintrag in posten:
        if eintrag.beihilfe.aktenzeichen:
            same[eintrag.beihilfe.aktenzeichen, eintrag.tag, eintrag.wert].append(eintrag.nummer)
    return frozenset(nummer for places in same.values() if len(places) > 1 for nummer in places)
