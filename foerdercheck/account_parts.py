"""Large histories in CSV files, in parts: every core takes the undertakings that fall to it.

A CSV file names no relations, so no account depends on another. Each worker reads the file and keeps its rows; what
comes back is a view of each account (a line of a table, a piece of JSON), for accounts themselves are too large to send.
"""

import os
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from pathlib import Path as FilePath
from typing import Generic, NamedTuple, TypeVar

from foerdercheck.account import EXIT_CODE, HistoryAssessment, assess, worst_of
from foerdercheck.deminimis.kontostand import Frage, Kontostand, Urteil
from foerdercheck.model.location import InputError
from foerdercheck.reading.histories import Anteil, read_history

LARGE = 20 * 1024 * 1024
_MOST_WORKERS = 4  # each reads the whole file, so more of them gain little
V = TypeVar("V")
View = Callable[[HistoryAssessment, Kontostand], V]


class AccountView(NamedTuple, Generic[V]):
    """A view of an account, its verdict, and the line of the file that mentions its undertaking first."""

    zeile: int
    ergebnis: Urteil
    ansicht: V


class HistoryViews(NamedTuple, Generic[V]):
    """A history of which only views of its accounts are known, in order of first mention."""

    datei: str
    stichtag: date
    konten: list[AccountView[V]]

    @property
    def ergebnis(self) -> Urteil:
        """The worst verdict."""
        return worst_of(konto.ergebnis for konto in self.konten)

    @property
    def exit_code(self) -> int:
        """0 limit kept, 1 exceeded, 3 open."""
        return EXIT_CODE[self.ergebnis]


def views_in_parts(file: FilePath, frage: Frage, view: View[V]) -> HistoryViews[V] | None:
    """Return a view of every account of a large CSV file.

    None where the file is small or no CSV, where there is only one core, or where something in it is remarkable or
    cannot be read: then it is to be checked in one piece.
    """
    workers = min(_cores(), _MOST_WORKERS)
    if workers < 2 or file.suffix.casefold() != ".csv" or not file.is_file() or file.stat().st_size < LARGE:
        return None
    with ProcessPoolExecutor(workers) as pool:
        parts = [pool.submit(_views, file, frage, Anteil(number, workers), view) for number in range(workers)]
        found = [part.result() for part in parts]
    views: list[AccountView[V]] = []
    for part in found:
        if part is None:
            return None
        views += part
    return HistoryViews(str(file), frage.stichtag, sorted(views, key=lambda seen: seen.zeile))


def _views(file: FilePath, frage: Frage, anteil: Anteil, view: View[V]) -> list[AccountView[V]] | None:
    try:
        read = read_history(file, anteil)
        assessment = assess(read, frage)
    except InputError:
        return None
    if assessment.bemerkungen:
        return None
    first: dict[str | None, int] = {}
    for row, beihilfe in enumerate(read.historie.beihilfen):
        first.setdefault(beihilfe.unternehmen, row)
    return [
        AccountView(
            read.source.locate(("beihilfen", first[konto.unternehmen[0]])).zeile or 0,
            konto.ergebnis,
            view(assessment, konto),
        )
        for konto in assessment.konten
    ]


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
