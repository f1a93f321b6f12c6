"""Days, months, yes and no, counts: what is read, what is refused, and how the refusal says what to write."""

from datetime import date

import pytest

from foerdercheck.model.amounts import parse_anzahl
from foerdercheck.model.scalars import ScalarError, parse_datum, parse_ja_nein, parse_monat


def refused(parse, raw) -> str:
    with pytest.raises(ScalarError) as error:
        parse(raw)
    return str(error.value)


@pytest.mark.parametrize("written", ["2026-03-01", "01.03.2026", "1.3.2026", " 2026-03-01 ", date(2026, 3, 1)])
def test_dates(written):
    assert parse_datum(written) == date(2026, 3, 1)


NO_DATE = [
    "03/01/2026",
    "2026-3-1",
    "20260301",
    "2026-03-01T00:00",
    "1.3.26",
    "März 2026",
    "2026-03",
    "٢٠٢٦-٠٣-٠١",
    "1. 3. 2026",
]


@pytest.mark.parametrize("written", NO_DATE)
def test_other_dates_are_refused(written):
    assert refused(parse_datum, written).partition("ist kein Datum: schreiben Sie ")[2]


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("03/01/2026", "03.01.2026 oder 01.03.2026, je nachdem, was gemeint ist"),
        ("17/05/2026", "17.05.2026"),
        ("05/17/2026", "17.05.2026"),
        ("30.09.27", "30.09.2027"),
    ],
)
def test_a_refused_date_is_told_how_to_write_it(written, said):
    assert refused(parse_datum, written).endswith(f"schreiben Sie {said}")


@pytest.mark.parametrize("written", ["2026-02-29", "31.04.2026", "2026-13-01", "0.1.2026"])
def test_days_that_do_not_exist(written):
    assert refused(parse_datum, written).endswith("dieses Datum gibt es nicht")


def test_years_have_limits():
    assert parse_datum("1900-01-01") == date(1900, 1, 1)
    assert parse_datum("2199-12-31") == date(2199, 12, 31)
    for written in ("1899-12-31", "2200-01-01", "0026-03-01", date(9999, 1, 1)):
        assert refused(parse_datum, written).endswith("ein Jahr zwischen 1900 und 2199 wird erwartet")


def test_months():
    assert parse_monat("2026-04") == date(2026, 4, 1)
    assert parse_monat(date(2026, 4, 30)) == date(2026, 4, 1)
    assert refused(parse_monat, "04.2026").endswith("ist kein Monat: schreiben Sie 2026-04")
    assert refused(parse_monat, "im April").endswith("ist kein Monat: schreiben Sie z. B. 2026-04")
    assert refused(parse_monat, "2026-13").endswith("dieses Datum gibt es nicht")


@pytest.mark.parametrize("written", ["ja", "Ja", "JA", "true", "True", True])
def test_yes(written):
    assert parse_ja_nein(written) is True


@pytest.mark.parametrize("written", ["nein", "NEIN", "false", "False", False])
def test_no(written):
    assert parse_ja_nein(written) is False


@pytest.mark.parametrize(
    ("written", "advice"),
    [("yes", "ja"), ("ON", "ja"), ("no", "nein"), ("Off", "nein"), ("1", "ja oder nein"), ("x", "ja oder nein")],
)
def test_english_yes_and_no_are_refused_with_the_german_word(written, advice):
    assert refused(parse_ja_nein, written) == f"„{written}“ ist weder ja noch nein: schreiben Sie {advice}"


def test_counts_are_whole():
    assert parse_anzahl("3") == 3
    assert parse_anzahl("9999") == 9999
    for written in ("2,5", "10000"):
        assert refused(parse_anzahl, written).endswith("eine ganze Zahl zwischen 0 und 9.999 wird erwartet")
