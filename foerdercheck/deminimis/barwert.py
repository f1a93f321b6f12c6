"""Present values: what aid paid later, or as a cheap loan, is worth on the day of grant (Article 3(6), 4(3)(c)).

Everything is exact until the end; only results are rounded, half up to cents.
"""

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from math import floor


def instalments(betraege: Sequence[Decimal], satz: Decimal) -> Decimal:
    """Return the value on the day of grant of amounts paid after 0, 1, 2, … years, discounted at `satz`."""
    return _cents(present_values(betraege, satz))


def present_values(betraege: Sequence[Decimal], satz: Decimal) -> Iterator[Fraction]:
    """Yield what each of these amounts is worth on the day of grant."""
    return _discounted(enumerate(map(Fraction, betraege)), satz)


def loan_grant_equivalent(
    betrag: Decimal, jahre: int, vertragszins: Decimal, referenzzins: Decimal, diskontsatz: Decimal
) -> Decimal:
    """Return the grant equivalent of a loan paid back in equal yearly instalments from the first year on.

    A loan that costs no less than the reference rate contains no aid.
    """
    advantages = yearly_advantages(betrag, jahre, vertragszins, referenzzins, diskontsatz)
    return max(_cents(advantages), Decimal("0.00"))


def yearly_advantages(
    betrag: Decimal, jahre: int, vertragszins: Decimal, referenzzins: Decimal, diskontsatz: Decimal
) -> Iterator[Fraction]:
    """Yield for each year the interest saved on the capital still owed, as it is worth on the day of grant."""
    saved = Fraction(betrag) * (Fraction(referenzzins) - Fraction(vertragszins)) / jahre
    return _discounted(((year, saved * (jahre - year + 1)) for year in range(1, jahre + 1)), diskontsatz)


def _discounted(payments: Iterable[tuple[int, Fraction]], satz: Decimal) -> Iterator[Fraction]:
    factor = 1 + Fraction(satz)
    return (betrag / factor**year for year, betrag in payments)


def _cents(values: Iterable[Fraction]) -> Decimal:
    return Decimal(floor(sum(values) * 100 + Fraction(1, 2))).scaleb(-2)
