"""How a spreadsheet calls what a budget calls by keys, for messages to people who never see a key."""

from collections.abc import Mapping

from foerdercheck.model.angaben import BETEILIGTE, BUDGETBLAETTER, FINANZIERUNG, KOSTEN, VORHABEN
from foerdercheck.model.beihilfeangaben import HISTORIENBLAETTER
from foerdercheck.model.location import Path

_HEADINGS: Mapping[str, str] = {
    "antragsteller": "Antragsteller",
    "partner": BETEILIGTE.name,
    "vorhaben": VORHABEN.name,
    "kosten": KOSTEN.name,
    "finanzierung": FINANZIERUNG.name,
    "weitere": FINANZIERUNG.name,
    "beteiligter": "Beteiligter",
    "auftrag": "Auftrag",
    **{
        angabe.pfad[-1]: angabe.ueberschrift
        for blatt in (*HISTORIENBLAETTER, *BUDGETBLAETTER)
        for angabe in blatt.angaben
    },
}


def heading_of(path: Path) -> str:
    """Return the heading of the field a path leads to: `Stundensatz`, `Stunden 2026`; what has none is called by its key."""
    *above, key = [part for part in path if isinstance(part, str)] or ["Datei"]
    return f"Stunden {key}" if above[-1:] == ["stunden"] else _HEADINGS.get(key, key)
