"""What would make a budget pass, as reports, JSON and workbooks show it, and when they do."""

import pytest
from demo import FASSUNG, JA, check_demo
from openpyxl import load_workbook
from results import parsed
from strategies import dump
from vorschlagfaelle import UEBERSCHRITTEN, single

from foerdercheck import check_budget
from foerdercheck.ausweg.vorschlaege import vorschlaege


def test_report_and_json_show_them_for_one_file(run):
    said = run("check", UEBERSCHRITTEN)
    assert "Damit es passt:\n  1 Bewilligung 11.05.2026 statt 20.04.2026 (Zeile 13). Dann: förderfähig" in said.out
    assert "**Damit es passt**" in run("check", UEBERSCHRITTEN, "--format", "markdown").out
    (budget,) = parsed(run("check", UEBERSCHRITTEN, "--format", "json").out)["budgets"]
    assert [len(one["aenderungen"]) for one in budget["vorschlaege"]["liste"]] == [1, 2]


@pytest.mark.parametrize("form", ["tabelle", "json", "markdown"])
def test_without_proposals_on_request(run, form):
    said = run("check", UEBERSCHRITTEN, "--ohne-vorschlaege", "--format", form)
    assert "Damit es passt" not in said.out
    assert "vorschlaege" not in said.out


def test_many_files_get_them_on_request_only(run):
    assert "Damit es passt" not in run("check", UEBERSCHRITTEN, JA).out
    assert "Damit es passt" in run("check", UEBERSCHRITTEN, JA, "--vorschlaege").out


def test_a_consortium_is_told_whose_money_it_is():
    tree = single(10, 5, 3, 18)
    tree["partner"] = [{**tree["antragsteller"], "name": "Partnerin"}]
    tree["vorhaben"] |= {"kooperationsvertrag": "2026-02-01", "bescheid": "einzeln"}
    from foerdercheck.reports.ausweg import proposal

    base = check_budget(dump(tree).encode())
    said = proposal(vorschlaege(base).vorschlaege[0], base)
    assert said.startswith("Haus: Eigenmittel 50.000,00 € statt 30.000,00 € (Zeile ")
    assert "; Partnerin: Eigenmittel 50.000,00 € statt 30.000,00 € (" in said


def test_a_programme_without_such_rules_has_no_levers_of_them():
    assert FASSUNG.programm == "traumland"
    assert check_demo(JA).fall is not None


def test_a_workbook_with_results_has_them_unless_asked_not_to(run, tmp_path):
    for options, shown in (((), True), (("--ohne-vorschlaege",), False)):
        output = tmp_path / f"{shown}.xlsx"
        run("check", UEBERSCHRITTEN, "--output", output, *options)
        cells = [cell.value for row in load_workbook(output)["Ergebnis"].iter_rows() for cell in row]
        assert any("Damit es passt" in str(value) for value in cells) is shown
