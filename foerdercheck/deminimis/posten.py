"""From the awards a history states to those that count: each with its day, its value, its pot and whose it is, or a problem."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import partial
from itertools import repeat
from operator import attrgetter, is_, itemgetter
from typing import NamedTuple

from foerdercheck.deminimis.recht import Recht
from foerdercheck.deminimis.wert import Gelesen, subventionswert
from foerdercheck.model.beihilfe import ZAEHLBAR, ZURUECKGEZAHLT, Beihilfe, Historie
from foerdercheck.model.location import Path, Problem, feld
from foerdercheck.model.names import ReadName, read_name
from foerdercheck.model.scalars import ScalarError


class Posten(NamedTuple):
    """An award that counts: day of grant, number in the file, value in EUR, regulation and pot, whose it is (its key), from whom."""

    tag: date
    nummer: int
    wert: Decimal
    verordnung: str
    pot: str
    unternehmen: str
    zuwendungsgeber: str | None


PostenJeStaat = Mapping[str, Mapping[str, Sequence[Posten]]]
"""Member State → key of an undertaking → its awards in the order of the file."""


class Ungezaehlt(NamedTuple):
    """An award that counts on no day, and its status; `wert` is None where only a computation would tell it."""

    tag: date | None
    nummer: int
    wert: Decimal | None
    verordnung: str
    unternehmen: str
    zuwendungsgeber: str | None
    status: str


class Stellen(NamedTuple):
    """Where the parts of a history stand in the tree: its awards in a list, or each at a place of its own (`einzeln`)."""

    beihilfen: Path = ("beihilfen",)
    einzeln: Sequence[Path] = ()

    def of(self, nummer: int) -> Path:
        """Return where an award stands."""
        return self.einzeln[nummer] if self.einzeln else (*self.beihilfen, nummer)

    @property
    def ereignisse(self) -> Path:
        """Where the events stand: beside the awards."""
        return (*self.beihilfen[:-1], "ereignisse")


class ReadNames(dict[str, ReadName]):
    """Names as they are written → as they are compared; a new one is read when it is asked for."""

    def __missing__(self, written: str) -> ReadName:
        read = self[written] = read_name(written)
        return read


class _JeName(dict[str, tuple[str, list[Posten]]]):
    """Names as they are written → the key of the undertaking, and the list of its awards, which equal names share (`by_key`)."""

    def __init__(self, names: ReadNames) -> None:
        super().__init__()
        self.names = names
        self.by_key: dict[str, list[Posten]] = {}

    def __missing__(self, written: str) -> tuple[str, list[Posten]]:
        key = self.names[written].key
        found = self[written] = key, self.by_key.setdefault(key, [])
        return found


class Sammlung:
    """The awards of a history, which stand at `stellen`: granted, applied for (as if on the Stichtag), paid back, and what is wrong.

    Awards without a name belong to `head`. `names` are those written, in order of first mention, `steuerjahre` the days on which
    the fiscal years of each begin, as stated; `auslegungen` says why the value of an award is only our
    reading, `ohne_verordnung` which name no regulation, a byte for each.
    """

    def __init__(self, historie: Historie, recht: Recht, stichtag: date, stellen: Stellen, head: str | None) -> None:
        self.problems: list[Problem] = []
        self.names = ReadNames()
        self.steuerjahre: dict[str, list[str]] = defaultdict(list)
        self.auslegungen: dict[int, str] = {}
        self.ohne_verordnung = bytes(map(is_, map(attrgetter("verordnung"), historie.beihilfen), repeat(None)))
        self._recht = recht
        self.uncounted: dict[str, dict[str, list[Ungezaehlt]]] = defaultdict(partial(defaultdict, list))
        self._stacks: dict[str, dict[str, _JeName]] = {
            status: defaultdict(partial(_JeName, self.names)) for status in (*ZAEHLBAR, ZURUECKGEZAHLT)
        }
        self._collect(historie.beihilfen, stichtag, stellen, head)
        self.granted, self.pending, self.repaid = (
            {staat: je_name.by_key for staat, je_name in by_state.items()} for by_state in self._stacks.values()
        )
        if len(self.problems) > 1 and head is None and not any(beihilfe.unternehmen for beihilfe in historie.beihilfen):
            text = f"{feld('unternehmen')} fehlt: bei keiner Beihilfe steht, wer sie erhalten hat"
            self.problems = [Problem(text, stellen.beihilfen)]

    def _fiscal_year(self, written: str | None, begin: str, place: Path) -> None:
        stated = self.steuerjahre[self.names[written].key] if written else [begin]
        if stated and begin not in stated:
            text = f"{written}: das Steuerjahr beginnt hier am {begin}, bei einer anderen Beihilfe am {stated[0]}"
            self.problems.append(Problem(text, (*place, "steuerjahr_ab")))
        stated.append(begin)

    def _collect(self, awards: Sequence[Beihilfe], stichtag: date, stellen: Stellen, head: str | None) -> None:
        recht, stacks, pots = self._recht, self._stacks, self._recht.pots
        for nummer, beihilfe in enumerate(awards):
            written, stated, verordnung, wert, staat, status, steuerjahr_ab, geber = _decisive(beihilfe)
            written = written or head
            if steuerjahr_ab is not None:
                self._fiscal_year(written, steuerjahr_ab, stellen.of(nummer))
            if status not in ZAEHLBAR and written is not None:
                self.uncounted[staat][self.names[written].key].append(_uncounted(nummer, beihilfe, written, recht))
            if status not in stacks:
                continue
            tag = stated or stichtag
            if wert is None or written is None:
                try:
                    wert, reading = _value(beihilfe, written, tag, recht)
                except ScalarError as error:
                    self.problems.append(Problem(str(error), stellen.of(nummer)))
                    continue
                if reading:
                    self.auslegungen[nummer] = reading
            verordnung, (key, entries) = verordnung or recht.unstated, stacks[status][staat][written]
            entries.append(Posten(tag, nummer, wert, verordnung, pots[verordnung], key, geber))


_decisive = itemgetter(
    *map(
        Beihilfe._fields.index,
        """
        unternehmen gewaehrt_am verordnung subventionswert mitgliedstaat status steuerjahr_ab zuwendungsgeber
        """.split(),
    )
)


def _value(beihilfe: Beihilfe, written: str | None, tag: date, recht: Recht) -> Gelesen:
    if written is None:
        raise ScalarError(f"{feld('unternehmen')} fehlt: wer die Beihilfe erhalten hat")
    return subventionswert(beihilfe, tag, recht)


def _uncounted(nummer: int, beihilfe: Beihilfe, written: str, recht: Recht) -> Ungezaehlt:
    wert = beihilfe.subventionswert
    if wert is None and beihilfe.form == "zuschuss":
        wert = beihilfe.foerdersumme
    verordnung, giver = beihilfe.verordnung or recht.unstated, beihilfe.zuwendungsgeber
    return Ungezaehlt(beihilfe.gewaehrt_am, nummer, wert, verordnung, written, giver, beihilfe.status)


class Wiederholt(NamedTuple):
    """Awards whose file number stands there again: with the same day and value (`doppelt`), or with another later (`aelter`).

    `aelter` maps the number of an award to the latest one of the same undertaking and file number.
    """

    doppelt: frozenset[int]
    aelter: Mapping[int, Posten]


def wiederholt(historie: Historie, granted: PostenJeStaat) -> Wiederholt:
    """Return the awards that stand there twice, and those that a later one may have replaced."""
    stated = [key for key in map(attrgetter("aktenzeichen"), historie.beihilfen) if key is not None]
    if len(set(stated)) == len(stated):
        return Wiederholt(frozenset(), {})
    again = {key for key, count in Counter(stated).items() if count > 1}
    same: dict[tuple[str | None, date, Decimal], list[int]] = defaultdict(list)
    files: dict[tuple[str | None, str], list[Posten]] = defaultdict(list)
    for posten in (entry for by_name in granted.values() for entries in by_name.values() for entry in entries):
        aktenzeichen = historie.beihilfen[posten.nummer].aktenzeichen
        if aktenzeichen in again:
            same[aktenzeichen, posten.tag, posten.wert].append(posten.nummer)
            files[aktenzeichen, posten.unternehmen].append(posten)
    aelter: dict[int, Posten] = {}
    for entries in files.values():
        latest = max(entries)
        aelter |= {entry.nummer: latest for entry in entries if (entry.tag, entry.wert) != (latest.tag, latest.wert)}
    return Wiederholt(frozenset(nummer for numbers in same.values() if len(numbers) > 1 for nummer in numbers), aelter)
