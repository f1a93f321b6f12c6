"""The words of a programme: what a budget that names it may write under its goals, its overhead methods, and so on."""

import types
from collections.abc import Sequence
from itertools import chain
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints

from foerdercheck.model.budget import Budget
from foerdercheck.model.records import Choice
from foerdercheck.model.words import Word, WordAndRate
from foerdercheck.programmes.fassung import Fassung
from foerdercheck.programmes.vokabular import vokabular
from foerdercheck.schema import patterns
from foerdercheck.schema.records import reference, unsplit
from foerdercheck.schema.values import Schema, words_schema


class VocabularySchemas:
    """The words of one programme, of all its versions: a schema cannot tell which of them a date selects."""

    def __init__(self, fassungen: Sequence[Fassung]) -> None:
        self.schemas: dict[str, Schema] = {}
        self._programm = fassungen[0].programm
        self._vocabularies = [vokabular(fassung) for fassung in fassungen]

    def schema(self) -> Schema:
        """Return what holds for a budget of the programme; what it refers to is in `schemas`."""
        return self._record(Budget)

    def condition(self) -> Schema:
        """Return what holds for the budgets that name the programme."""
        name = {"pattern": patterns.words_pattern([self._programm], certain=True)}
        return {"if": {"properties": {"foerderprogramm": name}, "required": ["foerderprogramm"]}, "then": self.schema()}

    def _of(self, hint: Any) -> Schema:  # noqa: ANN401 - annotations are no types to mypy
        """Return what the programme adds to a value as annotated; nothing for most."""
        origin, args = get_origin(hint), get_args(hint)
        if origin is Annotated:
            return self._annotated(args[0], args[1])
        if origin in {types.UnionType, Union}:
            return self._of(args[0])
        if origin is tuple:
            return _under("items", self._of(args[0]))
        if origin is dict:
            key = self._of(args[0])
            return {"propertyNames": {"anyOf": [key, reference("zahlenrest")]}} if key else {}
        return self._record(hint)

    def _record(self, kind: Any) -> Schema:  # noqa: ANN401
        hints = get_type_hints(kind, include_extras=True)
        fields = {name: schema for name in kind._fields if (schema := self._of(hints[name]))}
        if not fields:
            return {}
        name = f"{self._programm}.{kind.__name__.lower()}"
        self.schemas[name] = unsplit({"properties": fields})
        return reference(name)

    def _annotated(self, kind: Any, marker: object) -> Schema:  # noqa: ANN401
        if isinstance(marker, Choice):
            return _all([self._of(option) for option in get_args(kind)])
        if not isinstance(marker, Word | WordAndRate):
            return {}
        known = self._words(marker.vocabulary)
        return words_schema(known, marker.davor if isinstance(marker, Word) else ()) if known else {}

    def _words(self, vocabulary: str) -> Sequence[str]:
        """Return the words of all versions; nothing if one of them leaves the vocabulary open."""
        known = [words_of.get(vocabulary, ()) for words_of in self._vocabularies]
        return tuple(dict.fromkeys(chain.from_iterable(known))) if all(known) else ()


def _all(schemas: Sequence[Schema]) -> Schema:
    """Return what holds for a value written in one of several forms; none of them restricts another."""
    found = [schema for schema in schemas if schema]
    return {"allOf": found} if len(found) > 1 else next(iter(found), {})


def _under(key: str, schema: Schema) -> Schema:
    return {key: schema} if schema else {}
