"""The JSON Schemas: never stricter than the reader, as exact as a schema can be, current, and explained in German."""

import re
import time
from pathlib import Path
from typing import Annotated, Any, get_args, get_type_hints

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from rechtsfaelle import FASSUNGEN, load_cases
from strategies import SCHREIBWEISEN, budgets, cents

from foerdercheck.assessment.budget import check_budget
from foerdercheck.model.amounts import parse_anzahl, parse_geld, parse_prozent, parse_stunden
from foerdercheck.model.angaben import BUDGETBLAETTER
from foerdercheck.model.beihilfe import Beihilfe, Beziehung, Ereignis, Historie
from foerdercheck.model.budget import (
    ALLE_KOSTENARTEN,
    ARTEN,
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
from foerdercheck.model.scalars import ScalarError, fold, one_of, parse_datum, parse_ja_nein, parse_monat, parse_text
from foerdercheck.model.words import Word, WordAndRate
from foerdercheck.programmes import programme_ids
from foerdercheck.programmes.loader import load_fassung
from foerdercheck.programmes.vokabular import vokabular
from foerdercheck.reading.yaml_tree import read_yaml
from foerdercheck.schema import patterns
from foerdercheck.schema.documents import SCHEMAS, budget_schema, history_schema, schema_text
from foerdercheck.schema.values import words_schema

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
HISTORY = """beihilfen:
- {unternehmen: A, gewaehrt_am: 2025-03-01, foerdersumme: 5}
verbund:
- {unternehmen: A, beziehung: stimmbindung, verbunden_mit: B}
ereignisse:
- {datum: 2025-03-01, ereignis: spaltung, von: A, nach: B, anteil: 100 %}
"""


def changes(table: str) -> list[tuple[str, str]]:
    """Return the changes of a table, one a line, `old → new`, where ⏎ is the end of a line and ∅ nothing."""
    pairs = [line.split(" → ") for line in table.strip("\n").splitlines()]
    return [(old.replace("⏎", "\n"), new.replace("⏎", "\n").replace("∅", "")) for old, new in pairs]


SAME = changes("""
sh-ki → SH-KI
[wissen] → [Wissen, KLIMA]
2026-01-15 → 15.1.2026
2026-01-15 → '15.01.2026'
: ja → : True
: ja → : NEIN
art: hochschule → art: Natürliche Person
sitz: SH → sitz: dk
name: TH → name: 4711
name: TH → name: ja
name: TH → name: null
50.5 → € 50,50
50.5 → 50
{2026: 100, 2027: 100} → 1.290,5
{2026: 100, 2027: 100} → {2026: 1290,5, 2027: 129}
{2026: 100, 2027: 100} → 200
50 % → 12,5%
48000 → 48_000
48000 → 48.000,00 EUR
48000 → 48'000
angebote: 3 → angebote: 3.0
{nr: 1, angebote: 3} → {nr: A1, vertrag: 01.05.2026}
netto: 48000 → netto: 48000⏎    ust: 7 %
betrag: 5.000,00 → betrag: 5.000.000,00
betrag: 5.000,00 → betrag: € 5.000,00 €
betrag: 5.000,00 → betrag: 5,5
, oeffentlich: ja → ∅
, oeffentlich: ja → , oeffentlich: Nein, beihilfe: KEINE
sitz: SH⏎ → sitz: SH⏎  unternehmensverbund: [A]⏎
  ende: 2027-09-30⏎ →   ende: 2027-09-30⏎  bescheid: Gemeinsam⏎
""")
FAULTS = changes("""
foerderprogramm: sh-ki → foerderprogramm: sh-kii
foerderprogramm: sh-ki⏎ → ∅
[wissen] → [wisen]
[wissen] → wissen
[wissen] → [[wissen]]
2026-01-15 → 03/01/2026
2026-01-15 → 2026-02-29
2026-01-15 → 31.04.2026
2026-01-15 → 2026-3-1
2026-01-15 → 2026
2026-01-15 → ∅
  ende: 2027-09-30⏎ → ∅
: ja⏎a → : yes⏎a
: ja⏎a → : 1⏎a
: ja⏎a → :⏎a
folgekosten_gesichert → folgekosten
  name: TH⏎ → ∅
name: TH → name: ''
name: TH → name: '=A1'
name: TH → name: [TH]
art: hochschule → art: hochshule
sitz: SH → sitz: SHH
auto → pauschal
kostenart: material → kostenart: matrial
kostenart: material → kostenart: personal
kostenart: personal → kostenart: material
    bezeichnung: B⏎ → ∅
    stundensatz: 50.5⏎ → ∅
50.5 → -5
50.5 → '48.000'
50.5 → 12,3456
50.5 → 1000000000000
2026: 100 → 26: 100
{2026: 100, 2027: 100} → {}
{2026: 100, 2027: 100} → viele
50 % → 0.75
50 % → 75
50 % → 101 %
48000 → 48.000 €
netto: 48000 → netto: 5⏎    brutto: 6
    netto: 48000⏎ → ∅
angebote: 3 → angebote: 2.5
angebote: 3 → angebot: 3
41.156,25 → etwa 90 TEUR
41.156,25 → ∅
betrag: 5.000,00 → betrag: 5.000,00, zusagt: ja
betrag: 5.000,00, oeffentlich → betrag: 5, beihilfe: vielleicht, oeffentlich
  ende: 2027-09-30⏎ →   ende: 2027-09-30⏎  bescheid: zusammen⏎
geber: A,  → ∅
betrag: 5.000,00 → betrag: 5.000,00: 3
""")
HISTORY_FAULTS = changes("""
gewaehrt_am: 2025-03-01,  → ∅
gewaehrt_am: 2025-03-01 → status: bewilligt
foerdersumme → summe
, anteil: 100 % → ∅
100 % → 1.0
stimmbindung → freundschaft
, verbunden_mit: B → ∅
beihilfen: → beihilfe:
""")


def test_the_sample_can_be_read():
    assert check_budget(WHOLE.encode()).exit_code != 2
    assert IS_BUDGET(editor(WHOLE))
    for text in (HISTORY, HISTORY.replace("100 %", "62,5 %")):
        assert Intake().read(Historie, read_yaml(text.encode(), "h.yaml").tree)
        assert IS_HISTORIE(editor(text))


@pytest.mark.parametrize(("old", "new"), SAME)
def test_what_can_be_read_passes(old, new):
    text = WHOLE.replace(old, new, 1)
    assert text != WHOLE
    assert check_budget(text.encode()).exit_code != 2
    assert IS_BUDGET(editor(text))


@pytest.mark.parametrize(("old", "new"), FAULTS)
def test_a_fault_is_seen(old, new):
    text = WHOLE.replace(old, new, 1)
    assert text != WHOLE
    assert check_budget(text.encode()).exit_code != 0
    assert not IS_BUDGET(editor(text))


@pytest.mark.parametrize(("old", "new"), HISTORY_FAULTS)
def test_a_fault_of_a_history_is_seen(old, new):
    text = HISTORY.replace(old, new, 1)
    assert text != HISTORY
    assert Intake().read(Historie, read_yaml(text.encode(), "h.yaml").tree) is None
    assert not IS_HISTORIE(editor(text))


def test_a_number_without_quotes_has_lost_its_digits():
    """48.000 is 48 to an editor, and the rest of 5.000,00 in {…} a key of its own: only the check sees the text."""
    text = WHOLE.replace("48000", "48.000")
    assert check_budget(text.encode()).exit_code == 2
    assert IS_BUDGET(editor(text))


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


# patterns

PARSERS = [
    (parse_geld, patterns.GELD_PATTERN, "0159.,'’_ \u202f€-EURo–\t"),
    (parse_stunden, patterns.ZAHL, "0159.,'_ \u00a0hStd."),
    (parse_anzahl, patterns.ANZAHL, "0159.,'_ h"),
    (parse_prozent, patterns.PROZENT_PATTERN, "0159., %\t"),
    (parse_datum, patterns.DATUM, "01239.-/ "),
    (parse_monat, patterns.MONAT, "01239-\n"),
    (parse_ja_nein, patterns.JA_NEIN, "janeitrufslſ "),
    (parse_text, patterns.TEXT_PATTERN, "a= \t\n1"),
]
PARTS = ["48", "000", "1", "5", "0", "100", ".000", ",000", " 000", "'000", "_000", ",50", ".5", ",-"]
PARTS += ["€", "EUR", " ", "h", "Std.", "%", "2024", "-02", "-29", ".2."]
each_parser = pytest.mark.parametrize(
    ("parse", "pattern", "letters"), PARSERS, ids=lambda value: getattr(value, "__name__", "")
)


def reads(parse, text: str) -> bool:
    try:
        parse(text)
    except ScalarError:
        return False
    return True


@each_parser
@settings(max_examples=150)
@given(st.data())
def test_a_pattern_accepts_what_its_parser_reads(parse, pattern, letters, data):
    text = data.draw(
        st.one_of(st.text(letters, max_size=12), st.lists(st.sampled_from(PARTS), max_size=6).map("".join))
    )
    assert bool(re.search(pattern, text)) == reads(parse, text)


@given(cents(10**14 - 1), st.sampled_from(SCHREIBWEISEN))
def test_every_notation_of_an_amount_matches(betrag, write):
    assert re.search(patterns.GELD_PATTERN, write(betrag))


@pytest.mark.parametrize("year", [1899, 1900, 1904, 2000, 2026, 2100, 2196, 2200])
def test_every_day_of_the_calendar_matches_and_no_other(year):
    for month in range(14):
        for day in range(33):
            for text in (f"{year}-{month:02}-{day:02}", f"{day}.{month}.{year}", f"{day:02}.{month:02}.{year}"):
                assert bool(re.search(patterns.DATUM, text)) == reads(parse_datum, text), text


@pytest.mark.parametrize("known", [ARTEN, ALLE_KOSTENARTEN, ("Süd-Ost", "a b", "x.y")], ids=len)
def test_words_match_in_every_spelling_that_is_read(known):
    pattern, parse = re.compile(patterns.words_pattern(known)), one_of(known, "hier")
    for word in known:
        for text in (
            word,
            word.upper(),
            f"\u00a0{word}\n",
            word.replace("_", " \t"),
            word.replace("_", "-"),
            f"{word}x",
            word[1:],
        ):
            assert bool(pattern.search(text)) == reads(parse, text), text
        for plain_, umlaut in (("oe", "ö"), ("ue", "Ü"), ("ae", "a\u0308"), ("ss", "ß"), ("st", "ﬆ")):
            assert pattern.search(word.replace(plain_, umlaut))


def test_whatever_becomes_ascii_matches_a_word():
    pattern = re.compile(patterns.words_pattern(["aeoeuessffiflstk"]))
    for char in map(chr, range(128, 0x10000)):
        small = fold(char)
        if small != char and small.isascii() and small.isalpha():
            assert pattern.search("aeoeuessffiflstk".replace(small, char, 1)), hex(ord(char))


def test_patterns_are_those_of_every_dialect():
    """An escape that ECMA does not know is an error there, and no construct here is known to Python alone."""
    for pattern in every([BUDGET, HISTORIE], "pattern"):
        assert set(re.findall(r"\\(.)", pattern)) <= set(r"trnu^$\.*+?()[]{}|/")
        assert re.findall(r"\(\?[^:!]", pattern) == []


@pytest.mark.parametrize("filling", [" ", "1", ".000", "1.", "€", "'000", "\u202f000", "h", "a ", ",-", "_", "\t"])
def test_long_text_costs_no_time(filling):
    texts = [start + filling * (30_000 // len(filling)) + "x" for start in ("1", "personal", " ")]
    begun = time.process_time()
    for pattern in set(every([BUDGET, HISTORIE], "pattern")):
        for text in texts:
            re.search(pattern, text)
    assert time.process_time() - begun < 5
