"""The library on content instead of files: the same answers for every format, and nothing is looked for on this machine."""

import doctest
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from demo import BUDGETS, HISTORIE, JA, check_demo
from workbooks import TAG, converted, mappe, save_budget

from foerdercheck import check_history
from foerdercheck.reports.history import history_report
from foerdercheck.reports.result_json import budget_line, history_document
from foerdercheck.reports.text import render_text

EXAMPLES = Path(__file__).parents[1] / "budgets"
NAMING, HISTORY = "hoechstbetrag.yaml", "historie.yaml"
"""A budget, and the history it names."""
OFFICE = pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice")
SUFFIXES = [".yaml", ".xlsx", pytest.param(".ods", marks=OFFICE)]


def answer(source, **named) -> bytes:
    return budget_line(check_demo(source, stichtag=TAG, **named), herleitung=True)


def account(source, **named) -> str:
    found = check_history(source, stichtag=date(2026, 4, 20), **named)
    return "".join(history_document(found)) + render_text(history_report(found))


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    """A budget and a history in every format."""
    folder = tmp_path_factory.mktemp("formate")
    budget, history = folder / "b.xlsx", folder / "h.xlsx"
    save_budget(budget, mappe())
    shutil.copy(EXAMPLES / "history.xlsx", history)
    if shutil.which("soffice"):
        converted("ods", budget, history)
    shutil.copy(EXAMPLES / "history.csv", folder / "h.csv")
    shutil.copy(EXAMPLES / "history.yaml", folder / "h.yaml")
    shutil.copy(JA, folder / "b.yaml")
    return folder


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_budget_is_the_same_from_its_content(files, suffix):
    file = next(files.rglob(f"b{suffix}"))
    assert answer(file.read_bytes(), name=str(file)) == answer(file) == answer({str(file): file.read_bytes()})
    assert check_demo(file).ergebnis != "fehler"


@pytest.mark.parametrize("suffix", [*SUFFIXES, ".csv"])
def test_a_history_is_the_same_from_its_content(files, suffix):
    file = next(files.rglob(f"h{suffix}"))
    assert account(file.read_bytes(), name=str(file)) == account(file)
    assert check_history(file).ergebnis != "fehler"


def test_content_without_a_name_is_yaml():
    text = JA.read_bytes()
    assert answer(text) == answer(text, name="-")
    assert check_demo(text).datei == "-"
    assert check_history(HISTORIE.read_bytes()).datei == "-"


def test_several_files_are_a_budget_with_the_histories_it_names(monkeypatch):
    monkeypatch.chdir(BUDGETS)
    given = {name: Path(name).read_bytes() for name in (NAMING, HISTORY)}
    assert answer(given, name=NAMING) == answer(NAMING)
    elsewhere = {f"antrag/{name}": data for name, data in given.items()}
    found = check_demo(elsewhere, name=f"antrag/{NAMING}")
    assert (found.ergebnis, found.datei) == ("nicht_foerderfaehig", f"antrag/{NAMING}")
    dotted = {f"./{NAMING}": given[NAMING], f"./{HISTORY}": given[HISTORY]}
    assert check_demo(dotted, name=f"./{NAMING}").ergebnis == "nicht_foerderfaehig"


@pytest.mark.parametrize(
    ("stated", "text"),
    [
        (HISTORY, f"deminimis {HISTORY}: Die Datei a/{HISTORY} liegt nicht bei."),
        ("../geheim.yaml", "deminimis ../geheim.yaml: die Datei muss im Ordner des Budgets oder darunter liegen"),
        ("b/../../geheim.yaml", "die Datei muss im Ordner des Budgets oder darunter liegen"),
        ("/a/geheim.yaml", "die Datei muss im Ordner des Budgets oder darunter liegen"),
        ("h.txt", "h.txt: dieses Format wird nicht gelesen; möglich sind .csv, .ods, .xlsm, .xlsx, .yaml, .yml"),
    ],
)
def test_what_is_not_there_is_said(stated, text):
    budget = (BUDGETS / NAMING).read_text(encoding="utf-8").replace(HISTORY, f'"{stated}"')
    given = {
        f"a/{NAMING}": budget.encode(),
        "geheim.yaml": b"beihilfen: []",
        "/a/geheim.yaml": b"beihilfen: []",
        "a/h.txt": b"",
    }
    (said,) = check_demo(given, name=f"a/{NAMING}").fehler
    assert text in said.text
    assert said.ort.zeile == 26


def test_content_refers_to_no_file_of_this_machine(monkeypatch):
    monkeypatch.chdir(BUDGETS)
    (said,) = check_demo(Path(NAMING).read_bytes(), name=NAMING).fehler
    assert said.text.endswith(f"Die Datei {HISTORY} liegt nicht bei.")


@pytest.mark.parametrize(
    ("data", "name", "text"),
    [
        (b"", "b.xyz", "b.xyz: dieses Format wird nicht gelesen; möglich sind .ods, .xlsm, .xlsx, .yaml, .yml"),
        (
            b"",
            "b.csv",
            "b.csv: Ein Budget hat mehrere Blätter, eine CSV-Datei nur eines: speichern Sie die Arbeitsmappe als .xlsx.",
        ),
        (b"#" * (10 * 1024**2 + 1), "b.yaml", "Die Datei b.yaml ist größer als 10 MiB."),
        (b"#" * (100 * 1024**2 + 1), "b.xlsx", "Die Datei b.xlsx ist größer als 100 MiB."),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_content_that_is_no_file_of_ours(data, name, text):
    found = check_demo(data, name=name)
    assert [fehler.text for fehler in found.fehler] == [text]
    assert (found.ergebnis, found.datei) == ("fehler", name)


@pytest.mark.parametrize(
    ("source", "named"), [({}, {}), ({"a": b"", "b": b""}, {}), ({"a": b""}, {"name": "b"}), ("b.yaml", {"name": "b"})]
)
def test_which_file_is_meant_must_be_clear(source, named):
    with pytest.raises(ValueError, match="name"):
        check_demo(source, **named)


def test_names_are_raw_inside_and_shown_in_reports():
    evil = "\udcff\x1b\n\\.yaml"
    found = check_demo(b"- 1", name=evil)
    assert found.datei == evil
    assert rb'"datei":"\\xff\\x1b\\x0a\\\\.yaml"' in budget_line(found)
    text = (BUDGETS / NAMING).read_text(encoding="utf-8").replace(HISTORY, r"h\x.yaml")
    broken = check_demo({"b.yaml": text.encode(), r"h\x.yaml": b"beihilfen: [{}]"}, name="b.yaml")
    assert {fehler.ort.datei for fehler in broken.fehler} == {r"h\x.yaml"}
    assert {str(fehler.ort) for fehler in broken.fehler} == {r"h\\x.yaml:1:13"}


def test_nothing_is_looked_for_in_the_file_system(files):
    code = f"""
import os, sys
sys.path.insert(0, {str(BUDGETS.parent)!r})
from pathlib import Path
from demo import check_demo
from foerdercheck import check_history

def everything():
    for name, data in budgets.items():
        assert check_demo(data, name=name).datei == name
    assert check_demo(named, name={NAMING!r}).ergebnis == "nicht_foerderfaehig"
    assert check_demo({{{NAMING!r}: named[{NAMING!r}]}}).ergebnis == "fehler"
    for name, data in histories.items():
        assert check_history(data, name=name).ergebnis != "fehler"

def refuse(event, *_):
    if armed and (event == "open" or event.startswith(("os.", "glob.", "pathlib.", "shutil.", "tempfile."))):
        raise AssertionError(event)

def refused(*_, **__):
    raise AssertionError

armed = False
given = {{str(file): file.read_bytes() for file in Path({str(files)!r}).rglob("*.*") if file.is_file()}}
budgets = {{name: data for name, data in given.items() if Path(name).stem == "b"}}
histories = {{name: data for name, data in given.items() if Path(name).stem == "h"}}
named = {{name: (Path({str(BUDGETS)!r}) / name).read_bytes() for name in {(NAMING, HISTORY)!r}}}
everything()  # what the program needs of its own is loaded
sys.addaudithook(refuse)
for name in ("stat", "lstat", "readlink", "getcwd", "access"):
    setattr(os, name, refused)
armed = True
everything()
print(len(budgets), len(histories))
armed = False
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=False)
    assert (done.stderr, done.returncode) == ("", 0)
    assert done.stdout.split() == (["3", "4"] if shutil.which("soffice") else ["2", "3"])


def test_what_the_page_says_is_so(monkeypatch):
    monkeypatch.chdir(EXAMPLES)
    page = EXAMPLES.parent / "docs" / "bibliothek.md"
    found = doctest.testfile(str(page), module_relative=False)
    assert (found.failed, found.attempted > 10) == (0, True)
