"""What is wrong with a file, with what stands there."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from foerdercheck.model.location import Location, Problem, SourceMap


class Fehler(NamedTuple):
    """A problem of the input with its place and the text that stands there."""

    text: str
    ort: Location | None
    auszug: str


def fehler_of(problems: Iterable[Problem], source: SourceMap | None) -> Iterator[Fehler]:
    """Yield problems with the text that stands at their places."""
    for problem in problems:
        excerpt = source.excerpt(problem.ort) if source and problem.ort and not problem.ort.datei else ""
        yield Fehler(problem.text, problem.ort, excerpt)
