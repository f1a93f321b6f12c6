"""What accounts look like on the screen, in JSON and on paper: every figure and every Hinweis is in each."""

import json
import re
from pathlib import Path

import pytest
from deminimis.test_faelle import FAELLE
from demo import HISTORIE
from jsonschema import Draft202012Validator
from rechtsfaelle import as_yaml
from results import parsed

EXAMPLES = [HISTORIE, *sorted((Path(__file__).parents[1] / "budgets").glob("histor*.*"))]
KONTO, ERGEBNIS = (
    Draft202012Validator(json.loads((EXAMPLES[1].parents[1] / "schemas" / f"{name}.schema.json").read_bytes()))
    for name in ("konto", "ergebnis")
)
BUDGETS = [
    file for file in sorted(EXAMPLES[1].parent.glob("*.yaml")) if "antragsteller" in file.read_text(encoding="utf-8")
]
ALL = ("--herleitung", "--was-geht-noch", "--frist")
BETRAG = re.compile(r"-?[\d.]+,\d\d(?= €)")
TAG = re.compile(r"\b\d\d\.\d\d\.\d{4}\b")


def missing(shown: str, document: str) -> set[str]:
    """Return the amounts and days of a report that stand nowhere in the JSON."""
    amounts = {
        f"{float(amount):,.2f}".translate(str.maketrans(",.", ".,"))
        for amount in re.findall(r'"(-?\d+\.\d\d)"', document)
    }
    days = {f"{day[8:]}.{day[5:7]}.{day[:4]}" for day in re.findall(r'"(\d{4}-\d\d-\d\d)"', document)}
    stated = amounts | days | set(BETRAG.findall(document)) | set(TAG.findall(document))
    return {*BETRAG.findall(shown), *TAG.findall(shown)} - stated - {"0,00"}


def compare(run, file, *options: str):
    """Hold what a call shows against what it gives as JSON."""
    call = ("deminimis", file, *ALL, *options)
    table, document = run(*call), run(*call, "--format", "json")
    assert table.code == document.code
    result = parsed(document.out)
    KONTO.validate(result)
    assert missing(re.sub(r"(?m)^Datei .*$", "", table.out), document.out) == set()
    assert f"Nicht geprüft  {', '.join(result['nicht_geprueft'])}" in table.out
    said = re.findall(r"(?m)^  [i?] (.*?)(?: \([^()]*\))?$", table.out.partition("Hinweise:")[2])
    hints = [hint["text"] for hint in result["hinweise"]]
    assert all(any(hint.startswith(one) or one.startswith(hint) for hint in hints) for one in said)
    assert len(hints) == len(re.findall(r"(?m)^  [i?] ", table.out))
    return result


@pytest.mark.parametrize("file", EXAMPLES, ids=lambda file: file.name)
@pytest.mark.parametrize("tag", ["2026-03-15", "2026-05-10", "2027-08-01"])
def test_every_figure_and_hint_of_an_example_is_in_the_json(run, file, tag):
    compare(run, file, "--stichtag", tag)
    for konto in parsed(run("deminimis", file, "--stichtag", tag, "--format", "json").out)["unternehmen"]:
        if konto["mitgliedstaat"] == "DE":
            name = konto["unternehmen"][0]
            compare(run, file, "--stichtag", tag, "--unternehmen", name, "--beihilfe", "150.000,00")


def asked(fall):
    """Return the options of a case a file can be asked; None for those asked of no file, of another State, or of an unreadable one."""
    frage = fall["frage"]
    if not fall.get("historie", {}).get("beihilfen") or "mitgliedstaat" in frage or "fehler" in fall["erwartet"]:
        return None
    keys = ("stichtag", "beihilfe", "verordnung", "grenztag", "unternehmen")
    return [part for key in keys if key in frage for part in (f"--{key}", frage[key])]


@pytest.mark.parametrize(
    ("fall", "options"),
    [pytest.param(fall, asked(fall), id=f"{datei}: {fall['name']}") for datei, fall in FAELLE if asked(fall)],
)
def test_every_figure_and_hint_of_a_case_is_in_the_json(run, tmp_path, fall, options):
    file = tmp_path / "h.yaml"
    file.write_text(as_yaml(fall["historie"]), encoding="utf-8")
    compare(run, file, *options)


def test_many_accounts_have_their_details_only_where_they_are_asked_for(run, tmp_path):
    file = tmp_path / "h.csv"
    rows = [f"Firma {number};01.02.2026;5" for number in range(21)]
    file.write_text("\n".join(["Unternehmen;Gewährt am;Subventionswert", *rows]), encoding="utf-8")
    call = ("deminimis", file, "--stichtag", "2026-06-01")
    assert all("verlauf" not in konto for konto in parsed(run(*call, "--format", "json").out)["unternehmen"])
    assert "--unternehmen NAME zeigt eines" in run(*call).out
    for option, key in zip(ALL, ("herleitung", "freigaben", "register"), strict=True):
        for konto in parsed(run(*call, option, "--format", "json").out)["unternehmen"]:
            assert {"verlauf", "hoechstbetraege", key} <= konto.keys()
            assert {"herleitung", "freigaben", "register"} & konto.keys() == {key}
        assert "--unternehmen NAME" not in run(*call, option).out


def test_the_derivation_of_a_budget_goes_on_to_its_account(run):
    example = EXAMPLES[1].parent / "kmu-hoechstbetrag-ueberschritten.yaml"
    said = run("check", example, "--herleitung").out
    assert "Herleitung – De-minimis (2023/2831)" in said
    (body,) = parsed(run("check", example, "--herleitung", "--format", "json").out)["budgets"][0]["beteiligte"]
    assert body["deminimis"]["herleitung"]["name"].startswith("zu viel")
    assert "historie-jessen-anlagenbau.yaml" in said.partition("Herleitung – De-minimis")[2]
    (body,) = parsed(run("check", example, "--format", "json").out)["budgets"][0]["beteiligte"]
    assert "herleitung" not in body["deminimis"]


def account_part(report: str) -> str:
    """Return what a report on a budget says about accounts: bars, awards, derivations, rules, answers."""
    parts = re.findall(
        r"(?ms)^(?:Höchstbetrag |De-minimis \(|Herleitung – De-minimis).*?(?=^\S.*\n?(?:$|-+$)|\Z)", report
    )
    return "\n".join([*parts, *re.findall(r"(?m)^.*(?:De-minimis|Höchstbetrag).*$", report)])


@pytest.mark.parametrize("file", BUDGETS, ids=lambda file: file.stem)
def test_every_figure_of_the_account_of_a_budget_is_in_the_json(run, file):
    call = ("check", file, "--stichtag", "2026-05-01", "--ausfuehrlich", "--herleitung")
    report, document = run(*call).out, run(*call[:-2], "--herleitung", "--format", "json").out
    result = parsed(document)
    ERGEBNIS.validate(result)
    assert missing(account_part(report), document) == set()
    accounts = [
        body["deminimis"] for each in result["budgets"] for body in each.get("beteiligte", []) if body["deminimis"]
    ]
    assert ("Nicht geprüft  " in report) == bool(accounts)
    for konto in accounts:
        assert f"Nicht geprüft  {', '.join(konto['nicht_geprueft'])}" in report


def test_a_figure_the_json_lacks_would_be_noticed(run):
    """So that the comparison cannot pass on nothing."""
    example = EXAMPLES[1].parent / "kmu-hoechstbetrag-ueberschritten.yaml"
    report = run("check", example, "--ausfuehrlich", "--herleitung").out
    document = run("check", example, "--herleitung", "--format", "json").out
    shown = set(BETRAG.findall(account_part(report))) - {"0,00"}
    assert len(shown) > 3
    for amount in shown:
        plain = amount.replace(".", "").replace(",", ".")
        without = document.replace(f'"{plain}"', '"?"').replace(f"{amount} €", "?")
        assert missing(account_part(report), without) >= {amount}
