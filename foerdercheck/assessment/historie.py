"""The assessment of a de-minimis history on its own: one account per single undertaking and Member State."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path as FilePath
from typing import Literal, NamedTuple

from foerdercheck.assessment.budget import Fehler, fehler_of
from foerdercheck.deminimis.fenster import Grenztag
from foerdercheck.deminimis.historie import Fundort, Ledger, build_ledger
from foerdercheck.deminimis.kontostand import Frage, Kontoergebnis, Kontostand
from foerdercheck.deminimis.recht import Recht, load_recht
from foerdercheck.model.location import InputError, Location, Path, SourceMap, placed
from foerdercheck.model.scalars import fold, shown, suggestion
from foerdercheck.reading.files import HISTORY_SUFFIXES, Origin, origin
from foerdercheck.reading.histories import ReadHistory, read_history

HOME_STATE = "DE"
EXIT_CODE = {"eingehalten": 0, "ueberschritten": 1, "fehler": 2, "offen": 3}
_SEVERITY: tuple[Kontoergebnis, ...] = ("eingehalten", "offen", "ueberschritten")


class UnknownUndertakingError(ValueError):
    """The call does not say, or says wrongly, which undertaking of a history is meant; the text lists them."""


class Bemerkung(NamedTuple):
    """A remark about a history: its status (offen, hinweis), its text, and where it stands."""

    status: str
    text: str
    ort: Location | None


class HistoryAssessment(NamedTuple):
    """Everything there is to say about one history on a Stichtag; an unreadable one has only its `fehler`.

    `datei` is the name of the file as it is, which reports show as text.
    """

    datei: str
    ergebnis: Literal["eingehalten", "ueberschritten", "offen", "fehler"]
    stichtag: date
    fehler: tuple[Fehler, ...] = ()
    konten: tuple[Kontostand, ...] = ()
    bemerkungen: tuple[Bemerkung, ...] = ()
    source: SourceMap | None = None

    def remarks(self, konto: Kontostand) -> list[Bemerkung]:
        """Return the remarks about an account with their places."""
        return [Bemerkung(said.status, said.text, self.place(said.pfad)) for said in konto.hinweise]

    def place(self, pfad: Path) -> Location | None:
        """Return where an award or a remark stands."""
        return self.source.locate(pfad) if pfad and self.source else None

    @property
    def exit_code(self) -> int:
        """0 limit kept, 1 exceeded, 2 input error, 3 open."""
        return EXIT_CODE[self.ergebnis]


def check_history(  # noqa: PLR0913 - each is a word of the question
    source: str | FilePath | bytes,
    *,
    name: str | None = None,
    beihilfe: Decimal | None = None,
    verordnung: str = "2023/2831",
    stichtag: date | None = None,
    unternehmen: str | None = None,
    grenztag: Grenztag = "streng",
) -> HistoryAssessment:
    """Check a de-minimis history; `beihilfe` is a planned award in EUR on the Stichtag (default: today).

    `source` is a path, or the content of a file in any format: `name` says which (without one it is YAML), and is what
    reports call it. Raises UnknownUndertakingError if `unternehmen` is not in the history, or is needed and missing.
    """
    day = stichtag or date.today()  # noqa: DTZ011 - a legal day has no time zone
    frage = Frage(verordnung=verordnung, stichtag=day, betrag=beihilfe, grenztag=grenztag)
    return check_frage(origin(source, name), frage, unternehmen)


def check_frage(source: Origin, frage: Frage, unternehmen: str | None = None) -> HistoryAssessment:
    """Do what `check_history` does, for a question that was put before."""
    try:
        return assess(read_history(source.read(HISTORY_SUFFIXES)), frage, unternehmen)
    except InputError as error:
        fehler = tuple(fehler_of(error.problems, error.source))
        return HistoryAssessment(source.name, "fehler", frage.stichtag, fehler)


def assess(read: ReadHistory, frage: Frage, unternehmen: str | None = None) -> HistoryAssessment:
    """Answer a question about a history that was read.

    Raises InputError for awards whose value cannot be told, UnknownUndertakingError like `check_history`.
    """
    ledger, problems = build_ledger(read.historie, _recht(), frage.stichtag, Fundort())
    if problems:
        raise InputError(placed(problems, read.source), read.source)
    konten = tuple(_konten(ledger, frage, unternehmen))
    ergebnis = worst_konto(konto.ergebnis for konto in konten)
    return HistoryAssessment(
        read.source.datei, ergebnis, frage.stichtag, (), konten, tuple(_remarks(read)), read.source
    )


def worst_konto(verdicts: Iterable[Kontoergebnis]) -> Kontoergebnis:
    """Return the worst verdict on several accounts."""
    return max(verdicts, key=_SEVERITY.index, default="eingehalten")


@cache
def _recht() -> Recht:
    return load_recht()


def _remarks(read: ReadHistory) -> Iterator[Bemerkung]:
    for problem in read.hinweise:
        yield Bemerkung("hinweis", problem.text, problem.ort)


def _konten(ledger: Ledger, frage: Frage, unternehmen: str | None) -> Iterator[Kontostand]:
    """Yield the accounts asked for: of one undertaking, or of all, by Member State."""
    if unternehmen is None:
        states = _heads(ledger, frage)
    else:
        head = _named(ledger, unternehmen)
        states = {head: _states(ledger, head, frage)}
    if unternehmen is None and frage.betrag is not None and len(states) > 1:
        names = ", ".join(ledger.names[head] for head in states)
        raise UnknownUndertakingError(f"Für wen ist die Beihilfe geplant? Geben Sie --unternehmen an: {names}")
    for head, its_own in states.items():
        planned_for = {HOME_STATE} if frage.betrag is not None else set()
        for state in sorted({*its_own} | planned_for, key=lambda state: (state != HOME_STATE, state)):
            planned = frage.betrag if state == HOME_STATE else None
            yield Kontostand(ledger, head, frage._replace(mitgliedstaat=state, betrag=planned), _recht())


def _heads(ledger: Ledger, frage: Frage) -> dict[str, list[str]]:
    """Return one undertaking (folded) of every single undertaking that has awards, with the Member States it has them in."""
    book = ledger.book(HOME_STATE, frage.stichtag, _recht(), frage.grenztag)
    heads: dict[str, list[str]] = {}
    seen: set[str] = set()
    for folded in ledger.names:
        if folded not in seen:
            seen.update(book.members(folded, frage.stichtag))
            if states := _states(ledger, folded, frage):
                heads[folded] = states
    return heads


def _named(ledger: Ledger, unternehmen: str) -> str:
    folded = fold(unternehmen)
    if folded not in ledger.names:
        known: Sequence[str] = list(ledger.names.values())
        hint = suggestion(unternehmen, known) or f". Bekannt sind: {', '.join(known[:20])}"
        raise UnknownUndertakingError(f"{shown(unternehmen)} kommt in der Historie nicht vor{hint}")
    return folded


def _states(ledger: Ledger, unternehmen: str, frage: Frage) -> list[str]:
    """Return the Member States in whose account a single undertaking has awards on the Stichtag, or wants or gets some.

    What counts is who holds an award after mergers and splits, not who was granted it.
    """
    found: list[str] = []
    for state in ledger.states():
        book = ledger.book(state, frage.stichtag, _recht(), frage.grenztag)
        if (
            book.konto(unternehmen, frage.stichtag).posten
            or ledger.pending(state, book, unternehmen, frage.stichtag)
            or ledger.later(state, book, unternehmen, frage.stichtag)
        ):
            found.append(state)
    return found
