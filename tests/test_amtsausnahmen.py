"""Who decides on exceptions: a budget of itself, nobody, or the file of the authority alone; and what nobody may waive."""

from datetime import date
from pathlib import Path
from unicodedata import normalize

import pytest
import yaml
from demo import FASSUNG, JA, PROGRAMM, UNDER, check_demo
from rechtsfaelle import FASSUNGEN, merge, read
from results import parsed

from foerdercheck import Ausnahmeliste, check_budget, read_ausnahmen
from foerdercheck.assessment.alle import assess_under_all
from foerdercheck.cli.formats import FORMATE
from foerdercheck.model.location import InputError
from foerdercheck.reading.files import Folder, read_text

HEUTE = date(2026, 11, 21)
FREMD = next(regel for fassung in FASSUNGEN for regel in fassung.regeln if regel.ausnahme)
"""A rule the country of dreams has not."""
EINE = {"regel": "7-folgen", "grund": "Betrieb endet", "wer": "WTSH", "bis": "2099-12-31"}
KURZ = EINE | {"bis": "2026-12-31"}
PAPIER = [{"kostenart": "material", "bezeichnung": "Papier", "netto": "1,00"}]
ZWEITE = {"name": "Zweite", "art": "hochschule", "sitz": "HH", "kosten": PAPIER}
AUSWAERTS = {"antragsteller": {"sitz": "HH"}, "partner": [ZWEITE]}
FOLGEKOSTEN = {"vorhaben": {"folgekosten_gesichert": "nein"}}


def write(file: Path, tree: object) -> Path:
    file.parent.mkdir(exist_ok=True)
    file.write_text(yaml.safe_dump(tree, allow_unicode=True), encoding="utf-8")
    return file


def budget(file: Path, *own: dict[str, str], over=FOLGEKOSTEN) -> Path:
    return write(file, merge(read(JA), over | ({"ausnahmen": list(own)} if own else {})))


def liste(folder: Path, *entries: dict[str, str]):
    return read_ausnahmen(write(folder / "amt.yaml", {"ausnahmen": list(entries)}), FASSUNG)


def checked(file: Path, ausnahmen=None, heute=HEUTE):
    return check_demo(file, heute=heute, ausnahmen=ausnahmen)


def remarks(found):
    return [(befund.status, befund.text, str(befund.ort)) for befund in found.befunde if befund.regel == "ausnahmen"]


@pytest.fixture
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return Path()


# --- what nobody may waive


@pytest.mark.parametrize("fassung", FASSUNGEN, ids=lambda fassung: f"{fassung.programm}-{fassung.bekanntmachung}")
def test_nobody_waives_state_aid_the_validity_and_what_the_union_sets(fassung):
    fixed = {regel.pruefung for regel in fassung.regeln if not regel.ausnahme}
    known = {regel.pruefung for regel in fassung.regeln}
    assert fixed == known & {"deminimis", "beihilfeweg", "geltungsdauer", "umsatzsteuer_grenze"}


def test_both_names_of_such_a_rule_are_refused_with_rule_and_place(here):
    found = checked(budget(here / "b.yaml", KURZ | {"regel": "traumland/9-dauer"}, KURZ | {"regel": "7-beihilfe"}))
    assert (found.ergebnis, found.exit_code) == ("fehler", 2)
    assert [fehler.text.partition(" gibt")[0] for fehler in found.fehler] == [
        "regel: von 9-dauer",
        "regel: von 7-beihilfe",
    ]
    assert [fehler.auszug.strip() for fehler in found.fehler] == [
        "regel: traumland/9-dauer",
        "regel: 7-beihilfe",
    ]


def test_rules_say_whether_they_can_be_waived(run):
    rules = [regel for fassung in FASSUNGEN for regel in fassung.regeln]
    fixed = next(regel.id for regel in rules if not regel.ausnahme)
    other = next(regel.id for regel in rules if regel.ausnahme)
    assert "keine: davon kann niemand absehen" in run("regel", fixed).out
    assert "kann die Bewilligungsstelle annehmen" in run("regel", other).out
    shown = run("programme", PROGRAMM).out
    assert "7-beihilfe (keine Ausnahme möglich), 7-beginn" in shown
    assert shown.count("(keine Ausnahme möglich)") == 2


# --- without any, and with the authority's own


def test_without_exceptions_those_of_the_budget_are_shown_and_do_not_decide(here):
    found = checked(budget(here / "b.yaml", KURZ), Ausnahmeliste())
    assert (found.ergebnis, found.angenommene) == ("nicht_foerderfaehig", 0)
    assert remarks(found) == [
        (
            "hinweis",
            "Die Ausnahme von 7-folgen, die im Budget steht (bis 31.12.2026, WTSH: Betrieb endet), entscheidet nicht: "
            "geprüft wird ohne Ausnahmen.",
            "Zeile 25, Spalte 3",
        )
    ]


def test_only_those_of_the_authority_decide(here):
    file = budget(here / "b.yaml", KURZ | {"regel": "7-sitz"}, over=merge(FOLGEKOSTEN, AUSWAERTS))
    found = checked(file, liste(here, KURZ))
    assert (found.ergebnis, found.angenommene) == ("nicht_foerderfaehig", 1)
    assert {befund.regel for befund in found.befunde if befund.status == "verletzt"} >= {"traumland/7-sitz"}
    ((status, text, _),) = remarks(found)
    assert (status, text.partition(": es")[2]) == ("hinweis", " zählen nur die aus amt.yaml.")


def test_one_that_is_not_needed_is_told_at_its_place_in_the_file_of_the_authority(here):
    found = checked(budget(here / "b.yaml", over={}), liste(here, KURZ))
    ((status, text, ort),) = remarks(found)
    assert (status, ort) == ("hinweis", "amt.yaml:2:3")
    assert "wird nicht gebraucht" in text


def test_an_expired_one_leaves_the_rule_to_decide(here):
    file, amt = budget(here / "b.yaml"), liste(here, KURZ)
    assert checked(file, amt, date(2026, 12, 31)).ergebnis == "foerderfaehig"
    assert checked(file, amt, date(2027, 1, 1)).ergebnis == "nicht_foerderfaehig"


@pytest.mark.parametrize(
    ("heute", "told"),
    [(date(2026, 11, 22), 0), (date(2026, 11, 21), 0), (date(2026, 11, 20), 1), (date(2024, 2, 29), 1)],
)
def test_one_for_more_than_two_years_ahead_is_told(here, heute, told):
    long = EINE | {"bis": "2028-11-21"}
    for found in (
        checked(budget(here / "b.yaml", long), heute=heute),
        checked(budget(here / "b.yaml"), liste(here, long), heute),
    ):
        assert found.angenommene == 1
        assert [text for _, text, _ in remarks(found)] == [
            "Die Ausnahme von 7-folgen gilt bis 21.11.2028, mehr als 2 Jahre voraus: prüfen Sie, ob das gemeint ist."
        ] * told


def test_two_years_from_a_leap_day_end_on_the_last_of_february(here):
    for day, told in (("2030-02-28", 0), ("2030-03-01", 1)):
        found = checked(budget(here / "b.yaml", EINE | {"bis": day}), heute=date(2028, 2, 29))
        assert len(remarks(found)) == told


@pytest.mark.parametrize("amt", [False, True])
@pytest.mark.parametrize("own", [0, 1, 2])
def test_without_what_every_figure_needs_they_are_judged_later_or_set_aside(here, own, amt):
    over = {"vorhaben": {"antragsdatum": "~entfernen"}}
    file = budget(here / "b.yaml", *[KURZ] * own, over=over)
    found = checked(
        file, liste(here, KURZ | {"budget": "b.yaml"}, KURZ | {"budget": "c.yaml"}) if amt else Ausnahmeliste()
    )
    texts = [text for _, text, _ in remarks(found)]
    aside = {1: "Die Ausnahme im Budget entscheidet nicht", 2: "Die 2 Ausnahmen im Budget entscheiden nicht"}
    assert [text.partition(":")[0] for text in texts[: own > 0]] == ([aside[own]] if own else [])
    later = "Die Ausnahme wird erst beurteilt, wenn diese Angaben vorliegen: antragsdatum."
    assert texts[own > 0 :] == [later] * amt


# --- which budget they are for


@pytest.mark.parametrize(
    ("stated", "file", "meant"),
    [
        ("b.yaml", "b.yaml", True),
        ("b.yaml", "ordner/b.yaml", True),
        ("ordner/b.yaml", "ordner/b.yaml", True),
        ("anderer/b.yaml", "ordner/b.yaml", False),
        ("rdner/b.yaml", "ordner/b.yaml", False),
        ("B.yaml", "b.yaml", False),
        ("b", "b.yaml", False),
        ("ab.yaml", "b.yaml", False),
        (normalize("NFD", "Zähler.yaml"), normalize("NFC", "Zähler.yaml"), True),
        (normalize("NFC", "Zähler.yaml"), normalize("NFD", "Zähler.yaml"), True),
    ],
)
def test_the_name_of_the_file_decides_as_far_as_it_is_stated(here, stated, file, meant):
    amt = liste(here, KURZ | {"budget": stated})
    found = checked(budget(here / file), amt)
    assert found.angenommene == meant
    content = (here / file).read_bytes()
    assert check_budget(content, name=file, heute=HEUTE, fassung=FASSUNG, ausnahmen=amt).angenommene == meant


def test_a_name_nobody_can_read_is_shown_as_others_are(here):
    write(here / "amt\u202e.yaml", {"ausnahmen": []})
    found = checked(budget(here / "b.yaml", KURZ), read_ausnahmen("amt\u202e.yaml"))
    ((_, text, _),) = remarks(found)
    assert text.endswith("es zählen nur die aus amt\\u202e.yaml.")


def test_those_for_any_budget_concern_only_what_they_can_be_about(here):
    amt = liste(
        here,
        KURZ | {"regel": FREMD.name},
        KURZ | {"regel": FREMD.id},
        KURZ | {"regel": "7-sitz", "beteiligter": "Fremde GmbH"},
        KURZ | {"regel": "7-sitz", "beteiligter": "zweite"},
    )
    found = checked(budget(here / "b.yaml", over=AUSWAERTS), amt)
    assert (found.angenommene, remarks(found), found.ergebnis) == (1, [], "nicht_foerderfaehig")


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        (
            {"regel": FREMD.name, "budget": "b.yaml"},
            f"regel: traumland hat in dieser Fassung keine Regel „{FREMD.name}“",
        ),
        ({"regel": FREMD.id, "budget": "b.yaml"}, "regel: traumland hat in dieser Fassung keine Regel"),
        (
            {"regel": "7-sitz", "budget": "b.yaml", "beteiligter": "Fremde"},
            "beteiligter: „Fremde“ heißt hier kein Beteiligter",
        ),
        ({"beteiligter": "Schule der Träume"}, "beteiligter: 7-folgen betrifft das ganze Vorhaben"),
    ],
)
def test_one_that_names_the_budget_and_cannot_be_meant_is_an_error_at_its_place(here, entry, said):
    found = checked(budget(here / "b.yaml"), liste(here, EINE | {"regel": "7-sitz"}, EINE | entry))
    (fehler,) = found.fehler
    assert (found.exit_code, str(fehler.ort)) == (2, "amt.yaml:6:3")
    assert fehler.text.startswith(said)


# --- the file itself


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a: [", "Kein gültiges YAML"),
        ("ausnahmen: keine\n", "amt.yaml:1:12: ausnahmen: hier wird eine Liste erwartet"),
        ("foerderprogramm: traumland\n", "unbekannter Schlüssel „foerderprogramm“"),
        ("ausnahmen:\n- {regel: 7-folgn, grund: g, wer: w, bis: 2026-12-31}\n", "amt.yaml:2:11: regel: „7-folgn“"),
        ("ausnahmen:\n- {regel: 7-sitz, grund: g, wer: w}\n", "amt.yaml:2:3: bis fehlt"),
        ("ausnahmen:\n- {regel: 9-dauer, grund: g, wer: w, bis: 2026-12-31}\n", "amt.yaml:2:11: regel: von 9-dauer gibt"),
        ("ausnahmen:\n- {regel: 7-sitz, grund: g, wer: w, bis: 2026-12-31, datei: b}\n", "unbekannter Schlüssel „datei“"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_ends_the_call(here, check, text, said):
    file = budget(here / "b.yaml")
    (here / "amt.yaml").write_text(text, encoding="utf-8")
    code, out, err = check(file, "--ausnahmen", "amt.yaml")
    assert (code, out) == (2, "")
    assert said in err
    with pytest.raises(InputError):
        read_ausnahmen(here / "amt.yaml")


@pytest.mark.parametrize(
    ("name", "said"), [("fehlt.yaml", "gibt es nicht"), ("b.txt", "keine Datei mit Ausnahmen (.yaml)")]
)
def test_a_file_that_is_not_there_or_none_of_ours_ends_the_call(here, check, name, said):
    code, out, err = check(budget(here / "b.yaml"), "--ausnahmen", name)
    assert (code, out) == (2, "")
    assert said in err


def test_rules_of_a_programme_of_ones_own_are_known_with_it_alone(here, run):
    call = ("check", budget(here / "b.yaml"), "--ausnahmen", write(here / "amt.yaml", {"ausnahmen": [EINE]}))
    assert "ist als Regel nicht bekannt" in run(*call).err
    assert run(*call, *UNDER)[::2] == (0, "")


# --- every way to ask


@pytest.mark.parametrize("form", FORMATE)
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_many_files_in_every_form(here, check, form, jobs):
    for number in range(30):
        budget(here / "ordner" / f"b{number:02}.yaml", KURZ)
    write(
        here / "ordner" / "amt.yaml",
        {"ausnahmen": [EINE | {"budget": "b00.yaml"}, EINE | {"budget": "ordner/b01.yaml"}]},
    )
    options = ("--ausnahmen", "ordner/amt.yaml", "--jobs", jobs)
    found = parsed(check("ordner", *options, "--format", "json").out)["budgets"]
    assert [entry["ergebnis"] for entry in found] == ["foerderfaehig"] * 2 + ["nicht_foerderfaehig"] * 28
    code, out, err = check("ordner", *options, "--format", form)
    assert (code, err) == (1, "")
    assert "es zählen nur die aus" in out or form in {"tabelle", "kurz"}
    assert check("ordner", "--ohne-ausnahmen", "--format", form, "--jobs", jobs).code == 2  # there amt.yaml is a budget


def test_the_file_is_no_budget_where_it_lies_among_them(here, check):
    budget(here / "o" / "b.yaml")
    write(here / "o" / "amt.yaml", {"ausnahmen": [EINE]})
    assert check("o", "--ausnahmen", "o/amt.yaml").code == 0
    assert check("o/b.yaml", "o/amt.yaml", "--ausnahmen", "o/amt.yaml")[::2] == (0, "")
    assert check("o/amt.yaml", "--ausnahmen", "o/amt.yaml").code == 2
    (here / "o" / "b.yaml").unlink()
    code, out, _ = check("o", "--ausnahmen", "o/amt.yaml")
    assert (code, "In diesem Ordner liegt kein Budget" in out) == (2, True)


def test_a_name_that_stands_for_two_budgets_is_refused(here, check):
    budget(here / "x" / "b.yaml")
    budget(here / "y" / "b.yaml")
    write(here / "amt.yaml", {"ausnahmen": [EINE | {"budget": "b.yaml"}]})
    code, out, err = check("x", "y", "--ausnahmen", "amt.yaml")
    assert (code, out) == (2, "")
    assert "amt.yaml: b.yaml steht für x/b.yaml und y/b.yaml: schreiben Sie den Ordner dazu" in err
    write(here / "amt.yaml", {"ausnahmen": [EINE | {"budget": "x/b.yaml"}]})
    found = parsed(check("x", "y", "--ausnahmen", "amt.yaml", "--format", "json").out)["budgets"]
    assert [entry["ergebnis"] for entry in found] == ["foerderfaehig", "nicht_foerderfaehig"]


def test_names_that_stand_for_no_budget_are_told(here, check):
    entries = [EINE, *(EINE | {"budget": f"c{number}.yaml"} for number in range(7))]
    write(here / "amt.yaml", {"ausnahmen": entries[:2]})
    said = check(budget(here / "b.yaml"), "--ausnahmen", "amt.yaml")
    assert (said.code, said.err) == (
        0,
        "foerdercheck: amt.yaml nennt Budgets, die hier nicht geprüft werden: c0.yaml\n",
    )
    write(here / "amt.yaml", {"ausnahmen": entries})
    said = check(here / "b.yaml", "--ausnahmen", "amt.yaml")
    assert said.err.endswith(": c0.yaml, c1.yaml, c2.yaml, c3.yaml, c4.yaml und 2 weitere\n")


def test_a_workbook_and_a_workbook_of_results(here, run, check):
    assert run("umwandeln", budget(here / "b.yaml", EINE), "b.xlsx").code == 0
    write(here / "amt.yaml", {"ausnahmen": [EINE | {"budget": "b.xlsx"}]})
    for options, code in (([], 0), (["--ohne-ausnahmen"], 1), (["--ausnahmen", "amt.yaml"], 0)):
        assert check("b.xlsx", *options).code == code
        assert check("b.xlsx", *options, "--output", "e.xlsx").code == code
    assert check("b.yaml", "--ohne-ausnahmen", "--output", "e.xlsx").code == 1


def test_the_comparison_heeds_them_under_the_own_programme_alone(here, check):
    document = read_text(budget(here / "b.yaml", EINE).read_bytes(), "b.yaml")
    for found in (Ausnahmeliste(), liste(here, EINE)):
        own, *others = assess_under_all(document, Folder(here), eigene=FASSUNG, ausnahmen=found)
        assert own.assessment.angenommene == bool(found.datei)
        assert {vergleich.assessment.angenommene for vergleich in others} == {0}
        assert all("ausnahmen" in vergleich.weggelassen for vergleich in others)
    assert "FÖRDERFÄHIG (mit Ausnahmen)" in check("b.yaml", "--alle", "--ausnahmen", "amt.yaml").out
    assert "(mit Ausnahmen)" not in check("b.yaml", "--alle", "--ohne-ausnahmen").out


def test_both_at_once_are_refused(here, check):
    code, _, err = check(budget(here / "b.yaml"), "--ohne-ausnahmen", "--ausnahmen", "amt.yaml")
    assert (code, err.splitlines()[0]) == (2, "foerdercheck: --ausnahmen: geht nicht zusammen mit --ohne-ausnahmen")
