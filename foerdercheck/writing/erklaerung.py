"""The draft of a de-minimis declaration, part by part: headings, columns and typed rows, for whatever draws it.

Nothing is filled in that the history does not state: an empty cell is one for the undertaking to fill.
"""

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from foerdercheck.deminimis.erklaerung import Erklaerte, Erklaerung
from foerdercheck.model.deutsch import datum, prozent

ENTWURF = "Entwurf – nicht unterschrieben"
FORMWORTE = {
    "zuschuss": "Zuschuss",
    "zinszuschuss": "Zinszuschuss",
    "darlehen": "Darlehen",
    "buergschaft": "Bürgschaft",
    "beteiligung": "Beteiligung",
    "sonstige": "sonstige",
}
"""The forms of aid as people read them."""
_BEZIEHUNGEN = {
    "stimmrechtsmehrheit": "Mehrheit der Stimmrechte",
    "organmehrheit": "bestellt die Mehrheit der Organe",
    "beherrschungsvertrag": "Beherrschungsvertrag oder Satzung",
    "stimmbindung": "Stimmbindungsvertrag",
    "natuerliche_person": "über eine natürliche Person",
    "oeffentliche_stelle": "über eine öffentliche Stelle",
}
_EREIGNISSE = {"fusion": "Fusion", "uebernahme": "Übernahme", "spaltung": "Spaltung"}
_BEIHILFE = ("Unternehmen", "Zuwendungsgeber", "Aktenzeichen", "Verordnung", "Form", "Fördersumme", "Subventionswert")


class Teil(NamedTuple):
    """A part: its heading, what it is about, the headings of its columns, its rows, and a total of the last column if it has one."""

    titel: str
    anleitung: str
    spalten: Sequence[str]
    zeilen: Sequence[Sequence[object]]
    summe: Decimal | None = None


def kopf(erklaerung: Erklaerung) -> tuple[str, str, str]:
    """Return the lines above all parts: what it is, what it rests on, what to do with it."""
    ziffer = f" nach {erklaerung.ziffer}" if erklaerung.ziffer else ""
    day = datum(erklaerung.frage.stichtag)
    return (
        f"{ENTWURF}: De-minimis-Erklärung{ziffer}",
        f"Stand {day}; aus der Historie zusammengestellt, Prüfhilfe ohne Gewähr",
        "Alles prüfen, leere Felder ausfüllen, dann in das Formular der bewilligenden Stelle übertragen. "
        "Angaben darin können subventionserheblich sein.",
    )


def teile(erklaerung: Erklaerung) -> list[Teil]:
    """Return all parts of a declaration in their order."""
    return [_who(erklaerung), *_group(erklaerung), *_awards(erklaerung), *_to_fill(), _assumptions(erklaerung)]


def _who(erklaerung: Erklaerung) -> Teil:
    rows: list[Sequence[object]] = [
        ("Unternehmen", erklaerung.antragsteller),
        ("Rechtsform, Anschrift", None),
        ("Steuernummer oder Wirtschafts-Identifikationsnummer", None),
        ("Wirtschaftszweig (NACE)", None),
        ("Vorhaben", None),
    ]
    for planned in erklaerung.frage.geplant or (None,):
        rows += [
            ("neue Beihilfe: Betrag", planned and planned.betrag),
            ("neue Beihilfe: Verordnung", planned and planned.verordnung),
            ("neue Beihilfe: voraussichtlicher Tag der Gewährung", planned and planned.tag),
        ]
    return Teil(
        "1 Wer erklärt", "Das antragstellende Unternehmen und die Beihilfe, um die es geht.", ("Angabe", ""), rows
    )


def _group(erklaerung: Erklaerung) -> list[Teil]:
    members: list[Sequence[object]] = [(name,) for name in erklaerung.verbundene]
    relations: list[Sequence[object]] = [
        (one.unternehmen, _BEZIEHUNGEN.get(one.beziehung, one.beziehung), one.verbunden_mit, one.ab, one.bis)
        for one in erklaerung.beziehungen
    ]
    events: list[Sequence[object]] = [
        (one.datum, _EREIGNISSE.get(one.ereignis, one.ereignis), one.von, one.nach, one.anteil and prozent(one.anteil))
        for one in erklaerung.ereignisse
    ]
    ends = ("Unternehmen", "Beziehung", "verbunden mit", "ab", "bis")
    return [
        _list("2 Ein einziges Unternehmen", "Unternehmen, die mit ihm ein einziges bilden.", ("Unternehmen",), members),
        _list("3 Beziehungen", "Wer wen beherrscht, wie die Historie es nennt.", ends, relations),
        _list(
            "4 Fusionen, Übernahmen, Spaltungen",
            "Was sich an den Unternehmen geändert hat.",
            ("Datum", "Ereignis", "von", "nach", "Anteil"),
            events,
        ),
    ]


def _list(titel: str, anleitung: str, spalten: Sequence[str], zeilen: Sequence[Sequence[object]]) -> Teil:
    """Return a part with its rows; without any, an empty one to be filled in."""
    return Teil(titel, anleitung, spalten, zeilen or [(None,) * len(spalten)])


def _awards(erklaerung: Erklaerung) -> list[Teil]:
    first, last = map(datum, erklaerung.fenster)
    granted = [(one.gewaehrt_am, *_award(one)) for one in erklaerung.gewaehrt]
    pending = [_award(one) for one in erklaerung.beantragt]
    about = f"Alle Beihilfen der Unternehmen unter 1 und 2 vom {first} bis {last}, nach allen De-minimis-Verordnungen."
    parts = [
        (_list("5 Gewährte De-minimis-Beihilfen", about, ("gewährt am", *_BEIHILFE), granted), erklaerung.gewaehrt),
        (
            _list("6 Beantragte De-minimis-Beihilfen", "Beantragt, aber nicht bewilligt.", _BEIHILFE, pending),
            erklaerung.beantragt,
        ),
    ]
    return [part._replace(summe=_total(awards) if awards else None) for part, awards in parts]


def _total(awards: Sequence[Erklaerte]) -> Decimal:
    return sum((one.subventionswert for one in awards), Decimal("0.00"))


def _award(one: Erklaerte) -> tuple[object, ...]:
    form = FORMWORTE.get(one.form, one.form)
    return (
        one.unternehmen,
        one.zuwendungsgeber,
        one.aktenzeichen,
        one.verordnung,
        form,
        one.foerdersumme,
        one.subventionswert,
    )


def _to_fill() -> list[Teil]:
    return [
        Teil(
            "7 Andere Beihilfen für dieselben Kosten",
            "Aus der Historie nicht zu entnehmen: bitte ausfüllen, auch wenn es keine gibt.",
            ("Zuwendungsgeber", "Aktenzeichen", "Rechtsgrundlage", "Kosten, für die sie gewährt wird", "Betrag"),
            [(None,) * 5] * 3,
        ),
        Teil(
            "8 Unterschrift",
            "",
            ("Angabe", ""),
            [("Ort, Datum", None), ("Name, Funktion", None), ("Unterschrift", None)],
        ),
    ]


def _assumptions(erklaerung: Erklaerung) -> Teil:
    rows = [(text,) for text in erklaerung.annahmen]
    return Teil("Was dieser Entwurf annimmt", "Nicht Teil der Erklärung.", ("Annahme oder Hinweis",), rows)
