"""Templates in both formats."""

from datetime import date

from foerdercheck.programmes.fassung import Fassung
from foerdercheck.programmes.parameter import ANTRAGSSCHLUSS, SPAETESTES_ENDE, VERLAENGERBAR_BIS
from foerdercheck.writing.workbook import budget_vorlage, historie_vorlage, saved
from foerdercheck.writing.yaml_template import budget_vorlage_yaml, historie_vorlage_yaml

_YEARS = 4
"""A project begins this year or the next and rarely takes more than three."""
_YEARS_OF_A_CALL = 10
"""Projects of a call that has closed may have begun with it, and may take as long."""


def budget_template(fassung: Fassung, suffix: str) -> bytes:
    """Return the budget template of a version of a programme as the content of a file with `suffix`."""
    if suffix != ".xlsx":
        return budget_vorlage_yaml(fassung).encode()
    return saved(budget_vorlage(fassung, project_years(fassung, date.today())))  # noqa: DTZ011 - a calendar year has no time zone


def project_years(fassung: Fassung, today: date) -> range:
    """Return the calendar years a project may have hours in, from today on; from its call on if that has closed."""
    call = fassung.find(ANTRAGSSCHLUSS)
    latest = fassung.find(VERLAENGERBAR_BIS) or fassung.find(SPAETESTES_ENDE)
    first, most = today.year, _YEARS
    if call is not None and call.wert < today:
        first, most = call.wert.year, _YEARS_OF_A_CALL
    last = latest.wert.year if latest else first + _YEARS - 1
    return range(first, max(first, min(last, first + most - 1)) + 1)


def history_template(suffix: str) -> bytes:
    """Return the template of a de-minimis history as the content of a file with `suffix`."""
    return saved(historie_vorlage()) if suffix == ".xlsx" else historie_vorlage_yaml().encode()
