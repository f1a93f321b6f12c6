"""The Kontenbuch: all awards of a history made ready, by Member State and undertaking; and the Konten that are kept in it."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property
from itertools import chain
from typing import Literal

from foerdercheck.deminimis.fenster import KALENDERJAHR, Grenztag, Jahresbeginn
from foerdercheck.deminimis.frage import SCHWERE, Frage, Geplant, Kontoergebnis, Planung
from foerdercheck.deminimis.kleinkonto import Kleinkonten
from foerdercheck.deminimis.konto import Konto
from foerdercheck.deminimis.posten import Posten, PostenJeStaat, ReadNames, Stellen, Ungezaehlt, Wiederholt
from foerdercheck.deminimis.recht import ErgebnisBeiGewaehrung, Recht
from foerdercheck.deminimis.verbund import Edge, Epoch, Verbund, epoch_on
from foerdercheck.model.location import Path
from foerdercheck.model.names import near_keys

_NEW = 1 << 40  # planned awards come after every award of a file
Verbundlesart = Literal["angegeben", "mit_personen", "nur_datierte", "mit_nahen"]
"""Which names are one: those related as stated, also over natural persons, only since a stated day, and those that hardly differ."""


@dataclass(slots=True, eq=False, repr=False)  # what would be made of it else costs every start
class Kontenbuch:
    """The awards of a history by Member State and undertaking, and how the undertakings belong together.

    `names` maps the keys of names to names as first written, `alike` to all of them where they differ, `read` are all of them read,
    `stellen` where the awards stand in the tree; `wiederholt` those whose file number stands there again, `steuerjahre` when the
    fiscal years of each begin, where that is stated; `auslegungen` why the value of an award is only our reading,
    `ohne_verordnung` which awards name no regulation, a byte for each.
    Konten are made on demand and kept.
    """

    recht: Recht
    names: dict[str, str]
    read: ReadNames
    verbund: Verbund
    granted: PostenJeStaat
    pending: PostenJeStaat
    repaid: PostenJeStaat
    uncounted: Mapping[str, Mapping[str, Sequence[Ungezaehlt]]]
    alike: Mapping[str, Sequence[str]]
    wiederholt: Wiederholt
    stellen: Stellen
    steuerjahre: Mapping[str, frozenset[Jahresbeginn]]
    auslegungen: Mapping[int, str]
    ohne_verordnung: bytes
    _konten: "dict[tuple[str, date, Grenztag, Verbundlesart], Konten]" = field(default_factory=dict)
    _near: list[Edge] | None = None
    _odd: Set[int] | None = None
    _undivided: dict[int, Posten] | None = None

    @property
    def odd(self) -> Set[int]:
        """The awards (their numbers) of which something is to be said: they stand there again, or their value is only our reading."""
        if self._odd is None:
            self._odd = self.wiederholt.doppelt | self.wiederholt.aelter.keys() | self.auslegungen.keys()
        return self._odd

    @property
    def near(self) -> Sequence[Edge]:
        """The pairs of keys whose names hardly differ."""
        if self._near is None:
            groups = near_keys(self.read[name] for name in self.names.values())
            self._near = [(first, other) for first, *others in groups for other in others]
        return self._near

    def konten(self, frage: Frage, lesart: Verbundlesart = "angegeben") -> "Konten":
        """Return the accounts of the Member State a question is about, as it reads them, with the group in one reading."""
        key = (frage.mitgliedstaat, frage.stichtag, frage.grenztag, lesart)
        if key not in self._konten:
            self._konten[key] = Konten(self, frage, self._read(lesart))
        return self._konten[key]

    def _read(self, lesart: Verbundlesart) -> Verbund:
        if lesart == "mit_personen":
            return self.verbund.over_persons()
        if lesart == "nur_datierte":
            return self.verbund.dated()
        return self.verbund.joined(self.near) if lesart == "mit_nahen" else self.verbund

    def add(self, unternehmen: str) -> None:
        """Name an undertaking of which the history knows nothing; before `near` is first asked."""
        self.names.setdefault(self.read[unternehmen].key, unternehmen)

    def states(self) -> list[str]:
        """Return the Member States in which anybody has, wants or gave back awards, sorted."""
        return sorted({*self.granted, *self.pending, *self.repaid})

    def original(self, posten: Posten) -> Posten:
        """Return an award as it was granted, before any merger or split."""
        if not self.verbund.ereignisse:
            return posten
        if self._undivided is None:
            states = (*self.granted.values(), *self.repaid.values())
            everywhere = chain.from_iterable(by_name.values() for by_name in states)
            self._undivided = {entry.nummer: entry for entries in everywhere for entry in entries}
        return self._undivided[posten.nummer]

    def place(self, posten: Posten | Ungezaehlt) -> Path:
        """Return where an award stands in the tree; a planned one stands nowhere."""
        return self.stellen.of(posten.nummer) if posten.nummer < _NEW else ()


class Konten:
    """The accounts of one Member State on a Stichtag, with one reading of the boundary day, through all events.

    Epochs are built once per cluster of undertakings, accounts once per epoch and component, both on demand. An undertaking that
    nothing ever connects with another is one cluster, one component and one epoch.
    """

    def __init__(
        self, buch: Kontenbuch, frage: Frage, group: Verbund, more: Sequence[Posten] = (), without: Collection[int] = ()
    ) -> None:
        self.buch = buch
        self.stichtag = frage.stichtag
        self.grenztag = frage.grenztag
        self._frage, self._group, self._more, self._without = frage, group, more, without
        self._granted: Mapping[str, Sequence[Posten]] = buch.granted.get(frage.mitgliedstaat, {})
        self._pending: Mapping[str, Sequence[Posten]] = buch.pending.get(frage.mitgliedstaat, {})
        self._repaid: Mapping[str, Sequence[Posten]] = buch.repaid.get(frage.mitgliedstaat, {})
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
            posten: Sequence[Posten] | None = epoch.awards[component]
            key = epoch.since, component
        else:
            key, posten = (date.min, unternehmen), None
        if key not in self._konten:
            held = self._awards(unternehmen) if posten is None else posten
            steuerjahre = self.steuerjahre(unternehmen, tag) or KALENDERJAHR
            self._konten[key] = Konto(held, self.buch.recht, self.grenztag, steuerjahre)
        return self._konten[key]

    def members(self, unternehmen: str, tag: date) -> Sequence[str]:
        """Return the keys of the names of the single undertaking on a day, in order of first mention."""
        if unternehmen not in self._clusters:
            return (unternehmen,)
        epoch = epoch_on(self._history(unternehmen), tag)
        return epoch.members[epoch.components.of(unternehmen)]

    def steuerjahre(self, unternehmen: str, tag: date) -> Sequence[Jahresbeginn]:
        """Return when the fiscal years of the single undertaking on a day begin, as stated; nothing where nobody says so."""
        stated = self.buch.steuerjahre
        return sorted(
            {day for name in self.members(unternehmen, tag) for day in stated.get(name, ())} if stated else ()
        )

    def _history(self, unternehmen: str) -> Sequence[Epoch]:
        cluster = self._clusters.of(unternehmen)
        if cluster not in self._epochs:
            held = {name: self._awards(name) for name in self._names[cluster]}
            self._epochs[cluster] = self._groups[cluster].epochs(held)
        return self._epochs[cluster]

    def _awards(self, name: str) -> list[Posten]:
        own = self._granted.get(name, ())
        if self._without:
            own = [posten for posten in own if posten.nummer not in self._without]
        return [*own, *(posten for posten in self._more if posten.unternehmen == name)]

    def pending(self, unternehmen: str) -> list[Posten]:
        """Return what the single undertaking has applied for and not been granted yet."""
        return self._of_members(self._pending, unternehmen)

    def repaid(self, unternehmen: str) -> list[Posten]:
        """Return what the single undertaking has paid back."""
        return self._of_members(self._repaid, unternehmen)

    def uncounted(self, unternehmen: str) -> list[Ungezaehlt]:
        """Return the awards of the single undertaking that count on no day."""
        by_name = self.buch.uncounted.get(self._frage.mitgliedstaat, {})
        found = chain.from_iterable(by_name.get(name, ()) for name in self.members(unternehmen, self.stichtag))
        return sorted(found, key=lambda award: award.nummer)

    def _of_members(self, by_name: Mapping[str, Sequence[Posten]], unternehmen: str) -> list[Posten]:
        """Return awards of the single undertaking in the order of the file."""
        found = chain.from_iterable(by_name.get(name, ()) for name in self.members(unternehmen, self.stichtag))
        return sorted(found, key=lambda eintrag: eintrag.nummer)

    def until(self, unternehmen: str) -> list[Posten]:
        """Return the awards of the single undertaking up to the Stichtag, in the order of their days."""
        return self.konto(unternehmen, self.stichtag).until(self.stichtag)

    def has_any(self, unternehmen: str) -> bool:
        """Tell whether the single undertaking has awards here on the Stichtag, or wants, gets or gave back some.

        What counts is who holds an award after mergers and splits, not who was granted it.
        """
        if unternehmen not in self._clusters:
            return unternehmen in self._granted or unternehmen in self._pending or unternehmen in self._repaid
        konto = self.konto(unternehmen, self.stichtag)
        return bool(konto.posten or self.pending(unternehmen) or self.repaid(unternehmen))

    @cached_property
    def kleine(self) -> Kleinkonten:
        """The undertakings that need no account."""
        buch, pending, repaid, names = self.buch, self._pending, self._repaid, self._names
        linked = chain.from_iterable(
            [*buch.near, *((edge.one, edge.other) for edge in buch.verbund.persons), *names.values()]
        )
        others = {*linked, *buch.alike, *pending, *repaid, *buch.steuerjahre}
        return Kleinkonten(buch.recht, self._frage, self._granted, buch.odd, others)

    def pruefung(self, posten: Posten) -> ErgebnisBeiGewaehrung:
        """Check a past award, as it was granted, on its own day against everything before it, as the undertakings were then."""
        return self.konto(posten.unternehmen, posten.tag).pruefungen[posten.nummer]

    def audited(self, unternehmen: str) -> Iterator[tuple[Posten, Posten, ErgebnisBeiGewaehrung]]:
        """Yield the awards up to the Stichtag, each as it is, as it was granted, and what its check says."""
        if unternehmen not in self._clusters or len(self._history(unternehmen)) == 1:  # it was the same on every day
            konto = self.konto(unternehmen, self.stichtag)
            yield from zip(konto.until(self.stichtag), konto.posten, konto.urteile, strict=False)
            return
        for posten in self.until(unternehmen):
            original = self.buch.original(posten)
            yield posten, original, self.pruefung(original)

    def geplant(self, unternehmen: str, frage: Frage) -> Iterator[Geplant]:
        """Yield each planned award as it is judged; those planned before it count as granted, even where they do not fit."""
        for number, planung in enumerate(frage.geplant):
            konto = self.with_planned(unternehmen, frage.geplant[:number]).konto(unternehmen, planung.tag)
            frei = konto.room(planung.verordnung, planung.tag)
            yield Geplant(planung, _fits(konto, planung, frei), frei)

    def with_planned(self, unternehmen: str, planned: Sequence[Planung]) -> "Konten":
        """Return the accounts as they are once planned awards to an undertaking have been granted."""
        if not planned:
            return self
        pots = self.buch.recht.pots
        more = [
            Posten(tag, _NEW + number, betrag, verordnung, pots[verordnung], unternehmen, None)
            for number, (tag, betrag, verordnung) in enumerate(planned)
        ]
        return Konten(self.buch, self._frage, self._group, [*self._more, *more], self._without)

    def changed(self, more: Sequence[Posten] = (), without: Collection[int] = ()) -> "Konten":
        """Return the accounts as they would be with awards of the history that do not count, or without some (by number)."""
        return Konten(self.buch, self._frage, self._group, more, without)

    def verdict(self, unternehmen: str, frage: Frage) -> Kontoergebnis:
        """Return whether every planned award fits; without one, whether every past award did."""
        found: set[str] = {each.ergebnis for each in self.geplant(unternehmen, frage)}
        found = found or {result for _, _, result in self.audited(unternehmen)}
        return next((result for result in reversed(SCHWERE) if result in found), "eingehalten")


def _fits(konto: Konto, planung: Planung, frei: Decimal | None) -> Kontoergebnis:
    """Return whether a planned award fits; open between the two readings of what the law says, and where no ceiling is known."""
    if frei is None:
        return "offen"
    if planung.betrag <= frei:
        return "eingehalten"
    most = konto.room(planung.verordnung, planung.tag, guenstig=True)
    return "offen" if most is not None and planung.betrag <= most else "ueberschritten"
