"""What a PDF carries: its result and what was checked, read back equal; nothing that some program would run."""

import json
from hashlib import sha256
from io import BytesIO
from zipfile import ZipFile

import pytest
from demo import BUDGETS, FILES, HISTORIE, JA, check_demo
from page_door import as_ods, as_xlsm, as_xlsx
from pdf_files import attachments, needs_pdftotext, opened, squashed, text_of
from report_cases import ROOT

from foerdercheck.many.budgets import kept
from foerdercheck.reports.result_json import budget_document, budget_line


def test_the_result_and_the_budget_are_in_it(check, tmp_path):
    goal = tmp_path / "bericht.pdf"
    assert check(JA, "--output", goal).code == 0
    within = attachments(opened(goal.read_bytes()))
    found = check_demo(JA)
    expected = "".join(budget_document([kept(found, lambda one: budget_line(one, herleitung=True, vorschlaege=True))]))
    assert within["ergebnis.json"] == ("Data", "application/json", expected.encode())
    assert within[JA.name] == ("Source", "application/yaml", JA.read_bytes())


def test_of_many_files_all_are_in_it(check, tmp_path):
    goal = tmp_path / "bericht.pdf"
    check(BUDGETS, "--output", goal)
    within = attachments(opened(goal.read_bytes()))
    result = json.loads(within.pop("ergebnis.json")[2])
    assert len(result["budgets"]) == len(FILES)
    assert {name: content for name, (_, _, content) in within.items()} == {
        file.name: file.read_bytes() for file in FILES if check_demo(file).grundlage
    }


def with_part(content: bytes, name: str) -> bytes:
    """Return a workbook with one more part."""
    stream = BytesIO(content)
    with ZipFile(stream, "a") as book:
        book.writestr(name, b"x")
    return stream.getvalue()


def left_out(content: bytes, name: str, source: bytes) -> bool:
    """Tell whether a PDF says that a file does not lie in it, and it does not."""
    said = squashed(text_of(content))
    named = f"„{name}“liegtnichtbei" in said and sha256(source).hexdigest() in said
    return named and set(attachments(opened(content))) == {"ergebnis.json"}


@needs_pdftotext
@pytest.mark.parametrize(
    ("make", "part", "suffix"),
    [
        (as_xlsm, "", "xlsm"),
        (as_xlsx, "xl/vbaProject.bin", "xlsx"),
        (as_xlsx, "xl/embeddings/oleObject1.bin", "xlsx"),
        (as_xlsx, "xl/activeX/activeX1.xml", "xlsx"),
        (as_ods, "Basic/Standard/Module1.xml", "ods"),
        (as_ods, "Scripts/python/a.py", "ods"),
    ],
)
def test_no_macro_is_handed_on(check, tmp_path, make, part, suffix):
    source, goal = tmp_path / f"budget.{suffix}", tmp_path / "bericht.pdf"
    content = with_part(make(JA.read_bytes()), part) if part else make(JA.read_bytes())
    source.write_bytes(content)
    assert check(source, "--output", goal).code == 0
    assert left_out(goal.read_bytes(), str(source), content)
    result = json.loads(attachments(opened(goal.read_bytes()))["ergebnis.json"][2])
    assert result["budgets"][0]["ergebnis"] == "foerderfaehig"


@needs_pdftotext
def test_neither_does_a_comparison_hand_one_on(run, check, tmp_path):
    source, goal = tmp_path / "b.xlsm", tmp_path / "bericht.pdf"
    source.write_bytes(as_xlsm(JA.read_bytes()))
    check(source, "--alle", "--output", goal)
    assert left_out(goal.read_bytes(), str(source), source.read_bytes())
    source.write_bytes(as_xlsm((ROOT / "budgets" / "hochschule-direkt-guenstiger.yaml").read_bytes()))
    run("vergleichen", source, source, "--output", goal)
    assert left_out(goal.read_bytes(), str(source), source.read_bytes())


@needs_pdftotext
def test_nor_does_an_account(run, tmp_path):
    table, source, goal = tmp_path / "h.xlsx", tmp_path / "h.xlsm", tmp_path / "konto.pdf"
    run("umwandeln", HISTORIE, table)
    source.write_bytes(with_part(table.read_bytes(), "xl/vbaProject.bin"))
    run("deminimis", source, "--output", goal)
    assert left_out(goal.read_bytes(), str(source), source.read_bytes())


@needs_pdftotext
def test_of_many_files_only_those_with_macros_are_left_out(check, tmp_path):
    goal, folder = tmp_path / "bericht.pdf", tmp_path / "b"
    folder.mkdir()
    (folder / "a.yaml").write_bytes(JA.read_bytes())
    (folder / "b.xlsm").write_bytes(as_xlsm(JA.read_bytes()))
    check(folder, "--output", goal)
    assert set(attachments(opened(goal.read_bytes()))) == {"ergebnis.json", "a.yaml"}
    assert squashed(text_of(goal.read_bytes())).count("liegtnichtbei") == 1
