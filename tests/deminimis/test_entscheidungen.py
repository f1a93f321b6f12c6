"""What was decided where the law leaves room: status, odd awards, both readings, audits, natural persons, hints."""

from dataclasses import replace

import pytest

from foerdercheck.deminimis.historie import Fundort, build_ledger
from foerdercheck.deminimis.kontostand import Frage, Kontostand
from foerdercheck.deminimis.recht import load_recht
from foerdercheck.model.beihilfe import Historie
from foerdercheck.programmes.parameter import HOECHSTBETRAG

from .bau import (
    AGRAR,
    ALLGEMEIN,
    ALT,
    ALT_DAWI,
    DAWI,
    FISCH,
    RECHT,
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


def texts(konto):
    return [said.text for said in konto.hinweise]


# 1: what counts


def test_granted_awards_count_at_their_value():
    award = beihilfe("01.06.2025", 100, foerdersumme=eur(5000), status="bewilligt")
    assert stand([award], am="01.06.2026").im_fenster == 100


def test_revoked_awards_do_not_count():
    konto = stand([beihilfe("01.06.2025", 300000, status="widerrufen")], am="01.06.2026", neu=300000)
    assert (konto.im_fenster, konto.beantragt, konto.beihilfen) == (0, 0, ())
    assert (konto.ergebnis, konto.hinweise) == ("eingehalten", ())


def test_awards_applied_for_are_summed_apart():
    awards = [
        beihilfe("01.06.2025", 100000),
        beihilfe("01.07.2026", 50000, status="beantragt"),
        beihilfe(None, "25000.50", status="beantragt"),
    ]
    konto = stand(awards, am="01.06.2026", neu=200000)
    assert (konto.beantragt, konto.im_fenster, konto.frei) == (eur("75000.50"), 100000, 200000)
    assert (konto.ergebnis, len(konto.beihilfen)) == ("eingehalten", 1)
    said = hinweis(konto, "Beantragt, aber noch nicht bewilligt sind 75.000,50 €.")
    assert (said.status, said.betrag) == ("hinweis", eur("75000.50"))
    assert said.text.endswith("Werden sie vorher gewährt, sind nur noch 124.999,50 € frei statt 200.000,00 €.")


def test_the_worst_case_leaves_at_least_nothing():
    konto = stand([beihilfe(None, 400000, status="beantragt")], am="01.06.2026")
    assert "sind nur noch 0,00 € frei statt 300.000,00 €" in hinweis(konto, "Beantragt").text


def test_the_worst_case_looks_at_the_ceilings_that_matter():
    sgei = [beihilfe(None, 500000, status="beantragt", verordnung=DAWI)]
    konto = stand(sgei, am="01.06.2026")
    assert (konto.beantragt, konto.hinweise) == (500000, ())
    assert "250.000,00 € frei" in hinweis(stand(sgei, am="01.06.2026", verordnung=DAWI), "Beantragt").text
    general = [beihilfe(None, 260000, status="beantragt")]
    assert (
        "40.000,00 € frei statt 50.000,00 €"
        in hinweis(stand(general, am="01.06.2026", verordnung=AGRAR), "Beantragt").text
    )
    assert stand([beihilfe(None, 1, status="beantragt")], am="01.07.2024", verordnung=ALT).hinweise == ()


def test_awards_applied_for_by_others_of_the_group_count_too_and_by_strangers_not():
    awards = [beihilfe(None, 10, an="B", status="beantragt"), beihilfe(None, 7, an="C", status="beantragt")]
    assert stand(awards, kette("A", "B"), am="01.06.2026").beantragt == 10
    assert stand(awards, kette("A", "B"), am="01.06.2026", mitgliedstaat="AT").beantragt == 0


def test_future_awards_do_not_count_and_are_named():
    awards = [
        beihilfe("02.06.2026", 300000, an="B", zuwendungsgeber="Land"),
        beihilfe("03.06.2026", 5),
        beihilfe("04.06.2026", 3, an="C"),
        beihilfe("05.06.2026", 3, mitgliedstaat="AT"),
    ]
    konto = stand(awards, kette("A", "B"), am="01.06.2026", neu=300000)
    assert (konto.im_fenster, konto.ergebnis) == (0, "eingehalten")
    assert [(b.subventionswert, b.im_fenster, b.ergebnis_bei_gewaehrung) for b in konto.beihilfen] == [
        (300000, False, "nicht_geprueft"),
        (5, False, "nicht_geprueft"),
    ]
    assert konto.beihilfen[0].zuwendungsgeber == "Land"
    assert texts(konto) == [
        "Die Beihilfe vom 02.06.2026 über 300.000,00 € liegt nach dem Stichtag 01.06.2026 und zählt nicht mit.",
        "Die Beihilfe vom 03.06.2026 über 5,00 € liegt nach dem Stichtag 01.06.2026 und zählt nicht mit.",
    ]


def test_future_events_are_not_anticipated():
    awards = [beihilfe("01.06.2025", 200000, an="B")]
    konto = stand(awards, (), [ereignis("02.06.2026", "fusion", "B", "A")], am="01.06.2026", neu=300000)
    assert (konto.unternehmen, konto.ergebnis) == (("A",), "eingehalten")


# 2: the boundary day


def test_the_boundary_hint_names_award_day_and_both_results():
    awards = [beihilfe("15.03.2023", 200000, verordnung=ALT), beihilfe("01.06.2025", 50000)]
    konto = stand(awards, am="15.03.2026", neu=150000)
    said = hinweis(konto, "Grenztag")
    assert said.pfad == ("beihilfen", 0)
    assert said.text == (
        "Es kommt auf den Grenztag an: die Beihilfe vom 15.03.2023 über 200.000,00 € liegt genau drei Jahre vor dem "
        "15.03.2026. Zählt der Tag mit (streng, polnische Behörde): 50.000,00 € frei, Höchstbetrag überschritten. Zählt er "
        "nicht mit (rna, italienisches Register): 250.000,00 € frei, Höchstbetrag eingehalten. Die EU hat das nicht "
        "entschieden."
    )
    assert hinweis(stand(awards, am="15.03.2026", neu=150000, grenztag="rna"), "Grenztag").text == said.text


def test_the_boundary_hint_without_a_planned_award_names_amounts_only():
    awards = [beihilfe("15.03.2023", 2, verordnung=ALT), beihilfe("15.03.2023", 1, verordnung=ALT)]
    text = hinweis(stand(awards, am="15.03.2026"), "Grenztag").text
    assert "die Beihilfe vom 15.03.2023 über 2,00 € und die Beihilfe vom 15.03.2023 über 1,00 € liegen genau" in text
    assert (
        "polnische Behörde): 299.997,00 € frei. Zählt er nicht mit (rna, italienisches Register): 300.000,00 € frei."
        in text
    )


def test_the_boundary_hint_names_only_awards_that_matter():
    awards = [beihilfe("15.03.2023", 7, verordnung=ALT_DAWI), beihilfe("15.03.2023", 9, verordnung=AGRAR)]
    assert "9,00 €" in hinweis(stand(awards, am="15.03.2026"), "Grenztag").text
    assert "7,00 €" not in hinweis(stand(awards, am="15.03.2026"), "Grenztag").text
    sgei = hinweis(stand(awards, am="15.03.2026", verordnung=DAWI), "Grenztag").text
    assert "die Beihilfe vom 15.03.2023 über 7,00 € liegt" in sgei
    assert "749.993,00 € frei" in sgei


def test_no_boundary_hint_where_both_readings_agree():
    full = [beihilfe("15.03.2023", 5, verordnung=ALT), beihilfe("01.12.2023", 300000, verordnung=ALT)]
    assert texts(stand(full, am="15.03.2026")) == []
    assert texts(stand([beihilfe("14.03.2023", 5, verordnung=ALT)], am="15.03.2026")) == []
    assert texts(stand([beihilfe("16.03.2023", 5, verordnung=ALT)], am="15.03.2026")) == []
    assert texts(stand([beihilfe("15.03.2023", 5)], am="15.03.2026", verordnung=ALT)) == [
        "Die Verordnung 2023/2831 galt am 15.03.2023 noch nicht (erst ab 01.01.2024); die Beihilfe zählt trotzdem bei ihr "
        "mit. Prüfen Sie die Bescheinigung."
    ]


@pytest.mark.parametrize("grenztag", ["streng", "rna"])
def test_a_past_award_on_the_boundary_is_named_as_well(grenztag):
    awards = [
        beihilfe("01.02.2024", 150000),
        beihilfe("01.02.2026", 150000),
        beihilfe("01.02.2027", 100000, aktenzeichen="AZ 1"),
    ]
    konto = stand(awards, am="01.03.2027", grenztag=grenztag)
    assert konto.ergebnis == ("ueberschritten" if grenztag == "streng" else "eingehalten")
    said = hinweis(konto, "Grenztag")
    assert said.text == (
        "Für die Beihilfe vom 01.02.2027 über 100.000,00 € kam es auf den Grenztag an: die Beihilfe vom 01.02.2024 über "
        "150.000,00 € liegt genau drei Jahre vor dem 01.02.2027. Zählt der Tag mit (streng, polnische Behörde): Höchstbetrag "
        "überschritten. Zählt er nicht mit (rna, italienisches Register): Höchstbetrag eingehalten. Die EU hat das nicht "
        "entschieden."
    )


def test_a_divided_award_on_the_boundary_is_named_with_the_whole_amount():
    awards = [beihilfe("01.02.2024", 200000), beihilfe("01.02.2027", 150000)]
    events = spaltung("01.03.2027", "A", N="0.1", M="0.9")
    konto = stand(awards, (), events, am="01.04.2027", an="N")
    assert audits(konto) == ["eingehalten", "ueberschritten"]
    text = hinweis(konto, "Grenztag").text
    assert text.startswith(
        "Für die Beihilfe vom 01.02.2027 über 150.000,00 € kam es auf den Grenztag an: die Beihilfe vom"
    )
    assert "über 200.000,00 € liegt" in text


def test_a_past_award_on_the_boundary_that_fits_either_way_is_not_named():
    konto = stand([beihilfe("01.02.2024", 1), beihilfe("01.02.2027", 1)], am="01.03.2027")
    assert texts(konto) == []


# 3: room


def test_old_regulations_count_as_their_successors():
    awards = [
        beihilfe("01.12.2023", 100000, verordnung=ALT),
        beihilfe("01.12.2023", 200000, verordnung=ALT_DAWI),
    ]
    assert stand(awards, am="01.06.2026").im_fenster == 100000
    assert stand(awards, am="01.06.2026", verordnung=AGRAR).frei == 50000
    assert stand(awards, am="01.06.2026", verordnung=DAWI).frei == 550000
    assert stand(awards, am="01.06.2024", verordnung=ALT).frei == 100000
    assert stand(awards, am="01.06.2024", verordnung=ALT_DAWI).frei == 300000


def test_the_common_ceiling_counts_old_general_aid():
    awards = [beihilfe("01.12.2023", 290000, verordnung=ALT)]
    assert stand(awards, am="01.06.2026", verordnung=AGRAR).frei == 10000


def test_room_is_never_negative():
    assert stand([beihilfe("01.06.2025", 400000)], am="01.06.2026").frei == 0


@pytest.mark.parametrize(
    ("verordnung", "day_before", "since"),
    [
        (ALLGEMEIN, "31.12.2023", "01.01.2024"),
        (DAWI, "31.12.2023", "01.01.2024"),
        (AGRAR, "31.12.2013", "01.01.2014"),
        (ALT, "31.12.2013", "01.01.2014"),
    ],
)
def test_an_award_before_its_regulation_counts_with_a_hint(verordnung, day_before, since):
    konto = stand([beihilfe(day_before, 10, verordnung=verordnung)], am=since, verordnung=verordnung)
    said = hinweis(konto, f"galt am {day_before} noch nicht (erst ab {since})")
    assert (said.status, said.pfad, konto.im_fenster) == ("hinweis", ("beihilfen", 0), 10)
    assert audits(konto) == ["nicht_geprueft"]
    assert texts(stand([beihilfe(since, 10, verordnung=verordnung)], am=since, verordnung=verordnung)) == []


@pytest.mark.parametrize("verordnung", [FISCH, ALT_DAWI])
def test_where_the_first_day_of_a_regulation_is_not_known_nothing_is_said(verordnung):
    assert (
        texts(stand([beihilfe("01.06.2011", 10, verordnung=verordnung)], am="01.06.2012", verordnung=verordnung)) == []
    )


def test_duplicates_count_and_are_named():
    twin = beihilfe("01.06.2025", 100, aktenzeichen="AZ 1")
    others = [
        beihilfe("01.06.2025", 100, aktenzeichen="AZ 2"),
        beihilfe("02.06.2025", 100, aktenzeichen="AZ 1"),
        beihilfe("01.06.2025", 101, aktenzeichen="AZ 1"),
        beihilfe("01.06.2025", 100),
        beihilfe("01.06.2025", 100),
    ]
    konto = stand([twin, *others, twin], am="01.06.2026")
    assert konto.im_fenster == 701
    assert [said.pfad for said in konto.hinweise] == [("beihilfen", 0), ("beihilfen", 6)]
    assert set(texts(konto)) == {
        "Aktenzeichen, Datum und Betrag (100,00 €) stehen mehrfach in der Historie; jede Zeile zählt."
    }


# 4: the earliest day


def test_the_earliest_day_is_the_day_itself_if_the_award_fits():
    assert stand([], am="01.06.2026", neu=300000).frueheste_gewaehrung == tag("01.06.2026")


def test_the_earliest_day_may_need_several_awards_to_leave():
    awards = [beihilfe("01.06.2024", 100000), beihilfe("01.06.2025", 100000), beihilfe("01.06.2026", 100000)]
    for neu, streng, rna in (
        (100000, "02.06.2027", "01.06.2027"),
        ("100000.01", "02.06.2028", "01.06.2028"),
        (300000, "02.06.2029", "01.06.2029"),
    ):
        assert stand(awards, am="01.06.2026", neu=neu).frueheste_gewaehrung == tag(streng)
        assert stand(awards, am="01.06.2026", neu=neu, grenztag="rna").frueheste_gewaehrung == tag(rna)


def test_above_the_ceiling_alone_an_award_never_fits():
    assert stand([], am="01.06.2026", neu="300000.01").frueheste_gewaehrung is None
    assert stand([beihilfe("01.06.2025", 1)], am="01.06.2026", neu="300000.01").frueheste_gewaehrung is None
    assert stand([], am="01.06.2026", neu="50000.01", verordnung=AGRAR).frueheste_gewaehrung is None


def test_without_a_planned_award_there_is_no_earliest_day():
    konto = stand([], am="01.06.2026")
    assert (konto.neue_beihilfe, konto.frueheste_gewaehrung) == (None, None)


def test_the_course_tells_when_how_much_is_free():
    awards = [
        beihilfe("01.06.2024", 100000),
        beihilfe("01.06.2024", 1, verordnung=DAWI),
        beihilfe("02.06.2024", 5, verordnung=DAWI),
        beihilfe("01.06.2025", 50000),
    ]
    assert stand(awards, am="01.06.2026").verlauf == (
        (tag("01.06.2026"), 150000),
        (tag("02.06.2027"), 250000),
        (tag("02.06.2028"), 300000),
    )


# 5: audit


def test_same_day_awards_are_audited_in_the_order_of_the_file():
    small, big = beihilfe("01.06.2025", 100000), beihilfe("01.06.2025", 200001)
    assert audits(stand([small, big], am="01.06.2026")) == ["eingehalten", "ueberschritten"]
    assert audits(stand([big, small], am="01.06.2026")) == ["eingehalten", "ueberschritten"]
    assert [b.subventionswert for b in stand([big, small], am="01.06.2026").beihilfen] == [200001, 100000]


def test_the_order_of_the_file_counts_across_the_members_of_a_group():
    awards = [
        beihilfe("01.06.2025", 100000),
        beihilfe("01.06.2025", 200000, an="B"),
        beihilfe("01.06.2025", 1),
        beihilfe("01.06.2027", 3),
        beihilfe("01.06.2027", 2, an="B"),
        beihilfe("01.06.2027", 1),
    ]
    konto = stand(awards, kette("A", "B"), am="01.06.2026")
    assert [b.pfad[-1] for b in konto.beihilfen] == [0, 1, 2, 3, 4, 5]
    assert audits(konto) == ["eingehalten", "eingehalten", "ueberschritten", *["nicht_geprueft"] * 3]


def test_awards_are_audited_against_everything_before_even_if_the_file_is_not_in_order():
    awards = [beihilfe("02.06.2025", 200001), beihilfe("01.06.2025", 100000)]
    konto = stand(awards, am="01.06.2026")
    assert [b.gewaehrt_am for b in konto.beihilfen] == [tag("01.06.2025"), tag("02.06.2025")]
    assert audits(konto) == ["eingehalten", "ueberschritten"]


def test_old_regulations_are_not_audited_but_fill_the_window():
    awards = [
        beihilfe("01.12.2023", 250000, verordnung=ALT),
        beihilfe("01.06.2024", 250000, verordnung=ALT),
        beihilfe("01.07.2024", 1),
    ]
    konto = stand(awards, am="01.06.2025")
    assert audits(konto) == ["nicht_geprueft", "nicht_geprueft", "ueberschritten"]
    assert konto.im_fenster == 500001


def test_awards_before_2024_are_not_audited():
    assert audits(stand([beihilfe("31.12.2023", 50001, verordnung=AGRAR)], am="01.06.2025")) == ["nicht_geprueft"]
    assert audits(stand([beihilfe("01.01.2024", 50001, verordnung=AGRAR)], am="01.06.2025")) == ["ueberschritten"]


def test_an_award_that_failed_stays_counted_and_is_marked():
    awards = [beihilfe("01.06.2025", 300001), beihilfe("01.07.2025", 1)]
    konto = stand(awards, am="01.06.2026")
    assert (konto.ergebnis, konto.im_fenster, konto.frei) == ("ueberschritten", 300002, 0)
    assert audits(konto) == ["ueberschritten", "ueberschritten"]
    said = hinweis(konto, "vom 01.06.2025")
    assert (said.status, said.betrag, said.pfad) == ("hinweis", 300001, ("beihilfen", 0))
    assert "überschritt schon bei ihrer Gewährung den Höchstbetrag; sie zählt vorsichtshalber weiter" in said.text


def test_audits_look_at_the_common_ceiling():
    awards = [beihilfe("01.06.2025", 300000), beihilfe("01.07.2025", 1, verordnung=AGRAR)]
    assert audits(stand(awards, am="01.06.2026")) == ["eingehalten", "ueberschritten"]


def test_awards_without_a_known_ceiling_are_not_audited():
    fassung = replace(RECHT.fassung, parameter={**RECHT.fassung.parameter, HOECHSTBETRAG.name: ()})
    recht = load_recht()._replace(fassung=fassung, ceilings=dict.fromkeys(RECHT.ceilings, ()))
    history = Historie(beihilfen=(beihilfe("01.06.2025", 1),))
    ledger, _ = build_ledger(history, recht, tag("01.06.2026"), Fundort())
    frage = Frage(verordnung=ALLGEMEIN, stichtag=tag("01.06.2026"), betrag=None)
    konto = Kontostand(ledger, "a", frage, recht)
    assert (audits(konto), konto.frei, konto.ergebnis) == (["nicht_geprueft"], None, "eingehalten")


# 6: audits through mergers and splits (the accounts themselves: test_verbund)


def test_audits_use_the_undertakings_as_they_were():
    awards = [beihilfe("01.06.2025", 200000), beihilfe("01.07.2025", 200000, an="B"), beihilfe("01.06.2026", 1)]
    later = [ereignis("01.03.2026", "fusion", "B", "A")]
    assert audits(stand(awards, (), later, am="01.07.2026")) == ["eingehalten", "eingehalten", "ueberschritten"]
    before = [ereignis("01.03.2025", "fusion", "B", "A")]
    assert audits(stand(awards, (), before, am="01.07.2026")) == ["eingehalten", "ueberschritten", "ueberschritten"]


def test_audits_of_divided_awards_are_those_of_the_whole():
    awards = [beihilfe("01.06.2025", 300001), beihilfe("01.06.2026", 200000, an="N")]
    konto = stand(awards, (), spaltung("01.03.2026", "A", N="0.1", M="0.9"), am="01.07.2026", an="N")
    assert [b.subventionswert for b in konto.beihilfen] == [eur("30000.10"), 200000]
    assert audits(konto) == ["ueberschritten", "eingehalten"]


def test_shares_of_a_split_must_add_up():
    events = (
        *spaltung("01.03.2026", "A", B="0.6", C="0.3"),
        *spaltung("01.03.2026", "D", B="0.6", C="0.4"),
        *spaltung("02.03.2026", "A", B="1", C="0.0001"),
        ereignis("01.03.2026", "fusion", "X", "Y"),
        ereignis("03.03.2026", "spaltung", "Z", "Y"),
    )
    fundort = Fundort(("liste",), ("vorgaenge",))
    ledger, problems = build_ledger(Historie(ereignisse=events), RECHT, tag("01.06.2026"), fundort)
    assert [(problem.text, problem.pfad) for problem in problems] == [
        ("Die Anteile der Spaltung vom 01.03.2026 ergeben zusammen nicht 100 %.", ("vorgaenge", 1, "anteil")),
        ("Die Anteile der Spaltung vom 02.03.2026 ergeben zusammen nicht 100 %.", ("vorgaenge", 5, "anteil")),
        ("Die Anteile der Spaltung vom 03.03.2026 ergeben zusammen nicht 100 %.", ("vorgaenge", 7, "anteil")),
    ]
    assert list(ledger.names.values()) == ["A", "B", "C", "D", "X", "Y", "Z"]


def test_a_split_without_shares_breaks_nothing():
    events = (ereignis("01.03.2026", "spaltung", "A", "B"), ereignis("01.03.2026", "spaltung", "A", "C"))
    ledger, _ = build_ledger(
        Historie(beihilfen=(beihilfe("01.06.2025", 5),), ereignisse=events), RECHT, tag("01.06.2026"), Fundort()
    )
    frage = Frage(verordnung=ALLGEMEIN, stichtag=tag("01.06.2026"), betrag=None)
    assert Kontostand(ledger, "c", frage, RECHT).im_fenster == 5


# 9: the verdict


def test_with_a_planned_award_the_past_does_not_decide():
    failed = [beihilfe("01.06.2025", 300001, verordnung=AGRAR)]
    konto = stand(failed, am="01.06.2026", neu=1, verordnung=DAWI)
    assert (konto.ergebnis, audits(konto)) == ("eingehalten", ["ueberschritten"])


PERSON = kette("A", "B", art="natuerliche_person")
OF_B = [beihilfe("01.06.2025", 200000, an="B")]


@pytest.mark.parametrize(
    ("neu", "ergebnis"), [(100000, "eingehalten"), ("100000.01", "offen"), (300001, "ueberschritten")]
)
def test_a_natural_person_leaves_open_only_what_it_would_change(neu, ergebnis):
    konto = stand(OF_B, PERSON, am="01.06.2026", neu=neu)
    (said,) = konto.hinweise
    assert konto.ergebnis == ergebnis
    assert said.status == ("offen" if ergebnis == "offen" else "hinweis")
    assert ("Davon hängt das Ergebnis ab: fragen Sie die bewilligende Stelle." in said.text) is (ergebnis == "offen")
    assert (konto.unternehmen, konto.im_fenster) == (("A",), 0)


def test_a_natural_person_elsewhere_is_of_no_concern():
    konto = stand(OF_B, kette("B", "C", art="natuerliche_person"), am="01.06.2026", neu=300000)
    assert (konto.hinweise, konto.ergebnis) == ((), "eingehalten")


def test_a_natural_person_beside_control_is_of_no_concern():
    konto = stand(OF_B, (*PERSON, *kette("A", "B")), am="01.06.2026", neu=200000)
    assert (konto.hinweise, konto.ergebnis) == ((), "ueberschritten")


def test_a_natural_person_leaves_open_the_audit_it_would_change():
    awards = [*OF_B, beihilfe("01.07.2025", 200000)]
    konto = stand(awards, PERSON, am="01.06.2026")
    assert (konto.ergebnis, audits(konto)) == ("offen", ["eingehalten"])
    assert "B und A sind" in hinweis(konto, "zusammen wären noch 0,00 € frei").text


def test_a_natural_person_before_a_merger_leaves_open_the_audit_too():
    awards = [*OF_B, beihilfe("01.07.2025", 200000)]
    merger = [ereignis("01.01.2026", "fusion", "B", "A")]
    assert stand(awards, (), merger, am="01.06.2026").ergebnis == "eingehalten"
    assert stand(awards, PERSON, merger, am="01.06.2026").ergebnis == "offen"


def test_without_a_known_ceiling_no_room_is_named():
    awards = [*OF_B, beihilfe("01.07.2025", 200000)]
    konto = stand(awards, PERSON, am="01.06.2026", verordnung=ALT)
    assert (konto.ergebnis, konto.frei) == ("offen", None)
    assert "wären noch" not in hinweis(konto, "natürliche Person").text


def test_every_hint_is_there_at_once_and_open_outweighs():
    awards = [
        beihilfe("15.03.2023", 100000, verordnung=ALT),
        *OF_B,
        beihilfe("01.06.2025", 1, verordnung=ALLGEMEIN, aktenzeichen="x"),
        beihilfe("01.06.2025", 1, verordnung=ALLGEMEIN, aktenzeichen="x"),
        beihilfe(None, 3, status="beantragt"),
        beihilfe("16.03.2026", 4),
    ]
    konto = stand(awards, PERSON, am="15.03.2026", neu=150000)
    assert konto.ergebnis == "offen"
    assert [said.status for said in konto.hinweise] == ["offen", "hinweis", "hinweis", "hinweis", "hinweis", "hinweis"]
    words = ("natürliche Person", "Grenztag", "Beantragt", "Stichtag", "mehrfach", "mehrfach")
    assert all(word in text for word, text in zip(words, texts(konto), strict=True))
