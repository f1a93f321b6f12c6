"""Workbooks at random: the sheets of a budget as people fill them, spoilt, filled with anything, and broken files."""

import io
import re
import zipfile
from typing import Any, NamedTuple

from hypothesis import strategies as st
from openpyxl import Workbook

from foerdercheck.model.angabe import Angabe, Blatt
from foerdercheck.model.angaben import AUSNAHMEN, BETEILIGTE, BUDGETBLAETTER, FINANZIERUNG, LISTEN, VORHABEN
from foerdercheck.model.beihilfeangaben import DEMINIMIS
from foerdercheck.model.scalars import ScalarError
from foerdercheck.writing.cells import joined
from fuzz.nasty import HEADINGS, cells, texts
from fuzz.sheet_spoiling import SPOILING, Grid
from fuzz.trees import examples, trees

_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


class Book(NamedTuple):
    """The cells of a workbook by sheet, and a replacement of bytes in one part of the file."""

    sheets: dict[str, Grid]
    patch: tuple[str, bytes, bytes] | None = None


def content(book: Book) -> bytes:
    """Return a workbook as .xlsx."""
    workbook = Workbook()
    workbook.remove(workbook.active)
    for name, rows in book.sheets.items():
        sheet = workbook.create_sheet(name)
        for row in rows:
            sheet.append([_writable(cell) for cell in row])
    stream = io.BytesIO()
    workbook.save(stream)
    return _packed(stream.getvalue(), *(book.patch or ("", b"", b"")))


def _writable(cell):
    """Return what openpyxl accepts; characters that XML forbids as Excel writes them."""
    if isinstance(cell, str):
        return _FORBIDDEN.sub(lambda match: f"_x{ord(match[0]):04X}_", cell.encode("utf-8", "replace").decode())
    return cell


def _packed(data: bytes, part: str, old: bytes, new: bytes) -> bytes:
    """Return a workbook as if written long ago, the same bytes in every run, with bytes of one part replaced."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as archive, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as again:
        for name in archive.namelist():
            read = _NOW.sub(b">1999-12-31T23:59:59Z<", archive.read(name))
            again.writestr(zipfile.ZipInfo(name), read.replace(old, new, 1) if part and part in name else read)
    return stream.getvalue()


_NOW = re.compile(rb">[0-9-]{10}T[0-9:]{8}Z<")


def valid() -> st.SearchStrategy[Book]:
    """Workbooks that are budgets."""
    return st.builds(
        lambda tree, typed: Book(_sheets(tree, typed=typed)), st.one_of(trees(), trees(), examples()), st.booleans()
    )


@st.composite
def nearly_valid(draw: st.DrawFn) -> Book:
    """Workbooks that would be budgets, had not a few things been changed."""
    sheets = _sheets(draw(st.one_of(trees(), examples())), typed=draw(st.booleans()))
    for spoil in draw(st.lists(st.sampled_from(SPOILING), min_size=1, max_size=3)):
        if filled := [name for name, rows in sheets.items() if any(rows)]:
            spoil(draw, sheets, draw(st.sampled_from(filled)))
    return Book(sheets, draw(st.one_of(*[st.none()] * 7, _ranges)))


@st.composite
def garbage(draw: st.DrawFn) -> Book:
    """Workbooks with our sheets and headings and anything below them; of some, a part is no longer XML."""
    form = st.lists(st.tuples(st.sampled_from(HEADINGS), cells).map(list), max_size=12)
    tables = {blatt.name: _anything_below(blatt) for blatt in BUDGETBLAETTER[1:]}
    optional = {name: tables.pop(name) for name in (FINANZIERUNG.name, DEMINIMIS.name, AUSNAHMEN.name)}
    sheets = draw(st.fixed_dictionaries({VORHABEN.name: form, **tables}, optional=optional))
    return Book(sheets, draw(st.one_of(st.none(), st.none(), _patches)))


def _anything_below(blatt: Blatt) -> st.SearchStrategy[Grid]:
    """Some headings of a sheet, one or two that are not, and any cells in any rows above and below."""
    known = st.sampled_from(["Beteiligter", "Stunden 2026", *(angabe.ueberschrift for angabe in blatt.angaben)])
    headings = st.tuples(st.lists(known, unique=True, min_size=2, max_size=8), st.lists(texts, max_size=2)).map(
        lambda parts: [*parts[0], *parts[1]]
    )
    row = st.lists(st.one_of(st.none(), cells), max_size=10)
    return st.builds(
        lambda above, names, below: [*above, names, *below],
        st.lists(row, max_size=2),
        headings,
        st.lists(row, max_size=6),
    )


_patches = st.tuples(
    st.sampled_from(["sheet1.xml", "sheet2.xml", "workbook.xml", "styles.xml", "sharedStrings.xml", "[Content_Types].xml", ".rels"]),
    st.sampled_from([b"<", b">", b'="', b"<row", b"<c ", b"<v>", b"</v>", b't="s"', b'r="A1"', b"<sheetData>", b"<t>", b"</"]),
    st.sampled_from(
        [
            b"", b"<", b"&", b"\x00", b"\xff", b't="x"', b'r="XFD1048577"', b'r="A0"', b'r=""', b"<v>1e999", b"<v>-1",
            b"<v>99999999999",
            b"<!DOCTYPE x>", b"<x:y>", b"<row r='9999999999999'", b"<!--",
        ]
    ),
)  # fmt: skip


_ranges = st.builds(
    lambda sheet, area, xml: (f"sheet{sheet}.xml", b"</sheetData>", xml.format(area).encode()),
    st.integers(1, 4),
    st.sampled_from(["A1:B1", "A2:A4", "B2:B3", "A1:L1", "C3:D5", "A1:A1048576", "A1:XFD1048576", "XFD1048576", "A:A", "B3:A1", "A0"]),
    st.sampled_from(
        [
            '</sheetData><mergeCells><mergeCell ref="{}"/></mergeCells>',
            '</sheetData><hyperlinks><hyperlink ref="{}" location="Kosten!A1"/></hyperlinks>',
            '<row r="1048576"><c r="{}" s="0"/></row></sheetData>',
        ]
    ),
)  # fmt: skip
"""Ranges that are merged, linked or formatted, some of them over the whole sheet."""


def broken() -> st.SearchStrategy[tuple[str, bytes]]:
    """Suffixes and bytes: nothing a program has written, or what is left of it."""
    suffix = st.sampled_from([".xlsx", ".xlsx", ".ods", ".xls"])
    return st.one_of(st.tuples(suffix, st.binary(max_size=200)), st.tuples(suffix, _damaged()))


@st.composite
def _damaged(draw: st.DrawFn) -> bytes:
    data = bytearray(content(Book(_sheets(draw(examples()), typed=False))))
    for _ in range(draw(st.integers(0, 5))):
        data[draw(st.integers(0, len(data) - 1))] = draw(st.integers(0, 255))
    return bytes(data[: draw(st.one_of(st.just(len(data)), st.integers(0, len(data))))])


def _sheets(tree, *, typed: bool) -> dict[str, Grid]:
    """Return a budget as the cells of its sheets; typed as numbers and dates, or all text."""
    bodies = [tree["antragsteller"], *tree.get("partner", [])]
    form = [list(pair) for pair in zip(*_table(VORHABEN, [tree], typed=typed), strict=True)]
    sheets = {VORHABEN.name: form, BETEILIGTE.name: _table(BETEILIGTE, bodies, typed=typed)}
    for blatt, path in LISTEN.items():
        lines = [(body["name"], line) for body in bodies for line in _lines(_at(body, path))]
        head, *rows = _table(blatt, [line for _, line in lines], typed=typed)
        names = [name for name, _ in lines]
        sheets[blatt.name] = [["Beteiligter", *head], *([name, *row] for name, row in zip(names, rows, strict=True))]
    return sheets | {AUSNAHMEN.name: _table(AUSNAHMEN, tree.get("ausnahmen", []), typed=typed)}


def _table(blatt: Blatt, records: list[Any], *, typed: bool) -> Grid:
    """Return headings and rows of a sheet, with the columns that hold anything."""
    rows: list[dict[str, Any]] = []
    for record in records:
        row: dict[str, Any] = {}
        for angabe in blatt.angaben:
            value = _at(record, angabe.pfad)
            if angabe.feld == "stunden" and isinstance(value, dict):
                row |= {f"Stunden {year}": _cell(angabe, hours, typed=typed) for year, hours in value.items()}
            elif value is not None:
                row[angabe.ueberschrift] = _cell(angabe, value, typed=typed)
        rows.append(row)
    headings = list(dict.fromkeys(name for row in rows for name in row))
    return [headings, *([row.get(name) for name in headings] for row in rows)]


def _cell(angabe: Angabe, value, *, typed: bool):
    if isinstance(value, dict):
        return joined([f"{name} {share}" for name, share in value.items()])
    if isinstance(value, list):
        return _listed(angabe, value)
    if not typed:
        return value
    try:
        parsed = angabe.parse(value)
    except ScalarError:
        return value
    return parsed * 100 if angabe.wertart == "prozent" and parsed >= 1 else parsed  # 1 alone may be 1 % or 100 %


def _listed(angabe: Angabe, items: list[Any]) -> str | None:
    """Return a list in one cell; awards have a sheet of their own."""
    if angabe.feld == "deminimis":
        return None if items else "keine"
    return joined(items) or None


def _at(record, path: tuple[str, ...]):
    for key in path:
        record = record.get(key) if isinstance(record, dict) else None
    return record


def _lines(value) -> list[Any]:
    return value if isinstance(value, list) else []
