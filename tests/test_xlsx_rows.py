"""Rows that look alike are taken apart faster; the cells are those that events give, whatever the rows look like."""

import io
import random
import zipfile
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foerdercheck.model.location import InputError
from foerdercheck.model.scalars import Percent
from foerdercheck.reading import xlsx_rows
from foerdercheck.reading.sheets import read_sheets

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STYLES = ("General", "0.00", "dd.mm.yyyy", "0%", '0" €"', "0,", "@")
RELATION = f'<Relationship Id="{{}}" Type="{OFFICE}/{{}}" Target="{{}}"/>'
RELATIONS = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>'


def workbook(rows: str, strings: str = "", sheet: str = "{}") -> bytes:
    """A workbook with one sheet, as small as programs accept."""
    formats = "".join(
        f'<numFmt numFmtId="{200 + n}" formatCode="{code.replace(chr(34), "&quot;")}"/>'
        for n, code in enumerate(STYLES)
    )
    styles = "".join(f'<xf numFmtId="{200 + n}"/>' for n in range(len(STYLES)))
    parts = {
        "[Content_Types].xml": "<Types/>",
        "_rels/.rels": RELATIONS.format(RELATION.format("r", "officeDocument", "xl/workbook.xml")),
        "xl/_rels/workbook.xml.rels": RELATIONS.format(
            "".join(
                map(
                    RELATION.format,
                    "abc",
                    ("worksheet", "styles", "sharedStrings"),
                    ("sheet.xml", "styles.xml", "strings.xml"),
                )
            )
        ),
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets><sheet name="A" r:id="a"/></sheets></workbook>',
        "xl/styles.xml": f'<styleSheet xmlns="{MAIN}"><numFmts>{formats}</numFmts><cellXfs>{styles}</cellXfs></styleSheet>',
        "xl/strings.xml": f'<sst xmlns="{MAIN}">{strings}</sst>',
        "xl/sheet.xml": sheet.format(
            f'<worksheet xmlns="{MAIN}" xmlns:x="urn:x"><sheetData>{rows}</sheetData></worksheet>'
        ),
    }
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()


def read(data: bytes):
    """Everything that is read of a workbook, or why it is not."""
    try:
        (sheet,) = read_sheets(data, "b.xlsx", lambda *_: True)
    except InputError as error:
        return error.problems[0].text
    rows = [(*map(repr, row),) for row in sheet.rows]
    while rows and set(rows[-1]) <= {"None"}:
        rows.pop()
    return [_trimmed(row) for row in rows], list(sheet.formulas), sheet.hidden_rows & set(range(len(rows)))


def _trimmed(row):
    return row[: max((index + 1 for index, cell in enumerate(row) if cell != "None"), default=0)]


def both(monkeypatch, data: bytes):
    """What is read with rows taken apart as soon as two look alike, and what without; and how many were taken apart."""
    taken = []
    lay_out = xlsx_rows.OrdinaryRows._lay_out
    with monkeypatch.context() as patch:
        patch.setattr(xlsx_rows, "_PATIENCE", 1)
        patch.setattr(xlsx_rows.OrdinaryRows, "_lay_out", lambda *args: taken.append(len(args[2])) or lay_out(*args))
        fast = read(data)
    with monkeypatch.context() as patch:
        patch.setattr(xlsx_rows, "_PATIENCE", 1 << 60)
        return fast, read(data), sum(taken)


NUMBERS = st.sampled_from(
    [
        "1",
        "0",
        "-5",
        "8400",
        "0.1",
        "4.0000000000000002E-2",
        "0.30000000000000004",
        "1e5",
        "46113",
        "46113.5",
        "12345678901234567",
        "007",
    ]
)
WORDS = st.sampled_from(
    [
        "a",
        "Müller &amp; Söhne",
        "_x0041_",
        " ",
        "",
        "&lt;b&gt;",
        "x y",
        "zz\u2028",
        "\ufb01",
        "1.000,00",
        "#REF!",
        "=1+1",
        "M&#252;ller",
        "&amp;#252;",
        "&#8364;&#160;",
        "&#133;",
        "&#10;",
        "&#xE4;",
    ]
)
SEED = st.integers(0, 2**32)


def cell(chance: random.Random, place: str, number: str, word: str) -> str:
    """A cell as some program writes it."""
    style = chance.choice(["", *(f' s="{n}"' for n in range(len(STYLES)))])
    kind = chance.choice(
        [
            "n",
            "n",
            "n",
            "inline",
            "inline",
            "s",
            "str",
            "b",
            "e",
            "empty",
            "open",
            "blank",
            "formula",
            "none",
            "entity",
            "comment",
        ]
    )
    r = f' r="{place}"'
    return {
        "n": f"<c{r}{style}><v>{number}</v></c>", "none": f'<c{r}{style} t="n"/>', "empty": f"<c{r}{style}/>",
        "open": f'<c{r}{style} t="{chance.choice(["n", "inlineStr", "s", "str"])}"></c>',
        "blank": f'<c{r}{style} t="{chance.choice(["n", "inlineStr", "str"])}"><is><t /></is></c>',
        "s": f'<c{r}{style} t="s"><v>{chance.randrange(3)}</v></c>',
        "inline": f'<c{r}{style} t="inlineStr"><is><t>{word}</t></is></c>', "str": f'<c{r}{style} t="str"><v>{word}</v></c>',
        "b": f'<c{r} t="b"><v>1</v></c>',
        "e": f'<c{r} t="e"><v>#N/A</v></c>', "formula": f"<c{r}{style}><f>A1+1</f><v>{number}</v></c>",
        "entity": f"<c{r}><v>&#49;</v></c>", "comment": f"<c{r}><!-- --><v>1</v></c>",
    }[kind]  # fmt: skip


@given(SEED, st.lists(st.tuples(NUMBERS, WORDS), min_size=4, max_size=12), st.integers(1, 4))
def test_both_ways_give_the_same_cells(seed, values, width):
    chance = random.Random(seed)  # noqa: S311 - made-up data
    shape, rows, number = chance.randrange(2**32), [], 0
    for first, word in values * 3:
        number += chance.choice([1] * 9 + [3])
        if chance.random() < 0.1:
            shape = chance.randrange(2**32)
        looks = random.Random(shape)  # noqa: S311
        cells = "".join(cell(looks, f"{'ABCD'[column]}{number}", first, word) for column in range(width))
        attributes = looks.choice(["", ' hidden="1"', ' spans="1:4" x:y="0.25"', ' ht="15"', ' hidden="0"'])
        rows.append(f'<row r="{number}"{attributes}>{cells}</row>')
    strings = "<si><t>eins</t></si><si><t>zwei &amp; drei</t></si><si><r><t>v</t></r><r><t>ier</t></r></si>"
    fast, slow, _ = both(pytest.MonkeyPatch(), workbook("".join(rows), strings))
    assert fast == slow


@pytest.mark.parametrize(
    "row",
    [
        '<row r="{0}"><c r="A{0}" t="inlineStr"><is><t>Firma {0}</t></is></c><c r="B{0}" s="2"><v>46113</v></c></row>',  # openpyxl
        '<row r="{0}" spans="1:3" x:y="0.25"><c r="A{0}" s="1" t="s"><v>0</v></c><c r="C{0}" s="3"><v>0.07</v></c></row>',  # Excel
        '<row r="{0}" ht="15" hidden="false"><c r="A{0}" s="0" t="s"><v>1</v></c><c r="B{0}" s="0" t="n"><v>{0}</v></c></row>',
        # openpyxl without lxml
        '<row r="{0}"><c r="A{0}" t="inlineStr"><is><t>M&#252;ller</t></is></c><c r="B{0}" t="inlineStr"></c></row>',
        '<row r="{0}"><c r="B{0}" s="1" t="str"><v>a &amp; {0}</v></c><c r="D{0}" s="4"/></row>',
        '<row r="{0}"><c r="A{0}"><v>{0}</v></c><c r="B{0}" t="inlineStr"></c></row>',  # openpyxl with lxml: an empty text
        '<row r="{0}"><c r="A{0}" t="n"><v>{0}</v></c><c r="B{0}" t="inlineStr"><is><t /></is></c></row>',
    ],
)
def test_rows_as_programs_write_them_are_taken_apart(monkeypatch, row):
    rows = "".join(row.format(number) for number in range(1, 2001))
    fast, slow, taken = both(monkeypatch, workbook(rows, "<si><t>x</t></si><si><t>y</t></si>"))
    assert fast == slow
    assert taken > 1900


GOOD = '<row r="{0}"><c r="A{0}"><v>{0}</v></c></row>'


@pytest.mark.parametrize(
    "odd",
    ['<row r="3"><c r="A3"><v>1</v></c></row>', '<row r="6"><c r="A5"><v>1</v></c></row>',
    '<row r="1048577"><c r="A1048577"><v>1</v></c></row>', "<!--", "<![CDATA[ ",
     '<row r="6"><c r="A6"><v>1</v></c></row><![CDATA[<row r="7"><c r="A7"><v>1</v></c></row>]]>',
     "<!-- " + GOOD.format(6) + " -->", "x", "<row>" + GOOD.format(6),
     "<row/>", "<?p x?>", '<z:row xmlns:z="urn:z">' + GOOD.format(6) + "</z:row>", "\n ", "</sheetData><sheetData>",
     '<row r="6"><c r="A6"><v>1</v></c></row  >'],
)  # fmt: skip
def test_what_stands_between_the_rows_counts_either_way(monkeypatch, odd):
    rows = "".join(GOOD.format(number) for number in range(1, 6)) + odd + "".join(GOOD.format(n) for n in range(7, 20))
    fast, slow, _ = both(monkeypatch, workbook(rows))
    assert fast == slow


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "iso-8859-1", "windows-1252", "utf-7", "rot13"])
def test_encodings(monkeypatch, encoding):
    rows = "".join(f'<row r="{n}"><c r="A{n}" t="inlineStr"><is><t>ä{n}</t></is></c></row>' for n in range(1, 30))
    plain = workbook(rows)
    with zipfile.ZipFile(io.BytesIO(plain)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    declared = encoding.removesuffix("-sig")
    text = f'<?xml version="1.0" encoding="{declared}"?>' + parts["xl/sheet.xml"].decode()
    parts["xl/sheet.xml"] = text.encode(encoding) if encoding != "rot13" else text.encode()
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    fast, slow, _ = both(monkeypatch, stream.getvalue())
    assert fast == slow
    assert (fast == read(plain)) is (encoding not in {"utf-7", "rot13"})


def test_invalid_characters_are_refused_either_way(monkeypatch):
    for odd in (b"\xff", b"\xed\xa0\x80", b"\xef\xbf\xbf", b"\xc3", b"\x01"):
        rows = "".join(f'<row r="{n}"><c r="A{n}" t="inlineStr"><is><t>a{n}</t></is></c></row>' for n in range(1, 30))
        data = workbook(rows)
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = {name: archive.read(name) for name in archive.namelist()}
        parts["xl/sheet.xml"] = parts["xl/sheet.xml"].replace(b"a20<", b"a" + odd + b"<")
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w") as archive:
            for name, content in parts.items():
                archive.writestr(name, content)
        fast, slow, _ = both(monkeypatch, stream.getvalue())
        assert "kein gültiges XML" in fast
        assert fast == slow


def test_values_are_those_a_person_sees():
    cells = '<c r="A1"><v>0.30000000000000004</v></c><c r="B1" s="3"><v>0.19</v></c><c r="C1" s="2"><v>46113</v></c>'
    rows = f'<row r="1">{cells}<c r="D1"><v>1e5</v></c></row>'
    (sheet,) = read_sheets(workbook(rows), "b.xlsx", lambda *_: True)
    assert sheet.rows == [(Decimal("0.3"), Percent("0.19"), date(2026, 4, 1), Decimal(100000))]
