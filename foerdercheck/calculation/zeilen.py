"""What a line of cost comes to: claimed, cut, eligible; and what a cut rests on, as facts for the rules to put in words."""

from datetime import date
from decimal import Decimal
from typing import NamedTuple

from foerdercheck.calculation.preise import Preis
from foerdercheck.calculation.stunden import Jahresstunden
from foerdercheck.model.budget import Kostenposition
from foerdercheck.model.figure import Figure
from foerdercheck.model.location import Path
from foerdercheck.programmes.norm import Norm

_NO_HOURS: Jahresstunden = {}


class FremdeKostenart(NamedTuple):
    """The line is of a kind that does not count; `erlaubt` are those that do."""

    betrag: Decimal
    erlaubt: Norm[tuple[str, ...]]


class SpaeterVertrag(NamedTuple):
    """The contract of the line was made after the end of the project."""

    betrag: Decimal
    vertrag: date


class FremdeJahre(NamedTuple):
    """Hours of calendar years outside the project."""

    betrag: Decimal
    stunden: Jahresstunden


class FremdeMonate(NamedTuple):
    """So many months of unit cost outside the project."""

    betrag: Decimal
    monate: int


class UnmoeglicheStunden(NamedTuple):
    """Hours, by year, that the days of the project in it do not hold for one person."""

    betrag: Decimal
    stunden: Jahresstunden


class UeberHoechststunden(NamedTuple):
    """Hours beyond `grenze`, what a person may work in a calendar year, by year."""

    betrag: Decimal
    stunden: Jahresstunden
    grenze: Norm[Decimal]


class UeberVollzeit(NamedTuple):
    """So many months in which a person counts with more than a full post; `ab` is the first day of the first."""

    betrag: Decimal
    monate: int
    ab: date


class UeberHoechstausgaben(NamedTuple):
    """What exceeds a limit the project shares; `frei` was left of it for this line."""

    betrag: Decimal
    grenze: Norm[Decimal]
    frei: Decimal


Kuerzung = (
    FremdeKostenart
    | SpaeterVertrag
    | FremdeJahre
    | FremdeMonate
    | UnmoeglicheStunden
    | UeberHoechststunden
    | UeberVollzeit
    | UeberHoechstausgaben
)
"""A part of a line that does not count: `betrag` is that amount in EUR, the rest why."""


class Verwechslung(NamedTuple):
    """Names of persons that hardly differ from that of a line, its own included.

    `betrag` EUR of the line would not count if all of them were one person.
    """

    namen: tuple[str, ...]
    betrag: Decimal


class Zeile(NamedTuple):
    """One line of cost: claimed and eligible amount, cuts in the order they were made, hours that count per year.

    `preis` is what a line with VAT costs net and gross; `ohne_satz` are the years of unit cost for which the programme
    has no rate; nothing is computed for them.
    """

    position: Kostenposition
    pfad: Path
    angesetzt: Figure
    zuwendungsfaehig: Figure
    kuerzungen: tuple[Kuerzung, ...] = ()
    stunden: Jahresstunden = _NO_HOURS
    ohne_satz: tuple[int, ...] = ()
    preis: Preis | None = None
    verwechslung: Verwechslung | None = None
