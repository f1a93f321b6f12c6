"""Budgets read by a mapping: sheets as lists, columns as rows, thousands; what is not mapped is open."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from foreign_tables import made_foreign
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from strategies import RAHMEN, budgets, dump

from foerdercheck.assessment.budget import check_budget, check_document, check_origin
from foerdercheck.assessment.zuordnung import read_zuordnung
from foerdercheck.programmes.vokabular import vokabular
from foerdercheck.reading.files import File, origin, read_file, read_text
from foerdercheck.writing.content import budget_content
from foerdercheck.writing.conversion import budget_as_workbook

TAG = date(2026, 3, 1)
MAPPING = """
vorhaben:
  blatt: Deckblatt
  fest: {foerderprogramm: sh-ki, antragsdatum: 2026-01-15, beginn: 2026-04-01, ende: 2027-09-30}
  zellen: {titel: B1}
beteiligte:
  - fest: {name: TH Beispiel, art: hochschule, sitz: SH}
  - fest: {name: Beispiel GmbH, art: unternehmen, sitz: SH}
kosten:
  blatt: Plan
  felder: {kostenart: Art, bezeichnung: Wofür}
  woerter:
    kostenart: {Sachmittel: material, Aufträge: fremdleistung}
  zeilen_aus_spalten:
    feld: netto
    spalten:
      TH (T€): {beteiligter: TH Beispiel}
      GmbH (T€): {beteiligter: Beispiel GmbH}
  faktor: {netto: 1000}
  auslassen:
    - {spalte: Art, leer: ja}
    - {spalte: Art, beginnt: Summe}
  summe: {netto: 39.750,00}
"""
PLAN: tuple[tuple[Any, ...], ...] = (
    ("Kostenplan in T€",),
    (),
    ("Art", "Wofür", "TH (T€)", "GmbH (T€)"),
    ("Sachmittel", "Server", 20, None),
    ("Aufträge", "Prototyp", 12.5, 7.25),
    (None, "Zwischentitel"),
    ("Summe", None, 32.5, 7.25),
)


def plan(folder: Path, *rows: tuple[Any, ...], **sheets: list[tuple[Any, ...]]) -> Path:
    """Write a cost plan as others have it."""
    workbook = Workbook()
    workbook.active.title = "Deckblatt"
    workbook.active["B1"] = "Beratung"
    for name, lines in {"Plan": rows or PLAN, **sheets}.items():
        sheet = workbook.create_sheet(name)
        for line in lines:
            sheet.append(line)
    workbook.save(folder / "plan.xlsx")
    return folder / "plan.xlsx"


def stated(folder: Path, text: str = MAPPING) -> Path:
    (folder / "zuordnung.yaml").write_text(text, encoding="utf-8")
    return folder / "zuordnung.yaml"


def checked(table: Path, by: Path):
    return check_origin(origin(table)._replace(zuordnung=read_zuordnung(by)), stichtag=TAG)


def test_the_library_takes_a_mapping_as_the_commands_do(tmp_path):
    table, by = plan(tmp_path), read_zuordnung(stated(tmp_path))
    found = check_budget(table, stichtag=TAG, zuordnung=by)
    assert found.befunde == checked(table, tmp_path / "zuordnung.yaml").befunde
    assert check_budget(table.read_bytes(), name="plan.xlsx", stichtag=TAG, zuordnung=by).befunde == found.befunde
    assert "Vorhaben, Beteiligte und Kosten" in check_budget(table).fehler[0].text


def test_two_budgets_are_compared_by_one_mapping_or_by_one_each(run, tmp_path):
    table, by = plan(tmp_path), stated(tmp_path)
    own, other = tmp_path / "eigen.yaml", tmp_path / "zuordnung-neu.yaml"
    other.write_text(by.read_text("utf-8").replace("sitz: SH", "sitz: HH", 1), encoding="utf-8")
    assert run("umwandeln", table, own, "--spalten", by).code == 0
    assert run("vergleichen", own, table, "--spalten", by).code == 0
    assert run("vergleichen", table, table, "--spalten", by).code == 0
    said = run("vergleichen", table, table, "--spalten", by, "--spalten", other)
    assert said.code == 1
    assert "HH" in said.out
    for call, text in (
        ((own, own, "--spalten", by), "liest Tabellen, hier ist keine"),
        ((table, table, *("--spalten", by) * 3), "höchstens zweimal"),
    ):
        said = run("vergleichen", *call)
        assert (said.code, text in said.err) == (2, True)


@settings(max_examples=25)
@given(st.sampled_from(sorted(RAHMEN)).flatmap(budgets), st.integers(0, 99), st.sampled_from((1, 1000)))
def test_a_budget_made_foreign_is_the_same_budget(tmp_path_factory, tree, seed, faktor):
    before = read_text(dump(tree).encode(), "b.yaml")
    data, by = made_foreign(budget_as_workbook(before), tmp_path_factory.getbasetemp(), seed, faktor)
    document = read_file(File("t.xlsx", data, by), vokabular())
    assert document.problems == ()
    assert budget_content(document.tree) == budget_content(before.tree)
    one, other = (check_document(found, Path(), stichtag=TAG) for found in (before, document))
    assert [(b.regel, b.status) for b in one.befunde] == [(b.regel, b.status) for b in other.befunde]
    assert (one.ergebnis, one.summen) == (other.ergebnis, other.summen)


def test_a_cost_plan_with_a_column_for_each_partner(tmp_path):
    found = checked(plan(tmp_path), stated(tmp_path))
    assert (found.ergebnis, found.fehler) == ("offen", ())
    lines = [(body.name, line.kostenart, line.netto) for _, body in found.budget.beteiligte() for line in body.kosten]
    assert lines == [
        ("TH Beispiel", "material", 20000),
        ("TH Beispiel", "fremdleistung", 12500),
        ("Beispiel GmbH", "fremdleistung", 7250),
    ]
    assert str(found.source.locate(("partner", 0, "kosten", 0, "netto"))) == "Plan!D5"
    assert str(found.source.locate(("vorhaben", "titel"))) == "Deckblatt!B1"
    assert "sh-ki/4.2-folgekosten" in {befund.regel for befund in found.befunde if befund.status == "offen"}


def test_hours_of_years_and_a_sheet_for_each_partner(tmp_path):
    head = ("Rolle", "Satz", "2026", "2027")
    hours = {name: [head, ("Leitung", 50, 100, 20)] for name in ("Nord", "Ost")}
    tree = yaml.safe_load(MAPPING)
    tree["kosten"] = [
        {
            "blatt": name,
            "felder": {"bezeichnung": "Rolle", "stundensatz": "Satz", "stunden_2026": "2026", "stunden_2027": "2027"},
            "fest": {"beteiligter": owner, "kostenart": "personal"},
            "summe": {"stundensatz": "50,00"},
        }
        for name, owner in (("Nord", "TH Beispiel"), ("Ost", "Beispiel GmbH"))
    ]
    found = checked(plan(tmp_path, **hours), stated(tmp_path, yaml.safe_dump(tree, allow_unicode=True)))
    assert found.fehler == ()
    assert [dict(body.kosten[0].stunden) for _, body in found.budget.beteiligte()] == [{2026: 100, 2027: 20}] * 2
    assert str(found.source.locate(("partner", 0, "kosten", 0, "stunden", "2027"))) == "Ost!D2"


@pytest.mark.parametrize(
    ("change", "place", "said"),
    [
        (("39.750,00", "39.750,01"), "zuordnung.yaml", "Netto gelesen 39.750,00 €, angegeben 39.750,01 €"),
        (("  faktor: {netto: 1000}\n", ""), "Plan!A1", "Hier steht „T€“ über den Beträgen"),
        (("  faktor: {netto: 1000}\n", "  kopfzeile: 3\n"), "Plan!A1", "geben Sie faktor an"),
        (("netto: 1000", "netto: 100"), "Plan!C3", "die Einheit „t€“ passt nicht zu Netto; mit faktor: {netto: 1000}"),
        (("Sachmittel: material", "Sachkosten: material"), "Plan!A4", "„Sachmittel“ steht nicht unter woerter"),
        (("{beteiligter: TH Beispiel}", "{beteiligter: TH}"), "zuordnung.yaml", "„TH“ steht nicht unter beteiligte der Zuordnung"),
        (("    - {spalte: Art, leer: ja}\n", ""), "Plan!A6", "ist keine der Spalten „TH (T€)“ und „GmbH (T€)“ ausgefüllt"),
        (("    - {spalte: Art, beginnt: Summe}\n", ""), "Plan!A7", "sieht aus wie eine Summe"),
        (("blatt: Plan", "blatt: Pläne"), "Pläne", "kosten: das Blatt „Pläne“ gibt es nicht"),
        (("art: unternehmen", "art: GmbH"), "", "meinten Sie „unternehmen“?"),
    ],
)  # fmt: skip
def test_what_cannot_be_meant_is_an_error_at_its_place(tmp_path, run, change, place, said):
    table, by = plan(tmp_path), stated(tmp_path, MAPPING.replace(*change))
    call = run("check", table, "--spalten", by)
    assert call.code == 2
    line = next(line for line in (call.out + call.err).splitlines() if said in line)
    assert place in line


def test_folders_several_files_and_processes(run, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    by = stated(tmp_path)
    plan(tmp_path).rename("a.xlsx")
    plan(tmp_path).rename("b.xlsx")
    said = run("check", ".", "--spalten", by, "--quiet", "--jobs", "2", "--stichtag", "2026-03-01")
    assert said.out == "„a.xlsx“: offen, Zuwendung 37.093,75 €\n„b.xlsx“: offen, Zuwendung 37.093,75 €\n"
    assert said.code == 3
    run("umwandeln", "a.xlsx", "c.yaml", "--spalten", by)
    mixed = run("check", ".", "--spalten", by, "--quiet", "--stichtag", "2026-03-01")
    assert mixed.code == 2
    assert "c.yaml“: Fehler: Dieses Format wird nicht gelesen; möglich sind .csv, .ods, .xlsm, .xlsx" in mixed.out
    assert "37.093,75 €" in run("check", "c.yaml", "--stichtag", "2026-03-01").out
    assert "37.093,75 €" in run("check", "a.xlsx", "--spalten", by, "--alle", "--stichtag", "2026-03-01").out


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (("check", "-"), "--spalten: liest Tabellen, nicht die Standardeingabe"),
        (
            ("check", "plan.xlsx", "--output", "e.xlsx"),
            "--spalten: geht nicht zusammen mit einer Ergebnis-Tabelle (.xlsx)",
        ),
        (("check", "plan.xlsx", "--vorschlag", "1", "--output", "n.xlsx"), "--spalten: geht nicht zusammen mit"),
        (("deminimis", "plan.xlsx"), "Die Zuordnung zuordnung.yaml ist für ein Budget, nicht für eine Historie."),
    ],
)
def test_what_does_not_go_together_is_told(run, tmp_path, monkeypatch, call, said):
    monkeypatch.chdir(tmp_path)
    plan(tmp_path)
    stated(tmp_path)
    found = run(*call, "--spalten", "zuordnung.yaml")
    assert found.code == 2
    assert said in found.out + found.err


def test_a_budget_in_a_csv_file(run, tmp_path):
    (tmp_path / "plan.csv").write_text("Art;Wofür;Betrag\nSachmittel;Server;1.000\n", encoding="utf-8")
    text = """
zahlform: komma
vorhaben: {fest: {foerderprogramm: sh-ki, antragsdatum: 2026-01-15, beginn: 2026-04-01, ende: 2027-09-30}}
beteiligte: {fest: {name: TH Beispiel, art: hochschule, sitz: SH}}
kosten:
  felder: {bezeichnung: Wofür, netto: Betrag}
  fest: {kostenart: material}
"""
    found = checked(tmp_path / "plan.csv", stated(tmp_path, text))
    assert (found.budget.antragsteller.kosten[0].netto, found.fehler) == (1000, ())
    assert (
        run("umwandeln", tmp_path / "plan.csv", tmp_path / "b.xlsx", "--spalten", tmp_path / "zuordnung.yaml").code == 0
    )
