"""Files compared with each other: what only shows across them becomes a finding of each file that it concerns."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import TypeVar

from foerdercheck.assessment.budget import Assessment
from foerdercheck.assessment.uebergreifend import Spuren, uebergreifend
from foerdercheck.many.budgets import Checked, Source, Task, check_files
from foerdercheck.model.befund import Befund
from foerdercheck.reading.files import NAMELESS

_AT_ONCE = 512
"""So many files are done again with the same task: it holds their findings, and goes to a process with every few files."""
_V = TypeVar("_V")


def compared(
    answers: Iterable[Checked[_V]], dateien: Sequence[Spuren], task: Task[_V], jobs: int | None, stdin: bytes | None
) -> list[Checked[_V]]:
    """Return the answers with what only shows across the files; `dateien` holds what each left to compare.

    Files that this concerns are done again, so that their views tell it, unless `stdin` is None; it is the content of the
    file without a name.
    """
    told, done = uebergreifend(dateien), list(answers)
    concerned = [] if stdin is None else sorted(told)
    for first in range(0, len(concerned), _AT_ONCE):
        numbers = concerned[first : first + _AT_ONCE]
        sources = [stdin or b"" if dateien[n].datei == NAMELESS else dateien[n].datei for n in numbers]
        befunde = {source: told[n] for source, n in zip(sources, numbers, strict=True)}
        amended = Task(partial(_with, task.check, befunde), task.view)
        for number, answer in zip(numbers, check_files(sources, amended, jobs=jobs), strict=True):
            done[number] = answer
    for number, said in told.items():
        done[number] = done[number]._replace(uebergreifend=tuple(befund.text for befund in said))
    return done


def _with(
    check: Callable[[Source], Assessment], befunde: Mapping[Source, Sequence[Befund]], source: Source
) -> Assessment:
    """Check a file again, and add what is known of it by now."""
    assessment = check(source)
    return replace(assessment, befunde=(*assessment.befunde, *befunde[source]))
