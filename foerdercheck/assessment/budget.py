"""The assessment of a budget: figures once, then the rules over them, then the verdict."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cached_property, lru_cache
from hashlib import sha256
from pathlib import Path as FilePath
from typing import TYPE_CHECKING, Literal, NamedTuple

from foerdercheck.assessment.antworten import ask_rules
from foerdercheck.assessment.ausnahmeliste import Ausnahmeliste
from foerdercheck.assessment.ausnahmen import decided, postponed
from foerdercheck.assessment.fehler import Fehler, fehler_of
from foerdercheck.assessment.fristen import Termin, termine
from foerdercheck.assessment.kennung import Pruefkennung, Umstaende, pruefkennung
from foerdercheck.assessment.submission import Submission, read_submission
from foerdercheck.calculation.rechnung import Rechnung
from foerdercheck.calculation.vergabe import Vergabe
from foerdercheck.deminimis.kontostand import Kontostand
from foerdercheck.model.befund import EXIT_CODES, Befund, Ergebnis, Status, worst
from foerdercheck.model.budget import Budget
from foerdercheck.model.deutsch import aufzaehlung
from foerdercheck.model.location import InputError, Path, Problem, SourceMap, feld, key_of
from foerdercheck.programmes.fassung import Fassung
from foerdercheck.programmes.vokabular import vokabular
from foerdercheck.reading.document import Aenderung, Document, is_history
from foerdercheck.reading.files import BUDGET_SUFFIXES, Files, Origin, origin, read_file
from foerdercheck.rules import GebundeneRegel, bind
from foerdercheck.rules.sachverhalt import Sachverhalt

if TYPE_CHECKING:
    from foerdercheck.model.zuordnung import Zuordnungsdatei

_ENTSCHEIDET: Mapping[Ergebnis, Status] = {"nicht_foerderfaehig": "verletzt", "offen": "offen"}
StichtagHerkunft = Literal["angabe", "bewilligung", "heute"]


class Grundlage(NamedTuple):
    """What an assessment was made from, so that a changed budget is assessed alike: the document and all that was asked with it.

    `stichtag` and `fassung` are None where the call named none.
    """

    document: Document
    files: Files
    submission: Submission
    stichtag: date | None
    heute: date
    fassung: Fassung | None
    ausnahmen: Ausnahmeliste | None

    def assess(self, budget: Budget) -> "Assessment":
        """Assess another budget in place of the one that was read; raises InputError as reading it would."""
        submission = self.submission._replace(budget=budget)
        day = _stichtag(submission, self.stichtag, self.heute)
        return _assess(self.document.source.datei, submission, day, self.heute, self.ausnahmen)

    def kennung(self) -> Pruefkennung:
        """Return what stands for the meaning of what was checked."""
        day, herkunft = _stichtag(self.submission, self.stichtag, self.heute)
        umstaende = Umstaende(day, herkunft == "heute", self.ausnahmen, self.heute)
        return pruefkennung(self.submission, self.document.tree, umstaende)

    def check(self, document: Document) -> "Assessment":
        """Check another document in place of the one that was read, from the beginning."""
        _, files, _, stichtag, heute, fassung, ausnahmen = self
        return check_document(document, files, stichtag=stichtag, heute=heute, fassung=fassung, ausnahmen=ausnahmen)


@dataclass(frozen=True, kw_only=True, eq=False, repr=False)  # what would be made of it else costs every start
class Assessment:
    """Everything there is to say about one budget file; `datei` is its name as it is, which reports show as text.

    An unreadable file has `ergebnis` "fehler", its `fehler`, as `befunde` remarks that may explain them, and nothing else.
    A budget that lacks what every figure needs has `fehlend` and findings, but no figures. `defekte` name rules that crashed:
    a defect of the program. `aenderungen` are the values it was checked with instead of those of the file, `fall` is what the
    rules saw, `grundlage` what it was made from. `sha256` is that of the file, byte by byte.
    """

    datei: str
    ergebnis: Ergebnis
    fehler: tuple[Fehler, ...] = ()
    fassung: Fassung | None = None
    stichtag: date | None = None
    stichtag_herkunft: StichtagHerkunft = "heute"
    budget: Budget | None = None
    fall: Sachverhalt | None = None
    rechnungen: tuple[Rechnung, ...] = ()
    vergabe: Vergabe | None = None
    konten: Mapping[Path, Kontostand | None] | None = None
    befunde: tuple[Befund, ...] = ()
    fehlend: tuple[Fehler, ...] = ()
    defekte: tuple[str, ...] = ()
    source: SourceMap | None = None
    aenderungen: tuple[Aenderung, ...] = ()
    grundlage: Grundlage | None = None
    ist_historie: bool = False
    sha256: str = ""

    @property
    def exit_code(self) -> int:
        """0 eligible, 1 not eligible, 2 input error, 3 open, 4 defect of the program."""
        if self.defekte:
            return 4
        return EXIT_CODES[self.ergebnis]

    def konto(self, berechnet: Rechnung) -> Kontostand | None:
        """Return the de-minimis account of a Beteiligter, if it has one."""
        return (self.konten or {}).get(berechnet.pfad)

    @cached_property
    def pruefkennung(self) -> Pruefkennung | None:
        """What stands for the meaning of the file as it was checked; None where it could not be read."""
        return self.grundlage.kennung() if self.grundlage else None

    @property
    def fristen(self) -> tuple[Termin, ...]:
        """The duties after the grant."""
        if self.fassung is None or self.budget is None:
            return ()
        return tuple(termine(self.fassung, self.budget.vorhaben, self.rechnungen))

    @property
    def angenommene(self) -> int:
        """How many findings do not decide because they were accepted."""
        return sum(befund.angenommen is not None for befund in self.befunde)

    @property
    def entscheidend(self) -> tuple[Befund, ...]:
        """The findings that make the verdict what it is; none where the project is eligible."""
        status: Status | None = _ENTSCHEIDET.get(self.ergebnis)
        return tuple(befund for befund in self.befunde if befund.status == status)

    @property
    def zuwendung(self) -> Decimal | None:
        """The grant of the whole project in EUR; None where nothing could be computed."""
        return self.summen[2] if self.rechnungen else None

    @property
    def summen(self) -> tuple[Decimal, Decimal, Decimal]:
        """Total cost, eligible cost and grant of the whole project."""
        zero = Decimal("0.00")
        return (
            sum((r.gesamtausgaben.betrag for r in self.rechnungen), zero),
            sum((r.zuwendungsfaehige_ausgaben.betrag for r in self.rechnungen), zero),
            sum((r.zuwendung.betrag for r in self.rechnungen), zero),
        )


def check_budget(  # noqa: PLR0913 - each is a question of its own
    source: str | FilePath | bytes | Mapping[str, bytes],
    *,
    name: str | None = None,
    stichtag: date | None = None,
    heute: date | None = None,
    fassung: Fassung | None = None,
    ausnahmen: Ausnahmeliste | None = None,
    setze: Mapping[str, str] | None = None,
    zuordnung: "Zuordnungsdatei | None" = None,
) -> Assessment:
    """Check a budget and return its assessment; never prints, never exits.

    `source` is a path, or the content of a file in any format: `name` says which (without one it is YAML), and is what reports
    call it. A mapping of names to contents gives a budget with the histories it names; `name` is the budget. Where content is
    given, nothing is looked for in the file system. With a `zuordnung` (`read_zuordnung(file)`) it is a foreign table.
    `stichtag` is the assumed date of grant (default: the budget's `bewilligung`, else `heute`, which defaults to today),
    `fassung` a programme of one's own. Exceptions expire by `heute`, whatever the Stichtag; those in the budget decide,
    unless `ausnahmen` do (`read_ausnahmen(file)`, or `Ausnahmeliste()` for none). `setze` asks what if: other values by path
    (`antragsteller.finanzierung.beantragt`, entries counted from 1) or cell (`Beteiligte!M6`). Raises ValueError if it is not
    clear which file is meant, ProgrammeError if a programme file is defective.
    """
    where = origin(source, name)._replace(zuordnung=zuordnung)
    return check_origin(where, stichtag=stichtag, heute=heute, fassung=fassung, ausnahmen=ausnahmen, setze=setze)


def check_origin(
    source: Origin,
    *,
    stichtag: date | None = None,
    heute: date | None = None,
    fassung: Fassung | None = None,
    ausnahmen: Ausnahmeliste | None = None,
    setze: Mapping[str, str] | None = None,
) -> Assessment:
    """Check a budget wherever it comes from, as `check_budget` does."""
    try:
        document = read_file(source.read(BUDGET_SUFFIXES), vokabular())
        if setze:
            from foerdercheck.reading.aenderungen import changed  # noqa: PLC0415 - only where somebody asks what if

            document = changed(document, setze)
    except InputError as error:
        return _unreadable(source.name, error)
    return check_document(document, source.files, stichtag=stichtag, heute=heute, fassung=fassung, ausnahmen=ausnahmen)


def check_document(
    document: Document,
    files: Files,
    *,
    stichtag: date | None = None,
    heute: date | None = None,
    fassung: Fassung | None = None,
    ausnahmen: Ausnahmeliste | None = None,
) -> Assessment:
    """Check a budget that was read, and may refer to `files`, as `check_budget` does."""
    name = document.source.datei
    if is_history(document.tree):
        text = "Das ist eine De-minimis-Historie, kein Budget: foerdercheck deminimis führt ihr Konto."
        return Assessment(datei=name, ergebnis="fehler", fehler=(Fehler(text, None, ""),), ist_historie=True)
    try:
        submission = read_submission(document, files, fassung, stichtag)
        today = heute or date.today()  # noqa: DTZ011 - a legal day has no time zone
        day = _stichtag(submission, stichtag, today)
        found = _assess(name, submission, day, today, ausnahmen)
    except InputError as error:
        return replace(_unreadable(name, error), aenderungen=document.aenderungen)
    grundlage = Grundlage(document, files, submission, stichtag, today, fassung, ausnahmen)
    digest = sha256(document.inhalt).hexdigest()
    return replace(found, aenderungen=document.aenderungen, grundlage=grundlage, sha256=digest)


def _stichtag(submission: Submission, stichtag: date | None, heute: date) -> tuple[date, StichtagHerkunft]:
    if stichtag is not None:
        return stichtag, "angabe"
    if submission.budget is not None and submission.budget.vorhaben.bewilligung is not None:
        return submission.budget.vorhaben.bewilligung, "bewilligung"
    return heute, "heute"


def _unreadable(name: str, error: InputError) -> Assessment:
    fehler = tuple(fehler_of(error.problems, error.source))
    return Assessment(datei=name, ergebnis="fehler", fehler=fehler, befunde=tuple(_remarks(error.hinweise)))


def _assess(
    name: str, submission: Submission, day: tuple[date, StichtagHerkunft], heute: date, ausnahmen: Ausnahmeliste | None
) -> Assessment:
    stichtag, herkunft = day
    regeln = _bound(submission.fassung)
    if submission.budget is None:
        return _incomplete(name, submission, regeln, day, ausnahmen)
    fall, said, defekte = ask_rules(submission, submission.budget, regeln, stichtag)
    befunde = [*decided(said, submission, submission.budget, ausnahmen, heute), *_remarks(submission.hinweise)]
    return Assessment(
        datei=name,
        ergebnis="fehler" if defekte else worst(befund.status for befund in befunde),
        fassung=submission.fassung,
        stichtag=stichtag,
        stichtag_herkunft=herkunft,
        budget=submission.budget,
        fall=fall,
        rechnungen=fall.rechnungen,
        vergabe=fall.vergabe,
        konten=fall.konten,
        befunde=tuple(befunde),
        defekte=defekte,
        source=submission.source,
    )


@lru_cache(maxsize=32)  # a programme of one's own is a new object with every piece of work that a process is sent
def _bound(fassung: Fassung) -> tuple[GebundeneRegel, ...]:
    return bind(fassung)


def _incomplete(
    name: str,
    submission: Submission,
    regeln: Iterable[GebundeneRegel],
    day: tuple[date, StichtagHerkunft],
    ausnahmen: Ausnahmeliste | None,
) -> Assessment:
    """Every rule is open as long as nothing can be computed."""
    stichtag, herkunft = day
    names = aufzaehlung(feld(key_of(problem.pfad)) for problem in submission.fehlend)
    text = f"Kann erst geprüft werden, wenn diese Angaben vorliegen: {names}."
    befunde = tuple(Befund(g.regel.id, g.regel.ziffer, "offen", text, beleg=g.regel.herkunft.beleg) for g in regeln)
    said = (*befunde, *postponed(submission, names, ausnahmen))
    return Assessment(
        datei=name,
        ergebnis="offen",
        fassung=submission.fassung,
        stichtag=stichtag,
        stichtag_herkunft=herkunft,
        befunde=(*(befund.called_as_in(submission.source) for befund in said), *_remarks(submission.hinweise)),
        fehlend=tuple(fehler_of(submission.fehlend, submission.source)),
        source=submission.source,
    )


def _remarks(hinweise: Iterable[Problem]) -> list[Befund]:
    """What is remarkable about how the file is written; no rule of the programme says it."""
    return [Befund("datei", "", "hinweis", said.text, ort=said.ort) for said in hinweise]
