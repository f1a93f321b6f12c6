"""How long a check takes, as ratios against peers measured in the same run.

Absolute times say more about the machine than about the program, so only medians of interleaved runs and their
ratios are printed. Run with `make bench`.
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
import timeit
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

import yaml

from foerdercheck import check_budget
from foerdercheck.reading.files import origin
from foerdercheck.writing.conversion import converted

ROOT = Path(__file__).parent.parent
BIN = Path(sys.executable).parent
EXAMPLES = ("hochschule-direkt-guenstiger", "kmu-hoechstbetrag-genau-gefuellt", "verbund-geteilte-person")
RUNS = 15


def seconds(command: Sequence[str]) -> float:
    """Return the wall time of one run of a command."""
    start = time.perf_counter()
    subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
    return time.perf_counter() - start


def interleaved(ours: Sequence[str], peer: Sequence[str]) -> float:
    """Return the ratio of the medians of two commands run in turn, after one run of each that does not count."""
    seconds(ours), seconds(peer)
    pairs = [(seconds(ours), seconds(peer)) for _ in range(RUNS)]
    return statistics.median(one for one, _ in pairs) / statistics.median(other for _, other in pairs)


def inside(ours: Callable[[], object], peer: Callable[[], object]) -> float:
    """Return the ratio of two functions in this process, as medians of interleaved batches."""
    batches = [(timeit.timeit(ours, number=20), timeit.timeit(peer, number=20)) for _ in range(RUNS)]
    return statistics.median(one for one, _ in batches) / statistics.median(other for _, other in batches)


def pdf_times() -> list[tuple[float, str]]:
    """Return in ms of processor time what the PDF of each example takes from its result, the slowest first, each in its own process.

    What a process has set before it need not set again, so none makes two; typst has been started, and its font is loaded.
    """
    report = (
        "import sys, time; from foerdercheck import check_budget; from foerdercheck.many.budgets import kept\n"
        "from foerdercheck.reports.pdf import Titelei, pdf_document, pdf_of_blocks, pdf_view\n"
        "from foerdercheck.reports.dokument import Ueberschrift\n"
        "pdf_of_blocks([Ueberschrift('x')], '{}', [], Titelei('', None)); found = check_budget(sys.argv[1])\n"
        "start = time.process_time(); b''.join(pdf_document([kept(found, pdf_view)])); print(time.process_time() - start)"
    )
    times = []
    for file in sorted(ROOT.glob("budgets/*.yaml")):
        runs = [
            subprocess.run([sys.executable, "-c", report, str(file)], capture_output=True, check=True) for _ in range(5)
        ]
        times.append((1000 * min(float(run.stdout) for run in runs), file.stem))
    return sorted(times, reverse=True)


def main() -> None:
    """Print one line per example: whole process and inside a process."""
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # installed programs have their bytecode
    print(f"{'example':38} {'process / check-jsonschema':>28} {'check / yaml.compose':>22}")
    with tempfile.NamedTemporaryFile("w", suffix=".json", encoding="utf-8") as schema:
        json.dump({}, schema)
        schema.flush()
        for name in EXAMPLES:
            file = ROOT / "budgets" / f"{name}.yaml"
            text = file.read_bytes()
            ours = [str(BIN / "foerdercheck"), "check", str(file)]
            peer = [str(BIN / "check-jsonschema"), "--schemafile", schema.name, str(file)]
            whole = interleaved(ours, peer)
            named = {near.name: near.read_bytes() for near in file.parent.glob("histor*")} | {file.name: text}
            check = partial(check_budget, named, name=file.name)
            within = inside(check, partial(yaml.compose, text.decode(), Loader=yaml.CSafeLoader))
            print(f"{name:38} {whole:28.2f} {within:22.2f}")
    print("limits: 0.55 and 4")
    with tempfile.TemporaryDirectory() as folder:
        for name in EXAMPLES[::2]:
            file, sheet = ROOT / "budgets" / f"{name}.yaml", Path(folder) / f"{name}.xlsx"
            sheet.write_bytes(converted(origin(file), ".xlsx"))
            ratio = interleaved(*([str(BIN / "foerdercheck"), "check", str(source)] for source in (sheet, file)))
            print(f"{name}: process on .xlsx / on .yaml {ratio:.2f} (limit 1.25)")
    times = pdf_times()
    median, (most, name) = statistics.median(time for time, _ in times), times[0]
    print(f"PDF of the examples: median {median:.0f} ms, {name} {most:.0f} ms of processor time (limit 150)")


if __name__ == "__main__":
    main()
