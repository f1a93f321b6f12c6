"""What is accepted of a mutated workbook equals what LibreOffice shows of it; what LibreOffice refuses is refused."""

import argparse
import csv
import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

from foerdercheck.model.location import InputError
from foerdercheck.model.scalars import Flaw, Percent
from foerdercheck.reading.number_formats import reads_as
from foerdercheck.reading.sheet import MAX_COLUMNS, Sheet
from foerdercheck.reading.sheets import read_sheets
from fuzz.mutants import mutant

_FILTER = "csv:Text - txt - csv (StarCalc):59,34,76,1,,0,false,true,false,false,false,-1"
_AT_ONCE = 100
_ERRORS = ("#", "Err:")


class Outcome(NamedTuple):
    """How many mutants were accepted, how many cells compared, and what differed."""

    accepted: int
    cells: int
    different: list[str]


def bases(folder: Path) -> list[tuple[str, bytes]]:
    """Return workbooks to start from: as we write them, as LibreOffice does in both formats, and as a history."""
    from workbooks import AWARDS, HEADINGS, converted, mappe, save, save_budget

    budget = save_budget(folder / "budget.xlsx", mappe(Finanzierung=[{"Geber": "Stadt Kiel", "Betrag": 5000.5}]))
    history = save(folder / "historie.xlsx", [HEADINGS, *AWARDS])
    found = [(".xlsx", budget.read_bytes())] * 4 + [(".xlsx", history.read_bytes())]
    for suffix in ("xlsx", "ods", "ods"):
        found += [(f".{suffix}", file.read_bytes()) for file in converted(suffix, budget, history)]
    return found


def compare(count: int, seed: int, folder: Path) -> Outcome:
    """Make mutants and compare them."""
    chance = random.Random(seed)  # noqa: S311 - made-up data
    starts = bases(folder)
    accepted = cells = 0
    different: list[str] = []
    for first in range(0, count, _AT_ONCE):
        here = folder / f"m{first}"
        here.mkdir()
        files = []
        for number in range(first, min(first + _AT_ONCE, count)):
            suffix, base = chance.choice(starts)
            files.append(here / f"m{number}{suffix}")
            files[-1].write_bytes(mutant(chance, base))
        _show(files, here)
        for file in files:
            outcome = _differences(file, here)
            accepted, cells = accepted + (outcome is not None), cells + (outcome[0] if outcome else 0)
            different += outcome[1] if outcome else []
    return Outcome(accepted, cells, different)


def _show(files: Sequence[Path], folder: Path) -> None:
    """Have LibreOffice write what it shows; a file that ends the process is refused, the others are tried again."""
    profile = (folder.parent / "profile").as_uri()
    command = [
        "soffice",
        f"-env:UserInstallation={profile}",
        "--headless",
        "--convert-to",
        _FILTER,
        "--outdir",
        str(folder / "csv"),
    ]
    subprocess.run([*command, *map(str, files)], check=False, capture_output=True, timeout=600)


def _differences(file: Path, folder: Path) -> tuple[int, list[str]] | None:
    """Return how many cells were compared and which differ; None for what is refused."""
    try:
        sheets = read_sheets(file.read_bytes(), file.name, lambda *_: True)
    except InputError:
        return None
    shown = {path.stem.removeprefix(f"{file.stem}-"): path for path in (folder / "csv").glob(f"{file.stem}-*.csv")}
    if not shown:
        return 0, [f"{file}: LibreOffice refuses it"]
    more = [
        title
        for title in shown.keys() - {sheet.title for sheet in sheets}
        if shown[title].read_text(encoding="utf-8").strip(";\n")
    ]
    if more or len(sheets) > len(shown):
        return 0, [f"{file}: sheets {[sheet.title for sheet in sheets]}, LibreOffice {sorted(shown)}"]
    compared, different = 0, []
    for sheet in sheets:
        with shown[sheet.title].open(encoding="utf-8", newline="") as stream:
            seen = list(csv.reader(stream, delimiter=";"))
        for place, ours, theirs in _pairs(sheet, seen):  # below merged cells it writes what nobody sees
            compared += 1
            if not _same(ours, theirs):
                different.append(f"{file}: {sheet.title}!{place} {ours!r}, LibreOffice {theirs!r}")
    return compared, different


def _pairs(sheet: Sheet, seen: Sequence[Sequence[str]]) -> Iterator[tuple[str, object, str]]:
    from foerdercheck.reading.cells import cell_name

    for row in range(max(len(sheet.rows), len(seen))):
        ours = sheet.rows[row] if row < len(sheet.rows) else ()
        theirs = seen[row] if row < len(seen) else ()
        for column in range(max(len(ours), len(theirs))):
            cell = ours[column] if column < len(ours) else None
            text = theirs[column] if column < len(theirs) else ""
            hidden = cell is None and any(
                top <= row <= bottom and left <= column <= right for (top, left), (bottom, right) in sheet.merged
            )
            computed = row * MAX_COLUMNS + column in sheet.formulas
            if (cell is not None or text) and not hidden and not computed:
                yield cell_name(row, column), cell, text


def _same(ours: object, theirs: str) -> bool:
    if isinstance(ours, Flaw) or (isinstance(ours, str) and ours.startswith(("#", "="))):
        return True  # refused wherever it is read
    if ours is None:
        return not theirs.strip()
    if isinstance(ours, bool):
        return theirs.casefold() in ({"true", "1", "wahr"} if ours else {"false", "0", "falsch"})
    if isinstance(ours, Decimal):
        expected = ours.scaleb(2) if isinstance(ours, Percent) else ours
        return reads_as(theirs, expected, german=False) or (not theirs and not ours)
    if isinstance(ours, date):
        numbers = {int(part) for part in "".join(c if c.isdigit() else " " for c in theirs).split()}
        return bool(numbers) and numbers <= {0, ours.day, ours.month, ours.year, ours.year % 100}
    return "".join(str(ours).split()) == "".join(theirs.split()) or "_x" in theirs  # which Excel unescapes everywhere


def main() -> int:
    """Compare as many mutants as asked for; print every difference."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--mutants", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--keep", type=Path)
    options = parser.parse_args()
    if shutil.which("soffice") is None:
        sys.stdout.write("soffice (LibreOffice) is not installed: nothing to compare with\n")
        return 0
    with tempfile.TemporaryDirectory() as temporary:
        folder = options.keep or Path(temporary)
        folder.mkdir(exist_ok=True)
        outcome = compare(options.mutants, options.seed, folder)
    summary = f"{options.mutants} mutants, {outcome.accepted} accepted, {outcome.cells} cells, {len(outcome.different)} different"
    sys.stdout.write("\n".join([*outcome.different, summary, ""]))
    return bool(outcome.different)


if __name__ == "__main__":
    sys.exit(main())
