"""A guideline of a country that does not exist, and budgets for it: what the doors of the program are tested on.

Commands, formats, logs, names and options do the same whatever a guideline says, so a change of a real one must break
tests of the law and of the examples alone.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from foerdercheck.assessment.budget import Assessment, check_budget
from foerdercheck.programmes import read_version

PROGRAMM = Path(__file__).parent / "demo_programm.yaml"
FASSUNG = read_version(PROGRAMM)
BUDGETS = Path(__file__).parent / "budgets"
HISTORIE = BUDGETS / "historie.yaml"
FILES = sorted(file for file in BUDGETS.iterdir() if file != HISTORIE)
JA, NEIN, FEHLER, OFFEN = (BUDGETS / f"{name}.yaml" for name in ("ja", "nein", "fehler", "offen"))
"""A budget for each of the exit codes 0, 1, 2 and 3."""
UNDER = ("--programm", str(PROGRAMM))


def check_demo(source: str | Path | bytes | Mapping[str, bytes], **options: Any) -> Assessment:  # noqa: ANN401 - those of check_budget
    """Check a budget under the guideline of the dream."""
    return check_budget(source, fassung=FASSUNG, **options)
