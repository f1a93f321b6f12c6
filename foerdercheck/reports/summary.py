"""Several files at a glance."""

from collections.abc import Sequence

from foerdercheck.assessment import Assessment
from foerdercheck.model.deutsch import euro
from foerdercheck.reports.bericht import ERGEBNIS
from foerdercheck.reports.dokument import Spalte, Tabelle, Zelle


def one_line(assessment: Assessment) -> str:
    """Return the verdict on one file as a line."""
    title = ERGEBNIS[assessment.ergebnis][0].split(" –")[0].lower()
    if assessment.rechnungen:
        but = ", mit Ausnahmen" if assessment.angenommene else ""
        return f"{assessment.datei}: {title}{but}, Zuwendung {euro(assessment.summen[2])}"
    if assessment.fehler:
        return f"{assessment.datei}: {title}: {assessment.fehler[0].text}"
    return f"{assessment.datei}: {title}"


def summary(assessments: Sequence[Assessment], titel: str) -> Tabelle:
    """Return the table of all files with verdict and grant."""
    rows = [
        [
            Zelle(assessment.datei),
            Zelle(*ERGEBNIS[assessment.ergebnis]),
            Zelle(euro(assessment.summen[2]) if assessment.rechnungen else "–"),
        ]
        for assessment in assessments
    ]
    return Tabelle([Spalte("Datei"), Spalte("Ergebnis"), Spalte("Zuwendung", zahl=True)], rows, titel)
