"""De-minimis histories from any format: YAML, spreadsheet or CSV, with the same fields and messages."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path as FilePath
from typing import Any, NamedTuple, TypeVar

from foerdercheck.model.beihilfe import Beihilfe, Beziehung, Ereignis, Historie
from foerdercheck.model.columns import read_columns
from foerdercheck.model.location import InputError, Location, Problem, SourceMap, placed
from foerdercheck.model.records import Intake
from foerdercheck.model.scalars import fold, suggestion
from foerdercheck.reading.csv_rows import MAX_CSV_BYTES, read_csv
from foerdercheck.reading.files import YAML_SUFFIXES, read_bytes, read_text
from foerdercheck.reading.sheets import MAX_UNPACKED, SHEET_SUFFIXES, Sheet, read_sheets
from foerdercheck.reading.tables import Table, TableSource, find_table, no_table
from foerdercheck.reading.yaml_tree import MAX_BYTES

HISTORY_SUFFIXES = YAML_SUFFIXES | SHEET_SUFFIXES | {".csv"}
T = TypeVar("T")
_AWARDS = ("unternehmen", "gewaehrt_am")


class ReadHistory(NamedTuple):
    """A history with its places and what is remarkable about how it is written."""

    historie: Historie
    source: SourceMap
    hinweise: tuple[Problem, ...] = ()


def read_history(file: FilePath) -> ReadHistory:
    """Read a history by the suffix of its file; raises InputError with every problem and its place."""
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
        rows = read_csv(read_bytes(file, MAX_CSV_BYTES), file.name)
        return _from_tables(str(file), {"beihilfen": (None, _awards(rows, file.name))})
    sheets = read_sheets(read_bytes(file, MAX_UNPACKED), file.name)
    return _from_tables(str(file), _tables(sheets, file.name))


def _from_yaml(data: bytes, name: str) -> ReadHistory:
    document = read_text(data, name)
    intake = Intake()
    intake.problems += document.problems
    historie = intake.read(Historie, document.tree)
    if historie is None or intake.problems:
        raise InputError(placed(intake.problems, document.source), document.source)
    return ReadHistory(historie, document.source)


def _awards(rows: Sequence[Sequence[Any]], name: str) -> Table:
    table = find_table(rows, Beihilfe._fields, _AWARDS)
    if table is None:
        raise no_table(name, ("Unternehmen", "Gewährt am", "Subventionswert"))
    return table


def _tables(sheets: list[Sheet], name: str) -> dict[str, tuple[str | None, Table]]:
    """Find the tables of a workbook: sheets by name, the awards also on the first sheet that has their headings."""
    tables: dict[str, tuple[str | None, Table]] = {}
    for key, fields in (("verbund", Beziehung._fields), ("ereignisse", Ereignis._fields)):
        for sheet in sheets:
            if fold(sheet.name) == key and (table := find_table(sheet.rows, fields, fields[:1])) is not None:
                tables[key] = (sheet.name, table)
    rest = sorted(sheets, key=lambda sheet: fold(sheet.name) not in {"beihilfen", "de-minimis", "deminimis"})
    for sheet in rest:
        table = find_table(sheet.rows, Beihilfe._fields, _AWARDS)
        if table is not None and sheet.name not in {name for name, _ in tables.values()}:
            return {"beihilfen": (sheet.name, table), **tables}
    raise no_table(name, ("Unternehmen", "Gewährt am", "Subventionswert"))


def _from_tables(datei: str, tables: Mapping[str, tuple[str | None, Table]]) -> ReadHistory:
    source = TableSource(datei, tables)
    intake = Intake()

    def part(key: str, kind: type[T]) -> tuple[T, ...]:
        return read_columns(intake, kind, tables[key][1].columns, (key,)) if key in tables else ()

    historie = Historie(
        beihilfen=part("beihilfen", Beihilfe),
        verbund=part("verbund", Beziehung),
        ereignisse=part("ereignisse", Ereignis),
    )
    if intake.problems:
        raise InputError(placed(intake.problems, source), source)
    return ReadHistory(historie, source, tuple(_unknown_columns(tables)))


def _unknown_columns(tables: Mapping[str, tuple[str | None, Table]]) -> Iterator[Problem]:
    for sheet, table in tables.values():
        for heading, column in table.unknown:
            hint = suggestion(heading, list(Beihilfe._fields))
            ort = Location(zeile=table.heading + 1, spalte=column + 1) if sheet is None else Location(blatt=sheet)
            yield Problem(f"Die Spalte „{heading}“ ist nicht bekannt und wird nicht gelesen{hint or '.'}", (), ort)
