"""What holds in every form of the result: all files in one document, exit codes as ever, a bad file never a bad document."""

import re
import shutil
import subprocess
import sys

import pytest
from demo import BUDGETS, FILES, JA, NEIN, check_demo
from report_cases import EXAMPLES, rendered, side_by_side

from foerdercheck.assessment import budget as assessing
from foerdercheck.cli.formats import FORMATE, OHNE_HERLEITUNG
from foerdercheck.reports.characters import harmless, in_one_line
from foerdercheck.reports.dokument import FUSS

CODES = {"ja": 0, "nein": 1, "fehler": 2, "gibt-es-nicht": 2, "offen": 3}
MASCHINELL = [form for form in FORMATE if form not in {"tabelle", "kurz"}]
each_form = pytest.mark.parametrize("form", MASCHINELL)
each_new_form = pytest.mark.parametrize("form", MASCHINELL[1:])


def test_these_forms_exist(check):
    assert list(FORMATE) == [
        "tabelle", "json", "junit", "sarif", "codeclimate", "github", "markdown", "html", "kurz"
    ]  # fmt: skip
    code, out, err = check(FILES[0], "--format", "juni")
    assert (code, out) == (2, "")
    assert "meinten Sie „junit“?" in err
    assert "tabelle, json, junit, sarif, codeclimate, github, markdown, html, kurz oder pdf" in " ".join(
        check("--help").out.split()
    )


@each_new_form
def test_all_budgets_are_one_document(check, form):
    code, out, err = check(BUDGETS, "--format", form)
    assert code == 2
    assert [file.name for file in FILES if file.name not in out] == []
    assert FUSS in out
    assert "fehler.yaml: 1 Fehler, nicht geprüft" in err
    assert re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\ufffd]", out) is None
    assert out.endswith("\n")


@each_form
def test_the_same_call_gives_the_same_text_on_the_screen_and_in_a_file(check, tmp_path, form):
    code, out, _ = check(BUDGETS, "--format", form)
    file = tmp_path / "ergebnis"
    assert check(BUDGETS, "--format", form, "--output", file)[:2] == (code, "")
    assert file.read_text(encoding="utf-8") == out


@each_form
@pytest.mark.parametrize(("name", "code"), CODES.items())
def test_form_does_not_change_the_exit_code(check, form, name, code):
    found, out, _ = check(BUDGETS / f"{name}.yaml", "--format", form)
    assert (found, f"{name}.yaml" in out) == (code, True)


@each_new_form
def test_crash_of_a_rule_is_in_the_document(check, monkeypatch, form):
    def crash(*_: object):
        raise ZeroDivisionError("geteilt durch <null>")

    def bound(fassung):
        first, *others = original(fassung)
        return (first._replace(pruefung=first.pruefung._replace(vorhaben=crash)), *others)

    original = assessing._bound
    monkeypatch.setattr(assessing, "_bound", bound)
    code, out, _ = check(JA, "--format", form)
    assert code == 4
    assert "ZeroDivisionError: geteilt durch" in out


@pytest.mark.parametrize("form", sorted(OHNE_HERLEITUNG - {"csv", "ics"}))
def test_forms_that_only_mark_lines_refuse_to_show_derivations(check, form):
    code, out, err = check(FILES[0], "--format", form, "--herleitung")
    assert (code, out) == (2, "")
    assert f"{form} zeigt keine Herleitung; wählen Sie tabelle, json, junit, markdown, html oder pdf" in err


@pytest.mark.parametrize("form", sorted({*MASCHINELL} - OHNE_HERLEITUNG - {"html"}))  # which always does
def test_other_forms_show_derivations(check, form):
    formula = "20 % × bereinigte direkte Kosten"
    assert formula in check(JA, "--format", form, "--herleitung").out
    assert formula not in check(JA, "--format", form).out


@each_new_form
def test_cells_of_a_spreadsheet_are_named(run, check, tmp_path, form):
    file = tmp_path / "budget.xlsx"
    assert run("umwandeln", NEIN, file).code == 0
    (befund,) = (befund for befund in check_demo(file).befunde if befund.status == "verletzt")
    assert befund.ort.blatt == "Kosten"
    assert f"({befund.ort})" in check(file, "--format", form).out


@each_new_form
def test_budget_from_stdin_has_a_document_too(check, form):
    code, out, _ = check("-", "--format", form, stdin=NEIN.read_bytes())
    assert code == 1
    assert "Vertrag vom 17.03.2026" in out


def test_missing_statements_are_named_instead_of_every_rule(check, tmp_path):
    file = tmp_path / "leer.yaml"
    file.write_text("foerderprogramm: traumland\n", encoding="utf-8")
    for form in ("sarif", "github", "markdown"):
        code, out, _ = check(file, "--format", form)
        assert (code, "vorhaben fehlt" in out) == (3, True)
        assert "Kann erst geprüft werden" not in out


@each_form
def test_one_process_and_several_write_the_same(check, tmp_path, form):
    """Enough files that they are divided; every view travels between processes."""
    many = [shutil.copy(file, tmp_path / f"{number}-{file.name}") for number in range(8) for file in FILES]
    one = check(*many, "--format", form, "--jobs", 1)
    assert check(*many, "--format", form, "--jobs", 2) == one
    assert check(*FILES, "--format", form).out == rendered(form, side_by_side(EXAMPLES))


@pytest.mark.parametrize("char", "\0\x1b\r\x7f\x85\x9b\u2028\u2029\u202e\u2066\u200f\ud800\udcff\ufffe\uffff\ufdd0")
def test_characters_that_others_obey_or_cannot_read_are_replaced(char):
    assert harmless(f"a{char}b\n\tÄ€🦊") == "a\ufffdb\n\tÄ€🦊"
    assert in_one_line(f"a{char}b\n\tc") == "a\ufffdb  c"


def test_no_form_is_loaded_before_it_is_asked_for():
    code = "import sys, foerdercheck.cli.check\nprint(*[name for name in sys.modules if name.startswith('foerdercheck.reports.')])"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, encoding="utf-8", check=True)
    loaded = {name.rpartition(".")[2] for name in run.stdout.split()}
    assert "bericht" in loaded
    assert (
        loaded
        & {"junit", "sarif", "codeclimate", "github", "markdown", "markdown_blocks", "meldung", "kurz", "uebersicht"}
        == set()
    )
