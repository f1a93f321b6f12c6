"""Accepted exceptions in reports, in JSON and beside other programmes: what was accepted stays visible."""

import json

import pytest
import yaml
from demo import FASSUNG, UNDER
from rechtsfaelle import merge
from report_cases import ROOT
from test_ausnahmen import AUSNAHME, GRUNDFALL, check, said

from foerdercheck.assessment.alle import assess_under_all
from foerdercheck.programmes import programme_ids
from foerdercheck.reading.files import read_text
from foerdercheck.reports.alle import comparison
from foerdercheck.reports.bericht import report
from foerdercheck.reports.dokument import Zelle
from foerdercheck.reports.result_json import budget_line
from foerdercheck.reports.summary import at_a_glance, overview


def test_json_says_what_was_accepted():
    data = json.loads(budget_line(check(AUSNAHME, folgekosten_gesichert="nein")))
    accepted = [befund["angenommen"] for befund in data["befunde"] if "angenommen" in befund]
    assert accepted == [
        {
            "status": "verletzt",
            "grund": "Betrieb läuft aus",
            "wer": "WTSH, Frau Hansen",
            "bis": "2026-12-31",
            "text": "Die Folgekosten sind nicht gesichert.",
        }
    ]


def test_the_report_shows_it_apart_and_in_the_verdict(tmp_path, run):
    tree = merge(
        GRUNDFALL, {"vorhaben": {"folgekosten_gesichert": "nein"}, "ausnahmen": [AUSNAHME | {"bis": "2199-12-31"}]}
    )
    file = tmp_path / "budget.yaml"
    file.write_text(yaml.safe_dump(tree, allow_unicode=True), encoding="utf-8")
    shown = run("check", *UNDER, file)
    assert shown.code == 0
    assert "Angenommene Ausnahmen (1):" in shown.out
    assert "ERGEBNIS: FÖRDERFÄHIG (mit Ausnahmen)\n" in shown.out
    assert "; mit 1 angenommenen Ausnahme" in shown.out
    assert "mit Ausnahmen" in run("check", *UNDER, "--quiet", file).out


@pytest.mark.parametrize(
    ("ausnahmen", "title", "answer", "ton"),
    [
        ([], "NICHT FÖRDERFÄHIG", "nein", "schlecht"),
        ([AUSNAHME], "FÖRDERFÄHIG (mit Ausnahmen)", "ja (mit Ausnahmen)", "warnung"),
        (
            [AUSNAHME, AUSNAHME | {"regel": "7-sitz"}],
            "NICHT FÖRDERFÄHIG (mit Ausnahmen)",
            "nein (mit Ausnahmen)",
            "schlecht",
        ),
    ],
)
def test_report_and_summary_say_it_and_keep_the_tone_of_a_bad_verdict(ausnahmen, title, answer, ton):
    other = {"gesamtfinanzierung_gesichert": "nein"} if len(ausnahmen) == 2 else {}
    found = check(*ausnahmen, folgekosten_gesichert="nein", **other)
    table, *_ = overview([at_a_glance(found)], ())
    assert table.zeilen[0][1] == Zelle(answer, ton)
    *_, verdict = report(found)
    assert (verdict.titel, verdict.ton) == (title, ton)


@pytest.mark.parametrize("regel", ["7-sitz", "traumland/7-sitz", "7-folgen"])
def test_no_other_programme_is_bound_by_them(regel):
    tree = merge(GRUNDFALL, {"ausnahmen": [AUSNAHME | {"regel": regel, "bis": "2199-12-31"}]})
    document = read_text(yaml.safe_dump(tree, allow_unicode=True).encode(), "b.yaml")
    own, *others = assess_under_all(document, ROOT, eigene=FASSUNG)
    assert said(own.assessment, "ausnahmen")[0].status == "hinweis"
    assert [vergleich.fassung.programm for vergleich in others] == programme_ids()
    for vergleich in others:
        assert (vergleich.assessment.fehler, vergleich.assessment.angenommene) == ((), 0)
        assert "ausnahmen" in vergleich.weggelassen
        assert "regel" not in vergleich.weggelassen
    without = assess_under_all(document._replace(tree=GRUNDFALL), ROOT, eigene=FASSUNG)
    assert [v.assessment.ergebnis for v in without][1:] == [v.assessment.ergebnis for v in others]


def test_the_comparison_says_what_was_accepted_under_the_own_programme():
    tree = merge(
        GRUNDFALL, {"ausnahmen": [AUSNAHME | {"bis": "2199-12-31"}], "vorhaben": {"folgekosten_gesichert": "nein"}}
    )
    document = read_text(yaml.safe_dump(tree, allow_unicode=True).encode(), "b.yaml")
    _, table, *_ = comparison("b.yaml", list(assess_under_all(document, ROOT, eigene=FASSUNG)))
    assert table.zeilen[0][1] == Zelle("FÖRDERFÄHIG (mit Ausnahmen)", "warnung")
