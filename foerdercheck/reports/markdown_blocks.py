"""Blocks as Markdown for GitHub and GitLab, and texts written by strangers as nothing but text in it.

A backslash keeps a character from being markup. References (mentions, issues, links …) are found by both sites in the finished
text, where no backslash is left: there a space of no width stands between the mark and what follows. It is set only where a
reference would begin, so almost every text can be copied as it is.
"""

import html
import re
from collections.abc import Iterable, Iterator, Sequence

from foerdercheck.model.deutsch import datum, euro
from foerdercheck.reports import dokument
from foerdercheck.reports.characters import GAP, in_one_line

_MARKUP = re.compile(r"[\\`*_\[\]|~$#]")
_REFERENCE = re.compile(
    r"@(?=\S)"  # mentions, mail addresses
    r'|[#!$&](?=\d)|[%~](?=[\w"])|\^(?=alert#)'  # issues, merge requests, snippets, epics; milestones, labels; alerts
    r"|G[HL]-(?=\d)"
    r"|[\[*](?=\w+:)|\[(?=\[)|[\[{](?=[+-])"  # [vulnerability:1], *iteration:1; wiki links; marks of changes
    r"|(?<=\w)(?=>)"  # group/project>
    r"|:(?=//)|www(?=\.)|mailto(?=:)|xmpp(?=:)"
    r"|:(?=(?:100|1234|(?!\d+:)[\w+-]+):)",  # emoji by name; of numbers, only these two are any
    re.IGNORECASE,
)
_COMMIT = re.compile(r"(?<![0-9A-Za-z])(?=\d*[a-f])[0-9a-f]{7,}(?![0-9A-Za-z])", re.IGNORECASE)
_HTML = re.compile(r"<|&(?=\w{1,40};)")


def _unlinked(text: str) -> str:
    """Return `text` in one line and without anything that is a reference; numbers that could name a commit stay as they are."""
    apart = _REFERENCE.sub(lambda found: found[0] + GAP, in_one_line(text))
    return _COMMIT.sub(lambda found: re.sub(r"(.{6})(?=.)", rf"\1{GAP}", found[0]), apart)


def literal(text: str) -> str:
    """Return Markdown that shows `text` as it is."""
    escaped = _MARKUP.sub(r"\\\g<0>", _unlinked(text))
    return _HTML.sub(lambda found: html.escape(found[0]), escaped)


def literal_html(text: str) -> str:
    """Return HTML that shows `text` as it is, for places where Markdown does not reach."""
    return html.escape(_unlinked(text), quote=False)


def quoted(text: str) -> str:
    """Return `text` as a piece of code, in which both sites look for no markup and no references."""
    text = in_one_line(text)
    longest = max(map(len, re.findall("`+", text)), default=0)
    fence = "`" * (longest + 1)
    return f"{fence} {text} {fence}" if longest else f"`{text}`"


def render_blocks(blocks: Iterable[dokument.Block]) -> str:
    """Return the blocks as Markdown, parted by empty lines and ending in a newline."""
    return "\n\n".join("\n".join(_lines(block)) for block in blocks) + "\n"


def _lines(block: dokument.Block) -> Iterator[str]:
    if isinstance(block, dokument.Ueberschrift):
        yield f"{'#' * (block.ebene + 2)} {literal(block.text)}"
    elif isinstance(block, dokument.Angaben):
        yield from _statements(block.paare)
    elif isinstance(block, dokument.Tabelle):
        yield from _table(block)
    elif isinstance(block, dokument.Liste):
        yield f"{_strong(block.titel)}\n"
        yield from map(_entry, block.eintraege)
    elif isinstance(block, dokument.Balken):
        yield f"{_strong(block.titel)}\n"
        parts = ", ".join(f"{name} {euro(betrag)}" for name, betrag, _ in block.teile)
        yield f"- {literal(parts)} von {euro(block.ganzes)}"
    elif isinstance(block, dokument.Zeitstrahl):
        yield f"{_strong(block.titel)}\n"
        yield from (f"- ab {datum(tag)}: {euro(betrag)}" for tag, betrag in block.punkte)
    elif isinstance(block, dokument.Ast):
        yield from _branch(block, "")
    else:
        yield from _verdict(block)


def _strong(text: str) -> str:
    return f"**{literal(text).strip()}**" if text.strip() else ""


def _statements(paare: Sequence[tuple[str, dokument.Zelle]]) -> Iterator[str]:
    for label, zelle in paare:
        yield f"- {literal(label)}{'' if label.endswith('?') else ':'} {_cell(zelle)}"


def _cell(zelle: dokument.Zelle) -> str:
    return _strong(zelle.text) if zelle.ton == "stark" else literal(zelle.text)


def _table(tabelle: dokument.Tabelle) -> Iterator[str]:
    if tabelle.titel:
        yield f"{_strong(tabelle.titel)}\n"
    yield _row(literal(spalte.titel) for spalte in tabelle.spalten)
    yield _row("--:" if spalte.zahl else "---" for spalte in tabelle.spalten)
    yield from (_row(map(_cell, zeile)) for zeile in tabelle.zeilen)


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _entry(eintrag: dokument.Eintrag) -> str:
    """Return an entry of a list; what follows the first line of its text quotes the file."""
    first, *rest = eintrag.text.split("\n")
    place = f"({eintrag.ort})" if eintrag.ort else ""
    parts = [eintrag.zeichen, _strong(eintrag.kennung), literal(first), literal(place)]
    return "<br>".join(["- " + " ".join(filter(None, parts)), *(quoted(line.strip()) for line in rest if line.strip())])


def _branch(ast: dokument.Ast, indent: str) -> Iterator[str]:
    rest = f" – {literal(ast.rest)}" if ast.rest else ""
    yield f"{indent}- {literal(ast.ganz)}{rest}"
    for zweig in ast.zweige:
        yield from _branch(zweig, indent + "  ")


def _verdict(urteil: dokument.Urteil) -> Iterator[str]:
    yield f"**ERGEBNIS: {literal(urteil.titel)}**\n"
    yield from _statements(urteil.antworten)
    if urteil.fuss:
        yield f"\n*{literal(urteil.fuss)}*"
