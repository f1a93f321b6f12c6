"""The form GitLab reads as a report on code quality, and several outputs of one call."""

import json

from demo import BUDGETS, JA, NEIN

SEVERITIES = {"info", "minor", "major", "critical", "blocker"}
CATEGORIES = {
    "Bug Risk", "Clarity", "Compatibility", "Complexity", "Duplication", "Performance", "Security", "Style"
}  # fmt: skip


def test_each_issue_has_what_the_form_demands_and_a_fingerprint_of_its_own(check):
    issues = json.loads(check(BUDGETS, "--format", "codeclimate").out)
    assert issues
    for issue in issues:
        assert (issue["type"], set(issue["categories"]) <= CATEGORIES) == ("issue", True)
        assert issue["severity"] in SEVERITIES
        assert issue["check_name"]
        assert issue["description"]
        assert issue["location"]["path"]
        assert issue["location"]["lines"]["begin"] >= 1
    prints = [issue["fingerprint"] for issue in issues]
    assert len(set(prints)) == len(prints)


def test_what_is_violated_weighs_more_than_what_is_only_to_be_known(check):
    issues = json.loads(check(NEIN, "--format", "codeclimate").out)
    found = json.loads(check(NEIN, "--format", "json").out)["budgets"][0]["befunde"]
    violated = {befund["text"] for befund in found if befund["status"] == "verletzt"}
    assert violated
    assert {issue["description"] for issue in issues if issue["severity"] == "critical"} == violated


def test_a_place_stays_the_same_issue_when_lines_move(check, tmp_path):
    text = NEIN.read_text(encoding="utf-8")
    prints = []
    for moved in (text, f"# weiter unten\n\n{text}"):
        file = tmp_path / "b.yaml"
        file.write_text(moved, encoding="utf-8")
        prints.append([issue["fingerprint"] for issue in json.loads(check(file, "--format", "codeclimate").out)])
    assert prints[0] == prints[1]


def test_one_call_writes_each_output_in_the_form_of_its_ending(check, tmp_path):
    said = check(
        JA,
        "-o",
        tmp_path / "e.json",
        "-o",
        tmp_path / "e.codeclimate.json",
        "-o",
        tmp_path / "e.md",
        "-o",
        f"{tmp_path}/ordner/",
    )
    assert said.code == 0
    assert json.loads((tmp_path / "e.json").read_text())["ergebnis"] == "foerderfaehig"
    assert isinstance(json.loads((tmp_path / "e.codeclimate.json").read_text()), list)
    assert "FÖRDERFÄHIG" in (tmp_path / "e.md").read_text(encoding="utf-8")
    (report,) = (tmp_path / "ordner").iterdir()
    assert "ERGEBNIS: FÖRDERFÄHIG" in report.read_text(encoding="utf-8")
    assert said.err.count(" geschrieben") == 4


def test_what_is_only_open_may_pass(check):
    offen = BUDGETS / "offen.yaml"
    assert [check(offen, "--fehler-bei", level).code for level in ("offen", "verletzt")] == [3, 0]
    assert check(NEIN, "--fehler-bei", "verletzt").code == 1
