"""YAML files at random: a tree in one of several styles, such a text spoilt, and no budget at all."""

import json
import re
from collections.abc import Callable
from typing import Any

from hypothesis import strategies as st

from fuzz.mutations import changed
from fuzz.nasty import KEYS, Raw, markup, plausible, texts
from fuzz.trees import examples, trees

_PLAIN = re.compile(r"[A-Za-zÄÖÜäöü0-9](?:[\w .,:/€%–-]*[\w€%])?")
_NUMBER = re.compile(r"[0-9.,]+(?: ?[€%])?")


def written(tree, *, flow: bool, plain: bool) -> str:
    """Write a tree of text as YAML: in block or flow style, scalars plain where that is possible or all in quotes."""
    return (_flow(tree, plain=plain) if flow else _block(tree, 0, plain=plain).lstrip("\n")) + "\n"


def _block(tree, depth: int, *, plain: bool) -> str:
    indent = "\n" + "  " * depth
    if isinstance(tree, dict) and tree:
        return "".join(
            f"{indent}{_scalar(key, plain=plain)}: {_block(value, depth + 1, plain=plain)}"
            for key, value in tree.items()
        )
    if isinstance(tree, list) and tree:
        return "".join(f"{indent}- {_block(value, depth + 1, plain=plain)}" for value in tree)
    return _flow(tree, plain=plain) if isinstance(tree, dict | list) else _scalar(tree, plain=plain)


def _flow(tree, *, plain: bool) -> str:
    if isinstance(tree, dict):
        pairs = (f"{_scalar(key, plain=plain, flow=True)}: {_flow(value, plain=plain)}" for key, value in tree.items())
        return "{" + ", ".join(pairs) + "}"
    if isinstance(tree, list):
        return "[" + ", ".join(_flow(value, plain=plain) for value in tree) + "]"
    return _scalar(tree, plain=plain, flow=True)


def _scalar(text, *, plain: bool, flow: bool = False) -> str:
    if isinstance(text, Raw):
        return str.__str__(text)
    text = str(text)
    if (
        plain
        and _PLAIN.fullmatch(text)
        and ": " not in text
        and not (flow and "," in text and not _NUMBER.fullmatch(text))
    ):
        return text
    return json.dumps(text, ensure_ascii=False)


def valid() -> st.SearchStrategy[bytes]:
    """Files that are budgets."""
    return _files(st.one_of(trees(), trees(), examples()))


def nearly_valid() -> st.SearchStrategy[bytes]:
    """Files that would be budgets, had not a few things been changed: in the tree, or in the text."""
    base = st.one_of(trees(), examples())
    return st.one_of(_files(changed(base)), _files(changed(base)), _files(changed(base)), _spoilt(base))


def garbage() -> st.SearchStrategy[bytes]:
    """Files that are no budgets, though they look a little like one."""
    keys = st.sampled_from(KEYS)
    tokens = st.one_of(st.sampled_from(_TOKENS), keys.map(lambda key: f"{key}: "), plausible, texts, markup)
    soup = st.lists(tokens, max_size=40).map("".join)
    scalars = st.one_of(plausible, texts, markup)
    shapes = st.recursive(scalars, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(keys, inner, max_size=5))
    body = st.fixed_dictionaries({"foerderprogramm": plausible}, optional=dict.fromkeys(_PARTS, shapes))
    return st.one_of(soup.map(_encoded), st.text().map(_encoded), st.binary(), _files(body), _files(shapes))


_TOKENS = (
    "\n", "\n", "\n  ", "\n- ", "\n  - ", ": ", ":", ", ", "{", "}", "[", "]", "- ", "? ", "&a ", "*a ", "!x ", "|\n", ">\n", '"', "'",
    "#", "%", "@", "---\n", "...\n", "<<: ", "foerderprogramm: sh-ki\n", "\nvorhaben:\n  ", "\nantragsteller:\n  ", "beihilfen:\n- ",
)  # fmt: skip
_PARTS = ("vorhaben", "antragsteller", "partner", "ausnahmen")


def _texts(base: st.SearchStrategy[Any]) -> st.SearchStrategy[str]:
    return st.builds(
        lambda tree, flow, plain: written(tree, flow=flow, plain=plain), base, st.booleans(), st.booleans()
    )


def _files(base: st.SearchStrategy[Any]) -> st.SearchStrategy[bytes]:
    return _texts(base).map(_encoded)


def _encoded(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


@st.composite
def _spoilt(draw: st.DrawFn, base: st.SearchStrategy[Any]) -> bytes:
    lines = draw(_texts(base)).split("\n")
    for spoil in draw(st.lists(st.sampled_from(_SPOILING), min_size=1, max_size=3)):
        spoil(draw, lines)
    return draw(st.sampled_from(_ENCODINGS))("\n".join(lines))


_ENCODINGS: tuple[Callable[[str], bytes], ...] = (
    *[_encoded] * 5,
    lambda text: text.replace("\n", "\r\n").encode("utf-8", "replace"),
    lambda text: text.encode("utf-8-sig", "replace"),
    lambda text: text.encode("utf-16", "replace"),
    lambda text: text.encode("latin-1", "replace"),
    lambda text: text.encode("utf-8", "replace") + b"\n---\n" + text.encode("utf-8", "replace"),
)


def _line(draw: st.DrawFn, lines: list[str]) -> int:
    return len(lines) - 1 - draw(st.integers(0, len(lines) - 1))


def _drop(draw: st.DrawFn, lines: list[str]) -> None:
    lines[_line(draw, lines)] = ""


def _repeat(draw: st.DrawFn, lines: list[str]) -> None:
    lines.insert(_line(draw, lines), lines[_line(draw, lines)])


def _indent(draw: st.DrawFn, lines: list[str]) -> None:
    index = _line(draw, lines)
    lines[index] = draw(st.sampled_from([" ", "  ", "\t"])) + lines[index]


def _outdent(draw: st.DrawFn, lines: list[str]) -> None:
    index = _line(draw, lines)
    lines[index] = lines[index].removeprefix("  ")


def _insert(draw: st.DrawFn, lines: list[str]) -> None:
    index = _line(draw, lines)
    depth = len(lines[index]) - len(lines[index].lstrip())
    lines.insert(index, " " * depth + str.__str__(draw(st.one_of(markup, texts, plausible))))


def _splice(draw: st.DrawFn, lines: list[str]) -> None:
    index = _line(draw, lines)
    at = draw(st.integers(0, len(lines[index])))
    lines[index] = lines[index][:at] + draw(st.one_of(st.characters(), texts)) + lines[index][at:]


def _comment(draw: st.DrawFn, lines: list[str]) -> None:
    lines[_line(draw, lines)] += draw(st.sampled_from([" # Bemerkung", "#", "  "]))


def _cut(draw: st.DrawFn, lines: list[str]) -> None:
    del lines[_line(draw, lines) + 1 :]


_SPOILING = (_comment, _comment, _drop, _repeat, _indent, _outdent, _insert, _splice, _cut)
