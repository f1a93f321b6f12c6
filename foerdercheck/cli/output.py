"""Where results go: stdout or a file; a terminal gets colours, everything else plain text."""

import errno
import os
import shutil
import sys
import textwrap
from collections import Counter
from collections.abc import Callable, Iterable
from contextlib import suppress
from functools import partial
from io import UnsupportedOperation
from pathlib import Path as FilePath
from stat import S_ISDIR
from typing import TextIO

from foerdercheck.model.deutsch import anzahl, grund
from foerdercheck.model.filenames import shown_name
from foerdercheck.reports.characters import bound, harmless, no_command
from foerdercheck.reports.dokument import Block
from foerdercheck.reports.text import render_text, text_pieces

_GLUE = "\u00a0"
_PAGE = 80
_KEPT_IN_MEMORY = 1024 * 1024


class OutputError(Exception):
    """A result that cannot be written; its text says why."""


class ReaderGoneError(Exception):
    """Whoever read the results has seen enough (| head). No OSError: Typer would end with exit code 1, a verdict."""


Draw = Callable[[Iterable[Block]], str]
"""Makes text of a report; picklable, so that it can be done wherever the report is made."""


def drawing(output: FilePath | None) -> Draw:
    """Return how reports are drawn: for the terminal, or as plain text where there is none."""
    if output is not None or not sys.stdout.isatty() or os.environ.get("TERM") == "dumb":
        return render_text
    from rich.console import Console  # noqa: PLC0415 - costs more than a whole check; only terminals need it

    from foerdercheck.reports.terminal import render_terminal  # noqa: PLC0415

    console = Console()
    if console.legacy_windows:
        return render_text
    return partial(render_terminal, width=console.width, colours=console.color_system)


def write_blocks(blocks: Iterable[Block], output: FilePath | None) -> None:
    """Show blocks on the terminal, or write them as plain text where there is none."""
    draw = drawing(output)
    if draw is render_text:  # as bytes: the euro sign doubles the size of a text
        write_pieces([piece.encode(errors="replace") for piece in text_pieces(blocks)], output)
    else:
        write_text(draw(blocks), output)


def write_page(blocks: Iterable[Block]) -> None:
    """Show what people page through and nobody computes with; for `less` and files as a terminal of 80 columns shows it."""
    if sys.stdout.isatty():
        write_blocks(blocks, None)
        return
    from foerdercheck.reports.terminal import render_terminal  # noqa: PLC0415 - Rich is heavy

    lines = render_terminal(blocks, _PAGE, None).split("\n")
    write_text("\n".join(line.rstrip() for line in lines), None)


def write_text(text: str, output: FilePath | None) -> None:
    """Write text to `output`, or to stdout; raises OutputError if the file cannot be written."""
    write_pieces([text], output)


def write_pieces(pieces: Iterable[str | bytes], output: FilePath | None) -> None:
    """Write each piece of a text to stdout as soon as there is one, or all of them to `output`; raises OutputError."""
    if output is not None:
        _write_whole(pieces, output)
        return
    for piece in pieces:
        try:
            sys.stdout.write(piece if isinstance(piece, str) else piece.decode())
            sys.stdout.flush()
        except BrokenPipeError:
            raise ReaderGoneError from None
        except OSError as error:
            reason = "sie ist geschlossen" if isinstance(error, UnsupportedOperation) else grund(error)
            raise OutputError(f"Die Ausgabe lässt sich nicht schreiben: {reason}") from None


def write_folder(texts: Iterable[tuple[str, str]], folder: FilePath) -> None:
    """Write texts about files, each as NAME.txt, into a folder that is made if there is none; equal names are numbered."""
    count: Counter[str] = Counter()
    try:
        folder.mkdir(exist_ok=True)
    except OSError as error:
        raise _unwritable(folder, error) from None
    for datei, text in texts:
        name = FilePath(datei).name
        count[name] += 1
        number = f"-{count[name]}" if count[name] > 1 else ""
        goal = folder / f"{name}{number}.txt"
        _write_file([text.encode("utf-8", errors="replace")], goal)
    complain(f"{shown_name(folder)}: {anzahl(count.total(), 'Bericht', 'Berichte')} geschrieben")


def write_bytes(content: bytes, output: FilePath, how: str = "geschrieben") -> None:
    """Write a file and say so, and `how`; raises OutputError if that is impossible."""
    _write_file([content], output)
    complain(f"{shown_name(output)} {how}")


def _write_whole(pieces: Iterable[str | bytes], output: FilePath) -> None:
    """Write a file when the last piece is there, for half an answer must not replace a whole one; keeps little in memory."""
    from tempfile import SpooledTemporaryFile  # noqa: PLC0415 - not needed for the screen

    with SpooledTemporaryFile(max_size=_KEPT_IN_MEMORY) as spool:
        for piece in pieces:
            spool.write(piece.encode("utf-8", errors="replace") if isinstance(piece, str) else piece)
        spool.seek(0)
        _write_file(iter(partial(spool.read, _KEPT_IN_MEMORY), b""), output)
    complain(f"{shown_name(output)} geschrieben")


def _write_file(pieces: Iterable[bytes], output: FilePath) -> None:
    """Write a file; what cannot be finished leaves the old one whole."""
    goal = FilePath(os.path.realpath(output))
    new = goal.with_name(f".{goal.name[:100]}.{os.getpid()}")
    try:
        in_place = goal.exists() and not (
            goal.is_file() and os.access(goal.parent, os.W_OK)
        )  # no file, a locked folder
        with goal.open("wb") if in_place else new.open("xb") as stream:
            stream.writelines(pieces)
        if not in_place:
            if goal.exists():
                new.chmod(goal.stat().st_mode)
            new.replace(goal)
    except OSError as error:
        raise _unwritable(output, error) from None
    finally:
        with suppress(OSError):
            new.unlink()


def ensure_writable(output: FilePath) -> None:
    """Raise OutputError if a file can certainly not be written, as far as that can be known before it is."""
    try:
        refused = _refusal(output)
    except OSError as error:
        raise _unwritable(output, error) from None
    if refused is not None:
        raise _unwritable(output, OSError(refused, ""))


def _refusal(output: FilePath) -> int | None:
    if not S_ISDIR(output.parent.stat().st_mode):
        return errno.ENOTDIR
    try:
        there = output.stat()
    except FileNotFoundError:
        return None if os.access(output.parent, os.W_OK | os.X_OK) else errno.EACCES
    if S_ISDIR(there.st_mode):
        return errno.EISDIR
    return None if os.access(output, os.W_OK) else errno.EACCES


def _unwritable(output: FilePath, error: OSError) -> OutputError:
    reason = "den Ordner gibt es nicht" if error.errno == errno.ENOENT else grund(error)
    return OutputError(f"{shown_name(output)} lässt sich nicht schreiben: {reason}")


def complain(text: str, *, told: bool = False) -> None:
    """Write a diagnosis to stderr; one that is `told` on stdout too is left out where both are one screen."""
    if told and sys.stdout.isatty() and sys.stderr.isatty():
        return
    lines = no_command(harmless(f"foerdercheck: {text}")).split("\n")
    diagnose("\n".join(filled(line, sys.stderr) for line in lines) + "\n")


def filled(line: str, stream: TextIO) -> str:
    """Return a line as a terminal has room for it, unless `stream` is none; names of files and amounts are not divided."""
    if not stream.isatty():
        return line
    wide = shutil.get_terminal_size().columns
    wrapper = textwrap.TextWrapper(wide, subsequent_indent="  ", break_long_words=False, break_on_hyphens=False)
    return wrapper.fill(bound(line, _GLUE)).replace(_GLUE, " ")


def diagnose(text: str) -> None:
    """Write text to stderr; if nobody can read there, the exit code says enough, and must stay what it is."""
    with suppress(OSError):
        sys.stderr.write(text)
        sys.stderr.flush()


def open_closed_streams() -> None:
    """Replace closed streams (Python has None for them): writing results to one fails, diagnoses are lost."""
    if sys.stdout is None:
        sys.stdout = open(os.devnull, encoding="utf-8")  # noqa: PTH123, SIM115 - open only for reading
    if sys.stderr is None:
        sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115 - open until the end
