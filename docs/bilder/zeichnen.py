"""Draws the pictures of the README from what the program says: the terminal as SVG, the report as PNG (by Chromium).

`make bilder` writes both; a test holds the SVG, and what the PNG keeps of what it was drawn from, against the program.
"""

import re
import shutil
import struct
import subprocess
import sys
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory
from zlib import compress, crc32, decompress

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
    shown = render_terminal(report(assessment, vorschlaege=True, knapp=True), _COLUMNS, "truecolor")
    console = Console(record=True, width=_COLUMNS, file=StringIO(), force_terminal=True, color_system="truecolor")
    console.print(Text(f"$ foerdercheck check {BUDGET}"))
    console.print(Text.from_ansi(shown))
    return console.export_svg(title="foerdercheck", theme=MONOKAI, code_format=_FORM, unique_id="foerdercheck")


def report_html() -> str:
    """Return the HTML report that is drawn."""
    with TemporaryDirectory() as folder:
        page = Path(folder) / "bericht.html"
        call = [sys.executable, "-m", "foerdercheck", "check", REPORT_OF, "--output", str(page)]
        subprocess.run(call, cwd=ROOT, check=False, capture_output=True)  # noqa: S603 - the program itself; it ends with 1, for the budget fails
        return page.read_text(encoding="utf-8")


def drawn_from(page: str) -> str:
    """Return what of a report the picture says: its text above the annex, without the Prüfkennung, which changes often."""
    body = page.partition("</style>")[2].partition("Anhang</h2>")[0]
    text = re.sub(r"\s*<[^>]*>\s*", "\n", body)
    return re.sub(r"(?<=\n)[\da-z]{16}(?=\n)", "", text)


def kept_source(picture: bytes) -> str:
    """Return what a picture keeps of that; nothing if it keeps none."""
    found = re.search(rb"zTXtSource\0\0(.*?)....IEND", picture, re.DOTALL)
    return decompress(found[1][:-4]).decode() if found else ""


def report_png(goal: Path) -> None:
    """Write the beginning of the HTML report on a budget as a picture, with what it was drawn from."""
    browser = next(filter(None, map(shutil.which, _BROWSERS)), None)
    if browser is None:
        sys.exit("Für das Bild des Berichts wird Chromium gebraucht.")
    html = report_html()
    with TemporaryDirectory() as folder:
        page = Path(folder) / "bericht.html"
        page.write_text(html, encoding="utf-8")
        options = ["--headless", "--no-sandbox", "--hide-scrollbars", "--window-size=900,1000", "--lang=de"]
        subprocess.run([browser, *options, f"--screenshot={goal}", page.as_uri()], check=True)  # noqa: S603
    content = b"zTXtSource\0\0" + compress(drawn_from(html).encode(), 9)
    chunk = struct.pack(">I", len(content) - 4) + content + struct.pack(">I", crc32(content))
    picture = goal.read_bytes()
    end = picture.rindex(b"IEND") - 4
    goal.write_bytes(picture[:end] + chunk + picture[end:])


if __name__ == "__main__":
    (HERE / "terminal.svg").write_text(terminal_svg(), encoding="utf-8")
    report_png(HERE / "bericht.png")
