"""What only shows across files: one undertaking in several budgets, a person with too many hours over all of them, copies."""

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from hashlib import sha256
from typing import NamedTuple, TypeVar

from foerdercheck.assessment.budget import Assessment
from foerdercheck.calculation.rechnung import Rechnung
from foerdercheck.calculation.stunden import Stundenzahl
from foerdercheck.model.befund import Befund, Beleg
from foerdercheck.model.budget import Stundenposition
from foerdercheck.model.deutsch import einige, euro, zahl
from foerdercheck.model.filenames import shown_name
from foerdercheck.model.location import Location, SourceMap
from foerdercheck.model.names import name_key, near_groups, root
from foerdercheck.programmes.parameter import DEMINIMIS_VERORDNUNG, HOECHSTSTUNDEN_JE_JAHR
from foerdercheck.rules.lesarten import MEHRERE_VORHABEN
from foerdercheck.rules.sachverhalt import Sachverhalt

MEHRERE_DATEIEN = "dateien"
"""What findings over several files are called; no rule of a programme says them."""
_ZERO = Decimal("0.00")


class Beihilfespur(NamedTuple):
    """A single undertaking in a file: its names, its planned grants there and the room in its account in EUR.

    `frei` is None where the file has no account of it. `refused` says that the budget is not eligible.
    """

    namen: tuple[str, ...]
    betrag: Decimal
    frei: Decimal | None
    refused: bool
    ort: Location


class Stundenspur(NamedTuple):
    """The hours that count for a person (`wer`, as compared) in a calendar year in a file, and how many may in all."""

    wer: tuple[str, str]
    name: str
    jahr: int
    stunden: Stundenzahl
    grenze: Decimal
    ort: Location


class Spuren(NamedTuple):
    """What of a file is compared with others; `inhalt` is the same for copies, whatever their format, None for no budget."""

    datei: str
    inhalt: bytes | None
    beihilfen: tuple[Beihilfespur, ...]
    stunden: tuple[Stundenspur, ...]


_S = TypeVar("_S", Beihilfespur, Stundenspur)


def spuren(assessment: Assessment) -> Spuren:
    """Return what of a file is compared with others."""
    fall, source = assessment.fall, assessment.source
    if fall is None or source is None:
        return Spuren(assessment.datei, None, (), ())
    inhalt = sha256(repr(fall.budget).encode()).digest()
    refused = assessment.ergebnis == "nicht_foerderfaehig"
    return Spuren(assessment.datei, inhalt, tuple(_aid(fall, source, refused=refused)), tuple(_hours(fall, source)))


def _aid(fall: Sachverhalt, source: SourceMap, *, refused: bool) -> Iterator[Beihilfespur]:
    told = set()
    for rechnung in fall.rechnungen:
        ort = source.locate((*rechnung.pfad, "name"))
        konto = fall.konten[rechnung.pfad]
        if konto is None and _gets_deminimis(fall, rechnung):
            names = (rechnung.name, *rechnung.beteiligter.unternehmensverbund)
            yield Beihilfespur(names, rechnung.zuwendung.betrag, None, refused, ort)
        elif konto is not None and konto.unternehmen not in told:
            told.add(konto.unternehmen)
            yield Beihilfespur(konto.unternehmen, konto.neue_beihilfe or _ZERO, konto.frei, refused, ort)


def _gets_deminimis(fall: Sachverhalt, rechnung: Rechnung) -> bool:
    ruled = fall.fassung.find(DEMINIMIS_VERORDNUNG, rechnung.merkmale)
    return rechnung.beteiligter.ist_unternehmen and ruled is not None


def _hours(fall: Sachverhalt, source: SourceMap) -> Iterator[Stundenspur]:
    """Yield the hours of persons who are named; a code like P1 tells persons of one body apart, not those of several."""
    most = fall.fassung.find(HOECHSTSTUNDEN_JE_JAHR, fall.rechnungen[0].merkmale)
    if most is None:
        return
    bodies = {rechnung.pfad: rechnung.name for rechnung in fall.rechnungen}
    named = {
        zeile.position.person for rechnung in fall.rechnungen for zeile in rechnung.zeilen
        if isinstance(zeile.position, Stundenposition)
    }  # fmt: skip
    for pfad, years in fall.arbeit.items():
        for year in years:
            if year.name in named:
                body = "" if " " in year.name else name_key(bodies[pfad])
                who, ort = (name_key(year.name, person=True), body), source.locate(year.pfad)
                yield Stundenspur(who, year.name, year.year, year.hours, most.wert, ort)


def uebergreifend(dateien: Sequence[Spuren]) -> Mapping[int, Sequence[Befund]]:
    """Return the findings over several files, by the number of each file that they concern."""
    names = _short_names(dateien)
    found: dict[int, list[Befund]] = {}
    for text, places in [*_copies(dateien, names), *_one_undertaking(dateien, names), *_one_person(dateien, names)]:
        for number, ort in places.items():
            beleg: Beleg | None = "auslegung" if "[Auslegung" in text else None
            found.setdefault(number, []).append(Befund(MEHRERE_DATEIEN, "", "hinweis", text, ort=ort, beleg=beleg))
    return found


_Statement = tuple[str, Mapping[int, Location | None]]
"""A sentence, and where in which files what it is about stands."""


def _copies(dateien: Sequence[Spuren], names: Sequence[str]) -> Iterator[_Statement]:
    same = _sorted((datei.inhalt, number) for number, datei in enumerate(dateien) if datei.inhalt)
    for numbers in same.values():
        if len(numbers) > 1:
            text = (
                f"{einige(names[number] for number in numbers)} enthalten dasselbe Budget: ist eine Datei eine Kopie?"
            )
            yield text, dict.fromkeys(numbers)


def _one_undertaking(dateien: Sequence[Spuren], names: Sequence[str]) -> Iterator[_Statement]:
    """Yield what is left of the de-minimis room of an undertaking that several budgets plan grants for.

    Each budget has its own statement of earlier aid; the smallest room that one of them leaves holds for all. Undertakings whose
    names hardly differ are told as well: they may be one.
    """
    planned = [(number, spur) for number, datei in enumerate(dateien) for spur in datei.beihilfen if spur.betrag]
    group: dict[str, str] = {}
    for _, spur in planned:
        keys = [name_key(name) for name in spur.namen]
        for key in keys:
            group.setdefault(key, key)
            group[root(group, key)] = root(group, keys[0])
    by_root = _sorted((root(group, name_key(spur.namen[0])), (n, spur)) for n, spur in planned)
    subjects = [([key], f"{parts[0][1].namen[0]} steht") for key, parts in by_root.items()]
    for alike in near_groups(name for _, spur in planned for name in spur.namen):
        roots = dict.fromkeys(root(group, name_key(name)) for name in alike)
        if len(roots) > 1:
            subjects.append(([*roots], f"{_hardly_differ(alike)}: sind sie ein Unternehmen, steht es"))
    for keys, subject in subjects:
        parts = [part for key in keys for part in by_root[key]]
        places = _places(parts)
        if len(places) > 1:
            yield _room(subject, [spur for _, spur in parts], [names[n] for n in places]), places


def _hardly_differ(alike: Sequence[str]) -> str:
    return f"{einige(f'„{name}“' for name in alike)} unterscheiden sich kaum"


def _room(subject: str, parts: Sequence[Beihilfespur], files: Sequence[str]) -> str:
    together = sum((part.betrag for part in parts), _ZERO)
    refused = ", nicht förderfähige mitgerechnet" if any(part.refused for part in parts) else ""
    text = (
        f"{subject} in {len(files)} Budgets ({einige(files)}): zusammen {euro(together)} De-minimis-Beihilfe{refused}. "
    )
    rooms = {part.frei for part in parts}
    known = [room for room in rooms if room is not None]
    if not known:
        return f"{text}Was dafür frei ist, sagt keines von ihnen."
    free = min(known)
    most = "höchstens " if len(rooms) > 1 else ""
    if together > free:
        return f"{text}Frei sind {most}{euro(free)}: {euro(together - free)} passen nicht hinein."
    return f"{text}Frei sind {most}{euro(free)}; für alle bleiben danach {most}{euro(free - together)}."


def _one_person(dateien: Sequence[Spuren], names: Sequence[str]) -> Iterator[_Statement]:
    """Yield who is planned with more hours of a year than count; persons whose names hardly differ are told as well."""
    every = [(number, spur) for number, datei in enumerate(dateien) for spur in datei.stunden]
    by_person = _sorted(((spur.wer, spur.jahr), (number, spur)) for number, spur in every)
    subjects = [([key], f"{parts[0][1].name} ist") for key, parts in by_person.items()]
    for alike in near_groups((spur.name for _, spur in every if " " in spur.name), person=True):
        one = f"{_hardly_differ(alike)}: sind sie eine Person, ist sie"
        keys = [(name_key(name, person=True), "") for name in alike]
        years = [[(key, year) for key in keys if (key, year) in by_person] for year in {spur.jahr for _, spur in every}]
        subjects += [(found, one) for found in sorted(years) if len(found) > 1]
    for found, subject in subjects:
        parts = [part for key in found for part in by_person[key]]
        together = sum(spur.stunden for _, spur in parts)
        most, places = min(spur.grenze for _, spur in parts), _places(parts)
        if len(places) > 1 and together > most:
            text = (
                f"{subject} {found[0][1]} in {len(places)} Budgets ({einige(names[n] for n in places)}) mit zusammen "
                f"{zahl(together, 2)} Stunden geplant, anerkannt werden höchstens {zahl(most)} je Person und Jahr "
                f"[Auslegung: {MEHRERE_VORHABEN.marke}]."
            )
            yield text, places


def _places(parts: Iterable[tuple[int, _S]]) -> dict[int, Location | None]:
    places: dict[int, Location | None] = {}
    for number, spur in parts:
        places.setdefault(number, spur.ort)
    return places


_K = TypeVar("_K", bound=Hashable)
_V = TypeVar("_V")


def _sorted(pairs: Iterable[tuple[_K, _V]]) -> dict[_K, list[_V]]:
    """Return the values by their key, both in the order in which they come."""
    found: dict[_K, list[_V]] = {}
    for key, value in pairs:
        found.setdefault(key, []).append(value)
    return found


def _short_names(dateien: Sequence[Spuren]) -> Sequence[str]:
    """Return the names of the files without their folders, where that still tells them apart."""
    full = [shown_name(datei.datei) for datei in dateien]
    short = [name.rpartition("/")[2] for name in full]
    return short if len({*short}) == len(short) else full
