"""The HTML report: one file that loads nothing, in order for those who hear it, and strangers' texts nothing but text in it."""

import itertools
import re
from base64 import b64encode
from dataclasses import replace
from decimal import Decimal
from hashlib import sha256
from html.parser import HTMLParser

import pytest
from demo import BUDGETS, FILES, HISTORIE, check_demo
from report_cases import EXAMPLES, ROOT, everywhere, example, given_what_strangers_write, rendered

from foerdercheck import check_budget
from foerdercheck.assessment.budget import Assessment
from foerdercheck.assessment.historie import check_history
from foerdercheck.model.deutsch import datum, euro
from foerdercheck.reports.bericht import report
from foerdercheck.reports.characters import harmless
from foerdercheck.reports.dokument import Ast, Balken, Liste, Tabelle, Urteil
from foerdercheck.reports.history import history_report
from foerdercheck.reports.html import html_of_blocks

ELEMENTS = {
    "html", "head", "meta", "title", "style", "body", "a", "main", "section", "h1", "h2", "h3", "h4", "h5", "dl", "div", "dt", "dd",
    "span", "b", "br", "code", "p", "ul", "li", "table", "caption", "thead", "tbody", "tr", "th", "td", "figure", "figcaption",
    "svg", "rect", "line", "details", "summary",
}  # fmt: skip
ATTRIBUTES = {
    "lang", "charset", "http-equiv", "content", "name", "href", "id", "class", "scope", "role", "tabindex", "aria-label",
    "aria-labelledby", "aria-hidden", "open", "viewbox", "preserveaspectratio", "x", "y", "width", "height", "x1", "x2", "y1", "y2",
}  # fmt: skip
VOID = {"meta", "br"}


class Page(HTMLParser):
    """What a browser would make of a document."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text: list[str] = []
        self.style = ""
        self._open: list[str] = []
        self.feed(text)
        self.close()
        assert self._open == []

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID and (tag, "/") != (tag, self.get_starttag_text()[-2]):
            self._open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        assert self._open.pop() == tag

    def handle_data(self, data):
        if self._open[-1:] == ["style"]:
            self.style += data
        else:
            self.text.append(data)

    def handle_comment(self, data):
        raise AssertionError(data)

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.tags if name == tag]

    @property
    def said(self) -> str:
        return flat("".join(self.text))


def flat(text: str) -> str:
    return re.sub(r"\s+", " ", text)


def page(*assessments: Assessment) -> Page:
    return Page(rendered("html", assessments))


DOCUMENTS = {
    **{assessment.datei: rendered("html", [assessment]) for assessment in EXAMPLES},
    "alle": rendered("html", EXAMPLES),
    "konto": html_of_blocks(history_report(check_history(HISTORIE))),
}
each_document = pytest.mark.parametrize("text", DOCUMENTS.values(), ids=DOCUMENTS)


@each_document
def test_a_document_has_one_language_one_title_and_headings_in_order(text):
    seen = Page(text)
    assert seen.all("html") == [{"lang": "de"}]
    levels = [int(tag[1]) for tag, _ in seen.tags if re.fullmatch(r"h[1-6]", tag)]
    assert (levels[0], levels.count(1)) == (1, 1)
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))
    assert seen.all("main") == [{"id": "inhalt", "tabindex": "-1"}]
    assert seen.all("a")[0]["href"] == "#inhalt"


@each_document
def test_tables_say_what_they_hold_and_no_head_is_empty(text):
    seen = Page(text)
    assert len(seen.all("caption")) == len(seen.all("table"))
    assert {cell["scope"] for cell in seen.all("th")} <= {"col", "row"}
    assert len(seen.all("th")) > 0 or not seen.all("table")
    assert re.search(r"<(th|caption)[^>]*>(<span[^>]*>)?\s*</", text) is None
    assert {group["aria-labelledby"] for group in seen.all("div") if "tabindex" in group} == {
        caption["id"] for caption in seen.all("caption")
    }


@each_document
def test_every_id_is_given_once_and_every_link_leads_to_one(text):
    seen = Page(text)
    ids = [attributes["id"] for _, attributes in seen.tags if "id" in attributes]
    assert len(set(ids)) == len(ids)
    assert {link["href"].removeprefix("#") for link in seen.all("a")} <= set(ids)


@each_document
def test_nothing_is_loaded_or_run_and_the_policy_forbids_it(text):
    seen = Page(text)
    assert {tag for tag, _ in seen.tags} <= ELEMENTS
    assert {name for _, attributes in seen.tags for name in attributes} <= ATTRIBUTES
    assert re.search(r"url\(|@import|expression", seen.style) is None
    digest = b64encode(sha256(seen.style.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    assert seen.all("meta")[1] == {"http-equiv": "Content-Security-Policy", "content": policy}


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_it_says_every_sentence_of_the_text_report(file):
    assessment = check_demo(file)
    said = page(assessment).said
    for block in report(assessment, herleitung=True, ausfuehrlich=True):
        if isinstance(block, Liste) and not block.titel.startswith("Entfällt"):
            texts = [line for entry in block.eintraege for line in entry.text.split("\n")]
        elif isinstance(block, Tabelle):
            texts = [cell.text for row in block.zeilen for cell in row]
        elif isinstance(block, Balken):
            texts = [block.titel, *(f"{name} {euro(betrag)}" for name, betrag, _ in block.teile)]
        elif isinstance(block, Urteil):
            texts = [block.titel, *(cell.text for _, cell in block.antworten)]
        else:
            texts = [block.text, block.rest] if isinstance(block, Ast) else []
        assert [text for text in texts if flat(text).strip() not in said] == []
    assert [befund.text for befund in assessment.befunde if flat(befund.text) not in said] == []


def test_what_was_checked_and_the_verdict_come_first_and_the_annex_last():
    text = DOCUMENTS[example("hoechstbetrag").datei]
    parts = [
        "<h1>",
        "<dt>Datei",
        "Ergebnis: ",
        "<h2>Verletzt",
        "<h2>Hinweise",
        "Bezeichnung",
        "<h2>Anhang",
        "Jede Regel",
        "<h3>Herleitung",
    ]
    places = [text.index(part) for part in parts]
    assert places == sorted(places)


def test_findings_lead_to_their_rule_figures_to_their_derivation_and_rules_to_their_content():
    text = DOCUMENTS[example("hoechstbetrag").datei]
    finding = re.search(r'<ul class="liste">\n<li>.*?<a href="#(m\d+)">', text)
    row = re.search(rf'<th scope="row" id="{finding[1]}"><a href="#(m\d+)">', text)
    assert f'id="{row[1]}"' in text[text.index("Was die Regeln verlangen") :]
    figure = re.search(
        r'<span class="stark"><a href="#(m\d+)">[\d.,]+ €</a></span></td></tr>\n<tr><th scope="row">Eigenmittel', text
    )
    assert re.search(rf'<details open id="{figure[1]}"><summary>Zuwendung ', text)


def test_drawings_have_their_numbers_as_text():
    assessment = check_history(HISTORIE)
    text = html_of_blocks(history_report(assessment))
    for konto in assessment.konten:
        told = ", ".join(f"ab {datum(tag)} {euro(betrag)}" for tag, betrag in konto.verlauf)
        assert (f': {told}">' in text) == (len(konto.verlauf) > 1)
        assert f"{euro(konto.fuellungen[0].belegt)}, neu " in text


def test_a_bar_is_drawn_to_scale_and_shows_where_the_whole_ends():
    bar = Balken("B", [("a", Decimal(75), "normal"), ("b", Decimal(75), "schlecht")], Decimal(100))
    text = html_of_blocks([bar])
    assert re.findall(r'x="(\d+)" y="0" width="(\d+)"', text) == [("0", "500"), ("500", "500")]
    assert 'x1="666" x2="666"' in text
    assert 'aria-label="B: a 75,00 €, b 75,00 € von 100,00 €"' in text


@given_what_strangers_write
def test_what_strangers_write_is_only_text(text):
    for name in ("hoechstbetrag", "fehler"):
        seen = page(everywhere(example(name), text))
        assert {tag for tag, _ in seen.tags} <= ELEMENTS
        assert {attribute for _, attributes in seen.tags for attribute in attributes} <= ATTRIBUTES
        assert all(link["href"].startswith("#") for link in seen.all("a"))
        assert flat(harmless(text).split("\n")[0]).strip() in seen.said


@pytest.mark.parametrize(
    "text", ["<script>alert(1)</script>", "javascript:alert(1)", "</style><b>", "\u202egpj.exe", "x" * 10_000]
)
def test_hostile_texts_are_shown_as_they_are(text):
    document = rendered("html", [everywhere(example("ja"), text)])
    assert "<script" not in document
    assert document.count("</style>") == 1
    assert "\u202e" not in document
    assert harmless(text) in Page(document).said


def test_files_of_the_same_text_keep_their_ids_apart_and_equal_names_too():
    assessment = example("ja")
    seen = page(assessment, replace(assessment, datei="anders.yaml"))
    ids = [attributes["id"] for _, attributes in seen.tags if "id" in attributes]
    assert len(set(ids)) == len(ids)


def test_files_and_accounts_and_comparisons_are_written_by_their_ending(run, check, tmp_path):
    goal = tmp_path / "a.html"
    assert check(BUDGETS / "ja.yaml", "-o", goal).code == 0
    assert Page(goal.read_text(encoding="utf-8")).all("html") == [{"lang": "de"}]
    assert check(BUDGETS / "ja.yaml", "--alle", "-o", goal).code == 0
    assert "in allen Förderprogrammen" in Page(goal.read_text(encoding="utf-8")).said
    assert run("deminimis", HISTORIE, "-o", goal).code == 0
    assert "De-minimis-Konto" in Page(goal.read_text(encoding="utf-8")).said


@pytest.mark.parametrize(
    "file",
    [file for file in sorted((ROOT / "budgets").glob("*.yaml")) if "histor" not in file.stem],
    ids=lambda file: file.stem,
)
def test_the_report_of_an_example_stays_small(file):
    assert len(rendered("html", [check_budget(file)]).encode()) <= 150_000


def test_what_would_make_it_pass_stands_right_below_the_verdict(check, tmp_path):
    goal = tmp_path / "bericht.html"
    check(BUDGETS / "hoechstbetrag.yaml", "--output", goal)
    heads = re.findall(r"<h2>(.*?)</h2>", goal.read_text(encoding="utf-8"))
    assert "Ergebnis" in heads[0]
    assert heads[1] in {"Damit es passt", "Was noch möglich ist"}
    check(BUDGETS / "hoechstbetrag.yaml", "--ohne-vorschlaege", "--output", goal)
    assert heads[1] not in goal.read_text(encoding="utf-8")


def test_the_report_of_an_example_is_small(run, tmp_path):
    for file in sorted((ROOT / "budgets").glob("*.yaml")):
        goal = tmp_path / f"{file.stem}.html"
        run("check", file, "--output", goal)
        assert goal.stat().st_size < 150 * 1024, file.name


def test_no_line_of_a_finding_divides_an_amount(run, tmp_path):
    """Every amount in a list stands in an element that is not broken; the text is what it was."""
    page = tmp_path / "b.html"
    run("check", ROOT / "budgets" / "kmu-hoechstbetrag-ueberschritten.yaml", "--output", page)
    html = page.read_text(encoding="utf-8")
    entry = next(part for part in html.split("<li>") if "im Fenster ab" in part)
    assert '<span class="ganz">245.400,00 €</span> im Fenster ab' in entry
    assert re.findall(r"[0-9] €(?!</span>)", entry) == []
    assert ".ganz{white-space:nowrap}" in html
