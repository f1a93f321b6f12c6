"""Where results go: stdout or a file; a terminal gets colours, everything else plain text."""

import os
import sys
from collections.abc import Iterable
from pathlib import Path as FilePath

from foerdercheck.reports.dokument import Block
from foerdercheck.reports.text import render_text


class OutputError(Exception):
    """A result that cannot be written; its text says why."""


def write_blocks(blocks: Iterable[Block], output: FilePath | None) -> None:
    """Show blocks on the terminal, or write them as plain text where there is none."""
    if output is None and sys.stdout.isatty() and os.environ.get("TERM") != "dumb":
        from rich.console import Console  # noqa: PLC0415 - costs more than a whole check; only terminals need it

        from foerdercheck.reports.terminal import print_terminal  # noqa: PLC0415

        print_terminal(blocks, Console())
    else:
        write_text(render_text(blocks), output)


def write_text(text: str, output: FilePath | None) -> None:
    """Write text to `output`, or to stdout; raises OutputError if the file cannot be written."""
    if output is None:
        sys.stdout.write(text)
        return
    try:
        output.write_text(text, encoding="utf-8")
    except OSError as error:
        raise OutputError(f"{output} lässt sich nicht schreiben: {error.strerror}") from None


def complain(text: str) -> None:
    """Write a diagnosis to stderr."""
    sys.stderr.write(f"foerdercheck: {text}\n")
