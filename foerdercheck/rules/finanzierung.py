"""The grant and the rest of the money: rate, own share, financing that closes."""

from collections.abc import Iterator
from decimal import Decimal

from foerdercheck.calculation.mittel import angerechnete_mittel
from foerdercheck.calculation.rechnung import Rechnung, closing_method
from foerdercheck.calculation.saetze import Satz, je_gebiet
from foerdercheck.model.befund import Feststellung, entfaellt, erfuellt, gekuerzt, hinweis, offen, verletzt
from foerdercheck.model.deutsch import aufzaehlung, euro, prozent
from foerdercheck.model.finanzierung import HERKUENFTE
from foerdercheck.model.location import feld
from foerdercheck.programmes.parameter import (
    BEIHILFEHOECHSTSAETZE_GEHEN_VOR,
    FINANZIERUNGSLUECKE_AB,
    FOERDERSATZ,
    GEBIETSANTEILE_VORAB_MIT,
)
from foerdercheck.rules.lesarten import ANTEIL, EIGENANTEIL_JE_BETEILIGTEM, EIGENES_GELD
from foerdercheck.rules.sachverhalt import KEINE_KOSTEN, Aussagen, Sachverhalt, je_beteiligter


@je_beteiligter(FOERDERSATZ)
def foerdersatz(fall: Sachverhalt, rechnung: Rechnung) -> Aussagen:
    """The grant is at most rate × eligible cost; exactly that passes, one cent more is cut."""
    satz, highest = rechnung.foerdersatz, rechnung.hoechste_zuwendung.betrag
    if satz is None:
        yield _no_rate(fall, rechnung)
        return
    beantragt = rechnung.beantragt
    if not rechnung.zeilen and not beantragt:
        yield entfaellt(KEINE_KOSTEN)
        return
    if (reason := _no_grant(fall, rechnung)) is not None:
        said, field = reason
        more = f"; möglich sind sonst bis {euro(highest)}" if highest else ""
        yield offen(
            f"{said}: ohne Zuwendung gibt es nichts zu fördern{more}. Prüfen Sie {feld(field)}.",
            (*rechnung.pfad, field),
        )
        if highest or not beantragt:
            return
    yield _by_rate(rechnung, satz)
    yield from _with_other_money(fall, rechnung, satz)
    yield from _beside_the_rate(fall, rechnung)


def _no_rate(fall: Sachverhalt, rechnung: Rechnung) -> Feststellung:
    """Say for what there is no rate; raises NichtGeregeltError where that depends on what is not stated."""
    cases = je_gebiet(rechnung.merkmale, fall.lage)
    case = next(case for case in cases if fall.fassung.known(FOERDERSATZ, case) is None)
    asked = {name for norm in fall.fassung.all(FOERDERSATZ) for name in norm.wenn} - {"art"}
    more = "".join(f", {name} {case[name]}" for name in case if name in asked)
    return offen(
        f"Für die Art {rechnung.art}{more} nennt die Richtlinie keinen Fördersatz: prüfen Sie {feld('art')}"
        f"{' und die Angaben dazu' if more else ''}, oder fragen Sie die Bewilligungsstelle.",
        (*rechnung.pfad, "art"),
    )


def _no_grant(fall: Sachverhalt, rechnung: Rechnung) -> tuple[str, str] | None:
    """Return why there would be no grant at all, and the field of the Beteiligter that says so; None where there is one.

    A partner of whose cost nothing counts takes part without a grant, as long as others get one.
    """
    if rechnung.beantragt is not None and not rechnung.beantragt:
        return "Beantragt sind 0,00 €", "finanzierung"
    if not rechnung.zuwendung_nach_satz.betrag and not any(r.zuwendung.betrag for r in fall.rechnungen):
        some = rechnung.zuwendungsfaehige_ausgaben.betrag
        return ("Nach dem Fördersatz sind es 0,00 €" if some else "Keine Ausgabe ist zuwendungsfähig"), "kosten"
    if rechnung.von_anderen_gedeckt and not rechnung.zuwendung.betrag:
        return "Weitere Mittel decken alle Ausgaben", "finanzierung"
    return None


def _by_rate(rechnung: Rechnung, satz: Satz) -> Feststellung:
    beantragt, highest = rechnung.beantragt, rechnung.hoechste_zuwendung.betrag
    shares = ", ".join(f"{prozent(share)} {area}" for area, share in satz.anteile.items())
    areas = f" ({shares})" if shares else ""
    limit = (
        f"{prozent(satz.wert)}{areas} von {euro(rechnung.zuwendungsfaehige_ausgaben.betrag)}, höchstens {euro(highest)}"
    )
    if beantragt is None:
        assumed = "der Höchstbetrag" if rechnung.zuwendung.betrag == highest else euro(rechnung.zuwendung.betrag)
        text = f"Zuwendung {limit}; ohne Angabe von beantragt wird {assumed} angenommen."
        return erfuellt(text, auslegung=satz.auslegung)
    where = (*rechnung.pfad, "finanzierung", "beantragt")
    if beantragt <= highest:
        return erfuellt(f"Beantragt {euro(beantragt)}; möglich sind {limit}.", where, satz.auslegung)
    over = beantragt - highest
    text = f"Beantragt {euro(beantragt)}, möglich sind {limit}; {euro(over)} zu viel."
    return gekuerzt(text, over, where, satz.auslegung)


def _with_other_money(fall: Sachverhalt, rechnung: Rechnung, satz: Satz) -> Iterator[Feststellung]:
    """Where the rate is one of grant and such money together, both must stay within it; whether they belong together is open."""
    mittel = angerechnete_mittel([rechnung.beteiligter.finanzierung], fall.fassung)
    together, most = rechnung.zuwendung.betrag + mittel.betrag, rechnung.zuwendung_nach_satz.betrag
    where = (*rechnung.pfad, "finanzierung", "weitere")
    if mittel.betrag and together > most:
        names = aufzaehlung(source.geber for source in (*mittel.nach_angabe, *mittel.nach_namen))
        yield offen(
            f"Zuwendung und Geld von {names} zusammen ({euro(together)}) sind mehr als {prozent(satz.wert)} ({euro(most)}). Gehört es "
            f"zu dieser Förderung, sind {euro(together - most)} zu viel beantragt; klären Sie das mit der Bewilligungsstelle.",
            where,
        )
    elif mittel.betrag_ungewiss and together + mittel.betrag_ungewiss > most:
        names = aufzaehlung(f"{source.geber} ({euro(source.betrag)})" for source in mittel.ungewiss)
        yield offen(
            f"Wessen Geld das ist, ist nicht angegeben: {names}. Zählt es wie die Zuwendung, sind "
            f"{euro(together + mittel.betrag_ungewiss)} mehr als {prozent(satz.wert)} ({euro(most)}); geben Sie {feld('herkunft')} an "
            f"({', '.join(HERKUENFTE)}).",
            where,
        )


def _beside_the_rate(fall: Sachverhalt, rechnung: Rechnung) -> Iterator[Feststellung]:
    """What the programme wants heeded beside its rate: ceilings of State aid, shares of areas agreed beforehand."""
    ceilings = fall.fassung.find(BEIHILFEHOECHSTSAETZE_GEHEN_VOR, rechnung.merkmale)
    if ceilings is not None and ceilings.wert and rechnung.beteiligter.ist_unternehmen:
        yield hinweis(ceilings.herkunft.inhalt, (*rechnung.pfad, "wirtschaftlich_taetig"))
    agreed = fall.fassung.find(GEBIETSANTEILE_VORAB_MIT)
    if agreed is not None and len(fall.lage.anteile) > 1 and rechnung is fall.rechnungen[0]:
        yield hinweis(
            f"Die Anteile von {aufzaehlung(fall.lage.anteile)} werden vorab mit der {agreed.wert} vereinbart; legen Sie die "
            "Vereinbarung bei.",
            ("vorhaben", "landkreise"),
        )


@je_beteiligter()
def eigenbeteiligung(fall: Sachverhalt, rechnung: Rechnung) -> Aussagen:
    """The body pays something itself: one cent passes, nothing violates."""
    where = (*rechnung.pfad, "finanzierung", "eigenmittel")
    if rechnung.eigenmittel is None:
        yield offen(f"Angabe fehlt: Wie hoch sind die Eigenmittel ({feld('finanzierung', 'eigenmittel')})?", where)
    elif rechnung.eigenmittel.betrag > 0:
        yield erfuellt(f"Eigenmittel {euro(rechnung.eigenmittel.betrag)}.", where)
    else:
        reading = EIGENANTEIL_JE_BETEILIGTEM.marke if fall.budget.partner else None
        together = sum((r.eigenmittel.betrag for r in fall.rechnungen if r.eigenmittel), Decimal("0.00"))
        other = f" Über alle Beteiligten gezählt wären es {euro(together)}." if together else ""
        yield verletzt(
            f"Keine Eigenmittel: der Empfänger muss sich an den Ausgaben beteiligen.{other}", where, auslegung=reading
        )


@je_beteiligter(FINANZIERUNGSLUECKE_AB)
def gesamtfinanzierung(fall: Sachverhalt, rechnung: Rechnung) -> Aussagen:
    """The financing is stated, secured, promised, and no gap of the tolerance or more is left (1.00 € violates).

    Own money beyond need is no fault; money of others beyond need takes the place of the grant.
    """
    findings = [*_gap(fall, rechnung), *_statement(fall), *_promises(rechnung)]
    if findings:
        yield from findings
    elif not rechnung.zeilen:
        yield entfaellt(KEINE_KOSTEN)
    else:
        gap = rechnung.finanzierungsluecke
        left = gap is not None and gap.betrag > 0
        but = f" bis auf {euro(gap.betrag)}" if gap is not None and left else ""
        tolerance = fall.fassung.of(FINANZIERUNGSLUECKE_AB, rechnung.merkmale).auslegung if left else None
        yield erfuellt(
            f"Gesamtausgaben von {euro(rechnung.gesamtausgaben.betrag)} sind{but} gedeckt und nach eigener Angabe gesichert.",
            (*rechnung.pfad, "finanzierung"),
            tolerance,
        )
    yield from _beyond_need(fall, rechnung)


def _gap(fall: Sachverhalt, rechnung: Rechnung) -> Iterator[Feststellung]:
    where = (*rechnung.pfad, "finanzierung")
    if rechnung.finanzierungsluecke is None:
        yield offen(
            f"Die Finanzierung ist nicht vollständig angegeben: {feld('finanzierung', 'eigenmittel')} fehlt.", where
        )
        return
    gap = rechnung.finanzierungsluecke.betrag
    if gap >= fall.fassung.of(FINANZIERUNGSLUECKE_AB, rechnung.merkmale).wert:
        other = closing_method(rechnung, gap, fall.fassung)
        hint = ""
        if other is not None:
            methode, overhead = other
            hint = f"Mit der Gemeinkosten-Methode {methode} ({euro(overhead)}) geht die Finanzierung auf. "
        yield verletzt(
            f"{hint}Es fehlen {euro(gap)}: Gesamtausgaben {euro(rechnung.gesamtausgaben.betrag)}, Zuwendung "
            f"{euro(rechnung.zuwendung.betrag)}, Eigenmittel und weitere Mittel zusammen "
            f"{euro(rechnung.gesamtausgaben.betrag - rechnung.zuwendung.betrag - gap)}.",
            where,
            gap,
        )


def _beyond_need(fall: Sachverhalt, rechnung: Rechnung) -> Iterator[Feststellung]:
    """What is more than the cost: others' money lowers the grant to what is left, own money is merely not needed."""
    where = (*rechnung.pfad, "finanzierung")
    lost = rechnung.von_anderen_gedeckt
    left = f"Die weiteren Mittel lassen von {euro(rechnung.gesamtausgaben.betrag)} Gesamtausgaben {euro(rechnung.zuwendung.betrag)}"
    if lost and rechnung.beantragt is None:
        yield hinweis(f"{left} übrig; so viel ist als Zuwendung angenommen.", where, auslegung=ANTEIL.marke)
    elif lost:
        yield gekuerzt(
            f"{left} übrig; {euro(lost)} der Zuwendung entfallen.", lost, (*where, "beantragt"), ANTEIL.marke
        )
    gap = rechnung.finanzierungsluecke
    if gap is None or -gap.betrag < fall.fassung.of(FINANZIERUNGSLUECKE_AB, rechnung.merkmale).wert:
        return
    more = f"übersteigt die Finanzierung die Gesamtausgaben von {euro(rechnung.gesamtausgaben.betrag)} um {euro(-gap.betrag)}"
    rest = max(rechnung.gesamtausgaben.betrag - rechnung.weitere_mittel.betrag, Decimal("0.00"))
    if rest < rechnung.zuwendung.betrag:
        text = f"Mit den noch nicht zugesagten Mitteln {more}; werden sie zugesagt, bleiben für die Zuwendung nur {euro(rest)}."
        yield hinweis(text, where, -gap.betrag, ANTEIL.marke)
    else:
        text = f"Mit allen Mitteln {more}; gebraucht wird so viel nicht."
        yield hinweis(text, where, -gap.betrag, EIGENES_GELD.marke)


def _statement(fall: Sachverhalt) -> Iterator[Feststellung]:
    gesichert = fall.vorhaben.gesamtfinanzierung_gesichert
    where = ("vorhaben", "gesamtfinanzierung_gesichert")
    if gesichert is None:
        yield offen(
            f"Angabe fehlt: Ist die Gesamtfinanzierung gesichert ({feld('gesamtfinanzierung_gesichert')})?", where
        )
    elif not gesichert:
        yield verletzt("Die Gesamtfinanzierung ist nach eigener Angabe nicht gesichert.", where)


def _promises(rechnung: Rechnung) -> Iterator[Feststellung]:
    unsure = [source for source in rechnung.weitere_geber if not source.zugesagt]
    if unsure:
        names = aufzaehlung(f"{source.geber} ({euro(source.betrag)})" for source in unsure)
        yield offen(
            f"Nicht als zugesagt angegeben: {names}. Legen Sie die Zusage vor ({feld('zugesagt')}).",
            (*rechnung.pfad, "finanzierung", "weitere"),
        )
