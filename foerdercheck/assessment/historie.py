"""The assessment of a de-minimis history on its own: one account per single undertaking and Member State."""

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path as FilePath
from typing import Literal, NamedTuple

from foerdercheck.assessment.budget import Fehler, fehler_of
from foerdercheck.deminimis.fenster import Grenztag
from foerdercheck.deminimis.frage import Frage, Kontoergebnis
from foerdercheck.deminimis.kontenbuch import Konten, Kontenbuch, open_kontenbuch
from foerdercheck.deminimis.kontostand import Kontostand, kontostand
from foerdercheck.deminimis.recht import load_recht
from foerdercheck.model.filenames import shown_name
from foerdercheck.model.location import InputError, Location, Path, SourceMap, placed
from foerdercheck.model.scalars import fold, shown, suggestion
from foerdercheck.programmes.vokabular import vokabular
from foerdercheck.reading.document import GeleseneHistorie
from foerdercheck.reading.histories import read_history

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
    """Everything there is to say about one history on a Stichtag; an unreadable one has only its `fehler`."""

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


def check_history(
    file: str | FilePath,
    *,
    beihilfe: Decimal | None = None,
    verordnung: str | None = None,
    stichtag: date | None = None,
    unternehmen: str | None = None,
    grenztag: Grenztag = "streng",
) -> HistoryAssessment:
    """Check a de-minimis history; `beihilfe` is a planned award in EUR on the Stichtag (default: today).

    `verordnung` is that of the planned award (default: the one that holds where none is stated). Raises UnknownUndertakingError if
    `unternehmen` is not in the history, or is needed and missing.
    """
    day = stichtag or date.today()  # noqa: DTZ011 - a legal day has no time zone
    frage = Frage(verordnung=verordnung or load_recht().unstated, stichtag=day, betrag=beihilfe, grenztag=grenztag)
    return check_frage(FilePath(file), frage, unternehmen)


def check_frage(file: FilePath, frage: Frage, unternehmen: str | None = None) -> HistoryAssessment:
    """Do what `check_history` does, for a question that was put before."""
    try:
        return assess(read_history(file, vokabular()), frage, unternehmen)
    except InputError as error:
        fehler = tuple(fehler_of(error.problems, error.source))
        return HistoryAssessment(shown_name(file), "fehler", frage.stichtag, fehler)


def assess(read: GeleseneHistorie, frage: Frage, unternehmen: str | None = None) -> HistoryAssessment:
    """Answer a question about a history that was read.

    Raises InputError for awards whose value cannot be told, UnknownUndertakingError like `check_history`.
    """
    buch, problems = open_kontenbuch(read.historie, load_recht(), frage.stichtag)
    if problems:
        raise InputError(placed(problems, read.source), read.source)
    konten = tuple(_konten(buch, frage, unternehmen))
    ergebnis: Kontoergebnis = max((konto.ergebnis for konto in konten), key=_SEVERITY.index, default="eingehalten")
    remarks = tuple(Bemerkung("hinweis", problem.text, problem.ort) for problem in read.hinweise)
    return HistoryAssessment(read.source.datei, ergebnis, frage.stichtag, (), konten, remarks, read.source)


def _konten(buch: Kontenbuch, frage: Frage, unternehmen: str | None) -> Iterator[Kontostand]:
    """Yield the accounts asked for: of one undertaking, or of all, by Member State."""
    everywhere = [buch.konten(state, frage.stichtag, frage.grenztag) for state in buch.states()]
    if unternehmen is None:
        states = _heads(buch, everywhere)
    else:
        head = _named(buch, unternehmen)
        states = {head: _states(everywhere, head)}
    if unternehmen is None and frage.betrag is not None and len(states) > 1:
        names = ", ".join(buch.names[head] for head in states)
        raise UnknownUndertakingError(f"Für wen ist die Beihilfe geplant? Geben Sie --unternehmen an: {names}")
    questions = {state: frage._replace(mitgliedstaat=state, betrag=None) for state in buch.states()}
    if frage.betrag is not None:
        questions[HOME_STATE] = frage._replace(mitgliedstaat=HOME_STATE)
    for head, its_own in states.items():
        planned_for = {HOME_STATE} if frage.betrag is not None else set()
        for state in sorted({*its_own} | planned_for, key=lambda state: (state != HOME_STATE, state)):
            yield kontostand(buch, head, questions[state])


def _heads(buch: Kontenbuch, konten: Sequence[Konten]) -> dict[str, list[str]]:
    """Return one undertaking (folded) of every single undertaking that has awards, with the Member States it has them in."""
    heads: dict[str, list[str]] = {}
    seen: set[str] = set()
    for folded in buch.names:
        if folded not in seen and (states := _states(konten, folded)):
            seen.update(konten[0].members(folded, konten[0].bis))
            heads[folded] = states
    return heads


def _named(buch: Kontenbuch, unternehmen: str) -> str:
    folded = fold(unternehmen)
    if folded not in buch.names:
        known: Sequence[str] = list(buch.names.values())
        hint = suggestion(unternehmen, known) or f". Bekannt sind: {', '.join(known[:20])}"
        raise UnknownUndertakingError(f"{shown(unternehmen)} kommt in der Historie nicht vor{hint}")
    return folded


def _states(konten: Sequence[Konten], unternehmen: str) -> list[str]:
    """Return the Member States in which a single undertaking has an account."""
    return [each.staat for each in konten if each.has_any(unternehmen)]
