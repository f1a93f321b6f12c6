"""Programme files that must not load: small mutilations of the real one, each refused with what is wrong."""

from pathlib import Path

import pytest
import yaml
from rechtsfaelle import ENTFERNEN, assess, load_cases, merge, read

from foerdercheck.model.location import InputError
from foerdercheck.programmes import load_version, versions
from foerdercheck.programmes.fassung import ProgrammeError
from foerdercheck.programmes.loader import load_fassung

FILE = versions("sh-ki")[-1]
DEFEKTE = {
    "ziffer": (("parameter", "sitz", "ziffer"), ENTFERNEN, "ziffer fehlt"),
    "beleg": (("parameter", "sitz", "beleg"), ENTFERNEN, "beleg fehlt"),
    "geprueft_am": (("parameter", "sitz", "geprueft_am"), ENTFERNEN, "geprueft_am fehlt"),
    "inhalt": (("parameter", "sitz", "inhalt"), ENTFERNEN, "inhalt fehlt"),
    "wert": (("parameter", "sitz", "wert"), ENTFERNEN, "wert"),
    "ziffer einer Regel": (("regeln", "3-sitz", "ziffer"), ENTFERNEN, "ziffer fehlt"),
    "beleg einer Regel": (("regeln", "3-sitz", "beleg"), ENTFERNEN, "beleg fehlt"),
    "geprueft_am einer Regel": (("regeln", "3-sitz", "geprueft_am"), ENTFERNEN, "geprueft_am fehlt"),
    "unbekannter beleg": (("parameter", "sitz", "beleg"), "gerücht", "gerücht"),
    "auslegung ohne grund": (("parameter", "startup_sonst_wie", "grund"), ENTFERNEN, "verlangt einen grund"),
    "sekundaer ohne quelle": (("parameter", "vergaberecht_fuer", "quelle"), ENTFERNEN, "verlangt eine quelle"),
    "unbekannter Parameter": (("parameter", "kostenart"), {"wert": "x"}, "unbekannter Parameter kostenart"),
    "unbekannter Schlüssel": (("parameter", "sitz", "werte"), "x", "unbekannter Schlüssel werte"),
    "unbekannter Abschnitt": (("rules",), {}, "unbekannter Abschnitt rules"),
    "falscher Wert": (("parameter", "hoechststunden_je_jahr", "wert"), "viele", "viele"),
    "Bedingung": (("parameter", "sitz", "wenn"), {"farbe": ["rot"]}, "unbekanntes Merkmal farbe"),
    "Wort einer Bedingung": (("parameter", "sitz", "wenn"), {"art": ["gmbh"]}, "gmbh ist nicht bekannt"),
    "Regel ohne Ziffer der Liste": (("ziffern", "4.3", "regeln"), ["3-sitz"], "4.3-umsetzungsort steht unter keiner"),
    "Ziffer mit fremder Regel": (("ziffern", "4.3", "regeln"), ["4.3-umsetzungsort", "x"], "nennt die Regel x"),
    "Ziffer ohne Grund": (("ziffern", "9", "grund"), ENTFERNEN, "entweder ihre regeln oder den grund"),
    "Geltungsdauer": (("parameter", "geltungsdauer"), ENTFERNEN, "geltungsdauer fehlt"),
    "Titel": (("titel",), ENTFERNEN, "titel fehlt"),
    "Zeitraum": (
        ("parameter", "geltungsdauer", "wert"),
        {"von": "2026-01-02", "bis": "2026-01-01"},
        "bis liegt vor von",
    ),
    "Tage eines Werts, nach denen niemand fragt": (
        ("parameter", "hoechststunden_je_jahr", "ab"),
        "2026-01-01",
        "hoechststunden_je_jahr kann nicht von Tagen abhängen: schreiben Sie je Fassung eine Datei mit ihrer geltungsdauer",
    ),
    "Ende eines Werts vor seinem Anfang": (
        ("parameter", "eu_schwellenwert"),
        {
            "ab": "2026-01-02",
            "bis": "2026-01-01",
            "wert": "1,00",
            "ziffer": "5.4",
            "inhalt": "Schwelle",
            "beleg": "wortlaut",
            "geprueft_am": "2026-11-26",
        },
        "eu_schwellenwert: bis liegt vor ab",
    ),
    "Spanne": (
        ("parameter", "stundensatz_ueblich", "wert"),
        {"von": "10,01", "bis": "10,00"},
        "bis ist kleiner als von",
    ),
    "leere Liste": (("parameter", "kostenarten", "wert"), [], "kostenarten: eine leere Liste sagt nichts"),
    "leere Bedingung": (("parameter", "sitz", "wenn"), {"art": []}, "sitz: eine leere Liste sagt nichts"),
    "fremde Ziffer": (("parameter", "sitz", "ziffer"), "99", "die Ziffer 99 steht nicht unter ziffern"),
    "Landkreis in zwei Gebieten": (
        ("parameter", "programmgebiete"),
        {
            "wert": {"nord": ["Plön"], "süd": ["Plön", "Stormarn"]},
            "ziffer": "4.3",
            "inhalt": "Gebiete",
            "beleg": "wortlaut",
            "geprueft_am": "2026-11-22",
        },
        "Plön liegt in zwei Programmgebieten",
    ),
    "Frist vor und nach einem Tag": (
        ("fristen",),
        [{"pflicht": "Aufräumen", "ziffer": "9", "vor": "ende", "nach": "ende", "monate": 1}],
        "nach und vor sind beide angegeben",
    ),
    "Region ohne Regionen": (
        ("parameter", "ziele_der_region"),
        {
            "wenn": {"region": ["Förde"]},
            "wert": ["wissen"],
            "ziffer": "4.3",
            "inhalt": "Ziele",
            "beleg": "wortlaut",
            "geprueft_am": "2026-11-26",
        },
        "region Förde steht nicht unter regionen",
    ),
}


def mutilated(folder: Path, path: tuple[str, ...], value: object) -> Path:
    over = value
    for key in reversed(path):
        over = {key: over}
    file = folder / "2025-04-01.yaml"
    file.write_text(yaml.safe_dump(merge(read(FILE), over), allow_unicode=True, sort_keys=False), encoding="utf-8")
    return file


def test_the_real_file_loads_after_being_copied(tmp_path):
    assert load_fassung(mutilated(tmp_path, ("titel",), "Kopie")).titel == "Kopie"


@pytest.mark.parametrize(("path", "value", "text"), DEFEKTE.values(), ids=DEFEKTE)
def test_a_defective_programme_file_is_refused(tmp_path, path, value, text):
    file = mutilated(tmp_path, path, value)
    with pytest.raises(InputError) as refused:
        load_fassung(file)
    assert any(text in problem.text for problem in refused.value.problems), refused.value
    assert all(problem.ort for problem in refused.value.problems)
    with pytest.raises(ProgrammeError, match="fehlerhaft"):
        load_version(file)


@pytest.mark.parametrize("over", [{"wenn": {"art": ["startup"]}}, {"ab": "2026-12-31"}, {}])
def test_two_values_for_the_same_case_are_refused(tmp_path, over):
    rates = read(FILE)["parameter"]["foerdersatz"]
    file = mutilated(tmp_path, ("parameter", "foerdersatz"), [*rates, {**rates[0], "wert": "60 %", **over}])
    with pytest.raises(InputError, match="zwei Werte gelten für denselben Fall"):
        load_fassung(file)


@pytest.mark.parametrize(
    ("over", "text"),
    [
        ({"wert": ["innovation", "klimaa"]}, "klimaa steht nicht unter foerderziele – meinten Sie „klima“?"),
        (
            {"wenn": {"region": ["Ostfrisland"]}},
            "region Ostfrisland steht nicht unter regionen – meinten Sie „Ostfriesland“?",
        ),
    ],
)
def test_regions_choose_only_goals_of_the_guideline(tmp_path, over, text):
    tree = read(versions("zr-ni")[-1])
    tree["parameter"]["ziele_der_region"][0] |= over
    file = tmp_path / "2024-05-13.yaml"
    file.write_text(yaml.safe_dump(tree, allow_unicode=True, sort_keys=False), encoding="utf-8")
    with pytest.raises(InputError) as refused:
        load_fassung(file)
    assert [problem.text for problem in refused.value.problems if text in problem.text], refused.value


def test_values_of_different_dates_do_not_overlap(tmp_path):
    first, *others = read(FILE)["parameter"]["eu_schwellenwert"]
    dated = [{**first, "bis": "2024-12-31"}, {**first, "wert": "1,00", "ab": "2025-01-01"}, *others]
    loaded = load_fassung(mutilated(tmp_path, ("parameter", "eu_schwellenwert"), dated))
    assert len(loaded.parameter["eu_schwellenwert"]) == 5


@pytest.mark.parametrize(
    ("path", "value", "text"),
    [
        (("regeln", "3-sitz", "pruefung"), "sitzung", ":15: die Prüfung „sitzung“ gibt es nicht"),
        (("parameter", "sitz"), ENTFERNEN, "die Prüfung sitz braucht den Parameter sitz; er fehlt"),
    ],
)
def test_a_rule_without_its_function_or_parameter_is_a_defect_of_the_programme(tmp_path, path, value, text):
    fassung = load_fassung(mutilated(tmp_path, path, value))
    with pytest.raises(ProgrammeError, match=text):
        assess(load_cases("sh-ki")[0].budget, fassung=fassung)
