"""Personnel by level in a template: the computed column gives to the cent what the check gives, and 0 where it cannot."""

from datetime import date
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from test_vorlagen import fill
from workbooks import converted, stored

from foerdercheck.assessment.budget import check_budget
from foerdercheck.model.kalender import plus_months
from foerdercheck.programmes import neueste_fassung
from foerdercheck.programmes.vokabular import vokabular
from foerdercheck.reading.files import BUDGET_SUFFIXES, load, read_file
from foerdercheck.writing.saetze import SATZBLATT
from foerdercheck.writing.templates import budget_template

KOPF = 5
STUFEN = ["1a", "1b", "2", "3", "4", "5", "6", "7"]
VORHABEN = {
    "ziele": "arbeit", "antragsdatum": date(2026, 1, 8), "beginn": date(2026, 7, 15), "ende": date(2028, 12, 10),
    "landkreise": "Northeim", "bundesland": "NI",
}  # fmt: skip
LINES = [
    {"stufe": "5", "anteil": 0.25},
    {"stufe": "3", "von": date(2026, 7, 1), "bis": date(2026, 12, 31)},
    {"stufe": "6", "von": "2026-11", "bis": " 2027-02 ", "anteil": 0.333},
    {"stufe": "2", "von": date(2027, 3, 15), "anteil": 0.12345},
    {"stufe": 4, "bis": date(2027, 1, 1), "anteil": 0.625},
    {"stufe": "1A", "von": "2026-09", "bis": "2026-09", "anteil": 1},
    {"stufe": "7", "von": "2025-12", "bis": "2029-02", "anteil": 0.9999},
    {"stufe": "1b", "von": "2026-12", "bis": "2026-12", "anteil": 0.005},  # 5.465, just below as a float
    {"stufe": "2", "anteil": 0.5, "gehalt_unter_mindestwert": "ja"},
    {"stufe": "4", "anteil": 0.3333, "gehalt_unter_mindestwert": "x"},
    {"stufe": "4", "anteil": 0.3333, "gehalt_unter_mindestwert": "nein"},
]
TEXTS = {**VORHABEN, "ziele": "Innovation; klima", "beginn": "5.7.2026", "ende": "2028-12-10"}
BOTH = {**VORHABEN, "ziele": "arbeit\nkultur", "beginn": "2026-07-05", "ende": " 31.12.2028 "}
INCOMPLETE = [
    {"stufe": "9"}, {"stufe": "5", "anteil": "25 Prozent"}, {"stufe": "5", "von": "April 2026"}, {"stufe": "5", "bis": "04.2026"},
    {"stufe": "5", "von": "2027-02", "bis": "2027-01"}, {"stufe": "5", "von": "2035-01", "bis": "2035-12"}, {"anteil": 0.5},
]  # fmt: skip


MANY = [
    {
        "stufe": STUFEN[index % 8],
        "anteil": (index * 3_797 + 1) % 10_000 / 10_000,
        "von": plus_months(date(2026, 7, 1 + index), index * 7 % 29),
        "bis": f"{plus_months(date(2026, 8, 1), index * 7 % 29 + index % 5):%Y-%m}",
    }
    for index in range(28)
]


def template(vorhaben: dict[str, object], lines: list[dict[str, object]]) -> bytes:
    """Return the template of zr-ni with lines of personnel; the persons differ, so that nobody works more than full time."""
    rows = [{"kostenart": "personal", "bezeichnung": f"P{index}", **line} for index, line in enumerate(lines)]
    rows.append({"kostenart": "material", "bezeichnung": "M", "netto": 100})
    body = {"name": "A", "art": "kommune", "gemeinkosten": "keine"}
    return fill(budget_template(neueste_fassung("zr-ni"), ".xlsx"), {"Beteiligte": [body], "Kosten": rows}, vorhaben)


@pytest.fixture(scope="module")
def computed(tmp_path_factory) -> dict[str, tuple[Path, list[float], list[list[object]]]]:
    """Each filled template by name with its file, its computed column, and the overview, as LibreOffice computes them."""
    folder = tmp_path_factory.mktemp("saetze")
    missing = {key: value for key, value in VORHABEN.items() if key not in {"beginn", "ende"}}
    made = {
        "dates": template(VORHABEN, [*LINES, *MANY]),
        "texts": template(TEXTS, LINES),
        "both": template(BOTH, LINES),
        "incomplete": template(VORHABEN, INCOMPLETE),
        "no period": template(missing, LINES[:3]),
    }
    files = [folder / f"{name}.xlsx" for name in made]
    for file, data in zip(files, made.values(), strict=True):
        file.write_bytes(data)
    found = {}
    for file, saved in zip(files, converted("xlsx", *files), strict=True):
        kosten, overview = (stored(saved, name) for name in ("Kosten", "Übersicht"))
        found[file.stem] = (file, [row[-1] for row in kosten[KOPF:]], overview[KOPF:])
    return found


@pytest.mark.parametrize("name", ["dates", "texts", "both"])
def test_the_computed_column_is_what_the_check_claims_to_the_cent(computed, name):
    file, amounts, overview = computed[name]
    (rechnung,) = check_budget(file).rechnungen
    claimed = [zeile.angesetzt.betrag for zeile in rechnung.zeilen]
    assert [Decimal(str(amount)) for amount in amounts[: len(claimed)]] == claimed
    assert len(set(claimed)) > 5
    assert Decimal(str(overview[0][4])) == sum(claimed)


def test_low_pay_lowers_a_rate_only_where_the_fund_says_so(computed):
    (low, crossed, usual), (efre, *_), (mixed, *_) = (computed[name][1][8:11] for name in ("dates", "texts", "both"))
    assert (low, efre, mixed) == (44412.90, 63447.00, 63447.00)
    assert crossed == pytest.approx(0.7 * usual, abs=0.01)


def test_what_is_incomplete_comes_to_nothing(computed):
    _, amounts, _ = computed["incomplete"]
    assert amounts[: len(INCOMPLETE) + 1] == [0] * len(INCOMPLETE) + [119]
    _, amounts, _ = computed["no period"]
    assert amounts[:4] == [0, 28380, 0.333 * 2 * (7102 + 7263), 119]


def test_the_sheet_of_rates_is_not_read(computed):
    file, *_ = computed["dates"]
    document = read_file(load(file, BUDGET_SUFFIXES), vokabular())
    assert document.problems == ()
    assert [hinweis.ort.blatt for hinweis in document.hinweise] == ["Finanzierung"]  # its example does not count
    book = load_workbook(file)
    book[SATZBLATT]["B6"] = "=1/0"
    book[SATZBLATT].protection.sheet = False
    stream = BytesIO()
    book.save(stream)
    changed = file.with_name("changed.xlsx")
    changed.write_bytes(stream.getvalue())
    assert check_budget(changed).summen == check_budget(file).summen


def test_the_sheet_of_rates_says_what_the_programme_says_and_is_protected():
    fassung = neueste_fassung("zr-ni-rm")
    sheet = load_workbook(BytesIO(budget_template(fassung, ".xlsx")))[SATZBLATT]
    assert [cell.value for cell in sheet[KOPF]] == ["Stufe (SEK 3.1)", *range(2022, 2030)]
    assert [sheet.cell(row, 1).value for row in range(KOPF + 1, KOPF + 9)] == STUFEN
    assert (sheet["F11"].value, sheet["I6"].value) == (6202, 498)
    assert sheet.protection.sheet
    assert "Fonds" not in {cell.value for row in sheet.iter_rows() for cell in row}  # no fund lowers a rate here


@pytest.mark.parametrize("programm", ["sh-ki", "mpsc"])
def test_programmes_without_levels_have_no_sheet_of_rates(programm):
    book: Workbook = load_workbook(BytesIO(budget_template(neueste_fassung(programm), ".xlsx")))
    assert SATZBLATT not in book.sheetnames
    assert book.sheetnames[-1] == "Übersicht"
