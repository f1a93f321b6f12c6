"""Trees of text as YAML in block style."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence

from foerdercheck.model.records import Tree

_PLAIN = re.compile(r"[^\W_](?:[\w .,;()/+&–%-]*[\w.)%])?")
"""Text that means the same without quotes: no mark of YAML's, no space or colon at its end."""


def yaml_text(tree: Mapping[str, Tree]) -> str:
    """Return a tree of text as YAML."""
    return "\n".join(_mapping(tree, "")) + "\n"


def _mapping(tree: Mapping[str, Tree], indent: str) -> Iterator[str]:
    for key, value in tree.items():
        if isinstance(value, dict) and value:
            yield f"{indent}{inline(key)}:"
            yield from _mapping(value, indent + "  ")
        elif isinstance(value, list) and value and isinstance(value[0], dict):
            yield f"{indent}{key}:"
            yield from _list(value, indent + "  ")
        else:
            yield f"{indent}{inline(key)}: {inline(value)}"


def _list(items: Sequence[Tree], indent: str) -> Iterator[str]:
    for item in items:
        lines = list(_mapping(item, "")) if isinstance(item, dict) else [inline(item)]
        yield from (f"{indent}{'- ' if number == 0 else '  '}{line}" for number, line in enumerate(lines or ["{}"]))


def inline(value: Tree) -> str:
    """Return a scalar, or a list of scalars, as it stands behind its key."""
    if isinstance(value, list):
        return f"[{', '.join(json.dumps(str(item), ensure_ascii=False) for item in value)}]"
    if isinstance(value, dict):
        return "{}"
    text = str(value)
    return text if _PLAIN.fullmatch(text) else json.dumps(text, ensure_ascii=False)
