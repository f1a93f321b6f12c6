"""Regular expressions that accept what the parsers of `model/scalars.py` accept as text.

Written for ECMA 262 with the flag `u`, which JSON Schema asks for, and Python's `re` alike. What follows an unbounded repetition is
always something that the repetition cannot match, so that none of them costs more than linear time.
"""

import re
from collections.abc import Iterable, Sequence

from foerdercheck.model.scalars import fold
from foerdercheck.model.words import RATE

_SPACE = r"[ \u00a0\u2007\u2009\u202f]"
_MARGIN = r"[ \u00a0\u2007\u2009\u202f\t\r\n]*"  # what a parser strips
_WHITE = (
    r"[\t-\r\u001c-\u0020\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]"  # where Python splits words
)
_OTHER = r"[\u0308\u0131ßſẞ\u212a\ufb00-\ufb06]"  # what becomes ASCII letters in more ways than are written out here
_EURO = "(?:€|[Ee][Uu][Rr])"
_HOURS = rf"(?:{_SPACE}*(?:h|Std\.?|Stunden))?"
_SHORT = "(?:[0-9]{1,2}|[0-9]{4})"  # three digits behind a mark may be thousands
_SHARE = rf"(?:0(?:[.,][0-9]{{1,4}})?|[1-9][0-9]?(?:[.,]{_SHORT})?|100(?:[.,](?:0{{1,2}}|0{{4}}))?)"
_YEAR = "(?:19|20|21)[0-9]{2}"
_LEAP = "(?:(?:19|20|21)(?:0[48]|[2468][048]|[13579][26])|2000)"
_UMLAUTS = {"ae": "(?:[Aa][Ee]|[Ää])", "oe": "(?:[Oo][Ee]|[Öö])", "ue": "(?:[Uu][Ee]|[Üü])"}


def _number(decimals: int, *, digits: int = 12, digit: str = "[0-9]", dash: str = "") -> str:
    """Return the numbers with up to `digits` digits before the mark and `decimals` behind it, however grouped; not `48.000`.

    `digit` is what may stand behind the mark, `dash` what else may stand behind a comma.
    """
    groups = (digits - 1) // 3
    head = f"[1-9][0-9]{{0,{digits - 3 * groups - 1}}}"
    rest = f"{digit}{{1,{decimals}}}"
    short = f"(?:{digit}{{1,2}}|{digit}{{4}})" if decimals > 2 else rest
    either = rf"(?:\.{rest}|,(?:{rest}{dash}))?"
    plain = rf"0{either}|[1-9][0-9]{{0,2}}(?:\.{short}|,(?:{short}{dash}))?|[1-9][0-9]{{3,{digits - 1}}}{either}"
    grouped = "|".join(f"(?:{mark}[0-9]{{3}}){{1,{groups}}}" for mark in (_SPACE, "_", "['’]"))
    german = rf"(?:\.[0-9]{{3}}){{1,{groups}}},(?:{rest}{dash})"
    english = rf"(?:,[0-9]{{3}}){{1,{groups}}}\.{rest}"
    whole = rf"|(?:\.[0-9]{{3}}){{2,{groups}}}|(?:,[0-9]{{3}}){{2,{groups}}}" if groups > 1 else ""
    return rf"(?:{plain}|{head}(?:(?:{grouped}){either}|{german}|{english}{whole}))"


def _whole(pattern: str) -> str:
    """Return a pattern for the whole text, with margins of white space."""
    return f"^{_MARGIN}(?:{pattern}){_MARGIN}$"


GELD_PATTERN = _whole(rf"(?:{_EURO}{_SPACE}*)?{_number(2, dash='|--?|–|—')}(?:{_SPACE}*(?:€|[Ee][Uu][Rr][Oo]?))?")
ZAHL = _whole(f"{_number(4)}{_HOURS}")
ANZAHL = _whole(f"{_number(4, digits=4, digit='0')}{_HOURS}")
PROZENT_PATTERN = _whole(f"{_SHARE}{_SPACE}*%")
DATUM = _whole(
    "|".join((
        f"{_YEAR}-(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])",
        f"{_YEAR}-(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)",
        f"{_YEAR}-02-(?:0[1-9]|1[0-9]|2[0-8])",
        f"{_LEAP}-02-29",
        rf"(?:0?[1-9]|[12][0-9]|3[01])\.(?:0?[13578]|1[02])\.{_YEAR}",
        rf"(?:0?[1-9]|[12][0-9]|30)\.(?:0?[469]|11)\.{_YEAR}",
        rf"(?:0?[1-9]|1[0-9]|2[0-8])\.0?2\.{_YEAR}",
        rf"29\.0?2\.{_LEAP}",
    ))
)  # fmt: skip
MONAT = _whole(f"{_YEAR}-(?:0[1-9]|1[0-2])")
JAHR = f"^{_YEAR}$"
_IN_ANY_YEAR = (
    rf"(?:(?:0?[1-9]|[12][0-9]|3[01])\.{_SPACE}?(?:0?[13578]|1[02])|(?:0?[1-9]|[12][0-9]|30)\.{_SPACE}?(?:0?[469]|11)"
    rf"|(?:0?[1-9]|1[0-9]|2[0-8])\.{_SPACE}?0?2)(?:\.(?:{_YEAR})?)?"
)
JAHRESTAG = _whole(
    rf"{_IN_ANY_YEAR}(?:{_SPACE}?(?:-|–|—|bis){_SPACE}?{_IN_ANY_YEAR})?|{_YEAR}-[0-9]{{2}}-[0-9]{{2}}"
    "|[Kk][Aa][Ll][Ee][Nn][Dd][Ee][Rr][Jj][Aa][Hh][Rr]"
)
JA_NEIN = _whole("[Jj][Aa]|[Nn][Ee][Ii][Nn]|[Tt][Rr][Uu][Ee]|[Ff][Aa][Ll][Ssſ][Ee]")
TEXT_PATTERN = rf"^{_MARGIN}[^ \u00a0\u2007\u2009\u202f\t\r\n=]"
ZAHLENREST = f"^(?!{_YEAR}$)[0-9][0-9.]*(?: ?(?:{_EURO}|[%Hh]))?$"
"""The rest of a number that YAML split at its comma, inside {…}; the reader joins it again (see `reading/yaml_events.py`)."""


def words_pattern(known: Iterable[str], *, davor: Sequence[str] = (), certain: bool = False) -> str:
    """Return a pattern for what is read as one of the words `known`: in any case, with umlauts or without.

    Some of `davor` may stand before a word, which is then known by its main part. A word that ends in RATE takes a rate.
    Text with a ligature or the like matches whatever it says, unless only what is `certain` shall match.
    """
    folded = dict.fromkeys(map(fold, known))
    before = [fold(word) for word in davor]
    alternatives = "|".join(map(_word, dict.fromkeys(_main_part(word, before) for word in folded) if davor else folded))
    prefix = f"(?:(?:{'|'.join(map(_word, before))}){_WHITE}+)*" if davor else ""
    end = rf"{_WHITE}*(?:[(\/]|$)" if davor else f"{_WHITE}*$"
    return f"^{_WHITE}*{prefix}(?:{alternatives}){end}" + ("" if certain else f"|{_OTHER}")


def _main_part(folded: str, before: Sequence[str]) -> str:
    """Return `rotenburg` of `landkreis rotenburg (wuemme)`."""
    first, _, rest = folded.partition(" ")
    while rest and first in before:
        folded = rest
        first, _, rest = folded.partition(" ")
    return re.split(r"[(/]", folded, maxsplit=1)[0].strip()


def _word(folded: str) -> str:
    if folded.endswith(RATE):
        return f"{_word(folded.removesuffix(RATE))}{_WHITE}+{_SHARE}{_SPACE}?%"
    return re.sub("ae|oe|ue|.", lambda part: _UMLAUTS.get(part[0]) or _letter(part[0]), folded)


def _letter(char: str) -> str:
    if char in "_- ":
        return f"(?:[_-]|{_WHITE}+)"
    if char.isalpha():
        return f"[{char.upper()}{char}]" if char.isascii() else ".{1,3}"  # composed or not
    return f"\\{char}" if char in r"^$\.*+?()[]{}|/" else char
