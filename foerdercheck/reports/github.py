"""The result as annotations of GitHub Actions: workflow commands, one line each, that mark the places in a pull request.

The first lines sum up the files, the worst first, because GitHub shows only the first ten annotations of each kind of a step. That
a file could not be checked is an error; the other verdicts are notices, so that they take no place from what they are made of.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from foerdercheck.assessment.budget import Assessment
from foerdercheck.many.budgets import Checked
from foerdercheck.model.befund import EXIT_ORDER
from foerdercheck.model.location import Location
from foerdercheck.reports.characters import harmless
from foerdercheck.reports.dokument import FUSS
from foerdercheck.reports.meldung import (
    DEFEKT,
    MEHRERE,
    STUFEN,
    Meldung,
    Stufe,
    file_of,
    meldungen,
    status_word,
    wording,
)
from foerdercheck.reports.summary import headline, one_line, told_together

_COMMANDS: Mapping[Stufe, str] = {"error": "error", "warning": "warning", "note": "notice"}


class GithubView(NamedTuple):
    """The lines of one file: its verdict, and what needs attention."""

    urteil: str
    meldungen: str


def github_view(assessment: Assessment) -> GithubView:
    """Return the lines of one file."""
    lines = [_command("error", DEFEKT.titel, text, _place(None, assessment)) for text in assessment.defekte]
    lines += [_annotation(meldung, assessment) for meldung in meldungen(assessment)]
    return GithubView(f"{_verdict(assessment)}\n", "".join(f"{line}\n" for line in lines))


def github_document(checked: Iterable[Checked[GithubView]]) -> Iterator[str]:
    """Yield a line for each file, the worst first, then what needs attention in each, and a line that says what this is."""
    done = list(checked)
    yield from (found.ansicht.urteil for found in sorted(done, key=lambda found: -EXIT_ORDER.index(found.exit_code)))
    for text in told_together(found.uebergreifend for found in done):
        yield _command("note", MEHRERE.titel, text) + "\n"
    yield from (found.ansicht.meldungen for found in done)
    yield _command("note", "foerdercheck", FUSS) + "\n"


def _verdict(assessment: Assessment) -> str:
    title = headline(assessment.ergebnis, assessment.angenommene)
    stufe: Stufe = "error" if assessment.ergebnis == "fehler" else "note"
    return _command(stufe, title, one_line(assessment), _place(None, assessment))


def _annotation(meldung: Meldung, assessment: Assessment) -> str:
    title = f"{status_word(meldung.status, meldung.angenommen)}: {meldung.titel} ({meldung.regel})"
    return _command(STUFEN[meldung.status], title, wording(meldung), _place(meldung.ort, assessment))


def _place(ort: Location | None, assessment: Assessment) -> Iterator[tuple[str, str]]:
    """Yield file, line and column as far as there are any."""
    if (file := file_of(ort, assessment.datei)) is not None:
        yield "file", file
    if ort and ort.zeile:
        yield "line", str(ort.zeile)
    if ort and ort.spalte:
        yield "col", str(ort.spalte)


def _command(stufe: Stufe, title: str, text: str, place: Iterable[tuple[str, str]] = ()) -> str:
    """Return a workflow command; line breaks are escaped, so no text can begin a line and be a command of its own."""
    properties = ",".join(f"{name}={_escaped(value, _IN_PROPERTIES)}" for name, value in [*place, ("title", title)])
    return f"::{_COMMANDS[stufe]} {properties}::{_escaped(text, _IN_DATA)}"


_IN_DATA = str.maketrans({"%": "%25", "\n": "%0A"})  # no carriage return is harmless, so none comes here
_IN_PROPERTIES = _IN_DATA | str.maketrans({":": "%3A", ",": "%2C"})


def _escaped(text: str, table: dict[int, str]) -> str:
    return harmless(text).translate(table)
