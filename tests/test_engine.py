"""The engine on a guideline that does not exist: it follows the data, whatever country they come from."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from demo import FASSUNG, PROGRAMM, check_demo

from foerdercheck.assessment.budget import check_budget
from foerdercheck.model.location import InputError
from foerdercheck.programmes.loader import load_fassung

HEUTE = date(2026, 11, 21)
BUDGET = """
foerderprogramm: traumland
vorhaben:
  ziele: [fliegen]
  antragsdatum: 2029-12-01
  beginn: 2030-01-01
  ende: 2030-12-31
  bewilligung: 2030-02-28
  gesamtfinanzierung_gesichert: ja
  folgekosten_gesichert: ja
antragsteller:
  name: Schule der Träume
  art: hochschule
  sitz: SH
  wirtschaftlich_taetig: nein
  gemeinkosten: keine
  finanzierung: {eigenmittel: 6.077,41}
  kosten:
  - {kostenart: personal, bezeichnung: Träumer, stundensatz: 10,01, stunden: 1000}
  - {kostenart: reise, bezeichnung: Flug, netto: 100,01, auftrag: {angebote: 2}}
"""


def assess(text: str = BUDGET, **changes: str):
    for old, new in changes.items():
        assert old in text
        text = text.replace(old, new)
    return check_demo(text.encode(), heute=HEUTE)


def found(result, regel: str):
    (befund,) = [befund for befund in result.befunde if befund.regel == f"traumland/{regel}"]
    return befund


def test_a_dream_comes_true():
    """10,010.00 + 119.01 (100.01 × 1.19 = 119.0119, half up); 40 % of 10,129.01 = 4,051.604, half up."""
    result = assess()
    (rechnung,) = result.rechnungen
    assert (result.ergebnis, result.exit_code) == ("foerderfaehig", 0)
    assert rechnung.zuwendungsfaehige_ausgaben.betrag == Decimal("10129.01")
    assert rechnung.zuwendung.betrag == Decimal("4051.60")
    assert result.fassung is FASSUNG


def test_only_the_rules_of_the_file_speak():
    befunde = assess().befunde
    assert [befund.regel for befund in befunde] == [regel.id for regel in FASSUNG.regeln]
    *stated, always = [befund.ziffer for befund in befunde]
    assert stated == [f"Traum {regel.id.removeprefix('traumland/')[0]}" for regel in FASSUNG.regeln[:-1]]
    assert (FASSUNG.regeln[-1].id, always) == ("traumland/durchfuehrungszeitraum", "ohne Ziffer")


def test_a_programme_without_overhead_has_none():
    parameter = {name: norms for name, norms in FASSUNG.parameter.items() if name != "gemeinkostensatz"}
    regeln = tuple(regel for regel in FASSUNG.regeln if regel.pruefung != "gemeinkosten")
    fassung = replace(FASSUNG, parameter=parameter, regeln=regeln)
    (rechnung,) = check_budget(BUDGET.replace("keine", "auto").encode(), fassung=fassung).rechnungen
    assert (rechnung.gemeinkosten.methode, rechnung.gemeinkosten.varianten) == ("keine", ())
    assert str(rechnung.gemeinkosten.betrag.betrag) == "0.00"
    result = check_budget(BUDGET.replace("keine", "direkt").encode(), fassung=fassung)
    ((text, place, _),) = result.fehler
    assert "„direkt“ ist als Gemeinkosten-Methode nicht bekannt" in text
    assert text.endswith("Erlaubt: auto, keine")
    assert (place.zeile, place.spalte) == (16, 17)


@pytest.mark.parametrize(
    ("hours", "eligible", "status"), [("1000", "10129.01", "erfuellt"), ("1000,01", "10129.01", "gekuerzt")]
)
def test_the_limit_of_hours_is_its_own(hours, eligible, status):
    result = assess(**{"stunden: 1000": f"stunden: {hours}"})
    assert result.rechnungen[0].zuwendungsfaehige_ausgaben.betrag == Decimal(eligible)
    befund = found(result, "5-stunden")
    assert befund.status == status
    assert "1.000 Stunden" in befund.text


def test_its_kinds_of_cost_are_its_own():
    result = assess(**{"kostenart: reise": "kostenart: investition"})
    befund = found(result, "4-arten")
    assert (befund.status, befund.betrag) == ("gekuerzt", Decimal("119.01"))
    assert "nur personal, material, fremdleistung und reise" in befund.text
    (rechnung,) = result.rechnungen
    assert str(rechnung.direkte_ausgaben.betrag) == "10129.01"
    assert str(rechnung.direkte_zuwendungsfaehige_ausgaben.betrag) == "10010.00"


def test_rounding_is_as_the_programme_says():
    """10.01 × 0.7 h = 7.007, down; 40 % of 7.00 = 2.80; 33.33 % of 0.05 = 0.016665, half up."""
    result = assess(**{"stunden: 1000": "stunden: 0,7", "netto: 100,01": "netto: 0,00"})
    assert result.rechnungen[0].zuwendungsfaehige_ausgaben.betrag == Decimal("7.00")
    assert result.rechnungen[0].zuwendung.betrag == Decimal("2.80")
    city = assess(
        **{"stunden: 1000": "stunden: 0,005", "netto: 100,01": "netto: 0,00", "art: hochschule": "art: kommune"}
    )
    assert city.rechnungen[0].zuwendungsfaehige_ausgaben.betrag == Decimal("0.05")
    assert city.rechnungen[0].zuwendung.betrag == Decimal("0.02")


def test_a_rate_that_is_our_reading_says_so():
    befund = found(assess(**{"art: hochschule": "art: kommune"}), "2-satz")
    assert befund.text.endswith("[Auslegung: Das Traumblatt sagt nur „etwa ein Drittel“.]")
    assert "[Auslegung" not in found(assess(), "2-satz").text


def test_a_kind_without_a_rate_is_open_and_gets_nothing():
    result = assess(**{"art: hochschule": "art: startup"})
    assert found(result, "2-satz").status == "offen"
    assert str(result.rechnungen[0].zuwendung.betrag) == "0.00"


@pytest.mark.parametrize(
    ("price", "offers", "status"), [("70,00", "2", "erfuellt"), ("70,00", "1", "offen"), ("69,99", "0", "entfaellt")]
)
def test_its_thresholds_for_orders_are_its_own(price, offers, status):
    result = assess(**{"netto: 100,01": f"netto: {price}", "angebote: 2": f"angebote: {offers}"})
    assert found(result, "6-angebote").status == status
    (order,) = result.vergabe.auftraege
    assert (order.schwelle, order.status) == (Decimal("70.00"), status)


@pytest.mark.parametrize(("hours", "grant", "needed"), [("1250", "500.00", False), ("1250,0250", "500.01", True)])
def test_its_limit_of_grants_is_its_own(hours, grant, needed):
    """40 % of 1,250.00 is exactly the limit, which is not more than it; rate 1 EUR, two persons."""
    text = BUDGET.replace("stundensatz: 10,01, stunden: 1000}", "stundensatz: 1, stunden: 500}").replace(
        "  - {kostenart: reise",
        f"  - {{kostenart: personal, bezeichnung: B, stundensatz: 1, stunden: {hours}}}\n  - {{kostenart: reise",
    )
    more = {"1250": "750", "1250,0250": "750,0250"}[hours]
    result = assess(text.replace(hours, more).replace("netto: 100,01", "netto: 0,00"))
    assert result.rechnungen[0].zuwendung.betrag == Decimal(grant)
    assert [geprueft.ueber_grenze.ja for geprueft in result.vergabe.auftraege] == [needed]


def test_its_goals_are_its_own():
    result = assess(**{"[fliegen]": "[flieggen]"})
    assert result.fehler[0].text.startswith("ziele: „flieggen“ ist als Ziel nicht bekannt – meinten Sie „fliegen“?")
    assert found(assess(**{"[fliegen]": "[]"}), "1-traum").status == "offen"


@pytest.mark.parametrize(
    ("day", "status"),
    [("2024-12-31", "verletzt"), ("2025-01-01", "erfuellt"), ("2031-12-31", "erfuellt"), ("2032-01-01", "verletzt")],
)
def test_its_time_is_its_own(day, status):
    assert found(assess(**{"bewilligung: 2030-02-28": f"bewilligung: {day}"}), "9-dauer").status == status


def test_its_deadlines_are_its_own():
    dates = [(frist.ziffer, frist.datum) for frist in assess().fristen]
    assert dates == [("Traum 8", date(2031, 2, 28)), ("Traum 8", date(2031, 2, 28))]
    shorter = assess(**{"ende: 2030-12-31": "ende: 2030-11-30"})
    assert [frist.datum for frist in shorter.fristen] == [date(2031, 1, 30), date(2031, 1, 31)]


def test_a_programme_of_ones_own_is_used_whatever_the_budget_names():
    assert assess(**{"foerderprogramm: traumland": "foerderprogramm: sh-ki"}).fassung is FASSUNG


def test_the_programme_is_unknown_without_its_file():
    result = check_budget(BUDGET.encode(), heute=HEUTE)
    assert result.exit_code == 2
    assert "„traumland“ ist kein bekanntes Förderprogramm" in result.fehler[0].text


@pytest.mark.parametrize(
    ("old", "new", "text"),
    [
        ("    geprueft_am: 2025-01-02\n  foerderziele", "  foerderziele", "geprueft_am fehlt"),
        ("      grund: Das Traumblatt sagt nur „etwa ein Drittel“.\n", "", "beleg: auslegung verlangt einen grund"),
        ("wert: 40 %", "wert: 0.4", "wert: „0.4“ ist kein Prozentsatz"),
        ("art: [kommune]", "art: [komune]", "art: komune ist nicht bekannt – meinten Sie „kommune“?"),
        ("art: [kommune]", "art: [hochschule]", "foerdersatz: zwei Werte gelten für denselben Fall"),
        ("hoechststunden_je_jahr:", "hoechststunden:", "unbekannter Parameter hoechststunden – meinten Sie „hoechststunden_je_jahr“?"),
        ("regeln: [9-dauer]", "regeln: [9-daur]", "die Regel 9-dauer steht unter keiner Ziffer der Liste ziffern"),
    ],
)  # fmt: skip
def test_a_programme_with_a_defect_does_not_load(tmp_path, old, new, text):
    content = PROGRAMM.read_text(encoding="utf-8")
    assert content.count(old) == 1
    file = tmp_path / "traum.yaml"
    file.write_text(content.replace(old, new), encoding="utf-8")
    with pytest.raises(InputError) as error:
        load_fassung(file)
    assert any(text in problem.text for problem in error.value.problems)
    assert all(problem.ort and problem.ort.zeile for problem in error.value.problems)
