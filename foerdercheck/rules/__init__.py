"""The rules: one function per provision, bound to a programme by the names its file uses."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from foerdercheck.programmes.fassung import Fassung, ProgrammeError, Regel
from foerdercheck.rules import (
    antragsberechtigung,
    beihilfe,
    einheitskosten,
    finanzierung,
    gebiet,
    grenzen,
    kosten,
    vergabe,
    vorhaben,
    zeitraum,
)
from foerdercheck.rules.sachverhalt import Pruefung

_SUBJECTS: tuple[Any, ...] = (
    antragsberechtigung,
    beihilfe,
    einheitskosten,
    finanzierung,
    gebiet,
    grenzen,
    kosten,
    vergabe,
    vorhaben,
    zeitraum,
)

PRUEFUNGEN: dict[str, Pruefung] = {
    pruefung.name: pruefung
    for subject in _SUBJECTS
    for pruefung in vars(subject).values()
    if isinstance(pruefung, Pruefung)
}


class GebundeneRegel(NamedTuple):
    """A rule of a programme with the function that reads it."""

    regel: Regel
    pruefung: Pruefung


def bind(fassung: Fassung) -> tuple[GebundeneRegel, ...]:
    """Return the rules of a version in the order of its file.

    Raises ProgrammeError naming every rule with an unknown `pruefung` or a parameter the file does not set.
    """
    defects = list(_defects(fassung))
    if defects:
        raise ProgrammeError(f"{fassung.programm}: {'; '.join(defects)}")
    return tuple(GebundeneRegel(regel, PRUEFUNGEN[regel.pruefung]) for regel in fassung.regeln)


def _defects(fassung: Fassung) -> Iterator[str]:
    for regel in fassung.regeln:
        pruefung = PRUEFUNGEN.get(regel.pruefung)
        if pruefung is None:
            yield f"{regel.id}: die Prüfung {regel.pruefung} gibt es nicht (vorhanden: {', '.join(sorted(PRUEFUNGEN))})"
            continue
        for parameter in pruefung.parameter:
            if not fassung.all(parameter):
                yield f"{regel.id}: der Parameter {parameter.name} fehlt"
