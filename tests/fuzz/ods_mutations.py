"""Changes of an .ods where programs may read it differently: cells, rows and sheets."""

import random
import re
from collections.abc import Sequence

from fuzz.changes import Mutation, Parts, replaced

_ODS_CELL = re.compile(rb"<table:table-cell(?:[^<>]*/>|[^<>]*>.*?</table:table-cell>)", re.DOTALL)


def _in_ods_cell(*changes: tuple[bytes, bytes]) -> Mutation:
    def mutate(chance: random.Random, parts: Parts) -> None:
        xml = parts["content.xml"]
        pattern, new = chance.choice(changes)
        fitting = [cell for cell in _ODS_CELL.finditer(xml) if re.search(pattern, cell[0])]
        if fitting:
            cell = chance.choice(fitting)
            parts["content.xml"] = xml[: cell.start()] + re.sub(pattern, new, cell[0], count=1) + xml[cell.end() :]

    return mutate


ODS_CELLS = _in_ods_cell(
    (rb'office:value="[^"]*"', rb'office:value="999"'), (rb'office:value="[^"]*"', rb'office:value="1e2"'),
    (rb"<text:p>[^<]*<", rb"<text:p>999<"), (rb"<text:p>", rb"<text:p><![CDATA[7]]>"),
    (rb'office:value-type="float"', rb'office:value-type="string"'),
    (rb'office:value-type="float"', rb'office:value-type="percentage"'), (rb'office:value-type="float"', rb""),
    (rb'office:value-type="string"', rb'office:value-type="float"'),
    (rb'calcext:value-type="float"', rb'calcext:value-type="string"'), (rb'calcext:value-type="[a-z]*"', rb""),
    (rb"<text:p>([^<]*)</text:p>", rb"<text:p>\1</text:p><text:p>z</text:p>"),
    (rb"<text:p>([^<]*)</text:p>", rb"<text:p><text:span>\1</text:span>x</text:p>"),
    (rb"<text:p>([^<]*)</text:p>", rb'<text:p>\1<text:s text:c="2"/>x</text:p>'),
    (rb"<text:p>([^<]*)</text:p>", rb"<text:p>  \1  y </text:p>"),
    (rb"<text:p>([^<]*)</text:p>", rb"<office:annotation><text:p>note</text:p></office:annotation><text:p>\1</text:p>"),
    (rb"<text:p>[^<]*</text:p>", rb""),
    (rb"<table:table-cell", rb'<table:table-cell table:number-columns-repeated="2"'),
    (rb"<table:table-cell", rb'<table:table-cell table:number-columns-spanned="2" table:number-rows-spanned="2"'),
    (rb'office:value-type="float" office:value="[^"]*"',
    rb'office:value-type="currency" office:currency="CHF" office:value="7"'),
    (rb"<table:table-cell", rb"<!-- x --><table:table-cell"),
    (rb'office:value-type="float" office:value="[^"]*"', rb'office:value-type="date" office:date-value="2026-04-01"'),
    (rb'office:date-value="[^"]*"', rb'office:date-value="2031-04-01"'),
    (rb'office:date-value="[^"]*"', rb'office:date-value="2026-08-01T12:00:00"'),
    (rb'office:value-type="float" office:value="[^"]*"', rb'office:value-type="boolean" office:boolean-value="true"'),
    (rb'office:value-type="string"', rb'office:value-type="string" office:string-value="other"'),
    (rb'<table:table-cell table:style-name="[^"]*"', rb"<table:table-cell"),
    (rb"<(/?)table:table-cell", rb"<\1table:covered-table-cell"),
    (rb"<text:p>([^<]*)</text:p>", rb"<text:p>a<text:line-break/>\1</text:p>"), (rb"<text:p>", rb"<text:p>&#65;"),
)  # fmt: skip
ODS_ROWS = replaced(
    "content.xml",
    (rb"<table:table-row", rb'<table:table-row table:number-rows-repeated="2"'),
    (rb"<table:table-row", rb'<table:table-row table:visibility="collapse"'),
    (rb"<table:table-row", rb'<table:table-row table:visibility="filter"'),
    (rb"(<table:table-row .*?</table:table-row>)", rb"<table:table-row-group>\1</table:table-row-group>"),
    (rb"(<table:table-row .*?</table:table-row>)", rb"<table:table-header-rows>\1</table:table-header-rows>"),
    (rb"<table:table-column", rb'<table:table-column table:visibility="collapse"'),
    (rb"</table:table>",
    rb'<table:table-row table:number-rows-repeated="9999999"><table:table-cell/></table:table-row></table:table>'),
    (rb"</table:table-row>", rb"</table:table-row>x"),
    (rb"(<table:table-row .*?</table:table-row>)", rb'<z:y xmlns:z="urn:z">\1</z:y>'),
    (rb'table:name="Kosten"', rb'table:name="kosten"'), (rb"</table:table>", rb""),
    (rb"<office:body>", rb"<office:body/><office:body>"),
    (rb"<table:table ", rb"<table:table><table:table-row/></table:table><table:table "), (rb"<\?xml[^>]*>", rb"<!DOCTYPE x>"),
    (rb'number:decimal-places="\d"', rb'number:display-factor="1000"'),
    (rb"<number:number ", rb"<number:text>9</number:text><number:number "), (rb'office:version="1.3"', rb""),
)  # fmt: skip
ODS: Sequence[Mutation] = (*[ODS_CELLS] * 4, *[ODS_ROWS] * 2)
