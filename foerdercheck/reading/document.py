"""What reading a file gives, whatever its format."""

from typing import NamedTuple

from foerdercheck.model.location import Problem, SourceMap
from foerdercheck.model.records import Tree


class Document(NamedTuple):
    """The tree of a file, the map from its paths to places, problems that leave it readable, and what is remarkable."""

    tree: Tree
    source: SourceMap
    problems: tuple[Problem, ...] = ()
    hinweise: tuple[Problem, ...] = ()
