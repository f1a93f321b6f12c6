"""What a project is, in the attributes on which the values of a programme depend, and in which areas it lies."""

from collections.abc import Mapping
from decimal import Decimal
from typing import NamedTuple

from foerdercheck.calculation.preise import regelsatz
from foerdercheck.model.budget import Beteiligter, Budget
from foerdercheck.model.location import Path
from foerdercheck.programmes.fassung import Fassung
from foerdercheck.programmes.norm import Merkmale, Parameter
from foerdercheck.programmes.parameter import (
    FOERDERGEGENSTAENDE,
    FONDS,
    INTERKOMMUNAL_ZWISCHEN,
    KOOPERATION_MIT,
    PROGRAMMGEBIETE,
)


class Projektlage(NamedTuple):
    """The attributes of a project, and the share (a fraction) of it that lies in each programme area.

    `anteile` is empty where the programme has no areas. Where the shares are not known it holds every area that
    comes into question with None, and the least favourable one counts. `umsatzsteuer` is the rate of VAT (a fraction)
    for prices that state none, None where it is not known for the time of the project; `bescheid` says whether the grants
    come in one notice (`gemeinsam`) or in one for each (`einzeln`).
    """

    merkmale: Merkmale
    anteile: Mapping[str, Decimal | None]
    umsatzsteuer: Decimal | None
    bescheid: str | None

    @property
    def gebiet_offen(self) -> bool:
        """Whether it is not known how the project is divided between areas."""
        return None in self.anteile.values()

    def merkmale_von(self, pfad: Path, beteiligter: Beteiligter, art: str) -> Merkmale:
        """Return the attributes that decide the rates of a Beteiligter treated as `art`."""
        kommunal = {True: "ja", False: "nein", None: "unbekannt"}[beteiligter.mehrheitlich_kommunal]
        return {
            **self.merkmale,
            "art": art,
            "rolle": str(pfad[0]),
            "sitz": beteiligter.sitz or "unbekannt",
            "haushaltsnotlage": _ja(beteiligter.haushaltsnotlage is True),
            "mehrheitlich_kommunal": kommunal,
        }


def projektlage(budget: Budget, fassung: Fassung, gegenstand: str | None) -> Projektlage:
    """Return the attributes of a project under a version of a programme, as a project of the kind `gegenstand`."""
    merkmale = {
        "mehrere_beteiligte": _ja(bool(budget.partner)),
        "kooperation_mit_oeffentlichen": _ja(_cooperates(budget, fassung)),
        "interkommunal": _ja(_intermunicipal(budget, fassung)),
        "nur_personal": _ja(_only_personnel(budget)),
    }
    if gegenstand is not None:
        merkmale["foerdergegenstand"] = gegenstand
    if (fonds := _fonds(budget, fassung)) is not None:
        merkmale["fonds"] = fonds
    vorhaben = budget.vorhaben
    return Projektlage(
        merkmale, _anteile(budget, fassung), regelsatz(vorhaben.beginn, vorhaben.ende), vorhaben.bescheid
    )


def gegenstaende(budget: Budget, fassung: Fassung) -> tuple[str | None, ...]:
    """Return the kind of project it is, or, where none is stated, each of the programme's in the order of its file."""
    kinds = fassung.find(FOERDERGEGENSTAENDE)
    if budget.vorhaben.foerdergegenstand is not None or kinds is None:
        return (budget.vorhaben.foerdergegenstand,)
    return tuple(kinds.wert)


def _fonds(budget: Budget, fassung: Fassung) -> str | None:
    """Return the fund that pays, if every goal of the project belongs to the same one."""
    norms = [fassung.find(FONDS, {"ziel": ziel}) for ziel in budget.vorhaben.ziele]
    found = {norm and norm.wert for norm in norms}
    return found.pop() if len(found) == 1 else None


def _cooperates(budget: Budget, fassung: Fassung) -> bool:
    """Tell whether a body of a kind that makes a cooperation takes part besides another Beteiligter."""
    return bool(budget.partner) and bool(_among(budget, fassung, KOOPERATION_MIT))


def _intermunicipal(budget: Budget, fassung: Fassung) -> bool:
    return len(_among(budget, fassung, INTERKOMMUNAL_ZWISCHEN)) > 1 or len(budget.vorhaben.landkreise) > 1


def _only_personnel(budget: Budget) -> bool:
    """Tell whether no Beteiligter states direct cost of another kind."""
    return all(line.kostenart == "personal" for _, body in budget.beteiligte() for line in body.kosten)


def _among(budget: Budget, fassung: Fassung, arten: Parameter[tuple[str, ...]]) -> list[Beteiligter]:
    """Return the Beteiligte of the kinds a parameter names; none where the programme does not set it."""
    norm = fassung.find(arten)
    return [beteiligter for _, beteiligter in budget.beteiligte() if norm and beteiligter.art in norm.wert]


def _anteile(budget: Budget, fassung: Fassung) -> dict[str, Decimal | None]:
    areas = fassung.find(PROGRAMMGEBIETE)
    if areas is None:
        return {}
    area_of = {name: area for area, names in areas.wert.items() for name in names}
    stated = budget.vorhaben.landkreise
    if isinstance(stated, dict):
        shares: dict[str, Decimal | None] = {}
        for name, share in stated.items():
            shares[area_of[name]] = (shares.get(area_of[name]) or Decimal()) + share
        return shares
    touched = dict.fromkeys(area_of[name] for name in stated)
    if len(touched) == 1:
        return dict.fromkeys(touched, Decimal(1))
    return dict.fromkeys(touched or areas.wert)


def _ja(value: bool) -> str:  # noqa: FBT001 - a conversion
    return "ja" if value else "nein"
