"""Many budgets at once: time against composing the same files on the same cores, memory, and time against schema validators.

`python benchmarks/many.py [SCHEMA]`: a JSON Schema for the validators; default: schemas/budget.schema.json if there is
one, else a trivial schema, which favours them.
"""

import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from generated import write_budgets

ROOT = Path(__file__).parent.parent
BIN = Path(sys.executable).parent
FILES, FILES_OF_VALIDATORS, RUNS = 10_000, 1_000, 5
COMPOSE = """
import os, sys, yaml
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

def compose(file):
    yaml.compose(file.read_bytes().decode(), Loader=yaml.CSafeLoader)

files = sorted(Path(sys.argv[1]).rglob("*.yaml"))
with ProcessPoolExecutor(len(os.sched_getaffinity(0))) as pool:
    for _ in pool.map(compose, files, chunksize=16):
        pass
"""
MEMORY = """
import resource, sys
from foerdercheck import cli

sys.argv = ["foerdercheck", "check", *sys.argv[1:]]
try:
    sys.exit(cli.main())
finally:
    for who in (resource.RUSAGE_CHILDREN, resource.RUSAGE_SELF):
        print(resource.getrusage(who).ru_maxrss // 1024)
"""


class Cost(NamedTuple):
    """What one run of a command took: seconds on the clock, and of all its processes on the cores."""

    wall: float
    cpu: float


def cost(command: Sequence[str | Path]) -> Cost:
    """Run a command and return what it took."""
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
    wall, after = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    return Cost(wall, after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime)


def told(name: str, ratios: Sequence[float]) -> str:
    """Return the median of ratios and all of them."""
    return f"{name} {statistics.median(ratios):.2f} ({', '.join(f'{ratio:.2f}' for ratio in ratios)})"


def against_compose(folder: Path, out: Path) -> None:
    """Print the ratios to composing all files, in turn, and what a worker and the parent needed."""
    ours = [BIN / "foerdercheck", "check", folder, "--format", "json", "--output", out]
    peer = [sys.executable, "-c", COMPOSE, folder]
    cost(ours), cost(peer)
    pairs = [(cost(ours), cost(peer)) for _ in range(RUNS)]
    with out.open(encoding="utf-8") as stream:
        budgets = sum(
            line.startswith('    {"datei":') for line in stream
        )  # not loaded: a child counts our memory as its own
    print(f"{budgets} budgets on {len(os.sched_getaffinity(0))} cores, {out.stat().st_size / 1e6:.0f} MB of JSON")
    print("  check / yaml.compose in as many processes, median and every run (limit 4):")
    print("   ", told("time", [one.wall / other.wall for one, other in pairs]))
    print("   ", told("work of the cores", [one.cpu / other.cpu for one, other in pairs]))
    print(f"  fastest: check {min(pairs)[0].wall:.1f} s, yaml.compose {min(other.wall for _, other in pairs):.1f} s")
    command = [sys.executable, "-c", MEMORY, *ours[2:]]
    said = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=False, encoding="utf-8")
    worker, parent = said.stdout.split()
    print(f"  memory: largest worker {worker} MB (limit 300), parent {parent} MB")


def against_validators(folder: Path, schema: Path) -> None:
    """Print the ratios to schema validators that read the same files, all in one process."""
    files = sorted(folder.rglob("*.yaml"))
    ours = [BIN / "foerdercheck", "check", *files, "--quiet", "--jobs", "1"]
    peers: dict[str, Sequence[str | Path]] = {
        "check-jsonschema": [BIN / "check-jsonschema", "--schemafile", schema, *files]
    }
    ajv = next((command for command in (["ajv"], ["npx", "--no-install", "ajv"]) if _runs([*command, "help"])), None)
    if ajv is not None:
        data = [part for file in files for part in ("-d", file)]
        peers["ajv-cli"] = [*ajv, "validate", "--spec=draft2020", "--strict=false", "-s", schema, *data]
    else:
        print("ajv-cli: not installed, skipped")
    for name, peer in peers.items():
        ratio = statistics.median(cost(ours).wall / cost(peer).wall for _ in range(3))
        print(f"{len(files)} budgets in one process, check / {name} with {schema.name}: {ratio:.2f}")


def _runs(command: Sequence[str]) -> bool:
    if shutil.which(command[0]) is None:
        return False
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


def main() -> None:
    """Write the budgets and print the ratios."""
    with tempfile.TemporaryDirectory() as name:
        home = Path(name)
        write_budgets(home / "many", FILES)
        against_compose(home / "many", home / "out.json")
        schema = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "schemas" / "budget.schema.json"
        if not schema.exists():
            schema = home / "trivial.json"
            schema.write_text("{}", encoding="utf-8")
        write_budgets(home / "fewer", FILES_OF_VALIDATORS)
        against_validators(home / "fewer", schema)


if __name__ == "__main__":
    main()
