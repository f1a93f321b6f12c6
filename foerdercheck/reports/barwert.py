"""Present values as blocks: each year, and the sum that counts."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction

from foerdercheck.deminimis.barwert import instalments, loan_grant_equivalent, present_values, yearly_advantages
from foerdercheck.model.deutsch import euro, prozent
from foerdercheck.model.figure import exact_cents
from foerdercheck.reports.dokument import FUSS, Block, Spalte, Tabelle, Urteil, Zelle, geld


def loan_report(
    betrag: Decimal, jahre: int, vertragszins: Decimal, referenzzins: Decimal, diskontsatz: Decimal
) -> Iterator[Block]:
    """Yield the advantage of each year of a loan and the grant equivalent (Article 4(3)(c))."""
    values = list(yearly_advantages(betrag, jahre, vertragszins, referenzzins, diskontsatz))
    title = (
        f"Darlehen {euro(betrag)} über {jahre} Jahre, {prozent(vertragszins)} statt {prozent(referenzzins)}, "
        f"abgezinst mit {prozent(diskontsatz)}"
    )
    yield _years(title, values, 1)
    yield _result(loan_grant_equivalent(betrag, jahre, vertragszins, referenzzins, diskontsatz))


def instalments_report(raten: Sequence[Decimal], diskontsatz: Decimal) -> Iterator[Block]:
    """Yield the present value of each instalment and their sum (Article 3(6))."""
    yield _years(
        f"Zuschuss in Raten, abgezinst mit {prozent(diskontsatz)}", list(present_values(raten, diskontsatz)), 0
    )
    yield _result(instalments(raten, diskontsatz))


def _years(title: str, values: Sequence[Fraction], first: int) -> Tabelle:
    rows = [
        [Zelle(str(year)), geld(exact_cents(max(value, Fraction()), "kaufmaennisch"))]
        for year, value in enumerate(values, first)
    ]
    return Tabelle([Spalte("Jahr", zahl=True), Spalte("Wert am Tag der Gewährung", zahl=True)], rows, title)


def _result(wert: Decimal) -> Urteil:
    return Urteil("SUBVENTIONSWERT", "stark", [("Wert", Zelle(euro(wert), "stark"))], FUSS)
