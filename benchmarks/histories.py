"""Large de-minimis histories: time and memory against reading the file alone, and the sums against duckdb and polars."""

import datetime
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

import duckdb
import polars
from awards import FEW, HEADINGS, REGISTER, rows, write_csv
from openpyxl import Workbook

BIN = Path(sys.executable).parent
STICHTAG = datetime.date(2026, 11, 21)
WINDOW = datetime.date(2023, 11, 21)


def write_xlsx(file: Path, count: int) -> None:
    """Write a history as a spreadsheet."""
    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet("Beihilfen")
    sheet.append(HEADINGS)
    for row in rows(count):
        sheet.append(row)
    workbook.save(file)


def seconds(command: Sequence[str]) -> float:
    """Return the wall time of one run."""
    start = time.perf_counter()
    subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
    return time.perf_counter() - start


def cost(command: Sequence[str]) -> tuple[float, int]:
    """Return what one process costs: its own time in seconds, whatever else the machine does, and its memory in MB."""
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, _, used = os.wait4(child.pid, 0)
    return used.ru_utime + used.ru_stime, used.ru_maxrss // 1024


def accounts(file: Path) -> dict[str, Decimal]:
    """Return what foerdercheck counts in the window, by undertaking."""
    out = subprocess.run(
        [str(BIN / "foerdercheck"), "deminimis", str(file), "--stichtag", STICHTAG.isoformat(), "--format", "json"],
        capture_output=True, check=False, encoding="utf-8",
    )  # fmt: skip
    return {entry["unternehmen"][0]: Decimal(entry["im_fenster"]) for entry in json.loads(out.stdout)["unternehmen"]}


def peers(file: Path) -> tuple[dict[str, Decimal], dict[str, Decimal]]:
    """Return the same sums by duckdb and polars, on the CSV file."""
    amount = "CAST(replace(Subventionswert, ',', '.') AS DECIMAL(18,2))"
    day = "strptime(\"Gewährt am\", '%d.%m.%Y')"
    query = (
        f"SELECT Unternehmen, sum(CASE WHEN {day} BETWEEN '{WINDOW}' AND '{STICHTAG}' THEN {amount} ELSE 0 END) "  # noqa: S608
        f"FROM read_csv('{file}', delim=';', all_varchar=true) GROUP BY 1"
    )
    by_duckdb = {str(name): Decimal(total) for name, total in duckdb.sql(query).fetchall()}
    within = polars.col("Gewährt am").str.to_date("%d.%m.%Y").is_between(WINDOW, STICHTAG)
    value = polars.col("Subventionswert").str.replace(",", ".").cast(polars.Decimal(18, 2))
    frame = polars.read_csv(file, separator=";", infer_schema=False)
    sums = frame.group_by("Unternehmen").agg(polars.when(within).then(value).otherwise(0).sum().alias("summe"))
    by_polars = {str(name): Decimal(total) for name, total in sums.iter_rows()}
    return by_duckdb, by_polars


def main() -> None:
    """Print the ratios, and whether all three agree."""
    with tempfile.TemporaryDirectory() as folder:
        sheet, small, large = (Path(folder) / name for name in ("history.xlsx", "history.csv", "large.csv"))
        write_xlsx(sheet, 100_000)
        write_csv(small, 100_000)
        ours = [str(BIN / "foerdercheck"), "deminimis", str(sheet), "--stichtag", STICHTAG.isoformat()]
        alone = f"import python_calamine as c; c.CalamineWorkbook.from_path({str(sheet)!r}).get_sheet_by_index(0).to_python()"
        pairs = sorted((seconds(ours), seconds([sys.executable, "-c", alone])) for _ in range(5))
        ratio = sorted(one / other for one, other in pairs)[2]
        memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
        print(f"100,000 awards in .xlsx / reading the file alone: {ratio:.2f} (limit 2.3), {memory} MB (limit 250)")
        for file, wanted in ((sheet, "xlsx"), (small, "csv")):
            counted = accounts(file)
            print(f"sums of {wanted} agree with duckdb, polars: {[counted == peer for peer in peers(small)]}")
        for undertakings, limit in ((FEW, 12), (REGISTER, 10)):
            write_csv(large, 1_000_000, undertakings)
            spent, memory = cost([*ours[:2], str(large), *ours[3:]])
            wanted = f"(limit {limit} s, 1,000 MB)"
            print(f"1,000,000 awards of {undertakings:,} in .csv, overview: {spent:.1f} s, {memory} MB {wanted}")


if __name__ == "__main__":
    main()
