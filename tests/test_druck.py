"""On paper (A4): nothing is cut, no heading or head of a table stands alone at the foot of a page; printed by Chromium, and as PDF.

Skipped, with the reason, where the browser or pdftotext is missing.
"""

import html
import re
from base64 import b64decode

import pytest
from browser import missing_browser, started
from pdf_files import badly_broken, needs_pdftotext
from report_cases import ROOT

from foerdercheck import check_budget

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
