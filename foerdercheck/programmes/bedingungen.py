"""What a condition of a programme file may name: attributes, and where the words come from that they can take."""

from collections.abc import Mapping
from typing import Any

from foerdercheck.model.budget import ALLE_KOSTENARTEN, ARTEN, LEISTUNGEN
from foerdercheck.model.laender import BUNDESLAENDER
from foerdercheck.programmes.norm import Parameter
from foerdercheck.programmes.parameter import (
    FOERDERGEGENSTAENDE,
    FOERDERZIELE,
    INTERKOMMUNAL_ZWISCHEN,
    KOOPERATION_MIT,
    METHODEN,
    PHASEN,
    PROGRAMMGEBIETE,
    REGIONEN,
    VERORDNUNGEN,
)

MERKMALE: Mapping[str, tuple[str, ...] | None] = {
    "art": ARTEN,
    "sitz": (*BUNDESLAENDER, "unbekannt"),
    "rolle": ("antragsteller", "partner"),
    "mehrere_beteiligte": ("ja", "nein"),
    "kooperation_mit_oeffentlichen": ("ja", "nein"),
    "mehrheitlich_kommunal": ("ja", "nein", "unbekannt"),
    "haushaltsnotlage": ("ja", "nein"),
    "interkommunal": ("ja", "nein"),
    "nur_personal": ("ja", "nein"),
    "kostenart": ALLE_KOSTENARTEN,
    "leistung": LEISTUNGEN,
    "methode": tuple(METHODEN),
    "programmgebiet": None,
    "region": None,
    "foerdergegenstand": None,
    "phase": None,
    "ziel": None,
    "fonds": None,
    "verordnung": None,
    "form": None,
    "jahre": None,
    "neben": None,
}
"""The attributes a condition may name, with the values they can take (None: any word, or those of a parameter)."""

WORTE_AUS: Mapping[str, Parameter[Any]] = {
    "programmgebiet": PROGRAMMGEBIETE,
    "region": REGIONEN,
    "foerdergegenstand": FOERDERGEGENSTAENDE,
    "phase": PHASEN,
    "ziel": FOERDERZIELE,
    "verordnung": VERORDNUNGEN,
}
"""The attributes whose values the programme itself defines, as the keys of a parameter."""

ARTEN_AUS: Mapping[str, Parameter[Any]] = {
    "kooperation_mit_oeffentlichen": KOOPERATION_MIT,
    "interkommunal": INTERKOMMUNAL_ZWISCHEN,
}
"""The attributes that follow from kinds of body, with the parameter that names these."""
