"""The JSON result has exactly the keys and forms of its contract, for every example and every command."""

import json
import re
import sys
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from foerdercheck import check_budget, cli
from foerdercheck.version import VERSION

BUDGETS = Path(__file__).parents[1] / "budgets"
DAY = "2026-04-20"
KEYS = {
    "budget": "datei fehler programm stichtag ergebnis beteiligte summe vergabe befunde fristen",
    "programm": "id titel fassung",
    "beteiligter": "name art kosten gemeinkosten gesamtausgaben zuwendungsfaehige_ausgaben foerdersatz hoechste_zuwendung "
    "zuwendung eigenmittel weitere_mittel finanzierungsluecke deminimis",
    "kosten": "kostenart bezeichnung angesetzt zuwendungsfaehig ort",
    "gemeinkosten": "methode betrag varianten",
    "variante": "methode betrag zulaessig grund",
    "summe": "gesamtausgaben zuwendungsfaehige_ausgaben zuwendung",
    "vergabe": "drei_angebote_erforderlich zuwendungen_gesamt auftraege",
    "auftrag": "nr bezeichnung leistung wert_netto schwelle drei_angebote_erforderlich angebote status",
    "befund": "regel ziffer status beteiligter text betrag ort",
    "frist": "datum pflicht ziffer",
    "deminimis": "unternehmen mitgliedstaat verordnung fenster hoechstbetrag im_fenster beantragt neue_beihilfe frei ergebnis "
    "frueheste_gewaehrung beihilfen",
    "beihilfe": "gewaehrt_am unternehmen verordnung subventionswert im_fenster ergebnis_bei_gewaehrung ort",
    "figure": "name betrag formel ziffer ort aus",
}
AMOUNTS = {
    *(
        "angesetzt zuwendungsfaehig betrag gesamtausgaben zuwendungsfaehige_ausgaben hoechste_zuwendung zuwendung".split()
    ),
    *("eigenmittel weitere_mittel finanzierungsluecke zuwendungen_gesamt wert_netto schwelle hoechstbetrag".split()),
    *("beantragt neue_beihilfe frei subventionswert".split()),
}
DATES = {"fassung", "stichtag", "datum", "von", "bis", "gewaehrt_am", "frueheste_gewaehrung"}
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
        return code, json.loads(capsys.readouterr().out, object_pairs_hook=_no_twins)

    return call


def _no_twins(pairs):
    assert len({key for key, _ in pairs}) == len(pairs)
    return dict(pairs)


@pytest.fixture
def examples(run):
    return {Path(budget["datei"]).name: budget for budget in run("check", BUDGETS)[1]["budgets"]}


def _exact(kind, *objects: dict):
    for found in objects:
        assert set(found) == set(KEYS[kind].split()), kind


def _values(node):
    """Yield every key with its value, at any depth."""
    if isinstance(node, dict):
        for key, value in node.items():
            yield key, value
            yield from _values(value)
    elif isinstance(node, list):
        for value in node:
            yield from _values(value)


def _check_forms(document):
    for key, value in _values(document):
        assert not isinstance(value, float), key
        if value is None or (key == "im_fenster" and isinstance(value, bool)):
            continue
        if key in AMOUNTS or key == "im_fenster":
            assert re.fullmatch(r"-?\d+\.\d\d", value), (key, value)
        elif key in DATES:
            assert value == date.fromisoformat(value).isoformat()
        elif key == "foerdersatz":
            assert re.fullmatch(r"[01](\.\d+)?", value), value
        elif key == "ort":
            assert set(value) - {"datei"} in ({"zeile", "spalte"}, {"blatt", "zelle"})


def _check_konto(konto):
    _exact("deminimis", konto)
    _exact("beihilfe", *konto["beihilfen"])
    assert set(konto["fenster"]) == {"von", "bis"}
    assert konto["ergebnis"] in {"eingehalten", "ueberschritten", "offen"}
    assert all(isinstance(name, str) for name in konto["unternehmen"])
    for beihilfe in konto["beihilfen"]:
        assert isinstance(beihilfe["im_fenster"], bool)
        assert beihilfe["ergebnis_bei_gewaehrung"] in {"eingehalten", "ueberschritten", "nicht_geprueft"}


def _check_beteiligter(body):
    _exact("beteiligter", body)
    _exact("kosten", *body["kosten"])
    _exact("gemeinkosten", body["gemeinkosten"])
    _exact("variante", *body["gemeinkosten"]["varianten"])
    for variante in body["gemeinkosten"]["varianten"]:
        assert (variante["grund"] is None) is variante["zulaessig"]
    if body["deminimis"] is not None:
        _check_konto(body["deminimis"])


def test_head_names_version_and_worst_result(run):
    code, found = run("check", BUDGETS)
    assert code == 2
    assert list(found) == ["foerdercheck", "format", "ergebnis", "budgets"]
    assert (found["foerdercheck"], found["format"], found["ergebnis"]) == (VERSION, 1, "fehler")


@pytest.mark.parametrize(
    ("names", "ergebnis"),
    [
        (["kommune-bauauftrag"], "foerderfaehig"),
        (["kommune-bauauftrag", "auftraege-einer-offen"], "offen"),
        (["auftraege-einer-offen", "kmu-vertrag-zu-frueh", "kommune-bauauftrag"], "nicht_foerderfaehig"),
        (["kmu-vertrag-zu-frueh", "zahlenfallen"], "fehler"),
    ],
)
def test_worst_result_decides(run, names, ergebnis):
    code, found = run("check", *(BUDGETS / f"{name}.yaml" for name in names))
    assert found["ergebnis"] == ergebnis
    assert code == {"foerderfaehig": 0, "nicht_foerderfaehig": 1, "fehler": 2, "offen": 3}[ergebnis]
    assert [Path(budget["datei"]).stem for budget in found["budgets"]] == names


def test_every_object_has_exactly_its_keys(examples):
    readable = [budget for budget in examples.values() if budget["ergebnis"] != "fehler"]
    assert len(readable) > 10
    for budget in readable:
        _exact("budget", budget)
        _exact("programm", budget["programm"])
        _exact("summe", budget["summe"])
        _exact("vergabe", budget["vergabe"])
        _exact("auftrag", *budget["vergabe"]["auftraege"])
        _exact("befund", *budget["befunde"])
        _exact("frist", *budget["fristen"])
        assert budget["fehler"] == []
        for body in budget["beteiligte"]:
            _check_beteiligter(body)
    assert any(body["deminimis"] for budget in readable for body in budget["beteiligte"])


def test_values_have_the_agreed_forms(examples):
    _check_forms(list(examples.values()))
    for budget in examples.values():
        statuses = {befund["status"] for befund in budget.get("befunde", [])}
        assert statuses <= {"erfuellt", "verletzt", "gekuerzt", "offen", "hinweis", "entfaellt"}
        for auftrag in budget.get("vergabe", {}).get("auftraege", []):
            assert auftrag["status"] in {"erfuellt", "verletzt", "offen", "entfaellt"}
            assert (auftrag["status"] == "entfaellt") is not auftrag["drei_angebote_erforderlich"]
            assert auftrag["angebote"] is None or isinstance(auftrag["angebote"], int)


def test_unreadable_budget_has_its_errors_and_nothing_else(examples):
    broken = [budget for budget in examples.values() if budget["ergebnis"] == "fehler"]
    assert {Path(budget["datei"]).name for budget in broken} == {"doppelter-schluessel.yaml", "zahlenfallen.yaml"}
    for budget in broken:
        assert set(budget) == {"datei", "ergebnis", "fehler"}
        assert all(set(fehler) == {"text", "ort"} and fehler["text"] for fehler in budget["fehler"])
    assert len(examples["zahlenfallen.yaml"]["fehler"]) > 15


def test_rate_is_a_fraction(examples):
    assert [body["foerdersatz"] for body in examples["verbund-geteilte-person.yaml"]["beteiligte"]] == ["0.75", "0.5"]


def test_sums_are_those_of_the_participants(examples):
    for budget in examples.values():
        for name, amount in budget.get("summe", {}).items():
            assert Decimal(amount) == sum(Decimal(body[name]) for body in budget["beteiligte"])


def test_every_rule_appears_and_places_are_true(examples):
    for name, budget in examples.items():
        assessment = check_budget(BUDGETS / name)
        if assessment.fassung is None:
            continue
        assert {befund["regel"] for befund in budget["befunde"]} == {regel.id for regel in assessment.fassung.regeln}
        lines = (BUDGETS / name).read_text(encoding="utf-8").splitlines()
        for body in budget["beteiligte"]:
            for zeile in body["kosten"]:
                place = zeile["ort"]
                assert lines[place["zeile"] - 1][place["spalte"] - 1 :].startswith("kostenart:")


def test_budget_without_any_statement_is_open_with_null_where_nothing_was_computed(run, tmp_path):
    file = tmp_path / "leer.yaml"
    file.write_text("foerderprogramm: sh-ki\n", encoding="utf-8")
    code, found = run("check", file)
    budget = found["budgets"][0]
    assert (code, budget["ergebnis"], budget["beteiligte"], budget["vergabe"]) == (3, "offen", [], None)
    _exact("budget", budget)
    assert set(budget["summe"].values()) == {None}


def _check_tree(figure):
    _exact("figure", figure)
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


def test_derivations_are_closed_trees_one_per_figure(run):
    for budget in run("check", BUDGETS, "--herleitung")[1]["budgets"]:
        _check_forms(budget)
        for body in budget.get("beteiligte", []):
            assert set(body) == {*KEYS["beteiligter"].split(), "herleitung"}
            trees = {figure["name"]: figure["betrag"] for figure in body["herleitung"]}
            assert len(trees) == len(body["herleitung"])
            assert {name: figure(body) for name, figure in FIGURES.items()} == trees
            for figure in body["herleitung"]:
                _check_tree(figure)


HISTORIES = sorted(BUDGETS.glob("histor*"))


@pytest.mark.parametrize("history", HISTORIES, ids=lambda file: file.name)
def test_account_has_exactly_its_keys(run, history):
    code, found = run("deminimis", history, "--stichtag", DAY)
    assert code == {"eingehalten": 0, "ueberschritten": 1, "offen": 3}[found["ergebnis"]]
    assert (found["foerdercheck"], found["format"], found["stichtag"]) == (VERSION, 1, DAY)
    assert found["unternehmen"]
    _check_forms(found)
    for konto in found["unternehmen"]:
        _check_konto(konto)
        assert konto["fenster"]["bis"] == DAY
        assert (konto["neue_beihilfe"], konto["frueheste_gewaehrung"]) == (None, None)
    name = found["unternehmen"][0]["unternehmen"][0]
    planned = run("deminimis", history, "--stichtag", DAY, "--unternehmen", name, "--beihilfe", "90.000,00")[1]
    _check_forms(planned)
    _check_konto(planned["unternehmen"][0])
    assert planned["unternehmen"][0]["neue_beihilfe"] == "90000.00"


def test_account_object_has_no_key_outside_the_contract(run):
    found = run("deminimis", HISTORIES[0], "--stichtag", DAY)[1]
    assert set(found) == {"foerdercheck", "format", "ergebnis", "stichtag", "unternehmen"}


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
