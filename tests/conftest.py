"""What all tests share: the program run in this process, workbooks checked, hypothesis repeating the same examples."""

import io
import re
import signal
import sys
from collections import Counter
from functools import partial
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import HealthCheck, settings
from rich.cells import cell_len
from yaml._yaml import CParser

from foerdercheck import cli, rules
from foerdercheck.assessment.budget import check_budget
from foerdercheck.cli.formats import Umfang
from foerdercheck.cli.output import write_blocks
from foerdercheck.many import budgets, processes
from foerdercheck.reading import yaml_tree
from foerdercheck.reading.yaml_pure import PureParser

pytest.register_assert_rewrite("results", "workbooks")
AMOUNT = r"[+−]?\d[\d.]*,\d\d €"
_DATE = r"\d\d\.\d\d\.\d{4}"
_FILE = r"[\w./-]+\.(?:yaml|xlsx|csv)"
_RULE = r"\b[\w.]+-[a-z][a-z-]+\b"
WHOLE = re.compile(f"{AMOUNT}|{_DATE}|{_FILE}|{_RULE}|(?:Zeile|Spalte|Ziffer) \\d+")
"""What has to be read in one: amounts, dates, names of files, rules and places."""
signal.signal(
    signal.SIGINT, signal.default_int_handler
)  # what a shell runs in the background ignores it, with its children
settings.register_profile(
    "wiederholbar",
    derandomize=True,
    deadline=None,
    database=None,
    max_examples=60,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("wiederholbar")


def pytest_collection_modifyitems(items):
    """Processes that share the tests must call them alike: no name may hold where an object lies."""
    if lost := [item.nodeid for item in items if " at 0x" in item.nodeid]:
        raise pytest.UsageError(f"name these tests otherwise: {lost}")


@pytest.fixture(autouse=True, scope="session")
def _results_are_valid():
    """Let every JSON result that is written in this process be held against its schema."""
    from results import parsed

    from foerdercheck.reports import result_json

    def checked(head, lists):
        pieces = list(written(head, lists))
        parsed("".join(pieces))
        return iter(pieces)

    written = result_json._pieces
    result_json._pieces = checked
    yield
    result_json._pieces = written


class Said(NamedTuple):
    """What a call of the program left: its exit code, stdout and stderr."""

    code: int
    out: str
    err: str


@pytest.fixture
def run(monkeypatch, capsys):
    """Run the program in this process."""

    def call(*args: object, stdin=b""):
        monkeypatch.setattr(sys, "argv", ["foerdercheck", *map(str, args)])
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin), encoding="utf-8"))
        code = cli._run()
        said = capsys.readouterr()
        return Said(code, said.out, said.err)

    return call


@pytest.fixture
def screen(run, monkeypatch):
    """Run the program with its streams on a terminal of so many columns; return the lines of both."""
    monkeypatch.chdir(Path(__file__).parents[1])

    def shown(*args: str, columns: int = 80) -> list[str]:
        with monkeypatch.context() as terminal:
            for stream in (sys.stdout, sys.stderr):
                terminal.setattr(stream, "isatty", lambda: True, raising=False)
            terminal.setenv("COLUMNS", str(columns))
            terminal.setenv("TERM", "xterm-256color")
            said = run(*args)
        return [line.rstrip() for line in re.sub(r"\x1b\[[\d;]*m", "", said.err + said.out).splitlines()]

    return shown


@pytest.fixture
def divided(run, screen, monkeypatch):
    """Return the lines of a call that are longer than a screen, and what is read in one and is not whole on it."""

    def found(*call: str, columns: int = 80) -> tuple[list[str], Counter[str]]:
        with monkeypatch.context() as patched:
            told = Umfang.report  # what a screen leaves out for lack of room is no division of it
            patched.setattr(Umfang, "report", lambda umfang, found: told(umfang._replace(knapp=False), found))
            drawn = screen(*call, columns=columns)
        with monkeypatch.context() as patched:
            for command in ("programme", "regel"):  # as text that is not filled, to compare with
                page = f"foerdercheck.cli.{command}.write_page"
                patched.setattr(page, lambda blocks: write_blocks(blocks, None))
            plain = run(*call)
        text = re.sub(r"https?://\S+", "", plain.out or plain.err)
        missing = Counter(WHOLE.findall(text)) - Counter(WHOLE.findall("\n".join(drawn)))
        return [line for line in drawn if cell_len(line) > columns], missing

    return found


@pytest.fixture
def check(run):
    """Run `foerdercheck check` under the guideline of the dream."""
    from demo import UNDER

    return partial(run, "check", *UNDER)


@pytest.fixture
def pruefe(tmp_path):
    """Write a budget as a workbook and check it, under the guideline of the dream unless another is meant."""
    from demo import FASSUNG
    from workbooks import TAG, mappe, save_budget

    def check(sheets=None, change=None, fassung=FASSUNG):
        return check_budget(save_budget(tmp_path / "b.xlsx", sheets or mappe(), change), stichtag=TAG, fassung=fassung)

    return check


@pytest.fixture
def pools(monkeypatch):
    """Let every call use processes, for pieces of a few files; return how many each call started."""
    started = []

    class Watched(processes.Processes):
        def __init__(self, count, start=None) -> None:
            started.append(count)
            super().__init__(count, start)

    monkeypatch.setattr(budgets, "SMALL", 0)
    monkeypatch.setattr(budgets, "_CHUNK_FILES", 4)
    monkeypatch.setattr(processes, "Processes", Watched)
    return started


@pytest.fixture(params=["libyaml", "without"])
def both_parsers(request, monkeypatch):
    """Read YAML with libyaml and without it."""
    monkeypatch.setattr(yaml_tree, "Parser", {"libyaml": CParser, "without": PureParser}[request.param])


@pytest.fixture(scope="session")
def sauber(tmp_path_factory):
    """What comes out of the clean workbook."""
    from demo import check_demo
    from workbooks import TAG, ausgang, hinweise, mappe, save_budget

    assessment = check_demo(save_budget(tmp_path_factory.mktemp("sauber") / "b.xlsx", mappe()), stichtag=TAG)
    assert hinweise(assessment) == []
    return ausgang(assessment)


@pytest.fixture(scope="module", params=["chromium", "firefox"])
def browser(request, tmp_path_factory):
    """A browser that reaches no host, and where it saves; skipped, with the reason, where it or the page is missing."""
    from browser import missing, started

    if reason := missing(request.param):
        pytest.skip(reason)
    downloads = tmp_path_factory.mktemp(request.param)
    driver = started(request.param, downloads)
    yield driver, downloads
    driver.quit()


@pytest.fixture(scope="module", params=["file", "server"])
def page(request, browser):
    """The page, from a file and from a server."""
    from browser import FILE, Page, served

    driver, downloads = browser
    with served() as address:
        opened = Page(driver, FILE.as_uri() if request.param == "file" else address, downloads)
        opened.open()
        yield opened


@pytest.fixture(scope="module")
def chromium_page(tmp_path_factory):
    """The page from a file, in Chromium alone."""
    from browser import FILE, Page, missing, started

    if reason := missing("chromium"):
        pytest.skip(reason)
    downloads = tmp_path_factory.mktemp("chromium")
    driver = started("chromium", downloads)
    opened = Page(driver, FILE.as_uri(), downloads)
    opened.open()
    yield opened
    driver.quit()


@pytest.fixture
def silent(monkeypatch):
    """Let a guideline cut money without a rule that says so; `tests/test_bindung.py` shows that no other may."""
    monkeypatch.setattr(rules, "_SPRECHEN", ())
