"""The page in Chromium for those who use no mouse, or hear it: everything is reached, one sees where one is, results are told."""

import pytest
from browser import FILE, ROOT, Page

BUDGETS = ROOT / "budgets"
KMU = BUDGETS / "kmu-hoechstbetrag-ueberschritten.yaml"
JESSEN = BUDGETS / "historie-jessen-anlagenbau.yaml"
TABS = ("Prüfen", "Vorlage", "De-minimis", "Was wäre wenn", "Programme")
REACHABLE = """
const named = "button, input, select, summary, a[href], [tabindex='0']";
return [...document.querySelectorAll(named)].filter((one) => !one.disabled && one.tabIndex >= 0 && one.checkVisibility()).length;
"""
HERE = """
const one = document.activeElement;
if (one === document.body) return null;
one.dataset.reached = "yes";
const shows = one.classList.contains("unsichtbar") ? one.labels[0] : one;
const box = shows.getBoundingClientRect();
const inside = box.bottom > 0 && box.top < innerHeight;
return [one.outerHTML.slice(0, 80), getComputedStyle(shows).outlineStyle !== "none" && inside];
"""
REACHED = "return document.querySelectorAll('[data-reached]').length"
FORGET = "for (const one of document.querySelectorAll('[data-reached]')) delete one.dataset.reached"


def walked(page):
    """Go through the page by the tabulator; return where one does not see where one is, and what was not reached."""
    from selenium.webdriver import ActionChains
    from selenium.webdriver.common.keys import Keys

    page.driver.execute_script(f"{FORGET}; document.activeElement.blur(); window.scrollTo(0, 0)")
    wanted, unseen = page.driver.execute_script(REACHABLE), []
    for _ in range(wanted * 3 + 5):  # a day has several parts
        if page.driver.execute_script(REACHED) == wanted:
            break
        ActionChains(page.driver).send_keys(Keys.TAB).perform()
        here = page.driver.execute_script(HERE)
        if here and not here[1]:
            unseen.append(here[0])
    return unseen, wanted - page.driver.execute_script(REACHED)


@pytest.mark.parametrize("tab", TABS)
def test_all_of_an_empty_tab_is_reached_and_seen(chromium_page, tab):
    chromium_page.forget()
    chromium_page.tab(tab)
    assert walked(chromium_page) == ([], 0)


def test_all_of_the_results_is_reached_and_seen(chromium_page):
    chromium_page.check([KMU, JESSEN])
    assert walked(chromium_page) == ([], 0)
    chromium_page.press("Was wäre wenn …", "#pruefen-found")
    chromium_page.wait(lambda: chromium_page.one("#wenn-proposals li"))
    chromium_page.press("Übernehmen", "#wenn-proposals li")
    chromium_page.wait(lambda: "jetzt förderfähig" in chromium_page.text("#wenn-verdict"))
    assert walked(chromium_page) == ([], 0)


def test_results_are_told(chromium_page):
    def told():
        return chromium_page.one("#said", seen=False).get_attribute("textContent")

    page = chromium_page
    assert all(page.one(f"{name}[role=status]", seen=False) for name in ("#state", "#said", "#wenn-verdict"))
    page.check([KMU, JESSEN])
    assert page.driver.switch_to.active_element.text == "NICHT FÖRDERFÄHIG"
    page.press("Was wäre wenn …", "#pruefen-found")
    page.wait(lambda: told() == "Damit es passt: 2 Vorschläge")
    page.tab("De-minimis")
    page.type("#konto-planned", "viel")
    page.wait(lambda: told().startswith("Geplante Beihilfe: "))
    page.type("#konto-planned", "")
    page.tab("Vorlage")
    page.saved("budget-mpsc.xlsx", "Vorlage speichern", "#vorlage")
    page.wait(lambda: told() == "budget-mpsc.xlsx gespeichert")


def test_whoever_stops_is_not_lost(chromium_page):
    page = chromium_page
    page.forget()
    page.drop_only({"lang.yaml": "".join(f"k{number}: [{'a, ' * 30}a]\n" for number in range(9_000))})
    page.wait(lambda: page.one("#stop") and page.text("#since"))
    page.press("Abbrechen", "header")
    assert page.driver.switch_to.active_element.text == "Prüfen"
    page.wait(lambda: page.text("#state") == "Bereit.")


def test_where_no_script_runs_it_says_so(chromium_page):
    driver = chromium_page.driver
    driver.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    try:
        driver.get(FILE.as_uri())
        page = Page(driver, FILE.as_uri(), chromium_page.downloads)
        page.wait(lambda: "ist dieser Browser zu alt" in page.text("#old"))
    finally:
        driver.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})
        chromium_page.open()
