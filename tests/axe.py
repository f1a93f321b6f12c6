"""What axe-core finds in a page that a browser shows; run by itself it fetches axe-core (`make browser`)."""

import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "seite"))

from npm import CACHE, npm_files  # noqa: E402

AXE = ("axe-core", "4.14.1", "e6b0ce02b84d892e2e33e403485e7f3d6c29e2be6df65daf44d89ba564139745")
TAGS = "wcag2a wcag2aa wcag21a wcag21aa wcag22a wcag22aa EN-301-549 best-practice".split()
RUN = """
const [tags, done] = arguments;
axe.run(document, { runOnly: tags, resultTypes: ["violations"] }).then(
  (found) => done({
    asked: found.passes.length,
    wrong: found.violations.flatMap((each) => each.nodes.map((node) => `${each.id} (${each.help}): ${node.html}`)),
  }),
  (error) => done({ asked: 0, wrong: [String(error)] }),
);
"""


def missing_axe() -> str:
    """Say that axe-core is missing here; nothing if it is there."""
    name, version, _ = AXE
    return "" if (CACHE / f"{name}-{version}.tgz").exists() else f"{name} {version} is not fetched: make browser"


def axe_faults(driver, mode: str) -> list[str]:
    """Return what breaks WCAG A or AA or a best practice in the page that Chromium shows, in `mode` light or dark."""
    scheme = {"name": "prefers-color-scheme", "value": mode}
    driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [scheme]})
    try:
        driver.execute_script(npm_files(*AXE, ["axe.min.js"])["axe.min.js"].decode())
        found = driver.execute_async_script(RUN, TAGS)
    finally:
        driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": []})
    return found["wrong"] if found["asked"] else ["axe-core asked nothing", *found["wrong"]]


if __name__ == "__main__":
    npm_files(*AXE, [])
