"""What would make a budget pass: every proposal leads to what it says, changes nothing else, and none is smaller."""

import copy
import os
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from time import perf_counter

import pytest
from demo import JA, NEIN, check_demo
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import RAHMEN, budgets, dump

from foerdercheck import check_budget
from foerdercheck.ausweg.hebel import ERLAUBT, FREMDLEISTUNG
from foerdercheck.ausweg.suche import Suche, with_value
from foerdercheck.ausweg.vorschlaege import Vorschlaege, vorschlaege
from foerdercheck.model.amounts import parse_geld
from foerdercheck.model.befund import EXIT_ORDER

EXAMPLES = int(os.environ.get("FOERDERCHECK_BEISPIELE", "120"))
"""How many made-up budgets are tried; more on request."""
BUDGETS = Path(__file__).parents[1] / "budgets"
TAG = date(2026, 4, 20)
UEBERSCHRITTEN = BUDGETS / "kmu-hoechstbetrag-ueberschritten.yaml"


def euro(thousands):
    return f"{1000 * thousands},00"


@st.composite
def failing(draw):
    """Budgets of one or two Beteiligte in thousands of EUR that fail, or leave money, for what the levers can mend."""

    def body(name):
        lines = [
            {"kostenart": draw(st.sampled_from(["material", "investition", "gutachten", "reise"])), "bezeichnung": f"{name} {n}",
             "netto": euro(draw(st.integers(0, 60) | st.integers(0, 300)))}
            for n in range(draw(st.integers(1, 3)))
        ]  # fmt: skip
        if draw(st.booleans()):
            hours = {
                "2026": str(draw(st.integers(0, 2000))),
                draw(st.sampled_from(["2027", "2028"])): str(draw(st.integers(0, 1800))),
            }
            lines.append(
                {
                    "kostenart": "personal",
                    "bezeichnung": f"P {name}",
                    "person": f"P {name}",
                    "stundensatz": "50,00",
                    "stunden": hours,
                }
            )
        if draw(st.booleans()):
            lines.append(
                {"kostenart": "fremdleistung", "bezeichnung": f"F {name}", "netto": euro(draw(st.integers(1, 90))),
                 "auftrag": {"nr": f"F {name}", "leistung": "liefer_dienst"}}
            )  # fmt: skip
        aid = [{"gewaehrt_am": "2024-05-01", "zuwendungsgeber": "IB", "verordnung": "2023/2831", "subventionswert": euro(s)}
               for s in draw(st.lists(st.integers(50, 290), max_size=1))]  # fmt: skip
        money = {"eigenmittel": euro(draw(st.integers(0, 200)))}
        if draw(st.booleans()):
            money["beantragt"] = euro(draw(st.integers(1, 300)))
        return {
            "name": name, "art": draw(st.sampled_from(["unternehmen", "hochschule"])), "sitz": "SH", "kosten": lines,
            "finanzierung": money, "deminimis": aid or "keine", "nace": "62.01",
            "gemeinkosten": draw(st.sampled_from(["auto", "personal", "keine"])),
        }  # fmt: skip

    names = ["Haus Süd", "Haus Nord"][: draw(st.integers(1, 2))]
    first, *others = map(body, names)
    vorhaben = {
        "antragsdatum": "2026-01-15", "beginn": "2026-04-01", "ende": "2027-12-31", "bewilligung": "2026-03-20", "ziele": ["wissen"],
        "gesamtfinanzierung_gesichert": "ja", "folgekosten_gesichert": "ja", "andere_foerdermittel_geprueft": "ja",
        "bundesland": "SH", "kooperationsvertrag": "2026-02-01", "bescheid": "einzeln",
    }  # fmt: skip
    return {"foerderprogramm": "sh-ki", "vorhaben": vorhaben, "antragsteller": first} | (
        {"partner": others} if others else {}
    )


def put(tree, pfad, neu):
    """Write a value where a person would: independently of how the program does."""
    changed = copy.deepcopy(tree)
    inside = changed
    for part in pfad[:-1]:
        inside = inside.setdefault(part, {}) if isinstance(inside, dict) else inside[part]
    inside[pfad[-1]] = neu
    return changed


def hold(tree, *, stichtag=None):
    """Hold everything that must be true of the proposals for a budget; return them."""
    base = check_budget(dump(tree).encode(), stichtag=stichtag)
    found = vorschlaege(base)
    assert len(found.vorschlaege) <= 4
    for one in (*found.vorschlaege, *([found.meiste] if found.meiste else [])):
        assert one.aenderungen
        written = tree
        for change in one.aenderungen:
            hebel = next(part for part in reversed(change.pfad) if isinstance(part, str) and not part.isdigit())
            assert hebel in ERLAUBT
            assert hebel not in {"netto", "brutto"} or parse_geld(change.neu) == 0
            assert hebel != "kostenart" or change.neu == FREMDLEISTUNG
            written = put(written, change.pfad, change.neu)
        moved = any(change.pfad[-1] == "bewilligung" for change in one.aenderungen)
        checked = check_budget(dump(written).encode(), stichtag=None if moved else stichtag)
        assert (checked.ergebnis, checked.zuwendung) == (one.ergebnis, one.zuwendung)
        rank = EXIT_ORDER.index(checked.exit_code)
        assert rank <= EXIT_ORDER.index(base.exit_code)
        assert [b.text for b in checked.befunde if b.status == "offen"] == [b.text for b in one.mitzubringen]
        if rank == EXIT_ORDER.index(base.exit_code):
            assert base.ergebnis != "nicht_foerderfaehig"
            assert one.zuwendung >= base.zuwendung
    for index, one in enumerate(found.vorschlaege):
        for other in found.vorschlaege[:index]:
            same = {change.pfad for change in one.aenderungen} == {change.pfad for change in other.aenderungen}
            better = one.zuwendung > other.zuwendung or one.eigenmittel < other.eigenmittel
            assert not same or better or one.ergebnis != other.ergebnis
    sizes = [(len(one.aenderungen), one.bewegt) for one in found.vorschlaege]
    assert sizes == sorted(sizes)
    return base, found


@settings(max_examples=EXAMPLES)
@given(failing())
def test_proposals_lead_to_what_they_say(tree):
    hold(tree)


@settings(max_examples=EXAMPLES // 4)
@given(st.sampled_from(sorted(RAHMEN)).flatmap(budgets))
def test_proposals_for_any_budget_lead_to_what_they_say(tree):
    hold(tree, stichtag=TAG)


def test_made_up_budgets_are_mended():
    """The strategy is worth something: most of its budgets that fail find a way out."""
    mended = []

    @settings(max_examples=60)
    @given(failing())
    def collect(tree):
        base = check_budget(dump(tree).encode())
        if base.ergebnis != "foerderfaehig":
            mended.append(bool(vorschlaege(base).vorschlaege))

    collect()
    assert len(mended) > 30
    assert sum(mended) > len(mended) * 2 // 3


def single(cost, beantragt, eigenmittel, aid):
    """A small budget of a firm on a grid of 10,000 EUR: half of its cost may be granted."""
    history = [
        {
            "gewaehrt_am": "2024-05-01",
            "zuwendungsgeber": "IB",
            "verordnung": "2023/2831",
            "subventionswert": euro(10 * aid),
        }
    ]
    vorhaben = {
        "antragsdatum": "2026-01-15", "beginn": "2026-04-01", "ende": "2027-12-31", "bewilligung": "2026-03-20", "ziele": ["wissen"],
        "gesamtfinanzierung_gesichert": "ja", "folgekosten_gesichert": "ja", "andere_foerdermittel_geprueft": "ja", "bundesland": "SH",
    }  # fmt: skip
    body = {
        "name": "Haus", "art": "unternehmen", "sitz": "SH", "nace": "62.01", "deminimis": history,
        "kosten": [{"kostenart": "material", "bezeichnung": "Blech", "netto": euro(10 * cost)}],
        "finanzierung": {"beantragt": euro(10 * beantragt), "eigenmittel": euro(10 * eigenmittel)},
    }  # fmt: skip
    return {"foerderprogramm": "sh-ki", "vorhaben": vorhaben, "antragsteller": body}


@settings(max_examples=max(EXAMPLES // 6, 10))
@given(st.integers(1, 8).map(lambda n: 2 * n), st.integers(1, 9), st.integers(0, 12), st.integers(18, 29))
def test_nobody_finds_a_smaller_change(cost, beantragt, eigenmittel, aid):
    """Every other grant and own money on the grid, tried one by one."""
    base = check_budget(dump(single(cost, beantragt, eigenmittel, aid)).encode())
    if base.ergebnis == "foerderfaehig":
        return
    where = ("antragsteller", "finanzierung")
    smallest = []
    for b in range(1, cost + 1):
        for e in range(cost + 1):
            changes = (b != beantragt) + (e != eigenmittel)
            budget = with_value(base.budget, (*where, "beantragt"), Decimal(b * 10_000))
            budget = with_value(budget, (*where, "eigenmittel"), Decimal(e * 10_000))
            moved = 10_000 * (abs(b - beantragt) + abs(e - eigenmittel))
            if base.grundlage.assess(budget).ergebnis == "foerderfaehig":
                smallest.append((changes, moved))
    found = [
        (len(one.aenderungen), one.bewegt) for one in vorschlaege(base).vorschlaege if one.ergebnis == "foerderfaehig"
    ]
    if smallest:
        assert min(found) <= min(smallest)


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
