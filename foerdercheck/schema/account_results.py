"""What the JSON results hold of a de-minimis account, key by key, in their order."""

from typing import Annotated, NotRequired, TypedDict

from foerdercheck.deminimis.frage import Kontoergebnis
from foerdercheck.deminimis.recht import ErgebnisBeiGewaehrung
from foerdercheck.model.beihilfe import STATUS
from foerdercheck.schema.result_values import BetragJson, OrtJson, TagJson, Words


class BetragsherleitungJson(TypedDict):
    """How a figure came about."""

    name: Annotated[str | None, "Wie der Betrag heißt."]
    betrag: Annotated[BetragJson, "Der Betrag."]
    formel: Annotated[str | None, "Die Rechnung in Worten; null bei einer Angabe des Budgets."]
    ziffer: Annotated[str | None, "Worauf er beruht: Ziffer der Richtlinie oder Artikel."]
    ort: Annotated[OrtJson | None, "Wo eine Angabe steht, aus der er folgt."]
    aus: Annotated[list["BetragsherleitungJson"], "Die Beträge, aus denen er berechnet ist."]


class FensterJson(TypedDict):
    """The rolling window of an account."""

    von: Annotated[TagJson, "Erster Tag."]
    bis: Annotated[TagJson, "Letzter Tag, der Stichtag."]


class BeihilfeJson(TypedDict):
    """An award of a de-minimis account."""

    gewaehrt_am: Annotated[TagJson, "Tag der Gewährung."]
    unternehmen: Annotated[str, "Wem sie gewährt wurde."]
    zuwendungsgeber: Annotated[str | None, "Wer sie gewährt hat; null ohne Angabe."]
    verordnung: Annotated[str, "Nummer der Verordnung, z. B. 2023/2831."]
    subventionswert: Annotated[BetragJson, "Ihr Bruttosubventionsäquivalent."]
    im_fenster: Annotated[bool, "Ob sie am Stichtag zählt."]
    zaehlt_bis: Annotated[TagJson, "Letzter Tag, an dem sie für eine neue Beihilfe zählt."]
    ergebnis_bei_gewaehrung: Annotated[ErgebnisBeiGewaehrung, "Ob der Höchstbetrag dabei eingehalten war."]
    ort: Annotated[OrtJson | None, "Wo sie steht."]


class NichtGezaehltJson(TypedDict):
    """An award that counts on no day."""

    gewaehrt_am: Annotated[TagJson | None, "Tag der Gewährung; null ohne Angabe."]
    unternehmen: Annotated[str, "Wem sie gewährt wurde; leer ohne Angabe."]
    zuwendungsgeber: Annotated[str | None, "Wer sie gewährt hat; null ohne Angabe."]
    verordnung: Annotated[str, "Nummer der Verordnung."]
    subventionswert: Annotated[BetragJson | None, "Ihr Wert, soweit angegeben."]
    status: Annotated[str, Words(STATUS), "Warum sie nicht zählt, z. B. widerrufen."]
    ort: Annotated[OrtJson | None, "Wo sie steht."]


class GrenzeJson(TypedDict):
    """How far a ceiling is used."""

    verordnungen: Annotated[list[str], "Die Verordnungen, die sich den Höchstbetrag teilen."]
    hoechstbetrag: Annotated[BetragJson, "Der Höchstbetrag am Stichtag."]
    im_fenster: Annotated[BetragJson, "Was davon belegt ist, ohne die geplante Beihilfe."]
    neu: Annotated[BetragJson, "Die geplante Beihilfe, wenn sie hier zählt; sonst 0.00."]
    bleibt_frei: Annotated[BetragJson, "Was neben der geplanten Beihilfe noch passt, alle Höchstbeträge beachtet."]
    gesperrt: Annotated[
        BetragJson, "Was hier noch übrig wäre, aber ein anderer Höchstbetrag oder eine spätere Beihilfe nicht zulässt."
    ]


class SchrittJson(TypedDict):
    """From a day on another amount is free."""

    ab: Annotated[TagJson, "Ab welchem Tag."]
    frei: Annotated[BetragJson, "Die größte Beihilfe nach der gefragten Verordnung, die von da an passt."]


class FreigabeJson(TypedDict):
    """What an award keeps from being free."""

    gewaehrt_am: Annotated[TagJson, "Tag der Gewährung."]
    unternehmen: Annotated[str, "Wem sie gewährt wurde."]
    zuwendungsgeber: Annotated[str | None, "Wer sie gewährt hat; null ohne Angabe."]
    subventionswert: Annotated[BetragJson, "Ihr Bruttosubventionsäquivalent."]
    frei_ohne: Annotated[BetragJson, "Was am Stichtag frei wäre, wenn sie widerrufen oder ersetzt würde."]
    macht_frei: Annotated[BetragJson, "Wie viel mehr das ist als mit ihr."]
    frueheste_gewaehrung: Annotated[
        TagJson | None,
        "Der erste Tag, an dem dann die geplante Beihilfe passt; null ohne eine, oder wenn es keinen gibt.",
    ]
    ort: Annotated[OrtJson | None, "Wo sie steht."]


class RegisterJson(TypedDict):
    """Until when an award must be in the central register."""

    gewaehrt_am: Annotated[TagJson, "Tag der Gewährung."]
    unternehmen: Annotated[str, "Wem sie gewährt wurde."]
    zuwendungsgeber: Annotated[str | None, "Wer sie gewährt hat; null ohne Angabe."]
    verordnung: Annotated[str, "Nummer der Verordnung."]
    subventionswert: Annotated[BetragJson, "Ihr Bruttosubventionsäquivalent."]
    geplant: Annotated[bool, "Ob es die geplante Beihilfe ist."]
    spaetestens: Annotated[TagJson | None, "Letzter Tag des Eintrags; null, wenn keine Pflicht bekannt ist."]
    ziffer: Annotated[str | None, "Worauf die Frist beruht."]
    ort: Annotated[OrtJson | None, "Wo die Beihilfe steht; null bei der geplanten."]


class GeplantJson(TypedDict):
    """A planned award."""

    datum: Annotated[TagJson, "Der Tag, an dem sie gewährt werden soll."]
    betrag: Annotated[BetragJson, "Ihr Bruttosubventionsäquivalent."]
    verordnung: Annotated[str, "Die Verordnung, nach der sie gewährt werden soll."]
    ergebnis: Annotated[Kontoergebnis, "Ob sie passt, wenn die davor geplanten gewährt sind."]
    frei: Annotated[BetragJson | None, "Was an diesem Tag vor ihr frei ist; null, wenn kein Höchstbetrag bekannt ist."]


NICHT_GEPRUEFT_JSON = "Was eine Behörde außerdem prüft und aus keiner Historie hervorgeht."


class KontoJson(TypedDict):
    """A de-minimis account."""

    unternehmen: Annotated[list[str], "Die Unternehmen, die zusammen ein einziges Unternehmen sind."]
    mitgliedstaat: Annotated[str, "Kürzel des Mitgliedstaats, der die Beihilfen gewährt."]
    verordnung: Annotated[str, "Die Verordnung, nach deren Höchstbetrag gefragt ist."]
    fenster: Annotated[FensterJson, "Der Zeitraum, über den gezählt wird."]
    steuerjahre: Annotated[
        list[str],
        "Tag und Monat, an denen Steuerjahre der Unternehmen beginnen (01.07.); leer ohne Angabe: Kalenderjahr.",
    ]
    hoechstbetrag: Annotated[
        BetragJson | None, "Der Höchstbetrag dieser Verordnung am Stichtag; null, wenn er nicht bekannt ist."
    ]
    hoechstbetrag_bis: Annotated[
        TagJson | None, "Letzter Tag, für den ein Höchstbetrag dieser Verordnung bekannt ist; null ohne Ende."
    ]
    im_fenster: Annotated[BetragJson, "Was davon im Zeitraum schon belegt ist, ohne die geplante Beihilfe."]
    beantragt: Annotated[BetragJson, "Was beantragt und noch nicht gewährt ist."]
    neue_beihilfe: Annotated[BetragJson | None, "Die geplante Beihilfe am Stichtag; null bei keiner oder einer Folge."]
    frei: Annotated[
        BetragJson | None,
        "Was am Stichtag noch gewährt werden kann, alle Höchstbeträge beachtet; null, wenn keiner bekannt ist.",
    ]
    geplant: Annotated[list[GeplantJson], "Die geplanten Beihilfen nach ihrem Tag, jede nach denen davor geprüft."]
    ergebnis: Annotated[
        Kontoergebnis, "Ob jede geplante Beihilfe passt; ohne eine, ob jede bei ihrer Gewährung gepasst hat."
    ]
    frueheste_gewaehrung: Annotated[
        TagJson | None,
        "Der erste Tag ab dem Stichtag, an dem die geplante Beihilfe passt; null ohne eine, oder wenn es keinen gibt.",
    ]
    beihilfen: Annotated[
        list[BeihilfeJson], "Die gewährten Beihilfen nach dem Tag der Gewährung, die nach dem Stichtag zuletzt."
    ]
    nicht_gezaehlt: Annotated[list[NichtGezaehltJson], "Die Beihilfen, die an keinem Tag zählen, etwa widerrufene."]
    nicht_im_fenster: NotRequired[
        Annotated[BetragJson, "Summe der Beihilfen außerhalb des Fensters; fehlt bei mehr als zwanzig Konten."]
    ]
    hoechstbetraege: NotRequired[
        Annotated[list[GrenzeJson], "Alle Höchstbeträge, auf die es ankommt; fehlt bei mehr als zwanzig Konten."]
    ]
    verlauf: NotRequired[
        Annotated[list[SchrittJson], "Wann sich ändert, was frei ist; fehlt bei mehr als zwanzig Konten."]
    ]
    herleitung: NotRequired[
        Annotated[
            BetragsherleitungJson | None,
            "Wie sich ergibt, was frei bleibt oder zu viel ist; null, wenn kein Höchstbetrag bekannt ist. Nur mit --herleitung.",
        ]
    ]
    freigaben: NotRequired[
        Annotated[list[FreigabeJson], "Was jede Beihilfe im Fenster frei machte; nur mit --was-geht-noch."]
    ]
    register: NotRequired[Annotated[list[RegisterJson], "Bis wann die Stelle die Beihilfen einträgt; nur mit --frist."]]
    nicht_geprueft: NotRequired[Annotated[list[str], f"{NICHT_GEPRUEFT_JSON} Nur im Ergebnis eines Budgets."]]
