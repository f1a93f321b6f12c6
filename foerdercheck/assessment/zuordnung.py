"""The mapping file by which a foreign table is read, with the words all programmes know."""

from pathlib import Path as FilePath

from foerdercheck.model.zuordnung import Zuordnungsdatei
from foerdercheck.programmes.vokabular import vokabular
from foerdercheck.reading.zuordnung import load_zuordnung


def read_zuordnung(file: str | FilePath) -> Zuordnungsdatei:
    """Read a mapping file; raises InputError with every problem and its place."""
    return load_zuordnung(file, vokabular())
