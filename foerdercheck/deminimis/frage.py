"""What is asked of an account, and what may come out."""

from collections.abc import Collection
from datetime import date
from decimal import Decimal
from typing import Literal, NamedTuple

from foerdercheck.deminimis.fenster import Grenztag

Kontoergebnis = Literal["eingehalten", "ueberschritten", "offen"]
SCHWERE: tuple[Kontoergebnis, ...] = ("eingehalten", "offen", "ueberschritten")
"""From the best to the worst."""


class Planung(NamedTuple):
    """A planned award: its day, its gross grant equivalent in EUR, its regulation."""

    tag: date
    betrag: Decimal
    verordnung: str


class Geplant(NamedTuple):
    """A planned award as it was judged beside those planned before it; `frei` is what fits on its day (None: no ceiling is known)."""

    planung: Planung
    ergebnis: Kontoergebnis
    frei: Decimal | None


class Frage(NamedTuple):
    """What is asked: a planned award (`betrag` None: none), its regulation, its day, and how to read the window.

    `folge` are planned awards with days of their own, to be judged one after the other; then there is no `betrag`.
    `daneben` is what is planned at the same time for others, with the keys of their names: it counts as far as they may be part of
    the same single undertaking. `angenommen` is what was assumed when the question was put.
    """

    verordnung: str
    stichtag: date
    betrag: Decimal | None
    grenztag: Grenztag = "streng"
    mitgliedstaat: str = "DE"
    folge: tuple[Planung, ...] = ()
    daneben: tuple[tuple[str, Decimal], ...] = ()
    angenommen: tuple[str, ...] = ()

    @property
    def geplant(self) -> tuple[Planung, ...]:
        """Every planned award, in the order of the days."""
        alone = () if self.betrag is None else (Planung(self.stichtag, self.betrag, self.verordnung),)
        return alone or tuple(sorted(self.folge, key=lambda planung: planung.tag))

    def together_with(self, names: Collection[str]) -> "Frage":
        """Return the same question with what is planned for those of `names` besides."""
        more = sum(betrag for name, betrag in self.daneben if name in names)
        return self if self.betrag is None or not more else self._replace(betrag=self.betrag + more)

    def ohne_planung(self) -> "Frage":
        """Return the same question without a planned award."""
        return self._replace(betrag=None, folge=(), angenommen=())
