"""The grant and the rest of the money: rate, own share, financing that closes."""

import re
from collections.abc import Iterator
from decimal import Decimal

from foerdercheck.calculation.rechnung import Rechnung
from foerdercheck.model.befund import Feststellung, entfaellt, erfuellt, gekuerzt, hinweis, offen, verletzt
from foerdercheck.model.budget import Finanzierung
from foerdercheck.model.deutsch import aufzaehlung, euro, prozent
from foerdercheck.model.scalars import fold
from foerdercheck.programmes.parameter import AUSGESCHLOSSENE_MITTEL, FINANZIERUNGSLUECKE_AB, FOERDERSATZ
from foerdercheck.rules.sachverhalt import KEINE_KOSTEN, Aussagen, Sachverhalt, je_beteiligter

_WORDS = re.compile(r"[\w+]+")


@je_beteiligter(FOERDERSATZ)
def foerdersatz(_fall: Sachverhalt, rechnung: Rechnung) -> Aussagen:
    """The grant is at most rate × eligible cost; exactly that passes, one cent more is cut."""
    satz, highest = rechnung.foerdersatz, rechnung.hoechste_zuwendung.betrag
    if satz is None:
        yield offen(f"Für die Art {rechnung.art} nennt die Richtlinie keinen Fördersatz.", (*rechnung.pfad, "art"))
        return
    finanzierung = rechnung.beteiligter.finanzierung
    beantragt = finanzierung.beantragt if finanzierung else None
    if not rechnung.zeilen and not beantragt:
        yield entfaellt(KEINE_KOSTEN)
        return
    shares = ", ".join(f"{prozent(share)} {area}" for area, share in satz.anteile.items())
    areas = f" ({shares})" if shares else ""
    limit = (
        f"{prozent(satz.wert)}{areas} von {euro(rechnung.zuwendungsfaehige_ausgaben.betrag)}, höchstens {euro(highest)}"
    )
    if beantragt is None:
        yield erfuellt(
            f"Zuwendung {limit}; ohne Angabe von beantragt wird der Höchstbetrag angenommen.", auslegung=satz.auslegung
        )
        return
    where = (*rechnung.pfad, "finanzierung", "beantragt")
    if beantragt <= highest:
        yield erfuellt(f"Beantragt {euro(beantragt)}; möglich sind {limit}.", where, satz.auslegung)
    else:
        over = beantragt - highest
        yield gekuerzt(
            f"Beantragt {euro(beantragt)}, möglich sind {limit}; {euro(over)} zu viel.", over, where, satz.auslegung
        )


@je_beteiligter()
def eigenbeteiligung(_fall: Sachverhalt, rechnung: Rechnung) -> Aussagen:
    """The body pays something itself: one cent passes, nothing violates."""
    where = (*rechnung.pfad, "finanzierung", "eigenmittel")
    if rechnung.eigenmittel is None:
        yield offen("Angabe fehlt: Wie hoch sind die Eigenmittel (finanzierung.eigenmittel)?", where)
    elif rechnung.eigenmittel.betrag > 0:
        yield erfuellt(f"Eigenmittel {euro(rechnung.eigenmittel.betrag)}.", where)
    else:
        yield verletzt("Keine Eigenmittel: der Empfänger muss sich an den Ausgaben beteiligen.", where)


@je_beteiligter(AUSGESCHLOSSENE_MITTEL)
def ausgeschlossene_mittel(fall: Sachverhalt, rechnung: Rechnung) -> Aussagen:
    """No money of a kind the programme excludes beside it; sources are recognised by their names."""
    finanzierung = rechnung.beteiligter.finanzierung
    where = (*rechnung.pfad, "finanzierung", "weitere")
    if finanzierung is None or finanzierung == Finanzierung():  # nothing stated below it says as little
        yield offen("Die Finanzierung ist nicht angegeben (finanzierung).", (*rechnung.pfad, "finanzierung"))
        return
    excluded = fall.fassung[AUSGESCHLOSSENE_MITTEL].wert
    found = [
        (index, source, word)
        for index, source in enumerate(finanzierung.weitere)
        if (word := next((word for word in excluded if _names(source.geber, word)), None)) is not None
    ]
    for index, source, word in found:
        yield verletzt(
            f"{source.geber} ({euro(source.betrag)}): Mittel aus {word} schließen diese Förderung aus.",
            (*where, index, "geber"),
            source.betrag,
        )
    if finanzierung.weitere and not found:
        others = aufzaehlung(source.geber for source in finanzierung.weitere)
        words = aufzaehlung(excluded, "oder")
        yield hinweis(f"Klären Sie, dass nichts davon aus {words} stammt: {others}.", where)
    elif not found:
        yield erfuellt("Keine weiteren Mittel angegeben.", where)


def _names(geber: str, word: str) -> bool:
    """Tell whether a source is called by a word; one not in capitals only may be the beginning of a longer one."""
    wanted, stem = fold(word), not word.isupper()
    return any(part == wanted or (stem and part.startswith(wanted)) for part in _WORDS.findall(fold(geber)))


@je_beteiligter()
def kumulierung(_fall: Sachverhalt, rechnung: Rechnung) -> Aussagen:
    """Grant and other public money together stay within eligible cost: exactly that passes."""
    sources = rechnung.beteiligter.finanzierung.weitere if rechnung.beteiligter.finanzierung else ()
    public = sum((source.betrag for source in sources if source.oeffentlich), Decimal())
    where = (*rechnung.pfad, "finanzierung", "weitere")
    together, most = rechnung.zuwendung.betrag + public, rechnung.zuwendungsfaehige_ausgaben.betrag
    if not public:
        yield entfaellt("Keine anderen öffentlichen Mittel angegeben.")
    elif together > most:
        yield verletzt(
            f"Zuwendung und andere öffentliche Mittel zusammen ({euro(together)}) sind mehr als die zuwendungsfähigen Ausgaben "
            f"({euro(most)}).",
            where,
            together - most,
        )
    else:
        yield erfuellt(f"Öffentliche Mittel zusammen {euro(together)}, zuwendungsfähige Ausgaben {euro(most)}.", where)


@je_beteiligter(FINANZIERUNGSLUECKE_AB)
def gesamtfinanzierung(fall: Sachverhalt, rechnung: Rechnung) -> Aussagen:
    """The financing is stated, secured, promised, and closes to within less than the tolerance (1.00 € violates)."""
    findings = [*_gap(fall, rechnung), *_statement(fall), *_promises(rechnung)]
    if findings:
        yield from findings
    elif not rechnung.zeilen:
        yield entfaellt(KEINE_KOSTEN)
    else:
        yield erfuellt(
            f"Gesamtausgaben von {euro(rechnung.gesamtausgaben.betrag)} sind gedeckt und nach eigener Angabe gesichert.",
            (*rechnung.pfad, "finanzierung"),
        )


def _gap(fall: Sachverhalt, rechnung: Rechnung) -> Iterator[Feststellung]:
    where = (*rechnung.pfad, "finanzierung")
    if rechnung.finanzierungsluecke is None:
        yield offen("Die Finanzierung ist nicht vollständig angegeben: finanzierung.eigenmittel fehlt.", where)
        return
    gap = rechnung.finanzierungsluecke.betrag
    tolerance = fall.fassung[FINANZIERUNGSLUECKE_AB].wert
    if gap >= tolerance:
        yield verletzt(
            f"Es fehlen {euro(gap)}: Gesamtausgaben {euro(rechnung.gesamtausgaben.betrag)}, Zuwendung "
            f"{euro(rechnung.zuwendung.betrag)}, Eigenmittel und weitere Mittel zusammen "
            f"{euro(rechnung.gesamtausgaben.betrag - rechnung.zuwendung.betrag - gap)}.",
            where,
            gap,
        )
    elif gap <= -tolerance:
        yield verletzt(
            f"Die Finanzierung übersteigt die Gesamtausgaben von {euro(rechnung.gesamtausgaben.betrag)} um {euro(-gap)}.",
            where,
            -gap,
        )


def _statement(fall: Sachverhalt) -> Iterator[Feststellung]:
    gesichert = fall.vorhaben.gesamtfinanzierung_gesichert
    where = ("vorhaben", "gesamtfinanzierung_gesichert")
    if gesichert is None:
        yield offen("Angabe fehlt: Ist die Gesamtfinanzierung gesichert (gesamtfinanzierung_gesichert)?", where)
    elif not gesichert:
        yield verletzt("Die Gesamtfinanzierung ist nach eigener Angabe nicht gesichert.", where)


def _promises(rechnung: Rechnung) -> Iterator[Feststellung]:
    sources = rechnung.beteiligter.finanzierung.weitere if rechnung.beteiligter.finanzierung else ()
    unsure = [source for source in sources if not source.zugesagt]
    if unsure:
        names = aufzaehlung(f"{source.geber} ({euro(source.betrag)})" for source in unsure)
        yield offen(f"Noch nicht zugesagt: {names}.", (*rechnung.pfad, "finanzierung", "weitere"))
