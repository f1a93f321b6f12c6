"""Worker processes: whatever happens to one, nobody waits for ever."""

import os
import signal
import struct
import subprocess
import sys
import time
from concurrent.futures import Future
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from threading import get_ident
from types import SimpleNamespace

import pytest

from foerdercheck.many.processes import Processes, WorkerDiedError, in_order

POSIX = pytest.mark.skipif(os.name != "posix", reason="pipes of POSIX")
LARGE = 300_000  # more than a pipe holds, so that whoever writes it waits for a reader
INTERRUPTED = f"""
import time
from foerdercheck.many.processes import Processes

def large(_):
    return "x" * {LARGE}

try:
    with Processes(2) as pool:
        answers = [pool.submit(large, number) for number in range(2_000)]
        answers[20].result()
        raise KeyboardInterrupt
except KeyboardInterrupt:
    print("ended")
"""


def _half(pipe, end):
    """Send the first bytes of a message that is announced as larger, then do what `end` does."""
    os.write(pipe.fileno(), struct.pack("!i", LARGE) + b"x" * 1000)
    end()


def _dies_while_it_answers(number):
    Connection.send_bytes = lambda pipe, _: _half(pipe, lambda: os._exit(9))
    return number


def _hangs_while_it_answers(number):
    Connection.send_bytes = lambda pipe, _: _half(pipe, lambda: time.sleep(60))
    return number


def _answers_what_cannot_be_sent():
    return lambda: None


def _raises_what_cannot_be_sent():
    raise ValueError("zwei", lambda: None)


def test_an_interruption_ends_all_while_large_answers_are_written():
    for _ in range(2):
        done = subprocess.run(
            [sys.executable, "-c", INTERRUPTED],
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=20,
            check=False,
        )
        assert (done.stdout, done.stderr) == ("ended\n", "")


@POSIX
def test_half_an_answer_is_waited_for_no_longer_than_its_process_lives():
    start = time.monotonic()
    with pytest.raises(KeyboardInterrupt), Processes(2) as pool:  # noqa: PT012 - what is interrupted
        pool.submit(_hangs_while_it_answers, 1)
        assert pool.submit(abs, -2).result(timeout=20) == 2
        raise KeyboardInterrupt
    assert time.monotonic() - start < 20


@POSIX
def test_a_process_that_dies_while_it_answers_costs_its_own_task_only():
    with Processes(2) as pool:
        bad = pool.submit(_dies_while_it_answers, 1)
        others = [pool.submit(abs, -number) for number in range(100)]
        assert [other.result(timeout=20) for other in others] == list(range(100))
        with pytest.raises(WorkerDiedError):
            bad.result(timeout=20)


def test_all_processes_are_replaced_when_they_die():
    with Processes(2) as pool:
        dying = [pool.submit(os._exit, 9) for _ in range(4)]
        assert pool.submit(abs, -1).result(timeout=20) == 1
        assert [type(done.exception(timeout=20)) for done in dying] == [WorkerDiedError] * 4


def test_an_error_is_raised_where_the_answer_is_read():
    with Processes(1) as pool:
        with pytest.raises(ValueError, match="eins"):
            pool.submit(int, "eins").result(timeout=20)
        with pytest.raises(Exception, match="local object"):
            pool.submit(lambda: None).result(timeout=20)
        with pytest.raises(Exception, match="local object"):
            pool.submit(_answers_what_cannot_be_sent).result(timeout=20)
        assert pool.submit(abs, -1).result(timeout=20) == 1


def test_an_error_that_cannot_be_sent_costs_no_process():
    with Processes(1) as pool:
        before = pool.submit(os.getpid).result(timeout=20)
        with pytest.raises(RuntimeError, match=r"^ValueError: \('zwei', <function "):
            pool.submit(_raises_what_cannot_be_sent).result(timeout=20)
        assert pool.submit(os.getpid).result(timeout=20) == before


def test_where_no_process_can_be_started_none_is_left(monkeypatch):
    started = []

    def start(process):
        if started:
            raise OSError("zu viele")
        started.append(process)
        original(process)

    original = BaseProcess.start
    monkeypatch.setattr(BaseProcess, "start", start)
    with pytest.raises(OSError, match="zu viele"):
        Processes(2)
    assert [process.is_alive() for process in started] == [False]


@pytest.mark.parametrize("error", [OSError, ImportError, NotImplementedError])
def test_what_cannot_be_done_again_for_want_of_a_process_counts_as_lost(monkeypatch, error):
    def start(_process):
        raise error

    monkeypatch.setattr(BaseProcess, "start", start)
    died = Future()
    died.set_exception(WorkerDiedError())
    crew = SimpleNamespace(ahead=2, lost=Processes.lost, submit=lambda *_: died)
    answers = in_order(crew, abs, [(-1, -2), (-3,), (-4, -5)], lambda item: ("lost", item))
    assert list(answers) == [("lost", item) for item in (-1, -2, -3, -4, -5)]


@POSIX
def test_an_interruption_while_a_process_starts_comes_when_it_has_started(monkeypatch):
    def start(process):
        signal.pthread_kill(get_ident(), signal.SIGINT)  # another thread of those who run the tests would take it
        original(process)
        started.append(process)

    started, original = [], BaseProcess.start
    monkeypatch.setattr(BaseProcess, "start", start)
    with pytest.raises(KeyboardInterrupt):
        Processes(2)
    assert len(started) == 1
    started[0].join(20)
    assert not started[0].is_alive()
