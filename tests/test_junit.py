"""JUnit XML: counts that agree with the JSON result, silence that is no pass, and valid XML whatever a file says."""

import json
from collections import Counter
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from defusedxml.ElementTree import fromstring
from report_cases import EXAMPLES, everywhere, example, given_what_strangers_write, rendered

from foerdercheck.assessment.budget import Assessment
from foerdercheck.model.befund import Annahme, Befund
from foerdercheck.model.filenames import shown_name
from foerdercheck.model.location import Location
from foerdercheck.reports.characters import harmless
from foerdercheck.reports.dokument import FUSS

WORST = ("verletzt", "offen", "gekuerzt", "hinweis", "erfuellt", "entfaellt")
OUTCOMES = {"verletzt": "failure", "offen": "skipped"}


def parsed(*assessments: Assessment):
    return fromstring(rendered("junit", assessments))


def outcome(case):
    (kind,) = {child.tag for child in case}
    return kind


def expected(budget):
    """Count the outcomes the JSON result of one file asks for: one for each rule and Beteiligter, the worst finding decides."""
    cases = {}
    for befund in budget.get("befunde", []):
        cases.setdefault((befund["regel"], befund["beteiligter"]), []).append(befund["status"])
    worst = (min(statuses, key=WORST.index) for statuses in cases.values())
    return Counter([*(OUTCOMES.get(status, "system-out") for status in worst), *["error"] * bool(budget["fehler"])])


def test_counts_agree_with_json_and_with_the_cases():
    root = parsed(*EXAMPLES)
    budgets = json.loads(rendered("json", EXAMPLES))["budgets"]
    total = Counter()
    for suite, budget in zip(root.findall("testsuite"), budgets, strict=True):
        counts = Counter(map(outcome, suite.findall("testcase")))
        assert suite.get("name") == budget["datei"]
        assert counts == expected(budget)
        assert {
            "tests": counts.total(), "failures": counts["failure"], "errors": counts["error"], "skipped": counts["skipped"]
        } == {name: int(suite.get(name)) for name in ("tests", "failures", "errors", "skipped")}  # fmt: skip
        total += counts
    assert [int(root.get(name)) for name in ("tests", "failures", "errors", "skipped")] == [
        total.total(), total["failure"], total["error"], total["skipped"]
    ]  # fmt: skip
    assert min(total["failure"], total["error"], total["skipped"]) > 1


def test_no_two_cases_have_the_same_name_over_all_files():
    names = [(case.get("classname"), case.get("name")) for case in parsed(*EXAMPLES).iter("testcase")]
    assert len(names) == len(set(names)) > 90


@pytest.mark.parametrize("assessment", EXAMPLES, ids=lambda assessment: Path(assessment.datei).stem)
def test_every_finding_is_said_where_it_stands(assessment):
    cases = {(case.get("classname"), case.get("name")): case for case in parsed(assessment).iter("testcase")}
    titles = {regel.id: regel.titel for regel in assessment.fassung.regeln} if assessment.fassung else {}
    for befund in assessment.befunde:
        name = " · ".join(filter(None, [titles[befund.regel], befund.beteiligter, assessment.datei]))
        case = cases[befund.regel, name]
        assert befund.text in "".join(case.itertext())
        assert case.get("file") == assessment.datei
    for fehler in assessment.fehler:
        assert fehler.text in "".join(
            cases["foerdercheck/eingabe", f"Lesbarkeit der Datei · {assessment.datei}"].itertext()
        )


def case_of(*befunde: Befund):
    assessment = replace(EXAMPLES[0], befunde=befunde)
    (case,) = parsed(assessment).iter("testcase")
    return case


def befund(status, text, zeile=None, **fields):
    return Befund("traumland/7-sitz", "3", status, text, "A", ort=zeile and Location(zeile=zeile, spalte=2), **fields)


@pytest.mark.parametrize(
    ("status", "tag", "attributes"),
    [
        ("verletzt", "failure", {"message": "T", "type": "traumland/7-sitz"}),
        ("offen", "skipped", {"message": "T"}),
        *((status, "system-out", {}) for status in ("gekuerzt", "hinweis", "erfuellt", "entfaellt")),
    ],
)
def test_outcome_of_each_status(status, tag, attributes):
    (child,) = case_of(befund(status, "T", 7))
    words = {"gekuerzt": "gekürzt", "hinweis": "Hinweis", "erfuellt": "erfüllt", "entfaellt": "entfällt"}
    assert (child.tag, child.attrib, child.text) == (tag, attributes, f"{words.get(status, status)}: T (Zeile 7)")


def test_the_worst_of_several_findings_decides_and_all_are_said():
    case = case_of(befund("erfuellt", "gut", 3), befund("offen", "unklar", 5), befund("verletzt", "schlecht", 9))
    (failure,) = case
    assert (failure.tag, failure.get("message"), case.get("line")) == ("failure", "schlecht", "9")
    assert failure.text == "verletzt: schlecht (Zeile 9)\noffen: unklar (Zeile 5)\nerfüllt: gut (Zeile 3)"


def test_accepted_findings_pass_under_a_word_of_their_own_and_are_counted():
    taken = befund("hinweis", "T", 7, angenommen=Annahme("verletzt", "G", "W", date(2026, 12, 31), "U"))
    root = parsed(replace(EXAMPLES[0], befunde=(taken,)))
    assert root.findtext(".//testcase/system-out") == "Ausnahme: T (Zeile 7)"
    assert root.find(".//property[@name='ausnahmen']").get("value") == "1"


def test_place_in_another_file_names_that_file():
    place = Location("budgets/historie.yaml", 4, 2)
    case = case_of(befund("hinweis", "T")._replace(ort=place))
    assert (case.get("file"), case.get("line")) == ("budgets/historie.yaml", "4")


def test_unreadable_file_is_one_error_with_all_problems():
    assessment = example("zahlenfallen")
    (case,) = parsed(assessment).iter("testcase")
    (error,) = case
    assert (error.tag, error.get("message")) == ("error", "11 Fehler, nicht geprüft")
    assert error.text.count("\n    ") == 11
    assert case.get("line") == "5"


def test_crashed_rule_is_an_error_beside_its_open_case():
    assessment = replace(EXAMPLES[0], befunde=(befund("offen", "T"),), defekte=("traumland/7-sitz: KeyError: 'x'",) * 2)
    cases = list(parsed(assessment).iter("testcase"))
    assert [(case.get("classname"), outcome(case)) for case in cases] == [
        ("foerdercheck/programmfehler", "error"), ("traumland/7-sitz", "skipped")
    ]  # fmt: skip
    assert cases[0][0].get("message") == "traumland/7-sitz: KeyError: 'x'"


def test_suite_says_what_it_is_and_holds_the_report_but_no_times():
    text = rendered("junit", EXAMPLES[:1])
    suite = fromstring(text).find("testsuite")
    properties = {item.get("name"): item.get("value") for item in suite.iter("property")}
    assert properties == {
        "ergebnis": "offen", "stichtag": "2026-03-20", "pruefkennung": str(EXAMPLES[0].pruefkennung), "ausnahmen": "0",
        "hinweis": FUSS,
    }  # fmt: skip
    assert "ERGEBNIS: OFFEN" in suite.findtext("system-out")
    assert "time" not in {name for element in suite.iter() for name in element.keys()}  # noqa: SIM118 - not a mapping


@given_what_strangers_write
def test_nothing_a_stranger_writes_breaks_the_document(text):
    read = [everywhere(assessment, text) for assessment in EXAMPLES[:2]]
    root = parsed(*read)
    shown = harmless(text)
    assert [suite.get("name") for suite in root] == [shown_name(text)] * 2
    assert len(root[0].findall("testcase")) == len({(befund.regel, befund.beteiligter) for befund in read[0].befunde})
    assert root[1].find("testcase/error").text.startswith(shown)
