"""The result as Markdown, to be read as a comment on a merge request: the verdicts first, then each file to unfold."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from foerdercheck.assessment.budget import Assessment
from foerdercheck.many.budgets import Checked
from foerdercheck.model.befund import Ergebnis, Status, worst_of
from foerdercheck.reports.bericht import report
from foerdercheck.reports.dokument import FUSS, Block, Liste, Spalte, Tabelle, Urteil, Zelle
from foerdercheck.reports.markdown_blocks import literal, literal_html, render_blocks
from foerdercheck.reports.summary import headline, one_line, summary

_ZEICHEN: Mapping[Ergebnis, str] = {"foerderfaehig": "✓", "nicht_foerderfaehig": "✗", "offen": "?", "fehler": "✗"}


class MarkdownView(NamedTuple):
    """One file: the numbers of findings that stand in the way, its verdict in a line, and its report, as Markdown."""

    zahlen: tuple[Zelle, ...]
    urteil: str
    bericht: str


def markdown_view(assessment: Assessment, *, herleitung: bool = False) -> MarkdownView:
    """Return one file; derivations are added if wanted."""
    body = render_blocks(_arranged(report(assessment, herleitung=herleitung)))
    return MarkdownView(tuple(_counts(assessment)), literal_html(one_line(assessment)), body)


def markdown_document(checked: Iterable[Checked[MarkdownView]]) -> Iterator[str]:
    """Yield the pieces of one document; a single file is unfolded."""
    done = list(checked)  # the verdict over all comes first
    ergebnis = worst_of(found.ergebnis for found in done)
    taken = sum(found.angenommene for found in done if found.ergebnis == ergebnis)
    yield f"## foerdercheck: {literal(headline(ergebnis, taken))}\n\n"
    yield render_blocks([_overview(done)]) + "\n"
    for found in done:
        yield f"<details{' open' if len(done) == 1 else ''}>\n"
        yield f"<summary>{found.ansicht.urteil}</summary>\n\n{found.ansicht.bericht}\n</details>\n\n"
    yield f"*{literal(FUSS)}*\n"


def _overview(done: Sequence[Checked[MarkdownView]]) -> Tabelle:
    """Return the table of verdicts with the numbers of findings that stand in the way."""
    table = summary(done, "")
    rows = [
        [datei, Zelle(f"{_sign(found)} {ergebnis.text}"), zuwendung, *found.ansicht.zahlen]
        for found, (datei, ergebnis, zuwendung) in zip(done, table.zeilen, strict=True)
    ]
    return Tabelle([*table.spalten, Spalte("verletzt", zahl=True), Spalte("offen", zahl=True)], rows)


def _sign(found: Checked[MarkdownView]) -> str:
    """Return the sign of a verdict; one that holds by exceptions alone has theirs."""
    return "!" if found.ergebnis == "foerderfaehig" and found.angenommene else _ZEICHEN[found.ergebnis]


def _counts(assessment: Assessment) -> Iterator[Zelle]:
    statuses: tuple[Status, ...] = ("verletzt", "offen")
    for status in statuses:
        count = sum(befund.status == status for befund in assessment.befunde)
        yield Zelle("–" if assessment.fehler else str(count))


def _arranged(blocks: Iterable[Block]) -> Iterator[Block]:
    """Yield the verdict first, then the findings, then the figures; what the document says at its end is left out."""
    for block in sorted(blocks, key=_rank):
        yield block._replace(fuss="") if isinstance(block, Urteil) else block


def _rank(block: Block) -> int:
    return 0 if isinstance(block, Urteil) else 1 if isinstance(block, Liste) else 2
