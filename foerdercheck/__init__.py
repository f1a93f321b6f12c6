"""foerdercheck: project budgets against German grant guidelines.

>>> from foerdercheck import check_budget
>>> check_budget("budget.yaml").ergebnis
'foerderfaehig'
"""

import importlib as _importlib
import typing as _typing

if _typing.TYPE_CHECKING:
    from foerdercheck.assessment.ausnahmeliste import Ausnahmeliste, read_ausnahmen
    from foerdercheck.assessment.budget import Assessment, check_budget
    from foerdercheck.assessment.historie import HistoryAssessment, check_history
    from foerdercheck.assessment.zuordnung import read_zuordnung
    from foerdercheck.ausweg.vorschlaege import vorschlaege
    from foerdercheck.vergleich.gegenueberstellung import vergleiche

    __version__: str

__all__ = [
    "Assessment", "Ausnahmeliste", "HistoryAssessment", "__version__", "check_budget", "check_history", "read_ausnahmen",
    "read_zuordnung", "vergleiche", "vorschlaege",
]  # fmt: skip
_HOMES = {
    "Assessment": ("assessment.budget", "Assessment"),
    "Ausnahmeliste": ("assessment.ausnahmeliste", "Ausnahmeliste"),
    "HistoryAssessment": ("assessment.historie", "HistoryAssessment"),
    "__version__": ("version", "VERSION"),
    "check_budget": ("assessment.budget", "check_budget"),
    "check_history": ("assessment.historie", "check_history"),
    "read_ausnahmen": ("assessment.ausnahmeliste", "read_ausnahmen"),
    "read_zuordnung": ("assessment.zuordnung", "read_zuordnung"),
    "vergleiche": ("vergleich.gegenueberstellung", "vergleiche"),
    "vorschlaege": ("ausweg.vorschlaege", "vorschlaege"),
}


def __dir__() -> list[str]:
    """Return what the package offers, loaded or not: the completion of a shell and `help` ask here."""
    return sorted(__all__)


if not _typing.TYPE_CHECKING:
    # Not imported above, for the command line imports this file before any other: what goes wrong there (Ctrl-C, a library
    # that is missing) nobody could catch, and histories, which most calls do not need, would add a fifth to its start.
    def __getattr__(name: str) -> object:
        if name not in _HOMES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        module, there = _HOMES[name]
        return getattr(_importlib.import_module(f"{__name__}.{module}"), there)
