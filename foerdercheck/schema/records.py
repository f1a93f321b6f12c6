"""From the annotations of the records to the JSON Schemas of mappings, lists and values.

An annotation says the same here as to `model/records.py`; what no schema can tell of it is left to the check.
"""

import types
from collections.abc import Callable, Mapping
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints

from foerdercheck.model.beihilfe import Beihilfe, Ereignis
from foerdercheck.model.budget import ALLE_KOSTENARTEN, Monatsposition, Sachposition, Stundenposition
from foerdercheck.model.records import Choice, Scalar, fields_of
from foerdercheck.model.words import Number
from foerdercheck.programmes import verordnungen
from foerdercheck.schema import patterns
from foerdercheck.schema.values import KINDS, Schema, kind_of, numbers_schema, words_schema


def _is(word: str) -> Schema:
    return {"pattern": patterns.words_pattern([word], certain=True)}


_DEMANDS: Mapping[Any, Schema] = {
    Sachposition: {
        "anyOf": [{"required": ["netto"]}, {"required": ["brutto"]}],
        "dependentSchemas": {"netto": {"properties": {"brutto": False}}},
    },
    Beihilfe: {
        "anyOf": [
            {"required": ["gewaehrt_am"]},
            {"required": ["status"], "properties": {"status": {"not": _is("bewilligt")}}},
        ]
    },
    Ereignis: {"anyOf": [{"required": ["anteil"]}, {"properties": {"ereignis": {"not": _is("spaltung")}}}]},
}
"""What `check` of a record demands beyond its annotations, as far as a schema can tell."""

_WORDS: Mapping[tuple[Any, str], tuple[str, ...]] = {
    (Stundenposition, "kostenart"): ("personal",),
    (Monatsposition, "kostenart"): ("personal",),
    (Sachposition, "kostenart"): tuple(word for word in ALLE_KOSTENARTEN if word != "personal"),
}
"""The words by which the forms of a line are told apart; each of them takes no others."""


class Definitions:
    """The definitions a schema refers to, made as they are needed; `explain` gives title and description of a field."""

    def __init__(self, explain: Callable[[Any, str], Mapping[str, str]]) -> None:
        self.schemas: dict[str, Schema] = {}
        self._explain = explain

    def record(self, kind: Any) -> Schema:  # noqa: ANN401 - annotations are no types to mypy
        """Return a reference to the definition of a record."""
        name = kind.__name__.lower()
        if name not in self.schemas:
            self.schemas[name] = {}  # keeps the order in which they are met
            self.schemas[name] = self._record(kind)
        return reference(name)

    def _of(self, hint: Any, worte: tuple[str, ...]) -> Schema:  # noqa: ANN401
        """Return the schema of a value as annotated; `worte` are the only words it may be, where the annotation has more."""
        origin, args = get_origin(hint), get_args(hint)
        if origin is Annotated:
            return self._annotated(args[0], args[1], worte)
        if origin in {types.UnionType, Union}:
            return self._of(args[0], worte)
        if origin is tuple:
            return {"type": "array", "items": self._of(args[0], worte)}
        if origin is dict:
            return self._mapping(self._of(args[0], worte), self._of(args[1], worte))
        return self.record(hint)

    def _record(self, kind: Any) -> Schema:  # noqa: ANN401
        hints = get_type_hints(kind, include_extras=True)
        properties = {
            name: {**self._explain(kind, name), **self._of(hints[name], _WORDS.get((kind, name), ()))}
            for name in kind._fields
        }
        required = [name for name, field in fields_of(kind).items() if field.required]
        return {
            "type": "object",
            **({"required": required} if required else {}),
            **self._unless_split({"properties": properties, "additionalProperties": False}, {"enum": list(properties)}),
            **_DEMANDS.get(kind, {}),
        }

    def _mapping(self, key: Schema, value: Schema) -> Schema:
        whole = {"propertyNames": key, "additionalProperties": value}
        return {"type": "object", "minProperties": 1, **self._unless_split(whole, key)}

    def _unless_split(self, whole: Schema, key: Schema) -> Schema:
        """Return `whole` for a mapping as it is meant, and only its keys where {…} split a number at its comma."""
        rest = self._value("zahlenrest")
        split = {"propertyNames": {"anyOf": [key, rest]}, "patternProperties": {patterns.ZAHLENREST: {"type": "null"}}}
        return {**unsplit(whole), "else": split}

    def _annotated(self, kind: Any, marker: object, worte: tuple[str, ...]) -> Schema:  # noqa: ANN401
        if isinstance(marker, Choice):
            return {"oneOf": [self._of(option, worte) for option in get_args(kind)]}
        if isinstance(marker, Scalar) and marker.worte:
            return words_schema(worte or marker.worte, auch=marker.auch)
        if isinstance(marker, Number):
            self.schemas[marker.vocabulary] = numbers_schema(verordnungen())
            return reference(marker.vocabulary)
        return self._value(kind_of(marker.parse) if isinstance(marker, Scalar) else "text")

    def _value(self, name: str) -> Schema:
        self.schemas[name] = KINDS[name]
        return reference(name)


def unsplit(whole: Schema) -> Schema:
    """Return what holds for a mapping in which {…} split no number at its comma.

    `{betrag: 5.000,00}` is `betrag: 5.000` and an empty `00` to an editor, and 5.000,00 to the reader.
    """
    return {"if": {"propertyNames": {"not": reference("zahlenrest")}}, "then": whole}


def reference(name: str) -> Schema:
    """Return a reference to a definition."""
    return {"$ref": f"#/$defs/{name}"}
