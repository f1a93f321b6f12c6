"""What the rules say, word for word, and the line of the budget they point to.

`_befunde.yaml` beside the cases of a programme holds under each rule every kind of finding once: the case it is from
(`fall`), its `status`, its `betrag` and the line it points to (`zeile`) if it has them, and its whole `text`.
"""

import pytest
from rechtsfaelle import FASSUNGEN, ORDNER, Fall, as_yaml, grundfall, load_cases, read

from foerdercheck.assessment import antworten
from foerdercheck.model.befund import Befund, Feststellung
from foerdercheck.model.budget import Auftrag, Beteiligter, Budget, Sachposition, Stundenposition, Vorhaben
from foerdercheck.model.finanzierung import Finanzierung, WeitereMittel
from foerdercheck.model.location import SourceMap
from foerdercheck.programmes.parameter import SITZ
from foerdercheck.rules import GebundeneRegel
from foerdercheck.rules.sachverhalt import Pruefung, je_beteiligter, je_vorhaben

RECORDS = (Budget, Vorhaben, Beteiligter, Stundenposition, Sachposition, Auftrag, Finanzierung, WeitereMittel)
BEFUNDE = {file.parent.name: read(file) for file in sorted(ORDNER.glob("*/_befunde.yaml"))}
EINZELN = [
    pytest.param(programm, regel, befund, id=f"{programm}/{regel}-{number}")
    for programm, rules in BEFUNDE.items()
    for regel, befunde in rules.items()
    for number, befund in enumerate(befunde)
]


def findings(fall: Fall, regel: str) -> list[dict[str, str]]:
    """The findings of a rule in a case, as they stand in `_befunde.yaml`."""
    return [_as_written(fall, befund) for befund in fall.assess().befunde if befund.regel == f"{fall.programm}/{regel}"]


def _as_written(fall: Fall, befund: Befund) -> dict[str, str]:
    said = {
        "fall": fall.id,
        "status": befund.status,
        "betrag": "" if befund.betrag is None else str(befund.betrag),
        "zeile": as_yaml(fall.budget).splitlines()[befund.ort.zeile - 1].strip() if befund.ort else "",
        "text": befund.text,
    }
    return {key: value for key, value in said.items() if value}


@pytest.mark.parametrize(("programm", "regel", "befund"), EINZELN)
def test_befund(programm, regel, befund):
    (fall,) = [fall for fall in load_cases(programm) if fall.id == befund["fall"]]
    assert befund in findings(fall, regel)


@pytest.mark.parametrize("programm", BEFUNDE)
def test_a_finding_says_apart_from_its_text_what_it_rests_on(programm):
    marks = {" [Auslegung": "auslegung", " [Sekundärquelle": "sekundaer"}
    for befund in grundfall(programm).assess().befunde:
        shown = [beleg for mark, beleg in marks.items() if mark in befund.text]
        assert shown or befund.status == "entfaellt" or befund.beleg == "wortlaut", befund.regel
        assert not shown or befund.beleg == shown[0], befund.regel


@pytest.mark.parametrize("programm", BEFUNDE)
def test_every_place_a_rule_names_is_a_field_of_the_budget(monkeypatch, programm):
    """Where a statement is missing, YAML shows the nearest line, but a spreadsheet the empty cell."""
    named: set[str | int] = set()

    def noted(gebunden: GebundeneRegel, name: str | None, said: Feststellung, source: SourceMap) -> Befund:
        named.update(part for part in said.pfad if not isinstance(part, int))
        return befund_of(gebunden, name, said, source)

    befund_of = antworten._befund
    monkeypatch.setattr(antworten, "_befund", noted)
    told = {befund["fall"] for befunde in BEFUNDE[programm].values() for befund in befunde}
    for fall in load_cases(programm):
        if fall.id in told:
            fall.assess()
    assert named - {name for record in RECORDS for name in record._fields} == set()


@pytest.mark.parametrize("fassung", FASSUNGEN, ids=lambda fassung: f"{fassung.programm}-{fassung.gilt.von}")
def test_every_rule_is_there(fassung):
    assert [f"{fassung.programm}/{regel}" for regel in BEFUNDE[fassung.programm]] == [r.id for r in fassung.regeln]


def test_a_function_becomes_a_rule_under_its_name():
    def regel(_fall):
        yield from ()

    assert je_vorhaben(SITZ)(regel) == Pruefung("regel", (SITZ,), vorhaben=regel, beteiligter=None)
    assert je_beteiligter(SITZ)(regel) == Pruefung("regel", (SITZ,), vorhaben=None, beteiligter=regel)
