"""The walk-through of docs/eigenes-programm.md does what it says, with the files it shows."""

import re
from pathlib import Path

import pytest

DOC = (Path(__file__).parents[1] / "docs" / "eigenes-programm.md").read_text(encoding="utf-8")
FILES = dict(re.findall(r"```yaml\n# file: (\S+)\n(.*?)```", DOC, re.DOTALL))
SESSIONS = [
    (command, lines.splitlines())
    for block in re.findall(r"```console\n(.*?)```", DOC, re.DOTALL)
    for command, lines in re.findall(r"^\$ foerdercheck (.*?)\n((?:(?!\$ ).*\n)*)", block, re.MULTILINE)
]
EXIT = {"falsch.yaml": 4}


@pytest.fixture
def walk(tmp_path, monkeypatch):
    for name, text in FILES.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    wrong = FILES["dorfladen.yaml"].replace("wortlaut", "wordlaut", 1)
    wrong = wrong.replace("pruefung: antragsberechtigung", "pruefung: antragsberechtigt")
    (tmp_path / "falsch.yaml").write_text(wrong, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_guideline_takes_less_than_a_hundred_lines():
    assert len(FILES["dorfladen.yaml"].splitlines()) < 100


@pytest.mark.parametrize(("command", "shown"), SESSIONS, ids=[command for command, _ in SESSIONS])
@pytest.mark.usefixtures("walk")
def test_every_command_prints_what_the_page_shows(run, command, shown):
    said = run(*command.split())
    printed = (said.out + said.err).splitlines()
    at = 0
    for line in shown:
        if line != "…":
            found = [index for index, text in enumerate(printed[at:], at) if text.startswith(line.rstrip())]
            assert found, (line, printed)
            at = found[0] + 1
    assert said.code == next((code for name, code in EXIT.items() if name in command), 0)


@pytest.mark.parametrize(("last", "code"), [("2028-08-31", 0), ("2028-09-01", 1)])
def test_the_limit_the_page_names_is_where_it_says(walk, run, last, code):
    budget = FILES["budget.yaml"].replace("2028-08-31", last)
    (walk / "budget.yaml").write_text(budget, encoding="utf-8")
    assert run("check", "budget.yaml", "--programm", "dorfladen.yaml").code == code


def test_an_unknown_pruefung_is_refused_with_its_place(walk, run):
    text = FILES["dorfladen.yaml"].replace("pruefung: antragsberechtigung", "pruefung: antragsberechtigt")
    (walk / "falsch.yaml").write_text(text, encoding="utf-8")
    said = run("check", "budget.yaml", "--programm", "falsch.yaml")
    line = text.splitlines().index("    pruefung: antragsberechtigt") + 1
    assert said.code == 4
    assert f"falsch.yaml:{line}:15: die Prüfung „antragsberechtigt“ gibt es nicht – meinten Sie" in said.err


def test_a_programme_that_was_changed_is_read_again(walk, run):
    """Whoever writes one may try it many times in one process, under one name."""
    call = ("check", "budget.yaml", "--programm", "dorfladen.yaml")
    assert run(*call).code == 0
    (walk / "dorfladen.yaml").write_text("programm: leer\n", encoding="utf-8")
    assert run(*call).code == 4


@pytest.mark.parametrize("name", ["sh-ki", "budget.txt"])
@pytest.mark.usefixtures("walk")
def test_what_is_no_programme_file_is_a_wrong_call(run, name):
    said = run("check", "budget.yaml", "--programm", name)
    assert said.code == 2
    assert "keine Programmdatei" in said.err


@pytest.mark.parametrize(("day", "code"), [("2026-02-28", 2), ("2026-03-01", 0), ("2028-12-31", 0), ("2029-01-01", 2)])
def test_it_holds_for_applications_of_its_time(walk, run, day, code):
    text = FILES["budget.yaml"].replace("antragsdatum: 2026-05-04", f"antragsdatum: {day}")
    text = text.replace("  bewilligung: 2026-07-01\n", "")
    (walk / "budget.yaml").write_text(text, encoding="utf-8")
    said = run("check", "budget.yaml", "--programm", "dorfladen.yaml")
    assert said.code == code
    assert ("gilt dorfladen nicht; abgedeckt ist 01.03.2026 bis 31.12.2028" in said.out) == (code == 2)


def test_an_application_of_before_is_under_the_version_of_the_day_of_the_grant(walk, run):
    text = FILES["budget.yaml"].replace("antragsdatum: 2026-05-04", "antragsdatum: 2026-02-28")
    (walk / "budget.yaml").write_text(text, encoding="utf-8")
    assert run("check", "budget.yaml", "--programm", "dorfladen.yaml").code == 0
    text = text.replace("bewilligung: 2026-07-01", "bewilligung: 2026-02-28")
    (walk / "budget.yaml").write_text(text, encoding="utf-8")
    assert run("check", "budget.yaml", "--programm", "dorfladen.yaml").code == 2
    assert run("check", "budget.yaml", "--programm", "dorfladen.yaml", "--stichtag", "2026-07-01").code == 0


def test_a_budget_that_names_another_programme_is_told_so(walk, run):
    text = FILES["budget.yaml"].replace("foerderprogramm: dorfladen", "foerderprogramm: sh-ki")
    (walk / "budget.yaml").write_text(text, encoding="utf-8")
    said = run("check", "budget.yaml", "--programm", "dorfladen.yaml")
    assert said.code == 0
    assert "Das Budget nennt das Programm „sh-ki“; geprüft ist es nach dorfladen." in said.out
