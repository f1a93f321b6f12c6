"""The calendar of deadlines: valid lines, one entry for each day, texts that are nothing but text, the same bytes each time."""

import re
from dataclasses import replace
from datetime import date

from demo import JA, NEIN, check_demo
from report_cases import given_what_strangers_write

from foerdercheck.many.budgets import kept
from foerdercheck.model.kalender import plus_months
from foerdercheck.programmes.fassung import Frist
from foerdercheck.reports.ics import ics_document, ics_view

DAY = date(2026, 3, 31)
FRISTEN = (
    Frist("Verwendungsnachweis; mit Belegen, prüfen", "7.4", nach="bewilligung", monate=0),
    Frist("laufend", "6.2"),
)


def with_deadlines(file):
    found = check_demo(file)
    project = found.budget.vorhaben._replace(bewilligung=DAY)
    return replace(
        found, fassung=replace(found.fassung, fristen=FRISTEN), budget=found.budget._replace(vorhaben=project)
    )


ASSESSMENT = with_deadlines(JA)


def calendar(assessment):
    text = "".join(ics_document([kept(assessment, ics_view)]))
    assert text.replace("\r\n", "").count("\n") == text.replace("\r\n", "").count("\r") == 0
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    return text.replace("\r\n ", "").split("\r\n")


def test_each_deadline_with_a_day_is_an_entry_with_a_reminder_a_month_before():
    lines = calendar(ASSESSMENT)
    assert (lines[0], lines[-2:], lines.count("BEGIN:VEVENT")) == ("BEGIN:VCALENDAR", ["END:VCALENDAR", ""], 1)
    assert {"DTSTART;VALUE=DATE:20260331", "DTEND;VALUE=DATE:20260401"} <= set(lines)
    assert f"TRIGGER;VALUE=DATE-TIME:{plus_months(DAY, -1):%Y%m%d}T080000Z" in lines
    assert any(line.startswith("SUMMARY:Verwendungsnachweis\\; mit Belegen\\, prüfen (") for line in lines)
    assert any(line.startswith("DESCRIPTION:Ziffer 7.4 · ") and "(traumland)" in line for line in lines)
    assert calendar(ASSESSMENT) == lines


def test_a_project_that_is_not_eligible_has_none():
    assert "BEGIN:VEVENT" not in calendar(with_deadlines(NEIN))


@given_what_strangers_write
def test_what_strangers_write_begins_no_line(text):
    budget = ASSESSMENT.budget._replace(vorhaben=ASSESSMENT.budget.vorhaben._replace(titel=f"{text}\r\nEND:VEVENT"))
    lines = calendar(replace(ASSESSMENT, budget=budget))
    assert [re.split("[:;]", line)[0] for line in lines] == [re.split("[:;]", line)[0] for line in calendar(ASSESSMENT)]
    assert lines.count("END:VEVENT") == 1


def test_the_ending_says_it(check, tmp_path):
    goal = tmp_path / "fristen.ics"
    assert check(JA, "-o", goal).code == 0
    assert goal.read_bytes().startswith(b"BEGIN:VCALENDAR\r\n")
    assert "zeigt keinen Vergleich" in check(JA, "--alle", "-o", goal).err
