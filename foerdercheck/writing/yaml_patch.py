"""Other values in a YAML text: only their scalars and entries change; comments, order, layout and line ends stay."""

import re
from codecs import BOM_UTF8
from collections.abc import Iterable
from typing import Any, NamedTuple

from yaml.events import MappingEndEvent, MappingStartEvent, ScalarEvent, SequenceEndEvent, StreamEndEvent

from foerdercheck.model.location import InputError, Path, Problem
from foerdercheck.reading.aenderungen import at, path_text
from foerdercheck.reading.yaml_events import Marks
from foerdercheck.reading.yaml_tree import events, read_yaml

_PLAIN = re.compile(r"\w[\w ./%€-]*(?:,\w[\w ./%€-]*)*")
_BLOCK = frozenset("|>")
_BLOCK_COMMENT = re.compile(r"[|>][-+0-9]*([ ]+#[^\r\n]*)")


class _Piece(NamedTuple):
    """What stands at a place of the text: the characters of a scalar, and its quotation marks; of a mapping, how it is written."""

    end: int
    quote: str
    flow: bool


def patched_yaml(data: bytes, werte: Iterable[tuple[Path, str]]) -> bytes:
    """Return a YAML text with other values, with statements more, or (an empty value) less: on a line of its own one is commented out.

    Raises InputError where that cannot be done without rewriting.
    """
    text = data.removeprefix(BOM_UTF8).decode()
    document = read_yaml(data, "")
    pieces = _pieces(text)
    edits: list[tuple[int, int, str]] = []
    for path, value in werte:
        stated = at(document.tree, path)
        if not value:
            edits.append(_removed(text, document.source.marks, path, str(stated), pieces))
        elif stated is None:
            edits.append(_added(text, document.source.marks, path, value, pieces))
        else:
            edits.append(_replaced(text, _mark(document.source.marks, path, "ersetzen"), str(stated), value, pieces))
    for start, end, new in sorted(edits, reverse=True):
        text = text[:start] + new + text[end:]
    bom = BOM_UTF8 if data.startswith(BOM_UTF8) else b""
    return bom + text.encode()


def _pieces(text: str) -> dict[int, _Piece]:
    """Return by its first character what every scalar and mapping of the text is."""
    pieces: dict[int, _Piece] = {}
    next_event: Any = events(text).get_event
    depth: list[bool] = []
    while type(event := next_event()) is not StreamEndEvent:
        kind, start = type(event), event.start_mark.index
        if kind is ScalarEvent:
            pieces.setdefault(start, _Piece(event.end_mark.index, event.style or "", any(depth)))
        elif hasattr(event, "flow_style"):
            depth.append(bool(event.flow_style))
            if kind is MappingStartEvent and event.flow_style:
                pieces[start] = _Piece(start, "", flow=True)
        elif kind in {MappingEndEvent, SequenceEndEvent}:
            depth.pop()
    return pieces


def _mark(marks: Any, path: Path, verb: str) -> Any:  # noqa: ANN401 - Marks, or the mark of a scalar
    """Return the mark of the scalar at `path`; raises InputError where a list, or what others refer to (*), stands there."""
    for part in path:
        begin = marks.keys.get(part, marks.start)
        marks = marks.children[part]
        if (marks.start if isinstance(marks, Marks) else marks).index < begin.index:  # further up, with the anchor
            raise _impossible(path, f"{verb}: dort verweist * auf eine andere Stelle, ändern Sie es selbst")
    if isinstance(marks, Marks):
        raise _impossible(path, f"{verb}: dort steht eine Liste, ändern Sie sie selbst")
    return marks


def _replaced(text: str, mark: Any, stated: str, value: str, pieces: dict[int, _Piece]) -> tuple[int, int, str]:  # noqa: ANN401
    piece = pieces[mark.index]
    end = _end(text, mark, stated, piece)
    colon = "" if end > mark.index or text[mark.index - 1] == " " else " " if text[mark.index - 1] == ":" else ": "
    new = colon + _scalar(value, piece.quote, flow=piece.flow)
    if piece.quote in _BLOCK:  # its lines go, the comment beside its mark and the empty lines below stay
        comment = _BLOCK_COMMENT.match(text, mark.index)
        end = mark.index + len(text[mark.index : end].rstrip())
        new += comment[1] if comment else ""
    return mark.index, end, new


def _end(text: str, mark: Any, stated: str, piece: _Piece) -> int:  # noqa: ANN401
    """Return where a scalar ends, also a number in braces, which YAML splits at its comma."""
    here = text[mark.index : piece.end]
    split = not piece.quote and stated.startswith(here) and text.startswith(stated, mark.index)
    return piece.end + len(stated) - len(here) if split else piece.end


def _removed(text: str, marks: Any, path: Path, stated: str, pieces: dict[int, _Piece]) -> tuple[int, int, str]:  # noqa: ANN401
    mark = _mark(marks, path, "weglassen")
    for part in path[:-1]:
        marks = marks.children[part]
    key = marks.keys[str(path[-1])]
    end = _end(text, mark, stated, pieces[mark.index])
    if not pieces[mark.index].flow:
        if len(marks.keys) == 1:  # what it stands in would be empty
            raise _impossible(path, "weglassen: löschen Sie die Angabe selbst")
        lines = text[key.index : end].rstrip()
        return key.index, key.index + len(lines), "# " + lines.replace("\n", "\n# ")
    comma = re.compile(r"\s*,[ ]*").match(text, end)
    return key.index, comma.end() if comma else end, ""


def _scalar(value: str, quote: str, *, flow: bool) -> str:
    if quote == "'":
        return f"'{value.replace(quote, 2 * quote)}'"
    safe = value.replace(",", ".") if flow and re.fullmatch(r"[0-9]+,[0-9]+", value) else value
    plain = quote != '"' and _PLAIN.fullmatch(safe) and not (flow and "," in safe)
    return safe if plain else '"' + value.replace("\\", r"\\").replace('"', r"\"") + '"'


def _added(text: str, marks: Any, path: Path, value: str, pieces: dict[int, _Piece]) -> tuple[int, int, str]:  # noqa: ANN401
    """Put a statement before one of its siblings: on a line of its own, or in the same braces."""
    inside = marks
    depth = 0
    while isinstance(inside, Marks) and depth < len(path) - 1 and path[depth] in _children(inside):
        inside, depth = inside.children[path[depth]], depth + 1
    rest = [str(part) for part in path[depth:]]
    if not isinstance(inside, Marks) or not inside.keys:
        raise _impossible(path)
    key, *deeper = rest
    flow = inside.start.index in pieces and pieces[inside.start.index].flow
    new = _scalar(value, "", flow=flow or bool(deeper))
    for part in reversed(deeper):
        new = f"{{{part}: {new}}}"
    first, *others = sorted(mark.index for mark in inside.keys.values())
    if flow:
        return first, first, f"{key}: {new}, "
    for index in (first, *others):
        begin = text.rfind("\n", 0, index) + 1
        indent = text[begin:index]
        if not indent.strip(" "):
            end = "\r\n" if "\r\n" in text[: text.find("\n", index) + 1][-2:] else "\n"
            return begin, begin, f"{indent}{key}: {new}{end}"
    raise _impossible(path)


def _children(marks: Marks) -> Any:  # noqa: ANN401 - the keys of a mapping, the numbers of a list
    return marks.children if isinstance(marks.children, dict) else range(len(marks.children))


def _impossible(path: Path, what: str = "einfügen: schreiben Sie die Angabe selbst dazu") -> InputError:
    return InputError([Problem(f"{path_text(path)} lässt sich nicht {what}")])
