"""What people fill in, field by field: the heading in a spreadsheet, what it means, and an example.

One catalogue for reading spreadsheets, for writing templates and for converting. A heading reads back as the key of
its field (without case, umlauts and unit), so a budget has one vocabulary in every format. What a field holds is
told by the annotation of its record.
"""

from collections.abc import Mapping

from foerdercheck.model.angabe import Blatt, angaben_aus
from foerdercheck.model.beihilfeangaben import BEISPIEL, DEMINIMIS
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

VORHABEN = Blatt(
    "Vorhaben",
    (
        *angaben_aus(Budget, (), ("Förderprogramm", "foerderprogramm", "Kürzel des Förderprogramms")),
        *angaben_aus(
            Vorhaben,
            ("vorhaben",),
            ("Titel", "titel", "Name des Vorhabens, wie im Antrag"),
            ("Ziele", "ziele", "Ziele des Programms, denen das Vorhaben dient"),
            ("Antragsdatum", "antragsdatum", "Tag der Antragstellung; er bestimmt die Fassung der Richtlinie"),
            ("Beginn", "beginn", "erster Tag des Durchführungszeitraums"),
            ("Ende", "ende", "letzter Tag des Durchführungszeitraums"),
            ("Bewilligung", "bewilligung", "Tag des Zuwendungsbescheids, erwartet oder erhalten"),
            ("Vorzeitiger Beginn genehmigt", "vorzeitiger_beginn_genehmigt",
             "Tag der schriftlichen Genehmigung, vor dem Bescheid zu beginnen; sonst leer"),
            ("Bundesland", "bundesland",
             "Kürzel des Landes, in dem das Vorhaben umgesetzt wird (SH, NI …); alle, wenn es mehrere sind"),
            ("Landkreise", "landkreise",
             "Landkreise und kreisfreie Städte des Vorhabens; mit Anteilen, wenn es in zwei Programmgebieten liegt"),
            ("Fördergegenstand", "foerdergegenstand", "was gefördert werden soll; danach richten sich Grenzen"),
            ("Gesamtfinanzierung gesichert", "gesamtfinanzierung_gesichert", "Ist das Vorhaben ganz durchfinanziert? ja oder nein"),
            ("Folgekosten gesichert", "folgekosten_gesichert", "Sind die Kosten nach dem Ende gedeckt? ja oder nein"),
            ("Andere Fördermittel geprüft", "andere_foerdermittel_geprueft",
             "Wurde geprüft, ob andere Programme des Bundes oder der EU in Frage kommen? ja oder nein"),
            ("Kooperationsvertrag", "kooperationsvertrag", "Tag des Kooperationsvertrags; nur mit Partnern nötig"),
            ("Bescheid", "bescheid",
             "nur mit Partnern: werden ihre Zuwendungen gemeinsam in einem Bescheid bewilligt oder einzeln?"),
        ),
    ),
)  # fmt: skip
BETEILIGTE = Blatt(
    "Beteiligte",
    (
        *angaben_aus(
            Beteiligter,
            (),
            ("Name", "name", "Name der Einrichtung", BEISPIEL),
            ("Art", "art", "Art der Einrichtung", "hochschule", "kommune"),
            ("Rechtsform", "rechtsform", "z. B. GmbH, AöR, e. V.; wird nur angezeigt", "KdöR"),
            ("Sitz", "sitz", "Kürzel des Bundeslandes (SH, HH, NI …), im Ausland des Staates", "SH", "NI"),
            ("Betriebsstätten", "betriebsstaetten", "Kürzel der Länder mit Betriebsstätten"),
            ("Gründung", "gruendung", "Tag der Gründung; bei Start-ups nötig"),
            ("Wachstumsorientiert", "wachstumsorientiert", "nur Start-ups: auf Wachstum angelegt? ja oder nein"),
            ("Wirtschaftlich tätig", "wirtschaftlich_taetig",
             "Unternehmen im Sinne des Beihilferechts? nach der Tätigkeit; ohne Angabe: ja bei Start-up, Unternehmen"),
            ("NACE", "nace", "Wirtschaftszweig, z. B. 62.01"),
            ("Vorsteuerabzug", "vorsteuerabzug",
             "zum Vorsteuerabzug berechtigt? Dann zählen Nettopreise; ohne Angabe: ja bei Start-ups und Unternehmen"),
            ("Haushaltsnotlage", "haushaltsnotlage", "Kommune in einer Haushaltsnotlage? ja oder nein"),
            ("Mehrheitlich kommunal", "mehrheitlich_kommunal",
             "nur Unternehmen und Träger: gehören sie mehrheitlich Kommunen? ja oder nein"),
            ("Gemeinkosten", "gemeinkosten",
             "auto wählt die günstigere zulässige Methode; mit Prozentsatz, wo das Programm keinen nennt", "personal 15 %", "auto"),
        ),
        *angaben_aus(
            Finanzierung,
            ("finanzierung",),
            ("Beantragt", "beantragt", "beantragte Zuwendung in EUR; ohne Angabe die höchste, die andere übrig lassen", "90000"),
            ("Eigenmittel", "eigenmittel", "eigene Mittel in EUR", "30000"),
        ),
        *angaben_aus(
            Beteiligter,
            (),
            ("De-minimis", "deminimis",
             "keine, der Name einer Datei mit den bisherigen Beihilfen, oder leer und die Beihilfen einzeln"),
            ("Unternehmensverbund", "unternehmensverbund", "weitere Unternehmen, die mit diesem ein einziges Unternehmen bilden"),
        ),
    ),
)  # fmt: skip
KOSTEN = Blatt(
    "Kosten",
    (
        *angaben_aus(
            Stundenposition,
            (),
            ("Kostenart", "kostenart", "Art der Ausgabe", "personal"),
            ("Bezeichnung", "bezeichnung", "wofür das Geld ausgegeben wird", "Projektleitung"),
            ("Person", "person", "wer es ist; dieselbe Person kann in mehreren Zeilen stehen", "N. N."),
            ("Stundensatz", "stundensatz", "nur Personal: EUR je Stunde", "52,40"),
            ("Stunden", "stunden", "nur Personal: Stunden im ganzen Zeitraum, wenn sie nicht je Jahr angegeben sind", "860"),
            ("Beschäftigungsumfang", "beschaeftigungsumfang", "Anteil einer vollen Stelle, z. B. 50 %", "100 %"),
            ("Nachweis", "nachweis", "wie die Arbeitszeit nachgewiesen wird", "fester_anteil"),
        ),
        *angaben_aus(
            Monatsposition,
            (),
            ("Stufe", "stufe", "nur Personal: Stufe der monatlichen Sätze", "5"),
            ("Von", "von", "erster Monat, z. B. 2026-04; ohne Angabe der erste des Zeitraums"),
            ("Bis", "bis", "letzter Monat; ohne Angabe der letzte des Zeitraums"),
            ("Anteil", "anteil", "Anteil einer vollen Stelle im Vorhaben; ohne Angabe 100 %", "25 %"),
            ("Gehalt unter Mindestwert", "gehalt_unter_mindestwert",
             "ja, wenn das Jahresbrutto unter dem Mindestwert der Stufe liegt (nur ESF+)"),
        ),
        *angaben_aus(
            Sachposition,
            (),
            ("Netto", "netto", "Preis ohne Umsatzsteuer in EUR; genau eines von Netto und Brutto"),
            ("Brutto", "brutto", "Preis mit Umsatzsteuer in EUR; genau eines von Netto und Brutto"),
            ("USt", "ust", "Satz der Umsatzsteuer; ohne Angabe der Regelsatz im Zeitraum des Vorhabens"),
            ("Phase", "phase", "Phase des Vorhabens, in die die Ausgabe fällt", "A"),
            ("Pauschale mit Gemeinkosten", "pauschale_mit_gemeinkosten",
             "ja, wenn der Preis ein Einheitssatz ist, der schon Gemeinkosten enthält"),
        ),
        *angaben_aus(
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
)  # fmt: skip
FINANZIERUNG = Blatt(
    "Finanzierung",
    angaben_aus(
        WeitereMittel,
        (),
        ("Geber", "geber", "wer das Geld gibt", "Stadt Musterhausen"),
        ("Betrag", "betrag", "Betrag in EUR", "5000"),
        ("Öffentlich", "oeffentlich", "öffentliche Mittel? ja oder nein", "ja"),
        ("Zugesagt", "zugesagt", "schriftlich zugesagt? ja oder nein", "nein"),
        ("Beihilfe", "beihilfe",
         "öffentliche Mittel an wirtschaftlich Tätige: deminimis, freigestellt (andere Grundlage) oder keine Beihilfe"),
        ("Herkunft", "herkunft", "wessen Geld es ist", "kommune"),
    ),
)  # fmt: skip
AUSNAHMEN = Blatt(
    "Ausnahmen",
    angaben_aus(
        Ausnahme,
        (),
        ("Regel", "regel", "Kennung der Regel, z. B. 4.2-folgekosten; von EU-Recht und Geltungsdauer gibt es keine Ausnahme"),
        ("Grund", "grund", "warum die Behörde die Ausnahme angenommen hat"),
        ("Wer", "wer", "wer sie angenommen hat"),
        ("Bis", "bis", "letzter Tag, an dem sie gilt; maßgeblich ist der Tag der Prüfung, nicht der Stichtag"),
        ("Beteiligter", "beteiligter", "wen sie betrifft, wo die Regel für jeden einzeln gilt; ohne Angabe alle"),
    ),
)  # fmt: skip
BUDGETBLAETTER = (VORHABEN, BETEILIGTE, KOSTEN, FINANZIERUNG, DEMINIMIS, AUSNAHMEN)
LISTEN: Mapping[Blatt, tuple[str, ...]] = {
    KOSTEN: ("kosten",),
    FINANZIERUNG: ("finanzierung", "weitere"),
    DEMINIMIS: ("deminimis",),
}
"""The sheets of which each row is an entry of a list of a Beteiligter, and the path of that list below the Beteiligter."""
