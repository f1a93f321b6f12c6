"""Details of the account that no case of law tells: places, statuses, orders, and sums."""

from foerdercheck.assessment.historie import check_frage, check_history
from foerdercheck.deminimis.eroeffnung import open_kontenbuch
from foerdercheck.deminimis.frage import Frage, Planung
from foerdercheck.deminimis.kontostand import kontostand
from foerdercheck.deminimis.posten import Stellen
from foerdercheck.model.beihilfe import Historie
from foerdercheck.model.location import Problem, feld
from foerdercheck.reading.files import origin

from .bau import (
    AGRAR,
    ALLGEMEIN,
    ALT,
    DAWI,
    FISCH,
    RECHT,
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


def test_nothing_is_an_amount_with_cents():
    konto = stand([], am="01.06.2026")
    assert {str(konto.beantragt), str(konto.im_fenster), str(konto.nicht_im_fenster)} == {"0.00"}
    assert str(stand([beihilfe("01.06.2025", 300000)], am="01.06.2026").frei) == "0.00"


def test_an_award_of_the_day_itself_is_shown_as_counted_under_its_regulation():
    (entry,) = stand([beihilfe("01.06.2026", 5, verordnung=DAWI)], am="01.06.2026").beihilfen
    assert (entry.im_fenster, entry.verordnung) == (True, DAWI)


def test_later_awards_are_named_in_the_order_of_their_days_with_their_places():
    awards = [beihilfe("03.06.2026", 1, an="B"), beihilfe("04.06.2026", 2), beihilfe("02.06.2026", 3)]
    konto = stand(awards, kette("A", "B"), am="01.06.2026")
    assert [said.pfad for said in konto.hinweise] == [("beihilfen", number) for number in (2, 0, 1)]
    assert [entry.subventionswert for entry in konto.beihilfen] == [3, 1, 2]


def test_the_parts_of_a_divided_award_in_one_account_keep_the_order_of_the_bodies():
    events = spaltung("01.03.2026", "A", N="0.6", M="0.4")
    konto = stand([beihilfe("01.06.2025", 100)], kette("N", "M"), events, am="01.04.2026", an="M")
    assert [(entry.unternehmen, entry.subventionswert) for entry in konto.beihilfen] == [("N", 60), ("M", 40)]


def test_a_body_merged_twice_breaks_nothing():
    events = [ereignis("01.01.2026", "fusion", "B", "A"), ereignis("01.02.2026", "fusion", "B", "C")]
    awards = [beihilfe("01.06.2025", 100, an="B"), beihilfe("01.06.2025", 10, an="C")]
    assert stand(awards, (), events, am="31.01.2026").im_fenster == 100
    assert stand(awards, (), events, am="01.02.2026").im_fenster == 110


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


def test_shares_of_a_split_must_add_up():
    events = (
        *spaltung("01.03.2026", "A", B="0.6", C="0.3"),
        *spaltung("01.03.2026", "D", B="0.6", C="0.4"),
        *spaltung("02.03.2026", "A", B="1", C="0.0001"),
        ereignis("01.03.2026", "fusion", "X", "Y"),
        ereignis("03.03.2026", "spaltung", "Z", "Y"),
    )
    _, problems = open_kontenbuch(Historie(ereignisse=events), RECHT, tag("01.06.2026"))
    assert problems[0].pfad == ("ereignisse", 1, "anteil")
    stellen = Stellen(("antrag", "beihilfen"))
    buch, problems = open_kontenbuch(Historie(ereignisse=events), RECHT, tag("01.06.2026"), stellen)
    assert [(problem.text, problem.pfad) for problem in problems] == [
        (
            "Die Anteile der Spaltung vom 01.03.2026 ergeben zusammen nicht 100 %.",
            ("antrag", "ereignisse", 1, "anteil"),
        ),
        (
            "Die Anteile der Spaltung vom 02.03.2026 ergeben zusammen nicht 100 %.",
            ("antrag", "ereignisse", 5, "anteil"),
        ),
        (
            "Die Anteile der Spaltung vom 03.03.2026 ergeben zusammen nicht 100 %.",
            ("antrag", "ereignisse", 7, "anteil"),
        ),
    ]
    assert list(buch.names.values()) == ["A", "B", "C", "D", "X", "Y", "Z"]


def test_a_split_without_shares_breaks_nothing():
    events = (ereignis("01.03.2026", "spaltung", "A", "B"), ereignis("01.03.2026", "spaltung", "A", "C"))
    buch, _ = open_kontenbuch(
        Historie(beihilfen=(beihilfe("01.06.2025", 5),), ereignisse=events), RECHT, tag("01.06.2026")
    )
    frage = Frage(verordnung=ALLGEMEIN, stichtag=tag("01.06.2026"), betrag=None)
    assert kontostand(buch.konten(frage), "c", frage).im_fenster == 5


def test_every_hint_is_there_at_once_and_open_outweighs():
    awards = [
        beihilfe("15.03.2023", 100000, verordnung=ALT),
        beihilfe("01.06.2025", 200000, an="B"),
        beihilfe("01.06.2025", 1, verordnung=ALLGEMEIN, aktenzeichen="x"),
        beihilfe("01.06.2025", 1, verordnung=ALLGEMEIN, aktenzeichen="x"),
        beihilfe(None, 3, status="beantragt"),
        beihilfe("16.03.2026", 4),
    ]
    konto = stand(awards, PERSON, am="15.03.2026", neu=150000)
    assert konto.ergebnis == "offen"
    assert [said.status for said in konto.hinweise] == ["offen", "hinweis", "hinweis", "hinweis", "hinweis", "hinweis"]
    words = ("natürliche Person", "Grenztag", "Beantragt", "Stichtag", "mehrfach", "mehrfach")
    assert all(word in said.text for word, said in zip(words, konto.hinweise, strict=True))
    assert [said.pfad for said in konto.hinweise] == [
        (),
        ("beihilfen", 0),
        (),
        *[("beihilfen", number) for number in (5, 2, 3)],
    ]
    assert [said.betrag for said in konto.hinweise] == [None, None, 3, None, None, None]


def test_what_is_said_about_an_award_of_the_past_has_its_place():
    failed = hinweis(stand([beihilfe("01.06.2025", 300001)], am="01.06.2026"), "überschritt schon")
    assert (failed.status, failed.betrag, failed.pfad) == ("hinweis", 300001, ("beihilfen", 0))
    early = hinweis(stand([beihilfe("31.12.2023", 10)], am="01.01.2024"), "noch nicht")
    assert (early.status, early.pfad) == ("hinweis", ("beihilfen", 0))
    konto = stand([], am="01.07.2024", neu=1, verordnung=ALT)
    assert [said.status for said in konto.hinweise] == ["offen"]
    assert konto.verlauf == ()


def test_an_award_that_cannot_be_judged_is_open_unless_another_is_planned():
    awards = [beihilfe("01.05.2025", 25000, verordnung=FISCH), beihilfe("01.06.2025", 40000, verordnung=AGRAR)]
    for neu, status in ((None, "offen"), (100, "hinweis")):
        said = hinweis(stand(awards, am="26.11.2026", neu=neu), "nicht zu entscheiden")
        assert (said.status, said.betrag, said.pfad) == (status, 40000, ("beihilfen", 1))


def test_relations_without_a_first_day_are_named_only_where_an_award_exceeded_because_of_them():
    (related,) = kette("A", "B")
    days = {"ab": tag("01.01.2024"), "bis": tag("31.12.2026")}
    for own, relation, ends in (
        (300001, related, "sie zählt vorsichtshalber weiter."),
        (200000, related, "seit wann die Beziehung besteht."),
        (200000, related._replace(bis=days["bis"]), "seit wann die Beziehung besteht."),
        (200000, related._replace(ab=days["ab"]), "sie zählt vorsichtshalber weiter."),
        (200000, related._replace(**days), "sie zählt vorsichtshalber weiter."),
    ):
        awards = [beihilfe("01.05.2025", 150000, an="B"), beihilfe("01.06.2025", own)]
        assert hinweis(stand(awards, [relation], am="26.11.2026"), "überschritt schon").text.endswith(ends)


def test_what_is_planned_at_home_is_not_planned_in_other_states():
    awards = """
beihilfen:
  - {unternehmen: A, gewaehrt_am: 2025-01-01, subventionswert: "200.000,00", mitgliedstaat: AT}
  - {unternehmen: A, gewaehrt_am: 2025-01-01, subventionswert: "200.000,00"}
"""
    question = {"beihilfe": eur(150000), "stichtag": tag("26.11.2026")}
    home, abroad = check_history(awards.encode(), unternehmen="A", **question).konten
    assert (home.mitgliedstaat, home.ergebnis, home.neue_beihilfe) == ("DE", "ueberschritten", 150000)
    assert (abroad.mitgliedstaat, abroad.ergebnis, abroad.neue_beihilfe) == ("AT", "eingehalten", None)
    awards = awards.replace("200.000,00", "300.000,01", 1)
    assumed = Frage(ALLGEMEIN, tag("26.11.2026"), None, folge=(Planung(tag("01.12.2026"), eur(9), ALLGEMEIN),))
    home, abroad = check_frage(origin(awards.encode(), None), assumed._replace(angenommen=("Angenommen.",)), "A").konten
    assert (len(home.geplant), home.hinweise[0].text) == (1, "Angenommen.")
    assert (abroad.geplant, ["überschritt schon" in said.text for said in abroad.hinweise]) == ((), [True])
    (new,) = check_history(awards.encode(), unternehmen="Neu", **question).konten
    assert (new.unternehmen, new.ergebnis, new.im_fenster) == (("Neu",), "eingehalten", 0)


def test_problems_have_their_row_and_the_others_are_read():
    rows = (
        beihilfe("01.06.2025", None, form="sonstige", foerdersumme=eur(1)),
        beihilfe("01.06.2025", 1),
        beihilfe("01.06.2025", 1, an=None),
    )
    buch, problems = open_kontenbuch(Historie(beihilfen=rows), RECHT, tag("01.01.2026"), Stellen(("antragsteller",)))
    assert [problem.pfad for problem in problems] == [("antragsteller", 0), ("antragsteller", 2)]
    assert problems[1] == Problem(f"{feld('unternehmen')} fehlt: wer die Beihilfe erhalten hat", ("antragsteller", 2))
    assert [eintrag.nummer for (eintrag,) in buch.granted["DE"].values()] == [1]


def test_that_nobody_is_named_is_said_once():
    rows = [beihilfe("01.06.2025", 1, an=None, steuerjahr_ab="01.07.")] * 3
    for several in (rows, rows[:2]):
        _, problems = open_kontenbuch(Historie(beihilfen=(*several,)), RECHT, tag("01.01.2026"), Stellen(("x",)))
        assert problems == [
            Problem(f"{feld('unternehmen')} fehlt: bei keiner Beihilfe steht, wer sie erhalten hat", ("x",))
        ]
    _, problems = open_kontenbuch(Historie(beihilfen=(*rows[:1],)), RECHT, tag("01.01.2026"), Stellen(("x",)))
    assert [problem.pfad for problem in problems] == [("x", 0)]


def test_a_second_beginning_of_the_fiscal_year_has_its_place_and_the_same_one_again_is_none():
    rows = [beihilfe("01.06.2025", 1, steuerjahr_ab=begin) for begin in ("01.07.", "01.07.", "01.01.")]
    _, problems = open_kontenbuch(Historie(beihilfen=(*rows,)), RECHT, tag("01.01.2026"), Stellen(("x",)))
    text = "A: das Steuerjahr beginnt hier am 01.01., bei einer anderen Beihilfe am 01.07."
    assert problems == [Problem(text, ("x", 2, "steuerjahr_ab"))]


def test_a_revoked_award_of_nobody_is_no_problem():
    rows = [beihilfe("01.06.2025", 1), beihilfe("01.06.2025", 1, an=None, status="widerrufen")]
    assert stand(rows, am="01.06.2026").ungezaehlt == ()


def test_a_planned_award_stands_nowhere():
    """On the boundary day of a later one it is named, but no row of the history is pointed to."""
    days = {"15.01.2026": 10_000, "01.03.2026": 100_000, "01.03.2029": 150_000}
    folge = tuple(Planung(tag(day), eur(betrag), ALLGEMEIN) for day, betrag in days.items())
    for planned in (folge, folge[1:]):
        (said,) = stand([], am="15.01.2026", folge=planned).hinweise
        assert (said.text[:31], said.pfad) == ("Es kommt auf den Grenztag an: d", ())


def test_what_others_plan_counts_beside_a_planned_award_and_makes_none():
    frage = Frage(ALLGEMEIN, tag("01.06.2026"), eur(5), daneben=(("b", eur(3)), ("c", eur(1))))
    assert frage.together_with({"b"}).betrag == 8
    assert frage.together_with(()) == frage
    assert frage._replace(betrag=None).together_with({"b"}).betrag is None
