"""The Prüfkennung: the same for the same meaning, another for another cent, day, value of the law, exception or version."""

import re
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from demo import BUDGETS, FASSUNG, FILES, HISTORIE, JA, NEIN, PROGRAMM, check_demo
from hypothesis import given
from hypothesis import strategies as st
from report_cases import EXAMPLES, rendered

from foerdercheck import check_budget
from foerdercheck.assessment import kennung
from foerdercheck.assessment.ausnahmeliste import Ausnahmeliste
from foerdercheck.assessment.kennung import Pruefkennung, parse_kennung
from foerdercheck.cli.formats import FORMATE
from foerdercheck.programmes import read_version

DAY = date(2026, 3, 20)
TEXT = JA.read_text(encoding="utf-8")
CHECKED = [file for file, assessment in zip(FILES, EXAMPLES, strict=True) if assessment.pruefkennung is not None]
AMOUNTS = [
    match.span(1)
    for match in re.finditer(r"(?:netto|stundensatz|eigenmittel|betrag|zuwendung_beantragt): ([\d.,]+)", TEXT)
]
EINGABE, RECHT, TAG, PROGRAMMVERSION = kennung._TEILE_DES_BUDGETS


def kennung_of(text=TEXT, **options) -> Pruefkennung:
    found = check_demo(text.encode(), **({"stichtag": DAY} | options))
    assert found.pruefkennung is not None, found.fehler
    return found.pruefkennung


def differing(other: Pruefkennung) -> list[str]:
    return kennung_of().unterschiede(other)


def test_it_has_sixteen_characters_that_nobody_takes_for_others():
    for file in CHECKED:
        assert re.fullmatch("[0-9a-hjkmnp-tv-z]{16}", str(check_demo(file).pruefkennung))
    assert len({check_demo(file).pruefkennung for file in CHECKED}) == len(CHECKED)


@pytest.mark.parametrize("file", [f for f in CHECKED if f.stem != "offen"], ids=lambda file: file.stem)
def test_a_workbook_of_the_same_budget_has_the_same(run, tmp_path, file):
    goal = tmp_path / "b.xlsx"
    for copied in (file, HISTORIE):
        (tmp_path / copied.name).write_bytes(copied.read_bytes())
    assert run("umwandeln", tmp_path / file.name, goal).code == 0
    assert check_demo(goal, stichtag=DAY).pruefkennung == check_demo(file, stichtag=DAY).pruefkennung


def test_layout_does_not_count():
    assert differing(kennung_of(TEXT.replace("\n", "\r\n"))) == []
    assert differing(kennung_of("# Bemerkung\n" + TEXT.replace("\n", "\n\n"))) == []
    head, *sections = re.split(r"^(?=\w)", TEXT, flags=re.MULTILINE)
    assert differing(kennung_of(head + "".join(reversed(sections)))) == []


@given(st.sampled_from(range(len(AMOUNTS))), st.integers(1, 10**6))
def test_a_changed_cent_changes_the_part_of_the_input_alone(which, cents):
    start, end = AMOUNTS[which]
    old = TEXT[start:end]
    amount = Decimal(old.replace(".", "").replace(",", ".") if "," in old else old) + Decimal(cents).scaleb(-2)
    assert differing(kennung_of(TEXT[:start] + f"{amount:.2f}".replace(".", ",") + TEXT[end:])) == [EINGABE]


@given(st.integers(-200, 200).filter(bool))
def test_another_day_changes_the_part_of_the_day_alone(days):
    assert differing(kennung_of(stichtag=DAY + timedelta(days))) == [TAG]


def test_a_stated_day_and_an_assumed_one_that_is_the_same_are_one():
    assert kennung_of(stichtag=None, heute=DAY) == kennung_of()


def test_a_value_of_the_law_changes_the_part_of_the_law_alone(tmp_path):
    text = PROGRAMM.read_text(encoding="utf-8")
    changed = re.sub(r"(?m)^(\s+wert: )(\d+) %", lambda found: f"{found[1]}{int(found[2]) + 1} %", text, count=1)
    assert changed != text
    for number, (law, said) in enumerate([(changed, [RECHT]), (text.replace("\n", "\r\n"), [])]):
        file = tmp_path / f"{number}.yaml"
        file.write_bytes(law.encode())
        found = check_budget(TEXT.encode(), fassung=read_version(file), stichtag=DAY).pruefkennung
        assert differing(found) == said


def test_another_version_of_the_program_changes_its_part_alone(monkeypatch):
    before = kennung_of()
    monkeypatch.setattr(kennung, "VERSION", "99.0")
    assert before.unterschiede(kennung_of()) == [PROGRAMMVERSION]


def test_exceptions_belong_to_the_day_and_so_does_the_day_of_the_check_once_there_are_any():
    assert differing(kennung_of(ausnahmen=Ausnahmeliste())) == [TAG]
    assert differing(kennung_of(heute=date(2026, 5, 1))) == []
    rule = next(regel.name for regel in FASSUNG.regeln if regel.ausnahme)
    stated = f"{TEXT}\nausnahmen:\n- {{regel: {rule}, grund: G, wer: W, bis: 2027-01-31}}\n"
    first, second = (kennung_of(stated, heute=date(2026, 5, day)) for day in (1, 2))
    assert first.unterschiede(second) == [TAG]


def test_a_history_counts_by_what_it_says_not_by_the_name_of_its_file():
    text = next(file for file in FILES if "historie.yaml" in file.read_text(encoding="utf-8")).read_text(
        encoding="utf-8"
    )
    history = HISTORIE.read_bytes()

    def with_history(name, content):
        files = {"b.yaml": text.replace("historie.yaml", name).encode(), name: content}
        return check_demo(files, name="b.yaml", stichtag=DAY).pruefkennung

    same, more = (
        with_history("anders.yaml", history),
        with_history("historie.yaml", history.replace(b"62.000,00", b"62.000,01")),
    )
    assert with_history("historie.yaml", history).unterschiede(same) == []
    assert same.unterschiede(more) == [EINGABE]


def test_an_incomplete_budget_has_one_and_an_unreadable_one_none():
    assert check_demo(b"foerderprogramm: traumland\n").pruefkennung is not None
    assert check_demo(BUDGETS / "fehler.yaml").pruefkennung is None


@given(st.lists(st.text(max_size=3), max_size=3), st.lists(st.text(max_size=3), max_size=3))
def test_different_texts_are_written_differently(one, other):
    def meant(texts):
        return [kennung.unicodedata.normalize("NFC", " ".join(text.split())) for text in texts]

    assert (kennung._written(one) == kennung._written(other)) == (meant(one) == meant(other))


def test_values_are_written_in_a_way_of_their_own():
    values = (Decimal("1500.00"), date(2026, 1, 2), True, None, {2027: "b", 2026: "a"}, ("ä\r\nb",))
    assert kennung._written(values) == "[1500,2026-01-02,True,-,{2026=1:a,2027=1:b},3:ä b]"


@pytest.mark.parametrize("form", [form for form in FORMATE if form not in {"codeclimate", "github", "kurz", "tabelle"}])
def test_every_document_has_it(form):
    assessment = next(found for found in EXAMPLES if found.datei.endswith("ja.yaml"))
    assert str(assessment.pruefkennung) in rendered(form, [assessment])


def test_the_printed_page_has_it_at_its_foot():
    assessment = replace(EXAMPLES[FILES.index(JA)])
    assert f'@bottom-left{{content:"Prüfkennung {assessment.pruefkennung}"' in rendered("html", [assessment])


@pytest.mark.parametrize("text", ["", "abc", "x" * 15, "i" * 16, "l" * 16, "ä" * 16, "0" * 17])
def test_what_is_none_is_refused(check, text):
    assert parse_kennung(text) is None
    code, out, err = check(JA, "--kennung", text)
    assert (code, out, "ist keine Prüfkennung: sie hat 16 Zeichen" in err) == (2, "", True)


def test_a_call_says_whether_a_report_belongs_to_a_budget(check):
    mine = str(check_demo(JA).pruefkennung)
    copied = f" {mine[:4].upper()}-{mine[4:]} "
    assert check(JA, "--kennung", copied) == (0, f"„{JA}“: Die Prüfkennung {mine} gehört zu diesem Budget.\n", "")
    code, out, err = check(NEIN, "--kennung", mine)
    assert (code, err) == (2, "")
    assert f"die dieses Budgets ist {check_demo(NEIN).pruefkennung}. Es unterscheiden sich: {EINGABE}" in out
    code, out, err = check(JA, "--kennung", mine, "--stichtag", "2026-03-21")
    assert (code, out.endswith(f"Es unterscheiden sich: {TAG}.\n")) == (2, True)
    assert check(BUDGETS / "fehler.yaml", "--kennung", mine).code == 2
    assert "vergleicht eine einzelne Datei" in check("-", "--kennung", mine).err
    assert "vergleicht eine einzelne Datei" in check(BUDGETS, "--kennung", mine).err
    assert "vergleicht eine einzelne Datei" in check(JA, "--kennung", mine, "--format", "json").err
    assert "--output: geht nicht zusammen mit --kennung" in check(JA, "--kennung", mine, "-o", "x.txt").err
