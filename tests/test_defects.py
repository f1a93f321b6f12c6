"""What goes wrong in the program itself: exit 4 with one sentence, never a verdict."""

import re
from importlib import import_module

import pytest
from demo import FEHLER, HISTORIE, JA, NEIN

from foerdercheck.assessment import budget as assessing
from foerdercheck.programmes.fassung import ProgrammeError
from foerdercheck.reports import result_json


def _crash(*_: object, **__: object):
    raise ZeroDivisionError("geteilt durch [b]null[/b]")


@pytest.fixture
def crashing_rule(monkeypatch):
    def bound(fassung):
        first, *others = original(fassung)
        return (first._replace(pruefung=first.pruefung._replace(vorhaben=_crash)), *others)

    original = assessing._bound
    monkeypatch.setattr(assessing, "_bound", bound)


@pytest.mark.usefixtures("crashing_rule")
@pytest.mark.parametrize("options", [(), ("--quiet",), ("--format", "json")], ids=" ".join)
def test_rule_that_crashes_is_exit_4_and_never_a_verdict(check, options):
    code, out, err = check(NEIN, JA, FEHLER, *options)
    assert code == 4
    assert "Traceback" not in out + err
    assert "ja.yaml“: förderfähig" not in out
    assert "Schlüssel „eigenmittel“ steht doppelt" in out or not options
    if options == ("--format", "json"):
        assert "ZeroDivisionError: geteilt durch [b]null[/b]" in out


def test_crash_in_rendering_is_exit_4_with_a_message(check, monkeypatch):
    monkeypatch.setattr(result_json, "budget_document", _crash)
    code, out, err = check(JA, "--format", "json")
    assert (code, out) == (4, "")
    assert err.startswith("foerdercheck: Programmfehler (ZeroDivisionError")
    assert "kein Urteil" in err


class PanicError(BaseException):
    """As what is written in Rust raises: no Exception."""


RAISED = (
    PanicError("Index 3"),
    SystemExit(1),
    MemoryError(),
    RecursionError("tief"),
    BrokenPipeError(32, "EPIPE"),
    GeneratorExit(),
)
STEPS = {
    "cli": ("write_text", ("--version",)),
    "cli.answers": ("write_pieces", ("check", JA, "--format", "json")),
    "cli.papier": ("write_blocks", ("deminimis", HISTORIE)),
    "cli.options": ("new_file", ("vorlage", "neu.yaml")),
}


@pytest.mark.parametrize("error", RAISED, ids=repr)
@pytest.mark.parametrize("module", STEPS)
def test_whatever_is_raised_that_is_no_ctrl_c_is_exit_4(run, monkeypatch, error, module):
    def fail(*_: object, **__: object):
        raise error

    name, call = STEPS[module]
    monkeypatch.setattr(import_module(f"foerdercheck.{module}"), name, fail)
    code, out, err = run(*call)
    assert (code, out) == (4, "")
    assert re.fullmatch(r"foerdercheck: Programmfehler \(\w+(: .+)?\)\. Das ist kein Urteil über Ihr Budget\.\n", err)


def test_programme_file_that_is_defective_is_exit_4(check, monkeypatch):
    def fail(*_: object, **__: object):
        raise ProgrammeError("traum.yaml: Ziffer fehlt")

    monkeypatch.setattr(assessing, "_bound", fail)
    assert check(JA) == (4, "", "foerdercheck: traum.yaml: Ziffer fehlt\n")
