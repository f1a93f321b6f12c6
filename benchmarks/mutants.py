"""Mutation testing: changes the code that decides in small ways, one at a time, and asks whether a test notices.

    make mutants                                     all three packages
    make mutants MUTATE=foerdercheck/deminimis       one of them

mutmut leaves out functions with a decorator, and here those are the rules, the window and the verdict. So it is
given a copy in build/mutants in which `@decorator` above a function is written as an assignment after it, which
means the same. Module-level constants and f-strings stay as they are.
"""

import ast
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

PACKAGES = ("foerdercheck/deminimis", "foerdercheck/calculation", "foerdercheck/rules")
QUICK = ("tests/deminimis", "tests/test_befunde.py", "tests/test_bindung.py", "tests/test_herleitungen.py")
"""What notices most of it in the shortest time."""
THOROUGH = (
    "tests/test_eingabefehler.py",
    "tests/test_engine.py",
    "tests/test_luftschloss_grenzen.py",
    "tests/test_luftschloss_phasen.py",
    "tests/test_luftschloss_saetze.py",
    "tests/test_examples.py",
    "tests/test_faelle.py::test_fall",
    "tests/test_figures.py",
    "tests/test_historie_am_budget.py",
    "tests/test_json.py",
    "tests/test_law_is_data.py",
    "tests/test_law_of_regulations.py",
    "tests/test_programmdateien.py",
    "tests/test_regeln.py",
)
"""What is asked besides about a mutant that lives: no spreadsheets, no other processes."""
TOO_SLOW = "tests/deminimis/test_orakel.py"

ROOT = Path(__file__).parents[1]
WORK = ROOT / "build" / "mutants"
MUTMUT = Path(sys.executable).with_name("mutmut")
COPIED = ("foerdercheck", "tests", "budgets")
AT_LEAST = 90
KILLED = frozenset({1, 3, -24, 24, 36, 152, 255})
UNCALLED = 33
"""Exit codes mutmut notes for a mutant that failed a test or never ended, and for one no test meets."""


def main() -> None:
    """Print the survivors and the share killed of each target; exit with 1 if one of them is below AT_LEAST percent."""
    shares = [_share_killed(target.rstrip("/")) for target in sys.argv[1:] or PACKAGES]
    sys.exit(min(shares) < AT_LEAST)


def _share_killed(target: str) -> float:
    """Try every mutant of a package or file in a fresh copy; return the share killed, in percent."""
    _copy()
    alive: list[str] = []
    for tests in (QUICK, (*QUICK, *THOROUGH)):
        codes = _run(target, tests, alive)
        alive = [name for name in alive or codes if codes[name] not in KILLED]
        if not alive:
            break
    for name in alive:
        print(f"# {name}: no test calls it" if codes[name] == UNCALLED else _shown(name))
    share = 100 * (1 - len(alive) / len(codes))
    print(f"{target}: {len(codes) - len(alive)} of {len(codes)} killed, {share:.1f} %", flush=True)
    return share


def _shown(name: str) -> str:
    shown = subprocess.run([MUTMUT, "show", name], cwd=WORK, capture_output=True, encoding="utf-8", check=True)
    return shown.stdout


def _run(target: str, tests: tuple[str, ...], names: list[str]) -> dict[str, int | None]:
    """Try these mutants, all where none is named; return the exit code of the tests under every mutant."""
    (WORK / "pyproject.toml").write_text(
        (ROOT / "pyproject.toml").read_text(encoding="utf-8") + _settings(target, tests), encoding="utf-8"
    )
    jobs = os.environ.get("JOBS", str(os.cpu_count() or 1))
    subprocess.run([MUTMUT, "run", "--max-children", jobs, *names], cwd=WORK, check=True)
    codes: dict[str, int | None] = {}
    for file in sorted((WORK / "mutants").rglob("*.meta")):
        codes |= json.loads(file.read_text(encoding="utf-8"))["exit_code_by_key"]
    return codes


def _copy() -> None:
    shutil.rmtree(WORK, ignore_errors=True)
    WORK.mkdir(parents=True)
    for name in COPIED:
        shutil.copytree(ROOT / name, WORK / name, ignore=shutil.ignore_patterns("__pycache__"))
    for file in (WORK / "foerdercheck").rglob("*.py"):
        file.write_text(undecorated(file.read_text(encoding="utf-8")), encoding="utf-8")


def _settings(target: str, tests: tuple[str, ...]) -> str:
    """What mutmut reads; a fork server, so that no mutant meets what an earlier test has cached."""
    settings = {
        "source_paths": ["foerdercheck"],
        "only_mutate": [target if target.endswith(".py") else f"{target}/*"],
        "also_copy": ["budgets"],
        "pytest_add_cli_args_test_selection": tests,
        "pytest_add_cli_args": [f"--ignore={TOO_SLOW}"],
        "process_isolation": "forkserver",
    }
    return "\n[tool.mutmut]\n" + "".join(f"{name} = {json.dumps(value)}\n" for name, value in settings.items())


def undecorated(source: str) -> str:
    """Return the same program with `name = decorator(name)` after each decorated function."""
    lines = source.splitlines()
    found = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.FunctionDef) and node.decorator_list]
    for node in sorted(found, key=lambda node: -node.lineno):
        call = node.name
        for decorator in reversed(node.decorator_list):
            call = f"{ast.unparse(decorator)}({call})"
        lines.insert(node.end_lineno or 0, f"{' ' * node.col_offset}{node.name} = {call}")
        del lines[node.decorator_list[0].lineno - 1 : node.lineno - 1]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main()
