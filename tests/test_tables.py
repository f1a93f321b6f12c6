"""From cells to tables: headings however people write them, rows that are none, columns nobody knows, CSV as it comes."""

from datetime import date
from decimal import Decimal

import pytest
from workbooks import AWARDS, HEADINGS, problems, read, save, save_csv

from foerdercheck.model.location import InputError
from foerdercheck.reading.cells import cell_name, field_name
from foerdercheck.reading.csv_rows import CsvRows

ROWS = [HEADINGS, *AWARDS]


@pytest.fixture
def expected(tmp_path):
    return read(save(tmp_path / "expected.xlsx", ROWS)).historie


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("Gewährt am *", "gewaehrt_am"),
        ("GEWÄHRT\nAM", "gewaehrt_am"),
        ("gewaehrt\u00a0am:", "gewaehrt_am"),
        ("gewa\u0308hrt am", "gewaehrt_am"),
        (" Subventionswert (€)* ", "subventionswert"),
        ("Subventionswert\n[EUR]", "subventionswert"),
        ("Subventions\u00adwert", "subventionswert"),
        ("Bürgschafts-\nquote", "buergschaftsquote"),
        ("Laufzeit  Jahre", "laufzeit_jahre"),
        ("De-minimis", "deminimis"),
        (None, ""),
        (date(2025, 1, 1), ""),
        (Decimal(5), ""),
    ],
)
def test_field_names(heading, field):
    assert field_name(heading) == field


def test_cell_names():
    names = [cell_name(6, column) for column in (0, 25, 26, 701, 702, 16383)]
    assert names == ["A7", "Z7", "AA7", "ZZ7", "AAA7", "XFD7"]


def test_columns_in_any_order_below_a_title_with_gaps(tmp_path, expected):
    order = (4, 0, 5, 2, 1, 3)
    rows = [["De-minimis-Beihilfen der Gruppe"], [], ["Stand", date(2026, 1, 1)], []]
    for row in ROWS:
        cells = [row[index] for index in order]
        rows += [[None, *cells[:3], None, *cells[3:]], [], ["  "]]
    assert read(save(tmp_path / "h.xlsx", rows)).historie == expected


def test_heading_must_be_among_the_first_twenty_rows(tmp_path, expected):
    assert read(save(tmp_path / "h.xlsx", [[]] * 19 + ROWS)).historie == expected
    ((_, text),) = problems(save(tmp_path / "h.xlsx", [[]] * 20 + ROWS))
    assert "Überschriften" in text


@pytest.mark.parametrize("rows", [[], [("A", "B"), (1, 2)], ROWS[1:]], ids=["empty", "other", "no headings"])
def test_sheets_without_our_headings(tmp_path, rows):
    for file in (save(tmp_path / "h.xlsx", rows), save_csv(tmp_path / "h.csv", rows)):
        ((_, text),) = problems(file)
        assert "keine Zeile mit den erwarteten Überschriften" in text
        assert text.endswith("Eine Vorlage schreibt: foerdercheck vorlage historie.xlsx --art historie")
        assert file.name in text


@pytest.mark.parametrize(
    "total",
    [
        ("Summe", None, None, None, 141235.06),
        ("Gesamt:", None, None, None, "141.235,06 €"),
        ("  Zwischensumme 2025", None, None, None, "=SUM(E2:E4)"),
        (None, None, "Summe (EUR)", None, 5),
    ],
)
def test_totals_are_no_awards(tmp_path, expected, total):
    assert read(save(tmp_path / "h.xlsx", [*ROWS, total])).historie == expected


@pytest.mark.parametrize(
    "name", ["Summerer GmbH", "Gesamtverband Metall e. V.", "Gesamt Energie GmbH", "Summe & Partner"]
)
def test_undertakings_that_sound_like_totals_are_counted(tmp_path, name):
    rows = [HEADINGS, (name, date(2025, 1, 1), None, None, 5)]
    assert [award.unternehmen for award in read(save(tmp_path / "h.xlsx", rows)).historie.beihilfen] == [name]
    rows = [HEADINGS, (name, "01.01.2025", "", "", "5")]
    assert [award.unternehmen for award in read(save_csv(tmp_path / "h.csv", rows)).historie.beihilfen] == [name]


def test_hidden_rows_count_and_merged_cells_hold_their_first(tmp_path, expected):
    def change(sheet):
        sheet.row_dimensions[3].hidden = True
        sheet.column_dimensions["E"].hidden = True
        sheet.merge_cells("A6:F6")
        sheet["A6"] = "Summe"

    assert read(save(tmp_path / "h.xlsx", ROWS, change)).historie == expected

    def merge_date(sheet):
        sheet.merge_cells("B2:B3")

    assert [place for place, _ in problems(save(tmp_path / "h.xlsx", ROWS, merge_date))] == ["Beihilfen!B3"]


def test_unknown_columns_are_remarks_at_their_heading(tmp_path, expected):
    rows = [(*row, extra) for row, extra in zip(ROWS, ("Bemerkungn", 1, 2, 3), strict=True)]
    history = read(save(tmp_path / "h.xlsx", [["Liste"], *rows]))
    assert history.historie == expected
    (unknown,) = history.hinweise
    assert str(unknown.ort) == "Beihilfen!G2"
    assert "meinten Sie „Bemerkung“?" in unknown.text
    in_csv = read(save_csv(tmp_path / "h.csv", [[str(cell) for cell in row] for row in rows[:1]]))
    assert [said.ort[1:3] for said in in_csv.hinweise] == [(1, 7)]


def test_a_column_that_stands_twice_must_say_the_same(tmp_path, expected):
    rows = [(*row, more) for row, more in zip(ROWS, ("STATUS", None, "bewilligt", None), strict=True)]
    history = read(save(tmp_path / "h.xlsx", rows))
    assert history.historie == expected
    assert not history.hinweise
    assert [
        place for place, _ in problems(save(tmp_path / "h.xlsx", rows, lambda s: s.__setitem__("G3", "beantragt")))
    ] == ["Beihilfen!F3"]


def test_a_missing_date_column_is_reported(tmp_path):
    found = problems(save(tmp_path / "h.xlsx", [("Unternehmen", "Subventionswert"), ("A", 5)]))
    assert any("Gewährt am fehlt" in text for _, text in found)


def test_percentages_and_years_as_numbers(tmp_path):
    rows = [("Unternehmen", "Gewährt am", "Form", "Fördersumme", "Subventionswert", "Laufzeit (Jahre)", "Laufzeit Jahre",
             "Besicherung [%]", "Bürgschaftsquote")]  # fmt: skip
    rows += [("A", date(2025, 1, 1), "Bürgschaft", 100, 5, None, 2.5, share, text) for share, text in
             ((0.75, "80 %"), (75, "12,5%"), (100, 0.8))]  # fmt: skip
    awards = read(save(tmp_path / "h.xlsx", rows)).historie.beihilfen
    assert [award.besicherung for award in awards] == [Decimal("0.75"), Decimal("0.75"), Decimal(1)]
    assert [award.buergschaftsquote for award in awards] == [Decimal("0.8"), Decimal("0.125"), Decimal("0.8")]
    assert {award.laufzeit_jahre for award in awards} == {Decimal("2.5")}


def test_csv_cells_with_quotes_and_line_breaks(tmp_path):
    content = '"Unter\nnehmen";Aktenzeichen\nx\n'
    file = tmp_path / "h.csv"
    file.write_bytes(
        b'Unternehmen;"Gew\xc3\xa4hrt\nam";Subventionswert;Bemerkung\r\n'
        b'"M\xc3\xbcller ""Nord"" GmbH; Kiel";01.03.2024;"1.234,56 \xe2\x82\xac";"erste\nZeile"\r\n'
        b"\r\n;;;\r\n"
        b"kurz;02.03.2024;5\r\n"
        b"lang;03.03.2024;6;;;;\r\n"
    )
    first, short, long = read(file).historie.beihilfen
    assert (first.unternehmen, first.bemerkung) == ('Müller "Nord" GmbH; Kiel', "erste Zeile")
    assert first.subventionswert == Decimal("1234.56")
    assert (short.subventionswert, long.subventionswert) == (Decimal(5), Decimal(6))
    assert next(iter(CsvRows(content.encode(), "h.csv", ()))) == ["Unter\nnehmen", "Aktenzeichen"]


def test_csv_lines_are_counted_as_editors_count_them(tmp_path):
    file = tmp_path / "h.csv"
    file.write_text('Unternehmen;"Gewährt\nam";Subventionswert\nA;01.01.2025;5\n\nB;"falsch\nes";5\n', encoding="utf-8")
    ((place, _),) = problems(file)
    assert place == "Zeile 5, Spalte 2"


def test_values_beyond_the_headings_are_not_lost_in_silence(tmp_path):
    file = tmp_path / "h.csv"
    file.write_text("Unternehmen,Gewährt am,Subventionswert\nA,01.01.2025,1.234,56\n", encoding="utf-8")
    assert [place for place, _ in problems(file)] == ["Zeile 2, Spalte 3", "Zeile 2, Spalte 4"]


@pytest.mark.parametrize(
    "content", [b"", b"\n\n", b"\xef\xbb\xbf", b"Unternehmen;Gew\0", b"\x89PNG\r\n\x1a\n\0\0", b"\xff\xfeU\0"]
)
def test_csv_files_that_are_none(tmp_path, content):
    file = tmp_path / "h.csv"
    file.write_bytes(content)
    ((_, text),) = problems(file)
    assert file.name in text


def test_csv_with_an_endless_quotation():
    with pytest.raises(InputError) as caught:
        list(CsvRows(b'a;b\nA;"' + b"x" * 200_000, "h.csv", ()))
    assert caught.value.problems[0].ort is not None
