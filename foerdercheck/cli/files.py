"""Which files a call means: the files named, those found in folders, and stdin.

What is asked of the system here never raises: where a permission is missing, nothing is there. (The methods of Path raise.)
"""

import os
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path as FilePath

from foerdercheck.reading.files import BUDGET_SUFFIXES, NAMELESS, OLD_SUFFIXES

STDIN = NAMELESS
MeantFiles = Sequence[tuple[str, bool]]
"""Files in the order of the call, those of a folder in order of names; each with whether it was found in a folder."""
_SUFFIXES = tuple(BUDGET_SUFFIXES | OLD_SUFFIXES)


def is_folder(name: str) -> bool:
    """Tell whether a name of the call is that of a folder."""
    return name != STDIN and os.path.isdir(name)  # noqa: PTH112


def exists(name: str | FilePath) -> bool:
    """Tell whether there is anything of this name."""
    return os.path.exists(name)  # noqa: PTH110


def is_file(name: str) -> bool:
    """Tell whether a word of the call is a file or its name looks like one: it has a suffix that is read."""
    return os.path.isfile(name) or name.casefold().endswith((*_SUFFIXES, ".csv"))  # noqa: PTH113


def files_here() -> list[str]:
    """Return the names of files in the folder of the call that have one of our suffixes; nothing below it is looked at."""
    try:
        with os.scandir() as entries:
            names = [entry.name for entry in entries if entry.name.casefold().endswith(_SUFFIXES) and entry.is_file()]
    except OSError:
        return []
    return sorted(name for name in names if not name.startswith((".", "~$")))


def same_file(one: str | FilePath, other: str | FilePath) -> bool:
    """Tell whether two names are those of the same file or folder."""
    try:
        return os.path.samefile(one, other)  # noqa: PTH121
    except (OSError, ValueError):
        return False


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


def _files_of(name: str) -> MeantFiles:
    """Return the files a name means; what is met in a folder and cannot be read is one, too: reading it says why."""
    return [(str(file), True) for file in _inside(name)] if is_folder(name) else [(name, False)]


def meant_files(names: Sequence[str], others: Sequence[FilePath]) -> dict[str, MeantFiles]:
    """Return the files that each name of a call means; one of `others` (exceptions, a mapping) that lies among them is no budget."""
    alone = len(names) == 1

    def is_other(name: str) -> bool:
        return any(same_file(name, other) for other in others)

    return {
        name: [(file, found) for file, found in _files_of(name) if not (others and found and is_other(file))]
        for name in names
        if alone or not is_other(name)
    }


def each_once(files: Iterable[tuple[str, bool]]) -> MeantFiles:
    """Return the files without repeats, each where it comes first; one that is also named by itself counts as named.

    The same entry of the same folder is the same file, whatever way leads to the folder. A link is a file of its own.
    """
    resolved = cache(os.path.realpath)
    once: dict[tuple[str, str], tuple[str, bool]] = {}
    for name, found in files:
        folder, entry = os.path.split(name)  # a Path would take five times as long, for thousands
        key = ("", STDIN) if name == STDIN else (resolved(folder), entry)
        first, only_found = once.get(key, (name, True))
        once[key] = first, only_found and found
    return list(once.values())
