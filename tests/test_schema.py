"""The JSON Schemas: current, explained in German, never stricter than the reader, record by record as exact."""

import re
from typing import Any, get_args, get_type_hints

import pytest
from hypothesis import given, settings
from jsonschema import Draft202012Validator
from rechtsfaelle import FASSUNGEN, load_cases
from strategies import budgets

from foerdercheck.assessment.budget import check_budget
from foerdercheck.model.angaben import BUDGETBLAETTER
from foerdercheck.model.beihilfe import Beihilfe, Beziehung, Ereignis
from foerdercheck.model.budget import (
    Auftrag,
    Ausnahme,
    Beteiligter,
    Monatsposition,
    Sachposition,
    Stundenposition,
    Vorhaben,
)
from foerdercheck.model.deutsch import in_ziffer
from foerdercheck.model.finanzierung import Finanzierung, WeitereMittel
from foerdercheck.model.records import Intake
from foerdercheck.model.scalars import fold
from foerdercheck.programmes import programme_ids
from foerdercheck.programmes.vokabular import vokabular
from foerdercheck.schema.documents import SCHEMAS, schema_text
from schemas import BUDGET, FILES, HISTORIE, IS_BUDGET, IS_HISTORIE, ROOT, editor, every, unquoted

# the files


each_schema = pytest.mark.parametrize(
    ("art", "schema"), [("budget", BUDGET), ("historie", HISTORIE)], ids=["budget", "historie"]
)
every_schema = pytest.mark.parametrize(("art", "schema"), [(art, make()) for art, make in SCHEMAS.items()], ids=SCHEMAS)


@every_schema
def test_the_files_in_the_repository_are_current(art, schema):
    file = ROOT / "schemas" / f"{art}.schema.json"
    refresh = f"foerdercheck schema --art {art} --output schemas/{file.name}"
    assert file.read_text(encoding="utf-8") == schema_text(schema), f"veraltet; {refresh}"


@every_schema
def test_a_schema_is_one_and_needs_no_network(art, schema):
    Draft202012Validator.check_schema(schema)
    assert schema["$id"] == f"urn:foerdercheck:schema:{art}"
    names = {f"#/$defs/{name}" for name in schema["$defs"]}
    assert set(every(schema, "$ref")) == names


def test_the_command_writes_a_schema(run, tmp_path):
    assert run("schema") == (0, schema_text(BUDGET), "")
    for art, make in SCHEMAS.items():
        assert run("schema", "--art", art) == (0, schema_text(make()), "")
    file = tmp_path / "budget.schema.json"
    assert run("schema", "--output", file) == (0, "", f"foerdercheck: {file} geschrieben\n")
    assert file.read_text(encoding="utf-8") == schema_text(BUDGET)


@pytest.mark.parametrize(
    ("call", "text"),
    [
        (("--art", "bdget"), "Erlaubt: budget, historie, zuordnung, ergebnis, konto"),
        (("--output", "budget.yaml"), "geschrieben wird .json"),
        (("--programm", "sh-ki"), "ist keine Programmdatei"),
        (("--art", "historie", "--programm", "p.yaml"), "nur das Schema der Budgets hängt vom Programm ab"),
        (("--output", "nirgends/b.json"), "den Ordner gibt es nicht"),
    ],
)
def test_a_wrong_call_is_told_what_to_write(run, monkeypatch, tmp_path, call, text):
    monkeypatch.chdir(tmp_path)
    said = run("schema", *call)
    assert said.code == 2
    assert text in said.err


def fields(schema: dict[str, Any]):
    """Yield every field of every record: the name of its record, its own, and what the schema says about it."""
    records = {name: each for name, each in schema["$defs"].items() if "." not in name}
    for record, definition in records.items():
        for field, said in definition.get("then", {}).get("properties", {}).items():
            yield record, field, said


@each_schema
def test_every_field_has_a_title_and_a_description(art, schema):
    assert len(list(fields(schema))) > {"budget": 80, "historie": 20}[art]
    bare = [(record, field) for record, field, said in fields(schema) if not (said["title"] and said["description"])]
    assert bare == []


def test_descriptions_name_the_ziffer_of_every_programme():
    said = {(entry["title"], entry["description"]) for _, _, entry in fields(BUDGET)}
    for fassung in {fassung.programm: fassung for fassung in FASSUNGEN}.values():
        for blatt in BUDGETBLAETTER:
            for feld, ziffer in fassung.angaben.get(fold(blatt.name), {}).items():
                named = re.compile(rf"[(;] ?{re.escape(f'{fassung.programm}: {in_ziffer(ziffer)}')}[,;)]")
                assert any(title == blatt.find(feld).ueberschrift and named.search(text) for title, text in said), feld


# never stricter than the reader


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_examples_pass_as_the_check_reads_them(file):
    text = file.read_text(encoding="utf-8")
    if "foerderprogramm:" not in text:
        assert IS_HISTORIE(editor(text))
        return
    readable = check_budget(file).exit_code != 2
    assert IS_BUDGET(editor(text)) == (readable or file.name == "doppelter-schluessel.yaml")


def test_every_case_of_law_passes():
    faelle = [fall for programm in programme_ids() for fall in load_cases(programm)]
    read = [fall for fall in faelle if "fehler" not in fall.erwartet]
    assert len(read) > 100
    assert [fall.id for fall in read if not IS_BUDGET(unquoted(fall.budget))] == []


@settings(max_examples=15)
@given(budgets())
def test_every_random_budget_passes_with_and_without_quotes(tree):
    assert IS_BUDGET(tree)
    assert IS_BUDGET(unquoted(tree))


SCALARS = (
    "", "x", "=1", "5", "2,5", "-5", "48.000,00", "1e5", "1000000000000", "10000", "19 %", "0,19", "2026-03-01", "03/01/2026",
    "2026-04", "Nein", "yes", "Personal ", "Öffentlichkeitsarbeit", "natürliche person", "bau", "Fester-Anteil", "bürgschaft",
    "Beantragt", "Spaltung", "organmehrheit", "dk", "(EU) 2023/2831", "2023/9999", "DAWI", "null",
)  # fmt: skip
"""A value or two of every kind, and some of none."""
SHAPES = ([], ["SH"], [""], [[]], {}, {"x": "y"}, {"2026": "5"}, {"26": "5"}, {"2026": "x"})
RECORDS: tuple[tuple[type, dict[str, Any]], ...] = (
    (Vorhaben, {"antragsdatum": "2026-01-15", "beginn": "2026-01-15", "ende": "2076-01-15"}),
    (Beteiligter, {"name": "A", "art": "hochschule"}),
    (Finanzierung, {}),
    (WeitereMittel, {"geber": "A", "betrag": "5"}),
    (Auftrag, {}),
    (Stundenposition, {"kostenart": "personal", "bezeichnung": "A", "stundensatz": "5", "stunden": "5"}),
    (Monatsposition, {"kostenart": "personal", "bezeichnung": "A", "stufe": "5"}),
    (Sachposition, {"kostenart": "reise", "bezeichnung": "A", "netto": "5"}),
    (Sachposition, {"kostenart": "reise", "bezeichnung": "A", "brutto": "5"}),
    (Beihilfe, {"gewaehrt_am": "2026-01-15"}),
    (Beihilfe, {"status": "beantragt"}),
    (Ausnahme, {"regel": "A", "grund": "B", "wer": "C", "bis": "2026-01-15"}),
    (Beziehung, {"unternehmen": "A", "beziehung": "stimmbindung", "verbunden_mit": "B"}),
    (Ereignis, {"datum": "2026-01-15", "ereignis": "fusion", "von": "A", "nach": "B"}),
    (Ereignis, {"datum": "2026-01-15", "ereignis": "spaltung", "von": "A", "nach": "B", "anteil": "5 %"}),
)
UNSEEN = {"beginn", "ende"}  # a schema compares no dates
LINES = {Stundenposition, Monatsposition, Sachposition}


def test_every_record_is_tried():
    tried = {kind.__name__.lower() for kind, _ in RECORDS} | {"budget", "historie"}
    assert {record for schema in (BUDGET, HISTORIE) for record, _, _ in fields(schema)} == tried


def variants(kind: type, tree: dict[str, Any]):
    """Yield trees of a record with the field that differs: unknown, left out, or of any value."""
    yield "unbekannt", tree | {"unbekannt": "x"}
    for name in kind._fields:
        yield name, {key: value for key, value in tree.items() if key != name}
        yield from ((name, tree | {name: value}) for value in (*SCALARS, *SHAPES))


@pytest.mark.parametrize(("kind", "tree"), RECORDS, ids=lambda value: getattr(value, "__name__", ""))
def test_a_record_in_quotes_passes_if_and_only_if_it_can_be_read(kind, tree):
    schema = BUDGET if kind.__name__.lower() in BUDGET["$defs"] else HISTORIE
    of_lines = BUDGET["$defs"]["beteiligter"]["then"]["properties"]["kosten"]["items"]
    reference = of_lines if kind in LINES else {"$ref": f"#/$defs/{kind.__name__.lower()}"}
    passes = Draft202012Validator({"$defs": schema["$defs"], **reference}).is_valid
    hint = get_args(get_type_hints(Beteiligter, include_extras=True)["kosten"])[0] if kind in LINES else kind
    for name, variant in variants(kind, tree):
        intake = Intake(vokabular())
        intake.read_kind(hint, variant, ())
        readable = intake.count == 0
        assert passes(variant) == readable or (name in UNSEEN and not readable), variant
        if readable and (bare := unquoted(variant)) != variant:
            assert passes(bare), bare
