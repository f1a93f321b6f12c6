"""That nobody is kept out of the reports: axe-core in Chromium on each example, light and dark, and the width on a phone.

Skipped, with the reason, where the browser or axe-core is missing.
"""

import pytest
from axe import axe_faults, missing_axe
from browser import missing_browser, started
from report_cases import ROOT

from foerdercheck import check_budget

BUDGETS = ROOT / "budgets"


@pytest.fixture(scope="module")
def chromium(tmp_path_factory):
    if reason := missing_browser("chromium") or missing_axe():
        pytest.skip(reason)
    driver = started("chromium", tmp_path_factory.mktemp("chromium"))
    yield driver
    driver.quit()


FILES = sorted(file for file in BUDGETS.iterdir() if file.suffix in {".yaml", ".xlsx", ".csv"})
FAULTY = """<!DOCTYPE html><html lang="de"><head><title>x</title><style>
@media (prefers-color-scheme: dark) { p { color: #777; background: #666 } }
</style></head><body><main><h1>x</h1><p>kaum zu lesen</p><img src="data:,"></main></body></html>"""


def _asked_about(file):
    """Return the command that reports on an example: a history is an account of its own."""
    return "deminimis" if check_budget(file).ist_historie else "check"


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_no_report_keeps_anybody_out(run, chromium, tmp_path, file, mode):
    report = tmp_path / "bericht.html"
    more = ("--herleitung", "--was-geht-noch", "--frist") if _asked_about(file) == "deminimis" else ()
    run(_asked_about(file), file, *more, "--output", report)
    chromium.get(report.as_uri())
    assert axe_faults(chromium, mode) == []
    assert [width for width in (320, 400) if _width_at(chromium, width) > width] == []


def _width_at(chromium, width):
    """Return how wide a page is on a screen of this width: on a phone nobody scrolls sideways but within tables."""
    size = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": True}
    chromium.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    try:
        return chromium.execute_script("return document.documentElement.scrollWidth")
    finally:
        chromium.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize("more", [(), ("--alle",)], ids=["files", "programmes"])
def test_no_report_on_many_files_does(run, chromium, tmp_path, more, mode):
    report = tmp_path / "bericht.html"
    run("check", BUDGETS, *more, "--output", report)
    chromium.get(report.as_uri())
    assert axe_faults(chromium, mode) == []


def test_what_keeps_people_out_is_noticed(chromium, tmp_path):
    page = tmp_path / "seite.html"
    page.write_text(FAULTY, encoding="utf-8")
    chromium.get(page.as_uri())
    light, dark = axe_faults(chromium, "light"), axe_faults(chromium, "dark")
    assert [fault.split()[0] for fault in light] == ["image-alt"]
    assert sorted(fault.split()[0] for fault in dark) == ["color-contrast", "image-alt"]
