"""One version of a guideline as loaded from its file: parameters, rules, coverage of Ziffern, deadlines."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, NamedTuple, TypeVar

from foerdercheck.model.budget import ARTEN
from foerdercheck.model.felder import Anzahl, JaNein, Text, wort
from foerdercheck.model.filenames import shown_name
from foerdercheck.model.location import Location, Name, Problem, SourceMap
from foerdercheck.programmes.norm import Herkunft, Merkmale, Norm, Parameter
from foerdercheck.programmes.parameter import GELTUNGSDAUER, Zeitraum

_T = TypeVar("_T")
_NONE: Merkmale = {}


class ProgrammeError(Exception):
    """A programme file that is not fit for use; a defect of the file, never of the budget."""

    @classmethod
    def of(cls, file: str, problems: Iterable[Problem]) -> "ProgrammeError":
        """Return the error that lists every problem of a file (its name as it is) with its line and column."""
        lines = [f"  {(problem.ort or Location())._replace(datei=file)}: {problem.text}" for problem in problems]
        return cls("\n".join((f"Die Programmdatei {shown_name(file)} ist fehlerhaft:", *lines)))


class NichtGeregeltError(Exception):
    """A programme sets a value only under conditions, and none of them holds here: a gap of the law, not a defect.

    `felder` are the fields that decide whether one does, as far as the budget does not state them.
    """

    def __init__(self, parameter: str, felder: tuple[str, ...]) -> None:
        super().__init__(parameter)
        self.felder = felder


_FELDER: Mapping[str, str] = {"fonds": "ziele", "programmgebiet": "landkreise"}
"""The fields that say what an attribute is, where they are called otherwise."""
_NICHT_ANGEGEBEN = frozenset({None, "unbekannt", ""})
"""What stands for an attribute that is not stated."""


class Regel(NamedTuple):
    """A rule of a guideline: which `pruefung` (a function of `rules`) it is, and the provision it rests on.

    `ausnahme` says whether the authority may accept that it is not met; no authority may where the EU or the validity of the
    guideline forbids.
    """

    id: str
    pruefung: str
    titel: str
    berechnung: str
    herkunft: Herkunft
    ausnahme: bool = True

    @property
    def ziffer(self) -> str:
        """The Ziffer the rule reads."""
        return self.herkunft.ziffer

    @property
    def name(self) -> str:
        """The id without the programme."""
        return self.id.partition("/")[2]


class Ziffer(NamedTuple):
    """A Ziffer of the guideline: covered by rules, or not decidable by a program for a stated reason.

    `nicht_bekannt` says what of it nobody here has read; it stands alone or beside the rules that cover the rest.
    """

    titel: Text
    regeln: tuple[Text, ...] = ()
    grund: Text | None = None
    nicht_bekannt: Text | None = None

    @staticmethod
    def check(_given: Mapping[str, Any], tree: Mapping[str, Any], _name: Name) -> Iterator[tuple[str, str]]:
        """Rules or a reason, not both; neither only where nothing is known."""
        if ("regeln" in tree) == ("grund" in tree) and ("grund" in tree or "nicht_bekannt" not in tree):
            yield (
                "titel",
                "eine Ziffer nennt entweder ihre regeln oder den grund, warum kein Programm sie prüfen kann, oder was an ihr "
                "nicht_bekannt ist",
            )


class Frist(NamedTuple):
    """A duty with a date: so many months after the end of the project or the grant, or (`vor`) before one of them.

    `zaehlung` is `ab_folgetag` (the period begins on the day after) or `ab_ereignis` (it ends on the same day of
    the month); without `nach` and `vor` the duty has no date. `nur_unternehmen` and `nur_fuer` (kinds of body) say whom it
    concerns, `lesart` what of the date is our reading.
    """

    pflicht: Text
    ziffer: Text
    nach: Annotated[str, wort(("ende", "bewilligung"), "als Bezug einer Frist")] | None = None
    vor: Annotated[str, wort(("ende", "bewilligung"), "als Bezug einer Frist")] | None = None
    monate: Anzahl = 0
    zaehlung: Annotated[str, wort(("ab_folgetag", "ab_ereignis"), "als Zählung einer Frist")] = "ab_ereignis"
    nur_unternehmen: JaNein = False
    nur_fuer: tuple[Annotated[str, wort(ARTEN, "als Art eines Beteiligten")], ...] = ()
    lesart: Text | None = None

    @staticmethod
    def check(_given: Mapping[str, Any], tree: Mapping[str, Any], _name: Name) -> Iterator[tuple[str, str]]:
        """Either after a day or before it."""
        if "nach" in tree and "vor" in tree:
            yield "vor", "nach und vor sind beide angegeben: lassen Sie eines von beiden weg"


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Fassung:
    """A version of a guideline; `parameter` holds one or more values per name, `ziffern` every Ziffer of the text.

    `angaben` says what an applicant fills in: sheet → field → the Ziffer it is needed for, in the order of the text;
    `source` knows where everything stands in the file, whose text has this `pruefsumme` (SHA-256), whatever its line endings.
    """

    programm: str
    titel: str
    bekanntmachung: date
    fundstelle: str
    parameter: Mapping[str, tuple[Norm[Any], ...]]
    regeln: tuple[Regel, ...]
    ziffern: Mapping[str, Ziffer]
    fristen: tuple[Frist, ...]
    angaben: Mapping[str, Mapping[str, str]]
    source: SourceMap
    pruefsumme: str

    @property
    def gilt(self) -> Zeitraum:
        """The days on which it is in force."""
        return self[GELTUNGSDAUER].wert

    def find(self, parameter: Parameter[_T], merkmale: Merkmale = _NONE, day: date | None = None) -> Norm[_T] | None:
        """Return the value of `parameter` that applies, or None; the loader made sure that at most one does."""
        for norm in self.parameter.get(parameter.name, ()):
            if (day is None and not norm.wenn) or norm.applies(merkmale, day):
                return norm
        return None

    def known(self, parameter: Parameter[_T], merkmale: Merkmale) -> Norm[_T] | None:
        """Return the value of `parameter` that applies, or None where there is none for this case.

        Raises NichtGeregeltError where that depends on what the budget does not state.
        """
        norm = self.find(parameter, merkmale)
        if norm is None and (felder := self.unstated(parameter, merkmale)):
            raise NichtGeregeltError(parameter.name, felder)
        return norm

    def of(self, parameter: Parameter[_T], merkmale: Merkmale) -> Norm[_T]:
        """Return the value of `parameter` that applies; raises NichtGeregeltError if the programme has none for this case."""
        if (norm := self.find(parameter, merkmale)) is None:
            raise NichtGeregeltError(parameter.name, self.unstated(parameter, merkmale))
        return norm

    def unstated(self, parameter: Parameter[Any], merkmale: Merkmale) -> tuple[str, ...]:
        """Return the fields that are not stated and on which alone it depends whether a value of `parameter` applies."""
        failing = (
            [name for name, allowed in norm.wenn.items() if merkmale.get(name) not in allowed]
            for norm in self.parameter.get(parameter.name, ())
        )
        decisive = [names for names in failing if all(merkmale.get(name) in _NICHT_ANGEGEBEN for name in names)]
        return tuple(dict.fromkeys(_FELDER.get(name, name) for names in decisive for name in names))

    def __getitem__(self, parameter: Parameter[_T]) -> Norm[_T]:
        """Return the unconditional value of a parameter; raises ProgrammeError if the programme does not set it."""
        for norm in self.parameter.get(parameter.name, ()):
            if not norm.wenn:
                return norm
        raise ProgrammeError(f"{self.programm}: Parameter {parameter.name} ist nicht gesetzt")

    def all(self, parameter: Parameter[_T]) -> tuple[Norm[_T], ...]:
        """Return every value of a parameter, in the order of the file."""
        return self.parameter.get(parameter.name, ())
