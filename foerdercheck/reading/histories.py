"""De-minimis histories from any format: YAML, spreadsheet or CSV, with the same fields and messages."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any, TypeVar

from foerdercheck.model.angaben import BEIHILFEN
from foerdercheck.model.beihilfe import Beihilfe, Beziehung, Ereignis, Historie
from foerdercheck.model.location import InputError, Location, Problem, placed
from foerdercheck.model.records import Intake
from foerdercheck.model.rows import Spalten, read_rows
from foerdercheck.model.scalars import fold
from foerdercheck.model.words import Vocabulary
from foerdercheck.reading.budget_sheets import clear_example
from foerdercheck.reading.cells import scalar
from foerdercheck.reading.csv_rows import CsvRows
from foerdercheck.reading.document import GeleseneHistorie
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
_MONEY = ("foerdersumme", "subventionswert")


def read_history(file: File, vocabulary: Vocabulary) -> GeleseneHistorie:
    """Read a history by the suffix of its file; raises InputError with every problem and its place.

    `vocabulary` holds the regulations there are.
    """
    if file.suffix in YAML_SUFFIXES:
        return _from_yaml(file, Intake(vocabulary))
    if file.suffix == ".csv":
        return _from_csv(CsvRows(file.data, file.shown), file, Intake(vocabulary))
    tables, remarks = _tables(read_sheets(file.data, file.shown), file.shown)
    return _from_tables(TableSource(file.name, tables), tables, Intake(vocabulary), remarks)


def _from_yaml(file: File, intake: Intake) -> GeleseneHistorie:
    document = read_text(file.data, file.name)
    intake.problems += document.problems
    historie = intake.read(Historie, document.tree)
    if historie is None or intake.problems:
        raise InputError(placed(intake.problems, document.source), document.source)
    return GeleseneHistorie(historie, document.source)


def _from_csv(rows: CsvRows, file: File, intake: Intake) -> GeleseneHistorie:
    table = find_table(rows, Beihilfe._fields, _AWARDS)
    if table is None:
        raise no_table(file.shown, ("Unternehmen", "Gewährt am", "Subventionswert"))
    tables = {"beihilfen": (None, table)}
    return _from_tables(TableSource(file.name, tables, rows.lines), tables, intake)


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


def _from_tables(
    source: TableSource, tables: _Tables, intake: Intake, remarks: Sequence[Problem] = ()
) -> GeleseneHistorie:
    odd: list[Problem] = []

    def part(key: str, kind: type[_T]) -> tuple[_T, ...]:
        if key not in tables:
            return ()
        sheet, table = tables[key]
        rows: Iterator[Sequence[Any]] = (row for _, row in table.data())
        if sheet is not None:  # a text holds no floats
            rows = _watched(rows, table, partial(source.cell, sheet), odd)
        return read_rows(intake, kind, Spalten(table.places, scalar), rows, (key,))

    historie = Historie(
        beihilfen=part("beihilfen", Beihilfe),
        verbund=part("verbund", Beziehung),
        ereignisse=part("ereignisse", Ereignis),
    )
    if intake.problems:
        raise InputError(placed(intake.problems, source), source)
    unknown = [
        said
        for key, (sheet, table) in tables.items()
        for said in unknown_columns(table, partial(source.cell, sheet), _FIELDS[key])
    ]
    return GeleseneHistorie(historie, source, (*unknown, *placed(odd, source), *remarks))


def _watched(
    rows: Iterable[Sequence[Any]], table: Table, where: Callable[[int, int], Location], odd: list[Problem]
) -> Iterator[Sequence[Any]]:
    """Yield the rows, noting in `odd` every amount that is no whole number of cents."""
    money = [(name, table.places[name]) for name in _MONEY if name in table.places]
    for row in rows:
        for name, place in money:
            if text := rounding_remark(name, row[place]):
                odd.append(Problem(text, (), where(table.rows[-1], place)))
        yield row
