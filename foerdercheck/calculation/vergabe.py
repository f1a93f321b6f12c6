"""Offers: whether the grants of those who award the orders exceed the limit, and how each order stands."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Literal, NamedTuple

from foerdercheck.calculation.auftraege import Auftragswert
from foerdercheck.calculation.projektlage import Projektlage
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
Unklar = Literal["grenze", "schwelle", "oeffentlich", "bescheid"]
"""Why it cannot be told whether an order needs offers: a limit is not known, or what a source or the grant notice is."""


class Ueberschreitung(NamedTuple):
    """Whether the grants of a Beteiligter exceed the limit; None for a reason that `unklar` names."""

    ja: bool | None
    unklar: Unklar | None = None


class GepruefterAuftrag(NamedTuple):
    """An order with the threshold for its kind, whether it needs offers (None: open), and how it stands."""

    auftrag: Auftragswert
    schwelle: Decimal | None
    pflichtig: bool | None
    status: Auftragsstatus
    ueber_grenze: Ueberschreitung

    @property
    def erreicht_schwelle(self) -> bool:
        """Whether its net value reaches the threshold; exactly that does."""
        return _reaches(self.auftrag, self.schwelle)


class Vergabe(NamedTuple):
    """The orders of a project; `zuwendungen` is the sum of all grants, `grenze` the limit that grants must exceed.

    `mindestens` is how many offers an order then needs, None where the programme does not say; `ungeklaert` names the
    givers of whom it is not stated whether their money is public.
    """

    zuwendungen: Figure
    grenze: Norm[Decimal] | None
    mindestens: int | None
    auftraege: tuple[GepruefterAuftrag, ...]
    ungeklaert: tuple[str, ...] = ()

    @property
    def erforderlich(self) -> bool | None:
        """Whether offers are needed at all; None where that is open, or not known of the programme."""
        answers = {auftrag.pflichtig for auftrag in self.auftraege}
        return True if True in answers else None if None in answers else False

    @property
    def pflichtige(self) -> tuple[GepruefterAuftrag, ...]:
        """The orders that need offers."""
        return tuple(auftrag for auftrag in self.auftraege if auftrag.pflichtig)

    @property
    def offene(self) -> tuple[GepruefterAuftrag, ...]:
        """The orders of which it is open whether they need offers."""
        return tuple(auftrag for auftrag in self.auftraege if auftrag.pflichtig is None)


def vergabe(
    orders: Sequence[Auftragswert], rechnungen: Sequence[Rechnung], fassung: Fassung, lage: Projektlage
) -> Vergabe:
    """Return the orders judged; `lage` says whether the grant comes in one notice (`gemeinsam`) or in one for each.

    A grant and other public money of its receiver count together; those of several Beteiligte where one notice grants them.
    """
    zuwendungen = total(_grants(rechnungen), "Zuwendung", "Zuwendungen").named("Zuwendungen zusammen")
    anzahl = fassung.find(ANGEBOTE_MINDESTENS, lage.merkmale)
    mindestens = anzahl.wert if anzahl else None
    grenze = fassung.find(ANGEBOTE_BEI_ZUWENDUNG_UEBER, lage.merkmale)
    above = dict(_exceeding(rechnungen, grenze.wert, lage.bescheid)) if grenze else {}
    judged = []
    for order in orders:
        merkmale = {**lage.merkmale, "leistung": order.leistung}
        norm = fassung.find(ANGEBOTE_AB_AUFTRAGSWERT, merkmale)
        schwelle = norm.wert if norm else None
        ueber_grenze = above.get(order.beteiligter, Ueberschreitung(None, "grenze"))
        unknown = norm is None and bool(fassung.unstated(ANGEBOTE_AB_AUFTRAGSWERT, merkmale))
        if unknown and ueber_grenze.ja:
            ueber_grenze = Ueberschreitung(None, "schwelle")
        pflichtig = ueber_grenze.ja if grenze is None or unknown or _reaches(order, schwelle) else False
        judged.append(
            GepruefterAuftrag(order, schwelle, pflichtig, _status(order, pflichtig, mindestens), ueber_grenze)
        )
    unsure = (source.geber for r in rechnungen for source in r.weitere_geber if source.ist_oeffentlich is None)
    return Vergabe(zuwendungen, grenze, mindestens, tuple(judged), tuple(dict.fromkeys(unsure)))


def _reaches(order: Auftragswert, schwelle: Decimal | None) -> bool:
    return schwelle is not None and order.wert_netto >= schwelle


def _exceeding(
    rechnungen: Sequence[Rechnung], grenze: Decimal, bescheid: str | None
) -> Iterator[tuple[str, Ueberschreitung]]:
    """Yield for each Beteiligter whether the grants that count for its orders are more than the limit."""
    own = {rechnung.name: _money(rechnung) for rechnung in rechnungen}
    together = _compare(
        sum((sure for sure, _ in own.values()), Decimal()), sum((most for _, most in own.values()), Decimal()), grenze
    )
    for name, (sure, most) in own.items():
        alone = _compare(sure, most, grenze)
        if bescheid == "einzeln":
            yield name, alone
        elif bescheid is None and together.ja and alone.ja is False:
            yield name, Ueberschreitung(None, "bescheid")
        else:
            yield name, together if bescheid or alone.ja is False else alone


def _money(rechnung: Rechnung) -> tuple[Decimal, Decimal]:
    """Return grant and public money of a Beteiligter, without and with the money that may be public."""
    sure = rechnung.zuwendung.betrag + sum((s.betrag for s in rechnung.weitere_geber if s.ist_oeffentlich), Decimal())
    return sure, sure + sum((s.betrag for s in rechnung.weitere_geber if s.ist_oeffentlich is None), Decimal())


def _compare(sure: Decimal, most: Decimal, grenze: Decimal) -> Ueberschreitung:
    if sure > grenze:
        return Ueberschreitung(ja=True)
    return Ueberschreitung(None, "oeffentlich") if most > grenze else Ueberschreitung(ja=False)


def _status(order: Auftragswert, pflichtig: bool | None, mindestens: int | None) -> Auftragsstatus:  # noqa: FBT001 - a fact
    if pflichtig is False:
        return "entfaellt"
    status = _order_status(order, mindestens)
    return status if pflichtig or status == "erfuellt" else "offen"


def _order_status(order: Auftragswert, mindestens: int | None) -> Auftragsstatus:
    """Judge an order that needs offers by what was stated about it.

    Enough offers and documented reasons: erfuellt (also while nothing is said about reasons and no contract
    exists). A contract without documented reasons, or on fewer offers without justification: verletzt. Anything else,
    or no known number: offen.
    """
    if mindestens is None:
        return "offen"
    if order.vertrag is not None and order.auswahl_dokumentiert is False:
        return "verletzt"
    if order.angebote is not None and order.angebote >= mindestens:
        documented = order.auswahl_dokumentiert or (order.auswahl_dokumentiert is None and order.vertrag is None)
        return "erfuellt" if documented else "offen"
    if order.vertrag is not None and order.angebote is not None and not order.begruendet:
        return "verletzt"
    return "offen"


def _grants(rechnungen: Sequence[Rechnung]) -> list[Figure]:
    grants = [rechnung.zuwendung for rechnung in rechnungen]
    for rechnung in rechnungen:
        grants += [
            Figure(source.betrag, source.geber, pfad=(*rechnung.pfad, "finanzierung", "weitere", index, "betrag"))
            for index, source in enumerate(rechnung.weitere_geber)
            if source.ist_oeffentlich
        ]
    return grants
