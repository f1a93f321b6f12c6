"""Until when an authority must have entered an award into the central register (Article 6(2) of Regulation 2023/2831)."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from foerdercheck.deminimis.kontostand import Kontostand
from foerdercheck.deminimis.recht import Recht
from foerdercheck.model.feiertage import arbeitstage_nach
from foerdercheck.model.location import Path
from foerdercheck.programmes.parameter import REGISTEREINTRAG_ARBEITSTAGE


class Registerfrist(NamedTuple):
    """The last day of an entry, and where that is provided; `auslegung` says what of it is only our reading."""

    spaetestens: date
    ziffer: str
    auslegung: str | None


class Eintragung(NamedTuple):
    """An award to be entered; `frist` is None where no duty is known, `pfad` where it is only planned."""

    gewaehrt_am: date
    unternehmen: str
    zuwendungsgeber: str | None
    verordnung: str
    subventionswert: Decimal
    frist: Registerfrist | None
    pfad: Path | None


def _registerfrist(verordnung: str, tag: date, recht: Recht) -> Registerfrist | None:
    """Return until when an award of `tag` must be entered; None where no duty is known: before it began, or for this regulation."""
    norm = recht.fassung.find(REGISTEREINTRAG_ARBEITSTAGE, {"verordnung": verordnung}, tag)
    return norm and Registerfrist(arbeitstage_nach(tag, norm.wert), norm.ziffer, norm.auslegung)


def eintragungen(stand: Kontostand) -> Iterator[Eintragung]:
    """Yield the awards of an account since the register began for any regulation, and those planned."""
    konten, name, frage = stand.grundlage
    recht = konten.buch.recht
    begin = min(norm.ab for norm in recht.fassung.all(REGISTEREINTRAG_ARBEITSTAGE))
    whose = konten.buch.names.get(name, "")
    planned = [((tag, whose, None, verordnung, betrag), None) for tag, betrag, verordnung in frage.geplant]
    granted = [
        ((b.gewaehrt_am, b.unternehmen, b.zuwendungsgeber, b.verordnung, b.subventionswert), b.pfad)
        for b in stand.beihilfen
        if b.gewaehrt_am >= begin
    ]
    for award, pfad in [*granted, *planned]:
        yield Eintragung(*award, _registerfrist(award[3], award[0], recht), pfad)
