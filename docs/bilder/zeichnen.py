"""Draws the pictures of the README from what the program says: the terminal as SVG, the report as PNG (by Chromium).

`make bilder` writes both; a test holds the SVG against the program.
"""

import shutil
import subprocess
import sys
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory

from rich.console import Console
from rich.terminal_theme import MONOKAI
from rich.text import Text

from foerdercheck import check_budget
from foerdercheck.reports.bericht import report
from foerdercheck.reports.terminal import render_terminal

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
BUDGET = "budgets/kmu-vertrag-zu-frueh.yaml"
REPORT_OF = "budgets/kmu-hoechstbetrag-ueberschritten.yaml"
_COLUMNS = 80
_BROWSERS = ("chromium", "chromium-browser", "google-chrome")
_FORM = """<svg class="rich-terminal" viewBox="0 0 {width} {height}" xmlns="http://www.w3.org/2000/svg">
<style>
.{unique_id}-matrix {{ font-family: ui-monospace, Consolas, "DejaVu Sans Mono", monospace; font-size: {char_height}px; \
line-height: {line_height}px; }}
.{unique_id}-title {{ font-size: 18px; font-weight: bold; font-family: sans-serif; }}
{styles}
</style>
<defs>
<clipPath id="{unique_id}-clip-terminal"><rect x="0" y="0" width="{terminal_width}" height="{terminal_height}" /></clipPath>
{lines}
</defs>
{chrome}
<g transform="translate({terminal_x}, {terminal_y})" clip-path="url(#{unique_id}-clip-terminal)">
{backgrounds}
<g class="{unique_id}-matrix">
{matrix}
</g>
</g>
</svg>
"""
"""Rich's own form without the fonts it would fetch from elsewhere."""


def terminal_svg() -> str:
    """Return what a terminal of 80 columns shows of the check of a budget that fails, as SVG."""
    assessment = check_budget((ROOT / BUDGET).read_bytes(), name=BUDGET)
    shown = render_terminal(report(assessment, vorschlaege=True), _COLUMNS, "truecolor")
    console = Console(record=True, width=_COLUMNS, file=StringIO(), force_terminal=True, color_system="truecolor")
    console.print(Text(f"$ foerdercheck check {BUDGET}"))
    console.print(Text.from_ansi(shown))
    return console.export_svg(title="foerdercheck", theme=MONOKAI, code_format=_FORM, unique_id="foerdercheck")


def report_png(goal: Path) -> None:
    """Write the beginning of the HTML report on a budget as a picture."""
    browser = next(filter(None, map(shutil.which, _BROWSERS)), None)
    if browser is None:
        sys.exit("Für das Bild des Berichts wird Chromium gebraucht.")
    with TemporaryDirectory() as folder:
        page = Path(folder) / "bericht.html"
        call = [sys.executable, "-m", "foerdercheck", "check", REPORT_OF, "--output", str(page)]
        subprocess.run(call, cwd=ROOT, check=False)  # noqa: S603 - the program itself; it ends with 1, for the budget fails
        options = ["--headless", "--no-sandbox", "--hide-scrollbars", "--window-size=900,1000", "--lang=de"]
        subprocess.run([browser, *options, f"--screenshot={goal}", page.as_uri()], check=True)  # noqa: S603


if __name__ == "__main__":
    (HERE / "terminal.svg").write_text(terminal_svg(), encoding="utf-8")
    report_png(HERE / "bericht.png")
