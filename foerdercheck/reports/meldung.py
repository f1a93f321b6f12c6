"""What needs attention in a file, one message each, for formats that mark lines instead of telling everything."""

import re
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from hashlib import sha256
from pathlib import PurePath
from typing import Literal, NamedTuple

from foerdercheck.assessment.budget import Assessment
from foerdercheck.assessment.fehler import Fehler
from foerdercheck.assessment.uebergreifend import MEHRERE_DATEIEN
from foerdercheck.model.befund import WORTE, Annahme
from foerdercheck.model.filenames import shown_name
from foerdercheck.model.location import Location
from foerdercheck.reading.files import NAMELESS

Stufe = Literal["error", "warning", "note"]
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")

STUFEN: Mapping[str, Stufe] = {
    "fehler": "error",
    "verletzt": "error",
    "offen": "warning",
    "gekuerzt": "warning",
    "hinweis": "note",
}
"""How grave a message is; what is erfuellt or entfaellt needs no attention."""


class EigeneRegel(NamedTuple):
    """What the program demands of every file, whatever the programme: id, title, and what is demanded."""

    id: str
    titel: str
    inhalt: str


EINGABE = EigeneRegel(
    "foerdercheck/eingabe",
    "Lesbarkeit der Datei",
    "Was sich nicht sicher lesen lässt, wird nicht geprüft: Jeder Fehler der Datei steht mit seiner Fundstelle da.",
)
ANGABEN = EigeneRegel(
    "foerdercheck/angaben",
    "Vollständigkeit der nötigsten Angaben",
    "Solange diese Angaben fehlen, lässt sich nichts berechnen, und jede Regel bleibt offen.",
)
DATEI = EigeneRegel(
    "datei",
    "Schreibweise der Datei",
    "Etwas daran, wie die Datei geschrieben ist, sollten Sie wissen; kein Urteil hängt davon ab.",
)
AUSNAHMEREGEL = EigeneRegel(
    "ausnahmen",
    "Angenommene Ausnahmen",
    "Eine Ausnahme gilt bis zu ihrem letzten Tag und nur, solange die Regel ohne sie verletzt oder offen wäre; maßgeblich ist der "
    "Tag der Prüfung, nicht der Stichtag.",
)
MEHRERE = EigeneRegel(
    MEHRERE_DATEIEN,
    "Mehrere Budgets zusammen",
    "Was erst mehrere Dateien eines Aufrufs zusammen zeigen: dasselbe Unternehmen, dieselbe Person, dasselbe Budget.",
)
DEFEKT = EigeneRegel(
    "foerdercheck/programmfehler",
    "Ablauf der Prüfung",
    "Eine Regel ist abgestürzt. Das ist ein Fehler des Programms und kein Urteil über das Vorhaben.",
)


class Meldung(NamedTuple):
    """A message: the rule (id and title) and its status, `fehler` where the file itself is at fault; what, about whom, where.

    `betrag` in EUR is what the finding is about, if it is about an amount.
    """

    regel: str
    titel: str
    status: str
    text: str
    ort: Location | None
    beteiligter: str | None = None
    betrag: Decimal | None = None
    angenommen: Annahme | None = None


def meldungen(assessment: Assessment) -> Iterator[Meldung]:
    """Yield what needs attention in a file, in the order of the file or of the programme.

    A budget that lacks what every figure needs has one message for each such statement, not one for each rule.
    """
    yield from _of(EINGABE, "fehler", assessment.fehler)
    yield from _of(ANGABEN, "offen", assessment.fehlend)
    titles = titel(assessment)
    for befund in assessment.befunde:
        if befund.status in STUFEN and not (assessment.fehlend and befund.status == "offen"):
            about = (befund.text, befund.ort, befund.beteiligter, befund.betrag, befund.angenommen)
            yield Meldung(befund.regel, titles.get(befund.regel, befund.regel), befund.status, *about)


def _of(regel: EigeneRegel, status: str, problems: Iterable[Fehler]) -> Iterator[Meldung]:
    return (Meldung(regel.id, regel.titel, status, problem.text, problem.ort) for problem in problems)


def titel(assessment: Assessment) -> dict[str, str]:
    """Return the title of every rule a finding of this file may be of, by its id."""
    regeln = assessment.fassung.regeln if assessment.fassung else ()
    return {own.id: own.titel for own in (DATEI, AUSNAHMEREGEL, MEHRERE)} | {regel.id: regel.titel for regel in regeln}


def status_word(status: str, angenommen: Annahme | None) -> str:
    """Return a status as people read it; what was accepted is told apart from other hints."""
    return "Ausnahme" if angenommen else WORTE[status]


def wording(meldung: Meldung) -> str:
    """Return the text as it stands on its own: with the Beteiligter it is about, and the cell, which is no line."""
    who = f"{meldung.beteiligter}: " if meldung.beteiligter else ""
    cell = f" ({meldung.ort._replace(datei=None)})" if meldung.ort and meldung.ort.blatt else ""
    return f"{who}{meldung.text}{cell}"


def file_of(ort: Location | None, datei: str) -> str | None:
    """Return the file a place lies in as it is shown, with forward slashes; `datei` is the budget, and stdin is no file."""
    name = (ort and ort.datei) or datei
    return None if name == NAMELESS else shown_name(PurePath(name).as_posix())


def fingerprint(meldung: Meldung) -> str:
    """Return what makes a finding the same one in the next run: without its place and its numbers, accepted or not."""
    text = meldung.angenommen.text if meldung.angenommen else meldung.text
    what = "\n".join([meldung.regel, meldung.beteiligter or "", _NUMBER.sub("0", text)])
    return sha256(what.encode("utf-8", errors="replace")).hexdigest()[:32]
