"""Large histories in CSV files, in parts: every core takes the undertakings that fall to it.

A CSV file names no relations, so no sum depends on another undertaking's awards. Each worker reads the file and keeps
its rows; what comes back is a view of each account (a line of a table, a piece of JSON), for accounts themselves are too
large to send. A view must not show the remarks of an account: the same file number twice is told over the whole file.
"""

from collections.abc import Callable
from datetime import date
from pathlib import Path as FilePath
from stat import S_ISREG
from typing import Generic, NamedTuple, TypeVar

from foerdercheck.assessment.historie import EXIT_CODE, Bemerkung, HistoryAssessment, assess, worst_konto
from foerdercheck.deminimis.kontostand import Frage, Kontoergebnis, Kontostand
from foerdercheck.model.location import InputError
from foerdercheck.reading.files import HISTORY_SUFFIXES, load
from foerdercheck.reading.histories import Anteil, read_history

LARGE = 20 * 1024 * 1024
_MOST_WORKERS = 4  # each reads the whole file, so more of them gain little
_V = TypeVar("_V")
View = Callable[[HistoryAssessment, Kontostand], _V]


class AccountView(NamedTuple, Generic[_V]):
    """A view of an account, its verdict, and the line of the file that mentions its undertaking first."""

    zeile: int
    ergebnis: Kontoergebnis
    ansicht: _V


class HistoryViews(NamedTuple, Generic[_V]):
    """A history of which only views of its accounts are known, in order of first mention."""

    datei: str
    stichtag: date
    bemerkungen: tuple[Bemerkung, ...]
    konten: list[AccountView[_V]]

    @property
    def ergebnis(self) -> Kontoergebnis:
        """The worst verdict."""
        return worst_konto(konto.ergebnis for konto in self.konten)

    @property
    def exit_code(self) -> int:
        """0 limit kept, 1 exceeded, 3 open."""
        return EXIT_CODE[self.ergebnis]


def views_in_parts(file: FilePath, frage: Frage, view: View[_V]) -> HistoryViews[_V] | None:
    """Return a view of every account of a large CSV file.

    None where the file is small or no CSV, where there is only one core or no way to use another, or where something in
    it cannot be read: then it is to be checked in one piece.
    """
    if file.suffix.casefold() != ".csv" or not _is_large(file):
        return None
    from foerdercheck.many.processes import NO_PROCESSES, Processes, cores  # noqa: PLC0415 - most histories are small

    workers = min(cores(), _MOST_WORKERS)
    if workers < 2:
        return None
    try:
        with Processes(workers) as pool:
            parts = [pool.submit(_views, file, frage, Anteil(number, workers), view) for number in range(workers)]
            found = [part.result() for part in parts]
    except NO_PROCESSES + Processes.lost:
        return None
    views: list[AccountView[_V]] = []
    for part in found:
        if part is None:
            return None
        views += part.konten
    remarks = found[0].bemerkungen if found[0] else ()  # they are about the heading, which every part has
    return HistoryViews(str(file), frage.stichtag, remarks, sorted(views, key=lambda seen: seen.zeile))


def _is_large(file: FilePath) -> bool:
    try:
        found = file.stat()
    except (OSError, ValueError):
        return False
    return S_ISREG(found.st_mode) and found.st_size >= LARGE


class _Part(NamedTuple, Generic[_V]):
    """What one worker found."""

    bemerkungen: tuple[Bemerkung, ...]
    konten: list[AccountView[_V]]


def _views(file: FilePath, frage: Frage, anteil: Anteil, view: View[_V]) -> _Part[_V] | None:
    try:
        read = read_history(load(file, HISTORY_SUFFIXES), anteil)
        assessment = assess(read, frage)
    except InputError:
        return None
    first: dict[str | None, int] = {}
    for row, beihilfe in enumerate(read.historie.beihilfen):
        first.setdefault(beihilfe.unternehmen, row)
    views = [
        AccountView(
            read.source.locate(("beihilfen", first[konto.unternehmen[0]])).zeile or 0,
            konto.ergebnis,
            view(assessment, konto),
        )
        for konto in assessment.konten
    ]
    return _Part(assessment.bemerkungen, views)
