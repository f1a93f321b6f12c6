"""Cells of foreign tables as cells of ours: days and numbers by the form that was stated, foreign words by ours, T€ by euro."""

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from itertools import islice

from foerdercheck.model.amounts import parse_stunden
from foerdercheck.model.angabe import Angabe
from foerdercheck.model.deutsch import einige
from foerdercheck.model.scalars import MAX_TEXT, SPACES, Percent, ScalarError, fold, shown, suggestion, text_of
from foerdercheck.model.zuordnung import Zuordnung
from foerdercheck.reading.cells import Cell, unit_of
from foerdercheck.reading.values import wrong_unit

ForeignWords = Mapping[str, tuple[str, str]]
"""Foreign words by how they are compared: as they were stated, and what they mean."""
_MANY = 200
"""With so many words one is compared that is not known: it costs time."""
_NUMERIC = frozenset({"geld", "zahl", "anzahl", "prozent"})
_NUMBER = re.compile(rf"(?P<before>[^0-9]*?)(?P<number>[0-9](?:[0-9.,'’_{SPACES}]*[0-9])?)(?P<after>[^0-9]*)")


def _form(thousands: str, decimals: str) -> re.Pattern[str]:
    """Return numbers with this mark of thousands, an apostrophe or a blank, and this mark before the decimals."""
    mark = rf"[{thousands}'’{SPACES}]"
    grouped = rf"[0-9]{{1,3}}(?P<mark>{mark})[0-9]{{3}}(?:(?P=mark)[0-9]{{3}})*"
    return re.compile(rf"(?P<whole>{grouped}|[0-9]+)(?:{decimals}(?P<rest>[0-9]+))?")


_FORMS: Mapping[str, tuple[re.Pattern[str], str]] = {
    "komma": (_form(r"\.", ","), "1.234,56"),
    "punkt": (_form(",", r"\."), "1,234.56"),
}
_PARTS: Mapping[str, str] = {"TT": "(?P<day>[0-9]{%s})", "MM": "(?P<month>[0-9]{%s})", "JJJJ": "(?P<year>[0-9]{4})"}
_SPLIT = re.compile(r"(TT|MM|JJJJ)")
_ADJOINING = re.compile(r"(?:TT|MM|JJJJ)(?:TT|MM|JJJJ)")
_PLAIN = re.compile(r"[0-9]{1,40}(?:,[0-9]{1,40})?")
_CURRENCY = re.compile(r"^(?:€|EUR)|(?:€|EUR|Euro)$", re.IGNORECASE)
_OF_UNIT = (
    (re.compile(r"(?:tsd\b|tausend\b|t ?€|t ?eur|keur)"), Decimal(1000)),
    (re.compile(r"(?:mio\b|millionen\b|meur)"), Decimal(1_000_000)),
    (re.compile(r"mrd\b"), Decimal(1_000_000_000)),
)
_OURS = re.compile(r"(?:tsd|tausend|mio|millionen|mrd|[tkm])?\.?\s*(?:€|euro?)?")


def _day_form(said: str) -> re.Pattern[str]:
    """Return days as they were stated; what has a mark between its parts may have one digit."""
    digits = "2" if _ADJOINING.search(said) else "1,2"
    parts = (_PARTS[part].replace("%s", digits) if part in _PARTS else re.escape(part) for part in _SPLIT.split(said))
    return re.compile("".join(parts))


class Forms:
    """How a foreign file writes days and numbers; `date` is read by it, or as ours where nothing was stated."""

    def __init__(self, zuordnung: Zuordnung) -> None:
        self._number = _FORMS.get(zuordnung.zahlform or "")
        self._said = zuordnung.datumsform or ""
        self._day = _day_form(self._said) if self._said else None

    def cell(self, angabe: Angabe, cell: Cell, faktor: Decimal | None = None) -> Cell:
        """Return a cell as our reader takes it; raises ScalarError for one that is not written in the stated form."""
        kind = angabe.wertart
        if kind == "datum" and self._day is not None and not isinstance(cell, date):
            return self._date(self._day, cell)
        if kind in _NUMERIC and isinstance(cell, str):
            cell = self._plain(text_of(cell, "eine Zahl"), exact=kind != "geld" or faktor is not None)
        return self._times(cell, faktor) if faktor is not None else cell

    def _date(self, form: re.Pattern[str], cell: Cell) -> Cell:
        text = text_of(cell, f"ein Datum der Form {self._said}")
        match = form.fullmatch(text)
        if match is None:
            raise ScalarError(f"{shown(cell)} ist kein Datum der Form {self._said} (datumsform)")
        try:
            return date(int(match["year"]), int(match["month"]), int(match["day"]))
        except ValueError:
            raise ScalarError(f"{shown(cell)}: dieses Datum gibt es nicht (datumsform: {self._said})") from None

    def _plain(self, text: str, *, exact: bool) -> str:
        """Return a number without marks of thousands and with a comma; a unit that stands beside it stays.

        Three decimals could as well be thousands: of what may have so many (`exact`), there are four.
        """
        if self._number is None or len(text) > MAX_TEXT or (found := _NUMBER.fullmatch(text)) is None:
            return text
        form, example = self._number
        match = form.fullmatch(found["number"])
        if match is None:
            raise ScalarError(f"{shown(text)} ist keine Zahl der Form {example} (zahlform)")
        rest = match["rest"]
        if rest and len(rest) == 3 and exact:
            rest += "0"
        return f"{found['before']}{re.sub(r'[^0-9]', '', match['whole'])}{f',{rest}' if rest else ''}{found['after']}"

    def _times(self, cell: Cell, faktor: Decimal) -> Cell:
        if isinstance(cell, str):
            text = _CURRENCY.sub("", cell).strip(SPACES)
            plain = self._number is not None and _PLAIN.fullmatch(text)
            cell = Decimal(text.replace(",", ".")) if plain else parse_stunden(text)
        return (
            cell * faktor if isinstance(cell, Decimal) and not isinstance(cell, Percent) and cell.is_finite() else cell
        )


def translated(cell: Cell, words: ForeignWords, own: tuple[str, ...]) -> Cell:
    """Return what a foreign word means; raises ScalarError for one that is not among `words` and none of our `own`."""
    text = text_of(cell, "ein Wort")
    if (found := words.get(fold(text))) is not None:
        return found[1]
    if fold(text) in map(fold, own):
        return text
    known = [foreign for foreign, _ in islice(words.values(), _MANY)]
    near = suggestion(text, known) or f"; dort stehen: {einige(known, 20)}"
    raise ScalarError(f"{shown(text)} steht nicht unter woerter{near}")


def wrong_heading(angabe: Angabe | None, heading: str, faktor: Decimal | None) -> str | None:
    """Return what is wrong with the unit in a heading: another currency, or thousands that no factor makes euros of."""
    text = wrong_unit(angabe, heading)
    unit, _ = unit_of(heading)
    meant = next((times for form, times in _OF_UNIT if form.match(unit)), None)
    if text is None or angabe is None or angabe.wertart != "geld" or meant is None or not _OURS.fullmatch(unit):
        return text
    return None if meant == faktor else f"{text}; mit faktor: {{{angabe.feld}: {meant}}} wird sie umgerechnet"
