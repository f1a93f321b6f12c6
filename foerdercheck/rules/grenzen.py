"""Limits of a project as a whole: least and largest cost, the grant of a year, duration."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from foerdercheck.calculation.deckel import Zuwendungsgrenze, merkmale_der_position
from foerdercheck.calculation.rechnung import Rechnung
from foerdercheck.calculation.saetze import je_gebiet
from foerdercheck.calculation.zeilen import UeberHoechstausgaben, Zeile
from foerdercheck.model.befund import Feststellung, entfaellt, erfuellt, gekuerzt, hinweis, offen, verletzt
from foerdercheck.model.deutsch import aufzaehlung, datum, euro
from foerdercheck.model.finanzierung import HERKUENFTE
from foerdercheck.model.kalender import last_day
from foerdercheck.model.location import feld
from foerdercheck.programmes.fassung import NichtGeregeltError
from foerdercheck.programmes.norm import Norm
from foerdercheck.programmes.parameter import (
    HOECHSTAUSGABEN,
    HOECHSTAUSGABEN_DAVON,
    HOECHSTAUSGABEN_DAVON_UNGEWISS,
    HOECHSTAUSGABEN_UNGEWISS,
    HOECHSTDAUER_MONATE,
    MINDESTAUSGABEN,
    PHASEN,
    SPAETESTES_ENDE,
    VERLAENGERBAR_BIS,
    VERLAENGERUNG_UNGEWISS,
    ZUWENDUNG_JE_JAHR_HOECHSTENS,
)
from foerdercheck.rules.sachverhalt import KEINE_KOSTEN, Aussagen, Sachverhalt, cuts, je_beteiligter, je_vorhaben

_ENDE = ("vorhaben", "ende")
_JE_PHASE = (HOECHSTAUSGABEN, HOECHSTAUSGABEN_DAVON, HOECHSTAUSGABEN_UNGEWISS, HOECHSTAUSGABEN_DAVON_UNGEWISS)


@je_vorhaben(MINDESTAUSGABEN)
def mindestausgaben(fall: Sachverhalt) -> Aussagen:
    """The eligible cost of the whole project reaches the least amount for its kind: exactly that passes."""
    norm = fall.fassung.known(MINDESTAUSGABEN, fall.lage.merkmale)
    if norm is None:
        yield entfaellt("Für dieses Vorhaben gibt es keine Untergrenze.")
        return
    if not any(rechnung.zeilen for rechnung in fall.rechnungen):
        yield entfaellt(KEINE_KOSTEN)
        return
    total = sum((r.zuwendungsfaehige_ausgaben.betrag for r in fall.rechnungen), Decimal())
    kind = fall.lage.merkmale.get("foerdergegenstand")
    of_kind = f" (Fördergegenstand {kind})" if kind else ""
    where = ("vorhaben", "foerdergegenstand")
    said = f"Zuwendungsfähig sind {euro(total)}, verlangt mindestens {euro(norm.wert)}{of_kind}"
    if total >= norm.wert:
        yield erfuellt(f"{said}.", where, norm.auslegung)
    else:
        yield verletzt(f"{said}; es fehlen {euro(norm.wert - total)}.", where, norm.wert - total)


@je_beteiligter(PHASEN)
def hoechstausgaben(fall: Sachverhalt, rechnung: Rechnung) -> Aussagen:
    """Each line says its phase, and the cost of a phase is eligible up to its limit: exactly that passes."""
    if not any(fall.fassung.all(limit) for limit in _JE_PHASE):
        yield entfaellt("Für die Phasen ist keine Höchstgrenze bekannt.")
        return
    findings = [
        *cuts(rechnung, _over_limit, UeberHoechstausgaben),
        *_without_phase(fall, rechnung),
        *_uncertain(fall, rechnung),
    ]
    yield from findings
    for zeile in (zeile for zeile in rechnung.zeilen if zeile.position.phase is not None):
        for limit in (HOECHSTAUSGABEN, HOECHSTAUSGABEN_DAVON):
            fall.fassung.known(limit, merkmale_der_position(zeile.position, rechnung.merkmale))
    if findings:
        return
    if not rechnung.zeilen:
        yield entfaellt(KEINE_KOSTEN)
    else:
        sums = (f"Phase {phase}: {euro(betrag)}" for phase, betrag in _by_phase(rechnung).items())
        yield erfuellt(f"Die Grenzen sind eingehalten ({', '.join(sums)}).", (*rechnung.pfad, "kosten"))


def _over_limit(zeile: Zeile, cut: UeberHoechstausgaben) -> str:
    return (
        f"„{zeile.position.bezeichnung}“: von höchstens {euro(cut.grenze.wert)} "
        f"({cut.grenze.herkunft.inhalt.removesuffix('.')}) sind nur noch {euro(cut.frei)} frei; {euro(cut.betrag)} entfallen."
    )


def _by_phase(rechnung: Rechnung) -> dict[str | None, Decimal]:
    sums: dict[str | None, Decimal] = {}
    for zeile in rechnung.zeilen:
        phase = zeile.position.phase
        sums[phase] = sums.get(phase, Decimal()) + zeile.zuwendungsfaehig.betrag
    return sums


def _without_phase(fall: Sachverhalt, rechnung: Rechnung) -> Iterator[Feststellung]:
    missing = [zeile for zeile in rechnung.zeilen if zeile.position.phase is None]
    if missing:
        names = aufzaehlung(f"„{zeile.position.bezeichnung}“" for zeile in missing)
        phases = aufzaehlung((f"{key} ({was})" for key, was in fall.fassung[PHASEN].wert.items()), "oder")
        yield offen(f"{names}: geben Sie {feld('phase')} an, {phases}; ohne sie greift keine Grenze.", missing[0].pfad)


def _uncertain(fall: Sachverhalt, rechnung: Rechnung) -> Iterator[Feststellung]:
    """Point out sums over all Beteiligte beyond a limit of which it is not known whether, or for what, it holds here."""
    if rechnung is not fall.rechnungen[0]:
        return
    sums: dict[int, tuple[Norm[Decimal], Decimal]] = {}
    for each, zeile in ((r, zeile) for r in fall.rechnungen for zeile in r.zeilen):
        merkmale = merkmale_der_position(zeile.position, each.merkmale)
        for parameter in (HOECHSTAUSGABEN_UNGEWISS, HOECHSTAUSGABEN_DAVON_UNGEWISS):
            if (norm := fall.fassung.find(parameter, merkmale)) is not None:
                _, before = sums.get(id(norm), (norm, Decimal()))
                sums[id(norm)] = (norm, before + zeile.zuwendungsfaehig.betrag)
    for norm, betrag in sums.values():
        if betrag > norm.wert:
            yield offen(
                f"{euro(betrag)} in Phase {aufzaehlung(sorted(norm.wenn['phase']))} sind {euro(betrag - norm.wert)} mehr als "
                f"{euro(norm.wert)}: {norm.herkunft.inhalt} Nichts ist gekürzt; gilt die Grenze so, "
                "entfällt, was darüber liegt. Fragen Sie die Bewilligungsstelle.",
                (*rechnung.pfad, "kosten"),
                norm.auslegung or norm.herkunft.quelle,
            )


@je_beteiligter(ZUWENDUNG_JE_JAHR_HOECHSTENS)
def jahreshoechstbetrag(fall: Sachverhalt, rechnung: Rechnung) -> Aussagen:
    """The grant stays within the largest amount of a year for the time of the project: exactly that passes.

    What exceeds it however years are counted is cut; what does so only if begun years count by months is open.
    """
    limit = rechnung.zuwendungsgrenze
    if limit is None:
        yield _no_limit(fall, rechnung)
        return
    if not rechnung.zeilen:
        yield entfaellt(KEINE_KOSTEN)
        return
    findings = [*_over_the_years(rechnung, limit), *_begun_years(rechnung, limit), *_perhaps_counted(rechnung, limit)]
    if not findings:
        said = f"{euro(limit.sicher.betrag)} ({limit.sicher.formel})"
        grant = euro(rechnung.zuwendung.betrag)
        findings = [erfuellt(f"{grant} bleiben im Höchstbetrag von {said}.", rechnung.pfad)]
    yield from findings
    if rechnung is fall.rechnungen[0] and limit.mittel.nach_namen:
        names = aufzaehlung(f"{source.geber} ({euro(source.betrag)})" for source in limit.mittel.nach_namen)
        yield hinweis(
            f"Wegen des Namens auf den Höchstbetrag angerechnet: {names}. Geben Sie {feld('herkunft')} an, wenn das Geld von "
            "anderen stammt."
        )


def _no_limit(fall: Sachverhalt, rechnung: Rechnung) -> Feststellung:
    """Say that there is no limit; one of a part of its areas only is open for a project in several."""
    areas = je_gebiet(rechnung.merkmale, fall.lage)
    limited = [case["programmgebiet"] for case in areas if fall.fassung.known(ZUWENDUNG_JE_JAHR_HOECHSTENS, case)]
    if not limited:
        return entfaellt("Für dieses Vorhaben gibt es keinen Höchstbetrag.")
    return offen(
        f"Einen Höchstbetrag je Jahr nennt das Programm nur für {aufzaehlung(limited)}; wie er für ein Vorhaben auch in anderen "
        "Gebieten gilt, ist nicht geregelt. Fragen Sie die Bewilligungsstelle; gekürzt ist nichts.",
        rechnung.pfad,
    )


def _over_the_years(rechnung: Rechnung, limit: Zuwendungsgrenze) -> Iterator[Feststellung]:
    by_rate, most, beantragt = rechnung.zuwendung_nach_satz.betrag, limit.hoechstens, rechnung.beantragt
    asked = by_rate if beantragt is None else min(by_rate, beantragt)
    if asked > most.betrag:
        over = asked - most.betrag
        said = "Nach dem Fördersatz wären es" if asked == by_rate else "Beantragt sind"
        yield gekuerzt(
            f"{said} {euro(asked)}, höchstens sind {euro(most.betrag)} möglich ({most.formel}); {euro(over)} entfallen.",
            over,
            rechnung.pfad,
        )


def _begun_years(rechnung: Rechnung, limit: Zuwendungsgrenze) -> Iterator[Feststellung]:
    grant, least, most = rechnung.zuwendung.betrag, limit.sicher, limit.hoechstens
    if grant > least.betrag:
        yield offen(
            f"Ob {euro(grant)} im Höchstbetrag bleiben, hängt davon ab, wie ein angefangenes Jahr zählt: nach Monaten sind es "
            f"{euro(least.betrag)} ({least.formel}), als ganzes Jahr {euro(most.betrag)} ({most.formel}). Klären Sie das mit der "
            "Bewilligungsstelle; deshalb gekürzt ist nichts.",
            rechnung.pfad,
        )


def _perhaps_counted(rechnung: Rechnung, limit: Zuwendungsgrenze) -> Iterator[Feststellung]:
    """Money of others that would make the grant exceed the limit, if it counts; whose it is was not stated."""
    grant, perhaps, least = rechnung.zuwendung.betrag, limit.mittel.betrag_ungewiss, limit.sicher.betrag
    if perhaps and grant + perhaps > least:
        names = aufzaehlung(f"{source.geber} ({euro(source.betrag)})" for source in limit.mittel.ungewiss)
        yield offen(
            f"Wessen Geld das ist, ist nicht angegeben: {names}. Zählt es wie die Zuwendung, sind {euro(grant + perhaps)} mehr als "
            f"{euro(least)}; geben Sie {feld('herkunft')} an ({', '.join(HERKUENFTE)}).",
            (*rechnung.pfad, "finanzierung", "weitere"),
        )


@je_vorhaben()
def laufzeit(fall: Sachverhalt) -> Aussagen:
    """The project takes no longer than allowed and ends in time; the last possible day passes.

    36 months from 01.02.2026: 31.01.2029 passes, 01.02.2029 does not.
    """
    limits = _limits(fall)
    ende = fall.vorhaben.ende
    said = [f"{text} endet am {datum(last)}" for last, text in limits]
    late = any(ende > last for last, _ in limits)
    extended = fall.fassung.find(VERLAENGERBAR_BIS, fall.lage.merkmale)
    unknown = fall.fassung.find(VERLAENGERUNG_UNGEWISS, fall.lage.merkmale)
    if late and extended is not None and ende <= extended.wert:
        yield offen(
            f"Ende am {datum(ende)}, aber {aufzaehlung(said)}: das geht nur mit einer bewilligten Verlängerung (möglich bis "
            f"{datum(extended.wert)}): legen Sie sie vor, oder ändern Sie {feld('ende')}.",
            _ENDE,
        )
    elif late and unknown is not None and unknown.wert:
        yield offen(
            f"Ende am {datum(ende)}, aber {aufzaehlung(said)}. {unknown.herkunft.inhalt}", _ENDE, unknown.auslegung
        )
    elif late:
        yield verletzt(f"Ende am {datum(ende)}, aber {aufzaehlung(said)}.", _ENDE)
    elif _phase_missing(fall):
        yield offen(
            f"Wie lange das Vorhaben dauern darf, hängt von seinen Phasen ab: geben Sie zu jeder Position {feld('phase')} an.",
            _ENDE,
        )
    elif limits:
        yield erfuellt(f"Ende am {datum(ende)}; {aufzaehlung(said)}.", _ENDE)
    else:
        yield entfaellt("Für dieses Vorhaben nennt das Programm keine Höchstdauer.")


def letzter_tag(fall: Sachverhalt) -> date | None:
    """Return the last day on which the project may end; None where the programme names none, or it depends on what is not stated."""
    try:
        return min((last for last, _ in _limits(fall)), default=None)
    except NichtGeregeltError:
        return None


def _limits(fall: Sachverhalt) -> list[tuple[date, str]]:
    return [limit for limit in (_longest(fall), _latest(fall)) if limit is not None]


def _phases(fall: Sachverhalt) -> set[str | None]:
    return {zeile.position.phase for r in fall.rechnungen for zeile in r.zeilen}


def _phase_missing(fall: Sachverhalt) -> bool:
    """Tell whether the longest duration depends on phases that are not stated."""
    phases = _phases(fall)
    by_phase = any("phase" in norm.wenn for norm in fall.fassung.all(HOECHSTDAUER_MONATE))
    return by_phase and (not phases or None in phases)


def _longest(fall: Sachverhalt) -> tuple[date, str] | None:
    """Return the last day by the number of months; over several phases the sum of their months."""
    if _phase_missing(fall):
        return None
    cases = [{"phase": phase} for phase in _phases(fall) if phase] or [{}]
    norms = {
        id(norm): norm
        for case in cases
        if (norm := fall.fassung.known(HOECHSTDAUER_MONATE, {**fall.lage.merkmale, **case}))
    }
    if not norms:
        return None
    months = sum(norm.wert for norm in norms.values())
    return last_day(fall.vorhaben.beginn, months), f"die Höchstdauer von {months} Monaten"


def _latest(fall: Sachverhalt) -> tuple[date, str] | None:
    norm = fall.fassung.known(SPAETESTES_ENDE, fall.lage.merkmale)
    return (norm.wert, "der Förderzeitraum") if norm else None
