"""Blocks as plain data that `bericht.typ` draws: no text in it is ever read as markup, and every character has a glyph."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import groupby
from pathlib import Path as FilePath
from typing import Any

from foerdercheck.reports.bilder import STEPS, Bild, Erlaeuterung, picture
from foerdercheck.reports.characters import in_one_line
from foerdercheck.reports.dokument import (
    SIGNS,
    Angaben,
    Ast,
    Balken,
    Block,
    Eintrag,
    Liste,
    Tabelle,
    Ueberschrift,
    Urteil,
    Zeitstrahl,
    Zelle,
    marks,
)

SCHRIFT = FilePath(__file__).with_name("schrift")
_LONG_WORD = re.compile(r"\S{33,}")
_PIECE = re.compile(r"(?<=.)(?=(?:.{3})+$)")
"""Where a long word may be broken: into pieces so short that none of them is divided with a hyphen."""
_BREAK = "\u200b"
_SPACE = "\u00a0"
_UNIT = re.compile(r"(?<=\d) (?=[€%])")
_LONG_CELL = 1500
"""A cell with more characters may be divided between pages: it could be higher than one."""
_SHORT, _WIDEST, _ON_A_LINE = 28, 120, 80
"""A column whose texts are at most so long is not wrapped, as far as such columns leave room; others share what is left."""
Data = Mapping[str, Any]


def known_text(text: str) -> str:
    """Return a text in one line of which every character can be shown: others by their code."""
    known = _unknown().sub(lambda found: f"[U+{ord(found[0]):04X}]", in_one_line(text))
    return _UNIT.sub(_SPACE, known)


def pdf_text(text: str) -> str:
    """Return the same with places to break long words."""
    return _LONG_WORD.sub(lambda found: _PIECE.sub(_BREAK, found[0]), known_text(text)).replace("_", f"_{_BREAK}")


@cache
def _unknown() -> re.Pattern[str]:
    """Return what finds the characters the font has no glyph for."""
    known = (SCHRIFT / "zeichen.txt").read_text(encoding="utf-8")
    return re.compile(f"[^ {re.escape(known)}]")


class PdfWriter:
    """Turns blocks into data; `prefix` begins every name of a place, `depth` is how far headings are moved down."""

    def __init__(self, blocks: Iterable[Block], prefix: str = "", depth: int = 0) -> None:
        self._blocks = list(blocks)
        self._depth = depth
        self._level = 0
        wanted = {mark for block in self._blocks for mark in _links(block)}
        names = dict.fromkeys(mark for block in self._blocks for mark in marks(block) if mark in wanted)
        self._ids = {name: f"{prefix}m{number}" for number, name in enumerate(names)}
        self._placed: set[str] = set()

    def data(self) -> Iterator[Data]:
        """Yield the blocks as data."""
        for block in self._blocks:
            yield self._written(block)

    def _written(self, block: Block) -> Data:
        if isinstance(block, Ueberschrift):
            self._level = block.ebene
            return self._heading(block.text, block.ebene)
        if isinstance(block, Angaben):
            return {"art": "angaben", "paare": self._statements(block.paare)}
        if isinstance(block, Tabelle):
            return self._table(block)
        if isinstance(block, Liste):
            return self._list(block)
        if isinstance(block, Balken | Zeitstrahl):
            return _picture(block.titel, picture(block))
        if isinstance(block, Ast):
            return {"art": "ast", **self._node(block)}
        return self._verdict(block)

    def _heading(self, text: str, level: int) -> Data:
        return {"art": "ueberschrift", "ebene": min(max(level, 1) + self._depth, 6), "text": pdf_text(text)}

    def _statements(self, paare: Sequence[tuple[str, Zelle]]) -> list[tuple[str, str | Data]]:
        return [(pdf_text(label), self._cell(zelle)) for label, zelle in paare]

    def _cell(self, zelle: Zelle, *, fest: bool = False) -> str | Data:
        """Return a cell, as a mere text if it is nothing else; `fest` never to be wrapped."""
        text = pdf_text(zelle.text)
        text = text.replace(" ", _SPACE) if fest else text
        more = {**self._place(zelle.marke), **self._link(zelle.verweis)}
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

    def _table(self, tabelle: Tabelle) -> Data:
        widths = _widths(tabelle)
        fest = [width == 0 for width in widths]
        rows = [
            [self._cell(zelle, fest=kept) for zelle, kept in zip(zeile, fest, strict=True)] for zeile in tabelle.zeilen
        ]
        columns = [
            {
                "titel": pdf_text(spalte.titel or spalte.gemeint),
                "zahl": spalte.zahl,
                "breite": widths[number],
                "trennen": _is_narrow(widths, number, [zeile[number].text for zeile in tabelle.zeilen]),
            }
            for number, spalte in enumerate(tabelle.spalten)
        ]
        long = [i for i, zeile in enumerate(tabelle.zeilen) if any(len(zelle.text) > _LONG_CELL for zelle in zeile)]
        shape = {"spalten": columns, "zeilen": rows, "summen": tabelle.summen, "lang": long}
        title = {"titel": pdf_text(tabelle.titel)} if tabelle.titel else {}
        return {"art": "tabelle", **shape, **title, **_foot(tabelle.fuss)}

    def _list(self, liste: Liste) -> Data:
        groups = [
            {"zeichen": sign, "ton": ton, "eintraege": [self._entry(each) for each in found]}
            for (sign, ton), found in groupby(liste.eintraege, lambda each: (each.zeichen, each.ton))
        ]
        head = self._heading(liste.titel, self._level + 1)
        return {"art": "liste", "kopf": head, "gruppen": groups, **_foot(liste.fuss)}

    def _entry(self, eintrag: Eintrag) -> Data:
        first, *rest = eintrag.text.split("\n")
        link = self._link(eintrag.verweis)
        name = (eintrag.kennung or eintrag.zeichen) if eintrag.kennung or link else ""
        quoted = [pdf_text(line.strip()) for line in rest if line.strip()]
        return {
            "name": pdf_text(name), "text": pdf_text(first), "ort": pdf_text(eintrag.ort), "zitat": quoted, **link
        }  # fmt: skip

    def _node(self, ast: Ast) -> Data:
        place = self._place(ast.marke)
        branches = [self._node(zweig) for zweig in ast.zweige]
        return {"text": pdf_text(ast.ganz), "rest": self._rest(ast), "zweige": branches, **place}

    def _rest(self, ast: Ast) -> list[str | Data]:
        """Return the remark of a node in pieces, one of them a link where it leads to another place."""
        if ast.verweis is None or ast.verweis.marke not in self._ids:
            return [pdf_text(ast.rest)] if ast.rest else []
        before, found, after = ast.rest.rpartition(ast.verweis.text)
        pieces: list[str | Data] = [pdf_text(before), {"text": pdf_text(found), **self._link(ast.verweis.marke)}]
        return [*pieces, pdf_text(after)]

    def _verdict(self, urteil: Urteil) -> Data:
        head = self._heading(f"{SIGNS.get(urteil.ton, '')} Ergebnis: {urteil.titel}".strip(), self._level + 1)
        answers = self._statements(urteil.antworten)
        return {"art": "urteil", "ton": urteil.ton, "kopf": head, "antworten": answers, **_foot(urteil.fuss)}


def _links(block: Block | Ast) -> Iterator[str]:
    """Yield the marks a block leads to: no other place needs a name."""
    if isinstance(block, Tabelle):
        yield from (zelle.verweis for zeile in block.zeilen for zelle in zeile if zelle.verweis)
    elif isinstance(block, Liste):
        yield from (eintrag.verweis for eintrag in block.eintraege if eintrag.verweis)
    elif isinstance(block, Angaben | Urteil):
        pairs = block.paare if isinstance(block, Angaben) else block.antworten
        yield from (zelle.verweis for _, zelle in pairs if zelle.verweis)
    elif isinstance(block, Ast):
        if block.verweis is not None:
            yield block.verweis.marke
        for zweig in block.zweige:
            yield from _links(zweig)


def _foot(text: str) -> dict[str, str]:
    return {"fuss": pdf_text(text)} if text else {}


def _widths(tabelle: Tabelle) -> list[int]:
    """Return the share of each column in the width of a table; 0 for one that is as wide as its texts, which are never wrapped."""
    longest = [
        max(len(spalte.titel), *(len(zeile[number].text) for zeile in tabelle.zeilen), 1)
        for number, spalte in enumerate(tabelle.spalten)
    ]
    widths = [0 if spalte.zahl or spalte.fest else size for spalte, size in zip(tabelle.spalten, longest, strict=True)]
    room = _ON_A_LINE - sum(size for size, width in zip(longest, widths, strict=True) if not width)
    for number, size in sorted(enumerate(longest), key=lambda column: column[1]):
        if widths[number] and size <= min(_SHORT, room):
            widths[number], room = 0, room - size
    if not any(widths):  # one of them takes what is left
        wide = max(
            range(len(widths)), key=lambda number: (not tabelle.spalten[number].zahl, number > 0, longest[number])
        )
        widths[wide] = longest[wide]
    return [min(width, _WIDEST) for width in widths]


def _is_narrow(widths: Sequence[int], number: int, texts: Sequence[str]) -> bool:
    """Tell whether a column may be too narrow for one of its words, which then is divided as German divides it."""
    room = _ON_A_LINE // 2 * widths[number] // max(sum(widths), 1)
    return bool(widths[number]) and any(len(word) > room for text in texts for word in text.split())


def _picture(titel: str, bild: Bild) -> Data:
    parts = [teil._asdict() for teil in bild.teile if teil.breite]
    limit = {} if bild.grenze is None else {"grenze": bild.grenze}
    beside = [_beside(each) for each in bild.legende]
    told = {"titel": pdf_text(titel), "gesagt": known_text(bild.gesagt), "legende": beside}
    return {"art": "bild", "strahl": bild.hoehe == STEPS, "hoehe": bild.hoehe, "teile": parts, **told, **limit}


def _beside(each: Erlaeuterung) -> Data:
    part = {} if each.teil is None else {"ton": each.teil.ton, "nummer": each.teil.nummer}
    return {"text": pdf_text(each.text), "betrag": each.betrag, **part}
