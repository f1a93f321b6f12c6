"""Many budgets at once: nothing of the answer may depend on how many processes gave it, or on what happened to them."""

import json
import os
import signal
import subprocess
import sys
import time
from concurrent.futures import Future
from copy import copy
from io import StringIO
from pathlib import Path

import pytest
from demo import BUDGETS, FASSUNG, HISTORIE, JA, NEIN, OFFEN, UNDER, check_demo
from report_cases import side_by_side, texts_over_files

from foerdercheck.assessment import budget as assessing
from foerdercheck.assessment.budget import Assessment, check_budget
from foerdercheck.cli import output, progress
from foerdercheck.cli.formats import FORMATE
from foerdercheck.many import budgets as batch
from foerdercheck.many import processes
from foerdercheck.many.budgets import Task, check_files
from foerdercheck.programmes.fassung import ProgrammeError
from foerdercheck.reports.bericht import report
from foerdercheck.reports.result_json import budget_json
from foerdercheck.reports.summary import at_a_glance, one_line, overview, told_together
from foerdercheck.reports.text import render_text

EXAMPLES = [file.read_bytes() for file in (NEIN, JA, BUDGETS / "zahlenfallen.yaml", OFFEN)]
POSIX = pytest.mark.skipif(os.name != "posix", reason="signals and process groups")


def _written(folder, count):
    for number in range(count):
        (folder / f"b{number:04}.yaml").write_bytes(EXAMPLES[number % len(EXAMPLES)])
    return sorted(map(str, folder.iterdir()))


@pytest.fixture
def files(tmp_path):
    return _written(tmp_path, 21)


@pytest.fixture
def pools(monkeypatch):
    """Let every call use processes, for pieces of a few files; return how many each call started."""
    started = []

    class Watched(processes.Processes):
        def __init__(self, count, start=None) -> None:
            started.append(count)
            super().__init__(count, start)

    monkeypatch.setattr(batch, "SMALL", 0)
    monkeypatch.setattr(batch, "_CHUNK_FILES", 4)
    monkeypatch.setattr(processes, "Processes", Watched)
    return started


# The same answer

EVERY_FORM = [
    (), ("--herleitung",), ("--quiet",), ("--format", "json", "--herleitung"),
    *(("--format", name) for name in FORMATE if name != "tabelle"),
]  # fmt: skip


@pytest.mark.parametrize("options", EVERY_FORM, ids=lambda options: "".join(options[:2]) or "tabelle")
def test_two_processes_say_what_one_says(run, pools, tmp_path, options):
    _written(tmp_path, 21)
    (tmp_path / "b0007-historie.yaml").write_bytes(HISTORIE.read_bytes())
    (tmp_path / "b0008-leer.yaml").write_bytes(b"")
    call = ("check", *UNDER, tmp_path, tmp_path / "fehlt.yaml", "-", *options)
    alone = run(*call, "--jobs", "1", stdin=EXAMPLES[0])
    assert pools == []
    assert run(*call, "--jobs", "2", stdin=EXAMPLES[0]) == alone
    assert {*pools} == {2}
    assert (alone.code, alone.err.count("übersprungen")) == (2, 1)


def test_own_programmes_do_not_pile_up_in_a_process_that_gets_one_with_every_piece():
    for _ in range(40):
        check_budget(EXAMPLES[1], fassung=copy(FASSUNG))
    assert assessing._bound.cache_info().currsize <= 32


@pytest.mark.usefixtures("pools")
def test_pieces_make_the_whole(check, files):
    alone = [check_demo(file) for file in files]
    assessments = side_by_side(alone)
    together = told_together(map(texts_over_files, assessments))
    rows = list(map(at_a_glance, assessments))
    assert check(*files).out == render_text(overview(rows, (), together, mehr=True))
    table = render_text(overview(rows, (), together))
    whole = [render_text(report(assessment, ausfuehrlich=True)) for assessment in assessments]
    assert check(*files, "--ausfuehrlich").out == "\n".join([*whole, table])
    encoded = check(*files, "--format", "json").out
    assert json.loads(encoded)["budgets"] == [budget_json(found, herleitung=False) for found in assessments]
    assert json.loads(encoded)["ergebnis"] == "fehler"
    assert check(*files, "--quiet").out == "".join(one_line(found) + "\n" for found in alone)


@pytest.mark.usefixtures("pools")
def test_output_file_holds_what_stdout_would_show(check, files, tmp_path):
    for options in ((), ("--format", "json")):
        shown = check(*files, *options)
        name = tmp_path / ("aus.json" if options else "aus.txt")
        told = f"{shown.err}foerdercheck: {name} geschrieben\n"
        assert check(*files, *options, "--output", name) == (shown.code, "", told)
        assert name.read_text(encoding="utf-8") == shown.out


def test_where_no_process_can_be_started_one_does_it_all(check, monkeypatch, files):
    def refuse(_count):
        raise NotImplementedError

    alone = check(*files, "--quiet")
    monkeypatch.setattr(batch, "SMALL", 0)
    monkeypatch.setattr(processes, "Processes", refuse)
    assert check(*files, "--quiet", "--jobs", "2") == alone


def test_few_files_start_no_processes(files):
    code = f"import sys; sys.argv = ['foerdercheck', 'check', '--jobs', '8', *{[*UNDER, *files[:8]]!r}]\n"
    code += "from foerdercheck import cli\ncli._run()\nsys.exit('multiprocessing' in sys.modules)"
    assert (
        subprocess.run([sys.executable, "-c", code], stdout=subprocess.DEVNULL, timeout=60, check=False).returncode == 0
    )


@pytest.mark.parametrize("value", ["0", "61", "-2", "zwei", "1,5"])
def test_number_of_processes_that_cannot_be(check, files, value):
    code, out, err = check(*files, "--jobs", value)
    assert (code, out) == (2, "")
    assert err.startswith("foerdercheck: --jobs: ")


# Order, and how far ahead


class Later:
    """A crew of nobody: a task is done when the test says so."""

    ahead = 3
    lost = (ChildProcessError,)

    def __init__(self) -> None:
        self.tasks = []

    def submit(self, each, function, chunk):
        self.tasks.append((Future(), each, function, chunk))
        if len(self.tasks) == self.ahead:  # as many as may be: the last is done first
            self.do(2)
            self.do(0)
        return self.tasks[-1][0]

    def do(self, index):
        done, each, function, chunk = self.tasks[index]
        done.set_result(each(function, chunk))


def _negative(number):
    return -number


def test_results_come_in_order_and_early_with_a_bounded_number_ahead():
    crew = Later()
    results = processes.in_order(crew, _negative, ([number, number + 1] for number in range(0, 100, 2)), None)
    assert [next(results), next(results)] == [0, -1]
    assert len(crew.tasks) == crew.ahead
    crew.do(1)
    assert [next(results) for _ in range(4)] == [-2, -3, -4, -5]
    assert len(crew.tasks) <= 2 + crew.ahead


def test_a_piece_that_was_lost_is_done_again_by_a_process_of_its_own():
    crew = Later()
    results = processes.in_order(crew, _negative, ([number] for number in range(3)), None)
    crew.do = lambda index: crew.tasks[index][0].set_exception(ChildProcessError())
    assert next(results) == 0
    assert [chunk for *_, chunk in crew.tasks] == [[0], [1], [2]]


def test_pieces_are_bounded_by_number_and_size():
    sizes = [1, 40_000, 1, 1, *[1] * 40]
    parts = list(batch.chunks([str(number) for number in range(44)], sizes))
    assert [len(part) for part in parts] == [2, 16, 16, 10]
    assert [source for part in parts for source in part] == [str(number) for number in range(44)]
    assert list(batch.chunks([], [])) == []


# Misfortune


def _slow_at_first(source):
    time.sleep(0.3 if source.endswith("0000.yaml") else 0)
    return check_demo(source)


def _raises(source):
    if source.endswith("0005.yaml"):
        raise ValueError("nichts [b]geht[/b]")
    return check_demo(source)


class PanicError(BaseException):
    """As what is written in Rust raises: no Exception."""


def _panics(source):
    if source.endswith("0005.yaml"):
        raise PanicError("Index 3")
    return check_demo(source)


def _runs_out_of_memory(source):
    if source.endswith("0005.yaml"):
        raise MemoryError
    return check_demo(source)


def _leaves(source):
    if source.endswith("0005.yaml"):
        sys.exit(1)
    return check_demo(source)


def _defective(_source):
    raise ProgrammeError("traum.yaml: Ziffer fehlt")


def _dies(source):
    if source.endswith("0005.yaml"):
        os._exit(9)
    return check_demo(source)


def _dies_once(source):
    flag = Path(source + ".flag")
    if source.endswith("0005.yaml") and not flag.exists():
        flag.touch()
        os.kill(os.getpid(), signal.SIGKILL if os.name == "posix" else signal.SIGTERM)
    return check_demo(source)


@pytest.mark.usefixtures("pools")
@pytest.mark.parametrize("check", [_slow_at_first, _dies_once])
def test_what_happens_to_a_process_changes_nothing(files, check):
    found = list(check_files(files, Task(check, one_line), jobs=2))
    assert [answer.ansicht for answer in found] == [one_line(check_demo(file)) for file in files]


@pytest.mark.usefixtures("pools")
@pytest.mark.parametrize("jobs", [1, 2])
@pytest.mark.parametrize(
    ("check", "named"),
    [
        (_dies, "wurde beendet"),
        (_raises, "(ValueError: nichts [b]geht[/b])"),
        (_panics, "(PanicError: Index 3)"),
        (_runs_out_of_memory, "(MemoryError)"),
        (_leaves, "(SystemExit: 1)"),
    ],
)
def test_a_file_that_ends_its_process_or_crashes_costs_one_entry(files, check, named, jobs):
    if check is _dies and jobs == 1:
        pytest.skip("it would end the tests")
    found = list(check_files(files, Task(check, one_line), jobs=jobs))
    assert [answer.datei for answer in found] == files
    bad = found.pop(5)
    assert (bad.exit_code, bad.ergebnis, bad.zuwendung) == (4, "fehler", None)
    assert named in bad.ansicht
    assert "kein Urteil" in bad.ansicht
    assert [answer.ansicht for answer in found] == [one_line(check_demo(file)) for file in files if file != bad.datei]


@pytest.mark.usefixtures("pools")
def test_a_defect_of_a_programme_stops_all(files):
    with pytest.raises(ProgrammeError, match="Ziffer fehlt"):
        list(check_files(files, Task(_defective, one_line), jobs=2))


def test_defect_of_one_file_looks_like_an_unreadable_file_with_exit_4(check, monkeypatch, files):
    monkeypatch.setattr(sys.modules["foerdercheck.cli.check"], "_check", lambda source, **_: _raises(source))
    code, out, _ = check(*files, "--format", "json")
    entry = json.loads(out)["budgets"][5]
    assert code == 4
    assert entry == {"datei": files[5], "ergebnis": "fehler", "fehler": [entry["fehler"][0]]}
    assert entry["fehler"][0]["text"].startswith("Programmfehler (ValueError: nichts [b]geht[/b])")
    code, out, err = check(*files, "--ausfuehrlich")
    assert code == 4
    assert f"{files[5]}: 1 Fehler, nicht geprüft:\n  ✗ Programmfehler (ValueError" in out
    assert f"{files[5]}: 1 Fehler, nicht geprüft" in err


def test_large_file_does_not_hold_what_was_read():
    """Of each file only the view and a few words are kept."""
    task = Task(check_demo, one_line)
    assert Assessment not in {type(value) for value in task.run(EXAMPLES[1])}


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
    _written(folder, 1200)
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
