"""The JSON results say what they should; that each is valid by its schema is seen to wherever tests read one."""

import re
import sys
from decimal import Decimal
from functools import partial
from pathlib import Path

import pytest
from demo import BUDGETS, HISTORIE, UNDER, check_demo
from results import parsed
from workbooks import mappe, save_budget

from foerdercheck import cli
from foerdercheck.version import VERSION

EXAMPLES = Path(__file__).parents[1] / "budgets"
DAY = "2026-04-20"
FIGURES = {
    "Gemeinkosten": lambda b: b["gemeinkosten"]["betrag"],
    "Gesamtausgaben": lambda b: b["gesamtausgaben"],
    "zuwendungsfähige Ausgaben": lambda b: b["zuwendungsfaehige_ausgaben"],
    "höchste Zuwendung": lambda b: b["hoechste_zuwendung"],
    "Zuwendung": lambda b: b["zuwendung"],
    "Eigenmittel": lambda b: b["eigenmittel"],
    "weitere Mittel": lambda b: b["weitere_mittel"],
    "Finanzierungslücke": lambda b: b["finanzierungsluecke"],
}


@pytest.fixture
def run(monkeypatch, capsys):
    """Run a command with --format json; return its exit code and the parsed object."""

    def call(*args: object):
        monkeypatch.setattr(sys, "argv", ["foerdercheck", *map(str, args), "--format", "json"])
        code = cli._run()
        return code, parsed(capsys.readouterr().out)

    return call


@pytest.fixture
def check(run):
    return partial(run, "check", *UNDER)


@pytest.fixture
def examples(check):
    return {Path(budget["datei"]).name: budget for budget in check(BUDGETS)[1]["budgets"]}


def test_head_names_version_and_worst_result(check):
    code, found = check(BUDGETS)
    assert code == 2
    assert list(found) == ["foerdercheck", "format", "ergebnis", "hinweis", "uebergreifend", "budgets"]
    assert (found["foerdercheck"], found["format"], found["ergebnis"]) == (VERSION, 1, "fehler")


@pytest.mark.parametrize(
    ("names", "ergebnis"),
    [
        (["ja"], "foerderfaehig"),
        (["ja", "offen"], "offen"),
        (["offen", "nein", "ja"], "nicht_foerderfaehig"),
        (["nein", "zahlenfallen"], "fehler"),
    ],
)
def test_worst_result_decides(check, names, ergebnis):
    code, found = check(*(BUDGETS / f"{name}.yaml" for name in names))
    assert found["ergebnis"] == ergebnis
    assert code == {"foerderfaehig": 0, "nicht_foerderfaehig": 1, "fehler": 2, "offen": 3}[ergebnis]
    assert [Path(budget["datei"]).stem for budget in found["budgets"]] == names


def test_unreadable_budgets_are_those_that_are_not_checked(examples):
    readable = [budget for budget in examples.values() if "befunde" in budget]
    assert len(readable) > 5
    assert all(budget["vergabe"] is not None and budget["fehler"] == [] for budget in readable)
    assert any(body["deminimis"] for budget in readable for body in budget["beteiligte"])
    broken = [budget for budget in examples.values() if budget["ergebnis"] == "fehler"]
    assert {Path(budget["datei"]).name for budget in broken} == {"fehler.yaml", "zahlenfallen.yaml"}
    assert len(examples["zahlenfallen.yaml"]["fehler"]) == 11


def test_a_place_that_is_a_whole_sheet_has_no_cell(check, tmp_path):
    sheets = mappe()
    del sheets["Kosten"]
    code, found = check(save_budget(tmp_path / "b.xlsx", sheets))
    assert (code, [fehler["ort"] for fehler in found["budgets"][0]["fehler"]]) == (
        2,
        [{"blatt": "Kosten", "zelle": None}],
    )


def test_rate_is_a_fraction(examples):
    assert [body["foerdersatz"] for body in examples["verbund.yaml"]["beteiligte"]] == ["0.4", "0.5"]


def test_sums_are_those_of_the_participants(examples):
    for budget in examples.values():
        for name, amount in budget.get("summe", {}).items():
            assert Decimal(amount) == sum(Decimal(body[name]) for body in budget["beteiligte"])


def test_every_rule_appears_and_places_are_true(examples):
    for name, budget in examples.items():
        assessment = check_demo(BUDGETS / name)
        if assessment.fassung is None:
            continue
        asked = {befund["regel"] for befund in budget["befunde"]} - {"dateien"}
        assert asked == {regel.id for regel in assessment.fassung.regeln}
        lines = (BUDGETS / name).read_text(encoding="utf-8").splitlines()
        for body in budget["beteiligte"]:
            for zeile in body["kosten"]:
                place = zeile["ort"]
                assert lines[place["zeile"] - 1][place["spalte"] - 1 :].startswith("kostenart:")


def test_each_finding_says_what_it_rests_on_as_its_text_does(run):
    marks = {"wortlaut": "", "auslegung": "[Auslegung", "sekundaer": "[Sekundärquelle]"}
    found = run("check", EXAMPLES)[1]["budgets"]
    told = [befund for budget in found for befund in budget.get("befunde", []) if befund["status"] != "entfaellt"]
    assert {befund["beleg"] for befund in told} >= {*marks}
    for befund in told:
        if befund["regel"] != "dateien":  # some of them are readings of ours
            assert (befund["beleg"] is None) == (befund["regel"] in ("datei", "ausnahmen", "angaben")), befund
        assert befund["beleg"] is None or marks[befund["beleg"]] in befund["text"], befund
        assert ("[Auslegung" in befund["text"]) == (befund["beleg"] == "auslegung"), befund


def test_budget_without_any_statement_is_open_with_null_where_nothing_was_computed(check, tmp_path):
    file = tmp_path / "leer.yaml"
    file.write_text("foerderprogramm: traumland\n", encoding="utf-8")
    code, found = check(file)
    budget = found["budgets"][0]
    assert (code, budget["ergebnis"], budget["beteiligte"], budget["vergabe"]) == (3, "offen", [], None)
    assert set(budget["summe"].values()) == {None}


def _check_tree(figure):
    assert figure["name"]
    for part in figure["aus"]:
        _check_tree(part)
    if not figure["aus"]:
        assert figure["ort"] or figure["formel"], figure
    formula = figure["formel"] or ""
    amounts = [Decimal(part["betrag"]) for part in figure["aus"]]
    if formula.startswith("Summe über") or (" + " in formula and not re.search(r"[−×(]", formula)):
        assert sum(amounts) == Decimal(figure["betrag"]), figure["name"]
    if amounts and not formula.startswith("Summe über"):
        assert [part["name"] for part in figure["aus"] if part["name"] not in formula] == []


def test_derivations_are_closed_trees_one_per_figure(check):
    for budget in check(BUDGETS, "--herleitung")[1]["budgets"]:
        for body in budget.get("beteiligte", []):
            trees = {figure["name"]: figure["betrag"] for figure in body["herleitung"]}
            assert len(trees) == len(body["herleitung"])
            assert {name: figure(body) for name, figure in FIGURES.items()} == trees
            for figure in body["herleitung"]:
                _check_tree(figure)


HISTORIES = sorted([*EXAMPLES.glob("histor*"), HISTORIE])


@pytest.mark.parametrize("history", HISTORIES, ids=lambda file: file.name)
def test_an_account_is_asked_for_with_and_without_an_award(run, history):
    code, found = run("deminimis", history, "--stichtag", DAY)
    assert code == {"eingehalten": 0, "ueberschritten": 1, "offen": 3}[found["ergebnis"]]
    assert (found["foerdercheck"], found["format"], found["stichtag"]) == (VERSION, 1, DAY)
    assert found["unternehmen"]
    for konto in found["unternehmen"]:
        assert konto["fenster"]["bis"] == DAY
        assert (konto["neue_beihilfe"], konto["frueheste_gewaehrung"]) == (None, None)
    name = found["unternehmen"][0]["unternehmen"][0]
    planned = run("deminimis", history, "--stichtag", DAY, "--unternehmen", name, "--beihilfe", "90.000,00")[1]
    assert planned["unternehmen"][0]["neue_beihilfe"] == "90000.00"


def test_account_places_are_cells_lines_or_null(run):
    for history in HISTORIES:
        found = run("deminimis", history, "--stichtag", DAY)[1]
        keys = {"blatt", "zelle"} if history.suffix == ".xlsx" else {"zeile", "spalte"}
        places = [beihilfe["ort"] for konto in found["unternehmen"] for beihilfe in konto["beihilfen"]]
        assert [place for place in places if set(place) != keys] == []


def test_history_that_cannot_be_read_is_exit_2_with_all_problems(run, tmp_path):
    file = tmp_path / "h.yaml"
    award = "  - {unternehmen: A, gewaehrt_am: 2026-13-01, foerdersumme: 48.000}\n"
    file.write_text("beihilfen:\n" + award * 2, encoding="utf-8")
    code, found = run("deminimis", file, "--stichtag", DAY)
    assert (code, found["ergebnis"], found["unternehmen"]) == (2, "fehler", [])
    assert [set(fehler) for fehler in found["fehler"]] == [{"text", "ort"}] * 4
