"""Numbers, days and thousands of foreign tables: by the form that was stated, exact, and by no other."""

from datetime import date
from decimal import Decimal

import pytest
from foreign_tables import FELDER, HEAD, mapping, read_by, write, wrong_by
from workbooks import save_csv


@pytest.mark.parametrize(
    ("form", "written", "value"),
    [
        ("komma", "48.000", "48000.00"), ("komma", "1 234 567,8", "1234567.80"), ("komma", "1'234,50 €", "1234.50"),
        ("komma", "1234,5", "1234.50"), ("komma", "EUR 7", "7.00"), ("punkt", "48,000", "48000.00"),
        ("punkt", "1,234,567.89", "1234567.89"), ("punkt", "1234.5", "1234.50"), ("punkt", "0.07", "0.07"),
    ],
)  # fmt: skip
def test_numbers_are_read_by_the_stated_form(tmp_path, form, written, value):
    table = save_csv(tmp_path / "t.csv", [HEAD, ("A", "15/03/2025", "Garanzia", written)])
    assert read_by(table, mapping(tmp_path, zahlform=form)).historie.beihilfen[0].subventionswert == Decimal(value)


@pytest.mark.parametrize(
    ("form", "written", "said"),
    [
        ("komma", "1,234.56", "ist keine Zahl der Form 1.234,56"), ("punkt", "1.234,56", "ist keine Zahl der Form 1,234.56"),
        ("komma", "12.34", "ist keine Zahl der Form"), ("komma", "1.234 567", "ist keine Zahl der Form"),
        ("punkt", "48.000", "ist mehrdeutig"), ("komma", "-1,00", "ein negativer Wert"), ("komma", "(1,00)", "ist kein Betrag"),
        ("komma", "1.000 PLN", "ist kein Betrag"), ("komma", "1,2345", "höchstens 2"), ("komma", "viel", "ist kein Betrag"),
        ("komma", "3-5", "ist kein Betrag"), ("komma", "#REF!", "Fehlerwert"), ("komma", "=1+1", "Formel ohne"),
        (None, "48.000", "ist mehrdeutig"),
    ],
)  # fmt: skip
def test_numbers_in_another_form_are_errors_at_their_cell(tmp_path, form, written, said):
    table = save_csv(tmp_path / "t.csv", [HEAD, ("A", "15/03/2025", "Garanzia", written)])
    by = mapping(tmp_path, zahlform=form) if form else mapping(tmp_path)
    if form is None:
        by.write_text(by.read_text(encoding="utf-8").replace("zahlform: komma\n", ""), encoding="utf-8")
    ((place, text),) = wrong_by(table, by)
    assert place == "Zeile 2, Spalte 4"
    assert said in text


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("12,345", "12345.00"),
        ("1.000", "1000000.00"),
        ("0,00001", "0.01"),
        ("2,5 €", "2500.00"),
        (Decimal("0.1"), "100.00"),
    ],
)
def test_thousands_are_exact(tmp_path, written, value):
    head = ("Impresa", "Data", "Tipo", "Valore T€")
    file = tmp_path / ("t.csv" if isinstance(written, str) else "t.xlsx")
    felder = {**FELDER, "subventionswert": "Valore T€"}
    by = mapping(tmp_path, felder=felder, faktor={"subventionswert": 1000})
    found = read_by(write(file, [head, ("A", "15/03/2025", "Garanzia", written)]), by)
    assert found.historie.beihilfen[0].subventionswert == Decimal(value)


@pytest.mark.parametrize(
    ("form", "written", "said"),
    [
        ("TT/MM/JJJJ", "2025-03-15", "ist kein Datum der Form TT/MM/JJJJ"), ("MM/TT/JJJJ", "15/03/2025", "dieses Datum gibt es nicht"),
        ("TT/MM/JJJJ", "15/03/25", "ist kein Datum der Form"), ("JJJJMMTT", "2025111", "ist kein Datum der Form"),
        ("TT/MM/JJJJ", "15/03/1725", "ein Jahr zwischen"),
    ],
)  # fmt: skip
def test_days_are_read_by_the_stated_form_only(tmp_path, form, written, said):
    table = save_csv(tmp_path / "t.csv", [HEAD, ("A", written, "Garanzia", "1")])
    ((place, text),) = wrong_by(table, mapping(tmp_path, datumsform=form))
    assert (place, said in text) == ("Zeile 2, Spalte 2", True)


@pytest.mark.parametrize(
    ("form", "written"),
    [
        ("MM/TT/JJJJ", "03/15/2025"),
        ("JJJJMMTT", "20250315"),
        ("JJJJ-MM-TT 00:00:00", "2025-03-15 00:00:00"),
        ("TT.MM.JJJJ", "15.3.2025"),
    ],
)
def test_days_in_forms_of_all_kinds(tmp_path, form, written):
    table = save_csv(tmp_path / "t.csv", [HEAD, ("A", written, "Garanzia", "1")])
    assert read_by(table, mapping(tmp_path, datumsform=form)).historie.beihilfen[0].gewaehrt_am == date(2025, 3, 15)
