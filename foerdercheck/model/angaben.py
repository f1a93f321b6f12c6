"""What people fill in, field by field: the heading in a spreadsheet, what it means, and an example.

One catalogue for reading spreadsheets, for writing templates and for converting. A heading reads back as the key of
its field (without case, umlauts and unit), so a budget has one vocabulary in every format. What a field holds is
told by the annotation of its record.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Annotated, Any, Literal, NamedTuple, get_args, get_origin, get_type_hints

from foerdercheck.model.beihilfe import Beihilfe, Beziehung, Ereignis
from foerdercheck.model.budget import (
    Auftrag,
    Beteiligter,
    Budget,
    Finanzierung,
    Monatsposition,
    Sachposition,
    Stundenposition,
    Vorhaben,
    WeitereMittel,
)
from foerdercheck.model.records import Choice, Scalar, Word
from foerdercheck.model.scalars import (
    parse_anzahl,
    parse_datum,
    parse_geld,
    parse_ja_nein,
    parse_monat,
    parse_prozent,
    parse_stunden,
    parse_text,
)

Inhalt = Literal["text", "geld", "zahl", "anzahl", "prozent", "datum", "monat", "ja_nein", "liste"]
BEISPIEL = "Beispiel"
"""What the first cell of the example row of a template says."""

_INHALT: Mapping[Callable[..., Any], Inhalt] = {
    parse_geld: "geld",
    parse_stunden: "zahl",
    parse_anzahl: "anzahl",
    parse_prozent: "prozent",
    parse_datum: "datum",
    parse_monat: "monat",
    parse_ja_nein: "ja_nein",
}


class Angabe(NamedTuple):
    """A field a person fills in: its key, its heading, what to write, and what the example row of a template says.

    `record` is the named tuple that holds it, at `pfad` below its row.
    """

    feld: str
    ueberschrift: str
    erklaerung: str
    record: Any
    pfad: tuple[str, ...]
    beispiel: str = ""

    @property
    def inhalt(self) -> Inhalt:
        """What a value of the field is."""
        kind = _kind(self.record, self.pfad[-1])
        if kind.liste:
            return "liste"
        return _INHALT.get(kind.marker.parse, "text") if isinstance(kind.marker, Scalar) else "text"

    @property
    def parse(self) -> Callable[[object], Any]:
        """What reads a value of the field, or an item of it; words of the programme are read as text."""
        marker = _kind(self.record, self.pfad[-1]).marker
        return marker.parse if isinstance(marker, Scalar) else parse_text

    @property
    def worte(self) -> Sequence[str]:
        """The words a value is one of; empty where any may stand."""
        marker = _kind(self.record, self.pfad[-1]).marker
        return marker.worte if isinstance(marker, Scalar) else ()

    @property
    def vokabular(self) -> str:
        """The vocabulary of the programme a value is taken from; empty where there is none."""
        marker = _kind(self.record, self.pfad[-1]).marker
        return marker.vocabulary if isinstance(marker, Word) else ""


class _Kind(NamedTuple):
    """What an annotation holds: a scalar or a word, one or many."""

    marker: Scalar | Word
    liste: bool


@cache
def _kind(record: Any, name: str) -> _Kind:  # noqa: ANN401
    hint, liste = get_type_hints(record, include_extras=True)[name], False
    while True:
        origin, args = get_origin(hint), get_args(hint)
        if origin is Annotated and not isinstance(args[1], Choice):
            return _Kind(args[1], liste)
        liste = liste or origin is tuple
        hint = (
            get_args(args[0])[0] if origin is Annotated else args[0]
        )  # of alternatives the first: it fits into a cell


class Blatt(NamedTuple):
    """A sheet of a workbook: its name, its fields in order, and whether it has one row for each entry."""

    name: str
    angaben: tuple[Angabe, ...]

    def find(self, feld: str) -> Angabe | None:
        """Return the field of a heading that was read as `feld`."""
        return next((angabe for angabe in self.angaben if angabe.feld == feld), None)


def _angaben(record: Any, pfad: tuple[str, ...], *rows: tuple[str, ...]) -> tuple[Angabe, ...]:  # noqa: ANN401
    """Return the fields of a record from rows of heading, key, explanation and perhaps an example."""
    return tuple(
        Angabe(_feld(pfad, row[1]), row[0], row[2], record, (*pfad, row[1]), row[3] if len(row) > 3 else "")
        for row in rows
    )


def _feld(pfad: tuple[str, ...], key: str) -> str:
    """The number of an order stands under the heading `Auftrag`; every other key is its own."""
    return "auftrag" if pfad == ("auftrag",) and key == "nr" else key


VORHABEN = Blatt(
    "Vorhaben",
    (
        *_angaben(Budget, (), ("Förderprogramm", "foerderprogramm", "Kürzel des Förderprogramms")),
        *_angaben(
            Vorhaben,
            ("vorhaben",),
            ("Titel", "titel", "Name des Vorhabens, wie im Antrag"),
            (
                "Ziele",
                "ziele",
                "Ziele des Programms, denen das Vorhaben dient",
            ),
            ("Antragsdatum", "antragsdatum", "Tag der Antragstellung; er bestimmt die Fassung der Richtlinie"),
            ("Beginn", "beginn", "erster Tag des Durchführungszeitraums"),
            ("Ende", "ende", "letzter Tag des Durchführungszeitraums"),
            ("Bewilligung", "bewilligung", "Tag des Zuwendungsbescheids, erwartet oder erhalten"),
            (
                "Vorzeitiger Beginn genehmigt",
                "vorzeitiger_beginn_genehmigt",
                "Tag der schriftlichen Genehmigung, vor dem Bescheid zu beginnen; sonst leer",
            ),
            ("Bundesland", "bundesland", "Kürzel des Landes, in dem das Vorhaben umgesetzt wird, z. B. SH"),
            ("Landkreise", "landkreise", "Landkreise und kreisfreie Städte, in denen das Vorhaben wirkt"),
            ("Fördergegenstand", "foerdergegenstand", "Gegenstand der Förderung, wo das Programm mehrere kennt"),
            (
                "Gesamtfinanzierung gesichert",
                "gesamtfinanzierung_gesichert",
                "Ist das Vorhaben ganz durchfinanziert? ja oder nein",
            ),
            ("Folgekosten gesichert", "folgekosten_gesichert", "Sind die Kosten nach dem Ende gedeckt? ja oder nein"),
            (
                "Andere Fördermittel geprüft",
                "andere_foerdermittel_geprueft",
                "Wurde geprüft, ob andere Programme des Bundes oder der EU in Frage kommen? ja oder nein",
            ),
            ("Kooperationsvertrag", "kooperationsvertrag", "Tag des Kooperationsvertrags; nur mit Partnern nötig"),
        ),
    ),
)
BETEILIGTE = Blatt(
    "Beteiligte",
    (
        *_angaben(
            Beteiligter,
            (),
            (
                "Name",
                "name",
                "Name der Einrichtung",
                BEISPIEL,
            ),
            ("Art", "art", "Art der Einrichtung", "hochschule"),
            ("Rechtsform", "rechtsform", "z. B. GmbH, AöR, e. V.; wird nur angezeigt", "KdöR"),
            ("Sitz", "sitz", "Kürzel des Bundeslandes (SH, HH, NI …), im Ausland des Staates", "SH"),
            (
                "Betriebsstätten",
                "betriebsstaetten",
                "Kürzel der Länder mit Betriebsstätten",
            ),
            ("Gründung", "gruendung", "Tag der Gründung; bei Start-ups nötig"),
            ("Wachstumsorientiert", "wachstumsorientiert", "nur Start-ups: auf Wachstum angelegt? ja oder nein"),
            (
                "Wirtschaftlich tätig",
                "wirtschaftlich_taetig",
                "Unternehmen im Sinne des Beihilferechts? ohne Angabe: ja bei Start-ups und Unternehmen, sonst nein",
            ),
            ("NACE", "nace", "Wirtschaftszweig, z. B. 62.01"),
            (
                "Vorsteuerabzug",
                "vorsteuerabzug",
                "zum Vorsteuerabzug berechtigt? Dann zählen Nettopreise; ohne Angabe: ja bei Start-ups und Unternehmen",
            ),
            ("Haushaltsnotlage", "haushaltsnotlage", "Kommune in einer Haushaltsnotlage? ja oder nein"),
            ("Gemeinkosten", "gemeinkosten", "auto wählt die günstigere zulässige Methode", "auto"),
        ),
        *_angaben(
            Finanzierung,
            ("finanzierung",),
            ("Beantragt", "beantragt", "beantragte Zuwendung in EUR; ohne Angabe die höchstmögliche", "90000"),
            ("Eigenmittel", "eigenmittel", "eigene Mittel in EUR", "30000"),
        ),
        *_angaben(
            Beteiligter,
            (),
            (
                "De-minimis",
                "deminimis",
                "keine, der Name einer Datei mit den bisherigen Beihilfen, oder leer und die Beihilfen einzeln",
            ),
            (
                "Unternehmensverbund",
                "unternehmensverbund",
                "weitere Unternehmen, die mit diesem ein einziges Unternehmen bilden",
            ),
        ),
    ),
)
KOSTEN = Blatt(
    "Kosten",
    (
        *_angaben(
            Stundenposition,
            (),
            ("Kostenart", "kostenart", "Art der Ausgabe", "personal"),
            ("Bezeichnung", "bezeichnung", "wofür das Geld ausgegeben wird", "Data Scientist"),
            ("Person", "person", "wer es ist; dieselbe Person kann in mehreren Zeilen stehen", "N. N."),
            ("Stundensatz", "stundensatz", "nur Personal: EUR je Stunde", "52,40"),
            (
                "Stunden",
                "stunden",
                "nur Personal: Stunden im ganzen Zeitraum, wenn sie nicht je Jahr angegeben sind",
                "860",
            ),
            ("Beschäftigungsumfang", "beschaeftigungsumfang", "Anteil einer vollen Stelle, z. B. 50 %", "100 %"),
            ("Nachweis", "nachweis", "wie die Arbeitszeit nachgewiesen wird", "fester_anteil"),
        ),
        *_angaben(
            Monatsposition,
            (),
            ("Stufe", "stufe", "Stufe der monatlichen Kostensätze"),
            ("Von", "von", "erster Monat, z. B. 2026-04; ohne Angabe der erste des Zeitraums"),
            ("Bis", "bis", "letzter Monat; ohne Angabe der letzte des Zeitraums"),
            ("Anteil", "anteil", "Anteil einer vollen Stelle im Vorhaben, z. B. 25 %"),
        ),
        *_angaben(
            Sachposition,
            (),
            ("Netto", "netto", "Preis ohne Umsatzsteuer in EUR; genau eines von Netto und Brutto"),
            ("Brutto", "brutto", "Preis mit Umsatzsteuer in EUR; genau eines von Netto und Brutto"),
            ("USt", "ust", "Satz der Umsatzsteuer; ohne Angabe 19 %"),
            ("Phase", "phase", "Phase des Vorhabens, wo das Programm Phasen kennt"),
            (
                "Pauschale mit Gemeinkosten",
                "pauschale_mit_gemeinkosten",
                "ja, wenn der Preis ein Einheitssatz ist, der schon Gemeinkosten enthält",
            ),
        ),
        *_angaben(
            Auftrag,
            ("auftrag",),
            ("Auftrag", "nr", "Nummer des Auftrags; Zeilen mit gleicher Nummer sind ein Auftrag"),
            ("Leistung", "leistung", "Liefer- und Dienstleistung (UVgO) oder Bauleistung (VOB)"),
            ("Anbieter", "anbieter", "wer den Auftrag erhält"),
            ("Angebote", "angebote", "Zahl der eingeholten Angebote"),
            ("Auswahl dokumentiert", "auswahl_dokumentiert", "ist die Auswahl schriftlich begründet? ja oder nein"),
            ("Vertrag", "vertrag", "Tag des Vertragsschlusses"),
            ("Begründung", "begruendung", "warum weniger als drei Angebote vorliegen"),
        ),
    ),
)
FINANZIERUNG = Blatt(
    "Finanzierung",
    _angaben(
        WeitereMittel,
        (),
        ("Geber", "geber", "wer das Geld gibt", "Stadt Kiel"),
        ("Betrag", "betrag", "Betrag in EUR", "5000"),
        ("Öffentlich", "oeffentlich", "öffentliche Mittel? ja oder nein", "ja"),
        ("Zugesagt", "zugesagt", "schriftlich zugesagt? ja oder nein", "nein"),
    ),
)
_AWARDS = _angaben(
    Beihilfe,
    (),
    ("Unternehmen", "unternehmen", "wer die Beihilfe erhalten hat", BEISPIEL),
    ("Gewährt am", "gewaehrt_am", "Tag des Bescheids, nicht der Auszahlung", "15.03.2025"),
    ("Zuwendungsgeber", "zuwendungsgeber", "wer sie gewährt hat", "IB.SH"),
    ("Aktenzeichen", "aktenzeichen", "Aktenzeichen der Bescheinigung", "AZ 1/2025"),
    ("Verordnung", "verordnung", "Nummer der Verordnung auf der Bescheinigung; ohne Angabe 2023/2831", "2023/2831"),
    ("Form", "form", "Form der Beihilfe; ohne Angabe zuschuss", "zuschuss"),
    ("Fördersumme", "foerdersumme", "Nennbetrag in EUR", "12000"),
    ("Subventionswert", "subventionswert", "Bruttosubventionsäquivalent der Bescheinigung in EUR", "12000"),
    ("Mitgliedstaat", "mitgliedstaat", "Kürzel des Staates, der sie gewährt hat; ohne Angabe DE", "DE"),
    ("Status", "status", "Stand; ohne Angabe bewilligt", "bewilligt"),
    ("Bemerkung", "bemerkung", "nur zur Erinnerung"),
    ("Laufzeit Jahre", "laufzeit_jahre", "Darlehen und Bürgschaften ohne Bescheinigung: Laufzeit in Jahren"),
    ("Besicherung", "besicherung", "Darlehen ohne Bescheinigung: besicherter Anteil, z. B. 50 %"),
    ("Bürgschaftsquote", "buergschaftsquote", "Bürgschaften ohne Bescheinigung: verbürgter Anteil, z. B. 80 %"),
)
BEIHILFEN = Blatt("Beihilfen", _AWARDS)
DEMINIMIS = Blatt("De-minimis", _AWARDS)
VERBUND = Blatt(
    "Verbund",
    _angaben(
        Beziehung,
        (),
        ("Unternehmen", "unternehmen", "das eine Unternehmen"),
        ("Beziehung", "beziehung", "wie sie verbunden sind"),
        ("Verbunden mit", "verbunden_mit", "das andere Unternehmen"),
    ),
)
EREIGNISSE = Blatt(
    "Ereignisse",
    _angaben(
        Ereignis,
        (),
        ("Datum", "datum", "Tag, an dem es wirksam wurde"),
        ("Ereignis", "ereignis", "was geschehen ist"),
        ("Von", "von", "das Unternehmen, das aufgeht, übernommen oder gespalten wird"),
        ("Nach", "nach", "das Unternehmen, das übernimmt oder hervorgeht"),
        ("Anteil", "anteil", "nur Spaltung: Anteil des Nachfolgers, z. B. 60 %"),
    ),
)
BUDGETBLAETTER = (VORHABEN, BETEILIGTE, KOSTEN, FINANZIERUNG, DEMINIMIS)
HISTORIENBLAETTER = (BEIHILFEN, VERBUND, EREIGNISSE)
