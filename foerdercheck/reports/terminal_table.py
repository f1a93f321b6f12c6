"""A table on a terminal: as wide as there is room, no amount and no name divided."""

from collections.abc import Iterable, Iterator, Sequence

from rich.cells import cell_len
from rich.console import RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from foerdercheck.reports.characters import bound
from foerdercheck.reports.dokument import Spalte, Tabelle, Ton, Zelle

STILE: dict[Ton, str] = {
    "normal": "",
    "stark": "bold",
    "leise": "dim",
    "gut": "green",
    "warnung": "yellow",
    "schlecht": "bold red",
}
GLUE = "\ufdd0"
"""Stands for a blank at which no line ends (Rich breaks at every kind there is); a blank again in what is shown."""
_GAP = 2
"""So many blanks stand between two columns."""
_NAME = 16
"""A first column narrower than this is none for names."""


def glued(text: str) -> str:
    """Return a text in which lines end only where nothing is divided that is read in one."""
    return bound(text, GLUE)


def toned(zelle: Zelle) -> Text:
    """Return a cell as it is drawn."""
    return Text(glued(zelle.text), style=STILE[zelle.ton])


def table(tabelle: Tabelle, width: int) -> Iterator[RenderableType]:
    """Draw a table; one too wide puts columns under its lines and long names above them, and only then divides words."""
    if tabelle.titel:
        yield Text(glued(tabelle.titel), style="bold")
    spalten = list(tabelle.spalten)
    heading = [Zelle(spalte.titel, "stark") for spalte in spalten]
    rows = [list(map(_cell, spalten, zeile)) for zeile in (heading, *tabelle.zeilen)]
    below: list[list[Text]] = [[] for _ in rows]
    above = [Text() for _ in rows]
    widths = _widths(rows, width)
    for spalte in _order_below(spalten):
        if not widths and not spalte.darunter and spalten[0].fest:
            _set_above(rows, above, width)
            widths = _widths(rows, width)
        place = spalten.index(spalte)
        if widths and not (spalte.darunter and _shorter_below(rows, widths, place, width)):
            break
        for number, (row, under) in enumerate(zip(rows, below, strict=True)):
            under.extend(_set_below(spalte, row.pop(place), head=not number))
        del spalten[place]
        widths = _widths(rows, width)
    columns = list(zip(spalten, widths or _widths(rows, width, divided=True), strict=True))
    yield from _drawn_apart(columns, zip(above, rows, below, strict=True))


def _drawn_apart(
    columns: Sequence[tuple[Spalte, int]], rows: Iterable[tuple[Text, list[Text], list[Text]]]
) -> Iterator[RenderableType]:
    """Yield lines of a table, each with what stands above and below it in the whole width."""
    waiting: list[list[Text]] = []
    for above, row, below in rows:
        if above and waiting:
            yield _lines(columns, waiting)
            waiting = []
        if above:
            yield above
        waiting.append(row)
        if below:
            yield _lines(columns, waiting)
            yield from (Padding(text, (0, 0, 0, _GAP)) for text in below)
            waiting = []
    if waiting:
        yield _lines(columns, waiting)


def _set_above(rows: Sequence[list[Text]], above: list[Text], width: int) -> None:
    """Move the first cell of a line, a name, above it where it leaves no room for the rest, if any has room then."""
    others = [max(cell_len(row[place].plain) for row in rows) for place in range(1, len(rows[0]))]
    room = width - sum(others) - _GAP * len(others)
    if room < _NAME:
        return
    for number, row in enumerate(rows):
        if cell_len(row[0].plain) > room:
            above[number], row[0] = row[0], Text()


def _order_below(spalten: Sequence[Spalte]) -> list[Spalte]:
    """Return the columns that may stand under the others: those that are meant to, then texts, then amounts from the last on."""
    others = [spalte for spalte in spalten[1:] if not spalte.darunter]
    return [
        *(spalte for spalte in spalten if spalte.darunter),
        *(spalte for spalte in others if not spalte.zahl),
        *[spalte for spalte in others if spalte.zahl][:0:-1],
    ]


def _shorter_below(rows: Sequence[Sequence[Text]], widths: Sequence[int], place: int, width: int) -> bool:
    """Tell whether a table takes fewer lines with a column under its others than beside them, where its texts are filled."""
    beside = sum(max(map(_height, row, widths)) for row in rows)
    return beside > sum(1 + _height(row[place], width - _GAP) for row in rows)


def _height(text: Text, width: int) -> int:
    return -(-cell_len(text.plain) // max(width, 1)) or 1


def _set_below(spalte: Spalte, text: Text, *, head: bool) -> Iterator[Text]:
    """Yield what of a cell stands under its line: with the heading of a column for which a line of its own is not usual."""
    if spalte.darunter and text:
        yield text
    elif text and not head:
        yield Text.assemble((f"{glued(spalte.titel)} ", "dim"), text)


def _lines(spalten: Sequence[tuple[Spalte, int]], rows: Sequence[Sequence[Text]]) -> Table:
    """Return lines of a table, of which others may be drawn apart: each column as wide as said."""
    table = Table(box=None, show_header=False, pad_edge=False, padding=(0, 1))
    for spalte, wide in spalten:
        table.add_column(justify="right" if spalte.zahl else "left", overflow="fold", width=wide)
    for row in rows:
        table.add_row(*row)
    return table


def _cell(spalte: Spalte, zelle: Zelle) -> Text:
    if spalte.zahl or spalte.fest:
        return toned(zelle._replace(text=zelle.text.replace(" ", GLUE)))
    return toned(zelle)


def _widths(rows: Sequence[Sequence[Text]], width: int, *, divided: bool = False) -> list[int]:
    """Return how wide each column is drawn, the widest narrowed first; nothing if words would have to be `divided`."""
    columns = [[cell.plain for cell in column] for column in zip(*rows, strict=True)]
    whole = [max(cell_len(line) for text in column for line in text.split("\n")) for column in columns]
    words = [max((cell_len(word) for text in column for word in text.split()), default=0) for column in columns]
    room = width - _GAP * (len(columns) - 1)
    for most in range(max(whole), 0, -1):
        widths = [max(min(wide, most), 1 if divided else word) for wide, word in zip(whole, words, strict=True)]
        if sum(widths) <= room:
            return widths
    return []
