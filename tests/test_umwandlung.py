"""From YAML to a spreadsheet and back: nothing is lost, and the result stays the same to the cent."""

from datetime import date
from pathlib import Path

import pytest
import yaml
from demo import BUDGETS as DREAMS
from demo import FASSUNG, JA, PROGRAMM
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import RAHMEN, budgets, dump

from foerdercheck.assessment.budget import Assessment, check_budget, check_document
from foerdercheck.assessment.historie import check_history
from foerdercheck.model.befund import Befund
from foerdercheck.programmes.vokabular import vokabular
from foerdercheck.reading.files import origin, read_text
from foerdercheck.reading.workbook import read_workbook
from foerdercheck.reports.result_json import budget_json
from foerdercheck.writing.content import budget_content, budget_tree
from foerdercheck.writing.conversion import budget_as_workbook, converted
from foerdercheck.writing.yaml_text import yaml_text

BUDGETS = Path(__file__).parent.parent / "budgets"
TAG = date(2026, 11, 21)
NAMED = [file for file in sorted(BUDGETS.glob("*.yaml")) if "foerderprogramm:" in file.read_text(encoding="utf-8")]
VALID = [file for file in NAMED if not check_budget(file).fehler]
HISTORIES = sorted(file for file in BUDGETS.iterdir() if file.name.startswith("histor"))


def said(assessment: Assessment) -> object:
    """Everything a result says, without the places and the names of fields, which differ between formats."""

    def bare(value: object) -> object:
        if isinstance(value, dict):
            return {key: bare(part) for key, part in value.items() if key not in {"ort", "datei"}}
        return [bare(part) for part in value] if isinstance(value, list) else value

    def entry(found: dict[str, object], befund: Befund) -> dict[str, object]:
        return {**found, "text": befund.markiert or befund.text, "angenommen": befund.angenommen is not None}

    result = budget_json(assessment, herleitung=False)
    said_of = [*map(entry, result.get("befunde", []), assessment.befunde)]
    return bare({**result, "befunde": said_of})


@settings(max_examples=60)
@given(st.sampled_from(sorted(RAHMEN)).flatmap(budgets))
def test_a_budget_gives_the_same_result_in_every_format(tree):
    document = read_text(dump(tree).encode(), "b.yaml")
    before = check_document(document, Path(), stichtag=TAG)
    sheet = read_workbook(budget_as_workbook(document), "b.xlsx", "b.xlsx", vokabular())
    assert sheet.problems == ()
    assert sheet.hinweise == ()
    assert said(check_document(sheet, Path(), stichtag=TAG)) == said(before)
    again = yaml_text(budget_tree(budget_content(sheet.tree)))
    assert said(check_budget(again.encode(), stichtag=TAG)) == said(before)
    assert budget_content(read_text(again.encode(), "c.yaml").tree) == budget_content(document.tree)


@pytest.mark.parametrize("file", VALID, ids=lambda file: file.stem)
def test_examples_survive_the_way_there_and_back(file, tmp_path):
    for history in BUDGETS.glob("histor*"):
        (tmp_path / history.name).write_bytes(history.read_bytes())
    before = check_budget(file, stichtag=TAG)
    sheet, text = tmp_path / "b.xlsx", tmp_path / "b.yaml"
    sheet.write_bytes(converted(origin(file), ".xlsx"))
    assert said(check_budget(sheet, stichtag=TAG)) == said(before)
    text.write_bytes(converted(origin(sheet), ".yaml"))
    assert said(check_budget(text, stichtag=TAG)) == said(before)


@pytest.mark.parametrize("file", HISTORIES, ids=lambda file: file.name)
def test_histories_survive_the_way_there_and_back(file, tmp_path):
    before = check_history(file, stichtag=TAG)
    sheet, text = tmp_path / "h.xlsx", tmp_path / "h.yaml"
    sheet.write_bytes(converted(origin(file), ".xlsx"))
    text.write_bytes(converted(origin(sheet), ".yaml"))
    for other in (check_history(sheet, stichtag=TAG), check_history(text, stichtag=TAG)):
        assert [_numbers(konto) for konto in other.konten] == [_numbers(konto) for konto in before.konten]


def _numbers(konto):
    return (
        konto.unternehmen,
        konto.mitgliedstaat,
        konto.im_fenster,
        konto.frei,
        konto.ergebnis,
        [b[:8] for b in konto.beihilfen],
    )


TRICKY = """
foerderprogramm: traumland
vorhaben: {titel: "+1+1", antragsdatum: 2026-01-15, beginn: 2026-04-01, ende: 2027-03-31}
antragsteller:
  name: "Müller, Meier; Söhne: GmbH # 1"
  art: unternehmen
  nace: "62.10"
  unternehmensverbund: ["A, B GmbH", "C; D KG", "ja"]
  kosten:
    - {kostenart: personal, bezeichnung: "- x", stundensatz: "0,10", stunden: "290,1250", beschaeftigungsumfang: "62,1250 %"}
    - {kostenart: material, bezeichnung: "'quote\\" \\\\", netto: "0,00", auftrag: {nr: "007", begruendung: "@SUM(A1)"}}
  deminimis: []
"""


def test_what_a_spreadsheet_or_yaml_could_take_for_something_else():
    document = read_text(TRICKY.encode(), "b.yaml")
    sheet = read_workbook(budget_as_workbook(document), "b.xlsx", "b.xlsx", vokabular())
    assert budget_content(sheet.tree) == budget_content(document.tree)
    again = read_text(yaml_text(budget_tree(budget_content(sheet.tree))).encode(), "c.yaml")
    assert budget_content(again.tree) == budget_content(document.tree)


def test_an_incomplete_budget_is_converted_as_far_as_it_goes():
    document = read_text(b"foerderprogramm: traumland\nvorhaben: {titel: Halb}\n", "b.yaml")
    sheet = read_workbook(budget_as_workbook(document), "b.xlsx", "b.xlsx", vokabular())
    assert check_document(sheet, Path(), stichtag=TAG, fassung=FASSUNG).ergebnis == "offen"
    assert budget_content(sheet.tree) == budget_content(document.tree)


LOSING = {
    "antragsteller fehlt": "partner: [{name: B, art: kommune}]",
    "name fehlt": "antragsteller: {art: kommune}\npartner: [{name: B, art: kommune}]",
}


@pytest.mark.parametrize("lacking", LOSING)
def test_what_would_belong_to_somebody_else_in_a_spreadsheet_is_not_written(run, check, tmp_path, lacking):
    """In a spreadsheet the first Beteiligter is the applicant, and lines belong to names."""
    file = tmp_path / "b.yaml"
    file.write_text(f"foerderprogramm: traumland\n{LOSING[lacking]}\n", encoding="utf-8")
    assert check(file).code == 3
    converting = run("umwandeln", file, tmp_path / "b.xlsx")
    with_results = check(file, "--output", tmp_path / "e.xlsx")
    assert (converting.code, with_results.code) == (2, 2)
    assert lacking in converting.out
    assert lacking in with_results.err
    assert "Programmfehler" not in with_results.err
    assert {path.name for path in tmp_path.iterdir()} == {"b.yaml"}


def test_what_cannot_be_read_is_not_converted(run, tmp_path):
    result = run("umwandeln", DREAMS / "zahlenfallen.yaml", tmp_path / "b.xlsx")
    assert result.code == 2
    assert "48.000" in result.out
    assert not (tmp_path / "b.xlsx").exists()


@pytest.mark.parametrize("ziel", ["b.pdf", "b", "b.ods", "b.csv"])
def test_formats_that_are_not_written_are_refused(run, tmp_path, ziel):
    assert run("umwandeln", VALID[0], tmp_path / ziel).code == 2
    assert run("vorlage", tmp_path / ziel, "--programm", PROGRAMM).code == 2


NAMING = """
foerderprogramm: traumland
vorhaben: {antragsdatum: 2026-01-15, beginn: 2026-04-01, ende: 2027-03-31}
antragsteller: {name: A, art: unternehmen, deminimis: Keine}
partner:
  - {name: B, art: unternehmen, deminimis: []}
  - {name: C, art: unternehmen, deminimis: h.csv}
"""


@pytest.mark.parametrize("source", ["b.yaml", "b.xlsx"])
def test_a_budget_that_names_a_file_stays_in_its_folder(run, tmp_path, source):
    """In another folder `h.csv` would be another file."""
    other = tmp_path / "anderswo"
    other.mkdir()
    file = tmp_path / source
    (tmp_path / "b.yaml").write_text(NAMING, encoding="utf-8")
    file.write_bytes(converted(origin(tmp_path / "b.yaml"), file.suffix))
    said = run("umwandeln", file, other / "c.yaml")
    assert said.code == 2
    assert "„h.csv“" in said.out
    assert "Wandeln Sie im Ordner des Budgets um" in said.out
    assert "1 Fehler" in said.out
    assert list(other.iterdir()) == []
    assert run("umwandeln", file, other / ".." / "c.yaml").code == 0
    (tmp_path / "d.yaml").write_text(NAMING.replace("h.csv", "keine"), encoding="utf-8")
    assert run("umwandeln", tmp_path / "d.yaml", other / "d.xlsx").code == 0


def test_accepted_exceptions_go_both_ways(tmp_path, run, check):
    budget = JA.read_text(encoding="utf-8")
    stated = "ausnahmen:\n- regel: 7-folgen\n  grund: Betrieb läuft aus\n  wer: WTSH\n  bis: 2027-01-01\n"
    (tmp_path / "a.yaml").write_text(budget + stated, encoding="utf-8")
    assert run("umwandeln", tmp_path / "a.yaml", tmp_path / "a.xlsx").code == 0
    assert "(Ausnahmen!A" in check(tmp_path / "a.xlsx").out
    assert run("umwandeln", tmp_path / "a.xlsx", tmp_path / "b.yaml").code == 0
    assert (
        yaml.safe_load((tmp_path / "b.yaml").read_text(encoding="utf-8"))["ausnahmen"]
        == yaml.safe_load(stated)["ausnahmen"]
    )
