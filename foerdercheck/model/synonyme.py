"""The words people use for ours. They are proposed and never taken: a kind decides about money, and so does net or gross.

Each of our words maps to others that say the same; one that may mean several of ours stands with each of them.
"""

from collections.abc import Mapping, Sequence

Synonyme = Mapping[str, Sequence[str]]

ART: Synonyme = {
    "hochschule": (
        "Universität", "Uni", "FH", "HAW", "TH", "TU", "Fachhochschule", "Kunsthochschule", "Musikhochschule", "Akademie",
        "Universitätsklinikum", "Lehrstuhl", "Fakultät",
    ),
    "forschungseinrichtung": ("Forschungsinstitut", "Institut", "Forschung", "Fraunhofer", "Helmholtz", "Leibniz", "Max-Planck"),
    "transferorganisation": ("Transferstelle", "Technologietransfer", "Technologiezentrum", "Wirtschaftsförderung"),
    "kommune": (
        "Stadt", "Gemeinde", "Kreis", "Landkreis", "Amt", "Samtgemeinde", "Verbandsgemeinde", "Kreisstadt", "Hansestadt",
        "Landeshauptstadt", "Stadtverwaltung", "Kreisverwaltung", "Amtsverwaltung", "Gemeindeverwaltung", "Zweckverband",
        "kommunal", "Kommunalverwaltung", "Eigenbetrieb", "Gemeindeverband", "Ortsgemeinde", "Bezirk",
    ),
    "koerperschaft": (
        "KdöR", "AdöR", "AöR", "Anstalt", "Kammer", "IHK", "HWK", "Handwerkskammer", "Landwirtschaftskammer", "Kirche",
        "Kirchengemeinde", "Kirchenkreis",
    ),
    "landesbehoerde": ("Ministerium", "Landesamt", "Landesbetrieb", "Land", "Behörde"),
    "startup": ("Startups", "Gründung", "Gründer", "Existenzgründung", "Existenzgründer"),
    "unternehmen": (
        "GmbH", "UG", "AG", "KG", "OHG", "GmbH & Co. KG", "eG", "KMU", "Firma", "Betrieb", "Gesellschaft", "Mittelstand",
        "Stadtwerke", "Genossenschaft", "Handwerk", "Handwerker", "Handwerksbetrieb", "Einzelunternehmen", "GbR", "Landwirt",
        "Landwirtschaft", "Wirtschaft", "gewerblich", "e. K.", "SE", "KGaA", "PartG",
    ),
    "gemeinnuetzig": (
        "Verein", "e. V.", "gGmbH", "gUG", "gAG", "gemeinnützige GmbH", "gemeinnützige UG", "eingetragener Verein", "Stiftung",
        "Wohlfahrtsverband", "Verband", "gemeinnützige Organisation", "gemeinnützige Einrichtung", "NGO", "Non-Profit",
    ),
    "natuerliche_person": (
        "Privatperson", "Person", "privat", "Einzelperson", "Freiberufler", "Freiberuflerin", "Selbständige", "Selbstständige",
        "Soloselbständige",
    ),
}  # fmt: skip
KOSTENART: Synonyme = {
    "personal": (
        "Personalkosten", "Personalausgaben", "Lohn", "Löhne", "Lohnkosten", "Gehalt", "Gehälter", "Gehaltskosten", "Mitarbeiter",
        "Entgelt",
        "Arbeitsentgelt", "Vergütung", "Personalaufwand", "PK", "Stelle", "Stellen", "Angestellte", "Hilfskraft", "Hilfskräfte",
        "studentische Hilfskraft", "SHK", "WHK", "Hiwi", "HiWis", "Doktorand", "Doktorandin", "wissenschaftliche Mitarbeit", "WiMi",
    ),
    "material": (
        "Sachkosten", "Sachmittel", "Sachausgaben", "Verbrauch", "Verbrauchsmaterial", "Materialkosten", "Materialien",
        "Büromaterial", "Bürobedarf", "Sachaufwand",
        "Ware",
        "Waren",
    ),
    "fremdleistung": (
        "Honorar", "Honorare", "Auftrag", "Aufträge", "Dienstleistung", "Dienstleistungen", "Beratung", "Fremdleistungen",
        "Unterauftrag", "Unteraufträge", "Dienstleister", "externe Leistung", "extern", "Werkvertrag",
        "Cloud", "Hosting", "SaaS", "Agentur", "Freelancer", "Subunternehmer",
        "Unterauftragnehmer", "Programmierung",
        "Honorarkosten", "Honorarkraft", "Beratungskosten", "Beratungsleistung", "Beratungsleistungen", "Berater",
    ),
    "investition": (
        "Investitionen", "Investitionskosten", "Gerät", "Geräte", "Gerätekosten", "Anschaffung", "Anschaffungen", "Ausstattung",
        "Hardware", "Maschine", "Maschinen",
        "Anlagen", "Technik", "Laptop", "Laptops", "Computer", "IT", "Möbel",
    ),
    "reise": (
        "Reisekosten", "Reisen", "Fahrkosten", "Übernachtung", "Übernachtungen", "Spesen", "Dienstreise", "Dienstreisen",
        "Fahrtkosten",
    ),
    "oeffentlichkeitsarbeit": ("Werbung", "Marketing", "ÖA", "Flyer", "PR", "Website", "Homepage", "Veranstaltung", "Veranstaltungen"),
    "gutachten": ("Gutachter", "Studie", "Machbarkeitsstudie", "Evaluation"),
    "miete": ("Mieten", "Mietkosten", "Raumkosten", "Raummiete"),
    "leasing": ("Leasingraten", "Leasingkosten"),
    "weitergabe": ("Weiterleitung",),
    "grunderwerb": ("Grundstück", "Grundstücke", "Grundstückskauf"),
    "finanzierungskosten": ("Zinsen", "Kreditkosten", "Darlehenszinsen"),
    "sonstige": ("Sonstiges", "sonstige Kosten", "Diverses", "Verschiedenes"),
}  # fmt: skip
LEISTUNG: Synonyme = {
    "liefer_dienst": ("Lieferung", "Lieferleistung", "Dienstleistung", "Dienst", "UVgO", "Liefer- und Dienstleistung"),
    "bau": ("Bauleistung", "Bauleistungen", "Bauarbeiten", "VOB"),
}
NACHWEIS: Synonyme = {
    "fester_anteil": ("Festanteil", "fester Stellenanteil", "Stellenanteil", "Abordnung", "Zuweisung"),
    "stundennachweis": (
        "Stundenzettel",
        "Stundenaufzeichnung",
        "Stundennachweise",
        "Zeiterfassung",
        "Zeitnachweis",
        "Timesheet",
    ),
}
BEIHILFEWEG: Synonyme = {
    "deminimis": ("De-minimis-Beihilfe", "De-minimis"),
    "freigestellt": ("AGVO", "Freistellung"),
    "keine": ("nein", "keine Beihilfe"),
}
FELDER: Synonyme = {
    "netto": ("Nettobetrag", "Nettopreis", "Nettokosten", "Nettosumme", "Betrag netto", "Preis netto", "Kosten netto"),
    "brutto": ("Bruttobetrag", "Bruttopreis", "Bruttokosten", "Bruttosumme", "Betrag brutto", "Preis brutto", "Kosten brutto"),
    "ust": ("MwSt", "Mehrwertsteuer", "Umsatzsteuer", "Steuersatz", "USt-Satz", "MwSt-Satz"),
    "kostenart": ("Kostengruppe", "Kategorie", "Ausgabenart", "Art der Kosten", "Art der Ausgabe", "Kostenposition"),
    "bezeichnung": ("Beschreibung", "Position", "Gegenstand", "Zweck", "Benennung", "Was"),
    "stundensatz": ("Satz", "Stundenlohn", "Stundenkosten", "Euro je Stunde", "Satz je Stunde"),
    "stunden": ("Stundenzahl", "Std", "Arbeitsstunden", "Anzahl Stunden"),
    "beteiligter": ("Partner", "Projektpartner", "Verbundpartner", "Einrichtung", "Antragsteller", "Institution", "Organisation"),
    "person": ("Mitarbeiter", "Mitarbeiterin", "Name der Person"),
    "name": ("Einrichtung", "Antragsteller", "Partner", "Institution", "Organisation"),
    "art": ("Typ", "Einrichtungsart", "Organisationsform", "Art der Einrichtung"),
    "eigenmittel": ("Eigenanteil", "Eigenmittelanteil", "eigene Mittel"),
    "beantragt": ("Zuwendung", "Fördersumme", "beantragte Zuwendung", "beantragte Förderung", "Förderung"),
    "geber": ("Mittelgeber", "Geldgeber", "Drittmittelgeber"),
    "titel": ("Projekttitel", "Vorhabentitel", "Projektname", "Name des Vorhabens"),
    "beginn": ("Start", "Projektbeginn", "Projektstart", "Anfang", "Laufzeitbeginn"),
    "ende": ("Projektende", "Laufzeitende", "Schluss"),
    "antragsdatum": ("Antrag", "Antrag vom", "Datum des Antrags", "Tag der Antragstellung", "Antragstellung"),
    "foerderprogramm": ("Programm", "Richtlinie", "Förderrichtlinie"),
    "bundesland": ("Land",),
    "kosten": ("Ausgaben", "Kostenplan", "Positionen"),
    "finanzierung": ("Finanzierungsplan", "Finanzplan"),
    "gewaehrt_am": ("Datum", "Bewilligt", "Bescheid", "Tag"),
    "subventionswert": ("Betrag", "Beihilfebetrag", "Höhe der Beihilfe"),
    "zuwendungsgeber": ("Behörde", "Geber", "Bank"),
    "antragsteller": ("Antragstellerin", "Antragstellende", "Zuwendungsempfänger"),
    "vorhaben": ("Projekt",),
}  # fmt: skip
BETRAEGE = (
    "Betrag", "Kosten", "Summe", "Preis", "Wert", "Gesamt", "Gesamtkosten", "Gesamtbetrag", "Ausgaben", "Euro", "EUR",
)  # fmt: skip
"""Headings and keys of amounts that do not say whether they are net or gross."""
BEDINGUNGEN: Mapping[str, str] = {"gemeinnuetzig": "wenn als gemeinnützig anerkannt"}
"""Of words that hold under a condition, what it is."""
