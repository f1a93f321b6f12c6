"""Ceilings and room: what fits, what does not by one cent, which pots meet under a common ceiling."""

import pytest

from .bau import AGRAR, ALLGEMEIN, ALT, ALT_DAWI, DAWI, FISCH, audits, beihilfe, buch, eur, stand, tag

USED = [beihilfe("01.06.2025", 280000)]


def test_t1_exactly_the_ceiling_passes():
    konto = stand(USED, am="01.06.2026", neu=20000)
    assert (konto.ergebnis, konto.frei, konto.frueheste_gewaehrung) == ("eingehalten", 20000, tag("01.06.2026"))
    assert konto.neue_beihilfe == konto.frei


def test_t2_one_cent_more_puts_the_whole_award_out():
    konto = stand(USED, am="01.06.2026", neu="20000.01")
    assert (konto.ergebnis, konto.frei, konto.neue_beihilfe) == ("ueberschritten", 20000, eur("20000.01"))
    assert konto.frueheste_gewaehrung == tag("02.06.2028")


def test_t7_general_and_agricultural_aid_share_300000():
    used = [beihilfe("01.06.2025", 260000), beihilfe("01.06.2025", 45000, verordnung=AGRAR)]
    konto = stand(used, am="01.06.2026", neu=1)
    assert (konto.ergebnis, konto.frei, konto.im_fenster) == ("ueberschritten", 0, 260000)
    used = [beihilfe("01.06.2025", 260000), beihilfe("01.06.2025", 30000, verordnung=AGRAR)]
    assert stand(used, am="01.06.2026", neu=10000).ergebnis == "eingehalten"
    assert stand(used, am="01.06.2026", neu="10000.01").ergebnis == "ueberschritten"


def test_t8_agricultural_ceiling():
    used = [beihilfe("01.06.2025", 45000, verordnung=AGRAR)]
    konto = stand(used, am="01.06.2026", neu=6000, verordnung=AGRAR)
    assert (konto.ergebnis, konto.frei, konto.hoechstbetrag) == ("ueberschritten", 5000, 50000)
    assert stand(used, am="01.06.2026", neu=5000, verordnung=AGRAR).ergebnis == "eingehalten"


def test_agricultural_aid_is_limited_by_general_aid_too():
    used = [beihilfe("01.06.2025", 290000), beihilfe("02.06.2025", 5000, verordnung=FISCH)]
    assert stand(used, am="01.06.2026", verordnung=AGRAR).frei == 5000
    assert stand(used, am="01.06.2026", verordnung=FISCH).frei == 5000
    assert stand(used, am="01.06.2026", verordnung=DAWI).frei == 750000


def test_t9_sgei_aid_leaves_the_general_ceiling_alone():
    konto = stand([beihilfe("01.06.2025", 740000, verordnung=DAWI)], am="01.06.2026", neu=300000)
    assert (konto.ergebnis, konto.im_fenster, konto.frei) == ("eingehalten", 0, 300000)


def test_c1_general_and_sgei_aid_add_up_to_1050000():
    both = [beihilfe("01.06.2025", 300000), beihilfe("01.06.2025", 750000, verordnung=DAWI)]
    konto = stand(both, am="01.06.2026")
    assert (konto.ergebnis, audits(konto), konto.frei) == ("eingehalten", ["eingehalten", "eingehalten"], 0)
    assert sum(entry.subventionswert for entry in konto.beihilfen) == 1050000
    assert stand(both, am="01.06.2026", verordnung=DAWI).frei == 0


def test_t27_member_states_have_separate_ceilings():
    abroad = [beihilfe("01.06.2025", 250000, mitgliedstaat="AT")]
    konto = stand(abroad, am="01.06.2026", neu=300000)
    assert (konto.ergebnis, konto.im_fenster, konto.beihilfen, konto.mitgliedstaat) == ("eingehalten", 0, (), "DE")
    there = stand(abroad, am="01.06.2026", neu="50000.01", mitgliedstaat="AT")
    assert (there.ergebnis, there.frei, there.mitgliedstaat) == ("ueberschritten", 50000, "AT")


T28 = [
    beihilfe("01.02.2024", 150000),
    beihilfe("01.02.2025", 100000),
    beihilfe("01.02.2026", 50000),
]


@pytest.mark.parametrize(
    ("am", "grenztag", "last", "frei"),
    [
        ("01.02.2027", "streng", "ueberschritten", 0),
        ("01.02.2027", "rna", "eingehalten", 150000),
        ("02.02.2027", "streng", "eingehalten", 150000),
        ("02.02.2027", "rna", "eingehalten", 150000),
    ],
)
def test_t28_history_check(am, grenztag, last, frei):
    konto = stand([*T28, beihilfe(am, 100000)], am=am, grenztag=grenztag)
    assert audits(konto) == ["eingehalten"] * 3 + [last]
    assert konto.ergebnis == last
    planned = stand(T28, am=am, neu=100000, grenztag=grenztag)
    assert (planned.ergebnis, planned.frei) == (last, frei)
    assert planned.im_fenster == 300000 - frei


@pytest.mark.parametrize(
    ("verordnung", "am", "limit"),
    [
        (ALLGEMEIN, "31.12.2023", None),
        (ALLGEMEIN, "01.01.2024", 300000),
        (DAWI, "31.12.2023", None),
        (DAWI, "01.01.2024", 750000),
        (AGRAR, "13.03.2019", None),
        (AGRAR, "14.03.2019", 20000),
        (AGRAR, "15.12.2024", 20000),
        (AGRAR, "16.12.2024", 50000),
        (FISCH, "01.06.2026", 30000),
        (ALT, "30.06.2024", 200000),
        (ALT, "01.07.2024", None),
        (ALT_DAWI, "30.06.2024", 500000),
        (ALT_DAWI, "01.07.2024", None),
    ],
)
def test_ceilings_on_their_days(verordnung, am, limit):
    konto = stand([], am=am, neu=limit or 1, verordnung=verordnung)
    assert (konto.hoechstbetrag, konto.frei) == (limit, limit)
    assert konto.ergebnis == ("offen" if limit is None else "eingehalten")
    if limit is not None:
        assert stand([], am=am, neu=f"{limit}.01", verordnung=verordnung).ergebnis == "ueberschritten"


def test_without_a_ceiling_the_answer_is_open_and_says_why():
    konto = stand([], am="01.07.2024", neu=1, verordnung=ALT)
    (said,) = konto.hinweise
    assert said.status == "offen"
    assert said.text == "Für eine Gewährung nach 1407/2013 am 01.07.2024 ist kein Höchstbetrag bekannt."
    assert (konto.frueheste_gewaehrung, konto.verlauf) == (None, ())


def test_without_a_ceiling_and_without_a_planned_award_the_past_decides():
    konto = stand([beihilfe("01.06.2025", 300001)], am="01.07.2025", verordnung=ALT)
    assert (konto.ergebnis, konto.frei) == ("ueberschritten", None)


def test_a_ceiling_raised_later_lets_an_award_fit_earlier_than_the_window():
    used = [beihilfe("01.06.2024", 20000, verordnung=AGRAR)]
    konto = stand(used, am="01.10.2024", neu=25000, verordnung=AGRAR)
    assert (konto.ergebnis, konto.frei) == ("ueberschritten", 0)
    assert konto.frueheste_gewaehrung == tag("16.12.2024")
    assert konto.verlauf == (
        (tag("01.10.2024"), 0),
        (tag("16.12.2024"), 30000),
        (tag("02.06.2027"), 50000),
    )


def test_a_regulation_of_the_future_lets_an_award_fit_from_its_first_day():
    konto = stand([], am="01.12.2023", neu=300000)
    assert (konto.ergebnis, konto.frueheste_gewaehrung) == ("offen", tag("01.01.2024"))


def test_decimals_are_exact():
    many = [beihilfe("01.06.2025", "0.10") for _ in range(30)]
    assert str(stand(many, am="01.06.2026").im_fenster) == "3.00"
    assert str(stand([], am="01.06.2026").im_fenster) == "0.00"


def test_member_states_of_a_history():
    awards = [
        beihilfe("01.06.2025", 1),
        beihilfe("01.06.2025", 1, an="B", mitgliedstaat="AT"),
        beihilfe("01.06.2025", 1, an="C", mitgliedstaat="FR", status="beantragt"),
    ]
    assert buch(awards).states() == ["AT", "DE", "FR"]


def test_ceilings_in_use():
    awards = [
        beihilfe("01.06.2025", 100),
        beihilfe("01.06.2025", 20, verordnung=AGRAR),
        beihilfe("01.06.2025", 3, verordnung=DAWI),
    ]
    konto = stand(awards, am="01.06.2026")
    assert [(one.verordnungen, one.belegt, one.hoechstbetrag) for one in konto.fuellungen] == [
        ((ALLGEMEIN,), 100, 300000),
        ((DAWI,), 3, 750000),
        ((AGRAR,), 20, 50000),
        ((AGRAR, ALLGEMEIN, FISCH), 120, 300000),
    ]
    (alone,) = stand([], am="01.06.2026").fuellungen
    assert alone == ((ALLGEMEIN,), 0, 300000)
    assert stand([], am="01.12.2023").fuellungen == ()
