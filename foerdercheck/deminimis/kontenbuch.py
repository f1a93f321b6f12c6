"""The Kontenbuch: all awards of a history made ready, by Member State and undertaking; and the Konten that are kept in it."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from itertools import chain

from foerdercheck.deminimis.fenster import Grenztag, window_start
from foerdercheck.deminimis.frage import Frage, Kontoergebnis
from foerdercheck.deminimis.konto import ZERO, Konto
from foerdercheck.deminimis.posten import Posten, PostenJeStaat, Sammlung, Stellen, duplicates
from foerdercheck.deminimis.recht import ErgebnisBeiGewaehrung, Recht
from foerdercheck.deminimis.verbund import Epoch, Verbund, epoch_on, split_problems, verbund
from foerdercheck.model.beihilfe import Historie
from foerdercheck.model.location import Path, Problem
from foerdercheck.model.scalars import fold

_ANY = Decimal("Infinity")


@dataclass(slots=True)
class Kontenbuch:
    """The awards of a history by Member State and undertaking, and how the undertakings belong together.

    `names` maps folded names to names as first written, `stellen` where the awards stand in the tree; `duplicates` are the
    numbers of those that stand there twice. Konten are made on demand and kept.
    """

    recht: Recht
    names: Mapping[str, str]
    verbund: Verbund
    granted: PostenJeStaat
    pending: PostenJeStaat
    duplicates: frozenset[int]
    stellen: Stellen
    _konten: "dict[tuple[str, date, Grenztag, bool], Konten]" = field(default_factory=dict)
    _undivided: dict[int, Posten] | None = None

    def konten(self, frage: Frage, *, persons: bool = False) -> "Konten":
        """Return the accounts of the Member State a question is about, as it reads them; `persons` joins over natural persons."""
        key = (frage.mitgliedstaat, frage.stichtag, frage.grenztag, persons)
        if key not in self._konten:
            self._konten[key] = Konten(self, frage, self.verbund.over_persons() if persons else self.verbund)
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
        return self.stellen.of(posten.nummer)


class Konten:
    """The accounts of one Member State, with the awards up to a Stichtag and one reading of the boundary day, through all events.

    Epochs are built once per cluster of undertakings, accounts once per epoch and component, both on demand. An undertaking that
    nothing ever connects with another is one cluster, one component and one epoch.
    """

    def __init__(self, buch: Kontenbuch, frage: Frage, group: Verbund) -> None:
        self.buch = buch
        self.stichtag = frage.stichtag
        self.grenztag = frage.grenztag
        self.fenster = window_start(frage.stichtag, buch.recht.years, frage.grenztag), frage.stichtag
        self._granted: Mapping[str, Sequence[Posten]] = buch.granted.get(frage.mitgliedstaat, {})
        self._pending: Mapping[str, Sequence[Posten]] = buch.pending.get(frage.mitgliedstaat, {})
        self._linked = {name for edge in buch.verbund.persons for name in edge}
        self._boundary = window_start(frage.stichtag, buch.recht.years, "streng")
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
            key, posten = (date.min, unternehmen), self._until(unternehmen)
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
            held = {name: self._until(name) for name in self._names[cluster]}
            self._epochs[cluster] = self._groups[cluster].epochs(held)
        return self._epochs[cluster]

    def _until(self, name: str) -> list[Posten]:
        return [posten for posten in self._granted.get(name, ()) if posten.tag <= self.stichtag]

    def pending(self, unternehmen: str) -> list[Posten]:
        """Return what the single undertaking has applied for and not been granted yet."""
        return self._of_members(self._pending, unternehmen)

    def later(self, unternehmen: str) -> list[Posten]:
        """Return the awards of the single undertaking that are dated after the Stichtag."""
        return [posten for posten in self._of_members(self._granted, unternehmen) if posten.tag > self.stichtag]

    def _of_members(self, by_name: Mapping[str, Sequence[Posten]], unternehmen: str) -> list[Posten]:
        """Return awards of the single undertaking in the order of the file."""
        found = chain.from_iterable(by_name.get(name, ()) for name in self.members(unternehmen, self.stichtag))
        return sorted(found, key=lambda eintrag: eintrag.nummer)

    def has_any(self, unternehmen: str) -> bool:
        """Tell whether the single undertaking has awards here on the Stichtag, or wants or gets some.

        What counts is who holds an award after mergers and splits, not who was granted it.
        """
        if unternehmen not in self._clusters:
            return unternehmen in self._granted or unternehmen in self._pending
        return bool(
            self.konto(unternehmen, self.stichtag).posten or self.pending(unternehmen) or self.later(unternehmen)
        )

    def small(self, unternehmen: str) -> Sequence[Posten]:
        """Return the awards of an undertaking that needs no account; none where it needs one.

        All of them together stay below the smallest ceiling any of them could meet, and nothing is to be said about them: no relation
        and no event, none applied for, after the Stichtag, odd or on the boundary day.
        """
        if unternehmen in self._clusters or unternehmen in self._linked or unternehmen in self._pending:
            return ()
        entries, recht, twice = self._granted.get(unternehmen, ()), self.buch.recht, self.buch.duplicates
        together, ceiling = ZERO, _ANY
        for tag, nummer, wert, verordnung, _pot, _name, _geber in entries:
            if tag > self.stichtag or tag == self._boundary or tag < recht.starts[verordnung] or nummer in twice:
                return ()
            together += wert
            ceiling = min(ceiling, recht.least[verordnung])
            if together > ceiling:
                return ()
        return entries

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
    historie: Historie,
    recht: Recht,
    stichtag: date,
    stellen: Stellen = Stellen(),  # noqa: B008 - immutable
    gruppen: Sequence[Sequence[str]] = (),
) -> tuple[Kontenbuch, list[Problem]]:
    """Return the Kontenbuch of a history, and the problems of its rows.

    Each of `gruppen` are names known to be one undertaking; awards without a name belong to the first of the first group.
    """
    awards = Sammlung(historie, recht, stichtag, stellen, gruppen[0][0] if gruppen else None)
    names: dict[str, str] = {}
    for written in (*chain.from_iterable(gruppen), *awards.names, *_connected(historie)):
        names.setdefault(fold(written), written)
    edges = ((fold(first), fold(name)) for first, *others in gruppen for name in others)
    group = verbund(historie.verbund, historie.ereignisse, edges)
    twice = duplicates(historie, awards.granted)
    buch = Kontenbuch(recht, names, group, awards.granted, awards.pending, twice, stellen)
    return buch, [*split_problems(historie.ereignisse, stellen.ereignisse), *awards.problems]


def _connected(historie: Historie) -> Iterator[str]:
    """Yield the names in relations and events."""
    for beziehung in historie.verbund:
        yield beziehung.unternehmen
        yield beziehung.verbunden_mit
    for ereignis in historie.ereignisse:
        yield ereignis.von
        yield ereignis.nach
