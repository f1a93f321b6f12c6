"""What a schema says of words: those of a programme bind its budgets alone, places and methods pass as they are read."""

from typing import Annotated

import pytest
from jsonschema import Draft202012Validator
from rechtsfaelle import FASSUNGEN

from foerdercheck.assessment.budget import check_budget
from foerdercheck.model.records import Intake
from foerdercheck.model.words import Word, WordAndRate
from foerdercheck.programmes import programme_ids
from foerdercheck.programmes.loader import load_fassung
from foerdercheck.programmes.vokabular import vokabular
from foerdercheck.schema.documents import budget_schema, schema_text
from foerdercheck.schema.values import words_schema
from schemas import BUDGET, IS_BUDGET, ROOT, WHOLE, editor, every


def test_words_of_a_programme_bind_its_budgets_alone():
    known, *conditions = BUDGET["allOf"]
    assert len(conditions) == len(programme_ids())
    assert every(known, "enum") == [programme_ids()]
    passes = Draft202012Validator({**BUDGET, "allOf": conditions}).is_valid
    text = WHOLE.replace("wissen", "wattenmeer")
    assert not passes(editor(text))
    assert passes(editor(text.replace("sh-ki", "anderes", 1)))


@pytest.mark.parametrize("fassung", FASSUNGEN, ids=lambda fassung: f"{fassung.programm} {fassung.gilt.von}")
def test_an_editor_offers_the_words_of_each_programme(fassung):
    definitions = {name: each for name, each in BUDGET["$defs"].items() if name.startswith(f"{fassung.programm}.")}
    offered = [set(words) for words in every(definitions, "enum")]
    for name in vokabular(fassung).keys() - vokabular().keys():
        worte = vokabular(fassung)[name]
        assert any(set(worte) <= words for words in offered), name


LANDKREISE = ("Celle", "Rotenburg (Wümme)", "Nienburg/Weser", "Oldenburg", "Stadt Oldenburg", "Region Hannover")
PLACES = [
    "celle",
    "LK Celle",
    "Landkreis  Celle",
    "Kreis Rotenburg",
    "Rotenburg/Wümme",
    "ROTENBURG (WUEMME)",
    "Nienburg",
]
PLACES += [
    "Stadt Nienburg (Weser)",
    "Hannover",
    "Region\tHannover",
    "Landkreis Oldenburg",
    "Stadt Oldenburg",
    *LANDKREISE,
]
NO_PLACES = ["Cele", "Landkreis", "Celle Nord", "Nord Celle", "Weser", "Stadt"]
METHODEN = ("auto", "personal … %", "direkt")
CHOICES = ["auto", "Personal 15 %", "personal 12,5%", "personal  7\u202f%", "Direkt"]
NO_CHOICES = ["personal", "personal 15", "direkt 15 %", "personal 101 %", "personal 12,345 %", "persona 15 %", "15 %"]


def can_be_read(marker: Word | WordAndRate, known: tuple[str, ...], text: str) -> bool:
    intake = Intake({marker.vocabulary: known})
    intake.read_kind(Annotated[str, marker], text, ())
    return intake.count == 0


@pytest.mark.parametrize("place", [*PLACES, *NO_PLACES])
def test_a_place_passes_if_and_only_if_it_can_be_read(place):
    davor = ("Landkreis", "LK", "Kreis", "Stadt", "Region")
    assert can_be_read(Word("x", "hier", davor), LANDKREISE, place) == (place in PLACES)
    assert Draft202012Validator(words_schema(LANDKREISE, davor)).is_valid(place) == (place in PLACES)


@pytest.mark.parametrize("choice", [*CHOICES, *NO_CHOICES])
def test_a_method_passes_if_and_only_if_it_can_be_read(choice):
    assert can_be_read(WordAndRate("x", "hier"), METHODEN, choice) == (choice in CHOICES)
    assert Draft202012Validator(words_schema(METHODEN)).is_valid(choice) == (choice in CHOICES)


ZUKUNFTSREGION = """foerderprogramm: zr-ni
vorhaben: {antragsdatum: 2025-01-15, beginn: 2025-04-01, ende: 2026-09-30, foerdergegenstand: Projekt, landkreise: [LK Celle]}
antragsteller:
  name: Landkreis Celle
  art: kommune
  gemeinkosten: personal 15 %
  kosten:
  - {kostenart: personal, bezeichnung: Leitung, stufe: 5, von: 2025-05, anteil: 50 %}
ausnahmen:
- {regel: REGEL, grund: A, wer: B, bis: 2026-12-31}
""".replace("REGEL", next(fassung.regeln[0].id for fassung in FASSUNGEN if fassung.programm == "zr-ni"))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("", ""),
        ("[LK Celle]", "{Verden: 60 %, Diepholz: 40 %}"),
        ("[LK Celle]", "{Verden: 62,5 %, Diepholz: 37.5 %}"),
        ("stufe: 5", "stufe: 1a"),
        ("gemeinkosten: personal 15 %", "gemeinkosten: Direkt 12,5 %"),
        ("antragsteller:", "partner:\n- {name: X, art: kommune, gemeinkosten: personal 12,5 %}\nantragsteller:"),
    ],
)
def test_words_of_other_programmes_pass(old, new):
    text = ZUKUNFTSREGION.replace(old, new, 1)
    assert check_budget(text.encode()).exit_code != 2
    assert IS_BUDGET(editor(text))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("[LK Celle]", "[Kiel]"),
        ("[LK Celle]", "{Kiel: 100 %}"),
        ("[LK Celle]", "{Celle: 100}"),
        ("Projekt", "Projekte"),
        ("stufe: 5", "stufe: 1c"),
        ("personal 15 %", "personal 15"),
        ("50 %}", "50}"),
        ("von: 2025-05", "von: 05.2025"),
        (", wer: B", ""),
    ],
)
def test_a_fault_under_other_programmes_is_seen(old, new):
    text = ZUKUNFTSREGION.replace(old, new, 1)
    assert check_budget(text.encode()).exit_code == 2
    assert not IS_BUDGET(editor(text))


def test_a_programme_of_ones_own_binds_whatever_a_budget_names(run, tmp_path):
    file = tmp_path / "demo.yaml"
    file.write_bytes((ROOT / "tests" / "demo_programm.yaml").read_bytes())
    schema = budget_schema(load_fassung(file))
    assert run("schema", "--programm", file) == (0, schema_text(schema), "")
    passes = Draft202012Validator(schema).is_valid
    own = WHOLE.replace("wissen", "fliegen").replace("auto", "keine")
    assert not passes(editor(WHOLE))
    for name in ("sh-ki", "demo", "beliebig"):
        assert passes(editor(own.replace("sh-ki", name, 1)))
