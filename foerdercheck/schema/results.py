"""What the JSON results hold, key by key, in their order.

The writer (`reports/result_json.py`) is held to it by its types, and the schemas of the results are made from it, so that there is one
place for a key: its name, its type and what it means.
"""

from typing import Annotated, Literal, NotRequired, TypedDict

from foerdercheck.calculation.vergabe import Auftragsstatus
from foerdercheck.deminimis.frage import Kontoergebnis
from foerdercheck.model.befund import Beleg, Ergebnis, Status
from foerdercheck.model.budget import ALLE_KOSTENARTEN, ARTEN, LEISTUNGEN
from foerdercheck.schema.account_results import NICHT_GEPRUEFT_JSON, BetragsherleitungJson, KontoJson
from foerdercheck.schema.ausweg_results import AenderungJson, VorschlaegeJson
from foerdercheck.schema.result_values import AnteilJson, BetragJson, FehlerJson, OrtJson, TagJson, Words


class ProgrammJson(TypedDict):
    """The guideline a budget was checked under."""

    id: Annotated[str, "Kennung des Förderprogramms, wie in foerderprogramm."]
    titel: Annotated[str, "Name der Richtlinie."]
    fassung: Annotated[TagJson, "Tag der Bekanntmachung der angewandten Fassung."]


class KostenJson(TypedDict):
    """One line of the costs."""

    kostenart: Annotated[str, Words(ALLE_KOSTENARTEN), "Die Kostenart."]
    bezeichnung: Annotated[str, "Wie die Position im Budget heißt."]
    angesetzt: Annotated[BetragJson, "Was das Budget ansetzt."]
    zuwendungsfaehig: Annotated[BetragJson, "Was davon zählt."]
    ort: Annotated[OrtJson | None, "Wo die Position steht."]


class VarianteJson(TypedDict):
    """A method for the overhead."""

    methode: Annotated[str, "Name der Methode."]
    betrag: Annotated[BetragJson, "Was sie ergibt."]
    zulaessig: Annotated[bool, "Ob die Richtlinie sie hier erlaubt."]
    grund: Annotated[str | None, "Warum nicht; null, wenn sie zulässig ist."]


class GemeinkostenJson(TypedDict):
    """The overhead."""

    methode: Annotated[str, "Die angewandte Methode."]
    betrag: Annotated[BetragJson, "Die Gemeinkosten."]
    varianten: Annotated[list[VarianteJson], "Alle Methoden der Richtlinie im Vergleich."]


class BeteiligterJson(TypedDict):
    """A body with its figures."""

    name: Annotated[str, "Name des Beteiligten; der Antragsteller steht zuerst."]
    art: Annotated[str, Words(ARTEN), "Was er nach eigener Angabe ist."]
    kosten: Annotated[list[KostenJson], "Seine Positionen in der Reihenfolge des Budgets."]
    gemeinkosten: Annotated[GemeinkostenJson, "Seine Gemeinkosten."]
    gesamtausgaben: Annotated[BetragJson, "Direkte Ausgaben und Gemeinkosten."]
    zuwendungsfaehige_ausgaben: Annotated[BetragJson, "Was davon zählt."]
    foerdersatz: Annotated[AnteilJson | None, "Der höchste Fördersatz; null, wenn das Programm für ihn keinen hat."]
    hoechste_zuwendung: Annotated[BetragJson, "Die höchste Zuwendung."]
    zuwendung: Annotated[BetragJson, "Die Zuwendung: höchstens die höchste und höchstens die beantragte."]
    eigenmittel: Annotated[BetragJson | None, "Seine eigenen Mittel; null, wenn das Budget keine nennt."]
    weitere_mittel: Annotated[BetragJson, "Summe der Mittel von anderen."]
    finanzierungsluecke: Annotated[BetragJson | None, "Gesamtausgaben ohne alle Mittel; null, wenn die eigenen fehlen."]
    deminimis: Annotated[
        KontoJson | None, "Sein De-minimis-Konto mit der Zuwendung als geplanter Beihilfe, falls er eines hat."
    ]
    herleitung: NotRequired[Annotated[list[BetragsherleitungJson], "Wie die Beträge entstehen; nur mit --herleitung."]]


class SummeJson(TypedDict):
    """The sums of a project."""

    gesamtausgaben: Annotated[BetragJson | None, "Die Gesamtausgaben."]
    zuwendungsfaehige_ausgaben: Annotated[BetragJson | None, "Was davon zählt."]
    zuwendung: Annotated[BetragJson | None, "Die Zuwendungen."]


class AuftragJson(TypedDict):
    """An order."""

    nr: Annotated[str | None, "Nummer des Auftrags im Budget."]
    bezeichnung: Annotated[str, "Was beauftragt wird."]
    leistung: Annotated[str, Words(LEISTUNGEN), "Art der Leistung."]
    wert_netto: Annotated[BetragJson, "Wert ohne Umsatzsteuer."]
    schwelle: Annotated[BetragJson | None, "Wert, ab dem Angebote nötig sind; null, wenn er nicht bekannt ist."]
    drei_angebote_erforderlich: Annotated[bool | None, "Ob Angebote nötig sind; null, wenn das nicht bekannt ist."]
    angebote: Annotated[int | None, "Wie viele Angebote das Budget nennt."]
    status: Annotated[Auftragsstatus, "Ob die nötigen Angebote vorliegen; entfaellt, wenn keine nötig sind."]


class VergabeJson(TypedDict):
    """The orders of a project."""

    drei_angebote_erforderlich: Annotated[bool | None, "Ob für einen der Aufträge Angebote nötig sind."]
    zuwendungen_gesamt: Annotated[BetragJson, "Die Zuwendungen, von denen das abhängt."]
    auftraege: Annotated[list[AuftragJson], "Die Aufträge."]


class AngenommenJson(TypedDict):
    """Why a finding no longer decides."""

    status: Annotated[Status, "Der Status, den der Befund ohne die Ausnahme hätte."]
    grund: Annotated[str, "Der Grund, wie ihn das Budget nennt."]
    wer: Annotated[str, "Wer die Ausnahme angenommen hat."]
    bis: Annotated[TagJson, "Letzter Tag, an dem sie gilt."]
    text: Annotated[str, "Was der Befund ohne die Ausnahme sagt."]


class BefundJson(TypedDict):
    """A finding."""

    regel: Annotated[
        str,
        "Kennung der Regel, z. B. sh-ki/5.3-stunden, gleich in allen Fassungen; sonst datei, dateien oder ausnahmen.",
    ]
    ziffer: Annotated[str, "Ziffer der Richtlinie; leer bei dem, was nicht aus ihr kommt."]
    status: Annotated[Status, "Was die Regel sagt."]
    beteiligter: Annotated[str | None, "Wen es betrifft; null, wenn es das ganze Vorhaben ist."]
    text: Annotated[str, "Der Befund in einem Satz."]
    betrag: Annotated[BetragJson | None, "Der Betrag, um den es geht, z. B. die Kürzung."]
    ort: Annotated[OrtJson | None, "Wo steht, worum es geht."]
    beleg: Annotated[
        Beleg | None,
        "Worauf er beruht: auf dem Text der Richtlinie (wortlaut), auf unserer Auslegung oder auf einer Sekundärquelle; null bei dem, "
        "was nicht aus ihr kommt.",
    ]
    angenommen: NotRequired[
        Annotated[AngenommenJson, "Nur bei einer angenommenen Ausnahme: sie entscheidet nicht mehr."]
    ]


class FristJson(TypedDict):
    """A duty after the grant."""

    datum: Annotated[TagJson | None, "Bis wann; null, wenn es keinen festen Tag gibt."]
    pflicht: Annotated[str, "Was zu tun ist."]
    ziffer: Annotated[str, "Ziffer der Richtlinie."]


class GeprueftesBudget(TypedDict):
    """A budget that was checked."""

    datei: Annotated[str, "Die Datei, wie der Aufruf sie nennt; - für die Standardeingabe."]
    fehler: Annotated[list[FehlerJson], "Regeln, die abgestürzt sind: Fehler des Programms. Sonst leer."]
    programm: Annotated[ProgrammJson, "Wonach geprüft ist."]
    stichtag: Annotated[TagJson, "Der angenommene Tag der Bewilligung."]
    pruefkennung: Annotated[
        str, "Steht mit 16 Zeichen für Angaben, Recht, Stichtag mit Ausnahmen und Version des Programms."
    ]
    ergebnis: Annotated[Ergebnis, "Das Urteil über das Vorhaben; fehler nur, wenn eine Regel abgestürzt ist."]
    beteiligte: Annotated[
        list[BeteiligterJson], "Die Beteiligten; leer, solange Angaben fehlen, ohne die nichts zu berechnen ist."
    ]
    summe: Annotated[SummeJson, "Die Summen über alle Beteiligten; null, solange nichts zu berechnen ist."]
    vergabe: Annotated[VergabeJson | None, "Die Aufträge; null, solange nichts zu berechnen ist."]
    befunde: Annotated[list[BefundJson], "Was jede Regel sagt, in der Reihenfolge der Richtlinie."]
    fristen: Annotated[list[FristJson], "Was nach der Bewilligung zu tun ist."]
    aenderungen: NotRequired[
        Annotated[list[AenderungJson], "Nur mit --setze: womit statt der Werte der Datei geprüft ist."]
    ]
    vorschlaege: NotRequired[
        Annotated[
            VorschlaegeJson,
            "Was das Budget förderfähig machte oder mehr ergäbe; bei vielen Dateien nur mit --vorschlaege.",
        ]
    ]


class UngeprueftesBudget(TypedDict):
    """A file that cannot be checked."""

    datei: Annotated[str, "Die Datei, wie der Aufruf sie nennt; - für die Standardeingabe."]
    ergebnis: Annotated[Literal["fehler"], "Es gibt kein Urteil."]
    fehler: Annotated[list[FehlerJson], "Alles, was nicht sicher zu lesen ist."]


BudgetJson = GeprueftesBudget | UngeprueftesBudget


class Kopf(TypedDict):
    """How every result begins."""

    foerdercheck: Annotated[str, "Version des Programms."]
    format: Annotated[
        Literal[1], "Stand dieses Formats; er steigt, wenn ein Schlüssel wegfällt oder etwas anderes bedeutet."
    ]
    hinweis: Annotated[str, "Dass dies keine Entscheidung ist."]


class UebergreifendJson(TypedDict):
    """What only shows across files."""

    text: Annotated[str, "Der Hinweis in einem Satz."]
    dateien: Annotated[list[str], "Die Dateien, die er betrifft, in der Reihenfolge des Aufrufs."]


class Ergebnisdokument(Kopf):
    """What `check --format json` writes."""

    ergebnis: Annotated[Ergebnis, "Das schlechteste Urteil; mit --alle von jeder Datei das beste."]
    uebergreifend: Annotated[
        list[UebergreifendJson], "Was erst mehrere Dateien zusammen zeigen; steht auch unter ihren Befunden."
    ]
    budgets: Annotated[
        list[BudgetJson], "Die Dateien in der Reihenfolge des Aufrufs; mit --alle jede unter jedem Programm."
    ]


class HinweisJson(TypedDict):
    """A remark about a history."""

    status: Annotated[Status, "Meist hinweis; offen, wenn das Ergebnis davon abhängt."]
    text: Annotated[str, "Was zu sagen ist."]
    ort: Annotated[OrtJson | None, "Wo steht, worum es geht."]
    unternehmen: Annotated[list[str], "Um wessen Konto es geht; leer, wenn es die Datei ist."]


class Kontodokument(Kopf):
    """What `deminimis --format json` writes."""

    ergebnis: Annotated[
        Kontoergebnis | Literal["fehler"], "Das schlechteste Ergebnis; fehler, wenn die Historie nicht zu lesen ist."
    ]
    stichtag: Annotated[TagJson, "Der Tag, für den gezählt wird."]
    pruefkennung: Annotated[
        str | None, "Prüfkennung: 16 Zeichen für Angaben, Recht, Frage und Programm; null bei Fehlern."
    ]
    nicht_geprueft: Annotated[list[str], NICHT_GEPRUEFT_JSON]
    unternehmen: Annotated[list[KontoJson], "Die Konten, eines je einzigem Unternehmen und Mitgliedstaat."]
    hinweise: Annotated[list[HinweisJson], "Was zu der Datei und zu jedem Konto zu sagen ist."]
    fehler: NotRequired[
        Annotated[list[FehlerJson], "Nur wenn die Historie nicht zu lesen ist: alles, was nicht stimmt."]
    ]
