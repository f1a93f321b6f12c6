"""What if, asked as the page asks it: fields to change, proposals to take, the changed file to save."""

import difflib

import pytest
from page_door import BUDGETS, FORMS, as_xlsx, ask, contents

from foerdercheck import check_budget, vorschlaege
from foerdercheck.ausweg.schreiben import written
from foerdercheck.reading.files import Given

KMU, JESSEN = "kmu-hoechstbetrag-ueberschritten.yaml", "historie-jessen-anlagenbau.yaml"
FILES = contents(KMU, JESSEN)
BEANTRAGT, EIGENMITTEL = (f"antragsteller.finanzierung.{name}" for name in ("beantragt", "eigenmittel"))
BEWILLIGUNG = "vorhaben.bewilligung"
FITS = {BEANTRAGT: "54.600,00", EIGENMITTEL: "97.645,00"}
READABLE = [file.name for file in sorted(BUDGETS.glob("*.yaml")) if not check_budget(file).fehler]


def fields(data):
    return {field["pfad"]: field for group in data["gruppen"] for row in group["zeilen"] for field in row["felder"]}


@pytest.mark.parametrize("name", READABLE)
def test_every_field_that_is_offered_can_be_changed(name):
    files = {file.name: file.read_bytes() for file in BUDGETS.glob("*.yaml")}
    offered = fields(ask("wenn", files, datei=name, felder=True)[0])
    assert {BEANTRAGT, EIGENMITTEL} <= offered.keys()
    for path in offered:
        data, _ = ask("wenn", files, datei=name, werte={path: "11"})
        found = check_budget(files, name=name, setze={path: "11"})
        assert (data["ergebnis"], data["geaendert"]) == (found.ergebnis, 1)


def test_fields_say_what_stands_in_the_file():
    data, _ = ask("wenn", FILES, datei=KMU, felder=True)
    (group,) = data["gruppen"]
    assert group["titel"] == "Jessen Anlagenbau GmbH & Co. KG"
    assert [row["titel"] for row in group["zeilen"]][:3] == ["Finanzierung", "Entwicklungsingenieur", "Schweißfachfrau"]
    hours = fields(data)["antragsteller.kosten.1.stunden.2026"]
    assert hours == {
        "pfad": "antragsteller.kosten.1.stunden.2026", "text": "Stunden 2026", "wert": "700", "ort": "Zeile 29, Spalte 23"
    }  # fmt: skip
    assert "gruppen" not in ask("wenn", FILES, datei=KMU)[0]


def test_many_fields_are_cut_and_it_says_so():
    lines = "".join(f"    - {{kostenart: material, bezeichnung: M{n}, netto: 1}}\n" for n in range(500))
    text = FILES[KMU].decode().replace("  finanzierung:\n", f"{lines}  finanzierung:\n")
    data, _ = ask("wenn", {**FILES, KMU: text.encode()}, datei=KMU, felder=True)
    assert (data["gekuerzt"], len(fields(data))) == (400, 400)
    assert ask("wenn", FILES, datei=KMU, felder=True)[0]["gekuerzt"] == 0


def test_other_values_are_checked_and_stand_beside_those_of_the_file():
    data, _ = ask("wenn", FILES, datei=KMU, werte=FITS)
    assert (data["ergebnis"], data["kurz"], data["geaendert"]) == ("foerderfaehig", "FÖRDERFÄHIG", 2)
    assert data["satz"].endswith("war nicht förderfähig und ist jetzt förderfähig, die Zuwendung beträgt 54.600,00 €.")
    assert "Geänderte Angaben" in data["vergleich"]
    assert "Geprüft mit anderen Werten (2)" in data["bericht"]
    assert "vergleich" not in ask("wenn", FILES, datei=KMU)[0]


def test_what_is_wrong_is_told_with_its_place():
    data, _ = ask("wenn", FILES, datei=KMU, werte={BEANTRAGT: "54.600"})
    assert (data["ergebnis"], data["fehler_an"]) == ("fehler", ["Zeile 47, Spalte 16"])
    assert "mehrdeutig" in data["satz"]
    assert "mehrdeutig" in ask("geaendert", FILES, datei=KMU, werte={BEANTRAGT: "54.600"})[0]["fehler"]
    assert "gibt es in diesem Budget nicht" in ask("wenn", FILES, datei=KMU, werte={"x.y": "1"})[0]["fehler"]
    assert "mehrdeutig" in ask("wenn", contents("zahlenfallen.yaml"), datei="zahlenfallen.yaml")[0]["fehler"]


@pytest.mark.parametrize("name", READABLE)
def test_proposals_are_those_of_the_program_and_lead_where_they_say(name):
    files = {file.name: file.read_bytes() for file in BUDGETS.glob("*.yaml")}
    base = check_budget(files, name=name)
    data, _ = ask("vorschlaege", files, datei=name)
    known = vorschlaege(base)
    expected = [*known.vorschlaege, *([known.meiste] if known.meiste else [])]
    assert len(data["vorschlaege"]) == len(expected)
    for offered, one in zip(data["vorschlaege"], expected, strict=True):
        werte = {value["pfad"]: value["neu"] for value in offered["werte"]}
        found, _ = ask("wenn", files, datei=name, werte=werte)
        assert found["ergebnis"] == offered["ergebnis"] == one.ergebnis
        _, made = ask("geaendert", files, datei=name, werte=werte)
        new, _ = written(base, one, files[name], name, Given(files))
        assert list(made.values()) == [new]


def test_proposals_start_from_the_values_that_were_changed():
    data, _ = ask("vorschlaege", FILES, datei=KMU, werte={BEANTRAGT: "54.600,00"})
    assert data["titel"] == "Damit es passt"
    assert [value["pfad"] for value in data["vorschlaege"][0]["werte"]] == [EIGENMITTEL]
    assert ask("vorschlaege", FILES, datei=KMU, werte=FITS)[0]["titel"] == "Was noch möglich ist"


def test_a_changed_day_of_grant_is_not_overruled_by_the_one_assumed_for_all():
    asked = {"datei": KMU, "stichtag": "2026-04-20"}
    assert ask("wenn", FILES, **asked)[0]["ergebnis"] == "nicht_foerderfaehig"
    assert ask("wenn", FILES, **asked, werte={BEWILLIGUNG: "2026-05-11"})[0]["ergebnis"] == "foerderfaehig"
    _, made = ask("geaendert", FILES, **asked, werte={BEWILLIGUNG: "2026-05-11"})
    assert b"bewilligung: 2026-05-11" in made[f"{KMU.removesuffix('.yaml')}-neu.yaml"]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("werte", [FITS, {BEANTRAGT: ""}, {EIGENMITTEL: "1"}], ids=["fits", "left out", "less"])
def test_the_changed_budget_is_saved_in_every_form(form, werte):
    name = f"b.{form}"
    files = {name: FORMS[form](FILES[KMU]), JESSEN: FILES[JESSEN]}
    wanted = check_budget(files, name=name, setze=werte)
    data, made = ask("geaendert", files, datei=name, werte=werte)
    assert data == {}
    new = "b-neu.yaml" if form == "yaml" else "b-neu.xlsx"
    found = check_budget({new: made[new], JESSEN: FILES[JESSEN]}, name=new)
    assert (found.ergebnis, found.zuwendung, found.fehler) == (wanted.ergebnis, wanted.zuwendung, ())


def test_only_what_was_changed_is_another_in_the_text():
    old = FILES[KMU].decode()
    _, made = ask("geaendert", FILES, datei=KMU, werte={BEANTRAGT: "", "antragsteller.kosten.1.stunden.2027": ""})
    new = made["kmu-hoechstbetrag-ueberschritten-neu.yaml"].decode()
    changed = [line for line in difflib.ndiff(old.splitlines(), new.splitlines()) if line[0] in "+-"]
    assert changed == [
        "-       stunden: {2026: 700, 2027: 500}",
        "+       stunden: {2026: 700, }",
        "-     beantragt: 76.122,50",
        "+     # beantragt: 76.122,50",
    ]


def test_what_cannot_be_left_out_is_told():
    text = FILES[KMU].replace(b"    eigenmittel: 76.122,50\n", b"")
    data, made = ask("geaendert", {**FILES, KMU: text}, datei=KMU, werte={BEANTRAGT: ""})
    assert data == {"fehler": f"{BEANTRAGT} lässt sich nicht weglassen: löschen Sie die Angabe selbst"}
    assert made == {}


def test_a_cell_that_is_left_out_is_empty():
    name = "b.xlsx"
    files = {name: as_xlsx(FILES[KMU]), JESSEN: FILES[JESSEN]}
    place = fields(ask("wenn", files, datei=name, felder=True)[0])[EIGENMITTEL]["ort"]
    _, made = ask("geaendert", files, datei=name, werte={EIGENMITTEL: ""})
    again = {"b-neu.xlsx": made["b-neu.xlsx"], JESSEN: FILES[JESSEN]}
    after = fields(ask("wenn", again, datei="b-neu.xlsx", felder=True)[0])[EIGENMITTEL]
    assert place.startswith("Beteiligte!")
    assert after["wert"] == ""
