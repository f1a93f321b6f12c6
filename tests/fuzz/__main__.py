"""Thousands of examples, the same ones every time: `make fuzz`; others: `make fuzz SEED=7`."""

import argparse
import resource
import sys
import tempfile
import warnings
from pathlib import Path

from fuzz.checks import CODES
from fuzz.run import KINDS, Kind, Run

MEMORY = 3 * 1024**3
"""Bytes after which an example fails instead of the machine."""


def main() -> int:
    """Run, print what was run, and return 1 if anything failed."""
    options = argparse.ArgumentParser(prog="fuzz", description=__doc__)
    options.add_argument("--examples", type=int, default=10_000)
    options.add_argument("--seed", type=int, default=0)
    asked = options.parse_args()
    warnings.simplefilter("error")
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    with tempfile.TemporaryDirectory() as folder:
        run = Run(Path(folder), asked.examples, asked.seed)
        _say(head(run))
        for kind in KINDS:
            run.kind(kind)
            _say(row(run, kind))
        run.command_line(asked.examples // 100)
    complaints = run.vacuous()
    _say(foot(run), *(f"VACUOUS: {complaint}" for complaint in complaints), *run.failures)
    return 1 if run.failures or complaints else 0


def _say(*lines: str) -> None:
    sys.stdout.write("".join(f"{line}\n" for line in lines))
    sys.stdout.flush()


def head(run: Run) -> str:
    """Return the heading of the table of kinds."""
    return f"seed {run.number}\n\n{'kind':24}{'read':>7}{'slowest':>9}" + "".join(f"{name:>20}" for name in CODES)


def row(run: Run, kind: Kind) -> str:
    """Return what came of the examples of a kind: how many were read, the slowest, how many had which verdict."""
    read, of = run.checked(kind.name)
    share = f"{100 * read // of} %" if of else "–"
    counts = "".join(f"{run.tally.verdicts[kind.name, verdict]:>20}" for verdict in CODES)
    return f"{kind.name:24}{share:>7}{run.tally.slowest.get(kind.name, 0):>7.1f} s{counts}"


def foot(run: Run) -> str:
    """Return which programmes and ways were reached, and how much failed."""
    programmes, ways = (
        ", ".join(f"{name or 'none'} {count}" for name, count in sorted(counter.items()))
        for counter in (run.tally.programmes, run.tally.ways)
    )
    processes = run.tally.verdicts["command line", "run"]
    peak = f"peak of memory: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MiB"
    counts = f"real command line: {processes}\n{peak}\nfailures: {len(run.failures)}"
    return f"\nprogrammes: {programmes}\nfurther ways: {ways}\n{counts}"


if __name__ == "__main__":
    sys.exit(main())
