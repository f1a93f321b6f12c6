"""How the code hangs together: layers, cycles, sizes, and what may not appear anywhere."""

import ast
import re
import subprocess
import sys
from functools import cache
from importlib.metadata import entry_points
from pathlib import Path

import pytest

import foerdercheck

HOME = Path(foerdercheck.__file__).parent
LAYERS = (
    "version", "model", "reading", "programmes", "deminimis", "calculation", "rules", "writing", "schema", "assessment",
    "ausweg", "vergleich", "many", "reports", "cli",
)  # fmt: skip
HEAVY = (
    "openpyxl", "rich", "typer", "polars", "pandas", "hypothesis", "distributed", "multiprocessing",
)  # fmt: skip


def module_name(file: Path) -> str:
    parts = file.relative_to(HOME.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


MODULES = {module_name(file): file for file in sorted(HOME.rglob("*.py"))}


@cache
def parsed(name: str) -> ast.Module:
    return ast.parse(MODULES[name].read_text(encoding="utf-8"))


@cache
def imports(name: str) -> frozenset[str]:
    """Return the modules of the package that a module imports, anywhere in it."""
    found = set()
    for node in ast.walk(parsed(name)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{name}: relative import"
            submodules = {f"{node.module}.{alias.name}" for alias in node.names} & MODULES.keys()
            found |= submodules if len(submodules) == len(node.names) else {*submodules, node.module}
    return frozenset(found & MODULES.keys())


def layer(name: str) -> int:
    package = name.partition(".")[2].partition(".")[0]
    return len(LAYERS) if package in {"", "__main__"} else LAYERS.index(package)


def test_every_module_belongs_to_a_layer():
    assert {layer(name) for name in MODULES} == set(range(len(LAYERS) + 1))


@pytest.mark.parametrize("name", MODULES)
def test_imports_point_downwards(name):
    upwards = [other for other in imports(name) if layer(other) > layer(name)]
    assert upwards == []


def test_no_module_imports_itself_over_others():
    def visit(name: str, way: tuple[str, ...]) -> None:
        assert name not in way, " → ".join((*way, name))
        if name not in done:
            for other in sorted(imports(name)):
                visit(other, (*way, name))
            done.add(name)

    done: set[str] = set()
    for name in MODULES:
        visit(name, ())


def public_names(name: str) -> set[str]:
    """Return what a module defines for others: functions, classes, constants and aliases without an underscore."""
    found: set[str] = set()
    for node in parsed(name).body:
        if isinstance(node, (ast.FunctionDef, ast.ClassDef)):
            found.add(node.name)
        elif isinstance(node, (ast.Assign, ast.AnnAssign)):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            found |= {target.id for target in targets if isinstance(target, ast.Name)}
    return {name for name in found if not name.startswith("_")}


def test_no_public_name_is_defined_in_two_modules():
    homes: dict[str, list[str]] = {}
    for module in MODULES:
        for name in public_names(module):
            homes.setdefault(name, []).append(module)
    assert {name: modules for name, modules in homes.items() if len(modules) > 1} == {}


def test_the_name_of_a_parameter_is_its_key_in_capitals():
    from foerdercheck.programmes import parameter

    named = {name: value for name, value in vars(parameter).items() if isinstance(value, parameter.Parameter)}
    assert {name: value.name for name, value in named.items() if name != value.name.upper()} == {}
    assert {value.name for value in named.values()} == set(parameter.PARAMETER)


def calls(name: str):
    return [node for node in ast.walk(parsed(name)) if isinstance(node, ast.Call)]


def called(node: ast.Call) -> str:
    return getattr(node.func, "attr", getattr(node.func, "id", ""))


@pytest.mark.parametrize("name", MODULES)
def test_no_float_is_made(name):
    assert [node.lineno for node in calls(name) if called(node) == "float"] == []
    constants = [node for node in ast.walk(parsed(name)) if isinstance(node, ast.Constant)]
    literals = {node.value for node in constants if isinstance(node.value, (float, complex))}
    assert literals == set()


def opens_a_file(node: ast.Call) -> bool:
    """Tell whether a call is `open` or such a method of a path; bare `read_text` and `write_text` are functions of ours."""
    if isinstance(node.func, ast.Name):
        return node.func.id == "open"
    owner = getattr(node.func, "value", None)
    of_os = getattr(owner, "id", "") == "os" or getattr(owner, "attr", "") == "_zip"  # a part of a zip is bytes
    return called(node) in {"open", "read_text", "write_text", "fdopen", "TextIOWrapper"} and not of_os


@pytest.mark.parametrize("name", MODULES)
def test_text_files_are_opened_with_an_encoding(name):
    for node in calls(name):
        if opens_a_file(node):
            modes = [a.value for a in [*node.args, *(k.value for k in node.keywords)] if isinstance(a, ast.Constant)]
            binary = any(isinstance(mode, str) and "b" in mode and len(mode) <= 3 for mode in modes)
            assert binary or "encoding" in {keyword.arg for keyword in node.keywords}, f"{name}:{node.lineno}"


def lines(file: Path) -> int:
    return len(file.read_text(encoding="utf-8").splitlines())


@pytest.mark.parametrize("name", MODULES)
def test_modules_stay_small(name):
    assert lines(MODULES[name]) <= 300


@pytest.mark.parametrize("name", [name for name in MODULES if not name.startswith("foerdercheck.cli.")])
def test_functions_stay_small(name):
    """Forty lines are enough but for the options of a command."""
    functions = [node for node in ast.walk(parsed(name)) if isinstance(node, ast.FunctionDef)]
    assert [node.name for node in functions if node.end_lineno - node.lineno >= 40] == []


def test_tests_stay_small():
    here = Path(__file__).parent
    assert [str(file.relative_to(here)) for file in here.rglob("*.py") if lines(file) > 300] == []


@pytest.mark.parametrize("name", MODULES)
def test_nothing_is_evaluated_or_run(name):
    forbidden = {"eval", "exec", "compile", "__import__"}
    names = {node.func.id for node in calls(name) if isinstance(node.func, ast.Name)}
    assert names & forbidden == set()
    assert {"pickle", "subprocess", "requests", "urllib.request", "socket"}.isdisjoint(
        alias.name for node in ast.walk(parsed(name)) if isinstance(node, ast.Import) for alias in node.names
    )


def loaded_by(code: str) -> set[str]:
    code += "\nimport sys\nprint('\\n'.join(sys.modules))"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, encoding="utf-8", check=True)
    return {name.partition(".")[0] for name in run.stdout.split()}


def test_heavy_libraries_are_not_imported_with_the_package():
    assert loaded_by("import foerdercheck") & set(HEAVY) == set()


def test_a_check_of_one_budget_loads_nothing_for_other_questions():
    budget = Path(__file__).parents[1] / "budgets" / "kmu-hoechstbetrag-genau-gefuellt.yaml"
    code = f"import sys\nsys.argv = ['foerdercheck', 'check', {str(budget)!r}]\nfrom foerdercheck import cli"
    code += "\ncli.load_commands()\ncli._run()\nprint(*sys.modules, file=sys.stderr)"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, encoding="utf-8", check=True)
    assert "ERGEBNIS" in run.stdout
    unneeded = {
        f"foerdercheck.{name}"
        for name in (
            "assessment.historie", "assessment.uebergreifend", "cli.deminimis", "cli.vorlage", "deminimis.freigaben",
            "deminimis.register", "many.processes", "many.vergleich", "model.rows", "reading.cells", "reading.sheet", "reports.mehr",
            "reports.terminal",
        )
    }  # fmt: skip
    loaded = set(run.stderr.split())
    assert unneeded <= MODULES.keys()
    assert loaded & unneeded == set()
    assert loaded & {"csv", "html", "json", "multiprocessing", "zipfile"} == set()


def test_checking_a_yaml_file_imports_no_spreadsheet_library():
    code = "from foerdercheck import check_budget\nassert check_budget(b'foerderprogramm: sh-ki').exit_code == 3"
    assert loaded_by(code) & {"openpyxl", "rich", "typer"} == set()


def test_the_program_is_ready_for_ctrl_c_before_it_is_loaded():
    code = "import foerdercheck.__main__\nimport sys\nprint(*(name for name in sys.modules if name.startswith('foerdercheck')))"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, encoding="utf-8", check=True)
    assert set(run.stdout.split()) == {"foerdercheck", "foerdercheck.__main__"}
    (script,) = entry_points(group="console_scripts", name="foerdercheck")
    assert script.value == "foerdercheck.__main__:start"


def test_the_package_offers_what_it_says_and_nothing_else():
    assert [getattr(foerdercheck, name).__name__ for name in foerdercheck.__all__ if name != "__version__"] == [
        "Assessment", "Ausnahmeliste", "HistoryAssessment", "check_budget", "check_history", "read_ausnahmen",
        "read_zuordnung", "vergleiche", "vorschlaege",
    ]  # fmt: skip
    with pytest.raises(AttributeError, match="check_budgets"):
        foerdercheck.check_budgets  # noqa: B018


def test_the_package_shows_what_it_offers_before_and_after_it_is_loaded():
    code = "import foerdercheck, pydoc\nprint(*dir(foerdercheck))\nprint(pydoc.plain(pydoc.render_doc(foerdercheck)))"
    code += "\nprint(*dir(foerdercheck))"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, encoding="utf-8", check=True)
    first, *shown, last = run.stdout.splitlines()
    assert (
        first
        == last
        == "Assessment Ausnahmeliste HistoryAssessment __version__ check_budget check_history read_ausnahmen "
        "read_zuordnung vergleiche vorschlaege"
    )
    functions = shown[shown.index("FUNCTIONS") : shown.index("VERSION")]
    assert [line.strip().partition("(")[0] for line in functions if re.match(r" {4}\w", line)] == [
        "check_budget",
        "check_history",
        "read_ausnahmen",
        "read_zuordnung",
        "vergleiche",
        "vorschlaege",
    ]
    assert "DATA" not in shown
