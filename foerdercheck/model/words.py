"""Words out of a vocabulary that a programme or the law defines, and how people write them.

A vocabulary is a list of words; that of the regulations maps each number to its other names. Where none is given, any text passes.
"""

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from foerdercheck.model.amounts import parse_prozent
from foerdercheck.model.scalars import ScalarError, fold, one_of, parse_text, shown, suggestion

Vocabulary = Mapping[str, Sequence[str] | Mapping[str, Sequence[str]]]
_Words = Sequence[str] | Mapping[str, Sequence[str]] | None
RATE = " … %"
_NUMBER = re.compile(r"[0-9]+/[0-9]+")
_RATE = re.compile(r"\s*([^\W\d]\w{0,40})\s+(\d[\d.,]{0,12}\s?%)\s*")


class Word(NamedTuple):
    """Marks a word out of a vocabulary the programme defines; any text passes where the programme is unknown.

    A word is also known with some of `davor` before it (`Landkreis Celle`); `near` says of any other text which word may
    be meant.
    """

    vocabulary: str
    was: str
    davor: tuple[str, ...] = ()
    near: Callable[[str, Sequence[str]], str] = suggestion

    def parse(self, raw: object, words: _Words) -> str:
        """Read one of `words`; raises ScalarError."""
        if words is None:
            return parse_text(raw)
        if isinstance(raw, str) and raw in words:
            return raw
        return one_of(tuple(words), self.was, self._near)(_bare(raw, self.davor, words))

    def _near(self, text: str, words: Sequence[str]) -> str:
        return self.near(_stripped(text, self.davor)[-1], words)


class Wahl(NamedTuple):
    """A word of the programme's vocabulary, with a rate (a fraction) where the word takes one."""

    wort: str
    satz: Decimal | None = None


class WordAndRate(NamedTuple):
    """Marks a Wahl; a word of the vocabulary that ends in RATE takes a rate (`personal 15 %`)."""

    vocabulary: str
    was: str

    def parse(self, raw: object, words: _Words) -> Wahl:
        """Read one of `words`, with its rate; raises ScalarError."""
        text, rate = _split_rate(raw)
        if rate is not None and (words is None or any(fold(text + RATE) == fold(known) for known in words)):
            return Wahl(fold(text), parse_prozent(rate))
        wort = parse_text(raw) if words is None else one_of(tuple(words), self.was)(raw)
        if wort.endswith(RATE):
            raise ScalarError(f"{wort}: schreiben Sie statt der Punkte den Satz")
        return Wahl(wort)


class Number(NamedTuple):
    """Marks a number out of a vocabulary the law defines, which has other names and may stand in a text: `(EU) 2023/2831`."""

    vocabulary: str
    was: str

    def parse(self, raw: object, words: _Words) -> str:
        """Read one of the numbers; raises ScalarError."""
        if isinstance(raw, str) and isinstance(words, Mapping) and raw in words:
            return raw
        return numbered(words, self.was)(raw) if isinstance(words, Mapping) else parse_text(raw)


def numbered(numbers: Mapping[str, Sequence[str]], was: str) -> Callable[[object], str]:
    """Return a parser for one of `numbers`, which map to their other names, the usual one first; `was` says what they are."""
    names = {fold(name).replace("-", " "): number for number, others in numbers.items() for name in others}
    own, amending = written_numbers(numbers)

    def parse(raw: object) -> str:
        text = parse_text(raw)
        if (number := names.get(fold(text).replace("-", " "))) is not None:
            return number
        written = re.findall(rf"(?<![0-9])(?:{'|'.join(map(re.escape, own | amending))})(?![0-9])", text)
        found = {own[each] for each in written if each in own} or {amending[each] for each in written}
        if len(found) == 1:
            return found.pop()
        if found:
            raise ScalarError(f"{shown(text)} nennt {len(found)} Verordnungen: schreiben Sie nur eine")
        usual = [name for others in numbers.values() for name in others[:1] if name not in amending]
        meant = [number for number in numbers if text in number.split("/")]
        near = f" (meinten Sie {meant[0]}?)" if len(meant) == 1 else ""
        raise ScalarError(f"{shown(text)} ist {was}{near}: schreiben Sie {', '.join(numbers)} oder {', '.join(usual)}")

    return parse


def written_numbers(numbers: Mapping[str, Sequence[str]]) -> tuple[dict[str, str], dict[str, str]]:
    """Return what means one of `numbers` wherever it stands: it, also the other way round, and those of what amends it."""
    own = {written: number for number in numbers for written in (number, "/".join(reversed(number.split("/"))))}
    amending = {name: number for number, others in numbers.items() for name in others if _NUMBER.fullmatch(name)}
    return own, amending


def _bare(raw: object, davor: Sequence[str], words: Collection[str]) -> object:
    """Return the known word that is meant: as it stands, without what may stand before it, or by its main part alone."""
    if not isinstance(raw, str) or not davor:
        return raw
    known = {fold(word): word for word in words}
    for text in _stripped(raw, davor):
        if fold(text) in known:
            return known[fold(text)]
    same = [word for word in words if _main_part(word, davor) == _main_part(raw, davor)]
    return same[0] if len(same) == 1 else raw


def _stripped(text: str, davor: Sequence[str]) -> list[str]:
    """Return a text as it stands, then without the first of the words that may stand before it, the second, and so on."""
    before = frozenset(map(fold, davor))
    texts = [text.strip()]
    first, _, rest = texts[0].partition(" ")
    while rest and fold(first) in before:
        texts.append(rest.strip())
        first, _, rest = texts[-1].partition(" ")
    return texts


def _main_part(text: str, davor: Sequence[str]) -> str:
    """`Landkreis Rotenburg (Wümme)` and `Nienburg/Weser` without what stands before and added to the name."""
    return fold(re.split(r"[(/]", _stripped(text, davor)[-1], maxsplit=1)[0])


def _split_rate(raw: object) -> tuple[str, str | None]:
    """Split `personal 15 %` into the word and the rate."""
    match = _RATE.fullmatch(raw) if isinstance(raw, str) else None
    return (match[1], match[2]) if match else ("", None)
