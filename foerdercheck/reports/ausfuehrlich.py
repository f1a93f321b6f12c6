"""What a report on accounts adds where it is asked for: derivations, what else would fit, deadlines of the register."""

from collections.abc import Sequence
from typing import NamedTuple

from foerdercheck.deminimis.kontostand import Kontostand

_DETAILED = 20
"""Of more accounts than these a report has one line each."""


class Ausfuehrlich(NamedTuple):
    """What is wanted beside the account itself."""

    herleitung: bool = False
    was_geht_noch: bool = False
    frist: bool = False


NUR_DAS_KONTO = Ausfuehrlich()


def is_detailed(konten: Sequence[Kontostand], mehr: Ausfuehrlich) -> bool:
    """Tell whether each account is shown with all it has: few are, or those of a call that asks for more."""
    return len(konten) <= _DETAILED or mehr != NUR_DAS_KONTO
