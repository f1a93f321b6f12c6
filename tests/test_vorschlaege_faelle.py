"""What would make a budget pass, case by case: the change that is found, and where none is."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from time import perf_counter

import pytest
from demo import JA, NEIN, check_demo
from strategies import dump
from vorschlagfaelle import BUDGETS, TAG, UEBERSCHRITTEN, single

from foerdercheck import check_budget
from foerdercheck.ausweg.suche import Suche
from foerdercheck.ausweg.vorschlaege import Vorschlaege, vorschlaege


def test_the_day_and_the_grant_that_fit():
    found = vorschlaege(check_budget(UEBERSCHRITTEN))
    said = [[(change.pfad[-1], change.neu) for change in one.aenderungen] for one in found.vorschlaege]
    assert said == [[("bewilligung", "2026-05-11")], [("beantragt", "54.600,00"), ("eigenmittel", "97.645,00")]]
    assert [one.zuwendung for one in found.vorschlaege] == [Decimal("76122.50"), Decimal("54600.00")]


def test_the_same_fields_are_not_changed_twice_for_the_same_end():
    """Too long by years: own money closes the gap after the end was moved, more than that is no second way."""
    tree = BUDGETS / "zr-ni-ki-strategie.yaml"
    found = vorschlaege(check_budget(tree, setze={"vorhaben.ende": "2032-12-31"}, stichtag=TAG))
    assert [[change.pfad[-1] for change in one.aenderungen] for one in found.vorschlaege] == [["ende", "eigenmittel"]]


def test_an_assumed_day_of_grant_does_not_hide_the_day_that_fits():
    found = vorschlaege(check_budget(UEBERSCHRITTEN, stichtag=date(2026, 4, 21)))
    assert found.vorschlaege[0].aenderungen[0].neu == "2026-05-11"


def test_the_grant_that_needs_no_offers():
    one = vorschlaege(check_budget(BUDGETS / "auftraege-einer-offen.yaml", stichtag=TAG)).vorschlaege[0]
    assert [(change.pfad[-1], change.neu) for change in one.aenderungen] == [
        ("beantragt", "100.000,00"), ("eigenmittel", "223.039,99")
    ]  # fmt: skip


def test_the_end_the_law_allows_and_hours_that_do_not_count():
    found = vorschlaege(check_budget(BUDGETS / "mpsc-ende-2027.yaml", stichtag=date(2020, 9, 1)))
    said = [[(change.pfad[-1], change.neu) for change in one.aenderungen] for one in found.vorschlaege]
    assert [("ende", "31.12.2026"), ("2027", "0")] in said


def kosten(art, **more):
    tree = single(10, 5, 5, 18)
    tree["antragsteller"]["kosten"].append({"kostenart": art, "bezeichnung": "Noch etwas", "netto": "20000,00"})
    tree["antragsteller"]["finanzierung"] |= more
    return vorschlaege(check_budget(dump(tree).encode())).vorschlaege


def test_what_the_rule_calls_bought_in_is_given_as_such():
    said = [[(change.pfad[-1], change.neu) for change in one.aenderungen] for one in kosten("gutachten")]
    assert [("netto", "0,00")] in said
    assert said[0] == [("eigenmittel", "70000,00")]
    tree = single(10, 5, 5, 18)
    tree["antragsteller"]["kosten"].append({"kostenart": "gutachten", "bezeichnung": "Rat", "netto": "20000,00"})
    del tree["antragsteller"]["finanzierung"]["beantragt"]
    tree["antragsteller"]["finanzierung"]["eigenmittel"] = "60000,00"
    first = vorschlaege(check_budget(dump(tree).encode())).vorschlaege[0]
    assert [(change.pfad[-1], change.neu) for change in first.aenderungen] == [("kostenart", "fremdleistung")]


def test_another_kind_is_never_given_as_bought_in():
    assert all(change.pfad[-1] != "kostenart" for one in kosten("reise") for change in one.aenderungen)


def test_the_most_without_changing_cost():
    """Less is applied for than may be given, and nothing closes: the most is the highest grant, with own money for the rest."""
    found = vorschlaege(check_budget(dump(single(10, 3, 4, 18)).encode()))
    assert [(c.pfad[-1], c.neu) for c in found.vorschlaege[0].aenderungen] == [("eigenmittel", "70000,00")]
    assert [(c.pfad[-1], c.neu) for c in found.meiste.aenderungen] == [
        ("beantragt", "50000,00"),
        ("eigenmittel", "50000,00"),
    ]
    assert found.meiste.zuwendung == 50_000


@pytest.mark.parametrize("file", ["ja.yaml", "fehler.yaml"])
def test_nothing_is_proposed_where_nothing_is_left(file):
    assert vorschlaege(check_demo(JA.with_name(file))) == Vorschlaege()


def test_what_nobody_can_mend_gets_no_proposal():
    """The contract was made too early: no lever undoes that."""
    assert vorschlaege(check_demo(NEIN)).vorschlaege == ()


def test_a_defect_is_no_ground_for_proposals():
    found = replace(check_budget(UEBERSCHRITTEN), defekte=("kaputt",))
    assert vorschlaege(found) == Vorschlaege()


def test_the_search_ends(monkeypatch):
    monkeypatch.setattr("foerdercheck.ausweg.suche.MEISTE_PRUEFUNGEN", 1)
    monkeypatch.setattr("foerdercheck.ausweg.suche._LEAST_CHECKS", 1)
    monkeypatch.setattr("foerdercheck.ausweg.suche._CHECKS_FOR_THE_MOST", 0)
    found = vorschlaege(check_budget(UEBERSCHRITTEN))
    assert (found.geprueft, found.vollstaendig) == (1, False)


def test_what_is_violated_of_one_is_not_mended_in_another():
    """A partner of whom nothing is violated costs no check, though it could get more."""
    tree = single(10, 3, 4, 18)
    tree["vorhaben"] |= {"kooperationsvertrag": "2026-02-01", "bescheid": "einzeln"}
    partner = {**single(10, 3, 7, 18)["antragsteller"], "name": "Rathaus"}
    checks = []
    for partners in ([], [partner]):
        found = check_budget(dump(tree | ({"partner": partners} if partners else {})).encode())
        assert {befund.beteiligter for befund in found.befunde if befund.status == "verletzt"} == {"Haus"}
        suche = Suche(found, found.grundlage, found.budget)
        assert suche.wege()
        checks.append(suche.geprueft)
    assert checks[0] == checks[1]


def test_a_budget_of_many_lines_takes_few_checks():
    tree = single(10, 5, 3, 18)
    line = tree["antragsteller"]["kosten"][0]
    tree["antragsteller"]["kosten"] = [
        {**line, "kostenart": "reise", "bezeichnung": f"R {n}", "netto": "1,00"} for n in range(3_000)
    ]
    begun = perf_counter()
    assert vorschlaege(check_budget(dump(tree).encode())).geprueft <= 13
    assert perf_counter() - begun < 60
