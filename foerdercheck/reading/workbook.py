"""A budget in a spreadsheet as the same tree that YAML gives, with the cell of everything in it."""

from collections.abc import Mapping, Sequence
from itertools import chain

from foerdercheck.model.angabe import Blatt
from foerdercheck.model.angaben import AUSNAHMEN, BETEILIGTE, KOSTEN, LISTEN, VORHABEN
from foerdercheck.model.deutsch import aufzaehlung, einige
from foerdercheck.model.location import InputError, Location, Problem
from foerdercheck.model.scalars import shown
from foerdercheck.model.words import Vocabulary
from foerdercheck.reading.budget_sheets import table_rows
from foerdercheck.reading.document import Document
from foerdercheck.reading.forms import read_form
from foerdercheck.reading.our_sheets import choose, holds_awards, is_ours, needed
from foerdercheck.reading.sheet import Sheet
from foerdercheck.reading.sheets import read_sheets
from foerdercheck.reading.tree_builder import CellSource, TreeBuilder
from foerdercheck.reading.values import Notes

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
        for sheet in found.get(blatt, ()):
            builder.lines(blatt, table_rows(sheet, blatt, notes, vocabulary))
    exceptions = (table_rows(sheet, AUSNAHMEN, notes, vocabulary) for sheet in found.get(AUSNAHMEN, ()))
    builder.entries("ausnahmen", AUSNAHMEN, chain.from_iterable(exceptions))
    return builder.document()


def _foreign(name: str, sheets: Sequence[Sheet]) -> str:
    wanted = aufzaehlung(blatt.name for blatt in _NEEDED)
    listed = einige([shown(sheet.name) for sheet in sheets], 10) if sheets else "keines"
    return (
        f"{name}: das ist keine Budget-Tabelle. Nötig sind die Blätter {wanted}; vorhanden: {listed}. "
        "Eine Vorlage schreibt foerdercheck vorlage budget.xlsx --programm ID."
    )
