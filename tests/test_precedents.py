"""A result is as unsteady as what it was made from: other cells, other sheets, names."""

import pytest
from demo import check_demo
from fuzz.ods_files import ods
from workbooks import SHEET, TAG, ausgang, mappe, only_error, patched, save_budget

from foerdercheck.model.scalars import Flaw
from foerdercheck.reading.sheets import read_sheets

H3 = '<c r="H3" t="n"><v>40000</v></c>'
HELPERS = '<row r="40"><c r="Z40"><f>{}</f><v>1</v></c><c r="AB40"><f>Z40*2</f><v>2</v></c></row></sheetData>'


@pytest.fixture
def with_formula(tmp_path):
    """Check the clean budget with a formula for its amount of 40,000, and another one in Z40; AB40 is twice that."""

    def check(formula, helper="TODAY()", *more: tuple[str, str, str]):
        file = patched(
            save_budget(tmp_path / "b.xlsx", mappe()), SHEET.format(3), H3, f'<c r="H3">{formula}<v>40000</v></c>'
        )
        patched(file, SHEET.format(3), "</sheetData>", HELPERS.format(helper))
        for part, old, new in more:
            patched(file, part, old, new)
        return check_demo(file, stichtag=TAG)

    return check


@pytest.mark.parametrize(
    "formula",
    [
        "Z40*1",
        "$Z$40",
        "z40",
        "SUM(Z39:Z41)",
        "SUM(Z41:Y39)",
        "SUM(Z:Z)",
        "SUM($40:$40)",
        "Kosten!Z40",
        "'Kosten'!Z40",
        "KOSTEN!$Z40",
        "AB40",
        "1+AB39+AB40",
    ],
)
def test_what_rests_on_an_unsteady_cell_is_an_error(with_formula, formula):
    assert only_error(with_formula(f"<f>{formula}</f>"), "mit Kosten!Z40") == "Kosten!H3"


@pytest.mark.parametrize(
    "formula",
    [
        "Z41",
        "SUM(Z1:Z39)",
        "SUM(Y1:Y99)",
        "SUM(41:41)",
        '"Z40"&amp;1',
        "Vorhaben!Z40",
        "'Z40'!A1",
        "LOG10(100)",
        "Z40.A",
        "AZ40+Z400",
    ],
)
def test_what_rests_on_other_cells_is_read(with_formula, sauber, formula):
    assert ausgang(with_formula(f"<f>{formula}</f>")) == sauber


def test_what_comes_from_elsewhere_spoils_what_rests_on_it_and_what_is_steady_does_not(with_formula, sauber):
    assert only_error(with_formula("<f>Z40</f>", "[1]Preise!A1"), "mit Kosten!Z40") == "Kosten!H3"
    assert ausgang(with_formula("<f>Z40</f>", "40000")) == sauber


@pytest.mark.parametrize(
    ("master", "spoilt"),
    [("AE38", True), ("AE$40", True), ("$Z38", True), ("AE37", False), ("Z40", False), ("$AE38", False)],
)
def test_shared_formulas_refer_to_other_cells_in_each_place(with_formula, sauber, master, spoilt):
    shared = f'<c r="M1"><f t="shared" ref="H1:M9" si="4">{master}</f><v>1</v></c></row><row r="2"'
    found = with_formula('<f t="shared" si="4"/>', "NOW()", (SHEET.format(3), '</row><row r="2"', shared))
    if spoilt:
        assert only_error(found, "mit Kosten!Z40") == "Kosten!H3"
    else:
        assert ausgang(found) == sauber


@pytest.mark.parametrize(
    ("name", "words"),
    [("TODAY()", "mit dem Namen Preis"), ("Kosten!$Z$40", "mit Kosten!Z40"), ("Anderer+1", "mit dem Namen Anderer")],
)
def test_names_are_followed(with_formula, name, words):
    names = f'</sheets><definedNames><definedName name="Preis">{name}</definedName>'
    names += '<definedName name="Anderer">RAND()</definedName></definedNames>'
    found = with_formula("<f>2*PREIS</f>", "TODAY()", ("xl/workbook.xml", "</sheets>", names))
    assert only_error(found, words) == "Kosten!H3"


def test_a_name_for_steady_cells_does_no_harm(with_formula, sauber):
    names = '</sheets><definedNames><definedName name="Preis">Kosten!$Z$41</definedName></definedNames>'
    assert ausgang(with_formula("<f>2*Preis</f>", "TODAY()", ("xl/workbook.xml", "</sheets>", names))) == sauber


def test_a_sheet_that_is_not_read_is_followed_too(tmp_path):
    sheets = mappe() | {"Notizen": [["Stand"], ["heute"]]}
    file = patched(
        save_budget(tmp_path / "b.xlsx", sheets), SHEET.format(3), H3, '<c r="H3"><f>Notizen!B9</f><v>40000</v></c>'
    )
    index = list(sheets).index("Notizen") + 1
    patched(
        file, SHEET.format(index), "</sheetData>", '<row r="9"><c r="B9"><f>TODAY()</f><v>1</v></c></row></sheetData>'
    )
    assert only_error(check_demo(file, stichtag=TAG), "mit Notizen!B9") == "Kosten!H3"


CONTENT = (
    '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0">'
    "<office:body><office:spreadsheet>{}</office:spreadsheet></office:body></office:document-content>"
)
CELL = (
    '<table:table-cell table:formula="of:={}" office:value-type="float" office:value="40000">'
    "<text:p>40000</text:p></table:table-cell>"
)


@pytest.mark.parametrize(
    ("formula", "spoilt"),
    [("[.B1]", True), ("SUM([.A1:.C1])", True), ("[$Eins.$B$1]", True), ("[$'Eins'.B1:.B2]", True), ("2*kurs", True), ("2*Ort", True),
     ("[.C1]", False), ("[$Zwei.B1]", False), ("2*Anderer", False)],
)  # fmt: skip
def test_formulas_of_libreoffice(formula, spoilt):
    sheets = read_sheets(
        ods(
            {},
            {
                "content.xml": CONTENT.format(
                    f'<table:table table:name="Eins"><table:table-row>{CELL.format(formula)}{CELL.format("TODAY()")}'
                    "</table:table-row></table:table>"
                    '<table:table table:name="Zwei"/><table:named-expressions>'
                    '<table:named-expression table:name="Kurs" table:expression="of:=NOW()"/>'
                    '<table:named-range table:name="Ort" table:cell-range-address="$Eins.$B$1"/>'
                    '<table:named-range table:name="Anderer" table:cell-range-address="$Eins.$D$1"/></table:named-expressions>'
                ).encode()
            },
        ),
        "b.ods",
        lambda *_: True,
    )
    assert isinstance(sheets[0].rows[0][0], Flaw) is spoilt
    assert isinstance(sheets[0].rows[0][1], Flaw)


def test_many_formulas_that_hang_on_one_another_take_little_time(tmp_path):
    file = save_budget(tmp_path / "b.xlsx", mappe())
    rows = "".join(
        f'<row r="{row}"><c r="Z{row}"><f>SUM(Z10:Z{row - 1})</f><v>1</v></c></row>' for row in range(11, 12_000)
    )
    patched(
        file,
        SHEET.format(3),
        "</sheetData>",
        f'<row r="10"><c r="Z10"><f>NOW()</f><v>1</v></c></row>{rows}</sheetData>',
    )
    assert only_error(check_demo(file, stichtag=TAG), "hängen an Werten") == ""
