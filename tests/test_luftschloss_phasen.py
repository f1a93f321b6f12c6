"""The engine on a second guideline: rates of overhead, phases and their limits."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from luftschloss import FASSUNG, body, check, eligible, findings, line, post, text, with_values, without

from foerdercheck.calculation.gemeinkosten import ArtOhneSatz
from foerdercheck.programmes.fassung import Frist
from foerdercheck.programmes.parameter import METHODEN

# overhead at a rate the budget states


def test_a_stated_rate_of_overhead_counts_up_to_the_limit_and_only_for_the_kinds_of_body_it_is_for():
    """600.00 each; a town states 25 % and gets 20 %, a club gets nothing."""
    town = body("Talstadt", post(person="K"), art="kommune", gemeinkosten="personal 25 %")
    club = body("Verein", post(person="L"), gemeinkosten="personal 10 %")
    found = check(partner=[town, club])
    assert findings(found, "5-pauschale") == [
        ("offen", None),
        ("gekuerzt", "30.00"),
        ("hinweis", None),
        ("gekuerzt", "60.00"),
        ("hinweis", None),
    ]
    assert "personal mit 0 %: 0,00 €; angegeben sind 10 %, nicht für die Art gemeinnuetzig" in text(
        found, "5-pauschale"
    )
    overheads = [rechnung.gemeinkosten for rechnung in found.rechnungen[1:]]
    assert [(overhead.methode, overhead.satz) for overhead in overheads] == [
        ("personal", Decimal("0.25")),
        ("personal", Decimal("0.10")),
    ]
    town_gets, club_gets = (overhead.betrag for overhead in overheads)
    assert (str(town_gets.betrag), str(club_gets.betrag)) == ("120.00", "0.00")
    varianten = [variante for overhead in overheads for variante in overhead.varianten]
    assert [(v.methode, v.satz, v.betrag, v.hindernis) for v in varianten] == [
        ("personal", Decimal("0.2"), town_gets, None),
        ("personal", Decimal(), club_gets, ArtOhneSatz("gemeinnuetzig")),
    ]


def test_a_limit_for_two_methods_names_both():
    (rate,) = FASSUNG.parameter["gemeinkostensatz_angabe_hoechstens"]
    both = with_values(gemeinkostensatz_angabe_hoechstens=(rate._replace(wenn={"methode": frozenset(METHODEN)}),))
    said = text(check(post(), fassung=both), "5-pauschale")
    assert "(personal bis 20 % oder direkt bis 20 %, z. B. gemeinkosten: personal 20 %) oder keine." in said


def test_the_example_of_a_rate_is_one_that_needs_no_more_reasons():
    (rate,) = FASSUNG.parameter["gemeinkostensatz_angabe_hoechstens"]
    plain = rate._replace(wert=Decimal("0.12"))
    said = text(check(post(), fassung=with_values(gemeinkostensatz_angabe_ohne_weiteres=(plain,))), "5-pauschale")
    assert "(personal bis 20 %, z. B. gemeinkosten: personal 12 %) oder keine." in said


@pytest.mark.usefixtures("silent")
def test_a_rate_of_overhead_for_some_bodies_may_name_no_method():
    """Schools may use the only method there is; a club, for which there is no rate at all, is shown what it lost."""
    (rate,) = FASSUNG.parameter["gemeinkostensatz_angabe_hoechstens"]
    schools = rate._replace(wert=Decimal("0.1"), wenn={"art": frozenset({"hochschule"})})
    fassung = with_values(gemeinkostensatz=(schools, rate))
    school = body("Turmschule", post(person="K"), art="hochschule", gemeinkosten="personal")
    club = body("Verein", post(person="L"), gemeinkosten="personal")
    overheads = [r.gemeinkosten for r in check(partner=[school, club], fassung=fassung).rechnungen[1:]]
    assert [(str(overhead.betrag.betrag), overhead.abgelehnt is None) for overhead in overheads] == [
        ("60.00", True),
        ("0.00", False),
    ]
    (refused,) = overheads[1].varianten
    assert (refused.satz, str(refused.basis.betrag), str(refused.betrag.betrag)) == (Decimal("0.2"), "600.00", "120.00")
    assert (overheads[1].abgelehnt, refused.norm) == (refused, rate)


# limits of phases


@pytest.mark.parametrize(
    ("lines", "counts", "cuts"),
    [
        ([line("500,00")], ["500.00"], []),
        ([line("500,01")], ["500.00"], ["0.01"]),
        ([line("300,00"), line("200,01")], ["300.00", "200.00"], ["0.01"]),
        ([line("500,00"), line("1,00")], ["500.00", "0.00"], ["1.00"]),
        ([line("200,00", kostenart="investition")], ["200.00"], []),
        ([line("200,01", kostenart="investition")], ["200.00"], ["0.01"]),
        ([line("300,00", kostenart="investition"), line("300,00")], ["200.00", "300.00"], ["100.00"]),
        ([line("400,00"), line("300,00", kostenart="investition")], ["400.00", "100.00"], ["100.00", "100.00"]),
        ([line("9.999,99", "bau")], ["9999.99"], []),
    ],
)
def test_limits_of_a_phase_are_used_up_in_the_order_of_the_file(lines, counts, cuts):
    found = check(*lines)
    assert eligible(found) == counts
    assert findings(found, "6-grenzen") == ([("gekuerzt", cut) for cut in cuts] or [("erfuellt", None)])


def test_bodies_share_the_limit_of_a_phase():
    found = check(line("300,00"), partner=[body("Verein", line("200,01"))])
    assert eligible(found) == ["300.00", "200.00"]
    assert findings(found, "6-grenzen") == [("erfuellt", None), ("gekuerzt", "0.01")]


@pytest.mark.parametrize(("amount", "expected"), [("400,00", "erfuellt"), ("400,01", "offen")])
def test_a_limit_that_may_not_hold_is_open_once_and_cuts_nothing(amount, expected):
    """Over both phases and both towns: 200.00 + 200.00 + 400.00 are exactly 800.00."""
    town = body("Talstadt", line(amount, "bau"), art="kommune")
    found = check(line("200,00"), line("200,00", "bau"), partner=[town])
    assert findings(found, "6-grenzen") == [(expected, None), ("erfuellt", None)]
    assert ("in Phase bau und plan sind 0,01 € mehr als 800,00 €" in text(found, "6-grenzen")) is (expected == "offen")
    assert ("[Auslegung: Ein Rabe]" in text(found, "6-grenzen")) is (expected == "offen")


def test_phases_without_any_limit_have_none_to_keep():
    limits = ("hoechstausgaben", "hoechstausgaben_davon", "hoechstausgaben_ungewiss")
    assert findings(check(line("9.999,99"), line("1,00", None), fassung=without(*limits)), "6-grenzen") == [
        ("entfaellt", None)
    ]
    assert findings(check(line("500,01"), fassung=without(*limits[1:])), "6-grenzen") == [("gekuerzt", "0.01")]
    assert findings(
        check(line("200,01", kostenart="investition"), fassung=without(limits[0], limits[2])), "6-grenzen"
    ) == [("gekuerzt", "0.01")]
    assert findings(check(line("1,00"), fassung=without(*limits[:2])), "6-grenzen") == [("erfuellt", None)]


@pytest.mark.parametrize(
    ("ende", "monate", "last"),
    [
        ("2030-12-31", 6, date(2030, 6, 30)),
        ("2030-12-30", 6, date(2030, 6, 30)),
        ("2030-12-29", 6, date(2030, 6, 29)),
        ("2030-12-31", 12, date(2029, 12, 31)),
    ],
)
def test_a_duty_may_be_due_before_the_end(ende, monate, last):
    duty = Frist("Turm abbauen", "Luft 7", vor="ende", monate=monate)
    assert [termin.datum for termin in check(fassung=replace(FASSUNG, fristen=(duty,)), ende=ende).fristen] == [last]


def test_a_reading_of_ours_stands_behind_the_duty_and_nothing_where_there_is_none():
    duties = (Frist("Turm zeigen", "Luft 7"), Frist("Turm abbauen", "Luft 8", lesart="ein Turm steht ein Jahr"))
    assert [(termin.pflicht, termin.datum) for termin in check(fassung=replace(FASSUNG, fristen=duties)).fristen] == [
        ("Turm zeigen", None),
        ("Turm abbauen [Auslegung: ein Turm steht ein Jahr]", None),
    ]


def test_the_cost_of_each_phase_is_said():
    said = text(check(line("100,00"), line("9,00", "bau"), line("200,00")), "6-grenzen")
    assert said == "Die Grenzen sind eingehalten (Phase plan: 300,00 €, Phase bau: 9,00 €)."


def test_a_line_without_phase_is_open():
    found = check(line("600,00", None), line("1,00"))
    assert eligible(found) == ["600.00", "1.00"]
    assert findings(found, "6-grenzen") == [("offen", None)]
    assert "„material 600,00“: geben Sie phase an, plan (Planen) oder bau (Bauen)" in text(found, "6-grenzen")
    assert findings(check(), "6-grenzen") == [("entfaellt", None)]
