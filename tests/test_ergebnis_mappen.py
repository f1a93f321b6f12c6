"""Workbooks with results: the applicant’s own cells, YAML as a workbook, and what is never written over."""

from io import BytesIO

import pytest
from demo import FASSUNG, check_demo
from openpyxl import load_workbook
from test_vorlagen import BETEILIGTE, KOSTEN, VORHABEN, YAML, fill

from foerdercheck.writing.templates import budget_template


@pytest.fixture(scope="module")
def filled() -> bytes:
    return fill(budget_template(FASSUNG, ".xlsx"), {"Beteiligte": BETEILIGTE, "Kosten": KOSTEN}, VORHABEN)


def test_results_come_back_in_the_workbook(check, tmp_path, filled):
    file, output = tmp_path / "budget.xlsx", tmp_path / "ergebnis.xlsx"
    file.write_bytes(filled)
    first = tmp_path / "erst.xlsx"
    for source, target in ((file, first), (first, output)):  # a second check replaces the results of the first
        said = check(source, "--output", target)
        assert said.code == 0
        assert "förderfähig" in said.out
    book = load_workbook(output)
    assert book.sheetnames.count("Ergebnis") == 1
    assert {"Vorhaben", "Kosten"} < set(book.sheetnames)
    cells = [cell for row in book["Ergebnis"].iter_rows() for cell in row]
    links = {cell.value: cell.hyperlink.location or cell.hyperlink.target for cell in cells if cell.hyperlink}
    assert links["Kosten!A6"].lstrip("#") == "'Kosten'!A6"
    assert "f" not in {cell.data_type for cell in cells}
    assert 59320.96 in {cell.value for cell in cells}
    assert check_demo(output).ergebnis == "foerderfaehig"


def test_results_of_yaml_lead_to_cells(check, tmp_path):
    file, output = tmp_path / "budget.yaml", tmp_path / "ergebnis.xlsx"
    file.write_text(YAML, encoding="utf-8")
    assert check(file, "--output", output).code == 0
    assert check_demo(output).summen == check_demo(file).summen


def test_a_file_with_errors_gets_no_results(check, tmp_path):
    file, output = tmp_path / "budget.yaml", tmp_path / "ergebnis.xlsx"
    file.write_text(YAML.replace("20000,00", "20.000"), encoding="utf-8")
    said = check(file, "--output", output)
    assert said.code == 2
    assert "20.000" in said.out
    assert not output.exists()


def test_results_are_for_one_budget(check, tmp_path):
    file = tmp_path / "budget.yaml"
    file.write_text(YAML, encoding="utf-8")
    for call in (("-",), (file, "--format", "json"), (file, "--quiet")):
        assert check(*call, "--output", tmp_path / "e.xlsx").code == 2


@pytest.mark.parametrize("suffix", [".xlsx", ".yaml"])
def test_no_command_writes_over_what_it_reads(run, check, tmp_path, filled, suffix):
    file = tmp_path / f"budget{suffix}"
    content = filled if suffix == ".xlsx" else YAML.encode()
    file.write_bytes(content)
    other = tmp_path / "anderes.yaml"
    other.write_text("mein", encoding="utf-8")
    assert check(file, "--output", file).code == 2
    assert run("umwandeln", file, file, "--ueberschreiben").code == 2
    assert run("umwandeln", file, other).code == 2
    assert check(file, "--output", tmp_path / "e.ods").code == 2
    assert (file.read_bytes(), other.read_bytes()) == (content, b"mein")
    assert run("umwandeln", file, other, "--ueberschreiben").code == 0


def test_a_workbook_without_its_costs_is_refused(tmp_path, filled):
    book = load_workbook(BytesIO(filled))
    book["Kosten"].title = "Ausgaben"
    book.save(tmp_path / "b.xlsx")
    (problem,) = check_demo(tmp_path / "b.xlsx").fehler
    assert problem.text == "Das Blatt Kosten fehlt; ist es „Ausgaben“? Dann nennen Sie es so"
