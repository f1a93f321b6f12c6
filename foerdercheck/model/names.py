"""Whether two names are those of one person, undertaking or supplier: equal, near or different, and who is near among many.

Equal are names that differ in title, legal form, punctuation, blanks, case and the spelling of umlauts only. Near are names
that differ in one letter of a word of five or more (changed, missing, swapped with its neighbour), or in the order of
their words: they may be one. Words that are a single letter, a number or a Roman numeral tell names apart.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import combinations, filterfalse
from typing import Literal, NamedTuple

from foerdercheck.model.rechtsformen import without_rechtsform
from foerdercheck.model.scalars import fold

Namensvergleich = Literal["gleich", "nahe", "verschieden"]
_TITLE = r"""(?ix)^\s*(?:herrn?|frau)\s
    | \b(?:(?:univ|hon|jun|apl|em)\.-?\s?)?(?:
        (?:prof|professor|professorin|dr|doktor|ph\.?\s?d)\b\.? | (?:priv\.?-?\s?doz|mag|dipl|lic|ing)\. | pd(?=\s+dr\b) | dipl(?=-)
    )(?:
        [\s-]*(?:h\.\s*c|e\.\s*h|med|dent|vet|pharm|rer|nat|phil|jur|iur|oec|pol|theol|agr|sc|techn|habil|mult|math|phys|chem
            |biol|geogr|psych|päd|paed|inform|inf|ing|kfm|kffr|wirt|soz|des|fh)\.
        | -(?:wirt\.?-?)?(?:ing|inform|inf|kfm|kffr|phys|math|biol|chem|geogr|psych|päd|paed|wirt|jur)\b
        | \s*\((?:fh|tu|ba|univ\.?)\)
    )*"""
"""Titles before a name; what is added to one needs its full stop or hyphen, for `Dr. Phil Schmidt` is called Phil."""
_DEGREE = (
    r"(?i)[\s,(]+(?:[mb]\.\s?sc|[mb]sc|[mb]\.\s?a\b|[mb]\.\s?eng|[mb]eng|[mb]\.\s?ed|mba|ll\.\s?[mb]|ll[mb])\.?\)?\s*$"
)
_OF_TITLES = frozenset(
    "herr herrn frau prof professor professorin dr doktor ph phd priv privdoz mag dipl lic ing pd "
    "m b msc bsc meng beng mba ll llm llb".split()
)
"""Words of which every title and degree has one."""
_PROTECTED = str.maketrans(dict.fromkeys("®™©℠", " "))
_PART = re.compile(r"\d+|[^\W\d_]+")
_PART_WITH_MARKS = re.compile(r"\d+|[^\d\s]+")
_ROMAN = re.compile(r"m{0,3}(?:cm|cd|d?c{0,3})(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3})")
_AND = frozenset({"und", "u"})
_IN_WORDS = frozenset({"Mn", "Mc", "So"})
_LONG = 5
"""A letter may be a slip in a word of so many letters or more."""
_FEW = 16
"""So many names are compared each with each; more that have all but a letter in common count as near without that."""
_LETTERS = 40
"""Longer words are looked up by their halves, shorter ones by what is left without a letter."""


class ReadName(NamedTuple):
    """A name as it is compared: what all equal ones have in common, its words but for those that tell it apart, and these."""

    key: str
    words: tuple[str, ...]
    marks: tuple[str, ...]


def name_key(name: str, *, person: bool = False) -> str:
    """Return what is the same for all names that are equal; that of a `person` has no legal form."""
    return _read(name, person).key


def compare_names(one: str, other: str, *, person: bool = False) -> Namensvergleich:
    """Tell whether two names are equal, near or different."""
    mine, theirs = _read(one, person), _read(other, person)
    if mine.key == theirs.key:
        return "gleich"
    return "nahe" if _near(mine, theirs) else "verschieden"


def near_groups(names: Iterable[str], *, person: bool = False) -> list[tuple[str, ...]]:
    """Return those of many names that are near to each other, or connected by such, in groups in order of first mention.

    Of equal names the first stands for all. Time grows with the number of names, not with that of their pairs.
    """
    read = {name: _read(name, person) for name in names}
    first: dict[str, str] = {}
    for name, (key, _, _) in read.items():
        first.setdefault(key, name)
    return [tuple(first[key] for key in keys) for keys in near_keys(read.values())]


def near_keys(names: Iterable[ReadName]) -> list[list[str]]:
    """Return the keys of those of many names that are near to each other, in groups as `near_groups` makes them."""
    spellings = dict.fromkeys(names)
    if len(spellings) < 2:
        return []
    group: dict[str, str] = {}
    for one, other in _near_pairs([*spellings]):
        group[root(group, group.setdefault(one.key, one.key))] = root(group, group.setdefault(other.key, other.key))
    members: dict[str, list[str]] = defaultdict(list)
    for key in dict.fromkeys(name.key for name in spellings) if group else ():
        if key in group:
            members[root(group, key)].append(key)
    return [found for found in members.values() if len(found) > 1]


def root(group: dict[str, str], key: str) -> str:
    """Return the key that stands for all of its group; `group` leads from each key to another of it, and is shortened."""
    while group[key] != key:
        group[key] = key = group[group[key]]
    return key


def read_name(name: str, person: bool = False) -> ReadName:  # noqa: FBT001, FBT002 - a key of the cache
    """Return a name as it is compared."""
    parts = _parts(name, person=person)
    marks = tuple([part for part in parts if len(part) == 1 or part.isdecimal() or _is_roman(part)])
    return ReadName(_key(parts), tuple([part for part in parts if part not in marks]) if marks else parts, marks)


def _is_roman(part: str) -> bool:
    return part[:1] in "mdclxvi" and _ROMAN.fullmatch(part) is not None


_read = lru_cache(maxsize=16_384)(read_name)


def _key(parts: Sequence[str]) -> str:
    if len([*filter(str.isdigit, parts)]) < 2:
        return "".join(parts)
    # blanks do not count, but between two numbers they tell where one ends
    pairs = zip(("", *parts), parts, strict=False)
    return "".join(f" {part}" if part.isdigit() and before.isdigit() else part for before, part in pairs)


def _parts(name: str, *, person: bool) -> tuple[str, ...]:
    """Return the words and numbers of a name that count, folded; all of them where nothing else is left."""
    every = _words(name)
    bare = every if _OF_TITLES.isdisjoint(every) else _words(re.sub(_DEGREE, " ", re.sub(_TITLE, " ", name)))
    for words in (bare, every):
        parts = (
            words
            if _AND.isdisjoint(words[1:-1])
            else [words[0], *filterfalse(_AND.__contains__, words[1:-1]), words[-1]]
        )
        if found := parts if person else without_rechtsform(parts):
            return tuple(found)
    return tuple(every) or (fold(name),)


def _words(text: str) -> list[str]:
    """Return the words and numbers of a text, folded: letters with the marks on them, pictures, digits."""
    folded = text.casefold() if text.isascii() else fold(unicodedata.normalize("NFKC", text.translate(_PROTECTED)))
    if folded.isascii():
        return _PART.findall(folded)
    kept = (char if char.isalnum() or unicodedata.category(char) in _IN_WORDS else " " for char in folded)
    return _PART_WITH_MARKS.findall("".join(kept))


def _near(one: ReadName, other: ReadName) -> bool:
    """Tell whether two names that are not equal are near."""
    if one.marks != other.marks or len(one.words) != len(other.words):
        return False
    if len(frozenset(one.words).difference(other.words)) > 1:
        return False
    left, right = [*one.words], []
    for word in other.words:
        if word in left:
            left.remove(word)
        else:
            right.append(word)
    return not left or (len(left) == 1 and _one_letter(left[0], right[0]))


def _one_letter(one: str, other: str) -> bool:
    """Tell whether two words, one of them long, differ in a letter: another, one more, or two neighbours swapped."""
    short, long = sorted((one, other), key=len)
    if len(long) < _LONG or len(long) - len(short) > 1:
        return False
    at = next((at for at, char in enumerate(short) if char != long[at]), len(short))
    if len(short) < len(long):
        return short[at:] == long[at + 1 :]
    swapped = short[at + 1 : at + 2] + short[at : at + 1] + short[at + 2 :]
    return long[at:] == swapped or long[at + 1 :] == short[at + 1 :]


def _near_pairs(read: Sequence[ReadName]) -> Iterator[tuple[ReadName, ReadName]]:
    """Yield names that are near, by comparing only those that can be: as many words, and the same that tell them apart."""
    comparable: dict[tuple[tuple[str, ...], int], list[ReadName]] = defaultdict(list)
    for name in read:
        comparable[name.marks, len(name.words)].append(name)
    for names in comparable.values():
        for alike in [names] if len(names) <= _FEW else _alike(names):
            if len(alike) > _FEW:
                yield from ((alike[0], name) for name in alike[1:])
            else:
                yield from (pair for pair in combinations(alike, 2) if _near(*pair))


def _alike(read: Sequence[ReadName]) -> Iterator[Sequence[ReadName]]:
    """Yield those of comparable names that have all words in common, or all but one and nearly that."""
    orders: dict[int, list[ReadName]] = defaultdict(list)
    rest: dict[int, list[tuple[str, ReadName]]] = defaultdict(list)
    for name in read:
        whole = sum(map(hash, name.words))
        orders[whole].append(name)
        for word in set(name.words):
            if len(word) >= _LONG - 1:
                rest[whole - hash(word)].append((word, name))
    yield from (alike for alike in orders.values() if len(alike) > 1)
    for entries in rest.values():
        if len(entries) > 1:
            yield from [[name for _, name in entries]] if len(entries) <= _FEW else _nearly_alike(entries)


def _nearly_alike(entries: Sequence[tuple[str, ReadName]]) -> Iterable[Sequence[ReadName]]:
    """Return those whose words have something in common that any two words have which differ in one letter."""
    found: dict[str, list[ReadName]] = defaultdict(list)
    for word, name in entries:
        for part in _signatures(word):
            found[part].append(name)
    return found.values()


def _signatures(word: str) -> Iterator[str]:
    """Yield what two words have in common that differ in one letter: what is left without it, or one of their halves."""
    if len(word) <= _LETTERS:
        yield from {word, *(word[:at] + word[at + 1 :] for at in range(len(word)))}
    if len(word) >= _LETTERS:
        for half in {len(word) // 2, (len(word) - 1) // 2}:
            yield from (word[:half] + ">", "<" + word[-half:])
