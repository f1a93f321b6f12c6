"""What a screen of 80 columns shows: nothing is cut off or divided that has to be read in one, and the reason with the verdict."""

import re
import shutil
from pathlib import Path

import pytest
from conftest import AMOUNT
from openpyxl import load_workbook
from rich.cells import cell_len

from foerdercheck.programmes import neueste_fassung, programme_ids

ROOT = Path(__file__).parents[1]
EXAMPLES = [f"budgets/{file.name}" for file in sorted((ROOT / "budgets").glob("*.yaml")) if "histor" not in file.name]
HISTORIES = [f"budgets/{file.name}" for file in sorted((ROOT / "budgets").glob("histor*"))]
REFUSED = "budgets/kmu-hoechstbetrag-ueberschritten.yaml"
CALLS = [
    *(("check", example, *more) for example in EXAMPLES for more in ((), ("--herleitung",), ("--ausfuehrlich",))),
    *(("check", "budgets", *more) for more in ((), ("--alle",), ("--ausfuehrlich",), ("--quiet",))),
    ("check", REFUSED, "--alle"),
    ("check", REFUSED, "--setze", "vorhaben.bewilligung=2026-05-11"),
    *(("deminimis", history, "--stichtag", "2026-04-20") for history in HISTORIES),
    *(("deminimis", history, "--was-geht-noch", "--frist", "--herleitung") for history in HISTORIES),
    ("vergleichen", "budgets/kmu-hoechstbetrag-genau-gefuellt.yaml", REFUSED),
    ("vergleichen", "budgets/mpsc-zwei-phasen.yaml", "budgets/mpsc-ende-2027.yaml"),
    ("programme",),
    *(("programme", name) for name in programme_ids()),
    ("programme", "--vergleich", "mpsc", "2020-03-01", "2021-01-01"),
    ("regel",),
    *(("regel", ziffer) for ziffer in sorted({rule.ziffer for p in programme_ids() for rule in neueste_fassung(p).regeln})),
    (*"subventionswert --rate 40.000,00 --rate 40.000,00 --rate 40.000,00 --diskontsatz".split(), "3,19 %"),
    ("subventionswert",),
]  # fmt: skip


@pytest.mark.parametrize("call", CALLS, ids=" ".join)
def test_nothing_is_cut_off_or_divided_that_is_read_in_one(divided, call):
    assert divided(*call) == ([], {})


FOUR_LINES = {
    "zu viele Beihilfen": (
        REFUSED,
        {r"    - kostenart: personal\n      bezeichnung: Schweiß(.*\n){5}": "", r"76\.122,50": "62.840,00"},
    ),
    "zu früh begonnen": (
        "budgets/kmu-vertrag-zu-frueh.yaml",
        {
            r"  kosten:\n": "  kosten:\n    - {kostenart: material, bezeichnung: Lager, netto: '2.000,00'}\n"
            "    - {kostenart: fremdleistung, bezeichnung: Modell, netto: '8.000,00'}\n",
            r"41\.000,00": "46.000,00",
        },
    ),
    "unter der Bagatellgrenze, mit elf Hinweisen": (
        "budgets/zr-ni-untergrenze-ohne-steuer.yaml",
        {r"  kosten:\n": "  kosten:\n    - {kostenart: fremdleistung, bezeichnung: Plan, brutto: '119,00'}\n"},
    ),
}


@pytest.mark.parametrize("case", FOUR_LINES)
def test_a_budget_of_four_lines_that_fails_is_seen_from_its_figures_to_the_box(screen, tmp_path, case):
    """On 40 lines, of which the shell needs the last."""
    name, changes = FOUR_LINES[case]
    text = (ROOT / name).read_text(encoding="utf-8")
    for old, new in changes.items():
        text = re.sub(old, new, text)
    shutil.copy(ROOT / "budgets" / "historie-jessen-anlagenbau.yaml", tmp_path)
    (tmp_path / "vier.yaml").write_text(text, encoding="utf-8")
    assert text.count("kostenart: ") == 4
    drawn = screen("check", str(tmp_path / "vier.yaml"))
    assert "NICHT FÖRDERFÄHIG" in "".join(drawn)
    first = next(number for number, line in enumerate(drawn) if re.search(AMOUNT, line))
    assert drawn[-1][0] == "┗"
    assert len(drawn[first:]) < 40


def test_of_many_hints_a_refused_budget_shows_one_of_each_kind_and_how_many_more(run, screen):
    """What a screen leaves out stands in all that is kept."""
    name = "budgets/zr-ni-untergrenze-ohne-steuer.yaml"
    drawn = " ".join(" ".join(screen("check", name)).split())
    assert "Hinweise (11) i 5.5 Nicht wirtschaftlich tätig" in drawn
    assert drawn.count("ist brutto angegeben") == 1
    assert "i und 9 weitere (--ausfuehrlich) Verletzt (1)" in drawn
    for everything in (" ".join(screen("check", name, "--ausfuehrlich")), run("check", name).out):
        assert "weitere (--ausfuehrlich)" not in everything
        assert everything.count("ist brutto angegeben") >= 2


def test_many_hints_do_not_push_away_the_errors_of_a_file(run, screen, tmp_path):
    budget = str(tmp_path / "b.xlsx")
    run("vorlage", budget, "--programm", "sh-ki")
    book = load_workbook(budget)
    book["Vorhaben"]["B8"] = "03/01/2026"
    for number in range(6):
        book["Kosten"].cell(5, 40 + number, f"Vermerk {number}")
        book["Kosten"].cell(7, 40 + number, "erledigt")
    book.save(budget)
    hints = run("check", budget).out.count("\n  i ")
    assert hints > 5
    assert [line for line in screen("check", budget) if line.startswith(" i ")][2:] == [
        f" i und {hints - 2} weitere (--ausfuehrlich)"
    ]
    assert len([line for line in screen("check", budget, "--ausfuehrlich") if line.startswith(" i ")]) == hints


def test_a_hint_about_several_bodies_stands_once(screen, run):
    name = "budgets/zr-ni-pflege-esf.yaml"
    drawn = " ".join(" ".join(screen("check", name)).split())
    assert "Kreisvolkshochschule Rhumeland und Hochschule Sollingen: Nicht wirtschaftlich tätig" in drawn
    assert drawn.count("Nicht wirtschaftlich tätig") == 1
    assert run("check", name).out.count("Nicht wirtschaftlich tätig") == 2


@pytest.mark.parametrize("example", EXAMPLES)
def test_the_order_is_that_of_interest(screen, example):
    """Figures, what is met as a number, deadlines unless it is refused, then the findings by weight, the box last."""
    drawn = screen("check", example)
    heads = [
        "Kosten ", "Finanzierung ", "Aufträge", "De-minimis (", "Erfüllt ", "Fristen", "Hinweise (", "Gekürzt (",
        "Offen (", "Verletzt (", "Damit es passt", "┏",
    ]  # fmt: skip
    there = [head for line in drawn for head in heads if line.startswith(head)]
    if "nicht geprüft" in drawn[0]:
        assert there == []
        return
    once = list(dict.fromkeys(there))
    assert once == [head for head in heads if head in once]
    assert {"Kosten ", "Finanzierung ", "Erfüllt ", "┏"} <= set(once)
    assert ("Fristen" in once) <= ("NICHT FÖRDERFÄHIG" not in "".join(drawn))
    assert drawn[-1][0] == "┗"


def test_what_the_screen_shows_is_not_said_again_beside_it(run, screen):
    """A diagnosis on stderr is for those who do not see the report: on one screen with it it stands once."""
    folder = ("check", "budgets")
    assert "zahlenfallen.yaml: 17 Fehler" in run(*folder).err
    assert [line for line in screen(*folder) if line.startswith("foerdercheck: ")] == []
    for call in ((*folder, "--format", "json"), (*folder, "--quiet")):
        assert "foerdercheck: budgets/zahlenfallen.yaml: 17 Fehler, nicht geprüft" in screen(*call)


def test_a_diagnosis_is_filled_to_the_screen_and_divides_no_name(screen):
    name = "budgets/" + "x" * 50 + ".yaml"
    drawn = screen("check", "budgets/kommune-bauauftrag.yaml", "--programm", name)
    assert "".join(drawn).count(name) == 1
    assert max(map(len, drawn)) <= 80
    assert len([line for line in drawn if name in line]) == 1


def test_the_values_of_a_ziffer_stand_once_below_its_rules(run):
    said = run("regel", "sh-ki/5.4").out
    assert said.count("angebote_mindestens: 3") == 1
    assert said.index("5.4-vergaberecht:") < said.index("angebote_mindestens: 3")


def test_a_call_that_is_wrong_names_the_help_of_its_command(run):
    assert run("vergleichen", "eins.yaml").err.endswith("foerdercheck vergleichen --help zeigt, was möglich ist.\n")


def test_a_template_without_a_goal_lists_the_programmes(run):
    code, out, err = run("vorlage")
    assert (code, out) == (2, "")
    assert "vorlage budget.xlsx --programm" in err
    assert [name for name in programme_ids() if neueste_fassung(name).titel not in err] == []


@pytest.mark.parametrize("call", [("programme", "zr-ni"), ("regel", "5.4"), ("programme",)], ids=" ".join)
def test_what_people_page_through_is_filled_in_a_pipe_too(run, screen, call):
    """`foerdercheck programme zr-ni | less` reads as the screen does."""
    piped = run(*call).out
    assert piped.splitlines() == screen(*call)
    assert max(map(cell_len, piped.splitlines())) <= 80
    assert "\x1b" not in piped


def test_a_file_that_is_written_is_told_once(screen, run, tmp_path):
    budget, marked = str(tmp_path / "b.xlsx"), str(tmp_path / "g.xlsx")
    assert run("vorlage", budget, "--programm", "sh-ki").code == 0
    book = load_workbook(budget)
    book["Vorhaben"]["B8"] = "03/01/2026"
    book.save(budget)
    assert run("check", budget, "--output", marked).err.count("geschrieben") == 1
    assert "".join(screen("check", budget, "--output", marked)).count("nicht geprüft") == 1


def test_a_hint_on_several_places_stands_once_with_all_of_them(run, tmp_path):
    budget = str(tmp_path / "b.xlsx")
    run("vorlage", budget, "--programm", "sh-ki")
    said = [line for line in run("check", budget).out.splitlines() if "Beispielzeile" in line]
    assert said == [
        "  i Die Beispielzeile der Vorlage zählt nicht mit. (Beteiligte!A6, Kosten!A6, Finanzierung!A6, De-minimis!A6)"
    ]


@pytest.mark.parametrize("name", programme_ids())
def test_the_law_is_shown_in_words_and_not_as_python_has_it(run, name):
    said = run("programme", name).out + "".join(run("regel", rule.id).out for rule in neueste_fassung(name).regeln)
    assert re.findall(r"Decimal|datetime|None|True|False|\w\([a-z_]+=|[{}\[]'", said) == []


def test_what_stands_below_is_there(run):
    """A rule whose Ziffer sets a table shows it, as the programme does."""
    said = run("regel", "sh-ki/1.1-foerderziel").out
    assert "siehe unten" in said
    assert "wettbewerb " in said.partition("siehe unten")[2]


def test_a_title_is_as_wide_as_the_screen_not_as_its_table(screen):
    drawn = screen("subventionswert", "--rate", "40.000,00", "--rate", "40.000,00", "--diskontsatz", "3,19 %")
    assert drawn[0] == "Zuschuss in Raten, abgezinst mit 3,19 %"


def test_the_account_several_have_is_derived_once(screen):
    drawn = screen("check", "budgets/verbund-ein-unternehmen.yaml", "--herleitung")
    assert len([line for line in drawn if line.startswith("Herleitung – De-minimis")]) == 1


def test_no_line_of_a_derivation_that_goes_on_looks_like_a_figure_of_its_own(screen):
    drawn = screen("check", "budgets/kmu-vertrag-zu-frueh.yaml", "--herleitung")
    start, end = (
        next(n for n, line in enumerate(drawn) if line.startswith(word)) for word in ("Herleitung", "Erfüllt")
    )
    derived = [line for line in drawn[start:end] if line and not line.startswith("Herleitung")]
    assert [line for line in derived if not re.match(rf"[│├└ ]|.*{AMOUNT}", line)] == []
    assert any(line.startswith("  ") for line in derived)
