"""Which files a call means: the files named, those found in folders, and stdin."""

import os
from collections.abc import Iterator, Sequence
from pathlib import Path as FilePath

from foerdercheck.reading.files import BUDGET_SUFFIXES

STDIN = "-"
_SUFFIXES = tuple(BUDGET_SUFFIXES)


def budget_files(names: Sequence[str]) -> Iterator[tuple[str, bool]]:
    """Yield `(name, found)` in the order of the call, `found` for files met in a folder; folders in order of names.

    What is met there and cannot be read (a folder, a link that leads nowhere) is yielded, too: reading it says why.
    """
    for name in names:
        if is_folder(name):
            yield from ((str(file), True) for file in _inside(name))
        else:
            yield name, False


def is_folder(name: str) -> bool:
    """Tell whether a name of the call is that of a folder; what nobody may look at is none."""
    return name != STDIN and os.path.isdir(name)  # noqa: PTH112 - that of Path raises where a permission is missing


def _inside(folder: str) -> list[FilePath]:
    """Return what lies below a folder and has one of our suffixes, without hidden files and the locks of Excel.

    Folders of which the content cannot be listed are returned themselves. Links to folders are not followed.
    """
    found, folders = [], [folder]
    while folders:
        here = folders.pop()
        try:
            with os.scandir(here) as entries:
                for entry in entries:
                    if entry.name.startswith((".", "~$")):
                        continue
                    if entry.is_dir(follow_symlinks=False):
                        folders.append(entry.path)
                    elif entry.name.casefold().endswith(_SUFFIXES) and not (
                        entry.is_symlink() and is_folder(entry.path)
                    ):
                        found.append(FilePath(entry.path))
        except OSError:
            found.append(FilePath(here))
    return sorted(found, key=lambda file: file.parts)
