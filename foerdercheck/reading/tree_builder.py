"""A tree out of rows of values by field, with the place of everything in it; the rows are those of our sheets or of foreign ones."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from functools import cached_property
from itertools import islice

from foerdercheck.model.angabe import HOURS, Blatt
from foerdercheck.model.angaben import BETEILIGTE, BUDGETBLAETTER, LISTEN, VORHABEN
from foerdercheck.model.beihilfeangaben import BEISPIEL, HISTORIENBLAETTER
from foerdercheck.model.headings import heading_of
from foerdercheck.model.location import Location, Path, Problem
from foerdercheck.model.records import MAX_PROBLEMS, Tree, part_of
from foerdercheck.model.scalars import ScalarError, fold, parse_text, shown, suggestion
from foerdercheck.reading.document import Document
from foerdercheck.reading.overlooked import formulas_remark
from foerdercheck.reading.values import Notes, SheetRow

_ANGABEN = {
    blatt.name: {angabe.feld: angabe for angabe in blatt.angaben} for blatt in (*HISTORIENBLAETTER, *BUDGETBLAETTER)
}


class CellSource:
    """The source map of a workbook: the paths of its tree with their cells."""

    def __init__(self, datei: str, sheets: tuple[str, ...] = ()) -> None:
        self.datei = datei
        self.sheets = sheets
        self.places: dict[Path, Location] = {}

    def name(self, path: Path, *, placed: bool = False) -> str:
        """Return the heading of the field at `path`, with its cell if `placed`; of hours by year the first."""
        inside = (found for found in self.places if found[: len(path)] == path)
        cell = self.places[first].zelle if placed and (first := next(inside, None)) else None
        return f"{heading_of(path)} ({cell})" if cell else heading_of(path)

    def locate(self, path: Path) -> Location:
        """Return the cell at `path`, or of its nearest ancestor."""
        while path and path not in self.places:
            path = path[:-1]
        return self.places.get(path, Location())

    def locate_key(self, path: Path) -> Location:
        """Return the cell of the value: what stands under a wrong heading is as wrong as the heading."""
        return self.locate(path)

    def excerpt(self, location: Location) -> str:  # noqa: ARG002 - a cell needs no excerpt, the message quotes it
        """Return nothing: messages quote what a cell holds."""
        return ""


class TreeBuilder:
    """Builds the tree of one file, list by list; the Beteiligte stand `where`, and come before their lines."""

    def __init__(self, source: CellSource, notes: Notes, where: str = f"auf dem Blatt {BETEILIGTE.name}") -> None:
        self.source = source
        self.notes = notes
        self.where = where
        self.tree: dict[str, Tree] = {}
        self.bodies: list[tuple[Path, dict[str, Tree]]] = []
        self.by_name: dict[str, tuple[Path, dict[str, Tree]]] = {}
        self._twice: set[Path] = set()
        self._strangers: dict[Tree | None, tuple[Location, int]] = {}

    def vorhaben(self, row: SheetRow) -> None:
        """Put the statements about the whole project at the top of the tree."""
        self.source.places[("vorhaben",)] = row.ort
        self.tree["vorhaben"] = {}
        self._fill(self.tree, VORHABEN, (), row)

    def beteiligte(self, rows: Iterable[SheetRow]) -> None:
        """Make of the first row the applicant, of all others partners."""
        for row in rows:
            number = len(self.bodies)
            path: Path = ("partner", number - 1) if number else ("antragsteller",)
            body: dict[str, Tree] = {}
            self._fill(body, BETEILIGTE, path, row)
            self.bodies.append((path, body))
            self.by_name.setdefault(_name(body.get("name", "")), (path, body))
        if self.bodies:
            self.tree["antragsteller"] = self.bodies[0][1]
        if len(self.bodies) > 1:
            self.tree["partner"] = [body for _, body in self.bodies[1:]]

    def entries(self, key: str, blatt: Blatt, rows: Iterable[SheetRow]) -> None:
        """Make of every row an entry of a list at the top of the tree."""
        found: list[Tree] = []
        for row in rows:
            entry: dict[str, Tree] = {}
            self._fill(entry, blatt, (key, len(found)), row)
            found.append(entry)
        if found:
            self.tree[key] = found

    def lines(self, blatt: Blatt, rows: Iterable[SheetRow]) -> None:
        """Hang rows of cost, financing or aid below their Beteiligte."""
        for row in rows:
            self._line(blatt, row)

    def document(self) -> Document:
        """Return what was built, with what was noted on the way."""
        if remark := formulas_remark(self.notes.formulas):
            self.notes.hinweise.append(remark)
        problems, hinweise = _first([*self.notes.problems, *self._not_owned()]), _first(self.notes.hinweise)
        return Document(self.tree, self.source, problems, hinweise)

    def _line(self, blatt: Blatt, row: SheetRow) -> None:
        """Hang a row of cost, financing or aid below its Beteiligter."""
        owner = self._owner(row)
        if owner is None:
            return
        path, record = owner
        *above, key = LISTEN[blatt]
        for part in above:
            path, record = (*path, part), part_of(record, part)
        lines = record.setdefault(key, [])
        if not isinstance(lines, list):
            stated = f"Unter De-minimis steht {self.where} {shown(lines)}, hier stehen Beihilfen"
            text = f"{stated}: löschen Sie eines von beiden"
            self.notes.problems.append(Problem(text, (), row.ort))
            return
        line: dict[str, Tree] = {}
        lines.append(line)
        self.source.places.setdefault((*path, key), row.ort)
        self._fill(line, blatt, (*path, key, len(lines) - 1), row)

    def _owner(self, row: SheetRow) -> tuple[Path, dict[str, Tree]] | None:
        """Return the Beteiligter a row belongs to: the one it names, or the only one there is."""
        named = row.werte.get("beteiligter")
        if named is None and len(self.bodies) == 1:
            return self.bodies[0]
        if named is not None and (owner := self.by_name.get(_name(named))) is not None:
            return owner
        if not self.bodies:
            self._nobody(row)
        elif len(self._names) == len(self.bodies):  # else it may be the one whose name cannot be read
            first, count = self._strangers.get(named, (row.orte.get("beteiligter", row.ort), 0))
            self._strangers[named] = first, count + 1
        return None

    def _not_owned(self) -> Iterator[Problem]:
        """Yield a problem for every name that is nobody's, at the first of its rows; one mistake may be in all of them."""
        for named, (first, count) in islice(self._strangers.items(), MAX_PROBLEMS + 1):
            lines = f" (in {count} Zeilen)" if count > 1 else ""
            yield Problem(f"{self._not_found(named)}{lines}", (), first)

    def _nobody(self, row: SheetRow) -> None:
        """Lines without anybody they belong to are incomplete, not wrong; said once, with the first of them."""
        if not any(problem.pfad == ("antragsteller",) for problem in self.notes.problems):
            text = f"Antragsteller fehlt: {self.where} steht niemand, zu dem diese Zeile gehört"
            self.notes.problems.append(Problem(text, ("antragsteller",), row.ort, fehlt=True))

    def _not_found(self, named: Tree | None) -> str:
        """Return what to say about a row that belongs to no Beteiligter."""
        names = self._names
        if named is None:
            return f"Beteiligter fehlt: zu wem gehört diese Zeile? Schreiben Sie einen von: {', '.join(names[:20])}"
        if named == BEISPIEL:
            return "Diese Zeile war das Beispiel der Vorlage: schreiben Sie statt „Beispiel“ den Namen des Beteiligten"
        try:
            hint = suggestion(str(named), names) or f"; dort stehen: {', '.join(names[:20])}"
            return f"{shown(parse_text(named))} steht nicht {self.where}{hint}"
        except ScalarError as error:
            return f"Beteiligter: {error}"

    @cached_property
    def _names(self) -> Sequence[str]:
        """The names that can be read; what is wrong with the others is told where they stand."""
        names = []
        for _, body in self.bodies:
            with suppress(ScalarError):
                names.append(parse_text(body.get("name", "")))
        return names

    def _fill(self, record: dict[str, Tree], blatt: Blatt, path: Path, row: SheetRow) -> None:
        """Put the values of a row into a record of the tree, and note where each of its fields stands."""
        self.source.places[path] = row.ort
        angaben, years = _ANGABEN[blatt.name], []
        for feld, where in row.orte.items():
            value = row.werte.get(feld)
            if (angabe := angaben.get(feld)) is None:
                years += [(match[1], value, where)] if (match := HOURS.fullmatch(feld)) else []
                continue
            self.source.places[*path, *angabe.pfad] = where
            if value is not None:
                target = record
                for key in angabe.pfad[:-1]:
                    target = part_of(target, key)
                target[angabe.pfad[-1]] = value
        for year, value, where in years:  # after the hours in one number, wherever their columns stand
            self._hours(record, path, (year, value), where)

    def _hours(self, record: dict[str, Tree], path: Path, year: tuple[str, Tree | None], where: Location) -> None:
        """Put the hours of a calendar year beside those of the others."""
        name, value = year
        self.source.places[*path, "stunden", name] = where
        if value is None:
            return
        hours = record.setdefault("stunden", {})
        if isinstance(hours, dict):
            hours[name] = value
        elif path not in self._twice:  # said once for a line, whatever it says of further years
            self._twice.add(path)
            text = "Geben Sie die Stunden im Ganzen oder je Jahr an, nicht beides"
            self.notes.problems.append(Problem(text, (), where))


def _name(value: Tree) -> str:
    """Return a name as one compares names."""
    try:
        return fold(parse_text(value))
    except ScalarError:
        return fold(str(value))


def _first(said: Iterable[Problem]) -> tuple[Problem, ...]:
    """Return as many of these as anybody reads, and that there are more."""
    found = tuple(said)
    if len(found) <= MAX_PROBLEMS:
        return found
    return *found[:MAX_PROBLEMS], Problem("und weitere: nach 1.000 wird nicht mehr aufgezählt", (), Location())
