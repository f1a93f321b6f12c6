"""How answers about budgets are written: what is kept of each file, and the text that is made of all of them."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from pathlib import Path as FilePath
from typing import Any, NamedTuple

from foerdercheck.assessment.budget import Assessment
from foerdercheck.cli.output import Draw, drawing
from foerdercheck.many.budgets import Checked
from foerdercheck.model.deutsch import anzahl
from foerdercheck.reports.bericht import report
from foerdercheck.reports.characters import in_one_line, no_command
from foerdercheck.reports.dokument import FUSS
from foerdercheck.reports.summary import one_line, summary


class Format(NamedTuple):
    """A form of output.

    `view` is made of each file, in whatever process checks it, and must be picklable; `document` makes the pieces of the
    text from the views in their order. `streams` says that it yields a piece for each file as soon as it is there.
    """

    view: Callable[[Assessment], Any]
    document: Callable[[Iterable[Checked[Any]]], Iterator[str]]
    streams: bool = True


def format_of(name: str, output: FilePath | None, *, herleitung: bool, quiet: bool) -> Format:
    """Return the form that the options of a call ask for."""
    if name in _FORMATE:
        return _FORMATE[name](herleitung=herleitung)
    if quiet:
        return Format(one_line, _lines)
    draw = drawing(output)
    return Format(partial(_report, draw, herleitung=herleitung), partial(_reports, draw))


def _json(*, herleitung: bool) -> Format:
    from foerdercheck.reports.result_json import budget_document, budget_line  # noqa: PLC0415

    return Format(partial(budget_line, herleitung=herleitung), budget_document, streams=False)


def _junit(*, herleitung: bool) -> Format:
    from foerdercheck.reports.junit import junit_document, junit_view  # noqa: PLC0415

    return Format(partial(junit_view, herleitung=herleitung), junit_document, streams=False)


def _sarif(**_: bool) -> Format:
    from foerdercheck.reports.sarif import sarif_document, sarif_view  # noqa: PLC0415

    return Format(sarif_view, sarif_document, streams=False)


def _github(**_: bool) -> Format:
    from foerdercheck.reports.github import github_document, github_view  # noqa: PLC0415

    return Format(github_view, github_document, streams=False)


def _markdown(*, herleitung: bool) -> Format:
    from foerdercheck.reports.markdown import markdown_document, markdown_view  # noqa: PLC0415

    return Format(partial(markdown_view, herleitung=herleitung), markdown_document, streams=False)


_FORMATE: Mapping[str, Callable[..., Format]] = {
    "json": _json,
    "junit": _junit,
    "sarif": _sarif,
    "github": _github,
    "markdown": _markdown,
}
"""The forms for programs, by the name a call gives; each is loaded only when asked for."""
FORMATE = ("tabelle", *_FORMATE)
OHNE_HERLEITUNG = frozenset({"sarif", "github"})
"""They mark lines of files; there is no place in them for figures."""


def _lines(checked: Iterable[Checked[str]]) -> Iterator[str]:
    return (f"{no_command(in_one_line(found.ansicht))}\n" for found in checked)


def _report(draw: Draw, assessment: Assessment, *, herleitung: bool) -> str:
    return draw(report(assessment, herleitung=herleitung))


def _reports(draw: Draw, checked: Iterable[Checked[str]]) -> Iterator[str]:
    """Yield the report on each file, and a summary where there are several."""
    done: list[Checked[str]] = []
    for found in checked:
        yield ("\n" if done else "") + found.ansicht
        done.append(found._replace(ansicht=""))
    if len(done) > 1:
        table = summary(done, f"Zusammenfassung über {anzahl(len(done), 'Datei', 'Dateien')}")
        yield "\n" + draw([table._replace(fuss=FUSS)])
