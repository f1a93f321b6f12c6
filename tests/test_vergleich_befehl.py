"""`foerdercheck vergleichen`: its forms, exit codes and what it refuses."""

import re
from pathlib import Path

import pytest
from demo import FEHLER, JA, NEIN, UNDER
from openpyxl import load_workbook
from pdf_files import attachments, opened
from report_cases import ROOT
from results import parsed


def run_on(run, *files: object):
    return run("vergleichen", *files, *UNDER)


def test_the_command(run, tmp_path):
    changed = tmp_path / "neu.yaml"
    text = JA.read_text(encoding="utf-8").replace("netto: 10.000,00", "netto: 12.000,00")
    changed.write_text(text, encoding="utf-8")
    assert run_on(run, JA, JA).code == 0
    assert "ERGEBNIS: GLEICH" in run_on(run, JA, JA).out
    said = run_on(run, JA, changed)
    assert said.code == 1
    assert "Windkanal  Netto   10.000,00 €  12.000,00 €  +2.000,00 €" in said.out
    assert "Überschrittene Positionen:" in said.out
    assert "20 %" in said.out
    assert "**Geänderte Angaben**" in run("vergleichen", JA, changed, *UNDER, "--format", "markdown").out
    output = tmp_path / "v.xlsx"
    assert run("vergleichen", JA, changed, *UNDER, "--output", output).code == 1
    assert any(
        "Geänderte Angaben" in str(cell.value) for row in load_workbook(output).active.iter_rows() for cell in row
    )


def test_endings_say_the_form_and_several_files_are_written(run, tmp_path):
    files = {name: tmp_path / f"v{name}" for name in (".json", ".md", ".txt", ".html", ".pdf")}
    outputs = [word for file in files.values() for word in ("--output", file)]
    assert (said := run("vergleichen", JA, NEIN, *UNDER, *outputs)).code == 1
    assert said.out == ""
    assert parsed(files[".json"].read_text(encoding="utf-8"))["ergebnis"] == "geaendert"
    for ending, form in ((".md", "markdown"), (".txt", "tabelle"), (".html", "html")):
        shown = run("vergleichen", JA, NEIN, *UNDER, "--format", form).out
        assert files[ending].read_text(encoding="utf-8") == shown
    within = attachments(opened(files[".pdf"].read_bytes()))
    assert within["ergebnis.json"][2] == files[".json"].read_bytes()
    assert [within[file.name][2] for file in (JA, NEIN)] == [JA.read_bytes(), NEIN.read_bytes()]
    refused = run("vergleichen", JA, NEIN, *UNDER, "--output", tmp_path / "v.sarif")
    assert refused.code == 2
    assert "einen Vergleich gibt es als tabelle, json, markdown, html, pdf oder xlsx" in refused.err
    assert not (tmp_path / "v.sarif").exists()


def test_json_says_the_same(run):
    found = parsed(run("vergleichen", JA, NEIN, *UNDER, "--format", "json").out)
    assert found["ergebnis"] == "geaendert"
    assert found["urteil"].startswith("Das Vorhaben war förderfähig und ist jetzt nicht förderfähig")
    assert parsed(run("vergleichen", JA, JA, *UNDER, "--format", "json").out)["unterschiede"] == []


def test_what_cannot_be_read_is_told(run):
    said = run_on(run, JA, FEHLER)
    assert said.code == 2
    assert f"{FEHLER}: " in said.out
    assert "nicht zu lesen" in said.err
    assert parsed(run("vergleichen", JA, FEHLER, *UNDER, "--format", "json").out)["ergebnis"] == "fehler"
    assert run_on(run, JA, JA.parent).code == 2


def test_another_version_of_the_programme(run):
    file = Path(__file__).parents[1] / "budgets" / "zr-ni-ki-strategie.yaml"
    same = run("vergleichen", file, file, "--stichtag", "2026-04-20")
    other = run("vergleichen", file, file, "--stichtag", "2026-04-20", "--fassung", "2023-06-01")
    assert (same.code, other.code) == (0, 1)
    assert "Antragsdatum" in other.out
    assert re.search(
        r"^Alt nach +zr-ni, Fassung vom 13.05.2024\nNeu nach +zr-ni, Fassung vom 03.08.2022$", other.out, re.MULTILINE
    )
    assert "Alt nach" not in same.out


@pytest.mark.parametrize(
    ("alt", "neu", "urteil"),
    [
        (JA, NEIN, r"war förderfähig und ist jetzt nicht förderfähig; eine Zuwendung gibt es so nicht\."),
        (NEIN, JA, r"war nicht förderfähig und ist jetzt förderfähig, die Zuwendung beträgt [\d.]+,\d\d €\."),
        (NEIN, NEIN, r"bleibt nicht förderfähig\."),
        (JA, JA, r"bleibt förderfähig, die Zuwendung bleibt bei [\d.]+,\d\d €\."),
    ],
)
def test_a_refused_budget_has_no_grant_to_compare(run, alt, neu, urteil):
    said = run_on(run, alt, neu).out
    assert re.search(urteil, said)
    grants = [line for line in said.splitlines() if re.search(r"  Zuwendung  ", line)]
    refused = [alt, neu].count(NEIN)
    assert [line.count("€") for line in grants] == ([1] * len(grants) if refused == 1 else [])
    assert bool(grants) == (refused == 1)


def test_shares_of_districts_are_told_as_shares(run, tmp_path):
    old = ROOT / "budgets" / "zr-ni-rm-mitte.yaml"
    new = tmp_path / "neu.yaml"
    text = old.read_text(encoding="utf-8")
    new.write_text(
        text.replace("Diepholz: 35 %, Nienburg/Weser: 25 %", "Diepholz: 25 %, Nienburg/Weser: 35 %"), encoding="utf-8"
    )
    out = run("vergleichen", old, new).out
    assert [" ".join(line.split()) for line in out.splitlines() if "Landkreise" in line] == [
        "Vorhaben Landkreise Diepholz 35 % 25 % −10 %",
        "Vorhaben Landkreise Nienburg/Weser 25 % 35 % +10 %",
    ]
    changes = parsed(run("vergleichen", old, new, "--format", "json").out)["unterschiede"]
    assert [(one["alt"], one["neu"]) for one in changes] == [("35 %", "25 %"), ("25 %", "35 %")]
