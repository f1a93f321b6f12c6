"""Formulas of templates: they give what the check will give, in every program that computes."""

from io import BytesIO

import pytest
from demo import FASSUNG
from openpyxl import Workbook, load_workbook
from vorlagenmappen import KOPF, columns, reopened
from workbooks import converted, stored

from foerdercheck.model.angaben import VORHABEN
from foerdercheck.programmes import neueste_fassung
from foerdercheck.writing.workbook import budget_vorlage, saved


def fill(sheet, row: int, **values: object) -> None:
    for feld, column in columns(sheet).items():
        if feld in values or (row == KOPF + 1 and sheet.cell(row, column).data_type != "f"):
            sheet.cell(row, column).value = values.get(feld)


def filled(*, keep_example: bool) -> Workbook:
    """Return the template with two bodies, or, with the example kept, with one and lines without its name."""
    workbook = load_workbook(BytesIO(saved(budget_vorlage(FASSUNG, (2026, 2027)))))
    beteiligte, kosten, finanzierung = workbook["Beteiligte"], workbook["Kosten"], workbook["Finanzierung"]
    if keep_example:
        fill(beteiligte, 7, name="Nur * GmbH", art="unternehmen", eigenmittel=10)
        fill(kosten, 7, kostenart="material", bezeichnung="A", brutto=119)
        fill(finanzierung, 7, geber="Stadt", betrag=40)
        return workbook
    fill(beteiligte, 6, name="TH Nord", art="hochschule", eigenmittel=30000, beantragt=90000)
    fill(beteiligte, 7, name="Müller & Söhne", art="hochschule", vorsteuerabzug="ja", eigenmittel=0)
    fill(kosten, 6, beteiligter="TH Nord", kostenart="personal", stundensatz=52.40, stunden_2026=1290, stunden_2027=860)
    fill(kosten, 7, beteiligter="TH Nord", kostenart="material", netto=33.33, ust=0.07)
    fill(kosten, 8, beteiligter="TH Nord", kostenart="fremdleistung", netto=48000)
    fill(kosten, 9, beteiligter="müller & söhne", kostenart="material", brutto=119)
    fill(kosten, 10, beteiligter="Unbekannt", kostenart="material", netto="Text")
    fill(finanzierung, 6, beteiligter="TH Nord", geber="Stadt", betrag=5000.5)
    fill(finanzierung, 7, beteiligter="Müller & Söhne", geber="Kreis", betrag="Text")
    return workbook


def filled_by_phase() -> Workbook:
    workbook = load_workbook(BytesIO(saved(budget_vorlage(neueste_fassung("mpsc"), (2021, 2022)))))
    kosten = workbook["Kosten"]
    fill(workbook["Beteiligte"], 6, name="Stadt", art="kommune", beantragt=130)
    fill(kosten, 6, kostenart="personal", phase="a", stundensatz=50, stunden_2021=2)
    fill(kosten, 7, kostenart="material", phase="B", brutto=119)
    fill(kosten, 8, kostenart="material", phase="B", brutto=11)
    fill(kosten, 9, kostenart="material", brutto=20)
    return workbook


@pytest.fixture(scope="module")
def computed(tmp_path_factory):
    """The filled template, without and with its example row, as LibreOffice computes it."""
    folder = tmp_path_factory.mktemp("computed")
    files = folder / "without.xlsx", folder / "with.xlsx", folder / "phases.xlsx"
    for keep, file in enumerate(files[:2]):
        filled(keep_example=bool(keep)).save(file)
    filled_by_phase().save(files[2])
    return converted("xlsx", *files)


@pytest.mark.parametrize("keep_example", [False, True])
def test_formulas_give_what_the_check_will_give(computed, keep_example):
    sheets = ("Kosten", "Finanzierung", "Übersicht")
    kosten, finanzierung, overview = (stored(computed[keep_example], name) for name in sheets)
    amounts = [row[-1] for row in kosten[KOPF:]]
    bodies = [row for row in overview[KOPF:-1] if row[0]]
    if keep_example:
        assert amounts[:3] == [0, 100, 0]
        assert bodies == [["Nur * GmbH", "netto", 0, 100, 100, 0, 10, 40]]
        assert (kosten[-1][0], amounts[-1], finanzierung[-1][2]) == ("Summe", 100, 40)
        return
    assert amounts[:6] == [112660, 35.66, 57120, 100, 0, 0]
    assert amounts[-1] == 169915.66
    north, south = bodies
    assert north == ["TH Nord", "brutto", 112660, 57155.66, 169815.66, 90000, 30000, 5000.5]
    assert south == ["Müller & Söhne", "netto", 0, 100, 100, 0, 0, 0]
    assert (overview[-1][0], overview[-1][4], finanzierung[-1][2]) == ("Summe", 169915.66, 5000.5)


def test_costs_are_summed_up_by_phase(computed):
    _, _, instruction, _, head, city, *_, total = stored(computed[2], "Übersicht")
    assert head[2:7] == ["Personal (€)", "Andere Kosten (€)", "Phase A (€)", "Phase B (€)", "Kosten (€)"]
    assert city == ["Stadt", "brutto", 100, 150, 100, 130, 250, 130, 0, 0]
    assert total[2:7] == [100, 150, 100, 130, 250]
    assert "Gemeinkosten" not in instruction[0]


def test_the_overview_says_what_the_programme_has():
    sheet = reopened("mpsc")["Übersicht"]
    notes = " ".join(cell.comment.text for cell in sheet[KOPF])
    assert "Gemeinkosten" not in notes
    assert "Strategie und erste Maßnahmen" in notes
    sheet = reopened("zr-ni")["Übersicht"]
    assert [cell.value for cell in sheet[KOPF]][2:5] == ["Personal (€)", "Andere Kosten (€)", "Direkte Kosten (€)"]
    assert "Gemeinkosten, Kürzungen" in sheet["A3"].value


@pytest.mark.parametrize("name", ["traumland", "ohne Angaben", "zr-ni", "mpsc"])
def test_no_formula_is_an_empty_text_or_needs_a_new_excel(name):
    workbook = reopened(name)
    text = " ".join(
        str(cell.value) for sheet in workbook for row in sheet.iter_rows() for cell in row if cell.data_type == "f"
    )
    assert ',"")' not in text.replace('," ","")', "")  # but for what takes blanks out of a list
    assert "#REF" not in text
    assert not any(word in text for word in ("LET(", "FILTER(", "XLOOKUP(", "_xlfn"))
    assert VORHABEN.name in workbook.sheetnames
