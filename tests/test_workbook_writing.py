"""Workbooks as people get them: what stands in them, what helps to fill them in, and that text never becomes a formula."""

import dataclasses
from datetime import date
from decimal import Decimal
from functools import cache
from io import BytesIO
from zipfile import ZipFile

import pytest
from demo import FASSUNG
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from workbooks import converted, stored

from foerdercheck.model.angaben import AUSNAHMEN, BETEILIGTE, BUDGETBLAETTER, FINANZIERUNG, KOSTEN, VORHABEN
from foerdercheck.model.beihilfeangaben import BEISPIEL, DEMINIMIS, HISTORIENBLAETTER
from foerdercheck.model.beispiel import beispiel_row
from foerdercheck.model.location import InputError
from foerdercheck.model.scalars import Percent
from foerdercheck.programmes import neueste_fassung
from foerdercheck.programmes.vokabular import vokabular
from foerdercheck.reading.cells import field_name
from foerdercheck.reading.files import HISTORY_SUFFIXES, load
from foerdercheck.reading.histories import read_history
from foerdercheck.reading.lists import items as read_items
from foerdercheck.reading.workbook import read_workbook
from foerdercheck.writing import sheets as blaetter
from foerdercheck.writing.cells import joined
from foerdercheck.writing.choices import _ZEICHEN_JE_ZEILE, _ZEILE_HOCH
from foerdercheck.writing.workbook import budget_mappe, budget_vorlage, historie_mappe, historie_vorlage, saved

OHNE_ANGABEN = dataclasses.replace(FASSUNG, angaben={})
"""The guideline of the dream, as one that does not say which fields it asks for."""
TABELLEN = (BETEILIGTE, KOSTEN, FINANZIERUNG, DEMINIMIS)
KOPF = blaetter.KOPF
INHALT = {
    "Vorhaben": [
        {
            "foerderprogramm": "traumland", "titel": "=1+1", "ziele": ("fliegen", "schlafen"), "beginn": date(2026, 4, 1),
            "folgekosten_gesichert": True, "landkreise": ("Kreis, der",),
        }
    ],
    "Beteiligte": [
        {"name": "@A GmbH", "art": "unternehmen", "nace": "62.01", "beantragt": Decimal("90000.50"), "wirtschaftlich_taetig": False,
         "unternehmensverbund": ("B; C", "D")},
        {"name": "B eG", "art": "gemeinnuetzig", "haushaltsnotlage": True},
    ],
    "Kosten": [
        {"beteiligter": "@A GmbH", "kostenart": "personal", "bezeichnung": "-x", "stundensatz": Decimal("52.40"),
         "stunden_2027": Decimal("1.5"), "stunden_2026": Decimal(7), "beschaeftigungsumfang": Decimal("0.125")},
        {"beteiligter": "B eG", "kostenart": "personal", "bezeichnung": "y", "stufe": "5", "von": date(2026, 4, 1),
         "anteil": Decimal("0.25"), "angebote": 3, "auftrag": "1"},
    ],
    "Finanzierung": [{"beteiligter": "B eG", "geber": "Stadt", "betrag": Decimal(1)}],
}  # fmt: skip


@cache
def made(name: str) -> Workbook:
    if name == "historie":
        return historie_vorlage()
    dreams = {"traumland": FASSUNG, "ohne Angaben": OHNE_ANGABEN}
    return budget_vorlage(dreams.get(name) or neueste_fassung(name), (2026, 2027))


@cache
def reopened(name: str) -> Workbook:
    """Return a template as it is read from its file."""
    return load_workbook(BytesIO(saved(made(name))))


def columns(sheet) -> dict[str, int]:
    """Return the columns of a table by field, as its headings read back."""
    return {field_name(cell.value): cell.column for cell in sheet[KOPF] if cell.value is not None}


def labels(sheet) -> dict[str, int]:
    return {field_name(cell.value): cell.row for cell in sheet["A"] if cell.row >= KOPF}


def formulas(workbook: Workbook) -> list[str]:
    return [cell.coordinate for sheet in workbook for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]


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


def test_a_budget_with_content_has_its_columns_and_all_that_occurs():
    workbook = budget_mappe(FASSUNG, INHALT)
    assert formulas(workbook) == []
    assert workbook.sheetnames == [blatt.name for blatt in BUDGETBLAETTER if blatt is not AUSNAHMEN]
    kosten = list(columns(workbook["Kosten"]))
    assert kosten[:9] == ["beteiligter", "kostenart", "bezeichnung", "person", "stundensatz", "stunden", "stunden_2026",
                          "stunden_2027", "beschaeftigungsumfang"]  # fmt: skip
    assert kosten[-3:] == [
        "stufe",
        "von",
        "anteil",
    ]  # what the programme does not ask for, in the order of the catalogue
    assert list(labels(workbook["Vorhaben"]))[-1] == "landkreise"
    values = {cell.value for sheet in workbook for row in sheet.iter_rows(min_row=KOPF + 1) for cell in row}
    assert BEISPIEL not in values
    assert all(len(sheet.conditional_formatting) == 0 for sheet in workbook)


@pytest.mark.parametrize("fassung", [FASSUNG, OHNE_ANGABEN, None], ids=["traumland", "ohne Angaben", "ohne Programm"])
def test_nothing_of_the_content_is_lost(fassung):
    document = read_workbook(saved(budget_mappe(fassung, INHALT)), "b.xlsx", "b.xlsx", vokabular())
    assert (document.problems, document.hinweise) == ((), ())
    vorhaben, first, second = document.tree["vorhaben"], document.tree["antragsteller"], document.tree["partner"][0]
    assert (vorhaben["titel"], vorhaben["ziele"], vorhaben["landkreise"]) == (
        "=1+1",
        ["fliegen", "schlafen"],
        ["Kreis, der"],
    )
    assert (vorhaben["beginn"], vorhaben["folgekosten_gesichert"]) == (date(2026, 4, 1), "ja")
    assert (first["name"], first["nace"], first["wirtschaftlich_taetig"]) == ("@A GmbH", "62.01", "nein")
    assert first["finanzierung"]["beantragt"] == Decimal("90000.5")
    assert first["unternehmensverbund"] == ["B; C", "D"]
    assert first["kosten"][0]["stunden"] == {"2026": 7, "2027": Decimal("1.5")}
    assert first["kosten"][0]["beschaeftigungsumfang"] == Decimal("0.125")
    assert second["kosten"][0] == {
        "kostenart": "personal", "bezeichnung": "y", "stufe": "5", "von": date(2026, 4, 1), "anteil": Decimal("0.25"),
        "auftrag": {"nr": "1", "angebote": 3},
    }  # fmt: skip
    assert second["finanzierung"]["weitere"] == [{"geber": "Stadt", "betrag": 1}]
    assert second["haushaltsnotlage"] == "ja"


def test_without_a_programme_there_are_only_the_columns_that_occur():
    workbook = budget_mappe(None, INHALT)
    assert list(columns(workbook["Finanzierung"])) == ["beteiligter", "geber", "betrag"]
    assert "De-minimis" not in workbook.sheetnames


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "=cmd|' /C calc'!A0", "12-2026", "#N/A", "=", "\t=1"])
def test_text_stays_text(text):
    content = saved(
        budget_mappe(None, {"Vorhaben": [{"titel": text}], "Beteiligte": [{"name": text, "art": "kommune"}]})
    )
    workbook = load_workbook(BytesIO(content))
    assert formulas(workbook) == []
    for cell in (workbook["Vorhaben"]["B5"], workbook["Beteiligte"]["A6"]):
        assert (cell.value, cell.data_type) == (text, "s")
        assert cell.number_format == "@" or text in {"#N/A", "\t=1"}
        assert bool(cell.quotePrefix) is (cell.number_format == "@")
    with ZipFile(BytesIO(content)) as archive:
        assert not any(b"<f>" in archive.read(name) for name in archive.namelist())


def test_a_programme_of_ones_own_cannot_bring_formulas_either():
    fassung = dataclasses.replace(FASSUNG, titel="=1+1", programm="=2")
    workbook = budget_vorlage(fassung, (2026,))
    cells = [cell for sheet in workbook for row in sheet.iter_rows(max_row=KOPF) for cell in row]
    assert [cell.coordinate for cell in cells if cell.data_type == "f"] == []


@pytest.mark.parametrize(
    ("programm", "parameter"), [("zr-ni", "einheitskosten"), ("zr-ni", "fonds"), ("mpsc", "phasen")]
)
def test_no_word_of_a_programme_becomes_part_of_a_formula(programm, parameter):
    fassung, odd = neueste_fassung(programm), '")+HYPERLINK("x'
    first, *others = fassung.parameter[parameter]
    if parameter == "fonds":
        changed = first._replace(wenn={"ziel": frozenset({odd})})
    else:
        changed = first._replace(wert={odd: next(iter(first.wert.values()))})
    own = dataclasses.replace(fassung, parameter={**fassung.parameter, parameter: (changed, *others)})
    cells = [cell for sheet in budget_vorlage(own, (2026,)) for row in sheet.iter_rows() for cell in row if cell.value]
    assert any(odd in str(cell.value) for cell in cells)
    assert not any(odd in str(cell.value) for cell in cells if cell.data_type == "f")


@pytest.mark.parametrize(
    "inhalt",
    [
        {"Kosten": [{"beteiligter": "A", "farbe": "rot"}]},
        {"Kosten": [{"betrag": Decimal(1)}]},
        {"Beteiligte": [{"name": "A", "beteiligter": "A"}]},
        {"Finanzierung": [{"stunden_2026": Decimal(1)}]},
        {"Tabelle1": []},
    ],
)
def test_what_has_no_place_is_refused(inhalt):
    with pytest.raises(KeyError):
        budget_mappe(FASSUNG, {"Vorhaben": [{}], **inhalt})
    with pytest.raises(KeyError):
        historie_mappe({"Beihilfen": [{"farbe": "rot"}]})


def test_a_history_with_content_reads_back(tmp_path):
    award = {"unternehmen": "+A GmbH", "gewaehrt_am": date(2025, 3, 15), "subventionswert": Decimal("12000.10"),
             "aktenzeichen": "1/2025", "verordnung": "1408/2013", "besicherung": Decimal("0.7")}  # fmt: skip
    relation = {"unternehmen": "A", "beziehung": "organmehrheit", "verbunden_mit": "B"}
    event = {"datum": date(2025, 1, 1), "ereignis": "spaltung", "von": "A", "nach": "B", "anteil": Decimal("0.6")}
    workbook = historie_mappe({"Beihilfen": [award], "Verbund": [relation], "Ereignisse": [event]})
    assert formulas(workbook) == []
    (tmp_path / "h.xlsx").write_bytes(saved(workbook))
    read = read_history(load(tmp_path / "h.xlsx", HISTORY_SUFFIXES), vokabular())
    assert read.hinweise == ()
    rows = [rows[0]._asdict() for rows in read.historie]
    assert [dict(stated.items() & row.items()) for stated, row in zip((award, relation, event), rows, strict=True)] == [
        award, relation, event,
    ]  # fmt: skip


def test_more_rows_than_a_sheet_holds_are_refused(monkeypatch):
    monkeypatch.setattr(blaetter, "_MOST_ROWS", 8)
    with pytest.raises(InputError, match="Beihilfen: 6 Zeilen"):
        historie_mappe({"Beihilfen": [{"unternehmen": "A"}]})


@given(st.lists(st.text("ab ,;&.", min_size=1).map(str.strip).filter(bool), min_size=1, max_size=4))
def test_lists_read_back_from_one_cell(items):
    assert read_items(joined(items)) == items


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
