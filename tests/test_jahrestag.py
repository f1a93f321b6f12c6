"""The day on which fiscal years begin: as people write it, in every format of a history."""

import re
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from workbooks import converted, problems, read, save, save_csv

from foerdercheck.model.jahrestag import parse_jahrestag
from foerdercheck.model.scalars import ScalarError
from foerdercheck.schema import patterns

HEADINGS = ("Unternehmen", "Gewährt am", "Verordnung", "Subventionswert", "Wirtschaftsjahr")


@pytest.mark.parametrize(
    "written",
    [
        "01.07.",
        "1.7.",
        "01.07",
        "1. 7.",
        "01.07.2024",
        "2024-07-01",
        date(2026, 7, 1),
        "01.07.-30.06.",
        "1.7. – 30.6.",
        "01.07.2023 bis 30.06.2024",
        "01.07.2023–30.06.2024",
    ],
)
def test_a_day_is_read_however_it_is_written(written):
    assert parse_jahrestag(written) == "01.07."


def test_the_calendar_year_has_a_name():
    assert parse_jahrestag("Kalenderjahr") == parse_jahrestag("01.01.–31.12.") == "01.01."
    assert parse_jahrestag("01.03.-28.02.") == "01.03."


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("29.02.", "„29.02.“: diesen Tag gibt es nicht in jedem Jahr"),
        (date(2024, 2, 29), "„2024-02-29“: diesen Tag gibt es nicht in jedem Jahr"),
        ("31.06.", "„31.06.“: diesen Tag gibt es nicht in jedem Jahr"),
        ("07/01", "„07/01“ ist kein Tag im Jahr: schreiben Sie z. B. 01.07."),
        ("Juli", "„Juli“ ist kein Tag im Jahr"),
        ("01.07.–31.12.", "ist kein ganzes Jahr: ein Steuerjahr ab 01.07. endet am Tag davor"),
        (Decimal("1.1"), "ist als Zahl gespeichert: schreiben Sie den Tag als Text, z. B. 01.07."),
        ("", "leer"),
    ],
)
def test_what_is_no_day_is_refused(written, said):
    with pytest.raises(ScalarError, match=re.escape(said)):
        parse_jahrestag(written)


@given(st.text("0123456789. -–bis", max_size=14))
def test_a_pattern_accepts_whatever_is_read(text):
    try:
        parse_jahrestag(text)
    except ScalarError:
        return
    assert re.search(patterns.JAHRESTAG, text)


def rows(begin):
    """Two awards to a farm; the second says when its fiscal year begins."""
    first = ("Hof A", date(2021, 11, 10), "Agrar", 15000, None)
    return [HEADINGS, first, ("Hof A", date(2024, 3, 10), "Agrar", 15000, begin)]


@pytest.mark.parametrize("begin", ["01.07.", "1.7.", date(2026, 7, 1), "01.07. - 30.06."])
def test_a_workbook_may_hold_it_as_text_or_as_the_date_a_spreadsheet_makes_of_it(tmp_path, begin):
    file = save(tmp_path / "h.xlsx", rows(begin))
    (ods,) = converted("ods", file)
    for each in (file, ods):
        assert [beihilfe.steuerjahr_ab for beihilfe in read(each).historie.beihilfen] == [None, "01.07."]


def test_a_number_is_refused_with_its_cell(tmp_path):
    """01.10. typed as 1.10 is the number 1.1, and would be January."""
    ((place, text),) = problems(save(tmp_path / "h.xlsx", rows(Decimal("1.1"))))
    assert (place, "ist als Zahl gespeichert" in text) == ("Beihilfen!E3", True)


def test_a_text_file_says_the_same(tmp_path):
    written = [[f"{cell:%d.%m.%Y}" if isinstance(cell, date) else cell for cell in row] for row in rows("1.7.")]
    assert (
        read(save_csv(tmp_path / "h.csv", written)).historie == read(save(tmp_path / "h.xlsx", rows("01.07."))).historie
    )


def test_conversion_keeps_it(run, tmp_path):
    file = save(tmp_path / "h.xlsx", rows("01.07."))
    assert run("umwandeln", file, tmp_path / "h.yaml").code == 0
    assert "steuerjahr_ab: 01.07." in (tmp_path / "h.yaml").read_text(encoding="utf-8")
    assert run("umwandeln", tmp_path / "h.yaml", tmp_path / "again.xlsx").code == 0
    assert read(tmp_path / "again.xlsx").historie == read(file).historie


def test_what_fits_when_a_fiscal_year_begins_says_why(run, tmp_path):
    file = save(tmp_path / "h.xlsx", [HEADINGS, ("Hof A", date(2021, 8, 1), "Agrar", 15000, "01.07.")])
    out = run("deminimis", file, "--stichtag", "2024-03-01", "--verordnung", "Agrar", "--was-geht-noch").out
    assert re.search(r"01\.07\.2024 +20\.000,00 € +ein neues Steuerjahr beginnt", out)
    assert re.search(r"16\.12\.2024 +50\.000,00 € +ein anderer Höchstbetrag gilt", out)
