"""On paper (A4): nothing is cut, no heading or head of a table stands alone at the foot of a page; printed by Chromium, as PDF,
and templates by LibreOffice.

Skipped, with the reason, where the browser, LibreOffice or pdftotext is missing.
"""

import html
import re
from base64 import b64decode

import pytest
from browser import missing_browser, started
from openpyxl import load_workbook
from pdf_files import badly_broken, needs_pdftotext, squashed, text_of
from report_cases import ROOT
from workbooks import converted

from foerdercheck import check_budget
from foerdercheck.programmes import neueste_fassung, programme_ids
from foerdercheck.writing.templates import budget_template, history_template

FILES = sorted(file for file in (ROOT / "budgets").iterdir() if file.suffix in {".yaml", ".xlsx", ".csv"})
HEADING = re.compile(r"<(h\d|caption|figcaption|summary)[^>]*>(.*?)</\1>", re.DOTALL)
pytestmark = needs_pdftotext


@pytest.fixture(scope="module")
def chromium(tmp_path_factory):
    if reason := missing_browser("chromium"):
        pytest.skip(reason)
    driver = started("chromium", tmp_path_factory.mktemp("chromium"))
    yield driver
    driver.quit()


def headings(report) -> set[str]:
    """Return what stands above something in a report as HTML."""
    found = (re.sub("<[^>]+>", "", text) for _, text in HEADING.findall(report.read_text(encoding="utf-8")))
    return {" ".join(html.unescape(text).split()) for text in found}


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_pages_are_broken_well(run, chromium, tmp_path, file):
    page, pdf = tmp_path / "bericht.html", tmp_path / "bericht.pdf"
    command = "deminimis" if check_budget(file).ist_historie else "check"
    more = ("--herleitung", "--was-geht-noch", "--frist") if command == "deminimis" else ()
    run(command, file, *more, "--output", page, "--output", pdf)
    chromium.get(page.as_uri())
    printed = chromium.execute_cdp_cmd("Page.printToPDF", {"preferCSSPageSize": True})
    assert badly_broken(b64decode(printed["data"]), headings(page)) == []
    assert badly_broken(pdf.read_bytes(), headings(page)) == []


def test_every_page_of_a_template_says_what_it_is_and_what_to_do(tmp_path):
    """Also the second one beside the first (that nothing is cut off holds test_pages_are_set_up); no sum stands alone on one."""
    templates = {name: budget_template(neueste_fassung(name), ".xlsx") for name in programme_ids()}
    files = []
    for name, content in {**templates, "historie": history_template(".xlsx")}.items():
        files.append(tmp_path / f"{name}.xlsx")
        files[-1].write_bytes(content)
    for file, pdf in zip(files, converted("pdf", *files), strict=True):
        pages = text_of(pdf.read_bytes(), "-layout").split("\f")[:-1]
        for sheet in load_workbook(file):
            title, version, todo = (squashed(str(sheet.cell(row, 1).value)) for row in (1, 2, 3))
            mine = [
                page
                for page in map(squashed, pages)
                if page.startswith(title[:20]) and f"{title}{sheet.title}Seite" in page
            ]
            assert len(mine) == sheet.page_setup.fitToWidth
            assert [page for page in mine if not page.startswith(title + version + todo)] == []
        assert [page for page in map(squashed, pages) if re.search("^Beteiligter.*Summe", page)] == []
