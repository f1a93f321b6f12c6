"""The draft of a de-minimis declaration as Markdown."""

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal

from foerdercheck.deminimis.erklaerung import Erklaerung
from foerdercheck.model.deutsch import datum, euro
from foerdercheck.reports.dokument import Block, Spalte, Tabelle, Zelle, geld
from foerdercheck.reports.markdown_blocks import literal, render_blocks
from foerdercheck.writing.erklaerung import Teil, kopf, teile


def erklaerung_markdown(erklaerung: Erklaerung) -> str:
    """Return the document; texts of the history stand in it as text, never as markup."""
    title, *lines = kopf(erklaerung)
    above = "\n\n".join([f"# {literal(title)}", *map(literal, lines)])
    return "\n\n".join([above, *map(_part, teile(erklaerung))]) + "\n"


def _part(teil: Teil) -> str:
    heading = f"## {literal(teil.titel)}"
    body = render_blocks(_blocks(teil)).strip("\n")
    return "\n\n".join(filter(None, [heading, literal(teil.anleitung), body]))


def _blocks(teil: Teil) -> Iterator[Block]:
    numbers = {index for zeile in teil.zeilen for index, value in enumerate(zeile) if isinstance(value, Decimal)}
    table = any(teil.spalten[1:])
    spalten = [Spalte(text, zahl=table and index in numbers) for index, text in enumerate(teil.spalten)]
    rows = [_cells(zeile) for zeile in teil.zeilen]
    if teil.summe is not None:
        rows.append([Zelle("Summe", "stark"), *[Zelle("")] * (len(spalten) - 2), geld(teil.summe, "stark")])
    yield Tabelle(spalten, rows)


def _cells(zeile: Sequence[object]) -> list[Zelle]:
    return [Zelle(_shown(value)) for value in zeile]


def _shown(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return euro(value)
    return datum(value) if isinstance(value, date) else str(value)
