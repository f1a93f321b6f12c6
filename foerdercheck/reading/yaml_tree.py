"""YAML into a tree, from the events of a parser: no tags, no floats, no recursion, bounded size.

Scalars stay the text that stands in the file. Composing nodes through PyYAML would recurse in C, and a deeply
nested file would crash the process; the events let depth and size be bounded while reading.
"""

import re
from codecs import BOM_UTF8
from collections.abc import Sequence
from typing import Any, NamedTuple

from yaml.error import MarkedYAMLError, YAMLError
from yaml.reader import Reader

from foerdercheck.model.characters import code_point
from foerdercheck.model.filenames import shown_name
from foerdercheck.model.location import InputError, Location, Path, Problem, key_of
from foerdercheck.model.records import Tree
from foerdercheck.reading.yaml_events import Builder, Events, Marks, location

try:
    from yaml._yaml import CParser as Parser
except ImportError:  # a PyYAML that was built without libyaml: slower by far, and the answers are the same
    from foerdercheck.reading.yaml_pure import PureParser as Parser  # type: ignore[assignment]

MAX_BYTES = 10 * 1024 * 1024
_TABS = "Tabulatoren sind in YAML nicht erlaubt: rücken Sie mit Leerzeichen ein"
_ESCAPE = (
    "hinter \\ stehen in doppelten Anführungszeichen nur bestimmte Zeichen: schreiben Sie \\\\, wenn \\ gemeint ist"
)
_NO_COLON = "could not find expected ':'"
_SYNTAX = {
    "found character that cannot start any token": "dieses Zeichen kann hier nicht stehen (Tabulator? Text mit % @ ` "
    "am Anfang gehört in Anführungszeichen)",
    "found character '\\t(TAB)' that cannot start any token": _TABS,
    "mapping values are not allowed in this context": "ein Doppelpunkt zu viel, oder die Zeile davor ist falsch "
    "eingerückt (Text mit Doppelpunkt gehört in Anführungszeichen)",
    "did not find expected key": "hier wird „schluessel: wert“ erwartet: prüfen Sie die Einrückung",
    "did not find expected '-' indicator": "hier wird ein Listeneintrag mit „- “ erwartet: prüfen Sie die Einrückung",
    _NO_COLON: "hinter dem Schlüssel fehlt der Doppelpunkt",
    "did not find expected ',' or ']'": "die eckige Klammer wird nicht geschlossen, oder es fehlt ein Komma",
    "did not find expected ',' or '}'": "die geschweifte Klammer wird nicht geschlossen, oder es fehlt ein Komma",
    "found unexpected end of stream": "die Datei endet mitten in einem Text: ein Anführungszeichen fehlt",
    "did not find expected node content": "hier fehlt ein Wert",
    "did not find expected <document start>": "die Datei enthält mehr als ein Dokument oder Text hinter dem Ende",
    "block sequence entries are not allowed in this context": "ein Listeneintrag („- “) kann hier nicht stehen: prüfen Sie die "
    "Einrückung",
    "found a tab character that violates indentation": _TABS,
    "found a tab character where an indentation space is expected": _TABS,
    "found unknown escape character": _ESCAPE,
    "found invalid Unicode character escape code": _ESCAPE,
    "did not find expected hexdecimal number": _ESCAPE,
    "found unexpected document indicator": "--- und ... können nicht mitten in einem Text stehen",
}
_PROTECTED = r"(?m)^ *(?:- *)*(?:[\w.-]{1,100}:)?[\u00a0\u2007\u202f]"
_NO_BLANK = r" *(?:- +)*[\w.-]{1,100}:(?=[^\s:/])"
_ODD_BREAK = "[\x85\u2028\u2029]"
_OTHER = "hier steht etwas, das nicht zu YAML gehört (Text mit Sonderzeichen gehört in Anführungszeichen)"


class YamlSource:
    """The source map of a YAML text: resolves paths by walking the marks, only when asked."""

    __slots__ = ("datei", "lines", "marks", "sheets", "text")

    def __init__(self, datei: str, text: str) -> None:
        self.datei = datei
        self.text = text
        self.marks: Any = None  # Marks, or the mark of a scalar
        self.lines: list[str] = []
        self.sheets: tuple[str, ...] = ()

    def name(self, path: Path, *, placed: bool = False) -> str:  # noqa: ARG002 - the line stands beside the message
        """Return the key that `path` ends with."""
        return key_of(path)

    def locate(self, path: Path) -> Location:
        """Return line and column of the value at `path`, or of its nearest ancestor."""
        found = self._walk(path)[0]
        if found is None:
            return Location(zeile=1, spalte=1)
        mark = found.start if isinstance(found, Marks) else found
        return location(mark.line, mark.column)

    def locate_key(self, path: Path) -> Location:
        """Return line and column of the key that `path` ends with."""
        parent, rest = self._walk(path[:-1])
        if isinstance(parent, Marks) and not rest and (mark := parent.keys.get(str(path[-1]))):
            return location(mark.line, mark.column)
        return self.locate(path)

    def excerpt(self, location: Location) -> str:
        """Return the line of the text, shortened."""
        if not self.lines:
            self.lines = self.text.splitlines()
        if location.zeile is None or location.zeile > len(self.lines):
            return ""
        line = self.lines[location.zeile - 1][:200].expandtabs(1).rstrip()
        return line if line.isprintable() else "".join(char if char.isprintable() else "�" for char in line)

    def _walk(self, path: Path) -> tuple[Any, Path]:
        """Return the marks of the last part of `path` that is there, and the parts that are not."""
        found = self.marks
        for depth, part in enumerate(path):
            try:
                found = found.children[part]
            except (AttributeError, LookupError, TypeError):  # a scalar, no such key, or a key where there is a list
                return found, path[depth:]
        return found, ()


class YamlDocument(NamedTuple):
    """The tree of one YAML text, the map of its places, and the problems that do not keep it from being read on."""

    tree: Tree
    source: YamlSource
    problems: tuple[Problem, ...] = ()


def read_yaml(data: bytes, datei: str) -> YamlDocument:
    """Read one YAML document; raises InputError where there is no tree to go on with."""
    source = YamlSource(datei, _decoded(data, datei))
    builder = Builder()
    try:
        builder.run(Parser(source.text))
    except (YAMLError, ValueError) as error:
        builder.problems.append(_protected_space(source.text) or _syntax_problem(error, source.text))
    if not builder.problems and builder.root is None:
        builder.problems.append(Problem("Die Datei ist leer.", (), Location(zeile=1, spalte=1)))
    if builder.root is None:
        raise InputError(builder.problems, source)
    source.marks = builder.root_marks
    return YamlDocument(builder.root, source, tuple(builder.problems))


def events(text: str) -> Events:
    """Return a parser of a text that was read before."""
    return Parser(text)


def _protected_space(text: str) -> Problem | None:
    """Return the problem of the first protected space where YAML knows ordinary ones only: before a key, behind `:` and `-`."""
    if match := re.search(_PROTECTED, text):
        before = text[: match.end() - 1]
        said = (
            f"hier steht ein geschütztes Leerzeichen ({code_point(match[0][-1])}), wie es beim Kopieren entsteht: ersetzen Sie es "
            "durch ein gewöhnliches"
        )
        return Problem(f"Kein gültiges YAML: {said}", (), _end_of(before))
    return None


def _no_blank(lines: Sequence[str], number: int) -> Problem | None:
    """Return the problem of a key whose colon has no blank behind it, in the line of an error or the one before."""
    for index in (number, number - 1):
        if 0 <= index < len(lines) and (match := re.match(_NO_BLANK, lines[index])):
            said = "Kein gültiges YAML: hinter dem Doppelpunkt fehlt ein Leerzeichen"
            return Problem(said, (), location(index, match.end() - 1))
    return None


def _decoded(data: bytes, datei: str) -> str:
    if len(data) > MAX_BYTES:
        raise InputError([Problem(f"{shown_name(datei)}: Die Datei ist größer als 10 MiB; so groß ist kein Budget.")])
    data = data.removeprefix(BOM_UTF8)
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        said = "Das ist kein Text in UTF-8: speichern Sie die Datei mit der Kodierung UTF-8."
        before = data[: error.start].decode(errors="replace")
        raise InputError([Problem(said, (), _end_of(before))], YamlSource(datei, "")) from None
    if text.replace("\n", "").isprintable():  # nearly every one; to look for each odd character takes ten times as long
        return text
    if found := re.search(_ODD_BREAK, text):  # behind it YAML reads on, and an editor may show a comment that goes on
        said = f"das Zeichen {code_point(found[0])} beendet nur in manchen Programmen eine Zeile: löschen Sie es"
        raise InputError(
            [Problem(f"Kein gültiges YAML: {said}", (), _end_of(text[: found.start()]))], YamlSource(datei, text)
        )
    if found := Reader.NON_PRINTABLE.search(text):
        said = "Kein gültiges YAML: Steuerzeichen sind nicht erlaubt"
        raise InputError([Problem(said, (), _end_of(text[: found.start()]))], YamlSource(datei, text))
    return text


def _end_of(text: str) -> Location:
    return location(text.count("\n"), len(text) - text.rfind("\n") - 1)


def _syntax_problem(error: Exception, text: str) -> Problem:
    if isinstance(error, MarkedYAMLError):
        mark = error.problem_mark or error.context_mark
        if error.problem == _NO_COLON and error.context_mark:  # what lacks it stands where the scanner began
            mark = error.context_mark
        if mark and (problem := _no_blank(text.splitlines()[: mark.line + 1], mark.line)):
            return problem
        reason = _SYNTAX.get(error.problem or "", _OTHER)
        place = location(mark.line, mark.column) if mark else Location(zeile=1, spalte=1)
        return Problem(f"Kein gültiges YAML: {reason}", (), place)
    return Problem("Kein gültiges YAML: unlesbare Zeichen", (), Location(zeile=1, spalte=1))
