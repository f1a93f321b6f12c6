"""What an editor says about the keys of a mapping file."""

from collections.abc import Mapping
from typing import Any

_TABELLE = "eine Tabelle der fremden Datei, oder eine Liste von ihnen"
_KEYS: Mapping[str, str] = {
    "beihilfen": f"Historie: {_TABELLE}, deren Zeilen De-minimis-Beihilfen sind",
    "verbund": f"Historie: {_TABELLE}, deren Zeilen Beziehungen zwischen Unternehmen sind",
    "ereignisse": f"Historie: {_TABELLE}, deren Zeilen Fusionen, Übernahmen und Spaltungen sind",
    "vorhaben": "Budget: die Angaben zum Vorhaben, meist aus fest und zellen",
    "beteiligte": f"Budget: {_TABELLE}, deren Zeilen Beteiligte sind, der Antragsteller zuerst",
    "kosten": f"Budget: {_TABELLE}, deren Zeilen Kosten sind",
    "finanzierung": f"Budget: {_TABELLE}, deren Zeilen weitere Mittel sind",
    "deminimis": f"Budget: {_TABELLE}, deren Zeilen bisherige Beihilfen eines Beteiligten sind",
    "ausnahmen": f"Budget: {_TABELLE}, deren Zeilen angenommene Befunde sind",
    "datumsform": "wie die Datei Tage schreibt: TT, MM und JJJJ, jedes einmal, z. B. TT/MM/JJJJ",
    "zahlform": "was vor den Nachkommastellen steht: komma (1.234,56) oder punkt (1,234.56)",
    "zeichensatz": "nur .csv: in welchem Zeichensatz sie gespeichert ist, wenn nicht in UTF-8 oder Windows-1252",
    "trennzeichen": "nur .csv: was die Felder trennt (semikolon, komma, tabulator oder strich), wenn es nicht zu erkennen ist",
    "blatt": "das Blatt, auf dem die Tabelle steht, oder mehrere mit gleichem Aufbau",
    "kopfzeile": "die Nummer der Zeile mit den Überschriften; 0, wenn es keine gibt; ohne Angabe wird sie gesucht",
    "felder": "Feld: Überschrift oder Buchstabe der Spalte, in der es steht",
    "zeilen_aus_spalten": "Spalten, aus denen eigene Zeilen werden, z. B. je Partner oder Jahr",
    "feld": "das Feld, das in diesen Spalten steht",
    "spalten": "die Spalten; hinter jeder, was für ihre Zeilen fest gilt",
    "fest": "Feld: Wert, der für jede Zeile gilt, geschrieben wie im Budget",
    "zellen": "Feld: Zelle des Blatts, deren Wert für jede Zeile gilt, z. B. B3",
    "woerter": "Feld: was die Wörter der Datei bedeuten; ein anderes Wort ist ein Fehler",
    "faktor": "Feld: womit seine Beträge malgenommen werden, z. B. 1000 für T€",
    "auslassen": "Regeln, nach denen Zeilen ungelesen bleiben; jede mit genau einer Bedingung",
    "summe": "Feld: Betrag, den alle gelesenen Zeilen zusammen ergeben müssen, oder die Zelle, in der er steht",
    "spalte": "Überschrift oder Buchstabe der Spalte, auf die es ankommt",
    "ist": "lässt Zeilen aus, in denen dies steht",
    "ist_nicht": "lässt Zeilen aus, in denen etwas anderes steht",
    "beginnt": "lässt Zeilen aus, in denen es so beginnt",
    "leer": "ja lässt Zeilen aus, in denen nichts steht",
    "zeilen": "lässt die Zeilen mit diesen Nummern aus",
    "ab_zeile": "lässt diese Zeile und alle darunter aus",
}


def explained(_record: Any, name: str) -> dict[str, str]:  # noqa: ANN401 - annotations are no types to mypy
    """Return `title` and `description` of a key; raises KeyError for one that is explained nowhere."""
    return {"title": name, "description": _KEYS[name]}
