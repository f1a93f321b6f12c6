"""Single undertakings: control, mergers, acquisitions, splits."""

from itertools import pairwise

import pytest

from foerdercheck.deminimis.verbund import Components, Verbund
from foerdercheck.deminimis.verbund import verbund as group_of
from foerdercheck.model.beihilfe import Beziehung

from .bau import RECHT, audits, beihilfe, buch, ereignis, eur, kette, spaltung, stand, tag

B_200 = beihilfe("01.06.2025", 200000, an="B")


def frei(beihilfen, verbund):
    return stand(beihilfen, verbund, am="01.06.2026").frei


def test_h1_a_holding_without_activity_connects():
    links = (*kette("Holding", "A"), *kette("Holding", "B"))
    konto = stand([B_200], links, am="01.06.2026")
    assert konto.unternehmen == ("B", "Holding", "A")
    assert konto.frei == 100000


def test_t23_control_over_another_enterprise_connects():
    links = kette("A", "B", "C")
    for name in ("A", "B", "C"):
        konto = stand([B_200], links, am="01.06.2026", an=name)
        assert (set(konto.unternehmen), konto.frei) == ({"A", "B", "C"}, 100000)


def test_t24_half_of_the_votes_is_no_relation():
    konto = stand([B_200, beihilfe("01.06.2025", 1)], am="01.06.2026")
    assert (konto.unternehmen, konto.frei) == (("A",), 299999)


def test_t25_a_public_body_does_not_connect():
    links = (*kette("Stadt", "A", art="oeffentliche_stelle"), *kette("Stadt", "B", art="oeffentliche_stelle"))
    konto = stand([B_200], links, am="01.06.2026", neu=300000)
    assert (konto.unternehmen, konto.frei, konto.ergebnis, konto.hinweise) == (("A",), 300000, "eingehalten", ())


def test_t26_a_natural_person_only_warns():
    links = kette("A", "B", art="natuerliche_person")
    konto = stand([B_200], links, am="01.06.2026", neu=100000)
    (said,) = konto.hinweise
    assert (konto.unternehmen, konto.frei, konto.ergebnis) == (("A",), 300000, "eingehalten")
    assert said.status == "hinweis"
    assert said.text.startswith("B und A sind ganz oder teilweise nur über eine natürliche Person verbunden.")
    assert "zusammen wären noch 100.000,00 € frei. Am Ergebnis ändert das hier nichts." in said.text


@pytest.mark.parametrize("art", ["stimmrechtsmehrheit", "organmehrheit", "beherrschungsvertrag", "stimmbindung"])
def test_every_kind_of_control_connects_in_both_directions(art):
    assert frei([B_200], kette("A", "B", art=art)) == 100000
    assert frei([B_200], kette("B", "A", art=art)) == 100000


def test_names_are_compared_as_people_read_them():
    awards = [beihilfe("01.06.2025", 10, an="Müller  GmbH"), beihilfe("02.06.2025", 20, an="MUELLER GmbH")]
    konto = stand(awards, kette("mueller gmbh", "B"), am="01.06.2026", an="Müller GmbH")
    assert (konto.im_fenster, konto.unternehmen) == (30, ("Müller  GmbH", "B"))
    assert {entry.unternehmen for entry in konto.beihilfen} == {"Müller  GmbH"}


def test_members_of_one_undertaking_may_be_known_beforehand():
    awards = [beihilfe("01.06.2025", 10, an=None), beihilfe("01.06.2025", 20, an="B")]
    konto = stand(awards, am="01.06.2026", an="A", gruppe=("A", "B", "C"))
    assert (konto.unternehmen, konto.im_fenster) == (("A", "B", "C"), 30)


def test_unknown_names_have_an_empty_account():
    konto = stand([B_200], kette("B", "C", art="natuerliche_person"), am="01.06.2026", an="X", neu=300000)
    assert (konto.unternehmen, konto.frei, konto.hinweise, konto.ergebnis) == ((), 300000, (), "eingehalten")


@pytest.mark.parametrize("art", ["fusion", "uebernahme"])
def test_t20_merger(art):
    awards = [beihilfe("01.06.2025", 200000), beihilfe("01.07.2025", 150000, an="B")]
    events = [ereignis("01.03.2026", art, "B", "A")]
    for name in ("A", "B"):
        konto = stand(awards, (), events, am="01.03.2026", neu="0.01", an=name)
        assert (konto.frei, konto.ergebnis, konto.im_fenster) == (0, "ueberschritten", 350000)
        assert audits(konto) == ["eingehalten", "eingehalten"]
        assert stand(awards, (), events, am="01.03.2026", an=name).ergebnis == "eingehalten"
    day_before = stand(awards, (), events, am="28.02.2026", neu=100000)
    assert (day_before.unternehmen, day_before.frei, day_before.ergebnis) == (("A",), 100000, "eingehalten")


def test_an_award_on_the_day_of_a_merger_meets_the_aid_of_both():
    awards = [beihilfe("01.06.2025", 200000), beihilfe("28.02.2026", 200000, an="B")]
    events = [ereignis("01.03.2026", "fusion", "B", "A")]
    new = beihilfe("01.03.2026", 1)
    assert audits(stand([*awards, new], (), events, am="01.04.2026")) == [
        "eingehalten",
        "eingehalten",
        "ueberschritten",
    ]
    earlier = beihilfe("28.02.2026", 1)
    assert "ueberschritten" not in audits(stand([*awards, earlier], (), events, am="01.04.2026"))


def test_t21_split_by_equity():
    events = spaltung("01.03.2026", "A", N1="0.6", N2="0.4")
    assert stand([beihilfe("01.06.2025", 180000)], (), events, am="01.04.2026", an="N1").im_fenster == 108000
    assert stand([beihilfe("01.06.2025", 180000)], (), events, am="01.04.2026", an="N2").im_fenster == 72000
    assert stand([beihilfe("01.06.2025", 180000)], (), events, am="01.04.2026", an="A").im_fenster == 0


def test_t22_split_after_activity():
    events = spaltung("01.03.2026", "A", N1="1", N2="0")
    for name, betrag in (("N1", 180000), ("N2", 0)):
        assert stand([beihilfe("01.06.2025", 180000)], (), events, am="01.04.2026", an=name).im_fenster == betrag


def test_s1_the_original_date_of_grant_is_kept():
    konto = stand([beihilfe("01.06.2025", 180000)], (), spaltung("01.03.2026", "A", N1="1"), am="01.06.2028", an="N1")
    (entry,) = konto.beihilfen
    assert (entry.gewaehrt_am, entry.unternehmen, entry.subventionswert) == (tag("01.06.2025"), "N1", 180000)
    assert (konto.im_fenster, entry.ergebnis_bei_gewaehrung) == (180000, "eingehalten")
    after = stand([beihilfe("01.06.2025", 180000)], (), spaltung("01.03.2026", "A", N1="1"), am="02.06.2028", an="N1")
    assert after.im_fenster == 0


def test_a_split_hands_over_what_came_before_it():
    awards = [beihilfe("28.02.2026", 100), beihilfe("01.03.2026", 10)]
    events = spaltung("01.03.2026", "A", N1="1")
    assert stand(awards, (), events, am="01.03.2026").im_fenster == 10
    assert stand(awards, (), events, am="01.03.2026", an="N1").im_fenster == 100
    assert stand(awards, (), events, am="28.02.2026").im_fenster == 100
    assert stand(awards, (), events, am="28.02.2026", an="N1").im_fenster == 0


def test_half_a_cent_up_and_the_last_body_takes_the_remainder():
    def parts(betrag, **shares):
        konto = {
            name: stand(
                [beihilfe("01.06.2025", betrag)], (), spaltung("01.03.2026", "A", **shares), am="01.04.2026", an=name
            )
            for name in shares
        }
        return [str(each.im_fenster) for each in konto.values()]

    assert parts("0.01", B="0.5", C="0.5") == ["0.01", "0.00"]
    assert parts("100.00", B="0.3333", C="0.3333", D="0.3334") == ["33.33", "33.33", "33.34"]
    assert parts("0.10", B="0.25", C="0.25", D="0.25", E="0.25") == ["0.03", "0.03", "0.03", "0.01"]
    assert parts("100.01", B="0.5", C="0.5") == ["50.01", "50.00"]


def test_rounding_never_hands_over_more_than_there_is():
    shares = {f"N{number}": "0.1" for number in range(10)}
    events = spaltung("01.03.2026", "A", **shares)
    parts = [
        stand([beihilfe("01.06.2025", "0.05")], (), events, am="01.04.2026", an=name).im_fenster for name in shares
    ]
    assert parts == [eur("0.01")] * 5 + [0] * 5


def test_the_body_that_was_split_may_keep_a_share():
    awards = [beihilfe("01.06.2025", 100000)]
    events = (
        ereignis("01.03.2026", "spaltung", "A", "A", "0.75"),
        ereignis("01.03.2026", "spaltung", "A", "N", "0.25"),
    )
    assert stand(awards, (), events, am="01.04.2026").im_fenster == 75000
    assert stand(awards, (), events, am="01.04.2026", an="N").im_fenster == 25000


def test_splits_in_a_row():
    events = (*spaltung("01.06.2026", "B", D="0.5", E="0.5"), *spaltung("01.03.2026", "A", B="0.6", C="0.4"))
    awards = [beihilfe("01.06.2025", 100000)]
    shares = [stand(awards, (), events, am="01.06.2026", an=name).im_fenster for name in "ABCDE"]
    assert shares == [0, 0, 40000, 30000, 30000]


def test_a_split_after_a_merger_divides_the_aid_of_both():
    awards = [beihilfe("01.06.2025", 100000), beihilfe("01.06.2025", 200000, an="B")]
    merger = ereignis("01.01.2026", "fusion", "B", "A")
    events = (merger, *spaltung("01.03.2026", "A", N1="0.5", N2="0.5"))
    assert [stand(awards, (), events, am="01.04.2026", an=name).im_fenster for name in ("N1", "N2", "A", "B")] == [
        150000,
        150000,
        0,
        0,
    ]


def test_an_acquired_company_keeps_its_own_aid_when_the_buyer_splits():
    awards = [beihilfe("01.06.2025", 100000), beihilfe("01.06.2025", 200000, an="B")]
    events = (ereignis("01.01.2026", "uebernahme", "B", "A"), *spaltung("01.03.2026", "A", N1="1"))
    assert [stand(awards, (), events, am="01.04.2026", an=name).im_fenster for name in ("N1", "A", "B")] == [
        100000,
        200000,
        200000,
    ]


def test_a_merger_of_a_body_with_itself_changes_nothing():
    events = [ereignis("01.01.2026", "fusion", "A", "a ")]
    assert stand([beihilfe("01.06.2025", 100)], (), events, am="01.04.2026").im_fenster == 100


def test_events_count_in_order_of_date_and_on_one_day_in_order_of_the_file():
    awards = [beihilfe("01.06.2025", 100, an="B")]
    merger = ereignis("01.03.2026", "fusion", "B", "A")
    split = spaltung("01.03.2026", "A", N="1")
    assert stand(awards, (), (merger, *split), am="01.04.2026", an="N").im_fenster == 100
    assert stand(awards, (), (*split, merger), am="01.04.2026", an="N").im_fenster == 0


def test_components_of_a_long_chain():
    names = [str(number) for number in range(5000)]
    components = Components(pairwise(names))
    assert len({components.of(name) for name in names}) == 1
    assert components.of("x") == "x"


def test_clusters_stay_apart():
    relations = [*kette("A", "B"), *kette("C", "D"), *kette("B", "C", art="natuerliche_person")]
    group = group_of(relations, [ereignis("01.01.2026", "fusion", "D", "E")])
    clusters, groups = group.clusters()
    assert clusters.of("a") == clusters.of("b") != clusters.of("c") == clusters.of("d") == clusters.of("e")
    assert {len(each.ereignisse) for each in groups.values()} == {0, 1}
    joined, _ = group.over_persons().clusters()
    assert joined.of("a") == joined.of("e")


def test_work_grows_with_the_history_not_with_its_square(monkeypatch):
    """Events in unrelated groups do not touch each other's awards."""
    handled = []
    original = Verbund.epochs

    def counted(self, held):
        result = original(self, held)
        handled.append(len(result) * (len(held) + sum(map(len, held.values()))))
        return result

    monkeypatch.setattr(Verbund, "epochs", counted)
    pairs = range(100)
    awards = [beihilfe("01.06.2025", 1, an=f"{side}{number}") for number in pairs for side in "AB" for _ in range(5)]
    events = [ereignis("01.01.2026", "fusion", f"B{number}", f"A{number}") for number in pairs]
    ledger = buch(awards, (), events)
    book = ledger.book("DE", tag("21.11.2026"), RECHT, "streng")
    assert all(len(book.konto(name, tag("21.11.2026")).posten) == 10 for name in ledger.names)
    assert sum(handled) == 100 * 2 * (2 + 10)


def test_relations_without_names_in_awards_are_members_too():
    relation = Beziehung(unternehmen="A", beziehung="stimmrechtsmehrheit", verbunden_mit="Z")
    assert stand([], [relation], am="01.01.2026").unternehmen == ("A", "Z")
