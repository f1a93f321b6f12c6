"""Number formats: what shows the number itself is read, what shows another one is refused with both."""

from datetime import date
from decimal import Decimal

import pytest

from foerdercheck.model.scalars import Flaw, Percent
from foerdercheck.reading.number_formats import from_code, number, reads_as

PLAIN = [
    "", "General", "0", "0.00", "#,##0", "#,##0.00", "0.0#", "@", '#,##0.00 "€"', "#,##0.00\\ [$€-407]", '#,##0.00 "EUR"',
    "0.00 EUR", "[$€-2] #,##0.00",
    '_-* #,##0.00\\ "€"_-;\\-* #,##0.00\\ "€"_-;_-* "-"??\\ "€"_-;_-@_-', "#,##0;[Red]-#,##0", "#,##0.00;(#,##0.00)", '0 "h"',
    '0.0 "Std."', "0;-0;;@", "[Blue]0.00",
    "#,##0.00_);[Red](#,##0.00)", 'General" €"', '0.00" €/h"', '0" Monate"',
]  # fmt: skip


@pytest.mark.parametrize("code", PLAIN)
def test_formats_that_show_the_number_itself(code):
    assert from_code(code) is None


@pytest.mark.parametrize(
    ("code", "value", "seen"),
    [('"1.000,00 €"', 8400, "1.000,00 €"), ("0,", 8400, "8"), ("#,##0.0,,", 8_400_000, "8,4"), (";;;", 8400, "nichts"),
    ("0\\.00", 8400, "84.00"), ("0\\,00", 8400, "84,00"),
     ('0"1"', 8400, "84001"), ('[>1000]"9,00";0.00', 8400, "9,00"), ('[<9000]"1";0', 8400, "1"), ('0;0;"7"', 0, "7"),
     ('"1"0', 8400, "18400"), ("0%%", 8400, "84000000%%"),
     ('0" Mio."', 8400, None), ('"CHF" #,##0.00', 8400, "CHF 8.400,00"), ("[$CHF-807] #,##0.00", 8400, "CHF 8.400,00"),
     ("$#,##0", 8400, "$8.400"), ("[$£-809]0", 8400, "£8400"),
     ('0 "T€"', 8400, "8400 T€"), ('0.00 "USD"', 8400, "8400,00 USD"), ('0" Kč"', 8400, "8400 Kč"), ("0‰", 8400, "8400‰"),
     ("00\\-00", 8400, "84-00"), ('"x"', 8400, "x"),
     ("\\-0.00", 8400, "-8400,00"), ('"-"0', 8400, "-8400"), ("(0.00)", 8400, "(8400,00)"),
     ('"€ –"0', 8400, "€ –8400"), ('0.00"-"', 8400, "8400,00-"), ('0.0,"-"', 8400, "8,4-")],
)  # fmt: skip
def test_formats_that_show_something_else(code, value, seen):
    form = from_code(code)
    read = form.read(Decimal(value))
    assert isinstance(read, Flaw)
    assert seen is None or (f"„{seen}“" in read or (seen == "nichts" and "zeigt nichts" in read))


@pytest.mark.parametrize(
    ("code", "value"),
    [("0\\.000", 8400), ("#\\ ##0.00", 8400), ("#'##0", 8400), ("0.00E+00", 8400), ("# ?/?", "0.5"), ("0;-0;;@", 0), (";;;", 0),
    ("00000", 8400), ('0",-"', 8400), ('0".-"', 8400), ("0;0", -8400), ("0;(0)", -8400), ('[>9000]"9";0.00', 8400)],
)  # fmt: skip
def test_unusual_formats_that_still_show_the_number(code, value):
    form = from_code(code)
    assert (Decimal(value) if form is None else form.read(Decimal(value))) == Decimal(value)


@pytest.mark.parametrize(
    ("code", "value", "share"),
    [
        ("0%", "0.19", "0.19"),
        ("0.00\\ %", "25", "25"),
        ("[Red]0%;-0%", "1", "1"),
        ('0"%"', "19", "0.19"),
        ('0.0" %"', "0.5", "0.005"),
    ],
)
def test_percentages_are_fractions_of_what_is_shown(code, value, share):
    read = from_code(code).read(Decimal(value))
    assert (read, read.__class__) == (Percent(share), Percent)


DAYS = [
    "dd.mm.yyyy",
    "[$-407]d. mmmm yyyy",
    "[$-F800]dddd\\, mmmm dd\\, yyyy",
    "m/d/yy",
    "dd.mm.yyyy;@",
    "yyyy-mm-dd",
    "mmm yy",
    '"am "dd.mm.yyyy',
    "dd.mm.yyyy hh:mm",
    "[$-1010409]d/m/yy",
]


@pytest.mark.parametrize("code", DAYS)
def test_days(code):
    assert from_code(code).read(Decimal(46113)) == date(2026, 4, 1)
    assert from_code(code).read(Decimal(44651), since_1904=True) == date(2026, 4, 1)


@pytest.mark.parametrize(
    ("code", "value", "words"),
    [("dd.mm.yyyy", "46113.5", "Uhrzeit 12:00"), ("dd.mm.yyyy hh:mm", "46113.75", "Uhrzeit 18:00"),
    ("[h]:mm", "35.8333333333333", "860 Stunden"), ("hh:mm", "0.5", "Uhrzeit"),
     ("dd.mm.yyyy", "5", "als Datum formatiert"), ("dd.mm.yyyy", "-1", "als Datum"), ("dd.mm.yyyy", "3000000", "als Datum"),
     ('dd.mm."2031"', "46113", "01.04.2026"),
     ("mm.dd.yyyy", "46113", "nicht den Tag"), ('m"."d"."yy', "46113", "nicht den Tag"),
     ("[$-107041E]dd.mm.yyyy", "46113", "nicht den Tag"), ("dd.mm.bbbb", "46113", "nicht den Tag")],
)  # fmt: skip
def test_days_that_are_none(code, value, words):
    read = from_code(code).read(Decimal(value))
    assert isinstance(read, Flaw)
    assert words in read


@pytest.mark.parametrize(
    ("code", "text", "read"),
    [
        ("0.00", "abc", "abc"),
        ("0;0;0;@", "abc", "abc"),
        (';;;"1.000,00"', "abc", None),
        ('@"1"', "8400", None),
        (";;;", "abc", None),
        ("@", "x", "x"),
    ],
)
def test_what_formats_do_to_texts(code, text, read):
    form = from_code(code)
    shown = text if form is None else form.show_text(text)
    assert shown == read if read else isinstance(shown, Flaw)


@pytest.mark.parametrize(
    ("text", "value"),
    [("8400", "8400"), ("0.30000000000000004", "0.3"), ("4.0000000000000002E-2", "0.04"), ("1.0049999999999999", "1.005"),
    ("12345678901234567", "12345678901234600"), ("1e5", "100000"),
     ("-0", "0"), ("1E-400", "0"), (".5", "0.5"), ("5.", "5"), ("+5", "5"), ("1.7976931348623157E+308", "1.79769313486232E+308")],
)  # fmt: skip
def test_numbers_have_the_digits_that_are_shown(text, value):
    assert number(text) == Decimal(value)


@pytest.mark.parametrize(
    "text", ["", " ", "1,5", "0x10", "NaN", "INF", "1e999", "1e99999", "1 2", "１", "--1", "1e", "e5", "1_000"]
)
def test_what_is_no_number(text):
    with pytest.raises(ValueError, match=r".*"):
        number(text)


@pytest.mark.parametrize(
    ("seen", "value", "german", "english"),
    [("8.400,00 €", "8400", True, True), ("8,400.00", "8400", False, True), ("8.400", "8400", True, True),
    ("8,400", "8400", False, True), ("8400", "8400.49", True, True), ("8401", "8400.49", False, False),
     ("-8.400", "-8400", True, True), ("-", "0", True, True), ("-", "5", False, False), ("", "0", True, True),
     ("1,29E+03", "1290", True, True), ("8 400", "8400", True, True), ("8'400.5", "8400.5", False, True),
     ("1.2.3", "123", False, False), ("84,00 von 100", "84", False, False), ("700,333333", "700.33333333", True, True)],
)  # fmt: skip
def test_what_a_person_reads(seen, value, german, english):
    assert (reads_as(seen, Decimal(value), german=True), reads_as(seen, Decimal(value), german=False)) == (
        german,
        english,
    )
