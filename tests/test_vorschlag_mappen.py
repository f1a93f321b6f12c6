"""Workbooks with a proposal in them, of every make: they open again, and then say what was promised."""

import io
import re
import zipfile
from datetime import date

import pytest
from openpyxl import load_workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from strategies import dump
from test_vorschlag_schreiben import cells
from vorschlagfaelle import single

from foerdercheck import check_budget, vorschlaege
from foerdercheck.ausweg.schreiben import written
from foerdercheck.model.location import InputError
from foerdercheck.reading.files import Given, read_text
from foerdercheck.writing.conversion import budget_as_workbook

BOOK, CHAIN = "xl/workbook.xml", "xl/calcChain.xml"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
CHAIN_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.calcChain+xml"
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/calcChain"


def mappe(change=lambda _: None, tree=None):
    """A workbook of a budget that lacks own money, or of another tree."""
    book = load_workbook(io.BytesIO(budget_as_workbook(read_text(dump(tree or single(10, 5, 3, 18)).encode(), "-"))))
    change(book)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def edited(data, edits):
    """A workbook with some parts changed (or new: of nothing)."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name).decode() for name in archive.namelist()}
    for name, edit in edits.items():
        parts[name] = edit(parts.get(name, ""))
    with zipfile.ZipFile(stream, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return stream.getvalue()


def names(data):
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


def sheet_part(data, cell):
    sheets = load_workbook(io.BytesIO(data)).sheetnames
    return f"xl/worksheets/sheet{sheets.index(cell.blatt) + 1}.xml"


def first(data, name="b.xlsx"):
    base = check_budget(data, name=name)
    return base, vorschlaege(base).vorschlaege[0]


def formula(cell, text, more=""):
    """Have a formula give the number of a cell; its result is the number that stands there."""
    pattern = rf'(<c r="{cell}"[^>]*>)(<v>)'
    return lambda xml: re.sub(pattern, rf"\1<f{more}>{text}</f>\2", xml)


def with_chain(data, cell):
    """The workbook as Excel writes it: a part of its own lists the cells that hold a formula."""
    entry = f'<Relationship Id="rIdC" Type="{RELATION}" Target="calcChain.xml"/></Relationships>'
    kind = f'<Override PartName="/{CHAIN}" ContentType="{CHAIN_TYPE}"/></Types>'
    return edited(
        data,
        {
            CHAIN: lambda _: f'<calcChain xmlns="{MAIN}"><c r="{cell}" i="1"/></calcChain>',
            "xl/_rels/workbook.xml.rels": lambda xml: xml.replace("</Relationships>", entry),
            "[Content_Types].xml": lambda xml: xml.replace("</Types>", kind),
        },
    )


def test_a_formula_that_is_replaced_is_gone_from_the_chain_too():
    data = mappe()
    (change,) = first(data)[1].aenderungen
    data = edited(data, {sheet_part(data, change.ort): formula(change.ort.zelle, "1+1")})
    data = with_chain(data, change.ort.zelle)
    base, one = first(data)
    new, found = written(base, one, data, "neu.xlsx", Given({}))
    assert found.ergebnis == "foerderfaehig"
    assert CHAIN not in names(new)
    assert not any("calcChain" in text for text in names(new).values())
    assert set(names(data)) - set(names(new)) == {CHAIN}
    place = (change.ort.blatt, change.ort.zelle)
    assert {key for key, value in cells(data).items() if cells(new).get(key) != value} == {place}


@pytest.mark.parametrize("kind", ["shared", "array"])
def test_the_formula_of_several_cells_is_not_replaced(kind):
    data = mappe()
    where = first(data)[1].aenderungen[0].ort
    more = f' t="{kind}" ref="{where.zelle}:{where.zelle}" si="0"'
    data = edited(data, {sheet_part(data, where): formula(where.zelle, "1+1", more)})
    base, one = first(data)
    with pytest.raises(InputError, match="nicht ersetzen"):
        written(base, one, data, "neu.xlsx", Given({}))


@pytest.mark.parametrize("text", ["{cell}*2", "SUM({column}1:{cell})", "Mittel+1"])
def test_what_is_computed_with_a_changed_cell_is_told(text):
    """Opened again, the workbook would compute the other statement anew: the budget would not be the one promised."""
    data = mappe()
    base, one = first(data)
    where = one.aenderungen[0].ort
    column, row = re.findall("[A-Z]+|[0-9]+", where.zelle)
    other = base.source.locate(("antragsteller", "finanzierung", "beantragt"))
    name = f'<definedName name="Mittel">{where.blatt}!${column}${row}</definedName>'
    data = edited(
        data,
        {
            sheet_part(data, other): formula(other.zelle, text.format(cell=where.zelle, column=column)),
            BOOK: lambda xml: re.sub(
                "<definedNames ?/>|(?=<calcPr)", f"<definedNames>{name}</definedNames>", xml, count=1
            ),
        },
    )
    base, one = first(data)
    with pytest.raises(InputError, match=f"{other} rechnet mit {where} und ergäbe etwas anderes"):
        written(base, one, data, "neu.xlsx", Given({}))


def test_a_formula_beside_the_statements_stays():
    data = mappe()
    base, one = first(data)
    where = one.aenderungen[0].ort
    far = mappe(lambda book: book[where.blatt].__setitem__("AZ40", f"={where.zelle}*2"))
    base, one = first(far)
    new, _ = written(base, one, far, "neu.xlsx", Given({}))
    assert cells(new)[where.blatt, "AZ40"][0] == f"={where.zelle}*2"


def test_days_are_counted_from_the_day_the_workbook_counts_from():
    """1904 in workbooks of old Macs: the first day on which the grant fits is written as the one that is shown."""

    def of_1904(book):
        book.epoch = CALENDAR_MAC_1904

    tree = single(10, 5, 5, 28)
    tree["antragsteller"]["deminimis"][0]["gewaehrt_am"] = "2023-05-01"
    data = mappe(of_1904, tree)
    base, one = first(data)
    assert [change.neu for change in one.aenderungen] == ["2026-05-02"]
    assert written(base, one, data, "neu.xlsx", Given({}))[1].budget.vorhaben.bewilligung == date(2026, 5, 2)


def test_relations_may_have_another_prefix():
    prefix = f'<workbook xmlns:q="{RELATION.removesuffix("/calcChain")}" '
    data = mappe()
    data = edited(data, {BOOK: lambda xml: xml.replace('r:id="', 'q:id="').replace("<workbook ", prefix)})
    base, one = first(data)
    assert written(base, one, data, "neu.xlsx", Given({}))[1].ergebnis == "foerderfaehig"


@pytest.mark.parametrize("suffix", [".xlsm", ".ods"])
def test_the_command_copies_no_macros_and_says_what_helps(run, tmp_path, suffix):
    file = tmp_path / f"b{suffix}"
    file.write_bytes(mappe())
    said = run("check", file, "--vorschlag", "1", "--output", tmp_path / f"neu{suffix}")
    assert said.code == 2
    assert f"in {suffix} lassen sich keine einzelnen Werte ersetzen; foerdercheck umwandeln macht daraus" in said.err
    assert not (tmp_path / f"neu{suffix}").exists()
