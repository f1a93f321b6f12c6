"""The tabs Was wäre wenn and Programme in the browsers: values typed, proposals taken, files saved, a programme of one's own."""

import re

from browser import ROOT

from foerdercheck import check_budget

BUDGETS = ROOT / "budgets"
KMU = BUDGETS / "kmu-hoechstbetrag-ueberschritten.yaml"
JESSEN = BUDGETS / "historie-jessen-anlagenbau.yaml"
BEANTRAGT = "[data-path='antragsteller.finanzierung.beantragt']"
NEU = f"{KMU.stem}-neu.yaml"
DORFLADEN = re.search(
    r"# file: dorfladen.yaml\n(.*?)```", (ROOT / "docs" / "eigenes-programm.md").read_text(encoding="utf-8"), re.DOTALL
)[1]


def opened(page, files):
    """Check files and open the tab with the first that can be read."""
    page.check(files)
    page.press("Was wäre wenn …", "#pruefen-found")
    page.wait(lambda: page.one("#wenn-proposals li") and page.one(f"#wenn {BEANTRAGT}"))


def test_before_a_check_it_says_what_to_do(page):
    page.forget()
    page.tab("Was wäre wenn")
    assert "Prüfen Sie zuerst ein Budget." in page.text("#wenn")
    page.press("Zum Prüfen")
    assert page.one("#pruefen")


def test_a_proposal_is_taken_and_saved(page):
    opened(page, [KMU, JESSEN])
    assert page.text("#wenn-proposals").startswith("Damit es passt")
    page.press("Übernehmen", "#wenn-proposals li:nth-of-type(2)")
    page.wait(lambda: "jetzt förderfähig" in page.text("#wenn-verdict"))
    assert page.one(BEANTRAGT).get_attribute("value") == "54.600,00"
    assert page.text("#wenn-found").startswith("Alt\nNICHT FÖRDERFÄHIG\nNeu\nFÖRDERFÄHIG\nGeänderte Angaben")
    content = page.saved(NEU, "Geändertes Budget speichern")
    assert content == KMU.read_bytes().replace(b"beantragt: 76.122,50", b"beantragt: 54.600,00").replace(
        b"eigenmittel: 76.122,50", b"eigenmittel: 97.645,00"
    )
    page.press("Alle Werte wie in der Datei")
    page.wait(lambda: page.text("#wenn-verdict") == "NICHT FÖRDERFÄHIG")
    assert page.one(BEANTRAGT).get_attribute("value") == "76.122,50"


def test_what_has_no_field_is_listed_and_taken_back(page):
    opened(page, [KMU, JESSEN])
    page.press("Übernehmen", "#wenn-proposals li:nth-of-type(1)")
    page.wait(lambda: "jetzt förderfähig" in page.text("#wenn-verdict"))
    assert page.text("#wenn-more").startswith("Bewilligung: 11.05.2026")
    page.press("zurücknehmen", "#wenn-more")
    page.wait(lambda: page.text("#wenn-verdict") == "NICHT FÖRDERFÄHIG")
    assert page.text("#wenn-more") == ""


def test_what_is_typed_is_checked_at_once_and_what_is_wrong_is_marked(page):
    opened(page, [KMU, JESSEN])
    page.type(BEANTRAGT, "54.600")
    page.wait(lambda: page.text("#wenn-verdict").startswith("FEHLER: beantragt: „54.600“ ist mehrdeutig"))
    assert page.one(BEANTRAGT).get_attribute("aria-invalid") is not None
    assert page.one("#wenn-save") is None
    page.type(BEANTRAGT, "54.600,00")
    page.wait(lambda: "bleibt nicht förderfähig" in page.text("#wenn-verdict"))
    assert page.one(BEANTRAGT).get_attribute("aria-invalid") is None
    page.press("Vorschläge von diesen Werten aus suchen")
    page.wait(lambda: page.text("#wenn-proposals").startswith("Damit es passt\nVorschlag 1: Eigenmittel 97.645,00 €"))
    page.press("Übernehmen", "#wenn-proposals li")
    page.wait(lambda: "jetzt förderfähig" in page.text("#wenn-verdict"))
    assert page.one(BEANTRAGT).get_attribute("value") == "54.600,00"
    found = check_budget(
        {NEU: page.saved(NEU, "Geändertes Budget speichern"), JESSEN.name: JESSEN.read_bytes()}, name=NEU
    )
    assert (found.ergebnis, str(found.zuwendung)) == ("foerderfaehig", "54600.00")


def test_of_several_budgets_one_is_chosen(page):
    page.check([KMU, JESSEN, BUDGETS / "kommune-bauauftrag.yaml", BUDGETS / "zahlenfallen.yaml"])
    page.tab("Was wäre wenn")
    assert page.text("#wenn-file").split() == ["kmu-hoechstbetrag-ueberschritten.yaml", "kommune-bauauftrag.yaml"]
    page.wait(lambda: page.one("#wenn-proposals li"))
    page.option("#wenn-file", "kommune-bauauftrag.yaml")
    page.wait(lambda: page.text("#wenn-verdict") == "FÖRDERFÄHIG")
    assert "Jessen" not in page.text("#wenn-fields")


def test_a_programme_of_ones_own_is_dropped_and_decides(page):
    page.tab("Programme")
    page.drop_only({"dorfladen.yaml": DORFLADEN}, "programme-drop")
    page.wait(lambda: "„Dorfladen-Richtlinie Musterland“ aus dorfladen.yaml" in page.text("#programme-own"))
    assert "Village" not in page.answer("programme")
    said = page.check([BUDGETS / "kommune-bauauftrag.yaml"])
    assert "geprüft ist es nach dorfladen" in said or "Am " in said
    page.press("Alle Dateien entfernen")
    page.one("#pruefen-own").click()
    assert page.check([BUDGETS / "kommune-bauauftrag.yaml"]).startswith("FÖRDERFÄHIG")
    page.tab("Vorlage")
    page.option("#vorlage-format", "yaml")
    page.option("#vorlage-programme", "eigenes")
    assert b"foerderprogramm: dorfladen" in page.saved("budget-dorfladen.yaml", "Vorlage speichern", "#vorlage")
    page.option("#vorlage-format", "xlsx")
    page.tab("Programme")
    page.press("entfernen", "#programme-own")
    assert page.one("#programme-own") is None
    assert page.one("#vorlage-programme option[value=eigenes]", seen=False) is None


def test_a_defective_programme_is_told_with_its_lines(page):
    page.tab("Programme")
    page.drop_only({"dorfladen.yaml": DORFLADEN.replace("wortlaut", "<b>wordlaut</b>", 1)}, "programme-drop")
    page.wait(lambda: "Die Programmdatei dorfladen.yaml ist fehlerhaft:" in page.text("#programme-found"))
    assert "<b>wordlaut</b>" in page.text("#programme-found")
    assert page.one("#programme-own") is None
