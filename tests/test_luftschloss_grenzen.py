"""The engine on a second guideline: limits by year, least cost, durations, procedures."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from luftschloss import BUDGET, FASSUNG, body, check, findings, line, post, text, with_values, without
from rechtsfaelle import assess, case_named, merge
from workbooks import mappe, save_budget

from foerdercheck.assessment.budget import check_budget
from foerdercheck.rules.vergabe import answer, offers

# the grant of a year


@pytest.mark.parametrize(
    ("landkreise", "cost", "grant", "said"),
    [
        (["Gipfel"], "12.000,00", "6000.00", [("erfuellt", None)]),  # 12,000.00 × 6 ÷ 12
        (["Gipfel"], "12.000,02", "6000.01", [("offen", None)]),
        (["Gipfel"], "24.000,00", "12000.00", [("offen", None)]),  # 12,000.00 × 1
        (["Gipfel"], "24.000,02", "12000.00", [("gekuerzt", "0.01"), ("offen", None)]),
        ({"Hang": "50 %", "Aue": "50 %"}, "8.125,00", "3250.00", [("erfuellt", None)]),  # 40 %; 6,500.00 × 6 ÷ 12
        ({"Hang": "50 %", "Aue": "50 %"}, "8.125,03", "3250.01", [("offen", None)]),
        (["Hang", "Aue"], "2.000,00", "600.00", [("offen", None)]),  # lowest: 30 %, 1,000.00 × 6 ÷ 12
        ({"Hang": "33,33 %", "Aue": "66,67 %"}, "9.999,99", "3666.59", [("offen", None)]),
        ({"Hang": "33,33 %", "Aue": "66,67 %"}, "19.999,99", "4666.30", [("gekuerzt", "2666.89"), ("offen", None)]),
    ],
)
def test_the_grant_stays_within_the_years_of_the_project(landkreise, cost, grant, said):
    """The last: 33.33 % × 12,000 + 66.67 % × 1,000 = 4,666.30 a year; 36.666 % × 19,999.99 = 7,333.19."""
    found = check(line(cost, "bau"), landkreise=landkreise)
    assert str(found.rechnungen[0].zuwendung.betrag) == grant
    assert findings(found, "3-jahr") == said


@pytest.mark.parametrize(
    ("beginn", "ende", "least", "most"),
    [
        ("2030-07-01", "2030-07-01", "1000.00", "12000.00"),
        ("2030-01-01", "2030-12-31", "12000.00", "12000.00"),
        ("2030-01-02", "2030-12-31", "12000.00", "12000.00"),
        ("2030-02-01", "2030-12-31", "11000.00", "12000.00"),
        ("2030-12-31", "2031-01-01", "1000.00", "24000.00"),
        ("2030-01-15", "2031-01-14", "12000.00", "24000.00"),
        ("2030-01-15", "2031-01-15", "13000.00", "24000.00"),
        ("2030-01-01", "2032-12-31", "36000.00", "36000.00"),
    ],
)
def test_months_and_years_that_have_begun_count(beginn, ende, least, most):
    (rechnung,) = check(line("1,00", "bau"), beginn=beginn, ende=ende).rechnungen
    limit = rechnung.zuwendungsgrenze
    assert (str(limit.sicher.betrag), str(limit.hoechstens.betrag)) == (least, most)


def test_a_limit_of_part_of_a_year_is_rounded_down():
    """1,000.00 × 1 ÷ 12 = 83.333…"""
    (rechnung,) = check(line("1,00", "bau"), landkreise=["Aue"], beginn="2030-07-01", ende="2030-07-31").rechnungen
    assert str(rechnung.zuwendungsgrenze.sicher.betrag) == "83.33"


GANZES_JAHR = {"beginn": "2030-01-01", "ende": "2030-12-31"}


def test_bodies_share_the_grant_of_a_year_and_what_is_not_applied_for_is_left():
    """12,000.00 in all: 11,000.00 and the rest of 1,000.00; with 10,999.99 applied for, the rest is 1,000.01."""
    partner = [body("Verein", line("3.000,00", "bau"))]
    found = check(line("22.000,00", "bau"), partner=partner, **GANZES_JAHR)
    assert [str(rechnung.zuwendung.betrag) for rechnung in found.rechnungen] == ["11000.00", "1000.00"]
    assert findings(found, "3-jahr") == [("erfuellt", None), ("gekuerzt", "500.00")]
    less = merge(
        BUDGET,
        {
            "vorhaben": GANZES_JAHR,
            "antragsteller": {"kosten": [line("22.000,00", "bau")], "finanzierung": {"beantragt": "10.999,99"}},
        },
    )
    grants = [str(r.zuwendung.betrag) for r in assess({**less, "partner": partner}, fassung=FASSUNG).rechnungen]
    assert grants == ["10999.99", "1000.01"]
    three = check(line("20.000,00", "bau"), partner=[body("Bund", line("2.000,00", "bau")), *partner], **GANZES_JAHR)
    assert [str(rechnung.zuwendung.betrag) for rechnung in three.rechnungen] == ["10000.00", "1000.00", "1000.00"]
    used_up = check(line("24.000,00", "bau"), partner=partner, **GANZES_JAHR)
    assert [str(rechnung.zuwendung.betrag) for rechnung in used_up.rechnungen] == ["12000.00", "0.00"]


# least cost, duration, orders


@pytest.mark.parametrize(
    ("gegenstand", "cost", "expected"),
    [
        (None, "1.000,00", ("erfuellt", None)),
        (None, "999,99", ("offen", "0.01")),
        (None, "99,99", ("offen", "900.01")),
        ("turm", "1.000,00", ("erfuellt", None)),
        ("erker", "100,00", ("erfuellt", None)),
        ("erker", "99,99", ("verletzt", "0.01")),
        ("hauch", "0,01", ("entfaellt", None)),
    ],
)
def test_the_least_cost_depends_on_the_kind_of_project(gegenstand, cost, expected):
    stated = {} if gegenstand is None else {"foerdergegenstand": gegenstand}
    assert findings(check(line(cost, "bau"), **stated), "4-mindestens") == [expected]


def test_a_project_too_small_for_the_general_kind_hears_that_it_depends():
    found = check(line("100,00", "bau"))
    assert text(found, "4-mindestens") == (
        "Zuwendungsfähig sind 100,00 €, verlangt mindestens 1.000,00 € (Fördergegenstand turm); es fehlen 900,00 €. "
        "Bei einem anderen Fördergegenstand gilt das nicht: geben Sie ihn an."
    )
    depends = found.befunde[-1]
    assert (depends.regel, depends.ziffer, depends.status, depends.beteiligter) == ("angaben", "", "offen", None)
    assert depends.ort == found.source.locate(("vorhaben", "foerdergegenstand"))
    assert depends.text == (
        "Angabe fehlt: foerdergegenstand. Davon hängt das Ergebnis ab (Zuwendung: turm 50,00 €, erker 50,00 € und hauch 50,00 €); "
        "gerechnet ist mit dem ungünstigsten."
    )
    for sure in (check(line("1.000,00", "bau")), check(line("100,00", "bau"), foerdergegenstand="turm")):
        assert not any(befund.regel == "angaben" for befund in sure.befunde)


def test_the_question_for_the_kind_stands_at_the_empty_cell_of_a_workbook(tmp_path):
    stated = {"Förderprogramm": "luftschloss", "Antragsdatum": "02.01.2030", "Beginn": "01.07.2030"}
    project = {**stated, "Ende": "31.12.2030", "Landkreise": "Gipfel", "Fördergegenstand": None}
    cost = {"Kostenart": "material", "Bezeichnung": "M", "Brutto": "100,00", "Phase": "bau"}
    file = save_budget(tmp_path / "b.xlsx", mappe(project, [{"Name": "Wolkenstadt", "Art": "kommune"}], [cost]))
    depends = check_budget(file, fassung=FASSUNG, stichtag=date(2030, 5, 31)).befunde[-1]
    assert depends.text.startswith("Angabe fehlt: Fördergegenstand. Davon hängt")
    assert str(depends.ort) == "Vorhaben!B6"


def test_the_kind_that_gives_least_is_computed_and_what_is_violated_under_all_stays_violated():
    (berg, tal) = FASSUNG.parameter["foerdersatz"]
    rates = {"turm": berg, "erker": berg._replace(wert=Decimal("0.25")), "hauch": berg._replace(wert=Decimal("0.75"))}
    values = [norm._replace(wenn={**norm.wenn, "foerdergegenstand": frozenset({kind})}) for kind, norm in rates.items()]
    found = check(line("99,00", "bau"), ende="2040-01-01", fassung=with_values(foerdersatz=(*values, tal)))
    assert str(found.zuwendung) == "24.75"
    assert "(Zuwendung: turm 49,50 €, erker 24,75 € und hauch 74,25 €)" in found.befunde[-1].text
    assert findings(found, "7-dauer") == [("verletzt", None)]
    assert findings(found, "4-mindestens") == [("offen", "1.00")]
    met = check(line("100,00", "bau"), fassung=with_values(foerdersatz=(*values, tal)))
    assert findings(met, "4-mindestens") == [("erfuellt", None)]  # 100.00 for the erker; the turm would need 1,000.00
    assert text(met, "4-mindestens") == text(check(line("100,00", "bau"), foerdergegenstand="erker"), "4-mindestens")


def test_a_case_for_which_the_programme_has_no_value_is_open():
    (rules,) = FASSUNG.parameter["vergabevorschriften"]
    elsewhere = rules._replace(wenn={"mehrere_beteiligte": frozenset({"ja"})})
    found = check(line("100,00", "bau"), fassung=with_values(vergabevorschriften=(elsewhere,)))
    assert findings(found, "8-vergabe") == [("offen", None)]
    assert text(found, "8-vergabe") == (
        "Für diesen Fall nicht geregelt: das Programm nennt keinen Wert für vergabevorschriften, der hier gilt. "
        "Fragen Sie die Bewilligungsstelle."
    )


@pytest.mark.parametrize(
    ("phases", "ende", "status"),
    [
        (["plan"], "2030-12-31", "erfuellt"),
        (["plan"], "2031-01-01", "verletzt"),
        (["bau"], "2031-06-30", "erfuellt"),
        (["bau"], "2031-07-01", "verletzt"),
        (["plan", "bau", "plan"], "2031-12-31", "erfuellt"),
        (["plan", "bau"], "2032-01-01", "verletzt"),
        (["plan", None], "2030-12-31", "offen"),
        ([], "2030-12-31", "offen"),
    ],
)
def test_a_project_takes_as_long_as_its_phases(phases, ende, status):
    assert findings(check(*(line("1,00", phase) for phase in phases), ende=ende), "7-dauer") == [(status, None)]


def test_a_programme_without_a_longest_duration_has_none():
    found = check(line("1,00"), ende="2080-06-30", fassung=without("hoechstdauer_monate"))
    assert findings(found, "7-dauer") == [("entfaellt", None)]
    assert text(found, "7-dauer") == "Für dieses Vorhaben nennt das Programm keine Höchstdauer."


def test_a_duration_of_phases_taken_together_counts_once_and_one_of_other_phases_not_at_all():
    (plan, bau) = FASSUNG.parameter["hoechstdauer_monate"]
    both = {**FASSUNG.parameter, "hoechstdauer_monate": (plan._replace(wenn={"phase": frozenset({"plan", "bau"})}),)}
    lines = (line("1,00", "plan"), line("1,00", "bau"))
    together = replace(FASSUNG, parameter=both)
    assert findings(check(*lines, ende="2030-12-31", fassung=together), "7-dauer") == [("erfuellt", None)]
    assert findings(check(*lines, ende="2031-01-01", fassung=together), "7-dauer") == [("verletzt", None)]
    only_bau = replace(FASSUNG, parameter={**FASSUNG.parameter, "hoechstdauer_monate": (bau,)})
    assert findings(check(line("1,00", "plan"), ende="2080-06-30", fassung=only_bau), "7-dauer") == [
        ("entfaellt", None)
    ]


@pytest.mark.parametrize(
    ("order", "said"),
    [
        ({"vertrag": "2030-06-01"}, "möglich ist: Zuruf (bis 10,00 €, Wolkenordnung)"),
        (
            {"vertrag": "2030-05-31"},
            "10,00 € netto; welche Wertgrenzen am Tag der Vergabe gelten, ist hier nicht bekannt.",
        ),
        ({}, "welche Wertgrenzen"),  # the Stichtag is 31.05.2030
        ({"vertrag": "2030-06-01", "leistung": "bau"}, "welche Wertgrenzen"),
    ],
)
def test_procedures_follow_the_day_of_the_contract(order, said):
    assert said in text(check(line("10,00", ust="0 %", auftrag=order)), "8-vergabe")


def test_whether_three_offers_are_needed_is_not_known_where_the_programme_does_not_say_when():
    vergabe = check(line("10,00")).vergabe
    assert answer(vergabe).endswith("denn wann das Programm sie verlangt, ist hier nicht bekannt.")
    assert (vergabe.mindestens, vergabe.erforderlich, offers(vergabe)) == (None, None, "mehrere Angebote")
    assert answer(check(post()).vergabe) == "nein, denn es sind keine Aufträge geplant."


def test_what_does_not_concern_a_programme_drops_out():
    found = check(line("1.000,00", "bau"), foerdergegenstand="hauch")
    assert findings(found, "3-not") == [("entfaellt", None)]
    assert text(found, "3-not") == "Der Satz hängt hier nicht von einer Haushaltsnotlage ab."
    assert text(found, "4-mindestens") == "Für dieses Vorhaben gibt es keine Untergrenze."
    assert text(found, "9-bekannt") == "Die Richtlinie ist ganz bekannt."


@pytest.mark.parametrize(("word", "status"), [("ja", "hinweis"), ("nein", "offen")])
def test_a_rate_for_one_answer_about_distress_alone_depends_on_it(word, status):
    (berg, _) = FASSUNG.parameter["foerdersatz"]
    only = with_values(foerdersatz=(berg._replace(wenn={"haushaltsnotlage": frozenset({word})}),))
    assert findings(check(line("1.000,00", "bau"), fassung=only), "3-not") == [(status, None)]


def test_where_no_phase_has_a_limit_the_rule_falls_away():
    limits = ("hoechstausgaben", "hoechstausgaben_davon", "hoechstausgaben_ungewiss")
    found = check(line("1,00", "bau"), fassung=without(*limits))
    assert findings(found, "6-grenzen") == [("entfaellt", None)]
    assert text(found, "6-grenzen") == "Für die Phasen ist keine Höchstgrenze bekannt."


def test_without_a_doubtful_time_after_the_last_day_of_application_a_later_one_violates():
    fall = case_named("mpsc", "1. Staffel, Antrag am letzten Tag des Jahres der Auswahl (31.12.2019): offen")
    fassung = fall.assess().fassung
    known = {name: norms for name, norms in fassung.parameter.items() if name != "antragsschluss_ungewiss_bis"}
    for version, status in ((fassung, "offen"), (replace(fassung, parameter=known), "verletzt")):
        found = [b.status for b in fall.assess(fassung=version).befunde if b.regel == "mpsc/Aufruf-antragsschluss"]
        assert found == [status]


def test_the_least_cost_of_a_programme_without_kinds_names_none():
    (least, _) = FASSUNG.parameter["mindestausgaben"]
    one = {**without("foerdergegenstaende").parameter, "mindestausgaben": (least._replace(wenn={}),)}
    found = check(line("999,99", "bau"), fassung=replace(FASSUNG, parameter=one))
    assert findings(found, "4-mindestens") == [("verletzt", "0.01")]
    assert (
        text(found, "4-mindestens")
        == "Zuwendungsfähig sind 999,99 €, verlangt mindestens 1.000,00 €; es fehlen 0,01 €."
    )
