"""What cannot be read is an entry of its own: it neither ends the run nor vanishes from it."""

import errno
import json
import os
from pathlib import Path
from unittest.mock import Mock

import pytest
from demo import JA

from foerdercheck import check_budget
from foerdercheck.cli.formats import FORMATE
from foerdercheck.reading import files

LINKS = pytest.mark.skipif(os.name != "posix", reason="links")


@pytest.fixture
def locked(monkeypatch, tmp_path):
    """Return a folder of which nothing can be learned, as for users without permission; root has it everywhere."""
    folder = tmp_path / "zu"
    folder.mkdir()
    (folder / "a.yaml").write_bytes(JA.read_bytes())

    def refused(original, at):
        def call(path, *args: object, **kwargs: object):
            if not isinstance(path, int) and at(Path(path)):
                raise PermissionError(errno.EACCES, "Permission denied", str(path))
            return original(path, *args, **kwargs)

        return call

    monkeypatch.setattr(os, "scandir", refused(os.scandir, lambda path: path == folder))
    monkeypatch.setattr(os, "stat", refused(os.stat, lambda path: folder in path.parents))
    return folder


def _entries(check, *names: object):
    code, out, err = check(*names, "--format", "json")
    assert "Programmfehler" not in err
    return code, [
        (Path(b["datei"]).name, b["ergebnis"], [f["text"] for f in b["fehler"]]) for b in json.loads(out)["budgets"]
    ]


def test_folder_that_cannot_be_listed_is_an_entry(check, locked, tmp_path):
    (tmp_path / "gut.yaml").write_bytes(JA.read_bytes())
    code, entries = _entries(check, tmp_path)
    assert code == 2
    assert entries == [
        ("gut.yaml", "foerderfaehig", []),
        ("zu", "fehler", [f"Der Ordner {locked} lässt sich nicht lesen: die Berechtigung fehlt"]),
    ]
    assert _entries(check, locked) == (2, entries[1:])


def test_file_in_a_folder_that_cannot_be_entered_is_an_entry(check, locked, tmp_path):
    (tmp_path / "gut.yaml").write_bytes(JA.read_bytes())
    code, entries = _entries(check, locked / "a.yaml", tmp_path / "gut.yaml")
    text = f"Die Datei {locked / 'a.yaml'} lässt sich nicht öffnen: die Berechtigung fehlt"
    assert (code, entries) == (2, [("a.yaml", "fehler", [text]), ("gut.yaml", "foerderfaehig", [])])


@pytest.mark.parametrize("form", FORMATE)
def test_every_format_names_the_folder_that_cannot_be_listed(check, locked, tmp_path, form):
    code, out, err = check(tmp_path, "--format", form)
    assert code == 2
    assert "Der Ordner " in out
    assert str(locked) in out
    assert err == f"foerdercheck: {locked}: 1 Fehler, nicht geprüft\n"


@LINKS
def test_links_that_lead_nowhere_are_entries_in_a_folder_as_by_name(check, tmp_path):
    folder = tmp_path / "d"
    (folder / "echt").mkdir(parents=True)
    (folder / "echt" / "gut.yaml").write_bytes(JA.read_bytes())
    for name, goal in (("kreis.yaml", "kreis.yaml"), ("leer.yaml", "nirgends.yaml"), ("ordner.yaml", "echt")):
        (folder / name).symlink_to(goal)
    (folder / "verweis.yaml").symlink_to("echt/gut.yaml")
    os.mkfifo(folder / "rohr.yaml")
    code, entries = _entries(check, folder)
    assert code == 2
    assert entries == [
        ("gut.yaml", "foerderfaehig", []),
        ("kreis.yaml", "fehler", [f"Die Datei {folder / 'kreis.yaml'} lässt sich nicht öffnen: die Verknüpfung führt im Kreis"]),
        ("leer.yaml", "fehler", [f"Die Verknüpfung {folder / 'leer.yaml'} führt ins Leere."]),
        ("rohr.yaml", "fehler", [f"{folder / 'rohr.yaml'} ist keine Datei."]),
        ("verweis.yaml", "foerderfaehig", []),
    ]  # fmt: skip
    named = [folder / name for name in ("kreis.yaml", "leer.yaml", "rohr.yaml")]
    assert _entries(check, *named) == (2, entries[1:4])


def test_a_folder_is_no_file(tmp_path):
    for folder in (tmp_path, tmp_path / "ordner.yaml", tmp_path / "ordner.xlsx"):
        folder.mkdir(exist_ok=True)
        assert [fehler.text for fehler in check_budget(folder).fehler] == [
            f"{folder} ist keine Datei, sondern ein Ordner."
        ]


def test_no_reason_is_english(monkeypatch, tmp_path):
    for code in errno.errorcode:
        refusal = OSError(code, "Permission denied")
        monkeypatch.setattr(files.FilePath, "stat", Mock(side_effect=refusal))
        (fehler,) = check_budget(tmp_path / "a.yaml").fehler
        assert os.strerror(code) not in fehler.text
        assert "Permission" not in fehler.text


def test_what_does_not_exist_has_no_format(run, monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    for name, text in (
        ("budgtes/", "Die Datei oder den Ordner budgtes gibt es nicht."),
        ("nix.txt", "Die Datei nix.txt gibt es nicht."),
    ):
        assert [fehler.text for fehler in check_budget(name).fehler] == [text]
        assert text.replace(f"Datei {name}", "Datei") in run("deminimis", name).out
    (tmp_path / "da.log").touch()
    (there,) = check_budget("da.log").fehler
    assert there.text == "da.log: dieses Format wird nicht gelesen; möglich sind .ods, .xlsm, .xlsx, .yaml, .yml"


def test_folder_in_which_nothing_can_be_looked_up_is_named(monkeypatch, tmp_path):
    refusal = PermissionError(errno.EACCES, "Permission denied")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(os, "stat", Mock(side_effect=refusal))
    (fehler,) = check_budget(".").fehler
    assert fehler.text == "Die Datei . lässt sich nicht öffnen: die Berechtigung fehlt"


def test_every_command_says_alike_why_a_file_cannot_be_opened(run, check, locked, tmp_path):
    for file, text in (
        (locked / "a.yaml", f"Die Datei {locked / 'a.yaml'} lässt sich nicht öffnen: die Berechtigung fehlt"),
        (tmp_path / "nix.yaml", f"Die Datei {tmp_path / 'nix.yaml'} gibt es nicht."),
    ):
        below = text.replace(f" {file}", "")  # the name stands above
        assert below in check(file).out
        code, out, err = run("umwandeln", file, tmp_path / "x.xlsx")
        assert (code, below in out, err) == (2, True, f"foerdercheck: {file}: 1 Fehler, nicht umgewandelt\n")
        for call in (("check", "b.yaml", "--programm"), ("schema", "--programm"), ("programme",)):
            assert run(*call, file) == (2, "", f"foerdercheck: {text}\n")
