"""The Kontenbuch: all awards of a history made ready, by Member State and undertaking; and the Konten that are kept in it."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import chain

from foerdercheck.deminimis.fenster import Grenztag, window_start
from foerdercheck.deminimis.frage import Frage, Kontoergebnis
from foerdercheck.deminimis.konto import ZERO, Konto
from foerdercheck.deminimis.posten import Posten, PostenJeStaat, duplicates, granted_and_pending
from foerdercheck.deminimis.recht import ErgebnisBeiGewaehrung, Recht
from foerdercheck.deminimis.verbund import Epoch, Verbund, epoch_on, split_problems, verbund
from foerdercheck.model.beihilfe import Historie
from foerdercheck.model.location import Path, Problem
from foerdercheck.model.scalars import fold

_BEIHILFEN: Path = ("beihilfen",)


@dataclass(slots=True)
class Kontenbuch:
    """The awards of a history by Member State and undertaking, and how the undertakings belong together.

    `names` maps folded names to names as first written, `pfad` is where the awards stand in the tree; `duplicates` are the
    numbers of those that stand there twice. Konten are made on demand and kept.
    """

    recht: Recht
    names: Mapping[str, str]
    verbund: Verbund
    granted: PostenJeStaat
    pending: PostenJeStaat
    duplicates: frozenset[int]
    pfad: Path
    _konten: "dict[tuple[str, date, Grenztag, bool], Konten]" = field(default_factory=dict)
    _undivided: dict[int, Posten] | None = None

    def konten(self, staat: str, bis: date, grenztag: Grenztag, *, persons: bool = False) -> "Konten":
        """Return the accounts of a Member State with the awards up to a day; `persons` joins over natural persons."""
        key = (staat, bis, grenztag, persons)
        if key not in self._konten:
            group = self.verbund.over_persons() if persons else self.verbund
            self._konten[key] = Konten(self, staat, bis, grenztag, group)
        return self._konten[key]

    def states(self) -> list[str]:
        """Return the Member States in which anybody has or wants awards, sorted."""
        return sorted({*self.granted, *self.pending})

    def original(self, posten: Posten) -> Posten:
        """Return an award as it was granted, before any merger or split."""
        if not self.verbund.ereignisse:
            return posten
        if self._undivided is None:
            everywhere = chain.from_iterable(by_name.values() for by_name in self.granted.values())
            self._undivided = {entry.nummer: entry for entries in everywhere for entry in entries}
        return self._undivided[posten.nummer]

    def place(self, posten: Posten) -> Path:
        """Return where an award stands in the tree."""
        return (*self.pfad, posten.nummer)

    def is_odd(self, posten: Posten) -> bool:
        """Tell whether there is something to say about an award that counts nevertheless."""
        return posten.nummer in self.duplicates or posten.tag < self.recht.applies_since(posten.verordnung)


class Konten:
    """The accounts of one Member State, with the awards up to a day and one reading of the boundary day, through mergers and splits.

    Epochs are built once per cluster of undertakings, accounts once per epoch and component, both on demand. An undertaking that
    nothing ever connects with another is one cluster, one component and one epoch.
    """

    def __init__(self, buch: Kontenbuch, staat: str, bis: date, grenztag: Grenztag, group: Verbund) -> None:
        self.buch = buch
        self.staat = staat
        self.bis = bis
        self.grenztag = grenztag
        self.fenster = window_start(bis, buch.recht.years, grenztag), bis
        self._linked = {name for edge in group.persons for name in edge}
        self._clusters, self._groups = group.clusters()
        self._names: dict[str, list[str]] = defaultdict(list)
        for name in buch.names if self._groups else ():
            if name in self._clusters:
                self._names[self._clusters.of(name)].append(name)
        self._epochs: dict[str, list[Epoch]] = {}
        self._konten: dict[tuple[date, str], Konto] = {}

    def konto(self, unternehmen: str, tag: date) -> Konto:
        """Return the account of the single undertaking `unternehmen` belongs to on a day."""
        if unternehmen in self._clusters:
            epoch = epoch_on(self._history(unternehmen), tag)
            component = epoch.components.of(unternehmen)
            key, posten = (epoch.since, component), epoch.awards.get(component, ())
        else:
            key, posten = (date.min, unternehmen), self._granted(unternehmen)
        if key not in self._konten:
            self._konten[key] = Konto(posten, self.buch.recht, self.grenztag)
        return self._konten[key]

    def members(self, unternehmen: str, tag: date) -> Sequence[str]:
        """Return the folded names of the single undertaking on a day, in order of first mention."""
        if unternehmen not in self._clusters:
            return (unternehmen,)
        epoch = epoch_on(self._history(unternehmen), tag)
        return epoch.members.get(epoch.components.of(unternehmen), ())

    def _history(self, unternehmen: str) -> Sequence[Epoch]:
        cluster = self._clusters.of(unternehmen)
        if cluster not in self._epochs:
            held = {name: self._granted(name) for name in self._names[cluster]}
            self._epochs[cluster] = self._groups[cluster].epochs(held)
        return self._epochs[cluster]

    def _granted(self, name: str) -> list[Posten]:
        return [posten for posten in self.buch.granted.get(self.staat, {}).get(name, ()) if posten.tag <= self.bis]

    def pending(self, unternehmen: str) -> list[Posten]:
        """Return what the single undertaking has applied for and not been granted yet."""
        return self._of_members(self.buch.pending, unternehmen)

    def later(self, unternehmen: str) -> list[Posten]:
        """Return the awards of the single undertaking that are dated after the last day."""
        return [posten for posten in self._of_members(self.buch.granted, unternehmen) if posten.tag > self.bis]

    def _of_members(self, posten: PostenJeStaat, unternehmen: str) -> list[Posten]:
        """Return awards of the single undertaking in the order of the file."""
        by_name = posten.get(self.staat, {})
        found = chain.from_iterable(by_name.get(name, ()) for name in self.members(unternehmen, self.bis))
        return sorted(found, key=lambda eintrag: eintrag.nummer)

    def has_any(self, unternehmen: str) -> bool:
        """Tell whether the single undertaking has awards here on the last day, or wants or gets some.

        What counts is who holds an award after mergers and splits, not who was granted it.
        """
        if unternehmen not in self._clusters:
            return any(unternehmen in posten.get(self.staat, {}) for posten in (self.buch.granted, self.buch.pending))
        return bool(self.konto(unternehmen, self.bis).posten or self.pending(unternehmen) or self.later(unternehmen))

    def small(self, unternehmen: str) -> Sequence[Posten]:
        """Return the awards of an undertaking of which no account needs to be made: none, but for one with nothing else.

        All of them together stay below the smallest ceiling any of them could meet, and nothing is to be said about them: no relation
        and no event, none applied for, after the last day, odd or on the boundary day.
        """
        buch, recht = self.buch, self.buch.recht
        posten = buch.granted.get(self.staat, {}).get(unternehmen, ())
        if any(unternehmen in known for known in (self._clusters, self._linked, buch.pending.get(self.staat, ()))):
            return ()
        least = min((recht.least[eintrag.verordnung] for eintrag in posten), default=ZERO)
        if sum((eintrag.wert for eintrag in posten), ZERO) > least:
            return ()
        boundary = window_start(self.bis, recht.years, "streng")
        odd = any(eintrag.tag > self.bis or eintrag.tag == boundary or buch.is_odd(eintrag) for eintrag in posten)
        return () if odd else posten

    def pruefung(self, posten: Posten) -> ErgebnisBeiGewaehrung:
        """Check a past award, as it was granted, on its own day against everything before it, as the undertakings were then."""
        return self.konto(posten.unternehmen, posten.tag).pruefungen[posten.nummer]

    def verdict(self, unternehmen: str, frage: Frage) -> Kontoergebnis:
        """Return whether the planned award fits; without one, or where no ceiling is known, whether every past award did."""
        konto = self.konto(unternehmen, frage.stichtag)
        room = konto.room(frage.verordnung, frage.stichtag)
        if frage.betrag is not None and room is not None:
            return "eingehalten" if frage.betrag <= room else "ueberschritten"
        if unternehmen not in self._clusters or len(self._history(unternehmen)) == 1:  # it was the same on every day
            failed = "ueberschritten" in konto.pruefungen.values()
        else:
            failed = any(self.pruefung(self.buch.original(eintrag)) == "ueberschritten" for eintrag in konto.posten)
        return "ueberschritten" if failed else "eingehalten"


def open_kontenbuch(
    historie: Historie, recht: Recht, stichtag: date, pfad: Path = _BEIHILFEN, unternehmen: Sequence[str] = ()
) -> tuple[Kontenbuch, list[Problem]]:
    """Return the Kontenbuch of a history, and the problems of its rows.

    `pfad` is where its awards stand, the events beside them. `unternehmen` are names known to be one undertaking; awards without
    a name belong to the first of them.
    """
    folded: dict[str | None, str] = {}
    names: dict[str, str] = {}
    for written in dict.fromkeys([*unternehmen, *_mentioned(historie)]):
        folded[written] = fold(written)
        names.setdefault(folded[written], written)
    first, *others = map(fold, unternehmen or [""])
    if unternehmen:
        folded[None] = first
    granted, pending, problems = granted_and_pending(historie, recht, stichtag, pfad, folded)
    group = verbund(historie.verbund, historie.ereignisse, ((first, name) for name in others))
    twice = duplicates([posten for by_name in granted.values() for entries in by_name.values() for posten in entries])
    buch = Kontenbuch(recht, names, group, granted, pending, twice, pfad)
    return buch, [*split_problems(historie.ereignisse, (*pfad[:-1], "ereignisse")), *problems]


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
