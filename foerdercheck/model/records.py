"""From a tree of scalars, lists and mappings to typed named tuples, with every problem reported.

A named tuple declares what it holds by its annotations: scalars as `Annotated[type, Scalar(parser)]`, lists as
`tuple[X, ...]`, parts as other named tuples, alternatives as `Annotated[X | Y, Choice(...)]`. A class may define
`check(given, tree, name)`, which sees what could be read and what is stated, and yields `(field, text)` for what contradicts itself;
`name` tells what the file calls a field. `foreign(keys, tree, name, vocabulary)` may say of keys it does not know that they
are those of another kind of record: `(key, text)`.

Validation libraries stop at the first contradiction between fields, or cost more start-up time than the whole
check; see docs/decisions.
"""

import types
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import cache, partial
from typing import Annotated, Any, NamedTuple, TypeVar, Union, cast, get_args, get_origin

from foerdercheck.model.deutsch import aufzaehlung
from foerdercheck.model.location import Location, Path, Problem, SourceMap, key_of
from foerdercheck.model.meant import nothing_stated
from foerdercheck.model.scalars import ScalarError, as_list, fold, proposals, shown, unseen_flaw
from foerdercheck.model.synonyme import BETRAEGE, FELDER
from foerdercheck.model.ueberschriften import DER_BEIHILFE
from foerdercheck.model.words import Number, Vocabulary, Word, WordAndRate

Tree = str | Decimal | date | bool | list["Tree"] | dict[str, "Tree"]
_T = TypeVar("_T")
MAX_PROBLEMS = 1000


class Scalar(NamedTuple):
    """Marks an annotation as a scalar read by `parse`, which raises ScalarError.

    `worte` are all it returns, if so few, `auch` what else means one of them.
    """

    parse: Callable[[object], Any]
    worte: tuple[str, ...] = ()
    auch: tuple[str, ...] = ()


class Choice(NamedTuple):
    """Marks alternatives: `pick` looks at the tree and returns the index of the alternative it is written as."""

    pick: Callable[[Tree], int]


def part_of(record: dict[str, Tree], key: str) -> dict[str, Tree]:
    """Return the mapping under `key`, a new one if there is none yet; raises TypeError for anything else there."""
    value = record.setdefault(key, {})
    if not isinstance(value, dict):
        raise TypeError(f"{key} holds no mapping")
    return value


class Intake:
    """One reading of one tree: the words the programme defines, what the file calls a field, and the problems found so far."""

    def __init__(self, vocabulary: Vocabulary | None = None, source: SourceMap | None = None) -> None:
        self.vocabulary: Vocabulary = vocabulary or {}
        self.source = source
        self.problems: list[Problem] = []
        self.count = 0

    def read(self, kind: type[_T], tree: Tree, path: Path = ()) -> _T | None:
        """Return `tree` as an instance of the named tuple `kind`, or None after noting every problem in it."""
        return cast("_T | None", self.read_kind(kind, tree, path))

    def read_kind(self, kind: Any, tree: Tree, path: Path) -> Any:  # noqa: ANN401 - annotations are no types to mypy
        """Return `tree` as the annotation `kind` says (a scalar, a tuple, a mapping), or None after noting problems."""
        value = _reader(kind)(tree, path, self)
        return None if value is UNREADABLE else value

    def name(self, path: Path, *, placed: bool = False) -> str:
        """Return what the file calls the field at `path`, with its cell if `placed`."""
        return self.source.name(path, placed=placed) if self.source else key_of(path)

    def note(self, text: str, path: Path, *, fehlt: bool = False, am_schluessel: bool = False) -> None:
        """Add a problem at `path`."""
        self.count += 1
        if self.count <= MAX_PROBLEMS:
            self.problems.append(Problem(text, path, fehlt=fehlt, am_schluessel=am_schluessel))
        elif self.count == MAX_PROBLEMS + 1:
            text = f"und weitere: nach {MAX_PROBLEMS} Fehlern wird nicht mehr aufgezählt"
            self.problems.append(Problem(text, (), Location()))

    def note_of_whole(self, text: str, path: Path) -> None:
        """Add a problem of everything below `path`: what was noted of its parts follows from it."""
        depth = len(path)
        self.problems = [said for said in self.problems if len(said.pfad) == depth or said.pfad[:depth] != path]
        self.note(text, path)


UNREADABLE: Any = object()
_Read = Callable[[Tree, Path, Intake], Any]


class Field(NamedTuple):
    """How a field of a record is read, whether it must be given, and its parser if it is a scalar."""

    read: _Read
    required: bool
    parse: Callable[[object], Any] | None = None


@cache
def _reader(kind: Any) -> _Read:  # noqa: ANN401 - any annotation of a record
    origin = get_origin(kind)
    if origin is Annotated:
        return _annotated(*get_args(kind))
    if origin in {types.UnionType, Union}:
        inner, _none = get_args(kind)
        return _reader(inner)
    if origin is tuple:
        entry = get_args(kind)[0]
        return _list_reader(_reader(entry), of_words=get_origin(entry) is Annotated)
    if origin is dict:
        return _mapping_reader(*map(_reader, get_args(kind)))
    return _record_reader(kind)


def _annotated(kind: Any, marker: object) -> _Read:  # noqa: ANN401
    if isinstance(marker, Scalar):
        return _scalar_reader(marker.parse)
    if isinstance(marker, Word | WordAndRate | Number):
        return _word_reader(marker)
    if isinstance(marker, Choice):
        readers = tuple(_reader(option) for option in get_args(kind))
        return lambda tree, path, intake: readers[marker.pick(tree)](tree, path, intake)
    raise TypeError(f"unknown marker {marker!r}")


def _scalar_reader(parse: Callable[[object], Any]) -> _Read:
    def read(tree: Tree, path: Path, intake: Intake) -> Any:  # noqa: ANN401
        try:
            return parse(tree)
        except ScalarError as error:
            return _unreadable(tree, path, intake, error)

    return read


def _unreadable(tree: Tree, path: Path, intake: Intake, error: ScalarError) -> Any:  # noqa: ANN401
    """Note what is wrong with a value; a key is spoken of by what it stands below."""
    named = path[:-1] if path[-1:] == (tree,) else path
    intake.note(f"{intake.name(named)}: {error}", path)
    return UNREADABLE


def _word_reader(marker: Word | WordAndRate | Number) -> _Read:
    def read(tree: Tree, path: Path, intake: Intake) -> Any:  # noqa: ANN401
        try:
            return marker.parse(tree, intake.vocabulary.get(marker.vocabulary))
        except ScalarError as error:
            return _unreadable(tree, path, intake, error)

    return read


def _list_reader(item: _Read, *, of_words: bool) -> _Read:
    def read(tree: Tree, path: Path, intake: Intake) -> Any:  # noqa: ANN401
        if not isinstance(tree, list):
            example = as_list(tree) if of_words and isinstance(tree, str) else ""
            entries = "" if of_words else ": jeder Eintrag beginnt mit „- “"
            intake.note(f"{intake.name(path)}: hier wird eine Liste erwartet{example}{entries}", path)
            return UNREADABLE
        before = intake.count
        items = [item(entry, (*path, index), intake) for index, entry in enumerate(tree)]
        return UNREADABLE if intake.count > before else tuple(items)

    return read


def _mapping_reader(read_key: _Read, read_value: _Read) -> _Read:
    def read(tree: Tree, path: Path, intake: Intake) -> Any:  # noqa: ANN401
        if not isinstance(tree, dict) or not tree:
            intake.note(f"{intake.name(path)}: hier werden Angaben der Form „2026: 1290“ erwartet", path)
            return UNREADABLE
        before = intake.count
        pairs = [
            (read_key(key, where := (*path, key), intake), read_value(value, where, intake))
            for key, value in tree.items()
        ]
        return UNREADABLE if intake.count > before else dict(pairs)

    return read


def _record_reader(kind: type) -> _Read:
    table = fields_of(kind)
    required = [name for name, field in table.items() if field.required]
    check, foreign = getattr(kind, "check", None), getattr(kind, "foreign", None)

    def read(tree: Tree, path: Path, intake: Intake) -> Any:  # noqa: ANN401
        if not isinstance(tree, dict):
            intake.note(f"{intake.name(path)}: hier werden Angaben der Form „{next(iter(table))}: Wert“ erwartet", path)
            return UNREADABLE
        before = intake.count
        given = _read_fields(tree, path, intake, table)
        stated = tree if tree.keys() <= table.keys() else _stated(foreign, tree, path, intake, table)
        if stated is None:
            return UNREADABLE
        for name in required:
            if name not in stated:
                intake.note(f"{intake.name((*path, name))} fehlt", (*path, name), fehlt=True)
        if check is not None:
            for name, text in check(given, stated, partial(_named, intake, path)):
                intake.note_of_whole(text, (*path, name))
        return UNREADABLE if intake.count > before else kind(**given)

    return read


def _stated(
    foreign: Callable[..., tuple[str, str] | None] | None,
    tree: dict[str, Tree],
    path: Path,
    intake: Intake,
    table: Mapping[str, Field],
) -> Mapping[str, Tree] | None:
    """Return what a record states, a misspelt key as the one it may be meant for; None if it is a record of another kind."""
    unknown = [key for key in tree if key not in table]
    if foreign and (said := foreign(unknown, tree, partial(_named, intake, path, placed=True), intake.vocabulary)):
        intake.note(said[1], (*path, said[0]), am_schluessel=True)
        return None
    return tree | dict.fromkeys(_unknown(unknown, path, intake, table), "")


def _named(intake: Intake, path: Path, field: str, *, placed: bool = False) -> str:
    """Return what the file calls a field of the record at `path`."""
    return intake.name((*path, field), placed=placed)


def _read_fields(tree: dict[str, Tree], path: Path, intake: Intake, table: Mapping[str, Field]) -> dict[str, Any]:
    given: dict[str, Any] = {}
    for key, value in tree.items():
        field = table.get(key)
        if field is None:
            continue
        if field.parse is not None:  # most fields by far
            try:
                given[key] = field.parse(value)
            except ScalarError as error:
                empty = not field.required and isinstance(value, str) and nothing_stated(value)
                more = ", oder lassen Sie das Feld leer, solange nichts feststeht" if empty else ""
                intake.note(f"{intake.name((*path, key))}: {error}{more}", (*path, key))
        elif (read := field.read(value, (*path, key), intake)) is not UNREADABLE:
            given[key] = read
    return given


def _unknown(keys: Sequence[str], path: Path, intake: Intake, table: Mapping[str, Field]) -> Iterator[str]:
    """Note unknown keys; yield the known ones they may be meant for, which then are not missing."""
    for key in keys:
        if wrong := unseen_flaw(key):
            hint = f": er {wrong}"
        elif intake.count < MAX_PROBLEMS:  # with so many, the search only costs time
            meant = _meant(key, table)
            yield from meant[:1]
            hint = f" – meinten Sie {aufzaehlung(map(shown, meant), 'oder')}?" if meant else ""
        else:
            hint = ""
        hint = hint or f"; erlaubt sind hier: {', '.join(table)}"
        intake.note(f"unbekannter Schlüssel {shown(key)}{hint}", (*path, key), am_schluessel=True)


def _meant(key: str, table: Mapping[str, Field]) -> Sequence[str]:
    """Return the fields a key may be meant for: that of another word for it, the nearest one, or those of amounts."""
    amounts = [name for name in ("netto", "brutto") if name in table]
    if amounts and fold(key) in map(fold, BETRAEGE):
        return amounts
    others = {name: (*FELDER.get(name, ()), *DER_BEIHILFE.get(name, ())) for name in table}
    return proposals(key, list(table), others) or proposals(key, list(table))


@cache
def fields_of(kind: type[NamedTuple]) -> Mapping[str, Field]:
    """Return the fields a record reads: name → (reader, whether it must be given)."""
    hints = kind.__annotations__  # none is a text, which would have to be looked up
    return {
        name: Field(_reader(hints[name]), name not in kind._field_defaults, _parser(hints[name]))
        for name in kind._fields
    }


def _parser(kind: Any) -> Callable[[object], Any] | None:  # noqa: ANN401
    """Return the parser of a scalar annotation, also of an optional one."""
    if get_origin(kind) in {types.UnionType, Union}:
        return _parser(get_args(kind)[0])
    marker = get_args(kind)[1] if get_origin(kind) is Annotated else None
    return marker.parse if isinstance(marker, Scalar) else None
