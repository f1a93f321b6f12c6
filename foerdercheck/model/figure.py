"""Figures: amounts that know their name, their Ziffer, their place and how they came about.

Arithmetic on figures keeps the operands; naming a result makes it a line of the derivation. The formula is
rendered only when somebody asks for it, so figures cost little where nobody does.
"""

from collections.abc import Callable, Iterable
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Literal, NamedTuple

from foerdercheck.model.deutsch import CENT, anzahl, euro, prozent
from foerdercheck.model.location import Path

Rundung = Literal["kaufmaennisch", "ab"]
_ONE = Decimal(1)
_NOTHING = Decimal("0.00")
_MODES = {"kaufmaennisch": ROUND_HALF_UP, "ab": ROUND_DOWN}


def rounded(betrag: Decimal, rundung: Rundung) -> Decimal:
    """Return `betrag` in whole cents, half up (`kaufmaennisch`) or down (`ab`)."""
    return betrag.quantize(CENT, _MODES[rundung])


class Figure(NamedTuple):
    """An amount in EUR (`betrag`, a Decimal) with its derivation.

    `name` is None for an intermediate result; `ziffer` is the provision the amount rests on, `pfad` where it
    stands in the input. `terme` are the operands, `render` writes the formula from their names.
    """

    betrag: Decimal
    name: str | None = None
    ziffer: str | None = None
    pfad: Path | None = None
    terme: tuple["Figure", ...] = ()
    render: Callable[[tuple[str, ...]], str] | None = None

    def named(self, name: str, ziffer: str | None = None, pfad: Path | None = None) -> "Figure":
        """Make this result a line of the derivation."""
        if self.name is not None:
            return Figure(self.betrag, name, ziffer, pfad, (self,), _same)
        return Figure(self.betrag, name, ziffer, pfad, self.terme, self.render)

    def explained(self, formel: str) -> "Figure":
        """Replace the formula where the operands alone do not tell it."""
        return self._replace(render=lambda _: formel)

    def rounded(self, rundung: Rundung) -> "Figure":
        """Round to cents; the formula says so where it changed the amount."""
        betrag = rounded(self.betrag, rundung)
        if betrag == self.betrag:
            return Figure(betrag, *self[1:])
        wort = "abgerundet" if rundung == "ab" else "gerundet"
        return Figure(betrag, terme=(self,), render=lambda terme: f"{terme[0]}, {wort}")

    def plus(self, other: "Figure") -> "Figure":
        """Return the sum."""
        return added((self, other))

    def minus(self, other: "Figure") -> "Figure":
        """Return the difference."""
        return Figure(self.betrag - other.betrag, terme=(self, other), render=_minus)

    def share(self, anteil: Decimal) -> "Figure":
        """Return `anteil` (a fraction) of this amount, unrounded."""
        return Figure(self.betrag * anteil, terme=(self,), render=lambda terme: f"{prozent(anteil)} × {terme[0]}")

    @property
    def formel(self) -> str:
        """How the amount was computed, in the names of its operands; empty for a stated amount."""
        return self.render(tuple(term.term for term in self.terme)) if self.render else ""

    @property
    def term(self) -> str:
        """How this figure appears in the formula of another."""
        if self.name is not None:
            return self.name
        formel = self.formel
        return f"({formel})" if " + " in formel or " − " in formel else formel or euro(self.betrag)

    @property
    def aus(self) -> tuple["Figure", ...]:
        """The named figures this one was computed from."""
        return tuple(named for term in self.terme for named in ((term,) if term.name is not None else term.aus))


def stated(betrag: Decimal, name: str, pfad: Path, formel: str = "") -> Figure:
    """Return an amount that stands in the input, or follows from one line of it by `formel`."""
    return Figure(betrag, name, pfad=pfad, render=(lambda _: formel) if formel else None)


def total(figures: Iterable[Figure], einzahl: str = "Position", mehrzahl: str = "Positionen") -> Figure:
    """Return the sum over lines of the same kind; its formula counts them instead of naming them."""
    terme = tuple(figures)
    return Figure(_sum(terme), terme=terme, render=lambda _: f"Summe über {anzahl(len(terme), einzahl, mehrzahl)}")


def added(figures: Iterable[Figure]) -> Figure:
    """Return the sum of figures of different kinds; its formula names each."""
    terme = tuple(figures)
    return Figure(_sum(terme), terme=terme, render=" + ".join)


def _sum(figures: Iterable[Figure]) -> Decimal:
    return sum((figure.betrag for figure in figures), _NOTHING)


def smaller(first: Figure, second: Figure) -> Figure:
    """Return the smaller amount; the formula names both."""
    return Figure(min(first.betrag, second.betrag), terme=(first, second), render=_smaller)


def _same(terme: tuple[str, ...]) -> str:
    return terme[0]


def _minus(terme: tuple[str, ...]) -> str:
    return f"{terme[0]} − {terme[1]}"


def _smaller(terme: tuple[str, ...]) -> str:
    return f"kleinerer Betrag von {terme[0]} und {terme[1]}"


def exact_cents(value: Fraction | int, rundung: Rundung, rate: Decimal = _ONE) -> Decimal:
    """Return `value` × `rate` (EUR in whole cents) in whole cents, half up or down; neither is negative."""
    numerator, denominator = value.numerator * int(rate * 100), value.denominator
    if rundung == "ab":
        return Decimal(numerator // denominator).scaleb(-2)
    return Decimal((2 * numerator + denominator) // (2 * denominator)).scaleb(-2)
