"""Files that cannot be written: told before the work, and always the input error they are."""

import os
from pathlib import Path

import pytest

from foerdercheck import batch

JA = str(Path(__file__).parents[1] / "budgets" / "hochschule-direkt-guenstiger.yaml")


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
def test_output_is_tried_before_the_first_file_is_checked(run, tmp_path):
    (tmp_path / "datei").touch()
    for target, reason in (
        (tmp_path / "gibtsnicht" / "x.json", "den Ordner gibt es nicht"),
        (tmp_path, "das ist ein Ordner"),
        (tmp_path / "datei" / "x.json", "ein Teil des Namens ist kein Ordner"),
        (tmp_path / ("x" * 300), "der Name ist zu lang"),
    ):
        said = run("check", JA, "--format", "json", "--output", target)
        assert said == (2, "", f"foerdercheck: {target} lässt sich nicht schreiben: {reason}\n")
    assert [file.name for file in tmp_path.iterdir()] == ["datei"]


@pytest.mark.usefixtures("unused")
def test_output_where_nothing_may_be_written(run, no_entry):
    for target in (no_entry / "x.json", no_entry / "sub" / "x.json"):
        said = run("check", JA, "--output", target)
        assert said == (2, "", f"foerdercheck: {target} lässt sich nicht schreiben: die Berechtigung fehlt\n")


@pytest.mark.usefixtures("unused")
def test_output_that_may_not_be_replaced(run, monkeypatch, tmp_path):
    old = tmp_path / "alt.json"
    old.write_text("alt", encoding="utf-8")
    monkeypatch.setattr(os, "access", lambda path, _mode: Path(path) != old)
    assert run("check", JA, "--output", old).err.endswith(
        "alt.json lässt sich nicht schreiben: die Berechtigung fehlt\n"
    )


@pytest.mark.parametrize(
    "command", [("vorlage", "--programm", "sh-ki"), ("umwandeln", JA)], ids=lambda command: command[0]
)
def test_file_that_nobody_may_look_at_is_no_defect(run, no_entry, command):
    code, _, err = run(*command, no_entry / "sub" / "b.yaml")
    assert (code, "Programmfehler" in err) == (2, False)


def test_a_budget_found_in_a_folder_is_not_replaced_by_its_result(run, tmp_path):
    budget = tmp_path / "b.yaml"
    budget.write_bytes(Path(JA).read_bytes())
    code, _, err = run("check", tmp_path, "--output", budget)
    assert (code, "ist die geprüfte Datei" in err) == (2, True)
    assert budget.read_bytes() == Path(JA).read_bytes()
