"""Readings of ours that hold under every programme whose text says no more than others: the mark, the reason, what follows."""

from typing import NamedTuple


class Lesart(NamedTuple):
    """A reading: the mark a finding carries, why we read it so, what follows, and the rules (`pruefung`) it concerns."""

    marke: str
    grund: str
    folge: str
    pruefungen: tuple[str, ...]


ANGENOMMENE_TAETIGKEIT = Lesart(
    "nach der Art des Beteiligten",
    "Das Beihilferecht geht nach der Tätigkeit; wer sie nicht angibt, wird nach seiner Art eingeordnet.",
    "Öffentliche und gemeinnützige Träger gelten ohne Angabe als nicht wirtschaftlich tätig, Unternehmen als wirtschaftlich tätig.",
    ("deminimis", "beihilfeweg"),
)
ANTEIL = Lesart(
    "ein Anteil der Ausgaben wird gefördert, nicht, was andere schon decken",
    "Eine Anteilfinanzierung trägt einen Teil der Ausgaben; zugesagtes Geld anderer verringert, was noch zu tragen ist.",
    "Die Zuwendung ist höchstens, was weitere Mittel von den Gesamtausgaben übrig lassen.",
    ("gesamtfinanzierung",),
)
EIGENES_GELD = Lesart(
    "mehr Geld als nötig gefährdet die Finanzierung nicht",
    "Verlangt ist eine gesicherte Finanzierung; wer mehr einsetzen will, sichert sie erst recht.",
    "Eigenmittel über den Bedarf hinaus sind ein Hinweis, kein Verstoß.",
    ("gesamtfinanzierung",),
)
EIGENANTEIL_JE_BETEILIGTEM = Lesart(
    "verlangt von jedem Beteiligten für sich",
    "Der Text spricht vom Empfänger; bei mehreren ist jeder einer.",
    "Ein Partner ohne Eigenmittel verletzt die Regel, auch wenn andere genug einsetzen.",
    ("eigenbeteiligung",),
)
KEINE_UEBERGANGSREGEL = Lesart(
    "eine Übergangsregel für frühere Anträge ist nicht bekannt",
    "Gefördert wird nach der Richtlinie, die am Tag der Bewilligung gilt.",
    "Ein Antrag vor der Geltung wird nach der Fassung geprüft, die bei der Bewilligung gilt.",
    ("geltungsdauer",),
)
KEINE_DIREKTEN_KOSTEN = Lesart(
    "was Gemeinkosten enthält, ist nicht direkt",
    "Ein Satz auf direkte Kosten würde sonst Gemeinkosten auf Gemeinkosten rechnen.",
    "Positionen, deren Preis schon Gemeinkosten enthält, zählen bei keiner Methode zur Grundlage.",
    ("gemeinkosten",),
)
TAG_DES_VERTRAGS = Lesart(
    "der Tag des Vertrags steht für die Zeit, in der die Ausgaben anfallen",
    "Wann geleistet und gezahlt wird, steht in keinem Budget.",
    "Aufträge, deren Vertrag nach dem Ende geschlossen wird, zählen nicht.",
    ("durchfuehrungszeitraum",),
)

LESARTEN = (
    ANGENOMMENE_TAETIGKEIT,
    ANTEIL,
    EIGENANTEIL_JE_BETEILIGTEM,
    EIGENES_GELD,
    KEINE_DIREKTEN_KOSTEN,
    KEINE_UEBERGANGSREGEL,
    TAG_DES_VERTRAGS,
)
