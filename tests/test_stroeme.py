"""Streams that cannot be written: always the input error they are, never a verdict and never a defect."""

import os
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest
from demo import FEHLER, JA, UNDER

from foerdercheck.cli import output

FULL = pytest.mark.skipif(not Path("/dev/full").exists(), reason="/dev/full")
POSIX = pytest.mark.skipif(os.name != "posix", reason="a shell")
CALLS = [("check", str(JA), *UNDER), ("--help",), ("--version",), ("check", "--help"), ("programme",), ("schema",)]
each_call = pytest.mark.parametrize("call", CALLS, ids=" ".join)


def _shell(redirection, *call: str):
    command = ["sh", "-c", f'exec "$@" {redirection}', "sh", sys.executable, "-m", "foerdercheck", *call]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", timeout=60, check=False)


@pytest.fixture
def full():
    """Return a stream on a disk that is full."""
    with (
        suppress(OSError),  # what could not be written is still in there when it is closed
        Path("/dev/full").open("w", encoding="utf-8", buffering=1) as stream,
    ):
        yield stream


@FULL
@each_call
def test_full_disk_behind_stdout_is_an_input_error(run, monkeypatch, full, call):
    monkeypatch.setattr(sys, "stdout", full)
    said = run(*call)
    assert (said.code, said.err) == (
        2, "foerdercheck: Die Ausgabe lässt sich nicht schreiben: der Datenträger ist voll\n"
    )  # fmt: skip


@each_call
def test_closed_stdout_is_an_input_error(run, monkeypatch, call):
    monkeypatch.setattr(sys, "stdout", None)
    output.open_closed_streams()
    with sys.stdout:
        said = run(*call)
    assert (said.code, said.err) == (2, "foerdercheck: Die Ausgabe lässt sich nicht schreiben: sie ist geschlossen\n")


@FULL
@pytest.mark.parametrize(
    ("call", "code"), [(("check", str(FEHLER), *UNDER), 2), (("check", str(JA), *UNDER), 0), ((), 2)]
)
def test_full_disk_behind_stderr_changes_no_exit_code(run, monkeypatch, full, call, code):
    monkeypatch.setattr(sys, "stderr", full)
    assert run(*call).code == code


@POSIX
@pytest.mark.parametrize(
    ("redirection", "code"), [("2>&-", 2), (">&- 2>&-", 2), pytest.param("2>/dev/full", 2, marks=FULL)]
)
def test_a_process_without_its_streams_ends_with_the_right_code(redirection, code):
    done = _shell(redirection, "check", str(FEHLER), *UNDER)
    assert (done.returncode, done.stderr) == (code, "")
    assert ("Schlüssel „eigenmittel“ steht doppelt" in done.stdout) == (">&- " not in redirection)


@POSIX
def test_a_reader_of_the_help_may_go_away():
    read, write = os.pipe()
    os.close(read)
    command = [sys.executable, "-m", "foerdercheck", "--help"]
    with os.fdopen(write, "wb") as sink:
        done = subprocess.run(command, stdout=sink, stderr=subprocess.PIPE, check=False, timeout=60)
    assert (done.returncode, done.stderr) == (141, b"")
