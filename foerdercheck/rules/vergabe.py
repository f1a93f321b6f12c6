"""Orders: how many offers they need, orders that look divided, and the procurement law of public bodies."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal

from foerdercheck.calculation.auftraege import Auftragswert
from foerdercheck.calculation.vergabe import GepruefterAuftrag, Vergabe
from foerdercheck.model.befund import Feststellung, entfaellt, erfuellt, hinweis, offen, verletzt
from foerdercheck.model.deutsch import anzahl, aufzaehlung, einige, euro, in_worten, satzanfang
from foerdercheck.model.names import name_key, near_groups
from foerdercheck.programmes.parameter import (
    ANGEBOTE_AB_AUFTRAGSWERT,
    ANGEBOTE_BEI_ZUWENDUNG_UEBER,
    ANGEBOTE_MINDESTENS,
    EU_SCHWELLENWERT,
    OBERSCHWELLENRECHT,
    VERFAHREN_UEBER_WERTGRENZEN,
    VERGABERECHT_FUER,
    VERGABEVORSCHRIFTEN,
    WERTGRENZEN,
)
from foerdercheck.rules.sachverhalt import Aussagen, Sachverhalt, je_vorhaben


@je_vorhaben(ANGEBOTE_BEI_ZUWENDUNG_UEBER, ANGEBOTE_AB_AUFTRAGSWERT, ANGEBOTE_MINDESTENS)
def drei_angebote(fall: Sachverhalt) -> Aussagen:
    """An order at or above its threshold needs offers while the grants of the project exceed their limit.

    Grants of 100,000.00 and an order of 24,999.99: none. 100,000.01 and 25,000.00: three.
    """
    vergabe = fall.vergabe
    if not vergabe.pflichtige:
        said = f"{satzanfang(offers(vergabe))} erforderlich: {answer(vergabe)}"
        yield entfaellt(" ".join([said, *(text for _, text in _gross_only(vergabe))]))
        return
    for geprueft in vergabe.pflichtige:
        yield _statement(geprueft, vergabe)
    for order, text in _gross_only(vergabe):
        yield hinweis(text, order.pfade[0])


def offers(vergabe: Vergabe) -> str:
    """Return what an order may need: `drei Angebote`, as many as the programme says."""
    if vergabe.mindestens is None:
        return "mehrere Angebote"
    return in_worten(vergabe.mindestens, "ein Angebot", "Angebote")


def answer(vergabe: Vergabe) -> str:
    """Return the answer people ask for: are so many offers needed, for how many orders, and why (not)."""
    zuwendungen = euro(vergabe.zuwendungen.betrag)
    if vergabe.pflichtige:
        count = anzahl(len(vergabe.auftraege), "Auftrag", "Aufträgen")
        return f"ja, für {len(vergabe.pflichtige)} von {count}."
    if vergabe.grenze is not None and not vergabe.ueber_grenze:
        return f"nein, denn die Zuwendungen ({zuwendungen}) betragen nicht mehr als {euro(vergabe.grenze.wert)}."
    if not vergabe.auftraege:
        return "nein, denn es sind keine Aufträge geplant."
    if vergabe.erforderlich is None:
        return "nicht bekannt, denn wann das Programm sie verlangt, ist hier nicht bekannt."
    return "nein, denn kein Auftrag erreicht den Wert, ab dem sie nötig sind."


def _statement(geprueft: GepruefterAuftrag, vergabe: Vergabe) -> Feststellung:
    order, least = geprueft.auftrag, vergabe.mindestens
    where = (*order.pfade[0], "auftrag")
    limit = f"{order.name}: {euro(order.wert_netto)} netto erreichen {euro(geprueft.schwelle or Decimal())}"
    if least is None:
        return offen(f"{limit}; wie viele Angebote nötig sind, ist hier nicht bekannt.", where)
    if geprueft.status == "erfuellt":
        return erfuellt(f"{limit}; {order.angebote} Angebote liegen vor.", where)
    if geprueft.status == "verletzt":
        return verletzt(
            f"{limit}, der Vertrag wurde aber mit {anzahl(order.angebote or 0, 'Angebot', 'Angeboten')} statt {least} und ohne "
            "Begründung geschlossen.",
            where,
        )
    return offen(f"{limit}; {_todo(order, least)}.", where)


def _todo(order: Auftragswert, least: int) -> str:
    if order.angebote is None:
        return f"geben Sie an, wie viele Angebote vorliegen (nötig sind {least})"
    if order.angebote >= least:
        return "dokumentieren Sie die Gründe der Auswahl (auswahl_dokumentiert)"
    if order.begruendung is not None:
        return f"{order.angebote} statt {least} Angebote; ob die Begründung genügt („{order.begruendung}“), entscheidet die Behörde"
    return f"{anzahl(order.angebote, 'Angebot liegt', 'Angebote liegen')} vor, nötig sind {least}"


def _gross_only(vergabe: Vergabe) -> Iterator[tuple[Auftragswert, str]]:
    """Orders that reach the threshold only with VAT need no offers; say so, as people wonder."""
    not_needed = f"{offers(vergabe)} {'ist' if vergabe.mindestens == 1 else 'sind'} nicht nötig"
    for geprueft in vergabe.auftraege if vergabe.ueber_grenze else ():
        order, schwelle = geprueft.auftrag, geprueft.schwelle
        if schwelle is not None and order.wert_netto < schwelle <= order.wert_brutto:
            yield (
                order,
                f"{order.name}: {euro(order.wert_brutto)} brutto erreichen {euro(schwelle)}, maßgeblich sind aber "
                f"{euro(order.wert_netto)} netto; {not_needed}.",
            )


@je_vorhaben(ANGEBOTE_BEI_ZUWENDUNG_UEBER, ANGEBOTE_AB_AUFTRAGSWERT)
def auftragsteilung(fall: Sachverhalt) -> Aussagen:
    """Small orders to the same supplier, however it is written, that reach the threshold together may be one divided order."""
    findings = list(_divided(fall.vergabe)) if fall.vergabe.ueber_grenze else []
    if findings:
        yield from findings
    else:
        yield entfaellt("Keine Aufträge an denselben Anbieter, die zusammen eine Grenze erreichen.")


def _divided(vergabe: Vergabe) -> Iterator[Feststellung]:
    small = [
        (geprueft, geprueft.auftrag.anbieter)
        for geprueft in vergabe.auftraege
        if geprueft.auftrag.anbieter
        and geprueft.schwelle is not None
        and geprueft.auftrag.wert_netto < geprueft.schwelle
    ]
    near = {name_key(name): names for names in near_groups(name for _, name in small) for name in names}
    same: dict[tuple[str, str, str], list[GepruefterAuftrag]] = defaultdict(list)
    alike: dict[tuple[str, tuple[str, ...], str], list[GepruefterAuftrag]] = defaultdict(list)
    for geprueft, anbieter in small:
        order, key = geprueft.auftrag, name_key(anbieter)
        same[order.beteiligter, key, order.leistung].append(geprueft)
        if key in near:
            alike[order.beteiligter, near[key], order.leistung].append(geprueft)
    for group in same.values():
        if _reach(group):
            yield _together(vergabe, group, "gehen an denselben Anbieter", "Gehören sie zusammen")
    for group in alike.values():
        names = {name_key(name): f"„{name}“" for geprueft in group if (name := geprueft.auftrag.anbieter)}
        if len(names) > 1:
            yield _maybe_same(vergabe, group, einige(names.values()))


def _reach(group: Sequence[GepruefterAuftrag]) -> bool:
    """Tell whether orders together reach the threshold of their kind."""
    return _sum(group) >= (group[0].schwelle or Decimal())


def _sum(group: Sequence[GepruefterAuftrag]) -> Decimal:
    return sum((geprueft.auftrag.wert_netto for geprueft in group), Decimal())


def _maybe_same(vergabe: Vergabe, group: Sequence[GepruefterAuftrag], names: str) -> Feststellung:
    if _reach(group):
        return _together(
            vergabe, group, f"gehen an Anbieter, deren Namen sich kaum unterscheiden ({names}),", "Ist es derselbe"
        )
    return hinweis(
        f"{names} unterscheiden sich kaum und gelten als verschiedene Anbieter; auch zusammen bleiben ihre Aufträge unter "
        f"{euro(group[0].schwelle or Decimal())}.",
        group[0].auftrag.pfade[0],
    )


def _together(vergabe: Vergabe, group: Sequence[GepruefterAuftrag], said: str, condition: str) -> Feststellung:
    names = aufzaehlung(geprueft.auftrag.name for geprueft in group)
    return hinweis(
        f"{names} {said} und erreichen zusammen {euro(_sum(group))} ({euro(group[0].schwelle or Decimal())} verlangen "
        f"{offers(vergabe)}). {condition}, sind sie ein Auftrag.",
        group[0].auftrag.pfade[0],
        _sum(group),
    )


@je_vorhaben(VERGABERECHT_FUER, VERGABEVORSCHRIFTEN, WERTGRENZEN, VERFAHREN_UEBER_WERTGRENZEN)
def wertgrenzen(fall: Sachverhalt) -> Aussagen:
    """Public bodies of the Land may award an order of this net value in the simplest procedure its rules allow."""
    public = {r.name for r in fall.rechnungen if r.beteiligter.art in fall.fassung[VERGABERECHT_FUER].wert}
    orders = [geprueft.auftrag for geprueft in fall.vergabe.auftraege if geprueft.auftrag.beteiligter in public]
    for order in orders:
        yield hinweis(_procedure(fall, order), order.pfade[0], order.wert_netto)
    if not orders:
        yield entfaellt("Kein Auftrag eines öffentlichen Auftraggebers.")


def _procedure(fall: Sachverhalt, order: Auftragswert) -> str:
    norm = fall.fassung.find(WERTGRENZEN, {"leistung": order.leistung}, order.vertrag or fall.stichtag)
    said = f"{order.name}: {euro(order.wert_netto)} netto"
    if norm is None:
        return f"{said}; welche Wertgrenzen am Tag der Vergabe gelten, ist hier nicht bekannt."
    rules = fall.fassung[VERGABEVORSCHRIFTEN].wert
    for procedure, limit in sorted(norm.wert.items(), key=lambda item: item[1]):
        if order.wert_netto <= limit:
            return f"{said}; möglich ist: {procedure} (bis {euro(limit)}, {rules})."
    if len(norm.wert) == 1:
        (procedure,) = norm.wert
        return f"{said} liegen über der Grenze für {procedure}; was damals darüber möglich war, ist hier nicht bekannt ({rules})."
    ordinary = fall.fassung[VERFAHREN_UEBER_WERTGRENZEN].wert
    return f"{said} liegen über allen vereinfachten Verfahren ({rules}); nötig ist {ordinary}."


@je_vorhaben(VERGABERECHT_FUER, VERGABEVORSCHRIFTEN, EU_SCHWELLENWERT, OBERSCHWELLENRECHT)
def vergaberecht(fall: Sachverhalt) -> Aussagen:
    """Public bodies are bound by procurement law besides; the EU thresholds of the Stichtag are named."""
    public = [r.name for r in fall.rechnungen if r.beteiligter.art in fall.fassung[VERGABERECHT_FUER].wert]
    if not public:
        yield entfaellt("Kein öffentlicher Auftraggeber beteiligt.")
        return
    rules, above = fall.fassung[VERGABEVORSCHRIFTEN].wert, fall.fassung[OBERSCHWELLENRECHT].wert
    yield hinweis(
        f"Für {aufzaehlung(public)} gelten daneben {rules}, ab den EU-Schwellenwerten {above} ({_thresholds(fall)})."
    )


def _thresholds(fall: Sachverhalt) -> str:
    found = {
        wort: norm.wert
        for leistung, wort in (("bau", "Bau"), ("liefer_dienst", "Lieferungen und Dienstleistungen"))
        if (norm := fall.fassung.find(EU_SCHWELLENWERT, {"leistung": leistung}, fall.stichtag)) is not None
    }
    if not found:
        return "für das Jahr des Stichtags hier nicht bekannt"
    return "netto: " + ", ".join(f"{wort} {euro(wert)}" for wort, wert in found.items())
