"""Hours, owners of lines, and awards in spreadsheets: each belongs to whom it names, or is an error at its cell."""

from datetime import date
from decimal import Decimal

import pytest
from workbooks import (
    BETEILIGTER,
    FREMD,
    MATERIAL,
    NAME,
    PARTNER,
    PERSONAL,
    VORHABEN,
    ausgang,
    fehler,
    hinweise,
    mappe,
    only_error,
)

# Hours


def test_hours_by_year_or_in_one_number(pruefe):
    whole = {name: value for name, value in PERSONAL.items() if not name.startswith("Stunden ")}
    found = pruefe(mappe(kosten=[{**whole, "Stunden": 1500}, FREMD, MATERIAL]))
    by_year = pruefe(mappe(kosten=[{**whole, "Stunden 2026": 600, "Stunden 2027": 900}, FREMD, MATERIAL]))
    assert ausgang(found)[1] == ausgang(by_year)[1]
    mixed = pruefe(mappe(kosten=[{**whole, "Stunden": 1600}, PERSONAL]))
    first, second = (line.stunden for line in mixed.budget.antragsteller.kosten)
    assert (first, second) == (1600, {2026: 700, 2027: 900})


@pytest.mark.parametrize("first", [True, False], ids=["Stunden first", "years first"])
def test_hours_twice_are_an_error(pruefe, first):
    row = {"Stunden": 1600, **PERSONAL} if first else {**PERSONAL, "Stunden": 1600}
    place, text = fehler(pruefe(mappe(kosten=[row])))[0]
    assert place == ("Kosten!F2" if first else "Kosten!E2")
    assert "nicht beides" in text


def test_hours_with_many_decimals_are_computed_as_they_are_told(pruefe):
    found = pruefe(mappe(kosten=[{**PERSONAL, "Stunden 2026": 2101 / 3}]))
    (said,) = hinweise(found)
    assert "gerechnet wird mit 700,3333" in said[1]


# Beteiligte


def test_lines_belong_to_whom_they_name(pruefe):
    other = {**PARTNER, "De-minimis": "keine"}
    rows = [
        {**MATERIAL, "Beteiligter": name} for name in (NAME, "MÜLLER & SÖHNE kg", NAME.lower(), "Mueller & Soehne KG")
    ]
    money = [{"Beteiligter": "Müller & Söhne\u00a0KG", "Geber": "Stadt Kiel", "Betrag": 3, "Öffentlich": "x"}]
    found = pruefe(mappe(beteiligte=[BETEILIGTER, other], kosten=rows, Finanzierung=money))
    assert [r.gesamtausgaben.betrag for r in found.rechnungen] == [4280, 4000]
    assert [r.weitere_mittel.betrag for r in found.rechnungen] == [0, 3]


@pytest.mark.parametrize(
    ("stated", "public", "promised", "ground"),
    [
        ({}, None, None, None),
        ({"Öffentlich": None, "Zugesagt": None, "Beihilfe": None}, None, None, None),
        ({"Öffentlich": "nein", "Zugesagt": "x", "Beihilfe": "Keine"}, False, True, "keine"),
        ({"Öffentlich": True, "Beihilfe": "freigestellt"}, True, None, "freigestellt"),
    ],
)
def test_what_is_not_stated_about_other_money_is_not_assumed(pruefe, stated, public, promised, ground):
    money = [{"Geber": "Stadt Kiel", "Betrag": 3, **stated}]
    (source,) = pruefe(mappe(Finanzierung=money)).budget.antragsteller.finanzierung.weitere
    assert (source.oeffentlich, source.zugesagt, source.beihilfe) == (public, promised, ground)


def test_how_grants_are_notified_is_one_of_two_words(pruefe):
    assert pruefe(mappe()).budget.vorhaben.bescheid is None
    assert pruefe(mappe({**VORHABEN, "Bescheid": "Einzeln"})).budget.vorhaben.bescheid == "einzeln"
    place = only_error(pruefe(mappe({**VORHABEN, "Bescheid": "zusammen"})), "Erlaubt: gemeinsam, einzeln")
    assert place == f"Vorhaben!B{len(VORHABEN) + 1}"


def test_lines_of_nobody_are_errors_at_their_cells(pruefe):
    rows = [{"Beteiligter": name, **MATERIAL} for name in (NAME, "Müller & Söne KG", None, "Beispiel")]
    found = dict(fehler(pruefe(mappe(beteiligte=[BETEILIGTER, PARTNER], kosten=rows))))
    assert list(found) == ["Kosten!A3", "Kosten!A4", "Kosten!A5"]
    assert "meinten Sie „Müller & Söhne KG“?" in found["Kosten!A3"]
    assert f"Schreiben Sie einen von: {NAME}, Müller & Söhne KG" in found["Kosten!A4"]
    without = fehler(pruefe(mappe(beteiligte=[BETEILIGTER, PARTNER], kosten=[MATERIAL])))
    assert [place for place, _ in without] == ["Kosten!A2"]


def test_where_names_cannot_be_read_no_line_is_told_to_be_of_a_stranger(pruefe):
    bodies = [BETEILIGTER, {**PARTNER, "Name": "Esc_x001B_[31m"}, {**PARTNER, "Name": None}]
    rows = [{"Beteiligter": name, **MATERIAL} for name in ("xyz", None)]
    assert [place for place, _ in fehler(pruefe(mappe(beteiligte=bodies, kosten=rows)))] == [
        "Beteiligte!A3",
        "Beteiligte!A4",
    ]
    found = dict(fehler(pruefe(mappe(beteiligte=[BETEILIGTER, PARTNER], kosten=rows * 3))))
    assert found["Kosten!A2"].endswith(f"dort stehen: {NAME}, {PARTNER['Name']} (in 3 Zeilen)")
    assert found["Kosten!A3"].endswith(f"einen von: {NAME}, {PARTNER['Name']} (in 3 Zeilen)")


def test_a_wrong_name_is_an_error_even_with_one_beteiligter(pruefe):
    assert only_error(pruefe(mappe(kosten=[{"Beteiligter": "Andere", **MATERIAL}])), "„Andere“") == "Kosten!A2"


AWARDS = [
    {
        "Beteiligter": PARTNER["Name"],
        "Unternehmen": PARTNER["Name"],
        "Gewährt am": date(2025, 3, 1),
        "Fördersumme": 120000,
    },
    {
        "Beteiligter": PARTNER["Name"],
        "Unternehmen": "Andere GmbH",
        "Gewährt am": "1.3.2025",
        "Fördersumme": "94.250,00 €",
    },
]


@pytest.mark.parametrize("name", ["De-minimis", "DEMINIMIS"])
def test_awards_on_their_sheet(pruefe, name):
    other = {**PARTNER, "Unternehmensverbund": "Andere GmbH"}
    rows = [{**MATERIAL, "Beteiligter": PARTNER["Name"]}]
    found = pruefe(mappe(beteiligte=[BETEILIGTER, other], kosten=rows, **{name: AWARDS}))
    assert fehler(found) == []
    konto = found.konto(found.rechnungen[1])
    assert konto.im_fenster == Decimal("214250.00")


def test_awards_beside_the_statement_that_there_are_none(pruefe):
    other = {**PARTNER, "De-minimis": "keine"}
    found = pruefe(mappe(beteiligte=[BETEILIGTER, other], kosten=[], **{"De-minimis": AWARDS}))
    assert [place for place, _ in fehler(found)] == ["De-minimis!A2", "De-minimis!A3"]
    assert "„keine“" in fehler(found)[0][1]


def test_faults_of_awards_name_their_cells(pruefe):
    rows = [{**AWARDS[0], "Gewährt am": "31.2.2025", "Fördersumme": "12.000"}]
    found = pruefe(mappe(beteiligte=[BETEILIGTER, PARTNER], kosten=[], **{"De-minimis": rows}))
    assert [place for place, _ in fehler(found)] == ["De-minimis!C2", "De-minimis!D2"]
