"""When: the start of the project, the time in which cost may arise, the time in which grants may be given."""

from collections.abc import Iterator
from datetime import date
from functools import partial

from foerdercheck.calculation.auftraege import Auftragswert
from foerdercheck.calculation.rechnung import Rechnung
from foerdercheck.calculation.zeilen import FremdeJahre, FremdeMonate, SpaeterVertrag, Zeile
from foerdercheck.model.befund import Feststellung, entfaellt, erfuellt, hinweis, offen, verletzt
from foerdercheck.model.budget import Vorhaben
from foerdercheck.model.deutsch import anzahl, aufzaehlung, datum, euro, zahl
from foerdercheck.programmes.parameter import GELTUNGSDAUER, RICHTLINIE_GILT
from foerdercheck.rules.sachverhalt import KEINE_KOSTEN, Aussagen, Sachverhalt, cuts, je_beteiligter, je_vorhaben


@je_vorhaben()
def vorhabenbeginn(fall: Sachverhalt) -> Aussagen:
    """No order is placed before the grant, or before the permission to start early; on the day itself passes.

    As long as neither date is known, an order before the application violates, a later one is open.
    """
    orders = [geprueft.auftrag for geprueft in fall.vergabe.auftraege]
    contracts = [(order, order.vertrag) for order in orders if order.vertrag is not None]
    findings = [finding for order, vertrag in contracts for finding in _too_early(fall, order, vertrag)]
    findings += _early_begin(fall)
    if findings:
        yield from findings
    elif contracts:
        yield erfuellt(
            "Kein Vertrag wurde vor der Bewilligung oder der Genehmigung des vorzeitigen Beginns geschlossen."
        )
    else:
        yield erfuellt("Kein Vertrag ist geschlossen.")


def _too_early(fall: Sachverhalt, order: Auftragswert, vertrag: date) -> Iterator[Feststellung]:
    vorhaben = fall.vorhaben
    where = (*order.pfade[0], "auftrag", "vertrag")
    free = vorhaben.vorzeitiger_beginn_genehmigt or vorhaben.bewilligung
    if free is None:
        if vertrag < vorhaben.antragsdatum:
            yield verletzt(
                f"{order.name}: Vertrag vom {datum(vertrag)} noch vor dem Antrag am {datum(vorhaben.antragsdatum)}; das "
                "Vorhaben gilt damit als begonnen.",
                where,
            )
        else:
            yield offen(
                f"{order.name}: Ob der Vertrag vom {datum(vertrag)} zu früh kam, hängt vom Datum der Bewilligung oder der "
                "Genehmigung des vorzeitigen Beginns ab; beide fehlen.",
                where,
            )
    elif vertrag < free:
        what = "der Genehmigung des vorzeitigen Beginns" if vorhaben.vorzeitiger_beginn_genehmigt else "der Bewilligung"
        yield verletzt(
            f"{order.name}: Vertrag vom {datum(vertrag)} vor {what} am {datum(free)}; das Vorhaben gilt damit als begonnen.",
            where,
        )


def _early_begin(fall: Sachverhalt) -> Iterator[Feststellung]:
    vorhaben = fall.vorhaben
    free = vorhaben.vorzeitiger_beginn_genehmigt or vorhaben.bewilligung
    if free is not None and vorhaben.beginn < free:
        yield hinweis(
            f"Der Durchführungszeitraum beginnt am {datum(vorhaben.beginn)}, begonnen werden darf erst ab {datum(free)}; "
            "Ausgaben davor sind gefährdet.",
            ("vorhaben", "beginn"),
        )


@je_beteiligter()
def durchfuehrungszeitraum(fall: Sachverhalt, rechnung: Rechnung) -> Aussagen:
    """Only cost that arises during the project counts; hours of other years and later contracts are cut."""
    findings = cuts(rechnung, partial(_outside, fall.vorhaben), SpaeterVertrag, FremdeJahre, FremdeMonate)
    if findings:
        yield from findings
    elif not rechnung.zeilen:
        yield entfaellt(KEINE_KOSTEN)
    else:
        yield erfuellt("Alle Kosten liegen im Durchführungszeitraum.", rechnung.pfad)


def _outside(vorhaben: Vorhaben, zeile: Zeile, cut: SpaeterVertrag | FremdeJahre | FremdeMonate) -> str:
    name, dropped = zeile.position.bezeichnung, f"{euro(cut.betrag)} entfallen."
    if isinstance(cut, SpaeterVertrag):
        return f"Der Vertrag vom {datum(cut.vertrag)} liegt nach dem Ende des Vorhabens ({datum(vorhaben.ende)}); {dropped}"
    if isinstance(cut, FremdeMonate):
        months = anzahl(cut.monate, "Monat liegt", "Monate liegen")
        return f"„{name}“: {months} außerhalb des Durchführungszeitraums; {dropped}"
    hours, years = zahl(sum(cut.stunden.values())), aufzaehlung(map(str, cut.stunden))
    span = f"{datum(vorhaben.beginn)} bis {datum(vorhaben.ende)}"
    return f"„{name}“: {hours} h in {years} liegen außerhalb des Durchführungszeitraums {span}; {dropped}"


@je_vorhaben(GELTUNGSDAUER)
def geltungsdauer(fall: Sachverhalt) -> Aussagen:
    """The grant is given while the guideline is in force, over all its versions; first and last day included."""
    day = fall.vorhaben.bewilligung or fall.stichtag
    whole = fall.fassung.find(RICHTLINIE_GILT)
    gilt = whole.wert if whole else fall.fassung.gilt
    where = ("vorhaben", "bewilligung")
    if gilt.von <= day <= gilt.bis:
        yield erfuellt(f"Bewilligung am {datum(day)}, die Richtlinie gilt {gilt}.", where)
    else:
        yield verletzt(f"Bewilligung am {datum(day)} außerhalb der Geltung der Richtlinie ({gilt}).", where)
