"""Exceptions as they are stated: by a budget of itself, or in a file of the authority's own, which then alone decides."""

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path as FilePath
from pathlib import PurePath
from typing import Annotated, NamedTuple

from foerdercheck.model.budget import Ausnahme, Budget
from foerdercheck.model.felder import Datum, Text
from foerdercheck.model.location import InputError, Location, Name, Problem, SourceMap, placed
from foerdercheck.model.records import Intake
from foerdercheck.model.scalars import fold, shown, suggestion
from foerdercheck.model.words import Word
from foerdercheck.programmes import load_version, programme_ids, versions
from foerdercheck.programmes.fassung import Fassung, Regel
from foerdercheck.reading.files import read_bytes, read_text
from foerdercheck.reading.yaml_tree import MAX_BYTES

_SOME = 100
"""So many names are compared with one that is not known, so often: the search costs time."""


class Amtsausnahme(NamedTuple):
    """An exception in the authority's own file: stated as in a budget, with the file of the budget it is for (None: any)."""

    regel: Annotated[str, Word("regel", "als Regel")]
    grund: Text
    wer: Text
    bis: Datum
    beteiligter: Text | None = None
    budget: Text | None = None


class _Amtsdatei(NamedTuple):
    ausnahmen: tuple[Amtsausnahme, ...]


class Ausnahmeeintrag(NamedTuple):
    """An exception and where it stands; `budget` are the last parts of the name of the file it is for, none for any."""

    ausnahme: Ausnahme
    ort: Location
    budget: tuple[str, ...] = ()


class Ausnahmeliste(NamedTuple):
    """Exceptions that decide in place of those a budget states of itself; `Ausnahmeliste()` is none at all.

    `datei` is the file they stand in; `fuer_alle` are for any budget, `je_datei` for files whose name ends with the key.
    """

    datei: str | None = None
    fuer_alle: tuple[Ausnahmeeintrag, ...] = ()
    je_datei: Mapping[str, tuple[Ausnahmeeintrag, ...]] = {}

    def named(self, datei: str) -> list[Ausnahmeeintrag]:
        """Return those that name the file of a budget, by its name and as much of its folders as they state."""
        parts = _parts(datei)
        return [entry for entry in self.je_datei.get(parts[-1], ()) if parts[-len(entry.budget) :] == entry.budget]


def _parts(name: str) -> tuple[str, ...]:
    """Return folders and file of a name; composed and decomposed umlauts are the same."""
    return PurePath(unicodedata.normalize("NFC", name)).parts or ("",)


def read_ausnahmen(file: str | FilePath, eigene_fassung: Fassung | None = None) -> Ausnahmeliste:
    """Read the authority's own file; `eigene_fassung` is a programme of the user's own.

    Raises InputError with every problem and its place: also for a rule that no programme has, or that nobody can waive.
    """
    document = read_text(read_bytes(FilePath(file), MAX_BYTES), str(file))
    rules = _by_name(regel for fassung in _fassungen(eigene_fassung) for regel in fassung.regeln)
    intake = Intake({"regel": tuple(rules)})
    intake.problems += document.problems
    read = intake.read(_Amtsdatei, document.tree)
    for index, ausnahme in enumerate(read.ausnahmen if read else ()):
        if not any(regel.ausnahme for regel in rules[ausnahme.regel]):
            intake.note(_fixed(ausnahme.regel), ("ausnahmen", index, "regel"))
    if read is None or intake.problems:
        raise InputError(placed(intake.problems, document.source), document.source)
    return _liste(read.ausnahmen, document.source)


def _fassungen(eigene: Fassung | None) -> Iterator[Fassung]:
    """Yield every version of every programme."""
    if eigene is not None:
        yield eigene
    for programm in programme_ids():
        yield from map(load_version, versions(programm))


def _by_name(regeln: Iterable[Regel]) -> Mapping[str, Sequence[Regel]]:
    """Return the rules by what an exception may call them: with their programme or without."""
    found: dict[str, list[Regel]] = defaultdict(list)
    for regel in regeln:
        found[regel.id].append(regel)
        found[regel.name].append(regel)
    return found


def _liste(stated: Sequence[Amtsausnahme], source: SourceMap) -> Ausnahmeliste:
    everybody: list[Ausnahmeeintrag] = []
    by_file: dict[str, list[Ausnahmeeintrag]] = defaultdict(list)
    for index, entry in enumerate(stated):
        ort = source.locate(("ausnahmen", index))._replace(datei=source.datei)
        budget = () if entry.budget is None else _parts(entry.budget)
        (by_file[budget[-1]] if budget else everybody).append(Ausnahmeeintrag(Ausnahme(*entry[:-1]), ort, budget))
    return Ausnahmeliste(source.datei, tuple(everybody), {name: tuple(found) for name, found in by_file.items()})


def concerning(liste: Ausnahmeliste, datei: str, budget: Budget, fassung: Fassung) -> list[Ausnahmeeintrag]:
    """Return the exceptions that decide about the budget in a file: those that name it, and of the others those it can be about.

    Raises InputError for one that names the file and cannot be meant: it lacks the rule, or the Beteiligter.
    """
    rules = _by_name(fassung.regeln)
    names = {fold(beteiligter.name) for _, beteiligter in budget.beteiligte()}
    entries = liste.named(datei)
    entries += [
        entry
        for entry in liste.fuer_alle
        if entry.ausnahme.regel in rules
        and (entry.ausnahme.beteiligter is None or fold(entry.ausnahme.beteiligter) in names)
    ]
    said = impossible([entry.ausnahme for entry in entries], budget, fassung)
    problems = [Problem(text, (), entries[index].ort) for index, _, text in said]
    if problems:
        raise InputError(problems)
    return entries


def impossible(
    ausnahmen: Sequence[Ausnahme], budget: Budget, fassung: Fassung, name: Name = str
) -> Iterator[tuple[int, str, str]]:
    """Yield what cannot be meant: the number of the exception, its field, and why.

    The rule is one of the programme that can be waived; whom it concerns is a Beteiligter, and the rule is asked of each.
    `name` tells what the file calls a field.
    """
    if not ausnahmen:
        return
    from foerdercheck.rules import PRUEFUNGEN  # noqa: PLC0415 - few budgets have exceptions

    rules = _by_name(fassung.regeln)
    names = {fold(beteiligter.name): beteiligter.name for _, beteiligter in budget.beteiligte()}
    for index, ausnahme in enumerate(ausnahmen):
        if ausnahme.regel not in rules:
            yield (
                index,
                "regel",
                f"{name('regel')}: {fassung.programm} hat in dieser Fassung keine Regel {shown(ausnahme.regel)}",
            )
            continue
        (regel,) = rules[ausnahme.regel]
        pruefung = PRUEFUNGEN.get(regel.pruefung)
        if not regel.ausnahme:
            yield index, "regel", _fixed(regel.name, name("regel"))
        if ausnahme.beteiligter is None:
            continue
        if fold(ausnahme.beteiligter) not in names:
            hint = _named(ausnahme.beteiligter, list(names.values())) if index < _SOME else ""
            yield (
                index,
                "beteiligter",
                f"{name('beteiligter')}: {shown(ausnahme.beteiligter)} heißt hier kein Beteiligter{hint}",
            )
        elif pruefung is not None and pruefung.vorhaben is not None:
            text = (
                f"{name('beteiligter')}: {regel.name} betrifft das ganze Vorhaben: lassen Sie {name('beteiligter')} weg"
            )
            yield index, "beteiligter", text


def _fixed(name: str, feld: str = "regel") -> str:
    return f"{feld}: von {name} gibt es keine Ausnahme, denn davon kann niemand absehen: streichen Sie den Eintrag"


def _named(name: str, names: Sequence[str]) -> str:
    """Return the name that is meant, else the first names there are."""
    return suggestion(name, names[:_SOME]) or f"; es gibt: {', '.join(map(shown, names[:20]))}"
