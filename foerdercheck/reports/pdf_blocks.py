"""Blocks as plain data that `bericht.typ` draws: no text in it is ever read as markup, and every character has a glyph."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

from foerdercheck.reports import dokument
from foerdercheck.reports.bilder import STEPS, Bild, Erlaeuterung, picture
from foerdercheck.reports.pdf_columns import CellText, TableSetting, set_columns
from foerdercheck.reports.pdf_font import NO_BREAK, known_text, pdf_text, text_width

_TEXT, _LABELS = 10_500, 113_000
"""In thousandths of a point: the size of the text, and how wide the labels of statements may be."""
_LONG_CELL = 1500
"""A cell with more characters may be divided between pages: it could be higher than one."""
Data = Mapping[str, Any]


class PdfWriter:
    """Turns blocks into data; `prefix` begins every name of a place, `depth` is how far headings are moved down."""

    def __init__(self, blocks: Iterable[dokument.Block], prefix: str = "", depth: int = 0) -> None:
        self._blocks = list(blocks)
        self._depth = depth
        self._level = 0
        wanted = {mark for block in self._blocks for mark in _links(block)}
        names = dict.fromkeys(mark for block in self._blocks for mark in dokument.marks(block) if mark in wanted)
        self._ids = {name: f"{prefix}m{number}" for number, name in enumerate(names)}
        self._placed: set[str] = set()

    def data(self) -> Iterator[Data]:
        """Yield the blocks as data."""
        for block in self._blocks:
            yield self._written(block)

    def _written(self, block: dokument.Block) -> Data:
        if isinstance(block, dokument.Ueberschrift):
            self._level = block.ebene
            return self._heading(block.text, block.ebene)
        if isinstance(block, dokument.Angaben):
            return {"art": "angaben", "paare": self._statements(block.paare)}
        if isinstance(block, dokument.Tabelle):
            return self._table(block)
        if isinstance(block, dokument.Liste):
            return self._list(block)
        if isinstance(block, dokument.Balken | dokument.Zeitstrahl):
            return _picture(block.titel, picture(block))
        if isinstance(block, dokument.Ast):
            return {"art": "ast", **self._node(block)}
        return self._verdict(block)

    def _heading(self, text: str, level: int) -> Data:
        return {"art": "ueberschrift", "ebene": min(max(level, 1) + self._depth, 6), "text": pdf_text(text)}

    def _statements(self, paare: Sequence[tuple[str, dokument.Zelle]]) -> list[tuple[str, bool, str | Data]]:
        """Return labels, whether they are too wide for a column of their own, and cells."""
        labels = [pdf_text(label) for label, _ in paare]
        wide = [text_width(label, _TEXT) > _LABELS for label in labels]
        return list(zip(labels, wide, (self._cell(zelle) for _, zelle in paare), strict=True))

    def _cell(self, zelle: dokument.Zelle) -> str | Data:
        """Return a cell, as a mere text if it is nothing else."""
        return self._piece(pdf_text(zelle.text), zelle, {})

    def _piece(self, text: str, zelle: dokument.Zelle, more: dict[str, Any]) -> str | Data:
        more = {**self._place(zelle.marke), **self._link(zelle.verweis), **more}
        if zelle.ton != "normal":
            more["ton"] = zelle.ton
        return {"text": text, **more} if more else text

    def _link(self, mark: str) -> dict[str, str]:
        return {"zu": self._ids[mark]} if mark in self._ids else {}

    def _place(self, mark: str) -> dict[str, str]:
        """Return what makes something the place of a mark; only the first one is."""
        if mark not in self._ids or mark in self._placed:
            return {}
        self._placed.add(mark)
        return {"id": self._ids[mark]}

    def _table(self, tabelle: dokument.Tabelle) -> Data:
        heads = [pdf_text(spalte.titel or spalte.gemeint) for spalte in tabelle.spalten]
        sums = len(tabelle.zeilen) - tabelle.summen
        texts = [
            [CellText(pdf_text(zelle.text), number >= sums or zelle.ton == "stark") for zelle in zeile]
            for number, zeile in enumerate(tabelle.zeilen)
        ]
        satz = set_columns(tabelle.spalten, [list(map(CellText, heads)), *texts])
        rows = [
            [
                self._fitted(satz, column, text, zelle)
                for column, (text, zelle) in enumerate(zip(line, zeile, strict=True))
            ]
            for line, zeile in zip(texts, tabelle.zeilen, strict=True)
        ]
        columns = [
            {"titel": head, "zahl": spalte.zahl, "breite": width}
            for head, spalte, width in zip(heads, tabelle.spalten, satz.breiten, strict=True)
        ]
        long = [i for i, zeile in enumerate(tabelle.zeilen) if any(len(zelle.text) > _LONG_CELL for zelle in zeile)]
        shape = {"spalten": columns, "zeilen": rows, "summen": tabelle.summen, "lang": long}
        title = {"titel": pdf_text(tabelle.titel)} if tabelle.titel else {}
        return {"art": "tabelle", "groesse": satz.groesse, "rand": satz.rand, **shape, **title, **_foot(tabelle.fuss)}

    def _fitted(self, satz: TableSetting, column: int, text: CellText, zelle: dokument.Zelle) -> str | Data:
        """Return a cell of a table: where its column is not wrapped, no blank in it is a place to break it."""
        shown, divided = satz.fitted(column, text.text)
        if not satz.umbruch[column]:
            shown = shown.replace(" ", NO_BREAK)
        return self._piece(shown, zelle, {"trennen": True} if divided else {})

    def _list(self, liste: dokument.Liste) -> Data:
        groups = [
            {"zeichen": sign, "ton": ton, "eintraege": [self._entry(each) for each in found]}
            for (sign, ton), found in groupby(liste.eintraege, lambda each: (each.zeichen, each.ton))
        ]
        head = self._heading(liste.titel, self._level + 1)
        return {"art": "liste", "kopf": head, "gruppen": groups, **_foot(liste.fuss)}

    def _entry(self, eintrag: dokument.Eintrag) -> Data:
        first, *rest = eintrag.text.split("\n")
        link = self._link(eintrag.verweis)
        name = (eintrag.kennung or eintrag.zeichen) if eintrag.kennung or link else ""
        quoted = [pdf_text(line.strip()) for line in rest if line.strip()]
        return {
            "name": pdf_text(name), "text": pdf_text(first), "ort": pdf_text(eintrag.ort), "zitat": quoted, **link
        }  # fmt: skip

    def _node(self, ast: dokument.Ast) -> Data:
        place = self._place(ast.marke)
        branches = [self._node(zweig) for zweig in ast.zweige]
        return {"text": pdf_text(ast.ganz), "rest": self._rest(ast), "zweige": branches, **place}

    def _rest(self, ast: dokument.Ast) -> list[str | Data]:
        """Return the remark of a node in pieces, one of them a link where it leads to another place."""
        if ast.verweis is None or ast.verweis.marke not in self._ids:
            return [pdf_text(ast.rest)] if ast.rest else []
        before, found, after = ast.rest.rpartition(ast.verweis.text)
        pieces: list[str | Data] = [pdf_text(before), {"text": pdf_text(found), **self._link(ast.verweis.marke)}]
        return [*pieces, pdf_text(after)]

    def _verdict(self, urteil: dokument.Urteil) -> Data:
        head = self._heading(f"{dokument.SIGNS.get(urteil.ton, '')} Ergebnis: {urteil.titel}".strip(), self._level + 1)
        answers = self._statements(urteil.antworten)
        return {"art": "urteil", "ton": urteil.ton, "kopf": head, "antworten": answers, **_foot(urteil.fuss)}


def _links(block: dokument.Block | dokument.Ast) -> Iterator[str]:
    """Yield the marks a block leads to: no other place needs a name."""
    if isinstance(block, dokument.Tabelle):
        yield from (zelle.verweis for zeile in block.zeilen for zelle in zeile if zelle.verweis)
    elif isinstance(block, dokument.Liste):
        yield from (eintrag.verweis for eintrag in block.eintraege if eintrag.verweis)
    elif isinstance(block, dokument.Angaben | dokument.Urteil):
        pairs = block.paare if isinstance(block, dokument.Angaben) else block.antworten
        yield from (zelle.verweis for _, zelle in pairs if zelle.verweis)
    elif isinstance(block, dokument.Ast):
        if block.verweis is not None:
            yield block.verweis.marke
        for zweig in block.zweige:
            yield from _links(zweig)


def _foot(text: str) -> dict[str, str]:
    return {"fuss": pdf_text(text)} if text else {}


def _picture(titel: str, bild: Bild) -> Data:
    parts = [teil._asdict() for teil in bild.teile if teil.breite]
    limit = {} if bild.grenze is None else {"grenze": bild.grenze}
    beside = [_beside(each) for each in bild.legende]
    told = {"titel": pdf_text(titel), "gesagt": known_text(bild.gesagt), "legende": beside}
    return {"art": "bild", "strahl": bild.hoehe == STEPS, "hoehe": bild.hoehe, "teile": parts, **told, **limit}


def _beside(each: Erlaeuterung) -> Data:
    part = {} if each.teil is None else {"ton": each.teil.ton, "nummer": each.teil.nummer}
    return {"text": pdf_text(each.text), "betrag": each.betrag, **part}
