"""The words a programme gives its applicants to choose from, by the vocabulary that names them in the model."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from foerdercheck.model.words import RATE, Vocabulary
from foerdercheck.programmes import deminimis_recht, verordnungen
from foerdercheck.programmes.fassung import Fassung
from foerdercheck.programmes.norm import Parameter
from foerdercheck.programmes.parameter import (
    EINHEITSKOSTEN,
    FOERDERGEGENSTAENDE,
    FOERDERZIELE,
    GEMEINKOSTENSATZ,
    GEMEINKOSTENSATZ_ANGABE_HOECHSTENS,
    METHODEN,
    PHASEN,
    PROGRAMMGEBIETE,
    VERORDNUNG_OHNE_ANGABE,
)

AUTO = "auto"
KEINE = "keine"
_KEYS: Mapping[str, Parameter[Any]] = {
    "ziele": FOERDERZIELE,
    "foerdergegenstand": FOERDERGEGENSTAENDE,
    "phase": PHASEN,
    "stufe": EINHEITSKOSTEN,
}
_MIT_BEDEUTUNG = frozenset({"ziele", "foerdergegenstand", "phase"})


@lru_cache(maxsize=32)
def vokabular(fassung: Fassung | None = None) -> Vocabulary:
    """Return every vocabulary the programme defines, and that of the regulations; one that is not defined is not checked."""
    words: dict[str, Sequence[str] | Mapping[str, Sequence[str]]] = {"verordnung": verordnungen()}
    if fassung is None:
        return words
    words["gemeinkosten"] = (AUTO, KEINE, *_methoden(fassung))
    words["regel"] = (*(regel.name for regel in fassung.regeln), *(regel.id for regel in fassung.regeln))
    for name, parameter in _KEYS.items():
        if (norm := fassung.find(parameter)) is not None:
            words[name] = tuple(norm.wert)
    if (gebiete := fassung.find(PROGRAMMGEBIETE)) is not None:
        words["landkreise"] = tuple(name for names in gebiete.wert.values() for name in names)
    return words


def ohne_angabe(vocabulary: str) -> str:
    """Return the word of a vocabulary that holds where nothing is stated; empty where the law knows none."""
    return deminimis_recht()[VERORDNUNG_OHNE_ANGABE].wert if vocabulary == "verordnung" else ""


def bedeutungen(fassung: Fassung, vocabulary: str) -> Mapping[str, str]:
    """Return what the words of a vocabulary mean, where the programme says so."""
    norm = fassung.find(_KEYS[vocabulary]) if vocabulary in _MIT_BEDEUTUNG else None
    return norm.wert if norm else {}


def _methoden(fassung: Fassung) -> list[str]:
    """The methods of overhead the programme has; one whose rate the budget states ends in RATE."""
    own = {methode for norm in fassung.all(GEMEINKOSTENSATZ) for methode in norm.wenn.get("methode", ())}
    stated = {
        methode for norm in fassung.all(GEMEINKOSTENSATZ_ANGABE_HOECHSTENS) for methode in norm.wenn.get("methode", ())
    }
    return [methode for methode in METHODEN if methode in own] + [m + RATE for m in METHODEN if m in stated]
