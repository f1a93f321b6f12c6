"""Accepted exceptions: they take the verdict from a finding, never the finding itself."""

from datetime import date

import pytest
import yaml
from demo import JA, check_demo
from rechtsfaelle import merge, read

from foerdercheck.model.befund import WORTE

GRUNDFALL = read(JA)

AUSNAHME = {"regel": "7-folgen", "grund": "Betrieb läuft aus", "wer": "WTSH, Frau Hansen", "bis": "2026-12-31"}
LETZTER_TAG = date(2026, 12, 31)


def check(*ausnahmen: dict[str, str], heute=LETZTER_TAG, **vorhaben):
    tree = merge(
        GRUNDFALL, {"vorhaben": vorhaben, "ausnahmen": list(ausnahmen)} if ausnahmen else {"vorhaben": vorhaben}
    )
    return check_demo(yaml.safe_dump(tree, allow_unicode=True).encode(), heute=heute)


def said(found, regel):
    return [befund for befund in found.befunde if befund.regel in (regel, f"traumland/{regel}")]


def test_without_an_exception_the_rule_decides():
    found = check(folgekosten_gesichert="nein")
    assert (found.ergebnis, found.angenommene) == ("nicht_foerderfaehig", 0)


@pytest.mark.parametrize(("answer", "status"), [("nein", "verletzt"), ("~entfernen", "offen")])
def test_an_accepted_finding_no_longer_decides_but_stays_visible(answer, status):
    found = check(AUSNAHME, folgekosten_gesichert=answer)
    (befund,) = said(found, "7-folgen")
    text = said(check(folgekosten_gesichert=answer), "7-folgen")[0].text
    assert (found.ergebnis, found.exit_code, found.angenommene) == ("foerderfaehig", 0, 1)
    assert befund.status == "hinweis"
    assert befund.angenommen._asdict() == {
        "status": status, "grund": "Betrieb läuft aus", "wer": "WTSH, Frau Hansen", "bis": LETZTER_TAG, "text": text,
    }  # fmt: skip
    start = f"Angenommen bis 31.12.2026 von WTSH, Frau Hansen (Betrieb läuft aus), sonst {WORTE[status]}: "
    assert befund.text == start + text


def test_the_full_id_of_the_rule_does_as_well():
    found = check(AUSNAHME | {"regel": "traumland/7-folgen"}, folgekosten_gesichert="nein")
    assert found.ergebnis == "foerderfaehig"


@pytest.mark.parametrize(
    ("heute", "ergebnis"), [(LETZTER_TAG, "foerderfaehig"), (date(2027, 1, 1), "nicht_foerderfaehig")]
)
def test_it_holds_on_its_last_day(heute, ergebnis):
    found = check(AUSNAHME, heute=heute, folgekosten_gesichert="nein")
    assert found.ergebnis == ergebnis
    assert len(said(found, "ausnahmen")) == (ergebnis != "foerderfaehig")


@pytest.mark.parametrize("stichtag", [date(2026, 3, 20), date(2027, 6, 1)])
@pytest.mark.parametrize(("heute", "accepted"), [(LETZTER_TAG, 1), (date(2027, 1, 1), 0)])
def test_the_day_of_the_check_decides_and_not_the_stichtag(stichtag, heute, accepted):
    tree = merge(GRUNDFALL, {"vorhaben": {"folgekosten_gesichert": "nein"}, "ausnahmen": [AUSNAHME]})
    found = check_demo(yaml.safe_dump(tree, allow_unicode=True).encode(), stichtag=stichtag, heute=heute)
    assert (found.stichtag, found.angenommene) == (stichtag, accepted)


def test_an_expired_one_is_a_finding():
    found = check(AUSNAHME, heute=date(2027, 1, 1), folgekosten_gesichert="nein")
    text = "Die Ausnahme von 7-folgen ist am 31.12.2026 abgelaufen; die Regel entscheidet wieder."
    assert texts(found) == [("offen", text, found.source.locate(("ausnahmen", 0)).zeile)]


def test_one_that_is_not_needed_is_a_finding_and_decides_nothing():
    found = check(AUSNAHME)
    (befund,) = said(found, "ausnahmen")
    assert (befund.status, found.ergebnis) == ("hinweis", "foerderfaehig")
    assert "wird nicht gebraucht" in befund.text


def texts(found):
    """What is said of exceptions, always at a place of the file and under no Ziffer."""
    assert {befund.ziffer for befund in said(found, "ausnahmen")} <= {""}
    return [(befund.status, befund.text, befund.ort.zeile) for befund in said(found, "ausnahmen")]


@pytest.mark.parametrize("renewed_first", [False, True])
def test_a_renewed_one_replaces_the_expired_one(renewed_first):
    old, new = AUSNAHME, AUSNAHME | {"bis": "2027-06-30"}
    found = check(*[new, old] if renewed_first else [old, new], heute=date(2027, 1, 1), folgekosten_gesichert="nein")
    (befund,) = said(found, "7-folgen")
    assert (found.ergebnis, befund.angenommen.bis) == ("foerderfaehig", date(2027, 6, 30))
    ((status, text, _),) = texts(found)
    assert (status, text) == (
        "hinweis",
        "Die Ausnahme von 7-folgen ist am 31.12.2026 abgelaufen und durch eine andere bis 30.06.2027 ersetzt. "
        "Streichen Sie sie.",
    )


def test_one_that_expired_names_the_one_that_replaces_it_whatever_else_is_accepted():
    """Of two rules that are violated each has an expired exception and one that holds."""
    ends = (("7-folgen", "2026-12-31"), ("7-folgen", "2027-06-30"), ("7-sitz", "2026-11-30"), ("7-sitz", "2027-03-31"))
    stated = [AUSNAHME | {"regel": regel, "bis": bis} for regel, bis in ends]
    over = {"vorhaben": {"folgekosten_gesichert": "nein"}, "antragsteller": {"sitz": "HH"}, "ausnahmen": stated}
    found = check_demo(yaml.safe_dump(merge(GRUNDFALL, over), allow_unicode=True).encode(), heute=date(2027, 1, 1))
    assert (found.ergebnis, found.angenommene) == ("foerderfaehig", 2)
    assert [text.partition(". ")[0] for _, text, _ in texts(found)] == [
        "Die Ausnahme von 7-folgen ist am 31.12.2026 abgelaufen und durch eine andere bis 30.06.2027 ersetzt",
        "Die Ausnahme von 7-sitz ist am 30.11.2026 abgelaufen und durch eine andere bis 31.03.2027 ersetzt",
    ]


def test_of_two_that_hold_the_one_that_ends_last_counts_and_the_other_is_a_finding():
    found = check(AUSNAHME, AUSNAHME | {"bis": "2027-06-30"}, folgekosten_gesichert="nein")
    (befund,) = said(found, "7-folgen")
    assert (found.angenommene, befund.angenommen.bis) == (1, date(2027, 6, 30))
    ((status, text, _),) = texts(found)
    assert (status, text) == (
        "hinweis",
        "Die Ausnahme von 7-folgen wird nicht gebraucht: bis 30.06.2027 gilt dafür schon eine andere. "
        "Streichen Sie sie.",
    )


def test_of_twins_the_second_is_not_needed():
    found = check(AUSNAHME, AUSNAHME | {"grund": "zweiter"}, folgekosten_gesichert="nein")
    (befund,) = said(found, "7-folgen")
    ((_, text, zeile),) = texts(found)
    assert befund.angenommen.grund == "Betrieb läuft aus"
    assert "gilt dafür schon eine andere" in text
    assert zeile == found.source.locate(("ausnahmen", 1)).zeile


def test_two_that_have_expired_both_say_so():
    found = check(AUSNAHME, AUSNAHME | {"bis": "2026-06-30"}, heute=date(2027, 1, 1), folgekosten_gesichert="nein")
    assert [(status, "abgelaufen; die Regel entscheidet wieder." in text) for status, text, _ in texts(found)] == [
        ("offen", True)
    ] * 2


PAPIER = [{"kostenart": "material", "bezeichnung": "Papier", "netto": "1,00"}]
ZWEITE = {"name": "Zweite", "art": "hochschule", "sitz": "HH", "kosten": PAPIER}
AUSWAERTS = {"antragsteller": {"sitz": "HH"}, "partner": [ZWEITE]}


@pytest.mark.parametrize(
    ("ausnahmen", "bis", "rest"),
    [
        ([(None, 2028), ("Zweite", 2027)], [2028, 2028], [("Zweite", "bis 01.01.2028 gilt dafür schon eine andere")]),
        ([(None, 2027), ("Zweite", 2028)], [2027, 2028], []),
        ([("Zweite", 2028)], [None, 2028], []),
        ([("Zweite", 2026), (None, 2027)], [2027, 2027], [("Zweite", "durch eine andere bis 01.01.2027 ersetzt")]),
        ([(None, 2026), ("Zweite", 2027)], [None, 2027], [(None, "die Regel entscheidet wieder")]),
        ([("Schule der Träume", 2027), ("Zweite", 2028), (None, 2026)], [2027, 2028], [(None, "bis 01.01.2027 ersetzt")]),
    ],
)  # fmt: skip
def test_those_for_everybody_and_for_one_body_stand_in_for_each_other(ausnahmen, bis, rest):
    stated = [AUSNAHME | {"regel": "7-sitz", "bis": f"{year}-01-01"} for _, year in ausnahmen]
    for exception, (name, _) in zip(stated, ausnahmen, strict=True):
        exception.update({"beteiligter": name} if name else {})
    tree = merge(GRUNDFALL, AUSWAERTS | {"ausnahmen": stated})
    found = check_demo(yaml.safe_dump(tree, allow_unicode=True).encode(), heute=LETZTER_TAG)
    assert [befund.angenommen and befund.angenommen.bis.year for befund in said(found, "7-sitz")] == bis
    remarks = [befund.text for befund in said(found, "ausnahmen")]
    assert len(remarks) == len(rest)
    for text, (name, end) in zip(remarks, rest, strict=True):
        assert text.startswith(f"Die Ausnahme von 7-sitz für {name} " if name else "Die Ausnahme von 7-sitz ")
        assert end in text


@pytest.mark.parametrize("name", ["Schule der Träume", "SCHULE  der träume"])
def test_it_concerns_whom_it_names(name):
    exception = AUSNAHME | {"regel": "7-sitz", "beteiligter": name}
    tree = merge(GRUNDFALL, {"antragsteller": {"sitz": "HH"}, "ausnahmen": [exception]})
    found = check_demo(yaml.safe_dump(tree, allow_unicode=True).encode(), heute=LETZTER_TAG)
    assert (found.angenommene, said(found, "ausnahmen")) == (1, [])


def test_one_for_a_body_that_meets_the_rule_speaks_of_that_body_alone():
    exception = AUSNAHME | {"regel": "7-sitz", "beteiligter": "Zweite"}
    tree = merge(GRUNDFALL, AUSWAERTS | {"partner": [ZWEITE | {"sitz": "SH"}], "ausnahmen": [exception]})
    found = check_demo(yaml.safe_dump(tree, allow_unicode=True).encode(), heute=LETZTER_TAG)
    assert [befund.status for befund in said(found, "7-sitz")] == ["verletzt", "erfuellt"]
    ((status, text, _),) = texts(found)
    assert (status, text) == (
        "hinweis",
        "Die Ausnahme von 7-sitz für Zweite wird nicht gebraucht: die Regel ist für Zweite weder verletzt noch offen. "
        "Streichen Sie sie.",
    )


@pytest.mark.parametrize(
    ("regel", "name", "text"),
    [
        ("7-sitz", "Schule der Traume", "„Schule der Traume“ heißt hier kein Beteiligter – meinten Sie „Schule der Träume“?"),
        ("7-folgen", "Stadt Kiel", "„Stadt Kiel“ heißt hier kein Beteiligter; es gibt: „Schule der Träume“"),
        ("7-folgen", "Schule der Träume", "7-folgen betrifft das ganze Vorhaben: lassen Sie beteiligter weg"),
        ("traumland/7-folgen", "Schule der Träume", "7-folgen betrifft das ganze Vorhaben: lassen Sie beteiligter weg"),
    ],
)  # fmt: skip
def test_a_body_that_cannot_be_meant_is_an_error(regel, name, text):
    found = check(AUSNAHME | {"regel": regel, "beteiligter": name}, folgekosten_gesichert="nein")
    assert [fehler.text for fehler in found.fehler] == [f"beteiligter: {text}"]
    assert found.fehler[0].auszug.strip() == f"- beteiligter: {name}"


def test_the_name_that_is_meant_is_looked_for_a_hundred_times_only():
    exceptions = [AUSNAHME | {"regel": "7-sitz", "beteiligter": f"Schule der Träume {number}"} for number in range(101)]
    found = check(*exceptions)
    assert ["meinten Sie" in fehler.text for fehler in found.fehler] == [True] * 100 + [False]


def test_the_name_that_is_meant_is_looked_for_among_a_hundred_names_only():
    partner = [{"name": f"Stadt {number}", "art": "kommune"} for number in range(100)]
    exceptions = [AUSNAHME | {"regel": "7-sitz", "beteiligter": f"Stadt0{number}"} for number in (98, 99)]
    tree = merge(GRUNDFALL, {"partner": partner, "ausnahmen": exceptions})
    found = check_demo(yaml.safe_dump(tree, allow_unicode=True).encode())
    assert [fehler.text.partition("kein Beteiligter")[2] for fehler in found.fehler] == [
        " – meinten Sie „Stadt 98“?",
        " – meinten Sie „Stadt 9“?",  # the 101st is 99, after the applicant
    ]


def test_a_cut_cannot_be_accepted():
    tree = merge(GRUNDFALL, {"antragsteller": {"finanzierung": {"beantragt": "50.000,00"}}})
    tree["ausnahmen"] = [AUSNAHME | {"regel": "2-satz"}]
    found = check_demo(yaml.safe_dump(tree, allow_unicode=True).encode(), heute=LETZTER_TAG)
    assert [befund.status for befund in said(found, "2-satz")] == ["gekuerzt"]
    assert "wird nicht gebraucht" in said(found, "ausnahmen")[0].text


def test_an_unknown_rule_is_an_error_with_a_suggestion():
    (fehler,) = check(AUSNAHME | {"regel": "7-folgn"}).fehler
    assert "meinten Sie „7-folgen“" in fehler.text
    assert fehler.ort.zeile is not None


def test_an_unknown_rule_with_none_near_lists_every_rule_once():
    (fehler,) = check(AUSNAHME | {"regel": "unfug"}).fehler
    listed = fehler.text.removeprefix("regel: „unfug“ ist als Regel nicht bekannt. Erlaubt: ").split(", ")
    rules = [regel.id.removeprefix("traumland/") for regel in check().fassung.regeln]
    assert listed == rules


@pytest.mark.parametrize("missing", ["regel", "grund", "wer", "bis"])
def test_every_part_of_it_is_needed(missing):
    (fehler,) = check({key: value for key, value in AUSNAHME.items() if key != missing}).fehler
    assert fehler.text == f"{missing} fehlt"


@pytest.mark.parametrize(("count", "start"), [(1, "Die Ausnahme wird"), (2, "Die 2 Ausnahmen werden")])
def test_without_what_every_figure_needs_they_are_judged_later(count, start):
    found = check(*[AUSNAHME] * count, antragsdatum="~entfernen", folgekosten_gesichert="nein")
    ((status, text, zeile),) = texts(found)
    assert (found.ergebnis, found.exit_code, found.angenommene) == ("offen", 3, 0)
    assert (status, text) == ("hinweis", f"{start} erst beurteilt, wenn diese Angaben vorliegen: antragsdatum.")
    assert zeile == found.source.locate(("ausnahmen",)).zeile
    assert said(check(antragsdatum="~entfernen"), "ausnahmen") == []
