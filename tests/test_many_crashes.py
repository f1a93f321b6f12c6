"""Many budgets at once: whatever happens to a process that checks some of them costs no other answer."""

import json
import os
import signal
import sys
import time
from pathlib import Path

import pytest
from demo import check_demo
from test_many_files import EXAMPLES, written

from foerdercheck.assessment.budget import Assessment
from foerdercheck.many.budgets import Task, check_files
from foerdercheck.programmes.fassung import ProgrammeError
from foerdercheck.reports.summary import one_line


@pytest.fixture
def files(tmp_path):
    return written(tmp_path, 21)


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
    monkeypatch.setattr("foerdercheck.cli.check._check", lambda source, **_: _raises(source))
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
