"""What a law says stands in its file: no Ziffer, article, amount or kind of body in the rules and the calculation."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import foerdercheck
from foerdercheck.model.budget import ARTEN
from foerdercheck.programmes import programme_ids, verordnungen

HOME = Path(foerdercheck.__file__).parent
MODULES = {
    f"{file.parent.name}/{file.stem}": file for room in ("rules", "calculation") for file in (HOME / room).glob("*.py")
}
LAW = re.compile(
    r"[0-9§%]|\b(?:Art|Abs|Nr|Buchst)\.|\b(?:zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|elf|zwölf|hundert|tausend|viertel|"
    r"drittel|hälfte)",
    re.IGNORECASE,
)
WORDS = {*ARTEN, *verordnungen(), *programme_ids()}
NOTHING = {0, 1, "0.00"}
"""None, one or the whole, and no money: they count what there is and limit nothing."""
ERLAUBT = {
    ("calculation/auftraege", 2): "an order whose lines may contradict each other has two",
    ("calculation/auftraege", " ist in zwei Positionen verschieden"): "the same, in words",
    ("calculation/deckel", 12): "months of a year",
    ("calculation/deckel", " Monate ÷ 12"): "months of a year, in a formula",
    ("calculation/kosten", " brutto ÷ (1 + "): "one is the price itself, in a formula",
    ("calculation/kosten", " netto × (1 + "): "one is the price itself, in a formula",
    ("calculation/monatskosten", 12): "months of a year",
    ("calculation/monatskosten", "0.0001"): "two decimals of a percentage, as a budget writes them",
    ("calculation/rechnung", "startup"): "the kind of body the parameters startup_… are about",
    ("calculation/stunden", 12): "the last month of a year",
    ("calculation/stunden", 24): "hours of a day",
    ("calculation/stunden", 31): "the last day of a year",
    ("rules/__init__", "startup"): "the name of a rule",
    ("rules/beihilfe", "“ ist nicht lesbar: schreiben Sie die NACE-Nummer wie 62.01."): "an example of how to write it",
    ("rules/einheitskosten", 3): "so many years are named one by one",
    (
        "rules/einheitskosten",
        " ist kein Satz der Stufe bekannt; diese Monate sind mit 0,00 € gerechnet. Prüfen Sie von und bis, oder fragen Sie die "
        "Bewilligungsstelle.",
    ): "no money",
    ("rules/finanzierung", "Beantragt sind 0,00 €"): "no money",
    ("rules/finanzierung", "Nach dem Fördersatz sind es 0,00 €"): "no money",
    ("rules/vergabe", 3): "so many orders are named one by one",
    ("rules/personal", 2): "decimals of hours that are shown",
    ("rules/personal", 12): "months of a year",
}  # fmt: skip
"""What looks like law but is none, by module, and why."""


def law_in(source: str) -> Iterator[object]:
    """Yield every constant that looks like law; a docstring, a format and the place in a sequence are none."""
    nodes = list(ast.walk(ast.parse(source)))
    other: list[ast.AST] = [node.value for node in nodes if isinstance(node, ast.Expr)]
    other += [node.slice for node in nodes if isinstance(node, ast.Subscript)]
    formats = [node.format_spec for node in nodes if isinstance(node, ast.FormattedValue) and node.format_spec]
    other += [part for node in formats for part in ast.walk(node)]
    for node in nodes:
        if isinstance(node, ast.Constant) and node not in other and looks_like_law(node.value):
            yield node.value


def looks_like_law(value: object) -> bool:
    if isinstance(value, str):
        return value not in NOTHING and (value in WORDS or LAW.search(value) is not None)
    return isinstance(value, (int, float)) and value not in NOTHING


@pytest.mark.parametrize("module", MODULES)
def test_no_law_stands_in_the_code(module):
    found = {(module, value) for value in law_in(MODULES[module].read_text(encoding="utf-8"))}
    allowed = {where for where in ERLAUBT if where[0] == module}
    assert found - allowed == set()
    assert allowed - found == set()


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ('x = "fällt ganz heraus (Art. 3 Abs. 7)"', ["fällt ganz heraus (Art. 3 Abs. 7)"]),
        ('x = "nach Ziffer 5.4"', ["nach Ziffer 5.4"]),
        ('x = f"Drei Angebote erforderlich: {y:.2f}"', ["Drei Angebote erforderlich: "]),
        ('x = "binnen sechs Monaten"', ["binnen sechs Monaten"]),
        ("x = Decimal('300000.00') if y > 24 else z[3]", [24, "300000.00"]),
        ('x = art in {"hochschule", "verein"}', ["hochschule"]),
        ("x = f(verordnung='2023/2831')", ["2023/2831"]),
        ('def f() -> int:\n    """Ab 25.000 Euro drei Angebote."""\n    return 0', []),
        ('x = "nicht zuwendungsfähig"', []),
    ],
)
def test_what_counts_as_law(source, found):
    assert list(law_in(source)) == found
