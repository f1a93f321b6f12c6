"""How forms of authorities and lists of applicants head the fields of an award; our own headings stand in `angaben.py`."""

from collections.abc import Mapping

DER_BEIHILFE: Mapping[str, tuple[str, ...]] = {
    "unternehmen": (
        "Firma", "Empfänger", "Empfängerin", "Beihilfeempfänger", "Zuwendungsempfänger", "Begünstigter", "Begünstigte",
        "Begünstigtes Unternehmen", "Name des Unternehmens", "Unternehmen (Name)", "Name des Begünstigten",
    ),
    "gewaehrt_am": (
        "Datum des Bescheids", "Datum des Bescheides", "Datum Bescheid", "Bescheiddatum", "Bescheid vom",
        "Datum des Bewilligungsbescheids", "Datum des Bewilligungsbescheides", "Datum des Zuwendungsbescheids",
        "Datum des Zuwendungsbescheides", "Datum des Bescheids / Vertrags", "Datum des Bescheids/Vertrags", "Datum des Vertrags",
        "Datum des Vertrages", "Vertragsdatum", "Bewilligungsdatum", "Datum der Bewilligung", "Bewilligt am", "Tag der Bewilligung",
        "Tag der Gewährung", "Datum der Gewährung", "Gewährungsdatum",
    ),
    "zuwendungsgeber": (
        "Beihilfegeber", "Beihilfengeber", "Beihilfegebende Stelle", "Bewilligende Stelle", "Bewilligungsbehörde",
        "Bewilligungsstelle", "Fördergeber",
    ),
    "aktenzeichen": ("Az", "Geschäftszeichen", "Förderkennzeichen", "FKZ", "Aktenzeichen des Bescheids"),
    "verordnung": ("De-minimis-Verordnung", "EU-Verordnung", "Art der De-minimis-Beihilfe", "Nummer der Verordnung"),
    "form": ("Form der Beihilfe", "Art der Beihilfe", "Beihilfeform", "Form der Förderung"),
    "foerdersumme": ("Nennbetrag", "Nominalbetrag", "Förderbetrag", "Fördersumme (nominal)", "Fördersumme (Nennbetrag)"),
    "subventionswert": (
        "Beihilfewert", "BSÄ", "Bruttosubventionsäquivalent", "Beihilfewert (BSÄ)", "Subventionswert (BSÄ)",
        "Subventionswert (brutto)", "Bruttosubventionsäquivalent (BSÄ)", "BSÄ (Bruttosubventionsäquivalent)",
        "Subventionswert (Bruttosubventionsäquivalent)",
        "Beihilfewert (Bruttosubventionsäquivalent)",
    ),
    "mitgliedstaat": ("Mitgliedsstaat", "EU-Mitgliedstaat"),
    "bemerkung": ("Bemerkungen", "Anmerkung", "Anmerkungen"),
    "laufzeit_jahre": ("Laufzeit in Jahren",),
}  # fmt: skip
