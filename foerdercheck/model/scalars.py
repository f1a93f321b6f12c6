"""From what stands in a file to exact values: money, hours, percentages, dates, yes and no, words.

Every parser takes the source text, or the value of a spreadsheet cell (`Decimal`, `date`, `bool`), and returns
an exact value or raises `ScalarError` with a German text that says what to write instead. No float is involved.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from difflib import SequenceMatcher

from foerdercheck.model.characters import code_point, unseen
from foerdercheck.model.dates import day_of_serial, meant_days, meant_month
from foerdercheck.model.deutsch import aufzaehlung, prozent
from foerdercheck.model.meant import meant_ja_nein
from foerdercheck.model.synonyme import BEDINGUNGEN, Synonyme

MAX_TEXT = 2000
SPACES = "\u0020\u00a0\u2007\u2009\u202f"
_ISO_DATE = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_GERMAN_DATE = re.compile(r"([0-9]{1,2})\.([0-9]{1,2})\.([0-9]{4})")
_MONTH = re.compile(r"([0-9]{4})-([0-9]{2})")
_CELL_ERRORS = frozenset({"#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A"})
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})


class ScalarError(ValueError):
    """A value that cannot be read for certain; its text tells a person what to write."""


class Percent(Decimal):
    """A fraction in a cell that shows it as a percentage; as a key it is not the number, which may mean percentage points."""

    def __str__(self) -> str:
        return prozent(self)

    def __hash__(self) -> int:
        return ~super().__hash__()


class Flaw(str):
    """A cell that shows something else than it holds, or nobody knows what; the text says so and what to do."""

    __slots__ = ()


def fold(text: str) -> str:
    """Return `text` as one compares words: without case, umlauts and runs of white space."""
    if not text.isascii():
        text = unicodedata.normalize("NFC", text).casefold().translate(_UMLAUTS)
    return " ".join(text.casefold().split())


def shown(raw: object) -> str:
    """Return what was read, short enough for a message and without anything a terminal could obey."""
    text = "".join(char if char.isprintable() and not unseen(char) else "�" for char in str(raw)[:61])
    return f"„{text[:57]}…“" if len(text) > 60 else f"„{text}“"


def flaw(text: str) -> str:
    """Return what is wrong with a cell, or a text that is an error value or a formula of a spreadsheet; else nothing."""
    if isinstance(text, Flaw):
        return str(text)
    if text in _CELL_ERRORS:
        return f"die Zelle enthält den Fehlerwert {text}"
    if text.startswith("="):
        return (
            f"{shown(text)} ist eine Formel ohne gespeichertes Ergebnis: öffnen Sie die Datei in Excel oder LibreOffice und "
            "speichern Sie sie"
        )
    return ""


def unseen_flaw(text: str) -> str:
    """Return what is wrong with a text that holds a character nobody sees, with which it looks like another; else nothing."""
    found = unseen(text)
    return f"enthält ein Zeichen, das niemand sieht ({found}): bitte neu eintippen statt kopieren" if found else ""


def proposals(word: str, known: Sequence[str], synonyme: Synonyme | None = None) -> Sequence[str]:
    """Return the known words that may be meant: those it is another word for, else the one it is nearly spelt as.

    With `synonyme` the known words differ in law: a word near to two of them is no misspelling of either.
    """
    if len(word) > _LONGEST_WORD:
        return ()
    names = {_bare(name): [name] for name in known}
    for name in known if synonyme else ():
        for other in (synonyme or {}).get(name, ()):
            if name not in (said := names.setdefault(_bare(other), [])):
                said.append(name)
    if exact := names.get(_bare(word)):
        return exact
    parts = [names[part] for part in map(_bare, re.split(r"[^\w.-]+", word)) if part in names] if synonyme else []
    if parts:
        return parts[0] if all(part == parts[0] for part in parts) else ()
    near = sorted(((_likeness(_bare(word), name), name) for name in names), reverse=True)
    likely = [names[name] for likeness, name in near if likeness >= (_LIKE_IN_LAW if synonyme else _LIKE)]
    return likely[0] if likely and (not synonyme or all(found == likely[0] for found in likely)) else ()


_LONGEST_WORD = 60
_LONGEST_LIST = 120
_BETWEEN = r" ?[,;/&+] ?| und | sowie "
_WORD_AND_SHARE = r"(.*[^\s:])\s*[: ]\s*([0-9.,]+ ?%)"
_LIKE = 75
"""As much of two words, in percent, is alike if one may be the other misspelt."""
_LIKE_IN_LAW = 85
"""More, where a wrong proposal costs money: a `Schule` is no `hochschule`."""


def _bare(text: str) -> str:
    """Return a word as it is compared with others: without case, umlauts, blanks and punctuation."""
    return "".join(filter(str.isalnum, fold(text)))


def _likeness(word: str, other: str) -> int:
    """Return how much of two words is alike, in percent; 0 where it is too little anyway."""
    matcher = SequenceMatcher(None, other, word)
    if any(ratio() * 100 < _LIKE for ratio in (matcher.real_quick_ratio, matcher.quick_ratio)):  # much faster
        return 0
    return int(matcher.ratio() * 100)


def suggestion(word: str, known: Sequence[str], synonyme: Synonyme | None = None) -> str:
    """Return ` – meinten Sie „x“?` if it may mean a known word, else the empty string."""
    found = [
        f"„{name}“" + (f" ({BEDINGUNGEN[name]})" if name in BEDINGUNGEN else "")
        for name in proposals(word, known, synonyme)
    ]
    return f" – meinten Sie {aufzaehlung(found, 'oder')}?" if found else ""


def as_list(text: str) -> str:
    """Return how what stands in a text is written as a list, or as words with shares; nothing where nobody can tell."""
    parts = [part.strip() for part in re.split("[;,\n]", text[:_LONGEST_LIST]) if part.strip()]
    shares = [match.groups() for part in parts if (match := re.fullmatch(_WORD_AND_SHARE, part))]
    if not parts or len(text) > _LONGEST_LIST or not text.isprintable() or unseen_flaw(text):
        return ""
    if len(shares) == len(parts):
        return f": schreiben Sie {{{', '.join(f'{word}: {share}' for word, share in shares)}}}"
    return f": schreiben Sie [{', '.join(parts)}]"


def parse_datum(raw: object) -> date:
    """Read `2026-03-01` or `01.03.2026`; years 1900 to 2199."""
    if isinstance(raw, date):
        return _dated(raw.year, raw.month, raw.day, raw)
    if isinstance(raw, Decimal) and (kept := day_of_serial(raw)):
        raise ScalarError(
            f"{shown(raw)} ist kein Datum: formatieren Sie die Zelle als Datum, oder schreiben Sie {kept:%d.%m.%Y}"
        )
    text = text_of(raw, "ein Datum, z. B. 2026-03-01 oder 01.03.2026")
    if match := _ISO_DATE.fullmatch(text):
        year, month, day = match.groups()
    elif match := _GERMAN_DATE.fullmatch(text):
        day, month, year = match.groups()
    else:
        raise ScalarError(f"{shown(raw)} ist kein Datum: schreiben Sie {meant_days(text)}")
    return _dated(int(year), int(month), int(day), raw)


def parse_monat(raw: object) -> date:
    """Read `2026-04` as the first day of that month."""
    if isinstance(raw, date):
        return _dated(raw.year, raw.month, 1, raw)
    text = text_of(raw, "ein Monat, z. B. 2026-04")
    match = _MONTH.fullmatch(text)
    if not match:
        raise ScalarError(f"{shown(raw)} ist kein Monat: schreiben Sie {meant_month(text)}")
    return _dated(int(match[1]), int(match[2]), 1, raw)


def parse_ja_nein(raw: object) -> bool:
    """Read `ja nein true false` in any case."""
    if isinstance(raw, bool):
        return raw
    text = text_of(raw, "ja oder nein").casefold()
    if text in {"ja", "true"}:
        return True
    if text in {"nein", "false"}:
        return False
    raise ScalarError(f"{shown(raw)} ist weder ja noch nein: schreiben Sie {meant_ja_nein(text) or 'ja oder nein'}")


def parse_text(raw: object) -> str:
    """Read a text: not empty, at most 2,000 characters, nothing that steers a terminal; white space is folded."""
    text = raw if type(raw) is str and len(raw) <= MAX_TEXT else text_of(raw, "ein Text")
    if len(text) > MAX_TEXT:
        raise ScalarError(f"Der Text hat {len(text)} Zeichen; höchstens {MAX_TEXT} sind erlaubt")
    text = " ".join(text.split())
    if not text or text[0] in "=#":
        text = text_of(text, "ein Text")
    if not text.isascii() and (wrong := unseen_flaw(text)):
        raise ScalarError(f"{shown(text)} {wrong}")
    if not text.isprintable():
        steering = next(char for char in text if not char.isprintable())
        raise ScalarError(
            f"{shown(text)} enthält Steuerzeichen ({code_point(steering)}): bitte neu eintippen statt kopieren"
        )
    return text


_NO_OTHERS: Mapping[str, str] = {}
_LONG_LIST = 20
"""So many words are only listed where none of them is near."""


def one_of(
    words: Sequence[str],
    was: str,
    near: Callable[[str, Sequence[str]], str] = suggestion,
    auch: Mapping[str, str] = _NO_OTHERS,
) -> Callable[[object], str]:
    """Return a parser for one of `words`, compared without case and umlauts; `was` names them in messages.

    `near` says of another word which of them may be meant, `auch` are further words and which of `words` each means. A message
    lists no word that is only another with something and a stroke before it (`sh-ki/3-sitz`), and only those that begin with what
    was written and a hyphen where there are such (`4.2` → `4.2-bescheid`).
    """
    exact = frozenset(words)
    known = {_joined(other): word for other, word in (*auch.items(), *zip(words, words, strict=True))}

    def parse(raw: object) -> str:
        if isinstance(raw, str) and raw in exact:
            return raw
        text = parse_text(raw)
        word = known.get(_joined(text))
        if word is None:
            ensure_one(text, known)
            meant = near(text, words)
            short = [word for word in words if word.partition("/")[2] not in exact]
            begun = [word for word in short if word.startswith(f"{text.rpartition('/')[2]}-")]
            listed = (
                ""
                if meant and len(short) > _LONG_LIST
                else f" Erlaubt: {', '.join(short if meant else begun or short)}"
            )
            raise ScalarError(f"{shown(text)} ist {was} nicht bekannt{meant or '.'}{listed}")
        return word

    return parse


def ensure_one(text: str, known: Mapping[str, str]) -> None:
    """Raise ScalarError for a text that names several of the known words one after the other."""
    names = {_joined(word): meaning for word, meaning in known.items()}
    parts = re.split(_BETWEEN, text) if len(text) <= _LONGEST_LIST else []
    found = [names[_joined(part)] for part in parts if _joined(part) in names]
    if len(found) == len(parts) > 1:
        raise ScalarError(f"{shown(text)} nennt mehrere ({', '.join(found)}): jeder Eintrag ist nur eines davon")


def _joined(word: str) -> str:
    return fold(word).replace(" ", "_").replace("-", "_")


def text_of(raw: object, expected: str) -> str:
    """Return what stands in a file as text; raises ScalarError, saying what is `expected`, where there is none."""
    if isinstance(raw, str):
        text = raw.strip(SPACES + "\t\r\n")
        if not text:
            raise ScalarError(f"leer: hier wird {expected} erwartet; ohne Angabe den Eintrag weglassen")
        if wrong := flaw(raw if isinstance(raw, Flaw) else text):
            raise ScalarError(wrong)
        if wrong := unseen_flaw(text):
            raise ScalarError(f"{shown(text)} {wrong}")
        return text
    if isinstance(raw, bool):
        return "ja" if raw else "nein"
    if isinstance(raw, Decimal):
        return as_typed(raw)
    if isinstance(raw, date):
        return raw.isoformat()
    raise ScalarError(
        f"hier wird {expected} erwartet, keine {'Liste' if isinstance(raw, list) else 'Gruppe von Angaben'}"
    )


def as_typed(value: Decimal) -> str:
    """Return a number of a cell as a person would have typed it."""
    if isinstance(value, Percent):
        return str(value)
    return format(value.normalize(), "f") if value.is_finite() and value.adjusted() < 40 else str(value)


def _dated(year: int, month: int, day: int, raw: object) -> date:
    if not 1900 <= year < 2200:
        raise ScalarError(f"{shown(raw)}: ein Jahr zwischen 1900 und 2199 wird erwartet")
    try:
        return date(year, month, day)
    except ValueError:
        raise ScalarError(f"{shown(raw)}: dieses Datum gibt es nicht") from None
