"""Workbooks as .ods, written without any program: numbers, days and texts with what they show."""

import io
import zipfile
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from xml.sax.saxutils import escape, quoteattr

_URN = "urn:oasis:names:tc:opendocument:xmlns"
_NAMESPACES = {"office": "office", "table": "table", "text": "text", "style": "style", "number": "datastyle"}
_HEAD = '<?xml version="1.0" encoding="UTF-8"?><office:document-content' + "".join(
    f' xmlns:{prefix}="{_URN}:{name}:1.0"' for prefix, name in _NAMESPACES.items()
)
MIMETYPE = "application/vnd.oasis.opendocument.spreadsheet"
MANIFEST = (
    f'<manifest:manifest xmlns:manifest="{_URN}:manifest:1.0"><manifest:file-entry manifest:full-path="/" '
    f'manifest:media-type="{MIMETYPE}"/></manifest:manifest>'
)


def ods(
    sheets: Mapping[str, Sequence[Sequence[object]]], parts: Mapping[str, bytes] | None = None, styles: str = ""
) -> bytes:
    """Return a workbook with these rows of cells, further parts of the zip, and automatic styles."""
    tables = "".join(
        f"<table:table table:name={quoteattr(name)}>{''.join(map(_row, rows))}</table:table>"
        for name, rows in sheets.items()
    )
    body = f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body>"
    styled = f"<office:automatic-styles>{styles}</office:automatic-styles>"
    content = f'{_HEAD} office:version="1.3">{styled}{body}</office:document-content>'
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        found = {
            "mimetype": MIMETYPE.encode(),
            "content.xml": content.encode(),
            "META-INF/manifest.xml": MANIFEST.encode(),
        }
        for name, data in (found | dict(parts or {})).items():
            archive.writestr(name, data)
    return stream.getvalue()


def _row(cells: Sequence[object]) -> str:
    return f"<table:table-row>{''.join(map(_cell, cells)) or '<table:table-cell/>'}</table:table-row>"


def _cell(value: object) -> str:
    if value is None or value == "":
        return "<table:table-cell/>"
    if isinstance(value, bool):
        kind, shown = f'boolean" office:boolean-value="{str(value).lower()}', str(value).upper()
    elif isinstance(value, int | float | Decimal):
        kind, shown = f'float" office:value="{value}', str(value).replace(".", ",")
    elif isinstance(value, date):
        kind = f'date" office:date-value="{value.isoformat()}'
        shown = f"{value:%d.%m.%Y %H:%M:%S}" if isinstance(value, datetime) else f"{value:%d.%m.%Y}"
    else:
        kind, shown = "string", str(value)
    lines = "".join(f"<text:p>{escape(line)}</text:p>" for line in shown.split("\n"))
    return f'<table:table-cell office:value-type="{kind}">{lines}</table:table-cell>'
