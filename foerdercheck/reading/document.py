"""What reading a file gives, whatever its format, and whether it is a budget or a history."""

from typing import NamedTuple

from foerdercheck.model.beihilfe import Historie
from foerdercheck.model.location import Location, Path, Problem, SourceMap
from foerdercheck.model.records import Tree
from foerdercheck.model.scalars import fold

KEINE_HISTORIE = frozenset({"nein", "ja", "keiner", "-"})
"""Words people write where `keine`, a file or a list is expected."""


class Aenderung(NamedTuple):
    """A value that was replaced before the file was read: its path and place, what stands there, and what was put there.

    Both texts are empty where there is no statement.
    """

    pfad: Path
    ort: Location
    alt: str
    neu: str


class Document(NamedTuple):
    """The tree of a file, the map from its paths to places, problems that leave it readable, and what is remarkable.

    `aenderungen` are the values that are not those of the file, `inhalt` is the file as it is.
    """

    tree: Tree
    source: SourceMap
    problems: tuple[Problem, ...] = ()
    hinweise: tuple[Problem, ...] = ()
    inhalt: bytes = b""
    aenderungen: tuple[Aenderung, ...] = ()


class GeleseneHistorie(NamedTuple):
    """A history with its places and what is remarkable about how it is written; its awards stand at `pfad`."""

    historie: Historie
    source: SourceMap
    hinweise: tuple[Problem, ...] = ()
    pfad: Path = ("beihilfen",)


def is_history(tree: Tree) -> bool:
    """Tell whether a file is a de-minimis history rather than a budget."""
    return isinstance(tree, dict) and "beihilfen" in tree and "foerderprogramm" not in tree


def history_file(stated: object) -> str | None:
    """Return the file a Beteiligter names under `deminimis`; None if it states anything else."""
    return stated if isinstance(stated, str) and fold(stated) not in {"keine", *KEINE_HISTORIE} else None
