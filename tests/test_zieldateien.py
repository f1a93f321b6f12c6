"""Files that cannot be written: told before the work, and always the input error they are."""

import os
from pathlib import Path

import pytest
from demo import JA, PROGRAMM

from foerdercheck.many import budgets as batch
from foerdercheck.reading.files import HISTORY_SUFFIXES, OLD_SUFFIXES

HELP = "foerdercheck {} --help zeigt, was möglich ist.\n"
LINKS = pytest.mark.skipif(os.name != "posix", reason="links")


@pytest.fixture
def unused(monkeypatch):
    """Let no file be checked."""

    def check(*_args: object, **_kwargs: object):
        raise AssertionError

    monkeypatch.setattr(batch.Task, "run", check)


@pytest.fixture
def no_entry(monkeypatch, tmp_path):
    """Return a folder whose content nobody may see or change; root always may, so the system is played."""

    def stat(path, **kwargs: object):
        if not isinstance(path, int) and folder in Path(path).parents:
            raise PermissionError(13, "Permission denied")
        return original(path, **kwargs)

    folder, original = tmp_path / "zu", os.stat
    folder.mkdir()
    monkeypatch.setattr(os, "stat", stat)
    monkeypatch.setattr(os, "access", lambda path, _mode: folder not in (Path(path), *Path(path).parents))
    return folder


@pytest.mark.usefixtures("unused")
def test_output_is_tried_before_the_first_file_is_checked(check, tmp_path):
    (tmp_path / "datei").touch()
    for target, reason in (
        (tmp_path / "gibtsnicht" / "x.json", "den Ordner gibt es nicht"),
        (tmp_path, "das ist ein Ordner"),
        (tmp_path / "datei" / "x.json", "ein Teil des Namens ist kein Ordner"),
        (tmp_path / ("x" * 300), "der Name ist zu lang"),
    ):
        said = check(JA, "--format", "json", "--output", target)
        assert said == (2, "", f"foerdercheck: {target} lässt sich nicht schreiben: {reason}\n")
    assert [file.name for file in tmp_path.iterdir()] == ["datei"]


@pytest.mark.usefixtures("unused")
def test_output_where_nothing_may_be_written(check, no_entry):
    for target in (no_entry / "x.json", no_entry / "sub" / "x.json"):
        said = check(JA, "--output", target)
        assert said == (2, "", f"foerdercheck: {target} lässt sich nicht schreiben: die Berechtigung fehlt\n")


@pytest.mark.usefixtures("unused")
def test_output_that_may_not_be_replaced(check, monkeypatch, tmp_path):
    old = tmp_path / "alt.json"
    old.write_text("alt", encoding="utf-8")
    monkeypatch.setattr(os, "access", lambda path, _mode: Path(path) != old)
    assert check(JA, "--output", old).err.endswith("alt.json lässt sich nicht schreiben: die Berechtigung fehlt\n")


@pytest.mark.parametrize(
    "command", [("vorlage", "--programm", PROGRAMM), ("umwandeln", JA)], ids=lambda command: command[0]
)
def test_file_that_nobody_may_look_at_is_no_defect(run, no_entry, command):
    code, _, err = run(*command, no_entry / "sub" / "b.yaml")
    assert (code, "Programmfehler" in err) == (2, False)


def test_a_budget_found_in_a_folder_is_not_replaced_by_its_result(check, tmp_path):
    budget = tmp_path / "b.yaml"
    budget.write_bytes(JA.read_bytes())
    code, _, err = check(tmp_path, "--output", budget)
    assert (code, "ist die geprüfte Datei" in err) == (2, True)
    assert budget.read_bytes() == JA.read_bytes()


READ = f"({', '.join(sorted(HISTORY_SUFFIXES | OLD_SUFFIXES))})"
KEPT = "gibt es schon; ein Ergebnis ersetzt kein Budget, keine Historie und kein Programm"


@pytest.mark.parametrize("options", [("--format", "json"), ("--quiet",), ("--alle",), ("--programm", "p.yaml")])
@pytest.mark.parametrize("name", ["h.yaml", "h.YML", "h.csv", pytest.param("verweis", marks=LINKS)])
@pytest.mark.usefixtures("unused")
def test_a_result_replaces_nothing_that_may_be_read(check, monkeypatch, tmp_path, name, options):
    monkeypatch.chdir(tmp_path)
    if name == "verweis":
        (tmp_path / name).symlink_to("ziel.xlsx")
    (tmp_path / name).write_text("mein", encoding="utf-8")
    said = check(JA, *options, "--output", name)
    assert said == (2, "", f"foerdercheck: --output: {name} {KEPT} {READ}\n{HELP.format('check')}")
    assert (tmp_path / name).read_text(encoding="utf-8") == "mein"


def test_an_account_replaces_nothing_that_may_be_read(run, monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "h.yaml").write_text("beihilfen: []\n", encoding="utf-8")
    for name in ("b.yaml", "b.csv"):
        (tmp_path / name).write_text("mein", encoding="utf-8")
        said = run("deminimis", "h.yaml", "--output", name)
        text = f"foerdercheck: --output: {name} {KEPT} {READ}\n{HELP.format('deminimis')}"
        assert said == (2, "", text)
        assert (tmp_path / name).read_text(encoding="utf-8") == "mein"
    said = run("deminimis", "h.yaml", "--output", "b.sarif")
    text = "b.sarif: ein Konto gibt es als tabelle, json, html, pdf oder xlsx, nicht als sarif"
    assert (said.code, text in said.err) == (2, True)
    assert run("deminimis", "h.yaml", "--output", "neu.txt").err == "foerdercheck: neu.txt geschrieben\n"
    assert (tmp_path / "neu.txt").exists()


@pytest.mark.usefixtures("unused")
def test_a_result_does_not_replace_the_programme_it_is_about(check, monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "p.yaml").write_text("mein", encoding="utf-8")
    (tmp_path / "p.txt").hardlink_to("p.yaml")
    for name in ("p.yaml", "p.txt"):
        said = check(JA, "--programm", "p.yaml", "--output", name)
        text = (
            f"foerdercheck: --output: {name} ist die Programmdatei; sie bliebe nicht erhalten\n{HELP.format('check')}"
        )
        assert said == (2, "", text)
    assert (tmp_path / "p.yaml").read_text(encoding="utf-8") == "mein"


def test_a_workbook_is_replaced_by_one_with_results(check, tmp_path):
    file = tmp_path / "e.xlsx"
    file.write_bytes(b"alt")
    assert check(JA, "--output", file).code == 0
    assert file.read_bytes().startswith(b"PK")
