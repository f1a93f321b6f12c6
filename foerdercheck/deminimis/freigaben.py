"""What would become free if an award did not count: revoked, annulled, or replaced by another notice."""

from datetime import date
from decimal import Decimal
from heapq import nlargest
from operator import attrgetter
from typing import NamedTuple

from foerdercheck.deminimis.frage import Frage
from foerdercheck.deminimis.kontenbuch import Konten
from foerdercheck.deminimis.konto import ZERO, Konto
from foerdercheck.deminimis.posten import Posten
from foerdercheck.model.location import Path

MOST = 100
"""Each needs an account of its own; of more awards than these only the largest are tried."""


class Freigabe(NamedTuple):
    """An award of the window or later, the largest new one (EUR) that fits on the Stichtag without it, and how much more that is.

    `frueheste_gewaehrung` is the first day on which the planned one fits without it; None where none is planned or none does.
    """

    gewaehrt_am: date
    unternehmen: str
    zuwendungsgeber: str | None
    subventionswert: Decimal
    frei_ohne: Decimal
    macht_frei: Decimal
    frueheste_gewaehrung: date | None
    pfad: Path


def freigaben(konten: Konten, unternehmen: str, frage: Frage) -> tuple[Freigabe, ...]:
    """Return what each award of the window or a later day keeps from being free, by day; of very many only for the largest."""
    konto = konten.konto(unternehmen, frage.stichtag)
    free = konto.room(frage.verordnung, frage.stichtag)
    if free is None:
        return ()
    first, _ = konto.window(frage.verordnung, frage.stichtag)
    within = [posten for posten in konto.posten if posten.tag >= first]
    kept = nlargest(MOST, within, key=attrgetter("wert"))
    return tuple(_without(konten, konto, posten, frage, free) for posten in sorted(kept))


def _without(konten: Konten, konto: Konto, posten: Posten, frage: Frage, free: Decimal) -> Freigabe:
    rest = konto.having(other for other in konto.posten if other is not posten)
    room = rest.room(frage.verordnung, frage.stichtag) or ZERO
    earliest = None if frage.betrag is None else rest.earliest(frage.verordnung, frage.betrag, frage.stichtag)
    name, place = konten.buch.names[posten.unternehmen], konten.buch.place(posten)
    return Freigabe(posten.tag, name, posten.zuwendungsgeber, posten.wert, room, room - free, earliest, place)
