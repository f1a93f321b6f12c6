"""What rules look at, and how a function becomes a rule."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple, TypeVar

from foerdercheck.calculation.arbeit import Jahresarbeit
from foerdercheck.calculation.auftraege import Auftragswert
from foerdercheck.calculation.projektlage import Projektlage
from foerdercheck.calculation.rechnung import Rechnung
from foerdercheck.calculation.vergabe import Vergabe
from foerdercheck.calculation.zeilen import (
    FremdeKostenart,
    Kuerzung,
    SpaeterVertrag,
    UeberHoechstausgaben,
    UeberHoechststunden,
    Zeile,
)
from foerdercheck.deminimis.kontostand import Kontostand
from foerdercheck.model.befund import Feststellung, gekuerzt, hinweis, offen
from foerdercheck.model.budget import Budget, Kostenposition, Monatsposition, Sachposition, Stundenposition, Vorhaben
from foerdercheck.model.deutsch import einige, euro
from foerdercheck.model.location import Path, feld
from foerdercheck.programmes.fassung import Fassung
from foerdercheck.programmes.norm import Parameter
from foerdercheck.rules.lesarten import TAG_DES_VERTRAGS

_Cut = TypeVar("_Cut", bound=Kuerzung)


class Sachverhalt(NamedTuple):
    """The facts of a case: the budget, the law, the Stichtag, and every figure, computed once.

    `arbeit` holds what each person works, by the path of the last body concerned, `auftraege` every order, whether procurement
    law knows it as one or not, `konten` the de-minimis account of each Beteiligter by its path, None where none can be computed.
    """

    budget: Budget
    fassung: Fassung
    stichtag: date
    lage: Projektlage
    rechnungen: tuple[Rechnung, ...]
    arbeit: Mapping[Path, Sequence[Jahresarbeit]]
    auftraege: tuple[Auftragswert, ...]
    vergabe: Vergabe
    konten: Mapping[Path, Kontostand | None]

    @property
    def vorhaben(self) -> Vorhaben:
        """The project as a whole."""
        return self.budget.vorhaben


def cuts(rechnung: Rechnung, words: Callable[[Zeile, _Cut], str], *kinds: type[_Cut]) -> list[Feststellung]:
    """Return the cuts of these kinds from the lines of a Beteiligter, in words."""
    return [
        gekuerzt(words(zeile, cut), cut.betrag, zeile.pfad, _reading(cut))
        for zeile in rechnung.zeilen
        for cut in zeile.kuerzungen
        if isinstance(cut, kinds)
    ]


def _reading(cut: Kuerzung) -> str | None:
    """Return what of a cut is our own reading."""
    if isinstance(cut, FremdeKostenart):
        return cut.erlaubt.auslegung
    if isinstance(cut, UeberHoechststunden | UeberHoechstausgaben):
        return cut.grenze.auslegung
    return TAG_DES_VERTRAGS.marke if isinstance(cut, SpaeterVertrag) else None


def as_person(position: Kostenposition) -> tuple[str, str]:
    """Return who a line is about, and the remark that lines without `person` are told apart by their names only."""
    person = None if isinstance(position, Sachposition) else position.person
    shared = "" if person else f" (Zeilen ohne {feld('person')} gelten bei gleicher Bezeichnung als dieselbe Person)"
    return person or position.bezeichnung, shared


def near_persons(
    rechnung: Rechnung, kind: type[Stundenposition | Monatsposition], limit: str
) -> Iterator[Feststellung]:
    """Say whose names hardly differ, once for each group: open where some of its lines would be cut if they were one person.

    `limit` says what nobody may exceed.
    """
    found: dict[tuple[str, ...], list[Zeile]] = {}
    for zeile in rechnung.zeilen:
        if isinstance(zeile.position, kind) and zeile.verwechslung is not None:
            found.setdefault(zeile.verwechslung.namen, []).append(zeile)
    for namen, zeilen in found.items():
        lines = [(zeile.verwechslung.betrag, zeile.pfad) for zeile in zeilen if zeile.verwechslung is not None]
        lost = sum((betrag for betrag, _ in lines), Decimal())
        same = f"{einige(f'„{name}“' for name in namen)} unterscheiden sich kaum und zählen als verschiedene Personen."
        if lost:
            pfad = next(pfad for betrag, pfad in lines if betrag)
            yield offen(
                f"{same} Sind sie eine, entfallen weitere {euro(lost)} ({limit}): schreiben Sie sie dann unter {feld('person')} "
                "gleich. Sind es mehrere, unterscheiden Sie sie deutlich, z. B. mit einer Nummer.",
                pfad,
            )
        else:
            yield hinweis(f"{same} Auch als eine blieben sie im Rahmen ({limit}).", lines[0][1])


Aussagen = Iterator[Feststellung]
KEINE_KOSTEN = "Es sind keine Kosten angegeben."
"""Said by every rule about cost that has none to look at; only kostenarten calls that an open point."""
_JeVorhaben = Callable[[Sachverhalt], Aussagen]
_JeBeteiligter = Callable[[Sachverhalt, Rechnung], Aussagen]


class Pruefung(NamedTuple):
    """A rule function under its name; `parameter` are the values it needs from the programme."""

    name: str
    parameter: tuple[Parameter[Any], ...]
    vorhaben: _JeVorhaben | None = None
    beteiligter: _JeBeteiligter | None = None


def je_vorhaben(*parameter: Parameter[Any]) -> Callable[[_JeVorhaben], Pruefung]:
    """Make a function a rule that is asked once per project."""
    return lambda function: Pruefung(function.__name__, parameter, vorhaben=function)


def je_beteiligter(*parameter: Parameter[Any]) -> Callable[[_JeBeteiligter], Pruefung]:
    """Make a function a rule that is asked once per Beteiligter."""
    return lambda function: Pruefung(function.__name__, parameter, beteiligter=function)
