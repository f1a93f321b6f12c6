"""Whoever looks a value up gives all attributes it may depend on: under a condition that everybody meets nothing changes."""

from dataclasses import replace
from functools import cache
from itertools import groupby, islice

import pytest
from rechtsfaelle import differences, load_cases

from foerdercheck.assessment.uebergreifend import spuren
from foerdercheck.programmes import programme_ids
from foerdercheck.programmes.parameter import PARAMETER

JEDER = {"rolle": {"antragsteller", "partner"}, "mehrere_beteiligte": {"ja", "nein"}}
"""What every Beteiligter is, and every project."""
FAELLE = [
    fall
    for programm in programme_ids()
    for _, cases in groupby(load_cases(programm), key=lambda fall: fall.datei)
    for fall in islice((fall for fall in cases if "fehler" not in fall.erwartet), 2)
]
"""Two of each file: what each rule looks up."""


@cache
def under_conditions(fassung):
    """The version with a condition on every value that may have one: on the body, where it may, else on the project."""
    return replace(
        fassung, parameter={name: tuple(map(_conditional, norms)) for name, norms in fassung.parameter.items()}
    )


def _conditional(norm):
    allowed = PARAMETER[norm.parameter].merkmale
    name = next((name for name in JEDER if name in allowed), None)
    return norm._replace(wenn={**norm.wenn, name: norm.wenn.get(name, JEDER[name])}) if name else norm


@pytest.mark.parametrize("fall", FAELLE, ids=lambda fall: fall.id)
def test_a_condition_that_everybody_meets_changes_nothing(fall):
    plain = fall.assess()
    found = fall.assess(fassung=under_conditions(plain.fassung))
    assert differences(fall, found) == []
    assert spuren(found) == spuren(plain)
