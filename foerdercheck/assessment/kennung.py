"""The Prüfkennung: sixteen characters that say what was checked, under which law, as of which day and by which program.

Each of the four has its own characters, so that a report that does not belong to a budget can say why. The input counts by its
meaning: layout, format, comments, line endings and the order of keys do not, a changed cent does.
"""

import unicodedata
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from hashlib import sha256
from typing import NamedTuple

from foerdercheck.assessment.ausnahmeliste import Ausnahmeliste
from foerdercheck.assessment.submission import Submission
from foerdercheck.deminimis.frage import Frage
from foerdercheck.model.beihilfe import Historie
from foerdercheck.model.names import name_key
from foerdercheck.model.records import Tree
from foerdercheck.programmes import deminimis_recht, umsatzsteuerrecht
from foerdercheck.version import VERSION

_ZEICHEN = "0123456789abcdefghjkmnpqrstvwxyz"
"""Digits and small letters without those that are taken for others (i, l, o, u)."""
_LAENGEN = (7, 3, 3, 3)


class Pruefkennung(NamedTuple):
    """What a report rests on, each part as characters of a hash: the input, the law, the day with the options, the program."""

    eingabe: str
    recht: str
    tag: str
    programm: str

    def __str__(self) -> str:
        """All sixteen characters."""
        return "".join(self)

    def unterschiede(self, other: "Pruefkennung", *, konto: bool = False) -> list[str]:
        """Return what differs from another one, in words; of a budget, or of an account."""
        names = _TEILE_DES_KONTOS if konto else _TEILE_DES_BUDGETS
        return [name for name, mine, theirs in zip(names, self, other, strict=True) if mine != theirs]


_TEILE_DES_BUDGETS = (
    "die Angaben des Budgets",
    "das Recht",
    "der Stichtag oder die Ausnahmen",
    "die Version des Programms",
)
_TEILE_DES_KONTOS = (
    "die Angaben der Historie", "das Recht", "der Stichtag oder was sonst gefragt ist", "die Version des Programms"
)  # fmt: skip
MEISTE_BEIHILFEN = 10_000
"""A history of more awards has no Prüfkennung: it is a register, and to read all of it again would take longer than to count it."""


def parse_kennung(text: str) -> Pruefkennung | None:
    """Return the Prüfkennung that somebody copied, in whatever case and groups; None if it is none."""
    signs = "".join(text.replace("-", " ").split()).casefold()
    if len(signs) != sum(_LAENGEN) or not set(signs) <= set(_ZEICHEN):
        return None
    ends = [sum(_LAENGEN[:count]) for count in range(1, 5)]
    return Pruefkennung(*(signs[end - length : end] for end, length in zip(ends, _LAENGEN, strict=True)))


class Umstaende(NamedTuple):
    """What besides the input decides on a report: the Stichtag, whether it is merely today, the exceptions, the day of the check."""

    stichtag: date
    angenommen: bool
    ausnahmen: Ausnahmeliste | None
    heute: date


def pruefkennung(submission: Submission, tree: Tree, umstaende: Umstaende) -> Pruefkennung:
    """Return the Prüfkennung of a check; of a budget that lacks what every figure needs the `tree` counts as it is."""
    law = (submission.fassung.pruefsumme, deminimis_recht().pruefsumme, umsatzsteuerrecht().pruefsumme)
    given = _input(submission) if submission.budget is not None else tree
    return _kennung(given, law, _day(submission, umstaende))


def kontokennung(historie: Historie, frage: Frage, unternehmen: str | None) -> Pruefkennung | None:
    """Return the Prüfkennung of the accounts of a history, asked about one undertaking or all; None for a register."""
    if len(historie.beihilfen) > MEISTE_BEIHILFEN:
        return None
    return _kennung(historie, deminimis_recht().pruefsumme, (frage, unternehmen and name_key(unternehmen)))


def _kennung(*parts: object) -> Pruefkennung:
    """Return the Prüfkennung over an input, its law, its day and this program."""
    texts = map(_written, (*parts, VERSION))
    return Pruefkennung(*(_signs(text, length) for text, length in zip(texts, _LAENGEN, strict=True)))


def _input(submission: Submission) -> tuple[object, ...]:
    """Return a budget without its day of grant, which is the Stichtag, and with its histories in place of their files."""
    budget = submission.budget
    assert budget is not None  # noqa: S101 - for the reader of types
    historien = submission.historien
    bodies = [body._replace(deminimis=None) if path in historien else body for path, body in budget.beteiligte()]
    told = [(path, historien[path].historie) for path, _ in budget.beteiligte() if path in historien]
    project = budget.vorhaben._replace(bewilligung=None)
    return (budget._replace(vorhaben=project, antragsteller=bodies[0], partner=tuple(bodies[1:])), told)


def _day(submission: Submission, umstaende: Umstaende) -> tuple[object, ...]:
    """Return the Stichtag and the exceptions that decide; with any, the day of the check too, on which they may expire."""
    liste = umstaende.ausnahmen
    entries = () if liste is None else (*liste.fuer_alle, *liste.named(submission.source.datei))
    stated = submission.ausnahmen or entries
    return (
        umstaende.stichtag,
        umstaende.angenommen,
        liste is None,
        [entry.ausnahme for entry in entries],
        umstaende.heute if stated else None,
    )


def _signs(text: str, length: int) -> str:
    number = int.from_bytes(sha256(text.encode(errors="surrogatepass")).digest()[:8], "big")
    return "".join(_ZEICHEN[number >> 5 * place & 31] for place in range(length))


def _written(value: object) -> str:
    """Return a value as text that is the same for the same meaning, and another for another; a list of one is that one."""
    if value is None or isinstance(value, str):
        return "-" if value is None else _text(value)
    if isinstance(value, bool | int):
        return str(value)
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return "{" + ",".join(sorted(f"{_written(key)}={_written(held)}" for key, held in value.items())) + "}"
    if fields := getattr(value, "_fields", ()):
        return f"{type(value).__name__}({','.join(_stated(value, fields))})"
    if isinstance(value, tuple | list):
        return _written(value[0]) if len(value) == 1 else f"[{','.join(map(_written, value))}]"
    return _text(str(value))


def _text(text: str) -> str:
    """Return a text with its length, so that nothing in it can be taken for what stands around it."""
    text = unicodedata.normalize("NFC", " ".join(text.split()))
    return f"{len(text)}:{text}"


def _stated(record: object, fields: tuple[str, ...]) -> Iterator[str]:
    for name in fields:
        value = getattr(record, name)
        if _says_something(value):
            yield f"{name}={_written(value)}"


def _says_something(value: object) -> bool:
    """Tell whether anything is stated: a part in which nothing is, is the same as none."""
    if fields := getattr(value, "_fields", ()):
        return any(_says_something(getattr(value, name)) for name in fields)
    return value is not None and value != ()
