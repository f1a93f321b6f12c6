"""What a line of cost comes to: claimed, cut, eligible."""

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Literal, NamedTuple

from foerdercheck.model.budget import Kostenposition
from foerdercheck.model.figure import Figure
from foerdercheck.model.location import Path

_NO_HOURS: Mapping[int, Fraction] = {}
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
    stunden: Mapping[int, Fraction] = _NO_HOURS
    ohne_satz: tuple[int, ...] = ()
