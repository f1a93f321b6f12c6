"""The report as one HTML document that needs nothing else: no script, nothing loaded, to be read on a screen, printed, or heard."""

from base64 import b64encode
from collections.abc import Iterable, Iterator
from functools import cache
from hashlib import sha256
from pathlib import Path as FilePath
from typing import NamedTuple

from foerdercheck.assessment.budget import Assessment
from foerdercheck.many.budgets import Checked
from foerdercheck.reports.anhang import full_report
from foerdercheck.reports.dokument import Block, Ueberschrift, titled
from foerdercheck.reports.html_blocks import HtmlWriter, safe_html
from foerdercheck.reports.summary import Ueberblick, at_a_glance, overview, told_together
from foerdercheck.version import VERSION

_FOOT = '@page{@bottom-left{content:"Prüfkennung %s";font:8.5pt sans-serif;color:#555}}\n'
_CSS = FilePath(__file__).with_name("bericht.css")


class HtmlView(NamedTuple):
    """One file: at a glance, the title of its report, its Prüfkennung, and the report as HTML."""

    zeile: Ueberblick
    titel: str
    kennung: str
    bericht: str


def html_view(assessment: Assessment, *, several: bool = False, vorschlaege: bool = False) -> HtmlView:
    """Return one file; one of `several` has its headings below the one over all, ids of its own, and no text of the law.

    `vorschlaege` adds what would make it pass.
    """
    row = at_a_glance(assessment)
    title, blocks = titled(full_report(assessment, recht=not several, vorschlaege=vorschlaege), row.datei)
    name = sha256(assessment.datei.encode(errors="surrogatepass")).hexdigest()[:8]
    writer = HtmlWriter(blocks, f"d{name}-" if several else "", int(several))
    return HtmlView(row, title, str(assessment.pruefkennung or ""), "".join(writer.pieces()))


def html_document(checked: Iterable[Checked[HtmlView]], *, several: bool = False) -> Iterator[str]:
    """Yield one document: of a single file its report, of several first all at a glance."""
    done = list(checked)
    views = [found.ansicht for found in done]
    if not several and len(views) == 1:
        yield from _document(views[0].titel, [views[0].bericht], views[0].kennung)
        return
    together = told_together(found.uebergreifend for found in done)
    head = [Ueberschrift("Prüfung von Budgets"), *overview([view.zeile for view in views], (), together)]
    bodies = (f'<section class="datei">\n{view.bericht}</section>\n' for view in views)
    yield from _document("Prüfung von Budgets", [*HtmlWriter(head).pieces(), *bodies])


def html_of_blocks(blocks: Iterable[Block], kennung: str = "") -> str:
    """Return one report as a document; its first heading is the title, its Prüfkennung stands at the foot of printed pages."""
    title, listed = titled(blocks)
    return "".join(_document(title, HtmlWriter(listed).pieces(), kennung))


def _document(title: str, pieces: Iterable[str], kennung: str = "") -> Iterator[str]:
    """Yield a document that may load nothing, run nothing and send nothing; only its own style holds.

    The Prüfkennung stands at the foot of every printed page.
    """
    css = _style() + (_FOOT % kennung if kennung else "")
    policy = f"default-src 'none'; style-src 'sha256-{_digest(css)}'; base-uri 'none'; form-action 'none'"
    yield (
        f'<!DOCTYPE html>\n<html lang="de">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'<meta name="referrer" content="no-referrer">\n<meta name="generator" content="foerdercheck {VERSION}">\n'
        f"<title>{safe_html(title)}</title>\n<style>{css}</style>\n</head>\n<body>\n"
        f'<a class="sprung" href="#inhalt">Zum Inhalt</a>\n<main id="inhalt" tabindex="-1">\n'
    )
    yield from pieces
    yield "</main>\n</body>\n</html>\n"


@cache
def _style() -> str:
    return _CSS.read_text(encoding="utf-8")


def _digest(text: str) -> str:
    return b64encode(sha256(text.encode()).digest()).decode()
