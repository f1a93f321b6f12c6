"""A report on a terminal, drawn with Rich at the width the terminal has; user text is never taken for markup."""

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
_LINES = box.Box("    \n    \n ── \n    \n    \n ── \n    \n    \n")


def render_terminal(blocks: Iterable[Block], width: int, colours: str | None) -> str:
    """Return what a terminal of that width shows; `colours` is the color system Rich has found it to have."""
    shown = StringIO()
    print_terminal(blocks, Console(file=shown, force_terminal=True, width=width, color_system=cast("Any", colours)))
    return no_command(shown.getvalue().removeprefix("\n"))


def print_terminal(blocks: Iterable[Block], console: Console) -> None:
    """Draw the blocks; on a very wide terminal lines stay readable."""
    width = min(console.width, _MAX_WIDTH)
    for block in blocks:
        for part in _drawn(block, width):
            console.print(part, width=width)


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
    return Text(zelle.text, style=STILE[zelle.ton])


def _statements(angaben: Angaben) -> Table:
    grid = Table.grid(padding=(0, 2))
    for label, zelle in angaben.paare:
        grid.add_row(Text(label, style="dim"), _text(zelle))
    return grid


def _table(tabelle: Tabelle) -> Table:
    title = Text(tabelle.titel, style="bold") if tabelle.titel else None
    table = Table(box=_LINES, title=title, title_justify="left", pad_edge=False, padding=(0, 1), expand=False)
    for spalte in tabelle.spalten:
        table.add_column(
            Text(spalte.titel),
            justify="right" if spalte.zahl else "left",
            no_wrap=spalte.zahl or spalte.fest,
            overflow="fold",
        )
    last = len(tabelle.zeilen) - tabelle.summen - 1
    for index, zeile in enumerate(tabelle.zeilen):
        table.add_row(*map(_text, zeile), end_section=index == last and tabelle.summen > 0)
    return table


def _list(liste: Liste) -> Iterator[RenderableType]:
    yield Text()
    yield Text(liste.titel, style="bold")
    grid = Table.grid(padding=(0, 1))
    grid.add_column(no_wrap=True)
    grid.add_column(no_wrap=True)
    grid.add_column(overflow="fold")
    for eintrag in liste.eintraege:
        first, mark, rest = eintrag.text.partition("\n")
        text = Text(first, style="dim" if eintrag.ton in {"gut", "leise"} else "")
        if eintrag.ort:
            text.append(f" ({eintrag.ort})", style="dim")
        text.append(mark + rest, style="dim")
        grid.add_row(Text(f" {eintrag.zeichen}", style=STILE[eintrag.ton]), Text(eintrag.kennung, style="cyan"), text)
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
    return Text.assemble(ast.text, (f"  {ast.rest}", "dim")) if ast.rest else Text(ast.text)


def _verdict(urteil: Urteil) -> Panel:
    grid = Table.grid(padding=(0, 2))
    grid.add_column(no_wrap=True)
    grid.add_column(overflow="fold")
    for frage, zelle in urteil.antworten:
        grid.add_row(Text(frage, style="bold"), _text(zelle))
    parts: list[RenderableType] = [grid]
    if urteil.fuss:
        parts += [Text(), Text(urteil.fuss, style="dim")]
    style = STILE[urteil.ton]
    return Panel(
        Group(*parts), title=Text(f" {urteil.titel} ", style=f"{style} reverse"), box=box.HEAVY, border_style=style
    )
