"""Shells complete commands and options."""

import os
import subprocess
import sys

import pytest


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish", "powershell"])
def test_every_shell_gets_a_script(run, shell):
    said = run("completion", shell)
    assert said.code == 0
    assert "_FOERDERCHECK_COMPLETE" in said.out


def test_an_unknown_shell_is_a_wrong_call(run):
    said = run("completion", "tcsh")
    assert said.code == 2
    assert "bash, zsh, fish, powershell" in said.err


@pytest.mark.parametrize(
    ("typed", "word", "offered"),
    [("foerdercheck pro", 1, "programme"), ("foerdercheck check --herl", 2, "--herleitung")],
)
def test_bash_is_answered(typed, word, offered):
    asked = {"_FOERDERCHECK_COMPLETE": "complete_bash", "COMP_WORDS": typed, "COMP_CWORD": str(word)}
    done = subprocess.run(
        [sys.executable, "-m", "foerdercheck"], env=os.environ | asked, capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == [offered]
