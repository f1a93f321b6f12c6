"""A report on a terminal, drawn with Rich at the width the terminal has; user text is never taken for markup."""

from collections.abc import Iterable, Iterator
from io import StringIO
from typing import Any, cast

from rich import box
from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.panel import Panel
from rich.table import Table
from rich.text import Text
from rich.tree import Tree

from foerdercheck.model.deutsch import datum, euro
from foerdercheck.reports import dokument
from foerdercheck.reports.characters import no_command
from foerdercheck.reports.terminal_table import GLUE, STILE, glued, table, toned
from foerdercheck.reports.text import scaled, share

_MAX_WIDTH = 120


def render_terminal(blocks: Iterable[dokument.Block], width: int, colours: str | None) -> str:
    """Return what a terminal of that width shows; `colours` is the color system Rich has found it to have."""
    shown = StringIO()
    wide = min(width, _MAX_WIDTH)  # on a very wide terminal lines stay readable
    console = Console(file=shown, force_terminal=colours is not None, width=wide, color_system=cast("Any", colours))
    before: dokument.Block | None = None
    for block in blocks:
        if before is not None and _apart(before, block):
            console.print()
        for part in _drawn(block, wide):
            console.print(part)
        before = block
    return no_command(shown.getvalue().removeprefix("\n").replace(GLUE, " "))


def _apart(before: dokument.Block, block: dokument.Block) -> bool:
    """Tell whether an empty line goes before statements, which follow their heading, or a list, which follows another.

    A single statement, as the number of what is met, is an entry itself.
    """
    if isinstance(block, dokument.Liste):
        return not (
            isinstance(before, dokument.Liste) or (isinstance(before, dokument.Angaben) and len(before.paare) == 1)
        )
    return isinstance(block, dokument.Angaben) and not isinstance(before, dokument.Ueberschrift)


def _drawn(block: dokument.Block, width: int) -> Iterator[RenderableType]:
    if isinstance(block, dokument.Ueberschrift):
        yield Text()
        yield Text(glued(block.text), style="bold" if block.ebene == 2 else "bold underline")
    elif isinstance(block, dokument.Angaben):
        yield _statements(block)
    elif isinstance(block, dokument.Tabelle):
        yield Text()
        yield from table(block, width)
        yield from _foot(block.fuss)
    elif isinstance(block, dokument.Liste):
        yield from _list(block)
        yield from _foot(block.fuss)
    elif isinstance(block, dokument.Balken):
        yield from _bar(block, width)
    elif isinstance(block, dokument.Zeitstrahl):
        yield from _timeline(block, width)
    elif isinstance(block, dokument.Ast):
        yield _tree(block, width)
    else:
        yield _verdict(block)


def _statements(angaben: dokument.Angaben) -> Table:
    grid = Table.grid(padding=(0, 2))
    grid.add_column(no_wrap=True)
    grid.add_column(overflow="fold")
    for label, zelle in angaben.paare:
        grid.add_row(Text(label, style="dim"), toned(zelle))
    return grid


def _list(liste: dokument.Liste) -> Iterator[RenderableType]:
    yield Text(liste.titel, style="bold")
    grid = Table.grid(padding=(0, 1))
    grid.add_column(no_wrap=True)
    grid.add_column(overflow="fold")
    for eintrag in liste.eintraege:
        first, mark, rest = eintrag.text.partition("\n")
        text = Text(f"{eintrag.kennung} " if eintrag.kennung else "", style="cyan")
        text.append(glued(first), style="dim" if eintrag.ton in {"gut", "leise"} else "default")
        if eintrag.ort:
            text.append(glued(f" ({eintrag.ort})"), style="dim")
        text.append(mark + rest, style="dim")
        grid.add_row(Text(f" {eintrag.zeichen}", style=STILE[eintrag.ton]), text)
    yield grid


def _foot(text: str) -> Iterator[RenderableType]:
    if text:
        yield Text()
        yield Text(text, style="dim")


def _bar(balken: dokument.Balken, width: int) -> Iterator[RenderableType]:
    yield Text()
    yield Text(balken.titel, style="bold")
    marks = {"im Fenster": "█", "neu": "▓", "bleibt frei": "░", dokument.GESPERRT: "▒", dokument.SPAETER_GESPERRT: "▒"}
    line = Text(" ")
    legend = Text()
    lengths = scaled(balken, width - 20)
    for (name, betrag, ton), length in zip(balken.teile, lengths, strict=True):
        mark = marks.get(name, "█")
        line.append(mark * length, style=STILE[ton])
        legend.append(f"{mark} {name} {euro(betrag)}".replace(" ", GLUE), style=STILE[ton])
        legend.append("   ")
    line.append(f" {euro(balken.ganzes)}")
    yield line
    yield Padding(legend, (0, 0, 0, 1))


def _timeline(strahl: dokument.Zeitstrahl, width: int) -> Iterator[RenderableType]:
    yield Text()
    yield Text(strahl.titel, style="bold")
    wide = max(len(euro(betrag)) for _, betrag in strahl.punkte)
    for tag, betrag in strahl.punkte:
        length = share(betrag, strahl.ganzes, width - wide - 20)
        yield Text.assemble(f" ab {datum(tag)}  {euro(betrag).rjust(wide)}  ", ("░" * length, STILE["gut"]))


def _tree(ast: dokument.Ast, width: int) -> Tree:
    lines = _label(ast).wrap(Console(file=StringIO(), width=width), width - 2)
    tree = Tree(Text(f"\n{GLUE}{GLUE}").join(lines), guide_style="dim")  # set in, so that no line looks like a figure
    _grow(tree, ast)
    return tree


def _grow(tree: Tree, ast: dokument.Ast) -> None:
    for zweig in ast.zweige:
        _grow(tree.add(_label(zweig)), zweig)


def _label(ast: dokument.Ast) -> Text:
    whole = glued(ast.ganz)
    return Text.assemble(whole, (f"  {glued(ast.rest)}", "dim")) if ast.rest else Text(whole)


def _verdict(urteil: dokument.Urteil) -> Panel:
    grid = Table.grid(padding=(0, 2))
    grid.add_column(no_wrap=True)
    grid.add_column(overflow="fold")
    for frage, zelle in urteil.antworten:
        grid.add_row(Text(frage, style="bold"), toned(zelle))
    parts: list[RenderableType] = [grid]
    if urteil.fuss:
        parts.append(Text(urteil.fuss, style="dim"))
    style = STILE[urteil.ton]
    return Panel(
        Group(*parts), title=Text(f" {urteil.titel} ", style=f"{style} reverse"), box=box.HEAVY, border_style=style
    )
