"""The sheet of results as people print it: on three pages, turned as it can be read best, every amount in a cell of its own."""

import re
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook

from foerdercheck import check_budget
from foerdercheck.reports.bericht import report
from foerdercheck.reports.dokument import FUSS, Spalte, Tabelle, Zelle, geld
from foerdercheck.reports.workbook import as_workbook

ROOT = Path(__file__).parents[1]
EXAMPLES = [file for file in sorted((ROOT / "budgets").glob("*.yaml")) if check_budget(file).rechnungen]


def _sheet(blocks):
    return load_workbook(BytesIO(as_workbook(blocks)))["Ergebnis"]


@pytest.mark.parametrize("file", EXAMPLES, ids=lambda file: file.stem)
def test_it_has_three_pages_and_a_footer_and_amounts_as_numbers(file):
    assessment = check_budget(file)
    sheet = _sheet(report(assessment, herleitung=True))
    assert (
        sheet.page_setup.fitToWidth,
        sheet.page_setup.fitToHeight,
        sheet.sheet_properties.pageSetUpPr.fitToPage,
    ) == (1, 3, True)
    assert sheet.oddFooter.left.text.strip() == FUSS
    assert sheet.oddFooter.right.text == "Seite &P von &N"
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
    amounts = {cell.value for cell in cells if "€" in cell.number_format}
    assert {float(figure.betrag) for r in assessment.rechnungen for figure in r.figures} <= amounts
    assert [cell.value for cell in cells if re.fullmatch(r"[−+]?[\d.]+,\d\d €", str(cell.value))] == []


@pytest.mark.parametrize("file", EXAMPLES, ids=lambda file: file.stem)
def test_a_derivation_names_each_place_once(file):
    for row in _sheet(report(check_budget(file), herleitung=True)).iter_rows(min_col=5, max_col=7):
        formula, *_, place = [str(cell.value or "") for cell in row]
        assert not place or place not in formula


@pytest.mark.parametrize(("rows", "turned"), [(20, "landscape"), (300, "portrait")])
def test_a_long_sheet_is_printed_upright(rows, turned):
    lines = [[Zelle(f"Zeile {number}"), geld(Decimal(number))] for number in range(rows)]
    table = Tabelle([Spalte("Was"), Spalte("Wert", zahl=True)], lines)
    assert _sheet([table]).page_setup.orientation == turned


def test_a_long_heading_over_numbers_wraps_and_does_not_run_into_its_neighbour():
    heading = "mehrere Angebote sind nötig ab"
    sheet = _sheet([Tabelle([Spalte("Was"), Spalte("Auftrag"), Spalte(heading, zahl=True)], [[Zelle("a")] * 3])])
    (cell,) = [cell for row in sheet.iter_rows() for cell in row if cell.value == heading]
    assert (cell.alignment.wrap_text, cell.alignment.horizontal) == (True, "right")
    assert sheet.row_dimensions[cell.row].height >= 30
