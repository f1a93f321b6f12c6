"""The rules: one function per provision, bound to a programme by the names its file uses."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from foerdercheck.model.location import Problem, placed
from foerdercheck.model.scalars import shown, suggestion
from foerdercheck.programmes import parameter as law
from foerdercheck.programmes.fassung import Fassung, ProgrammeError, Regel
from foerdercheck.programmes.norm import Parameter
from foerdercheck.rules import (
    andere_mittel,
    antragsberechtigung,
    beihilfe,
    einheitskosten,
    finanzierung,
    gebiet,
    gemeinkosten,
    grenzen,
    kosten,
    personal,
    umsatzsteuer,
    vergabe,
    vergaberecht,
    vorhaben,
    zeitraum,
)
from foerdercheck.rules.sachverhalt import Pruefung

_SUBJECTS: tuple[Any, ...] = (
    andere_mittel, antragsberechtigung, beihilfe, einheitskosten, finanzierung, gebiet, gemeinkosten, grenzen, kosten, personal,
    umsatzsteuer, vergabe, vergaberecht, vorhaben, zeitraum,
)  # fmt: skip

PRUEFUNGEN: dict[str, Pruefung] = {
    pruefung.name: pruefung
    for subject in _SUBJECTS
    for pruefung in vars(subject).values()
    if isinstance(pruefung, Pruefung)
}


class GebundeneRegel(NamedTuple):
    """A rule of a programme with the function that reads it."""

    regel: Regel
    pruefung: Pruefung


def bind(fassung: Fassung) -> tuple[GebundeneRegel, ...]:
    """Return the rules of a version in the order of its file.

    Raises ProgrammeError with the place of every rule with an unknown `pruefung` or a parameter the file does not set.
    """
    defects = list(_defects(fassung))
    if defects:
        raise ProgrammeError.of(fassung.source.datei, placed(defects, fassung.source))
    return tuple(GebundeneRegel(regel, PRUEFUNGEN[regel.pruefung]) for regel in fassung.regeln)


_IMMER: tuple[Parameter[Any], ...] = (law.RUNDUNG_POSITIONEN, law.RUNDUNG_ZUWENDUNG)
"""What every calculation needs, whatever the rules are."""
_NUR_WENN: tuple[tuple[Parameter[Any], str], ...] = (
    (law.GEMEINKOSTENSATZ_ANGABE_HOECHSTENS, "methode"),
    (law.HOECHSTAUSGABEN_UNGEWISS, "phase"),
    (law.HOECHSTAUSGABEN_DAVON_UNGEWISS, "phase"),
)
"""Values that mean nothing unless they say for which method or phase they hold."""
_SPRECHEN: tuple[tuple[Parameter[Any], str], ...] = (
    (law.EINHEITSKOSTEN, "einheitskosten"),
    (law.EINHEITSKOSTEN, "stellenanteil"),
    (law.EINHEITSKOSTEN_ABSCHLAG, "mindestgehalt"),
    (law.FINANZIERUNGSLUECKE_AB, "gesamtfinanzierung"),
    (law.FOERDERSATZ, "foerdersatz"),
    (law.GEMEINKOSTENSATZ, "gemeinkosten"),
    (law.GEMEINKOSTENSATZ_ANGABE_HOECHSTENS, "gemeinkosten_angabe"),
    (law.HOECHSTAUSGABEN, "hoechstausgaben"),
    (law.HOECHSTAUSGABEN_DAVON, "hoechstausgaben"),
    (law.HOECHSTSTUNDEN_JE_JAHR, "hoechststunden"),
    (law.KOSTENARTEN, "kostenarten"),
    (law.STARTUP_SONST_WIE, "startup"),
    (law.ZUWENDUNG_JE_JAHR_HOECHSTENS, "jahreshoechstbetrag"),
)
"""What changes money, and the rule that says so: without it an amount would be cut in silence."""


def _silent(fassung: Fassung) -> Iterator[Problem]:
    bound = {regel.pruefung for regel in fassung.regeln}
    if (
        any("haushaltsnotlage" in norm.wenn for norm in fassung.all(law.FOERDERSATZ))
        and "haushaltsnotlage" not in bound
    ):
        text = "foerdersatz hängt von haushaltsnotlage ab: dazu gehört eine Regel mit der Prüfung haushaltsnotlage, die das sagt"
        yield Problem(text, ("parameter", "foerdersatz"))
    for parameter, pruefung in _SPRECHEN:
        if fassung.all(parameter) and pruefung not in bound:
            text = f"{parameter.name} ändert Beträge: dazu gehört eine Regel mit der Prüfung {pruefung}, die das sagt"
            yield Problem(text, ("parameter", parameter.name))


def _defects(fassung: Fassung) -> Iterator[Problem]:
    for needed in _IMMER:
        if not fassung.all(needed):
            yield Problem(f"der Parameter {needed.name} fehlt", ("parameter",))
    yield from _unconditional(fassung)
    yield from _silent(fassung)
    for regel in fassung.regeln:
        path = ("regeln", regel.name, "pruefung")
        pruefung = PRUEFUNGEN.get(regel.pruefung)
        if pruefung is None:
            near = suggestion(regel.pruefung, list(PRUEFUNGEN))
            known = "" if near else f"; vorhanden sind: {', '.join(sorted(PRUEFUNGEN))}"
            yield Problem(f"die Prüfung {shown(regel.pruefung)} gibt es nicht{near}{known}", path)
            continue
        for parameter in pruefung.parameter:
            if not fassung.all(parameter):
                yield Problem(f"die Prüfung {regel.pruefung} braucht den Parameter {parameter.name}; er fehlt", path)


def _unconditional(fassung: Fassung) -> Iterator[Problem]:
    for parameter, merkmal in _NUR_WENN:
        if any(merkmal not in norm.wenn for norm in fassung.all(parameter)):
            yield Problem(
                f"jeder Wert von {parameter.name} braucht wenn: {{{merkmal}: […]}}", ("parameter", parameter.name)
            )
    rates = fassung.all(law.GEMEINKOSTENSATZ)
    if rates and not any("methode" in norm.wenn for norm in rates):
        name = law.GEMEINKOSTENSATZ.name
        yield Problem(
            f"{name}: welche Methode? Mindestens ein Wert braucht wenn: {{methode: […]}}", ("parameter", name)
        )
