"""Who decides on exceptions: a budget of itself, nobody, or the file of the authority alone; and what nobody may waive."""

from datetime import date
from pathlib import Path
from unicodedata import normalize

import pytest
from ausnahmefaelle import EINE, FOLGEKOSTEN, KURZ, budget, liste, write
from demo import FASSUNG, PROGRAMM, check_demo
from rechtsfaelle import FASSUNGEN, merge

from foerdercheck import Ausnahmeliste, check_budget, read_ausnahmen

HEUTE = date(2026, 11, 21)
FREMD = next(regel for fassung in FASSUNGEN for regel in fassung.regeln if regel.ausnahme)
"""A rule the country of dreams has not."""
PAPIER = [{"kostenart": "material", "bezeichnung": "Papier", "netto": "1,00"}]
ZWEITE = {"name": "Zweite", "art": "hochschule", "sitz": "HH", "kosten": PAPIER}
AUSWAERTS = {"antragsteller": {"sitz": "HH"}, "partner": [ZWEITE]}


def checked(file: Path, ausnahmen=None, heute=HEUTE):
    return check_demo(file, heute=heute, ausnahmen=ausnahmen)


def remarks(found):
    """What is said of exceptions: status, text, place; always under no Ziffer."""
    said = [befund for befund in found.befunde if befund.regel == "ausnahmen"]
    assert {befund.ziffer for befund in said} <= {""}
    return [(befund.status, befund.text, str(befund.ort)) for befund in said]


@pytest.fixture
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return Path()


# what nobody may waive


@pytest.mark.parametrize("fassung", FASSUNGEN, ids=lambda fassung: f"{fassung.programm}-{fassung.bekanntmachung}")
def test_nobody_waives_state_aid_the_validity_and_what_the_union_sets(fassung):
    fixed = {regel.pruefung for regel in fassung.regeln if not regel.ausnahme}
    known = {regel.pruefung for regel in fassung.regeln}
    assert fixed == known & {"deminimis", "beihilfeweg", "geltungsdauer", "umsatzsteuer_grenze"}


def test_both_names_of_such_a_rule_are_refused_with_rule_and_place(here):
    found = checked(budget(here / "b.yaml", KURZ | {"regel": "traumland/9-dauer"}, KURZ | {"regel": "7-beihilfe"}))
    assert (found.ergebnis, found.exit_code) == ("fehler", 2)
    assert [fehler.text.partition(" gibt")[0] for fehler in found.fehler] == [
        "regel: von 9-dauer",
        "regel: von 7-beihilfe",
    ]
    assert [fehler.auszug.strip() for fehler in found.fehler] == ["regel: traumland/9-dauer", "regel: 7-beihilfe"]


def test_rules_say_whether_they_can_be_waived(run):
    rules = [regel for fassung in FASSUNGEN for regel in fassung.regeln]
    fixed = next(regel.id for regel in rules if not regel.ausnahme)
    other = next(regel.id for regel in rules if regel.ausnahme)
    assert "keine: davon kann niemand absehen" in run("regel", fixed).out
    assert "kann die Bewilligungsstelle annehmen" in run("regel", other).out
    shown = run("programme", PROGRAMM).out
    assert "7-beihilfe (keine Ausnahme möglich), 7-beginn" in shown
    assert shown.count("(keine Ausnahme möglich)") == 2


# without any, and with the authority's own


def test_without_exceptions_those_of_the_budget_are_shown_and_do_not_decide(here):
    found = checked(budget(here / "b.yaml", KURZ), Ausnahmeliste())
    assert (found.ergebnis, found.angenommene) == ("nicht_foerderfaehig", 0)
    assert remarks(found) == [
        (
            "hinweis",
            "Die Ausnahme von 7-folgen, die im Budget steht (bis 31.12.2026, WTSH: Betrieb endet), entscheidet nicht: "
            "geprüft wird ohne Ausnahmen.",
            "Zeile 25, Spalte 3",
        )
    ]


def test_only_those_of_the_authority_decide(here):
    file = budget(here / "b.yaml", KURZ | {"regel": "7-sitz"}, over=merge(FOLGEKOSTEN, AUSWAERTS))
    found = checked(file, liste(here, KURZ))
    assert (found.ergebnis, found.angenommene) == ("nicht_foerderfaehig", 1)
    assert {befund.regel for befund in found.befunde if befund.status == "verletzt"} >= {"traumland/7-sitz"}
    ((status, text, _),) = remarks(found)
    assert (status, text.partition(": es")[2]) == ("hinweis", " zählen nur die aus amt.yaml.")


def test_one_that_is_not_needed_is_told_at_its_place_in_the_file_of_the_authority(here):
    found = checked(budget(here / "b.yaml", over={}), liste(here, KURZ))
    ((status, text, ort),) = remarks(found)
    assert (status, ort) == ("hinweis", "amt.yaml:2:3")
    assert "wird nicht gebraucht" in text


def test_an_expired_one_leaves_the_rule_to_decide(here):
    file, amt = budget(here / "b.yaml"), liste(here, KURZ)
    assert checked(file, amt, date(2026, 12, 31)).ergebnis == "foerderfaehig"
    assert checked(file, amt, date(2027, 1, 1)).ergebnis == "nicht_foerderfaehig"


@pytest.mark.parametrize(
    ("heute", "told"),
    [(date(2026, 11, 22), 0), (date(2026, 11, 21), 0), (date(2026, 11, 20), 1), (date(2024, 2, 29), 1)],
)
def test_one_for_more_than_two_years_ahead_is_told(here, heute, told):
    long = EINE | {"bis": "2028-11-21"}
    text = "Die Ausnahme von 7-folgen gilt bis 21.11.2028, mehr als 2 Jahre voraus: prüfen Sie, ob das gemeint ist."
    for found, ort in (
        (checked(budget(here / "b.yaml", long), heute=heute), "Zeile 25, Spalte 3"),
        (checked(budget(here / "b.yaml"), liste(here, long), heute), "amt.yaml:2:3"),
    ):
        assert found.angenommene == 1
        assert remarks(found) == [("hinweis", text, ort)] * told


def test_two_years_from_a_leap_day_end_on_the_last_of_february(here):
    for day, told in (("2030-02-28", 0), ("2030-03-01", 1)):
        found = checked(budget(here / "b.yaml", EINE | {"bis": day}), heute=date(2028, 2, 29))
        assert len(remarks(found)) == told


@pytest.mark.parametrize("amt", [False, True])
@pytest.mark.parametrize("own", [0, 1, 2])
def test_without_what_every_figure_needs_they_are_judged_later_or_set_aside(here, own, amt):
    over = {"vorhaben": {"antragsdatum": "~entfernen"}}
    file = budget(here / "b.yaml", *[KURZ] * own, over=over)
    found = checked(
        file, liste(here, KURZ | {"budget": "b.yaml"}, KURZ | {"budget": "c.yaml"}) if amt else Ausnahmeliste()
    )
    aside = {1: "Die Ausnahme im Budget entscheidet", 2: "Die 2 Ausnahmen im Budget entscheiden"}
    instead = "es zählen nur die aus amt.yaml" if amt else "geprüft wird ohne Ausnahmen"
    later = "Die Ausnahme wird erst beurteilt, wenn diese Angaben vorliegen: antragsdatum."
    own_place = str(found.source.locate(("ausnahmen",)))
    assert remarks(found) == [
        *([("hinweis", f"{aside[own]} nicht: {instead}.", own_place)] if own else []),
        *([("hinweis", later, "amt.yaml:2:3")] if amt else []),
    ]


# which budget they are for


@pytest.mark.parametrize(
    ("stated", "file", "meant"),
    [
        ("b.yaml", "b.yaml", True),
        ("b.yaml", "ordner/b.yaml", True),
        ("ordner/b.yaml", "ordner/b.yaml", True),
        ("anderer/b.yaml", "ordner/b.yaml", False),
        ("rdner/b.yaml", "ordner/b.yaml", False),
        ("B.yaml", "b.yaml", False),
        ("b", "b.yaml", False),
        ("ab.yaml", "b.yaml", False),
        (normalize("NFD", "Zähler.yaml"), normalize("NFC", "Zähler.yaml"), True),
        (normalize("NFC", "Zähler.yaml"), normalize("NFD", "Zähler.yaml"), True),
    ],
)
def test_the_name_of_the_file_decides_as_far_as_it_is_stated(here, stated, file, meant):
    amt = liste(here, KURZ | {"budget": stated})
    found = checked(budget(here / file), amt)
    assert found.angenommene == meant
    content = (here / file).read_bytes()
    assert check_budget(content, name=file, heute=HEUTE, fassung=FASSUNG, ausnahmen=amt).angenommene == meant


def test_a_name_nobody_can_read_is_shown_as_others_are(here):
    write(here / "amt\u202e.yaml", {"ausnahmen": []})
    found = checked(budget(here / "b.yaml", KURZ), read_ausnahmen("amt\u202e.yaml"))
    ((_, text, _),) = remarks(found)
    assert text.endswith("es zählen nur die aus amt\\u202e.yaml.")


def test_those_for_any_budget_concern_only_what_they_can_be_about(here):
    amt = liste(
        here,
        KURZ | {"regel": FREMD.name},
        KURZ | {"regel": FREMD.id},
        KURZ | {"regel": "7-sitz", "beteiligter": "Fremde GmbH"},
        KURZ | {"regel": "7-sitz", "beteiligter": "zweite"},
    )
    found = checked(budget(here / "b.yaml", over=AUSWAERTS), amt)
    assert (found.angenommene, remarks(found), found.ergebnis) == (1, [], "nicht_foerderfaehig")


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        (
            {"regel": FREMD.name, "budget": "b.yaml"},
            f"regel: traumland hat in dieser Fassung keine Regel „{FREMD.name}“",
        ),
        ({"regel": FREMD.id, "budget": "b.yaml"}, "regel: traumland hat in dieser Fassung keine Regel"),
        (
            {"regel": "7-sitz", "budget": "b.yaml", "beteiligter": "Fremde"},
            "beteiligter: „Fremde“ heißt hier kein Beteiligter",
        ),
        ({"beteiligter": "Schule der Träume"}, "beteiligter: 7-folgen betrifft das ganze Vorhaben"),
    ],
)
def test_one_that_names_the_budget_and_cannot_be_meant_is_an_error_at_its_place(here, entry, said):
    found = checked(budget(here / "b.yaml"), liste(here, EINE | {"regel": "7-sitz"}, EINE | entry))
    (fehler,) = found.fehler
    assert (found.exit_code, str(fehler.ort)) == (2, "amt.yaml:6:3")
    assert fehler.text.startswith(said)
