"""Two budgets side by side: every edit is named and nothing else; order and format make no difference."""

import copy
import os
import re
from datetime import date
from decimal import Decimal

from demo import JA, check_demo
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import RAHMEN, budgets, dump
from vorschlagfaelle import BUDGETS, UEBERSCHRITTEN, euro, single
from workbooks import hinweise, mappe, save_budget

from foerdercheck import check_budget
from foerdercheck.reading.files import read_text
from foerdercheck.reports.text import render_text
from foerdercheck.reports.vergleich import side_by_side
from foerdercheck.vergleich.gegenueberstellung import vergleiche
from foerdercheck.writing.conversion import budget_as_workbook

EXAMPLES = int(os.environ.get("FOERDERCHECK_BEISPIELE", "100"))
TAG = date(2026, 4, 20)
any_budget = st.sampled_from(sorted(RAHMEN)).flatmap(budgets)


def check(tree):
    return check_budget(dump(tree).encode(), stichtag=TAG)


def compared(old, new):
    return vergleiche(check(old), check(new))


@settings(max_examples=EXAMPLES)
@given(any_budget)
def test_a_budget_is_equal_to_itself_in_any_format(tree):
    base = check(tree)
    if base.fehler:
        return
    assert vergleiche(base, base).gleich
    document = read_text(dump(tree).encode(), "-")
    workbook = check_budget(budget_as_workbook(document), name="b.xlsx", stichtag=TAG)
    found = vergleiche(base, workbook)
    assert (found.unterschiede, found.befunde, found.gleich) == ((), (), True)


@settings(max_examples=EXAMPLES)
@given(any_budget, st.randoms(use_true_random=False))
def test_moved_lines_are_no_change(tree, random):
    moved = copy.deepcopy(tree)
    for body in (moved["antragsteller"], *moved.get("partner", ())):
        random.shuffle(body.get("kosten", []))
    assert compared(tree, moved).unterschiede == ()


@st.composite
def edits(draw, tree):
    """From one to five edits of a budget: the edited one, and what must be named as (art, field or line)."""
    new, named = copy.deepcopy(tree), []
    bodies = [("antragsteller",), *(("partner", index) for index in range(len(tree.get("partner", ()))))]
    places = [(body, index) for body in bodies for index in range(len(at(tree, body).get("kosten", ())))]
    chosen = draw(st.lists(st.sampled_from(places), unique=True, max_size=4)) if places else []
    for number, (body, index) in enumerate(chosen):
        line = at(new, (*body, "kosten"))[index]
        field = next((name for name in ("netto", "brutto", "stundensatz") if name in line), None)
        kind = draw(st.sampled_from(["geld", "name", "weg", "neu"]))
        if kind == "geld" and field:
            line[field] = (
                f"{draw(st.integers(200_000, 300_000))},0{number}" if field != "stundensatz" else f"{300 + number},00"
            )
            named.append(("geaendert", field))
        elif kind == "name":
            line["bezeichnung"] = f"Ganz anders {number}"
            named.append(("umbenannt", "bezeichnung"))
        elif kind == "neu":
            at(new, (*body, "kosten")).append(
                {"kostenart": "material", "bezeichnung": f"Neu {number}", "netto": f"4{number},17"}
            )
            named.append(("neu", f"Neu {number}"))
        elif kind == "weg":
            named.append(("weggefallen", line["bezeichnung"]))
            line["weg"] = True
    for body in bodies:
        lines = at(new, body).get("kosten", [])
        lines[:] = [line for line in lines if not line.pop("weg", False)]
    if not named or draw(st.booleans()):
        new["vorhaben"]["titel"] = "Ein anderer Titel"
        named.append(("geaendert", "vorhaben.titel"))
    return new, named


def at(tree, path):
    for part in path:
        tree = tree[part]
    return tree


@settings(max_examples=EXAMPLES * 2)
@given(st.data())
def test_every_edit_is_named_and_nothing_else(data):
    tree = data.draw(any_budget)
    new, named = data.draw(edits(tree))
    old_found, new_found = check(tree), check(new)
    if old_found.budget is None or new_found.budget is None:
        return
    found = vergleiche(old_found, new_found)
    said = [(one.art, one.feld or one.posten) for one in found.unterschiede]
    assert sorted(said) == sorted(named)
    assert found.exit_code == 1


@settings(max_examples=EXAMPLES // 2)
@given(any_budget, any_budget)
def test_any_two_budgets_can_be_compared(old, new):
    found = compared(old, new)
    back = compared(new, old)
    assert len(found.unterschiede) == len(back.unterschiede)
    assert found.exit_code == back.exit_code


def test_figures_findings_orders_and_room():
    old = single(30, 9, 21, 18)
    new = copy.deepcopy(old)
    new["antragsteller"]["finanzierung"] = {"beantragt": euro(130), "eigenmittel": euro(170)}
    new["antragsteller"]["kosten"].append({"kostenart": "fremdleistung", "bezeichnung": "Auftrag", "netto": euro(30)})
    found = compared(old, new)
    assert [(one.art, one.posten or one.feld) for one in found.unterschiede] == [
        ("geaendert", "finanzierung.beantragt"), ("geaendert", "finanzierung.eigenmittel"), ("neu", "Auftrag")
    ]  # fmt: skip
    zahlen = {(pair.name, pair.beteiligter): pair.differenz for pair in found.zahlen}
    assert zahlen["Gesamtausgaben", "Haus"] == zahlen["Gesamtausgaben", None] == 30_000
    assert zahlen["Zuwendung", "Haus"] == 40_000
    assert zahlen["fremdleistung", "Haus"] is None
    assert [(order.auftrag, order.neu) for order in found.angebote if order.neu] != []
    assert any(
        pair.neu and pair.neu.regel.endswith("deminimis") and pair.neu.status == "verletzt" for pair in found.befunde
    )
    assert [(pair.alt, pair.neu) for pair in found.raum] == [(Decimal(120_000), Decimal(120_000))]


def test_what_a_project_has_in_common_with_its_one_body_stands_once():
    old = single(30, 9, 21, 18)
    new = copy.deepcopy(old)
    new["antragsteller"]["kosten"][0]["netto"] = euro(40)
    said = render_text(side_by_side(compared(old, new)))
    assert len(re.findall(r"^  Gesamtausgaben ", said, re.MULTILINE)) == 1
    assert "Vorhaben  Gesamtausgaben" not in said
    new["partner"] = [{**old["antragsteller"], "name": "Partnerin"}]
    assert re.search(r"^  Vorhaben +Gesamtausgaben ", render_text(side_by_side(compared(old, new))), re.MULTILINE)


def test_an_order_of_a_renamed_body_is_the_same_and_one_without_need_is_not_told():
    old = single(30, 9, 21, 18)
    new = copy.deepcopy(old)
    new["antragsteller"]["name"] = "Neues Haus"
    assert compared(old, new).angebote == ()
    new["antragsteller"]["kosten"].append({"kostenart": "material", "bezeichnung": "Zettel", "netto": "1,00"})
    found = compared(old, new)
    assert [(order.alt, order.neu) for order in found.angebote] == [(None, False)]
    assert "Aufträge" not in render_text(side_by_side(found))


def test_an_exceeded_line_is_named_by_its_share():
    old = single(10, 5, 5, 18)
    new = copy.deepcopy(old)
    new["antragsteller"]["kosten"][0]["netto"] = euro(125)
    (line,) = compared(old, new).zeilen
    assert (line.bezeichnung, line.ueberschritten) == ("Blech", Decimal("0.25"))
    assert compared(new, old).zeilen[0].ueberschritten is None


def test_an_exceeded_line_of_a_consortium_is_told_with_its_body():
    old = single(10, 5, 5, 18)
    old["partner"] = [{**copy.deepcopy(old["antragsteller"]), "name": "Partnerin"}]
    new = copy.deepcopy(old)
    new["partner"][0]["kosten"][0]["netto"] = euro(120)
    assert re.search(r"  Partnerin: Blech .* 20 %", render_text(side_by_side(compared(old, new))))


def test_a_renamed_applicant_is_the_same_and_partners_come_and_go():
    old = single(10, 5, 5, 18)
    new = copy.deepcopy(old)
    new["antragsteller"]["name"] = "Neues Haus"
    new["partner"] = [{**old["antragsteller"], "name": "Partnerin"}]
    said = [(one.art, one.beteiligter, one.feld) for one in compared(old, new).unterschiede]
    assert said == [("geaendert", "Neues Haus", "name"), ("neu", "Partnerin", "")]


def test_lines_and_partners_that_come_or_go_are_told_with_what_they_cost():
    old = single(30, 9, 21, 18)
    new = copy.deepcopy(old)
    hours = {"kostenart": "personal", "bezeichnung": "Entwicklung", "person": "P", "stundensatz": "50,00"}
    new["antragsteller"]["kosten"] += [{**hours, "stunden": {"2026": "100"}}]
    assert "  Entwicklung  neu     –    5.000,00 €" in render_text(side_by_side(compared(old, new)))
    assert re.search("Entwicklung +weggefallen  5.000,00 € +–", render_text(side_by_side(compared(new, old))))
    new = copy.deepcopy(old)
    new["partner"] = [{**old["antragsteller"], "name": "Partnerin"}]
    (one,) = compared(old, new).unterschiede
    assert (one.art, one.alt, one.neu) == ("neu", None, 300_000)
    assert "  Partnerin: Beteiligter  neu " in render_text(side_by_side(compared(old, new)))


def test_awards_and_money_of_others_are_recognised():
    old = single(30, 9, 21, 18)
    body = old["antragsteller"]
    body["deminimis"] += [{**body["deminimis"][0], "gewaehrt_am": "2025-05-01", "subventionswert": "1,00"}]
    body["finanzierung"]["weitere"] = [
        {"geber": name, "betrag": f"{n},00"} for n, name in enumerate(("Kreis", "Bank"), 1)
    ]
    new = copy.deepcopy(old)
    new["antragsteller"]["deminimis"].reverse()
    new["antragsteller"]["deminimis"][0]["gewaehrt_am"] = "2025-06-01"
    new["antragsteller"]["finanzierung"]["weitere"].reverse()
    new["antragsteller"]["finanzierung"]["weitere"][0]["geber"] = "Sparkasse"
    said = [(one.art, one.posten, one.feld, str(one.alt), str(one.neu)) for one in compared(old, new).unterschiede]
    assert said == [
        ("geaendert", "Sparkasse", "geber", "Bank", "Sparkasse"),
        ("geaendert", "IB, 01.06.2025", "gewaehrt_am", "2025-05-01", "2025-06-01"),
    ]


def test_differences_are_told_in_the_order_of_the_lines():
    old = single(30, 9, 21, 18)
    old["antragsteller"]["kosten"] = [
        {"kostenart": "material", "bezeichnung": f"M {n}", "netto": "1,00"} for n in range(12)
    ]
    new = copy.deepcopy(old)
    for line in new["antragsteller"]["kosten"]:
        line["netto"] = "2,00"
    found = compared(old, new)
    assert [one.posten for one in found.unterschiede] == [f"M {n}" for n in range(12)]
    assert [line.bezeichnung for line in found.zeilen] == [f"M {n}" for n in range(12)]


def test_an_award_to_another_undertaking_is_the_same_and_one_that_went_is_told_with_its_sum():
    file = BUDGETS / "kmu-hoechstbetrag-genau-gefuellt.yaml"
    old = check_budget(file, stichtag=TAG)
    new = check_budget(file, stichtag=TAG, setze={"antragsteller.deminimis.1.unternehmen": "Haus Drei"})
    assert [(one.art, one.feld, one.neu) for one in vergleiche(old, new).unterschiede] == [
        ("geaendert", "unternehmen", "Haus Drei")
    ]
    left = [award.foerdersumme for award in old.budget.antragsteller.deminimis]
    none = vergleiche(old, check_budget(file, stichtag=TAG, setze={"antragsteller.deminimis": "keine"}))
    assert [one.alt for one in none.unterschiede if one.art == "weggefallen"] == left


def test_words_of_a_list_stand_in_no_order():
    old = single(30, 9, 21, 18)
    old["vorhaben"]["ziele"] = ["wissen", "klima"]
    new = copy.deepcopy(old)
    new["vorhaben"]["ziele"].reverse()
    assert compared(old, new).unterschiede == ()
    new["vorhaben"]["ziele"].append("wettbewerb")
    assert [one.feld for one in compared(old, new).unterschiede] == ["vorhaben.ziele"]


def test_a_renamed_partner_that_states_the_same_is_the_same():
    old = single(30, 9, 21, 18)
    old["partner"] = [{**single(10, 3, 7, 18)["antragsteller"], "name": name} for name in ("Eins", "Zwei")]
    old["partner"][1]["kosten"] = single(12, 3, 7, 18)["antragsteller"]["kosten"]
    new = copy.deepcopy(old)
    new["partner"].reverse()
    new["partner"][0]["name"] = "Drei"
    said = [(one.art, one.feld, one.alt, one.neu, one.pfad_alt) for one in compared(old, new).unterschiede]
    assert said == [("geaendert", "name", "Zwei", "Drei", ("partner", 1, "name"))]


def test_a_defect_is_no_comparison():
    from dataclasses import replace

    found = vergleiche(check_demo(JA), replace(check_demo(JA), defekte=("kaputt",)))
    assert found.exit_code == 4


def test_a_budget_that_lacks_what_figures_need_has_no_figures():
    found = vergleiche(check_budget(b"foerderprogramm: sh-ki"), check_budget(UEBERSCHRITTEN))
    assert (found.zahlen, found.exit_code) == ((), 1)


def test_how_a_file_is_written_is_no_difference(tmp_path):
    """A column that is not read is a remark about the file, and changes nothing."""

    def noted(book):
        sheet = book["Kosten"]
        sheet.cell(1, sheet.max_column + 1, "Notiz")
        sheet.cell(2, sheet.max_column, "mit Frau Petersen geklärt")

    plain = check_demo(save_budget(tmp_path / "a.xlsx", mappe()), stichtag=TAG)
    other = check_demo(save_budget(tmp_path / "b.xlsx", mappe(), noted), stichtag=TAG)
    assert len(hinweise(other)) > len(hinweise(plain))
    assert vergleiche(plain, other).gleich
