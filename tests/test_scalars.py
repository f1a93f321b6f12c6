"""Amounts, hours and percentages as they stand in a file: what is read exactly, what is refused, and what the refusal advises."""

import time
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import SCHREIBWEISEN, cents

from foerdercheck.model.amounts import parse_anzahl, parse_geld, parse_prozent, parse_stunden, parse_ust
from foerdercheck.model.scalars import (
    Flaw,
    Percent,
    ScalarError,
    one_of,
    parse_datum,
    parse_ja_nein,
    parse_monat,
    parse_text,
)

PARSERS = [parse_geld, parse_stunden, parse_prozent, parse_datum, parse_monat, parse_ja_nein, parse_anzahl, parse_text]
PARSERS.append(one_of(("personal", "material"), "als Kostenart"))


def refused(parse, raw) -> str:
    with pytest.raises(ScalarError) as error:
        parse(raw)
    return str(error.value)


GELD = {
    "48000": "48000.00", "48_000": "48000.00", "48 000": "48000.00", "48\u00a0000": "48000.00", "48\u2009000": "48000.00",
    "48\u202f000": "48000.00", "48000.5": "48000.50", "48000.50": "48000.50", "48000,5": "48000.50", "48000,50": "48000.50",
    "48.000,50": "48000.50", "1.234.567": "1234567.00", "1.234.567,89": "1234567.89", "48,000.50": "48000.50",
    "1,234,567": "1234567.00", "48000.10": "48000.10", "0": "0.00", "0,05": "0.05", "48'000,50": "48000.50",
    "12.345,6": "12345.60", "48 000,50 €": "48000.50", "€ 48.000,50": "48000.50", "48.000,50 EUR": "48000.50",
    "eur 5": "5.00", "5,-": "5.00", "5,--": "5.00", "5,– €": "5.00", " \u00a05\t": "5.00", "999999999999,99": "999999999999.99",
}  # fmt: skip


@pytest.mark.parametrize(("written", "read"), GELD.items())
def test_money_is_read_exactly_with_two_decimals(written, read):
    assert str(parse_geld(written)) == read


AMBIGUOUS = {
    "48.000": "(48000 oder 48?): schreiben Sie 48000 – oder 48,00, wenn",
    "48,000": "(48000 oder 48?): schreiben Sie 48000 – oder 48,00, wenn",
    "48.500": "(48500 oder 48,5?): schreiben Sie 48500 – oder 48,50, wenn",
    "100.120": "(100120 oder 100,12?): schreiben Sie 100120 – oder 100,12, wenn",
    "1.000 €": "(1000 oder 1?): schreiben Sie 1000 – oder 1,00, wenn",
}


@pytest.mark.parametrize(("written", "meant"), AMBIGUOUS.items())
def test_ambiguous_money_says_what_to_write_instead(written, meant):
    text = refused(parse_geld, written)
    assert "ist mehrdeutig" in text
    assert meant in text


def test_the_advice_for_ambiguous_money_is_itself_readable():
    assert refused(parse_geld, "48.123").endswith("schreiben Sie 48123")
    assert parse_geld("48123") == Decimal(48123)
    assert "– oder 12,3450, wenn" in refused(parse_stunden, "12.345")
    assert parse_stunden("12,3450") == Decimal("12.345")


NO_MONEY = ["1e5", "0x10", ".inf", ".nan", "1:30", "010", "1.23.456", "text", "€", "1,2,3", ".5", "5.", "48 00", "00"]
NO_MONEY += [
    "٣٤",
    "４８",
    "²",
    "५",
    "1.000.00",
    "1'00",
    "1_00",
    "5 $",
    "5–6",
    "+5",
    "1 000.000,00",
    "12\n000",
    "5 EUR 5",
]


@pytest.mark.parametrize("written", NO_MONEY)
def test_what_is_no_money_is_refused_with_an_example(written):
    assert refused(parse_geld, written).endswith("ist kein Betrag: schreiben Sie z. B. 48.000,00")


def test_too_many_decimals_are_counted():
    assert refused(parse_geld, "12,3456") == "„12,3456“ hat 4 Nachkommastellen, höchstens 2 sind möglich"
    assert refused(parse_geld, "1.234.567,891").endswith("hat 3 Nachkommastellen, höchstens 2 sind möglich")


@pytest.mark.parametrize("written", ["-5", "−5", "-5,00 €", "-0", Decimal(-1), Decimal("-0.01")])
def test_negative_amounts_are_refused(written):
    assert refused(parse_geld, written).endswith("ein negativer Wert ist hier nicht möglich")


@pytest.mark.parametrize("written", ["", "   ", "\u00a0", "\u202f\u2009"])
def test_empty_says_to_leave_the_entry_out(written):
    assert refused(parse_geld, written).startswith("leer: hier wird ein Betrag, z. B. 48.000,00 erwartet")


HUGE = [
    "1000000000000",
    "9" * 40,
    "1" + ".000" * 12,
    "1 000 000 000 000",
    Decimal("1e40"),
    Decimal("Infinity"),
    Decimal(10**12),
]


@pytest.mark.parametrize("written", [*HUGE, Decimal("999999999999.995")])
def test_huge_amounts_are_refused(written):
    assert refused(parse_geld, written).endswith("ist zu groß: weniger als eine Billion wird erwartet")


@pytest.mark.parametrize("parse", [parse_geld, parse_stunden, parse_prozent, parse_anzahl])
def test_a_cell_that_is_no_number_is_refused(parse):
    for cell in (Decimal("NaN"), Decimal("sNaN"), Decimal("-Infinity"), Decimal("1e999999")):
        refused(parse, cell)


def test_cells_are_rounded_half_up_to_cents():
    assert str(parse_geld(Decimal("0.005"))) == "0.01"
    assert str(parse_geld(Decimal("48000.1"))) == "48000.10"
    assert str(parse_geld(Decimal("1E+3"))) == "1000.00"


STUNDEN = {
    "1290": "1290", "1.290,5": "1290.5", "1290.5": "1290.5", "1 290": "1290", "860 h": "860", "860 Std.": "860", "8 Stunden": "8",
    "0,0001": "0.0001", "0,125": "0.125", "1,2345": "1.2345", "1.234.567,8": "1234567.8",
}  # fmt: skip


@pytest.mark.parametrize(("written", "read"), STUNDEN.items())
def test_hours_are_read_exactly(written, read):
    assert str(parse_stunden(written)) == read


def test_hours_have_at_most_four_decimals_and_are_never_ambiguous():
    assert refused(parse_stunden, "1,23456") == "„1,23456“ hat 5 Nachkommastellen, höchstens 4 sind möglich"
    assert "schreiben Sie 1720 – oder 1,72, wenn" in refused(parse_stunden, "1.720")
    assert refused(parse_stunden, "viele").endswith("ist keine Zahl: schreiben Sie z. B. 1.290,5")


PROZENT = {
    "75 %": "0.75", "75%": "0.75", "12,5 %": "0.125", "12.5\u202f%": "0.125", "0 %": "0", "100 %": "1", "0,01 %": "0.0001",
}  # fmt: skip


@pytest.mark.parametrize(("written", "read"), PROZENT.items())
def test_percentages_are_fractions(written, read):
    assert parse_prozent(written) == Decimal(read)


@pytest.mark.parametrize(("written", "advice"), [("75", "75"), ("0.75", "75"), ("0,125", "12,5"), ("1", "1")])
def test_a_percentage_without_its_sign_is_refused_and_advised(written, advice):
    text = refused(parse_prozent, written)
    assert text == f"„{written}“ ist kein Prozentsatz: das Prozentzeichen fehlt, schreiben Sie z. B. {advice} %"
    assert refused(parse_prozent, "viel") == "„viel“ ist kein Prozentsatz: schreiben Sie z. B. 75 %"


@pytest.mark.parametrize("written", ["101 %", "100,01 %", Decimal(101), "1.000.000 %", Percent("1.19"), Percent(25)])
def test_percentages_end_at_one_hundred(written):
    assert "ein Prozentsatz zwischen 0 % und 100 % wird erwartet" in refused(parse_prozent, written)


@pytest.mark.parametrize(
    ("cell", "read"), [("0.75", "0.75"), ("0.9999", "0.9999"), ("2", "0.02"), ("75", "0.75"), ("100", "1"), ("0", "0")]
)
def test_percentages_in_cells(cell, read):
    assert parse_prozent(Decimal(cell)) == Decimal(read)


@pytest.mark.parametrize("cell", ["0.75", "1", "0", "0.005"])
def test_a_cell_that_shows_a_percentage_holds_a_fraction(cell):
    assert parse_prozent(Percent(cell)) == Decimal(cell)


@pytest.mark.parametrize(
    ("cell", "either"), [("1", "1 % oder 100 %"), ("1.19", "1,19 % oder 119 %"), ("1.9999", "1,9999 % oder 199,99 %")]
)
def test_a_number_from_one_to_two_may_be_either(cell, either):
    assert either in refused(parse_prozent, Decimal(cell))


@pytest.mark.parametrize("parse", [parse_geld, parse_stunden, parse_anzahl])
def test_a_percentage_is_no_number_and_no_amount(parse):
    assert "„50 %“" in refused(parse, Percent("0.5"))


@pytest.mark.parametrize(
    ("written", "read"), [("25 %", "0.25"), (Percent("0.25"), "0.25"), (Decimal(25), "0.25"), ("0 %", "0")]
)
def test_rates_of_vat(written, read):
    assert parse_ust(written) == Decimal(read)


@pytest.mark.parametrize(
    "written", ["25,01 %", "30 %", Percent("0.2501"), Percent("1.19"), Decimal(26), Decimal("0.26")]
)
def test_no_rate_of_vat_is_higher_than_a_quarter(written):
    assert refused(parse_ust, written)


@pytest.mark.parametrize("parse", PARSERS)
def test_what_is_wrong_with_a_cell_is_said_wherever_it_is_read(parse):
    wrong = "die Zelle zeigt „8“, gespeichert ist „8400“"
    assert refused(parse, Flaw(wrong)) == wrong


@given(cents(10**14 - 1), st.sampled_from(SCHREIBWEISEN))
def test_every_notation_of_every_amount_reads_back_exactly(betrag, write):
    assert parse_geld(write(betrag)) == betrag


@given(
    st.integers(0, 10**4).map(lambda value: Decimal(value).scaleb(-2)), st.sampled_from(["{} %", "{}%", "{}\u202f%"])
)
def test_every_percentage_reads_back_exactly(points, notation):
    assert parse_prozent(notation.format(points)) == points / 100
    assert parse_prozent(notation.format(str(points).replace(".", ","))) == points / 100


@given(st.dates(date(1900, 1, 1), date(2199, 12, 31)))
def test_every_date_reads_back_exactly(day):
    assert parse_datum(day.isoformat()) == day
    assert parse_datum(f"{day.day}.{day.month}.{day.year}") == day
    assert parse_datum(f"{day:%d.%m.%Y}") == day


CELLS = st.one_of(
    st.text(),
    st.text("0123456789.,'’_ %€-\u00a0EURh", max_size=40),
    st.decimals(allow_nan=True, allow_infinity=True),
    st.booleans(),
    st.dates(),
    st.lists(st.text(), max_size=2),
    st.dictionaries(st.text(), st.text(), max_size=2),
)


@given(CELLS)
def test_nothing_but_a_scalar_error_is_ever_raised(raw):
    for parse in PARSERS:
        try:
            value = parse(raw)
        except ScalarError:
            continue
        assert isinstance(value, (Decimal, date, bool, int, str))


@pytest.mark.parametrize("parse", PARSERS)
@pytest.mark.parametrize("filling", [" ", "1", ".000", "1.", "€", "'000", "\u202f000", "h", "a ", ",-"])
def test_long_text_costs_no_time(parse, filling):
    start = time.process_time()
    refused(parse, "1" + filling * (500_000 // len(filling)) + "x")
    assert time.process_time() - start < 2
