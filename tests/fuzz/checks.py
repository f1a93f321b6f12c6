"""What must hold for every file, whatever stands in it: no crash, no hang, true JSON, an exit code that fits, a clean report."""

import contextlib
import io
import signal
import sys
import time
from collections import Counter
from collections.abc import Iterator
from datetime import date
from functools import partial
from pathlib import Path
from typing import NamedTuple
from unittest import mock

from defusedxml.ElementTree import fromstring
from results import parsed, values

from foerdercheck import cli
from foerdercheck.assessment.budget import Assessment, check_budget
from foerdercheck.assessment.historie import check_history
from foerdercheck.cli.formats import FORMATE
from foerdercheck.many.budgets import kept
from foerdercheck.reports.bericht import report
from foerdercheck.reports.history import history_report
from foerdercheck.reports.result_json import budget_document, budget_line, history_document
from foerdercheck.reports.terminal import render_terminal
from foerdercheck.reports.text import render_text

SECONDS = 10
"""How long one example may take; most take a hundredth of a second."""
MACHINES = tuple(form for form in FORMATE if form not in {"tabelle", "json"})
WAYS = ("terminal", "alle", "alle-json", "output", "umwandeln", *MACHINES)
CODES = {"foerderfaehig": 0, "nicht_foerderfaehig": 1, "fehler": 2, "offen": 3}


class Call(NamedTuple):
    """How a file is checked: the options, and one further way through the program or none."""

    stichtag: date | None = None
    herleitung: bool = False
    way: str = ""


class Tally:
    """What was run: examples by kind and verdict, by programme and way, and the slowest."""

    def __init__(self) -> None:
        self.verdicts: Counter[tuple[str, str]] = Counter()
        self.programmes: Counter[str] = Counter()
        self.ways: Counter[str] = Counter()
        self.slowest: dict[str, float] = {}


class _HangsError(BaseException):
    """An example takes too long; not an Exception, so that nothing under test can catch it."""


@contextlib.contextmanager
def in_time(seconds: int) -> Iterator[None]:
    """Fail if the block takes longer; where there are no such signals, only once it is done."""

    def ring(_signal: int, _frame: object) -> None:
        raise _HangsError

    start = time.monotonic()
    if hasattr(signal, "setitimer"):
        before = signal.signal(signal.SIGALRM, ring)
        signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    except _HangsError:
        raise AssertionError(f"takes longer than {seconds} seconds") from None
    finally:
        if hasattr(signal, "setitimer"):
            signal.setitimer(signal.ITIMER_REAL, 0)
            signal.signal(signal.SIGALRM, before)
    assert time.monotonic() - start < seconds


def check_file(kind: str, file: Path, call: Call, tally: Tally) -> str:
    """Send a file through the program and return its verdict."""
    start = time.monotonic()
    with in_time(SECONDS):
        assessment = check_budget(file, stichtag=call.stichtag)
        check_assessment(assessment, herleitung=call.herleitung)
        if call.way:
            _go(call, file, assessment)
    tally.verdicts[kind, assessment.ergebnis] += 1
    tally.ways[call.way] += 1
    if assessment.fassung is not None:
        tally.programmes[assessment.fassung.programm] += 1
    tally.slowest[kind] = max(tally.slowest.get(kind, 0), time.monotonic() - start)
    return assessment.ergebnis


def check_account(kind: str, file: Path, call: Call, tally: Tally) -> str:
    """Send a history through the program and return its verdict, in the words for budgets."""
    start = time.monotonic()
    with in_time(SECONDS):
        assessment = check_history(file, stichtag=call.stichtag)
        document = parsed("".join(history_document(assessment)))
        check_text(render_text(history_report(assessment)))
    assert document["ergebnis"] == assessment.ergebnis
    assert all(_is_clean(value) for _, value in values(document) if isinstance(value, str)), document
    verdict = next(name for name, code in CODES.items() if code == assessment.exit_code)
    tally.verdicts[kind, verdict] += 1
    tally.slowest[kind] = max(tally.slowest.get(kind, 0), time.monotonic() - start)
    return verdict


def check_assessment(assessment: Assessment, *, herleitung: bool) -> None:
    """Verdict, exit code, JSON and report of a result belong together."""
    assert assessment.defekte == ()
    document = parsed(as_json(assessment, herleitung=herleitung))
    check_document(document)
    assert document["ergebnis"] == assessment.ergebnis
    assert CODES[document["ergebnis"]] == assessment.exit_code
    text = render_text(report(assessment, herleitung=herleitung))
    check_text(text)
    assert ("ERGEBNIS: " in text) is (assessment.ergebnis != "fehler")


def as_json(assessment: Assessment, *, herleitung: bool = False) -> str:
    """Return what a call of `check` for this one file writes."""
    return "".join(budget_document([kept(assessment, partial(budget_line, herleitung=herleitung, vorschlaege=True))]))


def check_document(document: dict) -> None:
    """A result, valid by its schema, of rules that did not crash, and with verdicts that follow from the findings."""
    assert list(document) == ["foerdercheck", "format", "ergebnis", "hinweis", "uebergreifend", "budgets"]
    for budget in document["budgets"]:
        if budget["ergebnis"] == "fehler":
            assert "befunde" not in budget
        else:
            _check_readable(budget)
    for key, value in values(document):
        assert not isinstance(value, str) or _is_clean(value), (key, value)


def _check_readable(budget: dict) -> None:
    assert budget["fehler"] == []
    deciding = {befund["status"] for befund in budget["befunde"] if "angenommen" not in befund}
    expected = "nicht_foerderfaehig" if "verletzt" in deciding else "offen" if "offen" in deciding else "foerderfaehig"
    assert budget["ergebnis"] == expected, (budget["ergebnis"], deciding)


def check_text(text: str) -> None:
    """A report says something, and holds nothing a terminal would obey."""
    assert text.strip()
    assert _is_clean(text.replace("\n", "")), [char for char in text if not _is_clean(char)]
    assert "Programmfehler" not in text
    assert "Traceback" not in text


def _is_clean(text: str) -> bool:
    return text.isprintable() or all(char.isprintable() or char in "\n\u00a0\u2007\u2009\u202f" for char in text)


class Said(NamedTuple):
    """What a call of the program left."""

    code: int
    out: str
    err: str


def said(*args: object) -> Said:
    """Run the program in this process."""
    out, err = io.StringIO(), io.StringIO()
    argv = ["foerdercheck", *map(str, args)]
    with mock.patch.object(sys, "argv", argv), contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = cli._run()
    found = Said(code, out.getvalue(), err.getvalue())
    assert code in {0, 1, 2, 3}, found
    assert "Programmfehler" not in found.err, found
    return found


def _go(call: Call, file: Path, assessment: Assessment) -> None:
    options = ["--stichtag", call.stichtag.isoformat()] if call.stichtag else []
    if call.way == "terminal":
        render_terminal(report(assessment, herleitung=call.herleitung), 80, "truecolor")
    elif call.way.startswith("alle"):
        _compare(file, options, as_json=call.way == "alle-json")
    elif call.way in MACHINES:
        _for_machines(file, call.way, options, assessment)
    elif call.way == "output":
        _with_results(file, options, call, assessment)
    else:
        _converted(file, call.stichtag, assessment)


def _for_machines(file: Path, form: str, options: list[str], assessment: Assessment) -> None:
    found = said("check", file, "--format", form, *options)
    assert found.code == assessment.exit_code, found
    if form == "junit":
        assert fromstring(found.out).tag == "testsuites"
    elif form == "sarif":
        assert parsed(found.out)["version"] == "2.1.0"
    elif form == "kurz" and assessment.ergebnis == "foerderfaehig":
        assert found.out == ""
    else:
        check_text(found.out.replace("\u200b", ""))  # keeps Markdown from taking names for mentions


def _compare(file: Path, options: list[str], *, as_json: bool) -> None:
    found = said("check", file, "--alle", *options, "--format", "json" if as_json else "tabelle")
    if not found.out:
        assert found.code == 2
        assert found.err
    elif as_json:
        document = parsed(found.out)
        check_document(document)
        assert found.code == CODES[document["ergebnis"]], found
        assert sum(budget["ergebnis"] == "fehler" for budget in document["budgets"]) <= 1, found
    else:
        check_text(found.out)


def _with_results(file: Path, options: list[str], call: Call, assessment: Assessment) -> None:
    output = file.with_name("ergebnis.xlsx")
    output.unlink(missing_ok=True)
    found = said("check", file, "--output", output, *options)
    if found.code == 2:
        assert output.exists() is ("mit Notizen an" in found.err), found
    else:
        assert found.code == assessment.exit_code, found
        assert _findings(check_budget(output, stichtag=call.stichtag)) == _findings(assessment)


def _findings(assessment: Assessment) -> list[tuple[str, str, str | None]]:
    """What the rules say, but for how the file is written and for texts, which name places."""
    said = (befund for befund in assessment.befunde if befund.regel != "datei")
    return [(befund.regel, befund.status, befund.beteiligter) for befund in said]


def _converted(file: Path, stichtag: date | None, assessment: Assessment) -> None:
    """What can be converted says the same afterwards."""
    ziel = file.with_name("umgewandelt.yaml" if file.suffix == ".xlsx" else "umgewandelt.xlsx")
    ziel.unlink(missing_ok=True)
    found = said("umwandeln", file, ziel)
    assert ziel.exists() is (found.code == 0), found
    if found.code == 0 and assessment.ergebnis != "fehler":
        again = check_budget(ziel, stichtag=stichtag)
        assert again.fehler == ()
        assert again.summen == assessment.summen
        assert _findings(again) == _findings(assessment)
