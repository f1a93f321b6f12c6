"""Runs examples of every kind, counts what came of them, and goes on to the next kind after a failure."""

import subprocess
import sys
import traceback
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from results import parsed

from foerdercheck.assessment.budget import check_budget
from foerdercheck.programmes import programme_ids
from fuzz import table_files, workbook_files, yaml_files
from fuzz.checks import CODES, WAYS, Call, Tally, as_json, check_account, check_file, check_text
from fuzz.trees import BUDGETS, HISTORIES

_PROGRAM = (sys.executable, "-m", "foerdercheck", "check")
_DAYS = (date(1900, 1, 1), date(2020, 6, 30), date(2026, 3, 20), date(2199, 12, 31))


class Kind(NamedTuple):
    """A kind of examples: what share of all of them it is, how it is drawn, becomes suffix and bytes, and is checked."""

    name: str
    share: int
    strategy: st.SearchStrategy[Any]
    written: Callable[[Any], tuple[str, bytes]]
    checked: Callable[[str, Path, Call, Tally], str] = check_file


def _yaml(data: bytes) -> tuple[str, bytes]:
    return ".yaml", data


def _xlsx(book: workbook_files.Book) -> tuple[str, bytes]:
    return ".xlsx", workbook_files.content(book)


VALID = ("valid YAML", "valid spreadsheet")
NEARLY = ("nearly valid YAML", "nearly valid spreadsheet")
KINDS = (
    Kind(VALID[0], 15, yaml_files.valid(), _yaml),
    Kind(VALID[1], 8, workbook_files.valid(), _xlsx),
    Kind(NEARLY[0], 30, yaml_files.nearly_valid(), _yaml),
    Kind(NEARLY[1], 16, workbook_files.nearly_valid(), _xlsx),
    Kind("garbage YAML", 8, yaml_files.garbage(), _yaml),
    Kind("garbage spreadsheet", 6, workbook_files.garbage(), _xlsx),
    Kind("mutated spreadsheet", 9, table_files.mutated(), tuple),
    Kind("history", 6, table_files.histories(), tuple, check_account),
    Kind("broken file", 2, workbook_files.broken(), tuple),
)
CALLS = st.builds(
    Call,
    stichtag=st.sampled_from([None, None, *_DAYS]),
    herleitung=st.booleans(),
    way=st.sampled_from([*[""] * 12, *WAYS]),
)


class Run:
    """One run: its counts, and what failed."""

    def __init__(self, folder: Path, examples: int, number: int) -> None:
        self.folder = folder
        self.examples = examples
        self.number = number
        self.tally = Tally()
        self.failures: list[str] = []
        self._kept: list[tuple[str, bytes]] = []
        for name in HISTORIES:
            (folder / name).write_bytes((BUDGETS / name).read_bytes())

    def kind(self, kind: Kind) -> None:
        """Run the examples of one kind in this process and note what failed."""
        try:
            self._examples_of(kind, max(self.examples * kind.share // 100, 2))
        except Exception:  # noqa: BLE001 - whatever it is, the other kinds still run
            self.failures.append(f"{kind.name}:\n{traceback.format_exc()}")

    def _examples_of(self, kind: Kind, count: int) -> None:
        @seed(self.number)
        @settings(
            max_examples=count,
            database=None,
            deadline=None,
            phases=[Phase.generate, Phase.shrink],
            suppress_health_check=list(HealthCheck),
        )
        @given(example=kind.strategy, call=CALLS)
        def check(example, call: Call) -> None:
            suffix, data = kind.written(example)
            file = self.folder / f"b{suffix}"
            file.write_bytes(data)
            verdict = kind.checked(kind.name, file, call, self.tally)
            assert kind.name not in VALID or verdict != "fehler", check_budget(file).fehler
            if kind.checked is check_file:
                self._kept.append((suffix, data))

        check()

    def command_line(self, count: int) -> None:
        """Send some of the examples through the real program, and compare with what this process said."""
        step = max(len(self._kept) // max(count, 1), 1)
        for index, (suffix, data) in enumerate(self._kept[step // 2 :: step][:count]):
            file = self.folder / f"k{suffix}"
            file.write_bytes(data)
            try:
                _check_process(file, ("json", "tabelle")[index % 2])
            except Exception:  # noqa: BLE001 - the others still run
                self.failures.append(f"command line, {data!r}:\n{traceback.format_exc()}")
            self.tally.verdicts["command line", "run"] += 1

    def vacuous(self) -> list[str]:
        """Return what was hardly reached, so that passing would mean little."""
        complaints = []
        for name in (*VALID, *NEARLY):
            read, of = self.checked(name)
            if read < of / 5:
                complaints.append(f"{name}: only {read} of {of} could be read")
        seen = {verdict for _, verdict in self.tally.verdicts}
        complaints += [f"never {verdict}" for verdict in CODES if verdict not in seen]
        complaints += [f"never {name}" for name in programme_ids() if not self.tally.programmes[name]]
        return complaints + [f"never {way}" for way in WAYS if not self.tally.ways[way]]

    def checked(self, name: str) -> tuple[int, int]:
        """Return how many examples of a kind were read, and of how many."""
        found = {verdict: self.tally.verdicts[name, verdict] for verdict in CODES}
        return sum(found.values()) - found["fehler"], sum(found.values())


def _check_process(file: Path, form: str) -> None:
    day = date(2026, 3, 20)
    expected = check_budget(file, stichtag=day)
    options = ["--stichtag", day.isoformat(), "--format", form]
    found = subprocess.run([*_PROGRAM, str(file), *options], capture_output=True, timeout=60, check=False)
    out, err = found.stdout.decode(), found.stderr.decode()
    assert found.returncode == expected.exit_code == CODES[expected.ergebnis], (found.returncode, err)
    if form == "json":
        assert parsed(out) == parsed(as_json(expected))
    else:
        check_text(out)
    assert "Programmfehler" not in err, err
    assert "Traceback" not in err, err
