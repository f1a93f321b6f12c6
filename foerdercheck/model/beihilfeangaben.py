"""The sheets of a history and the fields on them, for templates and readers: awards, relations, events."""

from foerdercheck.model.angabe import Blatt, angaben_aus
from foerdercheck.model.beihilfe import Beihilfe, Beziehung, Ereignis
from foerdercheck.model.ueberschriften import DER_BEIHILFE

BEISPIEL = "Beispiel"
"""What the first cell of the example row of a template says."""
_AWARDS = tuple(
    angabe._replace(auch=DER_BEIHILFE.get(angabe.feld, ()))
    for angabe in angaben_aus(
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
        ("Steuerjahr ab", "steuerjahr_ab",
         "nur Agrar und Fischerei: Tag, an dem jedes Steuerjahr des Unternehmens beginnt, z. B. 01.07.; ohne Angabe 01.01."),
    )
)  # fmt: skip
BEIHILFEN = Blatt("Beihilfen", _AWARDS)
DEMINIMIS = Blatt("De-minimis", _AWARDS)
VERBUND = Blatt(
    "Verbund",
    angaben_aus(
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
    angaben_aus(
        Ereignis,
        (),
        ("Datum", "datum", "Tag, an dem es wirksam wurde"),
        ("Ereignis", "ereignis", "was geschehen ist"),
        ("Von", "von", "das Unternehmen, das aufgeht, übernommen oder gespalten wird"),
        ("Nach", "nach", "das Unternehmen, das übernimmt oder hervorgeht"),
        ("Anteil", "anteil", "nur Spaltung: Anteil des Nachfolgers, z. B. 60 %"),
    ),
)
HISTORIENBLAETTER = (BEIHILFEN, VERBUND, EREIGNISSE)
