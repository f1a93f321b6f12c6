"""What if: a document with some of its values replaced before it is read as a budget; everything keeps its place."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from difflib import get_close_matches
from functools import cache
from itertools import islice

from foerdercheck.model.angabe import Angabe
from foerdercheck.model.angaben import AUSNAHMEN, BETEILIGTE, LISTEN, VORHABEN
from foerdercheck.model.location import InputError, Location, Path, Problem, SourceMap
from foerdercheck.model.records import Tree
from foerdercheck.model.scalars import ScalarError, shown
from foerdercheck.reading.document import Aenderung, Document

_MOST_PATHS = 5_000
"""So many paths are looked at to find one that is near."""
_MOST_ALIKE = 100
_A_WORD = 3
"""A shorter last part of a path is none: the number of an entry."""
_BODY = "beteiligter"


class ChangedSource:
    """The source map of a document of which values were replaced: the same places, and at theirs what was put there."""

    def __init__(self, main: SourceMap, changes: Sequence[Aenderung]) -> None:
        self.datei, self.sheets = main.datei, main.sheets
        self.places: Mapping[Path, Location] = getattr(main, "places", {})
        self._main = main
        self._said = {change.ort: f"{change.pfad[-1]}: {change.neu}" for change in changes}

    def name(self, path: Path, *, placed: bool = False) -> str:
        """Return what the file calls the field at `path`."""
        return self._main.name(path, placed=placed)

    def locate(self, path: Path) -> Location:
        """Return the place of `path` in the file."""
        return self._main.locate(path)

    def locate_key(self, path: Path) -> Location:
        """Return the place of the key `path` ends with."""
        return self._main.locate_key(path)

    def excerpt(self, location: Location) -> str:
        """Return what stands there, or what was put there instead."""
        return self._said.get(location) or self._main.excerpt(location)


def changed(document: Document, setze: Mapping[str, str]) -> Document:
    """Return the document with other values at paths (`antragsteller.kosten.2.netto`, counted from 1) or cells (`Beteiligte!M6`).

    A value of YAML may be a list or mapping in brackets, one of a workbook is read as its cell is; without any the statement
    is left out. Raises InputError with every path that this document does not have.
    """
    changes: list[Aenderung] = []
    problems: list[Problem] = []
    tree, cells = document.tree, _cells(document)
    for text, value in setze.items():
        path = _path(text, document, cells)
        if path is None:
            problems.append(
                Problem(f"{shown(text)} gibt es in diesem Budget nicht{_near(text, document, cells)}", (), Location())
            )
            continue
        if any(change.pfad == path for change in changes):
            problems.append(Problem(f"{path_text(path)} steht doppelt", path, document.source.locate(path)))
            continue
        try:
            new = _value(path, value, in_cells=bool(cells))
        except (InputError, ScalarError) as error:
            problems.append(Problem(f"{path_text(path)}: {error}", path, document.source.locate(path)))
            continue
        changes.append(Aenderung(path, document.source.locate(path), value_text(at(tree, path)), value_text(new)))
        tree = replaced(tree, path, new)
    if problems:
        raise InputError(problems, document.source)
    return with_changes(document, tree, changes)


def with_changes(document: Document, tree: Tree, changes: Sequence[Aenderung]) -> Document:
    """Return the document with another tree; what was wrong with a cell whose value was replaced is not any more."""
    places = {change.ort for change in changes}
    return document._replace(
        tree=tree,
        source=ChangedSource(document.source, changes),
        problems=tuple(problem for problem in document.problems if problem.ort not in places),
        hinweise=tuple(said for said in document.hinweise if said.ort not in places),
        aenderungen=(*document.aenderungen, *changes),
    )


def path_text(path: Path) -> str:
    """Return a path as people write it: `antragsteller.kosten.2.netto`, counted from 1."""
    return ".".join(str(part + 1) if isinstance(part, int) else part for part in path)


def angabe_at(path: Path) -> Angabe | None:
    """Return what the catalogue says of the field at a path; None if it is none of ours."""
    return _fields().get(_template(path))


def value_text(value: Tree | None) -> str:
    """Return a value of the tree as one line; nothing where nothing is stated."""
    if isinstance(value, list):
        return "; ".join(map(value_text, value))
    if isinstance(value, dict):
        return "; ".join(f"{key}: {value_text(part)}" for key, part in value.items())
    if isinstance(value, bool):
        return "ja" if value else "nein"
    if type(value) is Decimal and value.is_finite():
        return format(value.normalize(), "f").replace(".", ",")
    return value.isoformat() if isinstance(value, date) else "" if value is None else str(value)


def at(tree: Tree | None, path: Path) -> Tree | None:
    """Return what stands at `path`; None if nothing does."""
    for part in path:
        if isinstance(tree, list) and isinstance(part, int):
            tree = tree[part] if 0 <= part < len(tree) else None
        else:
            tree = tree.get(str(part)) if isinstance(tree, dict) and isinstance(part, str) else None
    return tree


def replaced(tree: Tree | None, path: Path, value: Tree | None) -> Tree:
    """Return the tree with another value at `path`, in mappings that are made where there is none; None takes it out."""
    part, rest = path[0], path[1:]
    if isinstance(tree, list) and isinstance(part, int):
        return [replaced(entry, rest, value) if index == part else entry for index, entry in enumerate(tree)]
    inside: dict[str, Tree] = dict(tree) if isinstance(tree, dict) else {}
    new = replaced(inside.get(str(part)), rest, value) if rest else value
    if new is None:
        inside.pop(str(part), None)
    else:
        inside[str(part)] = new
    return inside


def _path(text: str, document: Document, cells: Mapping[str, Path]) -> Path | None:
    if found := cells.get(_cell_name(text)):
        return found
    path: Path = ()
    for part in text.split("."):
        listed = isinstance(at(document.tree, path), list)
        path = (*path, int(part) - 1 if listed and part.isascii() and part.isdigit() and len(part) < 10 else part)
    return path if _is_statement(path, document.tree) else None


def _cell_name(text: str) -> str:
    """Return a cell as places name it, in lower case: programs also write `'Beteiligte'!$M$6`, `beteiligte!m6`, `$Beteiligte.M6`."""
    plain = text.replace("'", "").replace("$", "").casefold()
    return plain if "!" in plain else "!".join(plain.rsplit(".", 1))


def _is_statement(path: Path, tree: Tree) -> bool:
    """Tell whether a path is that of a value: one that is there, or one of our fields for which there is room."""
    value = at(tree, path)
    if value is not None and not isinstance(value, dict | list):
        return True
    entries = [path[:end] for end, part in enumerate(path, 1) if isinstance(part, int)]
    there = all(at(tree, entry) is not None for entry in entries)
    return there and _template(path) in _fields()


def _template(path: Path) -> Path:
    """Return a path without its numbers: the same for all Beteiligte and all entries of a list."""
    numberless = tuple(0 if isinstance(part, int) else part for part in path)
    skipped = next((len(body) for body in (("antragsteller",), ("partner", 0)) if numberless[: len(body)] == body), 0)
    body = (_BODY, *numberless[skipped:]) if skipped else numberless
    hours = len(body) > 1 and body[-2] == "stunden" and str(body[-1]).isdigit() and len(str(body[-1])) == 4
    return body[:-1] if hours else body


@cache
def _fields() -> Mapping[Path, Angabe]:
    fields: dict[Path, Angabe] = {angabe.pfad: angabe for angabe in VORHABEN.angaben}
    fields |= {(_BODY, *angabe.pfad): angabe for angabe in BETEILIGTE.angaben}
    for blatt, liste in LISTEN.items():
        fields |= {(_BODY, *liste, 0, *angabe.pfad): angabe for angabe in blatt.angaben}
    return fields | {("ausnahmen", 0, *angabe.pfad): angabe for angabe in AUSNAHMEN.angaben}


def _value(path: Path, text: str, *, in_cells: bool) -> Tree | None:
    if not text.strip():
        return None
    if in_cells:
        from foerdercheck.reading.lists import items, items_or_shares  # noqa: PLC0415 - only for workbooks

        angabe = angabe_at(path)
        kind = angabe.wertart if angabe else "text"
        return items(text) if kind == "liste" else items_or_shares(text) if kind == "anteile" else text
    if text.lstrip()[:1] in {"[", "{"}:
        from foerdercheck.reading.yaml_tree import read_yaml  # noqa: PLC0415 - only for such values

        read = read_yaml(text.encode(), "")
        if read.problems:
            raise ScalarError(read.problems[0].text)
        return read.tree
    return text


def _cells(document: Document) -> Mapping[str, Path]:
    """Return the paths of the cells of a workbook, by their names in lower case: of a row that begins with a field, that field."""
    places: Mapping[Path, Location] = getattr(document.source, "places", {})
    deepest = sorted((path for path in places if _template(path) in _fields()), key=len)
    return {str(places[path]).casefold(): path for path in deepest}


def _near(text: str, document: Document, cells: Mapping[str, Path]) -> str:
    """Name what is meant, perhaps: what ends with the same word, then what is written alike."""
    there = (
        (str(document.source.locate(path)) for path in cells.values())
        if "!" in text
        else map(path_text, _paths(document.tree))
    )
    known = [*islice(dict.fromkeys(there), _MOST_PATHS)]
    last = text.rpartition(".")[2].casefold()
    same = [word for word in known if word.rpartition(".")[2].casefold() == last] if len(last) >= _A_WORD else []
    near = [*dict.fromkeys((*get_close_matches(text, same[:_MOST_ALIKE], 3, 0), *get_close_matches(text, known)))][:3]
    return f" – meinten Sie {' oder '.join(shown(word) for word in near)}?" if near else ""


def _paths(tree: Tree) -> Iterator[Path]:
    """Yield the paths of the values of a tree, then those of the fields that its Beteiligte and the project could state besides."""
    yield from stated_paths(tree)
    for field in _fields():
        yield from [field] if field[0] != _BODY else [("antragsteller", *field[1:])] if 0 not in field else []


def stated_paths(tree: Tree, here: Path = ()) -> Iterator[Path]:
    """Yield the paths of the values of a tree, in its order."""
    if isinstance(tree, dict):
        for key, part in tree.items():
            yield from stated_paths(part, (*here, key))
    elif isinstance(tree, list):
        for index, part in enumerate(tree):
            yield from stated_paths(part, (*here, index))
    else:
        yield here
