"""The assessment of a de-minimis history on its own: one account per single undertaking and Member State."""

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path as FilePath
from typing import TYPE_CHECKING, Literal, NamedTuple

from foerdercheck.assessment.fehler import Fehler, fehler_of
from foerdercheck.assessment.kennung import Pruefkennung, kontokennung
from foerdercheck.deminimis.eroeffnung import open_kontenbuch
from foerdercheck.deminimis.fenster import Grenztag
from foerdercheck.deminimis.frage import SCHWERE, Frage, Kontoergebnis, Planung
from foerdercheck.deminimis.kontenbuch import Konten, Kontenbuch
from foerdercheck.deminimis.kontostand import Kontostand, kontostand
from foerdercheck.deminimis.recht import load_recht
from foerdercheck.model.befund import Feststellung, Status, hinweis
from foerdercheck.model.beihilfe import Historie
from foerdercheck.model.deutsch import datum
from foerdercheck.model.location import InputError, Location, Path, SourceMap, placed
from foerdercheck.model.names import name_key
from foerdercheck.model.scalars import shown
from foerdercheck.programmes.vokabular import vokabular
from foerdercheck.reading.document import GeleseneHistorie
from foerdercheck.reading.files import HISTORY_SUFFIXES, Origin, origin
from foerdercheck.reading.histories import read_history

if TYPE_CHECKING:
    from foerdercheck.model.zuordnung import Zuordnungsdatei

OHNE_NAMEN = "Unternehmen ohne Namen"
"""What the undertaking is called whose awards are stated without saying whose they are."""
_EXIT_CODE = {"eingehalten": 0, "ueberschritten": 1, "fehler": 2, "offen": 3}


MEISTE_BEIHILFEN, MEISTE_UNTERNEHMEN = 10_000, 100
"""A history of more awards of more undertakings is a register."""
_OF_ONE = (
    "Bei keiner Beihilfe steht, wer sie erhalten hat: alle sind für ein einziges Unternehmen gezählt. Sind es mehrere, nennen Sie zu "
    "jeder das Unternehmen."
)


_NO_CEILING = (
    "Für eine Gewährung nach {} am {} ist kein Höchstbetrag bekannt; prüfen Sie Tag und Verordnung. "
    "Geprüft sind nur frühere Beihilfen."
)


class UnknownUndertakingError(ValueError):
    """The call does not say which undertaking of a history is meant; the text lists them."""


class Bemerkung(NamedTuple):
    """A remark about a history: its status, its text, where it stands, and whose account it is about; nobody's if it is the file."""

    status: Status
    text: str
    ort: Location | None
    unternehmen: tuple[str, ...] = ()


class HistoryAssessment(NamedTuple):
    """Everything there is to say about one history on a Stichtag; an unreadable one has only its `fehler`.

    `datei` is the name of the file as it is, which reports show as text; the overview of a register has no `pruefkennung`.
    `historie` is what the file states, and `inhalt` the file, where they were to be kept.
    """

    datei: str
    ergebnis: Literal["eingehalten", "ueberschritten", "offen", "fehler"]
    stichtag: date
    fehler: tuple[Fehler, ...] = ()
    konten: tuple[Kontostand, ...] = ()
    bemerkungen: tuple[Bemerkung, ...] = ()
    source: SourceMap | None = None
    pruefkennung: Pruefkennung | None = None
    historie: Historie | None = None
    inhalt: bytes = b""

    def remarks(self, konto: Kontostand) -> list[Bemerkung]:
        """Return the remarks about an account with their places."""
        names = konto.unternehmen
        return [Bemerkung(said.status, said.text, self.place(said.pfad), names) for said in konto.hinweise]

    def every_remark(self) -> Iterator[Bemerkung]:
        """Yield the remarks about the file and about each account."""
        yield from self.bemerkungen
        for konto in self.konten:
            yield from self.remarks(konto)

    def place(self, pfad: Path) -> Location | None:
        """Return where an award or a remark stands."""
        return self.source.locate(pfad) if pfad and self.source else None

    @property
    def exit_code(self) -> int:
        """0 limit kept, 1 exceeded, 2 input error, 3 open."""
        return _EXIT_CODE[self.ergebnis]


def check_history(  # noqa: PLR0913 - each is a word of the question
    source: str | FilePath | bytes,
    *,
    name: str | None = None,
    beihilfe: Decimal | None = None,
    verordnung: str | None = None,
    stichtag: date | None = None,
    unternehmen: str | None = None,
    grenztag: Grenztag = "streng",
    mitgliedstaat: str = "DE",
    folge: Sequence[Planung] = (),
    zuordnung: "Zuordnungsdatei | None" = None,
) -> HistoryAssessment:
    """Check a de-minimis history; `beihilfe` is a planned award in EUR on the Stichtag (default: today).

    `folge` are several planned awards with days and regulations of their own instead; `mitgliedstaat` grants what is planned.

    `source` is a path, or the content of a file in any format: `name` says which (without one it is YAML), and is what
    reports call it. `verordnung` is that of the planned award (default: the one that holds where none is stated).
    With a `zuordnung` (`read_zuordnung(file)`) it is a foreign table.
    `unternehmen` may be one without any award so far; raises UnknownUndertakingError if it is needed and missing.
    """
    day = stichtag or date.today()  # noqa: DTZ011 - a legal day has no time zone
    frage = Frage(verordnung or load_recht().unstated, day, beihilfe, grenztag, mitgliedstaat, tuple(folge))
    return check_frage(origin(source, name)._replace(zuordnung=zuordnung), frage, unternehmen)


def check_frage(
    source: Origin, frage: Frage, unternehmen: str | None = None, *, keep: bool = False, uebersicht: bool = False
) -> HistoryAssessment:
    """Do what `check_history` does, for a question that was put before.

    `keep` keeps the file and what it states; `uebersicht` says that of many accounts only one line each is shown.
    """
    try:
        if keep:
            file = source.read(HISTORY_SUFFIXES)
            read = read_history(file, vokabular())
            return assess(read, frage, unternehmen)._replace(historie=read.historie, inhalt=file.data)
        read = read_history(source.read(HISTORY_SUFFIXES), vokabular())
        return assess(read, frage, unternehmen, uebersicht=uebersicht)
    except InputError as error:
        fehler = tuple(fehler_of(error.problems, error.source))
        return HistoryAssessment(source.name, "fehler", frage.stichtag, fehler)


def assess(
    read: GeleseneHistorie, frage: Frage, unternehmen: str | None = None, *, uebersicht: bool = False
) -> HistoryAssessment:
    """Answer a question about a history that was read; an `uebersicht` of a register has no Prüfkennung.

    Raises InputError for awards whose value cannot be told, UnknownUndertakingError like `check_history`.
    """
    source, hinweise = read.source, read.hinweise
    alone = _is_nobodys(read.historie)
    gruppen = [(unternehmen or OHNE_NAMEN,)] if alone else []
    buch, problems = open_kontenbuch(read.historie, load_recht(), frage.stichtag, gruppen=gruppen)
    if problems:
        raise InputError(placed(problems, source), source)
    register = uebersicht and _is_register(read.historie, buch)
    kennung = None if register else kontokennung(read.historie, frage, unternehmen)
    del read  # a register holds a million awards, and as they were stated nobody needs them any more
    konten = tuple(_konten(buch, frage, unternehmen))
    least: Kontoergebnis = "eingehalten"
    remarks = tuple(Bemerkung("hinweis", problem.text, problem.ort) for problem in hinweise)
    if not frage.geplant and load_recht().abschnitt(frage.verordnung, frage.stichtag) is None:
        least, text = "offen", _NO_CEILING.format(frage.verordnung, datum(frage.stichtag))
        remarks = (*remarks, Bemerkung("offen", text, None))
    ergebnis = max((least, *(konto.ergebnis for konto in konten)), key=SCHWERE.index)
    if alone and unternehmen is None:
        remarks = (*remarks, Bemerkung("hinweis", _OF_ONE, None))
    return HistoryAssessment(source.datei, ergebnis, frage.stichtag, (), konten, remarks, source, kennung)


def _is_register(historie: Historie, buch: Kontenbuch) -> bool:
    """Tell whether a history holds so many awards of so many that to put all of them into a hash takes time nobody waits for."""
    grouped = bool(historie.verbund or historie.ereignisse)
    return len(historie.beihilfen) > MEISTE_BEIHILFEN and len(buch.names) > MEISTE_UNTERNEHMEN and not grouped


def _is_nobodys(historie: Historie) -> bool:
    """Tell whether a history is the list of somebody who did not write their own name in it: no name stands anywhere."""
    named = (beihilfe.unternehmen is not None for beihilfe in historie.beihilfen)
    return bool(historie.beihilfen) and not (historie.verbund or historie.ereignisse or any(named))


def _konten(buch: Kontenbuch, frage: Frage, unternehmen: str | None) -> Iterator[Kontostand]:
    """Yield the accounts asked for: of one undertaking, or of all; first that of the Member State of the question.

    Whoever is asked about by name, or gets a planned award, has an account there, even without any award.
    """
    home, planned = frage.mitgliedstaat, bool(frage.geplant)
    said: tuple[Feststellung, ...] = ()
    if unternehmen is not None and name_key(unternehmen) not in buch.names:
        text = f"{shown(unternehmen)} steht nicht in der Historie; für dieses Unternehmen zählt keine frühere Beihilfe."
        said = (hinweis(text),)
        buch.add(unternehmen)
    states = sorted({*buch.states(), home}, key=lambda state: (state != home, state))
    asked = [frage if state == home else frage.ohne_planung()._replace(mitgliedstaat=state) for state in states]
    konten = [(each, buch.konten(each)) for each in asked]
    heads = _heads(buch, konten[0][1]) if unternehmen is None else [name_key(unternehmen)]
    if planned and unternehmen is None:
        heads = [head for head in heads if any(each.has_any(head) for _, each in konten)] or heads or [""]
    if len(heads) > 1 and planned:
        names = ", ".join(buch.names[head] for head in heads)
        raise UnknownUndertakingError(f"Für wen ist die Beihilfe geplant? Geben Sie --unternehmen an: {names}")
    for head in heads:
        for each, of_state in konten:
            wanted = each.mitgliedstaat == home and (planned or unternehmen is not None)
            if wanted or of_state.has_any(head):
                yield kontostand(of_state, head, each, said if each is frage else ())


def _heads(buch: Kontenbuch, konten: Konten) -> list[str]:
    """Return the first undertaking (its key) of every single undertaking."""
    return [key for key in buch.names if konten.members(key, konten.stichtag)[0] == key]
