"""Both READMEs and the page on commands are true: sessions, budget, options, programmes, pictures, and what the library gives."""

import re
import shutil
import sys
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
from typer.main import get_command

from foerdercheck import check_budget
from foerdercheck.cli import app
from foerdercheck.model.befund import EXIT_ORDER
from foerdercheck.programmes import load_version, neueste_fassung, programme_ids, versions
from foerdercheck.programmes.parameter import Zeitraum

ROOT = Path(__file__).parents[1]
ENGLISH, GERMAN, COMMANDS = "README.md", "README.de.md", "docs/befehle.md"
TEXTS = {name: (ROOT / name).read_text(encoding="utf-8") for name in (ENGLISH, GERMAN, COMMANDS)}
PICTURES = ROOT / "docs" / "bilder"
each_readme = pytest.mark.parametrize("readme", [ENGLISH, GERMAN])
each_page = pytest.mark.parametrize("page", TEXTS)


def _block(readme: str, language: str, word: str) -> str:
    return next(text for text in re.findall(rf"```{language}\n(.*?)```", TEXTS[readme], re.DOTALL) if word in text)


def _session(page: str) -> list[tuple[str, list[str]]]:
    """Return the commands of a page, in their order, each with the lines it quotes."""
    blocks = re.findall(r"```console\n(.*?)```", TEXTS[page], re.DOTALL)
    commands = [command for block in blocks for command in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]]
    return [(command, quoted.rstrip("\n").split("\n")) for command, _, quoted in (c.partition("\n") for c in commands)]


def _first_column(readme: str, heading: str) -> list[str]:
    """Return the cells of the first column of the table below a heading, without it."""
    table = TEXTS[readme].split(f"\n| {heading} |", 1)[1].split("\n\n", 1)[0]
    return [line.split(" | ")[0].removeprefix("| ") for line in table.split("\n")[2:]]


@each_readme
def test_the_budget_and_the_library_example_hold(readme):
    assessment = check_budget(_block(readme, "yaml", "foerderprogramm").encode(), heute=date(2026, 11, 21))
    grant = assessment.rechnungen[0].zuwendung
    shown = dict(re.findall(r"^assessment\S*\.(\w+) +# (.*)$", _block(readme, "python", "check_budget"), re.MULTILINE))
    assert shown == {
        "ergebnis": f'"{assessment.ergebnis}"',
        "betrag": f'Decimal("{grant.betrag}")',
        "formel": f'"{grant.formel}"',
    }


@each_page
def test_its_sessions_are_what_the_program_says(run, monkeypatch, tmp_path, page):
    shutil.copytree(ROOT / "budgets", tmp_path / "budgets")
    monkeypatch.chdir(tmp_path)
    session = _session(page)
    assert len(session) > 5
    for command, quoted in session:
        program, *args = command.split()
        assert program == "foerdercheck"
        code, out, err = run(*args)
        assert (code < 4, "--help zeigt" in err) == (True, False), command
        said = out.split("\n")
        rest = iter(said)
        assert [line for line in quoted if line not in {"…", ""} and line not in rest] == [], command
        for line, following in pairwise(quoted):
            if not {"…", ""} & {line, following}:
                assert said[said.index(line) + 1] == following, command


def test_both_say_the_same():
    """The same sections, examples, commands, options, exit codes, pictures and ways on."""
    english, german = (TEXTS[readme].replace("README.de.md", "README.md") for readme in (ENGLISH, GERMAN))
    headings = [re.findall(r"^(#+) ", text, re.MULTILINE) for text in (english, german)]
    assert headings[0] == headings[1]
    codes = [re.findall(r"```.*?```", text, re.DOTALL) for text in (english, german)]
    assert codes[0] == codes[1]
    for pattern in (r"^\| (`[^|]*`|\d) \|", r"\]\(((?!#)[^)]*)\)", r"^\d\. |^- \*\*"):
        found = [re.findall(pattern, text, re.MULTILINE) for text in (english, german)]
        assert found[0] == found[1]
        assert found[0]


@each_readme
def test_the_first_line_leads_to_the_other_language(readme):
    other = GERMAN if readme == ENGLISH else ENGLISH
    assert f"]({other})" in TEXTS[readme].split("\n", 1)[0]


@each_page
def test_what_it_leads_to_is_there(page):
    folder = (ROOT / page).parent
    headings = [
        re.sub(r"[^\w -]", "", h.casefold()).replace(" ", "-")
        for h in re.findall(r"^#+ (.*)$", TEXTS[page], re.MULTILINE)
    ]
    for goal in re.findall(r"\]\(([^)]*)\)", TEXTS[page]):
        file, _, anchor = goal.partition("#")
        assert (folder / file).exists(), goal
        assert file or anchor in headings, goal


@each_readme
def test_the_programmes_stand_on_its_first_screen(readme):
    rows = re.findall(r"^\| `([\w-]+)` \| (.*?) \| (.*?) \|$", TEXTS[readme], re.MULTILINE)
    spans = {
        name: Zeitraum(load_version(versions(name)[0]).gilt.von, neueste_fassung(name).gilt.bis)
        for name in programme_ids()
    }
    assert sorted(rows) == [(name, neueste_fassung(name).titel, str(spans[name])) for name in programme_ids()]
    assert TEXTS[readme][: TEXTS[readme].index("`mpsc`")].count("\n") < 20


@each_readme
def test_it_names_every_command_option_and_exit_code(readme):
    heading = {ENGLISH: ("command", "option", "exit code"), GERMAN: ("Befehl", "Option", "Rückgabewert")}[readme]
    commands, options, codes = (_first_column(readme, word) for word in heading)
    group = get_command(app)
    assert sorted(cell.strip("`").split()[0] for cell in commands) == sorted(group.commands)
    named = {option for cell in options for option in re.findall(r"--[\w-]+", cell)}
    there = {
        max(param.opts, key=len) for param in group.get_command(None, "check").params if param.opts[0].startswith("-")
    }
    assert named == there
    assert codes == [str(code) for code in sorted(EXIT_ORDER)]


@each_readme
def test_what_it_tells_to_install_with_is_there(readme):
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"`make (\w+)`", TEXTS[readme]))
    assert {"run", "test", "seite"} <= targets
    assert [target for target in targets if f"\n{target}:" not in makefile] == []
    assert 'foerdercheck = "foerdercheck.__main__:start"' in (ROOT / "pyproject.toml").read_text(encoding="utf-8")


def test_pictures_are_small_and_show_what_the_program_says():
    """The Prüfkennung alone may be another: it changes with every value of every programme. `make bilder` draws them anew."""
    shown = set(re.findall(r"!\[.+?\]\((docs/bilder/.*?)\)", TEXTS[ENGLISH]))
    assert {file.name for file in PICTURES.iterdir() if file.suffix in {".svg", ".png"}} == {
        Path(name).name for name in shown
    }
    assert all((ROOT / name).stat().st_size <= 200 * 1024 for name in shown)
    sys.path.insert(0, str(PICTURES))
    import zeichnen

    sys.path.remove(str(PICTURES))
    drawn, kept = zeichnen.terminal_svg(), (PICTURES / "terminal.svg").read_text(encoding="utf-8")
    kennung = r"(?<=[>;])[\da-z]{16}(?=[<&])"
    assert re.sub(kennung, "", drawn) == re.sub(kennung, "", kept)
    assert "NICHT&#160;FÖRDERFÄHIG" in kept
    assert re.findall(r"https?:[^\"]*", kept) == ["http://www.w3.org/2000/svg"]
    assert zeichnen.kept_source((PICTURES / "bericht.png").read_bytes()) == zeichnen.drawn_from(zeichnen.report_html())
