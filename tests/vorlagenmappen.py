"""Templates as workbooks, made and read again, with the columns and labels of their sheets."""

import dataclasses
from functools import cache
from io import BytesIO

from demo import FASSUNG
from openpyxl import Workbook, load_workbook

from foerdercheck.programmes import neueste_fassung
from foerdercheck.reading.cells import field_name
from foerdercheck.writing import sheets as blaetter
from foerdercheck.writing.workbook import budget_vorlage, historie_vorlage, saved

OHNE_ANGABEN = dataclasses.replace(FASSUNG, angaben={})
"""The guideline of the dream, as one that does not say which fields it asks for."""
KOPF = blaetter.KOPF


@cache
def made(name: str) -> Workbook:
    if name == "historie":
        return historie_vorlage()
    dreams = {"traumland": FASSUNG, "ohne Angaben": OHNE_ANGABEN}
    return budget_vorlage(dreams.get(name) or neueste_fassung(name), (2026, 2027))


@cache
def reopened(name: str) -> Workbook:
    """Return a template as it is read from its file."""
    return load_workbook(BytesIO(saved(made(name))))


def columns(sheet) -> dict[str, int]:
    """Return the columns of a table by field, as its headings read back."""
    return {field_name(cell.value): cell.column for cell in sheet[KOPF] if cell.value is not None}


def labels(sheet) -> dict[str, int]:
    return {field_name(cell.value): cell.row for cell in sheet["A"] if cell.row >= KOPF}
