"""`check --alle`: the verdict over all programmes is the one behind the exit code, and errors of the file come once."""

import re
import shutil
from datetime import date
from pathlib import Path

import pytest
from demo import FASSUNG, JA
from rechtsfaelle import ENTFERNEN, as_yaml, grundfall, merge
from results import parsed

from foerdercheck.assessment.alle import Vergleich, assess_under_all
from foerdercheck.assessment.budget import Assessment
from foerdercheck.cli import alle
from foerdercheck.model.befund import EXIT_CODES
from foerdercheck.programmes import programme_ids
from foerdercheck.reading.files import read_text

BEISPIELE = Path(__file__).parents[1] / "budgets"
DAY = date(2026, 4, 20)


@pytest.mark.parametrize(
    ("verdicts", "code", "ergebnis"),
    [
        (["nicht_foerderfaehig", "foerderfaehig", "offen"], 0, "foerderfaehig"),
        (["nicht_foerderfaehig", "offen", "nicht_foerderfaehig"], 3, "offen"),
        (["nicht_foerderfaehig", "nicht_foerderfaehig"], 1, "nicht_foerderfaehig"),
        (["foerderfaehig", "defekt", "offen"], 4, "fehler"),
    ],
)
def test_the_head_says_what_the_exit_code_says(check, monkeypatch, verdicts, code, ergebnis):
    def found(verdict):
        if verdict == "defekt":
            return Assessment(datei="b", ergebnis="fehler", defekte=("kaputt",), fassung=FASSUNG, stichtag=DAY)
        return Assessment(datei="b", ergebnis=verdict, fassung=FASSUNG, stichtag=DAY)

    monkeypatch.setattr(alle, "assess_under_all", lambda *_, **__: [Vergleich(FASSUNG, found(v)) for v in verdicts])
    done = check(JA, "--alle", "--format", "json")
    document = parsed(done.out)
    assert (done.code, document["ergebnis"]) == (code, ergebnis)
    assert [budget["ergebnis"] for budget in document["budgets"]] == [
        "fehler" if verdict == "defekt" else verdict for verdict in verdicts
    ]


@pytest.mark.parametrize(
    ("change", "others"),
    [
        (("antragsdatum: 15.01.2026", "antragsdatum: bald"), []),
        (("foerderprogramm:", "unsinn: 3\nfoerderprogramm:"), []),
        (("beantragt: 26.360,00", "beantragt: viel"), programme_ids()),
    ],
    ids=["a date", "a key", "the grant, of which no other programme takes notice"],
)
def test_errors_of_the_file_come_once(check, tmp_path, change, others):
    file = tmp_path / "b.yaml"
    text = JA.read_text(encoding="utf-8")
    assert text.count(change[0]) == 1
    file.write_text(text.replace(*change), encoding="utf-8")
    done = check(file, "--alle", "--format", "json")
    document = parsed(done.out)
    assert done.code == EXIT_CODES[document["ergebnis"]]
    assert (document["ergebnis"] == "fehler") is (others == [])
    first, *rest = document["budgets"]
    assert [budget["programm"]["id"] for budget in rest] == others
    assert first == parsed(check(file, "--format", "json").out)["budgets"][0]


def test_a_folder_is_one_table_with_what_each_programme_would_pay(run, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name in ("kmu-vertrag-zu-frueh", "zr-ni-rm-mitte", "historie-jessen-anlagenbau"):
        shutil.copy(BEISPIELE / f"{name}.yaml", tmp_path)
    (tmp_path / "kaputt.yaml").write_text("{", encoding="utf-8")
    (tmp_path / "leer").mkdir()
    call = ("check", "kmu-vertrag-zu-frueh.yaml", "zr-ni-rm-mitte.yaml", "leer", "--alle", "--stichtag", "2026-04-20")
    code, out, err = run(*call)
    rows = [re.split(r"  +", line.strip()) for line in out.splitlines()]
    assert rows[0] == ["2 Dateien in allen Förderprogrammen:"]
    assert rows[3:5] == [
        ["kmu-vertrag-zu-frueh.yaml", "sh-ki (41.000,00 €)", "–"],
        ["zr-ni-rm-mitte.yaml", "zr-ni-rm (702.000,00 €)", "zr-ni (444.566,44 €)"],
    ]
    assert (code, err) == (0, "")
    document = parsed(run(*call, "--format", "json").out)
    assert document["ergebnis"] == "foerderfaehig"
    assert len({budget["datei"] for budget in document["budgets"]}) == 2
    code, out, err = run("check", ".", "--alle")
    assert code == 2
    assert re.search(r"kaputt\.yaml +1 Fehler +–", out)
    assert "historie-jessen-anlagenbau.yaml: übersprungen, das ist eine De-minimis-Historie" in err
    assert "kaputt.yaml: 1 Fehler, nicht geprüft" in err


def test_a_folder_without_budgets_and_stdin_are_told(run, tmp_path):
    assert run("check", tmp_path, "--alle").err.startswith("foerdercheck: BUDGET: in diesem Ordner liegt kein Budget")
    assert "nicht die Standardeingabe" in run("check", "-", "--alle").err


PARTNER = {
    "name": "Verein der Rechner",
    "art": "gemeinnuetzig",
    "sitz": "SH",
    "wirtschaftlich_taetig": "nein",
    "gemeinkosten": "keine",
    "kosten": [{"kostenart": "material", "bezeichnung": "Papier", "brutto": "10.000,00"}],
    "finanzierung": {"beantragt": "1,00", "eigenmittel": "9.999,00"},
}


def under_all(stichtag=DAY, **over: object) -> dict[str, Vergleich]:
    """What each programme makes of a budget for sh-ki, in the order they are asked."""
    document = read_text(as_yaml(merge(grundfall("sh-ki").budget, over)).encode(), "-")
    return {each.fassung.programm: each for each in assess_under_all(document, Path(), stichtag=stichtag)}


def test_the_own_programme_comes_first_however_it_is_written():
    for named in ("sh-ki", "SH-KI"):
        assert list(under_all(foerderprogramm=named)) == ["sh-ki", *(i for i in programme_ids() if i != "sh-ki")]
    assert list(under_all(foerderprogramm=ENTFERNEN)) == programme_ids()


def test_another_programme_is_asked_for_its_most_and_own_money_fills_what_is_left():
    """For every Beteiligter; own money is not made up where none was stated, nor made less than none."""
    own, other = under_all(partner=[PARTNER])["sh-ki"].assessment, under_all(partner=[PARTNER])["mpsc"].assessment
    assert str(own.rechnungen[1].zuwendung.betrag) == "1.00"
    assert [str(r.zuwendung.betrag) for r in other.rechnungen[1:]] == ["6500.00"]
    assert [str(r.eigenmittel.betrag) for r in other.rechnungen[1:]] == ["3500.00"]
    silent = merge(PARTNER, {"finanzierung": {"eigenmittel": ENTFERNEN}})
    assert under_all(partner=[silent])["mpsc"].assessment.rechnungen[1].eigenmittel is None
    rich = merge(PARTNER, {"finanzierung": {"weitere": [{"geber": "Stiftung", "betrag": "10.000,00"}]}})
    assert str(under_all(partner=[rich])["mpsc"].assessment.rechnungen[1].eigenmittel.betrag) == "0.00"


def test_only_what_another_programme_has_no_words_for_is_left_out():
    found = under_all(vorhaben={"landkreise": {"Nirgends": "60 %", "Heide": "40 %"}}, ausnahmen=[])
    assert {name: each.weggelassen for name, each in found.items()} == {
        "sh-ki": (),
        "mpsc": ("gemeinkosten", "ausnahmen"),
        "zr-ni": ("ziele", "landkreise", "gemeinkosten", "ausnahmen"),
        "zr-ni-rm": ("landkreise", "gemeinkosten", "ausnahmen"),
    }
    plain = under_all(vorhaben={"ziele": ENTFERNEN}, antragsteller={"gemeinkosten": "keine"})
    assert {each.weggelassen for each in plain.values()} == {()}


def test_every_programme_is_asked_of_the_same_day_and_one_that_was_not_yet_in_force_says_so():
    assert {each.assessment.stichtag for each in under_all().values()} == {DAY}
    early = under_all(vorhaben={"antragsdatum": "2019-06-01"}, stichtag=date(2019, 7, 1))
    assert {name: bool(each.assessment) for name, each in early.items() if not each.grund} == {"mpsc": True}
    assert early["zr-ni"].grund == "Am 01.06.2019 gilt keine Fassung von zr-ni; abgedeckt ist ab 03.08.2022."
    assert early["zr-ni"].fassung.programm == "zr-ni"
