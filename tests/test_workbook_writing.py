"""Workbooks with content: nothing is lost, text never becomes a formula, what has no place is refused."""

import dataclasses
from datetime import date
from decimal import Decimal
from io import BytesIO
from zipfile import ZipFile

import pytest
from demo import FASSUNG
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from vorlagenmappen import KOPF, OHNE_ANGABEN, columns, labels

from foerdercheck.model.angaben import AUSNAHMEN, BUDGETBLAETTER
from foerdercheck.model.beihilfeangaben import BEISPIEL
from foerdercheck.model.location import InputError
from foerdercheck.programmes import neueste_fassung
from foerdercheck.programmes.vokabular import vokabular
from foerdercheck.reading.files import HISTORY_SUFFIXES, load
from foerdercheck.reading.histories import read_history
from foerdercheck.reading.lists import items as read_items
from foerdercheck.reading.workbook import read_workbook
from foerdercheck.writing import sheets as blaetter
from foerdercheck.writing.cells import joined
from foerdercheck.writing.workbook import budget_mappe, budget_vorlage, historie_mappe, saved

INHALT = {
    "Vorhaben": [
        {
            "foerderprogramm": "traumland", "titel": "=1+1", "ziele": ("fliegen", "schlafen"), "beginn": date(2026, 4, 1),
            "folgekosten_gesichert": True, "landkreise": ("Kreis, der",),
        }
    ],
    "Beteiligte": [
        {"name": "@A GmbH", "art": "unternehmen", "nace": "62.01", "beantragt": Decimal("90000.50"), "wirtschaftlich_taetig": False,
         "unternehmensverbund": ("B; C", "D")},
        {"name": "B eG", "art": "gemeinnuetzig", "haushaltsnotlage": True},
    ],
    "Kosten": [
        {"beteiligter": "@A GmbH", "kostenart": "personal", "bezeichnung": "-x", "stundensatz": Decimal("52.40"),
         "stunden_2027": Decimal("1.5"), "stunden_2026": Decimal(7), "beschaeftigungsumfang": Decimal("0.125")},
        {"beteiligter": "B eG", "kostenart": "personal", "bezeichnung": "y", "stufe": "5", "von": date(2026, 4, 1),
         "anteil": Decimal("0.25"), "angebote": 3, "auftrag": "1"},
    ],
    "Finanzierung": [{"beteiligter": "B eG", "geber": "Stadt", "betrag": Decimal(1)}],
}  # fmt: skip


def formulas(workbook: Workbook) -> list[str]:
    return [cell.coordinate for sheet in workbook for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]


def test_a_budget_with_content_has_its_columns_and_all_that_occurs():
    workbook = budget_mappe(FASSUNG, INHALT)
    assert formulas(workbook) == []
    assert workbook.sheetnames == [blatt.name for blatt in BUDGETBLAETTER if blatt is not AUSNAHMEN]
    kosten = list(columns(workbook["Kosten"]))
    assert kosten[:9] == ["beteiligter", "kostenart", "bezeichnung", "person", "stundensatz", "stunden", "stunden_2026",
                          "stunden_2027", "beschaeftigungsumfang"]  # fmt: skip
    assert kosten[-3:] == [
        "stufe",
        "von",
        "anteil",
    ]  # what the programme does not ask for, in the order of the catalogue
    assert list(labels(workbook["Vorhaben"]))[-1] == "landkreise"
    values = {cell.value for sheet in workbook for row in sheet.iter_rows(min_row=KOPF + 1) for cell in row}
    assert BEISPIEL not in values
    assert all(len(sheet.conditional_formatting) == 0 for sheet in workbook)


@pytest.mark.parametrize("fassung", [FASSUNG, OHNE_ANGABEN, None], ids=["traumland", "ohne Angaben", "ohne Programm"])
def test_nothing_of_the_content_is_lost(fassung):
    document = read_workbook(saved(budget_mappe(fassung, INHALT)), "b.xlsx", "b.xlsx", vokabular())
    assert (document.problems, document.hinweise) == ((), ())
    vorhaben, first, second = document.tree["vorhaben"], document.tree["antragsteller"], document.tree["partner"][0]
    assert (vorhaben["titel"], vorhaben["ziele"], vorhaben["landkreise"]) == (
        "=1+1",
        ["fliegen", "schlafen"],
        ["Kreis, der"],
    )
    assert (vorhaben["beginn"], vorhaben["folgekosten_gesichert"]) == (date(2026, 4, 1), "ja")
    assert (first["name"], first["nace"], first["wirtschaftlich_taetig"]) == ("@A GmbH", "62.01", "nein")
    assert first["finanzierung"]["beantragt"] == Decimal("90000.5")
    assert first["unternehmensverbund"] == ["B; C", "D"]
    assert first["kosten"][0]["stunden"] == {"2026": 7, "2027": Decimal("1.5")}
    assert first["kosten"][0]["beschaeftigungsumfang"] == Decimal("0.125")
    assert second["kosten"][0] == {
        "kostenart": "personal", "bezeichnung": "y", "stufe": "5", "von": date(2026, 4, 1), "anteil": Decimal("0.25"),
        "auftrag": {"nr": "1", "angebote": 3},
    }  # fmt: skip
    assert second["finanzierung"]["weitere"] == [{"geber": "Stadt", "betrag": 1}]
    assert second["haushaltsnotlage"] == "ja"


def test_without_a_programme_there_are_only_the_columns_that_occur():
    workbook = budget_mappe(None, INHALT)
    assert list(columns(workbook["Finanzierung"])) == ["beteiligter", "geber", "betrag"]
    assert "De-minimis" not in workbook.sheetnames


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "=cmd|' /C calc'!A0", "12-2026", "#N/A", "=", "\t=1"])
def test_text_stays_text(text):
    content = saved(
        budget_mappe(None, {"Vorhaben": [{"titel": text}], "Beteiligte": [{"name": text, "art": "kommune"}]})
    )
    workbook = load_workbook(BytesIO(content))
    assert formulas(workbook) == []
    for cell in (workbook["Vorhaben"]["B5"], workbook["Beteiligte"]["A6"]):
        assert (cell.value, cell.data_type) == (text, "s")
        assert cell.number_format == "@" or text in {"#N/A", "\t=1"}
        assert bool(cell.quotePrefix) is (cell.number_format == "@")
    with ZipFile(BytesIO(content)) as archive:
        assert not any(b"<f>" in archive.read(name) for name in archive.namelist())


def test_a_programme_of_ones_own_cannot_bring_formulas_either():
    fassung = dataclasses.replace(FASSUNG, titel="=1+1", programm="=2")
    workbook = budget_vorlage(fassung, (2026,))
    cells = [cell for sheet in workbook for row in sheet.iter_rows(max_row=KOPF) for cell in row]
    assert [cell.coordinate for cell in cells if cell.data_type == "f"] == []


@pytest.mark.parametrize(
    ("programm", "parameter"), [("zr-ni", "einheitskosten"), ("zr-ni", "fonds"), ("mpsc", "phasen")]
)
def test_no_word_of_a_programme_becomes_part_of_a_formula(programm, parameter):
    fassung, odd = neueste_fassung(programm), '")+HYPERLINK("x'
    first, *others = fassung.parameter[parameter]
    if parameter == "fonds":
        changed = first._replace(wenn={"ziel": frozenset({odd})})
    else:
        changed = first._replace(wert={odd: next(iter(first.wert.values()))})
    own = dataclasses.replace(fassung, parameter={**fassung.parameter, parameter: (changed, *others)})
    cells = [cell for sheet in budget_vorlage(own, (2026,)) for row in sheet.iter_rows() for cell in row if cell.value]
    assert any(odd in str(cell.value) for cell in cells)
    assert not any(odd in str(cell.value) for cell in cells if cell.data_type == "f")


@pytest.mark.parametrize(
    "inhalt",
    [
        {"Kosten": [{"beteiligter": "A", "farbe": "rot"}]},
        {"Kosten": [{"betrag": Decimal(1)}]},
        {"Beteiligte": [{"name": "A", "beteiligter": "A"}]},
        {"Finanzierung": [{"stunden_2026": Decimal(1)}]},
        {"Tabelle1": []},
    ],
)
def test_what_has_no_place_is_refused(inhalt):
    with pytest.raises(KeyError):
        budget_mappe(FASSUNG, {"Vorhaben": [{}], **inhalt})
    with pytest.raises(KeyError):
        historie_mappe({"Beihilfen": [{"farbe": "rot"}]})


def test_a_history_with_content_reads_back(tmp_path):
    award = {"unternehmen": "+A GmbH", "gewaehrt_am": date(2025, 3, 15), "subventionswert": Decimal("12000.10"),
             "aktenzeichen": "1/2025", "verordnung": "1408/2013", "besicherung": Decimal("0.7")}  # fmt: skip
    relation = {"unternehmen": "A", "beziehung": "organmehrheit", "verbunden_mit": "B"}
    event = {"datum": date(2025, 1, 1), "ereignis": "spaltung", "von": "A", "nach": "B", "anteil": Decimal("0.6")}
    workbook = historie_mappe({"Beihilfen": [award], "Verbund": [relation], "Ereignisse": [event]})
    assert formulas(workbook) == []
    (tmp_path / "h.xlsx").write_bytes(saved(workbook))
    read = read_history(load(tmp_path / "h.xlsx", HISTORY_SUFFIXES), vokabular())
    assert read.hinweise == ()
    rows = [rows[0]._asdict() for rows in read.historie]
    assert [dict(stated.items() & row.items()) for stated, row in zip((award, relation, event), rows, strict=True)] == [
        award, relation, event,
    ]  # fmt: skip


def test_more_rows_than_a_sheet_holds_are_refused(monkeypatch):
    monkeypatch.setattr(blaetter, "_MOST_ROWS", 8)
    with pytest.raises(InputError, match="Beihilfen: 6 Zeilen"):
        historie_mappe({"Beihilfen": [{"unternehmen": "A"}]})


@given(st.lists(st.text("ab ,;&.", min_size=1).map(str.strip).filter(bool), min_size=1, max_size=4))
def test_lists_read_back_from_one_cell(items):
    assert read_items(joined(items)) == items
