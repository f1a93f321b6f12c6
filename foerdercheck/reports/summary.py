"""The verdict on a file, and several files at a glance."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Protocol

from foerdercheck.assessment.budget import Assessment
from foerdercheck.model.befund import Ergebnis
from foerdercheck.model.deutsch import euro
from foerdercheck.model.filenames import shown_name
from foerdercheck.reports.dokument import Spalte, Tabelle, Ton, Zelle

ERGEBNIS: dict[Ergebnis, tuple[str, Ton]] = {
    "foerderfaehig": ("FÖRDERFÄHIG", "gut"),
    "nicht_foerderfaehig": ("NICHT FÖRDERFÄHIG", "schlecht"),
    "offen": ("OFFEN – es fehlen Angaben", "warnung"),
    "fehler": ("FEHLER", "schlecht"),
}


class Verdict(Protocol):
    """What a summary needs to know of a file."""

    @property
    def datei(self) -> str:
        """The name of the file, as it is."""

    @property
    def ergebnis(self) -> Ergebnis:
        """The verdict on it."""

    @property
    def zuwendung(self) -> Decimal | None:
        """The grant in EUR, if there are figures."""

    @property
    def angenommene(self) -> int:
        """How many findings were accepted."""


def headline(ergebnis: Ergebnis, angenommene: int) -> str:
    """Return a verdict as a title; it says so if findings were accepted (`angenommene`, how many)."""
    title = ERGEBNIS[ergebnis][0]
    return f"{title} (mit Ausnahmen)" if angenommene else title


def one_line(assessment: Assessment) -> str:
    """Return the verdict on one file as a line."""
    name, title = shown_name(assessment.datei), ERGEBNIS[assessment.ergebnis][0].split(" –")[0].lower()
    if assessment.zuwendung is not None:
        but = ", mit Ausnahmen" if assessment.angenommene else ""
        return f"{name}: {title}{but}, Zuwendung {euro(assessment.zuwendung)}"
    if assessment.fehler:
        return f"{name}: {title}: {assessment.fehler[0].text}"
    return f"{name}: {title}"


def summary(verdicts: Sequence[Verdict], titel: str) -> Tabelle:
    """Return the table of all files with verdict and grant."""
    rows = [
        [
            Zelle(shown_name(verdict.datei)),
            verdict_cell(verdict),
            Zelle("–" if verdict.zuwendung is None else euro(verdict.zuwendung)),
        ]
        for verdict in verdicts
    ]
    return Tabelle([Spalte("Datei"), Spalte("Ergebnis"), Spalte("Zuwendung", zahl=True)], rows, titel)


def verdict_cell(verdict: Verdict) -> Zelle:
    """Return the verdict on one file as a cell."""
    ton = ERGEBNIS[verdict.ergebnis][1]
    title = headline(verdict.ergebnis, verdict.angenommene)
    return Zelle(title, "warnung" if verdict.angenommene and ton == "gut" else ton)
