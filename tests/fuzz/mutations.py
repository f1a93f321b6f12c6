"""Nearly valid budgets: a tree with one, two or three things changed."""

import copy
from collections.abc import Callable, Iterator
from typing import Any

from hypothesis import strategies as st

from fuzz.nasty import Twin, alike, keys, markup, plausible, texts

_Place = tuple[Any, Any]
_Change = Callable[[st.DrawFn, Any, Any], None]


@st.composite
def changed(draw: st.DrawFn, trees: st.SearchStrategy[Any]):
    """Trees of which one to three values are not what they were."""
    tree = copy.deepcopy(draw(trees))
    for change in draw(st.lists(st.sampled_from(_CHANGES), min_size=1, max_size=3)):
        if places := list(_places(tree))[::-1]:
            change(draw, *draw(st.sampled_from(places)))
    return tree


def _places(tree) -> Iterator[_Place]:
    """Yield every container with every key or index in it."""
    for key, value in list(tree.items()) if isinstance(tree, dict) else list(enumerate(tree)):
        yield tree, key
        if isinstance(value, dict | list):
            yield from _places(value)


def _delete(_draw: st.DrawFn, where, key) -> None:
    del where[key]


def _double(draw: st.DrawFn, where, key) -> None:
    again = copy.deepcopy(where[key])
    if isinstance(where, list):
        where.insert(draw(st.integers(0, len(where))), again)
    else:
        where[Twin(key)] = again


def _rename(draw: st.DrawFn, where, key) -> None:
    if isinstance(where, dict):
        name = draw(st.one_of(keys, st.just(str(key).upper()), st.just(f"{key}n"), st.just(str(key)[1:])))
        parts = [(name if old is key else old, value) for old, value in where.items()]
        where.clear()
        where.update(parts)


def _alike(draw: st.DrawFn, where, key) -> None:
    if not isinstance(where[key], dict | list):
        where[key] = draw(alike(where[key]))


def _other(draw: st.DrawFn, where, key) -> None:
    if not isinstance(where[key], dict | list):
        where[key] = draw(plausible)


def _nasty(draw: st.DrawFn, where, key) -> None:
    where[key] = draw(texts)


def _markup(draw: st.DrawFn, where, key) -> None:
    where[key] = draw(markup)


def _retype(draw: st.DrawFn, where, key) -> None:
    where[key] = draw(st.sampled_from(_SHAPES))(where[key])


_SHAPES: tuple[Callable[[Any], Any], ...] = (
    lambda value: [value],
    lambda value: [value, value],
    lambda value: {"name": value},
    lambda value: {"2026": value},
    lambda _: [],
    lambda _: {},
    str,
    lambda value: next(iter(value.values() if isinstance(value, dict) else value), "") if value else value,
)


def _swap(draw: st.DrawFn, where, key) -> None:
    other = draw(st.sampled_from(list(where) if isinstance(where, dict) else range(len(where))))
    where[key], where[other] = where[other], where[key]


def _reorder(draw: st.DrawFn, where, _key) -> None:
    if isinstance(where, list):
        where[:] = draw(st.permutations(where))
    else:
        parts = draw(st.permutations(list(where.items())))
        where.clear()
        where.update(parts)


def _add(draw: st.DrawFn, where, key) -> None:
    value = draw(st.one_of(plausible, texts))
    if isinstance(where, dict):
        where[draw(keys)] = draw(st.sampled_from([value, copy.deepcopy(where[key])]))
    else:
        where.append(value)


# What hypothesis likes best stands first: it should not be the same refusal every time.
_CHANGES: tuple[_Change, ...] = (
    *[_reorder] * 3, *[_alike] * 6, *[_delete] * 4, *[_other] * 2, *[_swap] * 2, *[_nasty] * 3, _double, _rename, _markup,
    _retype, _add,
)  # fmt: skip
