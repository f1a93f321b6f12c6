"""Offers: whether the project's grants and each order's net value reach the limits, and how the order stands."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Literal, NamedTuple

from foerdercheck.calculation.auftraege import Auftragswert
from foerdercheck.calculation.rechnung import Rechnung
from foerdercheck.model.figure import Figure, total
from foerdercheck.programmes.fassung import Fassung
from foerdercheck.programmes.norm import Norm
from foerdercheck.programmes.parameter import (
    ANGEBOTE_AB_AUFTRAGSWERT,
    ANGEBOTE_BEI_ZUWENDUNG_UEBER,
    ANGEBOTE_MINDESTENS,
)

Auftragsstatus = Literal["erfuellt", "verletzt", "offen", "entfaellt"]


class GepruefterAuftrag(NamedTuple):
    """An order with the threshold for its kind, whether it needs offers, and how it stands."""

    auftrag: Auftragswert
    schwelle: Decimal | None
    pflichtig: bool
    status: Auftragsstatus


class Vergabe(NamedTuple):
    """The orders of a project; `zuwendungen` is the sum of all grants, `grenze` the limit they must exceed.

    `mindestens` is how many offers an order then needs, None where the programme does not say.
    """

    zuwendungen: Figure
    grenze: Norm[Decimal] | None
    mindestens: int | None
    auftraege: tuple[GepruefterAuftrag, ...]

    @property
    def ueber_grenze(self) -> bool:
        """Whether the grants of the project are more than the limit."""
        return self.grenze is not None and self.zuwendungen.betrag > self.grenze.wert

    @property
    def erforderlich(self) -> bool | None:
        """Whether offers are needed at all; None where there are orders and the programme's limits are not known."""
        return None if self.auftraege and self.grenze is None else bool(self.pflichtige)

    @property
    def pflichtige(self) -> tuple[GepruefterAuftrag, ...]:
        """The orders that need offers."""
        return tuple(auftrag for auftrag in self.auftraege if auftrag.pflichtig)


def vergabe(orders: Sequence[Auftragswert], rechnungen: Sequence[Rechnung], fassung: Fassung) -> Vergabe:
    """Return the orders judged; grants of all Beteiligte and of other public sources count together."""
    zuwendungen = total(_grants(rechnungen), "Zuwendung", "Zuwendungen").named("Zuwendungen zusammen")
    grenze = fassung.find(ANGEBOTE_BEI_ZUWENDUNG_UEBER)
    anzahl = fassung.find(ANGEBOTE_MINDESTENS)
    mindestens = anzahl.wert if anzahl else None
    above = grenze is not None and zuwendungen.betrag > grenze.wert
    judged = []
    for order in orders:
        norm = fassung.find(ANGEBOTE_AB_AUFTRAGSWERT, {"leistung": order.leistung})
        schwelle = norm.wert if norm else None
        pflichtig = above and schwelle is not None and order.wert_netto >= schwelle
        status: Auftragsstatus = "entfaellt" if grenze else "offen"
        if pflichtig:
            status = order_status(order, mindestens)
        judged.append(GepruefterAuftrag(order, schwelle, pflichtig, status))
    return Vergabe(zuwendungen, grenze, mindestens, tuple(judged))


def order_status(order: Auftragswert, mindestens: int | None) -> Auftragsstatus:
    """Judge an order that needs offers by what was stated about it.

    Enough offers and documented reasons: erfuellt (also while nothing is said about reasons and no contract
    exists). A contract on fewer offers without justification: verletzt. Anything else, or no known number: offen.
    """
    if mindestens is None:
        return "offen"
    if order.angebote is not None and order.angebote >= mindestens:
        documented = order.auswahl_dokumentiert or (order.auswahl_dokumentiert is None and order.vertrag is None)
        return "erfuellt" if documented else "offen"
    if order.vertrag is not None and order.angebote is not None and order.begruendung is None:
        return "verletzt"
    return "offen"


def _grants(rechnungen: Sequence[Rechnung]) -> list[Figure]:
    grants = [rechnung.zuwendung for rechnung in rechnungen]
    for rechnung in rechnungen:
        sources = rechnung.beteiligter.finanzierung.weitere if rechnung.beteiligter.finanzierung else ()
        grants += [
            Figure(source.betrag, source.geber, pfad=(*rechnung.pfad, "finanzierung", "weitere", index, "betrag"))
            for index, source in enumerate(sources)
            if source.oeffentlich
        ]
    return grants
