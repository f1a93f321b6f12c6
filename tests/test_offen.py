"""What is open: it says what to state or whom to ask, and once that is stated it decides, either way."""

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest
from rechtsfaelle import FASSUNGEN, Fall, load_cases

from foerdercheck.model.angaben import BUDGETBLAETTER
from foerdercheck.model.befund import Befund, worst
from foerdercheck.programmes import programme_ids

FELDER = {part for blatt in BUDGETBLAETTER for angabe in blatt.angaben for part in angabe.pfad}
FELD = re.compile(rf"(?<![\w/-])(?:{'|'.join(sorted(FELDER))})(?![\w-])")
RAT = re.compile(
    r"(?:fragen|klären|legen|weisen|lassen|holen|prüfen|geben|nennen|schreiben|dokumentieren|unterscheiden) Sie",
    re.IGNORECASE,
)
VERWEIST = "entscheidet sich mit den offenen Punkten dazu"
"""Says that other findings of the same rule say it."""
OHNE_VERSTOSS = {
    "foerderziel": "which goals there are is a vocabulary: another is an error of the input",
    "kostenarten": "where no kind of cost is excluded for certain",
    "region": "regions are known from their pages only",
    "handlungsfeld": "what a region has chosen is known from its pages only",
    "programmgebiet": "every district lies in an area",
    "beihilfeweg": "on which ground aid may be given is not known",
    "einheitskosten": "levels are a vocabulary, and years without a rate are not known",
    "umsatzsteuer_grenze": "whoever says that VAT is not refunded must prove it: a remark",
    "mindestgehalt": "the floors are not known",
}
"""Rules that can be open but never violated or cut in some programme, and why."""


@cache
def befunde(fall: Fall) -> tuple[Befund, ...]:
    return fall.assess().befunde


def offene(programm: str) -> Iterator[tuple[str, str]]:
    """Every open finding of the cases of a programme, with the name of the case."""
    for fall in load_cases(programm):
        yield from ((fall.name, befund.text) for befund in befunde(fall) if befund.status == "offen")


@pytest.mark.parametrize("programm", programme_ids())
def test_whatever_is_open_names_a_field_or_says_whom_to_ask(programm):
    said = list(offene(programm))
    assert len(said) > len(FASSUNGEN)
    assert {text for _, text in said if not (FELD.search(text) or RAT.search(text) or VERWEIST in text)} == set()


@pytest.mark.parametrize("programm", programme_ids())
def test_a_finding_that_leaves_it_to_others_is_not_alone(programm):
    for fall in load_cases(programm):
        for befund in befunde(fall):
            if VERWEIST in befund.text:
                of_the_same = [
                    one for one in befunde(fall) if (one.regel, one.beteiligter) == (befund.regel, befund.beteiligter)
                ]
                assert sum(one.status == "offen" for one in of_the_same) > 1, fall.id


@pytest.mark.parametrize("fassung", FASSUNGEN, ids=lambda fassung: f"{fassung.programm}-{fassung.gilt.von}")
def test_a_rule_that_can_be_open_has_cases_that_decide_it_either_way(fassung):
    seen: dict[str, set[str]] = defaultdict(set)
    for fall in load_cases(fassung.programm):
        for befund in befunde(fall):
            seen[befund.regel].add(befund.status)
    open_ones = [regel for regel in fassung.regeln if "offen" in seen[regel.id]]
    assert open_ones
    for regel in open_ones:
        assert seen[regel.id] & {"erfuellt", "entfaellt"}, regel.id
        assert seen[regel.id] & {"verletzt", "gekuerzt"} or regel.pruefung in OHNE_VERSTOSS, regel.id


@pytest.mark.parametrize("programm", programme_ids())
def test_what_violates_or_costs_money_by_a_reading_of_ours_names_the_reading(programm):
    bare = [
        befund.text
        for fall in load_cases(programm)
        for befund in befunde(fall)
        if befund.status in {"verletzt", "gekuerzt"}
        and (befund.beleg == "auslegung") != ("[Auslegung: " in befund.text)
    ]
    assert bare == []


def stated(tree: Any, key: str, among: str) -> Iterator[str]:  # noqa: ANN401 - a tree of mappings, lists and words
    """Yield what every mapping under `among` says under `key`, `-` where it says nothing."""
    if isinstance(tree, list):
        for entry in tree:
            yield from stated(entry, key, among)
    elif isinstance(tree, dict):
        for name, value in tree.items():
            if name == among:
                yield from (str(entry.get(key, "-")) for entry in (value if isinstance(value, list) else [value]))
            else:
                yield from stated(value, key, among)


@pytest.mark.parametrize(
    ("regel", "among", "key", "decided"),
    [
        ("sh-ki/5.4-drei-angebote", "vorhaben", "bescheid", {"-": "offen", "gemeinsam": "verletzt", "einzeln": "entfaellt"}),
        ("sh-ki/5.4-drei-angebote", "weitere", "oeffentlich", {"-": "offen", "ja": "verletzt", "nein": "entfaellt"}),
        ("sh-ki/5.4-drei-angebote", "auftrag", "auswahl_dokumentiert", {"-": "offen", "ja": "erfuellt", "nein": "verletzt"}),
        ("sh-ki/5.4-drei-angebote", "auftrag", "angebote", {"-": "offen", "3": "erfuellt", "2": "verletzt"}),
        ("sh-ki/3.1-deminimis", "weitere", "beihilfe", {"-": "offen", "deminimis": "verletzt", "freigestellt": "erfuellt"}),
        ("sh-ki/3.1-deminimis", "weitere", "beihilfe", {"-": "hinweis", "deminimis": "erfuellt", "keine": "erfuellt"}),
        ("sh-ki/3.1-deminimis", "antragsteller", "deminimis", {"-": "offen", "keine": "erfuellt"}),
        ("sh-ki/3.1-deminimis", "antragsteller", "wirtschaftlich_taetig", {"nein": "offen", "ja": "erfuellt"}),
        ("sh-ki/4.1-vorhabenbeginn", "vorhaben", "vorzeitiger_beginn_genehmigt", {"-": "offen", "2026-02-10": "verletzt"}),
        ("sh-ki/4.1-vorhabenbeginn", "vorhaben", "bewilligung", {"-": "offen", "2026-03-20": "erfuellt"}),
        ("sh-ki/4.2-gesamtfinanzierung", "weitere", "zugesagt", {"-": "offen", "nein": "offen", "ja": "gekuerzt"}),
        ("sh-ki/4.2-folgekosten", "vorhaben", "folgekosten_gesichert", {"-": "offen", "ja": "erfuellt", "nein": "verletzt"}),
        ("sh-ki/4.3-umsetzungsort", "vorhaben", "bundesland", {"-": "offen", "SH": "erfuellt", "HH": "verletzt"}),
        ("zr-ni/4.3-umsetzungsort", "vorhaben", "bundesland", {"-": "offen", "NI": "erfuellt"}),
        ("zr-ni-rm/5.3-jahreshoechstbetrag", "weitere", "herkunft", {"-": "offen", "land": "gekuerzt", "bund": "erfuellt"}),
        ("zr-ni-rm/3-antragsberechtigung", "partner", "mehrheitlich_kommunal", {"-": "offen", "ja": "erfuellt", "nein": "offen"}),
        ("zr-ni/5.6-umsatzsteuer-grenze", "antragsteller", "vorsteuerabzug", {"-": "offen", "ja": "entfaellt", "nein": "hinweis"}),
        ("mpsc/3-kumulierung", "weitere", "oeffentlich", {"-": "offen", "ja": "verletzt", "nein": "entfaellt"}),
    ],
)  # fmt: skip
def test_a_statement_that_is_missing_decides_once_it_is_made(regel, among, key, decided):
    seen: dict[str, set[str]] = defaultdict(set)
    for fall in load_cases(regel.partition("/")[0]):
        said = [befund.status for befund in befunde(fall) if befund.regel == regel]
        for value in set(stated(fall.budget, key, among)):
            seen[value] |= {*said, worst(said)}
    for value, status in decided.items():
        assert status in seen[value], f"{key}: {value} ({sorted(seen[value])})"
