"""Number formats: what a cell shows of the number it stores; a day, a percentage, or another number than is stored.

Codes are those of Excel (`#,##0.00 "€";[Red]-0.00`), whatever the language of the program that wrote them.
"""

import re
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Context, Decimal
from functools import lru_cache
from typing import NamedTuple

from foerdercheck.model.dates import meant_days
from foerdercheck.model.deutsch import datum, zahl
from foerdercheck.model.scalars import Flaw, Percent, shown
from foerdercheck.reading.cells import Cell

_NUMBER = re.compile(r"[-+]?(?:[0-9]++(?:\.[0-9]*+)?+|\.[0-9]++)(?:[eE][-+]?[0-9]{1,4})?+")
_AS_SHOWN = Context(prec=15, rounding=ROUND_HALF_UP)
"""Spreadsheet programs show fifteen digits; what a file holds behind them is noise of binary fractions."""
_WIDE = Context(prec=700, rounding=ROUND_HALF_UP)
_LARGEST = 308
_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"?|\\(?P<escaped>.)|[_*].|\[(?P<bracket>[^\]]*)\]|(?P<general>general|standard)|(?P<euro>euro?)'
    r"|(?P<digit>[0#?])|(?P<exponent>e[-+])|(?P<day>am/pm|a/p|[ymdhsbg]+|e+|aaa+)|(?P<mark>[.,%/@;])|(?P<plain>.)",
    re.IGNORECASE | re.DOTALL,
)
# What few formats have is compiled where it is met
_CONDITION = r"(<=|>=|<>|<|>|=)\s*(-?[0-9]+(?:\.[0-9]+)?)"
_ELAPSED = r"(?i)h+|m+|s+"
_CURRENCY = r"(?s)\$([^-]*)(?:-(.*))?"
_OTHER_CALENDAR = r"(?i)[0-9a-f]{0,2}(?:0[3-8e]|1[1-7])[0-9a-f]{4}"
_WORD = re.compile(r"[^\W\d_]+|[$£¥₤₣₽₺₴₹₩¢‰%]")
_UNITS = frozenset("€ eur euro h std stunde stunden tag tage monat monate jahr jahre stück stk pm je pro".split())
EPOCH = date(1899, 12, 30)
_SINCE_1904 = 1462
_MONTHS = 12
_FIRST_DAY, _LAST_DAY = 61, 2_958_465
"""Before 01.03.1900 programs disagree about the day."""
_TESTS: dict[str, Callable[[Decimal, Decimal], bool]] = {
    "<": Decimal.__lt__, ">": Decimal.__gt__, "<=": Decimal.__le__, ">=": Decimal.__ge__,
    "=": lambda one, other: one == other, "<>": lambda one, other: one != other,
}  # fmt: skip
_SEEN = re.compile(r"[0-9]+(?:[.,'’\s\u00a0\u202f]+[0-9]+)*")
_SEEN_POWER = r"(?i)\D*([0-9]+(?:[.,][0-9]+)?)E([-+]?[0-9]{1,3})\D*"
_MINUS = r"(?s)\s*(?:€|EUR)?\s*[-−–(]\s*(?:€|EUR)?\s*[0-9].*|.*[0-9]\s*[-−–]\s*(?:€|EUR)?\s*"
"""What a person reads as less than nothing: a sign before the number or behind it (but 8.400,-), or brackets."""
_SIGNS = frozenset("-−–(")
_SPACES = re.compile(r"['’\s\u00a0\u202f]")


def number(text: str) -> Decimal:
    """Return a number of a file as programs show it; raises ValueError for what is none."""
    if not _NUMBER.fullmatch(text):
        raise ValueError(text)
    value = Decimal(text)
    if len(text) <= 15 and "e" not in text and "E" not in text:
        return value
    value = _AS_SHOWN.plus(value)
    if value.adjusted() > _LARGEST:
        raise ValueError(text)
    return Decimal(f"{value.normalize():f}") if value and value.adjusted() >= -_LARGEST else Decimal()


class _Token(NamedTuple):
    """A part of a code: `digit`, `text`, `day`, `elapsed`, `calendar`, `general`, `exponent`, or a mark: `. , % / @`."""

    kind: str
    text: str


class _Section(NamedTuple):
    """What is shown of some of the numbers: those for which `test` holds; None leaves it to the place of the section."""

    test: Callable[[Decimal], bool] | None
    tokens: list[_Token]

    def has(self, *kinds: str) -> bool:
        """Tell whether a part is of one of these kinds."""
        return any(token.kind in kinds for token in self.tokens)

    @property
    def words(self) -> str:
        """What is shown beside the digits."""
        return "".join(token.text for token in self.tokens if token.kind == "text")

    @property
    def is_percent(self) -> bool:
        """Whether a number is shown as a percentage, and nothing beside it."""
        digits = [token for token in self.tokens if token.kind != "%"]
        alone = len(digits) == len(self.tokens) - 1 and self.test is None and not self.words.strip()
        return alone and _Section(None, digits).is_plain()

    def is_plain(self, *, zero: bool = False) -> bool:
        """Tell whether a number is shown as it is, at most with a unit of ours; `zero` may be shown by a dash."""
        if re.search(r"\d", self.words) or foreign_unit(self.words):
            return False
        digits = "".join(
            {"digit": "0", "text": " "}.get(t.kind, t.kind if len(t.kind) == 1 else "x") for t in self.tokens
        )
        return bool(
            re.fullmatch(r"\s*(?:0(?:,?0)*)?(?:\.0*)?\s*|\s*general\s*|\s*@\s*", digits.replace("x", "general"))
        ) and (zero or self.has("digit", "general", "@"))


class NumberFormat:
    """A number format that is more than a plain number."""

    def __init__(self, sections: Sequence[_Section]) -> None:
        self._sections = sections
        self._is_percent = all(section.is_percent for section in sections)
        self.odd = not self._is_percent and not sections[0].has("day")
        """Whether it shows neither percentages nor days, as hardly any format does that is more than a plain number."""

    def read(self, value: Decimal, *, since_1904: bool = False) -> Cell:
        """Return what a cell with a number shows: a day, a percentage, the number – or what is wrong with it."""
        if self._is_percent:
            return Percent(value)
        section = self._chosen(value)
        if section.has("day", "elapsed"):
            return _day(section, value + _SINCE_1904 if since_1904 else value)
        percents = sum(token.kind == "%" for token in section.tokens)
        quoted = section.words.count("%")
        seen = _rendered(section.tokens, value, percents)
        if percents + quoted > 1 or not reads_as(seen, value.scaleb(2 * percents, _WIDE), german=True):
            return contradiction(seen, value)
        if unit := foreign_unit(section.words.replace("%", "")):
            return Flaw(f"die Zelle zeigt {shown(seen.strip())}; mit „{unit}“ wird nicht gerechnet")
        return Percent(value.scaleb(-2 * quoted, _WIDE)) if percents + quoted else value

    def show_text(self, text: str) -> Cell:
        """Return what a cell with a text shows."""
        section = self._sections[-1]
        if not section.has("@") and len(self._sections) < 4:
            return text
        seen = "".join(text if token.kind == "@" else token.text for token in section.tokens)
        return text if seen.strip() == text.strip() else contradiction(seen, text)

    def _chosen(self, value: Decimal) -> _Section:
        *first, last = self._sections[:3]
        for index, section in enumerate(first):
            at_its_place = value < 0 if index else value > 0 or (value == 0 and len(first) == 1)
            if section.test(value) if section.test else at_its_place:
                return section
        return last


def contradiction(seen: str, stored: object) -> Flaw:
    """Return a cell that shows something else than it holds."""
    visible = shown(seen.strip()) if seen.strip() else "nichts"
    return Flaw(f"die Zelle zeigt {visible}, gespeichert ist {shown(stored)}: schreiben Sie neu, was gelten soll")


@lru_cache(maxsize=1024)
def from_code(code: str) -> NumberFormat | None:
    """Return what a format code does; None if it shows numbers as they are, plain or with a unit of ours."""
    sections = [_Section(None, [])]
    for match in _TOKEN.finditer(code[:255]):
        if match["mark"] == ";":
            sections.append(_Section(None, []))
        elif bracket := match["bracket"]:
            sections[-1] = _with_bracket(sections[-1], bracket)
        elif token := _token(match):
            sections[-1].tokens.append(token)
    numbers = [section.is_plain(zero=index == 2) for index, section in enumerate(sections[:3])]
    texts = all(section.has("@") and not section.words.strip() for section in sections[3:])
    plain = not code or (all(numbers) and texts and not any(section.test for section in sections))
    if plain and set(sections[0].words) & _SIGNS:
        plain = not re.fullmatch(_MINUS, _rendered(sections[0].tokens, Decimal(1), 0))
    return None if plain else NumberFormat(sections[:4])


def _token(match: re.Match[str]) -> _Token | None:
    text = match["quoted"] or match["escaped"] or match["plain"] or match["euro"]
    if text:
        return _Token("text", text)
    for kind in ("general", "digit", "exponent", "day"):
        if match[kind]:
            return _Token(kind, match[kind])
    return _Token(match["mark"], match["mark"]) if match["mark"] else None


def _with_bracket(section: _Section, bracket: str) -> _Section:
    """`[>=1000]`, `[$€-407]`, `[h]`; a colour changes nothing."""
    if condition := re.fullmatch(_CONDITION, bracket):
        test, limit = _TESTS[condition[1]], Decimal(condition[2])
        return section._replace(test=lambda value: test(value, limit))
    if currency := re.fullmatch(_CURRENCY, bracket):
        section.tokens.append(_Token("text", currency[1]))
        if currency[2] and re.fullmatch(_OTHER_CALENDAR, currency[2]):
            section.tokens.append(_Token("calendar", ""))
    elif re.fullmatch(_ELAPSED, bracket):
        section.tokens.append(_Token("elapsed", bracket))
    return section


def foreign_unit(words: str) -> str:
    """Return the first word or sign beside a number that is none of our units: `CHF`, `T` of `T€`."""
    return next((word for word in _WORD.findall(words) if word.casefold() not in _UNITS), "")


def _day(section: _Section, value: Decimal) -> Cell:
    code = "".join(token.text for token in section.tokens).casefold()
    letters = "".join(token.text for token in section.tokens if token.kind == "day").casefold()
    if section.has("elapsed"):
        hours = zahl(value * 24, 2)
        return Flaw(f"die Zelle zeigt eine Dauer von {hours} Stunden: schreiben Sie sie als Zahl, z. B. {hours}")
    if not _FIRST_DAY <= value < _LAST_DAY + 1 or not set(letters) & set("ydbge"):
        kind = "Uhrzeit" if set(letters) & set("hs") else "Datum"
        meant = meant_days(str(value)) if len(str(value)) == len("20260115") else ""
        todo = f"schreiben Sie {meant}" if meant[:1].isdigit() else "formatieren Sie sie als Zahl"
        return Flaw(f"die Zelle ist als {kind} formatiert, gespeichert ist {shown(value)}: {todo}")
    day = EPOCH + timedelta(int(value))
    swapped = re.search(r"m\.d", code) and day.day <= _MONTHS and day.day != day.month  # as nobody here writes a day
    if section.has("calendar") or "b" in letters or re.search(r"\d", section.words) or swapped:
        return Flaw(f"die Zelle zeigt nicht den Tag, den sie enthält ({datum(day)}): ändern Sie ihr Format")
    minutes = int((value - int(value)) * 1440 + Decimal("0.5"))
    if minutes:
        time = f"{minutes // 60:02}:{minutes % 60:02}"
        return Flaw(f"die Zelle enthält den {datum(day)} mit der Uhrzeit {time}: lassen Sie die Uhrzeit weg")
    return day


def _rendered(tokens: Sequence[_Token], value: Decimal, percents: int) -> str:
    """Return what German programs show of a number."""
    if any(token.kind in {"exponent", "/", "general", "@"} for token in tokens):
        digits = f"{abs(value.scaleb(2 * percents, _WIDE)):f}".replace(".", ",")
        first = next(index for index, token in enumerate(tokens) if token.kind not in {"text", "%"})
        return "".join(
            digits if i == first else t.text if t.kind in {"text", "%"} else "" for i, t in enumerate(tokens)
        )
    point = next((index for index, token in enumerate(tokens) if token.kind == "."), len(tokens))
    whole, rest = tokens[:point], tokens[point:]
    places = sum(token.kind == "digit" for token in rest)
    power = 2 * percents - 3 * (_scalings(whole) + _scalings(rest))
    scaled = abs(value.scaleb(power, _WIDE)).quantize(Decimal(1).scaleb(-places), context=_WIDE)
    ahead, _, behind = f"{scaled:f}".partition(".")
    decimals = iter(behind)
    tail = [next(decimals) if t.kind == "digit" else "," if t.kind == "." else t.text for t in rest if t.kind != ","]
    return _before_point(whole, ahead) + "".join(tail)


def _scalings(tokens: Sequence[_Token]) -> int:
    """Return how many thousands are left out: the commas behind the last digit."""
    last = max((index for index, token in enumerate(tokens) if token.kind == "digit"), default=len(tokens))
    return sum(token.kind == "," for token in tokens[last:])


def _before_point(tokens: Sequence[_Token], digits: str) -> str:
    """Return whole digits as they fall to their places from the right; the first place takes all that are left."""
    places = sum(token.kind == "digit" for token in tokens)
    grouped = any(token.kind == "," for token in tokens)
    digits = "" if digits == "0" else digits
    units = [d + ("." if grouped and i and i % 3 == 0 else "") for i, d in enumerate(reversed(digits))]
    seen: list[str] = []
    for token in reversed(tokens):
        if token.kind == "digit":
            places -= 1
            count = 1 if places else len(units)
            seen += units[:count] or (["0"] if token.text == "0" else [])
            del units[:count]
        elif token.kind != ",":
            seen.append(token.text)
    return "".join(reversed(seen))


def reads_as(seen: str, value: Decimal, *, german: bool) -> bool:
    """Tell whether what is shown is a number, as a person reads it: to as many places as are shown.

    A number below nothing may be shown without its sign, in red or in a column of its own.

    A text without a digit is read as nothing; if it need not be `german`, its marks may mean what they do in English.
    """
    if value > 0 and not _SIGNS.isdisjoint(seen) and re.fullmatch(_MINUS, seen):
        return False
    if power := re.fullmatch(_SEEN_POWER, seen):
        mantissa = Decimal(power[1].replace(",", "."))
        return _is_rounded(mantissa, value.scaleb(-int(power[2]), _WIDE))
    found = _SEEN.findall(seen)
    if len(found) != 1:
        return not found and not value
    text = _SPACES.sub("", found[0])
    return any(
        (read := _grouped(text, group, point)) is not None and _is_rounded(read, value)
        for group, point in ((".", ","), (",", "."))[: 1 if german else 2]
    )


def _grouped(text: str, group: str, point: str) -> Decimal | None:
    whole, _, rest = text.partition(point)
    first, *groups = whole.split(group)
    if not (first + rest).isdecimal() or any(len(part) != 3 for part in groups):
        return None
    return Decimal(f"{first}{''.join(groups)}.{rest}")


def _is_rounded(shown_value: Decimal, value: Decimal) -> bool:
    exponent = shown_value.as_tuple().exponent
    return shown_value == abs(value).quantize(Decimal(1).scaleb(int(exponent)), context=_WIDE)
