"""The PDF: tagged and declared as what it is, with its data in it, the same bytes each time, and strangers' texts nothing but text."""

import itertools
import os
import re
import subprocess
import sys

import pytest
from demo import JA
from hypothesis import settings
from pdf_files import children, elements, needs_pdftotext, opened, squashed, text_of
from report_cases import EXAMPLES, ROOT, SMALL, everywhere, given_what_strangers_write, side_by_side
from test_html import Page
from typst import TypstError

from foerdercheck import check_budget
from foerdercheck.assessment.budget import Assessment
from foerdercheck.many.budgets import kept
from foerdercheck.reports import pdf as writing
from foerdercheck.reports.anhang import full_report
from foerdercheck.reports.bericht import report
from foerdercheck.reports.dokument import Angaben, Balken, Liste, Tabelle, Ueberschrift, Urteil, Zeitstrahl
from foerdercheck.reports.html import html_of_blocks
from foerdercheck.reports.pdf import pdf_document, pdf_view
from foerdercheck.reports.pdf_font import SCHRIFT, advances, known_text
from foerdercheck.reports.text import render_text

REAL = [check_budget(file) for file in sorted((ROOT / "budgets").glob("*.yaml")) if "histor" not in file.name]


def made(*assessments: Assessment) -> bytes:
    several = len(assessments) > 1
    checked = [kept(one, lambda found: pdf_view(found, several=several)) for one in assessments]
    return b"".join(pdf_document(checked, several=several))


DOCUMENTS = {one.datei: made(one) for one in EXAMPLES} | {"alle": made(*EXAMPLES)}
each_document = pytest.mark.parametrize("content", DOCUMENTS.values(), ids=DOCUMENTS)


@each_document
def test_it_declares_what_it_is(content):
    pdf = opened(content)
    with pdf.open_metadata() as claims:
        assert (claims["pdfaid:part"], claims["pdfaid:conformance"], claims["pdfuaid:part"]) == ("3", "A", "1")
        assert claims["dc:title"] == str(pdf.docinfo["/Title"])
    assert (str(pdf.Root.Lang), bool(pdf.Root.MarkInfo.Marked)) == ("de", True)
    assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
    fonts = [font for page in pdf.pages for font in page.resources.get("/Font", {}).values()]
    assert {str(font.BaseFont).partition("+")[2][:16] for font in fonts} == {"FoerdercheckSans"}
    assert all("/FontFile2" in font.DescendantFonts[0].FontDescriptor for font in fonts)


@each_document
def test_headings_are_in_order_and_tables_have_heads(content):
    pdf = opened(content)
    found = list(elements(pdf))
    levels = [int(kind[1]) for kind, _ in found if re.fullmatch(r"H\d", kind)]
    assert (levels[0], levels.count(1)) == (1, 1)
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))
    for kind, element in found:
        if kind == "Table":
            head = next(child for child in children(element) if str(child.S) == "/THead")
            assert {str(cell.S) for row in children(head) for cell in children(row)} == {"/TH"}
        if kind == "L":
            assert {str(child.S) for child in children(element)} <= {
                "/LI",
                "/L",
            }  # a branch of a tree lies within its list
        if kind == "Figure":
            assert str(element.Alt)


def test_pictures_say_in_words_what_they_show():
    blocks = [block for block in full_report(SMALL) if isinstance(block, Balken | Zeitstrahl)]
    pdf = opened(made(SMALL))
    told = [str(element.Alt) for kind, element in elements(pdf) if kind == "Figure"]
    assert len(told) == len(blocks) > 0
    assert all(text.startswith(block.titel) for text, block in zip(told, blocks, strict=True))


def test_a_picture_without_words_is_refused(monkeypatch, tmp_path):
    picture = '#image(bytes("<svg xmlns=\\"http://www.w3.org/2000/svg\\"/>"), format: "svg")'
    silent = tmp_path / "bericht.typ"
    silent.write_text(writing._VORLAGE.read_text(encoding="utf-8") + picture, encoding="utf-8")
    monkeypatch.setattr(writing, "_VORLAGE", silent)
    with pytest.raises(TypstError, match="PDF/UA-1 error: missing alt text"):
        made(SMALL)


def test_the_same_check_gives_the_same_bytes(tmp_path):
    made_by = []
    for number in range(2):
        goal = tmp_path / f"{number}" / "b.pdf"
        goal.parent.mkdir()
        under = ["check", JA, "--stichtag", "2026-03-20", "--output", goal]
        environment = os.environ | {"TMPDIR": str(goal.parent), "PYTHONHASHSEED": str(number), "TZ": f"UTC{number}"}
        call = [sys.executable, "-m", "foerdercheck", *map(str, under)]
        subprocess.run([*call, "--programm", str(ROOT / "tests" / "demo_programm.yaml")], env=environment, check=True)
        made_by.append(goal.read_bytes())
    assert made_by[0] == made_by[1]
    pdf = opened(made_by[0])
    assert str(pdf.docinfo["/CreationDate"]).startswith("D:20260320")


def _sentences(blocks):
    """Yield every text of blocks that is a sentence or a cell."""
    for block in blocks:
        if isinstance(block, Ueberschrift):
            yield block.text
        elif isinstance(block, Angaben | Urteil):
            pairs = block.paare if isinstance(block, Angaben) else block.antworten
            yield from (text for label, zelle in pairs for text in (label, zelle.text))
        elif isinstance(block, Tabelle):
            yield from (zelle.text for zeile in block.zeilen for zelle in zeile)
        elif isinstance(block, Liste):
            yield from (line.strip() for entry in block.eintraege for line in entry.text.split("\n"))


@needs_pdftotext
@pytest.mark.parametrize("assessment", [*EXAMPLES, *REAL], ids=lambda one: one.datei.rpartition("/")[2])
def test_it_says_what_html_and_the_terminal_say(assessment):
    blocks = list(full_report(assessment))
    seen = squashed(text_of(made(assessment)))
    heard = squashed(Page(html_of_blocks(blocks)).said)
    told = [squashed(known_text(text)) for text in _sentences(blocks) if text.strip()]
    assert [text for text in told if text not in seen] == []
    assert [text for text in told if text not in heard] == []
    terminal = squashed(render_text(report(assessment, herleitung=True, ausfuehrlich=True)))
    own = [
        squashed(text) for text in _sentences(report(assessment, herleitung=True, ausfuehrlich=True)) if text.strip()
    ]
    assert [text for text in own if text not in terminal] == []
    asked = [text for text in own if text not in heard and not text.startswith(("Erfüllt", "Entfällt"))]
    listed = {
        squashed(entry)
        for entry in _sentences(block for block in report(assessment, ausfuehrlich=True) if isinstance(block, Liste))
    }
    assert [text for text in asked if text not in listed] == []


HOSTILE = (
    '<script>alert(1)</script> #import "x" #eval("1/0") #panic() \\ `a` ```b``` $x$ *a* _b_ @c <d> = e [f] {g} // h /* i',
    "#set page(width: 1cm)\n= Titel\n- Liste\n#pagebreak()",
    "א\u202eab\u2066c\u200bd\u00ade🦊漢字",
    'read("/etc/passwd") ../../x "\'" #{ while true {} }',
)


@needs_pdftotext
@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_texts_are_text(text):
    said = squashed(text_of(made(everywhere(SMALL, text))))
    assert squashed(known_text(text)) in said


@given_what_strangers_write
@settings(max_examples=15)
def test_what_strangers_write_is_set(text):
    text = text.encode(errors="replace").decode()  # no reader lets half a character in
    assert made(everywhere(SMALL, text)).startswith(b"%PDF-1.7")


@needs_pdftotext
def test_nothing_runs_over_the_edge_of_a_page():
    content = made(everywhere(SMALL, "ä" * 10_000))
    places = re.findall(
        r'<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)"', text_of(content, "-bbox")
    )
    assert len(places) > 100
    for left, top, right, bottom in (map(float, place) for place in places):
        assert left >= 50
        assert right <= 595.3 - 50
        assert top >= 50
        assert bottom <= 841.9 - 30
    assert text_of(content).count("ä") >= 10_000


def test_every_character_of_the_font_is_shown():
    known = "".join(sorted(advances("Regular").keys() - {"\u00ad", "\u200b"}))
    assert advances("Regular").keys() == advances("Bold").keys()
    assert "[U+" not in known_text(known)
    assert [known_text(hidden) for hidden in "\u00ad\u200b"] == ["[U+00AD]", "[U+200B]"]
    assert made(everywhere(SMALL, " ".join(known))).startswith(b"%PDF")
    assert sum(file.stat().st_size for file in SCHRIFT.iterdir()) < 180 * 1024
    assert "SIL OPEN FONT LICENSE" in (SCHRIFT / "OFL.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("command", ["check", "vergleichen", "deminimis"])
def test_without_the_extra_a_sentence_says_how_to_get_it(run, monkeypatch, tmp_path, command):
    monkeypatch.setattr("foerdercheck.cli.ausgaben.find_spec", lambda _: None)
    files = [JA, JA] if command == "vergleichen" else [JA]
    code, out, err = run(command, *files, "--output", tmp_path / "b.json", "--output", tmp_path / "b.pdf")
    assert (code, out, list(tmp_path.iterdir())) == (2, "", [])
    assert 'ein PDF setzt typst; es fehlt hier: pip install "foerdercheck[pdf]"' in err


def test_no_screen_shows_it(check):
    code, out, err = check(JA, "--format", "pdf")
    assert (code, out) == (2, "")
    assert "ein PDF wird in eine Datei geschrieben (--output NAME.pdf)" in err


def test_what_shows_across_files_is_in_it_too():
    beside = side_by_side(EXAMPLES)
    assert made(*beside).startswith(b"%PDF")
