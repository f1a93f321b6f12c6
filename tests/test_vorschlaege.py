"""What would make a budget pass: every proposal leads to what it says, changes nothing else, and none is smaller."""

import copy
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import RAHMEN, budgets, dump
from vorschlagfaelle import EXAMPLES, TAG, failing, single

from foerdercheck import check_budget
from foerdercheck.ausweg.hebel import ERLAUBT, FREMDLEISTUNG
from foerdercheck.ausweg.suche import with_value
from foerdercheck.ausweg.vorschlaege import vorschlaege
from foerdercheck.model.amounts import parse_geld
from foerdercheck.model.befund import EXIT_ORDER


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
