"""The page in Chromium and Firefox, from a file and from a server, with no host in reach: what people do with it.

Skipped, with the reason, where the page is not built or a browser is missing.
"""

import json
import re
import sys
from datetime import date

import pytest
from browser import FILE, ROOT, Page

from foerdercheck import check_budget, check_history

BUDGETS = ROOT / "budgets"
KMU = BUDGETS / "kmu-hoechstbetrag-ueberschritten.yaml"
JESSEN = BUDGETS / "historie-jessen-anlagenbau.yaml"
KOMMUNE = BUDGETS / "kommune-bauauftrag.yaml"
LONG = "".join(f"k{number}: [{'a, ' * 30}a]\n" for number in range(10_000))[: 1024 * 1024]
TABS = {
    "pruefen": "Prüfen",
    "vorlage": "Vorlage",
    "konto": "De-minimis",
    "wenn": "Was wäre wenn",
    "programme": "Programme",
}
TOO_WIDE = "return document.documentElement.scrollWidth - document.documentElement.clientWidth"


def test_a_budget_and_its_history_are_chosen_and_reported(page):
    said = page.check([KMU, JESSEN])
    assert said.startswith("NICHT FÖRDERFÄHIG\nDe-minimis-Historien unter den Dateien: historie-jessen-anlagenbau.yaml")
    assert "Sie passt frühestens am 11.05.2026" in said
    assert page.driver.switch_to.active_element.text == "NICHT FÖRDERFÄHIG"
    assert page.one("#pruefen-found svg.balken")


def test_what_is_saved_is_what_the_program_says(page):
    page.check([KMU, JESSEN])
    saved = json.loads(page.saved("ergebnis.json", "Ergebnis für Programme speichern (.json)"))
    assert saved["budgets"][0]["summe"]["zuwendung"] == "76122.50"
    assert page.saved("bericht.html", "Bericht speichern (.html)").startswith(b"<!DOCTYPE html>")
    name = f"{KMU.stem}-ergebnis.xlsx"
    workbook = page.saved(name, "Tabelle mit Ergebnis speichern")
    found = check_budget({name: workbook, JESSEN.name: JESSEN.read_bytes()}, name=name)
    assert (found.ergebnis, str(found.zuwendung)) == ("nicht_foerderfaehig", "76122.50")
    name = f"{KMU.stem}.xlsx"
    workbook = page.saved(name, "Budget als Tabelle speichern (.xlsx)")
    assert check_budget({name: workbook, JESSEN.name: JESSEN.read_bytes()}, name=name).ergebnis == "nicht_foerderfaehig"


def test_files_are_dropped_and_the_errors_show_their_place(page):
    page.forget()
    said = page.drop({"fallen.yaml": (BUDGETS / "zahlenfallen.yaml").read_text(encoding="utf-8")})
    assert said.startswith("FEHLER")
    assert "„48.000“ ist mehrdeutig" in said
    assert "(Zeile 29, Spalte 14)" in said


def test_nothing_a_file_holds_becomes_markup(page):
    page.forget()
    text = KOMMUNE.read_text(encoding="utf-8")
    title = "<img src=x onerror=document.title=1><script>document.title=1</script><a href=javascript:alert(1)>hier</a>"
    said = page.drop({"<b>fett<b>.yaml": re.sub("(?m)^  titel: .*$", f"  titel: '{title}'", text)})
    assert title in said
    assert "<b>fett<b>.yaml" in said
    assert page.one("#pruefen-found :is(img, script, a[href^='javascript'])", seen=False) is None
    assert page.driver.title == "foerdercheck – Förderbudget prüfen"


def test_every_example_is_checked_as_the_program_does_natively(page):
    files = sorted(file for file in BUDGETS.iterdir() if file.suffix in {".yaml", ".xlsx", ".csv"})
    said = page.check(files)
    assert "Übersicht über" in said
    sys.path.insert(0, str(ROOT / "seite"))
    import door

    text, made = door.answer(json.dumps({"task": "pruefen"}), {file.name: file.read_bytes() for file in files})
    assert len(json.loads(text)["berichte"]) > 15
    files_made = dict(made)
    for name, button in (
        ("ergebnis.json", "Ergebnis für Programme speichern (.json)"),
        ("bericht.html", "Bericht speichern (.html)"),
        ("fristen.ics", "Fristen für den Kalender speichern (.ics)"),
    ):
        assert page.saved(name, button) == files_made[name]


def test_histories_alone_are_accounts(page):
    assert "Höchstbetrag" in page.check([BUDGETS / "history.xlsx"])
    native = check_history(BUDGETS / "history.xlsx").ergebnis
    assert json.loads(page.saved("konto.json", "Ergebnis für Programme speichern (.json)"))["ergebnis"] == native


def test_a_running_check_is_stopped_and_the_next_one_runs(page):
    page.forget()
    page.drop_only({"lang.yaml": LONG})
    page.wait(lambda: page.one("#stop"))
    page.press("Abbrechen", "header")
    assert page.answer("pruefen") == "Abgebrochen. Das ist kein Urteil."
    assert page.check([KOMMUNE]).startswith("FÖRDERFÄHIG")


def test_yaml_of_more_than_a_mebibyte_is_refused(page):
    page.forget()
    assert "größer als 1 MiB" in page.drop({"gross.yaml": "#" * (1024 * 1024 + 1)})


def test_templates_are_saved(page):
    page.tab("Vorlage")
    page.option("#vorlage-programme", "mpsc")
    page.type("#vorlage-day", "2020-06-01")
    content = page.saved("budget-mpsc.xlsx", "Vorlage speichern", "#vorlage")
    assert check_budget(content, name="b.xlsx").fassung.programm == "mpsc"
    page.option("#vorlage-format", "yaml")
    page.option("#vorlage-kind", "historie")
    assert not page.one("#vorlage-programme").is_enabled()
    assert b"beihilfen" in page.saved("historie.yaml", "Vorlage speichern", "#vorlage")
    page.option("#vorlage-kind", "budget")
    page.type("#vorlage-day", "1999-01-01")
    page.press("Vorlage speichern", "#vorlage")
    page.wait(lambda: "gilt keine Fassung" in page.text("#vorlage-found"))


def test_the_account_is_drawn_while_one_types(page):
    page.tab("De-minimis")
    page.type("#konto-day", "2026-04-01")
    page.type("#konto [data-field=unternehmen]", "A GmbH")
    page.type("#konto [data-field=gewaehrt_am]", "2025-03-01")
    page.type("#konto [data-field=subventionswert]", "250.000,00")
    page.type("#konto-planned", "60.000,00")
    page.wait(lambda: page.text("#konto-found").startswith("Höchstbetrag überschritten"))
    page.type("#konto-planned", "50.000,00")
    page.wait(lambda: page.text("#konto-found").startswith("Höchstbetrag eingehalten"))
    assert page.one("#konto-found svg.balken")
    content = page.saved("historie.xlsx", "Als Tabelle speichern (.xlsx)")
    assert check_history(content, name="h.xlsx", stichtag=date(2026, 4, 1)).konten[0].frei == 50_000
    assert (
        json.loads(page.saved("konto.json", "Ergebnis für Programme speichern (.json)", "#konto"))["ergebnis"]
        == "eingehalten"
    )


def test_the_account_of_a_file_takes_the_place_of_the_form(page):
    page.tab("De-minimis")
    page.choose([BUDGETS / "history.xlsx"], "konto-file")
    page.wait(lambda: "Deichtech Messgeräte GmbH" in page.text("#konto-found"))
    assert page.one("#konto-typed") is None
    page.press("entfernen und eintippen")
    assert page.one("#konto-typed")


def test_the_programmes_are_shown(page):
    page.tab("Programme")
    page.option("#programme-id", "zr-ni")
    page.option("#programme-before", "2022-08-03")
    page.press("Anzeigen")
    assert "was sich geändert hat" in page.answer("programme")


def test_the_keyboard_alone_changes_tabs(page):
    from selenium.webdriver.common.keys import Keys

    page.tab("Prüfen")
    for key, expected in (
        (Keys.ARROW_RIGHT, "vorlage"),
        (Keys.END, "programme"),
        (Keys.ARROW_RIGHT, "pruefen"),
        (Keys.ARROW_LEFT, "programme"),
    ):
        page.driver.switch_to.active_element.send_keys(key)
        assert page.driver.switch_to.active_element.get_attribute("aria-controls") == expected
        assert [name for name in TABS if page.one(f"#{name}")] == [expected]


def test_nothing_is_wider_than_a_small_screen(page):
    page.check([KMU, JESSEN])
    before = page.driver.get_window_size()
    try:
        for width in (1280, 500, 320):
            page.resize(width)
            for title in TABS.values():
                page.tab(title)
                assert page.driver.execute_script(TOO_WIDE) <= 0, f"{title} at {width}"
    finally:
        page.driver.set_window_size(before["width"], before["height"])
        page.resize(None)


def test_no_host_is_asked_and_nothing_goes_wrong_unseen(page):
    if page.driver.capabilities["browserName"] != "chrome":
        pytest.skip("Firefox gives no log of its console and its requests to a driver")
    wrong = [entry["message"] for entry in page.driver.get_log("browser")]
    assert wrong == []
    events = (json.loads(entry["message"])["message"] for entry in page.driver.get_log("performance"))
    asked = {event["params"]["request"]["url"] for event in events if event["method"] == "Network.requestWillBeSent"}
    own = page.address.rpartition("/")[0] if page.address.startswith("http") else page.address
    assert [
        url for url in asked if not url.startswith((own, "blob:", "data:", FILE.as_uri(), "http://127.0.0.1"))
    ] == []
    assert any(url.startswith(own) for url in asked)


def test_a_program_that_breaks_is_told_and_starts_anew(browser):
    driver, downloads = browser
    if driver.capabilities["browserName"] != "chrome":
        pytest.skip("only Chromium lets a test keep hold of the worker")
    source = {
        "source": "globalThis.Worker = class extends Worker { constructor(...of) { super(...of); globalThis.kept = this; } }"
    }
    script = driver.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", source)
    try:
        page = Page(driver, FILE.as_uri(), downloads)
        page.open()
        page.drop_only({"lang.yaml": LONG})
        page.wait(lambda: page.one("#stop"))
        driver.execute_script("kept.onerror(new ErrorEvent('error', { message: 'memory access out of bounds' }))")
        said = "Das Programm ist daran gescheitert (memory access out of bounds). Das ist kein Urteil."
        assert page.answer("pruefen") == said
        assert page.check([KOMMUNE]).startswith("FÖRDERFÄHIG")
    finally:
        driver.execute_cdp_cmd("Page.removeScriptToEvaluateOnNewDocument", script)


def test_a_browser_without_webassembly_is_told_so(browser):
    driver, downloads = browser
    if driver.capabilities["browserName"] != "chrome":
        pytest.skip("only Chromium lets a test take WebAssembly away")
    source = {"source": "delete globalThis.WebAssembly"}
    script = driver.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", source)
    try:
        driver.get(FILE.as_uri())
        page = Page(driver, FILE.as_uri(), downloads)
        page.wait(lambda: "Auf der Kommandozeile prüft foerdercheck check." in page.text("#state"))
    finally:
        driver.execute_cdp_cmd("Page.removeScriptToEvaluateOnNewDocument", script)
