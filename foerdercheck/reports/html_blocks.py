"""Blocks as HTML: headings in order, tables with captions and scopes, drawings as SVG; texts by strangers are nothing but text."""

import html
import re
from collections.abc import Iterable, Iterator, Sequence

from foerdercheck.reports import dokument
from foerdercheck.reports.bilder import STEPS, WIDTH, Bild, Bildteil, Erlaeuterung, picture
from foerdercheck.reports.characters import harmless


def safe_html(text: str) -> str:
    """Return HTML that shows `text` as it is, in an element or an attribute."""
    return html.escape(harmless(text))


_AMOUNT = re.compile(r"[+−]?[0-9][0-9.]*(?:,[0-9]+)? [€%]")


def _whole(text: str) -> str:
    """Return a text as HTML in which no line divides an amount."""
    return _AMOUNT.sub(lambda found: f'<span class="ganz">{found[0]}</span>', safe_html(text))


class HtmlWriter:
    """Writes blocks one after the other; `prefix` begins every id, `depth` is how far headings are moved down."""

    def __init__(self, blocks: Iterable[dokument.Block], prefix: str = "", depth: int = 0) -> None:
        self._blocks = list(blocks)
        self._prefix = prefix
        self._depth = depth
        self._level = 0
        self._labels = 0
        names = dict.fromkeys(mark for block in self._blocks for mark in dokument.marks(block) if mark)
        self._ids = {name: f"{prefix}m{number}" for number, name in enumerate(names)}
        self._placed: set[str] = set()

    def pieces(self) -> Iterator[str]:
        """Yield the blocks as HTML."""
        for block in self._blocks:
            yield from self._written(block)

    def _written(self, block: dokument.Block) -> Iterator[str]:
        if isinstance(block, dokument.Ueberschrift):
            self._level = block.ebene
            yield self._heading(block.text, block.ebene)
        elif isinstance(block, dokument.Angaben):
            yield self._statements(block.paare)
        elif isinstance(block, dokument.Tabelle):
            yield from self._table(block)
            yield from _foot(block.fuss)
        elif isinstance(block, dokument.Liste):
            yield from self._list(block)
            yield from _foot(block.fuss)
        elif isinstance(block, dokument.Balken | dokument.Zeitstrahl):
            yield from self._figure(block.titel, _svg(picture(block)))
        elif isinstance(block, dokument.Ast):
            yield from self._tree(block)
        else:
            yield from self._verdict(block)

    def _heading(self, text: str, level: int) -> str:
        tag = f"h{min(max(level, 1) + self._depth, 6)}"
        return f"<{tag}>{safe_html(text)}</{tag}>\n"

    def _label(self) -> str:
        self._labels += 1
        return f"{self._prefix}t{self._labels}"

    def _statements(self, paare: Sequence[tuple[str, dokument.Zelle]]) -> str:
        rows = "".join(
            f"<div><dt>{safe_html(label)}</dt><dd>{self._cell(zelle)}</dd></div>\n" for label, zelle in paare
        )
        return f"<dl>\n{rows}</dl>\n"

    def _cell(self, zelle: dokument.Zelle) -> str:
        text = self._linked(safe_html(zelle.text), zelle.verweis)
        return text if zelle.ton == "normal" else f'<span class="{zelle.ton}">{text}</span>'

    def _linked(self, shown: str, mark: str) -> str:
        return f'<a href="#{self._ids[mark]}">{shown}</a>' if mark in self._ids else shown

    def _id(self, mark: str) -> str:
        """Return the attribute that makes an element the place of a mark; only the first one is."""
        if not mark or mark in self._placed:
            return ""
        self._placed.add(mark)
        return f' id="{self._ids[mark]}"'

    def _table(self, tabelle: dokument.Tabelle) -> Iterator[str]:
        label = self._label()
        title = tabelle.titel or tabelle.spalten[0].titel
        hidden = "" if tabelle.titel else ' class="unsichtbar"'
        short = " kurz" if len(tabelle.zeilen) <= _SHORT else ""
        yield f'<div class="rolle{short}" role="group" tabindex="0" aria-labelledby="{label}"><table>\n'
        yield f'<caption id="{label}"><span{hidden}>{safe_html(title)}</span></caption>\n<thead><tr>'
        for spalte in tabelle.spalten:
            text = safe_html(spalte.titel) or f'<span class="unsichtbar">{safe_html(spalte.gemeint)}</span>'
            yield f'<th scope="col"{_NUMBER if spalte.zahl else ""}>{text}</th>'
        yield "</tr></thead>\n<tbody>\n"
        numbers = [spalte.zahl for spalte in tabelle.spalten]
        first_total = len(tabelle.zeilen) - tabelle.summen
        for index, zeile in enumerate(tabelle.zeilen):
            yield self._row(zeile, numbers, total=index >= first_total)
        yield "</tbody>\n</table></div>\n"

    def _row(self, zeile: Sequence[dokument.Zelle], numbers: Sequence[bool], *, total: bool) -> str:
        cells = []
        head = next((index for index, zelle in enumerate(zeile) if zelle.text), None)
        for index, (zelle, number) in enumerate(zip(zeile, numbers, strict=True)):
            tag, scope = ("th", ' scope="row"') if index == head else ("td", "")
            look = _NUMBER if number else _LONG if _has_long_word(zelle.text) else ""
            attributes = scope + look + self._id(zelle.marke)
            cells.append(f"<{tag}{attributes}>{self._cell(zelle)}</{tag}>")
        mark = ' class="summe"' if total else ""
        return f"<tr{mark}>{''.join(cells)}</tr>\n"

    def _list(self, liste: dokument.Liste) -> Iterator[str]:
        yield self._heading(liste.titel, self._level + 1)
        if liste.eintraege:
            yield '<ul class="liste">\n'
            yield from map(self._entry, liste.eintraege)
            yield "</ul>\n"

    def _entry(self, eintrag: dokument.Eintrag) -> str:
        first, *rest = eintrag.text.split("\n")
        name = self._linked(safe_html(eintrag.kennung or eintrag.zeichen), eintrag.verweis)
        sign = f'<span class="zeichen {eintrag.ton}" aria-hidden="true">{safe_html(eintrag.zeichen)}</span>'
        label = f"<b>{name}</b> " if eintrag.kennung or eintrag.verweis in self._ids else ""
        place = f' <span class="leise">({safe_html(eintrag.ort)})</span>' if eintrag.ort else ""
        quoted = "".join(f"<br><code>{safe_html(line.strip())}</code>" for line in rest if line.strip())
        return f"<li>{sign}<div>{label}{_whole(first)}{place}{quoted}</div></li>\n"

    @staticmethod
    def _figure(titel: str, picture: Iterator[str]) -> Iterator[str]:
        yield f"<figure>\n<figcaption>{safe_html(titel)}</figcaption>\n"
        yield from picture
        yield "</figure>\n"

    def _tree(self, ast: dokument.Ast) -> Iterator[str]:
        if not ast.zweige:
            yield f"<p{self._id(ast.marke)}>{self._node(ast)}</p>\n"
            return
        yield f"<details open{self._id(ast.marke)}><summary>{safe_html(ast.ganz)}</summary>\n"
        if ast.rest:  # no link may stand in a summary, which is a switch itself
            yield f"<p>{self._rest(ast)}</p>\n"
        yield from self._branches(ast)
        yield "</details>\n"

    def _branches(self, ast: dokument.Ast) -> Iterator[str]:
        yield '<ul class="baum">'
        for zweig in ast.zweige:
            yield f"<li{self._id(zweig.marke)}>{self._node(zweig)}"
            if zweig.zweige:
                yield from self._branches(zweig)
            yield "</li>\n"
        yield "</ul>\n"

    def _node(self, ast: dokument.Ast) -> str:
        return f"{safe_html(ast.ganz)} {self._rest(ast)}" if ast.rest else safe_html(ast.ganz)

    def _rest(self, ast: dokument.Ast) -> str:
        """Return the remark of a node, with a link where it leads to another place."""
        rest = safe_html(ast.rest)
        if ast.verweis is not None:
            before, found, after = rest.rpartition(safe_html(ast.verweis.text))
            rest = before + self._linked(found, ast.verweis.marke) + after
        return f'<span class="leise">{rest}</span>'

    def _verdict(self, urteil: dokument.Urteil) -> Iterator[str]:
        sign = dokument.SIGNS.get(urteil.ton, "")
        yield f'<div class="urteil rand-{urteil.ton}">\n'
        yield self._heading(f"{sign} Ergebnis: {urteil.titel}".strip(), self._level + 1)
        yield self._statements(urteil.antworten)
        yield "</div>\n"
        yield from _foot(urteil.fuss)


_NUMBER = ' class="zahl"'
_LONG = ' class="lang"'
_LONGEST = 32
"""So long a word may be before it is divided to fit into a column."""
_SHORT = 12
"""A table of so few rows stands on one page."""


def _has_long_word(text: str) -> bool:
    return len(text) > _LONGEST and any(len(word) > _LONGEST for word in text.split())


def _foot(text: str) -> Iterator[str]:
    if text:
        yield f'<p class="leise">{safe_html(text)}</p>\n'


def _svg(bild: Bild) -> Iterator[str]:
    """Yield a picture as SVG, and what stands beside it as a list."""
    kind = "strahl" if bild.hoehe == STEPS else "balken"
    yield f'<svg class="{kind}" viewBox="0 0 {WIDTH} {bild.hoehe}" preserveAspectRatio="none" role="img"'
    yield f' aria-label="{safe_html(bild.gesagt)}">'
    for teil in bild.teile:
        if teil.breite:
            place = f'x="{teil.links}" y="{bild.hoehe - teil.hoehe}"'
            yield f'<rect class="{_tone(teil)}" {place} width="{teil.breite}" height="{teil.hoehe}"/>'
    if bild.grenze is not None:
        yield f'<line class="grenze" x1="{bild.grenze}" x2="{bild.grenze}" y1="0" y2="{bild.hoehe}"/>'
    yield f'</svg>\n<ul class="legende">{"".join(_beside(each) for each in bild.legende)}</ul>\n'


def _beside(each: Erlaeuterung) -> str:
    sign = ""
    if each.teil is not None:
        sign = '<svg class="probe" viewBox="0 0 10 10" aria-hidden="true">'
        sign += f'<rect class="{_tone(each.teil)}" width="10" height="10"/></svg> '
    return f"<li>{sign}{safe_html(each.text)}{f' <b>{each.betrag}</b>' if each.betrag else ''}</li>"


def _tone(teil: Bildteil) -> str:
    return f"teil{teil.nummer} {teil.ton}"
