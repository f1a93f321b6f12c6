"""What a programme asks an applicant for: the fields of a sheet in the order of its Ziffern, and the words to choose from."""

from collections.abc import Sequence

from foerdercheck.model.angabe import Angabe, Blatt
from foerdercheck.model.angaben import VORHABEN
from foerdercheck.model.scalars import fold
from foerdercheck.programmes.fassung import Fassung
from foerdercheck.programmes.parameter import KOSTENARTEN
from foerdercheck.programmes.vokabular import ohne_angabe, vokabular


def gefragt(fassung: Fassung | None, blatt: Blatt) -> list[tuple[Angabe, str]]:
    """Return the fields of a sheet with their Ziffern; all, without Ziffer, where the programme does not say which.

    A programme that names its fields leaves out a sheet by not naming it. `foerderprogramm` always comes first.
    """
    if fassung is None or not fassung.angaben:
        return [(angabe, "") for angabe in blatt.angaben]
    asked = fassung.angaben.get(fold(blatt.name), {})
    found = [(angabe, ziffer) for feld, ziffer in asked.items() if (angabe := blatt.find(feld)) is not None]
    return [(VORHABEN.angaben[0], ""), *found] if blatt is VORHABEN else found


def erklaerung(angabe: Angabe) -> str:
    """Return what to write in a field, and what holds without it where the law says so."""
    default = ohne_angabe(angabe.vokabular)
    return f"{angabe.erklaerung}; ohne Angabe {default}" if default else angabe.erklaerung


def wahl(angabe: Angabe, fassung: Fassung | None) -> Sequence[str]:
    """Return the words a field can hold under a programme; empty where any may stand."""
    if angabe.vokabular:
        return tuple(vokabular(fassung).get(angabe.vokabular, ()))
    if angabe.feld == "kostenart" and fassung is not None:
        accepted = fassung.find(KOSTENARTEN)
        return tuple(accepted.wert) if accepted else angabe.worte
    return angabe.worte
