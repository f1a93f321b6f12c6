"""What becomes of a file before anything is computed: whether it is a budget, of which time, and what cannot be meant in it."""

from datetime import date

import pytest
from demo import JA, check_demo
from rechtsfaelle import as_yaml, merge, read
from workbooks import FREMD, PERSONAL, VORHABEN, fehler, hinweise, mappe, save_budget

from foerdercheck.assessment.budget import Assessment, check_budget

GRUNDFALL = read(JA)
HEUTE = date(2026, 11, 21)


def checked(over: dict | None = None, *, stichtag: date | None = None, **partner: object) -> Assessment:
    """Check the good budget of the dream with something laid on it, and with a partner of these statements, if any."""
    tree = merge(GRUNDFALL, over or {})
    if partner:
        tree["partner"] = [{"art": "kommune", "sitz": "SH", **partner}]
    return check_demo(as_yaml(tree).encode(), heute=HEUTE, stichtag=stichtag)


def said(found: Assessment) -> list[tuple[str, str]]:
    return [(one.text, str(one.ort)) for one in found.fehler]


# whether it is a budget

KEIN_BUDGET = "Das ist kein Budget: oben wird „foerderprogramm: …“ erwartet."


@pytest.mark.parametrize("text", ["einkauf: milch\n", "- vorhaben\n", "{}\n"])
def test_what_has_no_key_of_a_budget_is_told_so_with_what_stands_there(text):
    ((message, place, line),) = check_demo(text.encode()).fehler
    assert (message, str(place), line) == (KEIN_BUDGET, "Zeile 1, Spalte 1", text.strip())


@pytest.mark.parametrize("key", ["partner", "foerderprogram"])
def test_one_key_of_a_budget_even_misspelt_makes_it_one_that_lacks_the_others(key):
    found = check_demo(f"{key}: []\n".encode())
    assert KEIN_BUDGET not in [one.text for one in found.fehler]
    assert "vorhaben fehlt" in [one.text for one in (*found.fehler, *found.fehlend)]


def test_of_a_workbook_without_its_sheets_those_are_told_and_nothing_that_would_stand_there(tmp_path):
    sheets = mappe()
    renamed = {f"{name}2": sheets[name] for name in ("Vorhaben", "Beteiligte")}
    found = check_demo(save_budget(tmp_path / "b.xlsx", {**renamed, "Kosten": sheets["Kosten"]}))
    assert fehler(found) == [
        (name, f"Das Blatt {name} fehlt; ist es „{name}2“? Dann nennen Sie es so")
        for name in ("Vorhaben", "Beteiligte")
    ]


def test_what_is_missing_on_a_sheet_that_is_there_is_told_beside_a_sheet_that_is_not(tmp_path):
    sheets = mappe({name: value for name, value in VORHABEN.items() if name != "Beginn"})
    renamed = {"Vorhaben": sheets["Vorhaben"], "Beteiligte2": sheets["Beteiligte"], "Kosten": sheets["Kosten"]}
    assert fehler(check_demo(save_budget(tmp_path / "b.xlsx", renamed))) == [
        ("Vorhaben!A1", "Beginn fehlt"),
        ("Beteiligte", "Das Blatt Beteiligte fehlt; ist es „Beteiligte2“? Dann nennen Sie es so"),
    ]


def test_what_is_missing_is_told_beside_what_is_wrong_at_the_same_place():
    tag = "YAML-Tags wie „tag:yaml.org,2002:map“ sind nicht erlaubt: lassen Sie das Wort mit ! weg"
    project = "vorhaben: {antragsdatum: 2026-01-15, beginn: 2026-04-01, ende: 2027-09-30}"
    found = check_demo(f"foerderprogramm: traumland\n{project}\nantragsteller: !!map {{name: TH}}\n".encode())
    assert said(found) == [(tag, "Zeile 3, Spalte 16"), ("art fehlt", "Zeile 3, Spalte 16")]


# of which time it is


@pytest.mark.parametrize(
    ("antrag", "bewilligung", "stichtag", "covered"),
    [
        ("2024-12-31", None, None, False),
        ("2025-01-01", None, None, True),
        ("2031-12-31", None, None, True),
        ("2032-01-01", None, None, False),
        ("2032-01-01", "2031-06-01", None, False),  # granted before it was applied for
        ("2024-12-31", "2024-12-31", None, False),
        ("2024-12-31", "2025-01-01", None, True),
        ("2024-12-31", "2031-12-31", None, True),
        ("2024-12-31", "2032-01-01", None, False),
        ("2025-01-01", "2032-01-01", None, True),
        (
            "2024-12-31",
            "2024-12-31",
            date(2025, 1, 1),
            True,
        ),  # the day that is assumed takes the place of the one stated
        ("2024-12-31", "2025-01-01", date(2024, 12, 31), False),
        ("2024-12-31", None, date(2025, 1, 1), True),
    ],
)
def test_a_programme_of_ones_own_covers_applications_of_its_time_and_grants_of_its_time(
    antrag, bewilligung, stichtag, covered
):
    """It holds from 01.01.2025 to 31.12.2031; an application of before counts with the day of its grant."""
    days = {"antragsdatum": antrag, "bewilligung": bewilligung or "~entfernen"}
    text = f"Am {antrag[8:]}.{antrag[5:7]}.{antrag[:4]} gilt traumland nicht; abgedeckt ist 01.01.2025 bis 31.12.2031."
    assert said(checked({"vorhaben": days}, stichtag=stichtag)) == ([] if covered else [(text, "Zeile 7, Spalte 17")])


def test_without_a_day_of_application_no_version_is_refused_whatever_the_stichtag():
    found = checked({"vorhaben": {"antragsdatum": "~entfernen"}}, stichtag=date(2050, 1, 1))
    assert (found.ergebnis, found.stichtag, [one.text for one in found.fehlend]) == (
        "offen",
        date(2050, 1, 1),
        ["antragsdatum fehlt"],
    )


def test_a_date_outside_hides_no_word_the_programme_does_not_know():
    """The youngest version lends its words, so that one run tells both."""
    tree = {"foerderprogramm": "sh-ki", "vorhaben": {"antragsdatum": "2019-01-15", "bewilligung": "~entfernen"}}
    texts = [one.text for one in check_budget(as_yaml(merge(GRUNDFALL, tree)).encode(), heute=HEUTE).fehler]
    assert [text.partition(":")[0].partition(" von ")[0] for text in texts] == [
        "ziele",
        "ziele",
        "Am 15.01.2019 gilt keine Fassung",
    ]


def test_a_budget_checked_under_another_programme_than_it_names_says_so_where_it_names_it():
    found = checked({"foerderprogramm": "sh-ki"})
    assert [(one.status, one.text, str(one.ort)) for one in found.befunde if one.regel == "datei"] == [
        ("hinweis", "Das Budget nennt das Programm „sh-ki“; geprüft ist es nach traumland.", "Zeile 1, Spalte 18")
    ]
    assert checked().ergebnis == "foerderfaehig"
    assert [one for one in checked().befunde if one.regel == "datei"] == []


# what cannot be meant


def test_two_bodies_of_one_name_are_told_at_the_second():
    assert said(checked(name="SCHULE der Träume")) == [
        ("zwei Beteiligte heißen „SCHULE der Träume“: unterscheiden Sie ihre Namen", "Zeile 39, Spalte 9")
    ]
    assert said(checked(name="Schule der Albträume")) == []


def test_a_programme_without_monthly_cost_asks_for_hours_at_the_level_as_the_file_calls_them(tmp_path):
    line = {"kostenart": "personal", "bezeichnung": "Lehrerin", "stufe": "hoch"}
    text = "dieses Programm kennt keine monatlichen Kosten je Stufe: geben Sie stundensatz und stunden an"
    assert said(checked({"antragsteller": {"kosten": [line]}})) == [(text, "Zeile 20, Spalte 12")]
    found = check_demo(
        save_budget(
            tmp_path / "b.xlsx", mappe(kosten=[{"Kostenart": "personal", "Bezeichnung": "Lehrerin", "Stufe": "hoch"}])
        )
    )
    assert fehler(found) == [("Kosten!C2", text.replace("stundensatz und stunden", "Stundensatz und Stunden"))]


def test_an_exception_in_a_workbook_is_refused_under_its_headings(tmp_path):
    stated = {"Regel": "7-sitz", "Grund": "g", "Wer": "w", "Bis": "31.12.2026", "Beteiligter": "Stadt Kiel"}
    ((place, text),) = fehler(check_demo(save_budget(tmp_path / "b.xlsx", mappe(Ausnahmen=[stated]))))
    assert place == "Ausnahmen!E2"
    assert text.startswith("Beteiligter: „Stadt Kiel“ heißt hier kein Beteiligter; es gibt:")


@pytest.mark.parametrize("word", ["nein", "Ja", "-", "keiner"])
def test_a_word_that_may_mean_that_there_was_no_aid_is_no_history(word):
    text = "deminimis: schreiben Sie keine, eine Datei oder eine Liste der Beihilfen"
    assert said(checked({"antragsteller": {"deminimis": word}})) == [(text, "Zeile 36, Spalte 14")]


# what is remarkable about it


def test_a_word_of_letters_of_two_scripts_is_told_where_it_stands():
    found = checked({"vorhaben": {"titel": "Flie\u0433en lernen"}})
    (remark,) = [one for one in found.befunde if one.regel == "datei"]
    assert remark.text.startswith(
        "„Flie\u0433en“ enthält neben lateinischen Buchstaben griechische oder kyrillische (U+0433"
    )
    assert (remark.status, str(remark.ort)) == ("hinweis", "Zeile 3, Spalte 10")


def test_beside_errors_only_what_was_left_unread_is_told_for_it_may_explain_them(tmp_path):
    """The column nobody reads may hold what is missing; that an hourly rate is rounded explains nothing."""
    hours = {**PERSONAL, "Stundensatz": 45.123456789}
    sheets = mappe(kosten=[hours, {**FREMD, "Netto": None, "Preis ohne Steuer": 40000}])
    found = check_demo(save_budget(tmp_path / "b.xlsx", sheets))
    assert fehler(found) == [("Kosten!H3", "der Betrag fehlt: geben Sie Netto oder Brutto an")]
    assert hinweise(found) == [
        ("Kosten!K1", "Die Spalte „Preis ohne Steuer“ ist nicht bekannt und wird nicht gelesen.")
    ]
    kept = check_demo(save_budget(tmp_path / "b.xlsx", mappe(kosten=[hours])))
    assert [text for _, text in hinweise(kept)] == [
        "Stundensatz: „45.123456789“ hat mehr als zwei Nachkommastellen; gerechnet wird mit 45,12 €."
    ]
