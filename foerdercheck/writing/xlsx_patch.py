"""Other values in a workbook (.xlsx): only their cells change; formats, formulas and everything else stay as they are."""

import io
import re
import zipfile
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from html import unescape
from typing import NamedTuple
from xml.sax.saxutils import escape

from foerdercheck.model.location import InputError, Location, Problem

_DAY_ZERO, _DAY_ZERO_1904 = date(1899, 12, 30), date(1904, 1, 1)
_SHEETS = "xl/workbook.xml"
_RELATIONS = "xl/_rels/workbook.xml.rels"
_TYPES = "[Content_Types].xml"
_CHAIN = "xl/calcChain.xml"
_REFERS_TO_CHAIN = r"<(?:Relationship|Override)\b[^>]*calcChain\.xml[^>]*/>"
_CELL = r'<c\b[^>]*?\br="{}"[^>]*?(?:/>|>.*?</c>)'
_ROW = r'(<row\b[^>]*?\br="{}"[^>]*?)(?:/>|>(.*?)</row>)'
_ATTRIBUTE = r'\b{}="([^"]*)"'


class Zellwert(NamedTuple):
    """A cell and what it is to hold; an empty text leaves it empty."""

    ort: Location
    wert: Decimal | date | str


def patched_xlsx(data: bytes, werte: Iterable[Zellwert]) -> bytes:
    """Return a workbook with other values in some cells, which its program computes anew when it is opened.

    Raises InputError for a workbook that is written in a way not foreseen here.
    """
    wanted = list(werte)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {info: archive.read(info) for info in archive.infolist()}
    by_name = {info.filename: content for info, content in parts.items()}
    if _SHEETS not in by_name:
        raise _impossible("Arbeitsmappe")
    book = by_name[_SHEETS].decode()
    day_zero = _DAY_ZERO_1904 if re.search(r'<workbookPr\b[^>]*\bdate1904="(?:1|true)"', book) else _DAY_ZERO
    changed: dict[str, str] = {}
    for cell in wanted:
        part = _part(by_name, cell.ort.blatt or "")
        xml = changed.get(part) or by_name[part].decode()
        changed[part] = _with_cell(xml, cell, day_zero)
    changed[_SHEETS] = _computed_anew(book)
    if _CHAIN in by_name:  # it may name a cell that holds no formula any more; programs make it anew
        changed |= {name: re.sub(_REFERS_TO_CHAIN, "", by_name[name].decode()) for name in (_TYPES, _RELATIONS)}
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for info, content in parts.items():
            if info.filename == _CHAIN:
                continue
            new = changed[info.filename].encode() if info.filename in changed else content
            archive.writestr(info, new, compress_type=info.compress_type)
    return stream.getvalue()


def _part(parts: dict[str, bytes], title: str) -> str:
    sheets = re.findall(r"<sheet\b[^>]*>", parts[_SHEETS].decode())
    relations = re.findall(r"<Relationship\b[^>]*>", parts[_RELATIONS].decode())
    targets = {_attribute(relation, "Id"): _attribute(relation, "Target") for relation in relations}
    for sheet in sheets:
        if unescape(_attribute(sheet, "name")) == title:
            target = targets.get(_attribute(sheet, r"\w+:id"), "")
            part = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
            if part in parts:
                return part
    raise _impossible(title)


def _attribute(element: str, name: str) -> str:
    found = re.search(_ATTRIBUTE.format(name), element)
    return found[1] if found else ""


def _with_cell(xml: str, cell: Zellwert, day_zero: date) -> str:
    name = cell.ort.zelle or ""
    if found := re.search(_CELL.format(name), xml, re.DOTALL):
        if re.search(r"<f\b[^>]*\bref=", found[0]):  # the formula of other cells too
            raise _impossible(str(cell.ort))
        style = _attribute(found[0].partition(">")[0], "s")
        return xml[: found.start()] + _cell(name, style, _as_number(cell.wert, found[0], day_zero)) + xml[found.end() :]
    row = re.search(_ROW.format(re.sub("[A-Z]", "", name)), xml, re.DOTALL)
    if row is None:
        raise _impossible(str(cell.ort))
    cells = re.findall(r"<c\b[^>]*?(?:/>|>.*?</c>)", row[2] or "", re.DOTALL)
    before = [one for one in cells if _column(_attribute(one, "r")) < _column(name)]
    after = [one for one in cells if one not in before]
    inside = "".join((*before, _cell(name, "", cell.wert), *after))
    return f"{xml[: row.start()]}{row[1]}>{inside}</row>{xml[row.end() :]}"


def _column(cell: str) -> tuple[int, str]:
    letters = re.sub("[^A-Z]", "", cell)
    return len(letters), letters


def _as_number(wert: Decimal | date | str, before: str, day_zero: date) -> Decimal | date | str:
    """Return a day as a number where one stood, else nobody knows that it is shown as a day."""
    number = re.search(r"<v>[0-9.]+</v>", before) is not None and _attribute(before.partition(">")[0], "t") in {"", "n"}
    return Decimal((wert - day_zero).days) if isinstance(wert, date) and number else wert


def _cell(name: str, style: str, wert: Decimal | date | str) -> str:
    head = f'<c r="{name}"' + (f' s="{style}"' if style else "")
    if isinstance(wert, Decimal):
        return f"{head}><v>{wert.normalize():f}</v></c>"
    text = wert.isoformat() if isinstance(wert, date) else wert
    if not text:
        return f"{head}/>"
    return f'{head} t="inlineStr"><is><t>{escape(text)}</t></is></c>'


def _computed_anew(book: str) -> str:
    """Have formulas computed when the file is opened: their stored results are those of the old values."""
    if "<calcPr" not in book:
        return book.replace("</workbook>", '<calcPr fullCalcOnLoad="1"/></workbook>')
    without = re.sub(r'(<calcPr\b[^>]*?)\s*fullCalcOnLoad="[^"]*"', r"\1", book)
    return re.sub(r"<calcPr\b", '<calcPr fullCalcOnLoad="1"', without, count=1)


def _impossible(place: str) -> InputError:
    return InputError(
        [Problem(f"{place}: diese Arbeitsmappe ist so geschrieben, dass sich einzelne Zellen nicht ersetzen lassen")]
    )
