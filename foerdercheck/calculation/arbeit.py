"""The hours that count for each person and year, over all bodies of a project, and the employment they rest on."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from foerdercheck.calculation.rechnung import Rechnung
from foerdercheck.calculation.stunden import Stundenzahl
from foerdercheck.model.budget import Stundenposition
from foerdercheck.model.location import Path

_FULL = Decimal(1)


class Jahresarbeit(NamedTuple):
    """What one person works in one calendar year: hours that count, employment at all bodies together (at most 1).

    `pfad` is the last line of the person, `last` the body it belongs to.
    """

    name: str
    year: int
    hours: Stundenzahl
    employment: Decimal
    pfad: Path
    last: Path


def arbeit(rechnungen: Sequence[Rechnung]) -> Mapping[Path, Sequence[Jahresarbeit]]:
    """Return the years of work by the path of the last body that counts hours of the person in the year.

    At each body the largest stated employment of a person holds, a full post if none is stated.
    """
    years: dict[tuple[str, int], Jahresarbeit] = {}
    for rechnung in rechnungen:
        lines = [(zeile, zeile.position) for zeile in rechnung.zeilen if isinstance(zeile.position, Stundenposition)]
        employment = _employment(position for _, position in lines)
        for zeile, position in lines:
            name, who = position.person or position.bezeichnung, position.wer
            for year, count in zeile.stunden.items():
                hours, share = count, employment[who]
                if (before := years.get((who, year))) is not None:
                    hours += before.hours
                    share = before.employment + (share if before.last != rechnung.pfad else 0)
                years[who, year] = Jahresarbeit(name, year, hours, min(share, _FULL), zeile.pfad, rechnung.pfad)
    by_body: dict[Path, list[Jahresarbeit]] = {}
    for worked in years.values():
        by_body.setdefault(worked.last, []).append(worked)
    return by_body


def _employment(positions: Iterable[Stundenposition]) -> dict[str, Decimal]:
    stated: dict[str, list[Decimal]] = {}
    for position in positions:
        shares = stated.setdefault(position.wer, [])
        if position.beschaeftigungsumfang is not None:
            shares.append(position.beschaeftigungsumfang)
    return {who: max(shares, default=_FULL) for who, shares in stated.items()}
