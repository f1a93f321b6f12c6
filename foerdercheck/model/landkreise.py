"""The districts of a project: words of the programme, and what helps somebody who names a town instead."""

import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Annotated

from foerdercheck.model.deutsch import aufzaehlung
from foerdercheck.model.felder import Prozent
from foerdercheck.model.records import Choice
from foerdercheck.model.scalars import fold
from foerdercheck.model.words import Word

_FILE = Path(__file__).with_name("gemeinden_ni.txt")
_ADDITION = r" (?:a[mn]|an der|auf|bei|im|in|unter|vor)\b.*| ?[(/].*"
"""What follows the name itself: `Osterode am Harz`, `Brake (Unterweser)`."""

_LANDKREIS = ("Landkreis", "LK", "Kreis")
_DAVOR = (
    *_LANDKREIS, "Region", "kreisfreie", "Stadt", "Landeshauptstadt", "Hansestadt", "Universitätsstadt",
    "Seehafenstadt", "Kreisstadt", "große", "selbständige", "selbstständige",
)  # fmt: skip
_ART = rf"(?i),? ({'|'.join(_DAVOR)})$"
"""What official lists put behind the name: `Emden, Stadt`."""

_SHORT = 7


def _kreis_statt_ort(name: str, kreise: Sequence[str]) -> str:
    """Say which of the districts `kreise` is meant: the one a town lies in, or one of whose name a single letter is wrong.

    Never one that only looks alike: Osterode is not Osterholz.
    """
    if own := _by_own_name(name, kreise):
        return f" – meinten Sie {aufzaehlung((f'„{kreis}“' for kreis in own), 'oder')}?"
    name = re.sub(_ART, "", name)
    found = [kreis for kreis in _kreise().get(fold(name), ()) if kreis in kreise]
    if len(found) == 1:
        return f" – der Ort gehört zu {found[0]}: schreiben Sie „{found[0]}“."
    if found:
        return f" – Orte dieses Namens gibt es in {aufzaehlung(found)}: schreiben Sie den, der gemeint ist."
    near = [kreis for kreis in kreise if _a_slip(fold(name), fold(kreis))]
    return f" – meinten Sie „{near[0]}“?" if len(near) == 1 else ""


def _by_own_name(name: str, kreise: Sequence[str]) -> list[str]:
    """Return the districts of a name that has something behind it: `Emden, Stadt`; two for `Oldenburg (Oldb)`."""
    art, rest = re.search(_ART, name), re.sub(_ART, "", name)
    before = "" if art is None or art[1] in _LANDKREIS else f"{art[1]} "
    exact = [kreis for kreis in kreise if fold(kreis) == fold(before + rest)]
    return exact or [kreis for kreis in kreise if _bare(kreis) == _bare(rest)]


def _bare(name: str) -> str:
    """`Stadt Oldenburg`, `Region Hannover` and `Rotenburg (Wümme)` without what stands before or behind the name itself."""
    first, _, rest = name.partition(" ")
    return fold(re.sub(_ADDITION, "", rest if first in _DAVOR else name))


def _a_slip(one: str, other: str) -> bool:
    """Tell whether a letter is missing, too many or wrong, or two are exchanged.

    In a short name a wrong letter makes another one: Hamburg is not Harburg.
    """
    same = next(
        (index for index, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other))
    )
    a, b = one[same:], other[same:]
    wrong = len(one) > _SHORT and a[1:] == b[1:]
    return wrong or a[1:] == b or a == b[1:] or (a[:2] == b[1::-1] and a[2:] == b[2:])


@cache
def _kreise() -> dict[str, list[str]]:
    """The districts by the folded names of their towns, with and without what follows the name itself."""
    found: dict[str, list[str]] = {}
    for line in _FILE.read_text(encoding="utf-8").splitlines():
        kreis, colon, orte = line.partition(": ")
        for ort in orte.split("; ") if colon and not line.startswith("#") else ():
            for name in dict.fromkeys((fold(ort), fold(re.sub(_ADDITION, "", ort)))):
                districts = found.setdefault(name, [])
                if kreis not in districts:
                    districts.append(kreis)
    return found


_Landkreis = Annotated[str, Word("landkreise", "als Landkreis oder kreisfreie Stadt", _DAVOR, _kreis_statt_ort)]
Landkreise = Annotated[
    tuple[_Landkreis, ...] | dict[_Landkreis, Prozent], Choice(lambda tree: int(isinstance(tree, dict)))
]
"""Districts as a list, or each with its share of the project."""
