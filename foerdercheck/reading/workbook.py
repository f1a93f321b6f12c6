"""A budget in a spreadsheet as the same tree that YAML gives, with the cell of everything in it."""

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import chain
from typing import Any

from foerdercheck.model.angabe import Blatt
from foerdercheck.model.angaben import AUSNAHMEN, BETEILIGTE, KOSTEN, LISTEN, VORHABEN
from foerdercheck.model.beihilfeangaben import DEMINIMIS
from foerdercheck.model.deutsch import aufzaehlung, einige
from foerdercheck.model.location import InputError, Location, Problem
from foerdercheck.model.records import Tree
from foerdercheck.model.scalars import ScalarError, shown
from foerdercheck.model.words import Vocabulary
from foerdercheck.reading.budget_sheets import table_rows
from foerdercheck.reading.document import Document
from foerdercheck.reading.forms import read_form
from foerdercheck.reading.our_sheets import choose, holds_awards, is_ours, needed
from foerdercheck.reading.remarks import all_twice
from foerdercheck.reading.sheet import Sheet
from foerdercheck.reading.sheets import read_sheets
from foerdercheck.reading.tree_builder import CellSource, TreeBuilder
from foerdercheck.reading.values import Notes, SheetRow

_NEEDED = (VORHABEN, BETEILIGTE, KOSTEN)
"""The sheets no budget can do without."""


def read_workbook(data: bytes, name: str, datei: str, vocabulary: Vocabulary) -> Document:
    """Return the budget of a workbook; `name` is what messages call the file `datei`, `vocabulary` holds the regulations there are.

    Raises InputError with one message for what is no workbook of ours.
    """
    sheets = read_sheets(data, name, needed)
    notes = Notes()
    found = choose(sheets, notes)
    if not any(is_ours(blatt, found[blatt][0]) for blatt in _NEEDED if blatt in found):
        if any(map(holds_awards, sheets)):
            return Document({"beihilfen": []}, CellSource(datei))
        raise InputError([Problem(_foreign(name, sheets))])
    return _built(found, CellSource(datei, tuple(sheet.name for sheet in sheets)), notes, vocabulary)


def _built(
    found: Mapping[Blatt, Sequence[Sheet]], source: CellSource, notes: Notes, vocabulary: Vocabulary
) -> Document:
    """Return the document; `found` are the sheets of ours."""
    builder = TreeBuilder(source, notes)
    if VORHABEN in found:
        builder.vorhaben(read_form(found[VORHABEN][0], notes))
    else:
        source.places |= {(): Location(blatt=VORHABEN.name), ("vorhaben",): Location(blatt=VORHABEN.name)}
    source.places[("antragsteller",)] = Location(blatt=BETEILIGTE.name)
    if BETEILIGTE in found:
        sheet = found[BETEILIGTE][0]
        source.places[("antragsteller",)] = Location(blatt=sheet.name)
        builder.beteiligte(table_rows(sheet, BETEILIGTE, notes, vocabulary))
    for blatt in LISTEN:
        counted: dict[str | None, Counter[Any]] = {}
        for sheet in found.get(blatt, ()):
            rows = [*table_rows(sheet, blatt, notes, vocabulary)]
            if blatt == DEMINIMIS:  # costs may be the same in every year
                notes.problems.extend(all_twice(sheet.name, Counter(map(_award, rows)), counted))
            builder.lines(blatt, rows)
    exceptions = (table_rows(sheet, AUSNAHMEN, notes, vocabulary) for sheet in found.get(AUSNAHMEN, ()))
    builder.entries("ausnahmen", AUSNAHMEN, chain.from_iterable(exceptions))
    return builder.document()


def _award(row: SheetRow) -> frozenset[tuple[str, Any]]:
    """Return what a row says, however it is written, to be compared with others."""
    return frozenset((feld, _read(feld, value)) for feld, value in row.werte.items())


def _read(feld: str, value: Tree) -> Any:  # noqa: ANN401 - whatever a field holds
    angabe = DEMINIMIS.find(feld)
    try:
        return angabe.parse(value) if angabe else str(value)
    except ScalarError:
        return str(value)


def _foreign(name: str, sheets: Sequence[Sheet]) -> str:
    wanted = aufzaehlung(blatt.name for blatt in _NEEDED)
    listed = einige([shown(sheet.name) for sheet in sheets], 10) if sheets else "keines"
    return (
        f"{name}: das ist keine Budget-Tabelle. Nötig sind die Blätter {wanted}; vorhanden: {listed}. "
        "Eine Vorlage schreibt foerdercheck vorlage budget.xlsx --programm ID."
    )
