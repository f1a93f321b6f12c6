"""Every reading of ours, programme by programme, for a lawyer to go through: what, why, and what follows from it."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import groupby
from typing import NamedTuple

from foerdercheck.model.deutsch import anzahl, aufzaehlung, datum, in_ziffer
from foerdercheck.programmes import deminimis_recht
from foerdercheck.programmes.fassung import Fassung
from foerdercheck.programmes.parameter import DEMINIMIS_VERORDNUNG
from foerdercheck.reports.dokument import Block, Spalte, Tabelle, Ueberschrift, Zelle
from foerdercheck.reports.werte import condition, shown_value
from foerdercheck.rules.lesarten import LESARTEN

_SPALTEN = (Spalte("Ziffer"), Spalte("Lesart"), Spalte("Grund"), Spalte("Folge"))
_MANY = 4
"""More readings of one reason are told by what they concern, not one by one."""


class _Lesung(NamedTuple):
    """A reading: what is read, why, and what follows from it."""

    inhalt: str
    grund: str
    folge: str


class _Stellen(NamedTuple):
    """Where a reading is needed: the Ziffern, and the versions of the programme."""

    ziffern: dict[str, None]
    fassungen: dict[date, None]


def auslegungen_report(fassungen: Sequence[Fassung]) -> Iterator[Block]:
    """Yield for each programme the readings of all its versions, then those that hold whatever the programme.

    What several versions share is told once; where not all of them do, the row says which.
    """
    yield Ueberschrift("Unsere Auslegungen")
    told: dict[tuple[str, ...], str] = {}
    for programm, versions in groupby(fassungen, key=lambda fassung: fassung.programm):
        several = list(versions)
        days = aufzaehlung(datum(fassung.bekanntmachung) for fassung in several)
        title = f"{programm}, {'Fassung' if len(several) == 1 else 'Fassungen'} vom {days}"
        rows = [*_told_once(programm, _rows(several), told)]
        yield Tabelle(_SPALTEN, [[Zelle(text) for text in row] for row in rows], title)
    if any(fassung.all(DEMINIMIS_VERORDNUNG) for fassung in fassungen):
        rows = [*_rows([deminimis_recht()])]
        yield Tabelle(_SPALTEN, [[Zelle(text) for text in row] for row in rows], "De-minimis-Verordnungen")
    spalten = (Spalte("Prüfungen"), Spalte("Lesart"), Spalte("Grund"), Spalte("Folge"))
    common = [
        [Zelle(text) for text in (", ".join(lesart.pruefungen), lesart.marke, lesart.grund, lesart.folge)]
        for lesart in LESARTEN
    ]
    yield Tabelle(spalten, common, "In jedem Programm mit diesen Prüfungen")


def _told_once(
    programm: str, rows: Iterable[tuple[str, ...]], told: dict[tuple[str, ...], str]
) -> Iterator[tuple[str, ...]]:
    """Yield the rows that no programme has told before (`told`: which), then where the others stand."""
    again: dict[str, list[str]] = {}
    for ziffer, *row in rows:
        before = told.setdefault(tuple(row), programm)
        if before == programm:
            yield ziffer, *row
        else:
            again.setdefault(before, []).append(ziffer)
    for before, ziffern in again.items():
        yield (
            ", ".join(dict.fromkeys(ziffern)),
            f"{anzahl(len(ziffern), 'Lesart', 'Lesarten')} wie in {before}",
            "siehe dort",
            "siehe dort",
        )


def _rows(fassungen: Sequence[Fassung]) -> Iterator[tuple[str, ...]]:
    """Yield the readings in the order of the Ziffern; those that one reason gives in the same versions are told together."""
    found: dict[_Lesung, _Stellen] = {}
    for fassung in fassungen:
        for ziffer, lesung in (*_values(fassung), *_rules(fassung), *_deadlines(fassung)):
            stellen = found.setdefault(lesung, _Stellen({}, {}))
            stellen.ziffern[ziffer] = stellen.fassungen[fassung.bekanntmachung] = None
    order = {name: number for fassung in fassungen for number, name in enumerate(fassung.ziffern)}
    together: dict[tuple[str, tuple[date, ...]], list[_Lesung]] = {}
    for lesung in sorted(found, key=lambda lesung: min(order.get(name, 0) for name in found[lesung].ziffern)):
        together.setdefault((lesung.grund, tuple(found[lesung].fassungen)), []).append(lesung)
    for (grund, days), same in together.items():
        only = "" if len(days) == len(fassungen) else f" (nur {aufzaehlung(map(datum, days))})"
        ziffern = dict.fromkeys(in_ziffer(name) for lesung in same for name in found[lesung].ziffern)
        yield ", ".join(ziffern), _what(same) + only, grund, _follows(same)


def _what(lesungen: Sequence[_Lesung]) -> str:
    texts = dict.fromkeys(one.inhalt for one in lesungen)
    return " ".join(texts) if len(texts) <= _MANY else f"{len(lesungen)} Werte und Regeln, siehe Folge"


def _follows(lesungen: Sequence[_Lesung]) -> str:
    """Return what follows from readings; of many only which values and rules they are."""
    folgen = dict.fromkeys(one.folge for one in lesungen)
    return (
        "; ".join(folgen)
        if len(folgen) <= _MANY
        else ", ".join(dict.fromkeys(text.partition(":")[0] for text in folgen))
    )


def _values(fassung: Fassung) -> Iterator[tuple[str, _Lesung]]:
    for norms in fassung.parameter.values():
        for norm in norms:
            if (reason := norm.auslegung) is not None:
                value = f"{norm.parameter}: {shown_value(norm).removesuffix(', siehe unten')}{condition(norm)}"
                yield norm.ziffer, _Lesung(norm.herkunft.inhalt, reason, value)


def _rules(fassung: Fassung) -> Iterator[tuple[str, _Lesung]]:
    for regel in fassung.regeln:
        if regel.herkunft.grund is not None:
            yield (
                regel.ziffer,
                _Lesung(regel.herkunft.inhalt, regel.herkunft.grund, f"{regel.name}: {regel.berechnung}"),
            )


def _deadlines(fassung: Fassung) -> Iterator[tuple[str, _Lesung]]:
    for frist in fassung.fristen:
        if frist.lesart is not None:
            yield frist.ziffer, _Lesung(frist.pflicht, frist.lesart, "Frist mit diesem Tag")
