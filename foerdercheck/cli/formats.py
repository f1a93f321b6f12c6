"""How answers about budgets are written: what is kept of each file, and the text that is made of all of them."""

import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any, NamedTuple

from foerdercheck.assessment.budget import Assessment
from foerdercheck.cli.ausgaben import ORDNER, PDF, Ausgabe
from foerdercheck.cli.output import Draw, drawing, filled
from foerdercheck.many.budgets import Checked
from foerdercheck.reports.bericht import report
from foerdercheck.reports.characters import in_one_line, no_command
from foerdercheck.reports.dokument import Block
from foerdercheck.reports.summary import Ueberblick, at_a_glance, one_line, overview, told_together
from foerdercheck.reports.text import render_text


class Umfang(NamedTuple):
    """How much is told: how figures came about, what is met or decides nothing, the verdict alone; of how many files.

    `vorschlaege` says that what would make a budget pass is looked for, and told; `gesetzt` that values of the call stand
    in place of those of the files, which each report says; `knapp` that Hinweise must leave room on a screen.
    """

    herleitung: bool = False
    ausfuehrlich: bool = False
    quiet: bool = False
    several: bool = False
    vorschlaege: bool = False
    gesetzt: bool = False
    knapp: bool = False

    def report(self, assessment: Assessment) -> Iterator[Block]:
        """Return the report on one file that tells so much."""
        return report(
            assessment,
            herleitung=self.herleitung,
            ausfuehrlich=self.ausfuehrlich,
            vorschlaege=self.vorschlaege,
            knapp=self.knapp,
        )


class Format(NamedTuple):
    """A form of output.

    `view` is made of each file, in whatever process checks it, and must be picklable; `document` makes the pieces of the
    text from the views in their order. `streams` says that it yields a piece for each file as soon as it is there, `tells`
    that a view holds the hints on a file.
    """

    view: Callable[[Assessment], Any]
    document: Callable[[Iterable[Checked[Any]]], Iterator[str | bytes]]
    streams: bool = False
    tells: bool = True


def format_of(ausgabe: Ausgabe, umfang: Umfang, skipped: Sequence[str]) -> Format:
    """Return the form of an output; `skipped` is filled, by the time the document is made, with files that are no budgets."""
    if ausgabe.form in _FORMATE:
        return _FORMATE[ausgabe.form](umfang)
    if ausgabe.form in _TAFELN:
        return _TAFELN[ausgabe.form](umfang)
    if ausgabe.form == ORDNER:
        return Format(partial(_report, render_text, umfang._replace(ausfuehrlich=True)), _reports)
    if umfang.quiet:
        return Format(one_line, partial(_lines, screen=ausgabe.datei is None), streams=True, tells=False)
    draw = drawing(ausgabe.datei)
    umfang = umfang._replace(knapp=draw is not render_text and not umfang.ausfuehrlich)
    if not umfang.several:
        return Format(partial(_report, draw, umfang), _reports, streams=True)
    if umfang.ausfuehrlich or umfang.herleitung or umfang.vorschlaege or umfang.gesetzt:
        return Format(partial(_row_and_report, draw, umfang), partial(_reports_and_overview, draw, skipped))
    return Format(at_a_glance, partial(_overview, draw, skipped), tells=False)


def _json(umfang: Umfang) -> Format:
    from foerdercheck.reports.result_json import budget_document, budget_line  # noqa: PLC0415

    view = partial(budget_line, herleitung=umfang.herleitung, vorschlaege=umfang.vorschlaege)
    return Format(view, budget_document)


def _junit(umfang: Umfang) -> Format:
    from foerdercheck.reports.junit import junit_document, junit_view  # noqa: PLC0415

    view = partial(junit_view, herleitung=umfang.herleitung, ausfuehrlich=umfang.ausfuehrlich)
    return Format(view, junit_document)


def _sarif(_: Umfang) -> Format:
    from foerdercheck.reports.sarif import sarif_document, sarif_view  # noqa: PLC0415

    return Format(sarif_view, sarif_document)


def _codeclimate(_: Umfang) -> Format:
    from foerdercheck.reports.codeclimate import codeclimate_document, codeclimate_view  # noqa: PLC0415

    return Format(codeclimate_view, codeclimate_document)


def _github(_: Umfang) -> Format:
    from foerdercheck.reports.github import github_document, github_view  # noqa: PLC0415

    return Format(github_view, github_document)


def _markdown(umfang: Umfang) -> Format:
    from foerdercheck.reports.markdown import markdown_document, markdown_view  # noqa: PLC0415

    view = partial(
        markdown_view, herleitung=umfang.herleitung, ausfuehrlich=umfang.ausfuehrlich, vorschlaege=umfang.vorschlaege
    )
    return Format(view, markdown_document)


def _html(umfang: Umfang) -> Format:
    from foerdercheck.reports.html import html_document, html_view  # noqa: PLC0415

    view = partial(html_view, several=umfang.several, vorschlaege=umfang.vorschlaege)
    return Format(view, partial(html_document, several=umfang.several))


def _kurz(_: Umfang) -> Format:
    from foerdercheck.reports.kurz import short_view  # noqa: PLC0415

    return Format(short_view, _reports, streams=True, tells=False)


_FORMATE: Mapping[str, Callable[[Umfang], Format]] = {
    "json": _json,
    "junit": _junit,
    "sarif": _sarif,
    "codeclimate": _codeclimate,
    "github": _github,
    "markdown": _markdown,
    "html": _html,
    "kurz": _kurz,
}
"""The forms by the name a call gives; each is loaded only when asked for."""
FORMATE = ("tabelle", *_FORMATE)
ALLE_FORMATE = (*FORMATE, PDF)
"""Those, and what is named, too, but needs a file."""
OHNE_HERLEITUNG = frozenset({"sarif", "codeclimate", "github", "kurz", "csv", "ics"})
"""They mark lines of files or sum them up; there is no place in them for figures."""


def _csv(_: Umfang) -> Format:
    from foerdercheck.reports.uebersicht import csv_document  # noqa: PLC0415

    return Format(at_a_glance, csv_document, tells=False)


def _xlsx(_: Umfang) -> Format:
    from foerdercheck.reports.uebersicht import xlsx_document  # noqa: PLC0415 - openpyxl is heavy

    return Format(at_a_glance, xlsx_document, tells=False)


def _ics(_: Umfang) -> Format:
    from foerdercheck.reports.ics import ics_document, ics_view  # noqa: PLC0415

    return Format(ics_view, ics_document)


def _pdf(umfang: Umfang) -> Format:
    from foerdercheck.reports.pdf import pdf_document, pdf_view  # noqa: PLC0415 - an extra

    view = partial(pdf_view, several=umfang.several, vorschlaege=umfang.vorschlaege)
    return Format(view, partial(pdf_document, several=umfang.several))


_TAFELN: Mapping[str, Callable[[Umfang], Format]] = {"csv": _csv, "xlsx": _xlsx, "ics": _ics, PDF: _pdf}
"""What only a file can be: the table of all files to sort and filter, the calendar of their deadlines, the report to print."""


def _lines(checked: Iterable[Checked[str]], *, screen: bool) -> Iterator[str]:
    for found in checked:
        line = no_command(in_one_line(found.ansicht))
        yield (filled(line, sys.stdout) if screen else line) + "\n"


def _report(draw: Draw, umfang: Umfang, assessment: Assessment) -> str:
    return draw(umfang.report(assessment))


def _reports(checked: Iterable[Checked[str]]) -> Iterator[str]:
    return (found.ansicht for found in checked)


def _row_and_report(draw: Draw, umfang: Umfang, assessment: Assessment) -> tuple[Ueberblick, str]:
    return at_a_glance(assessment), _report(draw, umfang, assessment)


def _reports_and_overview(
    draw: Draw, skipped: Sequence[str], checked: Iterable[Checked[tuple[Ueberblick, str]]]
) -> Iterator[str]:
    rows: list[Ueberblick] = []
    together: list[tuple[str, ...]] = []
    for found in checked:
        row, text = found.ansicht
        yield ("\n" if rows else "") + text
        rows.append(row)
        together.append(found.uebergreifend)
    yield "\n" + draw(overview(rows, skipped, told_together(together)))


def _overview(draw: Draw, skipped: Sequence[str], checked: Iterable[Checked[Ueberblick]]) -> Iterator[str]:
    done = list(checked)
    together = told_together(found.uebergreifend for found in done)
    yield draw(overview([found.ansicht for found in done], skipped, together, mehr=True))
