"""A foreign table as the same tree that our own sheets give, with the foreign cell of everything in it."""

from collections.abc import Iterator, Sequence

from foerdercheck.model.angaben import BETEILIGTE, LISTEN, VORHABEN
from foerdercheck.model.location import Location, Problem
from foerdercheck.model.zuordnung import TABELLEN, Zuordnungsdatei
from foerdercheck.reading.document import Document
from foerdercheck.reading.foreign import ForeignSheet, foreign_sheets, meant_sheets
from foerdercheck.reading.mapped_table import MappedTable
from foerdercheck.reading.tree_builder import CellSource, TreeBuilder
from foerdercheck.reading.values import Notes, SheetRow


def read_mapped(data: bytes, name: str, datei: str, mapping: Zuordnungsdatei) -> Document:
    """Return what a foreign file says, read as its mapping states; `name` is what messages call the file `datei`.

    Raises InputError for what is no table.
    """
    zuordnung, notes = mapping.zuordnung, Notes()
    sheets = foreign_sheets(data, name, zuordnung, is_text=datei.casefold().endswith(".csv"))
    source = CellSource(datei, tuple(foreign.sheet.name for foreign in sheets if foreign.lines is None))
    builder = TreeBuilder(source, notes, "unter beteiligte der Zuordnung")
    reading = _Reading(sheets, mapping, notes)
    for key, blatt in TABELLEN.items():
        rows = reading.rows(key)
        if blatt == VORHABEN:
            if (found := [*rows]) and len(found) > 1:
                notes.problems.append(Problem("vorhaben: hier sind es mehrere Zeilen", (), found[1].ort))
            for row in found[:1]:
                builder.vorhaben(row)
        elif blatt == BETEILIGTE:
            builder.beteiligte(rows)
        elif blatt in LISTEN:
            builder.lines(blatt, rows)
        else:
            builder.entries(key, blatt, rows)
    if zuordnung.ist_historie:
        builder.tree.setdefault("beihilfen", [])
    reading.tell_unread()
    return builder.document()


class _Reading:
    """The tables of a mapping on the sheets of a foreign file, and which of those are read."""

    def __init__(self, sheets: Sequence[ForeignSheet], mapping: Zuordnungsdatei, notes: Notes) -> None:
        self._sheets = sheets
        self._mapping = mapping
        self._notes = notes
        self._read: set[str] = set()

    def rows(self, key: str) -> Iterator[SheetRow]:
        """Yield the rows of every table of a kind; one of fixed values alone needs no sheet."""
        for name, path, tabelle in self._mapping.zuordnung.tabellen():
            if name != key:
                continue
            table = MappedTable(key, path, tabelle, self._mapping, self._notes)
            if tabelle.spalten or tabelle.zellen:
                for foreign in meant_sheets(self._sheets, path, tabelle, self._notes):
                    self._read.add(foreign.sheet.title)
                    yield from table.rows(foreign)
            else:
                yield from table.rows(self._sheets[0])
            table.compare_sums()

    def tell_unread(self) -> None:
        """Note the sheets the mapping does not name."""
        for foreign in self._sheets:
            if foreign.sheet.is_filled and foreign.sheet.title not in self._read:
                text = "Dieses Blatt wird nicht gelesen: die Zuordnung nennt es nicht."
                self._notes.hinweise.append(Problem(text, (), Location(blatt=foreign.sheet.name), ungelesen=True))
