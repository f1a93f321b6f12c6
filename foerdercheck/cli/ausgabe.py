"""Where results go: stdout or a file; a terminal gets colours, everything else plain text."""

import errno
import os
import sys
from collections.abc import Iterable
from pathlib import Path as FilePath

from foerdercheck.reports.dokument import Block
from foerdercheck.reports.text import render_text

_REASONS = {
    errno.ENOENT: "den Ordner gibt es nicht",
    errno.EISDIR: "das ist ein Ordner",
    errno.EACCES: "die Berechtigung fehlt",
    errno.EROFS: "der Datenträger ist schreibgeschützt",
    errno.ENOSPC: "der Datenträger ist voll",
}


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
    if output is not None:
        write_bytes(text.encode("utf-8", errors="replace"), output)
        return
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        raise OutputError(f"Die Ausgabe lässt sich nicht schreiben: {_reason(error)}") from None


def write_bytes(content: bytes, output: FilePath) -> None:
    """Write a file; raises OutputError if that is impossible."""
    try:
        output.write_bytes(content)
    except OSError as error:
        raise OutputError(f"{output} lässt sich nicht schreiben: {_reason(error)}") from None


def _reason(error: OSError) -> str:
    return _REASONS.get(error.errno or 0, "das Betriebssystem lässt es nicht zu")


def complain(text: str) -> None:
    """Write a diagnosis to stderr."""
    sys.stderr.write(f"foerdercheck: {text}\n")
