"""Large CSV histories are checked in parts on several cores; nothing of the answer may depend on that."""

import json
import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from datetime import date
from pathlib import Path

import pytest

from foerdercheck.deminimis.kontostand import Frage
from foerdercheck.many import parts as account_parts
from foerdercheck.many import processes

HEAD = "Unternehmen;Gewährt am;Subventionswert;Mitgliedstaat;Status\n"
ROWS = "".join(
    f"{'firma' if number % 7 == 0 else 'Firma'} {number % 30};{1 + number % 28:02}.{1 + number % 12:02}.{2023 + number % 4};"
    f"{1000 + number * 37},5{number % 10};{'AT' if number % 11 == 0 else 'DE'};"
    f"{('bewilligt', 'bewilligt', 'widerrufen', 'bewilligt', 'beantragt')[number % 5]}\n"
    for number in range(600)
)


@pytest.fixture
def in_parts(monkeypatch):
    """Let every file be large and the machine have two cores; return what was called."""
    calls = []
    original = account_parts.views_in_parts

    def watched(file, frage, view):
        views = original(file, frage, view)
        calls.append(views)
        return views

    monkeypatch.setattr(account_parts, "LARGE", 0)
    monkeypatch.setattr(processes, "cores", lambda: 2)
    monkeypatch.setattr("foerdercheck.cli.accounts.views_in_parts", watched)
    return calls


@pytest.fixture
def history(tmp_path):
    def write(text):
        file = tmp_path / "h.csv"
        file.write_text(text, encoding="utf-8")
        return str(file)

    return write


@pytest.mark.parametrize("form", ["tabelle", "json"])
@pytest.mark.parametrize(
    "last", ["", '"Firma\n3";01.02.2026;"7,00";DE;bewilligt\n'], ids=["plain", "two lines in a cell"]
)
def test_parts_give_the_same_answer_as_the_whole(run, history, in_parts, form, last):
    call = ("deminimis", history(HEAD + ROWS + last), "--stichtag", "2026-11-21", "--format", form)
    parts = run(*call)
    assert in_parts[-1] is not None
    account_parts.LARGE = 10**9
    whole = run(*call)
    assert in_parts[-1] is None
    assert parts == whole
    assert "irma 29" in parts.out


def test_few_accounts_are_shown_in_full(run, history, in_parts):
    said = run("deminimis", history(HEAD + "A;01.02.2026;7,00;DE;bewilligt\n"), "--stichtag", "2026-11-21")
    assert len(in_parts[-1].konten) == 1
    assert "gewährt am" in said.out


@pytest.mark.parametrize(
    "row", ["A;31.02.2026;7,00;DE;bewilligt\n", "A;01.02.2026;;DE;bewilligt\n", ";01.02.2026;7,00;DE;bewilligt\n"]
)
def test_a_fault_is_reported_as_if_read_in_one_piece(run, history, in_parts, row):
    said = run("deminimis", history(HEAD + ROWS + row), "--format", "json")
    assert in_parts == [None]
    assert said.code == 2
    assert [problem["ort"]["zeile"] for problem in json.loads(said.out)["fehler"]] == [602]


def test_remarks_about_the_heading_are_told(run, history, in_parts):
    said = run("deminimis", history(HEAD.replace("Status", "Farbe") + ROWS), "--stichtag", "2026-11-21")
    assert len(in_parts[-1].konten) > 20
    assert said.out.count("Farbe") == 1


def _die(_assessment, _konto):
    os._exit(9)


@pytest.mark.usefixtures("in_parts")
def test_a_worker_that_dies_leaves_the_file_to_be_checked_in_one_piece(history):
    frage = Frage("2023/2831", date(2026, 11, 21), None)
    assert account_parts.views_in_parts(Path(history(HEAD + ROWS)), frage, _die) is None


SLOW = """
import os, sys, time
from datetime import date
from pathlib import Path
from foerdercheck.many import parts as account_parts
from foerdercheck.deminimis.kontostand import Frage

def view(_assessment, _konto):
    Path(sys.argv[2], str(os.getpid())).touch()
    time.sleep(60)

if __name__ == "__main__":
    account_parts.LARGE, account_parts._cores = 0, lambda: 2
    account_parts.views_in_parts(Path(sys.argv[1]), Frage("2023/2831", date(2026, 11, 21), None), view)
"""


def _runs(pid):
    """Tell whether a process does anything; one nobody has waited for yet is a zombie."""
    try:
        return Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


def _until(condition):
    end = time.monotonic() + 20
    while not condition() and time.monotonic() < end:
        time.sleep(0.02)
    return condition()


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="what runs is asked of /proc")
@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT], ids=lambda how: how.name)
def test_workers_end_with_the_program(tmp_path, history, how):
    """The signal reaches the program alone, as from a task manager or a time limit."""
    script, pids = tmp_path / "slow.py", tmp_path / "pids"
    script.write_text(SLOW, encoding="utf-8")
    pids.mkdir()
    program = subprocess.Popen(
        [sys.executable, script, history(HEAD + ROWS), pids], stderr=subprocess.DEVNULL, start_new_session=True
    )
    try:
        assert _until(lambda: len(list(pids.iterdir())) == 2)
        workers = [int(file.name) for file in pids.iterdir()]
        assert all(map(_runs, workers))
        program.send_signal(how)
        assert _until(lambda: not any(map(_runs, workers)))
        assert program.wait(20) != 0
    finally:
        with suppress(ProcessLookupError):  # nothing is left of it where the test passed
            os.killpg(program.pid, signal.SIGKILL)
        program.wait()


def test_a_name_no_file_can_have_is_an_error_of_the_input(run):
    assert run("deminimis", "a" * 300 + ".csv").code == 2


def test_one_core_and_other_formats_are_not_divided(monkeypatch, tmp_path):
    monkeypatch.setattr(account_parts, "LARGE", 0)
    monkeypatch.setattr(processes, "cores", lambda: 1)
    file = tmp_path / "h.csv"
    file.write_text(HEAD, encoding="utf-8")
    assert account_parts.views_in_parts(file, None, None) is None
    monkeypatch.setattr(processes, "cores", lambda: 2)
    assert account_parts.views_in_parts(file.with_suffix(".xlsx"), None, None) is None
    assert account_parts.views_in_parts(tmp_path, None, None) is None
