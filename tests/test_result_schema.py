"""The schemas of the results: every key is there and explained, and what is not a result of ours is none."""

import copy
import json
import re
from pathlib import Path

import pytest
from demo import BUDGETS, HISTORIE, UNDER
from results import ACCOUNTS, RESULTS, parsed

from foerdercheck.reports.result_json import FORMAT
from foerdercheck.schema.documents import account_schema, result_schema

EXAMPLES = Path(__file__).parents[1] / "budgets"
SCHEMAS = {"check": result_schema(), "deminimis": account_schema()}
OPTIONAL = {
    "datei",
    "angenommen",
    "herleitung",
    "nicht_im_fenster",
    "hoechstbetraege",
    "verlauf",
    "freigaben",
    "register",
    "nicht_geprueft",
}
CALLS = {
    "check": ("check", *UNDER, BUDGETS, "--herleitung"),
    "deminimis": ("deminimis", HISTORIE, "--herleitung", "--was-geht-noch", "--frist"),
}


@pytest.fixture(scope="module")
def documents():
    return {}


@pytest.fixture
def document(run, documents, request):
    command = request.param
    if command not in documents:
        documents[command] = parsed(run(*CALLS[command], "--stichtag", "2026-04-20", "--format", "json").out)
    return copy.deepcopy(documents[command])


each_result = pytest.mark.parametrize(
    ("document", "schema"), [(name, SCHEMAS[name]) for name in CALLS], indirect=["document"]
)


def objects(schema):
    """Yield every object of a schema with its name."""
    yield "", schema
    yield from ((name, each) for name, each in schema["$defs"].items() if each["type"] == "object")


@pytest.mark.parametrize("schema", SCHEMAS.values(), ids=SCHEMAS)
def test_every_key_is_explained_in_german(schema):
    said = {
        (name, key): value["description"] for name, each in objects(schema) for key, value in each["properties"].items()
    }
    assert len(said) > 30
    assert [
        key for key, text in said.items() if not (text[0].isupper() and text.endswith(".") and len(text.split()) > 1)
    ] == []
    assert all(each["additionalProperties"] is False for _, each in objects(schema))
    assert schema["properties"]["format"]["enum"] == [FORMAT]


def nodes(node, path=()):
    """Yield every object of a document with its path."""
    if isinstance(node, dict):
        yield path, node
        for key, value in node.items():
            yield from nodes(value, (*path, key))
    elif isinstance(node, list):
        for index, value in enumerate(node):
            yield from nodes(value, (*path, index))


def shapes(document):
    """Yield one object of every kind there is: as many keys and ways to it as the schema tells apart."""
    seen = {}
    for path, node in nodes(document):
        seen.setdefault((tuple(part for part in path if isinstance(part, str)), *node), path)
    return seen.values()


def at(document, path):
    for part in path:
        document = document[part]
    return document


@each_result
def test_a_key_more_or_less_is_noticed(document, schema):
    validator = RESULTS if "budgets" in schema["properties"] else ACCOUNTS
    assert validator.is_valid(document)
    found = list(shapes(document))
    assert len(found) >= 5
    for path in found:
        node = at(document, path)
        node["neu"] = 1
        assert not validator.is_valid(_least(document, path)), path
        del node["neu"]
        for key in list(node):
            if key in OPTIONAL and path:
                continue  # they may be left out
            value = node.pop(key)
            assert not validator.is_valid(_least(document, path)), (path, key)
            node[key] = value


def _least(document, path):
    """Return the document with nothing in its list but the entry a path leads to, so that little is looked at."""
    if len(path) < 2:
        return document
    return {**document, path[0]: [document[path[0]][path[1]]]}


@each_result
def test_every_value_of_another_kind_is_noticed(document, schema):
    validator = RESULTS if "budgets" in schema["properties"] else ACCOUNTS
    for path in shapes(document):
        node = at(document, path)
        for key, value in list(node.items()):
            if isinstance(value, list | dict):
                continue
            node[key] = 1.5
            assert not validator.is_valid(_least(document, path)), (path, key)
            node[key] = value


@each_result
def test_keys_come_in_the_order_of_the_schema(document, schema):
    orders = [list(each["properties"]) for _, each in objects(schema) if each is not schema]
    for path, node in nodes(document):
        if path:
            assert any([key for key in order if key in node] == list(node) for order in orders), list(node)


def shown():
    """Yield the calls of docs/ergebnis.md with the parts of their results it shows."""
    page = (EXAMPLES.parent / "docs" / "ergebnis.md").read_text(encoding="utf-8")
    for section in page.split("$ foerdercheck ")[1:]:
        call, _, rest = section.partition("\n")
        yield call.split(), re.findall(r"<!-- (\S+) -->\n\n```json\n(.*?)```", rest, re.DOTALL)


def named(document, path):
    """Return the part of a document at a path like `budgets[0].befunde[sh-ki/5.3-stunden].ort`."""
    for step in re.findall(r"\w+|\[.*?\]", path):
        if not step.startswith("["):
            document = document[step]
        elif step[1:-1].isdigit():
            document = document[int(step[1:-1])]
        else:
            (document,) = (entry for entry in document if entry["regel"] == step[1:-1])
    return document


@pytest.mark.parametrize(
    ("call", "parts"), list(shown()), ids=lambda value: value[1] if isinstance(value[0], str) else ""
)
def test_the_page_shows_real_results(run, monkeypatch, call, parts):
    monkeypatch.chdir(EXAMPLES.parent)
    document = parsed(run(*call).out)
    assert parts
    for path, text in parts:
        assert json.loads(text) == named(document, path), path
