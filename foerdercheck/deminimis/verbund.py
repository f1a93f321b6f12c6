"""Single undertakings: who counts as one (Article 2(2)), and how mergers and splits change that over time.

Undertakings are connected by control, transitively, on the days it lasts, and from the day of a merger or acquisition on
also by that event; an acquisition ends the control of whoever had it before. A split hands the earlier awards of one body to
its successors. Between two such days nothing changes, so a group is described by epochs: from a day on, these components with
these awards.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from foerdercheck.deminimis.posten import Posten
from foerdercheck.model.beihilfe import Beziehung, Ereignis
from foerdercheck.model.deutsch import CENT, datum
from foerdercheck.model.kalender import EIN_TAG
from foerdercheck.model.location import Path, Problem
from foerdercheck.model.names import name_key

CONTROL = frozenset({"stimmrechtsmehrheit", "organmehrheit", "beherrschungsvertrag", "stimmbindung"})
_NATURAL_PERSON = "natuerliche_person"
Edge = tuple[str, str]


class Kante(NamedTuple):
    """Two undertakings (their keys) that are one from `ab` to `bis`, both included; `undatiert`: nobody states since when."""

    one: str
    other: str
    ab: date = date.min
    bis: date = date.max
    undatiert: bool = False


class Components:
    """Connected components over edges between names (union by attachment, path halving)."""

    def __init__(self, edges: Iterable[Edge]) -> None:
        self._parent: dict[str, str] = {}
        for one, other in edges:
            self._parent[self.of(one)] = self.of(other)

    def __contains__(self, name: object) -> bool:
        return name in self._parent

    def of(self, name: str) -> str:
        """Return the representative of the component `name` belongs to."""
        parent = self._parent
        parent.setdefault(name, name)
        while parent[name] != name:
            parent[name] = parent[parent[name]]
            name = parent[name]
        return name


class Epoch(NamedTuple):
    """What holds from a day on: the component of each undertaking, the names and the awards of each component."""

    since: date
    components: Components
    members: Mapping[str, Sequence[str]]
    awards: Mapping[str, Sequence[Posten]]


class Verbund(NamedTuple):
    """Undertakings with their relations and events.

    `edges` are control relations, mergers and acquisitions, `persons` relations over a natural person, `ereignisse` mergers,
    acquisitions and splits in order of date. Names are keys.
    """

    edges: Sequence[Kante] = ()
    persons: Sequence[Kante] = ()
    ereignisse: Sequence[Ereignis] = ()

    def over_persons(self) -> "Verbund":
        """Return the group as it is if natural persons connect."""
        return self._replace(edges=(*self.edges, *self.persons))

    def dated(self) -> "Verbund":
        """Return the group without the relations of which nobody states since when they are."""
        return self._replace(edges=[edge for edge in self.edges if not edge.undatiert])

    def joined(self, near: Iterable[Edge]) -> "Verbund":
        """Return the group as it is if `near` names are those of one undertaking."""
        return self._replace(edges=(*self.edges, *(Kante(*pair) for pair in near)))

    def clusters(self) -> "tuple[Components, Mapping[str, Verbund]]":
        """Return what is ever connected by a relation or an event, and each such cluster as a group of its own.

        Nothing outside its cluster ever changes an account.
        """
        clusters = Components([*(edge[:2] for edge in self.edges), *((e.von, e.nach) for e in self.ereignisse)])
        edges: dict[str, list[Kante]] = defaultdict(list)
        for edge in self.edges:
            edges[clusters.of(edge.one)].append(edge)
        ereignisse: dict[str, list[Ereignis]] = defaultdict(list)
        for ereignis in self.ereignisse:
            ereignisse[clusters.of(ereignis.von)].append(ereignis)
        groups = {name: Verbund(edges[name], ereignisse=ereignisse[name]) for name in {*edges, *ereignisse}}
        return clusters, groups

    def epochs(self, held: Mapping[str, Sequence[Posten]]) -> list[Epoch]:
        """Return the epochs of undertakings and the awards each was granted, the first from the beginning of time."""
        days = {date.min, *(edge.ab for edge in self.edges), *(ereignis.datum for ereignis in self.ereignisse)}
        days |= {edge.bis + EIN_TAG for edge in self.edges if edge.bis < date.max}
        return [self._epoch(day, held) for day in sorted(days)]

    def _epoch(self, day: date, held: Mapping[str, Sequence[Posten]]) -> Epoch:
        past = [ereignis for ereignis in self.ereignisse if ereignis.datum <= day]
        components = Components(edge[:2] for edge in self.edges if edge.ab <= day <= edge.bis)
        members: dict[str, list[str]] = defaultdict(list)
        awards: dict[str, list[Posten]] = defaultdict(list)
        for name in held:
            members[components.of(name)].append(name)
        for name, posten in _handed_down(held, past).items():
            awards[components.of(name)] += posten
        return Epoch(day, components, members, awards)


def epoch_on(epochs: Sequence[Epoch], day: date) -> Epoch:
    """Return the epoch that `day` lies in."""
    return epochs[bisect_right(epochs, day, key=lambda epoch: epoch.since) - 1]


def verbund(beziehungen: Iterable[Beziehung], ereignisse: Iterable[Ereignis], members: Iterable[Edge] = ()) -> Verbund:
    """Return the group described by relations and events; `members` are pairs known to be one undertaking."""
    keyed = (ereignis._replace(von=name_key(ereignis.von), nach=name_key(ereignis.nach)) for ereignis in ereignisse)
    events = sorted(keyed, key=lambda ereignis: ereignis.datum)
    sales: dict[str, list[Ereignis]] = defaultdict(list)
    for ereignis in events:
        if ereignis.ereignis == "uebernahme":
            sales[ereignis.von].append(ereignis)
    stated = [(beziehung.beziehung, _kante(beziehung)) for beziehung in beziehungen]
    control = (_until_sold(edge, sales[edge.other]) for kind, edge in stated if kind in CONTROL)
    bought = (_until_sold(Kante(e.von, e.nach, e.datum), each) for each in [*sales.values()] for e in each)
    merged = (Kante(e.von, e.nach, e.datum) for e in events if e.ereignis == "fusion")
    edges = [*(Kante(*pair) for pair in members), *control, *bought, *merged]
    return Verbund(edges, [edge for kind, edge in stated if kind == _NATURAL_PERSON], events)


def _kante(beziehung: Beziehung) -> Kante:
    one, other = name_key(beziehung.unternehmen), name_key(beziehung.verbunden_mit)
    return Kante(one, other, beziehung.ab or date.min, beziehung.bis or date.max, beziehung.ab is None)


def _until_sold(edge: Kante, sales: Iterable[Ereignis]) -> Kante:
    """Return a relation to a subsidiary, ended by the first sale of it: from then on it is the buyer's, whoever that is."""
    sold = next((sale.datum for sale in sales if sale.datum > edge.ab), None)
    return edge if sold is None else edge._replace(bis=min(edge.bis, sold - EIN_TAG))


def split_problems(ereignisse: Sequence[Ereignis], pfad: Path) -> list[Problem]:
    """Return the splits whose shares do not add up to 100 %, each at its last share below `pfad`."""
    shares: dict[tuple[date, str], Decimal] = defaultdict(Decimal)
    last: dict[tuple[date, str], int] = {}
    for index, ereignis in enumerate(ereignisse):
        if ereignis.ereignis == "spaltung":
            key = (ereignis.datum, name_key(ereignis.von))
            shares[key] += ereignis.anteil or Decimal()
            last[key] = index
    return [
        Problem(
            f"Die Anteile der Spaltung vom {datum(key[0])} ergeben zusammen nicht 100 %.", (*pfad, last[key], "anteil")
        )
        for key, share in shares.items()
        if share != 1
    ]


def _handed_down(granted: Mapping[str, Sequence[Posten]], past: Sequence[Ereignis]) -> Mapping[str, Sequence[Posten]]:
    """Return the awards as they belong after mergers and splits; original dates are kept.

    What a merged body was granted is from then on the other's, so that a later split divides it too. Subsidiaries
    that were acquired keep their own.
    """
    if not past:
        return granted
    held = defaultdict(list, {name: list(posten) for name, posten in granted.items()})
    steps: dict[tuple[date, str, str], list[Ereignis]] = defaultdict(list)
    for ereignis in past:
        steps[ereignis.datum, ereignis.von, ereignis.ereignis].append(ereignis)
    for (day, von, kind), same in steps.items():
        if kind == "fusion":
            merged = held.pop(von, [])
            held[same[0].nach] += merged
        elif kind == "spaltung":
            _split(held, day, von, same)
    return held


def _split(held: dict[str, list[Posten]], day: date, von: str, shares: Sequence[Ereignis]) -> None:
    """Hand the awards from before a split to the bodies named."""
    before = [eintrag for eintrag in held[von] if eintrag.tag < day]
    held[von] = [eintrag for eintrag in held[von] if eintrag.tag >= day]
    for eintrag in before:
        for part in _divided(eintrag, shares):
            held[part.unternehmen].append(part)


def _divided(eintrag: Posten, shares: Sequence[Ereignis]) -> Iterator[Posten]:
    """Half up to cents but never more than is left, the last body takes the remainder (Article 3(9))."""
    rest = eintrag.wert
    for share in shares[:-1]:
        part = min((eintrag.wert * (share.anteil or Decimal())).quantize(CENT, ROUND_HALF_UP), rest)
        rest -= part
        yield eintrag._replace(wert=part, unternehmen=share.nach)
    yield eintrag._replace(wert=rest, unternehmen=shares[-1].nach)
