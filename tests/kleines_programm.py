"""Guidelines of a few values and rules each, written down in a line, and a budget for them."""

from typing import Any

import yaml
from rechtsfaelle import assess, merge

from foerdercheck.programmes import read_version
from foerdercheck.programmes.fassung import Fassung
from foerdercheck.reading.files import File

_HERKUNFT = {"ziffer": "1", "inhalt": "Steht so da.", "beleg": "wortlaut", "geprueft_am": "2026-01-02"}
_IMMER = {
    "geltungsdauer": {"von": "2026-01-01", "bis": "2030-12-31"},
    "rundung_positionen": "kaufmaennisch",
    "rundung_zuwendung": "ab",
    "foerdersatz": "50 %",
}
BUDGET = {
    "foerderprogramm": "klein",
    "vorhaben": {
        "antragsdatum": "2026-05-04",
        "beginn": "2026-09-01",
        "ende": "2028-08-31",
        "bewilligung": "2026-07-01",
    },
    "antragsteller": {
        "name": "Stadt A",
        "art": "kommune",
        "gemeinkosten": "keine",
        "kosten": [{"kostenart": "material", "bezeichnung": "M", "brutto": "10.000,00", "ust": "19 %"}],
        "finanzierung": {"eigenmittel": "5.000,00"},
    },
}


def wert(inhalt: object, **wenn: list[str]) -> dict[str, object]:
    """A value, under a condition if there is one."""
    return {**_HERKUNFT, "wert": inhalt, **({"wenn": wenn} if wenn else {})}


def programm(*pruefungen: str, **parameter: object) -> Fassung:
    """A guideline with these rules beside that of the rate; a parameter is a value, or a list of what `wert` returns."""
    rules = {
        name: {**_HERKUNFT, "pruefung": name, "titel": name, "berechnung": name}
        for name in ("foerdersatz", *pruefungen)
    }
    values = {name: value if isinstance(value, list) and isinstance(value[0], dict) else wert(value)
              for name, value in {**_IMMER, **parameter}.items()}  # fmt: skip
    head = {"programm": "klein", "titel": "Klein", "bekanntmachung": "2026-01-01", "fundstelle": "Zettel"}
    ziffern = {"1": {"titel": "Alles", "regeln": list(rules)}}
    text = yaml.safe_dump({**head, "parameter": values, "regeln": rules, "ziffern": ziffern}, allow_unicode=True)
    return read_version(File("klein.yaml", text.encode()))


def check(fassung: Fassung, over: dict[str, Any] | None = None):
    """Check the budget, with other statements, under a guideline."""
    return assess(merge(BUDGET, over or {}), fassung=fassung)


def said(found, pruefung: str) -> list[tuple[str, str]]:
    """The findings of a rule: status and text."""
    return [(befund.status, befund.text) for befund in found.befunde if befund.regel == f"klein/{pruefung}"]
