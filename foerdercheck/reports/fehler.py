"""A file that cannot be used, as blocks."""

from collections.abc import Iterator

from foerdercheck.assessment.fehler import Fehler
from foerdercheck.model.befund import Befund
from foerdercheck.model.deutsch import anzahl, satzanfang
from foerdercheck.model.filenames import shown_name
from foerdercheck.reports.dokument import FUSS, Block, Eintrag, Liste


def unreadable(
    datei: str, fehler: tuple[Fehler, ...], *, nicht: str = "geprüft", hinweise: tuple[Befund, ...] = ()
) -> Iterator[Block]:
    """Yield the blocks for the file called `datei`, which cannot be used: every problem with its place and what stands there.

    `nicht` says what therefore was not done; `hinweise` may explain the problems and are none.
    """
    eintraege = [
        Eintrag(
            "✗",
            "schlecht",
            "",
            said_below(datei, problem.text) + (f"\n    {problem.auszug.strip()}" if problem.auszug else ""),
            _where(datei, problem),
        )
        for problem in fehler
    ]
    yield Liste(
        f"{shown_name(datei)}: {anzahl(len(fehler), 'Fehler', 'Fehler')}, nicht {nicht}",
        eintraege,
        "" if hinweise else FUSS,
    )
    if hinweise:
        remarks = [Eintrag("i", "normal", "", said.text, str(said.ort or "")) for said in hinweise]
        yield Liste("Hinweise", remarks, FUSS)


def said_below(datei: str, text: str) -> str:
    """Return what is wrong with a file without its name, which stands above or beside."""
    name = shown_name(datei)
    for what in ("Die Datei", "Die Verknüpfung"):
        text = text.replace(f"{what} {name} ", f"{what} ")
    called = next((f"{shown}: " for shown in (name, name.rpartition("/")[2]) if text.startswith(f"{shown}: ")), "")
    return satzanfang(text.removeprefix(called)) if called else text


def _where(datei: str, fehler: Fehler) -> str:
    if fehler.ort is None:
        return ""
    return str(fehler.ort._replace(datei=None) if fehler.ort.datei == datei else fehler.ort)
