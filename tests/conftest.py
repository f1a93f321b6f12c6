"""What all tests share: the program run in this process, and hypothesis trying the same examples on every run."""

import io
import sys
from typing import NamedTuple

import pytest
from hypothesis import HealthCheck, settings

from foerdercheck import cli

settings.register_profile(
    "wiederholbar",
    derandomize=True,
    deadline=None,
    database=None,
    max_examples=60,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("wiederholbar")


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
