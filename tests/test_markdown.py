"""Markdown: the exact document for one budget, and texts by strangers that stay nothing but text on GitHub and GitLab."""

import html
import re
from dataclasses import replace
from datetime import date
from functools import cache

import pytest
from demo import HISTORIE
from markdown_it import MarkdownIt
from report_cases import EXAMPLES, ROOT, SMALL, everywhere, example, given_what_strangers_write, rendered

from foerdercheck.assessment.historie import check_history
from foerdercheck.model.befund import Annahme, Befund
from foerdercheck.reports.characters import in_one_line
from foerdercheck.reports.dokument import FUSS
from foerdercheck.reports.history import history_report
from foerdercheck.reports.markdown_blocks import GAP, literal, literal_html, quoted, render_blocks
from foerdercheck.reports.summary import at_a_glance

MARKDOWN = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
REFERENCES = {  # what the two sites make a link, a picture or a notification of, in text that is no markup any more
    "mention": r"@[\w.-]", "issue": r"#\d|\bGH-\d", "merge request": r"!\d", "snippet": r"\$\d", "epic": r"&\d",
    "milestone": r'%[\w"]', "label": r'~[\w"]', "alert": r"\^alert#", "special": r"[\[*]\w+:|\[\[", "project": r"\w>",
    "change": r"[\[{][+-]", "link": r"(?i)\w://|www\.|mailto:|xmpp:", "emoji": r":(100|(?!\d+:)[\w+-]+):",
    "commit": r"(?i)(?<![0-9a-z])(?=\d*[a-f])[0-9a-f]{7,40}(?![0-9a-z])",
}  # fmt: skip


def test_one_budget_line_by_line():
    expected = (ROOT / "tests" / "ergebnis.md").read_text(encoding="utf-8")
    assert rendered("markdown", [SMALL]) == expected.replace("KENNUNG", str(SMALL.pruefkennung))


def test_several_files_are_one_table_and_folded_sections():
    text = rendered("markdown", EXAMPLES)
    head, *sections = text.split("<details>\n")
    rows = [line for line in head.splitlines() if line.startswith("| ")][2:]
    assert len(rows) == len(sections) == len(EXAMPLES)
    assert head.startswith("## foerdercheck: FEHLER\n\n| Datei | Ergebnis | Zuwendung | entscheidend |\n")
    for row, section, assessment in zip(rows, sections, EXAMPLES, strict=True):
        assert row.endswith(f"| {literal(at_a_glance(assessment).grund)} |")
        assert section.startswith(f"<summary>„{assessment.datei}“: ")
        assert section.count("</details>") == 1
        assert all(literal(befund.text) in section for befund in assessment.befunde if befund.status not in SILENT)
    assert text.endswith(f"</details>\n\n*{literal(FUSS)}*\n")
    assert text.count("Prüfhilfe") == 1


SILENT = {"erfuellt", "entfaellt"}
ANNAHME = Annahme("verletzt", "G", "W", date(2026, 12, 31), "U")
TAKEN = Befund("traumland/7-sitz", "3", "hinweis", "T", angenommen=ANNAHME)


@pytest.mark.parametrize(
    ("verdicts", "title", "signs"),
    [
        (["foerderfaehig"], "FÖRDERFÄHIG", ["✓ FÖRDERFÄHIG"]),
        (["foerderfaehig!"], "FÖRDERFÄHIG (mit Ausnahmen)", ["! FÖRDERFÄHIG (mit Ausnahmen)"]),
        (["foerderfaehig", "foerderfaehig!"], "FÖRDERFÄHIG (mit Ausnahmen)", ["✓ FÖRDERFÄHIG", "! FÖRDERFÄHIG (mit Ausnahmen)"]),
        (["foerderfaehig!", "offen"], "OFFEN – noch zu klären", ["! FÖRDERFÄHIG (mit Ausnahmen)", "? OFFEN – noch zu klären"]),
        (["nicht_foerderfaehig!"], "NICHT FÖRDERFÄHIG (mit Ausnahmen)", ["✗ NICHT FÖRDERFÄHIG (mit Ausnahmen)"]),
    ],
)  # fmt: skip
def test_exceptions_show_in_the_headline_and_have_a_sign_of_their_own(verdicts, title, signs):
    read = [
        replace(SMALL, ergebnis=said.rstrip("!"), befunde=(TAKEN,) if said.endswith("!") else ()) for said in verdicts
    ]
    lines = rendered("markdown", read).splitlines()
    assert lines[0] == f"## foerdercheck: {title}"
    assert [line.split(" | ")[1] for line in lines[4 : 4 + len(read)]] == signs


def test_verdict_and_findings_stand_before_the_figures():
    text = rendered("markdown", [example("hoechstbetrag")])
    parts = ("### Vorhaben", "**ERGEBNIS", "**Verletzt", "**Hinweise", "#### Nickerchen", "| Kosten |", "- Erfüllt:")
    places = [text.index(part) for part in parts]
    assert places == sorted(places)


def test_unreadable_file_quotes_what_stands_there():
    text = rendered("markdown", [example("fehler")])
    assert re.search(
        r"\n- ✗ Schlüssel „eigenmittel“ steht doppelt .*\(Zeile 23, Spalte 5\)<br>`eigenmittel: .*`\n", text
    )


def test_every_kind_of_block_has_its_markdown():
    history = check_history(HISTORIE, stichtag=date(2026, 5, 10))
    text = render_blocks(history_report(history))
    assert "\n- ab 11.05.2026: 116.600,00 €\n" in text
    tokens = [token.type for token in MARKDOWN.parse(rendered("markdown", [example("auftraege")], herleitung=True))]
    assert tokens.count("table_open") > 3
    assert tokens.count("bullet_list_open") > 10


def shown(text, context):
    """Return what a reader sees of Markdown, without the context, and the kinds of markup in it."""
    kinds, seen = set(), ""
    for block in MARKDOWN.parse(context % text):
        for token in block.children or ():
            kinds.add(token.type)
            seen += token.content
        seen += " "
        if block.type in {"html_block", "fence", "code_block", "hr"}:
            kinds.add(block.type)
    return seen, kinds


CONTEXTS = {"entry": "- ✗ %s", "cell": "|h|\n|---|\n| %s |", "heading": "### %s", "strong": "a **%s** b"}


@given_what_strangers_write
@pytest.mark.parametrize("context", CONTEXTS.values(), ids=CONTEXTS)
def test_text_by_a_stranger_is_nothing_but_text(context, text):
    seen, kinds = shown(literal(text.strip(" \n\t")), context)
    assert kinds - {"strong_open", "strong_close"} <= {"text", "text_special"}
    assert len(kinds & {"strong_open", "strong_close"}) == 2 * ("*" in context)
    assert " ".join(in_one_line(text).replace(GAP, "").split()) in " ".join(seen.replace(GAP, "").split())
    assert {name: pattern for name, pattern in REFERENCES.items() if re.search(pattern, seen)} == {}


@given_what_strangers_write
def test_summary_is_text_too(text):
    written = literal_html(text)
    assert re.search("[<>]", written) is None
    seen = html.unescape(written)
    assert seen.replace(GAP, "") == in_one_line(text).replace(GAP, "")
    assert {name: pattern for name, pattern in REFERENCES.items() if re.search(pattern, seen)} == {}


@given_what_strangers_write
def test_quoted_lines_are_code(text):
    inline = MARKDOWN.parse(f"- x<br>{quoted(text)}")[3]
    assert [token.type for token in inline.children] == ["text", "html_inline", "code_inline"]
    assert inline.children[2].content.strip() == in_one_line(text).strip()


def tags(document):
    """Return all HTML in a document but line breaks."""
    blocks = MARKDOWN.parse(document)
    html = [token.content for block in blocks for token in (block, *(block.children or ())) if "html" in token.type]
    return [tag for tag in re.findall("<[^>]*>", "".join(html)) if tag != "<br>"]


@cache
def structure(text):
    """Return how the lines begin, and the HTML, of a document in which `text` stands everywhere."""
    read = [everywhere(assessment, text) for assessment in (SMALL, example("fehler"))]
    document = rendered("markdown", read)
    return [line[:2] for line in document.split("\n")], tags(document)


@given_what_strangers_write
def test_no_text_leaves_its_place_in_the_document(text):
    assert structure(text) == structure("x")


@pytest.mark.parametrize(
    "text",
    [
        "GmbH & Co. KG",
        "75 % von 1.000,00 €",
        "R&D",
        "budget.yaml:41:14",
        "Az. 12345678",
        "A/B",
        "Müller (Kiel)",
        "x = 3 - 2",
    ],
)
def test_ordinary_text_can_be_copied_as_it_is(text):
    assert literal(text) == text
