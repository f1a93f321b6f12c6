"""Calls that are nearly right get what to type instead; a Ziffer stands for its rules; a signal leaves nothing half written."""

import os
import re
import subprocess
import sys

import pytest
from demo import JA, PROGRAMM


@pytest.mark.parametrize("call", [(), ("check",), ("regel",), ("vorlage",)])
def test_a_short_option_shows_the_help(run, call):
    assert run(*call, "-h") == run(*call, "--help")
    assert run(*call, "-h").code == 0


@pytest.mark.parametrize(
    ("word", "meant"), [("budget.xlsx", "check"), ("plan/B.YAML", "check"), ("liste.csv", "deminimis"), ("chek", "")]
)
def test_a_file_without_a_command_names_the_command(run, word, meant):
    code, out, err = run(word)
    assert (code, out) == (2, "")
    assert (f"{word} ist eine Datei, kein Befehl. Gemeint ist wohl: foerdercheck {meant} {word}\n" in err) is bool(
        meant
    )
    assert meant or "Diesen Befehl gibt es nicht" in err


def test_check_without_a_file_names_what_lies_in_the_folder(run, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert (
        "Es fehlt die Angabe BUDGET…; in diesem Ordner liegt keine Datei, die ein Budget sein kann" in run("check").err
    )
    for name in ("b.xlsx", "a.yaml", "~$b.xlsx", ".c.yaml", "brief.docx"):
        (tmp_path / name).touch()
    (tmp_path / "ordner.yaml").mkdir()
    said = run("check")
    assert said.code == 2
    assert "BUDGET…. In diesem Ordner liegt: a.yaml und b.xlsx. Ein Punkt prüft alle: foerdercheck check ." in said.err


def _titles(out):
    return re.findall(r"^([a-z-]+/[^ :]+): ", out, re.MULTILINE)


@pytest.mark.parametrize(
    ("asked", "rules"),
    [
        ("sh-ki/4.2", ["sh-ki/4.2-gesamtfinanzierung", "sh-ki/4.2-folgekosten"]),
        ("4.2", ["sh-ki/4.2-gesamtfinanzierung", "sh-ki/4.2-folgekosten", "zr-ni-rm/4.2-auflagen"]),
        ("4.2-folgekosten", ["sh-ki/4.2-folgekosten"]),
    ],
)
def test_a_ziffer_or_a_name_stands_for_its_rules(run, asked, rules):
    code, out, _ = run("regel", asked)
    assert (code, set(rules) <= set(_titles(out))) == (0, True)
    assert all(asked.rpartition("/")[2] in title for title in _titles(out) if title.startswith("sh-ki"))


def test_an_unknown_rule_is_told_with_a_near_one(run):
    code, _, err = run("regel", "9.9")
    assert (code, "die Regel „9.9“ gibt es nicht" in err) == (2, True)
    assert "meinten Sie „4.2-folgekosten“?" in run("regel", "4.2-folgekostn").err


@pytest.mark.parametrize("call", [("programme", "sh-ki"), ("regel", "5.4")])
def test_values_stand_beneath_each_other(run, call):
    """Nothing is set in columns, which a narrow window would tear: what follows a label is one text."""
    lines = run(*call).out.splitlines()
    at = next(number for number, line in enumerate(lines) if "angebote_ab_auftragswert: 30.000,00 €" in line)
    assert [line.split()[0] for line in lines[at : at + 3]] == ["Ziffer", "Inhalt", "Beleg"]
    assert not any(set(line) == {"-", " "} for line in lines[at - 6 : at + 6])


def test_an_exception_for_a_ziffer_is_answered_with_its_rules(check, tmp_path):
    file = tmp_path / "b.yaml"
    text = JA.read_text(encoding="utf-8") + "ausnahmen: [{regel: '7', grund: Eil, wer: Amt, bis: 2099-01-01}]\n"
    file.write_text(text, encoding="utf-8")
    out = check(file).out
    names = [line.strip().removesuffix(":") for line in PROGRAMM.read_text(encoding="utf-8").splitlines()]
    expected = [name for name in names if name.startswith("7-")]
    assert len(expected) > 1
    assert f"„7“ ist als Regel nicht bekannt. Erlaubt: {', '.join(expected)}" in out


def test_a_template_without_a_programme_lists_them_with_titles(run, tmp_path):
    err = run("vorlage", tmp_path / "b.xlsx").err
    assert "für welches Programm? Möglich sind:\n  mpsc " in err
    assert "\n  sh-ki     KI-Förderrichtlinie Schleswig-Holstein\n" in err


def test_the_gross_grant_equivalent_without_options_explains_itself(run):
    code, _, err = run("subventionswert")
    assert (code, err.startswith("Aufruf: foerdercheck subventionswert")) == (2, True)
    assert "--darlehen" in err


ENDED = """
import os, signal, sys
from foerdercheck import cli
from foerdercheck.cli import output

def half():
    yield b"halb"
    os.kill(os.getpid(), signal.SIGTERM)
    yield b"ganz"

write = output._write_file
output._write_file = lambda pieces, goal: write(half(), goal)
sys.argv = ["foerdercheck", "check", sys.argv[1], "--programm", sys.argv[2], "--output", "x.json"]
sys.exit(cli.main())
"""


@pytest.mark.skipif(os.name != "posix", reason="signals")
def test_a_signal_leaves_nothing_half_written(tmp_path):
    done = subprocess.run(
        [sys.executable, "-c", ENDED, JA, PROGRAMM], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout) == (130, "")
    assert done.stderr.endswith("foerdercheck: abgebrochen\n")
    assert list(tmp_path.iterdir()) == []
