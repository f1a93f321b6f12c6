"""The report as a PDF, by the extra `pdf`: tagged, declared PDF/A-3a and PDF/UA-1, with the result and the checked file in it.

The same check gives the same bytes: its date is the Stichtag, and nothing in it is random.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import cache
from hashlib import sha256
from itertools import chain, count
from pathlib import Path as FilePath
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, NamedTuple

from foerdercheck.assessment.budget import Assessment
from foerdercheck.many.budgets import Checked
from foerdercheck.model.filenames import shown_name
from foerdercheck.reading.archive import may_run
from foerdercheck.reading.files import NAMELESS
from foerdercheck.reports.anhang import full_report
from foerdercheck.reports.dokument import Block, Eintrag, Liste, Ueberschrift, titled
from foerdercheck.reports.encoding import encoded
from foerdercheck.reports.pdf_blocks import Data, PdfWriter
from foerdercheck.reports.pdf_font import SCHRIFT, known_text
from foerdercheck.reports.result_json import budget_document, budget_line
from foerdercheck.reports.summary import Ueberblick, at_a_glance, overview, told_together
from foerdercheck.version import VERSION

if TYPE_CHECKING:
    from typst import Fonts

_VORLAGE = FilePath(__file__).with_name("bericht.typ")
_NO_DAY = date(1970, 1, 1)
_YAML = "application/yaml"
_KINDS = {
    ".yaml": _YAML,
    ".yml": _YAML,
    ".csv": "text/csv",
    ".ods": "application/vnd.oasis.opendocument.spreadsheet",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
_NO_NAME = re.compile(r"[^\w.+,=() -]")
"""Characters that no attachment has in its name: some programs save it under that."""
_LONGEST_NAME = 100


class Anlage(NamedTuple):
    """A file within a PDF: its name and content, what it is to the report (`data` or `source`), its kind and what it holds.

    `ausgelassen` says of one that is not attached why not.
    """

    name: str
    inhalt: bytes
    beziehung: str
    art: str
    beschreibung: str
    ausgelassen: str = ""


class Titelei(NamedTuple):
    """What a document says of itself: title, day (None where nothing was checked), the Prüfkennung at the foot of each page."""

    titel: str
    tag: date | None
    kennung: str = ""


class PdfView(NamedTuple):
    """One file: at a glance, what its document says of itself, its blocks as data, its result as JSON, and the file."""

    zeile: Ueberblick
    kopf: Titelei
    bloecke: list[Data]
    ergebnis: bytes
    anlagen: list[Anlage]


def pdf_view(assessment: Assessment, *, several: bool = False, vorschlaege: bool = False) -> PdfView:
    """Return one file; one of `several` has its headings below the one over all, places of its own, and no text of the law."""
    row = at_a_glance(assessment)
    title, blocks = titled(full_report(assessment, recht=not several, vorschlaege=vorschlaege), row.datei)
    name = sha256(assessment.datei.encode(errors="surrogatepass")).hexdigest()[:8]
    writer = PdfWriter(blocks, f"d{name}-" if several else "", int(several))
    head = Titelei(title, assessment.stichtag, str(assessment.pruefkennung or ""))
    result = budget_line(assessment, herleitung=True, vorschlaege=vorschlaege)
    return PdfView(row, head, list(writer.data()), result, checked_file(assessment))


def checked_file(assessment: Assessment) -> list[Anlage]:
    """Return the budget as it is, to be attached; none of one that could not be read."""
    content = assessment.grundlage.document.inhalt if assessment.grundlage else b""
    return [source_file(assessment.datei, content, "Das geprüfte Budget")] if content else []


def source_file(datei: str, content: bytes, about: str) -> Anlage:
    """Return a file that was checked, to be attached as it is; one that may hold macros is not handed on, only its SHA-256."""
    if FilePath(datei).suffix.casefold() == ".xlsm" or may_run(content):
        why = "denn die Datei kann Makros enthalten, und ein Bericht gibt keine weiter"
        text = f"{about} „{shown_name(datei)}“ liegt nicht bei, {why}. Ihr SHA-256: {sha256(content).hexdigest()}"
        return Anlage("", b"", "", "", "", text)
    name = _NO_NAME.sub("_", FilePath(datei).name)[-_LONGEST_NAME:]
    kind = _YAML if datei == NAMELESS else _KINDS.get(FilePath(datei).suffix.casefold(), "application/octet-stream")
    return Anlage(name, content, "source", kind, about)


def pdf_document(checked: Iterable[Checked[PdfView]], *, several: bool = False) -> Iterator[bytes]:
    """Yield one document: of a single file its report, of several first all at a glance."""
    done: list[Checked[Any]] = list(checked)
    views: list[PdfView] = [found.ansicht for found in done]
    result = "".join(budget_document(found._replace(ansicht=found.ansicht.ergebnis) for found in done))
    attached = [_json(result), *(anlage for view in views for anlage in view.anlagen)]
    if not several and len(views) == 1:
        yield _compiled(views[0].kopf, views[0].bloecke, attached)
        return
    title = "Prüfung von Budgets"
    together = told_together(found.uebergreifend for found in done)
    blocks = [Ueberschrift(title), *overview([view.zeile for view in views], (), together)]
    data = list(PdfWriter(blocks).data())
    for view in views:
        data += [{"art": "seite", "kennung": view.kopf.kennung}, *view.bloecke]
    day = max((view.kopf.tag for view in views if view.kopf.tag), default=None)
    yield _compiled(Titelei(title, day), data, attached)


def pdf_of_blocks(blocks: Iterable[Block], ergebnis: str, anlagen: Iterable[Anlage], kopf: Titelei) -> bytes:
    """Return one report as a document with its result as JSON and what it is about; its title is its first heading."""
    title, listed = titled(blocks)
    return _compiled(kopf._replace(titel=title), list(PdfWriter(listed).data()), [_json(ergebnis), *anlagen])


def _json(text: str) -> Anlage:
    return Anlage("ergebnis.json", text.encode(), "data", "application/json", "Das Ergebnis für Programme")


def _compiled(kopf: Titelei, bloecke: Sequence[Data], anlagen: Sequence[Anlage]) -> bytes:
    """Return the PDF that `bericht.typ` makes of this; its files lie in a folder of their own, and it can read no others."""
    from typst import compile as typeset  # noqa: PLC0415 - an extra

    attached = [anlage for anlage in anlagen if not anlage.ausgelassen]
    reasons = dict.fromkeys(anlage.ausgelassen for anlage in anlagen if anlage.ausgelassen)
    left_out = [Eintrag("i", "normal", "", reason) for reason in reasons]
    bloecke = [*bloecke, *PdfWriter([Liste("Nicht beigefügt", left_out)] if left_out else [], depth=1).data()]
    with TemporaryDirectory() as temporary:
        folder = FilePath(temporary)
        listed: list[dict[str, Any]] = []
        for number, (name, anlage) in enumerate(zip(_names(attached), attached, strict=True)):
            (folder / str(number)).write_bytes(anlage.inhalt)
            told = {"name": name, "beziehung": anlage.beziehung, "art": anlage.art}
            listed.append(told | {"datei": str(number), "beschreibung": anlage.beschreibung})
        day = kopf.tag or _NO_DAY
        tag = {"year": day.year, "month": day.month, "day": day.day}
        about: dict[str, Any] = {"titel": known_text(kopf.titel), "tag": tag, "kennung": kopf.kennung}
        about |= {"programm": f"foerdercheck {VERSION}", "bloecke": bloecke, "anlagen": listed}
        (folder / "bericht.json").write_bytes(encoded(about))
        main = folder / _VORLAGE.name
        main.write_bytes(_VORLAGE.read_bytes())
        return typeset(main, root=folder, format="pdf", pdf_standards=["a-3a", "ua-1"], font_paths=_fonts())


def _names(anlagen: Sequence[Anlage]) -> Iterator[str]:
    """Yield a name for each attachment; equal ones are numbered."""
    seen: set[str] = set()
    for anlage in anlagen:
        numbered = (f"{number}-{anlage.name}" for number in count(2))
        name = next(name for name in chain([anlage.name], numbered) if name not in seen)
        seen.add(name)
        yield name


@cache
def _fonts() -> "Fonts":
    """Return the font that is shipped, and no other."""
    from typst import Fonts  # noqa: PLC0415 - an extra

    return Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[SCHRIFT])
