"""What a report makes of the decisions on money, orders, aid and deadlines: the answers on top and the tables below."""

import re
from datetime import date

import pytest
from rechtsfaelle import case_named
from test_law_is_data import check, order, with_value
from test_law_of_regulations import HOF

from foerdercheck.model.deutsch import frist
from foerdercheck.reports.bericht import report
from foerdercheck.reports.dokument import Tabelle, Zelle
from foerdercheck.reports.result_json import budget_json
from foerdercheck.reports.text import render_text
from foerdercheck.reports.urteil import verdict

OFFEN = "Erst zusammen 100.000,01 €, der Bescheid ist nicht angegeben: ob drei Angebote nötig sind, ist offen"
EINZELN = "Erst zusammen mehr als 100.000 €, jeder erhält einen eigenen Bescheid: drei Angebote sind nicht nötig"
GEMEINSAM = "Erst zusammen mehr als 100.000 €, ein Bescheid für alle: drei Angebote sind nötig, offen"


def assessed(name: str):
    return case_named("sh-ki", name).assess()


def answered(name: str, question: str) -> Zelle:
    return dict(verdict(assessed(name)).antworten)[question]


@pytest.mark.parametrize(("name", "needed"), [(OFFEN, None), (EINZELN, False), (GEMEINSAM, True)])
def test_json_says_null_while_it_is_open_whether_offers_are_needed(name, needed):
    vergabe = budget_json(assessed(name), herleitung=False)["vergabe"]
    assert vergabe["drei_angebote_erforderlich"] is needed
    assert [auftrag["drei_angebote_erforderlich"] for auftrag in vergabe["auftraege"]] == [needed]


@pytest.mark.parametrize(
    ("name", "ton"),
    [
        (OFFEN, "warnung"),
        (EINZELN, "gut"),
        ("Drei Angebote vor dem Vertrag: erfüllt", "gut"),
        (
            "Erst zusammen mehr als 100.000 €, drei Angebote liegen vor, der Bescheid ist nicht angegeben: erfüllt",
            "gut",
        ),
        ("Vertrag ganz ohne Angebote: verletzt", "schlecht"),
        ("Drei Aufträge, einer davon ohne genug Angebote vergeben: der schlechteste zählt, verletzt", "schlecht"),
    ],
)
def test_the_answer_on_offers_looks_as_good_or_bad_as_it_is(name, ton):
    assert answered(name, "Drei Angebote?").ton == ton


@pytest.mark.parametrize(
    ("name", "text"),
    [
        (
            "Ein Start-up sagt, es sei nicht wirtschaftlich tätig: offen",
            "offen, ob eine wirtschaftliche Tätigkeit gefördert wird",
        ),
        (
            "Hochschule ohne Angabe zur Tätigkeit: De-minimis entfällt, die Annahme wird genannt",
            "entfällt, kein Unternehmen im Sinne des Beihilferechts",
        ),
        (
            "Ein Start-up ohne Angabe der Gründung nimmt als Partner ohne Kosten teil: die Prüfung entfällt bei ihm",
            "entfällt, kein Unternehmen im Sinne des Beihilferechts",
        ),
        ("Unternehmen ohne Angaben zu De-minimis-Beihilfen: offen", "offen, Angaben zu früheren Beihilfen fehlen"),
        (
            "Ein Unternehmen sagt nichts zu früheren Beihilfen, das andere ist einen Cent darüber: offen und verletzt",
            "frei sind 199.999,99 €; 200.000,00 € passen erst ab 02.06.2028",
        ),
    ],
)
def test_the_answer_on_aid_assumes_nothing_for_who_gets_money_and_asks_nobody_else(name, text):
    assert answered(name, "De-minimis?").text == text


def test_the_answer_on_aid_knows_that_this_kind_of_body_gets_none_by_a_de_minimis_regulation():
    found = check(order("50.000,00"), fassung=with_value("deminimis_verordnung", "1408/2013", art=("startup",)), **HOF)
    answer = dict(verdict(found).antworten)["De-minimis?"]
    assert answer == Zelle("entfällt, hier wird nicht nach einer De-minimis-Verordnung gefördert", "gut")


@pytest.mark.parametrize(
    ("name", "why", "closing"),
    [
        ("Die Finanzierung geht auf den Cent auf: erfüllt, ohne „bis auf“", "höchste, da keine beantragt ist", "gut"),
        (
            "Ohne beantragt, andere decken einen Cent mehr: angenommen werden 43.124,99 €, nichts ist gekürzt",
            "was weitere Mittel übrig lassen, da keine beantragt ist",
            "gut",
        ),
        ("Zugesagtes Geld anderer deckt genau den Rest: nichts entfällt", "beantragt 43.125,00 €", "gut"),
        (
            "Zugesagt sind 20.000 €: um 5.625 € gekürzt, auf 37.500 €",
            "beantragt 43.125,00 €, gerechnet wird, was weitere Mittel übrig lassen",
            "gut",
        ),
        ("Eigenmittel genau 1,00 € über dem Bedarf: Hinweis, die Finanzierung ist gesichert", "höchste, da", "warnung"),
        ("Eine Finanzierungslücke von genau 1,00 €: verletzt", "höchste, da", "schlecht"),
        ("Eine Finanzierungslücke von 0,07 €: gedeckt bis auf 0,07 €, erfüllt", "höchste, da", "gut"),
        ("Angabe der Eigenmittel fehlt: Eigenbeteiligung und Gesamtfinanzierung sind offen", "höchste, da", "warnung"),
    ],
)  # fmt: skip
def test_the_table_of_money_says_where_the_grant_comes_from_and_how_it_closes(name, why, closing):
    tables = [block for block in report(assessed(name)) if isinstance(block, Tabelle)]
    (money,) = [table for table in tables if table.spalten[0].titel == "Finanzierung"]
    (grant,) = [row for row in money.zeilen if row[0].text == "Zuwendung"]
    assert grant[1].text.startswith(why)
    assert money.zeilen[-1][-1].ton == closing


def test_a_rule_falls_away_only_where_it_does_for_everybody():
    """The partner takes part without money, so for him every rule does."""
    found = assessed(
        "Eine Landesbehörde nimmt als Partner ohne Kosten und ohne Zuwendung teil: alles entfällt bei ihr, erfüllt"
    )
    text = render_text(report(found, ausfuehrlich=True))
    (dropped,) = re.findall(r"Entfällt \(\d+\):\n(.*)", text)
    assert "3-startup, 3.1-deminimis" in dropped
    assert "3-antragsberechtigung" not in dropped
    assert "5.3-kostenarten" not in dropped
    assert "6.4-open-access" not in dropped  # a Hinweis to the applicant
    assert "Landesamt – landesbehoerde, Sitz Hamburg, ohne Kosten und ohne Zuwendung\n" in text
    assert len(re.findall(r"^  Kosten +Bezeichnung", text, re.MULTILINE)) == 1


@pytest.mark.parametrize(
    ("day", "shown"),
    [
        (date(2026, 10, 30), "30.10.2026"),
        (date(2026, 10, 31), "31.10.2026 (Samstag)"),
        (date(2026, 11, 1), "01.11.2026 (Sonntag)"),
        (date(2026, 11, 2), "02.11.2026"),
    ],
)
def test_a_last_day_at_a_weekend_says_so(day, shown):
    assert frist(day) == shown


def test_deadlines_show_the_weekend_and_our_reading():
    found = assessed("Ende am 28.11.2026: Verwendungsnachweis bis 28.02.2027, denn den 29.02.2027 gibt es nicht")
    assert "28.02.2027 (Sonntag)  Verwendungsnachweis vorlegen" in render_text(report(found))
    found = assessed("De-minimis-Bescheinigung zehn Jahre aufbewahren: bis 20.03.2036")
    assert "[Auslegung: die zehn Jahre beginnen mit der Gewährung]" in render_text(report(found))
