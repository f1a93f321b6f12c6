"""What a JSON result must be: strict JSON, as its schema says, and of one mind with itself."""

import json

from jsonschema import Draft202012Validator

from foerdercheck.schema.documents import account_schema, comparison_schema, result_schema

RESULTS, ACCOUNTS, COMPARISONS = (
    Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)
    for schema in (result_schema(), account_schema(), comparison_schema())
)


def parsed(text: str):
    """Return a JSON document, a result only if it is valid; twin keys, NaN and Infinity, which json.loads lets pass, are no JSON."""
    document = json.loads(text, object_pairs_hook=_no_twins, parse_constant=_no_number)
    if "foerdercheck" in document:
        check_result(document)
    return document


def _no_twins(pairs):
    assert len({key for key, _ in pairs}) == len(pairs), pairs
    return dict(pairs)


def _no_number(name: str):
    raise AssertionError(f"{name} is no JSON")


def check_result(document):
    validator = ACCOUNTS if "unternehmen" in document else COMPARISONS if "unterschiede" in document else RESULTS
    wrong = [f"{error.json_path}: {error.message[:300]}" for error in validator.iter_errors(document)]
    assert wrong == []
    for budget in document.get("budgets", ()):
        _check_budget(budget)


def _check_budget(budget):
    """What no schema can tell."""
    if "befunde" not in budget:
        assert budget["fehler"]
        return
    for auftrag in budget["vergabe"]["auftraege"] if budget["vergabe"] is not None else ():
        assert (auftrag["status"] == "entfaellt") is not auftrag["drei_angebote_erforderlich"], auftrag
    for body in budget["beteiligte"]:
        for variante in body["gemeinkosten"]["varianten"]:
            assert (variante["grund"] is None) is variante["zulaessig"], variante


def values(node):
    """Yield every key with its value, at any depth."""
    if isinstance(node, dict):
        for key, value in node.items():
            yield key, value
            yield from values(value)
    elif isinstance(node, list):
        for value in node:
            yield from values(value)
