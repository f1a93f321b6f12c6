"""What is asked of an account, and what may come out."""

from datetime import date
from decimal import Decimal
from typing import Literal, NamedTuple

from foerdercheck.deminimis.fenster import Grenztag

Kontoergebnis = Literal["eingehalten", "ueberschritten", "offen"]


class Frage(NamedTuple):
    """What is asked: a planned award (`betrag` None: none), its regulation, its day, and how to read the window."""

    verordnung: str
    stichtag: date
    betrag: Decimal | None
    grenztag: Grenztag = "streng"
    mitgliedstaat: str = "DE"
