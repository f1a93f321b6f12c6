"""Binding a programme file to the rules: every defect of the file at once, each with its place."""

from dataclasses import replace

import pytest
from rechtsfaelle import FASSUNGEN

from foerdercheck import rules
from foerdercheck.programmes.fassung import Fassung, ProgrammeError
from foerdercheck.programmes.parameter import (
    GEMEINKOSTENSATZ_ANGABE_HOECHSTENS,
    HOECHSTAUSGABEN_UNGEWISS,
    RUNDUNG_POSITIONEN,
    SITZ,
)
from foerdercheck.rules import PRUEFUNGEN, bind

FASSUNG = next(fassung for fassung in FASSUNGEN if fassung.programm == "sh-ki")
DATEI = FASSUNG.source.datei


def place(*path: str) -> str:
    ort = FASSUNG.source.locate(path)
    return f"{DATEI}:{ort.zeile}:{ort.spalte}"


def renamed(pruefungen: dict[str, str]) -> Fassung:
    """The programme with other functions for some of its rules."""
    regeln = (regel._replace(pruefung=pruefungen.get(regel.id, regel.pruefung)) for regel in FASSUNG.regeln)
    return replace(FASSUNG, regeln=tuple(regeln))


def said(fassung: Fassung) -> list[str]:
    with pytest.raises(ProgrammeError) as error:
        bind(fassung)
    head, *lines = str(error.value).splitlines()
    assert head == f"Die Programmdatei {DATEI} ist fehlerhaft:"
    return [line.strip() for line in lines]


def test_every_rule_is_bound_to_its_function():
    bound = bind(FASSUNG)
    assert tuple(each.regel for each in bound) == FASSUNG.regeln
    assert all(each.pruefung is PRUEFUNGEN[each.regel.pruefung] for each in bound)


def test_every_unknown_function_is_named_with_its_line_and_what_there_is():
    sitz, ort = place("regeln", "3-sitz", "pruefung"), place("regeln", "4.3-umsetzungsort", "pruefung")
    assert said(renamed({"sh-ki/3-sitz": "sitze", "sh-ki/4.3-umsetzungsort": "xxxxxxxx"})) == [
        f"{sitz}: die Prüfung „sitze“ gibt es nicht – meinten Sie „sitz“?",
        f"{ort}: die Prüfung „xxxxxxxx“ gibt es nicht; vorhanden sind: {', '.join(sorted(PRUEFUNGEN))}",
    ]


def test_every_missing_parameter_is_named():
    left = {
        name: norms for name, norms in FASSUNG.parameter.items() if name not in {SITZ.name, RUNDUNG_POSITIONEN.name}
    }
    assert said(replace(FASSUNG, parameter=left)) == [
        f"{place('parameter')}: der Parameter rundung_positionen fehlt",
        f"{place('regeln', '3-sitz', 'pruefung')}: die Prüfung sitz braucht den Parameter sitz; er fehlt",
    ]


def test_what_changes_money_needs_a_rule_that_says_so():
    silent = replace(FASSUNG, regeln=tuple(regel for regel in FASSUNG.regeln if regel.pruefung != "hoechststunden"))
    assert said(silent) == [
        f"{place('parameter', 'hoechststunden_je_jahr')}: hoechststunden_je_jahr ändert Beträge: dazu gehört eine Regel mit der "
        "Prüfung hoechststunden, die das sagt"
    ]


@pytest.mark.parametrize(
    ("parameter", "merkmal"), [(GEMEINKOSTENSATZ_ANGABE_HOECHSTENS, "methode"), (HOECHSTAUSGABEN_UNGEWISS, "phase")]
)
def test_a_value_that_means_nothing_without_its_condition_needs_it(monkeypatch, parameter, merkmal):
    held = FASSUNG.parameter["gemeinkostensatz"][0]._replace(wenn={merkmal: frozenset({"x"})})
    bare = held._replace(wenn={"art": frozenset({"startup"})})
    monkeypatch.setattr(rules, "_SPRECHEN", ())
    bind(replace(FASSUNG, parameter={**FASSUNG.parameter, parameter.name: (held,)}))
    assert said(replace(FASSUNG, parameter={**FASSUNG.parameter, parameter.name: (held, bare)})) == [
        f"{place('parameter')}: jeder Wert von {parameter.name} braucht wenn: {{{merkmal}: […]}}"
    ]
