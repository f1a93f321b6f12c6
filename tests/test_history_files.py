"""De-minimis histories from files: every format says the same, and every problem names its place."""

from datetime import date
from decimal import Decimal

import pytest
from demo import BUDGETS, check_demo
from workbooks import AWARDS, CELL, HEADINGS, YAML, converted, patched, problems, read, save, save_csv, typed

from foerdercheck.assessment.historie import check_history
from foerdercheck.model.beihilfe import Beziehung

SHEET = "xl/worksheets/sheet1.xml"
ROWS = [HEADINGS, *AWARDS]
HOSTILE = [CELL.format("XFD1048576"), "<c r='XFD1048576'><v>1</v></c>", '<c s="0" r="XFD1048576"><v>1</v></c>',
           '<c r="xfd1048576"><v>1</v></c>', '<x:c xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
           ' r="XFD1048576"><x:v>1</x:v></x:c>']  # fmt: skip


@pytest.fixture
def expected(tmp_path):
    file = tmp_path / "history.yaml"
    file.write_text(YAML, encoding="utf-8")
    return read(file).historie


@pytest.fixture(scope="module")
def libreoffice(tmp_path_factory):
    """What LibreOffice makes of the history, and of one with error values: suffix → two files."""
    folder = tmp_path_factory.mktemp("libreoffice")
    errors = [*ROWS, ("A", date(2025, 1, 1), "=#REF!", "Agrar", "=1/0"), ("B", date(2025, 1, 2), "x", None, 5)]
    files = save(folder / "h.xlsx", ROWS), save(folder / "errors.xlsx", errors)
    return {suffix: converted(suffix, *files) for suffix in ("ods",)}


def texts(rows):
    """Return the rows as people type them: German dates and amounts."""

    def text(cell):
        if isinstance(cell, date):
            return f"{cell:%d.%m.%Y}"
        return (
            f"{cell:_.2f}".replace(".", ",").replace("_", ".") + " €" if isinstance(cell, int | float) else cell or ""
        )

    return [[text(cell) for cell in row] for row in rows]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
@pytest.mark.parametrize("separator", [";", ",", "\t"])
def test_csv_is_the_same_history(tmp_path, expected, separator, encoding):
    assert read(save_csv(tmp_path / "h.csv", texts(ROWS), separator, encoding)).historie == expected


@pytest.mark.parametrize("rows", [ROWS, texts(ROWS)], ids=["numbers and dates", "texts"])
def test_xlsx_is_the_same_history(tmp_path, expected, rows):
    assert read(save(tmp_path / "h.xlsx", rows)).historie == expected


def test_ods_is_the_same_history(libreoffice, expected):
    assert read(libreoffice["ods"][0]).historie == expected


def test_error_values_of_libreoffice_files_are_named(libreoffice):
    found = problems(libreoffice["ods"][1])
    assert [(place, text.split("Fehlerwert ")[-1]) for place, text in found] == [
        ("Beihilfen!C5", "#REF!"), ("Beihilfen!E5", "#DIV/0!")]  # fmt: skip


def test_all_problems_come_in_one_run_by_row(tmp_path):
    rows = [
        HEADINGS,
        ("A", date(2025, 1, 1), None, "2099/1", 10, None),
        ("B", "30.02.2025", None, None, -5, None),
        ("C", None, None, None, "viel", "bewiligt"),
        ("D", "03/01/2026", None, None, "48.000", None),
    ]
    expected = [("Beihilfen!D2", "De-minimis-Verordnung"), ("Beihilfen!B3", "dieses Datum gibt es nicht"),
             ("Beihilfen!E3", "negativ"), ("Beihilfen!B4", "Gewährt am fehlt"), ("Beihilfen!E4", "„viel“ ist kein Betrag"),
             ("Beihilfen!F4", "meinten Sie „bewilligt“?"), ("Beihilfen!B5", "kein Datum"), ("Beihilfen!E5", "mehrdeutig")]  # fmt: skip
    found = problems(save(tmp_path / "h.xlsx", rows))
    assert [place for place, _ in found] == [place for place, _ in expected]
    assert [word for place, word in expected if word not in dict(found)[place]] == []
    in_csv = problems(save_csv(tmp_path / "h.csv", [[str(cell or "") for cell in row] for row in rows[:2]] + rows[2:]))
    assert [place.split(",")[0] for place, _ in in_csv] == [f"Zeile {number}" for number in (2, 3, 3, 4, 4, 4, 5, 5)]


def test_csv_places_are_lines_of_the_file_to_jump_to(tmp_path):

    file = save_csv(tmp_path / "history.csv", [*texts(ROWS), *[["A", "01.01.2025", "", "", "1", ""]] * 7, ["A", "x"]])
    fehler = check_history(file, stichtag=date(2026, 1, 1)).fehler
    assert [fehler[0].ort.zeile, fehler[0].ort.spalte] == [12, 2]


def test_numeric_cells_are_rounded_to_cents_with_a_remark(tmp_path):
    rows = [HEADINGS, *(("A", date(2025, 1, day), None, None, value) for day, value in
                        enumerate((0.1 + 0.2, 10.005, 10.0000001, 1e-3, "7,10"), 1))]  # fmt: skip
    history = read(save(tmp_path / "h.xlsx", rows))
    assert [award.subventionswert for award in history.historie.beihilfen] == [
        Decimal(text) for text in ("0.30", "10.01", "10.00", "0.00", "7.10")
    ]
    assert [str(said.ort) for said in history.hinweise] == ["Beihilfen!E3", "Beihilfen!E5"]
    assert "„10.005“" in history.hinweise[0].text
    assert "10,01" in history.hinweise[0].text


def test_verbund_and_ereignisse_in_sheets_of_any_case(tmp_path):
    history = read(save(
        tmp_path / "h.xlsx", ROWS,
        VERBUND=[("Verbunden mit", "UNTERNEHMEN", "beziehung"), ("Müller & Söhne KG", "Jessen Anlagenbau GmbH", "organmehrheit")],
        ereignisse=[("Datum", "Ereignis", "Von", "Nach", "Anteil"), (date(2025, 1, 1), "Spaltung", "A", "B", 0.4),
                    ("2.1.2025", "spaltung", "A", "C", "60 %")],
    )).historie  # fmt: skip
    assert history.verbund == (Beziehung("Jessen Anlagenbau GmbH", "organmehrheit", "Müller & Söhne KG"),)
    assert [event.anteil for event in history.ereignisse] == [Decimal("0.4"), Decimal("0.6")]


def test_problems_of_further_sheets_are_placed_there(tmp_path):
    file = save(
        tmp_path / "h.xlsx", ROWS, Verbund=[("Unternehmen", "Beziehung", "Verbunden mit"), ("A", "Mutter", None)]
    )
    assert {place for place, _ in problems(file)} == {"Verbund!B2", "Verbund!C2"}
    file = save(tmp_path / "h.xlsx", ROWS, Verbund=[("A GmbH gehört der B GmbH",)])
    ((place, text),) = problems(file)
    assert (place, "Auf diesem Blatt" in text) == ("Verbund", True)
    assert read(save(tmp_path / "h.xlsx", ROWS, Verbund=[])).historie.verbund == ()


def test_awards_on_a_second_sheet_are_read_as_well(tmp_path):
    found = read(save(tmp_path / "h.xlsx", ROWS, Alt=[HEADINGS, *(("Neu", *row[1:]) for row in AWARDS)]))
    assert [str(said.ort) for said in found.hinweise if "Auch dieses Blatt" in said.text] == ["Alt"]
    assert len(found.historie.beihilfen) == 2 * len(read(save(tmp_path / "h.xlsx", ROWS)).historie.beihilfen)


def test_awards_on_a_sheet_without_all_of_our_headings_are_an_error(tmp_path):
    file = save(tmp_path / "h.xlsx", ROWS, Alt=AWARDS)
    ((place, text),) = problems(file)
    assert (place, "Liste von Beihilfen" in text) == ("Alt", True)
    file = save(tmp_path / "h.xlsx", ROWS, Alt=[("Firma", "Bescheid", *HEADINGS[2:]), *AWARDS])
    assert [(place, text.partition(" fehlt")[0]) for place, text in problems(file)] == [("Alt!A1", "Gewährt am")]
    file = save(
        tmp_path / "h.xlsx", ROWS, Notizen=[("Stand", date(2026, 1, 1), "Land"), ("Summe", None, None, None, 5)]
    )
    assert read(file).historie == read(save(tmp_path / "h.xlsx", ROWS)).historie


def test_of_a_hidden_award_the_value_that_counts_is_told(tmp_path):
    def hide(sheet):
        sheet.row_dimensions[3].hidden = True

    head = ("Unternehmen", "Gewährt am", "Fördersumme", "Subventionswert")
    file = save(tmp_path / "h.xlsx", [head, *[("A GmbH", date(2025, 1, day), 200, 100) for day in (1, 2)]], hide)
    assert [(str(said.ort), said.text) for said in read(file).hinweise] == [
        ("Beihilfen!A3", "Ausgeblendete Zellen zählen mit: A3, B3, C3 und D3, zusammen 100,00 €.")
    ]


@pytest.mark.parametrize(
    ("value", "kind", "word"), [("#REF!", "e", "#REF!"), ("=B2+1", "f", "Formel ohne"), ("#N/A", "e", "#N/A")]
)
@pytest.mark.parametrize("cell", ["A3", "B3", "C3", "E3", "F3"])
def test_cells_without_a_result_are_errors_that_name_them(tmp_path, cell, value, kind, word):
    def change(sheet):
        sheet[cell] = value

    file = typed(save(tmp_path / "h.xlsx", ROWS, change), cell, kind)
    ((place, text),) = problems(file)
    assert place == f"Beihilfen!{cell}"
    assert word in text


def test_a_far_cell_of_an_ods_is_refused_quickly(tmp_path, libreoffice):
    file = tmp_path / "h.ods"
    file.write_bytes(libreoffice["ods"][0].read_bytes())
    row = '<table:table-row><table:table-cell table:number-columns-repeated="16383"/>{}</table:table-row>'
    cell = '<table:table-cell office:value-type="float" office:value="1"><text:p>1</text:p></table:table-cell>'
    far = f'<table:table-row table:number-rows-repeated="1048000"/>{row.format(cell)}'
    patched(file, "content.xml", "</table:table>", f"{far}</table:table>")
    assert "über das Blatt hinaus" in problems(file)[0][1]


def test_a_range_blown_up_by_formatting_alone_is_read(tmp_path, expected):
    from openpyxl.styles import Font

    def change(sheet):
        sheet["XFD1048576"].font = Font(bold=True)

    assert read(save(tmp_path / "h.xlsx", ROWS, change)).historie == expected

    def flawed(sheet):
        change(sheet)
        sheet["E3"] = "=1+1"

    assert [place for place, _ in problems(save(tmp_path / "h.xlsx", ROWS, flawed))] == ["Beihilfen!E3"]


def test_a_history_of_a_budget_counts_and_is_placed_in_its_sheet(tmp_path):
    budget = (BUDGETS / "hoechstbetrag.yaml").read_text(encoding="utf-8")
    (tmp_path / "b.yaml").write_text(budget.replace("historie.yaml", "history.xlsx"), encoding="utf-8")
    name = "Nickerchen Maschinen GmbH & Co. KG"
    rows = [HEADINGS[:2] + HEADINGS[4:5], (name, date(2023, 12, 20), 5), (name, date(2025, 1, 2), "290.000,01")]
    save(tmp_path / "history.xlsx", rows)
    found = check_demo(tmp_path / "b.yaml", stichtag=date(2026, 3, 1))
    (befund,) = (
        befund for befund in found.befunde if befund.regel == "traumland/7-beihilfe" and befund.status == "hinweis"
    )
    assert str(befund.ort) == f"{tmp_path / 'history.xlsx'}: Beihilfen!A2"
    assert "290.005,01 €" in next(befund.text for befund in found.befunde if befund.regel == "traumland/7-beihilfe")
    save(tmp_path / "history.xlsx", [*rows, ("X", None, "viel")])
    found = check_demo(tmp_path / "b.yaml", stichtag=date(2026, 3, 1))
    assert [str(fehler.ort).rpartition(" ")[2] for fehler in found.fehler] == ["Beihilfen!B4", "Beihilfen!C4"]
