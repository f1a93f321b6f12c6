"""De-minimis histories from any format: YAML, spreadsheet or CSV, with the same fields and messages."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cache
from pathlib import Path as FilePath
from typing import NamedTuple, TypeVar
from zlib import crc32

from foerdercheck.model.beihilfe import Beihilfe, Beziehung, Ereignis, Historie
from foerdercheck.model.columns import Columns, read_columns
from foerdercheck.model.deutsch import euro
from foerdercheck.model.location import InputError, Location, Problem, SourceMap, placed
from foerdercheck.model.records import Intake
from foerdercheck.model.scalars import fold, parse_geld, shown, suggestion
from foerdercheck.reading.cells import column_letters, field_name, scalar
from foerdercheck.reading.csv_rows import MAX_CSV_BYTES, CsvRows
from foerdercheck.reading.files import YAML_SUFFIXES, read_bytes, read_text
from foerdercheck.reading.sheets import MAX_UNPACKED, SHEET_SUFFIXES, Sheet, read_sheets
from foerdercheck.reading.tables import Table, TableSource, find_table, no_table
from foerdercheck.reading.yaml_tree import MAX_BYTES

HISTORY_SUFFIXES = YAML_SUFFIXES | SHEET_SUFFIXES | {".csv"}
T = TypeVar("T")
_Tables = Mapping[str, tuple[str | None, Table]]
_AWARDS = ("unternehmen", "gewaehrt_am")
_AWARD_SHEETS = frozenset({"beihilfen", "de-minimis", "deminimis"})
_OTHER_SHEETS = frozenset({"verbund", "ereignisse"})
_FIELDS = {"beihilfen": Beihilfe._fields, "verbund": Beziehung._fields, "ereignisse": Ereignis._fields}
_MONEY = frozenset({"foerdersumme", "subventionswert"})
_NOISE = Decimal("0.000001")


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


def read_history(file: FilePath, anteil: Anteil | None = None) -> ReadHistory:
    """Read a history by the suffix of its file; raises InputError with every problem and its place.

    `anteil` reads only a part of a CSV file; rows without an undertaking belong to every part.
    """
    suffix = file.suffix.casefold()
    if suffix not in HISTORY_SUFFIXES:
        raise InputError(
            [
                Problem(
                    f"{file.name}: dieses Format wird nicht gelesen; möglich sind {', '.join(sorted(HISTORY_SUFFIXES))}"
                )
            ]
        )
    if suffix in YAML_SUFFIXES:
        return _from_yaml(read_bytes(file, MAX_BYTES), str(file))
    if suffix == ".csv":
        return _from_csv(CsvRows(read_bytes(file, MAX_CSV_BYTES), file.name), file, anteil)
    sheets = read_sheets(read_bytes(file, MAX_UNPACKED), file.name)
    tables, remarks = _tables(sheets, file.name)
    return _from_tables(TableSource(str(file), tables), tables, remarks)


def _from_yaml(data: bytes, name: str) -> ReadHistory:
    document = read_text(data, name)
    intake = Intake()
    intake.problems += document.problems
    historie = intake.read(Historie, document.tree)
    if historie is None or intake.problems:
        raise InputError(placed(intake.problems, document.source), document.source)
    return ReadHistory(historie, document.source)


def _from_csv(rows: CsvRows, file: FilePath, anteil: Anteil | None) -> ReadHistory:
    table = find_table(rows, Beihilfe._fields, _AWARDS)
    if table is None:
        raise no_table(file.name, ("Unternehmen", "Gewährt am", "Subventionswert"))
    if anteil is not None:
        table.keep("unternehmen", cache(anteil.holds))
    tables = {"beihilfen": (None, table)}
    return _from_tables(TableSource(str(file), tables, lambda row: rows.lines[row]), tables)


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
    return {"beihilfen": (first, found[0][1]), **tables}, remarks


def _from_tables(source: TableSource, tables: _Tables, remarks: Sequence[Problem] = ()) -> ReadHistory:
    intake = Intake()
    rounded: list[Problem] = []

    def blocks(key: str, table: Table) -> Iterator[Columns]:
        for block in table.blocks():
            rounded.extend(_rounded(block, (key, len(table.rows) - block.height)))
            yield block

    def part(key: str, kind: type[T]) -> tuple[T, ...]:
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
    return ReadHistory(historie, source, (*_unknown_columns(tables), *placed(rounded, source), *remarks))


def _by_row(problems: list[Problem], tables: _Tables) -> list[Problem]:
    """Columns are read one after the other; people read rows."""

    def order(problem: Problem) -> tuple[int, int, int]:
        key, row, name = (*problem.pfad, -1, "")[:3]
        return Historie._fields.index(str(key)), int(row), tables[str(key)][1].places.get(str(name), -1)

    return sorted(problems, key=order)


def _rounded(block: Columns, place: tuple[str, int]) -> Iterator[Problem]:
    """Yield a remark for every number of a cell that is not a whole number of cents; noise of floats is none."""
    key, first = place
    for name in _MONEY & block.cells.keys():
        cells = block.cells[name]
        for row, cell in enumerate(cells, first) if float in set(map(type, cells)) else ():
            if not isinstance(cell, float) or cell == round(cell, 2):
                continue
            exact = scalar(cell)
            if isinstance(exact, Decimal) and abs(exact - (cents := parse_geld(exact))) > _NOISE:
                text = f"{name}: {shown(exact)} hat mehr als zwei Nachkommastellen; gerechnet wird mit {euro(cents)}."
                yield Problem(text, (key, row, name))


def _unknown_columns(tables: _Tables) -> Iterator[Problem]:
    for key, (sheet, table) in tables.items():
        for heading, column in table.unknown:
            ort = Location(zeile=table.heading + 1, spalte=column + 1)
            if sheet is not None:
                ort = Location(blatt=sheet, zelle=f"{column_letters(column)}{table.heading + 1}")
            if field_name(heading) in table.places:
                text = f"Die Spalte {shown(heading)} steht doppelt; gelesen wird nur die erste."
            else:
                hint = suggestion(heading, _FIELDS[key])
                text = f"Die Spalte {shown(heading)} ist nicht bekannt und wird nicht gelesen{hint or '.'}"
            yield Problem(text, (), ort)
