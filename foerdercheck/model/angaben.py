"""What people fill in, field by field: the heading in a spreadsheet, what it means, and an example.

One catalogue for reading spreadsheets, for writing templates and for converting. A heading reads back as the key of
its field (without case, umlauts and unit), so a budget has one vocabulary in every format. What a field holds is
told by the annotation of its record.
"""

from collections.abc import Mapping
from typing import Any

from foerdercheck.model.angabe import Angabe, Blatt
from foerdercheck.model.beihilfe import Beihilfe, Beziehung, Ereignis
from foerdercheck.model.budget import (
    Auftrag,
    Ausnahme,
    Beteiligter,
    Budget,
    Monatsposition,
    Sachposition,
    Stundenposition,
    Vorhaben,
)
from foerdercheck.model.finanzierung import Finanzierung, WeitereMittel
from foerdercheck.model.ueberschriften import DER_BEIHILFE

BEISPIEL = "Beispiel"
"""What the first cell of the example row of a template says."""


def _angaben(record: Any, pfad: tuple[str, ...], *rows: tuple[str, ...]) -> tuple[Angabe, ...]:  # noqa: ANN401
    """Return the fields of a record from rows of heading, key, explanation and examples."""
    return tuple(
        Angabe(_feld(pfad, key), heading, explanation, record, (*pfad, key), tuple(examples))
        for heading, key, explanation, *examples in rows
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
            (
                "Bundesland",
                "bundesland",
                "Kürzel des Landes, in dem das Vorhaben umgesetzt wird (SH, NI …); alle, wenn es mehrere sind",
            ),
            (
                "Landkreise",
                "landkreise",
                "Landkreise und kreisfreie Städte des Vorhabens; mit Anteilen, wenn es in zwei Programmgebieten liegt",
            ),
            ("Fördergegenstand", "foerdergegenstand", "was gefördert werden soll; danach richten sich Grenzen"),
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
            (
                "Bescheid",
                "bescheid",
                "nur mit Partnern: werden ihre Zuwendungen gemeinsam in einem Bescheid bewilligt oder einzeln?",
            ),
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
            ("Art", "art", "Art der Einrichtung", "hochschule", "kommune"),
            ("Rechtsform", "rechtsform", "z. B. GmbH, AöR, e. V.; wird nur angezeigt", "KdöR"),
            ("Sitz", "sitz", "Kürzel des Bundeslandes (SH, HH, NI …), im Ausland des Staates", "SH", "NI"),
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
                "Unternehmen im Sinne des Beihilferechts? nach der Tätigkeit; ohne Angabe: ja bei Start-up, Unternehmen",
            ),
            ("NACE", "nace", "Wirtschaftszweig, z. B. 62.01"),
            (
                "Vorsteuerabzug",
                "vorsteuerabzug",
                "zum Vorsteuerabzug berechtigt? Dann zählen Nettopreise; ohne Angabe: ja bei Start-ups und Unternehmen",
            ),
            ("Haushaltsnotlage", "haushaltsnotlage", "Kommune in einer Haushaltsnotlage? ja oder nein"),
            (
                "Mehrheitlich kommunal",
                "mehrheitlich_kommunal",
                "nur Unternehmen und Träger: gehören sie mehrheitlich Kommunen? ja oder nein",
            ),
            (
                "Gemeinkosten",
                "gemeinkosten",
                "auto wählt die günstigere zulässige Methode; mit Prozentsatz, wo das Programm keinen nennt",
                "personal 15 %",
                "auto",
            ),
        ),
        *_angaben(
            Finanzierung,
            ("finanzierung",),
            (
                "Beantragt",
                "beantragt",
                "beantragte Zuwendung in EUR; ohne Angabe die höchste, die andere übrig lassen",
                "90000",
            ),
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
            ("Bezeichnung", "bezeichnung", "wofür das Geld ausgegeben wird", "Projektleitung"),
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
            ("Stufe", "stufe", "nur Personal: Stufe der monatlichen Sätze", "5"),
            ("Von", "von", "erster Monat, z. B. 2026-04; ohne Angabe der erste des Zeitraums"),
            ("Bis", "bis", "letzter Monat; ohne Angabe der letzte des Zeitraums"),
            ("Anteil", "anteil", "Anteil einer vollen Stelle im Vorhaben; ohne Angabe 100 %", "25 %"),
            (
                "Gehalt unter Mindestwert",
                "gehalt_unter_mindestwert",
                "ja, wenn das Jahresbrutto unter dem Mindestwert der Stufe liegt (nur ESF+)",
            ),
        ),
        *_angaben(
            Sachposition,
            (),
            ("Netto", "netto", "Preis ohne Umsatzsteuer in EUR; genau eines von Netto und Brutto"),
            ("Brutto", "brutto", "Preis mit Umsatzsteuer in EUR; genau eines von Netto und Brutto"),
            ("USt", "ust", "Satz der Umsatzsteuer; ohne Angabe der Regelsatz im Zeitraum des Vorhabens"),
            ("Phase", "phase", "Phase des Vorhabens, in die die Ausgabe fällt", "A"),
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
            ("Begründung", "begruendung", "warum weniger Angebote vorliegen, als nötig sind"),
        ),
    ),
)
FINANZIERUNG = Blatt(
    "Finanzierung",
    _angaben(
        WeitereMittel,
        (),
        ("Geber", "geber", "wer das Geld gibt", "Stadt Musterhausen"),
        ("Betrag", "betrag", "Betrag in EUR", "5000"),
        ("Öffentlich", "oeffentlich", "öffentliche Mittel? ja oder nein", "ja"),
        ("Zugesagt", "zugesagt", "schriftlich zugesagt? ja oder nein", "nein"),
        (
            "Beihilfe",
            "beihilfe",
            "öffentliche Mittel an wirtschaftlich Tätige: deminimis, freigestellt (andere Grundlage) oder keine Beihilfe",
        ),
        ("Herkunft", "herkunft", "wessen Geld es ist", "kommune"),
    ),
)
_AWARDS = tuple(
    angabe._replace(auch=DER_BEIHILFE.get(angabe.feld, ()))
    for angabe in _angaben(
        Beihilfe,
        (),
        ("Unternehmen", "unternehmen", "wer die Beihilfe erhalten hat", BEISPIEL),
        ("Gewährt am", "gewaehrt_am", "Tag des Bescheids, nicht der Auszahlung", "15.03.2025"),
        ("Zuwendungsgeber", "zuwendungsgeber", "wer sie gewährt hat", "IB.SH"),
        ("Aktenzeichen", "aktenzeichen", "Aktenzeichen der Bescheinigung", "AZ 1/2025"),
        ("Verordnung", "verordnung", "Nummer der Verordnung auf der Bescheinigung", "2023/2831"),
        ("Form", "form", "Form der Beihilfe; ohne Angabe zuschuss", "zuschuss"),
        ("Fördersumme", "foerdersumme", "Nennbetrag in EUR", "12000"),
        ("Subventionswert", "subventionswert", "Bruttosubventionsäquivalent der Bescheinigung in EUR", "12000"),
        ("Mitgliedstaat", "mitgliedstaat", "Kürzel des Staates, der sie gewährt hat; ohne Angabe DE", "DE"),
        ("Status", "status", "Stand; ohne Angabe bewilligt", "bewilligt"),
        ("Bemerkung", "bemerkung", "nur zur Erinnerung"),
        ("Laufzeit Jahre", "laufzeit_jahre", "Darlehen und Bürgschaften ohne Bescheinigung: Laufzeit in Jahren"),
        ("Besicherung", "besicherung", "Darlehen ohne Bescheinigung: besicherter Anteil, z. B. 50 %"),
        ("Bürgschaftsquote", "buergschaftsquote", "Bürgschaften ohne Bescheinigung: verbürgter Anteil, z. B. 80 %"),
        (
            "Steuerjahr ab",
            "steuerjahr_ab",
            "nur Agrar und Fischerei: Tag, an dem jedes Steuerjahr des Unternehmens beginnt, z. B. 01.07.; ohne Angabe 01.01.",
        ),
    )
)
BEIHILFEN = Blatt("Beihilfen", _AWARDS)
DEMINIMIS = Blatt("De-minimis", _AWARDS)
VERBUND = Blatt(
    "Verbund",
    _angaben(
        Beziehung,
        (),
        ("Unternehmen", "unternehmen", "das beherrschende Unternehmen"),
        ("Beziehung", "beziehung", "wie sie verbunden sind"),
        ("Verbunden mit", "verbunden_mit", "das beherrschte Unternehmen"),
        ("Ab", "ab", "erster Tag der Beziehung; ohne Angabe besteht sie seit jeher"),
        ("Bis", "bis", "letzter Tag der Beziehung; ohne Angabe besteht sie fort, bis das Unternehmen übernommen wird"),
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
AUSNAHMEN = Blatt(
    "Ausnahmen",
    _angaben(
        Ausnahme,
        (),
        (
            "Regel",
            "regel",
            "Kennung der Regel, z. B. 4.2-folgekosten; von EU-Recht und Geltungsdauer gibt es keine Ausnahme",
        ),
        ("Grund", "grund", "warum die Behörde die Ausnahme angenommen hat"),
        ("Wer", "wer", "wer sie angenommen hat"),
        ("Bis", "bis", "letzter Tag, an dem sie gilt; maßgeblich ist der Tag der Prüfung, nicht der Stichtag"),
        ("Beteiligter", "beteiligter", "wen sie betrifft, wo die Regel für jeden einzeln gilt; ohne Angabe alle"),
    ),
)
BUDGETBLAETTER = (VORHABEN, BETEILIGTE, KOSTEN, FINANZIERUNG, DEMINIMIS, AUSNAHMEN)
HISTORIENBLAETTER = (BEIHILFEN, VERBUND, EREIGNISSE)
LISTEN: Mapping[Blatt, tuple[str, ...]] = {
    KOSTEN: ("kosten",),
    FINANZIERUNG: ("finanzierung", "weitere"),
    DEMINIMIS: ("deminimis",),
}
"""The sheets of which each row is an entry of a list of a Beteiligter, and the path of that list below the Beteiligter."""
