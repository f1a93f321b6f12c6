"""A Kontenbuch is opened: the awards of a history are collected, and who belongs together."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import chain

from foerdercheck.deminimis.fenster import Jahresbeginn
from foerdercheck.deminimis.kontenbuch import Kontenbuch
from foerdercheck.deminimis.posten import Sammlung, Stellen, wiederholt
from foerdercheck.deminimis.recht import Recht
from foerdercheck.deminimis.verbund import split_problems, verbund
from foerdercheck.model.beihilfe import Historie
from foerdercheck.model.location import Problem
from foerdercheck.model.scalars import fold


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
    spellings: dict[str, dict[str, str]] = {}
    for name in (*chain.from_iterable(gruppen), *awards.names, *_connected(historie)):
        key = awards.names[name].key
        first = names.setdefault(key, name)
        if name != first:
            spellings.setdefault(key, {fold(first): first}).setdefault(fold(name), name)
    alike = {key: tuple(written.values()) for key, written in spellings.items() if len(written) > 1}
    edges = ((awards.names[first].key, awards.names[name].key) for first, *others in gruppen for name in others)
    group = verbund(historie.verbund, historie.ereignisse, edges)
    again = wiederholt(historie, awards.granted)
    stacks = awards.granted, awards.pending, awards.repaid, awards.uncounted
    steuerjahre = _fiscal_years(awards.steuerjahre)
    said = awards.auslegungen, awards.ohne_verordnung
    buch = Kontenbuch(recht, names, awards.names, group, *stacks, alike, again, stellen, steuerjahre, *said)
    return buch, [*split_problems(historie.ereignisse, stellen.ereignisse), *awards.problems]


def _fiscal_years(stated: Mapping[str, Sequence[str]]) -> Mapping[str, frozenset[Jahresbeginn]]:
    """Return the beginnings of fiscal years, `01.07.` as month and day."""
    return {name: frozenset((int(day[3:5]), int(day[:2])) for day in days) for name, days in stated.items()}


def _connected(historie: Historie) -> Iterator[str]:
    """Yield the names in relations and events."""
    for beziehung in historie.verbund:
        yield beziehung.unternehmen
        yield beziehung.verbunden_mit
    for ereignis in historie.ereignisse:
        yield ereignis.von
        yield ereignis.nach
