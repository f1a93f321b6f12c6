"""Mistakes people make, in YAML and in a workbook: what the message names, and what it does not say (tests/fehler/)."""

import re
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
import yaml
from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment

from foerdercheck.assessment.budget import Assessment, check_budget
from foerdercheck.model.budget import ALLE_KOSTENARTEN, ARTEN
from foerdercheck.model.scalars import fold, proposals
from foerdercheck.model.synonyme import ART, KOSTENART
from foerdercheck.programmes import programme_named
from foerdercheck.reading.files import read_text
from foerdercheck.writing.conversion import budget_as_workbook
from foerdercheck.writing.workbook import saved

BUDGET = """\
foerderprogramm: sh-ki
vorhaben:
  titel: Auskunft im Studienbüro
  ziele: [wissen, hochschulen]
  antragsdatum: 15.01.2026
  beginn: 01.04.2026
  ende: 30.09.2027
  bewilligung: 20.03.2026
  bundesland: SH
  gesamtfinanzierung_gesichert: ja
  folgekosten_gesichert: ja
  andere_foerdermittel_geprueft: ja

antragsteller:
  name: Hochschule Wattenfleth
  art: hochschule
  sitz: SH
  gemeinkosten: auto
  kosten:
    - {kostenart: personal, bezeichnung: Entwicklung, stundensatz: "46,80", stunden: {2026: 1290, 2027: 1290}, nachweis: fester_anteil}
    # Sachkosten
    - {kostenart: material, bezeichnung: Annotierte Daten, netto: "8.400,00", ust: 0 %}
  finanzierung: {eigenmittel: 44.098,75}
"""
NIE = re.compile(r"\b(?:Traceback|None|Decimal|datetime|nan|expected|invalid|Error|True|False|days)\b|[0-9]\.0\b")
FOLDER = Path(__file__).parent / "fehler"


def cases(name: str) -> list[Any]:
    found = yaml.safe_load((FOLDER / name).read_text(encoding="utf-8"))
    return [pytest.param(case, id=case["fall"]) for case in found]


def workbook() -> bytes:
    return budget_as_workbook(read_text(BUDGET.encode(), "budget.yaml"))


def ensure_said(result: Assessment, case: dict[str, Any]) -> None:
    said = "\n".join(f"{fehler.text} ({fehler.ort})" for fehler in result.fehler)
    assert (result.exit_code, len(result.fehler)) == (2, case.get("fehler", 1)), said
    assert case["stelle"] in said
    assert [word for word in case["sagt"] if word not in said] == [], said
    assert [word for word in case.get("nicht", ()) if word in said] == [], said
    assert NIE.findall(said) == []


def test_the_budget_without_mistakes_is_read_in_both_formats():
    assert check_budget(BUDGET.encode()).fehler == ()
    assert check_budget(workbook(), name="budget.xlsx").fehler == ()


@pytest.mark.parametrize("case", cases("yaml.yaml"))
def test_mistakes_in_yaml(case):
    text = case.get("ganz") or BUDGET.replace(case["alt"], case["neu"], 1)
    assert text != BUDGET
    ensure_said(check_budget(text.encode()), case)


def with_mistake(case: dict[str, Any]) -> bytes:
    """Return the workbook without mistakes with one of these."""
    book = load_workbook(BytesIO(workbook()))
    for place, value in case["zellen"].items():
        sheet, cell = place.split("!")
        book[sheet][cell] = value
        if "format" in case:
            book[sheet][cell].number_format = case["format"]
    return saved(book)


@pytest.mark.parametrize("case", cases("mappe.yaml"))
def test_mistakes_in_a_workbook(case):
    ensure_said(check_budget(with_mistake(case), name="budget.xlsx"), case)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("bundesland: SH", "bundesland: Schleswig-Holstein"),
        ("sitz: SH", "sitz: schleswig holstein"),
        ("foerderprogramm: sh-ki", "foerderprogramm: KI-Förderrichtlinie Schleswig-Holstein"),
    ],
)
def test_names_of_laender_and_titles_of_programmes_are_understood(old, new):
    result = check_budget(BUDGET.replace(old, new, 1).encode())
    assert result.fehler == ()
    assert result.fassung.programm == "sh-ki"
    assert result.ergebnis == check_budget(BUDGET.encode()).ergebnis


def test_a_title_that_two_programmes_begin_with_names_none_and_a_comma_ends_it():
    said = check_budget(BUDGET.replace("sh-ki", "Zukunftsregionen in Niedersachsen", 1).encode()).fehler[0].text
    assert "kein bekanntes Förderprogramm – meinten Sie „zr-ni“ oder „zr-ni-rm“?" in said
    for part, meant in (
        ("Regionalmanagement", "„zr-ni-rm“?"),
        ("Smart Cities 3. Staffel", "„mpsc“?"),
        ("Zukunft", "oder „zr-ni-rm“?"),
    ):
        said = check_budget(BUDGET.replace("sh-ki", part, 1).encode()).fehler[0].text
        assert f"{meant} Bekannt sind: mpsc" in said
    for part in ("in", "Regionalmanagement Hessen", "KI"):
        assert "meinten" not in check_budget(BUDGET.replace("sh-ki", part, 1).encode()).fehler[0].text
    assert programme_named("Modellprojekte Smart Cities") == "mpsc"
    assert programme_named("zukunftsregionen in niedersachsen - projekte") == "zr-ni"


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("antrag.docx", b"PK", "Ein Textdokument ist kein Budget: übertragen Sie die Angaben in eine Vorlage"),
        ("antrag.pdf", b"%PDF-1.7", "Aus einem PDF liest niemand sicher Zahlen"),
        ("kosten.numbers", b"PK", "Exportieren Sie die Tabelle in Numbers als Excel (.xlsx)."),
        ("kosten.csv", b"a;b", "speichern Sie die Arbeitsmappe als .xlsx."),
        ("kosten.xyz", b"", "dieses Format wird nicht gelesen; möglich sind"),
        ("-", b"PK\3\4", "nennen Sie ihren Namen statt -."),
        ("budget.yaml", b"PK\3\4", "geben Sie ihr die Endung .xlsx."),
        ("budget.yaml", b"%PDF-1.7", "sondern ein PDF"),
    ],
)
def test_files_of_other_formats_get_one_sentence_that_says_what_to_do(name, data, said):
    ((text, _, _),) = check_budget(data, name=name).fehler
    assert said in text


def test_a_foreign_workbook_is_told_what_is_needed_and_what_there_is():
    book = Workbook()
    book.active.title = "Tabelle1"
    ((text, _, _),) = check_budget(saved(book), name="fremd.xlsx").fehler
    assert "Nötig sind die Blätter Vorhaben, Beteiligte und Kosten; vorhanden: „Tabelle1“." in text
    assert "Finanzierung" not in text


def test_personnel_has_its_amount_from_hours_whatever_a_column_of_amounts_says():
    book = load_workbook(BytesIO(workbook()))
    book["Kosten"]["K5"], book["Kosten"]["K6"] = "Gesamtkosten", 120744
    assert [fehler.text for fehler in check_budget(saved(book), name="b.xlsx").fehler] == [
        "Die Spalte „Gesamtkosten“ wird nicht gelesen: nennen Sie sie Netto oder Brutto"
    ]


def test_columns_nobody_reads_stand_apart_from_errors(run, tmp_path):
    book = load_workbook(BytesIO(workbook()))
    book["Kosten"]["K7"], book["Kosten"]["Z5"], book["Kosten"]["Z7"] = "viel", "Quelle", "x"
    book.save(tmp_path / "b.xlsx")
    said = run("check", tmp_path / "b.xlsx")
    assert said.code == 2
    assert "1 Fehler, nicht geprüft" in said.out
    assert said.out.index("ist kein Betrag") < said.out.index("Hinweise") < said.out.index("„Quelle“")


@pytest.mark.parametrize(
    "label",
    [
        "Ergebnis",
        "Insgesamt",
        "Total",
        "Σ",
        "Teilergebnis",
        "Zw.-Summe",
        "Zw.-Summe Material",
        "Endsumme",
        "Zws.",
        "Teilsumme",
    ],
)
def test_rows_of_totals_are_no_lines(label):
    book = load_workbook(BytesIO(workbook()))
    book["Kosten"]["A8"], book["Kosten"]["K8"] = label, 8400
    assert check_budget(saved(book), name="b.xlsx").summen == check_budget(workbook(), name="b.xlsx").summen


@pytest.mark.parametrize(
    "headings",
    [("Std. 2026", "Stunden in 2027"), ("Arbeitsstunden 2026", "Stunden im Jahr 2027"), ("h 2026", "Stunden/2027")],
)
def test_hours_of_a_year_are_read_below_every_heading_that_says_so(headings):
    book = load_workbook(BytesIO(workbook()))
    book["Kosten"]["G5"], book["Kosten"]["H5"] = headings
    assert check_budget(saved(book), name="b.xlsx").summen == check_budget(workbook(), name="b.xlsx").summen


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("Sammlung", []),
        ("hochschule", ["hochschule"]),
        ("GmbH oder Verein", []),
        ("x" * 61, []),
        ("Land", ["landesbehoerde"]),
    ],
)
def test_only_what_is_sure_is_proposed_for_a_kind(word, meant):
    assert list(proposals(word, ARTEN, ART)) == meant


def test_every_synonym_is_of_one_of_our_words_and_none_of_two_kinds():
    for words, synonyms in ((ARTEN, ART), (ALLE_KOSTENARTEN, KOSTENART)):
        assert set(synonyms) <= set(words)
        others = [fold(other) for found in synonyms.values() for other in found]
        assert len(others) == len(set(others))
        assert not set(others) & set(words)


def test_a_workbook_that_cannot_be_checked_comes_back_with_its_faulty_cells_marked(run, tmp_path):
    book = load_workbook(BytesIO(workbook()))
    book["Beteiligte"]["B6"] = "Stadt"
    book["Kosten"].merge_cells("A7:A8")
    book["Kosten"]["C8"], book["Kosten"]["A7"] = "Noch eine Zeile", "Niemand"
    book.save(tmp_path / "b.xlsx")
    said = run("check", tmp_path / "b.xlsx", "--output", tmp_path / "geprueft.xlsx")
    assert said.code == 2
    marked = load_workbook(tmp_path / "geprueft.xlsx")
    kosten = marked["Kosten"]
    assert "„Niemand“ steht nicht auf dem Blatt Beteiligte" in kosten["A7"].comment.text
    assert [kosten[place].fill.fgColor.rgb == "00F9D6D9" for place in ("A7", "C7")] == [True, False]
    assert "meinten Sie „kommune“?" in marked["Beteiligte"]["B6"].comment.text
    assert marked["Beteiligte"]["B6"].value == "Stadt"
    assert "geprueft.xlsx mit Notizen an" in said.err


def test_a_note_of_the_applicant_stays_below_what_is_wrong(tmp_path, run):
    book = load_workbook(BytesIO(workbook()))
    book["Kosten"]["K7"] = "viel"
    book["Kosten"]["K7"].comment = Comment("Rechnung liegt bei", "Jemand")
    book.save(tmp_path / "b.xlsx")
    run("check", tmp_path / "b.xlsx", "--output", tmp_path / "geprueft.xlsx")
    text = load_workbook(tmp_path / "geprueft.xlsx")["Kosten"]["K7"].comment.text
    assert text.startswith("Netto: „viel“ ist kein Betrag")
    assert text.endswith("Rechnung liegt bei")


@pytest.mark.parametrize(
    ("sheet", "other"), [("Vorhaben", "Projekt"), ("Beteiligte", "Partner"), ("Kosten", "Kostenplan")]
)
def test_what_stands_on_a_missing_sheet_is_not_missed_as_well(sheet, other):
    book = load_workbook(BytesIO(workbook()))
    book[sheet].title = other
    ((text, ort, _),) = check_budget(saved(book), name="b.xlsx").fehler
    assert (text, str(ort)) == (f"Das Blatt {sheet} fehlt; ist es „{other}“? Dann nennen Sie es so", sheet)


def test_a_workbook_with_nothing_but_costs_lacks_two_sheets_and_reads_no_key():
    book = load_workbook(BytesIO(workbook()))
    for sheet in ("Vorhaben", "Beteiligte"):
        del book[sheet]
    found = check_budget(saved(book), name="b.xlsx").fehler
    assert [fehler.text for fehler in found] == ["Das Blatt Vorhaben fehlt", "Das Blatt Beteiligte fehlt"]


def test_lines_of_somebody_whose_name_is_missing_are_not_told_as_strangers():
    book = load_workbook(BytesIO(workbook()))
    book["Beteiligte"]["A6"] = None
    found = check_budget(saved(book), name="b.xlsx")
    assert (found.fehler, [fehler.text for fehler in found.fehlend]) == ((), ["Name fehlt"])


@pytest.mark.parametrize(("label", "meant"), [("Projektstart", "Beginn"), ("Antrag vom", "Antragsdatum")])
def test_a_label_that_is_another_word_is_answered_with_ours(label, meant):
    book = load_workbook(BytesIO(workbook()))
    book["Vorhaben"]["A17" if meant == "Beginn" else "A8"] = label
    said = [befund.text for befund in check_budget(saved(book), name="b.xlsx").befunde if befund.regel == "datei"]
    assert said == [f"„{label}“ ist nicht bekannt und wird nicht gelesen – meinten Sie „{meant}“?"]
