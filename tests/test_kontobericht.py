"""The account as it is handed over, as HTML, PDF and workbook: awards with their file numbers, what becomes free when, the law."""

import json
from decimal import Decimal
from io import BytesIO

import pytest
from demo import HISTORIE
from openpyxl import load_workbook
from pdf_files import attachments, needs_pdftotext, opened, squashed, text_of
from test_html import Page

from foerdercheck.reports.dokument import FUSS

BUDGETS = HISTORIE.parents[2] / "budgets"
FILE = BUDGETS / "historie-jessen-anlagenbau.yaml"
CALL = ("deminimis", FILE, "--stichtag", "2026-04-20")
SAID = [
    "De-minimis-Konto: Jessen Anlagenbau GmbH & Co. KG",
    "De-minimis-Verordnungen der Europäischen Union, Fassung vom 13.12.2023",
    "Am 11.05.2026 werden 62.000,00 € frei (IAW-23-042); dann sind es 116.600,00 €.",
    "Am 20.04.2026 sind 54.600,00 € frei.",
    "Ohne Angabe des Subventionswerts, aus den anderen Angaben berechnet",
    "nach 1407/2013, zählt als 2023/2831",
    "Höchstens 300.000 Euro je einzigem Unternehmen, Mitgliedstaat und drei Jahren",
    "1 Beihilfe außerhalb des Fensters, zusammen 45.000,00 €",
]
DIVIDED = """
beihilfen:
- {unternehmen: A GmbH, gewaehrt_am: 2024-03-01, foerdersumme: "100.000,00", aktenzeichen: A-1}
- {unternehmen: A GmbH, gewaehrt_am: 2026-10-01, subventionswert: "50.000,00"}
ereignisse:
- {datum: 2025-01-01, ereignis: spaltung, von: A GmbH, nach: B GmbH, anteil: "40 %"}
- {datum: 2025-01-01, ereignis: spaltung, von: A GmbH, nach: C GmbH, anteil: "60 %"}
"""


@pytest.fixture
def written(run, tmp_path):
    """Write an account in a form and return the file."""

    def call(ending, *more: str, history=FILE, code=0):
        goal = tmp_path / f"konto.{ending}"
        said = run("deminimis", history, "--stichtag", "2026-04-20", *more, "--output", goal)
        assert (said.code, said.out) == (code, ""), said.err
        return goal.read_bytes()

    return call


def cells(content):
    sheet = load_workbook(BytesIO(content)).active
    return [[cell.value for cell in row if cell.value is not None] for row in sheet.iter_rows()]


def test_html_says_all_of_it(written):
    said = Page(written("html").decode()).said
    assert [text for text in SAID if text not in said] == []
    assert "02.06.2025Förderbank Nordmark4711-2025Darlehen2023/2831400.000,00 €38.400,00 €02.06.2028" in said


@needs_pdftotext
def test_pdf_says_all_of_it_and_holds_the_history_and_the_result(run, written):
    content = written("pdf", "--frist")
    said = squashed(text_of(content))
    assert [text for text in SAID if squashed(text) not in said] == []
    within = attachments(opened(content))
    assert within[FILE.name] == ("Source", "application/yaml", FILE.read_bytes())
    assert within["ergebnis.json"][2].decode() == run(*CALL, "--frist", "--format", "json").out
    kennung = json.loads(within["ergebnis.json"][2])["pruefkennung"]
    assert f"Prüfkennung {kennung}" in text_of(content)
    assert written("pdf", "--frist") == content


def test_a_workbook_says_all_of_it_with_amounts_as_numbers(written):
    rows = cells(written("xlsx"))
    texts = {str(value) for row in rows for value in row}
    assert [text for text in SAID if not any(text in said for said in texts)] == []
    award = next(row for row in rows if "4711-2025" in row)
    assert award == [
        "02.06.2025",
        "Förderbank Nordmark",
        "4711-2025",
        "Darlehen",
        "2023/2831",
        400_000,
        38_400,
        "02.06.2028",
    ]
    assert next(row for row in rows if row[:1] == ["Summe"]) == ["Summe", 245_400]
    assert sum(row[-2] for row in rows if row[-1:] and str(row[-1])[:2].isdigit() and len(row) == 8) == Decimal(245_400)
    assert ["nein"] not in rows


def test_formulas_of_a_stranger_are_text(written, tmp_path):
    file = tmp_path / "h.yaml"
    award = '{unternehmen: "@SUM(A1)", gewaehrt_am: 2025-03-01, subventionswert: 1, aktenzeichen: "+1", zuwendungsgeber: "-2"}'
    file.write_text(f"beihilfen:\n- {award}\n", encoding="utf-8")
    book = load_workbook(BytesIO(written("xlsx", history=file)))
    found = [cell for row in book.active.iter_rows() for cell in row if str(cell.value)[:1] in set("@+-=")]
    assert {cell.value for cell in found} >= {"+1", "-2"}
    assert {(cell.data_type, cell.quotePrefix) for cell in found} == {("s", True)}


def test_of_a_divided_award_no_nominal_amount_is_told(written, tmp_path):
    file = tmp_path / "h.yaml"
    file.write_text(DIVIDED, encoding="utf-8")
    said = Page(written("html", history=file).decode()).said
    assert "01.03.2024–A-1Zuschuss2023/2831–40.000,00 €01.03.2027" in said
    assert "Am 02.10.2029 werden 50.000,00 € frei (die Beihilfe vom 01.10.2026); dann sind es 300.000,00 €." in said


def test_a_new_fiscal_year_is_named_where_no_award_has_just_left(run, tmp_path):
    file, goal = tmp_path / "h.yaml", tmp_path / "konto.html"
    award = '{unternehmen: Hof A, gewaehrt_am: 2021-08-01, verordnung: Agrar, subventionswert: 15000, steuerjahr_ab: "01.07."}'
    file.write_text(f"beihilfen:\n- {award}\n", encoding="utf-8")
    run("deminimis", file, "--stichtag", "2024-03-01", "--verordnung", "Agrar", "--output", goal)
    said = Page(goal.read_text(encoding="utf-8")).said
    assert "Am 01.07.2024 werden 15.000,00 € frei (ein neues Steuerjahr beginnt); dann sind es 20.000,00 €." in said


def test_two_regulations_and_their_common_ceiling_are_in_the_law(written):
    said = Page(written("html", history=BUDGETS / "history.csv").decode()).said
    assert "Agrar" in said or "1408/2013" in said
    assert said.count("hoechstbetrag: ") >= 2


@pytest.mark.parametrize("ending", ["html", "pdf", "xlsx"])
def test_an_unreadable_history_says_why(written, tmp_path, ending):
    file = tmp_path / "h.yaml"
    file.write_text("beihilfen:\n- {gewaehrt_am: gestern}\n", encoding="utf-8")
    content = written(ending, history=file, code=2)
    if ending == "html":
        assert "gestern" in content.decode()


@pytest.mark.parametrize("ending", ["html", "pdf", "xlsx"])
def test_of_many_accounts_each_has_a_line(written, tmp_path, ending):
    file = tmp_path / "h.yaml"
    awards = "".join(
        f"- {{unternehmen: F{number} GmbH, gewaehrt_am: 2025-03-01, subventionswert: 1}}\n" for number in range(25)
    )
    file.write_text(f"beihilfen:\n{awards}", encoding="utf-8")
    content = written(ending, history=file)
    if ending == "html":
        assert "25 Konten; --unternehmen NAME zeigt eines mit allen Beihilfen" in content.decode()
        assert FUSS in content.decode()


def test_the_screen_shows_the_short_account_still(run):
    assert "IAW-23-042" not in run(*CALL).out
