"""Who may apply: kind of body, seat, start-ups, and the contract between partners."""

from datetime import date
from decimal import Decimal

from foerdercheck.calculation.rechnung import STARTUP, Rechnung, startup_ends
from foerdercheck.calculation.saetze import satz
from foerdercheck.calculation.zuwendung import highest_grant
from foerdercheck.model.befund import Feststellung, entfaellt, erfuellt, gekuerzt, hinweis, offen, verletzt
from foerdercheck.model.deutsch import aufzaehlung, datum, euro, in_ziffer
from foerdercheck.model.kalender import EIN_TAG
from foerdercheck.model.laender import land_name
from foerdercheck.model.location import feld
from foerdercheck.programmes.parameter import (
    ANTRAGSBERECHTIGT,
    ANTRAGSBERECHTIGT_WENN,
    FOERDERSATZ,
    SITZ,
    STARTUP_HOECHSTALTER_JAHRE,
    STARTUP_SONST_WIE,
    STARTUP_UNGEPRUEFT,
)
from foerdercheck.rules.sachverhalt import Aussagen, Sachverhalt, je_beteiligter, je_vorhaben


@je_beteiligter(ANTRAGSBERECHTIGT)
def antragsberechtigung(fall: Sachverhalt, rechnung: Rechnung) -> Aussagen:
    """The kind of body is one the programme names."""
    art = rechnung.beteiligter.art
    allowed = fall.fassung.of(ANTRAGSBERECHTIGT, rechnung.merkmale).wert
    where = (*rechnung.pfad, "art")
    merkmale = {**rechnung.merkmale, "art": art}
    conditional = None if art in allowed else fall.fassung.known(ANTRAGSBERECHTIGT_WENN, merkmale)
    if art in allowed:
        yield erfuellt(f"Die Art {art} ist antragsberechtigt.", where)
    elif conditional is not None and conditional.wert == "ja":
        yield erfuellt(
            f"Die Art {art} ist hier antragsberechtigt: {conditional.herkunft.inhalt}", where, conditional.auslegung
        )
    elif conditional is not None:
        unknown = [feld(name) for name in conditional.wenn if merkmale.get(name) == "unbekannt"]
        advice = f" Geben Sie {aufzaehlung(unknown)} an." if unknown else ""
        yield offen(
            f"Ob die Art {art} hier antragsberechtigt ist, ist offen: {conditional.herkunft.inhalt}{advice}", where
        )
    else:
        yield verletzt(
            f"Die Art {art} ist nicht antragsberechtigt; möglich sind {aufzaehlung(allowed, 'oder')}.", where
        )


@je_beteiligter(SITZ)
def sitz(fall: Sachverhalt, rechnung: Rechnung) -> Aussagen:
    """The seat or one place of business lies in the Land; a seat elsewhere with a branch there just passes."""
    wanted = fall.fassung.of(SITZ, rechnung.merkmale).wert
    beteiligter = rechnung.beteiligter
    if wanted == beteiligter.sitz:
        yield erfuellt(f"Der Sitz liegt in {land_name(wanted)}.", (*rechnung.pfad, "sitz"))
    elif wanted in beteiligter.betriebsstaetten:
        yield erfuellt(f"Eine Betriebsstätte liegt in {land_name(wanted)}.", (*rechnung.pfad, "betriebsstaetten"))
    elif beteiligter.sitz is None:
        yield offen(
            f"Sitz und Betriebsstätte fehlen; eines von beiden muss in {land_name(wanted)} liegen: geben Sie {feld('sitz')} oder "
            f"{feld('betriebsstaetten')} an.",
            rechnung.pfad,
        )
    else:
        yield verletzt(
            f"Weder Sitz ({land_name(beteiligter.sitz)}) noch Betriebsstätte liegt in {land_name(wanted)}.",
            (*rechnung.pfad, "sitz"),
        )


@je_beteiligter(STARTUP_HOECHSTALTER_JAHRE, STARTUP_SONST_WIE)
def startup(fall: Sachverhalt, rechnung: Rechnung) -> Aussagen:
    """A start-up is growth-oriented and was founded less than the limit ago.

    Founded 2021-01-16, applied for on 2026-01-15: passes (one day less than five years); on 2026-01-16: exactly
    five years, no longer a start-up.
    """
    beteiligter, applied = rechnung.beteiligter, fall.vorhaben.antragsdatum
    where = (*rechnung.pfad, "gruendung")
    end = startup_ends(beteiligter, fall.fassung, rechnung.merkmale)
    missing = [feld(name) for name in ("gruendung", "wachstumsorientiert") if getattr(beteiligter, name) is None]
    if beteiligter.art != STARTUP:
        yield entfaellt("Kein Start-up.")
    elif rechnung.art != STARTUP:
        yield _no_startup(fall, rechnung, end if end is not None and applied >= end else None)
    elif missing or end is None:
        other = fall.fassung.of(STARTUP_SONST_WIE, rechnung.merkmale)
        yield offen(
            f"Für ein Start-up fehlt die Angabe {aufzaehlung(missing)}; gerechnet wird wie ein Start-up. Ist es keines, gilt der "
            "Satz der "
            f"Art {other.wert}, höchstens {euro(_highest(fall, rechnung, other.wert))}.",
            rechnung.pfad,
        )
    elif beteiligter.gruendung is not None and beteiligter.gruendung > applied:
        yield offen(
            f"Die Gründung liegt nach dem Antrag: prüfen Sie {feld('gruendung')} und {feld('antragsdatum')}.", where
        )
    else:
        limit = fall.fassung.of(STARTUP_HOECHSTALTER_JAHRE, rechnung.merkmale).wert
        yield erfuellt(
            f"Bei Antragstellung am {datum(applied)} jünger als {limit} Jahre (bis einschließlich {datum(end - EIN_TAG)}) und "
            "wachstumsorientiert.",
            where,
        )
    if rechnung.art == STARTUP and (unasked := fall.fassung.find(STARTUP_UNGEPRUEFT, rechnung.merkmale)) is not None:
        yield hinweis(
            f"Ein Start-up muss außerdem {aufzaehlung(unasked.wert)} sein ({in_ziffer(unasked.ziffer)}); danach wird hier nicht "
            "gefragt.",
            rechnung.pfad,
        )


def _no_startup(fall: Sachverhalt, rechnung: Rechnung, too_old: date | None) -> Feststellung:
    """Say why it counts as another kind of body: too old since a day, else not growth-oriented; and what that costs."""
    limit, loss = fall.fassung.of(STARTUP_HOECHSTALTER_JAHRE, rechnung.merkmale).wert, _loss(fall, rechnung)
    reason = "ist nicht wachstumsorientiert"
    if too_old is not None:
        reason = f"besteht bei Antragstellung seit {limit} Jahren oder länger (erreicht am {datum(too_old)})"
    return gekuerzt(
        f"Das Unternehmen {reason}; damit ist es kein Start-up. Es gilt der Satz der Art {rechnung.art}, die höchste "
        f"Zuwendung sinkt um {euro(loss)}.",
        loss,
        (*rechnung.pfad, "gruendung" if too_old is not None else "wachstumsorientiert"),
        fall.fassung.of(STARTUP_SONST_WIE, rechnung.merkmale).auslegung,
    )


@je_vorhaben()
def kooperationsvertrag(fall: Sachverhalt) -> Aussagen:
    """Partners have a contract, at hand before the grant; on the day of the grant just passes."""
    if not fall.budget.partner:
        yield entfaellt("Keine Partner.")
        return
    vertrag, bewilligung = fall.vorhaben.kooperationsvertrag, fall.vorhaben.bewilligung
    where = ("vorhaben", "kooperationsvertrag")
    if vertrag is None:
        yield offen(
            f"Mit Partnern ist ein Kooperationsvertrag nötig: geben Sie sein Datum an ({feld('kooperationsvertrag')}).",
            where,
        )
    elif bewilligung is not None and vertrag > bewilligung:
        yield verletzt(
            f"Der Kooperationsvertrag vom {datum(vertrag)} liegt nach der Bewilligung am {datum(bewilligung)}; er muss vorher "
            "vorgelegt werden.",
            where,
        )
    elif bewilligung is None and vertrag > fall.stichtag:
        yield offen(
            f"Der Kooperationsvertrag ist erst für den {datum(vertrag)} geplant; er muss vor der Bewilligung vorliegen. Geben Sie "
            "deren Tag "
            f"unter {feld('bewilligung')} an.",
            where,
        )
    else:
        yield erfuellt(f"Kooperationsvertrag vom {datum(vertrag)}.", where)


def _loss(fall: Sachverhalt, rechnung: Rechnung) -> Decimal:
    """What the start-up rate would have given more."""
    return max(_highest(fall, rechnung, STARTUP) - rechnung.hoechste_zuwendung.betrag, Decimal("0.00"))


def _highest(fall: Sachverhalt, rechnung: Rechnung, art: str) -> Decimal:
    """Return the highest grant at the rate of a kind of body."""
    rate = satz(fall.fassung, FOERDERSATZ, {**rechnung.merkmale, "art": art}, fall.lage)
    return highest_grant(rechnung.zuwendungsfaehige_ausgaben, rate, fall.fassung).betrag
