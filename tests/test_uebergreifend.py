"""What only shows across files: the same undertaking, the same person, the same budget twice; told in every form."""

import csv
import io
import json
import re

import pytest
from demo import JA
from openpyxl import load_workbook

from foerdercheck.cli.formats import FORMATE

KOPF = """foerderprogramm: sh-ki
vorhaben:
  titel: Sensoren {titel}
  antragsdatum: 15.01.2026
  beginn: 01.04.2026
  ende: 31.12.2027
"""
FIRMA = """antragsteller:
  name: {name}
  art: unternehmen
  sitz: SH
  wirtschaftlich_taetig: ja
  deminimis: {deminimis}
  kosten: [{{kostenart: material, bezeichnung: Sensoren, netto: {netto}, ust: 0 %}}]
  finanzierung: {{beantragt: {beantragt}, eigenmittel: {beantragt}}}
"""
HOCHSCHULE = """antragsteller:
  name: {name}
  art: hochschule
  sitz: SH
  kosten: [{{kostenart: personal, bezeichnung: Entwicklung, person: {person}, stundensatz: 50, stunden: {{2026: {stunden}}}}}]
  finanzierung: {{eigenmittel: 0}}
"""
KEINE = "keine"
LISTE = "[{gewaehrt_am: 2025-05-01, zuwendungsgeber: Bund, verordnung: 2023/2831, subventionswert: '50.000,00'}]"


def _firm(titel, beantragt, name="Deichkamp GmbH", deminimis=KEINE):
    return KOPF.format(titel=titel) + FIRMA.format(
        name=name, netto=2 * beantragt, beantragt=beantragt, deminimis=deminimis
    )


def _person(titel, stunden, person="Anna Meier", name="Hochschule"):
    return KOPF.format(titel=titel) + HOCHSCHULE.format(name=name, person=person, stunden=stunden)


@pytest.fixture
def said(run, tmp_path, monkeypatch):
    """Check files (`a.yaml`, `b.yaml` …) together; return the hints over them, and the JSON document."""
    monkeypatch.chdir(tmp_path)

    def call(*texts: str):
        names = [f"{letter}.yaml" for letter, _ in zip("abcdefgh", texts, strict=False)]
        for name, text in zip(names, texts, strict=True):
            (tmp_path / name).write_text(text, encoding="utf-8")
        document = json.loads(run("check", *names, "--stichtag", "2026-03-20", "--format", "json").out)
        return document["uebergreifend"], document

    return call


# The same undertaking: below, at and above the room that is left for all


@pytest.mark.parametrize(
    ("beantragt", "rest"),
    [
        (149_999, "Frei sind 300.000,00 €; für alle bleiben danach 2,00 €."),
        (150_000, "Frei sind 300.000,00 €; für alle bleiben danach 0,00 €."),
        (150_001, "Frei sind 300.000,00 €: 2,00 € passen nicht hinein."),
    ],
)
def test_grants_of_one_undertaking_are_added_and_compared_with_its_room(said, beantragt, rest):
    together, document = said(_firm("a", beantragt), _firm("b", beantragt, name="Deichkamp G.m.b.H."))
    (entry,) = together
    assert entry["dateien"] == ["a.yaml", "b.yaml"]
    assert entry["text"].startswith("Deichkamp GmbH steht in 2 Budgets (a.yaml und b.yaml): zusammen ")
    assert entry["text"].endswith(rest)
    for budget in document["budgets"]:
        (befund,) = [befund for befund in budget["befunde"] if befund["regel"] == "dateien"]
        assert (befund["status"], befund["text"], befund["beleg"]) == ("hinweis", entry["text"], None)
        assert befund["ort"]["zeile"] == 8  # where the name stands


def test_what_one_budget_states_of_earlier_aid_holds_for_all(said):
    together, _ = said(_firm("a", 100_000, deminimis=LISTE), _firm("b", 100_000), _firm("c", 60_000))
    (entry,) = together
    assert entry["text"].endswith(
        "zusammen 260.000,00 € De-minimis-Beihilfe. Frei sind höchstens 250.000,00 €: 10.000,00 € passen nicht hinein."
    )


def test_where_no_budget_states_earlier_aid_the_room_is_not_known(said):
    texts = [re.sub("  deminimis: keine\n", "", _firm(titel, 10_000)) for titel in "ab"]
    (entry,), document = said(*texts)
    assert entry["text"].endswith("De-minimis-Beihilfe. Was dafür frei ist, sagt keines von ihnen.")
    places = [each["ort"] for budget in document["budgets"] for each in budget["befunde"] if each["regel"] == "dateien"]
    assert [place["zeile"] for place in places] == [8, 8]
    (entry,), _ = said(texts[0], texts[1].replace("sitz: SH", "sitz: DE"))
    assert entry["text"].endswith(", nicht förderfähige mitgerechnet. Was dafür frei ist, sagt keines von ihnen.")


def test_two_members_of_one_undertaking_in_a_budget_have_one_account_that_counts_once(said):
    member = FIRMA.format(name="Hallig KG", netto=100_000, beantragt=50_000, deminimis=KEINE)
    partner = member.replace("antragsteller:", "partner:").replace("  name", "- name", 1)
    linked = (_firm("a", 100_000) + partner).replace("  sitz", "  unternehmensverbund: [Hallig KG]\n  sitz", 1)
    (entry,), _ = said(linked, _firm("b", 150_001))
    assert entry["text"].endswith(
        "zusammen 300.001,00 € De-minimis-Beihilfe. Frei sind 300.000,00 €: 1,00 € passen nicht hinein."
    )


def test_a_budget_that_is_refused_counts_and_the_hint_says_so(said):
    (entry,), _ = said(_firm("a", 150_000), _firm("b", 150_000).replace("sitz: SH", "sitz: DE"))
    assert "zusammen 300.000,00 € De-minimis-Beihilfe, nicht förderfähige mitgerechnet." in entry["text"]


def test_undertakings_joined_by_a_third_file_are_one(said):
    linked = _firm("c", 10_000, name="Warft AG").replace(
        "  sitz", "  unternehmensverbund: [Deichkamp GmbH, Hallig KG]\n  sitz"
    )
    (entry,), _ = said(_firm("a", 10_000), _firm("b", 10_000, name="Hallig KG"), linked)
    assert entry["dateien"] == ["a.yaml", "b.yaml", "c.yaml"]
    assert "zusammen 30.000,00 €" in entry["text"]


def test_undertakings_whose_names_hardly_differ_may_be_one(said):
    (entry,), document = said(_firm("a", 200_000), _firm("b", 150_000, name="Deichkanp GmbH"))
    assert entry["dateien"] == ["a.yaml", "b.yaml"]
    assert entry["text"] == (
        "„Deichkamp GmbH“ und „Deichkanp GmbH“ unterscheiden sich kaum: sind sie ein Unternehmen, steht es in 2 Budgets (a.yaml und "
        "b.yaml): zusammen 350.000,00 € De-minimis-Beihilfe. Frei sind 300.000,00 €: 50.000,00 € passen nicht hinein."
    )
    found = [
        befund["status"]
        for budget in document["budgets"]
        for befund in budget["befunde"]
        if befund["regel"] == "dateien"
    ]
    assert found == ["hinweis", "hinweis"]


def test_equal_names_are_told_for_themselves_and_together_with_one_that_hardly_differs(said):
    together, _ = said(_firm("a", 100_000), _firm("b", 100_000), _firm("c", 50_000, name="Deichkanp GmbH"))
    assert [entry["dateien"] for entry in together] == [["a.yaml", "b.yaml"], ["a.yaml", "b.yaml", "c.yaml"]]
    assert "zusammen 250.000,00 €" in together[1]["text"]


def test_names_of_one_undertaking_that_hardly_differ_are_not_told_again(said):
    linked = _firm("a", 10_000).replace("  sitz", "  unternehmensverbund: [Deichkanp GmbH]\n  sitz")
    together, _ = said(linked, _firm("b", 10_000))
    assert [entry["text"].partition(" ")[0] for entry in together] == ["Deichkamp"]


def test_other_undertakings_and_one_file_alone_are_not_told(said):
    assert said(_firm("a", 10_000), _firm("b", 10_000, name="Hallig KG"))[0] == []
    assert said(_firm("a", 10_000))[0] == []


# The same person: 1,720 hours a year over all projects


@pytest.mark.parametrize(("stunden", "told"), [(719, False), (720, False), (721, True)])
def test_hours_of_a_person_are_added_over_projects(said, stunden, told):
    together, document = said(_person("a", 1000), _person("b", stunden, person="Dr. Anna Meier", name="Universität"))
    assert [entry["text"] for entry in together] == [
        "Anna Meier ist 2026 in 2 Budgets (a.yaml und b.yaml) mit zusammen 1.721 Stunden geplant, anerkannt werden höchstens 1.720 je "
        "Person und Jahr [Auslegung: auch über mehrere Vorhaben]."
    ] * told
    found = [befund for budget in document["budgets"] for befund in budget["befunde"] if befund["regel"] == "dateien"]
    assert [(befund["beleg"], befund["ort"]["zeile"]) for befund in found] == [("auslegung", 11)] * 2 * told


@pytest.mark.parametrize(("stunden", "told"), [(720, False), (721, True)])
def test_persons_whose_names_hardly_differ_may_be_one(said, stunden, told):
    together, document = said(_person("a", 1000), _person("b", stunden, person="Anna Mejer", name="Universität"))
    assert [entry["text"] for entry in together] == [
        "„Anna Meier“ und „Anna Mejer“ unterscheiden sich kaum: sind sie eine Person, ist sie 2026 in 2 Budgets (a.yaml und b.yaml) "
        "mit zusammen 1.721 Stunden geplant, anerkannt werden höchstens 1.720 je Person und Jahr [Auslegung: auch über mehrere "
        "Vorhaben]."
    ] * told
    assert [len(budget["befunde"]) for budget in document["budgets"] if budget["ergebnis"] == "fehler"] == []


def test_persons_who_hardly_differ_and_stand_in_one_budget_only_are_told_there(said):
    two = _person("a", 1000).replace(
        "}}]", "}}, {kostenart: personal, bezeichnung: X, person: Anna Mejer, stundensatz: 50, stunden: {2026: 800}}]"
    )
    assert said(two, _person("b", 10, person="Bea Lang"))[0] == []


def test_a_code_is_a_person_of_one_body_only(said):
    first = _person("a", 1000, person="P1")
    assert said(first, _person("b", 1000, person="P1", name="Universität"))[0] == []
    assert len(said(first, _person("b", 1000, person="P1"))[0]) == 1


def test_lines_without_a_person_are_not_compared(said):
    texts = [_person(titel, 1000).replace(" person: Anna Meier,", "") for titel in "ab"]
    assert said(*texts)[0] == []


# Copies


def test_copies_are_named_whatever_their_format(said, run):
    text = _person("a", 10)
    (entry,), _ = said(text, f"# eine Kopie\n{text}")
    assert entry["text"] == "a.yaml und b.yaml enthalten dasselbe Budget: ist eine Datei eine Kopie?"
    run("umwandeln", "a.yaml", "a.xlsx")
    document = json.loads(run("check", "a.yaml", "a.xlsx", "--format", "json").out)
    assert document["uebergreifend"] == [
        {
            "text": "a.yaml und a.xlsx enthalten dasselbe Budget: ist eine Datei eine Kopie?",
            "dateien": ["a.yaml", "a.xlsx"],
        }
    ]


def test_files_of_one_name_are_told_with_their_folders(run, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for folder in ("eins", "zwei"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "b.yaml").write_text(_person("a", 10), encoding="utf-8")
    assert "eins/b.yaml und zwei/b.yaml enthalten dasselbe Budget" in run("check", "eins", "zwei").out


# Every form


@pytest.mark.parametrize("form", [form for form in FORMATE if form != "kurz"])
@pytest.mark.parametrize("jobs", [1, 2])
def test_every_form_tells_it(said, run, form, jobs):
    (entry,), _ = said(_firm("a", 200_000), _firm("b", 200_000))
    out = run("check", "a.yaml", "b.yaml", "--stichtag", "2026-03-20", "--format", form, "--jobs", jobs).out
    words = re.sub(r"[\s\\\u200b]+", " ", out.replace("\n  ", " "))
    assert entry["text"] in words
    assert words.count("passen nicht hinein") == {"tabelle": 1, "junit": 4, "codeclimate": 2, "html": 5}.get(form, 3)


def test_the_table_tells_it_once_under_a_heading_of_its_own(said, run):
    said(_firm("a", 200_000), _firm("b", 200_000))
    out = run("check", "a.yaml", "b.yaml", "--stichtag", "2026-03-20").out
    assert "Über mehrere Dateien (1):\n  i Deichkamp GmbH steht in 2 Budgets" in out


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_the_overview_has_a_column_for_it(said, run, tmp_path, ending):
    said(_firm("a", 200_000), _firm("b", 200_000), _firm("c", 1, name="Hallig KG"))
    run("check", "a.yaml", "b.yaml", "c.yaml", "--output", f"u.{ending}")
    if ending == "csv":
        rows = list(csv.reader(io.StringIO((tmp_path / "u.csv").read_text("utf-8-sig")), delimiter=";"))
    else:
        rows = [[cell or "" for cell in row] for row in load_workbook(tmp_path / "u.xlsx").worksheets[0].values]
    assert [row[-1][:14] for row in rows] == ["über mehrere D", "Deichkamp GmbH", "Deichkamp GmbH", ""]


def test_stdin_is_compared_too(run, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.yaml").write_text(_firm("a", 200_000), encoding="utf-8")
    said = run("check", "a.yaml", "-", "--format", "json", stdin=_firm("b", 200_000).encode())
    document = json.loads(said.out)
    assert [entry["dateien"] for entry in document["uebergreifend"]] == [["a.yaml", "-"]]
    assert all(budget["befunde"][-1]["regel"] == "dateien" for budget in document["budgets"])


def test_the_verdict_does_not_hang_on_it(said, run):
    _, document = said(_firm("a", 200_000), _firm("b", 200_000))
    alone = [
        json.loads(run("check", name, "--stichtag", "2026-03-20", "--format", "json").out)
        for name in ("a.yaml", "b.yaml")
    ]
    assert [budget["ergebnis"] for budget in document["budgets"]] == [one["ergebnis"] for one in alone]


def test_a_file_that_cannot_be_read_hides_nothing(check, tmp_path):
    (tmp_path / "a.yaml").write_text("{", encoding="utf-8")
    for name in ("b.yaml", "c.yaml"):
        (tmp_path / name).write_bytes(JA.read_bytes())
    out = check(tmp_path).out
    assert "b.yaml und c.yaml enthalten dasselbe Budget" in out
