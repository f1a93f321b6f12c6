"""The result as Markdown, to be read as a comment on a merge request: the verdicts first, then each file to unfold."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from foerdercheck.assessment.budget import Assessment
from foerdercheck.many.budgets import Checked
from foerdercheck.model.befund import Ergebnis, worst_of
from foerdercheck.model.deutsch import euro
from foerdercheck.reports.bericht import report, verdict_first
from foerdercheck.reports.dokument import FUSS, Angaben, Block, Eintrag, Liste, Spalte, Tabelle, Urteil, Zelle
from foerdercheck.reports.markdown_blocks import literal, literal_html, render_blocks
from foerdercheck.reports.summary import Ueberblick, at_a_glance, headline, one_line, told_together, totals

_ZEICHEN: Mapping[Ergebnis, str] = {"foerderfaehig": "✓", "nicht_foerderfaehig": "✗", "offen": "?", "fehler": "✗"}


class MarkdownView(NamedTuple):
    """One file: at a glance, its verdict in a line, and its report, as Markdown."""

    zeile: Ueberblick
    urteil: str
    bericht: str


def markdown_view(
    assessment: Assessment, *, herleitung: bool = False, ausfuehrlich: bool = False, vorschlaege: bool = False
) -> MarkdownView:
    """Return one file; derivations, what is met, and proposals are added if wanted."""
    blocks = verdict_first(
        report(assessment, herleitung=herleitung, ausfuehrlich=ausfuehrlich, vorschlaege=vorschlaege)
    )
    body = render_blocks(block._replace(fuss="") if isinstance(block, Urteil) else block for block in blocks)
    return MarkdownView(at_a_glance(assessment), literal_html(one_line(assessment)), body)


def markdown_document(checked: Iterable[Checked[MarkdownView]]) -> Iterator[str]:
    """Yield the pieces of one document; a single file is unfolded."""
    done = list(checked)  # the verdict over all comes first
    ergebnis = worst_of(found.ergebnis for found in done)
    taken = sum(found.angenommene for found in done if found.ergebnis == ergebnis)
    yield f"## foerdercheck: {literal(headline(ergebnis, taken))}\n\n"
    together = told_together(found.uebergreifend for found in done)
    yield render_blocks(_overview([found.ansicht.zeile for found in done], together)) + "\n"
    for found in done:
        yield f"<details{' open' if len(done) == 1 else ''}>\n"
        yield f"<summary>{found.ansicht.urteil}</summary>\n\n{found.ansicht.bericht}\n</details>\n\n"
    yield f"*{literal(FUSS)}*\n"


def _overview(rows: Sequence[Ueberblick], together: Sequence[str]) -> Iterator[Block]:
    """Yield the table of verdicts with what decided, and below several what they show together, and how many there are."""
    spalten = [Spalte("Datei"), Spalte("Ergebnis"), Spalte("Zuwendung", zahl=True), Spalte("entscheidend")]
    yield Tabelle(spalten, list(map(_cells, rows)))
    if together:
        yield Liste("Über mehrere Dateien", [Eintrag("i", "normal", "", text) for text in together])
    if len(rows) > 1:
        yield Angaben([(label, Zelle(text)) for label, text in totals(rows)])


def _cells(row: Ueberblick) -> list[Zelle]:
    verdict = Zelle(f"{_sign(row)} {headline(row.ergebnis, row.angenommene)}")
    grant = Zelle("–" if row.zuwendung is None else euro(row.zuwendung))
    return [Zelle(row.datei), verdict, grant, Zelle(row.grund)]


def _sign(row: Ueberblick) -> str:
    """Return the sign of a verdict; one that holds by exceptions alone has theirs."""
    return "!" if row.ergebnis == "foerderfaehig" and row.angenommene else _ZEICHEN[row.ergebnis]
