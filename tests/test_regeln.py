"""Over all rules of all programmes: ids, Ziffern, cases, rules that crash, the sentence about offers."""

from collections import defaultdict
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest
from rechtsfaelle import FASSUNGEN, SCHLECHT, assess, case_named, grundfall, load_cases, merge

from foerdercheck import rules
from foerdercheck.assessment.budget import check_budget
from foerdercheck.programmes import load_version, neueste_fassung, programme_ids, versions
from foerdercheck.programmes.fassung import Fassung
from foerdercheck.programmes.parameter import KUMULIERUNG_UEBER_AUSGABEN
from foerdercheck.rules.vergabe import answer, offers

SH_KI = neueste_fassung("sh-ki")
SEK = "SEK 1|SEK 2|SEK 3.1|SEK 3.2|SEK 4|SEK 5|SEK 6"
ZIFFERN = {
    "sh-ki": "1.1|1.2|1.3|1.4|2|3|3.1|3.2|4.1|4.2|4.3|4.4|5.1|5.2|5.3|5.4|6.1|6.2|6.3|6.4|7.1|7.2|7.3|7.4|7.5|8|9",
    "zr-ni": "1.1|1.2|2.1|2.2|3|4.1|4.2|4.3|4.4|5.1|5.2|5.3|5.4|5.5|5.6 ff.|6|7|8|Anlage|"
    f"{SEK}|VO (EU) 2021/1060 Art. 54|VO (EU) 2021/1060 Art. 56|ANBest-EFRE/ESF+|ANBest-EFRE/ESF+ 3|GWB|NWertVO",
    "zr-ni-rm": f"1.1|2|3.1|3.2|4.1|4.2|4.3|5.1|5.2|5.3|5.4|5.5|5.6 ff.|6|7|8|{SEK}|GWB|NWertVO",
    "mpsc 2019-03-29": "Aufruf|Merkblatt|Merkblatt, Höhe",
    "mpsc 2020-02-13": "Aufruf|FAQ 1.1|FAQ 1.2|FAQ 1.3|FAQ 2|FAQ 3|FAQ 4|FAQ 5|FAQ 6|Merkblatt",
    "mpsc 2020-12-16": "Aufruf|FAQ 1.1|FAQ 1.2|FAQ 1.3|FAQ 2|FAQ 3|FAQ 4|FAQ 5|FAQ 6|FAQ 7|FAQ 8|Merkblatt",
}
"""The Ziffern of a programme, or of one version of it."""
NUR_HINWEIS = set(
    "stundennachweis einheitssatz umsatzsteuer auftragsteilung vergaberecht wertgrenzen open_access haushaltsnotlage".split()
)
IMMER_HINWEIS = {"auflagen", "nicht_bekannt"}
"""What the rules with these functions say worst: a Hinweis, or nothing but one."""


def ids(fassung: Fassung) -> str:
    return fassung.programm


@pytest.mark.parametrize("fassung", FASSUNGEN, ids=ids)
def test_rule_ids_are_unique(fassung):
    names = [regel.id for regel in fassung.regeln]
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("programm", programme_ids())
def test_every_ziffer_of_the_guideline_is_covered_or_explained(programm):
    for file in versions(programm):
        of_version = ZIFFERN.get(f"{programm} {file.stem}") or ZIFFERN[programm]
        assert list(load_version(file).ziffern) == of_version.split("|")


@pytest.mark.parametrize("fassung", FASSUNGEN, ids=ids)
def test_every_rule_and_parameter_names_a_ziffer_that_exists(fassung):
    known = set(fassung.ziffern)
    named = [regel.ziffer for regel in fassung.regeln] + [frist.ziffer for frist in fassung.fristen]
    values = [norm.ziffer for norms in fassung.parameter.values() for norm in norms]
    assert set(named) <= known
    assert [ziffer for ziffer in values if ziffer not in known and ziffer.split(" ")[0] not in known] == []


def test_every_pruefung_is_used_by_a_programme():
    used = {regel.pruefung for fassung in FASSUNGEN for regel in fassung.regeln}
    assert used == set(rules.PRUEFUNGEN)


def test_versions_follow_each_other_without_gap_or_overlap():
    for programm in programme_ids():
        files = versions(programm)
        spans = [load_version(file).gilt for file in files]
        assert [span.von.isoformat() for span in spans] == [file.stem for file in files]
        assert all(span.von <= span.bis for span in spans)
        for earlier, later in pairwise(spans):
            assert later.von == earlier.bis + timedelta(days=1)


@pytest.mark.parametrize("fassung", FASSUNGEN, ids=ids)
def test_every_rule_has_a_case_that_passes_and_one_that_fails(fassung):
    expected: dict[str, set[str]] = defaultdict(set)
    for fall in load_cases(fassung.programm):
        for rule, said in fall.erwartet.get("befunde", {}).items():
            expected[f"{fassung.programm}/{rule}"] |= {said} if isinstance(said, str) else {b["status"] for b in said}
    for regel in fassung.regeln:
        found = expected[regel.id]
        if regel.pruefung in IMMER_HINWEIS:
            assert found == {"hinweis"}, regel.id
        elif regel.pruefung in NUR_HINWEIS or (
            regel.pruefung == "kumulierung" and fassung.find(KUMULIERUNG_UEBER_AUSGABEN)
        ):
            assert "hinweis" in found, regel.id
            assert found & {"erfuellt", "entfaellt"}, regel.id
            assert not found & SCHLECHT, regel.id
        else:
            assert found & {"erfuellt", "entfaellt", "hinweis"}, regel.id
            assert found & SCHLECHT, regel.id


@pytest.mark.parametrize("fassung", FASSUNGEN, ids=ids)
def test_every_rule_has_a_file_of_cases(fassung):
    files = {fall.datei for fall in load_cases(fassung.programm)}
    assert {regel.id.partition("/")[2] for regel in fassung.regeln} <= files


def test_a_rule_that_crashes_costs_no_other_finding(monkeypatch):
    def broken(_fall):
        raise ZeroDivisionError("so not")
        yield

    fassung = replace(SH_KI)
    sound = rules.PRUEFUNGEN["folgekosten"]
    monkeypatch.setitem(rules.PRUEFUNGEN, "folgekosten", sound._replace(vorhaben=broken))
    budget = load_cases("sh-ki")[0].budget
    found = assess(budget, fassung=fassung)
    assert found.exit_code == 4
    assert found.defekte == ("sh-ki/4.2-folgekosten: ZeroDivisionError: so not",)
    assert {befund.regel for befund in found.befunde} == {regel.id for regel in fassung.regeln}
    (said,) = [befund for befund in found.befunde if befund.regel == "sh-ki/4.2-folgekosten"]
    assert said.status == "offen"
    assert said.text == "Programmfehler in dieser Regel (ZeroDivisionError); das ist kein Urteil über das Vorhaben."
    assert [b.status for b in found.befunde if b.regel == "sh-ki/8-geltungsdauer"] == ["erfuellt"]


def test_a_rule_that_crashes_for_one_body_is_told_of_that_body(monkeypatch):
    def broken(_fall, rechnung):
        raise ZeroDivisionError(rechnung.name)
        yield

    sound = rules.PRUEFUNGEN["sitz"]
    monkeypatch.setitem(rules.PRUEFUNGEN, "sitz", sound._replace(beteiligter=broken))
    found = assess(grundfall("sh-ki").budget, fassung=replace(SH_KI))
    assert found.defekte == ("sh-ki/3-sitz: ZeroDivisionError: Hochschule Beispiel",)
    (said,) = [befund for befund in found.befunde if befund.regel == "sh-ki/3-sitz"]
    assert (said.status, said.beteiligter) == ("offen", "Hochschule Beispiel")


def without(fassung: Fassung, regeln: set[str], parameter: set[str]) -> Fassung:
    return replace(
        fassung,
        regeln=tuple(regel for regel in fassung.regeln if regel.id not in regeln),
        parameter={name: norms for name, norms in fassung.parameter.items() if name not in parameter},
    )


def test_a_programme_without_a_cap_on_hours_or_a_limit_on_investments_uses_none(monkeypatch):
    monkeypatch.setattr(rules, "_SPRECHEN", ())  # no rule says how overhead is computed
    fassung = without(
        SH_KI,
        {"sh-ki/5.3-stunden", "sh-ki/5.3-gemeinkosten"},
        {"hoechststunden_je_jahr", "investitionsschwerpunkt_ueber", "gemeinkosten_ohne"},
    )
    over = {"stundensatz": "10,00", "stunden": {"2026": "2000"}, "kostenart": "personal", "bezeichnung": "P1"}
    bought = {"kostenart": "investition", "bezeichnung": "Anlage", "netto": "40000", "ust": "0 %"}
    body = {"antragsteller": {"gemeinkosten": "direkt", "kosten": [over, bought]}}
    (found,) = assess(merge(load_cases("sh-ki")[0].budget, body), fassung=fassung).rechnungen
    assert [str(zeile.zuwendungsfaehig.betrag) for zeile in found.zeilen] == ["20000.00", "40000.00"]
    assert (found.gemeinkosten.methode, str(found.gemeinkosten.betrag.betrag)) == ("direkt", "15000.00")


def test_a_kind_that_may_apply_under_a_condition_is_the_one_stated_and_our_reading_is_marked():
    """Five years old, it is treated as an undertaking, but it is the start-up that may apply here."""
    (allowed,), (reading,) = SH_KI.parameter["antragsberechtigt"], SH_KI.parameter["startup_sonst_wie"]
    here = reading._replace(wert="ja", wenn={"art": frozenset({"startup"})})
    more = {"antragsberechtigt": (allowed._replace(wert=("hochschule",)),), "antragsberechtigt_wenn": (here,)}
    body = {"art": "startup", "gruendung": "2010-01-01", "wachstumsorientiert": "ja", "deminimis": "keine"}
    budget = merge(load_cases("sh-ki")[0].budget, {"antragsteller": body})
    found = assess(budget, fassung=replace(SH_KI, parameter={**SH_KI.parameter, **more}))
    (said,) = [befund for befund in found.befunde if befund.regel == "sh-ki/3-antragsberechtigung"]
    assert said.status == "erfuellt"
    assert said.text.endswith(f"[Auslegung: {reading.auslegung}]")


@pytest.mark.parametrize(
    ("name", "sentence", "needed"),
    [
        (
            "Drei Aufträge, einer davon ohne genug Angebote vergeben: der schlechteste zählt, verletzt",
            "nötig für 3 von 3 Aufträgen, vorhanden bei 1 (Prototyp: 2 von 3; Prototyp: keine Angabe).",
            True,
        ),
        (
            "Ein Auftrag erreicht 25.000 € schon selbst: die Prüfung der Teilung entfällt",
            "nötig für 1 von 2 Aufträgen, vorhanden bei diesem.",
            True,
        ),
        (
            "Zuwendung von 100.000,01 € und ein Auftrag von 25.000 €: drei Angebote sind nötig, offen",
            "nötig für 1 von 1 Auftrag, vorhanden bei 0 (Prototyp: keine Angabe).",
            True,
        ),
        (
            "Zuwendung von genau 100.000 €: drei Angebote sind nicht nötig",
            "nein, erst über 100.000,00 € Zuwendungen (hier 100.000,00 €).",
            False,
        ),
        ("Keine Aufträge: drei Angebote sind nicht nötig", "nein, denn es sind keine Aufträge geplant.", False),
        (
            "Ein Auftrag von 24.999,99 €: drei Angebote sind nicht nötig",
            "nein, kein Auftrag erreicht den Wert, der sie nötig macht.",
            False,
        ),
        (
            "Erst zusammen mehr als 100.000 €, jeder erhält einen eigenen Bescheid: drei Angebote sind nicht nötig",
            "nein, denn niemand, der Aufträge vergibt, erhält für sich mehr als 100.000,00 €.",
            False,
        ),
        (
            "Großer Auftrag beim Partner mit 9.000 €, kleiner beim Antragsteller mit 100.000,01 €: nicht nötig",
            "nein, denn niemand, der so große Aufträge vergibt, erhält so viel, dass sie nötig sind.",
            False,
        ),
        (
            "Erst zusammen 100.000,01 €, der Bescheid ist nicht angegeben: ob drei Angebote nötig sind, ist offen",
            "offen, denn erst zusammen betragen die Zuwendungen (100.000,01 €) mehr als 100.000,00 €: geben Sie an, ob ein "
            "Bescheid sie gemeinsam bewilligt oder jeder sie einzeln.",
            None,
        ),
        (
            "Erst zusammen mehr als 100.000 €, drei Angebote liegen vor, der Bescheid ist nicht angegeben: erfüllt",
            "offen, denn erst zusammen betragen die Zuwendungen (100.000,01 €) mehr als 100.000,00 €: geben Sie an, ob ein "
            "Bescheid sie gemeinsam bewilligt oder jeder sie einzeln; vorhanden sind sie.",
            None,
        ),
        (
            "Einer erhält 100.000,01 €, den zweiten großen Auftrag vergibt ein Partner mit 9.000 €: nur für ihn offen",
            "nötig für 1 von 2 Aufträgen (offen für 1), vorhanden bei diesem.",
            True,
        ),
    ],
)
def test_whether_three_offers_are_needed_is_answered_in_one_sentence(name, sentence, needed):
    vergabe = case_named("sh-ki", name).assess().vergabe
    assert offers(vergabe) == "drei Angebote"
    assert answer(vergabe) == sentence
    assert vergabe.erforderlich is needed


def test_the_answer_names_so_many_orders_without_enough_offers_and_no_more():
    order = {"kostenart": "fremdleistung", "bezeichnung": "Prototyp", "netto": "25000", "ust": "0 %"}
    stated: list[dict[str, str]] = [
        {"angebote": "3"},
        {"angebote": "4"},
        *[{"angebote": str(count)} for count in (0, 1, 2)],
        {},
    ]
    kosten = [{**order, "bezeichnung": f"P{number}", "auftrag": auftrag} for number, auftrag in enumerate(stated)]
    body = {"gemeinkosten": "keine", "kosten": kosten, "finanzierung": {"eigenmittel": "37500"}}
    vergabe = assess(merge(load_cases("sh-ki")[0].budget, {"antragsteller": body})).vergabe
    assert answer(vergabe) == "nötig für 6 von 6 Aufträgen, vorhanden bei 2 (P2: 0 von 3; P3: 1 von 3; P4: 2 von 3; …)."
    vergabe = assess(merge(load_cases("sh-ki")[0].budget, {"antragsteller": {**body, "kosten": kosten[:5]}})).vergabe
    assert answer(vergabe) == "nein, erst über 100.000,00 € Zuwendungen (hier 93.750,00 €)."
    six = [kosten[0], *kosten]
    vergabe = assess(merge(load_cases("sh-ki")[0].budget, {"antragsteller": {**body, "kosten": six[:6]}})).vergabe
    assert answer(vergabe) == "nötig für 6 von 6 Aufträgen, vorhanden bei 3 (P2: 0 von 3; P3: 1 von 3; P4: 2 von 3)."
    vergabe = assess(
        merge(load_cases("sh-ki")[0].budget, {"antragsteller": {**body, "kosten": [kosten[0]] * 6}})
    ).vergabe
    assert answer(vergabe) == "nötig für 6 von 6 Aufträgen, vorhanden bei allen."


def test_a_budget_that_lacks_what_all_figures_need_is_open_in_every_rule():
    found = check_budget(b"foerderprogramm: sh-ki\n", heute=date(2026, 11, 21))
    assert (found.ergebnis, found.exit_code) == ("offen", 3)
    assert [befund.status for befund in found.befunde] == ["offen"] * len(found.fassung.regeln)
    assert found.fehlend


def test_a_history_is_no_budget():
    found = check_budget(b"beihilfen: []\n", heute=date(2026, 11, 21))
    assert (found.ergebnis, found.exit_code) == ("fehler", 2)
    assert "Historie" in found.fehler[0].text
