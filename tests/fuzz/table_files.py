"""Tables changed in their bytes: budgets and histories in every format, as `mutants` change them, and CSV files of anything."""

import random
from collections.abc import Sequence
from functools import cache

from hypothesis import strategies as st
from workbooks import AWARDS, HEADINGS, mappe

from fuzz.changes import packed, unpacked
from fuzz.mutants import mutant
from fuzz.nasty import cells, texts
from fuzz.ods_files import ods
from fuzz.workbook_files import Book, content

File = tuple[str, bytes]
_ENCODINGS = ("utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-be", "mac-roman")


@cache
def bases(*, history: bool) -> Sequence[File]:
    """Return a budget or a history as .xlsx, .xlsm and .ods."""
    sheets = (
        {"Beihilfen": [[*HEADINGS], *map(list, AWARDS)]}
        if history
        else mappe(Finanzierung=[{"Geber": "A", "Betrag": 5}])
    )
    data = content(Book(sheets))
    plain, macros = b"openxmlformats-officedocument.spreadsheetml.sheet.main", b"ms-excel.sheet.macroEnabled.main"
    parts = unpacked(data)
    parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(plain, macros)
    return (".xlsx", data), (".xlsm", packed(parts)), (".ods", ods(sheets))


def mutated(*, history: bool = False) -> st.SearchStrategy[File]:
    """Workbooks with a few changes in their XML or their zip."""

    def change(number: int, base: int) -> File:
        suffix, data = bases(history=history)[base]
        return suffix, mutant(random.Random(number), data)  # noqa: S311 - made-up data

    return st.builds(change, st.integers(0, 2**32), st.integers(0, 2))


@st.composite
def _csv(draw: st.DrawFn) -> File:
    rows = [HEADINGS, *draw(st.lists(st.lists(st.one_of(texts, cells), max_size=8), max_size=5)), *AWARDS]
    separator, end = (
        draw(st.sampled_from(";,\t|")),
        draw(st.sampled_from(["\n", "\r\n", "\r", "\x85", "\u2028", "\n\r"])),
    )
    quote = draw(st.sampled_from(['"', "", "'"]))
    text = end.join(separator.join(f"{quote}{'' if cell is None else cell}{quote}" for cell in row) for row in rows)
    return ".csv", text.encode(draw(st.sampled_from(_ENCODINGS)), errors="replace")[: draw(st.integers(0, 2000))]


def histories() -> st.SearchStrategy[File]:
    """Histories as mutated workbooks, as CSV files of anything, and as what is left of an old format."""
    old = st.builds(lambda data: (".xls", bytes.fromhex("d0cf11e0a1b11ae1") + data), st.binary(max_size=600))
    return st.one_of(mutated(history=True), _csv(), _csv(), old)
