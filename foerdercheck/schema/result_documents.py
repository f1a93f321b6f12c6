"""From the types of the JSON results to their JSON Schemas."""

from types import NoneType, UnionType
from typing import Annotated, Any, Literal, NotRequired, Union, get_args, get_origin, get_type_hints, is_typeddict

from foerdercheck.schema.records import reference
from foerdercheck.schema.result_values import Form, Words
from foerdercheck.schema.values import Schema

_TYPES: dict[Any, Schema] = {
    str: {"type": "string"},
    int: {"type": "integer"},
    bool: {"type": "boolean"},
    NoneType: {"type": "null"},
}


class ResultDefinitions:
    """The definitions a schema of results refers to, made as they are needed."""

    def __init__(self) -> None:
        self.schemas: dict[str, Schema] = {}

    def document(self, kind: Any) -> Schema:  # noqa: ANN401 - annotations are no types to mypy
        """Return the schema of an object: exactly its keys, and what each means."""
        hints = get_type_hints(kind, include_extras=True)
        return {
            "type": "object",
            "required": [name for name in hints if name in kind.__required_keys__],
            "properties": {name: self._of(hint) for name, hint in hints.items()},
            "additionalProperties": False,
        }

    def _of(self, hint: Any) -> Schema:  # noqa: ANN401
        origin, args = get_origin(hint), get_args(hint)
        if origin is NotRequired:
            return self._of(args[0])
        if origin is Annotated:
            return self._annotated(args[0], args[1:])
        if origin is Literal:
            return {"enum": list(args)}
        if origin in {Union, UnionType}:
            return {"anyOf": [self._of(option) for option in args]}
        if origin is list:
            return {"type": "array", "items": self._of(args[0])}
        return self._named(hint.__name__.lower().removesuffix("json"), hint) if is_typeddict(hint) else _TYPES[hint]

    def _annotated(self, kind: Any, marks: tuple[Any, ...]) -> Schema:  # noqa: ANN401
        schema = self._of(kind)
        for mark in marks:
            if isinstance(mark, Form):
                self.schemas[mark.name] = {"type": "string", "pattern": mark.pattern, "description": mark.inhalt}
                self.schemas[mark.name] |= {"format": mark.format} if mark.format else {}
                schema = reference(mark.name)
            elif isinstance(mark, Words):
                words: list[str | None] = [*mark.words]
                schema = {"enum": [*words, None] if NoneType in get_args(kind) else words}
            else:
                schema = {**schema, "description": mark}
        return schema

    def _named(self, name: str, kind: Any) -> Schema:  # noqa: ANN401
        if name not in self.schemas:
            self.schemas[name] = {}  # keeps the order in which they are met, and ends the recursion
            self.schemas[name] = self.document(kind)
        return reference(name)
