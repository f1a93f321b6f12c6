"""Changes of an .xlsx where programs may read it differently: cells, rows, sheets, styles, relations, texts."""

import random
import re
from collections.abc import Callable, Sequence

from fuzz.changes import Mutation, Parts, changed, replaced

_CELL = re.compile(rb'<c r="[A-Z]+[0-9]+"(?:[^<>]*/>|[^<>]*>.*?</c>)', re.DOTALL)
_MAIN = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def _sheet(chance: random.Random, parts: Parts) -> str:
    return chance.choice([name for name in parts if "sheet" in name.casefold() and name.casefold().endswith(".xml")])


def _in_sheet(change: Callable[[random.Random, bytes], bytes]) -> Mutation:
    def mutate(chance: random.Random, parts: Parts) -> None:
        name = _sheet(chance, parts)
        parts[name] = change(chance, parts[name])

    return mutate


def _in_cell(*changes: tuple[bytes, bytes]) -> Mutation:
    """Replace a pattern in one cell, by one of several texts."""

    def change(chance: random.Random, xml: bytes) -> bytes:
        cells = list(_CELL.finditer(xml))
        pattern, new = chance.choice(changes)
        fitting = [cell for cell in cells if re.search(pattern, cell[0])]
        if not fitting:
            return xml
        cell = chance.choice(fitting)
        return xml[: cell.start()] + re.sub(pattern, new, cell[0], count=1) + xml[cell.end() :]

    return _in_sheet(change)


VALUES = _in_cell(
    (rb"<v>([0-9]+)([0-9])</v>", rb"<v>\1&#4\2;</v>"), (rb"<v>([0-9])", rb"<v><!-- x -->\1"),
    (rb"<v>([0-9])", rb"<v>\1<!-- 9 -->"),
    (rb"<v>([0-9.]+)</v>", rb"<v><![CDATA[\1]]></v>"), (rb"<v>([0-9.]+)</v>", rb"<v> \1 </v>"),
    (rb"<v>([0-9.]+)</v>", rb"<v>\g<1>e2</v>"),
    (rb"<v>([0-9.]+)</v>", rb"<v>-\1</v>"), (rb"<v>([0-9.]+)</v>", rb"<v>\1</v><v>7</v>"), (rb"<v>([0-9.]+)</v>", rb"<v/>"),
    (rb"<v>([0-9.]+)</v>", rb"<v>\1x</v>"), (rb"<v>([0-9.]+)</v>", rb"<v>+\1</v>"), (rb"<v>([0-9.]+)</v>", rb"<v>1,5</v>"),
    (rb"<v>([0-9.]+)</v>", rb"<v>0.30000000000000004</v>"), (rb"<v>([0-9.]+)</v>", rb"<v>4.0000000000000002E-2</v>"),
    (rb"<v>([0-9.]+)</v>", rb"<v>12345678901234567</v>"), (rb"<v>([0-9.]+)</v>", rb"<v>1e400</v>"),
    (rb"<v>([0-9.]+)</v>", rb"<v>.5</v>"),
    (rb"<v>([0-9.]+)</v>", rb'<v xml:space="preserve">\1</v>'), (rb"<v>([0-9.]+)</v>", rb"<v><x>\1</x></v>"),
    (rb"<v>([0-9.]+)</v>", rb"<?p x?><v>\1</v>"), (rb"<v>([0-9.]+)</v>", rb"8<v>\1</v>"), (rb"<v>([0-9.]+)</v>", rb"<v>\1</v>8"),
    (rb"<v>([0-9.]+)</v>", rb"<is><t>9</t></is><v>\1</v>"), (rb"<v>([0-9.]+)</v>", rb'<z:v xmlns:z="urn:z">9</z:v><v>\1</v>'),
    (rb"<v>([0-9.]+)</v>", rb"<v>\1</v><extLst><ext><v>9</v></ext></extLst>"), (rb"<v>([0-9.]+)</v>", rb"<v>0x10</v>"),
)  # fmt: skip
TEXTS = _in_cell(
    (rb"<t>(\w+)", rb"<t>_x0041_\1"), (rb"<t>(\w+)", rb"<t>_x005F_x0041_\1"), (rb"<t>(\w+)", rb"<t> \1"),
    (rb"<t>(\w+)", rb"<t>&amp;lt;\1"), (rb"<t>(\w+)", rb"<t>&#65;\1"), (rb"<t>(\w+)", rb"<t>a&#10;\1"),
    (rb"<t>(\w+)", rb"<t>a\n\1"),
    (rb"<is><t>(\w+)</t></is>", rb"<is><r><t>\1</t></r><r><rPr><b/></rPr><t>x</t></r></is>"),
    (rb"<is><t>(\w+)</t></is>", rb'<is><t>\1</t><rPh sb="0" eb="1"><t>ph</t></rPh></is>'),
    (rb"<is><t>(\w+)</t></is>", rb"<is><t>a</t><t>\1</t></is>"),
    (rb"<is><t>(\w+)</t></is>", rb"<is/>"), (rb"<is><t>(\w+)</t></is>", rb"<v>\1</v>"), (rb"<t>(\w+)", rb"<t><![CDATA[<b>]]>\1"),
    (rb"<t>(\w+)</t>", rb'<t xml:space="preserve">  \1  </t>'), (rb"<t>(\w+)</t>", rb"<t>1.000,00</t>"),
    (rb"<t>(\w+)</t>", rb"<t>&undefined;</t>"),
)  # fmt: skip
KINDS = _in_cell(
    *((rb' t="\w+"', b' t="%s"' % kind) for kind in (b"n", b"s", b"str", b"inlineStr", b"b", b"e", b"d", b"x", b"", b"N")),
    (rb' t="\w+"', rb""), (rb' t="n"', rb' t="s"'), (rb"<v>[0-9.]+</v>", rb"<v>1</v>"),
    (rb' t="n"><v>[0-9.]+<', rb' t="b"><v>1<'),
    (rb' t="n"><v>[0-9.]+<', rb' t="b"><v>true<'), (rb' t="n"><v>[0-9.]+<', rb' t="e"><v>#REF!<'),
    (rb' t="n"><v>[0-9.]+<', rb' t="str"><v>a b<'),
    (rb' t="n"><v>[0-9.]+<', rb' t="d"><v>2026-04-01<'), (rb' t="n"><v>[0-9.]+<', rb' t="d"><v>2026-04-01T12:00:00<'),
)  # fmt: skip
PLACES = _in_cell(
    (rb' r="[A-Z]+', rb' r="'), (rb' r="([A-Z]+)', rb' r="A\1'), (rb' r="([A-Z]+)[0-9]+', rb' r="\g<1>1'),
    (rb' r="([A-Z]+)', rb' R="\1'),
    (rb' r="[A-Z]+[0-9]+"', rb""), (rb' r="([A-Z]+)', rb' r="$\1'), (rb' r="([A-Z]+[0-9]+)"', rb' r="\g<1>0"'),
    (rb' r="[A-Z]+', rb' r="XFD'),
    (rb' r="[A-Z]+', rb' r="XFE'), (rb' r="([A-Z]+[0-9]+)"', rb' r=" \1"'), (rb' r="([A-Z]+[0-9]+)"', rb" r='\1'"),
    (rb"<c r", rb'<c z:r="A1" xmlns:z="urn:z" r'), (rb' r="[A-Z]+[0-9]+"', rb' r="A99999999"'), (rb' r="([A-Z])', rb' r="a'),
)  # fmt: skip
FORMULAS = _in_cell(
    (rb"<v>([0-9.]+)</v>", rb"<f>\1+0</f><v>\1</v>"), (rb"<v>([0-9.]+)</v>", rb'<f t="shared" ref="A1:A2" si="0">1</f><v>\1</v>'),
    (rb"<v>([0-9.]+)</v>", rb'<f t="shared" si="0"/><v>\1</v>'), (rb"<v>([0-9.]+)</v>", rb"<f>1+</f><v>\1</v>"),
    (rb"<v>([0-9.]+)</v>", rb"<f>TODAY()</f><v>\1</v>"),
)  # fmt: skip
STYLES = _in_cell(*((rb' (?:s="\d+" )?t="n"', b' s="%d" t="n"' % style) for style in (*range(30), 99)))
CODES = (
    '0.00" €"', "0,", "0.0,,", '"1.000,00 €"', '"CHF" 0.00', "[$CHF-807] #,##0.00", ";;;", "0%", "0.00%", '0"%"', "dd.mm.yyyy",
    "h:mm", "[h]:mm", "0.00E+00",
    "# ?/?", "@", "General", '0;-0;"-"', "[>100]0.0;0", "[<100]0;0.0", "#,##0", "00000", "0\\.00", "0\\,00", "0 0 0",
    "#\\ ##0.00", "yyyy-mm-dd hh:mm",
    '[=7]"x";0', "0.0#", '_-* #,##0.00\\ "€"_-', '0;;"y";@', "mmm yy", "General\\ \\h",
)  # fmt: skip


def _formats(chance: random.Random, parts: Parts) -> None:
    """Give all cells that show a number one of many formats."""
    if "xl/styles.xml" not in parts:
        return
    code = chance.choice(CODES).replace("&", "&amp;").replace('"', "&quot;").replace("<", "&lt;").replace(">", "&gt;")
    styles = re.sub(rb"<numFmts.*?</numFmts>|<numFmts[^>]*/>", b"", parts["xl/styles.xml"], flags=re.DOTALL)
    number = chance.choice((200, 200, 200, 164, 4, 44, 9, 14, 2))
    defined = f'<numFmts count="1"><numFmt numFmtId="{number}" formatCode="{code}"/></numFmts>'.encode()
    styles = re.sub(rb"(<styleSheet[^>]*>)", lambda match: match[1] + defined, styles, count=1)
    applied = chance.choice((b"", b"", b' applyNumberFormat="1"', b' applyNumberFormat="0"'))
    added = b'<xf numFmtId="%d" fontId="0" fillId="0" borderId="0" xfId="0"%s/></cellXfs>' % (number, applied)
    styles = re.sub(rb"</cellXfs>", lambda _: added, styles, count=1)
    index = len(re.findall(rb"<xf ", re.search(rb"<cellXfs.*?</cellXfs>", styles, re.DOTALL)[0])) - 1
    parts["xl/styles.xml"] = styles
    name = _sheet(chance, parts)
    parts[name] = re.sub(
        rb'( r="[A-Z]+\d+")(?: s="\d+")?( t="(?:n|inlineStr|s)")', b'\\1 s="%d"\\2' % index, parts[name]
    )


ROWS = _in_sheet(
    lambda chance, xml: changed(
        chance, xml,
        (rb'<row r="\d+"', rb"<row"), (rb'<row r="(\d+)"', rb'<row r="\1" hidden="1"'), (rb'<row r="\d+"', rb'<row r="1"'),
        (rb'<row r="(\d+)"', rb'<row r="\g<1>0"'),
        (rb'<row r="\d+"', rb'<row r="0"'), (rb"</row>", rb"</row><row/>"), (rb"</row>", rb"</row><!-- x -->"),
        (rb"</row>", rb"</row>\n  "), (rb"</row>", rb"</row>x"),
        (rb"<row", rb'<z:row xmlns:z="urn:z" r="1"><z:c r="A1"/></z:row><row'), (rb"</row>", rb'</row><z:row xmlns:z="urn:z"/>'),
        (rb'<row r="\d+"', rb'<row r="1048577"'), (rb"(<row.*?</row>)", rb"\1\1"), (rb'<row r="(\d+)"', rb'<row r="0\1"'),
        (rb"(<c .*?</c>)(<c .*?</c>)", rb"\2\1"),
        (rb"(<c [^/]*?</c>)", rb"\1\1"), (rb"</row>", rb"<v>3</v></row>"), (rb"</row>", rb"<extLst/></row>"),
    )
)  # fmt: skip
SHEETS = _in_sheet(
    lambda chance, xml: changed(
        chance, xml,
        (rb"</sheetData>", rb'</sheetData><mergeCells><mergeCell ref="A2:B3"/></mergeCells>'),
        (rb"</sheetData>", rb'</sheetData><mergeCells><mergeCell ref="A:B"/></mergeCells>'),
        (rb"</sheetData>", rb'</sheetData><mergeCells><mergeCell ref="2:3"/></mergeCells>'),
        (rb"</sheetData>", rb"</sheetData><sheetData/>"),
        (rb"<sheetData>", rb"<sheetData/><sheetData>"), (rb"<sheetData>", rb'<z:sheetData xmlns:z="urn:z"/><sheetData>'),
        (rb"<sheetData>", rb"<!-- <sheetData> --><sheetData>"),
        (rb"<sheetData>(.*)</sheetData>", rb"<sheetData><!-- \1 --></sheetData>"),
        (rb"<sheetData>", rb'<cols><col min="1" max="2" width="9" hidden="1"/></cols><sheetData>'),
        (rb"^(<\?xml[^>]*>)?", rb'<?xml version="1.0" encoding="ISO-8859-1"?>'), (rb"^(<\?xml[^>]*>)?", b"\xef\xbb\xbf"),
        (rb"^(<\?xml[^>]*>)?", rb'<?xml version="1.1"?>'),
        (rb"^(<\?xml[^>]*>)?", rb"<!DOCTYPE x>"), (rb"</worksheet>", rb"</worksheet><!-- x -->"), (rb"</worksheet>", rb""),
        (rb"</worksheet>", rb"</worksheet>x"),
        (rb'<dimension ref="[^"]*"', rb'<dimension ref="A1"'), (rb'<dimension ref="[^"]*"', rb'<dimension ref="1:39"'),
        (_MAIN, b"http://purl.oclc.org/ooxml/spreadsheetml/main"),
        (_MAIN, b"urn:other"), (rb"</sheetData>", rb"</sheetData><sheetPr/>"),
        (rb"<sheetData>", rb'<sheetData xml:space="preserve">'),
    )
)  # fmt: skip


def _prefixed(chance: random.Random, parts: Parts) -> None:
    """Write every element of a sheet with a prefix."""
    name = _sheet(chance, parts)
    xml = re.sub(rb"<(/?)(\w+)(?=[\s/>])", rb"<\1x:\2", parts[name])
    parts[name] = xml.replace(b'xmlns="' + _MAIN, b'xmlns:x="' + _MAIN)


def _wide(chance: random.Random, parts: Parts) -> None:
    """Encode a sheet in UTF-16."""
    name = _sheet(chance, parts)
    text = re.sub(r"^<\?xml[^>]*>", "", parts[name].decode(errors="replace"))
    parts[name] = ('<?xml version="1.0" encoding="UTF-16"?>' + text).encode("utf-16")


BOOK = replaced(
    "xl/workbook.xml",
    (rb"(<sheet [^>]*/>)(<sheet [^>]*/>)", rb"\2\1"), (rb"(<sheet [^>]*/>)", rb"\1\1"),
    (rb'state="visible"', rb'state="hidden"'), (rb'state="visible"', rb'state="veryHidden"'),
    (rb'r:id="rId1"', rb'r:id="rId2"'), (rb"<workbookPr ?", rb'<workbookPr date1904="1" '), (rb"<sheet [^>]*/>", rb""),
    (rb"<sheets>", rb"<sheets/><sheets>"),
    (rb'name="Kosten"', rb'name="kosten"'), (rb'name="Kosten"', rb'name="Vorhaben"'), (rb'r:id="rId1"', rb'r:id="rId99"'),
)  # fmt: skip
RELATIONS = replaced(
    r"xl/_rels/workbook.xml.rels|_rels/.rels",
    (rb'Target="/xl/', rb'Target="'), (rb'Target="/xl/', rb'Target="./'), (rb'Target="/xl/', rb'Target="/XL/'),
    (rb'Target="/xl/', rb'Target="../xl/'),
    (rb'Target="/?xl/', rb'Target="xl\\\\'), (rb"(<Relationship [^>]*/>)(<Relationship [^>]*/>)", rb"\2\1"),
    (rb"<Relationship [^>]*/>", rb""),
    (rb'relationships/worksheet"', rb'relationships/chartsheet"'), (rb'Id="rId1"', rb'Id="rId2"'),
    (rb"sheet1.xml", rb"sheet2.xml"),
    (rb'Target="', rb'TargetMode="External" Target="'), (rb"sheet1", rb"sheet%31"),
)  # fmt: skip


def _renamed(chance: random.Random, parts: Parts) -> None:
    """Write the name of a part in another case, or twice."""
    name = chance.choice([name for name in parts if name.startswith("xl/")])
    data = parts[name] if chance.random() < 0.5 else parts.pop(name)
    parts[chance.choice((name.upper(), name.replace("xl/", "XL/"), name.replace("/", "\\"), f"/{name}"))] = data


def _shared(chance: random.Random, parts: Parts) -> None:
    """Move the texts of all sheets into a table of texts, and spoil it sometimes."""
    texts: dict[bytes, int] = {}

    def moved(match: re.Match[bytes]) -> bytes:
        return b't="s"><v>%d</v></c>' % texts.setdefault(match[1], len(texts))

    for name in parts:
        if "worksheets/sheet" in name:
            parts[name] = re.sub(rb't="inlineStr"><is>(<t\b[^>]*>[^<]*</t>)</is></c>', moved, parts[name])
    entries = [b"<si>" + text + b"</si>" for text in texts]
    table = b'<sst xmlns="%s" count="9" uniqueCount="1">' % _MAIN + b"".join(entries) + b"</sst>"
    changes = (
        (rb"<si>", rb"<si><rPh sb=\"0\" eb=\"1\"><t>x</t></rPh>"),
        (rb"<si>", rb"<si/><si>"),
        (rb"</si>", rb"<t>z</t></si>"),
        (rb"</si>", rb"</si> <!-- -->"),
    )
    changes += (
        (rb"<si><t>", rb"<si><r><t>Q</t></r><t>"),
        (rb"<si>.*?</si>", rb""),
        (rb"</si>", rb"</si><x/>"),
        (rb"<si><t>", rb"<si><t>_x000D_"),
        (rb"uniq", rb"uniq"),
    )
    parts["xl/sharedStrings.xml"] = changed(chance, table, *changes)
    kind = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings"
    relation = b'<Relationship Id="rIdT" Type="%s" Target="sharedStrings.xml"/></Relationships>' % kind
    relations = "xl/_rels/workbook.xml.rels"
    if b"sharedStrings" not in parts.get(relations, b"sharedStrings"):
        parts[relations] = parts[relations].replace(b"</Relationships>", relation)
        override = (
            b'<Override PartName="/xl/sharedStrings.xml" ContentType="application/vnd.openxmlformats-officedocument.'
        )
        override += b'spreadsheetml.sharedStrings+xml"/></Types>'
        parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(b"</Types>", override)


XLSX: Sequence[Mutation] = (
    *[VALUES] * 4, *[TEXTS] * 3, *[KINDS] * 3, *[PLACES] * 3, FORMULAS, *[STYLES] * 2, *[_formats] * 4, *[ROWS] * 3,
    *[SHEETS] * 3, _prefixed, _wide, *[BOOK] * 2,
    *[RELATIONS] * 2, _renamed, *[_shared] * 2,
)  # fmt: skip
