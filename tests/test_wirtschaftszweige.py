"""NACE codes as people write them: which are read, and which leave it open whether the general regulation applies."""

from pathlib import Path

import pytest

from foerdercheck import check_budget

BUDGET = Path(__file__).parents[1] / "budgets" / "kmu-hoechstbetrag-genau-gefuellt.yaml"
EXCLUDED = ["01.13", "0113", "A 1.13", "A", "A01.13.0", "01", "1", "03.2", "WZ2008: 03.22",
            "01.13 Anbau von Gemüse, Melonen und Knollen", "62.01; 01.13", "62.01, 01.13",
            "62.01 und A 01.13", "10.71 / 03.11"]  # fmt: skip
FREE = ["62.01", "6201", "J 62.01", "WZ 62.01.9", "WZ08-62.01.9", "NACE Rev. 2 62.01", "62.01 Programmierungstätigkeiten",
        "47.24 Einzelhandel mit Back- und Süßwaren", "10.71 / 47.24", "02.10"]  # fmt: skip
UNREADABLE = [
    "IT",
    "Landwirtschaft",
    "62.01, Landwirtschaft",
    "62.01; Landwirtschaft",
    "62.01 (Software 2.0)",
    "010",
    "Z 10",
    "620.1",
]
UNSURE = ["01.6", "01.61", "A 01.7", "01.70 Jagd", "62.01; 01.61"]


def said(nace: str) -> list[tuple[str, str]]:
    """Return what is said of the branch of an undertaking whose account keeps the ceiling."""
    found = check_budget(BUDGET, setze={"antragsteller.nace": nace})
    return [(befund.status, befund.text) for befund in found.befunde if "irtschaftszweig" in befund.text]


@pytest.mark.parametrize("nace", EXCLUDED)
def test_a_branch_that_is_excluded_leaves_it_open(nace):
    ((status, text),) = said(nace)
    assert (status, "von der Verordnung 2023/2831 ausgenommen" in text) == ("offen", True)


@pytest.mark.parametrize("nace", FREE)
def test_of_others_nothing_is_said(nace):
    assert said(nace) == []


@pytest.mark.parametrize("nace", UNREADABLE)
def test_what_cannot_be_read_leaves_it_open(nace):
    ((status, text),) = said(nace)
    assert (status, "nicht lesbar" in text) == ("offen", True)


@pytest.mark.parametrize("nace", UNSURE)
def test_services_to_agriculture_and_hunting_are_a_hint(nace):
    ((status, text),) = said(nace)
    assert (status, "[Auslegung]" in text or "Klären Sie" in text) == ("hinweis", True)
