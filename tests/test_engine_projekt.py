"""The engine on a second guideline that does not exist: areas, levels, phases and limits of a project as a whole."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from rechtsfaelle import assess, merge

from foerdercheck import rules
from foerdercheck.calculation.gemeinkosten import ArtOhneSatz
from foerdercheck.calculation.zeilen import FremdeKostenart
from foerdercheck.programmes.fassung import Frist
from foerdercheck.programmes.loader import load_fassung
from foerdercheck.programmes.norm import Norm
from foerdercheck.programmes.parameter import METHODEN
from foerdercheck.rules.vergabe import answer, offers

FASSUNG = load_fassung(Path(__file__).parent / "demo_luftschloss.yaml")
BUDGET = {
    "foerderprogramm": "luftschloss",
    "vorhaben": {"antragsdatum": "2030-01-02", "beginn": "2030-07-01", "ende": "2030-12-31", "landkreise": ["Gipfel"]},
    "antragsteller": {"name": "Wolkenstadt", "art": "kommune", "kosten": []},
}


def line(brutto: str, phase: str | None = "plan", kostenart: str = "material", **more: object) -> dict[str, object]:
    stated = {"kostenart": kostenart, "bezeichnung": f"{kostenart} {brutto}", "brutto": brutto, **more}
    return stated if phase is None else {**stated, "phase": phase}


def post(stufe: str = "meister", **more: str) -> dict[str, str]:
    return {"kostenart": "personal", "bezeichnung": "Baumeister", "stufe": stufe, "phase": "bau", **more}


def check(*kosten: dict[str, object], fassung=FASSUNG, partner=(), **vorhaben: object):
    over = {"vorhaben": vorhaben, "antragsteller": {"kosten": list(kosten)}, "partner": list(partner)}
    found = assess(merge(BUDGET, over), stichtag=date(2030, 5, 31), fassung=fassung)
    assert found.rechnungen, (found.fehler, found.fehlend)
    return found


def body(name: str, *kosten: dict[str, object], art: str = "gemeinnuetzig", **more: object) -> dict[str, object]:
    return {"name": name, "art": art, "kosten": list(kosten), **more}


def findings(found, regel: str) -> list[tuple[str, str | None]]:
    return [(b.status, b.betrag and str(b.betrag)) for b in found.befunde if b.regel == f"luftschloss/{regel}"]


def text(found, regel: str) -> str:
    return " ".join(befund.text for befund in found.befunde if befund.regel == f"luftschloss/{regel}")


def eligible(found) -> list[str]:
    return [str(zeile.zuwendungsfaehig.betrag) for rechnung in found.rechnungen for zeile in rechnung.zeilen]


def without(*names: str):
    """The guideline with some parameters taken out; no rule here needs them."""
    return replace(FASSUNG, parameter={name: norms for name, norms in FASSUNG.parameter.items() if name not in names})


def with_values(**parameter: tuple[Norm[Any], ...]):
    """The guideline with other values for some parameters."""
    return replace(FASSUNG, parameter={**FASSUNG.parameter, **parameter})


# areas and their shares


@pytest.fixture
def silent(monkeypatch):
    """Let a guideline cut money without a rule that says so; `tests/test_bindung.py` shows that no other may."""
    monkeypatch.setattr(rules, "_SPRECHEN", ())


@pytest.mark.parametrize(
    ("landkreise", "rate", "grant", "status"),
    [
        (["Gipfel"], "0.5", "500.00", "erfuellt"),
        (["Gipfel", "Hang"], "0.5", "500.00", "erfuellt"),
        (["Aue"], "0.3", "300.00", "erfuellt"),
        ({"Hang": "40 %", "Aue": "60 %"}, "0.38", "380.00", "erfuellt"),
        ({"Gipfel": "20 %", "Hang": "20 %", "Aue": "60 %"}, "0.38", "380.00", "erfuellt"),
        ({"Hang": "33,33 %", "Aue": "66,67 %"}, "0.36666", "366.66", "erfuellt"),
        (["Hang", "Aue"], "0.3", "300.00", "offen"),
    ],
)
def test_the_rate_is_the_mean_over_areas_by_shares_and_the_lowest_without(landkreise, rate, grant, status):
    found = check(line("1.000,00", "bau"), landkreise=landkreise)
    (rechnung,) = found.rechnungen
    assert findings(found, "2-gebiet") == [(status, None)]
    assert (rechnung.foerdersatz.wert, rechnung.zuwendung_nach_satz.betrag) == (Decimal(rate), Decimal(grant))


def test_a_rate_over_areas_says_how_it_was_made_and_that_a_part_is_our_reading():
    said = text(check(line("1.000,00", "bau"), landkreise={"Hang": "40 %", "Aue": "60 %"}), "3-satz")
    assert "38 % (40 % Berg, 60 % Tal) von 1.000,00 €" in said
    assert said.endswith("[Auslegung: Das Blatt ist nass geworden.]")
    assert "Auslegung" not in text(check(line("1.000,00", "bau")), "3-satz")


@pytest.mark.parametrize("beantragt", ["300,00", "300,01"])
def test_a_rate_that_is_our_reading_is_marked_whatever_is_applied_for(beantragt):
    body = {"kosten": [line("1.000,00", "bau")], "finanzierung": {"beantragt": beantragt}}
    over = {"vorhaben": {"landkreise": ["Aue"]}, "antragsteller": body}
    found = assess(merge(BUDGET, over), fassung=FASSUNG)
    assert text(found, "3-satz").endswith(" [Auslegung: Das Blatt ist nass geworden.]")


def test_a_rate_that_is_the_same_everywhere_names_the_areas_and_has_no_least_favourable_one():
    (berg, tal) = FASSUNG.parameter["foerdersatz"]
    also = tal._replace(wert=berg.wert, herkunft=tal.herkunft._replace(inhalt="Auch unten die Hälfte."))
    for same in ((berg._replace(wenn={}),), (berg, also)):
        fassung = with_values(foerdersatz=same)
        divided = check(line("1.000,00", "bau"), landkreise={"Hang": "40 %", "Aue": "60 %"}, fassung=fassung)
        assert "50 % (40 % Berg, 60 % Tal) von 1.000,00 €" in text(divided, "3-satz")
        unknown = check(line("1.000,00", "bau"), landkreise=["Hang", "Aue"], fassung=fassung)
        assert "50 % von 1.000,00 €" in text(unknown, "3-satz")
        assert "Auslegung" not in text(unknown, "3-satz")


@pytest.mark.parametrize("landkreise", [["Ufer"], ["Ufer", "Aue"], {"Ufer": "1 %", "Aue": "99 %"}, []])
def test_where_an_area_in_question_has_no_rate_there_is_none(landkreise):
    found = check(line("1.000,00", "bau"), landkreise=landkreise)
    assert findings(found, "3-satz") == [("offen", None)]
    assert found.rechnungen[0].foerdersatz is None
    assert str(found.rechnungen[0].zuwendung.betrag) == "0.00"
    assert findings(found, "3-jahr") == [("entfaellt", None)]
    assert text(found, "3-jahr") == "Für dieses Vorhaben gibt es keinen Höchstbetrag."


@pytest.mark.parametrize(
    ("landkreise", "status", "said"),
    [
        (["Gipfel"], "erfuellt", "Region: Gebirge."),
        (["Hang"], "erfuellt", "Region: Gebirge oder Land."),
        (["Hang", "Aue"], "erfuellt", "Region: Land."),
        (["Gipfel", "Aue"], "hinweis", "Gipfel und Aue gehören zu keiner gemeinsamen"),
        (["Gipfel", "Bach"], "offen", "Bach: keine anerkannte Region"),
        ([], "offen", "Ohne landkreise"),
    ],
)
def test_a_region_has_all_districts_of_the_project(landkreise, status, said):
    found = check(line("1.000,00", "bau"), landkreise=landkreise)
    assert findings(found, "2-region") == [(status, None)]
    assert said in text(found, "2-region")


@pytest.mark.usefixtures("silent")
def test_a_programme_without_areas_has_one_rate():
    """The rate is unconditional then, and districts are any words."""
    (berg, _) = FASSUNG.parameter["foerdersatz"]
    free = without("programmgebiete", "zuwendung_je_jahr_hoechstens")
    fassung = replace(
        free,
        parameter={**free.parameter, "foerdersatz": (berg._replace(wenn={}),)},
        regeln=tuple(regel for regel in FASSUNG.regeln if regel.pruefung == "foerdersatz"),
    )
    (rechnung,) = check(line("1.000,00", "bau"), landkreise=["Irgendwo"], fassung=fassung).rechnungen
    assert (str(rechnung.zuwendung.betrag), rechnung.foerdersatz.anteile) == ("500.00", {})


@pytest.mark.parametrize(("stated", "word"), [("ja", "ja"), ("nein", "nein"), (None, "unbekannt")])
def test_whether_towns_own_a_body_is_known_or_not(stated, word):
    said = {} if stated is None else {"mehrheitlich_kommunal": stated}
    _, club = check(partner=[body("Verein", **said)]).rechnungen
    assert (club.merkmale["mehrheitlich_kommunal"], club.merkmale["sitz"]) == (word, "unbekannt")


@pytest.mark.parametrize(
    ("arten", "together"),
    [(["kommune"], "nein"), (["kommune", "gemeinnuetzig"], "ja"), (["gemeinnuetzig", "unternehmen"], "nein")],
)
def test_a_public_body_cooperates_with_another_body_not_alone(arten, together):
    partner = [body("Verein", art=art) for art in arten[1:]]
    found = assess(merge(BUDGET, {"antragsteller": {"art": arten[0]}, "partner": partner}), fassung=FASSUNG)
    assert found.rechnungen[0].merkmale["kooperation_mit_oeffentlichen"] == together


# monthly unit cost


@pytest.mark.parametrize(
    ("position", "claimed", "counts"),
    [
        (post(), "600.00", "600.00"),  # 6 × 100.00
        (post(von="2030-12", bis="2030-12"), "100.00", "100.00"),
        (post("lehrling", anteil="12,5 %", bis="2030-07"), "1.26", "1.26"),  # 10.10 × 12.5 % = 1.2625
        (post("lehrling", anteil="0,5 %", bis="2030-07"), "0.05", "0.05"),  # 10.10 × 0.5 % = 0.0505
        (post(anteil="33,3350 %", bis="2030-07"), "33.34", "33.34"),  # 33.335 % is 33.34 %
        (post(anteil="33,3349 %", bis="2030-07"), "33.33", "33.33"),
        (post(anteil="33,3450 %", bis="2030-07"), "33.35", "33.35"),  # half up, not to the even 33.34
        (post(von="2030-06", bis="2031-01"), "810.00", "600.00"),  # 7 × 100.00 + 110.00; June and January are out
    ],
)
def test_a_line_of_unit_cost_is_months_times_rate_times_share(position, claimed, counts):
    (zeile,) = check(position).rechnungen[0].zeilen
    assert (str(zeile.angesetzt.betrag), str(zeile.zuwendungsfaehig.betrag)) == (claimed, counts)


def test_every_year_has_its_own_rate_and_one_without_counts_nothing():
    found = check(post(), beginn="2030-12-31", ende="2032-01-01")
    (zeile,) = found.rechnungen[0].zeilen
    assert str(zeile.zuwendungsfaehig.betrag) == "1420.00"  # 100.00 + 12 × 110.00 + nothing for January 2032
    assert zeile.ohne_satz == (2032,)
    assert zeile.angesetzt.formel.endswith("1 Monat 2030 × 100,00 € × 100 % + 12 Monate 2031 × 110,00 € × 100 %")
    assert findings(found, "5-stufen") == [("offen", None)]


@pytest.mark.parametrize(
    ("ende", "months", "hint"),
    [
        ("2031-01-13", 11, "Das Vorhaben hat 11 volle Monate ab seinem Beginn am 15.01.2030; der angefangene Monat"),
        ("2031-01-14", 12, None),
        ("2031-01-15", 12, "Das Vorhaben hat 12 volle Monate ab seinem Beginn am 15.01.2030; der angefangene Monat"),
    ],
)
def test_whole_months_are_counted_from_the_first_day(ende, months, hint):
    """15.01.2030 to 14.01.2031 are twelve months, though thirteen of the calendar are touched."""
    (counted,) = FASSUNG.parameter["monatszaehlung"]
    for norms in ((), (counted._replace(wert="volle_ab_beginn"),)):
        found = check(post(), beginn="2030-01-15", ende=ende, fassung=with_values(monatszaehlung=norms))
        (zeile,) = found.rechnungen[0].zeilen
        assert str(zeile.zuwendungsfaehig.betrag) == f"{months * 100}.00"
        texts = [f.text for f in found.befunde if f.regel.endswith("5-stufen") and f.status == "hinweis"]
        assert [text[: len(hint or "")] for text in texts] == ([] if hint is None else [hint])
    found = check(post(), beginn="2030-01-15", ende="2031-01-14")
    assert (
        str(found.rechnungen[0].zeilen[0].zuwendungsfaehig.betrag) == "1310.00"
    )  # 12 × 100.00 + 110.00 for January 2031


def test_a_level_without_a_rate_in_a_year_another_level_has_counts_nothing_then():
    (rates,) = FASSUNG.parameter["einheitskosten"]
    only_2030 = {"lehrling": rates.wert["lehrling"], "meister": {2030: Decimal(100)}}
    fassung = with_values(einheitskosten=(rates._replace(wert=only_2030),))
    found = check(post(), ende="2031-03-31", fassung=fassung)
    (zeile,) = found.rechnungen[0].zeilen
    assert (str(zeile.zuwendungsfaehig.betrag), zeile.ohne_satz) == ("600.00", (2031,))
    assert zeile.angesetzt.formel.endswith("+ 3 Monate 2031 × 0,00 € × 100 %")


def test_levels_are_refused_where_the_programme_has_no_rate_for_every_project():
    (rates,) = FASSUNG.parameter["einheitskosten"]
    for norms in ((), (rates._replace(wenn={"fonds": frozenset({"Wolke"})}),)):
        budget = merge(BUDGET, {"antragsteller": {"kosten": [post()]}})
        (fehler,) = assess(budget, fassung=with_values(einheitskosten=norms)).fehler
        assert fehler.text.startswith("dieses Programm kennt keine monatlichen Kosten je Stufe")


@pytest.mark.parametrize(
    ("beginn", "ende", "days"),
    [
        ("2030-07-01", "2030-12-31", ""),
        ("2030-07-02", "2030-12-31", "(02.07.2030)"),
        ("2030-07-01", "2030-12-30", "(30.12.2030)"),
        ("2030-07-31", "2030-08-01", "(31.07.2030 und 01.08.2030)"),
    ],
)
def test_a_month_that_is_only_begun_is_pointed_out(beginn, ende, days):
    found = check(post(), beginn=beginn, ende=ende)
    assert findings(found, "5-stufen") == [("hinweis", None)] * bool(days) + [("erfuellt", None)]
    assert days in text(found, "5-stufen")


@pytest.mark.parametrize(("ende", "years"), [("2034", "2032, 2033 und 2034"), ("2035", "2032 bis 2035")])
def test_up_to_three_years_without_a_rate_are_named(ende, years):
    assert f"für {years} ist kein Satz" in text(check(post(), ende=f"{ende}-12-31"), "5-stufen")


def test_months_outside_the_project_are_cut():
    found = check(post(von="2030-06", bis="2031-01"))
    assert findings(found, "5-zeit") == [("gekuerzt", "210.00")]
    assert found.rechnungen[0].zeilen[0].zuwendungsfaehig.pfad == ("antragsteller", "kosten", 0)
    whole = check(post(von="2031-01", bis="2031-01"))
    assert eligible(whole) == ["0.00"]
    assert whole.rechnungen[0].zeilen[0].zuwendungsfaehig.formel == "kein Monat im Zeitraum"


def test_a_span_of_centuries_counts_the_years_with_a_rate():
    found = check(post(von="1900-01", bis="2199-12"), post(), beginn="2000-01-01", ende="2049-12-31")
    first, second = found.rechnungen[0].zeilen
    assert (str(first.zuwendungsfaehig.betrag), str(second.zuwendungsfaehig.betrag)) == ("2520.00", "0.00")
    assert len(first.ohne_satz) == 48
    assert findings(found, "5-stelle") == [("gekuerzt", "2520.00")]
    assert "in 24 Monaten ab 01.2030" in text(found, "5-stelle")


@pytest.mark.parametrize(
    ("stated", "place"), [({"bis": "2030-06"}, "bis"), ({"von": "2031-01"}, "von"), ({"bis": "2030-07"}, None)]
)
def test_one_month_alone_that_leaves_none_of_the_project_is_refused(stated, place):
    budget = merge(BUDGET, {"antragsteller": {"kosten": [line("1,00"), post(**stated)]}})
    fehler = assess(budget, fassung=FASSUNG).fehler
    assert [place] * bool(place) == [text.partition("prüfen Sie ")[2].partition(" ")[0] for text, _, _ in fehler]
    assert all("(2030-07 bis 2030-12)" in text for text, _, _ in fehler)
    assert [place] * bool(place) == [shown.strip().partition(":")[0] for _, _, shown in fehler]


def test_one_person_is_one_post_over_lines_and_bodies():
    """60 % + 30 % + 20 %: of the last 20 % only 10 % of 600.00 count, 60.00 are cut."""
    others = [body("Verein", post(person="K", anteil="20 %")), body("Bund", post(person="L"))]
    found = check(post(person="K", anteil="60 %"), post(person="k", anteil="30 %"), partner=others)
    assert eligible(found) == ["360.00", "180.00", "60.00", "600.00"]
    assert found.rechnungen[1].zeilen[0].zuwendungsfaehig.pfad == ("partner", 0, "kosten", 0)
    assert findings(found, "5-stelle") == [("erfuellt", None), ("gekuerzt", "60.00"), ("erfuellt", None)]


@pytest.mark.parametrize(
    ("ziele", "low", "amount", "status"),
    [
        (["hoch"], "ja", "450.00", "erfuellt"),  # 6 × 100.00 × 75 %
        (["hoch"], "nein", "600.00", "hinweis"),
        (["tief"], "ja", "600.00", "entfaellt"),
        (["hoch", "tief"], "ja", "600.00", "offen"),
        ([], "ja", "600.00", "offen"),
    ],
)
def test_low_pay_lowers_the_rate_where_the_fund_says_so(ziele, low, amount, status):
    found = check(post(gehalt_unter_mindestwert=low), ziele=ziele)
    assert eligible(found) == [amount]
    assert findings(found, "5-gehalt") == [(status, None)]
    assert ("gemindert)" in found.rechnungen[0].zeilen[0].angesetzt.formel) is (amount == "450.00")


def test_hours_are_not_what_the_guideline_pays():
    hours = {
        "kostenart": "personal",
        "bezeichnung": "Träumer",
        "stundensatz": "10,00",
        "stunden": "100",
        "phase": "bau",
    }
    found = check(hours)
    assert findings(found, "5-stufen") == [("offen", None)]
    assert findings(found, "5-stelle") == findings(found, "5-gehalt") == [("entfaellt", None)]
    assert eligible(found) == ["1000.00"]


@pytest.mark.usefixtures("silent")
def test_personnel_is_cut_whole_where_it_is_no_eligible_kind():
    (norm,) = FASSUNG.parameter["rundung_positionen"]
    only = {**FASSUNG.parameter, "kostenarten": (norm._replace(parameter="kostenarten", wert=("material",)),)}
    hours = {
        "kostenart": "personal",
        "bezeichnung": "Träumer",
        "stundensatz": "10,00",
        "stunden": "100",
        "phase": "bau",
    }
    found = check(hours, post(), line("5,00", "bau"), fassung=replace(FASSUNG, parameter=only))
    assert eligible(found) == ["0.00", "0.00", "5.00"]
    assert [zeile.pfad[-1] for zeile in found.rechnungen[0].zeilen] == [0, 1, 2]
    assert [type(cut) for zeile in found.rechnungen[0].zeilen for cut in zeile.kuerzungen] == [FremdeKostenart] * 2


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
    assert "personal mit 0 %: 0,00 €; angegeben sind 10 %, möglich höchstens 0 %" in text(found, "5-pauschale")
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
    assert "(direkt bis 20 % oder personal bis 20 %, z. B. gemeinkosten: direkt 20 %) oder keine." in said


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


def test_the_cost_of_each_phase_is_said():
    said = text(check(line("100,00"), line("9,00", "bau"), line("200,00")), "6-grenzen")
    assert said == "Die Grenzen sind eingehalten (Phase plan: 300,00 €, Phase bau: 9,00 €)."


def test_a_line_without_phase_is_open():
    found = check(line("600,00", None), line("1,00"))
    assert eligible(found) == ["600.00", "1.00"]
    assert findings(found, "6-grenzen") == [("offen", None)]
    assert "„material 600,00“: geben Sie phase an, plan (Planen) oder bau (Bauen)" in text(found, "6-grenzen")
    assert findings(check(), "6-grenzen") == [("entfaellt", None)]


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
    depends = "Angabe fehlt: foerdergegenstand. Davon hängt das Ergebnis ab"
    assert any(depends in befund.text for befund in check(line("100,00", "bau")).befunde)
    for found in (check(line("1.000,00", "bau")), check(line("100,00", "bau"), foerdergegenstand="turm")):
        assert not any(depends in befund.text for befund in found.befunde)


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
    assert text(found, "7-dauer") == "Das Programm nennt keine Höchstdauer."


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
        ({"vertrag": "2030-05-31"}, "welche Wertgrenzen am Tag der Vergabe gelten, ist hier nicht bekannt"),
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
    assert text(found, "4-mindestens") == "Für diesen Fördergegenstand gibt es keine Untergrenze."
    assert text(found, "9-bekannt") == "Die Richtlinie ist ganz bekannt."


@pytest.mark.parametrize("word", ["ja", "nein"])
def test_one_rate_alone_leaves_no_choice_by_distress(word):
    (berg, _) = FASSUNG.parameter["foerdersatz"]
    only = with_values(foerdersatz=(berg._replace(wenn={"haushaltsnotlage": frozenset({word})}),))
    assert findings(check(line("1.000,00", "bau"), fassung=only), "3-not") == [("entfaellt", None)]
