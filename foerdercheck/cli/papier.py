"""One answer in every form it is handed over in: for the screen, for programs, as a document with what it is about."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from foerdercheck.cli.ausgaben import MAPPE, PDF, Ausgabe
from foerdercheck.cli.output import write_blocks, write_bytes, write_pieces, write_text
from foerdercheck.reports.dokument import Block

if TYPE_CHECKING:
    from foerdercheck.reports.pdf import Anlage


class Papier(NamedTuple):
    """What an answer shows, and what tells its result as JSON and the files it is about; its day; of an account its Prüfkennung."""

    bloecke: Iterable[Block]
    ergebnis: Callable[[], Iterable[str]]
    anlagen: Callable[[], Iterable["Anlage"]]
    tag: date | None
    kennung: str = ""
    konto: bool = False


def write_papier(papier: Papier, ziel: Ausgabe) -> None:
    """Write an answer where it goes; raises OutputError if that is impossible."""
    form, output = ziel
    if form == "json":
        write_pieces(papier.ergebnis(), output)
    elif form == "markdown":
        from foerdercheck.reports.markdown_blocks import render_blocks  # noqa: PLC0415 - each form only where wanted

        write_text(render_blocks(papier.bloecke), output)
    elif form == "html":
        from foerdercheck.reports.html import html_of_blocks  # noqa: PLC0415

        write_text(html_of_blocks(papier.bloecke, papier.kennung), output)
    elif form == MAPPE and output is not None:
        from foerdercheck.reports.workbook import as_workbook  # noqa: PLC0415 - openpyxl is heavy

        write_bytes(as_workbook(papier.bloecke, konto=papier.konto), output)
    elif form == PDF and output is not None:
        from foerdercheck.reports.pdf import Titelei, pdf_of_blocks  # noqa: PLC0415 - an extra

        head = Titelei("", papier.tag, papier.kennung)
        write_bytes(pdf_of_blocks(papier.bloecke, "".join(papier.ergebnis()), papier.anlagen(), head), output)
    else:
        write_blocks(papier.bloecke, output)
