"""From what stands in a file to exact values: money, hours, percentages, dates, yes and no, words.

Every parser takes the source text, or the value of a spreadsheet cell (`Decimal`, `date`, `bool`), and returns
an exact value or raises `ScalarError` with a German text that says what to write instead. No float is involved.
"""

import re
import unicodedata
from collections.abc import Callable, Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from difflib import get_close_matches
from functools import lru_cache

from foerdercheck.model.characters import code_point, unseen

MAX_TEXT = 2000
_SPACES = "\u0020\u00a0\u2007\u2009\u202f"
_SPACE_CLASS = f"[{_SPACES}]"
_DIGITS = r"[0-9]{1,40}"
# most amounts, hours and texts; anything else is looked at closely
_PLAIN_MONEY = re.compile(r"(?:0|[1-9][0-9]{0,10})[.,][0-9]{2}")
_GERMAN_MONEY = re.compile(r"[1-9][0-9]{0,2}(?:\.[0-9]{3}){1,3},[0-9]{2}")
_PLAIN_HOURS = re.compile(r"[1-9][0-9]{0,5}")
_PLAIN_TEXT = re.compile(r"[A-Za-zÄÖÜäöüß0-9][A-Za-zÄÖÜäöüß0-9./&+-]{0,99}(?: [A-Za-zÄÖÜäöüß0-9./&+-]{1,99}){0,9}")
_GROUPED = {
    ".": re.compile(r"[1-9][0-9]{0,2}(?:\.[0-9]{3})+(?:,(?P<rest>[0-9]+))?"),
    ",": re.compile(r"[1-9][0-9]{0,2}(?:,[0-9]{3})+(?:\.(?P<rest>[0-9]+))?"),
    "'": re.compile(r"[1-9][0-9]{0,2}(?:['’][0-9]{3})+(?:[.,](?P<rest>[0-9]+))?"),
}
_SPACED = re.compile(rf"[1-9][0-9]{{0,2}}(?:{_SPACE_CLASS}[0-9]{{3}})+(?:[.,][0-9]+)?")
_UNDERSCORED = re.compile(r"[1-9][0-9]{0,2}(?:_[0-9]{3})+(?:[.,][0-9]+)?")
_SIMPLE = re.compile(rf"(?P<whole>{_DIGITS})(?:[.,](?P<rest>[0-9]+))?")
_AMBIGUOUS = re.compile(r"[1-9][0-9]{0,2}[.,][0-9]{3}")
_NOT_AFTER_SPACE = f"(?<!{_SPACE_CLASS})"  # without it, a long run of spaces costs time squared
_CURRENCY = re.compile(
    rf"^(?:€|EUR){_SPACE_CLASS}*|{_NOT_AFTER_SPACE}{_SPACE_CLASS}*(?<![A-Za-z])(?:€|EUR|Euro)$", re.IGNORECASE
)
_HOURS = re.compile(rf"{_NOT_AFTER_SPACE}{_SPACE_CLASS}*(?:h|Std\.?|Stunden)$")
_DASH_CENTS = re.compile(r",(?:-|--|–|—)$")
_ISO_DATE = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_GERMAN_DATE = re.compile(r"([0-9]{1,2})\.([0-9]{1,2})\.([0-9]{4})")
_SLASHED_DATE = re.compile(r"([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})")
_MONTH = re.compile(r"([0-9]{4})-([0-9]{2})")
_CELL_ERRORS = frozenset({"#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A"})
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
_CENT = Decimal("0.01")
_ZERO = Decimal(0)
_MAX_AMOUNT = Decimal(10) ** 12


class ScalarError(ValueError):
    """A value that cannot be read for certain; its text tells a person what to write."""


@lru_cache(maxsize=16_384)
def fold(text: str) -> str:
    """Return `text` as one compares words: without case, umlauts and runs of white space."""
    if not text.isascii():
        text = unicodedata.normalize("NFC", text).casefold().translate(_UMLAUTS)
    return " ".join(text.casefold().split())


def shown(raw: object) -> str:
    """Return what was read, short enough for a message and without anything a terminal could obey."""
    text = "".join(char if char.isprintable() and not unseen(char) else "�" for char in str(raw)[:61])
    return f"„{text[:57]}…“" if len(text) > 60 else f"„{text}“"


def flaw(text: str) -> str:
    """Return what is wrong with a text that is an error value or a formula of a spreadsheet; else nothing."""
    if text in _CELL_ERRORS:
        return f"die Zelle enthält den Fehlerwert {text}"
    if text.startswith("="):
        return (
            f"{shown(text)} ist eine Formel ohne gespeichertes Ergebnis: öffnen Sie die Datei in Excel oder LibreOffice und "
            "speichern Sie sie"
        )
    return ""


def unseen_flaw(text: str) -> str:
    """Return what is wrong with a text that holds a character nobody sees, with which it looks like another; else nothing."""
    found = unseen(text)
    return f"enthält ein Zeichen, das niemand sieht ({found}): bitte neu eintippen statt kopieren" if found else ""


def suggestion(word: str, known: Sequence[str]) -> str:
    """Return ` – meinten Sie „x“?` if a known word is near, else the empty string."""
    return _suggestion(fold(word).replace(" ", "_").replace("-", "_"), tuple(known))


@lru_cache(maxsize=256)
def _suggestion(word: str, known: tuple[str, ...]) -> str:
    folded = {fold(candidate): candidate for candidate in known}
    near = get_close_matches(word, folded, n=1, cutoff=0.6)
    return f" – meinten Sie „{folded[near[0]]}“?" if near else ""


def parse_geld(raw: object) -> Decimal:
    """Read an amount in EUR with exactly two decimals; 0 ≤ amount < 10^12.

    Raises ScalarError for anything that is not certain, `48.000` above all.
    """
    if isinstance(raw, str):
        if _PLAIN_MONEY.fullmatch(raw):
            return Decimal(raw.replace(",", "."))
        if _GERMAN_MONEY.fullmatch(raw):
            return Decimal(raw.replace(".", "").replace(",", "."))
    if isinstance(raw, Decimal):
        cents = _bounded(raw).quantize(_CENT, ROUND_HALF_UP)
        return cents if cents < _MAX_AMOUNT else _bounded(cents)
    text = _CURRENCY.sub("", _text(raw, "ein Betrag, z. B. 48.000,00"))
    text = _DASH_CENTS.sub(",00", text)
    return _bounded(_number(text, 2, "Betrag", "48.000,00")).quantize(_CENT)


def parse_stunden(raw: object) -> Decimal:
    """Read a number of hours or a factor with up to four decimals; not negative."""
    if isinstance(raw, str) and _PLAIN_HOURS.fullmatch(raw):
        return Decimal(raw)
    if isinstance(raw, Decimal):
        return _bounded(raw)
    text = _HOURS.sub("", _text(raw, "eine Zahl, z. B. 1.290,5"))
    return _bounded(_number(text, 4, "Zahl", "1.290,5"))


def parse_prozent(raw: object) -> Decimal:
    """Read a percentage as a fraction: `12,5 %` → 0.125; a cell holds 0.125 or 12.5 for the same. 0 ≤ x ≤ 1."""
    if isinstance(raw, Decimal):
        share = _bounded(raw) if _bounded(raw) <= 1 else raw / 100
    else:
        text = _text(raw, "ein Prozentsatz, z. B. 75 %")
        if not text.endswith("%"):
            raise ScalarError(
                f"{shown(raw)} ist kein Prozentsatz: das Prozentzeichen fehlt, schreiben Sie z. B. {_percent(text)} %"
            )
        share = _number(text[:-1].rstrip(_SPACES), 4, "Prozentsatz", "12,5 %") / 100
    if not 0 <= share <= 1:
        raise ScalarError(f"{shown(raw)}: ein Prozentsatz zwischen 0 % und 100 % wird erwartet")
    return share


def parse_datum(raw: object) -> date:
    """Read `2026-03-01` or `01.03.2026`; years 1900 to 2199."""
    if isinstance(raw, date):
        return _dated(raw.year, raw.month, raw.day, raw)
    text = _text(raw, "ein Datum, z. B. 2026-03-01 oder 01.03.2026")
    if match := _ISO_DATE.fullmatch(text):
        year, month, day = match.groups()
    elif match := _GERMAN_DATE.fullmatch(text):
        day, month, year = match.groups()
    else:
        raise ScalarError(f"{shown(raw)} ist kein Datum: schreiben Sie {_dates(text)}")
    return _dated(int(year), int(month), int(day), raw)


def _dates(text: str) -> str:
    """Return how to write the day that `text` may mean; both days where it may mean two."""
    match = _SLASHED_DATE.fullmatch(text)
    if not match:
        return "z. B. 2026-03-01 oder 01.03.2026"
    first, second, year = match.groups()
    days = {f"{day:0>2}.{month:0>2}.{year}" for day, month in ((first, second), (second, first)) if int(month) <= 12}
    return " oder ".join(sorted(days, reverse=True)) + (", je nachdem, was gemeint ist" if len(days) > 1 else "")


def parse_monat(raw: object) -> date:
    """Read `2026-04` as the first day of that month."""
    if isinstance(raw, date):
        return _dated(raw.year, raw.month, 1, raw)
    match = _MONTH.fullmatch(_text(raw, "ein Monat, z. B. 2026-04"))
    if not match:
        raise ScalarError(f"{shown(raw)} ist kein Monat: schreiben Sie z. B. 2026-04")
    return _dated(int(match[1]), int(match[2]), 1, raw)


def parse_ja_nein(raw: object) -> bool:
    """Read `ja nein true false` in any case."""
    if isinstance(raw, bool):
        return raw
    text = _text(raw, "ja oder nein").casefold()
    if text in {"ja", "true"}:
        return True
    if text in {"nein", "false"}:
        return False
    hint = {"yes": "ja", "on": "ja", "no": "nein", "off": "nein"}.get(text, "ja oder nein")
    raise ScalarError(f"{shown(raw)} ist weder ja noch nein: schreiben Sie {hint}")


def parse_anzahl(raw: object) -> int:
    """Read a whole number from 0 to 9999."""
    if isinstance(raw, str) and not any(map(str.isdigit, raw)):
        raise ScalarError(f"{shown(raw)} ist keine Zahl: schreiben Sie z. B. 3")
    number = parse_stunden(raw)
    if number != number.to_integral_value() or number > 9999:
        raise ScalarError(f"{shown(raw)}: eine ganze Zahl zwischen 0 und 9.999 wird erwartet")
    return int(number)


def parse_text(raw: object) -> str:
    """Read a text: not empty, at most 2,000 characters, nothing that steers a terminal; white space is folded."""
    if isinstance(raw, str) and _PLAIN_TEXT.fullmatch(raw):
        return raw
    text = _text(raw, "ein Text")
    if len(text) > MAX_TEXT:
        raise ScalarError(f"Der Text hat {len(text)} Zeichen; höchstens {MAX_TEXT} sind erlaubt")
    text = " ".join(text.split())
    if not text.isprintable():
        steering = next(char for char in text if not char.isprintable())
        raise ScalarError(
            f"{shown(text)} enthält Steuerzeichen ({code_point(steering)}): bitte neu eintippen statt kopieren"
        )
    return text


_LONG_LIST = 20
"""So many words are only listed where none of them is near."""


def one_of(words: Sequence[str], was: str) -> Callable[[object], str]:
    """Return a parser for one of `words`, compared without case and umlauts; `was` names them in messages.

    A message lists no word that is only another with something and a stroke before it (`sh-ki/3-sitz`).
    """
    exact = frozenset(words)
    known = {fold(word): word for word in words}

    def parse(raw: object) -> str:
        if isinstance(raw, str) and raw in exact:
            return raw
        text = parse_text(raw)
        word = known.get(fold(text).replace(" ", "_").replace("-", "_")) or known.get(fold(text))
        if word is None:
            near = suggestion(text, words)
            short = [word for word in words if word.partition("/")[2] not in exact]
            listed = "" if near and len(short) > _LONG_LIST else f" Erlaubt: {', '.join(short)}"
            raise ScalarError(f"{shown(text)} ist {was} nicht bekannt{near or '.'}{listed}")
        return word

    return parse


def _text(raw: object, expected: str) -> str:
    if isinstance(raw, str):
        text = raw.strip(_SPACES + "\t\r\n")
        if not text:
            raise ScalarError(f"leer: hier wird {expected} erwartet; ohne Angabe den Eintrag weglassen")
        if text[0] in "=#" and (wrong := flaw(text)):
            raise ScalarError(wrong)
        if wrong := unseen_flaw(text):
            raise ScalarError(f"{shown(text)} {wrong}")
        return text
    if isinstance(raw, bool):
        return "ja" if raw else "nein"
    if isinstance(raw, Decimal):
        return _written(raw)
    if isinstance(raw, date):
        return raw.isoformat()
    raise ScalarError(
        f"hier wird {expected} erwartet, keine {'Liste' if isinstance(raw, list) else 'Gruppe von Angaben'}"
    )


def _number(text: str, decimals: int, was: str, example: str) -> Decimal:
    if text.startswith(("-", "−")):
        raise ScalarError(f"{shown(text)}: ein negativer Wert ist hier nicht möglich")
    if _AMBIGUOUS.fullmatch(text):
        whole, last = re.split("[.,]", text)
        rest = last.rstrip("0")
        small = f"{whole},{rest.ljust(2, '0')}" if len(rest) < 3 else f"{whole},{last}0"
        other = f" – oder {small}, wenn der kleine Wert gemeint ist" if len(rest) <= decimals else ""
        raise ScalarError(
            f"{shown(text)} ist mehrdeutig ({whole}{last} oder {whole}{',' if rest else ''}{rest}?): "
            f"schreiben Sie {whole}{last}{other}"
        )
    plain = _plain(text)
    if plain is None:
        raise ScalarError(f"{shown(text)} ist {_keine(was)}: schreiben Sie z. B. {example}")
    rest = plain.partition(".")[2]
    if len(rest) > decimals:
        raise ScalarError(f"{shown(text)} hat {len(rest)} Nachkommastellen, höchstens {decimals} sind möglich")
    return Decimal(plain)


def _percent(text: str) -> str:
    """Return what somebody who wrote `text` without a percent sign may have meant: 75 for 75, 75 for 0.75."""
    if not _SIMPLE.fullmatch(text):
        return "75"
    number = Decimal(text.replace(",", "."))
    return format((number * 100).normalize(), "f").replace(".", ",") if 0 < number < 1 else text


def _keine(was: str) -> str:
    return f"keine {was}" if was == "Zahl" else f"kein {was}"


def _plain(text: str) -> str | None:
    """Return `text` as digits with a decimal point, or None if it is no number for certain."""
    if match := _SIMPLE.fullmatch(text):
        whole, rest = match["whole"], match["rest"]
        if len(whole) > 1 and whole.startswith("0"):
            return None
        return f"{whole}.{rest}" if rest else whole
    for mark, pattern in _GROUPED.items():
        if match := pattern.fullmatch(text):
            grouped = text if match["rest"] is None else text[: -len(match["rest"]) - 1]
            digits = grouped.replace(mark, "").replace("’", "")
            return f"{digits}.{match['rest']}" if match["rest"] else digits
    if _SPACED.fullmatch(text) or _UNDERSCORED.fullmatch(text):
        return _plain(re.sub(f"_|{_SPACE_CLASS}", "", text))
    return None


def _bounded(value: Decimal) -> Decimal:
    if value.is_nan():
        raise ScalarError(f"{shown(value)} ist keine Zahl")
    if _ZERO <= value < _MAX_AMOUNT:
        return value
    if value < 0:
        raise ScalarError(f"{shown(_written(value))}: ein negativer Wert ist hier nicht möglich")
    raise ScalarError(f"{shown(value)} ist zu groß: weniger als eine Billion wird erwartet")


def _written(value: Decimal) -> str:
    """Return a number of a cell as a person would have typed it."""
    return format(value.normalize(), "f") if value.is_finite() and value.adjusted() < 40 else str(value)


def _dated(year: int, month: int, day: int, raw: object) -> date:
    if not 1900 <= year < 2200:
        raise ScalarError(f"{shown(raw)}: ein Jahr zwischen 1900 und 2199 wird erwartet")
    try:
        return date(year, month, day)
    except ValueError:
        raise ScalarError(f"{shown(raw)}: dieses Datum gibt es nicht") from None
