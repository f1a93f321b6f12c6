"""A report as plain text: no colours, no wrapping, no box characters; for pipes, files, mails and the logs of CI jobs."""

import operator
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import chain, dropwhile, islice

from foerdercheck.model.deutsch import datum, euro
from foerdercheck.reports import dokument
from foerdercheck.reports.characters import harmless, no_command

_BAR_WIDTH = 40
_TOGETHER = 10_000
_TEXT = operator.attrgetter("text")


def render_text(blocks: Iterable[dokument.Block]) -> str:
    """Return the blocks as lines of text, ending in a newline."""
    return "".join(text_pieces(blocks))


def text_pieces(blocks: Iterable[dokument.Block]) -> Iterator[str]:
    """Yield the text of blocks some thousand lines at a time: that of a register has hundreds of megabytes."""
    lines = dropwhile(operator.not_, chain.from_iterable(map(_lines, blocks)))
    while some := [*islice(lines, _TOGETHER)]:
        yield no_command(harmless("\n".join(some) + "\n"))


def _lines(block: dokument.Block) -> Iterator[str]:
    yield ""
    if isinstance(block, dokument.Ueberschrift):
        yield block.text
        yield ("=" if block.ebene == 1 else "-") * len(block.text)
    elif isinstance(block, dokument.Angaben):
        yield from _statements(block.paare)
    elif isinstance(block, dokument.Tabelle):
        yield from _table(block)
    elif isinstance(block, dokument.Liste):
        yield from _list(block)
    elif isinstance(block, dokument.Balken):
        yield from _bar(block)
    elif isinstance(block, dokument.Zeitstrahl):
        yield from _timeline(block)
    elif isinstance(block, dokument.Ast):
        yield from _branch(block, "", "")
    else:
        yield from _verdict(block)


def _statements(paare: Sequence[tuple[str, dokument.Zelle]]) -> Iterator[str]:
    width = max(len(label) for label, _ in paare)
    for label, zelle in paare:
        yield f"{label.ljust(width)}  {zelle.text}"


def _table(tabelle: dokument.Tabelle) -> Iterator[str]:
    if tabelle.titel:
        yield f"{tabelle.titel}:"
    rows = [tuple(spalte.titel for spalte in tabelle.spalten), *(tuple(map(_TEXT, zeile)) for zeile in tabelle.zeilen)]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    aligned = (f"%{'' if spalte.zahl else '-'}{width}s" for spalte, width in zip(tabelle.spalten, widths, strict=True))
    line = f"  {'  '.join(aligned)}"  # of a register it is filled a million times, and str.format takes twice as long
    drawn = [(line % row).rstrip() for row in rows]
    for place in sorted({1, len(rows) - tabelle.summen} - {len(rows)}, reverse=True):
        drawn.insert(place, "  " + "  ".join("-" * width for width in widths))
    yield from drawn
    yield from _foot(tabelle.fuss)


def _list(liste: dokument.Liste) -> Iterator[str]:
    yield f"{liste.titel}:"
    for eintrag in liste.eintraege:
        label = f"{eintrag.kennung} " if eintrag.kennung else ""
        place = f" ({eintrag.ort})" if eintrag.ort else ""
        first, *rest = eintrag.text.split("\n")
        yield f"  {eintrag.zeichen} {label}{first}{place}"
        yield from rest
    yield from _foot(liste.fuss)


def _foot(text: str) -> Iterator[str]:
    if text:
        yield ""
        yield text


def _bar(balken: dokument.Balken) -> Iterator[str]:
    yield f"{balken.titel}:"
    marks = {"im Fenster": "#", "neu": "+", "bleibt frei": ".", dokument.GESPERRT: "x", dokument.SPAETER_GESPERRT: "x"}
    drawn = "".join(
        marks.get(name, "#") * length
        for (name, _, _), length in zip(balken.teile, scaled(balken, _BAR_WIDTH), strict=True)
    )
    yield f"  [{drawn}] {euro(balken.ganzes)}"
    yield "  " + ", ".join(f"{marks.get(name, '#')} {name} {euro(betrag)}" for name, betrag, _ in balken.teile)


def _timeline(strahl: dokument.Zeitstrahl) -> Iterator[str]:
    yield f"{strahl.titel}:"
    width = max(len(euro(betrag)) for _, betrag in strahl.punkte)
    for tag, betrag in strahl.punkte:
        length = share(betrag, strahl.ganzes, _BAR_WIDTH)
        yield f"  ab {datum(tag)}  {euro(betrag).rjust(width)}  {'.' * length}".rstrip()


def share(betrag: Decimal, ganzes: Decimal, width: int) -> int:
    """Return the length of a bar in characters; an amount that is not zero is seen."""
    return max(int(betrag * width / ganzes), 1) if betrag and ganzes else 0


def scaled(balken: dokument.Balken, width: int) -> list[int]:
    """Return the length of each part in characters; a part that is not zero is seen."""
    whole = max(balken.ganzes, sum((betrag for _, betrag, _ in balken.teile), Decimal()))
    return [share(betrag, whole, width) for _, betrag, _ in balken.teile]


def _branch(ast: dokument.Ast, first: str, rest: str) -> Iterator[str]:
    yield f"{first}{ast.ganz}" + (f"  {ast.rest}" if ast.rest else "")
    for index, zweig in enumerate(ast.zweige):
        last = index == len(ast.zweige) - 1
        yield from _branch(zweig, rest + ("`- " if last else "|- "), rest + ("   " if last else "|  "))


def _verdict(urteil: dokument.Urteil) -> Iterator[str]:
    yield f"ERGEBNIS: {urteil.titel}"
    yield from (f"  {line}" for line in _statements(urteil.antworten))
    if urteil.fuss:
        yield f"  {urteil.fuss}"
