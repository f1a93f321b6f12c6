"""When: the last day to apply, the start of the project, the time in which cost may arise, in which grants may be given."""

from collections.abc import Iterator
from datetime import date
from functools import partial

from foerdercheck.calculation.auftraege import Auftragswert
from foerdercheck.calculation.rechnung import Rechnung
from foerdercheck.calculation.zeilen import FremdeJahre, FremdeMonate, SpaeterVertrag, UnmoeglicheStunden, Zeile
from foerdercheck.model.befund import Feststellung, entfaellt, erfuellt, hinweis, offen, verletzt
from foerdercheck.model.budget import Vorhaben
from foerdercheck.model.deutsch import anzahl, aufzaehlung, datum, euro, zahl
from foerdercheck.model.location import feld
from foerdercheck.programmes.parameter import (
    ANTRAGSSCHLUSS,
    ANTRAGSSCHLUSS_UNGEWISS_BIS,
    GELTUNGSDAUER,
    RICHTLINIE_GILT,
)
from foerdercheck.rules.lesarten import KEINE_UEBERGANGSREGEL
from foerdercheck.rules.sachverhalt import (
    KEINE_KOSTEN,
    Aussagen,
    Sachverhalt,
    as_person,
    cuts,
    je_beteiligter,
    je_vorhaben,
)


@je_vorhaben()
def vorhabenbeginn(fall: Sachverhalt) -> Aussagen:
    """No order is placed and the project is not over before the day on which it may begin; on the day itself passes.

    That day is the earlier of the grant and the permission to start early. As long as neither is known, an order or an end before
    the application violates, a later order is open. Days that cannot follow each other so are open, too.
    """
    contracts = [(order, order.vertrag) for order in fall.auftraege if order.vertrag is not None]
    findings = [finding for order, vertrag in contracts for finding in _too_early(fall, order, vertrag)]
    findings += [*_days_in_order(fall), *_early_begin(fall)]
    if findings:
        yield from findings
    elif contracts:
        yield erfuellt(
            "Kein Vertrag wurde vor der Bewilligung oder der Genehmigung des vorzeitigen Beginns geschlossen."
        )
    else:
        yield erfuellt("Kein Vertrag ist angegeben.")


def _free_day(fall: Sachverhalt) -> tuple[date, str] | None:
    """Return the first day on which the project may begin, and what happened on it; None while neither is known."""
    genehmigt, bewilligung = fall.vorhaben.vorzeitiger_beginn_genehmigt, fall.vorhaben.bewilligung
    if genehmigt is not None and (bewilligung is None or genehmigt < bewilligung):
        return genehmigt, "der Genehmigung des vorzeitigen Beginns"
    return None if bewilligung is None else (bewilligung, "der Bewilligung")


def _too_early(fall: Sachverhalt, order: Auftragswert, vertrag: date) -> Iterator[Feststellung]:
    antrag = fall.vorhaben.antragsdatum
    where = (*order.pfade[0], "auftrag", "vertrag")
    free = _free_day(fall)
    if free is None and vertrag < antrag:
        yield verletzt(
            f"{order.name}: Vertrag vom {datum(vertrag)} noch vor dem Antrag am {datum(antrag)}; das Vorhaben gilt damit als "
            "begonnen.",
            where,
        )
    elif free is None:
        yield offen(
            f"{order.name}: Ob der Vertrag vom {datum(vertrag)} zu früh kam, hängt vom Tag der Bewilligung oder der "
            f"Genehmigung des vorzeitigen Beginns ab: geben Sie {feld('bewilligung')} oder {feld('vorzeitiger_beginn_genehmigt')} an.",
            where,
        )
    elif vertrag < free[0]:
        day, what = free
        yield verletzt(
            f"{order.name}: Vertrag vom {datum(vertrag)} vor {what} am {datum(day)}; das Vorhaben gilt damit als begonnen.",
            where,
        )


def _days_in_order(fall: Sachverhalt) -> Iterator[Feststellung]:
    """Nothing is granted or permitted before it was applied for, and nothing that has not been applied for begins."""
    vorhaben = fall.vorhaben
    antrag, beginn = vorhaben.antragsdatum, vorhaben.beginn
    genehmigt, bewilligung = vorhaben.vorzeitiger_beginn_genehmigt, vorhaben.bewilligung
    if bewilligung is not None and bewilligung < antrag:
        yield offen(
            f"Die Bewilligung am {datum(bewilligung)} liegt vor dem Antrag am {datum(antrag)}; bewilligt wird nur auf Antrag: "
            f"prüfen Sie {feld('bewilligung')} und {feld('antragsdatum')}.",
            ("vorhaben", "bewilligung"),
        )
    if genehmigt is not None and genehmigt < antrag:
        yield offen(
            f"Der vorzeitige Beginn wurde am {datum(genehmigt)} genehmigt, beantragt wurde das Vorhaben erst am {datum(antrag)}: "
            f"prüfen Sie {feld('vorzeitiger_beginn_genehmigt')} und {feld('antragsdatum')}.",
            ("vorhaben", "vorzeitiger_beginn_genehmigt"),
        )
    if genehmigt is None and beginn < antrag:
        yield offen(
            f"Der Durchführungszeitraum beginnt am {datum(beginn)}, vor dem Antrag am {datum(antrag)}: gefördert wird nur, was noch "
            f"nicht begonnen hat. Prüfen Sie {feld('beginn')}, oder geben Sie {feld('vorzeitiger_beginn_genehmigt')} an.",
            ("vorhaben", "beginn"),
        )


def _early_begin(fall: Sachverhalt) -> Iterator[Feststellung]:
    beginn, ende = fall.vorhaben.beginn, fall.vorhaben.ende
    free = _free_day(fall)
    day, what = free or (fall.vorhaben.antragsdatum, "dem Antrag")
    if ende < day:
        yield verletzt(
            f"Das Vorhaben endet am {datum(ende)}, vor {what} am {datum(day)}; es gilt damit als begonnen.",
            ("vorhaben", "ende"),
        )
    elif free is not None and beginn < day:
        yield hinweis(
            f"Der Durchführungszeitraum beginnt am {datum(beginn)}, begonnen werden darf erst ab {datum(day)}; Ausgaben davor sind "
            "gefährdet.",
            ("vorhaben", "beginn"),
        )


@je_beteiligter()
def durchfuehrungszeitraum(fall: Sachverhalt, rechnung: Rechnung) -> Aussagen:
    """Only cost that arises during the project counts; hours of other years and later contracts are cut."""
    findings = cuts(
        rechnung, partial(_outside, fall.vorhaben), SpaeterVertrag, FremdeJahre, FremdeMonate, UnmoeglicheStunden
    )
    if findings:
        yield from findings
    elif not rechnung.zeilen:
        yield entfaellt(KEINE_KOSTEN)
    else:
        yield erfuellt("Alle Kosten liegen im Durchführungszeitraum.", rechnung.pfad)


def _outside(
    vorhaben: Vorhaben, zeile: Zeile, cut: SpaeterVertrag | FremdeJahre | FremdeMonate | UnmoeglicheStunden
) -> str:
    name, dropped = zeile.position.bezeichnung, f"{euro(cut.betrag)} entfallen."
    if isinstance(cut, SpaeterVertrag):
        return f"Der Vertrag vom {datum(cut.vertrag)} liegt nach dem Ende des Vorhabens ({datum(vorhaben.ende)}); {dropped}"
    if isinstance(cut, FremdeMonate):
        months = anzahl(cut.monate, "Monat liegt", "Monate liegen")
        return f"„{name}“: {months} außerhalb des Durchführungszeitraums; {dropped}"
    if isinstance(cut, UnmoeglicheStunden):
        over = aufzaehlung(f"{zahl(count)} h in {year}" for year, count in cut.stunden.items())
        who, shared = as_person(zeile.position)
        return f"{who}: so viele Stunden haben die Tage des Vorhabens nicht{shared}; {over} und damit {dropped}"
    hours, years = zahl(sum(cut.stunden.values())), aufzaehlung(map(str, cut.stunden))
    span = f"{datum(vorhaben.beginn)} bis {datum(vorhaben.ende)}"
    return f"„{name}“: {hours} h in {years} liegen außerhalb des Durchführungszeitraums {span}; {dropped}"


@je_vorhaben(GELTUNGSDAUER)
def geltungsdauer(fall: Sachverhalt) -> Aussagen:
    """The grant is given while the guideline is in force, over all its versions; first and last day included.

    An application of before that time is judged by the version in force on the day of the grant.
    """
    day = fall.vorhaben.bewilligung or fall.stichtag
    whole = fall.fassung.find(RICHTLINIE_GILT)
    gilt = whole.wert if whole else fall.fassung.gilt
    where = ("vorhaben", "bewilligung")
    if not gilt.von <= day <= gilt.bis:
        yield verletzt(f"Bewilligung am {datum(day)} außerhalb der Geltung der Richtlinie ({gilt}).", where)
        return
    yield erfuellt(f"Bewilligung am {datum(day)}, die Richtlinie gilt {gilt}.", where)
    if fall.vorhaben.bewilligung is not None and day > fall.fassung.gilt.bis:
        yield hinweis(
            f"Bei der Bewilligung am {datum(day)} gilt eine spätere Fassung; geprüft ist nach der vom Tag des Antrags "
            f"({fall.fassung.gilt}).",
            where,
            auslegung=KEINE_UEBERGANGSREGEL.marke,
        )
    if fall.vorhaben.antragsdatum < fall.fassung.gilt.von:
        yield hinweis(
            f"Der Antrag vom {datum(fall.vorhaben.antragsdatum)} liegt vor der Geltung; geprüft ist nach der Fassung, die bei der "
            f"Bewilligung am {datum(day)} gilt.",
            ("vorhaben", "antragsdatum"),
            auslegung=KEINE_UEBERGANGSREGEL.marke,
        )


@je_vorhaben(ANTRAGSSCHLUSS)
def antragsschluss(fall: Sachverhalt) -> Aussagen:
    """The application came in time: on the last day passes, later violates; in between it may be uncertain."""
    day, last = fall.vorhaben.antragsdatum, fall.fassung[ANTRAGSSCHLUSS].wert
    unsure = fall.fassung.find(ANTRAGSSCHLUSS_UNGEWISS_BIS)
    where = ("vorhaben", "antragsdatum")
    if day <= last:
        yield erfuellt(f"Antrag vom {datum(day)}, Antragsschluss war am {datum(last)}.", where)
    elif unsure is not None and day <= unsure.wert:
        yield offen(
            f"Antrag vom {datum(day)} nach dem {datum(last)}: {unsure.herkunft.inhalt} Weisen Sie die Auswahl nach, oder geben Sie "
            "als "
            f"{feld('antragsdatum')} den Tag der Bewerbung an.",
            where,
        )
    else:
        yield verletzt(
            f"Antrag vom {datum(day)}, Antragsschluss war am {datum(last)}: neue Anträge sind nicht mehr möglich. Für ein "
            "laufendes Vorhaben geben Sie den Tag seiner Bewerbung oder seines Antrags an.",
            where,
        )
