"""How forms of authorities and lists of applicants head the fields of an award; our own headings stand in `angaben.py`."""

from collections.abc import Mapping

DER_BEIHILFE: Mapping[str, tuple[str, ...]] = {
    "unternehmen": (
        "Firma", "Empfänger", "Empfängerin", "Beihilfeempfänger", "Zuwendungsempfänger", "Begünstigter", "Begünstigte",
        "Begünstigtes Unternehmen", "Beihilfeempfängerin", "Zuwendungsempfängerin", "Empfänger der Beihilfe", "Firmenname",
        "Unternehmensname", "Name der Firma", "Name des Unternehmens", "Unternehmen (Name)", "Name des Begünstigten",
        "Name / Firma", "Beihilfenehmer", "Beihilfebegünstigter", "Antragsteller", "Antragstellerin", "Antragstellendes Unternehmen",
    ),
    "gewaehrt_am": (
        "Datum des Bescheids", "Datum des Bescheides", "Datum Bescheid", "Bescheiddatum", "Bescheid vom",
        "Datum des Bewilligungsbescheids", "Datum des Bewilligungsbescheides", "Datum des Zuwendungsbescheids",
        "Datum des Zuwendungsbescheides", "Datum des Bescheids / Vertrags", "Datum des Bescheids/Vertrags", "Datum des Vertrags",
        "Datum des Vertrages", "Vertragsdatum", "Bewilligungsdatum", "Datum der Bewilligung", "Bewilligt am", "Tag der Bewilligung",
        "Tag der Gewährung", "Datum der Gewährung", "Gewährungsdatum", "Gewährung am", "Gewährung vom", "Gewährungstag",
        "Datum Gewährung", "Datum Bewilligung", "Datum Zuwendungsbescheid", "Datum Bewilligungsbescheid", "Datum Bescheid/Vertrag",
        "Datum des Zuwendungsbescheids/Vertrags", "Datum des Zuwendungsbescheides/Vertrages", "Datum der Beihilfegewährung",
        "Zuwendungsbescheid vom", "Bewilligungsbescheid vom", "Bewilligung vom", "Bewilligung am", "Tag des Bescheids",
        "Tag des Bescheides", "Tag des Zuwendungsbescheids", "Tag des Zuwendungsbescheides", "Datum der Zusage", "Zusage vom",
        "Zusagedatum", "Datum der Förderzusage", "Förderzusage vom", "Zeitpunkt der Gewährung", "Gewährungszeitpunkt",
    ),
    "zuwendungsgeber": (
        "Beihilfegeber", "Beihilfengeber", "Beihilfegebende Stelle", "Bewilligende Stelle", "Bewilligungsbehörde",
        "Bewilligungsstelle", "Fördergeber", "Zuwendungsgeber/Beihilfegeber", "Beihilfegeber/Zuwendungsgeber", "Zuwendungsgeberin",
        "Bewilligende Behörde", "Gewährende Stelle", "Beihilfegewährende Stelle", "Fördermittelgeber", "Mittelgeber",
        "Fördernde Stelle", "Förderstelle", "Subventionsgeber",
    ),
    "aktenzeichen": (
        "Az", "Geschäftszeichen", "Förderkennzeichen", "FKZ", "Aktenzeichen des Bescheids", "Aktenzeichen/Förderkennzeichen",
        "Aktenzeichen/FKZ", "Förderkennzeichen/Aktenzeichen", "Bescheidnummer", "Bescheid-Nr", "Vorgangsnummer",
    ),
    "verordnung": (
        "De-minimis-Verordnung", "EU-Verordnung", "Art der De-minimis-Beihilfe", "Nummer der Verordnung", "De-minimis-VO",
        "Verordnung (EU) Nr", "EU-VO", "Rechtsgrundlage", "Beihilferechtliche Grundlage",
    ),
    "form": (
        "Form der Beihilfe", "Art der Beihilfe", "Beihilfeform", "Form der Förderung", "Beihilfeart", "Art der Förderung", "Förderart",
    ),
    "foerdersumme": (
        "Nennbetrag", "Nominalbetrag", "Förderbetrag", "Nennwert", "Zuwendungsbetrag", "Höhe der Zuwendung", "Bewilligte Zuwendung",
        "Bewilligter Betrag", "Bewilligungssumme", "Darlehensbetrag", "Zuschussbetrag", "Bürgschaftsbetrag",
        "Zuwendungssumme", "Höhe der Förderung", "Nominalwert", "Fördersumme (nominal)", "Fördersumme (Nennbetrag)",
    ),
    "subventionswert": (
        "Beihilfewert", "BSÄ", "Bruttosubventionsäquivalent", "Beihilfewert (BSÄ)", "Subventionswert (BSÄ)",
        "Subventionswert (brutto)", "Bruttosubventionsäquivalent (BSÄ)", "BSÄ (Bruttosubventionsäquivalent)",
        "Subventionswert (Bruttosubventionsäquivalent)",
        "Beihilfewert (Bruttosubventionsäquivalent)", "Subventionswert/Bruttosubventionsäquivalent", "Subventionswert/BSÄ",
        "Subventionswert/Beihilfewert", "Beihilfewert/Subventionswert", "Subventionsäquivalent", "Bruttosubventionswert",
        "Beihilfeäquivalent", "Wert der Beihilfe",
        "Höhe der De-minimis-Beihilfe", "Subventionswert der Beihilfe", "Subventionswert der De-minimis-Beihilfe",
    ),
    "mitgliedstaat": ("Mitgliedsstaat", "EU-Mitgliedstaat"),
    "bemerkung": ("Bemerkungen", "Anmerkung", "Anmerkungen"),
    "laufzeit_jahre": ("Laufzeit in Jahren",),
    "steuerjahr_ab": (
        "Steuerjahr", "Beginn des Steuerjahrs", "Beginn des Steuerjahres", "Wirtschaftsjahr", "Wirtschaftsjahr ab",
        "Beginn des Wirtschaftsjahrs", "Beginn des Wirtschaftsjahres", "Geschäftsjahr", "Geschäftsjahr ab",
        "Beginn des Geschäftsjahrs", "Beginn des Geschäftsjahres",
    ),
}  # fmt: skip
