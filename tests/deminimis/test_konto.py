"""What an account shows beside its verdict: Member States, the ceilings in use, and how the room changes."""

from foerdercheck.deminimis.frage import Frage

from .bau import AGRAR, ALLGEMEIN, DAWI, FISCH, beihilfe, buch, ereignis, spaltung, stand, tag


def test_a_ceiling_raised_later_lets_an_award_fit_earlier_than_the_window():
    used = [beihilfe("01.06.2024", 20000, verordnung=AGRAR)]
    konto = stand(used, am="01.10.2024", neu=25000, verordnung=AGRAR)
    assert (konto.ergebnis, konto.frei) == ("ueberschritten", 0)
    assert konto.frueheste_gewaehrung == tag("16.12.2024")
    assert konto.verlauf == ((tag("01.10.2024"), 0), (tag("16.12.2024"), 30000), (tag("02.06.2027"), 50000))


def test_member_states_of_a_history():
    awards = [
        beihilfe("01.06.2025", 1),
        beihilfe("01.06.2025", 1, an="B", mitgliedstaat="AT"),
        beihilfe("01.06.2025", 1, an="C", mitgliedstaat="FR", status="beantragt"),
    ]
    assert buch(awards).states() == ["AT", "DE", "FR"]


def test_who_has_an_account_is_who_holds_awards_after_a_split_wants_gave_back_or_gets_some_later():
    awards = [
        beihilfe("01.06.2025", 1),
        beihilfe(None, 1, an="B", status="beantragt"),
        beihilfe("01.06.2026", 1, an="C"),
        beihilfe("01.06.2025", 1, an="D"),
        beihilfe("01.06.2025", 1, an="E", mitgliedstaat="AT"),
        beihilfe("01.06.2025", 1, an="F", status="zurueckgezahlt"),
        beihilfe("01.06.2025", 1, an="G", status="zurueckgezahlt"),
        beihilfe(None, 1, an="H", status="beantragt"),
        beihilfe("01.06.2025", 1, an="I", status="widerrufen"),
    ]
    frage = Frage(verordnung=ALLGEMEIN, stichtag=tag("01.04.2026"), betrag=None)
    events = [*spaltung("01.03.2026", "A", N="1"), *(ereignis("01.03.2026", "fusion", x, x * 2) for x in "BCEF")]
    konten = buch(awards, (), events, stichtag="01.04.2026").konten(frage)
    names = ("a", "d", "n", "bb", "cc", "ee", "ff", "g", "h", "i")
    assert [name for name in names if konten.has_any(name)] == ["d", "n", "bb", "cc", "ff", "g", "h"]


def test_an_account_names_the_member_state_that_was_asked_for():
    assert [stand([], am="01.06.2026", mitgliedstaat=state).mitgliedstaat for state in ("DE", "AT")] == ["DE", "AT"]


def test_what_is_outside_the_window_is_summed_on_both_sides():
    awards = [
        beihilfe("31.05.2023", 1),
        beihilfe("01.06.2023", 20),
        beihilfe("01.06.2026", 300),
        beihilfe("02.06.2026", 4000),
    ]
    konto = stand(awards, am="01.06.2026")
    assert (konto.im_fenster, konto.nicht_im_fenster) == (320, 4001)


def test_ceilings_in_use():
    awards = [
        beihilfe("01.06.2025", 100),
        beihilfe("01.06.2025", 20, verordnung=AGRAR),
        beihilfe("01.06.2025", 3, verordnung=DAWI),
    ]
    konto = stand(awards, am="01.06.2026")
    assert list(konto.fuellungen) == [
        ((ALLGEMEIN,), 100, 300000, 0, 299880, 20),
        ((DAWI,), 3, 750000, 0, 749997, 0),
        ((AGRAR,), 20, 50000, 0, 49980, 0),
        ((AGRAR, ALLGEMEIN, FISCH), 120, 300000, 0, 299880, 0),
    ]
    (alone,) = stand([], am="01.06.2026", neu=7).fuellungen
    assert alone == ((ALLGEMEIN,), 0, 300000, 7, 299993, 0)
    assert stand([], am="01.12.2023").fuellungen == ()
