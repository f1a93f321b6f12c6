"""Templates: untouched they are open, filled in they check, also after LibreOffice has had them in its hands."""

import re
from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest
from demo import FASSUNG, PROGRAMM, check_demo
from openpyxl import load_workbook
from rechtsfaelle import FASSUNGEN
from workbooks import converted

from foerdercheck.assessment.budget import Assessment, check_budget
from foerdercheck.assessment.historie import check_history
from foerdercheck.model.deutsch import datum
from foerdercheck.programmes import neueste_fassung, programme_ids
from foerdercheck.reading.cells import field_name
from foerdercheck.writing.templates import budget_template, history_template
from foerdercheck.writing.yaml_template import budget_vorlage_yaml

TAG = date(2026, 3, 20)
VORHABEN = {
    "titel": "Fliegen lernen im Schlaf", "ziele": "fliegen, schlafen", "antragsdatum": date(2026, 1, 15),
    "beginn": date(2026, 4, 1), "ende": date(2027, 9, 30), "bewilligung": date(2026, 3, 20),
    "gesamtfinanzierung_gesichert": "ja", "folgekosten_gesichert": "ja",
}  # fmt: skip
BETEILIGTE = [
    {"name": "Schule der Träume", "art": "hochschule", "sitz": "SH", "gemeinkosten": "auto", "eigenmittel": 88981.44}
]
KOSTEN = [
    {"kostenart": "personal", "bezeichnung": "Fluglehrerin", "stundensatz": 52.4, "stunden_2026": 990, "stunden_2027": 990},
    {"kostenart": "fremdleistung", "bezeichnung": "Windkanal", "netto": 20000, "ust": 0.19, "angebote": 2},
]  # fmt: skip
YAML = """
foerderprogramm: traumland
vorhaben: {titel: Fliegen lernen im Schlaf, ziele: [fliegen, schlafen], antragsdatum: 2026-01-15, beginn: 2026-04-01,
  ende: 2027-09-30, bewilligung: 2026-03-20, gesamtfinanzierung_gesichert: ja, folgekosten_gesichert: ja}
antragsteller:
  name: Schule der Träume
  art: hochschule
  sitz: SH
  kosten:
    - {kostenart: personal, bezeichnung: Fluglehrerin, stundensatz: "52,40", stunden: {2026: 990, 2027: 990}}
    - {kostenart: fremdleistung, bezeichnung: Windkanal, netto: "20000,00", auftrag: {angebote: 2}}
  finanzierung: {eigenmittel: "88981,44"}
"""


def fill(data: bytes, sheets: dict[str, list[dict[str, object]]], form: dict[str, object]) -> bytes:
    """Fill a template in as a person does: values beside labels, rows below heads, over the example row."""
    book = load_workbook(BytesIO(data))
    for row in book["Vorhaben"].iter_rows() if form else ():
        if (name := field_name(row[0].value)) in form:
            row[1].value = form[name]
    for name, rows in sheets.items():
        sheet = book[name]
        head = next(row for row in sheet.iter_rows(max_row=20) if sum(cell.comment is not None for cell in row) > 1)
        columns = {field_name(cell.value): cell.column for cell in head}
        for number, values in enumerate(rows, head[0].row + 1):
            for column in columns.values():
                if not str(sheet.cell(number, column).value or "").startswith("="):
                    sheet.cell(number, column).value = None
            for field, value in values.items():
                sheet.cell(number, columns[field]).value = value
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def findings(assessment: Assessment) -> list[tuple[object, ...]]:
    """What the rules found, without places and names of fields; that an example row was left out is no finding of a rule."""
    return [
        (*befund[:3], befund.markiert or befund.text, befund.beteiligter)
        for befund in assessment.befunde
        if befund.regel != "datei"
    ]


@pytest.fixture(scope="module")
def filled() -> bytes:
    return fill(budget_template(FASSUNG, ".xlsx"), {"Beteiligte": BETEILIGTE, "Kosten": KOSTEN}, VORHABEN)


@pytest.fixture(scope="module")
def libreoffice(tmp_path_factory, filled):
    """The filled and the untouched template as LibreOffice saves them: suffix → two files."""
    folder = tmp_path_factory.mktemp("libreoffice")
    files = folder / "filled.xlsx", folder / "untouched.xlsx"
    for file, content in zip(files, (filled, budget_template(FASSUNG, ".xlsx")), strict=True):
        file.write_bytes(content)
    return {suffix: converted(suffix, *files) for suffix in ("xlsx", "ods")}


@pytest.mark.parametrize("programm", programme_ids())
@pytest.mark.parametrize("suffix", [".xlsx", ".yaml"])
def test_an_untouched_template_is_open_and_says_what_is_missing(run, tmp_path, programm, suffix):
    file = tmp_path / f"budget{suffix}"
    assert run("vorlage", file, "--programm", programm).code == 0
    said = run("check", file)
    assert (said.code, said.err) == (3, "")
    missing = (
        ("Antragsteller fehlt", "Beginn fehlt", "Ende fehlt")
        if suffix == ".xlsx"
        else ("vorhaben fehlt", "antragsteller fehlt")
    )
    assert all(text in said.out for text in missing)


@pytest.mark.parametrize("fassung", FASSUNGEN, ids=lambda fassung: f"{fassung.programm} {fassung.gilt.von}")
def test_a_template_of_a_day_is_of_the_version_in_force_on_it(run, tmp_path, fassung):
    files = [tmp_path / "erster.yaml", tmp_path / "letzter.yaml", tmp_path / "mappe.xlsx"]
    days = [fassung.gilt.von, min(fassung.gilt.bis, date(2026, 12, 31)), fassung.gilt.von]
    for file, day in zip(files, days, strict=True):
        assert run("vorlage", file, "--programm", fassung.programm, "--fassung", day).code == 0
    assert files[0].read_bytes() == files[1].read_bytes() == budget_template(fassung, ".yaml")
    assert f"Fassung vom {datum(fassung.bekanntmachung)}" in files[0].read_text(encoding="utf-8")
    assert [run("check", file).code for file in files] == [3, 3, 3]


@pytest.mark.parametrize("suffix", [".xlsx", ".yaml"])
def test_an_untouched_history_is_empty(run, tmp_path, suffix):
    file = tmp_path / f"historie{suffix}"
    assert run("vorlage", file, "--art", "historie").code == 0
    said = run("deminimis", file)
    assert (said.code, said.err) == (0, "")
    assert "Die Historie ist leer" in said.out


def test_a_filled_template_gives_what_yaml_gives(tmp_path, filled):
    file = tmp_path / "budget.xlsx"
    file.write_bytes(filled)
    same, wanted = check_demo(file), check_demo(YAML.encode())
    assert (same.fehler, same.ergebnis) == ((), "foerderfaehig")
    assert same.summen == wanted.summen
    assert findings(same) == findings(wanted)


@pytest.mark.parametrize("target", ["xlsx", "ods"])
def test_libreoffice_saves_a_filled_template_that_still_checks(libreoffice, target):
    same, wanted = check_demo(libreoffice[target][0]), check_demo(YAML.encode())
    assert same.fehler == ()
    assert same.summen == wanted.summen
    assert findings(same) == findings(wanted)


@pytest.mark.parametrize("target", ["xlsx", "ods"])
def test_libreoffice_leaves_an_untouched_template_open(libreoffice, target):
    result = check_demo(libreoffice[target][1])
    assert (result.ergebnis, result.fehler) == ("offen", ())


def test_a_filled_history_counts_from_its_first_row(tmp_path):
    rows = [{"unternehmen": "A GmbH", "gewaehrt_am": date(2025, 3, 1), "foerdersumme": 1000.5}]
    file = tmp_path / "historie.xlsx"
    file.write_bytes(fill(history_template(".xlsx"), {"Beihilfen": rows}, {}))
    (konto,) = check_history(file, stichtag=TAG).konten
    assert (konto.unternehmen, konto.im_fenster) == (("A GmbH",), Decimal("1000.50"))


def test_a_changed_example_row_is_no_example(tmp_path):
    data = fill(budget_template(FASSUNG, ".xlsx"), {"Beteiligte": BETEILIGTE}, VORHABEN)
    book = load_workbook(BytesIO(data))
    sheet = book["Kosten"]
    cell = next(cell for row in sheet.iter_rows() for cell in row if cell.value == "Projektleitung")
    cell.value = "Physikerin"
    book.save(tmp_path / "b.xlsx")
    (problem,) = check_demo(tmp_path / "b.xlsx").fehler
    assert "Beispiel" in problem.text
    assert (problem.ort.blatt, problem.ort.zelle) == ("Kosten", f"A{cell.row}")


@pytest.mark.parametrize("programm", programme_ids())
def test_a_yaml_template_can_be_filled_by_uncovering_its_lines(programm):
    """Every line uncovered, empty ones given a value, is a budget without an unknown or misplaced key."""
    text = budget_vorlage_yaml(neueste_fassung(programm))
    lines = [
        line for line in re.sub(r"(?m)^# ( *(?:- )?[a-z_]+:)", r"\1", text).splitlines() if not line.startswith("#")
    ]
    filled = "\n".join(
        f"{line} {_value(line)}" if _is_empty_leaf(lines, number) else line for number, line in enumerate(lines)
    )
    problems = [fehler.text for fehler in check_budget(filled.encode()).fehler]
    wrong_form = [
        text for text in problems if re.search("unbekannter Schlüssel|doppelt|Liste erwartet|Einrückung", text)
    ]
    assert problems, "netto and brutto together are one at least"
    assert not wrong_form


def _is_empty_leaf(lines: list[str], number: int) -> bool:
    indents = [len(line) - len(line.lstrip(" -")) for line in lines[number : number + 2]]
    return lines[number].endswith(":") and (len(indents) == 1 or indents[1] <= indents[0])


def _value(line: str) -> str:
    values = {
        "ziele": "[wissen]",
        "landkreise": "{Verden: 60 %, Diepholz: 40 %}",
        "betriebsstaetten": "[SH]",
        "unternehmensverbund": "[A]",
        "antragsdatum": "2026-01-15",
        "beginn": "2026-04-01",
        "ende": "2027-03-31",
    }
    return values.get(line.strip(" -:"), "ja")


@pytest.mark.parametrize(
    ("call", "text"),
    [
        (("vorlage", "b.xlsx", "--programm", "sh-kii"), "sh-ki"),
        (("vorlage", "b.xlsx", "--art", "bdget"), "budget"),
        (("vorlage", "b.xlsx", "--programm", "mpsc", "--fassung", "2019-03-28"), "abgedeckt ist ab 29.03.2019"),
        (("vorlage", "b.xlsx", "--programm", "mpsc", "--fassung", "2020"), "kein Datum"),
        (("vorlage", "b.xlsx", "--programm", PROGRAMM, "--fassung", "2026-01-01"), "hat nur eine Fassung"),
        (("vorlage", "b.xlsx", "--fassung", "2026-01-01"), "für welches Programm?"),
        (
            ("vorlage", "b.xlsx", "--art", "historie", "--fassung", "2026-01-01"),
            "geht nicht zusammen mit --art historie",
        ),
        (("vorlage", "nirgends/b.xlsx", "--programm", PROGRAMM), "den Ordner gibt es nicht"),
    ],
)
def test_a_wrong_call_is_told_what_to_write(run, tmp_path, monkeypatch, call, text):
    monkeypatch.chdir(tmp_path)
    said = run(*call)
    assert said.code == 2
    assert text in said.err
    assert list(tmp_path.iterdir()) == []


def test_a_file_is_not_overwritten_unasked(run, tmp_path):
    file = tmp_path / "b.yaml"
    file.write_text("mein Budget", encoding="utf-8")
    assert run("vorlage", file, "--programm", PROGRAMM).code == 2
    assert file.read_text(encoding="utf-8") == "mein Budget"
    assert run("vorlage", file, "--programm", PROGRAMM, "--ueberschreiben").code == 0


def test_a_misnamed_column_is_told_once_and_leaves_nothing_missing(tmp_path, filled):
    book = load_workbook(BytesIO(filled))
    cell = next(cell for row in book["Kosten"].iter_rows() for cell in row if field_name(cell.value) == "netto")
    cell.value = "Nettobetrag"
    book.save(tmp_path / "b.xlsx")
    texts = [fehler.text for fehler in check_demo(tmp_path / "b.xlsx").fehler]
    assert texts == ["Die Spalte „Nettobetrag“ wird nicht gelesen: nennen Sie sie Netto"]
