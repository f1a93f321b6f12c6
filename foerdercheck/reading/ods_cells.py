"""What a cell of an .ods shows: its type, its value and its text must say the same, or it is a flaw."""

import re
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal

from foerdercheck.model.scalars import Flaw, Percent, flaw, shown
from foerdercheck.reading.archive import damaged
from foerdercheck.reading.cells import Cell
from foerdercheck.reading.markup import Attributes
from foerdercheck.reading.number_formats import EPOCH, NumberFormat, contradiction, foreign_unit, number, reads_as
from foerdercheck.reading.ods_styles import OFFICE, TABLE
from foerdercheck.reading.sheet import text_cell

_TYPE = "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0 value-type"
_FORMULA = f"{TABLE}formula"
_VALUE_TYPE = f"{OFFICE}value-type"
_VALUE = f"{OFFICE}value"
_CURRENCY = f"{OFFICE}currency"
_STRING_VALUE = f"{OFFICE}string-value"
_DATE_VALUE = f"{OFFICE}date-value"
_BOOLEAN_VALUE = f"{OFFICE}boolean-value"
_EURO = frozenset({"EUR", "€", ""})
_POWER = re.compile(r"(?<=[0-9])E[-+]?[0-9]+")
_DIGITS = re.compile(r"[0-9]+")
_DOTTED = re.compile(r"\s*[0-9]{1,2}\.\s*[0-9]{1,2}\.")
_YES, _NO = frozenset({"true", "wahr", "ja", "yes", "1"}), frozenset({"false", "falsch", "nein", "no", "0"})


def read_cell(attributes: Attributes, text: str | None, form: NumberFormat | None) -> Cell:
    """Return what a cell shows; `text` is what stands in it, None if nothing does, `form` the format of its style."""
    formula, kind = attributes.get(_FORMULA), attributes.get(_VALUE_TYPE)
    claimed = attributes.get(_TYPE, kind)
    if claimed == "error":
        return text if text is not None and flaw(text) else "#VALUE!"
    if kind is None and not (text or "").strip():
        return None if formula is None or text is not None else "=" + (formula.partition("=")[2] or "…")
    if claimed != kind or kind is None:
        return contradiction(text or "", claimed or "nichts")
    if kind not in _READERS:
        raise damaged("eine Zelle enthält etwas Unbekanntes")
    return _READERS[kind](attributes, text, form)


def _number(attributes: Attributes, text: str | None, form: NumberFormat | None) -> Cell:
    try:
        stored = number(attributes.get(_VALUE, "").strip())
    except ValueError:
        raise damaged("eine Zelle enthält statt einer Zahl etwas anderes") from None
    kind = attributes[_VALUE_TYPE]
    value: Cell = stored if form is None else form.read(stored)
    if kind == "percentage" and isinstance(value, Decimal):
        value = Percent(stored)
    if (currency := attributes.get(_CURRENCY, "EUR")) not in _EURO:
        return Flaw(f"die Zelle zeigt {shown(text or stored)}; mit „{currency[:9]}“ wird nicht gerechnet")
    alike = kind == "float" and text is not None and text.replace(",", ".") == attributes[_VALUE]
    if not isinstance(value, Decimal) or text is None or alike:  # most by far
        return value
    expected = value.scaleb(2) if isinstance(value, Percent) else value
    words = text.casefold().strip()
    if (words in _YES and stored == 1) or (words in _NO and stored == 0):
        return value
    if not reads_as(text, expected, german=False):
        return contradiction(text, stored)
    if unit := foreign_unit(_POWER.sub("", text).replace("%", "")):
        return Flaw(f"die Zelle zeigt {shown(text)}; mit „{unit}“ wird nicht gerechnet")
    return value


def _text(attributes: Attributes, text: str | None, form: NumberFormat | None) -> Cell:
    stored = attributes.get(_STRING_VALUE)
    if stored is not None and text is not None and stored.split() != text.split():
        return contradiction(text, stored)
    value = text_cell(text if text is not None else stored or "")
    return form.show_text(value) if form is not None and value.__class__ is str else value


def _day(attributes: Attributes, text: str | None, form: NumberFormat | None) -> Cell:
    stored = attributes.get(_DATE_VALUE, "")
    try:
        day = date.fromisoformat(stored.removesuffix("T00:00:00"))
    except ValueError:
        return Flaw(f"die Zelle enthält {shown(stored)}: schreiben Sie nur den Tag")
    parts = {day.day, day.month, day.year, day.year % 100}
    seen = list(map(int, _DIGITS.findall((text or "")[:100])))
    swapped = seen[:2] == [day.month, day.day] != [day.day, day.month] and _DOTTED.match(text or "")
    if not parts.issuperset(seen) or swapped:
        return contradiction(text or "", stored)
    if form is not None and isinstance(read := form.read(Decimal((day - EPOCH).days)), Flaw):
        return read
    return day


def _truth(attributes: Attributes, text: str | None, _: NumberFormat | None) -> Cell:
    stored = attributes.get(_BOOLEAN_VALUE)
    if stored not in {"true", "false"}:
        raise damaged("eine Zelle enthält etwas Unbekanntes")
    words = (text or "").casefold().strip()
    return contradiction(text or "", stored) if words in (_NO if stored == "true" else _YES) else stored == "true"


def _time(_: Attributes, text: str | None, __: NumberFormat | None) -> Cell:
    return Flaw(
        f"die Zelle enthält die Uhrzeit oder Dauer {shown(text or '')}: schreiben Sie Stunden als Zahl, z. B. 860"
    )


_READERS: Mapping[str, Callable[[Attributes, str | None, NumberFormat | None], Cell]] = {
    **dict.fromkeys(("float", "percentage", "currency"), _number), "string": _text, "date": _day, "boolean": _truth, "time": _time,
}  # fmt: skip
