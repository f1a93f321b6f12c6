"""Names of files hold any bytes: every report shows each as text, in one line, and no two files under one name."""

import json
import os
import re
import subprocess
import sys
import unicodedata
from urllib.parse import unquote, unquote_to_bytes

import pytest
from defusedxml.ElementTree import fromstring
from demo import JA, UNDER
from hypothesis import given
from hypothesis import strategies as st

from foerdercheck import check_budget, check_history
from foerdercheck.cli.formats import FORMATE
from foerdercheck.model.filenames import UNSAFE, name_in_bytes, shown_name
from foerdercheck.reports.characters import GAP

POSIX = pytest.mark.skipif(os.name != "posix", reason="names of files are text")
EVIL = {
    b"latin1-\xe4\xff.yaml": r"latin1-\xe4\xff.yaml",
    b"latin1-\xe5\xff.yaml": r"latin1-\xe5\xff.yaml",
    rb"latin1-\xe4\xff.yaml": r"latin1-\\xe4\\xff.yaml",
    b"rot\x1b[31m\x07.yaml": r"rot\x1b[31m\x07.yaml",
    b"zeile\n::add-mask::x.yaml": r"zeile\x0a::add-mask::x.yaml",
    "um\u202ekehrt.yaml".encode(): r"um\u202ekehrt.yaml",
    "un\u200bsicht\u00adbar\ufe0f\U000e0041.yaml".encode(): r"un\u200bsicht\u00adbar\ufe0f\U000e0041.yaml",
    rb"un\u200bsicht\u00adbar\ufe0f\U000e0041.yaml": r"un\\u200bsicht\\u00adbar\\ufe0f\\U000e0041.yaml",
    "ä 🦊\u202f%.yaml".encode(): "ä 🦊\u202f%.yaml",
}


AS_WRITTEN = re.compile(rb"\\(?:\\|x([0-9a-f]{2})|u([0-9a-f]{4})|U(00(?:0[0-9a-f]|10)[0-9a-f]{4}))")


def read_back(shown: str) -> bytes:
    """Return the bytes of the name that is shown so."""

    def as_byte(found: re.Match[bytes]) -> bytes:
        if found[1]:
            return bytes.fromhex(found[1].decode())
        code = found[2] or found[3]
        return chr(int(code, 16)).encode("utf-8", errors="surrogatepass") if code else b"\\"

    return AS_WRITTEN.sub(as_byte, shown.encode())


@pytest.mark.parametrize(("name", "shown"), EVIL.items())
@POSIX
def test_what_is_no_text_is_written_out(name, shown):
    assert shown_name(os.fsdecode(name)) == shown
    assert read_back(shown) == name == name_in_bytes(os.fsdecode(name))


@given(st.binary(max_size=20) | st.text(max_size=20).map(lambda text: text.encode("utf-8", "surrogatepass")))
@POSIX
def test_no_two_names_are_shown_alike(name):
    shown = shown_name(os.fsdecode(name))
    assert read_back(shown) == name == name_in_bytes(os.fsdecode(name))
    assert re.search(f"[{UNSAFE}\t\n]", shown) is None


@POSIX
def test_format_characters_are_written_out_and_read_back():
    unseen = [char for char in map(chr, range(sys.maxunicode + 1)) if unicodedata.category(char) == "Cf"]
    assert {"\u00ad", "\u200b", "\u200c", "\u200d", "\u2060", "\ufeff", "\U000e0020"} <= set(unseen)
    assert [char for char in unseen if not shown_name(char).isascii()] == []
    assert [read_back(shown_name(char)).decode() for char in unseen] == unseen


def test_a_name_that_no_file_can_have_has_bytes_too():
    assert name_in_bytes("\ud800ä.yaml") == b"\xed\xa0\x80\xc3\xa4.yaml"


@POSIX
def test_what_keeps_a_name_from_being_a_command_makes_it_no_other_name(check, monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    for name in ("##[x.yaml", f"##{GAP}[x.yaml", "a.yaml", f"a{GAP}.yaml"):
        (tmp_path / name).write_text("- 1\n", encoding="utf-8")
    lines = check(".", "--quiet").out.replace(GAP, "").splitlines()
    assert {line.partition(":")[0] for line in lines} == {
        "„##[x.yaml“", r"„##\u200b[x.yaml“", "„a.yaml“", r"„a\u200b.yaml“"
    }  # fmt: skip


@pytest.fixture
def folder(tmp_path):
    """A folder with one unreadable budget under each evil name, and one that can be read."""
    for name in EVIL:
        try:
            with open(os.fsencode(tmp_path) + b"/" + name, "wb") as file:  # noqa: PTH123 - no name that Path would show
                file.write(b"- 1\n")
        except OSError:
            pytest.skip("this file system has names of text only")
    (tmp_path / "gut.yaml").write_bytes(JA.read_bytes())
    return tmp_path


@pytest.fixture
def checked(folder):
    """Run the program as a shell does: the streams, too, are its own."""

    def call(*options: str):
        command = [sys.executable, "-m", "foerdercheck", "check", ".", *UNDER, *options]
        done = subprocess.run(command, cwd=folder, capture_output=True, timeout=60, check=False)
        assert done.returncode == 2
        return done.stdout.decode(), done.stderr.decode()

    return call


@POSIX
@pytest.mark.parametrize("options", [("--quiet",), *(("--format", form) for form in FORMATE)], ids=lambda o: o[-1])
def test_no_form_obeys_a_name(checked, options):
    out, err = checked(*options)
    assert re.search(f"[{UNSAFE}\t\ufffd]", out + err) is None
    assert set(err.splitlines()) == {f"foerdercheck: {name}: 1 Fehler, nicht geprüft" for name in EVIL.values()}


@POSIX
def test_every_form_tells_files_apart(checked):
    names = {*EVIL.values(), "gut.yaml"}
    assert {found["datei"] for found in json.loads(checked("--format", "json")[0])["budgets"]} == names
    suites = fromstring(checked("--format", "junit")[0])
    assert {suite.get("name") for suite in suites} == names
    cases = [(case.get("classname"), case.get("name")) for case in suites.iter("testcase")]
    assert len(set(cases)) == len(cases) > len(names)
    lines = checked("--quiet")[0].splitlines()
    assert {line.partition("“: ")[0] for line in lines} == {f"„{name}" for name in names}
    assert len(lines) == len(names)
    rows = checked()[0].splitlines()
    assert {row.split()[0] for row in rows if " Fehler  " in row} == {name.split()[0] for name in EVIL.values()}
    report = checked("--ausfuehrlich")[0].splitlines()
    assert {f"{name}: 1 Fehler, nicht geprüft:" for name in EVIL.values()} <= set(report)
    marked = re.findall(r"^::error file=(.*?),line=", checked("--format", "github")[0], re.MULTILINE)
    assert {unquote(name) for name in marked} == set(EVIL.values())


@POSIX
def test_sarif_leads_to_the_file_itself(checked):
    (run,) = json.loads(checked("--format", "sarif")[0])["runs"]
    uris = [artifact["location"]["uri"] for artifact in run["artifacts"]]
    assert {unquote_to_bytes(uri) for uri in uris} == {*EVIL, b"gut.yaml"}
    assert {found["datei"] for found in run["properties"]["dateien"]} == {*EVIL.values(), "gut.yaml"}


@POSIX
def test_messages_and_places_show_the_same_name(tmp_path):
    name = os.fsdecode(b"\xff\x1b.yaml")
    (there,) = check_budget(tmp_path / name).fehler
    assert there.text == rf"Die Datei {tmp_path}/\xff\x1b.yaml gibt es nicht."
    (tmp_path / name).write_text("beihilfen: [{unternehmen: A}]\n", encoding="utf-8")
    (broken, *_) = check_history(tmp_path / name).fehler
    assert check_history(tmp_path / name).datei == str(tmp_path / name)
    assert shown_name(check_history(tmp_path / name).datei) == rf"{tmp_path}/\xff\x1b.yaml"
    assert "\x1b" not in broken.text


def test_a_backslash_that_parts_folders_stays_single():
    code = "import os; os.sep = chr(92)\nfrom foerdercheck.model.filenames import shown_name\n"
    code += "assert shown_name(r'C:\\x41\\b\t.yaml') == r'C:\\x41\\b\\x09.yaml'\n"
    subprocess.run([sys.executable, "-c", code], check=True)


@POSIX
@pytest.mark.parametrize(
    ("call", "text"),
    [
        (("check", "gut.yaml", "--output", "{}.ods"), "--output: {}.ods: in welcher Form? "),
        (
            ("check", "gut.yaml", "--output", "{}/x.txt"),
            "{}/x.txt lässt sich nicht schreiben: den Ordner gibt es nicht",
        ),
        (("check", "{}.yaml", "--output", "{}.yaml"), "--output: {}.yaml ist die geprüfte Datei; "),
        (("check", "{}.yaml", "--output", "{}.xlsx"), "{}.yaml: 1 Fehler, {}.xlsx wird nicht geschrieben"),
        (("check", "gut.yaml", *UNDER, "--output", "{}.xlsx"), "{}.xlsx geschrieben"),
        (("check", "gut.yaml", "--programm", "{}"), "--programm: {} ist keine Programmdatei (.yaml)"),
        (("schema", "--output", "{}"), "--output: {}: geschrieben wird .json"),
        (("umwandeln", "gut.yaml", "{}.txt"), "ZIEL: {}.txt: geschrieben wird "),
        (("umwandeln", "gut.yaml", "{}.yaml"), "ZIEL: {}.yaml gibt es schon; "),
        (("umwandeln", "gut.yaml", "{}.xlsx"), "{}.xlsx geschrieben"),
        (("vorlage", "{}.xlsx", "--art", "historie"), "{}.xlsx geschrieben"),
    ],
)
def test_messages_about_files_to_write_show_their_names_so(run, monkeypatch, tmp_path, call, text):
    monkeypatch.chdir(tmp_path)
    budget = JA.read_bytes()
    evil, shown = os.fsdecode(b"\xff\x1b\n"), r"\xff\x1b\x0a"
    for name, content in (("gut", budget), (evil, b"- 1\n")):
        (tmp_path / f"{name}.yaml").write_bytes(content)
    said = run(*(argument.replace("{}", evil) for argument in call))
    assert said.err.startswith("foerdercheck: " + text.replace("{}", shown))
