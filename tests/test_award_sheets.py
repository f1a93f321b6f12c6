"""Sheets with lists of awards: all of them are read and named, and what stands above, beside or below is not lost without a word."""

from datetime import date

import pytest
from workbooks import converted, problems, read, save, save_budget, save_csv

HEAD = ("Unternehmen", "Gewährt am", "Subventionswert")


@pytest.mark.parametrize("suffix", ["xlsx", "ods"])
def test_all_sheets_of_awards_are_read_and_named_in_places(tmp_path, suffix):
    file = save(
        tmp_path / "h.xlsx", [HEAD, ("A", date(2024, 5, 2), 1)],
        **{"2025": [("Firma", "Bewilligungsdatum", "BSÄ"), ("A", date(2025, 5, 2), 2)], "2026": [HEAD, ("B", date(2026, 5, 2), 4)]},
    )  # fmt: skip
    (file,) = converted("ods", file) if suffix == "ods" else [file]
    history = read(file)
    assert sum(b.subventionswert for b in history.historie.beihilfen) == 7
    assert str(history.source.locate(("beihilfen", 2, "subventionswert"))) == "2026!C2"
    assert [str(said.ort) for said in history.hinweise] == ["2025", "2026"]


@pytest.mark.parametrize(
    "rows",
    [
        [("Firma (alt)", "Datum", "Subventionswert", "Zeile"), ("A", "15.03.2025", "250.000,00", "1")],
        [("A GmbH", date(2025, 3, 15), 250000)],
        [("A GmbH", "15.03.2025", "250.000,00 €")],
    ],
)
def test_a_sheet_that_may_hold_awards_is_never_passed_over(tmp_path, rows):
    file = save(tmp_path / "h.xlsx", [HEAD, ("A", date(2024, 5, 2), 1)], **{"2025": rows})
    ((place, text),) = problems(file)
    assert (place, "sieht aus wie eine Liste" in text) == ("2025", True)


def test_a_sheet_of_notes_beside_awards_is_a_remark(tmp_path):
    file = save(
        tmp_path / "h.xlsx",
        [HEAD, ("A", date(2024, 5, 2), 1)],
        Notizen=[("bitte prüfen", 5), ("Stand", date(2026, 1, 1))],
    )
    (said,) = read(file).hinweise
    assert (str(said.ort), "wird nicht gelesen" in said.text) == ("Notizen", True)


@pytest.mark.parametrize(
    ("above", "lost"),
    [
        (("Jessen GmbH", date(2024, 3, 1), "IB.SH"), True),
        (("Jessen GmbH", "01.03.2024", "IB.SH"), True),
        (("Jessen GmbH", date(2024, 3, 1), None, "250,00"), True),
        ((None, date(2024, 3, 1), "IB.SH", "250,00"), True),
        (("Stand", date(2024, 3, 1), "Fassung 2"), False),
        (("Jessen GmbH", date(2024, 3, 1)), False),
        (("Jessen GmbH", "Liste", "2024"), False),
    ],
)
@pytest.mark.parametrize("to", [save, save_csv])
def test_an_award_above_the_heading_is_not_lost_without_a_word(tmp_path, to, above, lost):
    rows = [
        above,
        ("Unternehmen", "Gewährt am", "Zuwendungsgeber", "Subventionswert"),
        ("A", "15.03.2025", "B", "250,00"),
    ]
    file = to(tmp_path / f"h.{'csv' if to is save_csv else 'xlsx'}", rows)
    if lost:
        ((_, text),) = problems(file)
        assert "über der Überschrift" in text
    else:
        assert [award.unternehmen for award in read(file).historie.beihilfen] == ["A"]


def test_a_row_with_more_cells_than_the_heading_is_an_error(tmp_path):
    file = tmp_path / "h.csv"
    file.write_text(
        "Unternehmen,Gewährt am,Subventionswert\nA,01.03.2025,1000,50\nB,02.03.2025,20,,\n", encoding="utf-8"
    )
    ((place, text),) = problems(file)
    assert (place, "mehr Felder als die Überschrift (3)" in text) == ("Zeile 2, Spalte 4", True)


@pytest.mark.parametrize("to", [save, save_csv])
@pytest.mark.parametrize(("stated", "told"), [("349,99", 1), ("350,00", 0), ("350,01", 1), ("", 0)])
def test_a_sum_that_is_not_the_one_of_the_lines_above_is_told(tmp_path, to, stated, told):
    rows = [("Unternehmen", "Gewährt am", "Subventionswert"), ("A", "01.03.2025", "250,00"), ("B", "02.03.2025", "100,00"),
            ("Summe", "", stated), ("A", "03.03.2025", "5,00"), ("Zwischensumme", "", "5,00"), ("Gesamt", None, "355,00")]  # fmt: skip
    found = read(to(tmp_path / f"h.{'csv' if to is save_csv else 'xlsx'}", rows)).hinweise
    assert [hinweis.text.partition(",")[0] for hinweis in found] == [
        f"„Summe“: hier steht {stated.partition(',')[0]}"
    ] * told


def test_what_stands_beside_the_table_of_a_sheet_is_told(tmp_path):
    rows = [
        ("Unternehmen", "Gewährt am", "Subventionswert"),
        ("A", date(2025, 3, 1), 250, "geprüft"),
        ("B", date(2025, 3, 2), 100),
    ]
    (hinweis,) = read(save(tmp_path / "h.xlsx", rows)).hinweise
    assert (str(hinweis.ort), "keine Überschrift" in hinweis.text) == ("Beihilfen!D2", True)


def test_a_sheet_that_repeats_another_is_an_error(tmp_path):
    """A copy, or a sheet of all years beside one for each: both cannot be meant."""
    head = ["Unternehmen", "Gewährt am", "Subventionswert"]
    one, two = ["A", "15.03.2025", 100], ["A", "16.03.2025", 100]
    for name, sheets in {
        "copy": {"2025": [head, one], "2025 (2)": [head, one]},
        "all": {"2025": [head, one], "Gesamt": [head, two, one]},
        "before": {"Gesamt": [head, two, one], "2025": [head, one]},
    }.items():
        ((place, text),) = problems(save_budget(tmp_path / f"{name}.xlsx", sheets))
        assert place in {"2025 (2)", "Gesamt", "2025"}
        assert "Alle Zeilen von" in text
    different = save_budget(tmp_path / "d.xlsx", {"2025": [head, one], "2026": [head, two]})
    assert len(read(different).historie.beihilfen) == 2
