"""A file that cannot be used, as blocks."""

import re
from collections.abc import Iterator, Sequence

from foerdercheck.assessment.fehler import Fehler
from foerdercheck.model.befund import Befund
from foerdercheck.model.deutsch import anzahl, satzanfang
from foerdercheck.model.filenames import shown_name
from foerdercheck.reports.dokument import FUSS, Block, Eintrag, Liste

_OF_ONE = re.compile(r"„[^“]*“|\d")
"""What in a remark is of one line only: names and figures."""


def unreadable(
    datei: str,
    fehler: tuple[Fehler, ...],
    *,
    nicht: str = "geprüft",
    hinweise: tuple[Befund, ...] = (),
    hoechstens: int | None = None,
) -> Iterator[Block]:
    """Yield the blocks for the file called `datei`, which cannot be used: every problem with its place and what stands there.

    `nicht` says what therefore was not done; `hinweise` may explain the problems and are none: so many of them are told.
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
    yield Liste(faulty(datei, len(fehler), nicht), eintraege, "" if hinweise else FUSS)
    if hinweise:
        remarks = [Eintrag("i", "normal", "", said.text, str(said.ort or "")) for said in hinweise]
        yield Liste("Hinweise", some_remarks(remarks, hoechstens), FUSS)


def faulty(datei: str, count: int, nicht: str = "geprüft") -> str:
    """Return in one line how much is wrong with a file, and what therefore was not done."""
    return f"{shown_name(datei)}: {anzahl(count, 'Fehler', 'Fehler')}, nicht {nicht}"


def some_remarks(entries: Sequence[Eintrag], most: int | None) -> Sequence[Eintrag]:
    """Return entries, of more than `most` one of each kind that has a place in the file first, and how many more there are."""
    if most is None or len(entries) <= most + 1:
        return entries
    kinds = [(entry.kennung, _OF_ONE.sub("", entry.text)) for entry in entries]
    weight = [(kind in kinds[:number], not entries[number].ort, number) for number, kind in enumerate(kinds)]
    told = sorted(number for *_, number in sorted(weight)[:most])
    more = Eintrag("i", "leise", "", f"und {len(entries) - most} weitere (--ausfuehrlich)")
    return [*(entries[number] for number in told), more]


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
