"""Many budgets at once: nothing of the answer may depend on how many processes gave it."""

import json
import subprocess
import sys
from concurrent.futures import Future
from copy import copy

import pytest
from demo import BUDGETS, FASSUNG, HISTORIE, JA, NEIN, OFFEN, UNDER, check_demo
from report_cases import side_by_side, texts_over_files

from foerdercheck.assessment import budget as assessing
from foerdercheck.assessment.budget import check_budget
from foerdercheck.cli.formats import FORMATE
from foerdercheck.many import budgets as batch
from foerdercheck.many import processes
from foerdercheck.reports.bericht import report
from foerdercheck.reports.result_json import budget_json
from foerdercheck.reports.summary import at_a_glance, one_line, overview, told_together
from foerdercheck.reports.text import render_text

EXAMPLES = [file.read_bytes() for file in (NEIN, JA, BUDGETS / "zahlenfallen.yaml", OFFEN)]


def written(folder, count):
    for number in range(count):
        (folder / f"b{number:04}.yaml").write_bytes(EXAMPLES[number % len(EXAMPLES)])
    return sorted(map(str, folder.iterdir()))


@pytest.fixture
def files(tmp_path):
    return written(tmp_path, 21)


# The same answer

EVERY_FORM = [
    (), ("--herleitung",), ("--quiet",), ("--format", "json", "--herleitung"),
    *(("--format", name) for name in FORMATE if name != "tabelle"),
]  # fmt: skip


@pytest.mark.parametrize("options", EVERY_FORM, ids=lambda options: "".join(options[:2]) or "tabelle")
def test_two_processes_say_what_one_says(run, pools, tmp_path, options):
    written(tmp_path, 21)
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
