"""Templates in both formats."""

from datetime import date

from foerdercheck.programmes.fassung import Fassung
from foerdercheck.writing.arbeitsmappe import budget_vorlage, historie_vorlage, saved
from foerdercheck.writing.yaml_vorlage import budget_vorlage_yaml, historie_vorlage_yaml

_YEARS = 4
"""A project begins this year or the next and rarely takes more than three."""


def budget_template(fassung: Fassung, suffix: str) -> bytes:
    """Return the budget template of a version of a programme as the content of a file with `suffix`."""
    if suffix != ".xlsx":
        return budget_vorlage_yaml(fassung).encode()
    first = date.today().year  # noqa: DTZ011 - a calendar year has no time zone
    return saved(budget_vorlage(fassung, range(first, first + _YEARS)))


def history_template(suffix: str) -> bytes:
    """Return the template of a de-minimis history as the content of a file with `suffix`."""
    return saved(historie_vorlage()) if suffix == ".xlsx" else historie_vorlage_yaml().encode()
