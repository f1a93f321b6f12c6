"""Words and texts, and records: from a tree of text to typed tuples, with every problem at its path."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, NamedTuple

import pytest
from strategies import as_tree

from foerdercheck.model.amounts import parse_geld
from foerdercheck.model.budget import Budget, Monatsposition, Sachposition, Stundenposition
from foerdercheck.model.felder import Geld, Jahr, JaNein, Land, Mitgliedstaat, Monat, Prozent, Stunden, Text, wort
from foerdercheck.model.records import Choice, Intake
from foerdercheck.model.scalars import ScalarError, fold, one_of, parse_text, shown, suggestion
from foerdercheck.model.words import Word


def refused(parse, raw) -> str:
    with pytest.raises(ScalarError) as error:
        parse(raw)
    return str(error.value)


def test_text_is_folded_and_bounded():
    assert parse_text("  Data\u00a0\n Scientist ") == "Data Scientist"
    assert parse_text("x" * 2000) == "x" * 2000
    assert refused(parse_text, "x" * 2001) == "Der Text hat 2001 Zeichen; höchstens 2000 sind erlaubt"


STEERING = ["\x1b[31m", "\x00", "\x07", "\ue000"]


@pytest.mark.parametrize("char", STEERING)
def test_text_that_steers_a_terminal_is_refused_and_never_repeated(char):
    text = refused(parse_text, f"Muster{char}GmbH")
    assert text.endswith(f"enthält Steuerzeichen (U+{ord(char[0]):04X}): bitte neu eintippen statt kopieren")
    assert char not in text


def test_messages_quote_little_and_nothing_a_terminal_obeys():
    assert shown("a\x1b[31m\u202eb") == "„a�[31m�b“"
    assert shown("x" * 60) == f"„{'x' * 60}“"
    assert shown("x" * 61) == f"„{'x' * 57}…“"


def test_lists_and_mappings_are_no_scalars():
    assert refused(parse_geld, ["5"]) == "hier wird ein Betrag, z. B. 48.000,00 erwartet, keine Liste"
    assert refused(parse_geld, {"a": "5"}) == "hier wird ein Betrag, z. B. 48.000,00 erwartet, keine Gruppe von Angaben"


def test_words_are_compared_without_case_umlauts_and_hyphens():
    parse = one_of(("natuerliche_person", "koerperschaft"), "als Art")
    for written in ("natürliche Person", "NATUERLICHE-PERSON", "Natu\u0308rliche_Person"):
        assert parse(written) == "natuerliche_person"
    text = refused(parse, "körpershaft")
    assert text.startswith("„körpershaft“ ist als Art nicht bekannt – meinten Sie „koerperschaft“?")
    assert text.endswith("Erlaubt: natuerliche_person, koerperschaft")


def test_a_word_that_is_another_with_something_before_it_is_read_but_not_listed():
    short = ("Nienburg/Weser", *(f"regel-{number}" for number in range(19)))
    parse = one_of((*short, *(f"p/{word}" for word in short[1:])), "als Regel")
    assert parse("P/Regel-3") == "p/regel-3"
    with pytest.raises(ScalarError) as caught:
        parse("regl-3")
    assert (
        str(caught.value)
        == f"„regl-3“ ist als Regel nicht bekannt – meinten Sie „regel-3“? Erlaubt: {', '.join(short)}"
    )
    assert fold(" Straße  ÖL ") == "strasse oel"


def test_a_suggestion_is_made_only_where_something_is_near():
    assert suggestion("kostnart", ["kostenart", "netto"]) == " – meinten Sie „kostenart“?"
    assert suggestion("zzz", ["kostenart", "netto"]) == ""


class Teil(NamedTuple):
    betrag: Geld
    name: Text | None = None

    @staticmethod
    def check(
        given: Mapping[str, Any], tree: Mapping[str, Any], _name: Callable[[str], str]
    ) -> Iterator[tuple[str, str]]:
        if given.get("betrag") == 13:
            yield "betrag", "dreizehn bringt Unglück"
        if "name" in tree and "betrag" not in tree:
            yield "name", "ein Name ohne Betrag"


class Ganzes(NamedTuple):
    teil: Teil
    ja: JaNein = False
    teile: tuple[Teil, ...] = ()
    stunden: dict[Jahr, Stunden] | None = None
    art: Annotated[str, wort(("rot", "blau"), "als Farbe")] = "rot"
    wort: Annotated[str, Word("farben", "als Farbe")] = "rot"
    wahl: Annotated[Geld | Teil, Choice(lambda tree: int(isinstance(tree, dict)))] | None = None
    land: Land | None = None
    staat: Mitgliedstaat = "DE"
    monat: Monat | None = None
    anteil: Prozent = Decimal(1)


def read(tree, **words):
    intake = Intake(words or None)
    value = intake.read(Ganzes, tree)
    return value, [(problem.text, problem.pfad) for problem in intake.problems]


def test_a_whole_record_is_read():
    value, problems = read(
        {
            "teil": {"betrag": "5,50", "name": "x"}, "ja": "ja", "teile": [{"betrag": "1"}, {"betrag": "2"}],
            "stunden": {"2026": "10", "2027": "1,5"}, "art": "Blau", "wahl": {"betrag": "3"}, "land": "sh", "staat": "at",
            "monat": "2026-04", "anteil": "25 %",
        }
    )  # fmt: skip
    assert problems == []
    assert value == Ganzes(
        teil=Teil(Decimal("5.50"), "x"), ja=True, teile=(Teil(Decimal(1)), Teil(Decimal(2))),
        stunden={2026: Decimal(10), 2027: Decimal("1.5")}, art="blau", wahl=Teil(Decimal(3)), land="SH", staat="AT",
        monat=date(2026, 4, 1), anteil=Decimal("0.25"),
    )  # fmt: skip


def test_defaults_hold_where_nothing_is_said():
    assert read({"teil": {"betrag": "5"}}) == (Ganzes(teil=Teil(Decimal("5.00"))), [])


def test_all_problems_are_reported_at_their_paths():
    value, problems = read(
        {
            "teil": {"betrag": "13", "nam": "x"}, "ja": "yes", "teile": [{"betrag": "x"}, "y", {}], "stunden": {"26": "1"},
            "art": "rott", "wahl": "zwei", "land": "XX", "staat": "CH", "monat": "4/26", "anteil": "25", "zuviel": "1",
        }
    )  # fmt: skip
    assert value is None
    assert [path for _, path in problems] == [
        ("teil", "nam"), ("teil", "betrag"), ("ja",), ("teile", 0, "betrag"), ("teile", 1), ("teile", 2, "betrag"),
        ("stunden", "26"), ("art",), ("wahl",), ("land",), ("staat",), ("monat",), ("anteil",), ("zuviel",),
    ]  # fmt: skip
    texts = [text for text, _ in problems]
    assert texts[0] == "unbekannter Schlüssel „nam“ – meinten Sie „name“?"
    assert texts[1] == "dreizehn bringt Unglück"
    assert texts[2] == "ja: „yes“ ist weder ja noch nein: schreiben Sie ja"
    assert texts[4] == "teile: hier werden Angaben der Form „betrag: Wert“ erwartet"
    assert texts[5] == "betrag fehlt"
    assert texts[7] == "art: „rott“ ist als Farbe nicht bekannt – meinten Sie „rot“? Erlaubt: rot, blau"
    assert texts[-1].startswith("unbekannter Schlüssel „zuviel“; erlaubt sind hier: teil, ja, teile, stunden")


def test_missing_statements_are_marked_as_such():
    intake = Intake()
    assert intake.read(Ganzes, {}) is None
    assert [(p.text, p.pfad, p.fehlt, p.am_schluessel) for p in intake.problems] == [
        ("teil fehlt", ("teil",), True, False)
    ]


def test_check_sees_what_was_written_even_where_it_cannot_be_read():
    _, problems = read({"teil": {"name": "x"}})
    assert problems == [("betrag fehlt", ("teil", "betrag")), ("ein Name ohne Betrag", ("teil", "name"))]


@pytest.mark.parametrize(
    ("field", "wrong"), [("teil", "x"), ("teil", []), ("teile", {}), ("teile", "x"), ("stunden", [])]
)
def test_the_wrong_shape_is_one_problem(field, wrong):
    _, problems = read({"teil": {"betrag": "1"}, field: wrong})
    ((text, path),) = problems
    assert path == (field,)
    assert "erwartet" in text


def test_words_of_the_programme_are_known_only_with_the_programme():
    tree = {"teil": {"betrag": "1"}, "wort": "grün"}
    assert read(tree)[0].wort == "grün"
    assert read(tree, farben=("gruen", "gelb"))[0].wort == "gruen"
    assert "nicht bekannt" in read(tree, farben=("gelb",))[1][0][0]


@pytest.mark.parametrize("year", ["26", "02026", "020261", "2026.0", "٢٠٢٦", "1899", "2200", "0" + "2026" * 1500])
def test_a_calendar_year_has_four_digits(year):
    ((text, _),) = read({"teil": {"betrag": "1"}, "stunden": {year: "1"}})[1]
    assert text.endswith("ist kein Kalenderjahr: schreiben Sie z. B. 2026")


def budget(line) -> tuple[Budget | None, list[str]]:
    intake = Intake()
    vorhaben = {"antragsdatum": "2026-01-15", "beginn": "2026-02-01", "ende": "2026-12-31"}
    body = {"name": "A", "art": "kommune", "kosten": [line]}
    value = intake.read(Budget, {"foerderprogramm": "x", "vorhaben": vorhaben, "antragsteller": body})
    return value, [problem.text for problem in intake.problems]


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ({"kostenart": "personal", "bezeichnung": "P", "stundensatz": "50", "stunden": "100"}, Stundenposition),
        (
            {"kostenart": "PERSONAL", "bezeichnung": "P", "stundensatz": "50", "stunden": {"2026": "100"}},
            Stundenposition,
        ),
        ({"kostenart": "personal", "bezeichnung": "P", "stufe": "5"}, Monatsposition),
        ({"kostenart": "reise", "bezeichnung": "R", "netto": "5"}, Sachposition),
    ],
)
def test_a_line_is_read_by_its_kind(line, kind):
    value, problems = budget(line)
    assert problems == []
    assert type(value.antragsteller.kosten[0]) is kind
    assert budget(as_tree(value)["antragsteller"]["kosten"][0])[0] == value


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ({"kostenart": "reise", "bezeichnung": "R"}, "der Betrag fehlt: geben Sie netto oder brutto an"),
        (
            {"kostenart": "reise", "bezeichnung": "R", "netto": "1", "brutto": "2"},
            "netto und brutto sind beide angegeben",
        ),
        (
            {"kostenart": "reise", "bezeichnung": "R", "stundensatz": "1", "stunden": "2"},
            "Stunden und Stufen gibt es nur bei",
        ),
        (
            {"kostenart": "personal", "bezeichnung": "P", "netto": "1"},
            "Personal wird mit stundensatz und stunden geplant, nicht mit einem Betrag",
        ),
        (
            {"kostenart": ["personal"], "bezeichnung": "P", "netto": "1"},
            "kostenart: hier wird ein Text erwartet, keine Liste",
        ),
    ],
)
def test_a_line_that_contradicts_itself(line, text):
    value, problems = budget(line)
    assert value is None
    assert any(problem.startswith(text) for problem in problems)


def test_a_cell_of_a_sheet_and_a_text_give_the_same():
    assert str(parse_geld(Decimal("48000.5"))) == str(parse_geld("48.000,50")) == "48000.50"
