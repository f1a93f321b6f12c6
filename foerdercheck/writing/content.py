"""What a budget or a history says, sheet by sheet: rows of typed values by field, and back to a tree of text."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from foerdercheck.model.amounts import parse_prozent
from foerdercheck.model.angabe import Angabe, Blatt
from foerdercheck.model.angaben import AUSNAHMEN, BETEILIGTE, LISTEN, VORHABEN
from foerdercheck.model.beihilfe import Historie
from foerdercheck.model.beihilfeangaben import BEIHILFEN, EREIGNISSE, HISTORIENBLAETTER, VERBUND
from foerdercheck.model.location import InputError, Problem
from foerdercheck.model.records import Tree, part_of
from foerdercheck.model.scalars import fold

Row = Mapping[str, object]
Content = Mapping[str, Sequence[Row]]
"""Sheet → rows; a row maps fields to typed values (shares as fractions, lists as tuples, shares by name as mappings)."""

_TEILE: Mapping[Blatt, str] = {BEIHILFEN: "beihilfen", VERBUND: "verbund", EREIGNISSE: "ereignisse"}


def budget_content(tree: Tree) -> Content:
    """Return the rows of a budget whose values can all be read; raises InputError where lines would lose their owner."""
    bodies = list(_bodies(tree))
    if bodies and _at(tree, ("antragsteller",)) is None:
        raise InputError([Problem("antragsteller fehlt: in einer Tabelle stünde an seiner Stelle der erste Partner")])
    content: dict[str, list[Row]] = {VORHABEN.name: [_row(VORHABEN, tree)], BETEILIGTE.name: []}
    for body in bodies:
        content[BETEILIGTE.name].append(_row(BETEILIGTE, body))
        if len(bodies) > 1 and not _at(body, ("name",)):
            raise InputError([Problem("name fehlt: bei mehreren Beteiligten gehört jede Zeile zu einem Namen")])
    names = {fold(str(row.get("name"))) for row in content[BETEILIGTE.name]}
    if len(names) < len(bodies):
        raise InputError([Problem("zwei Beteiligte heißen gleich: unterscheiden Sie ihre Namen")])
    for blatt, pfad in LISTEN.items():
        content[blatt.name] = [_owner(body) | _row(blatt, line) for body in bodies for line in _lines(_at(body, pfad))]
    content[AUSNAHMEN.name] = [_row(AUSNAHMEN, entry) for entry in _lines(_at(tree, ("ausnahmen",)))]
    return content


def historie_content(historie: Historie) -> Content:
    """Return the rows of a history; what has its default is left out."""
    parts = {BEIHILFEN: historie.beihilfen, VERBUND: historie.verbund, EREIGNISSE: historie.ereignisse}
    return {blatt.name: [_stated(record) for record in records] for blatt, records in parts.items()}


def _stated(record: Any) -> Row:  # noqa: ANN401 - any of the three records
    return {
        field: value
        for field, value in record._asdict().items()
        if field not in record._field_defaults or value != record._field_defaults[field]
    }


def _bodies(tree: Tree) -> Iterator[Tree]:
    applicant = _at(tree, ("antragsteller",))
    if applicant is not None:
        yield applicant
    yield from _lines(_at(tree, ("partner",)))


def _owner(body: Tree) -> dict[str, object]:
    name = _at(body, ("name",))
    return {"beteiligter": BETEILIGTE.angaben[0].parse(name)} if name is not None else {}


def _lines(tree: Tree | None) -> list[Tree]:
    return tree if isinstance(tree, list) else []


def _at(tree: Tree | None, pfad: tuple[str, ...]) -> Tree | None:
    for key in pfad:
        tree = tree.get(key) if isinstance(tree, dict) else None
    return tree


def _row(blatt: Blatt, record: Tree) -> dict[str, object]:
    row: dict[str, object] = {}
    for angabe in blatt.angaben:
        stated = _at(record, angabe.pfad)
        if angabe.feld == "stunden" and isinstance(stated, dict):
            row |= {f"stunden_{year}": angabe.parse(hours) for year, hours in stated.items()}
        elif angabe.feld == "deminimis" and isinstance(stated, list):
            row |= {} if stated else {"deminimis": "keine"}  # an empty list says the same
        elif stated is not None and stated != []:
            row[angabe.feld] = _typed(angabe, stated)
    return row


def _typed(angabe: Angabe, stated: Tree) -> object:
    if isinstance(stated, list):
        return tuple(angabe.parse(item) for item in stated)
    if isinstance(stated, dict):
        return {angabe.parse(name): parse_prozent(share) for name, share in stated.items()}
    return (angabe.parse(stated),) if angabe.wertart == "liste" else angabe.parse(stated)


def budget_tree(content: Content) -> dict[str, Tree]:
    """Return the tree of a budget as text, ready to be written as YAML."""
    tree = _nested(VORHABEN, content[VORHABEN.name][0])
    bodies = [_body(row, content, alone=len(content[BETEILIGTE.name]) == 1) for row in content[BETEILIGTE.name]]
    if bodies:
        tree["antragsteller"] = bodies[0]
    if bodies[1:]:
        tree["partner"] = list(bodies[1:])
    if accepted := content[AUSNAHMEN.name]:
        tree["ausnahmen"] = [_nested(AUSNAHMEN, row) for row in accepted]
    return tree


def historie_tree(content: Content) -> dict[str, Tree]:
    """Return the tree of a history as text, ready to be written as YAML."""
    tree: dict[str, Tree] = {}
    for blatt in HISTORIENBLAETTER:
        rows: list[Tree] = [_nested(blatt, row) for row in content[blatt.name]]
        if rows or blatt is BEIHILFEN:
            tree[_TEILE[blatt]] = rows
    return tree


def _body(row: Row, content: Content, *, alone: bool) -> dict[str, Tree]:
    body = _nested(BETEILIGTE, row)
    for blatt, (*above, key) in LISTEN.items():
        rows = [line for line in content[blatt.name] if alone or line["beteiligter"] == row["name"]]
        lines: list[Tree] = [_nested(blatt, line) for line in rows]
        target = body
        for part in above if lines else ():
            target = part_of(target, part)
        if lines:
            target[key] = lines
    return body


def _nested(blatt: Blatt, row: Row) -> dict[str, Tree]:
    record: dict[str, Tree] = {}
    for feld, value in row.items():
        angabe = blatt.find(feld)
        if angabe is not None:
            target = record
            for key in angabe.pfad[:-1]:
                target = part_of(target, key)
            target[angabe.pfad[-1]] = as_text(angabe, value)
        elif feld.startswith("stunden_"):
            part_of(record, "stunden")[feld.removeprefix("stunden_")] = _decimals(value)
    return record


def as_text(angabe: Angabe, value: object) -> Tree:
    """Return a value as it reads back from YAML."""
    if isinstance(value, tuple):
        return [as_text(angabe, item) for item in value]
    if isinstance(value, Mapping):
        return {str(name): percent(share) for name, share in value.items()}
    if isinstance(value, bool):
        return "ja" if value else "nein"
    if isinstance(value, date):
        return f"{value:%Y-%m}" if angabe.wertart == "monat" else value.isoformat()
    if angabe.wertart == "geld":
        return f"{value:.2f}".replace(".", ",")
    if angabe.wertart == "prozent" and isinstance(value, Decimal):
        return percent(value)
    return _decimals(value) if isinstance(value, Decimal) else str(value)


def percent(share: Decimal) -> str:
    """Return a fraction as it reads back, exactly: 0.605 → `60,5 %`."""
    return f"{_decimals(share * 100)} %"


def _decimals(value: object) -> str:
    """Write a number with a comma; never with three decimals, which could as well be thousands."""
    text = format(value.normalize(), "f") if isinstance(value, Decimal) else str(value)
    whole, _, rest = text.partition(".")
    return f"{whole},{rest.ljust(4, '0') if len(rest) == 3 else rest}" if rest else whole
