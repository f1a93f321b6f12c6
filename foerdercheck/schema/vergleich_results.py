"""What the JSON of a comparison of two budgets holds, key by key, in their order; as `results.py` has it for one."""

from typing import Annotated, Literal, TypedDict

from foerdercheck.model.befund import Status
from foerdercheck.schema.result_values import AnteilJson, BetragJson, OrtJson
from foerdercheck.schema.results import BudgetJson, Kopf


class UnterschiedJson(TypedDict):
    """A statement that differs, or an entry that is only in one of two budgets."""

    art: Annotated[
        Literal["geaendert", "umbenannt", "neu", "weggefallen"],
        "Ob eine Angabe anders ist oder ein ganzer Eintrag kam oder ging.",
    ]
    beteiligter: Annotated[str | None, "Wen es betrifft; null, wenn es das ganze Vorhaben ist."]
    posten: Annotated[str, "Wie die Position oder der Geber heißt; leer, wenn es keine ist."]
    feld: Annotated[str, "Welche Angabe; leer, wenn der ganze Eintrag kam oder ging."]
    alt: Annotated[str | None, "Der Wert im alten Budget; null, wenn es keinen gibt."]
    neu: Annotated[str | None, "Der Wert im neuen Budget; null, wenn es keinen gibt."]
    ort_alt: Annotated[OrtJson | None, "Wo er im alten steht."]
    ort_neu: Annotated[OrtJson | None, "Wo er im neuen steht."]


class ZahlenpaarJson(TypedDict):
    """A figure before and after."""

    name: Annotated[str, "Wie der Betrag heißt, oder die Kostenart."]
    beteiligter: Annotated[str | None, "Wessen; null, wenn es das ganze Vorhaben ist."]
    alt: Annotated[BetragJson | None, "Vorher; null, wenn er nicht zu berechnen ist."]
    neu: Annotated[BetragJson | None, "Nachher."]


class ZeilenvergleichJson(TypedDict):
    """A line of the costs before and after."""

    beteiligter: Annotated[str, "Wessen Position."]
    kostenart: Annotated[str, "Die Kostenart."]
    bezeichnung: Annotated[str, "Wie die Position im neuen Budget heißt."]
    alt: Annotated[BetragJson, "Was das alte Budget ansetzt."]
    neu: Annotated[BetragJson, "Was das neue ansetzt."]
    ueberschritten: Annotated[AnteilJson | None, "Um welchen Anteil das alte überschritten ist; null, wenn nicht."]


class BefundpaarJson(TypedDict):
    """A finding that came, went or changed."""

    regel: Annotated[str, "Kennung der Regel."]
    beteiligter: Annotated[str | None, "Wen es betrifft; null, wenn es das ganze Vorhaben ist."]
    status_alt: Annotated[Status | None, "Was die Regel vorher sagte; null, wenn der Befund neu ist."]
    status_neu: Annotated[Status | None, "Was sie jetzt sagt; null, wenn er weggefallen ist."]
    text: Annotated[str, "Der Befund, wie er jetzt lautet, sonst wie er lautete."]


class AngebotspflichtJson(TypedDict):
    """An order of which it changed whether it needs offers."""

    auftrag: Annotated[str, "Beteiligter und Auftrag."]
    alt: Annotated[bool | None, "Ob vorher Angebote nötig waren; null, wenn es ihn nicht gab oder das offen war."]
    neu: Annotated[bool | None, "Ob sie jetzt nötig sind."]


class Vergleichsdokument(Kopf):
    """What `vergleichen --format json` writes."""

    ergebnis: Annotated[
        Literal["gleich", "geaendert", "fehler"], "Ob beide gleich wirken; fehler, wenn eines nicht zu lesen ist."
    ]
    alt: Annotated[BudgetJson, "Das alte Budget, geprüft."]
    neu: Annotated[BudgetJson, "Das neue Budget, geprüft."]
    unterschiede: Annotated[list[UnterschiedJson], "Was anders angegeben ist."]
    zahlen: Annotated[list[ZahlenpaarJson], "Was daraus folgt, auch was gleich geblieben ist."]
    zeilen: Annotated[list[ZeilenvergleichJson], "Die Positionen, die es in beiden gibt."]
    befunde: Annotated[list[BefundpaarJson], "Was die Regeln anders sagen."]
    angebote: Annotated[list[AngebotspflichtJson], "Für welche Aufträge sich ändert, ob Angebote nötig sind."]
    raum: Annotated[list[ZahlenpaarJson], "Was vom De-minimis-Höchstbetrag frei ist."]
    urteil: Annotated[str, "Das Urteil über beide in einem Satz."]
