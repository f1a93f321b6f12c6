"""What people may have meant by a value that is not read: proposed in messages, never taken."""

import re
from decimal import Decimal

from foerdercheck.model.deutsch import euro, prozent, zahlwort

_LONGEST = 60
"""No value is written longer; of a longer text the end would cost time."""
_NOTHING = (
    r"(?i:[-–—?./\s]+|x{2,}|t\.? ?b\.? ?[ad]\.?|n\.? ?/? ?[an]\.?|k\.? ?a\.?|(?:noch )?(?:offen|unklar|unbekannt|nicht bekannt)|"
    r"entfällt|folgt|wird (?:noch )?nachgereicht|keine? angaben?|(?:siehe|s\.|laut|lt\.|gem\.|gemäß) .*|"
    r"nach (?:aufwand|angebot|bedarf)|leer)"
)
_DIGITS = r"[0-9](?:[0-9.,'’]*[0-9])?"
_MANY = {"t€": 1000, "teur": 1000, "tsd": 1000, "k€": 1000, "tausend": 1000, "mio": 1_000_000}
_OTHER_UNIT = (
    r"(?i)[%/*+×=–−$£¥-]|\b(?:je|pro|x|mal|bis|oder|und|von|jahr\w*|monat\w*|jährlich|monatlich|brutto|inkl\w*)\b"
)
_CURRENCY = r"\b(?!EUR|TEUR)[A-Z]{3}\b"
_CUT = r"(?:^|\s)[.,][0-9]|[0-9][.,](?:\s|$)"
_PER_HOUR = r"(?i)(?:/|je|pro) ?(?:h|std\.?|stunde)\b\.?"
_SHARE = r"([0-9]{1,3}(?:,[0-9]{1,2})?) ?(?:/|von) ?([0-9]{1,3}(?:,[0-9]{1,2})?)(?: ?(?:h|Std\.?|Stunden))?"
_COUNTS = {zahlwort(number): str(number) for number in range(2, 13)}
_COUNTS |= dict.fromkeys(("ein", "eine", "eins"), "1") | dict.fromkeys(("kein", "keine"), "0")


def nothing_stated(text: str) -> bool:
    """Tell whether a text says that there is nothing to say yet: `-`, `?`, `n. n.`, `noch offen`, `siehe Angebot`."""
    return len(text) <= _LONGEST and re.fullmatch(_NOTHING, text.strip()) is not None


def meant_number(text: str) -> str:
    """Return the only number in a text as it is written alone: `8.400` for `ca. 8.400 EUR`; nothing where that is not certain."""
    text = re.sub(_PER_HOUR, "", text) if len(text) <= _LONGEST else ""
    found = re.findall(_DIGITS, text)
    around = re.sub(_DIGITS, " ", text)
    around = re.sub(r"[.,] ?[-–—]+", " ", around)
    if len(found) != 1 or re.search(_OTHER_UNIT, around) or re.search(_CURRENCY, around) or re.search(_CUT, text):
        return _COUNTS.get(text.strip().casefold(), "")
    words = {word.casefold() for word in re.findall(r"\w*€|\w+", around)}
    times = [factor for word, factor in _MANY.items() if word in words]
    return _times(found[0], times[0]) if times else found[0]


def meant_share(text: str) -> str:
    """Return the percentage a text may mean: `19 %` for `19% MwSt`, `50 %` for `19,5/39`; nothing where that is not certain."""
    if match := re.fullmatch(_SHARE, text[:_LONGEST]):
        part, whole = (_decimal(number) for number in match.groups())
        return prozent(round(part / whole, 4)) if 0 < part <= whole else ""
    found = re.findall(r"([0-9]{1,3}(?:,[0-9]{1,4})?) ?(?:%|Prozent|v\. ?H\.)", text[:_LONGEST])
    return f"{found[0]} %" if len(found) == 1 else ""


def meant_ja_nein(text: str) -> str:
    """Return `ja` or `nein` where a text begins with it or with its letter alone; nothing else."""
    first = re.split(r"[\s,;.:(–-]+", text[:_LONGEST].casefold(), maxsplit=1)[0]
    word = {
        "j": "ja",
        "ja": "ja",
        "yes": "ja",
        "y": "ja",
        "on": "ja",
        "jawohl": "ja",
        "n": "nein",
        "nein": "nein",
        "no": "nein",
    }
    return {**word, "off": "nein"}.get(first, "")


def _decimal(number: str) -> Decimal:
    return Decimal(number.replace(",", "."))


def _times(number: str, factor: int) -> str:
    """Return a number like `8,4` times a factor; one with a mark of thousands may already be whole."""
    return (
        euro(_decimal(number) * factor).removesuffix(" €")
        if re.fullmatch(r"[0-9]{1,4}(?:,[0-9]{1,3})?", number)
        else ""
    )
