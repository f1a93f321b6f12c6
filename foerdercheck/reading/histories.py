"""De-minimis histories from any format: YAML, spreadsheet or CSV, with the same fields and messages."""

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache, partial
from typing import NamedTuple, TypeVar
from zlib import crc32

from foerdercheck.model.angaben import BEIHILFEN
from foerdercheck.model.beihilfe import Beihilfe, Beziehung, Ereignis, Historie
from foerdercheck.model.columns import Columns, read_columns
from foerdercheck.model.location import InputError, Location, Problem, SourceMap, placed
from foerdercheck.model.records import Intake
from foerdercheck.model.scalars import fold
from foerdercheck.reading.budget_sheets import clear_example
from foerdercheck.reading.cells import scalar
from foerdercheck.reading.csv_rows import CsvRows
from foerdercheck.reading.files import YAML_SUFFIXES, File, read_text
from foerdercheck.reading.remarks import rounding_remark, unknown_columns
from foerdercheck.reading.sheets import Sheet, read_sheets
from foerdercheck.reading.tables import Table, TableSource, find_table, no_table

_T = TypeVar("_T")
_Tables = Mapping[str, tuple[str | None, Table]]
_AWARDS = ("unternehmen", "gewaehrt_am")
_AWARD_SHEETS = frozenset({"beihilfen", "de-minimis", "deminimis"})
_OTHER_SHEETS = frozenset({"verbund", "ereignisse"})
_FIELDS = {"beihilfen": Beihilfe._fields, "verbund": Beziehung._fields, "ereignisse": Ereignis._fields}
_MONEY = frozenset({"foerdersumme", "subventionswert"})


class ReadHistory(NamedTuple):
    """A history with its places and what is remarkable about how it is written."""

    historie: Historie
    source: SourceMap
    hinweise: tuple[Problem, ...] = ()


class Anteil(NamedTuple):
    """One of `anzahl` parts of a CSV history: the undertakings that fall to `nummer` (from 0)."""

    nummer: int
    anzahl: int

    def holds(self, unternehmen: str) -> bool:
        """Tell whether an undertaking falls to this part, however its name is written."""
        return crc32(fold(unternehmen).encode()) % self.anzahl == self.nummer


def read_history(file: File, anteil: Anteil | None = None) -> ReadHistory:
    """Read a history by the suffix of its file; raises InputError with every problem and its place.

    `anteil` reads only a part of a CSV file; rows too short to name an undertaking belong to every part.
    """
    if file.suffix in YAML_SUFFIXES:
        return _from_yaml(file)
    if file.suffix == ".csv":
        return _from_csv(CsvRows(file.data, file.shown), file, anteil)
    tables, remarks = _tables(read_sheets(file.data, file.shown), file.shown)
    return _from_tables(TableSource(file.name, tables), tables, remarks)


def _from_yaml(file: File) -> ReadHistory:
    document = read_text(file.data, file.name)
    intake = Intake()
    intake.problems += document.problems
    historie = intake.read(Historie, document.tree)
    if historie is None or intake.problems:
        raise InputError(placed(intake.problems, document.source), document.source)
    return ReadHistory(historie, document.source)


def _from_csv(rows: CsvRows, file: File, anteil: Anteil | None) -> ReadHistory:
    table = find_table(rows, Beihilfe._fields, _AWARDS)
    if table is None:
        raise no_table(file.shown, ("Unternehmen", "Gewährt am", "Subventionswert"))
    if anteil is not None:
        table.keep("unternehmen", lru_cache(65_536)(anteil.holds))
    tables = {"beihilfen": (None, table)}
    return _from_tables(TableSource(file.name, tables, rows.lines), tables)


def _tables(sheets: list[Sheet], name: str) -> tuple[_Tables, list[Problem]]:
    """Find the tables of a workbook: sheets by name, the awards also on the first sheet that has their headings.

    Also returns remarks about sheets with awards that are not read.
    """
    tables: dict[str, tuple[str | None, Table]] = {}
    for key, fields in (("verbund", Beziehung._fields), ("ereignisse", Ereignis._fields)):
        for sheet in (sheet for sheet in sheets if fold(sheet.name) == key):
            table = find_table(sheet.rows, fields, fields[:1])
            if table is not None:
                tables[key] = (sheet.name, table)
            elif any(scalar(cell) is not None for row in sheet.rows for cell in row):
                raise no_table(f"{name}, Blatt {sheet.name}", fields)
    rest = [sheet for sheet in sheets if fold(sheet.name) not in _OTHER_SHEETS]
    named = [sheet for sheet in rest if fold(sheet.name) in _AWARD_SHEETS]
    found = [(sheet, table) for sheet in named or rest if (table := find_table(sheet.rows, Beihilfe._fields, _AWARDS))]
    if not found:
        raise no_table(name, ("Unternehmen", "Gewährt am", "Subventionswert"))
    first = found[0][0].name
    text = f"Auch auf diesem Blatt stehen Beihilfen; gelesen wird nur das Blatt „{first}“."
    unread = [sheet for sheet in rest if sheet.name != first and find_table(sheet.rows, Beihilfe._fields, _AWARDS)]
    remarks = [Problem(text, (), Location(blatt=sheet.name)) for sheet in unread]
    remarks += clear_example(found[0][0], BEIHILFEN, found[0][1])
    return {"beihilfen": (first, found[0][1]), **tables}, remarks


def _from_tables(source: TableSource, tables: _Tables, remarks: Sequence[Problem] = ()) -> ReadHistory:
    intake = Intake()
    odd: list[Problem] = []

    def blocks(key: str, table: Table) -> Iterator[Columns]:
        for block in table.blocks():
            odd.extend(_odd_cents(block, (key, len(table.rows) - block.height)))
            yield block

    def part(key: str, kind: type[_T]) -> tuple[_T, ...]:
        if key not in tables:
            return ()
        table = tables[key][1]
        return read_columns(intake, kind, table.places, blocks(key, table), (key,))

    historie = Historie(
        beihilfen=part("beihilfen", Beihilfe),
        verbund=part("verbund", Beziehung),
        ereignisse=part("ereignisse", Ereignis),
    )
    if intake.problems:
        raise InputError(placed(_by_row(intake.problems, tables), source), source)
    unknown = [
        said
        for key, (sheet, table) in tables.items()
        for said in unknown_columns(table, partial(source.cell, sheet), _FIELDS[key])
    ]
    return ReadHistory(historie, source, (*unknown, *placed(odd, source), *remarks))


def _by_row(problems: list[Problem], tables: _Tables) -> list[Problem]:
    """Columns are read one after the other; people read rows."""

    def order(problem: Problem) -> tuple[int, int, int]:
        if not problem.pfad:  # that there are more comes last
            return len(Historie._fields), 0, 0
        key, row, name = (*problem.pfad, -1, "")[:3]
        return Historie._fields.index(str(key)), int(row), tables[str(key)][1].places.get(str(name), -1)

    return sorted(problems, key=order)


def _odd_cents(block: Columns, place: tuple[str, int]) -> Iterator[Problem]:
    key, first = place
    for name in _MONEY & block.cells.keys():
        cells = block.cells[name]
        for row, cell in enumerate(cells, first) if float in set(map(type, cells)) else ():
            if text := rounding_remark(name, cell):
                yield Problem(text, (key, row, name))
