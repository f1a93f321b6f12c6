"""Which files a call means: the files named, those found in folders, and stdin."""

import os
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path as FilePath

from foerdercheck.reading.files import BUDGET_SUFFIXES

STDIN = "-"
_SUFFIXES = tuple(BUDGET_SUFFIXES)


def budget_files(names: Sequence[str]) -> Iterator[tuple[str, bool]]:
    """Yield `(name, found)` in the order of the call, `found` for files met in a folder; folders in order of names."""
    for name in names:
        folder = FilePath(name)
        if name != STDIN and folder.is_dir():
            yield from ((str(file), True) for file in _inside(folder))
        else:
            yield name, False


def _inside(folder: FilePath) -> list[FilePath]:
    """Return the files below a folder whose suffix is one of ours, without hidden ones and the locks of Excel."""
    files, folders = [], [os.fspath(folder)]
    while folders:
        with suppress(PermissionError), os.scandir(folders.pop()) as entries:
            for entry in entries:
                if entry.name.startswith((".", "~$")):
                    continue
                if entry.is_dir(follow_symlinks=False):
                    folders.append(entry.path)
                elif entry.name.casefold().endswith(_SUFFIXES) and entry.is_file():
                    files.append(FilePath(entry.path))
    return sorted(files, key=lambda file: file.parts)
