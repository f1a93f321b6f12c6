"""What rules look at, and how a function becomes a rule."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from foerdercheck.calculation.arbeit import Jahresarbeit
from foerdercheck.calculation.projektlage import Projektlage
from foerdercheck.calculation.rechnung import Rechnung
from foerdercheck.calculation.vergabe import Vergabe
from foerdercheck.calculation.zeilen import Anlass
from foerdercheck.deminimis.kontostand import Kontostand
from foerdercheck.model.befund import Feststellung, gekuerzt
from foerdercheck.model.budget import Budget, Vorhaben
from foerdercheck.model.location import Path
from foerdercheck.programmes.fassung import Fassung
from foerdercheck.programmes.norm import Parameter


class Sachverhalt(NamedTuple):
    """The facts of a case: the budget, the law, the Stichtag, and every figure, computed once.

    `arbeit` holds what each person works, by the path of the last body concerned, `konten` the de-minimis account
    of each Beteiligter by its path, None where none can be computed.
    """

    budget: Budget
    fassung: Fassung
    stichtag: date
    lage: Projektlage
    rechnungen: tuple[Rechnung, ...]
    arbeit: Mapping[Path, Sequence[Jahresarbeit]]
    vergabe: Vergabe
    konten: Mapping[Path, Kontostand | None]

    @property
    def vorhaben(self) -> Vorhaben:
        """The project as a whole."""
        return self.budget.vorhaben


def cuts(rechnung: Rechnung, anlass: Anlass) -> list[Feststellung]:
    """Return what was cut from the lines of a Beteiligter for one reason."""
    return [
        gekuerzt(cut.text, cut.betrag, zeile.pfad)
        for zeile in rechnung.zeilen
        for cut in zeile.kuerzungen
        if cut.anlass == anlass
    ]


Aussagen = Iterator[Feststellung]
KEINE_KOSTEN = "Es sind keine Kosten angegeben."
"""Said by every rule about cost that has none to look at; only 5.3-kostenarten calls that an open point."""
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
