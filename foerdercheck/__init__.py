"""foerdercheck: project budgets against German grant guidelines.

>>> from foerdercheck import check_budget
>>> check_budget("budget.yaml").ergebnis
'foerderfaehig'
"""

from foerdercheck.account import HistoryAssessment, check_history
from foerdercheck.assessment import Assessment, check_budget
from foerdercheck.version import VERSION

__version__ = VERSION

__all__ = ["Assessment", "HistoryAssessment", "__version__", "check_budget", "check_history"]
