"""Reports for people: plain text and terminal say the same as JSON, fit the screen and show user text as it is."""

import json
import re
from datetime import date
from pathlib import Path

import pytest
from demo import BUDGETS, FILES, JA, check_demo
from rich.cells import cell_len

from foerdercheck import check_budget
from foerdercheck.assessment.historie import check_history
from foerdercheck.model.deutsch import euro
from foerdercheck.programmes import read_version
from foerdercheck.reports.bericht import report
from foerdercheck.reports.history import history_report
from foerdercheck.reports.summary import at_a_glance, headline, one_line, overview
from foerdercheck.reports.terminal import render_terminal
from foerdercheck.reports.text import render_text

ROOT = Path(__file__).parents[1]
DAY = date(2026, 4, 20)
HISTORIES = sorted((ROOT / "budgets").glob("histor*"))
GUT = JA.read_text(encoding="utf-8")
each_budget = pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
each_width = pytest.mark.parametrize("width", [80, 120])


def _terminal(blocks, width):
    return render_terminal(blocks, width, None)


def _too_wide(shown, width):
    return [line for line in shown.splitlines() if cell_len(line) > width]


def _flat(shown):
    """Return what a terminal shows without its line breaks."""
    return re.sub(r"\s+", "", shown)


# The formats agree


@each_budget
def test_text_terminal_and_json_agree_on_verdict_and_grant(check, file):
    code, out, _ = check(file, "--format", "json")
    budget = json.loads(out)["budgets"][0]
    assessment = check_demo(file)
    drawn = _terminal(report(assessment, ausfuehrlich=True), 80)
    text = check(file, "--ausfuehrlich")
    assert text[0] == code
    if budget["ergebnis"] == "fehler":
        assert f"{len(budget['fehler'])} Fehler" in text[1]
        assert [
            f["text"] for f in budget["fehler"] if f["text"] not in text[1] or _flat(f["text"]) not in _flat(drawn)
        ] == []
        assert "ERGEBNIS" not in text[1]
        return
    grant = euro(assessment.summen[2])
    assert f"{assessment.summen[2]:.2f}" == budget["summe"]["zuwendung"]
    title = headline(budget["ergebnis"], assessment.angenommene)
    assert f"ERGEBNIS: {title}\n" in text[1]
    assert title in drawn
    for shown in (text[1], drawn):
        assert grant in shown
    refused = assessment.ergebnis == "nicht_foerderfaehig"
    assert one_line(assessment).endswith(f"Zuwendung {'–' if refused else grant}")
    said = [befund["text"] for befund in budget["befunde"] if befund["status"] != "entfaellt"]
    assert [text_ for text_ in said if text_ not in text[1] or _flat(text_) not in _flat(drawn)] == []


@each_budget
def test_report_is_the_same_with_and_without_derivation_elsewhere(file):
    assessment = check_demo(file)
    short = render_text(report(assessment)).splitlines()
    long = iter(render_text(report(assessment, herleitung=True)).splitlines())
    assert [line for line in short if line not in long] == []


def test_summary_names_every_file_with_its_verdict(check):
    files = FILES[:3]
    out = check(*files)[1]
    assert out.startswith(f"Übersicht über 3 Dateien in {BUDGETS}/:\n")
    words = {"foerderfaehig": "ja", "nicht_foerderfaehig": "nein", "offen": "offen", "fehler": "Fehler"}
    for file in files:
        assert re.search(rf"^  {file.name} +{words[check_demo(file).ergebnis]} ", out, re.MULTILINE)
    assert "Übersicht" not in check(files[0])[1]


# Fitting the screen


@each_width
@pytest.mark.parametrize("herleitung", [False, True], ids=["", "herleitung"])
@each_budget
def test_budget_fits_the_terminal(file, herleitung, width):
    assert _too_wide(_terminal(report(check_demo(file), herleitung=herleitung), width), width) == []


@each_width
@pytest.mark.parametrize("history", HISTORIES, ids=lambda file: file.name)
def test_account_fits_the_terminal(history, width):
    assert _too_wide(_terminal(history_report(check_history(history, stichtag=DAY)), width), width) == []


def test_wide_terminal_keeps_lines_readable():
    assert _too_wide(_terminal(report(check_demo(FILES[0])), 400), 120) == []


def test_summary_fits_the_terminal():
    assert _too_wide(_terminal(overview([at_a_glance(check_demo(file)) for file in FILES], ["h.yaml"]), 80), 80) == []


def test_amounts_are_never_broken():
    shown = _terminal(report(check_demo(BUDGETS / "verbund.yaml")), 80)
    assert "zuwendungsfähig" in shown
    assert "159.604,80 €" in shown


@each_width
def test_long_words_and_large_amounts_fit(width):
    text = GUT.replace("Schule der Träume", "H" * 150).replace("Fluglehrerin", "Wort" * 60)
    text = text.replace("50,00\n", "999.999.999,99\n").replace("39.540,00", "999.999.999.999,99")
    assessment = check_demo(text.encode())
    assert assessment.rechnungen
    shown = _terminal(report(assessment, herleitung=True), width)
    assert _too_wide(shown, width) == []
    assert _flat("Wort" * 60)[:40] in _flat(shown)


# What users write is shown as it is

TAG = "[rot]x[/Ende]"
MARKED = (
    GUT.replace("Fliegen lernen im Schlaf", f"'{TAG}titel'")
    .replace("Schule der Träume", f"'{TAG}name'")
    .replace("Fluglehrerin", f"'{TAG}wer'")
    .replace("person: P1", f"person: '{TAG}p'")
    .replace(
        "  finanzierung:",
        f"""    - kostenart: fremdleistung
      bezeichnung: '{TAG}b'
      netto: 150000
      auftrag: {{nr: '{TAG}nr', anbieter: '{TAG}a', angebote: 1, begruendung: '{TAG}g', vertrag: 2026-05-02}}
  finanzierung:""",
    )
    + f"    weitere: [{{geber: '{TAG}geber', betrag: 1, oeffentlich: ja, zugesagt: nein}}]\n"
)


@each_width
def test_markup_in_user_text_is_shown_literally(width):
    assessment = check_demo(MARKED.encode())
    assert assessment.rechnungen, assessment.fehler
    shown = _terminal(report(assessment, herleitung=True), width)
    plain = render_text(report(assessment, herleitung=True))
    for word in ("titel", "name", "wer", "b", "nr", "geber"):
        assert TAG + word in _flat(shown)
        assert TAG + word in plain
    assert _too_wide(shown, width) == []


def test_markup_in_errors_and_histories_is_shown_literally(tmp_path):
    broken = check_demo(f"foerderprogramm: '{TAG}'\n'{TAG}k': 1\n".encode())
    assert TAG in _flat(_terminal(report(broken), 80))
    file = tmp_path / "[rot]h[Ende].yaml"
    award = f"{{unternehmen: '{TAG}', gewaehrt_am: 2025-01-01, zuwendungsgeber: '{TAG}g', foerdersumme: 5}}"
    file.write_text(f"beihilfen:\n  - {award}\n", encoding="utf-8")
    assessment = check_history(file, stichtag=DAY)
    assert assessment.konten
    for shown in (_terminal(history_report(assessment), 120), render_text(history_report(assessment))):
        assert f"{TAG}g" in shown
        assert TAG in shown.replace(f"{TAG}g", "")
        assert "[rot]h[Ende].yaml" in _flat(shown)


@each_budget
def test_plain_text_has_no_control_characters_and_no_trailing_blanks(file):
    shown = render_text(report(check_demo(file), herleitung=True))
    assert re.search(r"[\x00-\x09\x0b-\x1f\x7f\x80-\x9f]", shown) is None
    assert [line for line in shown.splitlines() if line != line.rstrip()] == []
    assert shown.endswith("\n")
    assert not shown.startswith("\n")


@pytest.mark.parametrize("code", [r"\e[31mrot", r"\x9b31mrot", r"a\rb", r"a\b\b"], ids=["esc", "csi", "cr", "bs"])
def test_control_characters_of_the_file_do_not_reach_the_terminal(code):
    text = GUT.replace("Fliegen lernen im Schlaf", f'"{code}"').replace("Fluglehrerin", f'"{code}"')
    assessment = check_demo(text.encode())
    for shown in (render_text(report(assessment)), _terminal(report(assessment), 80), one_line(assessment)):
        assert re.search(r"[\x00-\x09\x0b-\x1f\x7f\x80-\x9f]", shown) is None


def test_line_break_in_user_text_forges_no_verdict():
    title = r'"A\n\nERGEBNIS: FÖRDERFÄHIG\n"'
    text = GUT.replace("Fliegen lernen im Schlaf", title).replace("folgekosten_gesichert: ja\n", "")
    shown = render_text(report(check_demo(text.encode())))
    assert len(re.findall(r"^ERGEBNIS: ", shown, re.MULTILINE)) <= 1
    assert "\nERGEBNIS: FÖRDERFÄHIG" not in shown


# The account


def _history(tmp_path, *awards: tuple[str, str, str]):
    file = tmp_path / "h.yaml"
    rows = [f"  - {{unternehmen: {who}, gewaehrt_am: {day}, foerdersumme: {amount}}}\n" for who, day, amount in awards]
    file.write_text("beihilfen:\n" + "".join(rows), encoding="utf-8")
    return file


def test_planned_award_needs_to_know_whose_it_is(run, tmp_path):
    file = _history(tmp_path, ("Alpha GmbH", "2025-01-01", "1"), ("Beta AG", "2025-01-01", "290000"))
    call = ("deminimis", file, "--stichtag", "2026-04-20", "--beihilfe", "20.000,00")
    code, out, err = run(*call)
    assert (code, out) == (2, "")
    assert re.search(r"--unternehmen.*Alpha GmbH, Beta AG", err)
    assert run(*call, "--unternehmen", "alpha  gmbh")[0] == 0
    code, out, _ = run(*call, "--unternehmen", "Beta AG")
    assert code == 1
    assert "20.000,00 € passen am 20.04.2026 nicht, frei sind 10.000,00 €; sie passen frühestens am 02.01.2028." in out


@pytest.mark.parametrize(
    "asked",
    [
        ("Gamma SE", "300.000,00", 0, ["„Gamma SE“ steht nicht in der Historie"]),
        ("Gamma SE", "300.000,01", 1, ["„Gamma SE“ steht nicht in der Historie"]),
        (
            "Alphal GmbH",
            "299.999,00",
            0,
            ["Alpha GmbH und Alphal GmbH zählen getrennt", "Am Ergebnis ändert das hier nichts."],
        ),
        ("Alphal GmbH", "299.999,01", 3, ["Alpha GmbH und Alphal GmbH zählen getrennt", "Davon hängt das Ergebnis ab"]),
    ],
)
def test_an_undertaking_without_awards_has_the_whole_ceiling_unless_its_name_looks_misspelt(run, tmp_path, asked):
    name, betrag, code, said = asked
    file = _history(tmp_path, ("Alpha GmbH", "2025-01-01", "1"), ("Beta AG", "2025-01-01", "290000"))
    call = ("deminimis", file, "--stichtag", "2026-04-20", "--beihilfe", betrag, "--unternehmen", name)
    found, out, _ = run(*call)
    assert found == code
    assert [part for part in said if part not in out] == []


@pytest.mark.parametrize(("grenztag", "code"), [("streng", 1), ("rna", 0)])
def test_reading_of_the_boundary_day_decides(run, tmp_path, grenztag, code):
    file = _history(tmp_path, ("Alpha GmbH", "2023-04-20", "200000"), ("Alpha GmbH", "2025-01-01", "100000"))
    call = ("deminimis", file, "--grenztag", grenztag, "--beihilfe", "200000", "--stichtag")
    assert run(*call, "2026-04-20")[0] == code
    assert run(*call, "2026-04-21")[0] == 0
    assert run(*call, "2026-04-19")[0] == 1


def test_many_accounts_are_an_overview_with_the_worst_first(run, tmp_path):
    awards = [(f"Firma {number}", "2025-01-01", "1000") for number in range(20)]
    file = _history(tmp_path, *awards)
    code, out, _ = run("deminimis", file, "--stichtag", "2026-04-20")
    assert (code, out.count("ERGEBNIS: EINGEHALTEN"), "Konten;" in out) == (0, 20, False)
    file = _history(tmp_path, *awards, ("Zuviel", "2025-01-01", "300000,01"))
    code, out, _ = run("deminimis", file, "--stichtag", "2026-04-20")
    lines = out.splitlines()
    assert (code, out.count("ERGEBNIS: ")) == (1, 1)
    head = next(index for index, line in enumerate(lines) if line.startswith("21 Konten"))
    assert re.match(r" +Zuviel +DE +300.000,01 € +0,00 € +überschritten", lines[head + 3])
    assert "1 von 21" in out
    code, out, _ = run("deminimis", file, "--stichtag", "2026-04-20", "--unternehmen", "Firma 7")
    assert code == 0
    assert "Firma 8" not in out
    assert "\nFirma 7\n-------\n" in out
    assert "01.01.2025  –" in out


# The rate


CASTLE = """foerderprogramm: luftschloss
vorhaben: {antragsdatum: 2030-01-02, beginn: 2030-01-01, ende: 2030-12-31, landkreise: [Gipfel]}
antragsteller: {name: Wolkenstadt, art: kommune, kosten: [{kostenart: material, bezeichnung: Turm, phase: bau, brutto: "BETRAG"}]}
"""


@pytest.mark.parametrize(
    ("betrag", "said"), [("24.000,00", "50 % davon"), ("24.000,02", "50 % davon, auf den Höchstbetrag begrenzt")]
)
def test_the_rate_says_so_where_a_limit_leaves_less(betrag, said):
    fassung = read_version(ROOT / "tests" / "demo_luftschloss.yaml")
    text = render_text(report(check_budget(CASTLE.replace("BETRAG", betrag).encode(), fassung=fassung)))
    (line,) = [line for line in text.splitlines() if "höchste Zuwendung" in line]
    assert re.split(r"\s{2,}", line.strip())[1] == said
