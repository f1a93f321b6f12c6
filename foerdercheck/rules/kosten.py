"""Which cost counts: kinds of cost, hours of personnel and their proof, overhead, VAT."""

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

from foerdercheck.calculation.rechnung import Rechnung
from foerdercheck.model.befund import Feststellung, entfaellt, erfuellt, gekuerzt, hinweis, offen
from foerdercheck.model.budget import Sachposition, Stundenposition
from foerdercheck.model.deutsch import aufzaehlung, euro, prozent, zahl
from foerdercheck.model.figure import rounded
from foerdercheck.model.kalender import months_per_year
from foerdercheck.programmes.norm import Norm
from foerdercheck.programmes.parameter import (
    GEMEINKOSTEN_OHNE,
    GEMEINKOSTENSATZ,
    GEMEINKOSTENSATZ_ANGABE_HOECHSTENS,
    GEMEINKOSTENSATZ_ANGABE_OHNE_WEITERES,
    HOECHSTSTUNDEN_JE_JAHR,
    INVESTITIONSSCHWERPUNKT_UEBER,
    KOSTENARTEN,
    KOSTENARTEN_UNGEWISS,
    RUNDUNG_POSITIONEN,
    UMSATZSTEUER_BIS_GESAMTAUSGABEN,
)
from foerdercheck.programmes.vokabular import KEINE
from foerdercheck.rules.sachverhalt import KEINE_KOSTEN, Aussagen, Sachverhalt, cuts, je_beteiligter


@je_beteiligter(KOSTENARTEN)
def kostenarten(fall: Sachverhalt, rechnung: Rechnung) -> Aussagen:
    """Only the listed kinds of cost count; a line of any other kind is cut whole."""
    findings = [*cuts(rechnung, "kostenart"), *_uncertain_kinds(fall, rechnung)]
    if findings:
        yield from findings
    elif not rechnung.zeilen:
        yield offen(KEINE_KOSTEN, rechnung.pfad)
    else:
        unsure = fall.fassung.find(KOSTENARTEN_UNGEWISS)
        allowed = [kind for kind in fall.fassung[KOSTENARTEN].wert if not unsure or kind not in unsure.wert]
        yield erfuellt(f"Alle Positionen sind förderfähiger Art ({aufzaehlung(allowed)}).", (*rechnung.pfad, "kosten"))


def _uncertain_kinds(fall: Sachverhalt, rechnung: Rechnung) -> Iterator[Feststellung]:
    """Point out lines of a kind of which it is not known whether it counts; they are counted until then."""
    norm = fall.fassung.find(KOSTENARTEN_UNGEWISS)
    if norm is None:
        return
    for zeile in (zeile for zeile in rechnung.zeilen if zeile.position.kostenart in norm.wert):
        yield offen(
            f"„{zeile.position.bezeichnung}“: ob die Kostenart {zeile.position.kostenart} förderfähig ist, ist hier nicht "
            f"bekannt; {euro(zeile.angesetzt.betrag)} sind vorläufig mitgerechnet. {norm.herkunft.inhalt}",
            zeile.pfad,
        )


@je_beteiligter(HOECHSTSTUNDEN_JE_JAHR)
def hoechststunden(fall: Sachverhalt, rechnung: Rechnung) -> Aussagen:
    """A person counts with at most so many hours a calendar year, over all lines and Beteiligte: 1,720 just pass.

    Hours beyond what the stated employment allows in the project's months are pointed out, not cut.
    """
    most = fall.fassung[HOECHSTSTUNDEN_JE_JAHR].wert
    findings = [*cuts(rechnung, "hoechststunden"), *_beyond_employment(fall, rechnung, most)]
    if findings:
        yield from findings
    elif not any(isinstance(zeile.position, Stundenposition) for zeile in rechnung.zeilen):
        yield entfaellt("Keine Personalstunden.")
    else:
        yield erfuellt(f"Niemand überschreitet {zahl(most)} Stunden je Kalenderjahr.", (*rechnung.pfad, "kosten"))


@je_beteiligter()
def stundennachweis(_fall: Sachverhalt, rechnung: Rechnung) -> Aussagen:
    """Each personnel line says how the hours are proven."""
    lines = [zeile for zeile in rechnung.zeilen if isinstance(zeile.position, Stundenposition)]
    missing = [
        zeile for zeile in lines if isinstance(zeile.position, Stundenposition) and zeile.position.nachweis is None
    ]
    if not lines:
        yield entfaellt("Keine Personalstunden.")
    elif missing:
        names = aufzaehlung(f"„{zeile.position.bezeichnung}“" for zeile in missing)
        yield hinweis(
            f"{names}: nachweis nicht angegeben. Bei festem Anteil genügt ein Dokument des Arbeitgebers mit dem Prozentsatz "
            "(fester_anteil), sonst sind Stundennachweise zu führen (stundennachweis).",
            missing[0].pfad,
        )
    else:
        yield erfuellt("Für alle Personalpositionen ist der Nachweis benannt.", (*rechnung.pfad, "kosten"))


@je_beteiligter(GEMEINKOSTENSATZ, GEMEINKOSTEN_OHNE, INVESTITIONSSCHWERPUNKT_UEBER)
def gemeinkosten(_fall: Sachverhalt, rechnung: Rechnung) -> Aussagen:
    """Overhead follows a method the body may use; a method it may not use is replaced by the one it may."""
    overhead = rechnung.gemeinkosten
    where = (*rechnung.pfad, "gemeinkosten")
    if overhead.abgelehnt is not None:
        refused = overhead.abgelehnt
        loss = max(refused.betrag.betrag - overhead.betrag.betrag, Decimal("0.00"))
        yield gekuerzt(
            f"Die Methode {refused.methode} ist nicht zulässig: {refused.grund}. Gerechnet wird mit {overhead.methode} "
            f"({euro(overhead.betrag.betrag)} statt {euro(refused.betrag.betrag)}).",
            loss,
            where,
        )
        return
    if overhead.methode == "keine":
        yield entfaellt("Es werden keine Gemeinkosten angesetzt.")
        return
    if not rechnung.zeilen:
        yield entfaellt(KEINE_KOSTEN)
        return
    chosen = next(variante for variante in overhead.varianten if variante.methode == overhead.methode)
    others = [variante for variante in overhead.varianten if variante is not chosen]
    compared = "".join(
        f"; {other.methode}: {euro(other.betrag.betrag)}" + (f" ({other.grund})" if other.grund else "")
        for other in others
    )
    yield erfuellt(
        f"Methode {chosen.methode}: {prozent(chosen.satz)}, {euro(chosen.betrag.betrag)}{compared}.",
        where,
        chosen.norm and chosen.norm.auslegung,
    )


@je_beteiligter(GEMEINKOSTENSATZ_ANGABE_HOECHSTENS)
def gemeinkosten_angabe(fall: Sachverhalt, rechnung: Rechnung) -> Aussagen:
    """The rate of overhead is not known here, so the budget states it; more than the largest allowed rate is cut."""
    overhead = rechnung.gemeinkosten
    where = (*rechnung.pfad, "gemeinkosten")
    limits = aufzaehlung(
        (
            f"{methode} bis {prozent(norm.wert)}"
            for norm in fall.fassung.all(GEMEINKOSTENSATZ_ANGABE_HOECHSTENS)
            for methode in sorted(norm.wenn["methode"])
        ),
        "oder",
    )
    if overhead.satz is None and rechnung.beteiligter.gemeinkosten.wort == KEINE:
        yield entfaellt("Es werden keine Gemeinkosten angesetzt.")
        return
    if overhead.satz is None:
        yield offen(
            f"Welche Pauschale für Gemeinkosten gilt, ist hier nicht bekannt: geben Sie Methode und Satz an ({limits}, z. B. "
            "gemeinkosten: personal 15 %) oder keine. Bis dahin ist nichts angesetzt.",
            where,
        )
        return
    if not rechnung.zeilen:
        yield entfaellt(KEINE_KOSTEN)
        return
    (variante,) = overhead.varianten
    most = variante.norm.wert if variante.norm else Decimal(0)
    said = f"Methode {overhead.methode} mit {prozent(min(overhead.satz, most))}: {euro(overhead.betrag.betrag)}"
    if overhead.satz > most:
        stated = rounded(variante.basis.betrag * overhead.satz, fall.fassung[RUNDUNG_POSITIONEN].wert)
        loss = stated - overhead.betrag.betrag
        yield gekuerzt(
            f"{said}; angegeben sind {prozent(overhead.satz)}, möglich höchstens {prozent(most)}.", loss, where
        )
    elif (plain := _without_more(fall, rechnung)) is not None and overhead.satz > plain.wert:
        yield offen(
            f"{said}, nach eigener Angabe. Nur bis {prozent(plain.wert)} geht das ohne Weiteres; ob mehr vorgesehen ist, ist hier "
            "nicht bekannt.",
            where,
        )
    else:
        yield erfuellt(f"{said}, nach eigener Angabe.", where)
    yield hinweis(
        "Ob die Bewilligungsstelle diese Pauschale anwendet, ist hier nicht bekannt; fragen Sie vorher nach.", where
    )


def _without_more(fall: Sachverhalt, rechnung: Rechnung) -> Norm[Decimal] | None:
    return fall.fassung.find(
        GEMEINKOSTENSATZ_ANGABE_OHNE_WEITERES, {**rechnung.merkmale, "methode": rechnung.gemeinkosten.methode}
    )


@je_beteiligter(UMSATZSTEUER_BIS_GESAMTAUSGABEN)
def umsatzsteuer_grenze(fall: Sachverhalt, rechnung: Rechnung) -> Aussagen:
    """VAT counts without more ado up to a total cost; beyond it only if it cannot be recovered."""
    limit = fall.fassung[UMSATZSTEUER_BIS_GESAMTAUSGABEN].wert
    total = sum((r.gesamtausgaben.betrag + _vat_left_out(r) for r in fall.rechnungen), Decimal())
    if rechnung.beteiligter.zieht_vorsteuer_ab:
        yield entfaellt("Die Umsatzsteuer zählt wegen des Vorsteuerabzugs ohnehin nicht.")
    elif not rechnung.zeilen:
        yield entfaellt(KEINE_KOSTEN)
    elif total <= limit:
        yield erfuellt(
            f"Gesamtausgaben von {euro(total)} liegen nicht über {euro(limit)}; die Umsatzsteuer zählt mit.",
            rechnung.pfad,
        )
    elif rechnung.beteiligter.vorsteuerabzug is None:
        yield offen(
            f"Gesamtausgaben von {euro(total)} liegen über {euro(limit)}: die Umsatzsteuer zählt nur, wenn sie nicht erstattet wird; "
            "geben Sie vorsteuerabzug an.",
            (*rechnung.pfad, "vorsteuerabzug"),
        )
    else:
        yield hinweis(
            f"Gesamtausgaben von {euro(total)} liegen über {euro(limit)}: die Umsatzsteuer ist mitgerechnet, weil nach eigener Angabe "
            "kein Vorsteuerabzug besteht; weisen Sie das nach.",
            (*rechnung.pfad, "vorsteuerabzug"),
        )


def _vat_left_out(rechnung: Rechnung) -> Decimal:
    """Return the VAT on prices that count net; the limit is on cost with VAT."""
    if not rechnung.beteiligter.zieht_vorsteuer_ab:
        return Decimal()
    positions = (zeile.position for zeile in rechnung.zeilen)
    prices = (position for position in positions if isinstance(position, Sachposition))
    return sum((position.wert_brutto - position.wert_netto for position in prices), Decimal())


@je_beteiligter()
def umsatzsteuer(_fall: Sachverhalt, rechnung: Rechnung) -> Aussagen:
    """A body that deducts input VAT bears the net price only."""
    if not rechnung.beteiligter.zieht_vorsteuer_ab:
        yield entfaellt("Kein Vorsteuerabzug; die Umsatzsteuer ist Teil der Kosten.")
        return
    priced = [(zeile.pfad, zeile.position) for zeile in rechnung.zeilen if isinstance(zeile.position, Sachposition)]
    gross = [(pfad, position) for pfad, position in priced if position.brutto is not None]
    for pfad, position in gross:
        vat = position.wert_brutto - position.wert_netto
        yield hinweis(
            f"„{position.bezeichnung}“ ist brutto angegeben; wegen des Vorsteuerabzugs zählen {euro(position.wert_netto)}, die "
            f"Umsatzsteuer von {euro(vat)} bleibt außer Ansatz.",
            (*pfad, "brutto"),
            vat,
        )
    if not priced:
        yield entfaellt("Keine Positionen mit Umsatzsteuer.")
    elif not gross:
        yield erfuellt("Alle Preise sind netto angesetzt.", (*rechnung.pfad, "kosten"))


@lru_cache(maxsize=1024)
def _capacity(hours_a_year: Decimal, months: int) -> Fraction:
    return Fraction(hours_a_year * months) / 12


def _beyond_employment(fall: Sachverhalt, rechnung: Rechnung, most: Decimal) -> Iterator[Feststellung]:
    """Hours of a person over all bodies against most × employment × months of the project in the year / 12.

    Said once for each person and year, at the last body that counts hours of the person in it.
    """
    months = months_per_year(fall.vorhaben.beginn, fall.vorhaben.ende)
    for worked in fall.arbeit.get(rechnung.pfad, ()):
        capacity = _capacity(most * worked.employment, months[worked.year])
        if worked.hours > capacity:
            yield hinweis(
                f"{worked.name}: {zahl(worked.hours)} h in {worked.year} sind mehr, als {prozent(worked.employment)} Beschäftigung "
                f"in {months[worked.year]} Projektmonaten hergeben ({zahl(capacity, 2)} h). Prüfen Sie stunden und "
                "beschaeftigungsumfang [Auslegung: anteilig gerechnet].",
                worked.pfad,
            )
