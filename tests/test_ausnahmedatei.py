"""The file of the authority in calls: what cannot be read, many files, workbooks, comparisons, and what does not go together."""

from pathlib import Path

import pytest
from ausnahmefaelle import EINE, KURZ, budget, liste, write
from demo import FASSUNG, UNDER
from results import parsed

from foerdercheck import Ausnahmeliste, read_ausnahmen
from foerdercheck.assessment.alle import assess_under_all
from foerdercheck.cli.formats import FORMATE
from foerdercheck.model.location import InputError
from foerdercheck.reading.files import Folder, read_text


@pytest.fixture
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return Path()


# the file itself


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a: [", "Kein gültiges YAML"),
        ("ausnahmen: keine\n", "amt.yaml:1:12: ausnahmen: hier wird eine Liste erwartet"),
        ("foerderprogramm: traumland\n", "unbekannter Schlüssel „foerderprogramm“"),
        ("ausnahmen:\n- {regel: 7-folgn, grund: g, wer: w, bis: 2026-12-31}\n", "amt.yaml:2:11: regel: „7-folgn“"),
        ("ausnahmen:\n- {regel: 7-sitz, grund: g, wer: w}\n", "amt.yaml:2:3: bis fehlt"),
        ("ausnahmen:\n- {regel: 9-dauer, grund: g, wer: w, bis: 2026-12-31}\n", "amt.yaml:2:11: regel: von 9-dauer gibt"),
        ("ausnahmen:\n- {regel: 7-sitz, grund: g, wer: w, bis: 2026-12-31, datei: b}\n", "unbekannter Schlüssel „datei“"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_ends_the_call(here, check, text, said):
    file = budget(here / "b.yaml")
    (here / "amt.yaml").write_text(text, encoding="utf-8")
    code, out, err = check(file, "--ausnahmen", "amt.yaml")
    assert (code, out) == (2, "")
    assert said in err
    with pytest.raises(InputError):
        read_ausnahmen(here / "amt.yaml")


@pytest.mark.parametrize(
    ("name", "said"), [("fehlt.yaml", "gibt es nicht"), ("b.txt", "keine Datei mit Ausnahmen (.yaml)")]
)
def test_a_file_that_is_not_there_or_none_of_ours_ends_the_call(here, check, name, said):
    code, out, err = check(budget(here / "b.yaml"), "--ausnahmen", name)
    assert (code, out) == (2, "")
    assert said in err


def test_rules_of_a_programme_of_ones_own_are_known_with_it_alone(here, run):
    call = ("check", budget(here / "b.yaml"), "--ausnahmen", write(here / "amt.yaml", {"ausnahmen": [EINE]}))
    assert "ist als Regel nicht bekannt" in run(*call).err
    assert run(*call, *UNDER)[::2] == (0, "")


# every way to ask


@pytest.mark.parametrize("form", FORMATE)
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_many_files_in_every_form(here, check, form, jobs):
    for number in range(30):
        budget(here / "ordner" / f"b{number:02}.yaml", KURZ)
    write(
        here / "ordner" / "amt.yaml",
        {"ausnahmen": [EINE | {"budget": "b00.yaml"}, EINE | {"budget": "ordner/b01.yaml"}]},
    )
    options = ("--ausnahmen", "ordner/amt.yaml", "--jobs", jobs)
    found = parsed(check("ordner", *options, "--format", "json").out)["budgets"]
    assert [entry["ergebnis"] for entry in found] == ["foerderfaehig"] * 2 + ["nicht_foerderfaehig"] * 28
    code, out, err = check("ordner", *options, "--format", form)
    assert (code, err) == (1, "")
    assert "es zählen nur die aus" in out or form in {"tabelle", "kurz"}
    assert check("ordner", "--ohne-ausnahmen", "--format", form, "--jobs", jobs).code == 2  # there amt.yaml is a budget


def test_the_file_is_no_budget_where_it_lies_among_them(here, check):
    budget(here / "o" / "b.yaml")
    write(here / "o" / "amt.yaml", {"ausnahmen": [EINE]})
    assert check("o", "--ausnahmen", "o/amt.yaml").code == 0
    assert check("o/b.yaml", "o/amt.yaml", "--ausnahmen", "o/amt.yaml")[::2] == (0, "")
    assert check("o/amt.yaml", "--ausnahmen", "o/amt.yaml").code == 2
    (here / "o" / "b.yaml").unlink()
    code, out, _ = check("o", "--ausnahmen", "o/amt.yaml")
    assert (code, "In diesem Ordner liegt kein Budget" in out) == (2, True)


def test_a_name_that_stands_for_two_budgets_is_refused(here, check):
    budget(here / "x" / "b.yaml")
    budget(here / "y" / "b.yaml")
    write(here / "amt.yaml", {"ausnahmen": [EINE | {"budget": "b.yaml"}]})
    code, out, err = check("x", "y", "--ausnahmen", "amt.yaml")
    assert (code, out) == (2, "")
    assert "amt.yaml: b.yaml steht für x/b.yaml und y/b.yaml: schreiben Sie den Ordner dazu" in err
    write(here / "amt.yaml", {"ausnahmen": [EINE | {"budget": "x/b.yaml"}]})
    found = parsed(check("x", "y", "--ausnahmen", "amt.yaml", "--format", "json").out)["budgets"]
    assert [entry["ergebnis"] for entry in found] == ["foerderfaehig", "nicht_foerderfaehig"]


def test_names_that_stand_for_no_budget_are_told(here, check):
    entries = [EINE, *(EINE | {"budget": f"c{number}.yaml"} for number in range(7))]
    write(here / "amt.yaml", {"ausnahmen": entries[:2]})
    said = check(budget(here / "b.yaml"), "--ausnahmen", "amt.yaml")
    assert (said.code, said.err) == (
        0,
        "foerdercheck: amt.yaml nennt Budgets, die hier nicht geprüft werden: c0.yaml\n",
    )
    write(here / "amt.yaml", {"ausnahmen": entries})
    said = check(here / "b.yaml", "--ausnahmen", "amt.yaml")
    assert said.err.endswith(": c0.yaml, c1.yaml, c2.yaml, c3.yaml, c4.yaml und 2 weitere\n")


def test_a_workbook_and_a_workbook_of_results(here, run, check):
    assert run("umwandeln", budget(here / "b.yaml", EINE), "b.xlsx").code == 0
    write(here / "amt.yaml", {"ausnahmen": [EINE | {"budget": "b.xlsx"}]})
    for options, code in (([], 0), (["--ohne-ausnahmen"], 1), (["--ausnahmen", "amt.yaml"], 0)):
        assert check("b.xlsx", *options).code == code
        assert check("b.xlsx", *options, "--output", "e.xlsx").code == code
    assert check("b.yaml", "--ohne-ausnahmen", "--output", "e.xlsx").code == 1


def test_the_comparison_heeds_them_under_the_own_programme_alone(here, check):
    document = read_text(budget(here / "b.yaml", EINE).read_bytes(), "b.yaml")
    for found in (Ausnahmeliste(), liste(here, EINE)):
        own, *others = assess_under_all(document, Folder(here), eigene=FASSUNG, ausnahmen=found)
        assert own.assessment.angenommene == bool(found.datei)
        assert {vergleich.assessment.angenommene for vergleich in others} == {0}
        assert all("ausnahmen" in vergleich.weggelassen for vergleich in others)
    assert "FÖRDERFÄHIG (mit Ausnahmen)" in check("b.yaml", "--alle", "--ausnahmen", "amt.yaml").out
    assert "(mit Ausnahmen)" not in check("b.yaml", "--alle", "--ohne-ausnahmen").out


def test_both_at_once_are_refused(here, check):
    code, _, err = check(budget(here / "b.yaml"), "--ohne-ausnahmen", "--ausnahmen", "amt.yaml")
    assert (code, err.splitlines()[0]) == (2, "foerdercheck: --ausnahmen: geht nicht zusammen mit --ohne-ausnahmen")
