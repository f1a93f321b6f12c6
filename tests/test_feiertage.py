"""Working days by rule agree with lists made by hand from calendars."""

from datetime import date, timedelta

import pytest

from foerdercheck.model.feiertage import arbeitstage_nach, feiertage

BEWEGLICHE = """
2026-04-03 2026-04-06 2026-05-14 2026-05-25
2027-03-26 2027-03-29 2027-05-06 2027-05-17
2028-04-14 2028-04-17 2028-05-25 2028-06-05
2029-03-30 2029-04-02 2029-05-10 2029-05-21
2030-04-19 2030-04-22 2030-05-30 2030-06-10
2031-04-11 2031-04-14 2031-05-22 2031-06-02
2032-03-26 2032-03-29 2032-05-06 2032-05-17
2033-04-15 2033-04-18 2033-05-26 2033-06-06
2034-04-07 2034-04-10 2034-05-18 2034-05-29
2035-03-23 2035-03-26 2035-05-03 2035-05-14
"""
"""Good Friday, Easter Monday, Ascension Day and Whit Monday."""


@pytest.mark.parametrize("line", BEWEGLICHE.split("\n")[1:-1])
def test_the_holidays_of_all_of_germany(line):
    bewegliche = {date.fromisoformat(text) for text in line.split()}
    (jahr,) = {tag.year for tag in bewegliche}
    feste = {date(jahr, 1, 1), date(jahr, 5, 1), date(jahr, 10, 3), date(jahr, 12, 25), date(jahr, 12, 26)}
    assert feiertage(jahr) == bewegliche | feste


@pytest.mark.parametrize(
    ("tag", "letzter", "warum"),
    [
        ("2026-03-02", "2026-03-30", "four weeks without a holiday"),
        ("2026-03-15", "2026-04-14", "granted on a Sunday; Good Friday and Easter Monday lie between"),
        ("2026-12-01", "2026-12-30", "Christmas Day is a Friday, the 26th a Saturday anyway"),
        ("2026-12-15", "2027-01-14", "Christmas and New Year; the 24th and the 31st are working days"),
        ("2027-04-26", "2027-05-26", "Ascension Day and Whit Monday; the first of May is a Saturday"),
        ("2026-10-30", "2026-11-27", "Reformation Day and All Saints are no holidays of all Länder"),
        ("2026-05-22", "2026-06-22", "Corpus Christi is none either, Whit Monday is"),
    ],
)
def test_twenty_working_days_after_a_grant(tag, letzter, warum):
    assert arbeitstage_nach(date.fromisoformat(tag), 20).isoformat() == letzter, warum


def test_they_are_counted_day_by_day():
    for start in range(0, 3000, 37):
        tag = date(2026, 1, 1) + timedelta(start)
        letzter = arbeitstage_nach(tag, 20)
        days = [tag + timedelta(more) for more in range(1, (letzter - tag).days + 1)]
        working = [day for day in days if day.isoweekday() < 6 and day not in feiertage(day.year)]
        assert len(working) == 20
        assert working[-1] == letzter
