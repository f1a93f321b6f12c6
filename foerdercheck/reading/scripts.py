"""Words that mix the letters of two scripts, anywhere in a file: they may only look like the word that is meant."""

from collections.abc import Iterator

from foerdercheck.model.characters import code_point, mixed_words
from foerdercheck.model.location import Location, Path, Problem, SourceMap, placed
from foerdercheck.model.records import Tree
from foerdercheck.model.scalars import shown

_MANY = 20
"""How many words are worth a remark of their own."""


def mixed_scripts(tree: Tree, source: SourceMap) -> list[Problem]:
    """Return a remark for each word that holds Latin letters and Greek or Cyrillic ones; of many, only how many more there are."""
    found = list(_remarks(tree, ()))
    remarks = placed(found[:_MANY], source)
    if len(found) > _MANY:
        text = f"In {len(found) - _MANY} weiteren Wörtern stehen Buchstaben zweier Schriften."
        remarks.append(Problem(text, (), Location()))
    return remarks


def _remarks(tree: Tree, path: Path) -> Iterator[Problem]:
    """Yield what `mixed_scripts` returns; nearly every text is ASCII and passed over at once."""
    for key, entry in enumerate(tree) if isinstance(tree, list) else tree.items() if isinstance(tree, dict) else ():
        if isinstance(key, str) and not key.isascii():
            for word, foreign in mixed_words(key):
                yield Problem(_text(word, foreign), (*path, key), am_schluessel=True)
        if not isinstance(entry, str):
            yield from _remarks(entry, (*path, key))
        elif not entry.isascii():
            for word, foreign in mixed_words(entry):
                yield Problem(_text(word, foreign), (*path, key))


def _text(word: str, foreign: str) -> str:
    return (
        f"{shown(word)} enthält neben lateinischen Buchstaben griechische oder kyrillische ({code_point(foreign)}), die ihnen "
        "gleichen können; für das Programm ist es dann ein anderes Wort. Prüfen Sie, ob es so gemeint ist."
    )
