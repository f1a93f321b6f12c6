"""What tasks have in common: what was typed or given with them, and the form of an answer."""

from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache
from pathlib import PurePath
from typing import Any, NamedTuple

from foerdercheck.model.scalars import ScalarError, parse_datum
from foerdercheck.programmes import read_version
from foerdercheck.programmes.fassung import Fassung
from foerdercheck.reading.files import YAML_SUFFIXES, File
from foerdercheck.reports.dokument import Block
from foerdercheck.reports.html_blocks import HtmlWriter

MOST_YAML = 1024 * 1024
"""Bytes of YAML that are read here: without the part of its parser that is in C, each MiB takes seconds."""
ZU_GROSS = (
    "Diese YAML-Datei ist größer als 1 MiB; so große prüft nur das Programm für die Kommandozeile (foerdercheck check), "
    "denn im Browser dauerte es zu lange."
)


class Answer(NamedTuple):
    """What a task leaves: plain data to show, and the files to save."""

    data: dict[str, Any]
    files: tuple[tuple[str, bytes], ...] = ()


class RefusedError(Exception):
    """An input of a form that cannot be meant; its text says why."""


def shown(blocks: Iterable[Block], prefix: str = "", depth: int = 1) -> str:
    """Return a report as HTML to stand in the page, `depth` headings down; what comes from files is nothing but text in it."""
    return "".join(HtmlWriter(blocks, prefix, depth).pieces())


def day_of(asked: Mapping[str, Any], field: str) -> date | None:
    """Return a day that was typed; None where nothing was."""
    typed = asked.get(field)
    try:
        return parse_datum(typed) if typed else None
    except ScalarError as error:
        raise RefusedError(f"Tag: {error}") from None


def too_large(name: str, content: bytes) -> bool:
    """Tell whether a file is YAML that would take too long here."""
    return PurePath(name).suffix.casefold() in YAML_SUFFIXES and len(content) > MOST_YAML


def small_ones(files: Mapping[str, bytes]) -> Mapping[str, bytes]:
    """Return the files that are read here."""
    return {name: content for name, content in files.items() if not too_large(name, content)}


def own_version(asked: Mapping[str, Any]) -> Fassung | None:
    """Return the programme of the user's own that came with a task as its name and text; None where none did.

    Raises ProgrammeError with every defect of it.
    """
    given = asked.get("eigenes")
    if not given:
        return None
    file = File(given["datei"], given["text"].encode(errors="surrogatepass"))
    if file.suffix not in YAML_SUFFIXES:
        raise RefusedError(f"{file.shown} ist keine Programmdatei (.yaml).")
    if too_large(file.name, file.data):
        raise RefusedError(ZU_GROSS)
    return _read_once(file)


@lru_cache(maxsize=1)
def _read_once(file: File) -> Fassung:
    return read_version(file)
