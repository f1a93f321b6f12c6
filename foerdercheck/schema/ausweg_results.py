"""What the JSON results hold of changed values and proposals, key by key, in their order; a part of `results.py`."""

from typing import Annotated, TypedDict

from foerdercheck.model.befund import Ergebnis
from foerdercheck.schema.result_values import BetragJson, OrtJson


class AenderungJson(TypedDict):
    """A value that is not that of the file."""

    feld: Annotated[str, "Pfad der Angabe, z. B. antragsteller.kosten.2.netto, gezählt ab 1."]
    ort: Annotated[OrtJson | None, "Wo sie in der Datei steht, sonst das, worin sie stünde."]
    alt: Annotated[str | None, "Was dort steht; null, wenn es keine Angabe gibt."]
    neu: Annotated[str | None, "Was an ihre Stelle tritt; null, wenn sie wegfällt."]


class VorschlagJson(TypedDict):
    """What to change, and where that leads."""

    aenderungen: Annotated[list[AenderungJson], "Was zu ändern ist, und nichts sonst."]
    ergebnis: Annotated[Ergebnis, "Das Urteil, das eine Prüfung des geänderten Budgets ergeben hat."]
    zuwendung: Annotated[BetragJson, "Die Zuwendungen danach."]
    eigenmittel: Annotated[BetragJson, "Die eigenen Mittel aller Beteiligten danach."]
    bewegt: Annotated[BetragJson, "Wie viel Geld die Änderungen bewegen."]
    mitzubringen: Annotated[list[str], "Was danach noch offen ist: Angaben, Angebote, Unterlagen."]


class VorschlaegeJson(TypedDict):
    """What would make a budget pass, or give more."""

    liste: Annotated[list[VorschlagJson], "Höchstens vier, die kleinste Änderung zuerst."]
    meiste: Annotated[
        VorschlagJson | None,
        "Die höchste Zuwendung, die ohne andere Kosten zu erreichen ist; null, wenn es nicht mehr ist als in der Liste.",
    ]
    geprueft: Annotated[int, "Wie viele geänderte Budgets dafür geprüft wurden."]
    vollstaendig: Annotated[bool, "Ob die Suche alles gesehen hat; sonst kann es weitere Wege geben."]
