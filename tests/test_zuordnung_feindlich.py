"""Whatever a mapping and a table hold: an answer or an error of the input, never a crash, within bounds."""

import time
from pathlib import Path

import pytest
import yaml
from foreign_tables import HEAD, ROWS, mapping, wrong_by
from hypothesis import given, settings
from hypothesis import strategies as st
from workbooks import save, save_csv

from foerdercheck.assessment.zuordnung import read_zuordnung
from foerdercheck.model.location import InputError
from foerdercheck.model.zuordnung import TABELLEN, Auslassung, Zuordnung
from foerdercheck.programmes.vokabular import vokabular
from foerdercheck.reading.files import TABLE_SUFFIXES, load, read_file
from foerdercheck.reading.histories import read_history

WORDS = st.sampled_from(
    [*HEAD, "A", "B", "Z", "XFD", "D1", "A3", "B99999", "Beihilfen", "ja", "1000", "0", "3", "99999999", "punkt", "TT/MM/JJJJ", "x",
     "zuschuss", "netto", "unternehmen", "gewaehrt_am", "subventionswert", "form", "beteiligter", "deminimis", "-1", "=1"]
)  # fmt: skip
FELDER = st.dictionaries(
    st.sampled_from(["unternehmen", "gewaehrt_am", "subventionswert", "form", "netto", "beteiligter", "stunden_2026", "titel"]),
    WORDS, min_size=1, max_size=4,
)  # fmt: skip
RULES = st.lists(
    st.dictionaries(st.sampled_from(Auslassung._fields), WORDS | st.lists(WORDS, max_size=2), max_size=2), max_size=2
)
ACROSS = st.fixed_dictionaries(
    {"feld": WORDS, "spalten": st.lists(WORDS, max_size=2) | st.dictionaries(WORDS, FELDER, max_size=2)}
)
WORTE = st.dictionaries(st.sampled_from(["form", "unternehmen", "netto"]), st.dictionaries(WORDS, WORDS, max_size=2))
TABLES = st.fixed_dictionaries(
    {"felder": FELDER},
    optional={
        **dict.fromkeys(("fest", "zellen", "faktor", "summe"), FELDER), "auslassen": RULES, "woerter": WORTE, "kopfzeile": WORDS,
        "zeilen_aus_spalten": ACROSS, "blatt": WORDS | st.lists(WORDS, max_size=2),
    },
)  # fmt: skip
TREES = st.dictionaries(st.sampled_from(list(TABELLEN)), TABLES | st.lists(TABLES, max_size=2), max_size=2).flatmap(
    lambda tree: st.builds(
        lambda more: tree | more, st.dictionaries(st.sampled_from(Zuordnung._fields[-3:]), WORDS, max_size=3)
    )
)


@pytest.fixture(scope="module")
def tables(tmp_path_factory):
    folder = tmp_path_factory.mktemp("t")
    lists = [
        save(folder / "t.xlsx", [HEAD, *ROWS]),
        save_csv(folder / "t.csv", [HEAD, *ROWS]),
        save_csv(folder / "e.csv", []),
    ]
    return [load(file, TABLE_SUFFIXES) for file in lists]


@settings(max_examples=150)
@given(TREES, st.integers(0, 2))
def test_no_mapping_crashes_a_reading(tmp_path_factory, tables, tree, number):
    file = tmp_path_factory.getbasetemp() / "z.yaml"
    file.write_text(yaml.safe_dump(tree), encoding="utf-8")
    try:
        table = tables[number]._replace(zuordnung=read_zuordnung(file))
        read_file(table, vokabular())
        read_history(table, vokabular())
    except InputError:
        return


@pytest.mark.parametrize(
    "stated",
    [
        {"auslassen": [{"spalte": "Stato", "ist": str(number)} for number in range(3000)]},
        {"blatt": ["Beihilfen"] * 3000},
        {
            "felder": {"unternehmen": "Impresa"},
            "auslassen": [{"spalte": f"X{number}", "ist": "y"} for number in range(3000)],
        },
        {"woerter": {"form": {f"Parola {number}": "zuschuss" for number in range(10_000)}}},
    ],
    ids=["rules", "sheets", "columns", "words"],
)
def test_a_mapping_that_asks_for_much_costs_little(tmp_path: Path, stated):
    table = save(tmp_path / "t.xlsx", [HEAD, *[ROWS[0]] * 3000])
    start = time.monotonic()
    by = mapping(tmp_path, **stated)
    try:
        read_history(load(table, TABLE_SUFFIXES)._replace(zuordnung=read_zuordnung(by)), vokabular())
    except InputError as error:
        count = len(error.problems)
    else:
        count = 0
    assert count <= 1002
    assert time.monotonic() - start < 20


def test_errors_are_not_counted_without_end(tmp_path):
    table = save_csv(tmp_path / "t.csv", [HEAD, *[("A", "x", "Prestito", "viel")] * 2000])
    assert len(wrong_by(table, mapping(tmp_path))) <= 1001
