"""Numbers as people and spreadsheets write them: money, hours, percentages, counts; what can be read in two ways is refused."""

import re
from collections.abc import Callable
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from foerdercheck.model.deutsch import CENT, datum, prozent, zahl
from foerdercheck.model.meant import meant_number, meant_share, nothing_stated
from foerdercheck.model.scalars import SPACES, Percent, ScalarError, as_typed, shown, text_of

_SPACE_CLASS = f"[{SPACES}]"
_DIGITS = r"[0-9]{1,40}"
# amounts as most people write them, read in a tenth of the time: a register holds millions
_PLAIN_MONEY = re.compile(r"(?:0|[1-9][0-9]{0,10})[.,][0-9]{2}")
_GERMAN_MONEY = re.compile(r"[1-9][0-9]{0,2}(?:\.[0-9]{3}){1,3},[0-9]{2}")
_GROUPED = {
    ".": r"[1-9][0-9]{0,2}(?:\.[0-9]{3})+(?:,(?P<rest>[0-9]+))?",
    ",": r"[1-9][0-9]{0,2}(?:,[0-9]{3})+(?:\.(?P<rest>[0-9]+))?",
    "'": r"[1-9][0-9]{0,2}(?:['’][0-9]{3})+(?:[.,](?P<rest>[0-9]+))?",
}
_SPACED = rf"[1-9][0-9]{{0,2}}(?:{_SPACE_CLASS}[0-9]{{3}})+(?:[.,][0-9]+)?"
_UNDERSCORED = r"[1-9][0-9]{0,2}(?:_[0-9]{3})+(?:[.,][0-9]+)?"
_SIMPLE = re.compile(rf"(?P<whole>{_DIGITS})(?:[.,](?P<rest>[0-9]+))?")
_AMBIGUOUS = re.compile(r"[1-9][0-9]{0,2}[.,][0-9]{3}")
_NOT_AFTER_SPACE = f"(?<!{_SPACE_CLASS})"  # without it, a long run of spaces costs time squared
_CURRENCY = rf"(?i)^(?:€|EUR){_SPACE_CLASS}*|{_NOT_AFTER_SPACE}{_SPACE_CLASS}*(?<![A-Za-z])(?:€|EUR|Euro)$"
_HOURS = re.compile(rf"{_NOT_AFTER_SPACE}{_SPACE_CLASS}*(?:h|Std\.?|Stunden)$")
_DURATION = re.compile(r"([0-9]{1,5}):([0-5][0-9])(?::00)?")
_DASH_CENTS = r",(?:-|--|–|—)$"
_ZERO = Decimal(0)
_MAX_AMOUNT = Decimal(10) ** 12
_MAX_UST = Decimal("0.25")


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
        cents = _bounded(raw, "Betrag").quantize(CENT, ROUND_HALF_UP)
        return cents if cents < _MAX_AMOUNT else _bounded(cents, "Betrag")
    return _money(raw, "48.000,00")


def parse_stundensatz(raw: object) -> Decimal:
    """Read an amount in EUR for one hour; a message shows one that fits."""
    return parse_geld(raw) if isinstance(raw, Decimal) else _money(raw, "52,40")


def _money(raw: object, example: str) -> Decimal:
    text = re.sub(_CURRENCY, "", _digits_of(raw, "Betrag", f"ein Betrag, z. B. {example}"))
    text = re.sub(_DASH_CENTS, ",00", text)
    return _bounded(_number(text, 2, "Betrag", example), "Betrag").quantize(CENT)


def parse_stunden(raw: object) -> Decimal:
    """Read a number of hours or a factor with up to four decimals; not negative."""
    if isinstance(raw, Decimal):
        return _bounded(raw, "Zahl")
    text = _HOURS.sub("", _digits_of(raw, "Zahl", "eine Zahl, z. B. 1.290,5"))
    if match := _DURATION.fullmatch(text):
        hours = zahl(Decimal(match[1]) + Decimal(match[2]) / 60).replace(".", "")
        raise ScalarError(f"{shown(text)} ist keine Zahl: schreiben Sie die Stunden als {hours}")
    return _bounded(_number(text, 4, "Zahl", "1.290,5"), "Zahl")


def parse_prozent(raw: object, *, example: str = "75 %") -> Decimal:
    """Read a percentage as a fraction: `12,5 %` → 0.125; 0 ≤ x ≤ 1. A message shows the `example`.

    A cell that shows a percentage holds the fraction. In others 0.125 and 12.5 say the same, and from 1 to below 2 nobody knows.
    """
    if isinstance(raw, Percent):
        share = Decimal(raw)
    elif isinstance(raw, Decimal):
        number = _bounded(raw, "Prozentsatz")
        if 1 <= number < 2:
            either = f"{zahl(number)} % oder {prozent(number)}"
            raise ScalarError(f"{shown(raw)} ist mehrdeutig ({either}?): formatieren Sie die Zelle als Prozent")
        share = number if number < 1 else number / 100
    else:
        text = _digits_of(raw, "Prozentsatz", f"ein Prozentsatz, z. B. {example}")
        if not text.endswith("%"):
            meant = _percent(text)
            lacking = f"das Prozentzeichen fehlt, schreiben Sie z. B. {meant}" if meant else ""
            raise ScalarError(f"{shown(raw)} ist kein Prozentsatz: {lacking or _lesson(meant_share(text), example)}")
        share = _number(text[:-1].rstrip(SPACES), 4, "Prozentsatz", "12,5 %") / 100
    if not 0 <= share <= 1:
        meant = f"; meinten Sie {prozent(share / 100)}?" if 1 < share <= 100 and isinstance(raw, Percent) else ""
        raise ScalarError(f"{shown(raw)}: ein Prozentsatz zwischen 0 % und 100 % wird erwartet{meant}")
    return share


def parse_ust(raw: object) -> Decimal:
    """Read a rate of VAT as a fraction; 0 ≤ x ≤ 0.25: no country far and wide has a higher one."""
    share = parse_prozent(raw, example="0 %")
    if share > _MAX_UST:
        wanted = f"zwischen 0 % und {prozent(_MAX_UST)} wird erwartet"
        raise ScalarError(f"{shown(raw)} ist kein Satz der Umsatzsteuer: {wanted}")
    return share


def parse_anzahl(raw: object) -> int:
    """Read a whole number from 0 to 9999."""
    if isinstance(raw, str) and _plain(_HOURS.sub("", text := text_of(raw, "eine ganze Zahl"))) is None:
        raise ScalarError(f"{shown(text)} ist keine Zahl: {_lesson(_readable(text), '3')}")
    number = parse_stunden(raw)
    if number != number.to_integral_value() or number > 9999:
        raise ScalarError(f"{shown(raw)}: eine ganze Zahl zwischen 0 und 9.999 wird erwartet")
    return int(number)


def _digits_of(raw: object, was: str, expected: str) -> str:
    if isinstance(raw, date):
        raise ScalarError(f"„{datum(raw)}“ ist {_keine(was)}, sondern ein Datum: formatieren Sie die Zelle als Zahl")
    return text_of(raw, expected)


def _number(text: str, decimals: int, was: str, example: str) -> Decimal:
    if text.startswith(("-", "−")) and not nothing_stated(text):
        raise ScalarError(f"{shown(text)}: ein negativer Wert ist hier nicht möglich")
    plain = _plain(text)
    alone = text if plain is not None else meant_number(text)
    if _AMBIGUOUS.fullmatch(alone):
        whole, last = re.split("[.,]", alone)
        rest = last.rstrip("0")
        small = f"{whole},{rest.ljust(2, '0')}" if len(rest) < 3 else f"{whole},{last}0"
        other = f" – oder {small}, wenn der kleine Wert gemeint ist" if len(rest) <= decimals else ""
        raise ScalarError(
            f"{shown(text)} ist mehrdeutig ({whole}{last} oder {whole}{',' if rest else ''}{rest}?): "
            f"schreiben Sie {whole}{last}{other}"
        )
    if plain is None:
        raise ScalarError(f"{shown(text)} ist {_keine(was)}: {_lesson(_readable(text), example)}")
    rest = plain.partition(".")[2]
    if len(rest) > decimals:
        raise ScalarError(f"{shown(text)} hat {len(rest)} Nachkommastellen, höchstens {decimals} sind möglich")
    return Decimal(plain)


def _readable(text: str) -> str:
    """Return the number that a text may mean, if it alone would be read."""
    meant = meant_number(text)
    return meant if meant not in {"", text} and _plain(meant) is not None else ""


def _lesson(meant: str, example: str) -> str:
    """Return what to write instead of a text: what it means, or an example."""
    return f"schreiben Sie nur {meant}" if meant else f"schreiben Sie z. B. {example}"


def _percent(text: str) -> str:
    """Return what somebody who wrote `text` without a percent sign may have meant: `75 %` for 75 and 0.75, else nothing."""
    if not _SIMPLE.fullmatch(text):
        return ""
    number = Decimal(text.replace(",", "."))
    return format((number * 100).normalize(), "f").replace(".", ",") + " %" if 0 < number < 1 else f"{text} %"


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
        if match := re.fullmatch(pattern, text):
            grouped = text if match["rest"] is None else text[: -len(match["rest"]) - 1]
            digits = grouped.replace(mark, "").replace("’", "")
            return f"{digits}.{match['rest']}" if match["rest"] else digits
    if re.fullmatch(_SPACED, text) or re.fullmatch(_UNDERSCORED, text):
        return _plain(re.sub(f"_|{_SPACE_CLASS}", "", text))
    return None


def _bounded(value: Decimal, was: str) -> Decimal:
    if value.is_nan() or isinstance(value, Percent):
        raise ScalarError(f"{shown(value)} ist {_keine(was)}")
    if _ZERO <= value < _MAX_AMOUNT:
        return value
    if value < 0:
        raise ScalarError(f"{shown(as_typed(value))}: ein negativer Wert ist hier nicht möglich")
    raise ScalarError(f"{shown(value)} ist zu groß: weniger als eine Billion wird erwartet")


_WRITTEN = (
    rf"(?P<before>\D*)(?P<whole>[0-9]+(?:(?P<group>[.,'’_{SPACES}])[0-9]{{3}}(?:(?P=group)[0-9]{{3}})*)?)"
    rf"(?:(?P<mark>[.,])(?P<rest>[0-9]{{1,2}})|(?P<dash>,(?:-|--|–|—)))?(?P<after>\D*)"
)


def written_like(text: str, like: str, parse: Callable[[object], Decimal] = parse_geld) -> str:
    """Return a number written with a comma, `54600,00`, as another one is written: `54.600,00 €` like `76.122,50 €`.

    Grouping, decimal mark and unit are those of the other; where that number would not be read for certain, it stays as it is.
    """
    form = re.fullmatch(_WRITTEN, like)
    if form is None:
        return text
    whole, _, rest = text.partition(",")
    mark = form["mark"] or ("." if form["group"] == "," else ",")
    decimals = f"{mark}{rest}" if rest else ""
    if not rest.strip("0") and form["mark"] is None:
        decimals = form["dash"] or ""
    grouped = f"{int(whole):,}".replace(",", form["group"] or "")
    for number in (f"{grouped}{decimals}", f"{grouped}{mark}{rest}", f"{whole}{decimals}"):
        written = f"{form['before']}{number}{form['after']}"
        try:
            if parse(written) == parse(text):
                return written
        except ScalarError:
            continue
    return text
