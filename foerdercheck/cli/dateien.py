"""Which files a call means: the files named, those found in folders, and stdin."""

from collections.abc import Iterator, Sequence
from pathlib import Path as FilePath

from foerdercheck.reading.files import BUDGET_SUFFIXES

STDIN = "-"


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
    return sorted(
        file
        for file in folder.rglob("*")
        if file.suffix.casefold() in BUDGET_SUFFIXES
        and file.is_file()
        and not any(part.startswith((".", "~$")) for part in file.relative_to(folder).parts)
    )
