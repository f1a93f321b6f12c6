"""Mutation testing: changes the code that decides in small ways, one at a time, and asks whether a test notices.

    make mutants                                     everything that decides
    make mutants MUTATE=foerdercheck/deminimis       one package, or one file

One process imports everything and reads the cases of law; a child of it runs all tests once and notes which lines each
reaches. Then every function gets a child of its own, which swaps its code for one changed after the other and runs the
tests that reach the changed statement, until one fails.
"""

import ast
import gc
import json
import os
import random
import re
import resource
import signal
import sys
import time
from collections import defaultdict
from functools import _lru_cache_wrapper
from itertools import count, islice
from multiprocessing import RawArray
from pathlib import Path
from types import FunctionType

import coverage
import pytest
from changes import Function, changes, functions_of, identity

TARGETS = (
    "foerdercheck/deminimis",
    "foerdercheck/calculation",
    "foerdercheck/rules",
    *(
        f"foerdercheck/assessment/{name}.py"
        for name in "antworten ausnahmen fristen konten submission uebergreifend".split()
    ),
)
FORGETFUL = ("test_", *(f"foerdercheck.{room}" for room in ("assessment", "calculation", "deminimis", "rules")))
"""Modules whose caches are emptied before every test, or every change."""
ASKED = (
    "tests/test_faelle.py::test_fall",
    *(
        f"tests/deminimis/test_{name}.py"
        for name in "ausfuehrlich barwert einzelheiten faelle fenster kleinkonto konto recht verbund worte".split()
    ),
    *(
        f"tests/test_{name}.py"
        for name in """
        alle amtsausnahmen angebote_grenze antworten ausnahmedatei ausnahmen bedingungen befunde bindung budget_awards
        eingabefehler engine erklaerung examples figures gemeinsame_konten herleitungen historie_am_budget
        history_remarks jahrestag json kalender kennung kontokennung law_is_data law_of_regulations
        luftschloss_grenzen luftschloss_phasen luftschloss_saetze nicht_angegeben planned_awards programmdateien rechnung regeln
        severity shares submission uebergreifend uebergreifend_namen was_waere_wenn library
        """.split()
    ),
)
"""What is asked: no other processes and little time spent on spreadsheets."""
LONGEST = 0.7
"""No test that takes longer, in seconds of the processor, is asked."""
ROOT = Path(__file__).parents[1]
WORK = ROOT / "build" / "mutants"
JOBS = int(os.environ.get("JOBS", os.cpu_count() or 1))
AT_LEAST = 97
MEMORY = 4 << 30
OPTIONS = (
    *("-o", "addopts=-p no:cacheprovider -p no:terminal -p no:logging -p no:faulthandler"),
    *("--capture=no", "--assert=plain", "--strict-markers", "--strict-config"),
)


class Trial:
    """The loop of pytest: everything is collected as ever, then run once, then under one change after the other."""

    def __init__(self, targets: list[str]) -> None:
        paths = [ROOT / target for target in targets]
        self.files = [file for path in paths for file in ([path] if path.is_file() else sorted(path.glob("*.py")))]
        self.failed = False
        self.changed = False
        self.tried: dict[str, int] = defaultdict(int)
        self.alive: dict[str, list[str]] = defaultdict(list)

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Run the tests once, then under every change of every function."""
        self.items = session.items
        names = [re.split(r": |-\d+\]", item.nodeid)[0] for item in self.items]
        numbers = {name: number for number, name in enumerate(dict.fromkeys(names))}
        self.group = [numbers[name] for name in names]
        self.kills = {file: RawArray("i", len(numbers)) for file in self.files}
        self._warm()
        gc.freeze()
        self._record()
        self.changed = True
        running: dict[int, tuple[Function, int]] = {}
        todo = [(function, 0) for file in self.files for function in functions_of(file)]
        while todo or running:
            while todo and len(running) < JOBS:
                function, first = todo.pop(0)
                if not (pid := os.fork()):
                    self._try_all(function, first)
                running[pid] = function, first
            pid, status = os.wait()
            todo[:0] = self._heard(pid, status, *running.pop(pid))
        return True

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_makereport(self, item: pytest.Item, call: pytest.CallInfo[None]) -> pytest.TestReport | None:
        """Note a failure; what it was nobody reads where something is changed."""
        if call.excinfo is None or call.excinfo.errisinstance(pytest.skip.Exception):
            return None
        self.failed = True
        if not self.changed:
            print(item.nodeid, call.excinfo.getrepr(style="short"), flush=True)
        return pytest.TestReport(item.nodeid, item.location, {}, "failed", "", call.when)

    def _heard(self, pid: int, status: int, function: Function, first: int) -> list[tuple[Function, int]]:
        """Read what the child of a function found; return the function again if a change ended the child, to go on behind it."""
        if os.WIFEXITED(status) and status:
            raise RuntimeError(f"{function.file} {function.name}: the trial itself failed")
        told = WORK / f"{pid}.jsonl"
        found = [json.loads(line) for line in told.read_text(encoding="utf-8").splitlines()]
        told.unlink()
        for survivor in filter(None, found):
            print(survivor, flush=True)
        file = str(function.file.relative_to(ROOT))
        self.alive[file] += filter(None, found)
        self.tried[file] += len(found) + bool(status)
        return [(function, first + len(found) + 1)] if status else []

    def _warm(self) -> None:
        """Read the cases and run one test of every file: what is imported and loaded now need not be in every child."""
        first = {item.path: item for item in reversed(self.items)}
        for item in first.values():
            self._passes(item)
        for item in self.items:
            if fall := getattr(item, "callspec", None) and item.callspec.params.get("fall"):
                getattr(fall, "document", None)
        everything = gc.get_objects()
        caches = [found for found in everything if isinstance(found, _lru_cache_wrapper)]
        self.caches = [cache for cache in caches if cache.__module__.startswith(FORGETFUL)]
        self.functions: dict[tuple[str, str, int], list[FunctionType]] = defaultdict(list)
        for each in everything:
            if isinstance(each, FunctionType):
                self.functions[identity(each.__code__)].append(each)

    def _record(self) -> None:
        """Note in a child, so that nothing stays behind, which lines of the files each test reaches and how long it takes."""
        WORK.mkdir(parents=True, exist_ok=True)
        data, seconds = WORK / "coverage", WORK / "seconds.json"
        data.unlink(missing_ok=True)
        if not (pid := os.fork()):
            files = list(map(str, self.files))
            self._run_all(coverage.Coverage(data_file=str(data), config_file=False, include=files), seconds)
        if os.waitpid(pid, 0)[1]:
            sys.exit("Without any change some tests fail.")
        self.seconds = json.loads(seconds.read_text(encoding="utf-8"))
        found = coverage.CoverageData(str(data))
        found.read()
        self.reached = {file: found.contexts_by_lineno(str(file)) for file in self.files}

    def _run_all(self, watch: coverage.Coverage, seconds: Path) -> None:
        """Run the tests in no order, for that of the children is any, and with nothing kept from one to the next."""
        taken = [0.0] * len(self.items)
        watch.start()
        passed = True
        for number in random.Random(0).sample(range(len(self.items)), len(self.items)):  # noqa: S311
            self._forget()
            watch.switch_context(str(number))
            start = time.process_time()
            passed &= self._passes(self.items[number])
            taken[number] = time.process_time() - start
        watch.stop()
        watch.save()
        seconds.write_text(json.dumps(taken), encoding="utf-8")
        os._exit(not passed)

    def _forget(self) -> None:
        for cache in self.caches:
            cache.cache_clear()

    def _passes(self, item: pytest.Item) -> bool:
        self.failed = False
        item.config.hook.pytest_runtest_protocol(item=item, nextitem=item.session)
        return not self.failed

    def _try_all(self, function: Function, first: int) -> None:
        """In a child: make the changes of a function from the first on, and write of each what survives of it."""
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        with (
            (WORK / f"{os.getpid()}.jsonl").open("w", encoding="utf-8") as told,
            Path(os.devnull).open("w", encoding="utf-8") as null,
        ):
            os.dup2(null.fileno(), 1)
            os.dup2(null.fileno(), 2)
            before = ast.unparse(function.node).splitlines()
            targets = self.functions[identity(function.compiled())]
            for change in islice(changes(function.node), first, None):
                lived = function.put(targets) and not self._noticed(function.file, change.lines)
                print(json.dumps(lived and function.differs(before, change.statement.lineno)), file=told, flush=True)
            os._exit(0)

    def _noticed(self, file: Path, lines: range) -> bool:
        """Tell whether one of the tests fails; one that takes much longer than before ends the child."""
        self._forget()
        for number in self._tests(file, lines):
            signal.setitimer(signal.ITIMER_VIRTUAL, 1 + 10 * self.seconds[number])
            if not self._passes(self.items[number]):
                self.kills[file][self.group[number]] += 1
                return True
        return False

    def _tests(self, file: Path, lines: range) -> list[int]:
        """Return the tests that reach one of these lines, quick ones first, and of each group in turn.

        A group are the cases of a file, what a rule says, or a single test. One that noticed changes of this file before is preferred.
        """
        tests = {int(test) for line in lines for test in self.reached[file].get(line, ()) if test}
        quick = sorted((test for test in tests if self.seconds[test] < LONGEST), key=self.seconds.__getitem__)
        turns: dict[int, count[int]] = defaultdict(lambda: count(1))
        kills = self.kills[file]
        cost = {
            test: (self.seconds[test] + 0.002) * next(turns[group]) / (1 + kills[group])
            for test in quick
            for group in [self.group[test]]
        }
        return sorted(cost, key=cost.__getitem__)


def main() -> None:
    """Print the survivors and the share killed of every file; exit with 1 if less than AT_LEAST percent of all are."""
    os.chdir(ROOT)
    trial = Trial(sys.argv[1:] or list(TARGETS))
    if failed := pytest.main([*OPTIONS, *ASKED], plugins=[trial]):
        sys.exit(failed)
    alive = {file: len(survivors) for file, survivors in trial.alive.items()}
    for file, tried in [*sorted(trial.tried.items()), ("all", sum(trial.tried.values()))]:
        killed = tried - alive.get(file, sum(alive.values()))
        print(f"{file}: {killed} of {tried} killed, {100 * killed / tried:.1f} %")
    sys.exit(killed / tried < AT_LEAST / 100)


if __name__ == "__main__":
    main()
