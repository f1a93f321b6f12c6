"""What a template asks: examples that suit the programme, what decides there and nowhere else, years of the project."""

import re
from datetime import date
from io import BytesIO

import pytest
from openpyxl import load_workbook

from foerdercheck.programmes import neueste_fassung, programme_ids
from foerdercheck.programmes.vokabular import vokabular
from foerdercheck.reading.cells import field_name
from foerdercheck.reading.files import BUDGET_SUFFIXES, load, read_file
from foerdercheck.writing.templates import budget_template, project_years
from foerdercheck.writing.yaml_template import budget_vorlage_yaml


@pytest.mark.parametrize(
    ("programm", "beteiligte", "kosten"),
    [
        ("sh-ki", ("hochschule", "SH", "auto"), {"stundensatz": 52.4, "stunden": 860, "stufe": None}),
        ("zr-ni", ("kommune", "NI", "personal 15 %"), {"stufe": "5", "anteil": 0.25, "stundensatz": None}),
        ("zr-ni-rm", ("kommune", "NI", "personal 15 %"), {"stufe": "5", "anteil": 0.25}),
        ("mpsc", ("kommune", "SH", None), {"stundensatz": 52.4, "phase": "A", "stufe": None}),
    ],
)
def test_the_example_rows_suit_the_programme_and_do_not_count(tmp_path, programm, beteiligte, kosten):
    """Personnel by the hour or by level, a body that may apply: filled in like the example, a line can be checked."""
    data = budget_template(neueste_fassung(programm), ".xlsx")
    book = load_workbook(BytesIO(data))

    def shown(sheet: str, *fields: str) -> tuple[object, ...]:
        head, row = book[sheet][5], book[sheet][6]
        values = {field_name(cell.value): below.value for cell, below in zip(head, row, strict=True)}
        return tuple(values.get(field) for field in fields)

    assert shown("Beteiligte", "art", "sitz", "gemeinkosten") == beteiligte
    assert shown("Kosten", *kosten) == tuple(kosten.values())
    (tmp_path / "b.xlsx").write_bytes(data)
    assert {
        hinweis.text for hinweis in read_file(load(tmp_path / "b.xlsx", BUDGET_SUFFIXES), vokabular()).hinweise
    } == {"Die Beispielzeile der Vorlage zählt nicht mit."}
    assert ("Stufe und Anteil" in book["Kosten"]["A3"].value) is ("stufe" in kosten and kosten["stufe"] == "5")


@pytest.mark.parametrize(
    ("programm", "asked"), [("sh-ki", True), ("zr-ni", False), ("zr-ni-rm", False), ("mpsc", False)]
)
def test_what_decides_in_one_programme_is_asked_there_only_and_answered_nowhere(programm, asked):
    """How grants are notified, and on which ground other money is aid: an example might be left standing as an answer."""
    fassung = neueste_fassung(programm)
    text = budget_vorlage_yaml(fassung)
    assert re.findall(r"(?m)^# +((?:bescheid|beihilfe):.*)$", text) == (["bescheid:", "beihilfe:"] if asked else [])
    book = load_workbook(BytesIO(budget_template(fassung, ".xlsx")))
    labels = {cell.value: cell.offset(0, 1).value for cell in book["Vorhaben"]["A"]}
    assert ("Bescheid" in labels) is asked
    heads, example = list(book["Finanzierung"].iter_rows(values_only=True))[4:6]
    assert ("Beihilfe" in heads) is asked
    if asked:
        assert labels["Bescheid"] is None
        assert example[heads.index("Beihilfe")] is None


@pytest.mark.parametrize("programm", programme_ids())
def test_a_line_of_a_yaml_template_has_every_field_it_can_have(programm):
    fassung = neueste_fassung(programm)
    lines = budget_vorlage_yaml(fassung).split("kosten:\n", 1)[1].split("finanzierung:\n")[0]
    personal, other = lines.split("- kostenart: fremdleistung")
    for feld in fassung.angaben["kosten"]:
        key = "nr" if feld == "auftrag" else feld
        inside = [f" {key}:" in part for part in (personal, other)]
        assert inside == [True, True] if feld == "phase" else any(inside), feld


@pytest.mark.parametrize(
    ("programm", "today", "years"),
    [
        ("sh-ki", date(2026, 11, 22), (2026, 2029)),
        ("zr-ni", date(2026, 11, 22), (2026, 2028)),
        ("zr-ni", date(2024, 5, 13), (2024, 2027)),
        ("zr-ni", date(2030, 1, 1), (2030, 2030)),
        ("mpsc", date(2026, 11, 22), (2021, 2028)),
        ("mpsc", date(2021, 3, 14), (2021, 2024)),
    ],
)
def test_hours_can_be_stated_for_the_years_of_a_project(programm, today, years):
    found = project_years(neueste_fassung(programm), today)
    assert (found[0], found[-1]) == years
