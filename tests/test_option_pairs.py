"""Options of `check` that exclude each other are refused; none goes unheeded."""

import re

import pytest
from demo import JA
from results import parsed

from foerdercheck.cli.formats import FORMATE
from foerdercheck.programmes import programme_ids

OTHERS = "wählen Sie tabelle, json, html oder pdf"
MARKING = ("junit", "sarif", "github", "markdown")
AS_IT_IS = ("junit", "sarif", "codeclimate", "github", "kurz")


@pytest.mark.parametrize(
    ("options", "said"),
    [
        *((f"--alle --format {form}", f"--format: {form} zeigt keinen Vergleich; {OTHERS}") for form in MARKING),
        ("--alle --quiet", "--quiet: geht nicht zusammen mit --alle"),
        ("--alle --herleitung", "--herleitung: geht nicht zusammen mit --alle"),
        ("--alle --jobs 1", "--jobs: geht nicht zusammen mit --alle"),
        ("--alle --scheduler tcp://x:1", "--scheduler: geht nicht zusammen mit --alle"),
        ("--alle --output x.xlsx", "--alle: geht nicht zusammen mit einer Ergebnis-Tabelle (.xlsx)"),
        ("--quiet --output x.XLSX", "--quiet: geht nicht zusammen mit einer Ergebnis-Tabelle (.xlsx)"),
        ("--jobs 1 --output x.xlsx", "--jobs: geht nicht zusammen mit einer Ergebnis-Tabelle (.xlsx)"),
        ("--scheduler tcp://x:1 --output x.xlsx", "--scheduler: geht nicht zusammen mit einer Ergebnis-Tabelle (.xlsx)"),
        *((f"--quiet --format {form}", f"--quiet: geht nicht zusammen mit --format {form}") for form in FORMATE[1:]),
        ("--quiet --herleitung", "--herleitung: geht nicht zusammen mit --quiet"),
        ("--ohne-vorschlaege --vorschlaege", "--vorschlaege: geht nicht zusammen mit --ohne-vorschlaege"),
        ("--quiet --vorschlaege", "--vorschlaege: geht nicht zusammen mit --quiet"),
        ("--quiet --setze a=1", "--setze: geht nicht zusammen mit --quiet"),
        *((f"--vorschlaege --format {form}", f"--vorschlaege: geht nicht zusammen mit --format {form}") for form in AS_IT_IS),
        ("--vorschlaege --setze a=1 --alle", "--setze: geht nicht zusammen mit --alle"),
        ("--vorschlag 1 --alle --output n.yaml", "--alle: geht nicht zusammen mit --vorschlag"),
        ("--vorschlag 1 --ausfuehrlich --output n.yaml", "--ausfuehrlich: geht nicht zusammen mit --vorschlag"),
        ("--setze a=1 --output x.csv --output -", "--setze: geht nicht zusammen mit --format csv"),
        ("--alle --setze a=1", "--setze: geht nicht zusammen mit --alle"),
        ("--setze a=1 --output x.xlsx", "--setze: geht nicht zusammen mit einer Ergebnis-Tabelle (.xlsx)"),
        *((f"--setze a=1 --format {form}", f"--setze: geht nicht zusammen mit --format {form}") for form in AS_IT_IS),
        ("--jobs 1 --scheduler tcp://x:1", "--jobs: geht nicht zusammen mit --scheduler"),
    ],
)  # fmt: skip
def test_pair_is_refused(check, monkeypatch, tmp_path, options, said):
    monkeypatch.chdir(tmp_path)
    code, out, err = check(JA, *options.split())
    assert (code, out, list(tmp_path.iterdir())) == (2, "", [])
    assert err.splitlines()[0] == f"foerdercheck: {said}"


@pytest.mark.parametrize(
    "options",
    ["--alle --format tabelle", "--alle --format json --stichtag 2026-03-01", "--quiet --format tabelle", "--quiet --jobs 1",
     "--quiet --output aus.txt", "--herleitung --format json --jobs 1", "--herleitung --output aus.xlsx",
     "--vorschlaege --output aus.sarif --output -", "--setze vorhaben.titel=x --output aus.md --output aus.json"],
)  # fmt: skip
def test_other_pairs_are_heeded(check, monkeypatch, tmp_path, options):
    monkeypatch.chdir(tmp_path)
    assert check(JA, *options.split()).code == 0


@pytest.mark.parametrize("name", ["kaputt.yaml", "gibt-es-nicht.yaml"])
def test_comparison_of_an_unreadable_file_says_what_a_check_says(check, monkeypatch, tmp_path, name):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "kaputt.yaml").write_text("a: [\n", encoding="utf-8")
    for form in ("tabelle", "json"):
        assert check(name, "--alle", "--format", form) == check(name, "--format", form)
        assert check(name, "--alle", "--format", form, "--output", tmp_path / form)[:2] == (2, "")
        assert (tmp_path / form).read_text(encoding="utf-8") == check(name, "--format", form).out


def test_comparison_where_no_programme_is_in_force_is_no_verdict(run, tmp_path):
    file, programmes = tmp_path / "b.yaml", programme_ids()
    text = JA.read_text(encoding="utf-8").replace("antragsdatum: 15.01.2026", "antragsdatum: 15.01.2010")
    text = re.sub(r" *bewilligung: .*\n", "", text)
    file.write_text(text.replace("traumland", programmes[0]), encoding="utf-8")
    code, out, _ = run("check", file, "--alle", "--format", "json")
    found = parsed(out)
    (budget,) = found["budgets"]
    assert (code, found["ergebnis"], budget["ergebnis"], len(budget["fehler"])) == (
        2, "fehler", "fehler", len(programmes)
    )  # fmt: skip
    code, out, _ = run("check", file, "--alle")
    assert (code, out.count("GILT NICHT")) == (2, len(programmes))
