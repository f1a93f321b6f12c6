"""Overhead: by a method the body may use, or at the rate the budget states."""

from collections.abc import Iterator
from decimal import Decimal

from foerdercheck.calculation.gemeinkosten import (
    DIREKT,
    PERSONAL,
    ArtOhneSatz,
    Hindernis,
    Investitionsschwerpunkt,
    holds_overhead,
)
from foerdercheck.calculation.rechnung import Rechnung
from foerdercheck.model.befund import Feststellung, entfaellt, erfuellt, gekuerzt, hinweis, offen
from foerdercheck.model.budget import ALLE_KOSTENARTEN
from foerdercheck.model.deutsch import aufzaehlung, euro, prozent
from foerdercheck.model.figure import rounded
from foerdercheck.model.location import Path, feld
from foerdercheck.programmes.norm import Norm
from foerdercheck.programmes.parameter import (
    GEMEINKOSTEN_OHNE,
    GEMEINKOSTENSATZ,
    GEMEINKOSTENSATZ_ANGABE_HOECHSTENS,
    GEMEINKOSTENSATZ_ANGABE_OHNE_WEITERES,
    INVESTITIONSSCHWERPUNKT_UEBER,
    METHODEN,
    RUNDUNG_POSITIONEN,
)
from foerdercheck.programmes.vokabular import KEINE
from foerdercheck.rules.lesarten import KEINE_DIREKTEN_KOSTEN
from foerdercheck.rules.sachverhalt import KEINE_KOSTEN, Aussagen, Sachverhalt, je_beteiligter


@je_beteiligter(GEMEINKOSTENSATZ, GEMEINKOSTEN_OHNE, INVESTITIONSSCHWERPUNKT_UEBER)
def gemeinkosten(fall: Sachverhalt, rechnung: Rechnung) -> Aussagen:
    """Overhead follows a method the body may use; a method it may not use is replaced by the one it may."""
    if rechnung.zeilen and rechnung.beteiligter.gemeinkosten.wort != KEINE:
        fall.fassung.known(INVESTITIONSSCHWERPUNKT_UEBER, fall.lage.merkmale)
        for methode in METHODEN:
            fall.fassung.known(GEMEINKOSTENSATZ, {**rechnung.merkmale, "methode": methode})
    yield _used(fall, rechnung, (*rechnung.pfad, "gemeinkosten"))
    yield from _other_measure(fall, rechnung)
    yield from _left_out(rechnung)


def _used(fall: Sachverhalt, rechnung: Rechnung, where: Path) -> Feststellung:
    overhead = rechnung.gemeinkosten
    if overhead.abgelehnt is not None:
        refused = overhead.abgelehnt
        loss = max(refused.betrag.betrag - overhead.betrag.betrag, Decimal("0.00"))
        return gekuerzt(
            f"Die Methode {refused.methode} ist nicht zulässig: {why_not(refused.hindernis)}. Gerechnet wird mit "
            f"{overhead.methode} ({euro(overhead.betrag.betrag)} statt {euro(refused.betrag.betrag)}).",
            loss,
            where,
            _reading(refused.hindernis),
        )
    if rechnung.beteiligter.gemeinkosten.wort == KEINE:
        return entfaellt(_NICHTS_ANGESETZT)
    if not rechnung.zeilen:
        return entfaellt(KEINE_KOSTEN)
    if overhead.methode == KEINE:
        return offen(_KEIN_SATZ, where)
    return _by_method(fall, rechnung, where)


def _by_method(fall: Sachverhalt, rechnung: Rechnung, where: Path) -> Feststellung:
    """Return by which method overhead is computed, with what the others would give."""
    overhead = rechnung.gemeinkosten
    chosen = next(variante for variante in overhead.varianten if variante.methode == overhead.methode)
    others = [variante for variante in overhead.varianten if variante is not chosen]
    compared = "".join(
        f"; {other.methode}: {euro(other.betrag.betrag)}"
        + (f" ({why_not(other.hindernis)})" if other.hindernis else "")
        for other in others
    )
    without = fall.fassung.of(GEMEINKOSTEN_OHNE, rechnung.merkmale)
    omitted = chosen.methode == DIREKT and any(zeile.position.kostenart in without.wert for zeile in rechnung.zeilen)
    focus = fall.fassung.find(INVESTITIONSSCHWERPUNKT_UEBER, fall.lage.merkmale)
    invests = chosen.methode == DIREKT and any(zeile.position.kostenart == "investition" for zeile in rechnung.zeilen)
    readings = (
        chosen.norm and chosen.norm.auslegung,
        without.auslegung if omitted else None,
        focus.auslegung if focus and invests else None,
        *(_reading(other.hindernis) for other in others),
    )
    return erfuellt(
        f"Methode {chosen.methode}: {prozent(chosen.satz)}, {euro(chosen.betrag.betrag)}{compared}.",
        where,
        next((reading for reading in readings if reading), None),
    )


def _reading(hindernis: Hindernis | None) -> str | None:
    """Return what of the reason why a method may not be used is our own reading."""
    return hindernis.ueber.auslegung if isinstance(hindernis, Investitionsschwerpunkt) else None


def _other_measure(fall: Sachverhalt, rechnung: Rechnung) -> Iterator[Feststellung]:
    """Say so where the focus on investments, measured by one Beteiligter alone, would decide for another method."""
    used, other = rechnung.gemeinkosten, rechnung.gemeinkosten.je_beteiligter
    if other is not None:
        yield hinweis(
            f"Der Schwerpunkt auf Investitionen ist am ganzen Vorhaben gemessen (Methode {used.methode}, "
            f"{euro(used.betrag.betrag)}); allein an den Kosten von {rechnung.name} gemessen wäre es {other.methode} mit "
            f"{euro(other.betrag.betrag)}.",
            (*rechnung.pfad, "gemeinkosten"),
            auslegung=fall.fassung.of(INVESTITIONSSCHWERPUNKT_UEBER, rechnung.merkmale).auslegung,
        )


def _left_out(rechnung: Rechnung) -> Iterator[Feststellung]:
    """Name lump sums that hold overhead already; that they are no direct cost of personnel either is our reading."""
    methode = rechnung.gemeinkosten.methode
    kinds = {PERSONAL: ("personal",), DIREKT: ALLE_KOSTENARTEN}.get(methode, ())
    lines = [zeile for zeile in rechnung.zeilen if holds_overhead(zeile) and zeile.position.kostenart in kinds]
    if lines:
        names = aufzaehlung(f"„{zeile.position.bezeichnung}“" for zeile in lines)
        yield hinweis(
            f"{names}: die Pauschale enthält schon Gemeinkosten und zählt nicht zur Grundlage.",
            lines[0].pfad,
            auslegung=KEINE_DIREKTEN_KOSTEN.marke if methode == PERSONAL else None,
        )


_KEIN_SATZ = (
    "Für diesen Fall nennt das Programm keinen Satz für Gemeinkosten; angesetzt ist nichts. Geben Sie "
    f"{feld('gemeinkosten')}: {KEINE} an, oder fragen Sie die Bewilligungsstelle."
)
_NICHTS_ANGESETZT = "Es werden keine Gemeinkosten angesetzt."


def why_not(hindernis: Hindernis | None) -> str | None:
    """Return why a method may not be used, without a full stop; None if it may."""
    if hindernis is None:
        return None
    if isinstance(hindernis, ArtOhneSatz):
        return (
            f"nicht für die Art {hindernis.art}"
            if hindernis.art
            else "in diesem Fall nennt das Programm dafür keinen Satz"
        )
    return (
        f"Schwerpunkt auf Investitionen: {euro(hindernis.investitionen)} von {euro(hindernis.direkte_ausgaben)} direkten Kosten des "
        f"Vorhabens sind mehr als {prozent(hindernis.ueber.wert)}"
    )


@je_beteiligter(GEMEINKOSTENSATZ_ANGABE_HOECHSTENS)
def gemeinkosten_angabe(fall: Sachverhalt, rechnung: Rechnung) -> Aussagen:
    """The rate of overhead is not known here, so the budget states it; more than the largest allowed rate is cut."""
    where = (*rechnung.pfad, "gemeinkosten")
    if rechnung.gemeinkosten.satz is not None:
        yield from _stated(fall, rechnung, rechnung.gemeinkosten.satz, where)
    elif rechnung.beteiligter.gemeinkosten.wort == KEINE:
        yield entfaellt(_NICHTS_ANGESETZT)
    else:
        allowed = [
            (methode, norm.wert) for methode in METHODEN if (norm := _at_most(fall, rechnung, methode)) is not None
        ]
        if not allowed:
            yield offen(_KEIN_SATZ, where)
            return
        limits = aufzaehlung((f"{methode} bis {prozent(most)}" for methode, most in allowed), "oder")
        methode, most = allowed[0]
        plain = _without_more(fall, rechnung, methode)
        yield offen(
            f"Welche Pauschale für Gemeinkosten gilt, ist hier nicht bekannt: geben Sie Methode und Satz an ({limits}, z. B. "
            f"{feld('gemeinkosten')}: {methode} {prozent(plain.wert if plain else most)}) oder keine. Bis dahin ist nichts angesetzt.",
            where,
        )


def _stated(fall: Sachverhalt, rechnung: Rechnung, satz: Decimal, where: Path) -> Aussagen:
    if not rechnung.zeilen:
        yield entfaellt(KEINE_KOSTEN)
        return
    yield from _judged(fall, rechnung, satz, where)
    yield hinweis(
        "Ob die Bewilligungsstelle diese Pauschale anwendet, ist hier nicht bekannt; fragen Sie vorher nach.", where
    )


def _judged(fall: Sachverhalt, rechnung: Rechnung, satz: Decimal, where: Path) -> Aussagen:
    """More than the largest rate is cut; what of the rest goes beyond the rate that needs nothing more is open."""
    overhead = rechnung.gemeinkosten
    (variante,) = overhead.varianten
    _at_most(fall, rechnung, overhead.methode)
    most = variante.norm.wert if variante.norm else Decimal()
    used = min(satz, most)
    said = f"Methode {overhead.methode} mit {prozent(used)}: {euro(overhead.betrag.betrag)}"

    def at(rate: Decimal) -> Decimal:
        return rounded(variante.basis.betrag * rate, fall.fassung[RUNDUNG_POSITIONEN].wert)

    if satz > most:
        loss = at(satz) - overhead.betrag.betrag
        allowed = f"möglich höchstens {prozent(most)}" if variante.zulaessig else why_not(variante.hindernis)
        yield gekuerzt(f"{said}; angegeben sind {prozent(satz)}, {allowed}.", loss, where)
    plain = _without_more(fall, rechnung, overhead.methode)
    if plain is not None and used > plain.wert:
        yield offen(
            f"{said}, nach eigener Angabe. Ob mehr als {prozent(plain.wert)} ({euro(at(plain.wert))}) vorgesehen sind, ist hier nicht "
            f"bekannt: {plain.herkunft.inhalt} Fragen Sie die Bewilligungsstelle, oder senken Sie den Satz unter "
            f"{feld('gemeinkosten')}.",
            where,
            plain.auslegung,
        )
    elif satz <= most:
        yield erfuellt(f"{said}, nach eigener Angabe.", where)


def _at_most(fall: Sachverhalt, rechnung: Rechnung, methode: str) -> Norm[Decimal] | None:
    return fall.fassung.known(GEMEINKOSTENSATZ_ANGABE_HOECHSTENS, {**rechnung.merkmale, "methode": methode})


def _without_more(fall: Sachverhalt, rechnung: Rechnung, methode: str) -> Norm[Decimal] | None:
    return fall.fassung.known(GEMEINKOSTENSATZ_ANGABE_OHNE_WEITERES, {**rechnung.merkmale, "methode": methode})
