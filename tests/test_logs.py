"""What the program says stands in the logs of CI jobs, which take lines for commands: nothing a stranger writes is one."""

import re
import zipfile

import openpyxl
import pytest
from demo import JA
from report_cases import SMALL, everywhere, given_what_strangers_write

from foerdercheck.reports.bericht import report
from foerdercheck.reports.characters import GAP, no_command
from foerdercheck.reports.terminal import render_terminal
from foerdercheck.reports.text import render_text

GUT = JA.read_text(encoding="utf-8")
TITEL = re.compile(r"(?<=titel: ).*")
DOCUMENTS = ("json", "junit", "sarif", "github", "markdown")


def commands(log: str) -> list[str]:
    """Return the lines a runner takes for commands."""
    return [line for line in re.split(r"\r\n?|\n", log) if line.strip().startswith("::") or re.search(r"##\w*\[", line)]


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        ("::add-mask::x", f":{GAP}:add-mask::x"), ("a\n \u3000::x", f"a\n \u3000:{GAP}:x"), ("a ::x", "a ::x"),
        ("a ##[error]x", f"a ##{GAP}[error]x"), ("###[a]##vso[b]", f"###{GAP}[a]##{GAP}vso[b]"), ("## [x] #[y]", "## [x] #[y]"),
        (":\n:", ":\n:"), ("", ""),
    ],
)  # fmt: skip
def test_a_command_gets_a_space_of_no_width(text, safe):
    assert no_command(text) == safe
    assert commands(no_command(text)) == []


@pytest.mark.parametrize("options", [(), ("--herleitung",), ("--quiet",), ("--alle",)], ids=" ".join)
@pytest.mark.parametrize("titel", ["::stop-commands::abc", "KI ##[stop-commands]abc", "KI ##vso[task.complete]"])
def test_title_is_no_command(check, tmp_path, options, titel):
    file = tmp_path / "##[error]budget.yaml"
    file.write_text(TITEL.sub(f'"{titel}"', GUT, count=1), encoding="utf-8")
    code, out, err = check(file, *options)
    assert (code, commands(out + err)) == (0, [])
    assert (titel in out.replace(GAP, "")) is (options in {(), ("--herleitung",)})


@pytest.mark.parametrize("options", [(), ("--quiet",), ("--alle",)], ids=" ".join)
def test_line_that_is_quoted_is_no_command(check, tmp_path, options):
    file = tmp_path / "b.yaml"
    file.write_text(f"::stop-commands::abc: 1\n'##[group]x': 1\n{GUT}", encoding="utf-8")
    code, out, err = check(file, *options)
    assert (code, commands(out + err)) == (2, [])


@pytest.mark.parametrize("options", [(), ("--quiet",), *(("--format", form) for form in DOCUMENTS)], ids=" ".join)
def test_name_of_a_file_is_no_command(check, monkeypatch, tmp_path, options):
    monkeypatch.chdir(tmp_path)
    for name in ("##[stop-commands]x.yaml", "::add-mask::x.yaml"):
        (tmp_path / name).write_text("- 1\n", encoding="utf-8")
    code, out, err = check("##[stop-commands]x.yaml", "::add-mask::x.yaml", "::fehlt.yaml", *options)
    assert (code, commands(err), len(err.splitlines())) == (2, [], 3)
    assert commands(out) == [] or options[:1] == ("--format",)


def test_call_that_is_wrong_says_so_without_a_command_or_a_colour(run, check):
    code, out, err = run("regel", "##[stop-commands]\x1b[31mx")
    assert (code, out, commands(err)) == (2, "", [])
    code, out, err = check("a.yaml", "--programm", "##[group]\x1b[31m\r::x.yaml")
    assert (code, out, commands(err), "\x1b" in err) == (2, "", [], False)


def test_name_of_a_sheet_steers_no_terminal(run, tmp_path):
    book = openpyxl.Workbook()
    book.active.title = "Blatt"
    book.active.append(["Unternehmen", "Gewährt am", "Subventionswert"])
    book.active.append(["A", "gestern", "1"])
    book.save(tmp_path / "ganz.xlsx")
    with zipfile.ZipFile(tmp_path / "ganz.xlsx") as whole, zipfile.ZipFile(tmp_path / "h.xlsx", "w") as file:
        for name in whole.namelist():
            file.writestr(name, whole.read(name).replace(b'"Blatt"', b'"A&#x202e;##[x]"'))
    code, out, err = run("deminimis", tmp_path / "h.xlsx")
    assert (code, commands(out + err)) == (2, [])
    assert rf"(A\u202e##{GAP}[x]!B2)" in out


@given_what_strangers_write
def test_no_report_holds_a_command(text):
    read = everywhere(SMALL, text)
    assert commands(render_text(report(read))) == []
    assert commands(render_terminal(report(read), 80, None)) == []
