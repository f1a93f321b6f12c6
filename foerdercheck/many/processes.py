"""Work on several cores: results in the order of the work, a bounded number of them ahead, none lost and none twice."""

import multiprocessing
import os
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future
from contextlib import contextmanager, suppress
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from multiprocessing.reduction import ForkingPickler
from queue import SimpleQueue
from threading import Lock, Thread
from traceback import format_exception_only
from types import TracebackType
from typing import Any, Literal, NamedTuple, ParamSpec, Protocol, TypeVar

_P = ParamSpec("_P")
_R = TypeVar("_R")
_T = TypeVar("_T")
Start = Literal["spawn"] | None
"""How a process is started: in the way of the platform, or as a new one that inherits nothing."""
NO_PROCESSES = (OSError, ImportError, NotImplementedError)
"""What starting a process raises where there is no way to."""
AHEAD = 16
"""How many chunks each worker may be ahead of the oldest one that is not done."""
_SECONDS_TO_END = 1


def cores() -> int:
    """Return how many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class WorkerDiedError(Exception):
    """The process that did a task ended before it had answered."""


class Crew(Protocol):
    """Those who do the work: processes here, or workers elsewhere."""

    ahead: int
    """How many tasks may be handed in before the oldest is done."""
    lost: tuple[type[Exception], ...]
    """What a task raises whose worker died."""

    def submit(self, function: Callable[_P, _R], /, *args: _P.args, **kwargs: _P.kwargs) -> Future[_R]:
        """Hand in a task; function and arguments must be picklable."""


class Processes:
    """Worker processes on this machine, which end with the `with` block at the latest, whatever they are doing.

    Each has a pipe of its own, with no other process at its far end: one that is killed in the middle of an answer ends
    that pipe, and can neither block the others nor leave half a message for which somebody waits. (Those of the standard
    library share one pipe and its lock.) Raises one of NO_PROCESSES if they cannot be started.
    """

    lost: tuple[type[Exception], ...] = (WorkerDiedError,)

    def __init__(self, count: int, start: Start = None) -> None:
        self.ahead = AHEAD * count
        self._tasks: _Tasks = SimpleQueue()
        self._workers: list[_Worker] = []
        try:
            for _ in range(count):
                self._workers.append(_Worker())
                self._workers[-1].start(start)
        except BaseException:
            self._end()
            raise
        self._threads = [Thread(target=worker.serve, args=(self._tasks,), daemon=True) for worker in self._workers]
        for thread in self._threads:  # after the last fork, which would copy their locks
            thread.start()

    def __enter__(self) -> "Processes":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: object, traceback: TracebackType | None) -> None:
        self._end()
        for _ in self._threads:
            self._tasks.put(None)
        for thread in self._threads:
            thread.join(_SECONDS_TO_END)

    def submit(self, function: Callable[_P, _R], /, *args: _P.args, **kwargs: _P.kwargs) -> Future[_R]:
        """Hand in a task."""
        done: Future[_R] = Future()
        self._tasks.put(_Task(done, (function, args, kwargs)))
        return done

    def _end(self) -> None:
        for worker in self._workers:
            worker.end()


class _Task(NamedTuple):
    """What is to be called, with its arguments, and where the answer goes."""

    done: Future[Any]
    call: tuple[Callable[..., Any], tuple[Any, ...], dict[str, Any]]


_Tasks = SimpleQueue[_Task | None]


class _Worker:
    """A process and its pipe; one that died is replaced when there is a task again."""

    def __init__(self) -> None:
        self._changing = Lock()
        self._wanted = True
        self._process: BaseProcess | None = None

    def start(self, start: Start) -> None:
        """Start the process; raises one of NO_PROCESSES if that is impossible."""
        context = multiprocessing.get_context(start)
        self._pipe, theirs = context.Pipe()
        with theirs, _ctrl_c_later():
            process = context.Process(target=_work, args=(theirs,), daemon=True)
            process.start()
            self._process = process

    def serve(self, tasks: _Tasks) -> None:
        """Give the process one task after the other until there comes None, in a thread that waits for the answers."""
        while (task := tasks.get()) is not None and self._wanted:
            try:
                self._start_again_if_dead()
                self._pipe.send(task.call)
                succeeded, answer = self._pipe.recv()
            except BaseException as error:  # noqa: BLE001 - also what cannot be sent; somebody waits for the answer
                died = isinstance(error, (OSError, EOFError))
                task.done.set_exception(WorkerDiedError() if died else error)
                with self._changing:
                    self._kill()
            else:
                (task.done.set_result if succeeded else task.done.set_exception)(answer)

    def end(self) -> None:
        """End the process for good."""
        with self._changing:
            self._wanted = False
            self._kill()

    def _start_again_if_dead(self) -> None:
        with self._changing:
            if self._wanted and self._process is None:
                self.start("spawn")  # a fork would copy the locks of threads that run here by now

    def _kill(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.join()
            self._process = None


@contextmanager
def _ctrl_c_later() -> Iterator[None]:
    """Let Ctrl-C wait: what is run around a fork would swallow it here, and a worker must not get it before `_begin`."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _work(pipe: Connection) -> None:
    """What a worker does: answer calls with `(True, result)` or `(False, error)` until nobody asks any more."""
    _begin()
    with suppress(EOFError, OSError):  # the parent is gone
        while True:
            function, args, kwargs = pipe.recv()
            try:
                answer = ForkingPickler.dumps((True, function(*args, **kwargs)))
            except BaseException as error:  # noqa: BLE001 - it is raised where the answer is read
                answer = _failed(error)
            pipe.send_bytes(answer)


def _failed(error: BaseException) -> memoryview:
    """Return the answer that a call raised `error`; what is left of one that cannot be sent is its name and text."""
    try:
        return ForkingPickler.dumps((False, error))
    except Exception:  # noqa: BLE001 - whatever hinders it
        return ForkingPickler.dumps((False, RuntimeError("".join(format_exception_only(error)).strip())))


def _begin() -> None:
    """Leave Ctrl-C to the parent, and end with it, however it was ended."""

    def watch(sentinel: int) -> None:
        wait([sentinel])
        os._exit(1)

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    parent = multiprocessing.parent_process()
    if parent is not None:
        Thread(target=watch, args=(parent.sentinel,), daemon=True).start()


_Waiting = deque[tuple[Sequence[_T], Future[list[_R]]]]


def in_order(
    crew: Crew, function: Callable[[_T], _R], chunks: Iterable[Sequence[_T]], lost: Callable[[_T], _R]
) -> Iterator[_R]:
    """Yield `function(item)` for every item of every chunk, in this order, each as soon as those before it are done.

    At most `crew.ahead` chunks are in work or wait to be fetched. The items of a chunk whose worker died are done again,
    one at a time in a process of their own; `lost` says what stands for one that ends this process, too, or for which
    none can be started.
    """
    waiting: _Waiting[_T, _R] = deque()
    for chunk in chunks:
        waiting.append((chunk, crew.submit(_each, function, chunk)))
        while waiting and (len(waiting) == crew.ahead or waiting[0][1].done()):
            yield from _oldest(crew, function, waiting, lost)
    while waiting:
        yield from _oldest(crew, function, waiting, lost)


def _each(function: Callable[[_T], _R], chunk: Sequence[_T]) -> list[_R]:
    return [function(item) for item in chunk]


def _oldest(
    crew: Crew, function: Callable[[_T], _R], waiting: _Waiting[_T, _R], lost: Callable[[_T], _R]
) -> Iterable[_R]:
    """Return the results of the oldest chunk; one that was lost is done again."""
    chunk, done = waiting.popleft()
    try:
        return done.result()
    except crew.lost:
        return _one_by_one(function, chunk, lost)


def _one_by_one(function: Callable[[_T], _R], chunk: Sequence[_T], lost: Callable[[_T], _R]) -> Iterator[_R]:
    try:
        processes = Processes(1, start="spawn")  # no fork, for threads run here by now
    except NO_PROCESSES:  # not done in this process, which such an item would end
        yield from map(lost, chunk)
        return
    with processes as single:
        for item in chunk:
            try:
                result = single.submit(function, item).result()
            except single.lost:
                result = lost(item)
            yield result
