"""Hours of personnel: how many count for a person, and how they are proven."""

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from functools import partial

from foerdercheck.calculation.rechnung import Rechnung
from foerdercheck.calculation.stunden import Stundenkonto, Stundenzahl, most_hours
from foerdercheck.calculation.zeilen import UeberHoechststunden, Zeile
from foerdercheck.model.befund import Feststellung, entfaellt, erfuellt, hinweis
from foerdercheck.model.budget import Stundenposition
from foerdercheck.model.deutsch import aufzaehlung, euro, prozent, zahl
from foerdercheck.model.kalender import months_per_year
from foerdercheck.model.location import feld
from foerdercheck.programmes.parameter import HOECHSTSTUNDEN_JE_JAHR, STUNDENSATZ_UEBLICH
from foerdercheck.rules.lesarten import TEILZEIT
from foerdercheck.rules.sachverhalt import (
    Aussagen,
    Sachverhalt,
    as_person,
    cuts,
    je_beteiligter,
    je_vorhaben,
    near_persons,
)


@je_beteiligter(HOECHSTSTUNDEN_JE_JAHR)
def hoechststunden(fall: Sachverhalt, rechnung: Rechnung) -> Aussagen:
    """A person counts with at most so many hours a calendar year, over all lines and Beteiligte: 1,720 just pass.

    Hours beyond what the stated employment allows in the project's months are pointed out, not cut.
    """
    most = fall.fassung.of(HOECHSTSTUNDEN_JE_JAHR, fall.lage.merkmale).wert
    limit = f"höchstens {zahl(most)} Stunden je Person und Kalenderjahr"
    findings = [
        *cuts(rechnung, partial(_too_many_hours, rechnung), UeberHoechststunden),
        *near_persons(rechnung, Stundenposition, limit),
        *_beyond_employment(fall, rechnung, most),
    ]
    if findings:
        yield from findings
    elif not any(isinstance(zeile.position, Stundenposition) for zeile in rechnung.zeilen):
        yield entfaellt("Keine Personalstunden.")
    else:
        yield erfuellt(f"Niemand überschreitet {zahl(most)} Stunden je Kalenderjahr.", (*rechnung.pfad, "kosten"))


@je_vorhaben(STUNDENSATZ_UEBLICH)
def einheitssatz(fall: Sachverhalt) -> Aussagen:
    """The authority sets what an hour costs; what the budget states is a plan, and odd where it is far from usual."""
    lines = [
        (zeile.pfad, zeile.position) for rechnung in fall.rechnungen for zeile in rechnung.zeilen
        if isinstance(zeile.position, Stundenposition)
    ]  # fmt: skip
    if not lines:
        yield entfaellt("Keine Personalstunden.")
        return
    yield hinweis(
        "Den Stundensatz legt die Bewilligungsstelle fest; er ist nicht bekannt, gerechnet ist mit dem angegebenen.",
        lines[0][0],
    )
    usual = fall.fassung.of(STUNDENSATZ_UEBLICH, fall.lage.merkmale).wert
    for pfad, position in lines:
        if not usual.von <= position.stundensatz <= usual.bis:
            yield hinweis(
                f"„{position.bezeichnung}“: {euro(position.stundensatz)} je Stunde sind ungewöhnlich (üblich {euro(usual.von)} bis "
                f"{euro(usual.bis)}); prüfen Sie auf einen Tippfehler.",
                (*pfad, "stundensatz"),
                auslegung=fall.fassung.of(STUNDENSATZ_UEBLICH, fall.lage.merkmale).auslegung,
            )


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
            f"{names}: {feld('nachweis')} nicht angegeben. Bei festem Anteil genügt ein Dokument des Arbeitgebers mit dem Prozentsatz "
            "(fester Anteil), sonst sind Stundennachweise zu führen (Stundennachweis).",
            missing[0].pfad,
        )
    else:
        yield erfuellt("Für alle Personalpositionen ist der Nachweis benannt.", (*rechnung.pfad, "kosten"))


def _too_many_hours(rechnung: Rechnung, zeile: Zeile, cut: UeberHoechststunden) -> str:
    who, shared = as_person(zeile.position)
    years = aufzaehlung(f"{zahl(count)} h in {year}" for year, count in cut.stunden.items())
    lost, lost_alone = sum(cut.stunden.values()), _beyond_alone(rechnung, zeile, cut)
    less = f"entfielen nur {zahl(lost_alone)} h" if lost_alone else "entfiele nichts"
    alone = f" Zählte jeder Beteiligte für sich, {less}." if lost_alone < lost else ""
    return (
        f"{who}: mehr als {zahl(cut.grenze.wert)} Stunden je Person und Jahr werden nicht anerkannt{shared}; {years} und damit "
        f"{euro(cut.betrag)} entfallen.{alone}"
    )


def _beyond_alone(rechnung: Rechnung, zeile: Zeile, cut: UeberHoechststunden) -> Stundenzahl:
    """Return the hours of a line that would be cut if each body counted the hours of a person for itself."""
    konto = Stundenkonto(most_hours(cut.grenze.wert, cut.stunden))
    refused: list[Stundenzahl] = []
    for other in rechnung.zeilen[: rechnung.zeilen.index(zeile) + 1]:
        if _wer(other) == _wer(zeile):
            asked = {year: _asked(other, year) for year in cut.stunden}
            refused = [count - konto.grant("", year, count) for year, count in asked.items()]
    return sum(refused)


def _wer(zeile: Zeile) -> str | None:
    return zeile.position.wer if isinstance(zeile.position, Stundenposition) else None


def _asked(zeile: Zeile, year: int) -> Stundenzahl:
    """Return the hours of a line in a year before the maximum of the person was applied."""
    over = [cut.stunden.get(year, 0) for cut in zeile.kuerzungen if isinstance(cut, UeberHoechststunden)]
    return zeile.stunden.get(year, 0) + sum(over)


def _beyond_employment(fall: Sachverhalt, rechnung: Rechnung, most: Decimal) -> Iterator[Feststellung]:
    """Hours of a person over all bodies against most × employment × months of the project in the year / 12.

    Said once for each person and year, at the last body that counts hours of the person in it.
    """
    months = months_per_year(fall.vorhaben.beginn, fall.vorhaben.ende)
    for worked in fall.arbeit.get(rechnung.pfad, ()):
        capacity = Fraction(most * worked.employment * months[worked.year]) / 12
        if worked.hours > capacity:
            yield hinweis(
                f"{worked.name}: {zahl(worked.hours)} h in {worked.year} sind mehr, als {prozent(worked.employment)} Beschäftigung "
                f"in {months[worked.year]} Projektmonaten hergeben ({zahl(capacity, 2)} h). Prüfen Sie {feld('stunden')} und "
                f"{feld('beschaeftigungsumfang')}.",
                worked.pfad,
                auslegung=TEILZEIT.marke,
            )
