"""De-minimis histories from any format: YAML, spreadsheet or CSV, with the same fields and messages."""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import partial
from itertools import islice
from typing import Any

from foerdercheck.model.angabe import Blatt
from foerdercheck.model.beihilfe import Beihilfe, Beziehung, Ereignis, Historie
from foerdercheck.model.beihilfeangaben import BEIHILFEN, EREIGNISSE, VERBUND
from foerdercheck.model.deutsch import einige
from foerdercheck.model.filenames import shown_name
from foerdercheck.model.headings import heading_of
from foerdercheck.model.location import InputError, Problem, placed
from foerdercheck.model.records import Intake
from foerdercheck.model.rows import TOGETHER, Spalten, read_rows
from foerdercheck.model.scalars import shown
from foerdercheck.model.words import Vocabulary
from foerdercheck.reading.above import lines_above, units_above
from foerdercheck.reading.budget_sheets import clear_example
from foerdercheck.reading.cells import field_name, scalar
from foerdercheck.reading.csv_rows import CsvRows, more_fields
from foerdercheck.reading.document import Document, GeleseneHistorie
from foerdercheck.reading.files import YAML_SUFFIXES, File, read_file, read_text
from foerdercheck.reading.our_sheets import choose_for_history, needed_for_history
from foerdercheck.reading.overlooked import Seen, formulas_remark, tell_overlooked
from foerdercheck.reading.remarks import all_twice, rounding_remark, unknown_columns, unnamed_columns, wrong_totals
from foerdercheck.reading.several_columns import several_columns
from foerdercheck.reading.sheet import Sheet
from foerdercheck.reading.sheets import read_sheets
from foerdercheck.reading.tables import Table, TableSource, Where, find_table, headings_of, no_table
from foerdercheck.reading.values import Notes, wrong_units

_KINDS: Mapping[Blatt, tuple[str, Any]] = {
    BEIHILFEN: ("beihilfen", Beihilfe),
    VERBUND: ("verbund", Beziehung),
    EREIGNISSE: ("ereignisse", Ereignis),
}
_AWARDS = ("unternehmen", "gewaehrt_am")
_MONEY = ("foerdersumme", "subventionswert")
_CENT = Decimal("0.01")
_DIGIT = re.compile(r"\d")


def read_history(file: File, vocabulary: Vocabulary) -> GeleseneHistorie:
    """Read a history by the suffix of its file; raises InputError with every problem and its place.

    `vocabulary` holds the regulations there are.
    """
    if file.zuordnung is not None:
        if not file.zuordnung.zuordnung.ist_historie:
            name = shown_name(file.zuordnung.datei)
            raise InputError([Problem(f"Die Zuordnung {name} ist für ein Budget, nicht für eine Historie.")])
        return _from_tree(read_file(file, vocabulary), vocabulary)
    if file.suffix in YAML_SUFFIXES:
        document = read_text(file.data, file.name)
        if isinstance(document.tree, dict) and "foerderprogramm" in document.tree:
            raise InputError([Problem("Das ist ein Budget, keine De-minimis-Historie: foerdercheck check prüft es.")])
        return _from_tree(document, vocabulary)
    if file.suffix == ".csv":
        return _from_csv(CsvRows(file.data, file.shown, Beihilfe._fields), file, vocabulary)
    sheets = read_sheets(file.data, file.shown, needed_for_history)
    notes = Notes()
    chosen = choose_for_history(sheets, notes)
    if BEIHILFEN not in chosen:
        raise no_table(file.shown, ("Unternehmen", "Gewährt am", "Subventionswert"))
    if notes.problems:
        raise InputError(notes.problems, TableSource(file.name, {}))
    tables = {_KINDS[blatt][0]: [_prepared(sheet, blatt, notes) for sheet in found] for blatt, found in chosen.items()}
    return _from_tables(TableSource(file.name, tables), vocabulary, sheets, notes)


def _from_tree(document: Document, vocabulary: Vocabulary) -> GeleseneHistorie:
    intake = Intake(vocabulary, document.source)
    historie = intake.read(Historie, document.tree)
    problems = [*document.problems, *intake.problems]
    if historie is None or problems:
        raise InputError(placed(problems, document.source), document.source)
    return GeleseneHistorie(historie, document.source, document.hinweise)


def _from_csv(rows: CsvRows, file: File, vocabulary: Vocabulary) -> GeleseneHistorie:
    table = find_table(rows, headings_of(BEIHILFEN), _AWARDS)
    if table is None:
        raise no_table(file.shown, ("Unternehmen", "Gewährt am", "Subventionswert"))
    return _from_tables(TableSource(file.name, {"beihilfen": [(None, table)]}, rows.lines), vocabulary, (), Notes())


def _prepared(sheet: Sheet, blatt: Blatt, notes: Notes) -> tuple[str, Table]:
    """Return the table of a sheet that has its headings; the untouched example of a template does not count."""
    table = find_table(sheet.rows, headings_of(blatt), ())
    if table is None:
        raise no_table(sheet.name, _KINDS[blatt][1]._fields)
    notes.hinweise.extend(clear_example(sheet, blatt, table))
    notes.hinweise.extend(unnamed_columns(sheet.rows, table, sheet.name))
    return sheet.name, table


def _from_tables(
    source: TableSource, vocabulary: Vocabulary, sheets: Sequence[Sheet], notes: Notes
) -> GeleseneHistorie:
    """Read all tables of a history; of those on sheets, tell also what a person may overlook."""
    intake = Intake(vocabulary, source)
    parts: dict[str, tuple[Any, ...]] = {}
    for blatt, (key, kind) in _KINDS.items():
        found: tuple[Any, ...] = ()
        counted: dict[str | None, Counter[Any]] = {}
        first = 0
        for name, table in source.tables.get(key, ()):
            where = partial(source.cell, name)
            intake.problems += [
                *units_above(table, where),
                *lines_above(table, blatt, where),
                *wrong_units(blatt, table, where),
            ]
            several = several_columns(table, intake.vocabulary)
            rows = several.join(table.data())
            watched = _within(rows, table, where, intake) if name is None else _watched(rows, table, where, notes)
            lines = read_rows(intake, kind, Spalten(table.places, scalar), watched, (key,), first=first)
            found += lines
            if blatt == BEIHILFEN and len(source.tables[key]) > 1:
                intake.problems += all_twice(name, Counter(lines), counted)
            notes.hinweise.extend(_wrong_totals(table, lines, where))
            first += len(table.rows)
            intake.problems = [  # of a whole column; the list may stand in several tables
                _of_column(problem, table, where) if problem.pfad == (key,) else problem for problem in intake.problems
            ]
            intake.problems += _no_headings(table, several.columns, where)
            read = {field_name(str(several.headings[column])) for column in several.columns}
            notes.hinweise.extend(unknown_columns(table, where, kind._fields, read))
            columns = [*table.places.values(), *several.columns]
            _tell(next((sheet for sheet in sheets if sheet.name == name), None), table, columns, notes)
        parts[key] = found
    if intake.problems:
        raise InputError(placed(intake.problems, source), source)
    if remark := formulas_remark(notes.formulas):
        notes.hinweise.append(remark)
    return GeleseneHistorie(Historie(**parts), source, tuple(notes.hinweise))


def _wrong_totals(table: Table, lines: Sequence[Any], where: Where) -> Iterator[Problem]:
    if table.totals:
        money = {table.places[name]: name for name in _MONEY if name in table.places}
        amounts = {column: [getattr(line, name) for line in lines] for column, name in money.items()}
        yield from wrong_totals(table, amounts, where)


def _tell(sheet: Sheet | None, table: Table, columns: Sequence[int], notes: Notes) -> None:
    if sheet is not None and (sheet.formulas or sheet.hides):
        money = [table.places[name] for name in _MONEY if name in table.places][-1:]  # of an award, the one that counts
        tell_overlooked(Seen(sheet, table.rows, columns, money), notes)


def _of_column(problem: Problem, table: Table, where: Where) -> Problem:
    """Return a problem of a whole column at the heading; one that is called otherwise may be the one that is missing."""
    if problem.ort is not None:
        return problem
    others = [shown(heading) for heading, _ in table.unknown]
    unread = f"; nicht gelesen: {einige(others, 5)}" if others else ""
    return problem._replace(text=problem.text + unread, ort=where(table.heading, 0))


def _no_headings(table: Table, read: Collection[int], where: Where) -> Iterator[Problem]:
    """Yield a problem where nothing stands below the heading and the heading holds what is none: its lines were not read as such."""
    heading, column = next(
        ((text, place) for text, place in table.unknown if place not in read and _DIGIT.search(text)), ("", 0)
    )
    if heading and not table.rows:
        text = f"Unter der Überschrift steht nichts, und {shown(heading)} ist keine: steht alles in einer Zeile?"
        yield Problem(text, (), where(table.heading, column))


def _within(rows: Iterable[Sequence[Any]], table: Table, where: Where, intake: Intake) -> Iterator[Sequence[Any]]:
    """Yield the rows of a text; that one has more cells than headings shows that a comma separates what belongs together."""
    width, remaining = len(table.head), iter(rows)
    while some := [*islice(remaining, TOGETHER)]:
        if max(map(len, some)) > width:
            for number, row in zip(table.rows[-len(some) :], some, strict=True):
                if len(row) > width and any(map(scalar, row[width:])):
                    intake.problems.append(Problem(more_fields(width), (), where(number, width)))
        yield from some


def _watched(rows: Iterable[Sequence[Any]], table: Table, where: Where, notes: Notes) -> Iterator[Sequence[Any]]:
    """Yield the rows of a sheet, noting every amount that is no whole number of cents; a text holds no computed numbers."""
    money = [(name, table.places[name]) for name in _MONEY if name in table.places]
    for row in rows:
        for name, place in money:
            cell = row[place] if place < len(row) else None
            if (
                cell.__class__ is Decimal
                and not cell.same_quantum(_CENT)
                and (text := rounding_remark(heading_of((name,)), cell))
            ):
                notes.hinweise.append(Problem(text, (), where(table.rows[-1], place)))
        yield row
