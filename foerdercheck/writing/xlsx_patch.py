"""Other values in a workbook (.xlsx): only their cells change; formats, formulas and everything else stay as they are."""

import io
import re
import zipfile
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import NamedTuple
from xml.sax.saxutils import escape

from foerdercheck.model.location import InputError, Location, Problem

_DAY_ZERO = date(1899, 12, 30)
_SHEETS = "xl/workbook.xml"
_RELATIONS = "xl/_rels/workbook.xml.rels"
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
    changed: dict[str, str] = {}
    for cell in wanted:
        part = _part(by_name, cell.ort.blatt or "")
        xml = changed.get(part) or by_name[part].decode()
        changed[part] = _with_cell(xml, cell)
    book = by_name[_SHEETS].decode()
    changed[_SHEETS] = _computed_anew(book)
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for info, content in parts.items():
            new = changed[info.filename].encode() if info.filename in changed else content
            archive.writestr(info, new, compress_type=info.compress_type)
    return stream.getvalue()


def _part(parts: dict[str, bytes], title: str) -> str:
    sheets = re.findall(r"<sheet\b[^>]*>", parts[_SHEETS].decode())
    relations = re.findall(r"<Relationship\b[^>]*>", parts[_RELATIONS].decode())
    targets = {_attribute(relation, "Id"): _attribute(relation, "Target") for relation in relations}
    for sheet in sheets:
        if _attribute(sheet, "name") == escape(title, {'"': "&quot;"}):
            target = targets.get(_attribute(sheet, "r:id"), "")
            part = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
            if part in parts:
                return part
    raise _impossible(title)


def _attribute(element: str, name: str) -> str:
    found = re.search(_ATTRIBUTE.format(name), element)
    return found[1] if found else ""


def _with_cell(xml: str, cell: Zellwert) -> str:
    name = cell.ort.zelle or ""
    if found := re.search(_CELL.format(name), xml, re.DOTALL):
        style = _attribute(found[0].partition(">")[0], "s")
        return xml[: found.start()] + _cell(name, style, cell.wert, found[0]) + xml[found.end() :]
    row = re.search(_ROW.format(re.sub("[A-Z]", "", name)), xml, re.DOTALL)
    if row is None:
        raise _impossible(str(cell.ort))
    cells = re.findall(r"<c\b[^>]*?(?:/>|>.*?</c>)", row[2] or "", re.DOTALL)
    before = [one for one in cells if _column(_attribute(one, "r")) < _column(name)]
    after = [one for one in cells if one not in before]
    inside = "".join((*before, _cell(name, "", cell.wert, ""), *after))
    return f"{xml[: row.start()]}{row[1]}>{inside}</row>{xml[row.end() :]}"


def _column(cell: str) -> tuple[int, str]:
    letters = re.sub("[^A-Z]", "", cell)
    return len(letters), letters


def _cell(name: str, style: str, wert: Decimal | date | str, before: str) -> str:
    """Return a cell; a day is a number where one stood there, else nobody knows that it is shown as a day."""
    head = f'<c r="{name}"' + (f' s="{style}"' if style else "")
    number = re.search(r"<v>[0-9.]+</v>", before) is not None and _attribute(before.partition(">")[0], "t") in {"", "n"}
    if isinstance(wert, date) and number:
        return f"{head}><v>{(wert - _DAY_ZERO).days}</v></c>"
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
