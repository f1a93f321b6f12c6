"""The applicant's workbook with what it shows and nothing else: no formulas, no macros, nothing that leads out of it."""

from collections.abc import Iterable, Mapping
from io import BytesIO
from xml.sax.saxutils import quoteattr
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl import Workbook, load_workbook
from openpyxl.cell import Cell
from openpyxl.formatting.formatting import ConditionalFormattingList
from openpyxl.worksheet.worksheet import Worksheet

from foerdercheck.model.location import InputError, Problem
from foerdercheck.reading.archive import Archive, UnreadableError
from foerdercheck.reading.formulas import unsteady
from foerdercheck.reading.xlsx import PACKAGE, Contents, relations
from foerdercheck.writing.choices import note

_MAX_BYTES = 8 * 1024 * 1024
"""Of all that is copied; openpyxl takes a hundred times as much memory and a second for every megabyte."""
_MAX_COVERED = 100_000
_MAX_LOOKS = 70_000
"""Tags of the part with all styles."""
_TYPES = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_KEPT: Mapping[str, str] = {
    **{kind: f"{_TYPES}.{kind}+xml" for kind in ("worksheet", "styles", "sharedStrings", "comments", "table")},
    "theme": "application/vnd.openxmlformats-officedocument.theme+xml",
}
"""Kinds of parts that are copied, with their content types."""
_PLACES = {"styles": "xl/styles.xml", "theme": "xl/theme/theme1.xml"}
"""Where openpyxl looks for parts, whatever refers to them."""


def cleaned(workbook: bytes) -> Workbook:
    """Return a workbook (.xlsx, .xlsm) that can be written again; raises InputError if that is impossible."""
    try:
        copy = _copied(Archive(workbook))
    except UnreadableError as error:
        raise InputError([Problem(str(error))]) from None
    try:
        book = load_workbook(BytesIO(copy), data_only=True)
    except Exception as error:  # for what it cannot take openpyxl raises anything, even TypeError
        text = "Diese Tabelle lässt sich nicht ergänzen; speichern Sie sie in Excel oder LibreOffice neu als .xlsx."
        raise InputError([Problem(text)]) from error
    cells = (cell for sheet in book.worksheets for cell in sheet._cells.values())
    if linked := [cell for cell in cells if isinstance(cell, Cell) and cell.hyperlink is not None]:
        _empty_again(linked, workbook)
    for sheet in book.worksheets:
        _clean(sheet)
    return book


def _empty_again(linked: Iterable[Cell], workbook: bytes) -> None:
    """Take out of empty cells the aim of a link to them, which openpyxl writes there."""
    try:
        stored = {sheet.title: sheet.rows for sheet in Contents(Archive(workbook)).read(lambda *_: True)}
    except UnreadableError as error:
        raise InputError([Problem(str(error))]) from None
    for cell in linked:
        row = [*stored[cell.parent.title][cell.row - 1 : cell.row], ()][0]
        if len(row) < cell.column or row[cell.column - 1] is None:
            cell.value = None


def _copied(archive: Archive) -> bytes:
    """Return a workbook with the sheets, looks and notes of another, and with no other part of it."""
    contents = Contents(archive)
    sheets = [sheet for sheet in contents.sheets if sheet.relation.is_a("worksheet")]
    if sum(archive.size(sheet.relation.part) for sheet in sheets) > _MAX_BYTES:
        raise UnreadableError(
            "Die Tabelle ist zu groß, um sie zu ergänzen: löschen Sie Blätter, die nicht zum Budget gehören."
        )
    if sum(sheet.covered for sheet in contents.read(lambda *_: False)) > _MAX_COVERED:
        raise UnreadableError(
            "Verbundene Zellen oder Links reichen in dieser Tabelle weit über das Ausgefüllte hinaus: heben Sie sie dort auf."
        )
    stream = BytesIO()
    with ZipFile(stream, "w", ZIP_DEFLATED) as copy:
        writer = _Copy(archive, copy)
        listed = []
        for number, sheet in enumerate(sheets, 1):
            key = writer.take("xl/workbook.xml", "worksheet", sheet.relation.part)
            listed.append(
                f'<sheet name={quoteattr(sheet.title)} sheetId="{number}" state={quoteattr(sheet.state)} r:id="{key}"/>'
            )
        for kind in ("styles", "sharedStrings", "theme"):
            if (part := contents.part(kind)) is not None:
                writer.take("xl/workbook.xml", kind, part)
        epoch = f'<workbookPr date1904="{int(contents.since_1904)}"/>'
        writer.finish(
            f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}">{epoch}<sheets>{"".join(listed)}</sheets></workbook>'
        )
    return stream.getvalue()


class _Copy:
    """Copies parts into a new package; what they refer to comes along if it is of a kind that is kept."""

    def __init__(self, archive: Archive, copy: ZipFile) -> None:
        self._archive = archive
        self._copy = copy
        self._left = _MAX_BYTES
        self._types: dict[str, str] = {"xl/workbook.xml": f"{_TYPES}.sheet.main+xml"}
        self._relations: dict[str, list[str]] = {}

    def take(self, owner: str, kind: str, part: str, key: str = "") -> str:
        """Copy a part `owner` refers to under `key`, with what it refers to; returns the key."""
        self._left -= self._archive.size(part)
        if self._left < 0:
            text = "Die Tabelle ist zu groß, um sie zu ergänzen: löschen Sie Blätter, die nicht zum Budget gehören."
            raise UnreadableError(text)
        name = _PLACES.get(kind, f"xl/{kind}{len(self._types)}.xml")
        key = key or f"rId{len(self._types)}"
        self._types[name] = _KEPT[kind]
        self._refer(owner, key, kind, f'Target="/{name}"')
        data = b"".join(self._archive.pieces(part))
        if kind == "styles" and data.count(b"<") > _MAX_LOOKS:
            text = "Die Tabelle hat zu viele Zellformate, um sie zu ergänzen: kopieren Sie Ihre Angaben in eine neue Vorlage."
            raise UnreadableError(text)
        self._copy.writestr(name, data)
        for inner, relation in relations(self._archive, part).items() if kind == "worksheet" else ():
            for kept in ("comments", "table"):
                if relation.is_a(kept):
                    self.take(name, kept, relation.part, inner)
            if not relation.part:
                self._refer(name, inner, "hyperlink", 'Target="about:blank" TargetMode="External"')
        return key

    def _refer(self, owner: str, key: str, kind: str, target: str) -> None:
        line = f'<Relationship Id={quoteattr(key)} Type="{_OFFICE}/{kind}" {target}/>'
        self._relations.setdefault(owner, []).append(line)

    def finish(self, workbook: str) -> None:
        """Write the workbook itself, and what a package needs besides."""
        self._refer("", "rId1", "officeDocument", 'Target="/xl/workbook.xml"')
        self._copy.writestr("xl/workbook.xml", workbook)
        for owner, lines in self._relations.items():
            folder, _, name = owner.rpartition("/")
            text = f'<Relationships xmlns="{PACKAGE}">{"".join(lines)}</Relationships>'
            self._copy.writestr(f"{folder}/_rels/{name}.rels".lstrip("/"), text)
        types = "".join(f'<Override PartName="/{name}" ContentType="{kind}"/>' for name, kind in self._types.items())
        default = '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        self._copy.writestr(
            "[Content_Types].xml",
            f'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">{default}{types}</Types>',
        )


def _clean(sheet: Worksheet) -> None:
    """Drop what a program computes when it opens a sheet, and links that lead out of the workbook."""
    _clean_cells(sheet)
    checks = sheet.data_validations
    checks.dataValidation = [check for check in checks.dataValidation if _is_harmless(check.formula1, check.formula2)]
    looks, sheet.conditional_formatting = sheet.conditional_formatting, ConditionalFormattingList()
    for area in looks:
        for rule in (rule for rule in area.rules if _is_harmless(*rule.formula)):
            sheet.conditional_formatting.add(str(area.sqref), rule)
    for table in sheet.tables.values():
        for column in table.tableColumns:
            column.calculatedColumnFormula = column.totalsRowFormula = None


def _clean_cells(sheet: Worksheet) -> None:
    for cell in sheet._cells.values():  # iter_rows would make every cell up to a formatted one in the last corner
        if cell.hyperlink is not None and cell.hyperlink.target:
            cell.hyperlink = None
        if cell.comment is not None:
            cell.comment = note(cell.comment.text)  # openpyxl does not read how large a note was


def _is_harmless(*formulas: str | None) -> bool:
    return not any(unsteady(formula) for formula in formulas if formula)
