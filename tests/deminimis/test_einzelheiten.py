"""Details of the account that a small change of the code would alter without a word: sums, orders, places, the law itself."""

import pytest

from foerdercheck.deminimis.recht import load_recht

from .bau import (
    AGRAR,
    ALLGEMEIN,
    ALT,
    ALT_DAWI,
    DAWI,
    FISCH,
    audits,
    beihilfe,
    ereignis,
    eur,
    hinweis,
    kette,
    spaltung,
    stand,
    tag,
)

PERSON = kette("A", "B", art="natuerliche_person")


def test_the_law_as_it_is_loaded():
    recht = load_recht()
    assert recht.pots == {
        ALLGEMEIN: ALLGEMEIN,
        ALT: ALLGEMEIN,
        DAWI: DAWI,
        ALT_DAWI: DAWI,
        AGRAR: AGRAR,
        FISCH: FISCH,
    }
    assert recht.current() == (ALLGEMEIN, DAWI, AGRAR, FISCH)
    assert recht.combined == {ALLGEMEIN, AGRAR, FISCH}
    assert {name: norm.wert for name, norm in recht.common.items()} == dict.fromkeys(recht.combined, 300000)
    assert {name: [norm.wert for norm in norms] for name, norms in recht.ceilings.items()} == {
        ALLGEMEIN: [300000],
        ALT: [200000],
        DAWI: [750000],
        ALT_DAWI: [500000],
        AGRAR: [20000, 50000],
        FISCH: [30000],
    }
    assert recht.starts[ALLGEMEIN] == tag("01.01.2024")
    assert FISCH not in recht.starts
    assert (recht.years, recht.since, recht.fassung.gilt.von) == (3, tag("01.01.2024"), tag("01.01.2024"))


# Sums


@pytest.mark.parametrize("rest", ["0.01", "0.99", "1.00", "1.01"])
def test_the_last_euro_is_free_too(rest):
    konto = stand([beihilfe("01.06.2025", eur(300000) - eur(rest))], am="01.06.2026", neu=rest)
    assert (konto.frei, konto.ergebnis) == (eur(rest), "eingehalten")


def test_nothing_is_an_amount_with_cents():
    konto = stand([], am="01.06.2026")
    assert (str(konto.beantragt), str(konto.im_fenster)) == ("0.00", "0.00")
    assert str(stand([beihilfe("01.06.2025", 300000)], am="01.06.2026").frei) == "0.00"


@pytest.mark.parametrize(("verordnung", "parts"), [(DAWI, (300000, 300000, 150000)), (AGRAR, (20000, 20000, 10000))])
def test_audits_add_up_every_award_of_a_pot(verordnung, parts):
    one, two, rest = parts
    before = [beihilfe("01.06.2025", one, verordnung=verordnung), beihilfe("02.06.2025", two, verordnung=verordnung)]
    fits = beihilfe("03.06.2025", rest, verordnung=verordnung)
    over = beihilfe("03.06.2025", eur(rest) + eur("0.01"), verordnung=verordnung)
    assert audits(stand([*before, fits], am="01.06.2026")) == ["eingehalten"] * 3
    assert audits(stand([*before, over], am="01.06.2026")) == ["eingehalten", "eingehalten", "ueberschritten"]


def test_audits_add_up_every_award_under_the_common_ceiling():
    before = [beihilfe("01.06.2025", 200000), beihilfe("02.06.2025", 90000)]
    fits = beihilfe("03.06.2025", 10000, verordnung=AGRAR)
    over = beihilfe("03.06.2025", "10000.01", verordnung=AGRAR)
    assert audits(stand([*before, fits], am="01.06.2026")) == ["eingehalten"] * 3
    assert audits(stand([*before, over], am="01.06.2026")) == ["eingehalten", "eingehalten", "ueberschritten"]


def test_audits_keep_sgei_aid_out_of_the_common_ceiling():
    awards = [beihilfe("01.06.2025", 750000, verordnung=DAWI), beihilfe("02.06.2025", 300000)]
    assert audits(stand(awards, am="01.06.2026")) == ["eingehalten", "eingehalten"]


def test_audits_do_not_make_room_when_sgei_aid_leaves_the_window():
    awards = [
        beihilfe("01.02.2024", 700000, verordnung=DAWI),
        beihilfe("01.02.2025", 300000),
        beihilfe("02.02.2027", "0.01", verordnung=AGRAR),
    ]
    assert audits(stand(awards, am="01.03.2027")) == ["eingehalten", "eingehalten", "ueberschritten"]


@pytest.mark.parametrize(("neu", "urteil"), [(200000, "eingehalten"), ("200000.01", "ueberschritten")])
def test_audits_let_one_award_after_the_other_leave_the_window(neu, urteil):
    awards = [
        beihilfe("01.02.2024", 50000),
        beihilfe("02.02.2024", 50000),
        beihilfe("03.02.2024", 100000),
        beihilfe("01.06.2025", 100000),
        beihilfe("04.02.2027", neu),
    ]
    assert audits(stand(awards, am="01.03.2027")) == ["eingehalten"] * 4 + [urteil]


# What is shown, and where it stands


def test_a_revoked_award_does_not_hide_those_after_it():
    awards = [beihilfe("01.06.2025", 1, status="widerrufen"), beihilfe("02.06.2025", 5)]
    assert stand(awards, am="01.06.2026").im_fenster == 5


def test_an_award_of_the_day_itself_is_shown_as_counted_under_its_regulation():
    (entry,) = stand([beihilfe("01.06.2026", 5, verordnung=DAWI)], am="01.06.2026").beihilfen
    assert (entry.im_fenster, entry.verordnung) == (True, DAWI)


def test_later_awards_are_named_in_the_order_of_the_file_with_their_places():
    awards = [beihilfe("03.06.2026", 1, an="B"), beihilfe("04.06.2026", 2), beihilfe("02.06.2026", 3)]
    konto = stand(awards, kette("A", "B"), am="01.06.2026")
    assert [said.pfad for said in konto.hinweise] == [("beihilfen", number) for number in range(3)]
    assert [entry.subventionswert for entry in konto.beihilfen] == [1, 2, 3]


def test_the_parts_of_a_divided_award_in_one_account_keep_the_order_of_the_bodies():
    events = spaltung("01.03.2026", "A", N="0.6", M="0.4")
    konto = stand([beihilfe("01.06.2025", 100)], kette("N", "M"), events, am="01.04.2026", an="M")
    assert [(entry.unternehmen, entry.subventionswert) for entry in konto.beihilfen] == [("N", 60), ("M", 40)]


def test_a_body_merged_twice_breaks_nothing():
    events = [ereignis("01.01.2026", "fusion", "B", "A"), ereignis("01.02.2026", "fusion", "B", "C")]
    awards = [beihilfe("01.06.2025", 100, an="B"), beihilfe("01.06.2025", 10, an="C")]
    assert stand(awards, (), events, am="31.01.2026").im_fenster == 100
    assert stand(awards, (), events, am="01.02.2026").im_fenster == 110


# Hints


def test_the_boundary_hint_leaves_out_older_awards():
    awards = [beihilfe("14.03.2023", 7, verordnung=ALT), beihilfe("15.03.2023", 9, verordnung=ALT)]
    text = hinweis(stand(awards, am="15.03.2026"), "Grenztag").text
    assert text.startswith("Es kommt auf den Grenztag an: die Beihilfe vom 15.03.2023 über 9,00 € liegt genau")


def test_awards_that_are_not_audited_do_not_hide_a_boundary_day():
    awards = [
        beihilfe("01.12.2023", 1, verordnung=ALT),
        beihilfe("01.02.2024", 150000),
        beihilfe("01.02.2026", 150000),
        beihilfe("01.02.2027", 100000),
    ]
    said = hinweis(stand(awards, am="01.03.2027"), "Grenztag")
    assert said.text.startswith("Für die Beihilfe vom 01.02.2027 über 100.000,00 € kam es auf den Grenztag an")


@pytest.mark.parametrize(("grenztag", "ergebnis"), [("streng", "offen"), ("rna", "eingehalten")])
def test_a_natural_person_is_judged_under_the_reading_asked_for(grenztag, ergebnis):
    konto = stand(
        [beihilfe("15.03.2023", 200000, an="B", verordnung=ALT)],
        PERSON,
        am="15.03.2026",
        neu=200000,
        grenztag=grenztag,
    )
    assert konto.ergebnis == ergebnis


def test_a_natural_person_does_not_open_an_audit_that_failed_anyhow():
    konto = stand([beihilfe("01.06.2025", "300000.01")], PERSON, am="01.06.2026")
    said = hinweis(konto, "natürliche Person")
    assert (konto.ergebnis, said.status) == ("ueberschritten", "hinweis")
    assert said.text == (
        "A und B sind ganz oder teilweise nur über eine natürliche Person verbunden. Ob das ein einziges Unternehmen ist, "
        "beurteilen die Mitgliedstaaten verschieden; zusammen wären noch 0,00 € frei. Am Ergebnis ändert das hier nichts."
    )


@pytest.mark.parametrize(
    ("grenztag", "rest"),
    [
        ("streng", "nur noch 50.000,00 € frei statt 100.000,00 €"),
        ("rna", "nur noch 250.000,00 € frei statt 300.000,00 €"),
    ],
)
def test_the_worst_case_is_computed_under_the_reading_asked_for(grenztag, rest):
    awards = [beihilfe("15.03.2023", 200000, verordnung=ALT), beihilfe(None, 50000, status="beantragt")]
    assert rest in hinweis(stand(awards, am="15.03.2026", grenztag=grenztag), "Beantragt").text
