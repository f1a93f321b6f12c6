"""Every case of law is decided as it says, exact to the cent."""

import re
from functools import cache

import pytest
from rechtsfaelle import ENTFERNEN, FASSUNGEN, ORDNER, Fall, case_of, differences, grundfall, load_cases, merge

from foerdercheck.assessment.budget import Assessment
from foerdercheck.programmes import programme_ids, versions

FAELLE = [fall for programm in programme_ids() for fall in load_cases(programm)]
SATZ = r"(?=.* )[A-ZÄÖÜ0-9][^_]{1,109}"
"""A sentence or headline: more than one word, from a capital or digit on, no underscore, at most 110 characters."""
MEHRERE = [fassung for fassung in FASSUNGEN if len(versions(fassung.programm)) > 1]


@cache
def assessed(fall: Fall) -> Assessment:
    """Every case is assessed once and asked several things."""
    return fall.assess()


def test_every_programme_has_a_folder_of_cases_and_every_folder_is_read():
    """The de-minimis regulations are no programme; their cases are histories."""
    folders = {ordner.name for ordner in ORDNER.iterdir()} - {"de-minimis"}
    assert folders == set(programme_ids())
    assert [programm for programm in folders if not load_cases(programm)] == []


@pytest.mark.parametrize("fall", FAELLE, ids=lambda fall: fall.id)
def test_fall(fall: Fall):
    assert differences(fall, assessed(fall)) == []


@pytest.mark.parametrize("fassung", MEHRERE, ids=lambda fassung: f"{fassung.programm} {fassung.gilt.von}")
def test_a_case_holds_in_every_version_unless_it_names_one(fassung):
    cases = [fall for fall in load_cases(fassung.programm) if not fall.fassung and "fehler" not in fall.erwartet]
    assert [(fall.id, seen) for fall in cases if (seen := differences(fall, fall.assess(fassung=fassung)))] == []


def test_a_case_of_one_version_is_decided_by_it():
    cases = [fall for fall in FAELLE if fall.fassung]
    assert [(fall.id, fall.fassung) for fall in cases] == [
        (fall.id, str(assessed(fall).fassung.gilt.von)) for fall in cases
    ]


@pytest.mark.parametrize("fall", FAELLE, ids=lambda fall: fall.id)
def test_every_rule_reports(fall: Fall):
    found = assessed(fall)
    if found.fehler:
        return
    for regel in found.fassung.regeln:
        asked = [befund.beteiligter for befund in found.befunde if befund.regel == regel.id]
        assert set(asked) in ({None}, {rechnung.name for rechnung in found.rechnungen}), regel.id


def test_names_are_sentences_and_unique_in_their_programme():
    names = [(fall.programm, fall.name) for fall in FAELLE]
    assert len(set(names)) == len(names)
    assert [name for _, name in names if not re.fullmatch(SATZ, name)] == []


def test_grundfall_is_eligible_with_nothing_to_complain_about():
    for programm in programme_ids():
        assert grundfall(programm).assess().exit_code == 0


GUT = {"name": "x", "quelle": "y", "erwartet": {"befunde": {"8-geltungsdauer": "erfuellt"}}}


@pytest.mark.parametrize(
    "over",
    [
        {"erwartett": {}},
        {"quelle": ""},
        {"name": ENTFERNEN},
        {"erwartet": {"befund": {}}},
        {"erwartet": {"befunde": {"8-geltungsdauer": "erfüllt"}}},
        {"erwartet": {"befunde": {"8-geltungsdauer": [{"status": "erfuellt", "text": "x"}]}}},
        {"erwartet": {"zahlen": {"zuwendug": "1.00"}}},
        {"erwartet": {"zahlen": {"summe": {"gemeinkosten": "1.00"}}}},
        {"erwartet": {"zahlen": {"partner": [{"zuwendug": "1.00"}]}}},
        {"erwartet": {"auftraege": [{"stat": "offen"}]}},
        {"erwartet": {"fristen": [{"tag": "2026-01-01"}]}},
    ],
)
def test_a_case_with_an_unknown_expectation_is_refused(over):
    assert case_of("sh-ki", "datei", {}, GUT).name == "x"
    with pytest.raises(ValueError, match=r"unbekannt|fehlt"):
        case_of("sh-ki", "datei", {}, merge(GUT, over))


def test_merge_lays_mappings_over_each_other_and_replaces_lists():
    base = {"a": {"b": "1", "c": "2"}, "l": ["1", "2"]}
    over = {"a": {"c": ENTFERNEN, "d": {"e": "3"}}, "l": ["9"]}
    assert merge(base, over) == {"a": {"b": "1", "d": {"e": "3"}}, "l": ["9"]}


def test_a_wrong_expectation_is_noticed():
    found = grundfall("sh-ki").assess()
    for wrong in (
        {"ergebnis": "offen"},
        {"befunde": {"8-geltungsdauer": "verletzt"}},
        {"befunde": {"8-geltungsdauer": [{"status": "erfuellt", "betrag": "1.00"}]}},
        {"befunde": {"8-geltungsdauer": [{"status": "erfuellt", "text_enthaelt": "Nordsee"}]}},
        {"befunde": {"8-geltungsdauer": []}},
        {"texte": {"8-geltungsdauer": ["Nordsee"]}},
        {"zahlen": {"zuwendung": "43125.01"}},
        {"zahlen": {"summe": {"zuwendung": "43125.0"}}},
        {"auftraege": ["offen"]},
        {"fristen": []},
        {"fehler": []},
    ):
        assert differences(Fall("sh-ki", "", "", {}, None, wrong), found)


@pytest.mark.parametrize("fall", FAELLE, ids=lambda fall: fall.id)
def test_figures_are_whole_cents_and_say_where_they_come_from(fall: Fall):
    for rechnung in assessed(fall).rechnungen:
        for figure in rechnung.figures:
            assert figure.betrag.as_tuple().exponent == -2, figure.name
            assert figure.name
            assert figure.formel or figure.pfad or figure.betrag == 0, figure.name
