"""Orders: how many offers they need, and orders that look divided."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal

from foerdercheck.calculation.auftraege import Auftragswert
from foerdercheck.calculation.vergabe import GepruefterAuftrag, Vergabe
from foerdercheck.model.befund import Feststellung, entfaellt, erfuellt, hinweis, offen, verletzt
from foerdercheck.model.deutsch import anzahl, aufzaehlung, einige, euro, in_worten, in_ziffer, satzanfang
from foerdercheck.model.location import feld
from foerdercheck.model.names import name_key, near_groups
from foerdercheck.model.scalars import fold
from foerdercheck.programmes.parameter import (
    ANGEBOTE_AB_AUFTRAGSWERT,
    ANGEBOTE_BEI_ZUWENDUNG_UEBER,
    ANGEBOTE_MINDESTENS,
    VERGABEGRUNDSATZ,
)
from foerdercheck.rules.sachverhalt import Aussagen, Sachverhalt, je_vorhaben


@je_vorhaben(ANGEBOTE_BEI_ZUWENDUNG_UEBER, ANGEBOTE_AB_AUFTRAGSWERT, ANGEBOTE_MINDESTENS)
def drei_angebote(fall: Sachverhalt) -> Aussagen:
    """An order at or above its threshold needs offers while the grants of who awards it exceed their limit.

    Grants of 100,000.00 and an order of 24,999.99: none. 100,000.01 and 25,000.00: three.
    """
    vergabe = fall.vergabe
    concerned = [geprueft for geprueft in vergabe.auftraege if geprueft.pflichtig is not False]
    if not concerned:
        said = f"{satzanfang(offers(vergabe))} erforderlich: {answer(vergabe)}"
        principle = fall.fassung.find(VERGABEGRUNDSATZ, fall.lage.merkmale)
        always = [f"{principle.wert} ({in_ziffer(principle.ziffer)})."] if principle and vergabe.auftraege else []
        yield entfaellt(" ".join([said, *(text for _, text in _gross_only(vergabe)), *always]))
        return
    for geprueft in concerned:
        if geprueft.pflichtig is None:
            fall.fassung.known(ANGEBOTE_BEI_ZUWENDUNG_UEBER, fall.lage.merkmale)
            fall.fassung.known(ANGEBOTE_AB_AUFTRAGSWERT, {**fall.lage.merkmale, "leistung": geprueft.auftrag.leistung})
        yield _statement(geprueft, vergabe)
    for order, text in _gross_only(vergabe):
        yield hinweis(text, order.pfade[0])


def offers(vergabe: Vergabe) -> str:
    """Return what an order may need: `drei Angebote`, as many as the programme says."""
    if vergabe.mindestens is None:
        return "mehrere Angebote"
    return in_worten(vergabe.mindestens, "ein Angebot", "Angebote")


def answer(vergabe: Vergabe) -> str:
    """Return the answer people ask for: are so many offers needed, for how many orders, are they there, and why (not)."""
    if vergabe.pflichtige:
        return _needed(vergabe)
    if vergabe.erforderlich is None:
        there = all(geprueft.status == "erfuellt" for geprueft in vergabe.offene)
        return f"offen, denn {_unclear(vergabe.offene[0], vergabe)}{'; vorhanden sind sie' if there else ''}."
    if not vergabe.auftraege:
        return "nein, denn es sind keine Aufträge geplant."
    limit = vergabe.grenze
    if limit is not None and all(geprueft.ueber_grenze.ja is False for geprueft in vergabe.auftraege):
        if vergabe.zuwendungen.betrag <= limit.wert:
            return f"nein, erst über {euro(limit.wert)} Zuwendungen (hier {euro(vergabe.zuwendungen.betrag)})."
        return f"nein, denn niemand, der Aufträge vergibt, erhält für sich mehr als {euro(limit.wert)}."
    if any(geprueft.erreicht_schwelle for geprueft in vergabe.auftraege):
        return "nein, denn niemand, der so große Aufträge vergibt, erhält so viel, dass sie nötig sind."
    return "nein, kein Auftrag erreicht den Wert, der sie nötig macht."


_SO_MANY = 3
"""So many orders that lack offers are named in the answer."""


def _needed(vergabe: Vergabe) -> str:
    count = anzahl(len(vergabe.auftraege), "Auftrag", "Aufträgen")
    there = [geprueft for geprueft in vergabe.pflichtige if geprueft.status == "erfuellt"]
    said = f"nötig für {len(vergabe.pflichtige)} von {count}"
    said += f" (offen für {len(vergabe.offene)})" if vergabe.offene else ""
    if len(there) == len(vergabe.pflichtige):
        return f"{said}, vorhanden bei {'diesem' if len(there) == 1 else 'allen'}."
    lacking = [geprueft.auftrag for geprueft in vergabe.pflichtige if geprueft.status != "erfuellt"]
    named = [f"{order.bezeichnung}: {_has(order, vergabe.mindestens)}" for order in lacking[:_SO_MANY]]
    more = ["…"] if len(lacking) > _SO_MANY else []
    return f"{said}, vorhanden bei {len(there)} ({'; '.join(named + more)})."


def _has(order: Auftragswert, least: int | None) -> str:
    return "keine Angabe" if order.angebote is None else f"{order.angebote} von {least or '?'}"


def _unclear(geprueft: GepruefterAuftrag, vergabe: Vergabe) -> str:
    """Return why it cannot be told whether an order needs offers, without a full stop."""
    if vergabe.grenze is None:
        return "wann das Programm sie verlangt, ist hier nicht bekannt"
    if geprueft.ueber_grenze.unklar == "schwelle":
        return "ab welchem Auftragswert sie nötig sind, hängt von Angaben ab, die fehlen"
    if geprueft.ueber_grenze.unklar == "bescheid":
        return (
            f"erst zusammen betragen die Zuwendungen ({euro(vergabe.zuwendungen.betrag)}) mehr als {euro(vergabe.grenze.wert)}: geben "
            "Sie an, ob ein Bescheid sie gemeinsam bewilligt oder jeder sie einzeln"
        )
    names = aufzaehlung(vergabe.ungeklaert)
    return (
        f"ob die Mittel von {names} öffentlich sind, ist nicht angegeben; mit ihnen betrügen die Zuwendungen mehr als "
        f"{euro(vergabe.grenze.wert)}"
    )


def _statement(geprueft: GepruefterAuftrag, vergabe: Vergabe) -> Feststellung:
    order, least = geprueft.auftrag, vergabe.mindestens
    where = (*order.pfade[0], "auftrag")
    limit = f"{order.name}: {euro(order.wert_netto)} netto"
    limit += f" erreichen {euro(geprueft.schwelle)}" if geprueft.schwelle is not None else ""
    if least is None:
        return offen(
            f"{limit}; wie viele Angebote nötig sind, ist hier nicht bekannt: fragen Sie die Bewilligungsstelle.", where
        )
    if geprueft.status == "erfuellt":
        return erfuellt(f"{limit}; {order.angebote} Angebote liegen vor.", where)
    if geprueft.status == "verletzt":
        return verletzt(f"{limit}, {_broken(order, least)}.", where)
    if geprueft.pflichtig is None:
        unclear = geprueft.ueber_grenze.unklar
        field = f" (Angabe {feld(unclear)})" if unclear in {"oeffentlich", "bescheid"} else ""
        unsure = f"ob {offers(vergabe)} nötig sind, ist offen, denn {_unclear(geprueft, vergabe)}{field}"
        return offen(f"{limit}; {unsure}. Wenn ja: {_todo(order, least)}.", where)
    return offen(f"{limit}; {_todo(order, least)}.", where)


def _broken(order: Auftragswert, least: int) -> str:
    if order.auswahl_dokumentiert is False:
        return "der Vertrag wurde aber geschlossen, ohne die Gründe der Auswahl zu dokumentieren"
    count = anzahl(order.angebote or 0, "Angebot", "Angeboten")
    return f"der Vertrag wurde aber mit {count} statt {least} und ohne Begründung geschlossen"


def _todo(order: Auftragswert, least: int) -> str:
    if order.angebote is None:
        return f"geben Sie unter {feld('angebote')} an, wie viele vorliegen (nötig sind {least})"
    if order.angebote >= least:
        return f"dokumentieren Sie die Gründe der Auswahl ({feld('auswahl_dokumentiert')})"
    if order.begruendet:
        return (
            f"{order.angebote} statt {least} Angebote; ob die Begründung genügt („{order.begruendung}“), entscheidet die Behörde: "
            "holen Sie "
            "ihre Zustimmung ein"
        )
    there = anzahl(order.angebote, "Angebot liegt", "Angebote liegen")
    return f"{there} vor, nötig sind {least}: holen Sie mehr ein ({feld('angebote')}), oder begründen Sie es ({feld('begruendung')})"


def _gross_only(vergabe: Vergabe) -> Iterator[tuple[Auftragswert, str]]:
    """Orders that reach the threshold only with VAT need no offers; say so, as people wonder."""
    not_needed = f"{offers(vergabe)} {'ist' if vergabe.mindestens == 1 else 'sind'} nicht nötig"
    for geprueft in vergabe.auftraege:
        order, schwelle = geprueft.auftrag, geprueft.schwelle
        above = geprueft.ueber_grenze.ja is not False
        if above and schwelle is not None and order.wert_netto < schwelle <= order.wert_brutto:
            assumed = (
                f" (der Satz der Umsatzsteuer ist angenommen: geben Sie {feld('ust')} an)"
                if order.ust_angenommen
                else ""
            )
            yield (
                order,
                f"{order.name}: {euro(order.wert_brutto)} brutto erreichen {euro(schwelle)}, maßgeblich sind aber "
                f"{euro(order.wert_netto)} netto{assumed}; {not_needed}.",
            )


@je_vorhaben(ANGEBOTE_BEI_ZUWENDUNG_UEBER, ANGEBOTE_AB_AUFTRAGSWERT)
def auftragsteilung(fall: Sachverhalt) -> Aussagen:
    """Small orders to the same supplier, however it is written, or of the same name, may be one divided order.

    They are named where they reach the threshold together; suppliers whose names hardly differ in any case.
    """
    findings = list(_divided(fall.vergabe))
    if findings:
        yield from findings
    else:
        yield entfaellt(
            "Keine kleinen Aufträge an denselben Anbieter oder gleichen Namens, die zusammen eine Grenze erreichen."
        )


def _divided(vergabe: Vergabe) -> Iterator[Feststellung]:
    small = [
        geprueft
        for geprueft in vergabe.auftraege
        if geprueft.ueber_grenze.ja is not False
        and geprueft.schwelle is not None
        and geprueft.auftrag.wert_netto < geprueft.schwelle
    ]
    suppliers = [geprueft.auftrag.anbieter for geprueft in small if geprueft.auftrag.anbieter]
    near = {name_key(name): names for names in near_groups(suppliers) for name in names}
    same: dict[tuple[str, ...], list[GepruefterAuftrag]] = defaultdict(list)
    alike: dict[tuple[str, ...], list[GepruefterAuftrag]] = defaultdict(list)
    for geprueft in small:
        order = geprueft.auftrag
        same[order.leistung, *_sameness(order)].append(geprueft)
        if order.anbieter and (names := near.get(name_key(order.anbieter))):
            alike[order.leistung, *names].append(geprueft)
    for group in same.values():
        if _reach(group):
            said = (
                "gehen an denselben Anbieter"
                if group[0].auftrag.anbieter
                else "heißen gleich und nennen keinen Anbieter"
            )
            yield _together(vergabe, group, said, "Gehören sie zusammen")
    for group in alike.values():
        different = {name_key(name): f"„{name}“" for geprueft in group if (name := geprueft.auftrag.anbieter)}
        if len(different) > 1:
            yield _maybe_same(vergabe, group, einige(different.values()))


def _reach(group: Sequence[GepruefterAuftrag]) -> bool:
    """Tell whether orders together reach the threshold of their kind."""
    return _sum(group) >= (group[0].schwelle or Decimal())


def _sum(group: Sequence[GepruefterAuftrag]) -> Decimal:
    return sum((geprueft.auftrag.wert_netto for geprueft in group), Decimal())


def _maybe_same(vergabe: Vergabe, group: Sequence[GepruefterAuftrag], names: str) -> Feststellung:
    if _reach(group):
        return _together(
            vergabe, group, f"gehen an Anbieter, deren Namen sich kaum unterscheiden ({names})", "Ist es derselbe"
        )
    return hinweis(
        f"{names} unterscheiden sich kaum und gelten als verschiedene Anbieter; auch zusammen bleiben ihre Aufträge unter "
        f"{euro(group[0].schwelle or Decimal())}.",
        group[0].auftrag.pfade[0],
    )


def _together(vergabe: Vergabe, group: Sequence[GepruefterAuftrag], said: str, condition: str) -> Feststellung:
    orders = [geprueft.auftrag for geprueft in group]
    several = len({order.beteiligter for order in orders}) > 1
    names = aufzaehlung(f"{order.name} von {order.beteiligter}" if several else order.name for order in orders)
    return hinweis(
        f"{names} {said}; zusammen erreichen sie {euro(_sum(group))} ({euro(group[0].schwelle or Decimal())} verlangen "
        f"{offers(vergabe)}). {condition}, sind sie ein Auftrag.",
        orders[0].pfade[0],
        _sum(group),
    )


def _sameness(order: Auftragswert) -> tuple[str, ...]:
    """Return by what an order may be part of another: its supplier, else what is ordered."""
    if order.anbieter:
        return (name_key(order.anbieter),)
    return ("".join(filter(str.isalnum, fold(order.bezeichnung))) or order.bezeichnung, *order.kostenarten)
