"""From the awards a history states to those that count: each with its day, its value, its pot and whose it is, or a problem."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from foerdercheck.deminimis.recht import Recht
from foerdercheck.deminimis.wert import subventionswert
from foerdercheck.model.beihilfe import Beihilfe, Historie
from foerdercheck.model.location import Path, Problem
from foerdercheck.model.scalars import ScalarError


class Posten(NamedTuple):
    """An award that counts: day of grant, number in the file, value in EUR, regulation and pot, whose it is (folded)."""

    tag: date
    nummer: int
    wert: Decimal
    verordnung: str
    pot: str
    unternehmen: str
    beihilfe: Beihilfe


PostenJeStaat = Mapping[str, Mapping[str, Sequence[Posten]]]
"""Member State → folded name of the undertaking → its awards in the order of the file."""


def granted_and_pending(
    historie: Historie, recht: Recht, stichtag: date, pfad: Path, folded: Mapping[str | None, str]
) -> tuple[PostenJeStaat, PostenJeStaat, list[Problem]]:
    """Return the awards that were granted, those applied for (as if granted on the Stichtag), and what is wrong with them.

    `folded` maps names as written; None, that of an award without one, is missing where nobody can be meant.
    """
    granted: dict[str, dict[str, list[Posten]]] = defaultdict(lambda: defaultdict(list))
    pending: dict[str, dict[str, list[Posten]]] = defaultdict(lambda: defaultdict(list))
    problems: list[Problem] = []
    for nummer, beihilfe in enumerate(historie.beihilfen):
        if beihilfe.status == "widerrufen":
            continue
        tag, verordnung = beihilfe.gewaehrt_am or stichtag, beihilfe.verordnung or recht.unstated
        try:
            name = folded[beihilfe.unternehmen]
            wert = subventionswert(beihilfe, tag, recht)
        except KeyError:
            problems.append(Problem("unternehmen fehlt: wer die Beihilfe erhalten hat", (*pfad, nummer)))
        except ScalarError as error:
            problems.append(Problem(str(error), (*pfad, nummer)))
        else:
            kept = granted if beihilfe.status == "bewilligt" else pending
            posten = Posten(tag, nummer, wert, verordnung, recht.pots[verordnung], name, beihilfe)
            kept[beihilfe.mitgliedstaat][name].append(posten)
    return _plain(granted), _plain(pending), problems


def _plain(posten: PostenJeStaat) -> PostenJeStaat:
    """Return the same without default factories, which could not be sent to another process."""
    return {state: dict(by_name) for state, by_name in posten.items()}


def duplicates(posten: Sequence[Posten]) -> frozenset[int]:
    """Return the numbers of awards that share file number, day and value with another."""
    stated = Counter(eintrag.beihilfe.aktenzeichen for eintrag in posten)
    again = {key for key, count in stated.items() if key is not None and count > 1}
    same: dict[tuple[str | None, date, Decimal], list[int]] = defaultdict(list)
    for eintrag in posten if again else ():
        if eintrag.beihilfe.aktenzeichen in again:
            same[eintrag.beihilfe.aktenzeichen, eintrag.tag, eintrag.wert].append(eintrag.nummer)
    return frozenset(nummer for numbers in same.values() if len(numbers) > 1 for nummer in numbers)
