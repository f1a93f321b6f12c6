"""The same work on the workers of a Dask cluster, which see the same files under the same names.

Only Dask's executor interface is used. A worker answers for a file only if it finds there what this machine finds; what no
worker can answer for is checked here.
"""

from collections.abc import Callable, Generator, Iterator, Sequence
from concurrent.futures import CancelledError, Future
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path as FilePath
from typing import Any, Generic, NamedTuple, ParamSpec, TypeVar

from foerdercheck.many.budgets import Checked, ClusterError, Source, Task, chunks, size_of
from foerdercheck.many.processes import AHEAD, in_order
from foerdercheck.model.location import InputError
from foerdercheck.reading.files import MAX_SHEET_BYTES, read_bytes
from foerdercheck.version import VERSION

_P = ParamSpec("_P")
_R = TypeVar("_R")
_V = TypeVar("_V")
_SECONDS_TO_CONNECT = 10


def check_on_cluster(
    address: str, sources: Sequence[Source], task: Task[_V], tell: Callable[[str], None]
) -> Generator[Checked[_V]]:
    """Yield what is kept of every file, in their order, checked by the workers of the scheduler at `address`.

    `tell` is told at the end how many files no worker could answer for. Raises ClusterError if there is no such cluster, if
    its workers lack this version of foerdercheck, or if the connection is lost.
    """
    elsewhere = _Elsewhere(task, VERSION)
    parts = ([_sent(source) for source in part] for part in chunks(sources, [size_of(source) for source in sources]))
    unseen = 0
    with _workers(address) as crew:
        for source, found in zip(sources, in_order(crew, elsewhere.run, parts, elsewhere.died), strict=True):
            unseen += found is None
            yield task.run(source) if found is None else found
    if unseen:
        tell(f"{unseen} von {len(sources)} Dateien hier geprüft: die Arbeiter des Clusters sehen sie nicht oder anders")


class _Sent(NamedTuple):
    """A file as this machine sees it; `digest` is None where it cannot be read."""

    source: Source
    digest: bytes | None


class _Elsewhere(NamedTuple, Generic[_V]):
    """The work as a worker does it; None stands for a file it cannot answer for."""

    task: Task[_V]
    version: str

    def run(self, sent: _Sent) -> Checked[_V] | None:
        if self.version != VERSION or sent.digest is None or sent.digest != _digest(sent.source):
            return None
        return self.task.run(sent.source)

    def died(self, sent: _Sent) -> Checked[_V] | None:
        return self.task.died(sent.source)


def _sent(source: Source) -> _Sent:
    return _Sent(source, _digest(source))


def _digest(source: Source) -> bytes | None:
    try:
        return sha256(source if isinstance(source, bytes) else read_bytes(FilePath(source), MAX_SHEET_BYTES)).digest()
    except InputError:
        return None


class _Workers:
    """The workers of a cluster as a crew; Dask itself gives the tasks of one that died to others, three times."""

    def __init__(self, client: Any, lost: type[Exception]) -> None:  # noqa: ANN401 - Dask is optional and untyped
        self.ahead = AHEAD * max(sum(client.nthreads().values()), 1)
        self.lost: tuple[type[Exception], ...] = (lost,)
        self._executor = client.get_executor(pure=False)

    def submit(self, function: Callable[_P, _R], /, *args: _P.args, **kwargs: _P.kwargs) -> Future[_R]:
        """Hand in a task."""
        done: Future[_R] = self._executor.submit(function, *args, **kwargs)
        return done


@contextmanager
def _workers(address: str) -> Iterator[_Workers]:
    try:
        from distributed import Client, KilledWorker  # noqa: PLC0415 - an extra, and heavy
    except ImportError:
        text = "Rechnen auf einem Cluster braucht Dask: pip install 'foerdercheck[cluster]'"
        raise ClusterError(text) from None
    try:
        client = Client(address, timeout=_SECONDS_TO_CONNECT, set_as_default=False)
    except (OSError, ValueError):
        raise ClusterError(f"unter {address} antwortet kein Dask-Scheduler") from None
    with client:
        _probe(client, address)
        try:
            yield _Workers(client, KilledWorker)
        except CancelledError:
            raise ClusterError(f"die Verbindung zum Dask-Scheduler {address} ist abgebrochen") from None


def _probe(client: Any, address: str) -> None:  # noqa: ANN401
    """Raise ClusterError unless there are workers and all of them know this version."""

    def version() -> str:  # sent by value: a worker without foerdercheck could not even read our other functions
        try:
            from foerdercheck.version import VERSION  # noqa: PLC0415
        except ImportError:
            return ""
        return VERSION

    versions = client.run(version)
    if not versions:
        raise ClusterError(f"der Dask-Scheduler {address} hat keine Arbeiter")
    lacking = sum(found != VERSION for found in versions.values())
    if lacking:
        raise ClusterError(f"{lacking} von {len(versions)} Arbeitern des Clusters haben foerdercheck {VERSION} nicht")
