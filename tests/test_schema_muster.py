"""The patterns of the schemas: each accepts what its parser reads, in every dialect of expressions, in no time."""

import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import SCHREIBWEISEN, cents

from foerdercheck.model.amounts import parse_anzahl, parse_geld, parse_prozent, parse_stunden
from foerdercheck.model.budget import ALLE_KOSTENARTEN, ARTEN
from foerdercheck.model.scalars import ScalarError, fold, one_of, parse_datum, parse_ja_nein, parse_monat, parse_text
from foerdercheck.schema import patterns
from schemas import BUDGET, HISTORIE, every

PARSERS = [
    (parse_geld, patterns.GELD_PATTERN, "0159.,'’_ \u202f€-EURo–\t"),
    (parse_stunden, patterns.ZAHL, "0159.,'_ \u00a0hStd."),
    (parse_anzahl, patterns.ANZAHL, "0159.,'_ h"),
    (parse_prozent, patterns.PROZENT_PATTERN, "0159., %\t"),
    (parse_datum, patterns.DATUM, "01239.-/ "),
    (parse_monat, patterns.MONAT, "01239-\n"),
    (parse_ja_nein, patterns.JA_NEIN, "janeitrufslſ "),
    (parse_text, patterns.TEXT_PATTERN, "a= \t\n1"),
]
PARTS = ["48", "000", "1", "5", "0", "100", ".000", ",000", " 000", "'000", "_000", ",50", ".5", ",-"]
PARTS += ["€", "EUR", " ", "h", "Std.", "%", "2024", "-02", "-29", ".2."]
each_parser = pytest.mark.parametrize(
    ("parse", "pattern", "letters"), PARSERS, ids=lambda value: getattr(value, "__name__", "")
)


def reads(parse, text: str) -> bool:
    try:
        parse(text)
    except ScalarError:
        return False
    return True


@each_parser
@settings(max_examples=150)
@given(st.data())
def test_a_pattern_accepts_what_its_parser_reads(parse, pattern, letters, data):
    text = data.draw(
        st.one_of(st.text(letters, max_size=12), st.lists(st.sampled_from(PARTS), max_size=6).map("".join))
    )
    assert bool(re.search(pattern, text)) == reads(parse, text)


@given(cents(10**14 - 1), st.sampled_from(SCHREIBWEISEN))
def test_every_notation_of_an_amount_matches(betrag, write):
    assert re.search(patterns.GELD_PATTERN, write(betrag))


@pytest.mark.parametrize("year", [1899, 1900, 1904, 2000, 2026, 2100, 2196, 2200])
def test_every_day_of_the_calendar_matches_and_no_other(year):
    for month in range(14):
        for day in range(33):
            for text in (f"{year}-{month:02}-{day:02}", f"{day}.{month}.{year}", f"{day:02}.{month:02}.{year}"):
                assert bool(re.search(patterns.DATUM, text)) == reads(parse_datum, text), text


@pytest.mark.parametrize("known", [ARTEN, ALLE_KOSTENARTEN, ("Süd-Ost", "a b", "x.y")], ids=len)
def test_words_match_in_every_spelling_that_is_read(known):
    pattern, parse = re.compile(patterns.words_pattern(known)), one_of(known, "hier")
    for word in known:
        for text in (
            word,
            word.upper(),
            f"\u00a0{word}\n",
            word.replace("_", " \t"),
            word.replace("_", "-"),
            f"{word}x",
            word[1:],
        ):
            assert bool(pattern.search(text)) == reads(parse, text), text
        for plain_, umlaut in (("oe", "ö"), ("ue", "Ü"), ("ae", "a\u0308"), ("ss", "ß"), ("st", "ﬆ")):
            assert pattern.search(word.replace(plain_, umlaut))


def test_whatever_becomes_ascii_matches_a_word():
    pattern = re.compile(patterns.words_pattern(["aeoeuessffiflstk"]))
    for char in map(chr, range(128, 0x10000)):
        small = fold(char)
        if small != char and small.isascii() and small.isalpha():
            assert pattern.search("aeoeuessffiflstk".replace(small, char, 1)), hex(ord(char))


def test_patterns_are_those_of_every_dialect():
    """An escape that ECMA does not know is an error there, and no construct here is known to Python alone."""
    for pattern in every([BUDGET, HISTORIE], "pattern"):
        assert set(re.findall(r"\\(.)", pattern)) <= set(r"trnu^$\.*+?()[]{}|/")
        assert re.findall(r"\(\?[^:!]", pattern) == []


@pytest.mark.parametrize("filling", [" ", "1", ".000", "1.", "€", "'000", "\u202f000", "h", "a ", ",-", "_", "\t"])
def test_long_text_costs_no_time(filling):
    texts = [start + filling * (30_000 // len(filling)) + "x" for start in ("1", "personal", " ")]
    begun = time.process_time()
    for pattern in set(every([BUDGET, HISTORIE], "pattern")):
        for text in texts:
            re.search(pattern, text)
    assert time.process_time() - begun < 5
