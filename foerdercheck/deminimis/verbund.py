"""Single undertakings: who counts as one (Article 2(2)), and how mergers and splits change that over time.

Undertakings are connected by control, transitively, and from the day of a merger or acquisition on also by that
event. A split hands the earlier awards of one body to its successors. Between two events nothing changes, so a
group is described by epochs: from a day on, these components with these awards.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from foerdercheck.deminimis.konto import Posten
from foerdercheck.model.beihilfe import Beziehung, Ereignis
from foerdercheck.model.deutsch import CENT
from foerdercheck.model.scalars import fold

CONTROL = frozenset({"stimmrechtsmehrheit", "organmehrheit", "beherrschungsvertrag", "stimmbindung"})
NATURAL_PERSON = "natuerliche_person"
Edge = tuple[str, str]


class Components:
    """Connected components over edges between names (union by attachment, path halving)."""

    def __init__(self, edges: Iterable[Edge]) -> None:
        self._parent: dict[str, str] = {}
        for one, other in edges:
            self._parent[self.of(one)] = self.of(other)

    def of(self, name: str) -> str:
        """Return the representative of the component `name` belongs to."""
        parent = self._parent
        parent.setdefault(name, name)
        while parent[name] != name:
            parent[name] = parent[parent[name]]
            name = parent[name]
        return name


@dataclass(frozen=True, slots=True)
class Epoch:
    """What holds from a day on: the component of each undertaking and the awards of each component."""

    since: date
    components: Components
    awards: Mapping[str, Sequence[Posten]]


@dataclass(frozen=True, slots=True)
class Verbund:
    """All undertakings of a history with their relations and events.

    `edges` are the control relations, `persons` those over a natural person, `ereignisse` mergers, acquisitions
    and splits in order of date. Names are folded.
    """

    edges: tuple[Edge, ...]
    persons: tuple[Edge, ...]
    ereignisse: tuple[Ereignis, ...]

    def epochs(self, posten: Sequence[Posten]) -> list[Epoch]:
        """Return the epochs of these awards, the first from the beginning of time."""
        days = [date.min, *sorted({ereignis.datum for ereignis in self.ereignisse})]
        return [self._epoch(day, posten) for day in days]

    def _epoch(self, day: date, posten: Sequence[Posten]) -> Epoch:
        past = [ereignis for ereignis in self.ereignisse if ereignis.datum <= day]
        joined = ((fold(e.von), fold(e.nach)) for e in past if e.ereignis != "spaltung")
        components = Components([*self.edges, *joined])
        awards: dict[str, list[Posten]] = defaultdict(list)
        for eintrag in _after_splits(posten, [e for e in past if e.ereignis == "spaltung"]):
            awards[components.of(eintrag.unternehmen)].append(eintrag)
        return Epoch(day, components, awards)


def epoch_on(epochs: Sequence[Epoch], day: date) -> Epoch:
    """Return the epoch that `day` lies in."""
    return epochs[bisect_right([epoch.since for epoch in epochs], day) - 1]


def verbund(beziehungen: Iterable[Beziehung], ereignisse: Iterable[Ereignis], members: Iterable[Edge] = ()) -> Verbund:
    """Return the group described by relations and events; `members` are pairs known to be one undertaking."""
    edges, persons = list(members), []
    for beziehung in beziehungen:
        edge = (fold(beziehung.unternehmen), fold(beziehung.verbunden_mit))
        if beziehung.beziehung in CONTROL:
            edges.append(edge)
        elif beziehung.beziehung == NATURAL_PERSON:
            persons.append(edge)
    return Verbund(tuple(edges), tuple(persons), tuple(sorted(ereignisse, key=lambda ereignis: ereignis.datum)))


def _after_splits(posten: Sequence[Posten], splits: Sequence[Ereignis]) -> Sequence[Posten]:
    """Hand the awards from before each split to the successors, by share; original dates are kept."""
    by_body: dict[tuple[date, str], list[Ereignis]] = defaultdict(list)
    for split in splits:
        by_body[split.datum, fold(split.von)].append(split)
    for (day, body), shares in by_body.items():
        posten = [
            part
            for eintrag in posten
            for part in (_divided(eintrag, shares) if eintrag.unternehmen == body and eintrag.tag < day else (eintrag,))
        ]
    return posten


def _divided(eintrag: Posten, shares: Sequence[Ereignis]) -> Iterable[Posten]:
    """Half up to cents, the last body takes the remainder (Article 3(9))."""
    rest = eintrag.wert
    for share in shares[:-1]:
        part = (eintrag.wert * (share.anteil or Decimal())).quantize(CENT, ROUND_HALF_UP)
        rest -= part
        yield eintrag._replace(wert=part, unternehmen=fold(share.nach))
    yield eintrag._replace(wert=rest, unternehmen=fold(shares[-1].nach))
