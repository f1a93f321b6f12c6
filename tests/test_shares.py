"""Names with shares: a mapping in YAML, `Verden 60 %, Diepholz 40 %` in a cell, and nothing in between."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from workbooks import mappe, only_error

from foerdercheck.assessment.budget import check_budget
from foerdercheck.model.amounts import parse_prozent
from foerdercheck.model.scalars import ScalarError
from foerdercheck.reading.lists import items_or_shares
from foerdercheck.writing.cells import joined
from foerdercheck.writing.content import percent

ZR_NI = {"Förderprogramm": "zr-ni-rm", "Antragsdatum": "01.09.2025", "Beginn": "01.01.2026", "Ende": "31.12.2028"}
YAML = """
foerderprogramm: zr-ni-rm
vorhaben: {antragsdatum: 2025-09-01, beginn: 2026-01-01, ende: 2028-12-31, landkreise: LANDKREISE}
antragsteller: {name: A, art: koerperschaft}
"""


@pytest.mark.parametrize(
    "cell",
    ["Verden 60,5 %; Diepholz 39,5 %", "Verden 60,5 %, Diepholz 39,5 %", "Verden: 60,5%,Diepholz:39,5%",
     "Landkreis Verden\u00a060.5\u00a0%\nLandkreis Diepholz 39.5 %", " Verden 60,5 % ;Diepholz 39,5 %;"],
)  # fmt: skip
def test_shares_in_a_cell_are_read_as_a_mapping(pruefe, cell):
    found = pruefe(mappe({**ZR_NI, "Landkreise": cell}), fassung=None)
    assert found.budget.vorhaben.landkreise == {"Verden": Decimal("0.605"), "Diepholz": Decimal("0.395")}


@pytest.mark.parametrize("cell", ["Verden, Diepholz", "Verden; Diepholz", "Verden,Landkreis Diepholz,"])
def test_names_without_shares_stay_a_list(pruefe, cell):
    assert pruefe(mappe({**ZR_NI, "Landkreise": cell}), fassung=None).budget.vorhaben.landkreise == (
        "Verden",
        "Diepholz",
    )


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        ("Verden 60 %, Diepholz", ("„Diepholz“ steht ohne Anteil neben „Verden 60 %“", "bei allen", "bei keinem")),
        ("Verden; Diepholz 40 %", ("„Verden“ steht ohne Anteil",)),
        ("Verden 60 %, Diepholz 40", ("„Diepholz 40“ steht ohne Anteil",)),
        ("60 %, 40 %", ("„60 %“ ist kein Name mit seinem Anteil",)),
        ("Verden60 %", ("ist kein Name mit seinem Anteil",)),
        ("Verden 60 %, verden 40 %", ("„verden“ steht doppelt",)),
        ("Verden 60 %, Diepholz 30 %", ("die Anteile ergeben 90 %",)),
        ("Verden 60 %, Diepholtz 40 %", ("Diepholtz", "meinten Sie „Diepholz“")),
        ("Verden 1.60 %, Diepholz 4,0,0 %", ("„4,0,0“", "kein Prozentsatz")),
    ],
)
def test_what_is_neither_names_nor_names_with_shares_is_an_error_at_its_cell(pruefe, cell, words):
    assert only_error(pruefe(mappe({**ZR_NI, "Landkreise": cell}), fassung=None), *words) == "Vorhaben!B5"


def test_shares_in_a_list_of_yaml_are_an_error_also_where_names_are_not_known():
    for programme in ("zr-ni-rm", "mpsc"):
        text = YAML.replace("zr-ni-rm", programme).replace("2025-09-01", "2020-09-01")
        found = check_budget(text.replace("LANDKREISE", "[Verden 60 %, Diepholz 40 %]").encode()).fehler
        assert sum("Anteile stehen nicht in einer Liste" in fehler.text for fehler in found) == 1


_NAMES = st.lists(
    st.text("ab ,;:.%/(1", min_size=1).map(lambda text: " ".join(text.split())).filter(lambda name: name[-1:] not in {"", ":", "%"}),
    min_size=1, max_size=4, unique_by=str.casefold,
)  # fmt: skip


@given(_NAMES, st.integers(0, 1_000_000))
def test_shares_read_back_from_one_cell(names, millionths):
    share = Decimal(millionths).scaleb(-6)
    cell = joined([f"{name} {percent(share)}" for name in names])
    assert {name: parse_prozent(text) for name, text in items_or_shares(cell).items()} == dict.fromkeys(names, share)


@pytest.mark.parametrize("text", ["a" * 30_000 + "%", "a " * 15_000 + "%", "1" * 30_000 + " 1" * 9_000 + "x %"])
def test_splitting_takes_no_longer_for_hostile_cells(text):
    with pytest.raises(ScalarError, match="kein Name mit seinem Anteil"):
        items_or_shares(text)
