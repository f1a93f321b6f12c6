"""What of the figures hangs on the third of its kind, or on the last word: shares of a limit, orders, hours."""

from decimal import Decimal

import pytest
from luftschloss import FASSUNG, body, check, findings, line, with_values
from rechtsfaelle import grundfall, merge

from foerdercheck.calculation.arbeit import arbeit

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
