"""A foreign table as the same tree that our own sheets give, with the foreign cell of everything in it."""

from collections.abc import Collection, Iterator, Sequence

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
    read: set[str] = set()
    for key, blatt in TABELLEN.items():
        rows = _rows(key, sheets, mapping, notes, read)
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
    notes.hinweise.extend(_unread(sheets, read))
    return builder.document()


def _rows(
    key: str, sheets: Sequence[ForeignSheet], mapping: Zuordnungsdatei, notes: Notes, read: set[str]
) -> Iterator[SheetRow]:
    """Yield the rows of every table of a kind; one of fixed values alone needs no sheet. The sheets they stand on are `read`."""
    for name, path, tabelle in mapping.zuordnung.tabellen():
        if name == key:
            table = MappedTable(key, path, tabelle, mapping, notes)
            if tabelle.spalten or tabelle.zellen:
                for foreign in meant_sheets(sheets, path, tabelle, notes):
                    read.add(foreign.sheet.title)
                    yield from table.rows(foreign)
            else:
                yield from table.rows(sheets[0])
            table.compare_sums()


def _unread(sheets: Sequence[ForeignSheet], read: Collection[str]) -> Iterator[Problem]:
    """Yield a remark on every sheet the mapping does not name."""
    for foreign in sheets:
        if foreign.sheet.is_filled and foreign.sheet.title not in read:
            text = "Dieses Blatt wird nicht gelesen: die Zuordnung nennt es nicht."
            yield Problem(text, (), Location(blatt=foreign.sheet.name), ungelesen=True)
