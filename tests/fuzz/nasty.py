"""What people, spreadsheets and attackers write where something else is expected, and what is plausible anywhere."""

import re
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from hypothesis import strategies as st

from foerdercheck.model.angaben import BUDGETBLAETTER
from foerdercheck.model.budget import ALLE_KOSTENARTEN, ARTEN
from foerdercheck.programmes import programme_ids


class Raw(str):
    """A piece of YAML that is written as it stands, not as a scalar."""

    __slots__ = ()


class Twin(str):
    """A key that stands beside the same key in a mapping."""

    __slots__ = ()
    __hash__ = object.__hash__

    def __eq__(self, other: object) -> bool:
        return self is other


_NUMBERS = (
    "-1", "−5", "-0", "+5", "0", "0.00", "010", "1e5", "1E999999", "0x10", "0b1", ".nan", "NaN", "Infinity", "-.inf", "9" * 30,
    "9" * 5000, "999999999999,99", "1000000000000", "1" + ".000" * 9, "1" + ",000" * 500 + ".5", "0.001", "0,0001", "48.000",
    "48,000", "12,3456", "1.23.456", "1:30", "1_000", "1 000 000,50", "1'000", "１２３", "١٢٣", "²", "½", "Ⅳ", "€", "5 €", "EUR",
    "5,-", ",5", "5,", "1..5", "1/2", "1 T€", "100 %", "100,0001 %", "1000 %", "-1 %", "% 5", "%", "0,00001 %", "٥ %",
)  # fmt: skip
_DATES = (
    "0000-00-00", "0001-01-01", "1899-12-31", "1900-01-01", "2199-12-31", "2200-01-01", "9999-12-31", "10000-01-01", "2026-02-30",
    "2024-02-29", "2023-02-29", "2026-13-01", "31.12.2199", "1.1.1900", "03/01/2026", "2026-W03", "2026-04", "1900-01", "2199-12",
    "2026-00", "2026", "2026-04-01T00:00:00Z", "٢٠٢٦-٠١-٠١", "２０２６-01-01", "heute", "44927",
)  # fmt: skip
_TEXTS = (
    "", " ", "\t", "\n", "a\nb", "a\r\nb", "\x00", "\x07", "\x1b[31mrot\x1b[0m", "\x7f", "\x85", "\u2028", "\u202e", "\ufeff",
    "\u200b", "\ufffe", "\ud800", "\U0001f600", "\U0010ffff", "e\u0301", "ẞ", "İ", "ﬁ", "[rot]x[/rot]", "[/Ende]", "<script>",
    "&amp;", "=1+1", '=HYPERLINK("http://x";"y")', "+1+1", "@SUM(A1)", "'", '"', "\\", "`", "%s%n", "{x}", "{0.__class__}", "$(x)",
    "#REF!", "#NAME?", "#", "a" * 2000, "a" * 2001, "ä" * 100_000, "x\n" * 1000, "🏳️‍🌈" * 50, "ja", "Nein", "yes", "off", "null",
    "~", "true", "x", "X", "keine", "Keine ", "nein", "-", "--", "...", "..", ".", "../../etc/hosts", "/", "b.yaml", "b.xlsx",
    "history.yaml", "history.csv", "history.xlsx", "gibtesnicht.yaml", "history.yaml\x00", "a" * 300 + ".yaml", "C:\\x.xlsx",
    "Summe", "Gesamt", "Beispiel", "Haus Süd", "HAUS  süd", "Haus Nord", "A1", "_x0007_", "foerderprogramm", "personal 15 %",
    "personal … %", "direkt 100 %", "personal 0,00 %", "auto 5 %", "Verden 60 %, Diepholz 40 %", "Landkreis Verden", "SH", "DK", "XX",
)  # fmt: skip
_MARKUP = (
    "!!python/object/apply:os.system ['x']", "!x y", "!!float 1", "!!binary YQ==", "&a x", "*a", "&a [*a]", "&a {b: *a}", "*b",
    "<<: *a", "{<<: {a: b}}", "{a: 1", "[1, 2", "[]", "{}", "[[[[]]]]", "{a: {b: {c: }}}", "? x", "- x", "- - - x", "x: y: z",
    "|\n x", ">-\n  x", "'", '"\\x', '"\\ud800"', '"\\U0010ffff"', "@x", "%x", "`", "\tx", "# x", "x # y", "---", "...", "null",
    "5.000,00", "1,2,3", "{5.000,00: 1}", "[" * 50, "{a: " * 50, "- " * 50 + "x", "&a " * 3 + "x", "{" + "x: 1, " * 200 + "}",
)  # fmt: skip
_RIGHT = (
    (re.compile(r"\d{4}-\d\d-\d\d|\d+\.\d+\.\d{4}"), (
        "2019-03-29", "2020-02-29", "2022-08-03", "2024-02-29", "2025-04-01", "2026-01-15", "2026-12-31", "31.12.2029", "1900-01-01",
        "2199-12-31", "1.4.2026",
    )),
    (re.compile(r"\d{4}-\d\d"), ("2019-04", "2026-01", "2026-12", "1900-01", "2199-12")),
    (re.compile(r".*%"), ("0 %", "0,0001 %", "5,5 %", "19 %", "33,3333 %", "99,9999 %", "100 %", "personal 15 %")),
    (re.compile(r"[\d.,]+"), (
        "0", "0,00", "0,01", "1", "3", "12", "1720", "1.720,5", "1.000,00", "99.999,99", "100.000,01", "1 234 567,89",
        "999.999.999.999,99",
    )),
    (re.compile(r"ja|nein|true|false", re.IGNORECASE), ("ja", "nein", "Ja", "TRUE", "false")),
    (re.compile(r"[A-Z]{2}"), ("SH", "NI", "HH", "DE", "AT")),
    (re.compile(r""), (
        "A", "B", "keine", "auto", "direkt", "personal", "62.01", "01.11", "bau", "liefer_dienst", "bewilligt", "beantragt",
        "2023/2831", "1408/2013", "Haus Süd", "Haus Nord", "Muster GmbH", "stundennachweis", "wissen", "verwaltung", "Verden",
        "Heidekreis", *ARTEN, *ALLE_KOSTENARTEN, *programme_ids(),
    )),
)  # fmt: skip
_PLAUSIBLE = tuple(text for _, kind in _RIGHT for text in kind)
_CELLS = (
    None, True, False, 0, 1, -1, 0.1, 0.75, 75, 2026, 46000, 10**15, 10**300, 1e308, -1e-308, 1e-9, 48000.005, 123.45,
    Decimal("0.01"), Decimal(10) ** 12, Decimal("NaN"), float("nan"), float("inf"),
    date(1900, 1, 1), date(2026, 3, 1), date(9999, 12, 31),
    datetime.fromisoformat("2026-03-01 12:30"), datetime.fromisoformat("1904-01-01"), time(1, 30), timedelta(days=1, hours=3),
    timedelta(-1),
)  # fmt: skip

FIELDS = tuple(dict.fromkeys(key for blatt in BUDGETBLAETTER for angabe in blatt.angaben for key in angabe.pfad))
HEADINGS = tuple(dict.fromkeys(angabe.ueberschrift for blatt in BUDGETBLAETTER for angabe in blatt.angaben))
KEYS = (
    *FIELDS,
    "vorhaben",
    "antragsteller",
    "partner",
    "kosten",
    "auftrag",
    "finanzierung",
    "weitere",
    "ausnahmen",
    "beihilfen",
)

plausible = st.sampled_from(_PLAUSIBLE)
"""Texts that are right somewhere in a budget."""


def alike(text: str) -> st.SearchStrategy[str]:
    """Texts of the kind of this one: dates for a date, amounts for an amount."""
    return st.sampled_from(next(kind for pattern, kind in _RIGHT if pattern.fullmatch(text) or not pattern.pattern))


texts = st.one_of(st.sampled_from(_NUMBERS), st.sampled_from(_DATES), st.sampled_from(_TEXTS), st.text(max_size=20))
"""Texts that are right nowhere, or hard to read."""
markup = st.sampled_from(_MARKUP).map(Raw)
"""Pieces of YAML that are no scalar of ours."""
cells = st.one_of(st.sampled_from(_CELLS), texts, plausible, st.floats(), st.integers())
"""Whatever may stand in a cell."""
keys = st.one_of(st.sampled_from(KEYS), texts)
