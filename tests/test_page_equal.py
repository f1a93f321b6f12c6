"""The program of the page, run by node: its JSON with every derivation is that of native Python, byte by byte.

So are its accounts. `BEISPIELE=1000` draws so many budgets and histories at random instead of a few. Skipped, with the
reason, where the page is not built or node is missing.
"""

import base64
import json
import os
import shutil
import subprocess
from functools import partial
from pathlib import Path

import pytest
from browser import FOLDER, missing_page
from fuzz.run import KINDS, VALID
from hypothesis import HealthCheck, Phase, given, seed, settings
from page_door import BUDGETS, FORMS, ask
from test_without_c import NO_TEXT_OF_OURS

from foerdercheck import check_budget
from foerdercheck.many.budgets import kept
from foerdercheck.reports.result_json import budget_document, budget_line

NODE = Path(__file__).with_name("node_page.mjs")
DRAWN = int(os.environ.get("BEISPIELE", "60"))
HISTORIES = {file.name: file.read_bytes() for file in BUDGETS.glob("histor*")}
EXAMPLES = {file.name: file.read_bytes() for file in BUDGETS.iterdir() if file.suffix in {".yaml", ".xlsx", ".csv"}}
READABLE = [name for name in EXAMPLES if name not in HISTORIES and not check_budget(BUDGETS / name).fehler]


@pytest.fixture(scope="module")
def node():
    """Ask the program of the page as `page_door.ask` does, in node."""
    if reason := missing_page() or ("" if shutil.which("node") else "node is not installed"):
        pytest.skip(reason)
    command = ["node", str(NODE), str(FOLDER)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8") as running:

        def task(name, files, **asked):
            sent = {known: base64.b64encode(content).decode() for known, content in files.items()}
            running.stdin.write(json.dumps({"request": {"task": name, **asked}, "files": sent}) + "\n")
            running.stdin.flush()
            answered = json.loads(running.stdout.readline())
            return answered["data"], {known: base64.b64decode(made) for known, made in answered["files"].items()}

        yield task
        running.stdin.close()


def with_histories(name: str, content: bytes):
    """Return a file with the histories it names; of a workbook, whose cells are packed, with all."""
    packed = content.startswith(b"PK")
    return {name: content} | {known: data for known, data in HISTORIES.items() if packed or known.encode() in content}


def native(files, name: str) -> bytes:
    """Return what `check --format json --herleitung` writes of a budget."""
    line = kept(check_budget(files, name=name), partial(budget_line, herleitung=True))
    return "".join(budget_document([line])).encode()


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("name", READABLE)
def test_every_example_in_every_form(node, name, form):
    changed = f"{Path(name).stem}.{form}"
    files = with_histories(changed, FORMS[form](EXAMPLES[name]))
    data, made = node("pruefen", files)
    assert data["ergebnis"] == check_budget(files, name=changed).ergebnis != "fehler"
    assert made["ergebnis.json"] == native(files, changed)


@pytest.mark.parametrize("name", sorted(EXAMPLES.keys() - READABLE))
def test_every_history_and_what_cannot_be_read(node, name):
    files = {name: EXAMPLES[name]}
    for task, asked in (("pruefen", {}), ("konto", {"beihilfe": "10.000,00", "stichtag": "2026-04-20"})):
        assert node(task, files, **asked) == ask(task, files, **asked)


def test_all_examples_side_by_side_and_what_if(node):
    data, made = node("pruefen", EXAMPLES)
    expected, native_made = ask("pruefen", EXAMPLES)
    assert made["ergebnis.json"] == native_made["ergebnis.json"]
    assert data == expected
    for name in READABLE:
        assert node("vorschlaege", EXAMPLES, datei=name) == ask("vorschlaege", EXAMPLES, datei=name)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_made_up_files(node, kind):
    drawn = []

    @seed(0)
    @settings(
        max_examples=max(DRAWN * kind.share // 100, 2), phases=[Phase.generate], suppress_health_check=list(HealthCheck)
    )
    @given(kind.strategy)
    def draw(example):
        drawn.append(kind.written(example))

    draw()
    read = 0
    for suffix, content in drawn:
        files = with_histories(f"b{suffix}", content)
        data, made = node("pruefen", files)
        expected, native_made = ask("pruefen", files)
        read += expected["ergebnis"] != "fehler"
        if suffix == ".yaml" and NO_TEXT_OF_OURS.search(content.decode(errors="replace")):
            assert data["ergebnis"] == expected["ergebnis"]
        else:
            assert (data, made.get("ergebnis.json")) == (expected, native_made.get("ergebnis.json")), content
    assert read or kind.name not in VALID
