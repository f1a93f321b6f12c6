"""What cannot be loaded is a defect, exit 4 with one sentence, and never a verdict or a traceback."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

import foerdercheck

BUDGET = str(Path(__file__).parents[1] / "budgets" / "hochschule-direkt-guenstiger.yaml")
HOME = Path(foerdercheck.__file__).parent
BREAK = """
import sys

class Broken:
    def find_spec(self, name, *_):
        if name == {name!r}:
            raise {error}

sys.meta_path.insert(0, Broken())
"""
RUN = "from foerdercheck.__main__ import start\nstart()\n"
SENTENCE = re.compile(
    r"foerdercheck: Das Programm lässt sich nicht laden \((\w+)(?:: .*)?\): die Installation ist unvollständig oder beschädigt\. "
    r"Das ist kein Urteil über Ihr Budget\.\n"
)
NEEDED = (
    "yaml",
    "yaml.scanner",
    "typer",
    "typer.exceptions",
    "decimal",
    "foerdercheck.assessment.budget",
    "foerdercheck.version",
)
ERRORS = {
    "ImportError('libyaml.so: undefined symbol')": "ImportError",
    "ModuleNotFoundError('No module named', 'x')": "ModuleNotFoundError",
    "SyntaxError('invalid syntax\\nin two lines')": "SyntaxError",
    "MemoryError()": "MemoryError",
    "SystemExit(1)": "SystemExit",
    "SystemExit": "SystemExit",
    "type('PanicException', (BaseException,), {})('\\x1b[31m \\udc80')": "PanicException",
}  # fmt: skip


def started(code: str, *args: str):
    return subprocess.run([sys.executable, "-c", code + RUN, *args], capture_output=True, timeout=60, check=False)


def one_sentence(done) -> str:
    assert (done.returncode, done.stdout) == (4, b"")
    found = SENTENCE.fullmatch(done.stderr.decode())
    assert found, done.stderr
    return found[1]


@pytest.mark.parametrize("error", ERRORS)
def test_whatever_goes_wrong_while_it_is_loaded_is_a_defect(error):
    done = started(BREAK.format(name="foerdercheck.cli.check", error=error), "check", BUDGET)
    assert one_sentence(done) == ERRORS[error]
    assert done.stderr.decode().removesuffix("\n").isprintable()


@pytest.mark.parametrize("name", NEEDED)
@pytest.mark.parametrize("call", [("--version",), ("check", BUDGET)], ids=" ".join)
def test_whatever_is_missing_is_a_defect(name, call):
    code = f"import sys\nif {name!r} in sys.modules: del sys.modules[{name!r}]\n"
    assert one_sentence(started(code + BREAK.format(name=name, error=f"ImportError({name!r})"), *call)) == "ImportError"


def test_a_defective_file_of_the_program_is_one_too(tmp_path):
    for file in HOME.rglob("*"):
        if file.suffix in {".py", ".yaml"}:
            copy = tmp_path / file.relative_to(HOME.parent)
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_bytes(file.read_bytes())
    copy = tmp_path / "foerdercheck" / "model" / "scalars.py"
    copy.write_bytes(copy.read_bytes()[:2000])
    command = [sys.executable, "-P", "-m", "foerdercheck", "check", BUDGET]
    done = subprocess.run(
        command, capture_output=True, timeout=60, check=False, cwd=tmp_path, env={"PYTHONPATH": str(tmp_path)}
    )
    assert one_sentence(done) == "SyntaxError"
