"""No field of a budget goes unread: left out or changed, each changes what some case of law comes to."""

from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest
from rechtsfaelle import FASSUNGEN, Fall, assess, load_cases

from foerdercheck.assessment.budget import Assessment
from foerdercheck.model.budget import Auftrag, Beteiligter, Monatsposition, Sachposition, Stundenposition, Vorhaben
from foerdercheck.model.finanzierung import Finanzierung, WeitereMittel
from foerdercheck.model.records import fields_of

NIRGENDS_GELESEN = {
    (Vorhaben, "titel"): "shown only",
    (Beteiligter, "rechtsform"): "shown only",
    (Sachposition, "bezeichnung"): "shown only",
    (Monatsposition, "phase"): "no programme has both levels and phases",
}
ANDERS = {
    (Beteiligter, "name"): "Ganz Anders AG",
    (Beteiligter, "art"): "kommune",
    (Stundenposition, "kostenart"): "personal",
    (Sachposition, "kostenart"): "reise",
    (Monatsposition, "bezeichnung"): "Ganz anders",
    (Monatsposition, "stufe"): "1a",
    (Stundenposition, "bezeichnung"): "Ganz anders",
    (Stundenposition, "stundensatz"): "1,00",
    (Stundenposition, "stunden"): "12",
    (Vorhaben, "antragsdatum"): "2025-04-02",
    (Vorhaben, "beginn"): "2026-01-01",
    (Vorhaben, "ende"): "2029-12-31",
    (WeitereMittel, "geber"): "Ganz Anders AG",
    (WeitereMittel, "betrag"): "1,00",
    (Sachposition, "netto"): "1,00",
    (Sachposition, "brutto"): "1,00",
}
PROGRAMME = dict.fromkeys(fassung.programm for fassung in FASSUNGEN)
FAELLE = [fall for programm in PROGRAMME for fall in load_cases(programm) if "fehler" not in fall.erwartet]
GELESEN = [
    (kind, name)
    for kind in (
        Vorhaben,
        Beteiligter,
        Finanzierung,
        WeitereMittel,
        Auftrag,
        Stundenposition,
        Monatsposition,
        Sachposition,
    )
    for name in fields_of(kind)
    if (kind, name) not in {*NIRGENDS_GELESEN, (Stundenposition, "kostenart"), (Monatsposition, "kostenart")}
]  # the kind of cost of personnel is all it can be


def records(tree: dict[str, Any]) -> Iterator[tuple[type, dict[str, Any]]]:
    yield Vorhaben, tree["vorhaben"]
    for body in (tree["antragsteller"], *tree.get("partner", ())):
        yield Beteiligter, body
        money = body.get("finanzierung", {})
        yield from ((WeitereMittel, source) for source in money.get("weitere", ()))
        yield Finanzierung, money
        for line in body.get("kosten", ()):
            yield kind_of(line), line
            yield from ((Auftrag, order) for order in [line.get("auftrag")] if order)


def kind_of(line: dict[str, Any]) -> type:
    if "stufe" in line:
        return Monatsposition
    return Stundenposition if "stunden" in line else Sachposition


def outcome(found: Assessment) -> tuple[Any, ...]:
    """What was decided, without the words it was said in."""
    return (
        [(befund.regel, befund.status, befund.betrag) for befund in found.befunde],
        found.summen,
        [(order.status, order.auftrag.wert_netto) for order in found.vergabe.auftraege],
        [termin.datum for termin in found.fristen],
        [konto and (konto.im_fenster, konto.frei) for konto in found.konten.values()],
    )


@cache
def unchanged(fall: Fall) -> tuple[Any, ...]:
    """The outcome of a case as it stands."""
    return outcome(fall.assess())


def decides(kind: type, name: str) -> bool:
    for fall in FAELLE:
        for where, record in records(fall.budget):
            if where is kind and name in record:
                kept = dict(record)
                if (kind, name) in ANDERS:
                    record[name] = ANDERS[kind, name]
                else:
                    del record[name]
                try:
                    found = assess(fall.budget, fall.stichtag, heute=fall.heute)
                finally:
                    record.clear()
                    record.update(kept)
                if found.vergabe is not None and outcome(found) != unchanged(fall):
                    return True
    return False


@pytest.mark.parametrize(("kind", "name"), GELESEN, ids=lambda value: getattr(value, "__name__", value))
def test_every_field_of_a_budget_decides_some_case(kind, name):
    assert decides(kind, name)


@pytest.mark.parametrize(("kind", "name"), NIRGENDS_GELESEN, ids=lambda value: getattr(value, "__name__", value))
def test_fields_that_are_only_shown_decide_nothing(kind, name):
    assert not decides(kind, name)
