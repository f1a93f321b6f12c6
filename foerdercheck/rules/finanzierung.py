"""The grant and the rest of the money: rate, own share, financing that closes."""

from collections.abc import Iterator

from foerdercheck.calculation.rechnung import Rechnung
from foerdercheck.model.befund import Feststellung, erfuellt, gekuerzt, offen, verletzt
from foerdercheck.model.deutsch import aufzaehlung, euro, prozent
from foerdercheck.programmes.parameter import FINANZIERUNGSLUECKE, FOERDERSATZ
from foerdercheck.rules.sachverhalt import Aussagen, Sachverhalt, je_beteiligter


@je_beteiligter(FOERDERSATZ)
def foerdersatz(_fall: Sachverhalt, rechnung: Rechnung) -> Aussagen:
    """The grant is at most rate × eligible cost; exactly that passes, one cent more is cut."""
    satz, highest = rechnung.foerdersatz, rechnung.hoechste_zuwendung.betrag
    if satz is None:
        yield offen(f"Für die Art {rechnung.art} nennt die Richtlinie keinen Fördersatz.", (*rechnung.pfad, "art"))
        return
    finanzierung = rechnung.beteiligter.finanzierung
    beantragt = finanzierung.beantragt if finanzierung else None
    limit = f"{prozent(satz.wert)} von {euro(rechnung.zuwendungsfaehige_ausgaben.betrag)}, höchstens {euro(highest)}"
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


@je_beteiligter(FINANZIERUNGSLUECKE)
def gesamtfinanzierung(fall: Sachverhalt, rechnung: Rechnung) -> Aussagen:
    """The financing is stated, secured, promised, and closes to within less than the tolerance (1.00 € violates)."""
    findings = [*_gap(fall, rechnung), *_statement(fall), *_promises(rechnung)]
    if findings:
        yield from findings
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
    tolerance = fall.fassung[FINANZIERUNGSLUECKE].wert
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
