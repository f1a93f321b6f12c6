"""The result as Markdown, to be read as a comment on a merge request: the verdicts first, then each file to unfold."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from foerdercheck.assessment import Assessment
from foerdercheck.model.befund import Status
from foerdercheck.reports.bericht import ERGEBNIS, report
from foerdercheck.reports.dokument import FUSS, Block, Liste, Spalte, Tabelle, Ton, Urteil, Zelle
from foerdercheck.reports.markdown_blocks import literal, literal_html, render_blocks
from foerdercheck.reports.result_json import worst_of
from foerdercheck.reports.summary import one_line, summary

_ZEICHEN: Mapping[Ton, str] = {"gut": "✓", "warnung": "?", "schlecht": "✗"}


def render_markdown(assessments: Sequence[Assessment], *, herleitung: bool = False) -> str:
    """Return all files as one document; a single file is unfolded, and derivations are added if wanted."""
    return "\n".join(_parts(assessments, herleitung=herleitung))


def _parts(assessments: Sequence[Assessment], *, herleitung: bool) -> Iterator[str]:
    yield f"## foerdercheck: {literal(ERGEBNIS[worst_of(assessments)][0])}\n"
    yield render_blocks([_overview(assessments)])
    for assessment in assessments:
        yield f"<details{' open' if len(assessments) == 1 else ''}>"
        yield f"<summary>{literal_html(one_line(assessment))}</summary>\n"
        yield render_blocks(_arranged(report(assessment, herleitung=herleitung)))
        yield "</details>\n"
    yield f"*{literal(FUSS)}*\n"


def _overview(assessments: Sequence[Assessment]) -> Tabelle:
    """Return the table of verdicts with the numbers of findings that stand in the way."""
    table = summary(assessments, "")
    rows = [
        [datei, Zelle(f"{_ZEICHEN[ergebnis.ton]} {ergebnis.text}"), zuwendung, *_counts(assessment)]
        for assessment, (datei, ergebnis, zuwendung) in zip(assessments, table.zeilen, strict=True)
    ]
    return Tabelle([*table.spalten, Spalte("verletzt", zahl=True), Spalte("offen", zahl=True)], rows)


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
