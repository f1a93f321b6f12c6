"""Many budgets: each checked on its own, on several cores or machines, answered in the order of the call.

Of each file only a view is kept (a piece of a report, a line of JSON) beside its verdict: whole assessments are large, hold
functions, and would have to be sent between processes.
"""

import os
from collections.abc import Callable, Generator, Iterator, Sequence
from decimal import Decimal
from typing import Generic, NamedTuple, TypeVar

from foerdercheck.assessment.budget import Assessment
from foerdercheck.assessment.fehler import Fehler
from foerdercheck.model.befund import Ergebnis
from foerdercheck.model.deutsch import absturz
from foerdercheck.programmes.fassung import ProgrammeError
from foerdercheck.reading.files import NAMELESS

MOST_JOBS = 60
"""How many processes there may be; Windows waits for no more."""
SMALL = 128 * 1024
"""Bytes of budgets that are checked in less time than processes need to start."""
_CHUNK_BYTES = 32 * 1024
_CHUNK_FILES = 16
_KEIN_URTEIL = "das ist kein Urteil über dieses Budget"
_V = TypeVar("_V")
Source = str | bytes
"""A budget file by its name, or YAML text (shown as `-`)."""


class Checked(NamedTuple, Generic[_V]):
    """What is kept of one file: its verdict, its grant in EUR (None without figures), and a view of its assessment.

    `fehler` and `angenommene` count problems of the file and findings that were accepted; `uebergreifend` says what only
    shows together with other files.
    """

    datei: str
    ergebnis: Ergebnis
    exit_code: int
    zuwendung: Decimal | None
    fehler: int
    angenommene: int
    ist_historie: bool
    ansicht: _V
    uebergreifend: tuple[str, ...] = ()


class ClusterError(Exception):
    """A cluster that cannot be used; its text says why."""


class Task(NamedTuple, Generic[_V]):
    """What is done with every file: `check` it, and keep a `view` of the assessment; both must be picklable."""

    check: Callable[[Source], Assessment]
    view: Callable[[Assessment], _V]

    def run(self, source: Source) -> Checked[_V]:
        """Check one file; a crash costs this file only. Raises ProgrammeError if a programme file is defective."""
        try:
            return kept(self.check(source), self.view)
        except (ProgrammeError, KeyboardInterrupt):
            raise
        except BaseException as error:  # noqa: BLE001 - whatever one file sets off must not cost the others
            return self._defect(source, f"Programmfehler ({absturz(error)}); {_KEIN_URTEIL}.")

    def died(self, source: Source) -> Checked[_V]:
        """Return what stands for a file whose check ended the process."""
        text = f"Programmfehler: der Prozess, der diese Datei prüfte, wurde beendet (Arbeitsspeicher?); {_KEIN_URTEIL}."
        return self._defect(source, text)

    def _defect(self, source: Source, text: str) -> Checked[_V]:
        name = source if isinstance(source, str) else NAMELESS
        return kept(
            Assessment(datei=name, ergebnis="fehler", fehler=(Fehler(text, None, ""),), defekte=(text,)), self.view
        )


def kept(assessment: Assessment, view: Callable[[Assessment], _V]) -> Checked[_V]:
    """Return what is kept of an assessment."""
    return Checked(
        datei=assessment.datei,
        ergebnis=assessment.ergebnis,
        exit_code=assessment.exit_code,
        zuwendung=assessment.zuwendung,
        fehler=len(assessment.fehler),
        angenommene=assessment.angenommene,
        ist_historie=assessment.ist_historie,
        ansicht=view(assessment),
    )


def check_files(sources: Sequence[Source], task: Task[_V], *, jobs: int | None = None) -> Generator[Checked[_V]]:
    """Yield what is kept of every file, in their order.

    Up to `jobs` processes check them (1 to 60, default: one for each core), where they are many enough for that.
    """
    sizes = [size_of(source) for source in sources]
    parts = list(chunks(sources, sizes))
    if jobs == 1 or len(parts) < 2 or sum(sizes) < SMALL:
        yield from map(task.run, sources)
        return
    from foerdercheck.many.processes import NO_PROCESSES, Processes, cores, in_order  # noqa: PLC0415 - few files need none

    try:
        processes = Processes(min(jobs or cores(), MOST_JOBS, len(parts)))
    except NO_PROCESSES:
        yield from map(task.run, sources)
        return
    with processes:
        yield from in_order(processes, task.run, parts, task.died)


def chunks(sources: Sequence[Source], sizes: Sequence[int]) -> Iterator[Sequence[Source]]:
    """Yield the files in pieces: large enough to be worth handing over, small enough to keep every worker busy."""
    first = total = 0
    for last, size in enumerate(sizes, 1):
        total += size
        if total >= _CHUNK_BYTES or last - first == _CHUNK_FILES or last == len(sizes):
            yield sources[first:last]
            first, total = last, 0


def size_of(source: Source) -> int:
    """Return the bytes of a file, by which the time for it can be judged; 0 if there is none."""
    if isinstance(source, bytes):
        return len(source)
    try:
        return os.stat(source).st_size  # noqa: PTH116 - asked of thousands, before the first is checked
    except (OSError, ValueError):
        return 0
