"""Templates as workbooks: what they ask, what helps to fill them in, and how they are printed."""

import dataclasses
from decimal import Decimal
from io import BytesIO

import pytest
from demo import FASSUNG
from openpyxl import load_workbook
from vorlagenmappen import KOPF, OHNE_ANGABEN, columns, labels, made, reopened

from foerdercheck.model.angaben import AUSNAHMEN, BETEILIGTE, BUDGETBLAETTER, FINANZIERUNG, KOSTEN
from foerdercheck.model.beihilfeangaben import BEISPIEL, DEMINIMIS, HISTORIENBLAETTER
from foerdercheck.model.beispiel import beispiel_row
from foerdercheck.model.scalars import Percent
from foerdercheck.programmes.vokabular import vokabular
from foerdercheck.reading.files import HISTORY_SUFFIXES, load
from foerdercheck.reading.histories import read_history
from foerdercheck.reading.workbook import read_workbook
from foerdercheck.writing.choices import _ZEICHEN_JE_ZEILE, _ZEILE_HOCH
from foerdercheck.writing.workbook import budget_vorlage, historie_vorlage, saved

TABELLEN = (BETEILIGTE, KOSTEN, FINANZIERUNG, DEMINIMIS)


@pytest.mark.parametrize("blatt", TABELLEN, ids=lambda blatt: blatt.name)
def test_headings_read_back_as_the_fields_the_programme_asks_for_in_its_order(blatt):
    asked = list(FASSUNG.angaben[blatt.name.casefold()])
    if blatt is not BETEILIGTE:
        asked.insert(0, "beteiligter")
    if blatt is KOSTEN:
        place = asked.index("stunden") + 1
        asked[place:place] = ["stunden_2026", "stunden_2027"]
        asked.append("betrag")
    assert list(columns(reopened("traumland")[blatt.name])) == asked


def test_the_form_begins_with_the_programme_and_explains_every_label():
    sheet = reopened("traumland")["Vorhaben"]
    assert list(labels(sheet)) == ["foerderprogramm", *FASSUNG.angaben["vorhaben"]]
    assert sheet.cell(KOPF, 2).value == "traumland"
    row = labels(sheet)["folgekosten_gesichert"]
    assert sheet.cell(row, 1).value == "Folgekosten gesichert (ja/nein)"
    assert sheet.cell(row, 3).value.endswith("(Traum 7)")
    assert "fliegen: Menschen lernen fliegen" in sheet.cell(labels(sheet)["ziele"], 3).value
    assert [sheet.cell(row, 1).value.count("*") for row in (labels(sheet)["beginn"], labels(sheet)["titel"])] == [1, 0]
    assert all(cell.value is None for cell in sheet["B"] if cell.row > KOPF)


@pytest.mark.parametrize("name", ["traumland", "ohne Angaben"])
def test_a_template_has_the_sheets_of_a_budget_and_a_title_above_each(name):
    workbook = reopened(name)
    assert workbook.sheetnames == [*(blatt.name for blatt in BUDGETBLAETTER if blatt is not AUSNAHMEN), "Übersicht"]
    for sheet in workbook:
        assert sheet["A1"].value == f"{FASSUNG.titel} – {sheet.title}"
        assert f"Fassung vom {FASSUNG.bekanntmachung:%d.%m.%Y}" in sheet["A2"].value
        assert sheet["A3"].value


def test_a_programme_that_names_its_fields_can_do_without_a_sheet():
    angaben = {name: fields for name, fields in FASSUNG.angaben.items() if name not in {"de-minimis", "finanzierung"}}
    workbook = budget_vorlage(dataclasses.replace(FASSUNG, angaben=angaben), (2026,))
    assert workbook.sheetnames == ["Vorhaben", "Beteiligte", "Kosten", "Übersicht"]
    for name in ("beteiligte", "kosten"):
        less = dataclasses.replace(
            FASSUNG, angaben={key: value for key, value in FASSUNG.angaben.items() if key != name}
        )
        assert load_workbook(BytesIO(saved(budget_vorlage(less, (2026,)))))


def test_a_programme_that_does_not_say_asks_for_everything():
    for blatt in TABELLEN:
        missing = {angabe.feld for angabe in blatt.angaben} - columns(reopened("ohne Angaben")[blatt.name]).keys()
        assert missing == set()
    assert "Ziffer" not in reopened("ohne Angaben")["Kosten"]["B5"].comment.text


@pytest.mark.parametrize(("name", "blatt"), [*(("traumland", b) for b in TABELLEN), ("historie", HISTORIENBLAETTER[0])])
def test_the_example_row_is_the_one_the_reader_knows_and_grey_until_it_is_overwritten(name, blatt):
    sheet, parse = reopened(name)[blatt.name], {angabe.feld: angabe.parse for angabe in blatt.angaben}
    example = beispiel_row(blatt)
    row = {feld: sheet.cell(KOPF + 1, column).value for feld, column in columns(sheet).items() if feld != "betrag"}
    if blatt is FINANZIERUNG:
        row["betrag"] = sheet.cell(KOPF + 1, columns(sheet)["betrag"]).value
    assert row.pop("beteiligter", BEISPIEL) == BEISPIEL
    assert sheet["A6"].value == BEISPIEL
    for feld, value in row.items():
        kind = Percent if "%" in sheet.cell(KOPF + 1, columns(sheet)[feld]).number_format else Decimal
        stated = kind(str(value)) if isinstance(value, int | float) else value
        read = stated.date() if hasattr(stated, "date") else stated
        assert read is None or parse[feld](read) in example[feld], feld
    assert len([value for value in row.values() if value is not None]) > 2
    (grey,) = sheet.conditional_formatting
    assert grey.rules[0].formula == ['$A6="Beispiel"']
    assert grey.rules[0].dxf.font.i is True


def test_untouched_templates_read_as_empty():
    document = read_workbook(saved(budget_vorlage(FASSUNG, (2026,))), "v.xlsx", "v.xlsx", vokabular())
    assert document.problems == ()
    assert document.tree == {"foerderprogramm": "traumland", "vorhaben": {}}
    assert {hinweis.text for hinweis in document.hinweise} == {"Die Beispielzeile der Vorlage zählt nicht mit."}


def test_an_untouched_history_template_reads_as_empty(tmp_path):
    (tmp_path / "h.xlsx").write_bytes(saved(historie_vorlage()))
    assert read_history(load(tmp_path / "h.xlsx", HISTORY_SUFFIXES), vokabular()).historie == ((), (), ())


@pytest.mark.parametrize("name", ["traumland", "ohne Angaben", "historie"])
def test_every_heading_has_a_note_whose_box_shows_all_of_it(name):
    for sheet in made(name).worksheets[1 if name != "historie" else 0 :]:  # openpyxl does not read the sizes of boxes
        for cell in sheet[KOPF]:
            text = cell.comment.text
            needed = sum(1 + len(line) // _ZEICHEN_JE_ZEILE for line in text.split("\n"))
            assert text[0].isupper()
            assert cell.comment.height >= needed * _ZEILE_HOCH - 1, text


def test_notes_name_the_words_and_the_ziffer():
    sheet = reopened("traumland")["Kosten"]
    note = sheet.cell(KOPF, columns(sheet)["kostenart"]).comment.text
    assert "Auswahl: personal, material, fremdleistung, reise" in note
    assert note.endswith("Traum 4")
    sheet = reopened("zr-ni")["Kosten"]
    assert sheet.cell(KOPF, columns(sheet)["person"]).comment.text.endswith("Zeilen stehen\nSEK 5")
    sheet = reopened("traumland")["Beteiligte"]
    assert "direkt: Pauschale auf" in sheet.cell(KOPF, columns(sheet)["gemeinkosten"]).comment.text


def checks(sheet) -> dict[str, object]:
    """Return the check of each column by field."""
    fields = {column: feld for feld, column in columns(sheet).items()}
    return {
        fields[area.min_col]: check for check in sheet.data_validations.dataValidation for area in check.sqref.ranges
    }


def test_lists_offer_the_words_and_only_warn():
    workbook = reopened("traumland")
    kosten, beteiligte = checks(workbook["Kosten"]), checks(workbook["Beteiligte"])
    assert kosten["kostenart"].formula1 == '"personal,material,fremdleistung,reise"'
    assert kosten["beteiligter"].formula1 == "'Beteiligte'!$A$6:$A$14"
    assert kosten["auswahl_dokumentiert"].formula1 == '"ja,nein"'
    assert beteiligte["gemeinkosten"].formula1 == '"auto,keine,personal,direkt"'
    assert (kosten["vertrag"].type, kosten["netto"].type, kosten["angebote"].type) == ("date", "decimal", "whole")
    assert '"ja,nein"' in {check.formula1 for check in workbook["Vorhaben"].data_validations.dataValidation}
    every = [check for sheet in workbook for check in sheet.data_validations.dataValidation]
    assert {check.errorStyle for check in every} == {"warning"}
    assert all(
        len(check.formula1) <= 255 and len(check.error) <= 255 and len(check.errorTitle) <= 32 for check in every
    )
    assert "betriebsstaetten" not in beteiligte


def test_lists_offer_levels_phases_and_kinds_of_project():
    levels, phases = reopened("zr-ni"), reopened("mpsc")
    assert checks(levels["Kosten"])["stufe"].formula1 == '"1a,1b,2,3,4,5,6,7"'
    assert checks(phases["Kosten"])["phase"].formula1 == '"A,B"'
    assert "grunderwerb" in checks(phases["Kosten"])["kostenart"].formula1
    (kinds,) = [check for check in levels["Vorhaben"].data_validations.dataValidation if "konzept" in check.formula1]
    assert str(kinds.sqref) == f"B{labels(levels['Vorhaben'])['foerdergegenstand']}"
    assert kinds.errorTitle == "Fördergegenstand"
    overhead = checks(levels["Beteiligte"])["gemeinkosten"]
    assert (overhead.formula1, overhead.showErrorMessage) == ('"auto,keine,personal … %,direkt … %"', False)


@pytest.mark.parametrize(
    ("sheet", "rows"), [("Beteiligte", 8), ("Kosten", 40), ("Finanzierung", 12), ("De-minimis", 20)]
)
def test_rows_are_prepared(sheet, rows):
    filled = [
        cell
        for cell in reopened("traumland")[sheet]["B"]
        if cell.row > KOPF + 1 and cell.fill.fgColor.rgb == "00FFFBE0"
    ]
    assert len(filled) == rows


@pytest.mark.parametrize(
    ("feld", "shown"),
    [
        ("netto", '#,##0.00\\ "€"'), ("ust", "0.0#\\ %"), ("stunden_2026", "#,##0.0#"), ("vertrag", "DD.MM.YYYY"),
        ("auftrag", "@"), ("bezeichnung", "General"), ("von", "YYYY-MM"), ("stufe", "@"),
    ],
)  # fmt: skip
def test_cells_show_their_kind_of_value(feld, shown):
    sheet = budget_vorlage(OHNE_ANGABEN, (2026,))["Kosten"]
    assert sheet.cell(KOPF + 2, columns(sheet)[feld]).number_format == shown


@pytest.mark.parametrize("name", ["traumland", "historie"])
def test_pages_are_set_up(name):
    for sheet in reopened(name):
        assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        wide = sheet.title != "Vorhaben" and sum(column.width for column in sheet.column_dimensions.values()) > 200
        assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (2 if wide else 1, 0)
        assert sheet.print_title_cols == ("$A:$C" if wide else None)
        if wide:  # else the second page cuts off what runs over the first of its own columns
            assert [area.coord for area in sheet.merged_cells.ranges] == ["A3:C3"]
            assert sheet["A3"].alignment.wrap_text
            assert sheet.row_dimensions[3].height > 2 * 15
            room = sum(sheet.column_dimensions[letter].width for letter in "ABC")
            assert max(len(sheet["A1"].value) * 1.3, len(sheet["A2"].value)) < room
        assert sheet.oddFooter.right.text == "Seite &P von &N"
        if sheet.title != "Vorhaben":
            assert (sheet.freeze_panes, sheet.print_title_rows) == (f"B{KOPF + 1}", f"${KOPF}:${KOPF}")
