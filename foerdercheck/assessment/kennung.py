"""The Prüfkennung: sixteen characters that say what was checked, under which law, as of which day and by which program.

Each of the four has its own characters, so that a report that does not belong to a budget can say why. The input counts by its
meaning: layout, format, comments, line endings and the order of keys do not, a changed cent does.
"""

import unicodedata
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from functools import lru_cache
from hashlib import sha256
from typing import NamedTuple

from foerdercheck.assessment.ausnahmeliste import Ausnahmeliste
from foerdercheck.assessment.submission import Submission
from foerdercheck.deminimis.frage import Frage
from foerdercheck.model.beihilfe import Beihilfe, Historie
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
_AT_ONCE = 1000
_OFTEN_ANOTHER = {"unternehmen", "aktenzeichen", "foerdersumme", "subventionswert", "bemerkung"}
"""What most awards state otherwise than those before."""


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


def kontokennung(historie: Historie, frage: Frage, unternehmen: str | None) -> Pruefkennung:
    """Return the Prüfkennung of the accounts of a history, asked about one undertaking or all."""
    return _kennung(historie, deminimis_recht().pruefsumme, (frage, unternehmen and name_key(unternehmen)))


def _kennung(*parts: object) -> Pruefkennung:
    """Return the Prüfkennung over an input, its law, its day and this program."""
    return Pruefkennung(*map(_signs, (*parts, VERSION), _LAENGEN))


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


def _signs(value: object, length: int) -> str:
    digest = sha256()
    for piece in _pieces(value):
        digest.update(piece.encode(errors="surrogatepass"))
    number = int.from_bytes(digest.digest()[:8], "big")
    return "".join(_ZEICHEN[number >> 5 * place & 31] for place in range(length))


def _written(value: object) -> str:
    """Return a value as text that is the same for the same meaning, and another for another; a list of one is that one."""
    return "".join(_pieces(value))


def _pieces(value: object) -> Iterator[str]:
    """Yield this text bit by bit: there may be a million awards in it."""
    if fields := getattr(value, "_fields", ()):
        yield f"{type(value).__name__}("
        mark = ""
        for name in fields:
            if _says_something(held := getattr(value, name)):
                yield f"{mark}{name}="
                yield from _pieces(held)
                mark = ","
        yield ")"
    elif isinstance(value, tuple | list) and len(value) == 1:
        yield from _pieces(value[0])
    elif isinstance(value, tuple | list):
        mark = "["
        for first in range(0, len(value), _AT_ONCE):
            some = value[first : first + _AT_ONCE]
            yield mark + ",".join([_award(each) if isinstance(each, Beihilfe) else _written(each) for each in some])
            mark = ","
        yield "]" if value else "[]"
    else:
        yield _scalar(value)


def _award(award: Beihilfe) -> str:
    """Return an award as a record is written; most of what it states stood in others before."""
    stated = [
        f"{name}={_scalar(value)}" if name in _OFTEN_ANOTHER else _said_before(name, value)
        for name, value in zip(award._fields, award, strict=True)
        if value is not None
    ]
    return f"Beihilfe({','.join(stated)})"


@lru_cache(10_000, typed=True)
def _said_before(name: str, value: object) -> str:
    return f"{name}={_written(value)}"


def _scalar(value: object) -> str:
    if value is None or isinstance(value, str):
        return "-" if value is None else _text(value)
    if isinstance(value, bool | int):
        return str(value)
    if isinstance(value, Decimal):
        plain = format(value, "f")
        return plain.rstrip("0").rstrip(".") if "." in plain else plain
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return "{" + ",".join(sorted(f"{_written(key)}={_written(held)}" for key, held in value.items())) + "}"
    return _text(str(value))


def _text(text: str) -> str:
    """Return a text with its length, so that nothing in it can be taken for what stands around it."""
    text = unicodedata.normalize("NFC", " ".join(text.split()))
    return f"{len(text)}:{text}"


def _says_something(value: object) -> bool:
    """Tell whether anything is stated: a part in which nothing is, is the same as none."""
    if fields := getattr(value, "_fields", ()):
        return any(_says_something(getattr(value, name)) for name in fields)
    return value is not None and value != ()
