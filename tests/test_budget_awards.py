"""The awards on a budget's own sheet: headed as on forms, with columns to tick, as in a history."""

import pytest
from demo import check_demo
from workbooks import NAME, fehler, mappe, only_error, read, save_budget, save_csv

from foerdercheck.programmes.vokabular import vokabular
from foerdercheck.reading.files import BUDGET_SUFFIXES, load, read_file

FORM = [
    ("Datum des Bescheids", "Datum des Vertrags", "Beihilfegeber", "Az.", "Begünstigter", "Form der Beihilfe",
     "Fördersumme in EUR", "Beihilfewert (in EUR)", "Allgemeine", "Agrar", "Fisch", "DAWI", "Wirtschaftsjahr ab"),
    ("15.03.2025", None, "Bank", "AZ 1", NAME, "Kredit", "50.000,00", "1.000,00", "x", None, None, None, None),
    (None, "16.03.2025", "Land", "AZ 2", NAME, "Kredit", "500,00", "500,00", None, "X", "nein", "-", "01.07."),
]  # fmt: skip


def test_the_sheet_of_a_budget_takes_what_a_history_takes(run, tmp_path):
    file = save_budget(tmp_path / "b.xlsx", mappe() | {"De-minimis": [list(row) for row in FORM]})
    document = read_file(load(file, BUDGET_SUFFIXES), vokabular())
    assert (document.problems, document.hinweise) == ((), ())
    found = check_demo(file)
    assert fehler(found) == []
    assert found.budget.antragsteller.deminimis == read(save_csv(tmp_path / "h.csv", FORM)).historie.beihilfen
    assert run("umwandeln", file, tmp_path / "b.yaml").code == 0
    assert check_demo(tmp_path / "b.yaml").budget.antragsteller.deminimis == found.budget.antragsteller.deminimis


@pytest.mark.parametrize(
    ("name", "rows"),
    [
        ("Verbund", [["Unternehmen", "Beziehung", "Verbunden mit"], [NAME, "stimmrechtsmehrheit", "X GmbH"]]),
        ("Umwandlungen", [["Datum", "Ereignis", "Von", "Nach"], ["01.01.2025", "fusion", "X GmbH", NAME]]),
    ],
)
def test_relations_and_events_in_a_budget_are_not_passed_over(tmp_path, name, rows):
    found = check_demo(save_budget(tmp_path / "b.xlsx", mappe() | {name: rows}))
    assert only_error(found, "wird in einem Budget nicht gelesen", "Unternehmensverbund", "eigenen Datei") == name


def test_ticks_that_say_nothing_certain_are_errors_of_a_budget_too(tmp_path):
    rows = [list(FORM[0]), [*FORM[1][:9], "ja", None, None, None]]
    found = check_demo(save_budget(tmp_path / "b.xlsx", mappe() | {"De-minimis": rows}))
    assert only_error(found, "Mehrere Verordnungen sind angekreuzt („Allgemeine“, „Agrar“)") == "De-minimis!I2"


@pytest.mark.parametrize("title", ["De-minimis (2)", "De-minimis 2", "De-minimis Kopie"])
@pytest.mark.parametrize("change", [{}, {6: 50000, 7: 1000}], ids=["gleich", "als Zahlen"])
def test_a_copy_of_the_sheet_is_an_error_and_counts_nothing_twice(tmp_path, title, change):
    """As in a history; so is one that holds some of the awards of the other."""
    first = [list(row) for row in FORM]
    copied = [first[0], [change.get(place, cell) for place, cell in enumerate(first[1])], first[2]]
    for rows in (copied, copied[:2]):
        found = check_demo(save_budget(tmp_path / "b.xlsx", mappe() | {"De-minimis": first, title: rows}))
        assert only_error(found, f"Alle Zeilen von „{title}“ stehen auch auf „De-minimis“") == title


def test_a_second_sheet_with_awards_of_its_own_is_read(tmp_path):
    first, other = ([list(row) for row in FORM] for _ in range(2))
    other[1][0] = "16.05.2025"
    found = check_demo(save_budget(tmp_path / "b.xlsx", mappe() | {"De-minimis": first, "De-minimis (2)": other}))
    assert fehler(found) == []
    assert len(found.budget.antragsteller.deminimis) == 4
    assert "Auch dieses Blatt wird gelesen" in " ".join(befund.text for befund in found.befunde)
