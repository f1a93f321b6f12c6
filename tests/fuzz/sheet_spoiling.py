"""What people do to the sheets of a budget: values, rows, columns, headings and sheets changed, doubled, moved or dropped."""

from collections.abc import Callable
from typing import Any

from hypothesis import strategies as st

from foerdercheck.model.angaben import VORHABEN
from fuzz.nasty import HEADINGS, cells, plausible, texts

Grid = list[list[Any]]
_Spoil = Callable[[st.DrawFn, dict[str, Grid], str], None]


def _row(draw: st.DrawFn, rows: Grid) -> int:
    return draw(st.sampled_from([index for index, row in enumerate(rows) if row][::-1]))


def _set(draw: st.DrawFn, sheets: dict[str, Grid], name: str, value) -> None:
    row = sheets[name][_row(draw, sheets[name])]
    row[draw(st.integers(0, len(row) - 1))] = value


def _other(draw: st.DrawFn, sheets: dict[str, Grid], name: str) -> None:
    _set(draw, sheets, name, draw(plausible))


def _nasty(draw: st.DrawFn, sheets: dict[str, Grid], name: str) -> None:
    _set(draw, sheets, name, draw(cells))


def _empty(draw: st.DrawFn, sheets: dict[str, Grid], name: str) -> None:
    _set(draw, sheets, name, None)


def _drop_row(draw: st.DrawFn, sheets: dict[str, Grid], name: str) -> None:
    del sheets[name][_row(draw, sheets[name])]


def _double_row(draw: st.DrawFn, sheets: dict[str, Grid], name: str) -> None:
    index = _row(draw, sheets[name])
    sheets[name].insert(draw(st.integers(0, len(sheets[name]))), list(sheets[name][index]))


def _insert_row(draw: st.DrawFn, sheets: dict[str, Grid], name: str) -> None:
    row = draw(
        st.sampled_from([[], [None, " "], ["Summe", None, 1, 2.5], ["Gesamt:"], ["Kostenplan für 2026"], ["Beispiel"]])
    )
    sheets[name].insert(draw(st.integers(0, len(sheets[name]))), list(row))


def _shuffle_rows(draw: st.DrawFn, sheets: dict[str, Grid], name: str) -> None:
    sheets[name][:] = draw(st.permutations(sheets[name]))


def _move_column(draw: st.DrawFn, sheets: dict[str, Grid], name: str) -> None:
    first, last = draw(st.tuples(*[st.integers(0, 9)] * 2))
    for row in sheets[name]:
        if max(first, last) < len(row):
            row.insert(last, row.pop(first))


def _insert_column(draw: st.DrawFn, sheets: dict[str, Grid], name: str) -> None:
    heading = draw(
        st.one_of(st.sampled_from(HEADINGS), st.sampled_from(["Bemerkung", "Stunden 2026", "2026", None]), texts)
    )
    value = draw(st.one_of(st.none(), cells))
    for index, row in enumerate(sheets[name]):
        row.insert(0, value if index else heading)


def _drop_column(draw: st.DrawFn, sheets: dict[str, Grid], name: str) -> None:
    column = draw(st.integers(0, 9))
    for row in sheets[name]:
        del row[column : column + 1]


def _heading(draw: st.DrawFn, sheets: dict[str, Grid], name: str) -> None:
    row = sheets[name][_row(draw, sheets[name]) if name == VORHABEN.name else 0]
    if row:
        index = 0 if name == VORHABEN.name else draw(st.integers(0, len(row) - 1))
        change = draw(st.sampled_from(_HEADING_CHANGES))
        row[index] = change(str(row[index]))


_HEADING_CHANGES: tuple[Callable[[str], Any], ...] = (
    str.upper, lambda text: f"{text} *", lambda text: f"{text} (€)", lambda text: f"{text} [EUR/h]", lambda text: f"{text} (T€)",
    lambda text: text[:-1], lambda text: f" {text}:", lambda text: text.replace("u", "ü"), lambda text: f"{text} (2026)",
    lambda text: "-\n".join([text[:3], text[3:]]), lambda _: None, lambda _: 2026, lambda _: "Netto", lambda _: "Name",
)  # fmt: skip


def _drop_sheet(_draw: st.DrawFn, sheets: dict[str, Grid], name: str) -> None:
    del sheets[name]


def _rename_sheet(draw: st.DrawFn, sheets: dict[str, Grid], name: str) -> None:
    sheets[draw(st.sampled_from([name.upper(), f"{name} neu", f" {name}", "Tabelle1", "Beihilfen"]))] = sheets.pop(name)


def _second_sheet(_draw: st.DrawFn, sheets: dict[str, Grid], name: str) -> None:
    sheets[f"{name} "] = [list(row) for row in sheets[name]]


# What hypothesis likes best stands at the ends: it should not be the same refusal every time.
SPOILING: tuple[_Spoil,
...] = (
    *[_move_column] * 4, *[_other] * 4, *[_nasty] * 3, *[_empty] * 3, *[_insert_column] * 2, *[_heading] * 2, _double_row,
    _shuffle_rows,
    _drop_column, _drop_sheet, _rename_sheet, _second_sheet, *[_drop_row] * 2, *[_insert_row] * 4,
)  # fmt: skip
