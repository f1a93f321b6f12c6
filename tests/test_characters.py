"""Characters nobody sees are refused wherever a text can stand; words of two scripts are told."""

import re
import sys
import unicodedata

import pytest
import yaml
from demo import JA, PROGRAMM, check_demo
from rechtsfaelle import merge, read
from workbooks import TAG, hinweise, mappe, only_error, problems, save_budget, save_csv
from workbooks import read as read_awards

from foerdercheck.model.amounts import parse_anzahl, parse_geld, parse_prozent, parse_stunden
from foerdercheck.model.characters import IGNORABLE, UNSEEN, mixed_words, unseen
from foerdercheck.model.filenames import UNSAFE, shown_name
from foerdercheck.model.location import InputError
from foerdercheck.model.scalars import ScalarError, parse_datum, parse_ja_nein, parse_monat, parse_text, shown
from foerdercheck.reading.files import read_text
from foerdercheck.reading.scripts import mixed_scripts

EVERY = list(map(chr, range(sys.maxunicode + 1)))
SOME = {
    "soft hyphen": "\u00ad",
    "grapheme joiner": "\u034f",
    "Hangul filler": "\u3164",
    "halfwidth filler": "\uffa0",
    "Mongolian selector": "\u180b",
    "zero width space": "\u200b",
    "zero width joiner": "\u200d",
    "byte order mark": "\ufeff",
    "variation selector": "\ufe0f",
    "late variation selector": "\U000e0100",
    "tag": "\U000e0041",
    "Braille blank": "\u2800",
    "Khitan filler": "\U00016fe4",
    "empty note": "\U0001d159",
}
any_of_them = pytest.mark.parametrize("char", SOME.values(), ids=SOME)


def code(char: str) -> str:
    return f"U+{ord(char):04X}"


def said(parse, raw) -> str:
    with pytest.raises(ScalarError) as error:
        parse(raw)
    return str(error.value)


def test_the_property_has_as_many_code_points_as_unicode_says():
    ignorable = [char for char in EVERY if unseen(char) and char not in UNSEEN.removeprefix(IGNORABLE)]
    assert len(ignorable) == 4174


def test_every_format_character_that_shows_nothing_is_among_them():
    shows_something = {"ARABIC", "SYRIAC", "KAITHI", "INTERLINEAR", "EGYPTIAN"}
    formats = [char for char in EVERY if unicodedata.category(char) == "Cf" and not unseen(char)]
    assert {unicodedata.name(char).partition(" ")[0] for char in formats} <= shows_something
    fillers = [
        char for char in EVERY if unicodedata.name(char, "").endswith(" FILLER") and unicodedata.category(char) != "Po"
    ]
    assert [char for char in fillers if not unseen(char)] == []
    assert len(fillers) >= 5


def test_no_text_with_one_of_them_passes_and_no_name_of_a_file_hides_one():
    for char in filter(unseen, EVERY):
        for text in (f"Merle{char}Thomsen", f"{char}Merle", f"Merle{char}", char):
            assert f"({code(char)} an Stelle {text.index(char) + 1})" in said(parse_text, text)
        assert char not in shown(char)
        assert shown_name(char).isascii()


def test_what_can_be_seen_passes():
    for char in EVERY:
        if char.isprintable() and not char.isspace() and not unseen(char):
            assert parse_text(f"a{char}b") == f"a{char}b"


@pytest.mark.parametrize(
    ("parse", "raw"),
    [
        (parse_geld, "48.000,00"),
        (parse_stunden, "12,5"),
        (parse_prozent, "75 %"),
        (parse_datum, "2026-03-01"),
        (parse_monat, "2026-03"),
        (parse_ja_nein, "ja"),
        (parse_anzahl, "3"),
    ],
)
@any_of_them
def test_in_a_number_a_day_or_a_word_it_is_named_too(parse, raw, char):
    parse(raw)
    for text in (f"{raw}{char}", f"{char}{raw}", f"{raw[0]}{char}{raw[1:]}"):
        assert f"ein Zeichen, das niemand sieht ({code(char)} an Stelle {text.index(char) + 1})" in said(parse, text)


@pytest.mark.parametrize(
    "text", ["ﬁlter", "Müller\u0308", "e\u0301", "Wärme\u00a0pumpe", "\u2003breit", "☃", "日本", "Straße\u3000"]
)
def test_what_looks_odd_but_can_be_seen_passes(text):
    parse_text(text)


# in every kind of file


def yaml_budget(over) -> bytes:
    return yaml.safe_dump(merge(read(JA), over), allow_unicode=True).encode()


@any_of_them
def test_in_a_value_or_a_key_of_yaml(char):
    tree = {
        "vorhaben": {"titel": f"Kü{char}he", f"bewil{char}ligung": "2026-03-20"},
        "antragsteller": {"name": f"Firma{char}"},
    }
    found = check_demo(yaml_budget(tree))
    texts = {fehler.ort.zeile: fehler.text for fehler in found.fehler}
    assert len(texts) == len(found.fehler) == 3
    assert all(f"niemand sieht ({code(char)} an Stelle" in text for text in texts.values())
    assert sum(text.startswith("unbekannter Schlüssel „bewil�ligung“: er enthält") for text in texts.values()) == 1


@any_of_them
def test_in_a_year_and_in_a_district(char):
    person = read(JA)["antragsteller"]["kosten"][0] | {"stunden": {f"2026{char}": "10"}}
    (problem,) = check_demo(yaml_budget({"antragsteller": {"kosten": [person]}})).fehler
    assert f"„2026�“ enthält ein Zeichen, das niemand sieht ({code(char)} an Stelle 5)" in problem.text
    over = {"vorhaben": {"landkreise": {f"Cel{char}le": "100 %"}}}
    budget = yaml.safe_dump(merge(read(JA), over), allow_unicode=True).encode()
    (problem,) = check_demo(budget).fehler
    assert f"({code(char)} an Stelle 4)" in problem.text


@any_of_them
def test_in_a_cell(tmp_path, char):
    for place, value in (("Kosten!B3", f"Platt{char}form"), ("Beteiligte!A2", f"Firma{char}")):
        sheet, cell = place.split("!")
        sheets = mappe()
        sheets[sheet][int(cell[1:]) - 1]["ABC".index(cell[0])] = value
        found = check_demo(save_budget(tmp_path / "b.xlsx", sheets), stichtag=TAG)
        assert only_error(found, code(char)) == place


@any_of_them
def test_in_a_history(tmp_path, char):
    head, row = ["Unternehmen", "Gewährt am", "Subventionswert"], [f"Fir{char}ma", "15.03.2025", "1000"]
    ((place, text),) = problems(save_csv(tmp_path / "h.csv", [head, row]))
    assert (place, code(char) in text) == ("Zeile 2, Spalte 1", True)
    (tmp_path / "h.yaml").write_text(
        f"beihilfen:\n- {{unternehmen: Fir{char}ma, gewaehrt_am: 2025-03-15, subventionswert: 1}}\n", encoding="utf-8"
    )
    ((place, text),) = problems(tmp_path / "h.yaml")
    assert (place, code(char) in text) == ("Zeile 2, Spalte 17", True)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("titel: Förderung", "titel: x{}"),
        ("wert: {fliegen:", "wert: {fl{}iegen:"),
        ("wenn: {art: [hochschule]}", "wenn: {art: [hoch{}schule]}"),
        ("  Traum 3: {titel", "  Tr{}aum 3: {titel"),
        ("  1-traum:\n", "  1-tr{}aum:\n"),
    ],
)
@any_of_them
def test_in_a_programme_file(run, tmp_path, old, new, char):
    text = PROGRAMM.read_text(encoding="utf-8")
    assert old in text
    (tmp_path / "demo.yaml").write_text(text.replace(old, new.replace("{}", char), 1), encoding="utf-8")
    (tmp_path / "budget.yaml").write_bytes(yaml_budget({}))
    said = run("check", tmp_path / "budget.yaml", "--programm", tmp_path / "demo.yaml")
    assert (said.code, said.out) == (4, "")
    assert f"niemand sieht ({code(char)} an Stelle " in said.err


@any_of_them
def test_in_the_authoritys_exceptions(check, tmp_path, char):
    entry = {"regel": "7-sitz", "grund": f"g{char}", "wer": "w", "bis": "2026-12-31"}
    (tmp_path / "amt.yaml").write_text(yaml.safe_dump({"ausnahmen": [entry]}), encoding="utf-8")
    (tmp_path / "budget.yaml").write_bytes(yaml_budget({}))
    said = check(tmp_path / "budget.yaml", "--ausnahmen", tmp_path / "amt.yaml")
    assert (said.code, said.out) == (2, "")
    assert f"amt.yaml:3:10: grund: „g�“ enthält ein Zeichen, das niemand sieht ({code(char)} an Stelle 2)" in said.err


def test_a_byte_order_mark_begins_a_file_and_is_no_text(tmp_path):
    assert check_demo(b"\xef\xbb\xbf" + yaml_budget({})).ergebnis == "foerderfaehig"
    rows = [["Unternehmen", "Gewährt am", "Subventionswert"], ["Firma", "15.03.2025", "1000"]]
    assert (
        read_awards(save_csv(tmp_path / "h.csv", rows, encoding="utf-8-sig")).historie.beihilfen[0].unternehmen
        == "Firma"
    )


# two scripts in a word


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Merle Thomsen", []),
        ("M\u0435rle Thomsen", [("M\u0435rle", "\u0435")]),
        ("Merle Th\u03bfmsen", [("Th\u03bfmsen", "\u03bf")]),
        ("\u041c\u0435rle \u0391\u0412C", [("\u041c\u0435rle", "\u041c"), ("\u0391\u0412C", "\u0391")]),
        ("Москва und Αθήνα", []),
        ("β-Version, Δ T, α", []),
        ("50 µm, 10 k\u2126, 3 Å", []),
        ("Müller\u0308 Łódź", []),
        ("P\u04352", [("P\u04352", "\u0435")]),
        ("日本x", []),
    ],
)
def test_words_of_latin_and_greek_or_cyrillic_letters(text, words):
    assert list(mixed_words(text)) == words


def test_every_letter_of_the_two_scripts_is_known():
    names = ("GREEK ", "CYRILLIC ", "COMBINING CYRILLIC ")
    letters = [c for c in EVERY if unicodedata.category(c)[0] in "LM" and unicodedata.name(c, "").startswith(names)]
    missed = [c for c in letters if not list(mixed_words(f"a{c}")) and unicodedata.name(c).split()[0] != "COMBINING"]
    assert {unicodedata.name(c) for c in missed} == set()


def test_it_is_a_remark_of_the_file_at_its_place_and_decides_nothing():
    over = {"vorhaben": {"titel": "Ber\u0430tung"}, "antragsteller": {"name": "Sch\u043ele der Träume"}}
    found = check_demo(yaml_budget(over))
    assert found.ergebnis == "foerderfaehig"
    (name, title) = sorted(hinweise(found))
    assert name[1].startswith("„Schоle“ enthält neben lateinischen Buchstaben griechische oder kyrillische (U+043E)")
    assert title[1].startswith("„Berаtung“ enthält")
    assert [
        found.source.excerpt(befund.ort).split(":")[0].strip() for befund in found.befunde if befund.regel == "datei"
    ] == ["name", "titel"]


def test_in_a_workbook_it_names_the_cell(tmp_path):
    sheets = mappe()
    sheets["Kosten"][2][1] = "Pl\u0430ttform"
    found = check_demo(save_budget(tmp_path / "b.xlsx", sheets), stichtag=TAG)
    assert [place for place, _ in hinweise(found)] == ["Kosten!B3"]


def test_of_many_some_are_told_and_the_rest_counted():
    document = read_text(
        yaml.safe_dump({f"k\u0435y{n}": ["x\u0435"] for n in range(11)}, allow_unicode=True).encode(), "b.yaml"
    )
    remarks = mixed_scripts(document.tree, document.source)
    assert len(remarks) == 21
    assert remarks[-1].text == "In 2 weiteren Wörtern stehen Buchstaben zweier Schriften."
    assert {remark.ort.spalte for remark in remarks[:-1]} == {1, 3}
    twenty = {"a": ["x\u0435"] * 20}
    assert len(mixed_scripts(twenty, document.source)) == 20


@pytest.mark.parametrize("char", "\x85\u2028\u2029")
@pytest.mark.parametrize("text", ["# Anmerkung{} \nfoerderprogramm: x\n", "a: b{}c: d\n", 'a: "b{}c"\n'])
def test_what_ends_a_line_in_some_programs_only_is_refused_in_yaml(char, text):
    with pytest.raises(InputError) as caught:
        read_text(text.format(char).encode(), "b.yaml")
    (problem,) = caught.value.problems
    assert f"{code(char)} beendet nur in manchen Programmen" in problem.text
    assert (problem.ort.zeile, problem.ort.spalte) == (1, text.index("{") + 1)


def test_what_python_can_print_is_never_refused_or_replaced():
    """Texts of such characters alone are not looked through for what YAML, terminals and XML forbid."""
    forbidden = re.compile(f"{yaml.reader.Reader.NON_PRINTABLE.pattern}|[\x85\u2028\u2029{UNSAFE}]")
    assert [char for char in EVERY if char.isprintable() and forbidden.match(char)] == []
    plain = [char for char in EVERY if char.isascii() and char.isprintable() and char != "\\"]
    assert shown_name("".join(plain)) == "".join(plain)
    assert shown_name("".join([*plain, "\\", "\x7f"])) == "".join([*plain, "\\\\", "\\x7f"])
