"""The styles of an .ods: the number format of every style of cells as a format code, and which sheets are hidden."""

import re
from collections.abc import Callable, Mapping
from decimal import Decimal

from foerdercheck.reading.archive import UnreadableError
from foerdercheck.reading.markup import Attributes, Element
from foerdercheck.reading.number_formats import NumberFormat, from_code
from foerdercheck.reading.sheet import is_unseen

_URN = "urn:oasis:names:tc:opendocument:xmlns"
OFFICE, STYLE, TABLE, TEXT, _NUMBER = (
    f"{_URN}:{name}:1.0 " for name in ("office", "style", "table", "text", "datastyle")
)
_MAX_STYLES = 65_000
_MAX_PARENTS = 10
_KINDS = ("number", "currency", "percentage", "date", "time", "boolean", "text")
_FIXED: Mapping[str, str] = {
    "scientific-number": "0.00E+00", "fraction": "# ?/?", "boolean": "General", "text-content": "@", "am-pm": "AM/PM", "era": "e",
    "hours": "h", "minutes": "mm", "seconds": "ss", "day": "dd", "day-of-week": "dd", "week-of-year": "dd", "quarter": "mm",
    "month": "mm", "year": "yyyy",
}  # fmt: skip
"""What the parts of a number style are in a format code; how long a day or month is written changes nothing."""


_POINTS = {
    unit: Decimal(points)
    for unit, points in (("cm", "28.35"), ("mm", "2.835"), ("in", "72"), ("px", "0.75"), ("pc", "12"))
}
_SCALES = {"1": "", "1000": ",", "1000000": ",,", "1000000000": ",,,"}
"""How many thousands a factor leaves out."""


class Styles:
    """The styles by name, from every part that defines some."""

    def __init__(self) -> None:
        self.hidden: set[tuple[str, str]] = set()
        """The styles of sheets, rows and columns that are not shown."""
        self._cells: dict[str, tuple[str, str]] = {}
        """The code, or before it is known the data style, of a style of cells, and the style it inherits from."""
        self._data: dict[str, tuple[str, list[tuple[str, str]]]] = {}
        self._formats: dict[str, NumberFormat | None] = {}
        self._new: dict[str, str] = {}
        self._style = self._family = self._digits = self._behind = ""
        self._place = 0
        self._percent = self._lasting = False
        self._code: list[str] = []
        self._maps: list[tuple[str, str]] = []

    def element(self) -> Element:
        """Return the element styles are defined in."""
        parts = {f"{_NUMBER}{name}": Element(self._part(code)) for name, code in _FIXED.items()}
        embedded = {f"{_NUMBER}embedded-text": Element(self._start_embedded, self._end_embedded, text=True)}
        parts |= {
            f"{_NUMBER}number": Element(self._start_digits, self._end_digits, embedded),
            f"{_NUMBER}text": Element(end=self._words, text=True),
            f"{_NUMBER}currency-symbol": Element(end=self._words, text=True),
            f"{STYLE}map": Element(
                lambda a: self._maps.append((a.get(f"{STYLE}condition", ""), a.get(f"{STYLE}apply-style-name", "")))
            ),
        }
        styles = {f"{_NUMBER}{kind}-style": Element(self._start_data, self._end_data, parts) for kind in _KINDS}
        styles[f"{_NUMBER}percentage-style"] = Element(self._start_percentage, self._end_data, parts)
        styles[f"{STYLE}style"] = Element(
            self._start_style,
            children={
                f"{STYLE}table-properties": Element(self._table),
                f"{STYLE}table-row-properties": Element(self._size("row-height")),
                f"{STYLE}table-column-properties": Element(self._size("column-width")),
            },
        )
        return Element(end=self._finish, children=styles)

    def format(self, style: str) -> NumberFormat | None:
        """Return the number format of a style of cells."""
        if style not in self._formats:
            name, code = style, ""
            for _ in range(_MAX_PARENTS):
                code, parent = self._cells.get(name, ("", ""))
                if code or not parent:
                    break
                name = parent
            self._formats[style] = from_code(code)
        return self._formats[style]

    def _start_style(self, attributes: Attributes) -> None:
        self._style, self._family = attributes.get(f"{STYLE}name", ""), attributes.get(f"{STYLE}family", "")
        if self._family == "table-cell":
            self._new[self._style] = attributes.get(f"{STYLE}data-style-name", "")
            self._cells[self._style] = "", attributes.get(f"{STYLE}parent-style-name", "")
        if len(self._cells) > _MAX_STYLES or len(self._data) > _MAX_STYLES:
            raise UnreadableError(
                "Die Tabelle hat mehr als 65.000 Zellformate: kopieren Sie Ihre Angaben in eine neue Vorlage."
            )

    def _table(self, attributes: Attributes) -> None:
        if attributes.get(f"{TABLE}display") == "false":
            self.hidden.add(("table", self._style))

    def _size(self, name: str) -> Callable[[Attributes], None]:
        def note(attributes: Attributes) -> None:
            size = re.fullmatch(r"([0-9.]{1,20})([a-z]{2})", attributes.get(f"{STYLE}{name}", ""))
            if size and is_unseen(size[1], _POINTS.get(size[2], Decimal(1))):
                self.hidden.add((self._family, self._style))

        return note

    def _start_data(self, attributes: Attributes) -> None:
        self._style, self._code, self._maps, self._percent = attributes.get(f"{STYLE}name", ""), [], [], False
        self._lasting = attributes.get(f"{_NUMBER}truncate-on-overflow") == "false"

    def _start_percentage(self, attributes: Attributes) -> None:
        self._start_data(attributes)
        self._percent = True

    def _end_data(self, _: str) -> None:
        self._data[self._style] = "".join(self._code), self._maps[:2]

    def _part(self, code: str) -> Callable[[Attributes], None]:
        def note(attributes: Attributes) -> None:
            if attributes.get(f"{_NUMBER}calendar", "gregorian") != "gregorian":
                self._code.append("[$-1070000]")
            self._code.append("[h]" if self._lasting and code in {"h", "mm", "ss"} else code)

        return note

    def _words(self, text: str) -> None:
        quoted = '"' + text.replace('"', "'") + '"'
        self._code.append(quoted.replace("%", '"%"') if self._percent else quoted)

    def _start_digits(self, attributes: Attributes) -> None:
        places, factor = attributes.get(f"{_NUMBER}decimal-places", ""), attributes.get(f"{_NUMBER}display-factor", "1")
        self._digits = "#,##0" if attributes.get(f"{_NUMBER}grouping") == "true" else "0"
        decimals = min(int(places), 20) if places.isdecimal() and len(places) < 4 else 0
        self._behind = f".{'0' * decimals}" if decimals else ""
        self._behind += _SCALES.get(factor, f'"1:{factor[:9]}"')

    def _start_embedded(self, attributes: Attributes) -> None:
        place = attributes.get(f"{_NUMBER}position", "")
        self._place = int(place) if place.isdecimal() and len(place) < 3 else 0

    def _end_embedded(self, text: str) -> None:
        self._digits = self._digits.replace(",", "").rjust(self._place + 1, "0")
        at = len(self._digits) - self._place  # those nearest to the point come last
        self._digits = self._digits[:at] + '"' + text.replace('"', "'") + '"' + self._digits[at:]

    def _end_digits(self, _: str) -> None:
        self._code.append(self._digits + self._behind)

    def _finish(self, _: str) -> None:
        """Resolve the styles of cells of this part by its data styles; those of other parts may have the same names."""
        for style, data in self._new.items():
            own, maps = self._data.get(data, ("", ()))
            sections = [f"[{when.removeprefix('value()')}]{self._data.get(name, ('', ()))[0]}" for when, name in maps]
            self._cells[style] = ";".join([*sections, own]), self._cells[style][1]
        self._new.clear()
        self._data.clear()
