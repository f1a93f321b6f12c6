"""Many budgets at once, as a person sees it: the bar, interruptions, readers that have seen enough."""

import os
import signal
import subprocess
import sys
from io import StringIO

import pytest
from demo import UNDER
from test_many_files import written

from foerdercheck.cli import output, progress

POSIX = pytest.mark.skipif(os.name != "posix", reason="signals and process groups")


@pytest.fixture
def files(tmp_path):
    return written(tmp_path, 21)


# Ends before the end


def _started(folder):
    """Start the program in a process group of its own, and wait for its first line."""
    command = [sys.executable, "-m", "foerdercheck", "check", str(folder), "--quiet", "--jobs", "2", *UNDER]
    run = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True)
    assert b"b0000.yaml" in run.stdout.readline()
    return run


def _last_words(run):
    """Return what the program said of itself; its stderr ends only when the last process that holds it has ended."""
    _, err = run.communicate(timeout=20)
    return [line for line in err.decode().splitlines() if not line.endswith("nicht geprüft")]


@pytest.fixture(scope="module")
def many(tmp_path_factory):
    folder = tmp_path_factory.mktemp("viele")
    written(folder, 1200)
    return folder


@POSIX
@pytest.mark.parametrize("everyone", [False, True], ids=["the program", "all, as a terminal does"])
def test_ctrl_c_ends_without_a_trace(many, everyone):
    run = _started(many)
    (os.killpg if everyone else os.kill)(run.pid, signal.SIGINT)
    assert _last_words(run) == ["foerdercheck: abgebrochen"]
    assert run.returncode == 130


def test_ctrl_c_while_the_program_is_loaded_ends_without_a_trace():
    code = """import sys

class Interrupted:
    def find_spec(self, name, *_):
        if name == "foerdercheck.assessment.budget":
            raise KeyboardInterrupt

sys.meta_path.insert(0, Interrupted())
from foerdercheck.__main__ import start
start()"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, timeout=60, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (130, b"", b"foerdercheck: abgebrochen\n")


@POSIX
def test_a_reader_that_has_seen_enough_ends_all_quietly(many):
    run = _started(many)
    run.stdout.close()
    assert _last_words(run) == []
    assert run.returncode == 141


@POSIX
def test_workers_end_with_a_parent_that_was_killed(many):
    run = _started(many)
    run.kill()
    assert _last_words(run) == []


# What a terminal shows


class Screen(StringIO):
    def isatty(self):
        return True


def test_a_bar_tells_how_far_many_files_are(monkeypatch):
    screen = Screen()
    monkeypatch.setattr(sys, "stderr", screen)
    monkeypatch.setenv("TERM", "xterm")
    assert list(progress.watched(range(100), 100, shown=True)) == list(range(100))
    assert "Dateien geprüft" in screen.getvalue()
    assert "100/100" in screen.getvalue()
    drawn = len(screen.getvalue())
    for total, shown in ((99, True), (100, False)):
        assert list(progress.watched(range(3), total, shown=shown)) == [0, 1, 2]
    assert len(screen.getvalue()) == drawn


@pytest.mark.parametrize(
    ("options", "waiting"),
    [
        ("", True),
        ("--ausfuehrlich", True),
        ("--quiet", False),
        ("--format json", True),
        (f"--ausfuehrlich --format tabelle --output {os.devnull}", True),
    ],
)
def test_no_bar_stands_between_answers_as_they_come(check, monkeypatch, files, options, waiting):
    """Whoever reads them from a pipe may write them to the same terminal; for a table of all one has to wait."""
    monkeypatch.setattr(progress, "MANY", 1)
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    monkeypatch.setenv("TERM", "xterm")
    assert ("Dateien geprüft" in check(*files, *options.split()).err) is waiting


@pytest.mark.usefixtures("pools")
def test_reports_are_drawn_for_the_terminal_wherever_they_are_made(check, monkeypatch, files):
    files = files[:5]
    plain = check(*files).out
    monkeypatch.setattr(output.sys.stdout, "isatty", lambda: True, raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("COLUMNS", "100")
    drawn = [check(*files, "--jobs", jobs).out for jobs in "12"]
    assert drawn[0] == drawn[1] != plain
    assert "\x1b[" in drawn[0]
    assert drawn[0].count("NICHT FÖRDERFÄHIG") == plain.count("NICHT FÖRDERFÄHIG")


def test_a_cluster_needs_an_extra(check, monkeypatch, files):
    monkeypatch.setitem(sys.modules, "distributed", None)
    code, out, err = check(*files, "--scheduler", "tcp://127.0.0.1:8786")
    assert (code, out) == (2, "")
    assert err == "foerdercheck: Rechnen auf einem Cluster braucht Dask: pip install 'foerdercheck[cluster]'\n"
