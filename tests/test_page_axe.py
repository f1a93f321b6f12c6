"""That nobody is kept out of the page: axe-core in Chromium on every tab, empty and with results, light and dark.

Skipped, with the reason, where the page is not built, or the browser or axe-core is missing.
"""

import pytest
from axe import axe_faults, missing_axe
from browser import ROOT

BUDGETS = ROOT / "budgets"
KMU = BUDGETS / "kmu-hoechstbetrag-ueberschritten.yaml"
JESSEN = BUDGETS / "historie-jessen-anlagenbau.yaml"
BEANTRAGT = "[data-path='antragsteller.finanzierung.beantragt']"
TABS = ("Prüfen", "Vorlage", "De-minimis", "Was wäre wenn", "Programme")


@pytest.fixture
def page(chromium_page):
    if reason := missing_axe():
        pytest.skip(reason)
    return chromium_page


def faults(page):
    return [fault for mode in ("light", "dark") for fault in axe_faults(page.driver, mode)]


@pytest.mark.parametrize("tab", TABS)
def test_no_empty_tab_keeps_anybody_out(page, tab):
    page.forget()
    page.tab(tab)
    assert faults(page) == []


@pytest.mark.parametrize(
    "names",
    [
        [KMU.name, JESSEN.name],
        ["kommune-bauauftrag.yaml"],
        ["verein-angaben-fehlen.yaml"],
        ["zahlenfallen.yaml"],
        [KMU.name, JESSEN.name, "kommune-bauauftrag.yaml", "zahlenfallen.yaml"],
        ["history.xlsx", "history-grenztag.yaml"],
    ],
    ids="+".join,
)
def test_no_report_does(page, names):
    page.check([BUDGETS / name for name in names])
    page.driver.execute_script("for (const one of document.querySelectorAll('details')) one.open = true")
    assert faults(page) == []


def test_neither_does_what_if(page):
    page.check([KMU, JESSEN])
    page.press("Was wäre wenn …", "#pruefen-found")
    page.wait(lambda: page.one("#wenn-proposals li"))
    assert faults(page) == []
    page.press("Übernehmen", "#wenn-proposals li")
    page.wait(lambda: "jetzt förderfähig" in page.text("#wenn-verdict"))
    assert faults(page) == []
    page.type(BEANTRAGT, "54.600")
    page.wait(lambda: page.text("#wenn-verdict").startswith("FEHLER"))
    assert faults(page) == []


def test_neither_does_an_account_from_the_form_or_a_file(page):
    page.tab("De-minimis")
    page.press("Beziehung hinzufügen")
    page.type("#konto [data-field=unternehmen]", "A GmbH")
    page.type("#konto [data-field=gewaehrt_am]", "2025-03-01")
    page.type("#konto [data-field=subventionswert]", "250.000,00")
    page.type("#konto-planned", "60.000,00")
    page.wait(lambda: page.text("#konto-found").startswith("Höchstbetrag überschritten"))
    assert faults(page) == []
    page.choose([BUDGETS / "history.xlsx"], "konto-file")
    page.wait(lambda: "Deichtech Messgeräte GmbH" in page.text("#konto-found"))
    assert faults(page) == []


@pytest.mark.parametrize(
    ("programme", "before", "said"),
    [("", "", "zr-ni-rm"), ("sh-ki", "", "Fundstelle"), ("zr-ni", "2022-08-03", "was sich geändert hat")],
)
def test_neither_do_the_programmes(page, programme, before, said):
    page.tab("Programme")
    page.option("#programme-id", programme)
    if before:
        page.option("#programme-before", before)
    page.press("Anzeigen")
    page.wait(lambda: said in page.text("#programme-found"))
    assert faults(page) == []


def test_neither_does_a_complaint(page):
    page.forget()
    page.press("Prüfen", "#pruefen-form")
    assert page.answer("pruefen") == "Wählen Sie zuerst eine Datei."
    assert faults(page) == []
