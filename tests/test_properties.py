"""What holds for every budget, whatever stands in it."""

import copy
from collections.abc import Callable
from datetime import date
from decimal import ROUND_DOWN, Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import RAHMEN, SACHKOSTEN, as_tree, budgets, dump, positions

from foerdercheck.assessment.budget import Assessment, check_budget
from foerdercheck.model.location import Location
from foerdercheck.rules import PRUEFUNGEN

HEUTE = date(2026, 11, 21)
EVERY_PROGRAMME = st.sampled_from(sorted(RAHMEN)).flatmap(budgets)
ZERO = Decimal("0.00")
OHNE_INVESTITION = tuple(kind for kind in SACHKOSTEN if kind != "investition")


def assess(tree) -> Assessment:
    result = check_budget(dump(tree).encode(), heute=HEUTE)
    assert result.fehler == ()
    assert result.defekte == ()
    return result


CHECKS: list[Callable[[Assessment], None]] = []


def holds(check: Callable[[Assessment], None]) -> Callable[[Assessment], None]:
    """Making a budget costs ten times what checking it costs; so each is made once and asked everything."""
    CHECKS.append(check)
    return check


@holds
def parts_add_up_to_totals(result):
    for r in result.rechnungen:
        assert sum((z.angesetzt.betrag for z in r.zeilen), ZERO) == r.direkte_ausgaben.betrag
        eligible = sum((z.zuwendungsfaehig.betrag for z in r.zeilen), ZERO)
        assert eligible == r.direkte_zuwendungsfaehige_ausgaben.betrag
        assert eligible + r.gemeinkosten.betrag.betrag == r.zuwendungsfaehige_ausgaben.betrag
        assert r.direkte_ausgaben.betrag + r.gemeinkosten.betrag.betrag == r.gesamtausgaben.betrag
    assert result.summen == (
        sum((r.gesamtausgaben.betrag for r in result.rechnungen), ZERO),
        sum((r.zuwendungsfaehige_ausgaben.betrag for r in result.rechnungen), ZERO),
        sum((r.zuwendung.betrag for r in result.rechnungen), ZERO),
    )


@holds
def a_line_is_what_counts_plus_what_was_cut(result):
    for r in result.rechnungen:
        for zeile in r.zeilen:
            cut = sum((kuerzung.betrag for kuerzung in zeile.kuerzungen), ZERO)
            assert ZERO <= zeile.zuwendungsfaehig.betrag <= zeile.angesetzt.betrag
            assert zeile.angesetzt.betrag == zeile.zuwendungsfaehig.betrag + cut


@holds
def the_grant_never_exceeds_the_rate_nor_what_is_applied_for_nor_what_others_leave(result):
    for r in result.rechnungen:
        rate = r.foerdersatz.wert if r.foerdersatz else Decimal(0)
        exact = (rate * r.zuwendungsfaehige_ausgaben.betrag).quantize(Decimal("0.01"), ROUND_DOWN)
        limit = r.zuwendungsgrenze.hoechstens.betrag if r.zuwendungsgrenze else exact
        assert r.hoechste_zuwendung.betrag == min(exact, limit)
        beantragt = r.beteiligter.finanzierung.beantragt if r.beteiligter.finanzierung else None
        if r.zuwendungsgrenze:
            assert ZERO <= r.zuwendungsgrenze.sicher.betrag <= limit
        others = sum((s.betrag for s in r.weitere_geber if beantragt is None or s.zugesagt), ZERO)
        left = max(r.gesamtausgaben.betrag - others, ZERO) if others else r.hoechste_zuwendung.betrag
        limits = [r.hoechste_zuwendung.betrag, left, *([] if beantragt is None else [beantragt])]
        assert r.zuwendung.betrag == min(limits)


@holds
def the_gap_closes_the_financing(result):
    for r in result.rechnungen:
        if r.eigenmittel is None:
            assert r.finanzierungsluecke is None
        else:
            paid = r.zuwendung.betrag + r.eigenmittel.betrag + r.weitere_mittel.betrag
            assert r.finanzierungsluecke.betrag + paid == r.gesamtausgaben.betrag


@holds
def the_verdict_follows_from_the_findings_and_the_exit_code_from_the_verdict(result):
    statuses = {befund.status for befund in result.befunde}
    expected = ("nicht_foerderfaehig", 1) if "verletzt" in statuses else ("offen", 3) if "offen" in statuses else None
    assert (result.ergebnis, result.exit_code) == (expected or ("foerderfaehig", 0))


@holds
def every_rule_speaks_once_at_least_for_each_it_concerns(result):
    said = {(befund.regel, befund.beteiligter) for befund in result.befunde}
    names = [r.name for r in result.rechnungen]
    expected = set()
    for regel in result.fassung.regeln:
        whom = names if PRUEFUNGEN[regel.pruefung].beteiligter else [None]
        expected |= {(regel.id, name) for name in whom}
    assert said == expected


@holds
def amounts_are_whole_cents(result):
    amounts = [figure.betrag for r in result.rechnungen for figure in r.figures]
    amounts += [f.betrag for r in result.rechnungen for z in r.zeilen for f in (z.angesetzt, z.zuwendungsfaehig)]
    amounts += [k.betrag for r in result.rechnungen for z in r.zeilen for k in z.kuerzungen]
    amounts += [befund.betrag for befund in result.befunde if befund.betrag is not None]
    amounts += [geprueft.auftrag.wert_netto for geprueft in result.vergabe.auftraege]
    amounts += [*result.summen, result.vergabe.zuwendungen.betrag]
    assert {amount.as_tuple().exponent for amount in amounts} == {-2}


@holds
def places_lie_in_the_file(result):
    for befund in result.befunde:
        if befund.ort is not None:
            assert befund.ort == Location(zeile=befund.ort.zeile, spalte=befund.ort.spalte)
            assert result.source.excerpt(befund.ort)


@settings(max_examples=120)
@given(EVERY_PROGRAMME)
def test_what_holds_for_every_budget(tree):
    result = assess(tree)
    for check in CHECKS:
        check(result)


def totals(result: Assessment):
    return sorted((r.name, *(figure.betrag for figure in r.figures)) for r in result.rechnungen)


@given(budgets(), st.randoms(use_true_random=False))
def test_the_order_of_independent_lines_and_partners_does_not_matter(tree, random):
    other = copy.deepcopy(tree)
    for body in (other["antragsteller"], *other.get("partner", [])):
        random.shuffle(body["kosten"])
    random.shuffle(other.get("partner", []))
    before, after = assess(tree), assess(other)
    assert totals(before) == totals(after)
    assert before.ergebnis == after.ergebnis


@given(budgets(capped=False), st.data())
def test_one_more_line_never_lowers_an_uncapped_grant(tree, data):
    """Holds for lines of every kind but investition (see the next test), whatever overhead is chosen.

    Also where the line lifts the focus on investments and the refused choice `direkt` comes to life: then
    investments are half the cost, 25 % of them are more than 15 % of the personnel in the other half.
    """
    more = copy.deepcopy(tree)
    line = data.draw(positions("noch eine", (2026, 2027), ("personal", *OHNE_INVESTITION)))
    more["antragsteller"]["kosten"].append(line)
    before, after = assess(tree).rechnungen[0], assess(more).rechnungen[0]
    assert before.zuwendungsfaehige_ausgaben.betrag <= after.zuwendungsfaehige_ausgaben.betrag
    assert before.zuwendung.betrag <= after.zuwendung.betrag


def grant(*lines: dict[str, str], gemeinkosten: str = "auto") -> Decimal:
    vorhaben = {"antragsdatum": "2026-01-15", "beginn": "2026-02-01", "ende": "2026-12-31"}
    body = {"name": "TH", "art": "hochschule", "gemeinkosten": gemeinkosten, "kosten": list(lines)}
    return (
        assess({"foerderprogramm": "sh-ki", "vorhaben": vorhaben, "antragsteller": body}).rechnungen[0].zuwendung.betrag
    )


PERSONAL = {"kostenart": "personal", "bezeichnung": "P", "stundensatz": "10", "stunden": "100"}


def thing(kind: str, betrag: str, **more: str) -> dict[str, str]:
    return {"kostenart": kind, "bezeichnung": f"{kind} {betrag}", "brutto": betrag, **more}


def test_an_investment_that_makes_the_focus_lowers_the_grant():
    """1,000 personnel + 1,000 investment: 25 % of 2,000; one euro more of investment: 15 % of 1,000."""
    invest = thing("investition", "1000,00")
    assert grant(PERSONAL, invest) == Decimal("1875.00")  # 75 % of 2,500
    assert grant(PERSONAL, invest, thing("investition", "1,00")) == Decimal("1613.25")  # 75 % of 2,151


def test_a_line_that_lifts_the_focus_brings_the_chosen_method_back():
    """1,001 investment against 1,000 personnel: refused; one euro more for somebody's service: 25 % again."""
    invest = thing("investition", "1001,00")
    assert grant(PERSONAL, invest, gemeinkosten="direkt") == Decimal("1613.25")  # 75 % of (2,001 + 15 % of 1,000)
    more = (PERSONAL, invest, thing("fremdleistung", "1,00"))
    assert grant(*more, gemeinkosten="direkt") == Decimal("1876.68")  # 75 % of (2,002 + 25 % of 2,001), rounded down


@given(EVERY_PROGRAMME)
def test_yaml_to_model_to_yaml_to_model_is_the_identity(tree):
    first = assess(tree).budget
    again = as_tree(first)
    second = assess(again).budget
    assert second == first
    assert as_tree(second) == again
    lines = [[type(line) for line in body.kosten] for _, body in first.beteiligte()]
    assert lines == [[type(line) for line in body.kosten] for _, body in second.beteiligte()]


def test_a_file_and_its_text_give_the_same(tmp_path):
    text = Path(__file__).parent.parent / "budgets"
    for file in sorted(text.glob("*.yaml")):
        if file.stem.startswith("deminimis"):
            continue
        copied = tmp_path / file.name
        copied.write_bytes(file.read_bytes())
        assert check_budget(copied, heute=HEUTE).summen == check_budget(file, heute=HEUTE).summen


@pytest.mark.parametrize("stichtag", [date(2025, 4, 1), date(2029, 12, 31)])
def test_the_stichtag_that_is_passed_wins(stichtag):
    vorhaben = {"antragsdatum": "2026-01-15", "beginn": "2026-02-01", "ende": "2026-12-31", "bewilligung": "2026-01-20"}
    tree = {"foerderprogramm": "sh-ki", "vorhaben": vorhaben, "antragsteller": {"name": "A", "art": "kommune"}}
    given_day = check_budget(dump(tree).encode(), stichtag=stichtag, heute=HEUTE)
    assert (given_day.stichtag, given_day.stichtag_herkunft) == (stichtag, "angabe")
    own = check_budget(dump(tree).encode(), heute=HEUTE)
    assert (own.stichtag, own.stichtag_herkunft) == (date(2026, 1, 20), "bewilligung")
    del vorhaben["bewilligung"]
    today = check_budget(dump(tree).encode(), heute=HEUTE)
    assert (today.stichtag, today.stichtag_herkunft) == (HEUTE, "heute")
