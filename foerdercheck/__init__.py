"""foerdercheck: project budgets against German grant guidelines.

>>> from foerdercheck import check_budget
>>> check_budget("budget.yaml").ergebnis
'foerderfaehig'
"""

from foerdercheck.assessment import Assessment, check_budget
from foerdercheck.version import VERSION

__version__ = VERSION

__all__ = ["Assessment", "__version__", "check_budget"]
