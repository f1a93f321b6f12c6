"""What a rule says: statuses, the statements rules yield, and the findings made from them."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Literal, NamedTuple

from foerdercheck.model.location import Location, Path, SourceMap, worded

Status = Literal["erfuellt", "verletzt", "gekuerzt", "offen", "hinweis", "entfaellt"]
Beleg = Literal["wortlaut", "auslegung", "sekundaer"]
Ergebnis = Literal["foerderfaehig", "nicht_foerderfaehig", "offen", "fehler"]
EXIT_CODES: Mapping[Ergebnis, int] = {"foerderfaehig": 0, "offen": 3, "nicht_foerderfaehig": 1, "fehler": 2}
"""What the program ends with, by the verdict; each outweighs those before it."""
EXIT_ORDER = (*EXIT_CODES.values(), 4)
"""The same codes from the best to the worst; last, a defect of the program, whatever the verdict."""
WORTE: Mapping[str, str] = {
    "fehler": "Fehler",
    "verletzt": "verletzt",
    "offen": "offen",
    "gekuerzt": "gekürzt",
    "hinweis": "Hinweis",
    "erfuellt": "erfüllt",
    "entfaellt": "entfällt",
}
"""Every status as people read it, the worst first; `fehler` is that of a file which cannot be read."""


class Feststellung(NamedTuple):
    """One statement of a rule: its status, a plain German sentence, an amount if there is one, and where.

    `auslegung` names what in the statement is a reading of ours although the rule itself stands in the text.
    """

    status: Status
    text: str
    betrag: Decimal | None = None
    pfad: Path = ()
    auslegung: str | None = None


def erfuellt(text: str, pfad: Path = (), auslegung: str | None = None) -> Feststellung:
    """The demand is met."""
    return Feststellung("erfuellt", text, None, pfad, auslegung)


def verletzt(text: str, pfad: Path = (), betrag: Decimal | None = None, auslegung: str | None = None) -> Feststellung:
    """The demand is not met; the project is not eligible as planned."""
    return Feststellung("verletzt", text, betrag, pfad, auslegung)


def gekuerzt(text: str, betrag: Decimal, pfad: Path = (), auslegung: str | None = None) -> Feststellung:
    """`betrag` EUR do not count; the rest does."""
    return Feststellung("gekuerzt", text, betrag, pfad, auslegung)


def offen(text: str, pfad: Path = (), auslegung: str | None = None) -> Feststellung:
    """A statement is missing, so nothing can be said."""
    return Feststellung("offen", text, None, pfad, auslegung)


def hinweis(text: str, pfad: Path = (), betrag: Decimal | None = None, auslegung: str | None = None) -> Feststellung:
    """Something to know or to do; no verdict hangs on it."""
    return Feststellung("hinweis", text, betrag, pfad, auslegung)


def entfaellt(text: str) -> Feststellung:
    """The rule does not concern this body or project."""
    return Feststellung("entfaellt", text)


class Annahme(NamedTuple):
    """Why a finding no longer decides: it was accepted, with the status and the text it had."""

    status: Status
    grund: str
    wer: str
    bis: date
    text: str


class Befund(NamedTuple):
    """A finding: what a rule says about a project or one Beteiligter (`beteiligter` is its name), and where.

    `beleg` says whether it rests on what was read in the text, on a reading of ours, or on a page about the text; None where no
    provision says it. An accepted finding has become a hinweis; `angenommen` says what it was and who accepted it. `markiert` is
    the text as it is for every file, with its fields marked, where it names any.
    """

    regel: str
    ziffer: str
    status: Status
    text: str
    beteiligter: str | None = None
    betrag: Decimal | None = None
    ort: Location | None = None
    angenommen: Annahme | None = None
    beleg: Beleg | None = None
    markiert: str = ""

    def called_as_in(self, source: SourceMap) -> "Befund":
        """Return the finding with every field called as the budget does."""
        text = worded(self.text, source)
        return self if text == self.text else self._replace(text=text, markiert=self.text)


def worst(statuses: Iterable[Status]) -> Ergebnis:
    """Return the verdict over all findings: a violation outweighs an open point, both outweigh the rest."""
    seen = set(statuses)
    if "verletzt" in seen:
        return "nicht_foerderfaehig"
    return "offen" if "offen" in seen else "foerderfaehig"


def worst_of(verdicts: Iterable[Ergebnis]) -> Ergebnis:
    """Return the verdict over several files: the worst of theirs; where there is none, nothing was checked (`fehler`)."""
    return max(verdicts, key=list(EXIT_CODES).index, default="fehler")
