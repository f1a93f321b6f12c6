"""A report on a terminal, drawn with Rich at the width the terminal has; user text is never taken for markup."""

import re
from collections.abc import Iterable, Iterator
from io import StringIO
from typing import Any, cast

from rich import box
from rich.console import Console, Group, RenderableType
from rich.panel import Panel
from rich.table import Table
from rich.text import Text
from rich.tree import Tree

from foerdercheck.model.deutsch import datum, euro
from foerdercheck.reports.characters import no_command
from foerdercheck.reports.dokument import (
    Angaben,
    Ast,
    Balken,
    Block,
    Liste,
    Tabelle,
    Ton,
    Ueberschrift,
    Urteil,
    Zeitstrahl,
    Zelle,
)
from foerdercheck.reports.text import scaled, share

STILE: dict[Ton, str] = {
    "normal": "",
    "stark": "bold",
    "leise": "dim",
    "gut": "green",
    "warnung": "yellow",
    "schlecht": "bold red",
}
_MAX_WIDTH = 120
_GLUE = "\ufdd0"
"""Stands for a blank at which no line ends (Rich breaks at every kind there is); a blank again in what is shown."""
_BOUND = re.compile(r"(?<=\d) (?=[€%])|(?<=Zeile) (?=\d)|(?<=Ziffer) (?=\d)")
_BREAKABLE = re.compile(r"\S{8,23}[-_/.](?=\S{5})")
_WORD = 24
"""No word of a table that is shorter is divided."""


def render_terminal(blocks: Iterable[Block], width: int, colours: str | None) -> str:
    """Return what a terminal of that width shows; `colours` is the color system Rich has found it to have."""
    shown = StringIO()
    wide = min(width, _MAX_WIDTH)  # on a very wide terminal lines stay readable
    console = Console(file=shown, force_terminal=colours is not None, width=wide, color_system=cast("Any", colours))
    before: Block | None = None
    for block in blocks:
        if isinstance(block, Angaben) and before is not None and not isinstance(before, Ueberschrift):
            console.print()
        for part in _drawn(block, wide):
            console.print(part)
        before = block
    return no_command(shown.getvalue().removeprefix("\n").replace(_GLUE, " "))


def _bound(text: str) -> str:
    return _BOUND.sub(_GLUE, text)


def _drawn(block: Block, width: int) -> Iterator[RenderableType]:
    if isinstance(block, Ueberschrift):
        yield Text()
        yield Text(block.text, style="bold" if block.ebene == 2 else "bold underline")
    elif isinstance(block, Angaben):
        yield _statements(block)
    elif isinstance(block, Tabelle):
        yield Text()
        yield _table(block)
        yield from _foot(block.fuss)
    elif isinstance(block, Liste):
        yield from _list(block)
        yield from _foot(block.fuss)
    elif isinstance(block, Balken):
        yield from _bar(block, width)
    elif isinstance(block, Zeitstrahl):
        yield from _timeline(block, width)
    elif isinstance(block, Ast):
        yield _tree(block)
    else:
        yield _verdict(block)


def _text(zelle: Zelle) -> Text:
    return Text(_bound(zelle.text), style=STILE[zelle.ton])


def _statements(angaben: Angaben) -> Table:
    grid = Table.grid(padding=(0, 2))
    for label, zelle in angaben.paare:
        grid.add_row(Text(label, style="dim"), _text(zelle))
    return grid


def _table(tabelle: Tabelle) -> Table:
    title = Text(tabelle.titel, style="bold") if tabelle.titel else None
    table = Table(box=None, header_style="bold", title=title, title_justify="left", pad_edge=False, padding=(0, 1))
    rows = [[_text(zelle._replace(text=_broken(zelle.text))) for zelle in zeile] for zeile in tabelle.zeilen]
    for number, spalte in enumerate(tabelle.spalten):
        longest = max((len(word) for row in rows for word in row[number].plain.split()), default=0)
        table.add_column(
            Text(spalte.titel),
            justify="right" if spalte.zahl else "left",
            no_wrap=spalte.zahl or spalte.fest,
            overflow="fold",
            min_width=min(longest, _WORD),
        )
    for row in rows:
        table.add_row(*row)
    return table


def _broken(text: str) -> str:
    """Return a text with places where its longest words may be divided: behind a mark, so that no word is."""
    return " ".join(_BREAKABLE.sub(r"\g<0>\n", word) if len(word) > _WORD else word for word in text.split(" "))


def _list(liste: Liste) -> Iterator[RenderableType]:
    yield Text()
    yield Text(liste.titel, style="bold")
    grid = Table.grid(padding=(0, 1))
    grid.add_column(no_wrap=True)
    grid.add_column(overflow="fold")
    for eintrag in liste.eintraege:
        first, mark, rest = eintrag.text.partition("\n")
        text = Text(f"{eintrag.kennung} " if eintrag.kennung else "", style="cyan")
        text.append(_bound(first), style="dim" if eintrag.ton in {"gut", "leise"} else "default")
        if eintrag.ort:
            text.append(_bound(f" ({eintrag.ort})"), style="dim")
        text.append(mark + rest, style="dim")
        grid.add_row(Text(f" {eintrag.zeichen}", style=STILE[eintrag.ton]), text)
    yield grid


def _foot(text: str) -> Iterator[RenderableType]:
    if text:
        yield Text()
        yield Text(text, style="dim")


def _bar(balken: Balken, width: int) -> Iterator[RenderableType]:
    yield Text()
    yield Text(balken.titel, style="bold")
    marks = {"im Fenster": "█", "neu": "▓", "bleibt frei": "░", "sperrt ein anderer Höchstbetrag": "▒"}
    line = Text(" ")
    legend = Text(" ")
    lengths = scaled(balken, width - 20)
    for (name, betrag, ton), length in zip(balken.teile, lengths, strict=True):
        mark = marks.get(name, "█")
        line.append(mark * length, style=STILE[ton])
        legend.append(f"{mark} {name} {euro(betrag)}   ", style=STILE[ton])
    line.append(f" {euro(balken.ganzes)}")
    yield line
    yield legend


def _timeline(strahl: Zeitstrahl, width: int) -> Iterator[RenderableType]:
    yield Text()
    yield Text(strahl.titel, style="bold")
    wide = max(len(euro(betrag)) for _, betrag in strahl.punkte)
    for tag, betrag in strahl.punkte:
        length = share(betrag, strahl.ganzes, width - wide - 20)
        yield Text.assemble(f" ab {datum(tag)}  {euro(betrag).rjust(wide)}  ", ("░" * length, STILE["gut"]))


def _tree(ast: Ast) -> Tree:
    tree = Tree(_label(ast), guide_style="dim")
    _grow(tree, ast)
    return tree


def _grow(tree: Tree, ast: Ast) -> None:
    for zweig in ast.zweige:
        _grow(tree.add(_label(zweig)), zweig)


def _label(ast: Ast) -> Text:
    return Text.assemble(ast.ganz, (f"  {ast.rest}", "dim")) if ast.rest else Text(ast.ganz)


def _verdict(urteil: Urteil) -> Panel:
    grid = Table.grid(padding=(0, 2))
    grid.add_column(no_wrap=True)
    grid.add_column(overflow="fold")
    for frage, zelle in urteil.antworten:
        grid.add_row(Text(frage, style="bold"), _text(zelle))
    parts: list[RenderableType] = [grid]
    if urteil.fuss:
        parts.append(Text(urteil.fuss, style="dim"))
    style = STILE[urteil.ton]
    return Panel(
        Group(*parts), title=Text(f" {urteil.titel} ", style=f"{style} reverse"), box=box.HEAVY, border_style=style
    )
