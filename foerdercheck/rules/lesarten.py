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
    "Wo der Text nichts sagt, gilt die Fassung vom Tag des Antrags, und gab es da noch keine, die vom Tag der Bewilligung.",
    "Ein Antrag vor der Geltung wird nach der Fassung geprüft, die bei der Bewilligung gilt, ein späterer nach der des Antrags.",
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
TEILZEIT = Lesart(
    "anteilig gerechnet",
    "Die Höchststunden gelten für eine volle Stelle und ein ganzes Jahr; die Strukturfonds der EU rechnen bei Teilzeit anteilig.",
    "Mehr Stunden, als Beschäftigungsumfang und Monate des Vorhabens hergeben, sind ein Hinweis; gekürzt wird nichts.",
    ("hoechststunden",),
)
MEHRERE_VORHABEN = Lesart(
    "auch über mehrere Vorhaben",
    "Wer in mehreren Vorhaben arbeitet, arbeitet deshalb nicht mehr Stunden im Jahr.",
    "Werden mehrere Budgets zusammen geprüft, nennt ein Hinweis, wer über alle zu viele Stunden hat.",
    ("hoechststunden",),
)
_GRENZTAG = Lesart(
    "der Tag, der genau am Anfang des Zeitraums liegt, zählt mit",
    "Die EU hat es nicht entschieden; eine polnische und eine lettische Behörde zählen ihn mit, das italienische Register nicht.",
    "Gerechnet wird streng; wo es darauf ankommt, nennt ein Hinweis beide Ergebnisse.",
    ("deminimis",),
)
_RUECKZAHLUNG = Lesart(
    "zurückgezahlte Beihilfen zählen nicht mit",
    "Keine der Verordnungen sagt, ob eine Rückzahlung den Höchstbetrag wieder frei macht.",
    "Ein Hinweis nennt, was gälte, wenn sie weiter zählten.",
    ("deminimis",),
)

LESARTEN = (
    ANGENOMMENE_TAETIGKEIT, ANTEIL, EIGENANTEIL_JE_BETEILIGTEM, EIGENES_GELD, _GRENZTAG, KEINE_DIREKTEN_KOSTEN,
    KEINE_UEBERGANGSREGEL, MEHRERE_VORHABEN, TAG_DES_VERTRAGS, TEILZEIT, _RUECKZAHLUNG,
)  # fmt: skip
