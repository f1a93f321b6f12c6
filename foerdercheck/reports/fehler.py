"""A file that cannot be used, as blocks."""

from collections.abc import Iterator

from foerdercheck.assessment.budget import Fehler
from foerdercheck.model.deutsch import anzahl
from foerdercheck.model.filenames import shown_name
from foerdercheck.reports.dokument import FUSS, Block, Eintrag, Liste


def unreadable(datei: str, fehler: tuple[Fehler, ...]) -> Iterator[Block]:
    """Yield the blocks for the file called `datei`, which cannot be used: every problem with its place and what stands there."""
    eintraege = [
        Eintrag(
            "✗",
            "schlecht",
            "",
            problem.text + (f"\n    {problem.auszug.strip()}" if problem.auszug else ""),
            _where(datei, problem),
        )
        for problem in fehler
    ]
    yield Liste(f"{shown_name(datei)}: {anzahl(len(fehler), 'Fehler', 'Fehler')}, nicht geprüft", eintraege, FUSS)


def _where(datei: str, fehler: Fehler) -> str:
    if fehler.ort is None:
        return shown_name(datei)
    ort = fehler.ort if fehler.ort.datei else fehler.ort._replace(datei=datei)
    return str(ort)
