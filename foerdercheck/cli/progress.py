"""How far a call over many files has come: a bar on the terminal, on stderr, gone when all are done."""

import os
import sys
from collections.abc import Generator, Iterable
from time import monotonic_ns
from typing import TypeVar

_T = TypeVar("_T")
MANY = 100
_PAUSE_NS = 100_000_000  # drawing the bar costs more than checking a file


def watched(results: Iterable[_T], total: int, *, shown: bool) -> Generator[_T]:
    """Yield `results`; a bar tells how many of `total` there are already, if these are many and stderr is a terminal."""
    if not shown or total < MANY or not sys.stderr.isatty() or os.environ.get("TERM") == "dumb":
        yield from results
        return
    from rich.console import Console  # noqa: PLC0415 - costs more than a whole check; only terminals need it
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn  # noqa: PLC0415

    columns = (TextColumn("Dateien geprüft"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    bar = Progress(*columns, console=Console(stderr=True), transient=True, auto_refresh=False, redirect_stdout=False)
    with bar:
        task, drawn = bar.add_task("", total=total), monotonic_ns()
        for result in results:
            yield result
            bar.advance(task)
            if monotonic_ns() - drawn > _PAUSE_NS:
                bar.refresh()
                drawn = monotonic_ns()
