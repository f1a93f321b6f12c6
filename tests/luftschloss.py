"""A second guideline that does not exist, with areas, levels, phases and limits of a project as a whole, and budgets for it."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from rechtsfaelle import assess, merge

from foerdercheck.programmes.loader import load_fassung
from foerdercheck.programmes.norm import Norm

FASSUNG = load_fassung(Path(__file__).parent / "demo_luftschloss.yaml")
BUDGET = {
    "foerderprogramm": "luftschloss",
    "vorhaben": {"antragsdatum": "2030-01-02", "beginn": "2030-07-01", "ende": "2030-12-31", "landkreise": ["Gipfel"]},
    "antragsteller": {"name": "Wolkenstadt", "art": "kommune", "kosten": []},
}


def line(brutto: str, phase: str | None = "plan", kostenart: str = "material", **more: object) -> dict[str, object]:
    stated = {"kostenart": kostenart, "bezeichnung": f"{kostenart} {brutto}", "brutto": brutto, **more}
    return stated if phase is None else {**stated, "phase": phase}


def post(stufe: str = "meister", **more: str) -> dict[str, str]:
    return {"kostenart": "personal", "bezeichnung": "Baumeister", "stufe": stufe, "phase": "bau", **more}


def check(*kosten: dict[str, object], fassung=FASSUNG, partner=(), **vorhaben: object):
    over = {"vorhaben": vorhaben, "antragsteller": {"kosten": list(kosten)}, "partner": list(partner)}
    found = assess(merge(BUDGET, over), stichtag=date(2030, 5, 31), fassung=fassung)
    assert found.rechnungen, (found.fehler, found.fehlend)
    return found


def body(name: str, *kosten: dict[str, object], art: str = "gemeinnuetzig", **more: object) -> dict[str, object]:
    return {"name": name, "art": art, "kosten": list(kosten), **more}


def findings(found, regel: str) -> list[tuple[str, str | None]]:
    return [(b.status, b.betrag and str(b.betrag)) for b in found.befunde if b.regel == f"luftschloss/{regel}"]


def text(found, regel: str) -> str:
    return " ".join(befund.text for befund in found.befunde if befund.regel == f"luftschloss/{regel}")


def eligible(found) -> list[str]:
    return [str(zeile.zuwendungsfaehig.betrag) for rechnung in found.rechnungen for zeile in rechnung.zeilen]


def without(*names: str):
    """The guideline with some parameters taken out; no rule here needs them."""
    return replace(FASSUNG, parameter={name: norms for name, norms in FASSUNG.parameter.items() if name not in names})


def with_values(**parameter: tuple[Norm[Any], ...]):
    """The guideline with other values for some parameters."""
    return replace(FASSUNG, parameter={**FASSUNG.parameter, **parameter})
