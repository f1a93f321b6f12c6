"""An .xlsx or .xlsm: the workbook its relations name, with what its sheets share; macros and pictures are not looked at."""

from collections.abc import Collection, Mapping, Sequence
from posixpath import join
from typing import NamedTuple

from foerdercheck.reading.archive import Archive, UnreadableError, damaged, part_name
from foerdercheck.reading.cells import Cell
from foerdercheck.reading.markup import UNREAD, Attributes, Element, Markup, Shortcut
from foerdercheck.reading.precedents import resting_on, settle
from foerdercheck.reading.sheet import Room, Sheet, Wanted, text_cell
from foerdercheck.reading.xlsx_cells import TRUE, Book, named, string, unescaped
from foerdercheck.reading.xlsx_rows import ordinary_strings
from foerdercheck.reading.xlsx_sheet import Worksheet

PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_RELATION = (
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships id",
    "http://purl.oclc.org/ooxml/officeDocument/relationships id",
)
_SHEETS = ("worksheet", "chartsheet", "dialogsheet", "xlMacrosheet", "xlIntlMacrosheet")
"""Kinds of sheets; all but the first hold no cells, or macros of old."""
_MAX_STYLES = 65_000
_MAX_SHEETS = 1_000
_LEAST = 25
"""As many characters a text counts at least: each takes memory of its own."""
_BUILT_IN: Mapping[int, str] = {
    9: "0%", 10: "0.00%", 11: "0.00E+00", 12: "# ?/?", 13: "# ??/??", 45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss", 48: "##0.0E+0",
    **dict.fromkeys((14, 15, 16, 17, *range(27, 32), 36, *range(50, 59)), "dd.mm.yyyy"),
    **dict.fromkeys((18, 19, 20, 21, *range(32, 36)), "hh:mm"), 22: "dd.mm.yyyy hh:mm",
}  # fmt: skip
"""Formats that have a number only; all others show the number itself, or Euro where the program is German."""
_FIRST_OF_ITS_OWN = 164
_UNDEFINED = '"?"'
"""Of a format a workbook names and does not define, one program makes a number and another one a day."""


class Relation(NamedTuple):
    """What a part refers to: the kind, as an address, and the other part; nothing where it lies outside of the workbook."""

    kind: str
    part: str

    def is_a(self, kind: str) -> bool:
        """Tell the kind by its last word."""
        return self.kind.rpartition("/")[2] == kind and bool(self.part)


class Listed(NamedTuple):
    """A sheet as the workbook lists it: its title, `visible`, `hidden` or `veryHidden`, and how the workbook refers to it."""

    title: str
    state: str
    relation: Relation


def read_xlsx(archive: Archive, wanted: Wanted) -> list[Sheet]:
    """Return the worksheets in their order; raises UnreadableError for what no program would open, or read in two ways."""
    return Contents(archive).read(wanted)


def computed_with(data: bytes, cells: Collection[str]) -> Mapping[str, str]:
    """Return the cells (`Kosten!D7`) whose formulas compute with some others, each with the one; raises UnreadableError."""
    contents = Contents(Archive(data))
    return resting_on(contents.read(lambda *_: False), contents.names, cells)


def relations(archive: Archive, part: str) -> Mapping[str, Relation]:
    """Return what a part refers to, by id; parts without such a list refer to nothing."""
    folder, _, name = part.rpartition("/")
    listed = part_name(join(folder, "_rels", f"{name}.rels"))
    found: dict[str, Relation] = {}

    def note(attributes: Attributes) -> None:
        key, target = attributes.get("Id", ""), attributes.get("Target", "")
        if key in found:
            raise damaged("zwei ihrer Verweise heißen gleich")
        outside = attributes.get("TargetMode") == "External" or "/./" in f"/{target}"  # which programs read differently
        found[key] = Relation(attributes.get("Type", ""), "" if outside else part_name(join(f"/{folder}", target)))

    if listed in archive:
        root = Element(children={f"{PACKAGE} Relationship": Element(note)}, closed=True)
        Markup({f"{PACKAGE} Relationships": root}).read(archive.pieces(listed))
    return found


class Contents:
    """The workbook itself: which sheets it has, and what they share."""

    def __init__(self, archive: Archive) -> None:
        """Find the workbook where the relations say it is, and read it; raises UnreadableError."""
        books = [relation.part for relation in relations(archive, "").values() if relation.is_a("officeDocument")]
        if len(books) != 1:
            raise damaged("niemand weiß, wo die Arbeitsmappe steht")
        if books[0].endswith(".bin"):
            raise UnreadableError("Das Format .xlsb wird nicht gelesen: speichern Sie die Datei in Excel als .xlsx.")
        self.sheets: list[Listed] = []
        self.since_1904 = False
        self._archive = archive
        self._room = Room()
        self._relations = relations(archive, books[0])
        self.names: dict[str, str] = {}
        """The formulas that names stand for; of a name that several sheets have for themselves, all."""
        self._name = ""
        sheets = Element(children=named(sheet=Element(self._list)), closed=True)
        name = Element(self._note_name, self._note_named, text=True)
        names = Element(children=named(definedName=name))
        book = named(workbookPr=Element(self._note_epoch), sheets=sheets, definedNames=names)
        Markup(named(workbook=Element(children=book)), named(sheet=UNREAD)).read(archive.pieces(books[0]))
        if not self.sheets:
            raise damaged("sie hat keine Blätter")

    def _note_epoch(self, attributes: Attributes) -> None:
        self.since_1904 = attributes.get("date1904") in TRUE

    def _list(self, attributes: Attributes) -> None:
        if len(self.sheets) == _MAX_SHEETS:
            raise damaged("sie hat zu viele Blätter")
        relation = self._relations.get(next((attributes[name] for name in _RELATION if name in attributes), ""))
        if relation is None or not any(map(relation.is_a, _SHEETS)):
            raise damaged("eines ihrer Blätter fehlt")
        title = attributes.get("name", "")
        if not title or any(sheet.title.casefold() == title.casefold() for sheet in self.sheets):
            raise damaged("eines ihrer Blätter hat keinen eigenen Namen")
        self.sheets.append(Listed(title, attributes.get("state", "visible"), relation))

    def _note_name(self, attributes: Attributes) -> None:
        self._name = attributes.get("name", "")

    def _note_named(self, formula: str) -> None:
        self._room.take_formula(len(formula))
        self.names[self._name] = f"{self.names.get(self._name, '')} {formula}"

    def read(self, wanted: Wanted) -> list[Sheet]:
        """Return the worksheets; sheets of charts hold no cells."""
        book = Book(self._strings(), self._codes(), self.since_1904)
        found = []
        for title, state, relation in self.sheets:
            if relation.is_a("worksheet"):
                sheet = Sheet(title, self._room, wanted, hidden=state != "visible")
                Worksheet(sheet, book).read(self._archive.pieces(relation.part))
                found.append(sheet)
        settle(found, self.names)
        return found

    def part(self, kind: str) -> str | None:
        """Return the one part of a kind the workbook refers to, if there is one."""
        parts = {relation.part for relation in self._relations.values() if relation.is_a(kind)}
        if len(parts) > 1:
            raise damaged("niemand weiß, welche Formate oder Texte gelten")
        return next(iter(parts), None)

    def _strings(self) -> Sequence[Cell]:
        found: list[Cell] = []
        if (part := self.part("sharedStrings")) is not None:

            def note(text: Cell) -> None:
                self._room.take_text(len(text) + _LEAST if isinstance(text, str) else _LEAST)
                found.append(text)

            entry = string(note)
            table = Element(children=named(si=entry, extLst=UNREAD), closed=True)

            def take(data: bytes, _: int, end: int) -> int:
                end, texts = ordinary_strings(data, end)
                for text in texts:
                    note(text_cell(unescaped(text)))
                return end

            Markup(named(sst=table)).read(self._archive.pieces(part), Shortcut(table, entry, b"</si>", take))
        return found

    def _codes(self) -> Sequence[str]:
        """Return the number format of every style of a cell."""
        known, codes = dict(_BUILT_IN), list[str]()

        def define(attributes: Attributes) -> None:
            known[_number(attributes, "numFmtId")] = attributes.get("formatCode", "")

        def use(attributes: Attributes) -> None:
            number = _number(attributes, "numFmtId")
            codes.append(known.get(number, "" if number < _FIRST_OF_ITS_OWN else _UNDEFINED))
            if len(codes) > _MAX_STYLES:
                raise UnreadableError(
                    "Die Tabelle hat mehr als 65.000 Zellformate: kopieren Sie Ihre Angaben in eine neue Vorlage."
                )

        if (part := self.part("styles")) is not None:
            formats = Element(children=named(numFmt=Element(define)))
            styles = Element(children=named(xf=Element(use)))
            sheet = Element(children=named(numFmts=formats, cellXfs=styles))
            Markup(named(styleSheet=sheet)).read(self._archive.pieces(part))
        return codes


def _number(attributes: Attributes, name: str) -> int:
    value = attributes.get(name, "0")
    if not value.isascii() or not value.isdecimal() or len(value) > 9:
        raise damaged("ihre Zahlenformate sind nicht zu lesen")
    return int(value)
