"""Rows of de-minimis histories: missing columns, cells nobody sees into, splits, many faults, and how places are counted."""

import pickle
from datetime import date
from decimal import Decimal

import pytest
from fuzz.ods_files import ods
from test_history_files import texts
from workbooks import HEADINGS, read, save, save_csv

from foerdercheck.assessment.historie import check_history
from foerdercheck.model.beihilfe import Beihilfe
from foerdercheck.model.headings import heading_of
from foerdercheck.model.location import Location

COMPLETE = {
    "Beihilfen": (["Unternehmen", "Gewährt am", "Subventionswert"], ["A GmbH", date(2025, 1, 1), 1]),
    "Verbund": (["Unternehmen", "Beziehung", "Verbunden mit"], ["A GmbH", "organmehrheit", "B GmbH"]),
    "Ereignisse": (["Datum", "Ereignis", "Von", "Nach"], [date(2025, 1, 1), "fusion", "A GmbH", "B GmbH"]),
}


@pytest.mark.parametrize(
    ("sheet", "column", "field"),
    [("Beihilfen", 0, "unternehmen"), ("Beihilfen", 1, "gewaehrt_am"),
     *(("Verbund", column, field) for column, field in enumerate(("unternehmen", "beziehung", "verbunden_mit"))),
     *(("Ereignisse", column, field) for column, field in enumerate(("datum", "ereignis", "von", "nach")))],
)  # fmt: skip
def test_a_missing_column_that_is_needed_is_said_once(tmp_path, sheet, column, field):
    sheets = {name: [heading, *[line] * 3] for name, (heading, line) in COMPLETE.items()}
    sheets[sheet] = [[cell for place, cell in enumerate(row) if place != column] for row in sheets[sheet]]
    (tmp_path / "h.ods").write_bytes(ods(sheets))
    save(tmp_path / "h.xlsx", sheets["Beihilfen"], Verbund=sheets["Verbund"], Ereignisse=sheets["Ereignisse"])
    places = {"ods": Location(blatt=sheet, zelle="A1"), "xlsx": Location(blatt=sheet, zelle="A1")}
    if (sheet, column) == (
        "Beihilfen",
        1,
    ):  # without the other column and any relation, all are those of one undertaking
        save_csv(tmp_path / "h.csv", texts(sheets["Beihilfen"]))
        places["csv"] = Location(zeile=1, spalte=1)
    for suffix, place in places.items():
        (problem,) = check_history(tmp_path / f"h.{suffix}").fehler
        assert (problem.text.startswith(f"{heading_of((field,))} fehlt"), problem.ort) == (True, place)


@pytest.mark.parametrize("blank", [" ", "\t", "\n", "\u00a0", " \u2003 "])
@pytest.mark.parametrize("suffix", ["xlsx", "ods", "csv"])
def test_a_cell_in_which_nobody_sees_anything_is_empty(tmp_path, blank, suffix):
    rows = [[*HEADINGS, "Form"], ["A GmbH", date(2025, 1, 1), blank, blank, 5, blank, blank], [blank] * 7]
    file = tmp_path / f"h.{suffix}"
    if suffix == "csv":
        save_csv(file, texts(rows))
    elif suffix == "ods":
        file.write_bytes(ods({"Beihilfen": rows}))
    else:
        save(file, rows)
    (award,) = read(file).historie.beihilfen
    assert award == Beihilfe("A GmbH", date(2025, 1, 1), subventionswert=Decimal(5))


def test_commas_in_a_remark_separate_nothing(tmp_path):
    file = tmp_path / "h.csv"
    file.write_text(
        '"Unternehmen";"Gewährt am";"Subventionswert";"Bemerkung"\nA;01.01.2025;5,00;eins, zwei, drei, vier, fünf\n',
        encoding="utf-8",
    )
    (award,) = read(file).historie.beihilfen
    assert (award.subventionswert, award.bemerkung) == (5, "eins, zwei, drei, vier, fünf")


SPLIT = """
beihilfen:
  - {unternehmen: A, gewaehrt_am: 2025-01-01, subventionswert: "500000"}
  - {unternehmen: A, gewaehrt_am: 2025-01-01, subventionswert: "10000", mitgliedstaat: AT}
  - {unternehmen: B, gewaehrt_am: 2025-02-01, subventionswert: "1000"}
ereignisse:
  - {datum: 2025-06-01, ereignis: spaltung, von: A, nach: Z, anteil: 60 %}
  - {datum: 2025-06-01, ereignis: spaltung, von: A, nach: B, anteil: 40 %}
"""


def test_who_inherits_awards_by_a_split_has_an_account(tmp_path):
    file = tmp_path / "h.yaml"
    file.write_text(SPLIT, encoding="utf-8")
    before = check_history(file, stichtag=date(2025, 5, 31))
    assert [(k.unternehmen, k.mitgliedstaat, k.im_fenster) for k in before.konten] == [
        (("A",), "DE", 500000), (("A",), "AT", 10000), (("B",), "DE", 1000)
    ]  # fmt: skip
    after = check_history(file, stichtag=date(2026, 1, 1))
    assert [(k.unternehmen, k.mitgliedstaat, k.im_fenster) for k in after.konten] == [
        (("B",), "DE", 201000), (("B",), "AT", 4000), (("Z",), "DE", 300000), (("Z",), "AT", 6000)
    ]  # fmt: skip
    assert after.exit_code == 1  # what A was granted exceeded the ceiling, whoever holds it now
    assert [k.im_fenster for k in check_history(file, stichtag=date(2026, 1, 1), unternehmen="z").konten] == [
        300000,
        6000,
    ]


def test_more_faults_than_are_listed_are_counted_in_one_line(tmp_path):
    file = tmp_path / "h.csv"
    file.write_text("Unternehmen;Gewährt am;Subventionswert\n" + "A;x;1,00\n" * 1001, encoding="utf-8")
    found = check_history(file).fehler
    assert len(found) == 1001
    assert found[0].ort.zeile == 2
    assert "weitere" in found[-1].text


def test_a_row_without_name_and_value_is_told_about_its_name(tmp_path):
    file = tmp_path / "h.csv"
    file.write_text("Unternehmen;Gewährt am;Subventionswert\nA;01.01.2025;1\n;01.01.2025;\n", encoding="utf-8")
    (problem,) = check_history(file).fehler
    assert "Unternehmen fehlt" in problem.text


def test_a_negative_amount_of_many_decimals_is_an_error_at_its_cell(tmp_path):
    file = save(
        tmp_path / "h.xlsx", [["Unternehmen", "Gewährt am", "Subventionswert"], ["A", date(2025, 1, 1), -1.234]]
    )
    (problem,) = check_history(file).fehler
    assert str(problem.ort) == "Beihilfen!C2"


def test_places_count_lines_where_cells_hold_line_breaks(tmp_path):
    file = tmp_path / "h.csv"
    head = '"Liste\nder\nBeihilfen";;;\nUnternehmen;Gewährt am;Subventionswert;Farbe\n'
    rows = head + '"A\nGmbH";01.01.2025;1,00;rot\nB;01.01.2025;2,00;\n'
    file.write_text(rows, encoding="utf-8")
    result = check_history(file, stichtag=date(2026, 1, 1))
    assert [said.ort.zeile for said in result.bemerkungen] == [4]
    assert [result.place(award.pfad).zeile for konto in result.konten for award in konto.beihilfen] == [5, 7]


def test_results_can_be_sent_to_another_process(tmp_path):
    file = tmp_path / "h.csv"
    file.write_text('Unternehmen;Gewährt am;Subventionswert\n"A";01.01.2025;1,00\n', encoding="utf-8")
    sent = pickle.dumps(check_history(file, stichtag=date(2026, 1, 1)))
    again = pickle.loads(sent)  # noqa: S301 - our own bytes
    assert again.konten[0].im_fenster == 1


def test_every_bad_row_is_named_and_every_good_one_counts(tmp_path):
    file = tmp_path / "h.csv"
    rows = [f"Firma {number % 3};{'x' if number in {4, 9} else '01.01.2025'};{number},5" for number in range(1, 12)]
    file.write_text("\n".join(["Unternehmen;Gewährt am;Subventionswert", *rows]), encoding="utf-8")
    assert [problem.ort.zeile for problem in check_history(file).fehler] == [5, 10]
    file.write_text(file.read_text(encoding="utf-8").replace(";x;", ";02.01.2025;"), encoding="utf-8")
    assert sum(konto.im_fenster for konto in check_history(file, stichtag=date(2026, 1, 1)).konten) == Decimal("71.50")
