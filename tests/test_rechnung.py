"""What of the figures hangs on the third of its kind, or on the last word: shares of a limit, orders, hours."""

from decimal import Decimal

import pytest
from luftschloss import FASSUNG, body, check, findings, line, with_values
from rechtsfaelle import grundfall, merge

from foerdercheck.calculation.arbeit import arbeit
from foerdercheck.calculation.mittel import angerechnete_mittel
from foerdercheck.calculation.personen import Verwechselbare
from foerdercheck.calculation.preise import preis
from foerdercheck.calculation.zeilen import Verwechslung
from foerdercheck.model.budget import Sachposition
from foerdercheck.model.finanzierung import Finanzierung, WeitereMittel
from foerdercheck.model.names import name_key

GANZES_JAHR = {"beginn": "2030-01-01", "ende": "2030-12-31"}


def test_three_bodies_share_the_grant_of_a_year():
    """12,000.00 in all: 5,000.00 and 4,000.00 leave 3,000.00 of the 3,500.00 of the third."""
    partner = [body("Verein", line("8.000,00", "bau")), body("Turnverein", line("7.000,00", "bau"))]
    found = check(line("10.000,00", "bau"), partner=partner, **GANZES_JAHR)
    assert [str(rechnung.zuwendung.betrag) for rechnung in found.rechnungen] == ["5000.00", "4000.00", "3000.00"]
    assert findings(found, "3-jahr") == [("erfuellt", None), ("erfuellt", None), ("gekuerzt", "500.00")]
    formel = found.rechnungen[2].zuwendungsgrenze.hoechstens.formel
    assert formel == "12.000,00 € je Jahr × 12 Monate ÷ 12 − 9.000,00 € für andere Beteiligte"


@pytest.mark.parametrize(
    ("said", "given"),
    [("Keine.", False), ("entfällt!", False), (" – ", False), ("2026.", False), ("Nur einer bietet das an.", True)],
)
def test_a_reason_is_more_than_the_word_that_there_is_none(said, given):
    (order,) = check(line("10,00", "bau", auftrag={"nr": "1", "begruendung": said})).vergabe.auftraege
    assert order.auftrag.begruendet is given


@pytest.mark.parametrize(
    ("kinds", "orders"), [(("reise", "miete"), 0), (("reise",), 1), (("reise", "miete", "material"), 0)]
)
def test_an_order_of_nothing_but_kinds_that_are_none_is_none(kinds, orders):
    (norm,) = FASSUNG.parameter["vergabevorschriften"]
    fassung = with_values(kostenarten_ohne_auftrag=(norm._replace(parameter="kostenarten_ohne_auftrag", wert=kinds),))
    lines = [line("10,00", "bau", kind, auftrag={"nr": "1"}) for kind in ("reise", "miete")]
    assert len(check(*lines, fassung=fassung).vergabe.auftraege) == orders


def test_hours_of_a_person_are_added_over_lines_and_bodies_under_her_name():
    """Her employment is the largest stated at a body, and that of two bodies together, at most a full post."""

    def hours(stunden: str, umfang: str | None, person: str | None = "Ada") -> dict[str, object]:
        said = {
            "kostenart": "personal",
            "bezeichnung": "Entwicklung",
            "stundensatz": "10,00",
            "stunden": {"2026": stunden},
        }
        named = said if person is None else {**said, "person": person}
        return named if umfang is None else {**named, "beschaeftigungsumfang": umfang}

    fall = grundfall("sh-ki")
    own = [hours("100", "30 %"), hours("50", "40 %"), hours("7", None, person=None)]
    other = {"name": "Verein", "art": "gemeinnuetzig", "gemeinkosten": "keine", "kosten": [hours("20", "50 %")]}
    budget = merge(fall.budget, {"antragsteller": {"kosten": own}, "partner": [other]})
    rechnungen = type(fall)(fall.programm, "", "", budget, None, {}).assess().rechnungen
    found = {
        (year.name, year.year): (year.hours, year.employment, year.last)
        for years in arbeit(rechnungen).values()
        for year in years
    }
    assert found == {
        ("Ada", 2026): (Decimal(170), Decimal("0.9"), ("partner", 0)),
        ("Entwicklung", 2026): (Decimal(7), Decimal(1), ("antragsteller",)),
    }


@pytest.mark.parametrize(
    ("stated", "rate", "netto", "brutto", "ust"),
    [
        ({"netto": "1.50"}, "0.07", "1.50", "1.61", "0.07"),  # 1.605
        ({"netto": "1.50"}, None, "1.50", "1.50", "0"),
        ({"netto": "1.50", "ust": "0.19"}, "0.07", "1.50", "1.79", "0.19"),
        ({"netto": "1.50", "ust": "0"}, "0.07", "1.50", "1.50", "0"),
        ({"brutto": "0.03"}, "0.2", "0.03", "0.03", "0.2"),  # 0.025
        ({"brutto": "1.19"}, "0.19", "1.00", "1.19", "0.19"),
        ({}, "0.19", "0.00", "0.00", "0.19"),
    ],
)
def test_prices_are_half_up_in_both_directions(stated, rate, netto, brutto, ust):
    position = Sachposition("material", "Brei", **{name: Decimal(value) for name, value in stated.items()})
    found = preis(position, None if rate is None else Decimal(rate))
    assert found == (Decimal(netto), Decimal(brutto), Decimal(ust))
    assert str(found.brutto) == brutto


def test_money_counts_like_the_grant_by_its_origin_or_by_the_first_word_of_its_name():
    assert angerechnete_mittel([], FASSUNG).betrag_ungewiss == 0
    (norm,) = FASSUNG.parameter["vergabevorschriften"]
    fassung = with_values(zuwendung_umfasst=(norm._replace(parameter="zuwendung_umfasst", wert=("land",)),))
    sources = [
        WeitereMittel("Stiftung", Decimal(1), herkunft="land"),
        WeitereMittel("Land der Wolken", Decimal(2)),
        WeitereMittel("Das Land", Decimal(4)),
        WeitereMittel("Land der Wolken", Decimal(8), oeffentlich=False),
        WeitereMittel("Stadt", Decimal(16), herkunft="kommune"),
    ]
    found = angerechnete_mittel([None, Finanzierung(weitere=tuple(sources))], fassung)
    assert (found.betrag, found.betrag_ungewiss) == (Decimal(3), Decimal(4))
    assert [found.nach_angabe, found.nach_namen, found.ungewiss] == [(sources[0],), (sources[1],), (sources[2],)]


def test_persons_whose_names_hardly_differ_are_told_from_the_second_on():
    """As persons: a title in front is none of the name, what may be a legal form is; `as_one` is asked under the name of the group."""

    def hours(person: str | None, bezeichnung: str = "Entwicklung") -> dict[str, object]:
        said = {"kostenart": "personal", "bezeichnung": bezeichnung, "stundensatz": "10,00", "stunden": {"2026": "1"}}
        return said if person is None else {**said, "person": person}

    fall = grundfall("sh-ki")
    own = [hours("Dr. Merle Thomsen"), hours(None, "Merle Thomson"), hours("Kai Uwe Jansen")]
    own += [hours(name) for name in ("Thu Petersen Se", "Thu Peterson Ag", "Kim Hinrichs Ag", "Kim Hinrichz Ag")]
    budget = merge(fall.budget, {"antragsteller": {"kosten": own}})
    near = Verwechselbare(type(fall)(fall.programm, "", "", budget, None, {}).assess().budget)
    group = ("Dr. Merle Thomsen", "Merle Thomson")
    asked = []

    def as_one(name: str) -> Decimal:
        asked.append(name)
        return Decimal(3)

    def met(name: str) -> Verwechslung | None:
        return near.verwechslung(name_key(name, person=True), Decimal(10), as_one)

    assert met("Dr. Merle Thomsen") is None
    assert met("Dr. Merle Thomsen") is None
    assert met("Kai Uwe Jansen") is None
    assert met("Merle Thomson") == Verwechslung(group, Decimal(7))
    assert asked == [group[0]] * 3
    assert [met(name) for name in ("Thu Petersen Se", "Thu Peterson Ag", "Kim Hinrichs Ag")] == [None] * 3
    assert met("Kim Hinrichz Ag") == Verwechslung(("Kim Hinrichs Ag", "Kim Hinrichz Ag"), Decimal(7))


@pytest.mark.parametrize(
    ("said", "attributes"),
    [
        ({}, {"sitz": "unbekannt", "haushaltsnotlage": "nein", "mehrheitlich_kommunal": "unbekannt"}),
        (
            {"sitz": "SH", "haushaltsnotlage": "ja", "mehrheitlich_kommunal": "ja"},
            {"sitz": "SH", "haushaltsnotlage": "ja"},
        ),
        (
            {"mehrheitlich_kommunal": "nein"},
            {"mehrheitlich_kommunal": "nein", "rolle": "partner", "art": "unternehmen"},
        ),
        ({"mehrheitlich_kommunal": "ja"}, {"mehrheitlich_kommunal": "ja", "mehrere_beteiligte": "ja"}),
    ],
)
def test_attributes_of_a_body_are_what_it_says(said, attributes):
    _, firm = check(partner=[body("Firma", art="unternehmen", **said)]).rechnungen
    assert {name: firm.merkmale[name] for name in attributes} == attributes
    (alone,) = check().rechnungen
    assert (alone.merkmale["mehrere_beteiligte"], alone.merkmale["rolle"]) == ("nein", "antragsteller")


@pytest.mark.parametrize(
    ("kosten", "only"), [([], "ja"), (["personal"], "ja"), (["personal", "material"], "nein"), (["material"], "nein")]
)
def test_whether_there_is_only_personnel_is_asked_of_all_bodies(kosten, only):
    lines = {
        "personal": {"kostenart": "personal", "bezeichnung": "P", "stufe": "meister", "phase": "bau"},
        "material": line("1,00", "bau"),
    }
    found = check(partner=[body("Verein", *(lines[kind] for kind in kosten))])
    assert found.rechnungen[0].merkmale["nur_personal"] == only


@pytest.mark.parametrize(
    ("partner", "landkreise", "together"),
    [
        ([], ["Gipfel"], "nein"),
        (["kommune"], ["Gipfel"], "ja"),
        (["kommune", "kommune"], ["Gipfel"], "ja"),
        (["gemeinnuetzig"], ["Gipfel"], "nein"),
        ([], ["Gipfel", "Hang"], "ja"),
    ],
)
def test_a_project_of_several_towns_or_districts_is_intermunicipal(partner, landkreise, together):
    bodies = [body(f"Stadt {number}", art=art) for number, art in enumerate(partner)]
    assert check(partner=bodies, landkreise=landkreise).rechnungen[0].merkmale["interkommunal"] == together
