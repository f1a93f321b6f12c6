"""Cells nobody sees: they count, and are told with the money in them."""

import io
import zipfile

import pytest
from demo import check_demo
from fuzz.ods_files import ods
from workbooks import SHEET, TAG, ausgang, hinweise, mappe, patched, save_budget

from foerdercheck.reading.sheets import read_sheets


@pytest.mark.parametrize(
    ("hide", "words"),
    [
        (lambda sheet: setattr(sheet.row_dimensions[3], "hidden", True), "H3, I3 und J3, zusammen 40.000,00 €"),
        (lambda sheet: setattr(sheet.column_dimensions["H"], "hidden", True), "H3 und H4, zusammen 42.000,00 €"),
        (lambda sheet: sheet.row_dimensions.group(3, 4, hidden=True), "A4, B4, H4, J4 und K4, zusammen 42.000,00 €"),
    ],
)
def test_hidden_cells_count_and_are_told_with_their_money(pruefe, sauber, hide, words):
    found = pruefe(change=lambda workbook: hide(workbook["Kosten"]))
    assert ausgang(found) == sauber
    ((_, text),) = hinweise(found)
    assert text.startswith("Ausgeblendete Zellen zählen mit: ")
    assert words in text


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("<sheetData>", '<cols><col min="8" max="8" width="0" customWidth="1"/></cols><sheetData>', "H3 und H4"),
        ("<sheetData>", '<cols><col min="1" max="16384" width="9" hidden="true"/></cols><sheetData>', "H3, I3"),
        ('<row r="3"', '<row ht="0" customHeight="1" r="3"', "A3, B3, H3"),
        ("<sheetData>", '<cols><col min="8" max="8" width="0.5" customWidth="1"/></cols><sheetData>', "H3 und H4"),
        (
            "<sheetData>",
            '<sheetFormatPr defaultColWidth="0"/><cols><col min="1" max="7" width="9"/>'
            '<col min="9" max="20" width="9"/></cols><sheetData>',
            "H3 und H4",
        ),
        ('<row r="3"', '<row hidden="true" r="3"', "A3, B3, H3"),
        ('<row r="3"', '<row ht="0.75" customHeight="1" r="3"', "A3, B3, H3"),
    ],
)
def test_what_has_no_size_is_hidden(tmp_path, old, new, words):
    file = patched(save_budget(tmp_path / "b.xlsx", mappe()), SHEET.format(3), old, new)
    ((_, text),) = hinweise(check_demo(file, stichtag=TAG))
    assert words in text


def test_hidden_cells_that_hold_nothing_are_no_remark(pruefe, sauber):
    def hide(workbook):
        workbook["Kosten"].row_dimensions[9].hidden = True
        workbook["Kosten"].column_dimensions["M"].hidden = True
        workbook["Kosten"].auto_filter.ref = "A1:K4"

    found = pruefe(change=hide)
    assert (ausgang(found), hinweise(found)) == (sauber, [])


STYLE = (
    '<style:style style:name="s" style:family="table-{0}"><style:table-{0}-properties style:{1}="{2}"/></style:style>'
)


@pytest.mark.parametrize(
    ("size", "hidden"),
    [("0cm", True), ("0.02cm", True), ("0.5pt", True), ("0.01in", True), ("0.45cm", False), ("12pt", False)],
)
@pytest.mark.parametrize("family", ["row", "column"])
def test_rows_and_columns_of_libreoffice_without_a_size_are_hidden(size, hidden, family):
    styles = STYLE.format(family, "row-height" if family == "row" else "column-width", size)
    plain = ods({"Eins": [[1, 2]]}, styles=styles)
    (sheet,) = read_sheets(with_style(plain, family), "b.ods", lambda *_: True)
    assert (
        (sheet.hidden_rows, sheet.hidden_columns) == (({0}, []) if family == "row" else (set(), [range(1)]))
        if hidden
        else (set(), [])
    )


def with_style(data, family):
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w") as new:
        for name in old.namelist():
            text = old.read(name).decode()
            row, styled = "<table:table-row>", '<table:table-row table:style-name="s">'
            column = '<table:table-column table:style-name="s"/>'
            new.writestr(name, text.replace(row, styled if family == "row" else column + row))
    return stream.getvalue()
