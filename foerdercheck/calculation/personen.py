"""Persons whose names hardly differ: they count apart, and what would not count if they were one is told."""

from collections import defaultdict
from collections.abc import Callable
from decimal import Decimal

from foerdercheck.calculation.zeilen import Verwechslung
from foerdercheck.model.budget import Budget, Sachposition
from foerdercheck.model.names import name_key, near_groups


class Verwechselbare:
    """The groups of persons whose names hardly differ, and who of them had a line so far."""

    def __init__(self, budget: Budget) -> None:
        positions = (position for _, body in budget.beteiligte() for position in body.kosten)
        names = [p.person or p.bezeichnung for p in positions if not isinstance(p, Sachposition)]
        groups = near_groups(names, person=True)
        self._groups = {name_key(name, person=True): group for group in groups for name in group}
        self._met: dict[str, set[str]] = defaultdict(set)

    def verwechslung(self, wer: str, eligible: Decimal, as_one: Callable[[str], Decimal]) -> Verwechslung | None:
        """Return whom a person may be, from the second name of a group on; None where there is nobody.

        `as_one` counts the line on the account of the group and returns what is eligible of it then.
        """
        group = self._groups.get(wer)
        if group is None:
            return None
        lost = eligible - as_one(group[0])
        self._met[group[0]].add(wer)
        return Verwechslung(group, lost) if len(self._met[group[0]]) > 1 else None
