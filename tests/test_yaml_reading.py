"""YAML: what is refused, where things stand, numbers in braces; with libyaml and without it."""

import pytest
from yaml._yaml import CParser

from foerdercheck.assessment.budget import check_budget
from foerdercheck.model.location import InputError, Location
from foerdercheck.reading import yaml_tree
from foerdercheck.reading.yaml_tree import MAX_BYTES, read_yaml

pytestmark = pytest.mark.usefixtures("both_parsers")
HEAD = """foerderprogramm: sh-ki
vorhaben: {antragsdatum: 2026-01-15, beginn: 2026-04-01, ende: 2027-09-30}
antragsteller:
  name: TH
  art: hochschule
"""


def tree(text: str):
    document = read_yaml(text.encode(), "b.yaml")
    assert document.problems == ()
    return document.tree


def problems(text: str | bytes) -> list[tuple[str, int, int]]:
    data = text if isinstance(text, bytes) else text.encode()
    try:
        found = list(read_yaml(data, "b.yaml").problems)
    except InputError as error:
        found = error.problems
    return [(problem.text, problem.ort.zeile, problem.ort.spalte) for problem in found]


def test_scalars_stay_the_text_of_the_file():
    read = tree("a: 48000.10\nb: no\nc: 0x10\nd: ~\ne: 2026-03-01\nf: 1_000\ng: .inf\nh: 1:30\ni: 'x'\nj: |\n  y\n")
    assert read == {
        "a": "48000.10", "b": "no", "c": "0x10", "d": "~", "e": "2026-03-01", "f": "1_000", "g": ".inf", "h": "1:30",
        "i": "x", "j": "y\n",
    }  # fmt: skip


def test_a_byte_order_mark_and_other_line_ends_are_fine():
    assert read_yaml(b"\xef\xbb\xbfa: 1\r\nb: 2\r\n", "b.yaml").tree == {"a": "1", "b": "2"}


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("{betrag: 5.000,00, oeffentlich: ja}", {"betrag": "5.000,00", "oeffentlich": "ja"}),
        ("{betrag: 5.000,00}", {"betrag": "5.000,00"}),
        ("{a: 1,5, b: 2,5}", {"a": "1,5", "b": "2,5"}),
        ("{a: 1,5, 5: x}", {"a": "1,5", "5": "x"}),
        ("{2026: 1290,5, 2027: 860}", {"2026": "1290,5", "2027": "860"}),
        ("{2026: 1290,2027: 860}", {"2026": "1290", "2027": "860"}),
        ("{betrag: 1,234,567.89}", {"betrag": "1,234,567.89"}),
        ("{betrag: 5,00 €, ust: 5,5 %}", {"betrag": "5,00 €", "ust": "5,5 %"}),
        ("{kostenart: material, netto: 5,00, auftrag: {angebote: 3}}",
         {"kostenart": "material", "netto": "5,00", "auftrag": {"angebote": "3"}}),
    ],
)  # fmt: skip
def test_numbers_that_braces_split_at_the_comma_are_joined(written, read):
    assert tree(written) == read


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("a:\t5.000,00\t# Tabulator\nb: x\ty\n", {"a": "5.000,00", "b": "x\ty"}),
        ("a: [x,\n\ty]\n", {"a": ["x", "y"]}),
        ("a: {b: Wozu? Darum}\n", {"a": {"b": "Wozu? Darum"}}),
        ("a: |\t# Bemerkung\n  x\n", {"a": "x\n"}),
        ("a: |2-\n   x\nb: >+\n  y\n\n", {"a": " x", "b": "y\n\n"}),
        ("a: x\n  y\n\n  z\n", {"a": "x y\nz"}),
    ],
)
def test_what_parsers_are_not_of_one_mind_about(written, read):
    assert tree(written) == read


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("{betrag: 5.000, 00: x}", {"betrag": "5.000", "00": "x"}),
        ("{betrag: 5.000, 00}", {"betrag": "5.000", "00": ""}),
        ("{a: wort,b}", {"a": "wort", "b": ""}),
        ("{a: 5,b}", {"a": "5", "b": ""}),
        ("{a: wort,5}", {"a": "wort", "5": ""}),
        ("{a: '5',00}", {"a": "5", "00": ""}),
        ("{a: {b: 5},00}", {"a": {"b": "5"}, "00": ""}),
        ("[5.000,00]", ["5.000", "00"]),
    ],
)
def test_nothing_else_is_joined(written, read):
    assert tree(written) == read


REFUSED = {
    "a: 1\nb: 2\na: 3\n": ("Schlüssel „a“ steht doppelt (schon in Zeile 1)", 3, 1),
    "a: {b: 1, b: 2}\n": ("Schlüssel „b“ steht doppelt (schon in Zeile 1)", 1, 11),
    "a: {2026: 1290,2026: 860}\n": ("Schlüssel „2026“ steht doppelt (schon in Zeile 1)", 1, 16),
    "a: {2026: 1290,2026: [1]}\n": ("Schlüssel „2026“ steht doppelt (schon in Zeile 1)", 1, 16),
    "a: !!python/object/apply:os.system x\n": ("sind nicht erlaubt: lassen Sie das Wort mit ! weg", 1, 4),
    "a: !!int 5\n": ("YAML-Tags wie „tag:yaml.org,2002:int“ sind nicht erlaubt", 1, 4),
    "a: !x [1]\n": ("YAML-Tags wie „!x“ sind nicht erlaubt", 1, 4),
    "a: 1\n---\nb: 2\n": ("mehrere YAML-Dokumente (---): eine Datei, ein Budget", 2, 1),
    "a: &x [*x]\n": ("der Verweis *x zeigt auf nichts, was vollständig davor steht", 1, 8),
    "a: *fehlt\n": ("der Verweis *fehlt zeigt auf nichts", 1, 4),
    "a: &k b\n*k : 1\n": ("ein Verweis kann kein Schlüssel sein", 2, 1),
    "? [a, b]\n: 1\n": ("ein Schlüssel muss ein einzelnes Wort sein", 1, 3),
    "a:\n\tb: 1\n": ("Tabul", 2, 1),
    "a: 1\n b: 2\n": ("ein Doppelpunkt zu viel, oder die Zeile davor ist falsch eingerückt", 2, 3),
    "a: 'x\n": ("ein Anführungszeichen fehlt", 2, 1),
    "a: [1, 2\n": ("die eckige Klammer wird nicht geschlossen", 2, 1),
    "a: {b: 1\n": ("die geschweifte Klammer wird nicht geschlossen", 2, 1),
    "a: 1\nb: x\x07y\n": ("Steuerzeichen sind nicht erlaubt", 2, 5),
    "ä: ü\nö: ß\x07y\n": ("Steuerzeichen sind nicht erlaubt", 2, 5),
    "a: \x1b[31m\n": ("Steuerzeichen sind nicht erlaubt", 1, 4),
    "a: @x\n": ("dieses Zeichen kann hier nicht stehen", 1, 4),
    "a: - b\n": ("ein Listeneintrag („- “) kann hier nicht stehen", 1, 4),
    "- a\n\t- b\n": ("Tabulatoren sind in YAML nicht erlaubt", 2, 1),
    "a: |\n\tb\n": ("Tabulatoren sind in YAML nicht erlaubt", 2, 1),
    'a: "C:\\daten"\n': ("schreiben Sie \\\\, wenn", 1, 7),
    'a: "\\x"\n': ("schreiben Sie \\\\, wenn", 1, 7),
    'a: "x\\n\\ud800"\n': ("schreiben Sie \\\\, wenn", 1, 10),
    'a: "\\U00110000"\n': ("schreiben Sie \\\\, wenn", 1, 7),
    "a: x\n\ty\n": ("Tabulatoren sind in YAML nicht erlaubt", 2, 1),
    "a: >\n  x\n \ty\n": ("Tabulatoren sind in YAML nicht erlaubt", 3, 2),
    "a: {b: c:}\n": ("hier steht etwas, das nicht zu YAML gehört", 1, 9),
    "- a\nb: c\n": ("hier wird ein Listeneintrag", 2, 1),
    "a:\n- b\n- [c\n": ("die eckige Klammer wird nicht geschlossen", 4, 1),
    "a: b\nc\n": ("hinter dem Schlüssel fehlt der Doppelpunkt", 2, 1),
    "a: b\nc:d\ne: f\n": ("hinter dem Doppelpunkt fehlt ein Leerzeichen", 2, 2),
    "a:\n  c:d\n  e: f\n": ("hinter dem Doppelpunkt fehlt ein Leerzeichen", 2, 4),
    "a: 'b' 'c'\n": ("hier wird „schluessel: wert“ erwartet", 1, 8),
    "a: b\n{c": ("hinter dem Schlüssel fehlt der Doppelpunkt", 2, 1),
    "a: ,\n": ("hier fehlt ein Wert", 1, 4),
    "a\n---\n": ("mehrere YAML-Dokumente", 2, 1),
    "[a] b\n": ("die Datei enthält mehr als ein Dokument", 1, 5),
    'a: "\\ud800"\n': ("schreiben Sie \\\\, wenn", 1, 7),
    'a: "b\n---\nc"\n': ("--- und ... können nicht mitten in einem Text stehen", 2, 1),
    "a: |x\n b\n": ("hier steht etwas, das nicht zu YAML gehört", 1, 5),
    "%FOO\n---\na: b\n": ("hier steht etwas, das nicht zu YAML gehört", 1, 5),
    "": ("Die Datei ist leer.", 1, 1),
    "# nur ein Kommentar\n": ("Die Datei ist leer.", 1, 1),
    "[" * 41: ("mehr als 40 Ebenen ineinander: so tief ist kein Budget", 1, 41),
}  # fmt: skip


@pytest.mark.parametrize("text", REFUSED)
def test_what_is_refused_and_where(text):
    fragment, line, column = REFUSED[text]
    found, *_ = problems(text)
    assert fragment in found[0]
    assert found[1:] == (line, column)


def test_forty_levels_are_allowed():
    nested = tree("[" * 40 + "]" * 40)
    for _ in range(39):
        (nested,) = nested
    assert nested == []


def test_bad_utf_8_is_placed():
    ((text, *place),) = problems(b"a: 1\nb: \xff\n")
    assert text == "Das ist kein Text in UTF-8: speichern Sie die Datei mit der Kodierung UTF-8."
    assert place == [2, 4]
    assert check_budget(b"a: \xe4\n").fehler[0].ort == Location(zeile=1, spalte=4)


def test_ten_mebibytes_are_the_limit():
    if yaml_tree.Parser is CParser:  # the limit is looked at before either parser runs, and the other takes its time
        assert read_yaml(b"a: 1\n#" + b"x" * (MAX_BYTES - 6), "b.yaml").tree == {"a": "1"}
    with pytest.raises(InputError, match="größer als 10 MiB"):
        read_yaml(b"a: 1\n#" + b"x" * (MAX_BYTES - 5), "b.yaml")


def test_aliases_are_values_and_bounded():
    assert tree("a: &x [1, 2]\nb: *x\n") == {"a": ["1", "2"], "b": ["1", "2"]}
    assert len(tree("a: &x 1\nb: [" + "*x, " * 10_000 + "]")["b"]) == 10_000
    ((text, line, _),) = problems("a: &x 1\nb: [" + "*x, " * 10_001 + "]")
    assert text == "die Verweise (*x) wiederholen mehr als 10.000 Einträge"
    assert line == 2


def test_a_merge_key_is_a_key_like_any_other():
    result = check_budget(HEAD.replace("antragsteller:", "antragsteller:\n  <<: {sitz: SH}").encode())
    ((text, place, _),) = result.fehler
    assert text.startswith("unbekannter Schlüssel „<<“")
    assert place == Location(zeile=4, spalte=3)


def test_places_of_values_keys_and_what_is_missing():
    text = "vorhaben:\n  ziele: [a, bb]\n  'titel': |\n    lang\nlist:\n- x: 1\n  y: {z: 2}\n"
    source = read_yaml(text.encode(), "b.yaml").source
    assert source.locate(("vorhaben", "ziele", 1)) == Location(zeile=2, spalte=14)
    assert source.locate(("vorhaben", "titel")) == Location(zeile=3, spalte=12)
    assert source.locate(("list", 0, "y", "z")) == Location(zeile=7, spalte=10)
    assert source.locate_key(("list", 0, "y", "z")) == Location(zeile=7, spalte=7)
    assert source.locate_key(("vorhaben", "titel")) == Location(zeile=3, spalte=3)
    assert source.locate(("list", 0, "fehlt")) == Location(zeile=6, spalte=3)
    assert source.locate(("list", 7)) == Location(zeile=6, spalte=1)
    assert source.locate(("gibt", "es", "nicht")) == Location(zeile=1, spalte=1)
    assert source.excerpt(Location(zeile=4, spalte=5)) == "    lang"
    assert source.excerpt(Location(zeile=99, spalte=1)) == ""


def test_an_alias_is_placed_where_its_value_stands():
    source = read_yaml(b"a: &x\n  b: 1\nc: *x\n", "b.yaml").source
    assert source.locate(("c", "b")) == Location(zeile=2, spalte=6)


def test_locations_read_as_editors_expect():
    assert str(Location("b.yaml", 41, 14)) == "b.yaml:41:14"
    assert str(Location(zeile=41, spalte=14)) == "Zeile 41, Spalte 14"
    assert str(Location(blatt="Kosten", zelle="F7")) == "Kosten!F7"
    assert str(Location("b.xlsx", blatt="Kosten", zelle="F7")) == "b.xlsx: Kosten!F7"
    assert str(Location("b.yaml")) == "b.yaml"
