"""Help and usage errors: German, in the width of the terminal, with what to write instead."""

import re

import pytest
from demo import HISTORIE, JA

from foerdercheck.version import VERSION

ENGLISH = re.compile(
    r"\b(usage|options|commands?|arguments?|show this|message|exit|default|required|error|missing|invalid|try|"
    r"no such|did you mean|got|unexpected|takes?|does not|file|directory|permission|denied)\b",
    re.IGNORECASE,
)


def test_version(run):
    assert run("--version") == (0, f"foerdercheck {VERSION}\n", "")


@pytest.mark.parametrize("command", [(), ("check",), ("deminimis",), ("programme",), ("regel",)], ids=" ".join)
def test_help_is_german(run, command):
    code, out, err = run(*command, "--help")
    assert (code, err) == (0, "")
    assert out.startswith("Aufruf: foerdercheck")
    assert ENGLISH.search(re.sub(r"--\w+", "", out)) is None
    assert not set("{}") & set(out)
    assert max(map(len, out.splitlines())) <= 96


COMMANDS = (
    "",
    "check",
    "deminimis",
    "subventionswert",
    "vorlage",
    "umwandeln",
    "programme",
    "regel",
    "schema",
    "completion",
)


@pytest.mark.parametrize("command", COMMANDS)
def test_help_fits_the_terminal_without_dividing_a_word(run, monkeypatch, command):
    shown = {}
    for columns in (80, 96, 200):
        monkeypatch.setenv("COLUMNS", str(columns))
        shown[columns] = run(*command.split(), "--help").out
        assert max(map(len, shown[columns].splitlines())) <= min(columns, 96)
    assert shown[96] == shown[200]
    assert shown[80].replace("\\\n", "").split() == shown[96].replace("\\\n", "").split()


def test_a_call_too_long_for_the_terminal_can_still_be_copied(run, monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")
    call = (
        "\n  foerdercheck deminimis historie.csv --beihilfe 90.000,00 \\\n"
        '      --stichtag 2026-03-20 --unternehmen "A GmbH"\n'
    )
    assert call in run("deminimis", "--help").out


USAGE = [
    ((), ["check", "deminimis"]),
    (("chekc",), ["chekc", "check"]),
    (("check",), ["BUDGET"]),
    (("check", JA, "--formt", "json"), ["--formt", "--format"]),
    (("check", JA, "--format", "jsn"), ["jsn", "json", "tabelle"]),
    (("check", JA, "--stichtag"), ["--stichtag"]),
    (("check", JA, "--stichtag", "03/01/2026"), ["--stichtag", "03/01/2026"]),
    (("--foo",), ["--foo"]),
    (("programme", "sh-kii"), ["sh-kii", "sh-ki"]),
    (("programme", "zzz"), ["zzz", "sh-ki"]),
    (("programme", "a", "b"), ["b"]),
    (("programme", "../sh-ki"), ["sh-ki"]),
    (("regel", "sh-ki/5.3-stundn"), ["sh-ki/5.3-stunden"]),
    (("regel", "zzz"), ["foerdercheck regel"]),
    (("deminimis",), ["HISTORIE"]),
    (("deminimis", HISTORIE, "--beihilfe", "48.000"), ["mehrdeutig"]),
    (("deminimis", HISTORIE, "--beihilfe", "-5"), ["-5"]),
    (("deminimis", HISTORIE, "--grenztag", "locker"), ["locker", "streng", "rna"]),
    (("deminimis", HISTORIE, "--verordnung", "99"), ["2023/2831"]),
]


@pytest.mark.parametrize(("args", "named"), USAGE, ids=[" ".join(map(str, args[-2:])) for args, _ in USAGE])
def test_usage_error_is_german_and_exit_2(run, args, named):
    code, out, err = run(*args)
    assert (code, out) == (2, "")
    assert err.startswith("foerdercheck: " if args else "Aufruf: ")
    assert [word for word in named if word not in err] == []
    assert "Traceback" not in err
    assert ENGLISH.search(re.sub(r"--\w+", "", err)) is None


def test_flag_with_a_value_is_not_told_that_a_value_is_missing(check):
    code, _, err = check(JA, "--quiet=ja")
    assert code == 2
    assert "fehlt ein Wert" not in err
