"""The page in Chromium: how large it is, how soon it is ready, how long a check takes, and what the tab keeps of memory.

Prints each figure beside its limit; ends with 1 if one is exceeded.
"""

import base64
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "seite")]

from awards import write_csv  # noqa: E402
from browser import FILE, Page, missing, started  # noqa: E402
from page_door import as_xlsx  # noqa: E402

EXAMPLE = ROOT / "budgets" / "hochschule-direkt-guenstiger.yaml"
ROWS, UNDERTAKINGS, DAY = 20_000, 2_000, "2026-11-21"
TIMES = 5
CHECK = """
const [name, content, done] = arguments;
const files = new Map([[name, Uint8Array.from(atob(content), (one) => one.charCodeAt(0))]]);
const begun = performance.now();
kept.addEventListener("message", function heard({ data }) {
  if (data.number !== -1 || "progress" in data) return;
  kept.removeEventListener("message", heard);
  done(performance.now() - begun);
});
kept.postMessage({ number: -1, request: { task: "pruefen" }, files });
"""
KEEP = "globalThis.Worker = class extends Worker { constructor(...of) { super(...of); globalThis.kept = this; } }"


def main() -> int:
    """Measure, print, and return 1 if a limit is exceeded."""
    if reason := missing("chromium"):
        print(reason)
        return 1
    figures: list[tuple[str, float, float, str]] = [("file", FILE.stat().st_size / 1e6, 10, "MB")]
    waited, computed = zip(*(_ready() for _ in range(TIMES)), strict=True)
    figures.append(("ready (median)", statistics.median(waited), 4, "s"))
    figures.append(("its processor time (median)", statistics.median(computed), 4, "s"))
    with tempfile.TemporaryDirectory() as folder, _page(Path(folder)) as page:
        yaml = EXAMPLE.read_bytes()
        figures.append(("check of an example (YAML)", _checked(page, "b.yaml", yaml), 50, "ms"))
        figures.append(("check of an example (.xlsx)", _checked(page, "b.xlsx", as_xlsx(yaml)), 300, "ms"))
        figures.append(("memory of the tab", _memory(page), 250, "MB"))
        seconds, told = _history(page, Path(folder))
        figures.append((f"history of {ROWS:,} rows", seconds, 10, "s"))
        figures.append(("memory of the tab after it", _memory(page), 1000, "MB"))
    for name, figure, limit, unit in figures:
        print(f"{name:32}{figure:8.1f} {unit:3} (limit {limit} {unit}){' EXCEEDED' if figure > limit else ''}")
    print(f"load of the machine: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    print(f"told meanwhile: {', '.join(told) or 'NOTHING'}")
    return 1 if not told or any(figure > limit for _, figure, limit, _ in figures) else 0


@contextmanager
def _page(folder: Path) -> Iterator[Page]:
    driver = started("chromium", folder)
    try:
        driver.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": KEEP})
        page = Page(driver, FILE.as_uri(), folder)
        page.open()
        yield page
    finally:
        driver.quit()


def _ready() -> tuple[float, float]:
    """Return the seconds from the address to the first task in a new browser, and those its tab computed in all threads."""
    with tempfile.TemporaryDirectory() as folder:
        driver = started("chromium", Path(folder))
        try:
            begun = time.perf_counter()
            Page(driver, FILE.as_uri(), Path(folder)).open()
            waited = time.perf_counter() - begun
            return waited, max(map(_computed, _renderers(driver.service.process.pid)))
        finally:
            driver.quit()


def _computed(process: Path) -> float:
    user, system = (process / "stat").read_text(encoding="utf-8").rpartition(")")[2].split()[11:13]
    return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")


def _checked(page: Page, name: str, content: bytes) -> float:
    """Return the median of milliseconds a check takes, files handed over and answers back included; the first one is not counted."""
    sent = base64.b64encode(content).decode()
    took = [page.driver.execute_async_script(CHECK, name, sent) for _ in range(TIMES * 2 + 1)]
    return statistics.median(took[1:])


def _history(page: Page, folder: Path) -> tuple[float, list[str]]:
    """Return the seconds until the account of a large history is shown, and what was told meanwhile."""
    file = folder / "h.csv"
    write_csv(file, ROWS, UNDERTAKINGS)
    page.tab("De-minimis")
    page.type("#konto-day", DAY)
    begun = time.perf_counter()
    page.choose([file], "konto-file")
    told: list[str] = []

    def shown() -> bool:
        said = page.text("#state")
        if said.startswith("Wird geprüft") and said not in told:
            told.append(said)
        return page.text("#konto-found .verdict").startswith("Höchstbetrag")

    page.wait(shown)
    return time.perf_counter() - begun, told


def _memory(page: Page) -> float:
    """Return the private memory of the largest renderer of this browser in MB: the tab with the program in it."""
    return max(map(_private, _renderers(page.driver.service.process.pid)), default=0.0)


def _renderers(parent: int) -> Iterator[Path]:
    for children in Path(f"/proc/{parent}/task").glob("*/children"):
        for child in map(int, children.read_text(encoding="ascii").split()):
            process = Path(f"/proc/{child}")
            if b"--type=renderer" in (process / "cmdline").read_bytes():
                yield process
            yield from _renderers(child)


def _private(process: Path) -> float:
    try:
        lines = (process / "smaps_rollup").read_text(encoding="ascii").splitlines()
    except OSError:
        return 0.0
    return sum(int(line.split()[1]) for line in lines if line.startswith(("Private", "Swap:"))) / 1000


if __name__ == "__main__":
    sys.exit(main())
