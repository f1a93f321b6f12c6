"""The example budgets do what the table in budgets/README.md says."""

import json
import re
from datetime import date
from decimal import Decimal
from itertools import takewhile
from pathlib import Path
from typing import NamedTuple

import pytest
from defusedxml.ElementTree import fromstring
from rich.cells import cell_len
from sarif_kit.validate import validation_errors

from foerdercheck import Assessment, check_budget
from foerdercheck.cli.formats import FORMATE
from foerdercheck.reports.bericht import report
from foerdercheck.reports.terminal import render_terminal

BUDGETS = Path(__file__).parents[1] / "budgets"
COLUMNS = ["file", "story", "what it shows", "result", "exit code", "grant (Zuwendung)"]
HISTORY = re.compile(r"^beihilfen:", re.MULTILINE)


class Row(NamedTuple):
    file: str
    story: str
    shows: str
    result: str
    exit_code: str
    grant: str


def _table() -> list[Row]:
    lines = (BUDGETS / "README.md").read_text(encoding="utf-8").splitlines()
    first = next(index for index, line in enumerate(lines) if line.startswith("|"))
    table = list(takewhile(lambda line: line.startswith("|"), lines[first:]))
    cells = [[cell.strip().strip("`") for cell in line.strip("|").split("|")] for line in table]
    assert cells[0] == COLUMNS
    return [Row(*row) for row in cells[2:]]


def _is_history(file: Path) -> bool:
    if file.name.startswith("history"):
        return True
    if file.suffix in {".xlsx", ".csv"}:
        return True
    return file.suffix in {".yaml", ".yml"} and HISTORY.search(file.read_text(encoding="utf-8")) is not None


def _grant(assessment: Assessment) -> str:
    """Return the grant in German format, or a dash where nothing was computed."""
    if not assessment.rechnungen:
        return "–"
    return f"{assessment.summen[2]:,.2f}".translate(str.maketrans(",.", ".,"))


ROWS = _table()
each_row = pytest.mark.parametrize("row", ROWS, ids=lambda row: row.file)


def test_every_budget_stands_in_the_table_once():
    files = sorted(file.name for file in BUDGETS.iterdir() if file.name != "README.md" and not _is_history(file))
    assert sorted(row.file for row in ROWS) == files


def test_every_history_belongs_to_a_budget():
    stated = "\n".join((BUDGETS / row.file).read_text(encoding="utf-8") for row in ROWS if row.file.endswith("yaml"))
    histories = [file.name for file in BUDGETS.iterdir() if _is_history(file)]
    named = (BUDGETS / "README.md").read_text(encoding="utf-8")
    assert [name for name in histories if f"deminimis: {name}" not in stated and f"`{name}`" not in named] == []


@each_row
def test_result_is_as_the_table_says(row):
    assessment = check_budget(BUDGETS / row.file)
    assert (assessment.ergebnis, str(assessment.exit_code), _grant(assessment)) == (
        row.result,
        row.exit_code,
        row.grant,
    )
    assert assessment.defekte == ()


@each_row
def test_result_does_not_depend_on_today(row):
    for today in (date(2025, 1, 1), date(2035, 1, 1)):
        assessment = check_budget(BUDGETS / row.file, heute=today)
        assert (assessment.ergebnis, _grant(assessment)) == (row.result, row.grant)


@each_row
def test_financing_closes_to_the_cent(row):
    assessment = check_budget(BUDGETS / row.file)
    gaps = [r.finanzierungsluecke and r.finanzierungsluecke.betrag for r in assessment.rechnungen]
    assert gaps == [Decimal("0.00")] * len(gaps)


@pytest.mark.parametrize(
    ("file", "regel", "status", "said"),
    [
        ("hochschule-direkt-guenstiger.yaml", "5.3-gemeinkosten", "erfuellt", "direkt: 25 %, 41.966,75"),
        ("hochschule-investitionsschwerpunkt.yaml", "5.3-gemeinkosten", "gekuerzt", "8.676,00 € statt 43.020,00"),
        ("kmu-hoechstbetrag-ueberschritten.yaml", "3.1-deminimis", "verletzt", "frühestens am 11.05.2026"),
        ("kmu-hoechstbetrag-genau-gefuellt.yaml", "3.1-deminimis", "erfuellt", "frei sind 85.750,00"),
        ("kommune-bauauftrag.yaml", "5.2-foerdersatz", "erfuellt", "[Auslegung"),
        ("kommune-bauauftrag.yaml", "5.4-drei-angebote", "erfuellt", "41.700,00 € netto erreichen 30.000,00"),
        ("verbund-geteilte-person.yaml", "5.3-stunden", "gekuerzt", "7.560,00"),
        ("transfer-genau-hunderttausend.yaml", "5.4-drei-angebote", "entfaellt", "100.000,00"),
        ("auftraege-einer-offen.yaml", "5.4-drei-angebote", "erfuellt", "Auftrag A1"),
        ("auftraege-einer-offen.yaml", "5.4-drei-angebote", "offen", "Auftrag A2"),
        ("kmu-vertrag-zu-frueh.yaml", "4.1-vorhabenbeginn", "verletzt", "29.05.2026"),
        ("zr-ni-ki-strategie.yaml", "5.3-mindestausgaben", "erfuellt", "mindestens 25.000,00"),
        ("zr-ni-untergrenze-ohne-steuer.yaml", "5.3-mindestausgaben", "verletzt", "es fehlen 840,34"),
        ("zr-ni-pflege-esf.yaml", "SEK-3.2-mindestgehalt", "erfuellt", "„Bürokraft“"),
        ("zr-ni-pflege-esf.yaml", "SEK-5-stellenanteil", "gekuerzt", "21 Monaten ab 04.2027"),
        ("zr-ni-rm-mitte.yaml", "4.1-programmgebiet", "erfuellt", "Übergangsregion (40 %)"),
        ("zr-ni-rm-mitte.yaml", "5.3-jahreshoechstbetrag", "gekuerzt", "234.000,00 € je Jahr"),
        ("mpsc-zwei-phasen.yaml", "3-hoechstausgaben", "gekuerzt", "40.000,00 € entfallen"),
        ("mpsc-zwei-phasen.yaml", "3-hoechstausgaben", "gekuerzt", "40.300,00 € entfallen"),
        ("mpsc-ende-2027.yaml", "5-laufzeit", "offen", "bewilligten Verlängerung"),
    ],
)
def test_story_is_told_by_the_finding_it_is_about(file, regel, status, said):
    befunde = check_budget(BUDGETS / file).befunde
    assert [b for b in befunde if (b.regel.partition("/")[2], b.status) == (regel, status) and said in b.text]


@pytest.mark.parametrize("form", FORMATE)
def test_every_form_holds_them_all(run, form):
    """Programmes with levels, phases and areas, side by side in one document."""
    code, out, _ = run("check", BUDGETS, "--format", form)
    assert code == 2
    assert [row.file for row in ROWS if row.file not in out and form != "kurz"] == []
    if form == "junit":
        assert len(fromstring(out)) == len(ROWS)
    elif form == "sarif":
        assert validation_errors(json.loads(out)) == []


@each_row
@pytest.mark.parametrize("width", [80, 120])
def test_report_fits_the_terminal(row, width):
    shown = render_terminal(report(check_budget(BUDGETS / row.file), herleitung=True), width, None)
    assert max(map(cell_len, shown.splitlines())) <= width


def test_a_concept_that_does_not_say_so_may_be_too_small():
    text = (BUDGETS / "zr-ni-ki-strategie.yaml").read_text(encoding="utf-8")
    assessment = check_budget(text.replace("  foerdergegenstand: konzept\n", "").encode())
    short, depends = [b.text for b in assessment.befunde if b.status == "offen"]
    assert "es fehlen 32.498,25" in short
    assert "Angabe fehlt: foerdergegenstand." in depends


def test_nobody_can_apply_any_more_for_what_closed():
    text = (BUDGETS / "mpsc-ende-2027.yaml").read_text(encoding="utf-8")
    assessment = check_budget(text.replace("antragsdatum: 11.03.2021", "antragsdatum: 11.03.2026").encode())
    (said,) = [b.text for b in assessment.befunde if b.status == "verletzt"]
    assert "neue Anträge sind nicht mehr möglich" in said


def test_startup_falls_to_half_on_its_fifth_birthday():
    text = (BUDGETS / "startup-kurz-vor-fuenf-jahren.yaml").read_text(encoding="utf-8")
    grants = [
        _grant(check_budget(text.replace("antragsdatum: 17.02.2026", f"antragsdatum: {day}").encode()))
        for day in ("18.02.2026", "19.02.2026")
    ]
    assert grants == ["159.826,87", "106.551,25"]


def test_one_cent_more_than_the_ceiling_is_out():
    text = (BUDGETS / "kmu-hoechstbetrag-genau-gefuellt.yaml").read_text(encoding="utf-8")
    assessment = check_budget(text.replace("beantragt: 85.750,00", "beantragt: 85.750,01").encode())
    assert assessment.ergebnis == "nicht_foerderfaehig"


def test_grant_fits_on_the_earliest_day_and_not_before():
    file = BUDGETS / "kmu-hoechstbetrag-ueberschritten.yaml"
    days = (date(2026, 5, 10), date(2026, 5, 11))
    results = [
        next(b.status for b in check_budget(file, stichtag=day).befunde if b.regel == "sh-ki/3.1-deminimis")
        for day in days
    ]
    assert results == ["verletzt", "erfuellt"]


def test_every_trap_is_reported_on_its_own_line():
    file = BUDGETS / "zahlenfallen.yaml"
    lines = file.read_text(encoding="utf-8").splitlines()
    traps = {number for number, line in enumerate(lines, 1) if "#" in line and not line.startswith("#")}
    reported = {fehler.ort.zeile for fehler in check_budget(file).fehler}
    assert len(traps) == 17
    assert traps <= reported
