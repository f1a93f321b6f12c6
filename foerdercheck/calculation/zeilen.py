"""What a line of cost comes to: claimed, cut, eligible."""

from decimal import Decimal
from typing import Literal, NamedTuple

from foerdercheck.calculation.stunden import Jahresstunden
from foerdercheck.model.budget import Kostenposition
from foerdercheck.model.figure import Figure
from foerdercheck.model.location import Path

_NO_HOURS: Jahresstunden = {}
Anlass = Literal["kostenart", "zeitraum", "hoechststunden", "stellenanteil", "hoechstausgaben"]


class Kuerzung(NamedTuple):
    """A part of a line that does not count: the rule that takes it, the amount in EUR, and the reason."""

    anlass: Anlass
    betrag: Decimal
    text: str


class Zeile(NamedTuple):
    """One line of cost: claimed and eligible amount, cuts in the order they were made, hours that count per year.

    `ohne_satz` are the years of unit cost for which the programme has no rate; nothing is computed for them.
    """

    position: Kostenposition
    pfad: Path
    angesetzt: Figure
    zuwendungsfaehig: Figure
    kuerzungen: tuple[Kuerzung, ...] = ()
    stunden: Jahresstunden = _NO_HOURS
    ohne_satz: tuple[int, ...] = ()
