"""foerdercheck: project budgets against German grant guidelines.

>>> from foerdercheck import check_budget
>>> check_budget("budget.yaml").ergebnis
'foerderfaehig'
"""

import importlib as _importlib
import typing as _typing

from foerdercheck.version import VERSION as _VERSION

if _typing.TYPE_CHECKING:
    from foerdercheck.assessment.ausnahmeliste import Ausnahmeliste, read_ausnahmen
    from foerdercheck.assessment.budget import Assessment, check_budget
    from foerdercheck.assessment.historie import HistoryAssessment, check_history

__version__ = _VERSION

__all__ = [
    "Assessment", "Ausnahmeliste", "HistoryAssessment", "__version__", "check_budget", "check_history", "read_ausnahmen",
]  # fmt: skip


def __dir__() -> list[str]:
    """Return what the package offers, loaded or not: the completion of a shell and `help` ask here."""
    return sorted(__all__)


_HOMES = {
    "HistoryAssessment": "historie", "check_history": "historie", "Ausnahmeliste": "ausnahmeliste",
    "read_ausnahmen": "ausnahmeliste",
}  # fmt: skip
"""Which module of `assessment` a name is from; all others are from `budget`."""

if not _typing.TYPE_CHECKING:  # loaded when asked for, so that the program is ready for Ctrl-C before it loads all this

    def __getattr__(name: str) -> object:
        if name not in __all__:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        return getattr(_importlib.import_module(f"{__name__}.assessment.{_HOMES.get(name, 'budget')}"), name)
