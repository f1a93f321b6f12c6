"""Shells complete commands, options and their words."""

import os
import subprocess
import sys

import pytest

from foerdercheck.cli.formats import ALLE_FORMATE
from foerdercheck.schema.documents import SCHEMAS


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
    [
        ("foerdercheck pro", 1, "programme"),
        ("foerdercheck check --herl", 2, "--herleitung"),
        ("foerdercheck check --format j", 3, "json junit"),
        ("foerdercheck check --format ", 3, " ".join(ALLE_FORMATE)),
        ("foerdercheck check --format x", 3, ""),
        ("foerdercheck deminimis --format j", 3, "json"),
        ("foerdercheck deminimis --grenztag r", 3, "rna"),
        ("foerdercheck vorlage --art h", 3, "historie"),
        ("foerdercheck schema --art ", 3, " ".join(SCHEMAS)),
        ("foerdercheck completion z", 2, "zsh"),
    ],
)
def test_bash_is_answered(typed, word, offered):
    asked = {"_FOERDERCHECK_COMPLETE": "complete_bash", "COMP_WORDS": typed, "COMP_CWORD": str(word)}
    done = subprocess.run(
        [sys.executable, "-m", "foerdercheck"], env=os.environ | asked, capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == offered.split()
