"""What only shows across files, asked of the library: who is the same, whose grants and hours count, and what is no budget."""

from dataclasses import replace
from datetime import date

import pytest
from demo import FASSUNG, JA
from test_law_is_data import check, order, with_value
from test_law_of_regulations import HOF
from test_uebergreifend import _firm, _person

from foerdercheck.assessment.budget import Assessment, check_budget
from foerdercheck.assessment.uebergreifend import spuren, uebergreifend


def checked(text: str, name: str = "a.yaml") -> Assessment:
    return check_budget(text.encode(), name=name, stichtag=date(2026, 3, 20))


def told(*texts: str) -> list[tuple[str, list[tuple[int, str]]]]:
    """Return what is said over files (`a.yaml`, `b.yaml` …): each text once, with the files it concerns and the places there."""
    found = uebergreifend(
        [spuren(checked(text, f"{letter}.yaml")) for letter, text in zip("abcdefgh", texts, strict=False)]
    )
    said: dict[str, list[tuple[int, str]]] = {}
    for number, befunde in found.items():
        for befund in befunde:
            assert (befund.regel, befund.ziffer, befund.status) == ("dateien", "", "hinweis")
            said.setdefault(befund.text, []).append((number, str(befund.ort)))
    return list(said.items())


# what is no budget


@pytest.mark.parametrize("text", ["{", "foerderprogramm: sh-ki\n"], ids=["unlesbar", "unvollständig"])
def test_files_of_which_nothing_could_be_computed_are_no_copies_of_each_other(text):
    assert told(text, text) == []
    assert [said for said, _ in told(text, _person("a", 10), _person("a", 10))] == [
        "b.yaml und c.yaml enthalten dasselbe Budget: ist eine Datei eine Kopie?"
    ]


def test_a_file_that_cannot_be_read_is_told_apart_by_its_folder_too():
    names = [("{", "x/b.yaml"), (_person("a", 10), "y/b.yaml"), (_person("a", 10), "y/c.yaml")]
    found = uebergreifend([spuren(checked(text, name)) for text, name in names])
    assert {befund.text for befunde in found.values() for befund in befunde} == {
        "y/b.yaml und y/c.yaml enthalten dasselbe Budget: ist eine Datei eine Kopie?"
    }


# undertakings


def test_an_undertaking_is_told_where_its_name_stands_in_each_file():
    ((text, places),) = told(_firm("a", 10_000), _firm("b", 10_000))
    assert text == (
        "Deichkamp GmbH steht in 2 Budgets (a.yaml und b.yaml): zusammen 20.000,00 € De-minimis-Beihilfe. Frei sind 300.000,00 €; für "
        "alle bleiben danach 280.000,00 €."
    )
    assert places == [(0, "Zeile 8, Spalte 9"), (1, "Zeile 8, Spalte 9")]


def test_an_undertaking_that_plans_no_grant_in_one_of_two_budgets_is_not_told():
    assert told(_firm("a", 10_000), _firm("b", 10_000).replace("beantragt: 10000", "beantragt: 0")) == []


def test_where_no_de_minimis_regulation_holds_undertakings_are_not_added():
    """On which ground zr-ni grants aid is not known here, so no room is known to share."""
    texts = [_firm(titel, 10_000).replace("sh-ki", "zr-ni") for titel in "ab"]
    assert checked(texts[0]).rechnungen[0].beteiligter.ist_unternehmen
    assert told(*texts) == []


def test_who_gets_no_aid_by_a_regulation_that_holds_for_others_only_leaves_no_trace():
    """Its de-minimis aid is not stated either way; the regulation of this guideline concerns one kind of body."""
    for art, traces in (("startup", 0), ("unternehmen", 1)):
        fassung = with_value("deminimis_verordnung", "1408/2013", art=(art,))
        assert len(spuren(check(order("50.000,00"), fassung=fassung, **HOF)).beihilfen) == traces


# persons


def test_a_word_that_is_a_legal_form_tells_persons_apart_for_a_person_has_none():
    """As undertakings both would be Kim, or Annika and Annica."""
    assert told(_person("a", 1000, person="Kim Ag"), _person("b", 1000, person="Kim Se", name="Universität")) == []
    assert (
        told(_person("a", 1000, person="Annika Ag"), _person("b", 1000, person="Annica Se", name="Universität")) == []
    )
    ((text, _),) = told(
        _person("a", 1000, person="Annika Ag"), _person("b", 1000, person="Annica Ag", name="Universität")
    )
    assert text.startswith(
        "„Annika Ag“ und „Annica Ag“ unterscheiden sich kaum: sind sie eine Person, ist sie 2026 in 2 "
    )


def test_persons_whose_names_hardly_differ_are_added_year_by_year():
    """One works in 2026 in two projects, the other in 2027; nobody has too many hours in 2027, and in 2026 the first alone."""
    later = _person("c", 1000, person="Anna Mejer", name="Institut").replace("2026: 1000", "2027: 1000")
    ((text, places),) = told(_person("a", 1000), _person("b", 721, name="Universität"), later)
    assert text.startswith("Anna Meier ist 2026 in 2 Budgets (a.yaml und b.yaml) mit zusammen 1.721 Stunden geplant")
    assert [number for number, _ in places] == [0, 1]


def test_one_person_and_others_whose_names_hardly_differ_are_both_told():
    same = _person("a", 1000), _person("b", 721, name="Universität")
    near = (
        _person("c", 1000, person="Merle Thomsen", name="Institut"),
        _person("d", 721, person="Merle Thomson", name="Stadt"),
    )
    assert [text.partition(" ist ")[0].partition(": ")[0] for text, _ in told(*same, *near)] == [
        "Anna Meier",
        "„Merle Thomsen“ und „Merle Thomson“ unterscheiden sich kaum",
    ]


def test_a_code_does_not_join_persons_whose_names_differ():
    """What has no blank is a code of its body, even if it hardly differs from both names."""
    persons = ("Anna Thomson", "Anna-Thomsen", "Anna Tomsen")
    texts = [
        _person(name, 1000, person=person, name=f"Stadt {name}") for name, person in zip("abc", persons, strict=True)
    ]
    assert told(*texts) == []


def test_hours_of_a_year_are_rounded_to_hundredths_only_where_they_are_shown():
    """2,500 hours over 21 months are 1,071.428… in the nine months of 2026, and 1,428.571… in 2027."""
    whole = [_person(name, 0, name=name).replace("{2026: 0}", "2500") for name in ("Hochschule", "Universität")]
    assert [text.partition(" geplant")[0] for text, _ in told(*whole)] == [
        "Anna Meier ist 2026 in 2 Budgets (a.yaml und b.yaml) mit zusammen 2.142,86 Stunden",
        "Anna Meier ist 2027 in 2 Budgets (a.yaml und b.yaml) mit zusammen 2.857,14 Stunden",
    ]


def test_where_a_limit_of_hours_holds_for_other_bodies_only_hours_leave_no_trace():
    (norm,) = FASSUNG.parameter["hoechststunden_je_jahr"]
    for art, traces in (("startup", 0), ("hochschule", 1)):
        limited = norm._replace(wenn={"art": frozenset({art})})
        fassung = replace(FASSUNG, parameter={**FASSUNG.parameter, "hoechststunden_je_jahr": (limited,)})
        found = check_budget(JA.read_bytes().replace(b"2026: 600, 2027: 300", b"2026: 600"), fassung=fassung)
        assert len(spuren(found).stunden) == traces
