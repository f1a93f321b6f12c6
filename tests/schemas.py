"""The JSON Schemas, and what they and the reader say of a document."""

import re
from pathlib import Path
from typing import Any

import yaml
from jsonschema import Draft202012Validator

from foerdercheck.schema.documents import budget_schema, history_schema

ROOT = Path(__file__).parents[1]
BUDGET, HISTORIE = budget_schema(), history_schema()
IS_BUDGET, IS_HISTORIE = (Draft202012Validator(schema).is_valid for schema in (BUDGET, HISTORIE))
FILES = sorted((ROOT / "budgets").glob("*.yaml"))
CORE = [
    (re.compile(r"|~|null|Null|NULL"), lambda _: None),
    (re.compile(r"true|True|TRUE|false|False|FALSE"), lambda text: text.casefold() == "true"),
    (re.compile(r"[-+]?[0-9]+"), int),
    (re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?"), float),
]
"""What a plain scalar is by the core schema of YAML 1.2."""


def plain(text: str) -> Any:  # noqa: ANN401
    """Return what a scalar without quotes is to an editor."""
    return next((make(text) for form, make in CORE if form.fullmatch(text)), text)


def seen(node: yaml.Node) -> Any:  # noqa: ANN401
    """Return what a YAML node is to an editor: keys as text, scalars in quotes as text, others by their form."""
    if isinstance(node, yaml.MappingNode):
        return {key.value: seen(value) for key, value in node.value}
    if isinstance(node, yaml.SequenceNode):
        return [seen(item) for item in node.value]
    return node.value if node.style else plain(node.value)


def editor(text: str) -> Any:  # noqa: ANN401
    """Return what an editor makes of a file."""
    return seen(yaml.compose(text, Loader=yaml.CBaseLoader))


def unquoted(tree: Any) -> Any:  # noqa: ANN401
    """Return a tree of text as if no scalar had quotes."""
    if isinstance(tree, dict):
        return {key: unquoted(value) for key, value in tree.items()}
    return [unquoted(item) for item in tree] if isinstance(tree, list) else plain(tree)


def every(schema: Any, key: str) -> list[Any]:  # noqa: ANN401
    """Return all values of a keyword, anywhere in a schema."""
    inside = schema.values() if isinstance(schema, dict) else schema if isinstance(schema, list) else ()
    found = [schema[key]] if isinstance(schema, dict) and key in schema else []
    return found + [value for part in inside for value in every(part, key)]


WHOLE = """foerderprogramm: sh-ki
vorhaben:
  ziele: [wissen]
  antragsdatum: 2026-01-15
  beginn: 2026-04-01
  ende: 2027-09-30
  folgekosten_gesichert: ja
antragsteller:
  name: TH
  art: hochschule
  sitz: SH
  gemeinkosten: auto
  kosten:
  - kostenart: personal
    bezeichnung: A
    stundensatz: 50.5
    stunden: {2026: 100, 2027: 100}
    beschaeftigungsumfang: 50 %
  - kostenart: material
    bezeichnung: B
    netto: 48000
    auftrag: {nr: 1, angebote: 3}
  finanzierung:
    eigenmittel: 41.156,25
    weitere:
    - {geber: A, betrag: 5.000,00, oeffentlich: ja}
"""
