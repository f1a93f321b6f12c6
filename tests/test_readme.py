"""The budget in the README is eligible, and the library gives for it what the README says."""

import re
from datetime import date
from pathlib import Path

from foerdercheck import check_budget

README = (Path(__file__).parent.parent / "README.md").read_text(encoding="utf-8")


def _block(language: str, word: str) -> str:
    return next(text for text in re.findall(rf"```{language}\n(.*?)```", README, re.DOTALL) if word in text)


def test_the_budget_and_the_library_example_hold():
    assessment = check_budget(_block("yaml", "foerderprogramm").encode(), heute=date(2026, 11, 21))
    grant = assessment.rechnungen[0].zuwendung
    shown = dict(re.findall(r"^assessment\S*\.(\w+) +# (.*)$", _block("python", "check_budget"), re.MULTILINE))
    assert shown == {
        "ergebnis": f'"{assessment.ergebnis}"',
        "betrag": f'Decimal("{grant.betrag}")',
        "formel": f'"{grant.formel}"',
    }
