"""Annotations for GitHub Actions: the exact lines for one budget, and no text that becomes a command of its own."""

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

from report_cases import SMALL, everywhere, example, given_what_strangers_write, rendered

from foerdercheck.model.befund import Annahme, Befund
from foerdercheck.model.location import Location
from foerdercheck.reports.characters import harmless

EXACT = """\
::notice file=b.yaml,title=NICHT FÖRDERFÄHIG::„b.yaml“: nicht förderfähig, Zuwendung –
::notice file=b.yaml,line=12,col=3,title=Hinweis%3A Der Höchstbetrag ist eingehalten (traumland/7-beihilfe)::Schule Beispiel: Nicht \
wirtschaftlich tätig: das ist angenommen, weil es nicht angegeben ist. Es kommt auf die Tätigkeit im Vorhaben an; geben Sie \
wirtschaftlich_taetig an. [Auslegung: nach der Art des Beteiligten]
::error file=b.yaml,line=25,col=73,title=verletzt%3A Kein Vertrag vor der Bewilligung (traumland/7-beginn)::Auftrag A1 (Drachen): \
Vertrag vom 19.03.2026 vor der Bewilligung am 20.03.2026; das Vorhaben gilt damit als begonnen.
::warning file=b.yaml,line=4,col=3,title=offen%3A Die Folgekosten sind gesichert (traumland/7-folgen)::Angabe fehlt: Sind die \
Folgekosten gesichert (folgekosten_gesichert)?
::notice file=b.yaml,title=Hinweis%3A Auflagen (traumland/8-auflagen)::Jeder Traum ist am Morgen aufzuschreiben.
::notice title=foerdercheck::Prüfhilfe ohne Gewähr: maßgeblich sind Richtlinie und Bewilligungsbehörde.
"""
COMMAND = re.compile(r"::(error|warning|notice) ((?:[a-z]+=[^:,\r\n]*,?)+)::([^\r\n]*)")


def test_one_budget_line_by_line():
    assert rendered("github", [SMALL]) == EXACT


def test_verdicts_of_all_files_come_first_the_worst_before_all():
    names = ["ja", "offen", "nein", "zahlenfallen", "verbund", "hoechstbetrag"]
    lines = rendered("github", [example(name) for name in names]).splitlines()
    commands = [COMMAND.fullmatch(line).groups() for line in lines]
    assert [(kind, Path(text.split(".yaml“: ")[0]).name) for kind, _, text in commands[:6]] == [
        ("error", "zahlenfallen"), ("notice", "nein"), ("notice", "hoechstbetrag"),
        ("notice", "offen"), ("notice", "ja"), ("notice", "verbund"),
    ]  # fmt: skip
    titles = [properties.partition("title=")[2] for _, properties, _ in commands]
    assert titles[:2] == ["FEHLER", "NICHT FÖRDERFÄHIG"]
    assert titles[-1] == "foerdercheck"


def test_what_needs_attention_comes_in_the_order_of_the_files():
    names = ["nein", "zahlenfallen"]
    lines = rendered("github", [example(name) for name in names]).splitlines()[2:-1]
    files = [Path(re.search("file=([^,]*)", line)[1]).stem for line in lines]
    assert (list(dict.fromkeys(files)), files.count("zahlenfallen")) == (names, 11)
    assert lines[-1].startswith("::error ")
    assert "title=Fehler%3A Lesbarkeit der Datei (foerdercheck/eingabe)" in lines[-1]


def test_stdin_is_no_file_and_another_file_is_named():
    place = Location("budgets/historie.yaml", 4, 2)
    found = replace(SMALL, datei="-", befunde=(Befund("datei", "", "hinweis", "T", ort=place),))
    assert rendered("github", [found]).splitlines()[:2] == [
        "::notice title=NICHT FÖRDERFÄHIG::„-“: nicht förderfähig, Zuwendung –",
        "::notice file=budgets/historie.yaml,line=4,col=2,title=Hinweis%3A Schreibweise der Datei (datei)::T",
    ]


def test_exceptions_are_told_apart_in_the_titles():
    taken = Befund(
        "traumland/7-sitz", "3", "hinweis", "T", angenommen=Annahme("verletzt", "G", "W", date(2026, 12, 31), "U")
    )
    found = replace(SMALL, ergebnis="foerderfaehig", befunde=(taken,))
    assert rendered("github", [found]).splitlines()[:2] == [
        "::notice file=b.yaml,title=FÖRDERFÄHIG (mit Ausnahmen)::„b.yaml“: förderfähig, mit Ausnahmen, Zuwendung 26.760,00 €",
        "::notice file=b.yaml,title=Ausnahme%3A Der Sitz liegt im Traumland (traumland/7-sitz)::T",
    ]


def read(line):
    """Read a command as the runner does; returns its properties and its text."""
    _, properties, text = COMMAND.fullmatch(line).groups()
    for code, char in (("%0D", "\r"), ("%0A", "\n"), ("%25", "%")):
        text = text.replace(code, char)
    values = dict(item.split("=", 1) for item in properties.split(","))
    for code, char in (("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ","), ("%25", "%")):
        values = {name: value.replace(code, char) for name, value in values.items()}
    return values, text


@given_what_strangers_write
def test_no_text_becomes_a_command_or_a_property(text):
    assessment = everywhere(SMALL, text)
    lines = rendered("github", [assessment]).split("\n")
    needed = [befund for befund in assessment.befunde if befund.status in {"verletzt", "offen", "gekuerzt", "hinweis"}]
    assert (len(lines), lines[-1]) == (len(needed) + 3, "")
    for line, befund in zip(lines[1:-2], needed, strict=True):
        properties, said = read(line)
        assert list(properties) in (
            ["title"],
            ["file", "title"],
            ["line", "col", "title"],
            ["file", "line", "col", "title"],
        )
        who = f"{harmless(text)}: " if befund.beteiligter else ""
        assert said.startswith(who + harmless(text))


def test_name_of_a_file_gives_no_command_on_stderr_either(run, tmp_path):
    for name in ("kaputt\n::error ::x.yaml", "historie\n::error ::y.yaml"):
        text = "beihilfen: []\n" if name.startswith("h") else "{"
        (tmp_path / name).write_text(text, encoding="utf-8")
    code, out, err = run("check", tmp_path, "--format", "github")
    assert (code, len(err.splitlines())) == (2, 2)
    assert [line[:2] for line in out.splitlines()] == ["::"] * 3
    assert [line for line in err.splitlines() if not line.startswith("foerdercheck: ")] == []
