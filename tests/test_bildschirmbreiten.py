"""Screens of 60, 100 and 120 columns, without colours, and under the code page of Windows: nothing is divided there, either."""

import os
import re
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from test_bildschirm import CALLS, REFUSED

ROOT = Path(__file__).parents[1]
VALUES = [
    ("antragsdatum: 2026-01-28", "antragsdatum: 31.02.2026"),
    ("beantragt: 76.122,50", "beantragt: 76.122,50 Euro (mit Anteil 1.234,56 €, siehe anlage-zum-antrag-2026.xlsx)"),
    ("eigenmittel: 76.122,50", "eigenmitel: 76.122,50"),
    ("kostenart: material", "kostenart: Sachkosten"),
    ("art: unternehmen", "art: GmbH"),
    ("beginn: ", "beginnt: "),
]
ELSEWHERE = [
    ("check", "budgets/kmu-vertrag-zu-frueh.yaml", "--ausnahmen", "budgets/zahlenfallen.yaml"),
    ("umwandeln", "docs/zuordnung/rna.csv", "neu.xlsx", "--spalten", "docs/zuordnung/sudop.yaml"),
    ("vorlage",),
    ("vorlage", "neu.xlsx", "--programm", "sh-kl"),
    ("check", "budgets/gibt-es-nicht-2026-01-15.yaml"),
    ("check", "budgets/kmu-vertrag-zu-frueh.yaml", "--programm", "sh-ki-2027"),
    ("check", "budgets/kmu-vertrag-zu-frueh.yaml", "--setze", "vorhaben.beginn=31.02.2026"),
    ("deminimis", "budgets/history.xlsx", "--beihilfe", "1.234,5.6"),
    ("deminimis", "budgets/history.xlsx", "--unternehmen", "Werft Sandhafen GmbH"),
    ("vergleichen", "budgets/kmu-vertrag-zu-frueh.yaml", "budgets/zahlenfallen.yaml"),
    ("umwandeln", "budgets/zahlenfallen.yaml", "neu.xlsx"),
    ("regel", "9.9-nichts"),
]


@pytest.fixture
def refusals():
    """Return files with one typical mistake each, and one with all; their names have room on a narrow screen."""
    with TemporaryDirectory() as folder:
        yield _refusals(Path(folder))


def _refusals(folder: Path) -> list[str]:
    good = (ROOT / REFUSED).read_text(encoding="utf-8")
    every = good
    for number, (old, new) in enumerate(VALUES):
        assert old in good
        (folder / f"fehler-{number}.yaml").write_text(good.replace(old, new), encoding="utf-8")
        every = every.replace(old, new)
    (folder / "alle-fehler.yaml").write_text(every, encoding="utf-8")
    return sorted(map(str, folder.iterdir()))


@pytest.mark.parametrize("columns", [60, 100, 120])
@pytest.mark.parametrize("call", [*CALLS, *ELSEWHERE], ids=" ".join)
def test_nothing_is_divided_on_other_screens(divided, call, columns):
    assert divided(*call, columns=columns) == ([], {})


@pytest.mark.parametrize("columns", [60, 80, 100, 120])
def test_nothing_is_divided_in_refusals(divided, refusals, columns):
    for file in refusals:
        assert divided("check", file, columns=columns)[1] == {}
        assert divided("check", file, "--quiet", columns=columns)[1] == {}
    assert divided("check", *refusals, columns=columns)[1] == {}


@pytest.mark.parametrize("call", ELSEWHERE, ids=" ".join)
def test_nothing_is_divided_at_eighty_columns(divided, call):
    assert divided(*call) == ([], {})


@pytest.mark.parametrize("call", [("check", REFUSED), ("check", "budgets"), ("programme", "sh-ki")], ids=" ".join)
def test_without_colours_the_same_is_shown(screen, monkeypatch, call):
    coloured = screen(*call)
    monkeypatch.setenv("NO_COLOR", "1")
    assert screen(*call) == coloured


@pytest.mark.parametrize(
    "call", [("check", REFUSED), ("check", "budgets"), ("programme", "sh-ki"), ("vorlage",)], ids=" ".join
)
def test_what_python_takes_for_the_code_page_changes_no_byte(call):
    """Windows' own code page has no box and no tick: the program writes UTF-8, which terminals there understand, too."""
    said = [
        subprocess.run(
            [sys.executable, "-m", "foerdercheck", *call],
            cwd=ROOT, env={**os.environ, "PYTHONIOENCODING": encoding, "PYTHONUTF8": "0"}, capture_output=True, check=False,
        )
        for encoding in ("utf-8", "cp1252")
    ]  # fmt: skip
    assert said[0].stdout + said[0].stderr == said[1].stdout + said[1].stderr
    assert re.search("ä|ö|ü|€", (said[1].stdout + said[1].stderr).decode())
