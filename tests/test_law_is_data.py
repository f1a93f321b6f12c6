"""What the rules say under a third guideline that does not exist: numbers, words and kinds of body come from the data."""

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from rechtsfaelle import assess, merge

from foerdercheck.model.location import InputError
from foerdercheck.programmes.loader import load_fassung
from foerdercheck.reports.bericht import report
from foerdercheck.reports.text import render_text

FILE = Path(__file__).parent / "demo_schlaraffenland.yaml"
FASSUNG = load_fassung(FILE)
BUDGET = {
    "foerderprogramm": "schlaraffenland",
    "vorhaben": {"antragsdatum": "2030-02-01", "beginn": "2030-03-01", "ende": "2031-02-28"},
    "antragsteller": {
        "name": "Taubenfreunde",
        "art": "gemeinnuetzig",
        "kosten": [],
        "finanzierung": {"eigenmittel": 0},
    },
}


def order(netto: str, **auftrag: str) -> dict[str, object]:
    return {
        "kostenart": "material",
        "bezeichnung": f"Brei zu {netto}",
        "netto": netto,
        "ust": "0 %",
        "auftrag": auftrag,
    }


def check(*kosten: dict[str, object], fassung=FASSUNG, partner=(), finanzierung=(), **antragsteller: object):
    body = {"kosten": list(kosten), "finanzierung": {"weitere": list(finanzierung)}, **antragsteller}
    over = {"antragsteller": body, "partner": list(partner)}
    found = assess(merge(BUDGET, over), stichtag=date(2030, 6, 1), fassung=fassung)
    assert found.rechnungen, (found.fehler, found.fehlend)
    assert found.defekte == ()
    return found


def said(found, regel: str) -> list[tuple[str, str]]:
    return [(b.status, b.text) for b in found.befunde if b.regel == f"schlaraffenland/{regel}"]


def with_value(name: str, wert: object, **wenn: tuple[str, ...]):
    """The guideline with another value for one parameter."""
    (norm, *_) = FASSUNG.parameter[name]
    changed = norm._replace(wert=wert, wenn={key: frozenset(words) for key, words in wenn.items()})
    return replace(FASSUNG, parameter={**FASSUNG.parameter, name: (changed,)})


def without(*names: str):
    return replace(FASSUNG, parameter={name: norms for name, norms in FASSUNG.parameter.items() if name not in names})


# offers


def test_as_many_offers_are_asked_for_as_the_programme_says():
    enough, few = order("700,00", nr="A", angebote="5"), order("80,00", nr="B", angebote="4", vertrag="2030-06-01")
    found = check(enough, few, order("79,99"))
    assert said(found, "5-angebote") == [
        ("erfuellt", "Auftrag A (Brei zu 700,00): 700,00 € netto erreichen 80,00 €; 5 Angebote liegen vor."),
        (
            "verletzt",
            "Auftrag B (Brei zu 80,00): 80,00 € netto erreichen 80,00 €, der Vertrag wurde aber mit 4 Angeboten statt 5 und "
            "ohne Begründung geschlossen.",
        ),
    ]
    text = render_text(report(found))
    assert "fünf Angebote ab" in text
    assert re.search(
        r"Fünf Angebote\? +nötig für 2 von 3 Aufträgen, vorhanden bei 1 \(Brei zu 80,00: 4 von 5\)\.", text
    )
    assert "rei Angebote" not in text


@pytest.mark.parametrize(
    ("least", "sentence", "not_needed"),
    [
        (1, "Ein Angebot erforderlich: nein", "ein Angebot ist nicht nötig"),
        (5, "Fünf Angebote erforderlich: nein", "fünf Angebote sind nicht nötig"),
        (12, "Zwölf Angebote erforderlich: nein", "zwölf Angebote sind nicht nötig"),
        (13, "13 Angebote erforderlich: nein", "13 Angebote sind nicht nötig"),
    ],
)
def test_the_answer_names_the_number(least, sentence, not_needed):
    gross_only = {**order("79,99"), "ust": "1 %"}
    whole = {"kostenart": "personal", "bezeichnung": "Koch", "stundensatz": "1.000,00", "stunden": "1"}
    ((status, text),) = said(check(whole, gross_only, fassung=with_value("angebote_mindestens", least)), "5-angebote")
    assert status == "entfaellt"
    assert text.startswith(sentence)
    assert text.endswith(f"maßgeblich sind aber 79,99 € netto; {not_needed}.")


def test_orders_that_look_divided_are_told_how_many_offers_one_would_need():
    lines = [{**order("79,99", nr=nr, anbieter="Koch & Co"), "bezeichnung": "Brei"} for nr in ("A", "B")]
    found = check(*lines, order("700,00", angebote="5"))
    ((status, text),) = said(found, "5-teilung")
    assert status == "hinweis"
    assert "zusammen erreichen sie 159,98 € (80,00 € verlangen fünf Angebote)" in text


def test_where_the_number_of_offers_is_not_known_nothing_is_fulfilled():
    """The number holds for building work only here, and the order is none."""
    found = check(order("701,00", angebote="99"), fassung=with_value("angebote_mindestens", 5, leistung=("bau",)))
    assert said(found, "5-angebote") == [
        (
            "offen",
            "Auftrag „Brei zu 701,00“: 701,00 € netto erreichen 80,00 €; wie viele Angebote nötig sind, ist hier nicht bekannt: "
            "fragen Sie die Bewilligungsstelle.",
        )
    ]
    assert [order.status for order in found.vergabe.auftraege] == ["offen"]
    text = render_text(report(found))
    assert "mehrere Angebote ab" in text
    assert "Mehrere Angebote?" in text


def test_the_law_of_public_procurement_has_the_names_the_programme_gives_it():
    found = check(order("50,01"))
    assert said(found, "5-recht") == [
        (
            "hinweis",
            "Für Taubenfreunde gelten daneben Honigordnung, ab den EU-Schwellenwerten die Große Honigordnung (netto: Bau "
            "90,00 €, Lieferungen und Dienstleistungen 90,00 €).",
        )
    ]
    ((_, text),) = said(found, "5-grenzen")
    assert text.endswith(
        "50,01 € netto liegen über allen vereinfachten Verfahren (Honigordnung); nötig ist ein Wettessen."
    )


# publication, money that is excluded, kinds of body


@pytest.mark.parametrize(
    ("latest", "data", "words"),
    [
        (13, 1, "spätestens 13 Monate nach der Erstveröffentlichung; Daten und Modelle binnen eines Monats nach"),
        (1, 2, "spätestens einen Monat nach der Erstveröffentlichung; Daten und Modelle binnen zwei Monaten nach"),
    ],
)
def test_results_are_to_be_open_after_the_months_of_the_programme(latest, data, words):
    fassung = with_value("open_access_monate", latest)
    fassung = replace(
        fassung,
        parameter={
            **fassung.parameter,
            "open_access_daten_monate": with_value("open_access_daten_monate", data).parameter[
                "open_access_daten_monate"
            ],
        },
    )
    ((status, text),) = said(check(fassung=fassung), "6-offen")
    assert status == "hinweis"
    assert words in text
    assert said(check(art="hochschule", fassung=fassung), "6-offen") == [
        ("entfaellt", "Gilt nur für kommune und gemeinnuetzig.")
    ]


def test_money_that_is_excluded_has_the_names_of_the_programme():
    clean = {"geber": "Europäische Union", "betrag": "5,00"}
    assert said(check(finanzierung=[clean]), "4-mittel") == [
        ("hinweis", "Klären Sie, dass nichts davon aus Feenstaub oder Drachengold stammt: Europäische Union.")
    ]
    found = check(finanzierung=[{"geber": "Drachengold AG", "betrag": "5,00"}])
    assert [status for status, _ in said(found, "4-mittel")] == ["verletzt"]


@pytest.mark.parametrize(
    ("art", "partner", "status"),
    [
        ("unternehmen", ["gemeinnuetzig"], "erfuellt"),
        ("unternehmen", ["kommune", "hochschule"], "verletzt"),
        ("hochschule", ["gemeinnuetzig", "gemeinnuetzig"], "erfuellt"),
        ("hochschule", ["gemeinnuetzig", "kommune"], "verletzt"),
    ],
)
def test_the_programme_says_with_whom_a_project_is_a_cooperation(art, partner, status):
    bodies = [{"name": f"P{index}", "art": kind} for index, kind in enumerate(partner)]
    found = check(art=art, partner=bodies, wirtschaftlich_taetig="nein")
    assert said(found, "1-wer")[0][0] == status


@pytest.mark.parametrize(
    ("merkmal", "parameter"),
    [("kooperation_mit_oeffentlichen", "kooperation_mit"), ("interkommunal", "interkommunal_zwischen")],
)
def test_a_condition_that_follows_from_kinds_of_body_needs_them(tmp_path, merkmal, parameter):
    file = tmp_path / "falsch.yaml"
    text = re.sub(rf"^  {parameter}: .*\n", "", FILE.read_text(encoding="utf-8"), flags=re.MULTILINE)
    file.write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as refused:
        load_fassung(file)
    wanted = f"antragsberechtigt_wenn: das Merkmal {merkmal} braucht den Parameter {parameter}; er fehlt"
    assert [problem.text for problem in refused.value.problems] == [wanted]
