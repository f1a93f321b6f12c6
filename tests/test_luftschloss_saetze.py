"""The engine on a second guideline: rates by area, unit cost by level and month."""

from dataclasses import replace
from decimal import Decimal

import pytest
from luftschloss import BUDGET, FASSUNG, body, check, eligible, findings, line, post, text, with_values, without
from rechtsfaelle import assess, merge

from foerdercheck.calculation.zeilen import FremdeKostenart


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
    if landkreise == ["Ufer"]:
        assert findings(found, "3-jahr") == [("entfaellt", None)]
        assert text(found, "3-jahr") == "Für dieses Vorhaben gibt es keinen Höchstbetrag."
    else:
        assert findings(found, "3-jahr") == [("offen", None)]


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
        ("2030-02-15", 1, "1 vollen Monat ab seinem Beginn am 15.01.2030; der angefangene Monat bis zum 15.02.2030"),
        ("2031-01-13", 11, "11 volle Monate ab seinem Beginn am 15.01.2030; der angefangene Monat bis zum 13.01.2031"),
        ("2031-01-14", 12, None),
        ("2031-01-15", 12, "12 volle Monate ab seinem Beginn am 15.01.2030; der angefangene Monat bis zum 15.01.2031"),
    ],
)
def test_whole_months_are_counted_from_the_first_day(ende, months, hint):
    """15.01.2030 to 14.01.2031 are twelve months, though thirteen of the calendar are touched."""
    (counted,) = FASSUNG.parameter["monatszaehlung"]
    for norms in ((), (counted._replace(wert="volle_ab_beginn"),)):
        found = check(post(), beginn="2030-01-15", ende=ende, fassung=with_values(monatszaehlung=norms))
        (zeile,) = found.rechnungen[0].zeilen
        assert str(zeile.zuwendungsfaehig.betrag) == f"{months * 100}.00"
        said = [(f.text, f.ort) for f in found.befunde if f.regel.endswith("5-stufen") and f.status == "hinweis"]
        where = found.source.locate(("antragsteller", "kosten"))
        assert said == ([] if hint is None else [(f"Das Vorhaben hat {hint} zählt nicht.", where)])
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
    assert findings(found, "5-stelle") == [("gekuerzt", "2520.00"), ("hinweis", None)]
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
    others = [body("Verein", post(person="K", anteil="20 %")), body("Bund", post(person="L", anteil="100 %"))]
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
