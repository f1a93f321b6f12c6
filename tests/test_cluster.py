"""Many budgets on a Dask cluster of this machine: the answers are those of one process, also if a worker dies.

Runs where the extra is installed: `.venv/bin/pip install --constraint constraints.txt --editable '.[cluster]'`.
"""

import json
import os
import signal
from datetime import date
from functools import partial
from pathlib import Path

import pytest
from demo import BUDGETS, FASSUNG, HISTORIE

from foerdercheck import check_budget
from foerdercheck.many import cluster
from foerdercheck.many.budgets import ClusterError, Task
from foerdercheck.many.cluster import check_on_cluster
from foerdercheck.reports.summary import one_line

distributed = pytest.importorskip("distributed")
pytestmark = pytest.mark.filterwarnings("default")  # what Dask warns of is not ours

NAMES = ("nein", "ja", "zahlenfallen", "hoechstbetrag")
TASK = Task(partial(check_budget, fassung=FASSUNG, heute=date(2026, 11, 22)), one_line)


@pytest.fixture(scope="module")
def workers():
    with distributed.LocalCluster(n_workers=2, threads_per_worker=1, processes=True, dashboard_address=":0") as found:
        yield found


@pytest.fixture
def files(tmp_path):
    (tmp_path / HISTORIE.name).write_bytes(HISTORIE.read_bytes())
    found = [tmp_path / f"b{number:04}.yaml" for number in range(400)]
    for number, file in enumerate(found):
        file.write_bytes((BUDGETS / f"{NAMES[number % len(NAMES)]}.yaml").read_bytes())
    return list(map(str, found))


def _kill_one_at_work(workers):
    with distributed.Client(workers.scheduler_address, set_as_default=False) as client:
        pids = client.run(os.getpid)
        at_work = next(address for address, tasks in client.processing().items() if tasks)
    os.kill(pids[at_work], signal.SIGKILL)


def test_nothing_is_lost_and_nothing_comes_twice_when_a_worker_is_killed(workers, files):
    alone = [TASK.run(file) for file in files]
    said = []
    results = check_on_cluster(workers.scheduler_address, files, TASK, said.append)
    found = [next(results)]
    _kill_one_at_work(workers)
    found += results
    assert found == alone
    assert said == []


def test_command_says_on_a_cluster_what_it_says_alone(check, workers, files):
    address = workers.scheduler_address
    few = [*files[:9], str(Path(files[0]).parent / "fehlt.yaml")]
    for options in ((), ("--quiet",), ("--format", "json")):
        alone, on_cluster = check(*few, *options), check(*few, *options, "--scheduler", address)
        assert on_cluster[:2] == alone[:2]
        more = on_cluster.err.removeprefix(alone.err)
        assert more == (
            "foerdercheck: 1 von 10 Dateien hier geprüft: die Arbeiter des Clusters sehen sie nicht oder anders\n"
        )


def test_names_are_absolute_for_workers_have_other_folders(check, workers, files, monkeypatch):
    monkeypatch.chdir(Path(files[0]).parent)
    out = check("b0001.yaml", "--format", "json", "--scheduler", workers.scheduler_address).out
    assert [budget["datei"] for budget in json.loads(out)["budgets"]] == files[1:2]


def test_file_that_workers_see_differently_is_checked_here(workers, files, monkeypatch):
    original = cluster._digest
    monkeypatch.setattr(cluster, "_digest", lambda source: b"?" if source == files[3] else original(source))
    said = []
    found = list(check_on_cluster(workers.scheduler_address, files[:20], TASK, said.append))
    assert found == [TASK.run(file) for file in files[:20]]
    assert [text[:8] for text in said] == ["1 von 20"]


def test_workers_of_another_version_are_refused(workers, files, monkeypatch):
    monkeypatch.setattr(cluster, "VERSION", "99.0")
    with pytest.raises(ClusterError, match=r"2 von 2 Arbeitern des Clusters haben foerdercheck 99\.0 nicht"):
        list(check_on_cluster(workers.scheduler_address, files, TASK, print))


def test_no_scheduler_and_no_workers_are_told(check, files, monkeypatch):
    monkeypatch.setattr(cluster, "_SECONDS_TO_CONNECT", 1)
    for address in ("tcp://127.0.0.1:9", "quatsch"):
        code, out, err = check(files[0], "--scheduler", address)
        assert (code, out) == (2, "")
        assert f"unter {address} antwortet kein Dask-Scheduler" in err
    with distributed.LocalCluster(n_workers=0, processes=True, dashboard_address=":0") as empty:
        err = check(files[0], "--scheduler", empty.scheduler_address).err
    assert "hat keine Arbeiter" in err
