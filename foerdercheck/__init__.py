"""foerdercheck: project budgets against German grant guidelines.

>>> from foerdercheck import check_budget
>>> check_budget("budget.yaml").ergebnis
'foerderfaehig'
"""

from importlib import import_module
from typing import TYPE_CHECKING

from foerdercheck.version import VERSION

if TYPE_CHECKING:
    from foerdercheck.account import HistoryAssessment, check_history
    from foerdercheck.assessment import Assessment, check_budget

__version__ = VERSION

__all__ = ["Assessment", "HistoryAssessment", "__version__", "check_budget", "check_history"]

if not TYPE_CHECKING:  # loaded when asked for, so that the program is ready for Ctrl-C before it loads all this

    def __getattr__(name: str) -> object:
        if name not in __all__:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        home = "account" if name in {"HistoryAssessment", "check_history"} else "assessment"
        return getattr(import_module(f"{__name__}.{home}"), name)
