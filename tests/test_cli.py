"""The command line: exit codes, files and folders, options; results on stdout, diagnostics on stderr."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from demo import BUDGETS, FEHLER, HISTORIE, JA, NEIN, OFFEN, UNDER
from test_help_and_usage import ENGLISH

from foerdercheck.cli.formats import FORMATE


@pytest.mark.parametrize(("file", "code"), [(JA, 0), (NEIN, 1), (FEHLER, 2), (OFFEN, 3), ("gibt-es-nicht.yaml", 2)])
@pytest.mark.parametrize("options", [(), ("--quiet",), ("--format", "json"), ("--herleitung",)], ids=" ".join)
def test_exit_code_of_one_file_is_the_same_in_every_form(check, file, code, options):
    found, out, err = check(file, *options)
    assert (found, err.replace("nicht geprüft", "") != err) == (code, code == 2)
    assert out


@pytest.mark.parametrize(
    ("files", "code"),
    [
        ((JA, JA), 0),
        ((JA, OFFEN), 3),
        ((NEIN, OFFEN), 1),
        ((OFFEN, NEIN, JA), 1),
        ((FEHLER, NEIN, OFFEN, JA), 2),
        ((JA, OFFEN, NEIN, FEHLER), 2),
    ],
)
def test_worst_file_decides(check, files, code):
    assert check(*files, "--quiet")[0] == code


def _folder(tmp_path, **files):
    for name, source in files.items():
        file = tmp_path / name.replace("__", "/").replace("_YAML", ".YAML").replace("_yml", ".yml").replace("DOT", ".")
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(Path(source).read_bytes())
    return tmp_path


def test_folder_is_searched_in_order_without_hidden_files(check, tmp_path):
    folder = _folder(tmp_path, b_yml=JA, a__c_YAML=JA, DOTx_yml=FEHLER, DOTgit__y_yml=FEHLER, a__DOTz_yml=FEHLER)
    (folder / "notiz.txt").write_text("kein Budget", encoding="utf-8")
    (folder / "ordner.yaml").mkdir()
    code, out, err = check(folder, "--quiet")
    assert (code, err) == (0, "")
    assert [line.partition(": ")[0] for line in out.splitlines()] == [f"„{folder}/a/c.YAML“", f"„{folder}/b.yml“"]


def test_history_in_a_folder_is_skipped_with_a_note_but_refused_by_name(check, tmp_path):
    folder = _folder(tmp_path, a_yml=JA, h_yml=HISTORIE)
    code, out, err = check(folder, "--quiet")
    assert (code, len(out.splitlines())) == (0, 1)
    assert err == f"foerdercheck: {folder / 'h.yml'}: übersprungen, das ist eine De-minimis-Historie\n"
    code, out, err = check(folder / "h.yml", "--quiet")
    assert (code, err.count("nicht geprüft")) == (2, 1)
    assert "De-minimis-Historie" in out


@pytest.mark.parametrize("form", FORMATE)
def test_folder_without_budgets_is_an_error_in_every_form(check, tmp_path, form):
    folder, old = tmp_path / "leer", tmp_path / "alt"
    folder.mkdir()
    old.write_text("ein altes Ergebnis", encoding="utf-8")
    code, out, err = check(folder, folder, "--format", form)
    assert (code, err) == (2, f"foerdercheck: {folder}: 1 Fehler, nicht geprüft\n")
    assert out.count("In diesem Ordner liegt kein Budget (.ods, .xlsm, .xlsx, .yaml, .yml).") >= 1
    assert check(folder, "--format", form, "--output", old).code == 2
    assert old.read_text(encoding="utf-8") == out


@pytest.mark.parametrize("form", FORMATE)
def test_empty_folder_beside_a_budget_is_named(check, tmp_path, form):
    folder = tmp_path / "leer"
    folder.mkdir()
    alone = check(JA, "--format", form)
    err = f"foerdercheck: {folder}: in diesem Ordner liegt kein Budget\n"
    assert check(folder, JA, f"{folder}/", "--format", form) == (alone.code, alone.out, err)
    assert (alone.code, alone.err) == (0, "")


def test_folder_of_histories_only_is_an_error_in_json(check, tmp_path):
    folder = _folder(tmp_path, h_yml=HISTORIE)
    code, out, err = check(folder, "--format", "json")
    found = json.loads(out)
    assert (code, found["ergebnis"], [budget["datei"] for budget in found["budgets"]]) == (2, "fehler", [str(folder)])
    assert err.count("übersprungen") == 1


def test_folder_without_budgets_is_one_line_with_quiet(check, tmp_path):
    out = check(tmp_path, "--quiet").out
    assert out == f"„{tmp_path}“: Fehler: In diesem Ordner liegt kein Budget (.ods, .xlsm, .xlsx, .yaml, .yml).\n"


def test_empty_name_is_an_error_not_the_current_folder(check, monkeypatch, tmp_path):
    monkeypatch.chdir(_folder(tmp_path, a_yml=JA))
    assert check("", "--quiet")[0] == 2


def test_stdin_is_read_as_yaml(check):
    code, out, err = check("-", "--quiet", stdin=Path(NEIN).read_bytes())
    assert (code, out, err) == (1, "„-“: nicht förderfähig, Zuwendung –\n", "")


NO_BUDGETS = [b"", b"\xff\xfe\x00", b"a: [", b"- 1", b"42", b"#" * (10 * 2**20 + 1)]


@pytest.mark.parametrize("text", NO_BUDGETS, ids=lambda text: repr(text[:4]))
def test_stdin_that_is_no_budget_is_exit_2(check, text):
    code, out, err = check("-", stdin=text)
    assert (code, err.count("nicht geprüft")) == (2, 1)
    assert out.startswith("-: ")


def test_one_bad_file_does_not_stop_the_others(check):
    code, out, _ = check(FEHLER, "gibt-es-nicht.yaml", JA, "--quiet")
    assert code == 2
    assert len(out.splitlines()) == 3
    assert out.endswith("förderfähig, Zuwendung 26.360,00 €\n")


def test_folder_reports_every_file_once(check):
    code, out, err = check(BUDGETS, "--quiet")
    assert code == 2
    named = [line.partition("“: ")[0].removeprefix("„") for line in out.splitlines()]
    skipped = re.findall(r"foerdercheck: (.*): übersprungen", err)
    assert sorted(named + skipped) == sorted(map(str, BUDGETS.iterdir()))


def test_quiet_is_one_line_per_file_even_where_messages_are_long(check):
    files = [JA, NEIN, FEHLER, OFFEN, BUDGETS / "zahlenfallen.yaml"]
    assert len(check(*files, "--quiet")[1].splitlines()) == len(files)


def test_quiet_stays_one_line_where_the_file_holds_line_breaks(check):
    text = b'foerderprogramm: "traumland\\nERGEBNIS: ja"\nvorhaben: {titel: "a\\nb", "x\\ny": 1}\n'
    assert len(check("-", "--quiet", stdin=text)[1].splitlines()) == 1


@pytest.mark.parametrize(
    ("day", "iso", "fits"), [("2026-05-10", "2026-05-10", "verletzt"), ("11.05.2026", "2026-05-11", "erfuellt")]
)
def test_stichtag_moves_the_date_of_grant(check, day, iso, fits):
    file = BUDGETS / "hoechstbetrag.yaml"
    found = json.loads(check(file, "--stichtag", day, "--format", "json")[1])["budgets"][0]
    status = [befund["status"] for befund in found["befunde"] if befund["regel"] == "traumland/7-beihilfe"]
    assert status[0] == fits
    assert found["stichtag"] == iso


@pytest.mark.parametrize("options", [(), ("--quiet",), ("--format", "json"), ("--herleitung",)], ids=" ".join)
def test_output_writes_what_stdout_would_show(check, tmp_path, options):
    shown = check(OFFEN, *options)
    file = tmp_path / "ergebnis.txt"
    assert check(OFFEN, *options, "--output", file) == (3, "", f"foerdercheck: {file} geschrieben\n")
    assert file.read_text(encoding="utf-8") == shown[1]


@pytest.mark.parametrize("command", [("check", JA), ("deminimis", HISTORIE)], ids=lambda command: command[0])
def test_output_that_cannot_be_written_is_exit_2(run, tmp_path, command):
    for target in (tmp_path / "fehlt" / "x.txt", tmp_path / ("x" * 300 + ".json")):
        code, out, err = run(*command, "--output", target)
        assert (code, out) == (2, "")
        assert str(target) in err


def test_output_that_cannot_be_written_says_why_in_german(check, tmp_path):
    err = check(JA, "--output", tmp_path / "x" / "y.md")[2].replace(str(tmp_path), "")
    assert ENGLISH.search(err) is None


@pytest.mark.parametrize(("file", "code"), [(JA, 0), (NEIN, 1)])
def test_process_writes_utf_8_whatever_the_locale(file, code):
    environment = {**os.environ, "LC_ALL": "C", "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
    command = [sys.executable, "-m", "foerdercheck", "check", file, *UNDER]
    done = subprocess.run(command, capture_output=True, check=False, timeout=20, env=environment)
    assert (done.returncode, done.stderr) == (code, b"")
    assert "FÖRDERFÄHIG" in done.stdout.decode("utf-8")


def test_reader_that_goes_away_leaves_no_traceback():
    read, write = os.pipe()
    os.close(read)
    command = [sys.executable, "-m", "foerdercheck", "check", str(BUDGETS), "--herleitung", *UNDER]
    with os.fdopen(write, "wb") as sink:
        done = subprocess.run(command, stdout=sink, stderr=subprocess.PIPE, check=False, timeout=20)
    assert b"Traceback" not in done.stderr
    assert b"BrokenPipe" not in done.stderr
    assert done.returncode != 4
