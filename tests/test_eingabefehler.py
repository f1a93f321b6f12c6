"""Input errors: all of them in one run, each at its place; missing statements."""

from datetime import date

import pytest

from foerdercheck.assessment.budget import check_budget
from foerdercheck.model.location import Location
from foerdercheck.programmes import neueste_fassung

HEUTE = date(2026, 11, 21)
FAULTY = """foerderprogramm: sh-ki
vorhaben:
  titl: Studienberatung
  ziele: [wisen, klima]
  antragsdatum: 15/01/2026
  beginn: 2026-04-01
  ende: 2026-02-30
  bundesland: SHH
  folgekosten_gesichert: yes
  beginn: 2026-05-01
antragsteller:
  name: !!str TH
  art: Hochshule
  vorsteuerabzug: no
  kosten:
  - kostenart: personal
    bezeichnung: Data Scientist
    stundensatz: 52.400
    stunden: {2026: 1290,5, 26: 10}
  - kostenart: fremdleistung
    bezeichnung: Prototyp
    netto: 48.000,00
    brutto: 57.120,00
    ust: 0,19
  - bezeichnung: Reise
    netto: -5
  finanzierung:
    weitere:
    - {geber: Stadt, betrag: 5.000,00, öffentlich: ja}
"""
FAULTS = [
    ("unbekannter Schlüssel „titl“ – meinten Sie „titel“?", 3, 3),
    ("ziele: „wisen“ ist als Ziel nicht bekannt – meinten Sie „wissen“?", 4, 11),
    ("antragsdatum: „15/01/2026“ ist kein Datum: schreiben Sie 15.01.2026", 5, 17),
    ("ende: „2026-02-30“: dieses Datum gibt es nicht", 7, 9),
    ("bundesland: „SHH“ ist weder ein Bundesland", 8, 15),
    ("folgekosten_gesichert: „yes“ ist weder ja noch nein: schreiben Sie ja", 9, 26),
    ("Schlüssel „beginn“ steht doppelt (schon in Zeile 6)", 10, 3),
    ("YAML-Tags wie „tag:yaml.org,2002:str“ sind nicht erlaubt", 12, 9),
    ("art: „Hochshule“ ist als Art eines Beteiligten nicht bekannt – meinten Sie „hochschule“?", 13, 8),
    ("vorsteuerabzug: „no“ ist weder ja noch nein: schreiben Sie nein", 14, 19),
    ("stundensatz: „52.400“ ist mehrdeutig (52400 oder 52,4?): schreiben Sie 52400 – oder 52,40", 18, 18),
    ("stunden: „26“ ist kein Kalenderjahr: schreiben Sie z. B. 2026", 19, 33),
    ("netto und brutto sind beide angegeben: lassen Sie eines von beiden weg", 23, 13),
    ("ust: „0,19“ ist kein Prozentsatz: das Prozentzeichen fehlt, schreiben Sie z. B. 19 %", 24, 10),
    ("kostenart fehlt", 25, 5),
    ("netto: „-5“: ein negativer Wert ist hier nicht möglich", 26, 12),
    ("unbekannter Schlüssel „öffentlich“ – meinten Sie „oeffentlich“?", 29, 40),
]


def test_all_problems_are_found_in_one_run_each_at_its_place():
    result = check_budget(FAULTY.encode(), heute=HEUTE)
    assert (result.ergebnis, result.exit_code) == ("fehler", 2)
    places = [(error.ort.zeile, error.ort.spalte) for error in result.fehler]
    assert places == [(line, column) for _, line, column in FAULTS]
    for error, (text, *_) in zip(result.fehler, FAULTS, strict=True):
        assert error.text.startswith(text)


def test_an_unreadable_budget_has_nothing_but_its_errors_with_their_lines():
    result = check_budget(FAULTY.encode(), heute=HEUTE)
    assert (result.fassung, result.budget, result.rechnungen, result.befunde, result.fehlend) == (
        None,
        None,
        (),
        (),
        (),
    )
    assert [error.auszug for error in result.fehler] == [FAULTY.splitlines()[line - 1] for _, line, _ in FAULTS]


WHOLE = """foerderprogramm: sh-ki
vorhaben:
  antragsdatum: 2026-01-15
  beginn: 2026-04-01
  ende: 2027-09-30
antragsteller:
  name: TH
  art: hochschule
  kosten:
  - kostenart: personal
    bezeichnung: A
    stundensatz: 50
    stunden: 100
"""


def without(*keys: str) -> bytes:
    lines = WHOLE.splitlines(keepends=True)
    return "".join(line for line in lines if not line.strip().startswith(tuple(f"{key}:" for key in keys))).encode()


@pytest.mark.parametrize(
    "keys", [["antragsdatum"], ["beginn"], ["ende"], ["name"], ["art"], ["antragsdatum", "ende", "name", "art"]]
)
def test_a_budget_that_merely_lacks_statements_is_open(keys):
    result = check_budget(without(*keys), heute=HEUTE)
    assert (result.ergebnis, result.exit_code, result.fehler) == ("offen", 3, ())
    assert sorted(error.text for error in result.fehlend) == sorted(f"{name} fehlt" for name in keys)
    assert all(error.ort and error.ort.zeile for error in result.fehlend)
    assert [befund.regel for befund in result.befunde] == [regel.id for regel in neueste_fassung("sh-ki").regeln]
    assert {befund.status for befund in result.befunde} == {"offen"}
    assert all(name in befund.text for name in keys for befund in result.befunde)
    assert result.rechnungen == ()


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("foerderprogramm: sh-ki\n", {"vorhaben fehlt", "antragsteller fehlt"}),
        (
            "foerderprogramm: sh-ki\nvorhaben: {}\n",
            {"antragsdatum fehlt", "beginn fehlt", "ende fehlt", "antragsteller fehlt"},
        ),
        (WHOLE + "partner:\n- {}\n", {"name fehlt", "art fehlt"}),
    ],
)
def test_whole_sections_may_be_missing(text, named):
    result = check_budget(text.encode(), heute=HEUTE)
    assert (result.ergebnis, result.exit_code) == ("offen", 3)
    assert {error.text for error in result.fehlend} == named


@pytest.mark.parametrize("key", ["foerderprogramm", "bezeichnung", "stundensatz", "stunden"])
def test_whatever_else_is_missing_is_an_error(key):
    result = check_budget(without(key), heute=HEUTE)
    assert (result.ergebnis, result.exit_code) == ("fehler", 2)
    assert f"{key} fehlt" in {error.text for error in result.fehler}


def test_an_error_beside_a_hole_is_an_error_and_both_are_named():
    result = check_budget(without("ende").replace(b"stunden: 100", b"stunden: viele"), heute=HEUTE)
    assert result.exit_code == 2
    assert [error.text.partition(":")[0] for error in result.fehler] == ["ende fehlt", "stunden"]


def test_an_empty_value_is_no_missing_statement():
    result = check_budget(WHOLE.replace("ende: 2027-09-30", "ende:").encode(), heute=HEUTE)
    assert result.exit_code == 2
    assert result.fehler[0].text.startswith("ende: leer: hier wird ein Datum")


@pytest.mark.parametrize(
    ("written", "hint"),
    [
        ("sh-kii", " – meinten Sie „sh-ki“?"),
        ("zzz", ""),
        ("''", ""),
        ("[sh-ki]", ""),
        ("SH_KI", " – meinten Sie „sh-ki“?"),
    ],
)
def test_an_unknown_programme_is_an_error(written, hint):
    result = check_budget(WHOLE.replace("sh-ki", written, 1).encode(), heute=HEUTE)
    assert result.exit_code == 2
    assert result.fehler[0].ort.zeile == 1
    assert hint in result.fehler[0].text


def test_a_date_no_version_covers_is_an_error_that_names_what_is_covered():
    result = check_budget(WHOLE.replace("2026-01-15", "2019-01-15").encode(), heute=HEUTE)
    ((text, place, _),) = result.fehler
    assert text.startswith("Am 15.01.2019 gilt keine Fassung von sh-ki; abgedeckt ist")
    assert place == Location(zeile=3, spalte=17)


def test_the_end_lies_after_the_beginning():
    result = check_budget(WHOLE.replace("2027-09-30", "2026-03-31").encode(), heute=HEUTE)
    ((text, place, _),) = result.fehler
    assert text == "das Ende (31.03.2026) liegt vor dem Beginn (01.04.2026)"
    assert place == Location(zeile=5, spalte=9)
    assert check_budget(WHOLE.replace("2027-09-30", "2026-04-01").encode(), heute=HEUTE).fehler == ()


def test_a_project_takes_fifty_years_at_most():
    assert check_budget(WHOLE.replace("2027-09-30", "2076-04-01").encode(), heute=HEUTE).fehler == ()
    ((text, place, _),) = check_budget(WHOLE.replace("2027-09-30", "2076-04-02").encode(), heute=HEUTE).fehler
    assert text == "zwischen Beginn (01.04.2026) und Ende (02.04.2076) liegen mehr als 50 Jahre: prüfen Sie beide"
    assert place == Location(zeile=5, spalte=9)


@pytest.mark.parametrize("text", ["- a\n- b\n", "nur Text\n", "5\n", "[]", "'{}'"])
def test_a_list_or_a_word_is_no_budget(text):
    result = check_budget(text.encode(), heute=HEUTE)
    ((message, place, _),) = result.fehler
    assert message == "Das ist kein Budget: oben wird „foerderprogramm: …“ erwartet."
    assert place == Location(zeile=1, spalte=1)


def test_a_district_that_stands_twice_is_an_error():
    """Twice the same is not two: limits for several municipalities would not hold."""
    found = check_budget(b"foerderprogramm: zr-ni\nvorhaben: {landkreise: [Celle, Landkreis Celle]}\n")
    assert "Celle steht mehrmals da: nennen Sie jeden Landkreis einmal" in [fehler.text for fehler in found.fehler]


def test_lines_of_one_order_that_contradict_each_other_are_named_at_the_later_line():
    said = ("nr: A1, angebote: 3, leistung: bau", "nr: a1", "nr: a1, angebote: 2, leistung: bau")
    bought = [f"  - {{kostenart: material, bezeichnung: M, netto: 1, auftrag: {{{order}}}}}\n" for order in said]
    found = check_budget((WHOLE + "".join(bought)).encode(), heute=HEUTE)
    assert [(text, (place.zeile, place.spalte)) for text, place, _ in found.fehler] == [
        ("Auftrag A1: leistung ist in zwei Positionen verschieden", (15, 62)),
        ("Auftrag A1: angebote ist in zwei Positionen verschieden", (16, 81)),
    ]


@pytest.mark.parametrize(("supplier", "contradict"), [("muster-nord AG", False), ("Muster Sued GmbH", True)])
def test_spellings_of_one_supplier_do_not_contradict_each_other(supplier, contradict):
    said = ("nr: A1, anbieter: Muster Nord GmbH", f"nr: A1, anbieter: {supplier}")
    bought = [f"  - {{kostenart: material, bezeichnung: M, netto: 1, auftrag: {{{order}}}}}\n" for order in said]
    found = check_budget((WHOLE + "".join(bought)).encode(), heute=HEUTE)
    assert [text for text, _, _ in found.fehler] == [
        "Auftrag A1: anbieter ist in zwei Positionen verschieden"
    ] * contradict
