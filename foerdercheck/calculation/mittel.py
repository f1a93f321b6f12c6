"""Money of others that a limit on the grant counts like the grant itself, because it comes from the same hand."""

from collections.abc import Iterable
from decimal import Decimal
from typing import NamedTuple

from foerdercheck.model.finanzierung import Finanzierung, WeitereMittel
from foerdercheck.model.scalars import fold
from foerdercheck.programmes.fassung import Fassung
from foerdercheck.programmes.parameter import ZUWENDUNG_UMFASST


class AngerechneteMittel(NamedTuple):
    """Sources that count like the grant as stated, those that do by their name alone, and those of which it is not known."""

    nach_angabe: tuple[WeitereMittel, ...] = ()
    nach_namen: tuple[WeitereMittel, ...] = ()
    ungewiss: tuple[WeitereMittel, ...] = ()

    @property
    def betrag(self) -> Decimal:
        """What counts, in EUR."""
        return sum((source.betrag for source in (*self.nach_angabe, *self.nach_namen)), Decimal("0.00"))

    @property
    def betrag_ungewiss(self) -> Decimal:
        """What may count besides, in EUR."""
        return sum((source.betrag for source in self.ungewiss), Decimal("0.00"))


def angerechnete_mittel(finanzierungen: Iterable[Finanzierung | None], fassung: Fassung) -> AngerechneteMittel:
    """Return the sources that count like the grant; none where the programme does not say that any do.

    A source that does not state its `herkunft` counts if its name begins with such a word (`Land Niedersachsen`); of any
    other that is not private it is not known.
    """
    norm = fassung.find(ZUWENDUNG_UMFASST)
    if norm is None:
        return AngerechneteMittel()
    sources = [source for finanzierung in finanzierungen if finanzierung for source in finanzierung.weitere]
    silent = [source for source in sources if source.herkunft is None and source.oeffentlich is not False]
    by_name = tuple(source for source in silent if fold(source.geber).split()[0] in norm.wert)
    return AngerechneteMittel(
        tuple(source for source in sources if source.herkunft in norm.wert),
        by_name,
        tuple(source for source in silent if source not in by_name),
    )
