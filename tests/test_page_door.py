"""What the page asks of the program, asked without a browser: each task answers, and whatever is wrong is a sentence."""

import json
import re
from datetime import date

import pytest
from page_door import BUDGETS, ask, contents

from foerdercheck import check_budget, check_history
from foerdercheck.programmes import programme_ids

KMU = "kmu-hoechstbetrag-ueberschritten.yaml"
JESSEN = "historie-jessen-anlagenbau.yaml"
ROW = {"unternehmen": "A GmbH", "gewaehrt_am": "2025-03-01", "subventionswert": "250.000,00"}


def test_it_tells_what_the_forms_offer():
    data, _ = ask("auskunft")
    assert [programme["id"] for programme in data["programme"]] == programme_ids()
    assert all(programme["fassungen"] for programme in data["programme"])
    assert "2023/2831" in data["verordnungen"]


def test_a_budget_is_checked_with_the_history_it_names():
    data, made = ask("pruefen", contents(KMU, JESSEN))
    assert (data["ergebnis"], data["kurz"], data["historien"]) == ("nicht_foerderfaehig", "NICHT FÖRDERFÄHIG", [JESSEN])
    (one,) = data["berichte"]
    assert "Jessen Anlagenbau GmbH" in one["bericht"]
    assert "uebersicht" not in data
    assert json.loads(made["ergebnis.json"])["budgets"][0]["summe"]["zuwendung"] == "76122.50"
    assert made["bericht.html"].startswith(b"<!DOCTYPE html>")
    assert "fristen.ics" not in made


def test_the_deadlines_of_what_may_be_granted_are_a_calendar():
    _, made = ask("pruefen", contents("kommune-bauauftrag.yaml"))
    assert made["fristen.ics"].startswith(b"BEGIN:VCALENDAR")
    assert b"BEGIN:VEVENT" in made["fristen.ics"]


def test_a_history_that_lies_not_among_the_files_is_an_error_with_its_name():
    data, _ = ask("pruefen", contents(KMU))
    assert data["ergebnis"] == "fehler"
    assert f"Die Datei {JESSEN} liegt nicht bei." in data["berichte"][0]["bericht"]


def test_several_budgets_give_an_overview():
    data, made = ask("pruefen", contents("kommune-bauauftrag.yaml", "zahlenfallen.yaml", KMU, JESSEN))
    assert [one["ergebnis"] for one in data["berichte"]] == ["foerderfaehig", "fehler", "nicht_foerderfaehig"]
    assert [one["lesbar"] for one in data["berichte"]] == [True, False, True]
    assert "Übersicht über 3 Dateien" in data["uebersicht"]
    assert len(json.loads(made["ergebnis.json"])["budgets"]) == 3


def test_the_day_of_the_grant_is_the_one_assumed():
    _, made = ask("pruefen", contents("kommune-bauauftrag.yaml"), stichtag="2026-07-01")
    assert json.loads(made["ergebnis.json"])["budgets"][0]["stichtag"] == "2026-07-01"
    assert ask("pruefen", contents("kommune-bauauftrag.yaml"), stichtag="morgen")[0]["fehler"].startswith("Tag: ")


@pytest.mark.parametrize("name", ["history.csv", "history.xlsx", "history.yaml"])
def test_a_history_alone_is_an_account(name):
    data, made = ask("pruefen", contents(name), stichtag="2026-04-20")
    found = check_history(BUDGETS / name, stichtag=date(2026, 4, 20))
    assert data["ergebnis"] == found.ergebnis == json.loads(made["konto.json"])["ergebnis"]


def test_an_account_is_saved_as_the_command_line_writes_it(run, tmp_path):
    _, made = ask("konto", contents(JESSEN), beihilfe="50.000,00", stichtag="2026-04-20")
    (tmp_path / JESSEN).write_bytes((BUDGETS / JESSEN).read_bytes())
    asked = ("--beihilfe", "50.000,00", "--stichtag", "2026-04-20")
    for name in ("konto.html", "konto.json"):
        run("deminimis", tmp_path / JESSEN, *asked, "--output", tmp_path / name)
        native = (tmp_path / name).read_bytes().replace(f"{tmp_path}/".encode(), b"")
        assert made[name].split() == native.split()


@pytest.mark.parametrize(("size", "refused"), [(1024 * 1024, False), (1024 * 1024 + 1, True)])
def test_yaml_of_more_than_a_mebibyte_is_refused_with_the_reason(size, refused):
    text = contents("kommune-bauauftrag.yaml")["kommune-bauauftrag.yaml"]
    filled = text + b"#" * (size - len(text))
    data, _ = ask("pruefen", {"b.yaml": filled})
    assert (data["ergebnis"] == "fehler") is refused
    assert ("größer als 1 MiB" in data["berichte"][0]["bericht"]) is refused
    account = ask("konto", {"h.yaml": contents("history.yaml")["history.yaml"].ljust(size, b"\n")})[0]
    assert ("größer als 1 MiB" in account.get("fehler", "")) is refused


def test_nothing_a_file_holds_becomes_markup():
    name = "<img src=x onerror=a()>.yaml"
    text = contents("kommune-bauauftrag.yaml")["kommune-bauauftrag.yaml"].decode()
    lines = ("  titel: <script>a()</script>" if line.startswith("  titel:") else line for line in text.split("\n"))
    data, made = ask("pruefen", {name: "\n".join(lines).encode(), "b.yaml": b"<svg onload=a()>: 1"})
    shown = data["uebersicht"] + "".join(one["bericht"] for one in data["berichte"]) + made["bericht.html"].decode()
    assert "&lt;script&gt;a()" in shown
    assert all(tag not in shown for tag in ("<img", "<script", "<svg onload"))


@pytest.mark.parametrize("name", ["kommune-bauauftrag.yaml", KMU])
def test_the_results_come_back_in_a_workbook(name):
    files = contents(name, JESSEN)
    data, made = ask("ergebnistabelle", files, datei=name)
    assert data == {}
    (written,) = made
    assert written == name.replace(".yaml", "-ergebnis.xlsx")
    before = check_budget(files, name=name)
    after = check_budget(files | made, name=written)
    assert (after.ergebnis, after.zuwendung) == (before.ergebnis, before.zuwendung)


def test_a_budget_goes_to_a_workbook_and_back():
    name = "kommune-bauauftrag.yaml"
    _, made = ask("umwandeln", contents(name), datei=name)
    _, back = ask("umwandeln", made, datei="kommune-bauauftrag.xlsx")
    before, after = check_budget(BUDGETS / name), check_budget(back[name], name=name)
    assert (after.ergebnis, after.zuwendung) == (before.ergebnis, before.zuwendung)
    assert "mehrdeutig" in ask("umwandeln", contents("zahlenfallen.yaml"), datei="zahlenfallen.yaml")[0]["fehler"]


@pytest.mark.parametrize("form", ["xlsx", "yaml"])
@pytest.mark.parametrize("programm", programme_ids())
def test_a_template_of_each_programme_can_be_read(programm, form):
    _, made = ask("vorlage", art="budget", programm=programm, format=form, tag="")
    ((name, content),) = made.items()
    assert name == f"budget-{programm}.{form}"
    assert check_budget(content, name=name).fassung.programm == programm


def test_a_template_is_of_the_version_of_its_day():
    old, new = (ask("vorlage", art="budget", programm="mpsc", format="yaml", tag=tag)[1] for tag in ("2019-06-01", ""))
    assert old != new
    assert (
        "gilt keine Fassung"
        in ask("vorlage", art="budget", programm="mpsc", format="yaml", tag="1999-01-01")[0]["fehler"]
    )
    assert list(ask("vorlage", art="historie", programm="mpsc", format="xlsx")[1]) == ["historie.xlsx"]


def test_the_form_is_an_account_with_a_planned_award():
    asked = {"beihilfen": [ROW, {"unternehmen": " "}], "stichtag": "2026-04-01", "beihilfe": "60.000,00"}
    data, made = ask("konto", **asked)
    assert (data["ergebnis"], data["kurz"]) == ("ueberschritten", "Höchstbetrag überschritten")
    assert json.loads(made["konto.json"])["unternehmen"][0]["frei"] == "50000.00"
    group = [{"unternehmen": "A GmbH", "beziehung": "stimmrechtsmehrheit", "verbunden_mit": "B GmbH"}]
    other = {**ROW, "unternehmen": "B GmbH", "subventionswert": "40.000,00"}
    _, made = ask("konto", beihilfen=[ROW, other], verbund=group, stichtag="2026-04-01")
    (konto,) = json.loads(made["konto.json"])["unternehmen"]
    assert (konto["frei"], konto["unternehmen"]) == ("10000.00", ["A GmbH", "B GmbH"])


def test_what_is_wrong_in_the_form_is_told_with_its_row():
    data, _ = ask("konto", beihilfen=[ROW, {**ROW, "subventionswert": "1.000"}])
    assert data["ergebnis"] == "fehler"
    assert "(Zeile 2, " in data["bericht"]
    assert ask("konto", beihilfen=[ROW], beihilfe="viel")[0]["fehler"].startswith("Geplante Beihilfe: ")
    two = [ROW, {**ROW, "unternehmen": "B GmbH"}]
    assert "B GmbH" in ask("konto", beihilfen=two, beihilfe="1,00", stichtag="2026-04-01")[0]["fehler"]


def test_the_rows_of_the_form_are_saved_as_a_workbook():
    _, made = ask("kontodatei", beihilfen=[{**ROW, "zuwendungsgeber": 'Land "Nord", {1}: x'}])
    found = check_history(made["historie.xlsx"], name="historie.xlsx", stichtag=date(2026, 4, 1))
    assert found.konten[0].frei == 50_000


def test_the_programmes_are_shown_alone_and_side_by_side():
    assert "sh-ki" in ask("programme")[0]["bericht"]
    assert "Zukunftsregionen" in ask("programme", programm="zr-ni")[0]["bericht"]
    assert "was sich geändert hat" in ask("programme", programm="zr-ni", vorher="2022-08-03")[0]["bericht"]
    assert "kein bekanntes" in ask("programme", programm="<b>")[0]["fehler"]


def test_a_defect_is_a_sentence_and_no_verdict():
    data, made = ask("gibt es nicht")
    assert data["fehler"] == "Programmfehler (KeyError: 'gibt es nicht'). Das ist kein Urteil über Ihr Budget."
    assert made == {}


DORFLADEN = re.search(
    r"# file: dorfladen.yaml\n(.*?)```",
    (BUDGETS.parent / "docs" / "eigenes-programm.md").read_text(encoding="utf-8"),
    re.DOTALL,
)[1]
EIGENES = {"datei": "dorfladen.yaml", "text": DORFLADEN}


def test_a_programme_of_ones_own_is_shown_and_decides():
    data, _ = ask("eigenes", eigenes=EIGENES)
    assert data["titel"] == "Dorfladen-Richtlinie Musterland"
    assert data["bericht"] == ask("programme", programm="eigenes", eigenes=EIGENES)[0]["bericht"]
    files = contents("kommune-bauauftrag.yaml")
    budget = files["kommune-bauauftrag.yaml"].replace(b"antragsdatum: 2026", b"antragsdatum: 2027")
    _, made = ask("pruefen", {"b.yaml": budget}, eigenes=EIGENES)
    assert json.loads(made["ergebnis.json"])["budgets"][0]["programm"]["id"] == "dorfladen"
    _, made = ask("ergebnistabelle", {"b.yaml": budget}, datei="b.yaml", eigenes=EIGENES)
    assert list(made) == ["b-ergebnis.xlsx"]
    _, made = ask("vorlage", art="budget", programm="eigenes", format="yaml", tag="", eigenes=EIGENES)
    assert b"foerderprogramm: dorfladen" in made["budget-dorfladen.yaml"]


def test_a_programme_of_ones_own_that_is_defective_is_refused_with_its_lines():
    wrong = {**EIGENES, "text": DORFLADEN.replace("wortlaut", "wordlaut", 1)}
    said = ask("eigenes", eigenes=wrong)[0]["fehler"]
    assert said.startswith("Die Programmdatei dorfladen.yaml ist fehlerhaft:")
    assert "dorfladen.yaml:11:" in said
    assert "keine Programmdatei" in ask("eigenes", eigenes={**EIGENES, "datei": "b.xlsx"})[0]["fehler"]
    assert "größer als 1 MiB" in ask("eigenes", eigenes={**EIGENES, "text": "#" * 1024 * 1025})[0]["fehler"]
    assert "fehlt" in ask("programme", programm="eigenes")[0]["fehler"]


def test_several_budgets_say_what_shows_across_them(run, tmp_path):
    text = contents("verbund-geteilte-person.yaml")["verbund-geteilte-person.yaml"]
    files = {"a.yaml": text, "b.yaml": text}
    data, made = ask("pruefen", files)
    said = "a.yaml und b.yaml enthalten dasselbe Budget"
    assert "Über mehrere Dateien" in data["uebersicht"]
    assert said in data["uebersicht"]
    assert all(said in one["bericht"] for one in data["berichte"])
    assert said in made["bericht.html"].decode()
    for name, content in files.items():
        (tmp_path / name).write_bytes(content)
    native = run("check", tmp_path / "a.yaml", tmp_path / "b.yaml", "--format", "json", "--herleitung").out
    assert json.loads(made["ergebnis.json"]) == json.loads(native.replace(f"{tmp_path}/", ""))
