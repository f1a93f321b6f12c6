"""Work on several cores: results in the order of the work, a bounded number of them ahead, none lost and none twice."""

import multiprocessing
import os
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing.connection import wait
from threading import Thread
from types import TracebackType
from typing import ParamSpec, Protocol, TypeVar

P = ParamSpec("P")
R = TypeVar("R")
T = TypeVar("T")
NO_PROCESSES = (OSError, ImportError, NotImplementedError)
"""What starting a process raises where there is no way to."""
AHEAD = 16
"""How many chunks each worker may be ahead of the oldest one that is not done."""


def cores() -> int:
    """Return how many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class Crew(Protocol):
    """Those who do the work: processes here, or workers elsewhere."""

    ahead: int
    """How many tasks may be handed in before the oldest is done."""
    lost: tuple[type[Exception], ...]
    """What a task raises whose worker died."""

    def submit(self, function: Callable[P, R], /, *args: P.args, **kwargs: P.kwargs) -> Future[R]:
        """Hand in a task; function and arguments must be picklable."""

    def mend(self) -> None:
        """Replace workers that died; from then on every task that was lost with them says so."""


class Processes:
    """Worker processes on this machine, which end with the `with` block at the latest.

    Raises one of NO_PROCESSES if they cannot be started.
    """

    lost: tuple[type[Exception], ...] = (BrokenProcessPool,)

    def __init__(self, count: int, start: str | None = None) -> None:
        self.ahead = AHEAD * count
        self._count = count
        self._start = start
        self._strangers = frozenset(multiprocessing.active_children())
        self._pool = self._started()

    def __enter__(self) -> "Processes":
        return self

    def __exit__(self, kind: type[BaseException] | None, _error: object, _traceback: TracebackType | None) -> None:
        if kind is not None:  # nobody waits for an answer any more
            for worker in frozenset(multiprocessing.active_children()) - self._strangers:
                worker.terminate()
        self._pool.shutdown(cancel_futures=True)

    def submit(self, function: Callable[P, R], /, *args: P.args, **kwargs: P.kwargs) -> Future[R]:
        """Hand in a task."""
        try:
            return self._pool.submit(function, *args, **kwargs)
        except BrokenProcessPool:
            self._pool.shutdown()
            self._pool = self._started()
            return self._pool.submit(function, *args, **kwargs)

    def mend(self) -> None:
        """Replace all workers if one of them died, for their pool cannot go on."""
        self.submit(_nothing)

    def _started(self) -> ProcessPoolExecutor:
        context = multiprocessing.get_context(self._start)
        pool = ProcessPoolExecutor(self._count, mp_context=context, initializer=_begin)
        pool.submit(_nothing)
        return pool


def _begin() -> None:
    """Leave Ctrl-C to the parent, and end with it, however it was ended."""

    def watch(sentinel: int) -> None:
        wait([sentinel])
        os._exit(1)

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()
    if parent is not None:
        Thread(target=watch, args=(parent.sentinel,), daemon=True).start()


def _nothing() -> None:
    """The task with which processes are started."""


_Waiting = deque[tuple[Sequence[T], Future[list[R]]]]


def in_order(
    crew: Crew, function: Callable[[T], R], chunks: Iterable[Sequence[T]], lost: Callable[[T], R]
) -> Iterator[R]:
    """Yield `function(item)` for every item of every chunk, in this order, each as soon as those before it are done.

    At most `crew.ahead` chunks are in work or wait to be fetched. The items of a chunk whose worker died are done again,
    one at a time in a process of their own; `lost` says what stands for one that ends this process, too.
    """
    waiting: _Waiting[T, R] = deque()
    for chunk in chunks:
        waiting.append((chunk, crew.submit(_each, function, chunk)))
        while waiting and (len(waiting) == crew.ahead or waiting[0][1].done()):
            yield from _oldest(crew, function, waiting, lost)
    while waiting:
        yield from _oldest(crew, function, waiting, lost)


def _each(function: Callable[[T], R], chunk: Sequence[T]) -> list[R]:
    return [function(item) for item in chunk]


def _oldest(crew: Crew, function: Callable[[T], R], waiting: _Waiting[T, R], lost: Callable[[T], R]) -> Iterable[R]:
    """Return the results of the oldest chunk; if it was lost, all that were lost with it are handed in again."""
    chunk, done = waiting.popleft()
    try:
        return done.result()
    except crew.lost:
        crew.mend()
    for index, (other, found) in enumerate(waiting):
        if found.done() and isinstance(found.exception(), crew.lost):
            waiting[index] = (other, crew.submit(_each, function, other))
    return _one_by_one(function, chunk, lost)


def _one_by_one(function: Callable[[T], R], chunk: Sequence[T], lost: Callable[[T], R]) -> Iterator[R]:
    with Processes(1, start="spawn") as single:  # a fork would copy the locks of threads that run here by now
        for item in chunk:
            try:
                result = single.submit(function, item).result()
            except single.lost:
                result = lost(item)
            yield result
