"""What an editor says about a field: its heading and meaning in German, with the Ziffern of the programmes that ask for it."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from foerdercheck.model.angabe import Angabe, Blatt
from foerdercheck.model.deutsch import in_ziffer
from foerdercheck.model.scalars import fold
from foerdercheck.programmes.fassung import Fassung
from foerdercheck.writing.asked import erklaerung, wahl

_ABSCHNITTE: Mapping[str, tuple[str, str]] = {
    "vorhaben": ("Vorhaben", "was gefördert werden soll, wann und wo"),
    "antragsteller": ("Antragsteller", "wer den Antrag stellt, mit seinen Kosten und ihrer Finanzierung"),
    "partner": ("Partner", "weitere Beteiligte, jeder mit denselben Angaben wie der Antragsteller"),
    "kosten": ("Kosten", "die Positionen: Personal nach Stunden, Personal nach Monaten, alles andere mit seinem Preis"),
    "auftrag": ("Auftrag", "zu welchem Auftrag die Position gehört; ohne Angabe ist sie einer für sich"),
    "finanzierung": ("Finanzierung", "wie die Kosten bezahlt werden"),
    "weitere": ("Weitere Mittel", "Geld von anderen, jeder Geber für sich"),
    "beihilfen": ("Beihilfen", "die De-minimis-Beihilfen, wie sie bescheinigt sind"),
    "verbund": ("Verbund", "welche Unternehmen zusammen ein einziges bilden, weil eines das andere beherrscht"),
    "ausnahmen": (
        "Ausnahmen",
        "welche Befunde die Behörde angenommen hat; sie bleiben sichtbar und entscheiden bis zum genannten Tag nicht mehr",
    ),
    "ereignisse": ("Ereignisse", "Fusionen, Übernahmen und Spaltungen"),
}
"""What no sheet has a field for: the sections of a file, and what only YAML knows."""


class Erklaerungen:
    """The catalogue of fields as titles and descriptions.

    `blaetter` are the sheets of the file, `fassungen` the programmes whose Ziffern are named.
    """

    def __init__(self, blaetter: Sequence[Blatt], fassungen: Iterable[Fassung] = ()) -> None:
        self._blaetter = blaetter
        self._fassungen = tuple(fassungen)

    def of(self, record: Any, name: str) -> dict[str, str]:  # noqa: ANN401 - annotations are no types to mypy
        """Return `title` and `description` of a field; raises KeyError for one that is explained nowhere."""
        found = self.find(record, name)
        if found is None:
            title, text = _ABSCHNITTE[name]
            return {"title": title, "description": text}
        blatt, angabe = found
        asked = "; ".join(filter(None, (_asked(blatt, angabe, fassung) for fassung in self._fassungen)))
        text = f"{erklaerung(angabe)} ({asked})" if asked else erklaerung(angabe)
        return {"title": angabe.ueberschrift, "description": text}

    def find(self, record: Any, name: str) -> tuple[Blatt, Angabe] | None:  # noqa: ANN401
        """Return the field of the catalogue with its sheet; alternative records of one sheet share their fields."""
        for blatt in self._blaetter:
            for angabe in blatt.angaben:
                if angabe.record is record and angabe.pfad[-1] == name:
                    return blatt, angabe
        for blatt in self._blaetter:
            if any(angabe.record is record for angabe in blatt.angaben):
                return next(((blatt, angabe) for angabe in blatt.angaben if angabe.pfad == (name,)), None)
        return None


def _asked(blatt: Blatt, angabe: Angabe, fassung: Fassung) -> str:
    """Return where a programme asks for a field, and which words it takes where it does not take all; else nothing."""
    ziffer = fassung.angaben.get(fold(blatt.name), {}).get(angabe.feld)
    worte = wahl(angabe, fassung)
    some = f", nur {', '.join(worte)}" if set(worte) < set(angabe.worte) else ""
    return f"{fassung.programm}: {in_ziffer(ziffer)}{some}" if ziffer else ""
