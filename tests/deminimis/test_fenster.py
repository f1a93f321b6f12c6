"""The rolling window: published examples, leap days, and every day of some years against a plain reading."""

from datetime import date, timedelta

import pytest

from foerdercheck.deminimis.fenster import GRENZTAGE, leaves_window, window_start

from .bau import beihilfe, eur, hinweis, stand, tag
from .orakel import counts


@pytest.mark.parametrize(
    ("grenztag", "neu", "ab"),
    [
        pytest.param("rna", "10.02.2024", "11.02.2021", id="W1"),
        pytest.param("rna", "01.03.2024", "02.03.2021", id="W2"),
        pytest.param("streng", "05.01.2024", "05.01.2021", id="W3"),
        pytest.param("streng", "22.05.2024", "22.05.2021", id="W4"),
        pytest.param("streng", "07.08.2024", "07.08.2021", id="W5"),
    ],
)
def test_published_windows(grenztag, neu, ab):
    konto = stand([beihilfe(ab, 100)], am=neu, grenztag=grenztag)
    assert konto.fenster == (tag(ab), tag(neu))
    assert konto.im_fenster == 100
    day_before = (tag(ab) - timedelta(1)).strftime("%d.%m.%Y")
    assert stand([beihilfe(day_before, 100)], am=neu, grenztag=grenztag).im_fenster == 0


@pytest.mark.parametrize(
    ("award", "neu", "streng", "rna"),
    [
        pytest.param("29.02.2024", "28.02.2027", True, True, id="period-ends-on-the-28th"),
        pytest.param("29.02.2024", "01.03.2027", False, False, id="out-on-1-March"),
        pytest.param("28.02.2021", "29.02.2024", True, False, id="clamped-2024"),
        pytest.param("01.03.2021", "29.02.2024", True, True, id="1-March-stays"),
        pytest.param("28.02.2025", "29.02.2028", True, False, id="clamped-2028"),
    ],
)
def test_t6_leap_table(award, neu, streng, rna):
    for grenztag, within in (("streng", streng), ("rna", rna)):
        konto = stand([beihilfe(award, 100)], am=neu, grenztag=grenztag)
        assert konto.im_fenster == (100 if within else 0)
        assert konto.beihilfen[0].im_fenster is within
        assert any("Grenztag" in said.text for said in konto.hinweise) is (streng != rna)


@pytest.mark.parametrize(
    ("name", "award", "streng", "rna"),
    [
        ("T3", "15.03.2023", "ueberschritten", "eingehalten"),
        ("T4", "14.03.2023", "eingehalten", "eingehalten"),
        ("T5", "16.03.2023", "ueberschritten", "ueberschritten"),
    ],
)
def test_boundary_day(name, award, streng, rna):
    for grenztag, verdict in (("streng", streng), ("rna", rna)):
        konto = stand([beihilfe(award, 200000)], am="15.03.2026", neu=150000, grenztag=grenztag)
        assert konto.ergebnis == verdict, name
    assert bool([said for said in konto.hinweise if "Grenztag" in said.text]) is (name == "T3")


@pytest.mark.parametrize(
    ("grenztag", "award", "leaves"),
    [
        ("streng", "15.03.2023", "16.03.2026"),
        ("rna", "15.03.2023", "15.03.2026"),
        ("streng", "29.02.2024", "01.03.2027"),
        ("rna", "29.02.2024", "01.03.2027"),
        ("streng", "28.02.2021", "01.03.2024"),
        ("rna", "28.02.2021", "28.02.2024"),
        ("streng", "28.02.2022", "01.03.2025"),
        ("streng", "31.12.2023", "01.01.2027"),
    ],
)
def test_first_day_outside(grenztag, award, leaves):
    assert leaves_window(tag(award), 3, grenztag) == tag(leaves)
    konto = stand([beihilfe(award, 300000)], am=award, neu=1, grenztag=grenztag)
    assert konto.beihilfen[0].im_fenster_bis == tag(leaves) - timedelta(1)
    if tag(award) >= date(2024, 1, 1):
        assert konto.frueheste_gewaehrung == tag(leaves)


def test_every_award_counts_from_its_day_until_it_leaves_for_good():
    for offset in range(8 * 366):
        award = date(2021, 1, 1) + timedelta(offset)
        for grenztag in GRENZTAGE:
            leaves = leaves_window(award, 3, grenztag)
            around = [leaves + timedelta(days) for days in range(-4, 5)]
            assert [counts(award, day, grenztag) for day in around] == [True] * 4 + [False] * 5
            assert counts(award, award, grenztag)
            assert not counts(award, award - timedelta(1), grenztag)


def test_every_window_starts_where_awards_begin_to_count():
    for offset in range(8 * 366):
        day = date(2021, 1, 1) + timedelta(offset)
        for grenztag in GRENZTAGE:
            start = window_start(day, 3, grenztag)
            assert counts(start, day, grenztag)
            assert not counts(start - timedelta(1), day, grenztag)


def test_same_day_counts_and_the_next_does_not():
    konto = stand([beihilfe("15.03.2026", 100), beihilfe("16.03.2026", 10)], am="15.03.2026")
    assert konto.im_fenster == eur(100)
    assert "16.03.2026" in hinweis(konto, "nach dem Stichtag").text
