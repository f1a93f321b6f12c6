"""How the PDF is set: columns as wide as their texts, rows that are not torn, links that lead somewhere, and all of it in one go."""

import json
import re
import time
from functools import partial
from itertools import pairwise

import pikepdf
import pytest
import typst
from hypothesis import given
from hypothesis import strategies as st
from pdf_files import children, elements, needs_pdftotext, opened, text_of
from report_cases import ROOT

from foerdercheck import check_budget
from foerdercheck.assessment.budget import Assessment
from foerdercheck.reports import pdf as writing
from foerdercheck.reports.dokument import Spalte, Tabelle, Ueberschrift, Zelle
from foerdercheck.reports.pdf import Titelei, pdf_of_blocks, pdf_view
from foerdercheck.reports.pdf_columns import LINE, CellText, set_columns
from foerdercheck.reports.pdf_font import advances, known_text, pdf_text, text_width

NAMES = ("hochschule-direkt-guenstiger", "verbund-ein-unternehmen", "zr-ni-pflege-esf")
REAL = [check_budget(ROOT / "budgets" / f"{name}.yaml") for name in NAMES]
each_example = pytest.mark.parametrize("assessment", REAL, ids=NAMES)


def compiled(assessment: Assessment) -> bytes:
    view = pdf_view(assessment)
    return writing._compiled(view.kopf, view.bloecke, view.anlagen)


def table_of(*rows: tuple[str, ...], spalten: tuple[Spalte, ...] = ()) -> bytes:
    spalten = spalten or tuple(Spalte(f"Kopf {number}") for number in range(len(rows[0])))
    table = Tabelle(spalten, [[Zelle(text) for text in row] for row in rows], "Tabelle")
    return pdf_of_blocks([Ueberschrift("Titel"), table], "{}", [], Titelei("", None))


@pytest.mark.parametrize("face", ["Regular", "Bold"])
def test_widths_are_those_of_the_font(face):
    known = sorted(advances(face).keys() - {"\u00ad", "\u200b"})
    source = f"""#set text(font: "Foerdercheck Sans", size: 1000pt, weight: {face.lower()!r}, fallback: false)
    #context [#metadata(json("t.json").map(it => measure(it).width.pt())) <w>]""".replace("'", '"')
    found = typst.query(
        {"main.typ": source.encode(), "t.json": json.dumps(known).encode()}, "<w>", field="value", one=True,
        font_paths=writing._fonts(),
    )  # fmt: skip
    assert [round(width) for width in json.loads(found)] == [advances(face)[character] for character in known]


@given(st.lists(st.tuples(*[st.text("aeimn 1-/_ß€", max_size=80)] * 3), min_size=1, max_size=6), st.integers(0, 7))
def test_columns_fill_the_line_and_hold_what_is_not_wrapped(rows, kinds):
    spalten = [Spalte("Kopf", zahl=bool(kinds & 1 << number)) for number in range(3)]
    texts = [[CellText(pdf_text(text)) for text in row] for row in rows]
    satz = set_columns(spalten, [[CellText("Kopf")] * 3, *texts])
    assert sum(satz.breiten) == LINE
    assert min(satz.breiten) > 0
    for number, wrapped in enumerate(satz.umbruch):
        if not wrapped:
            room = satz.breiten[number] - 2 * satz.rand
            assert all(text_width(row[number].text, satz.groesse) <= room + satz.rand for row in texts)


@needs_pdftotext
@pytest.mark.parametrize(
    "word",
    ["Zuwendungsempfängerbeteiligung", "1234567890" * 3, "ä" * 30, "https://example.org/" + "a" * 60, "a_" * 15, "x" * 200,
     "https://" + "(" * 200, "-" * 60, "Steuerungsgruppe/Handlungsfeldbeirat",
     "vorhaben.landkreise.Diepholz", "a.b.c.d.e.f.g.h.i.j.k.l.m.n.o.p", "x:y;z" * 6, "(((((Zuwendungsempfängerin)))))"],
)  # fmt: skip
def test_no_word_runs_into_the_next_column(word):
    long = "Ein Satz, der für seine Spalte zu lang ist und deshalb umbrochen wird. " * 4
    content = table_of((long, word, long, word, long, word, "Ziel"), ("kurz", "kurz", long, long, long, long, "Ziel"))
    boxes = re.findall(r'<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)"', text_of(content, "-bbox"))
    lines: dict[str, list[tuple[float, float]]] = {}
    for left, top, right in boxes:
        lines.setdefault(top, []).append((float(left), float(right)))
    for line in lines.values():
        assert all(before[1] <= after[0] + 0.1 for before, after in pairwise(sorted(line)))
        assert max(line)[1] <= 595.3 - 56


def test_a_number_is_never_wrapped():
    amounts = tuple(f"1.234.56{number},00 €" for number in range(3))
    content = table_of(("Text " * 60, *amounts), spalten=(Spalte("Text"), *[Spalte("Betrag", zahl=True)] * 3))
    assert [" ".join(amounts).replace(" ", "")] == [
        found.replace("\u00a0", "").replace(" ", "")
        for found in re.findall(r"1\.234\.560.*€", text_of(content, "-layout"))
    ]


def _page_of(element: pikepdf.Dictionary) -> set[int]:
    """Return the pages on which the content of an element lies, by the numbers of their objects."""
    here = {element.Pg.objgen[0]} if "/Pg" in element else set()
    return here.union(*map(_page_of, children(element))) if children(element) else here


@each_example
def test_no_row_is_torn_and_links_lead_into_the_document(assessment):
    pdf = opened(compiled(assessment))
    rows = [element for kind, element in elements(pdf) if kind == "TR"]
    assert len(rows) > 50
    assert [len(_page_of(row)) for row in rows] == [1] * len(rows)
    wanted = json.dumps(pdf_view(assessment).bloecke).count('"zu":')
    links = [note for page in pdf.pages for note in page.get("/Annots", []) if note.Subtype == "/Link"]
    assert sum(kind == "Link" for kind, _ in elements(pdf)) >= wanted > 20
    numbers = {page.objgen for page in pdf.pages}
    assert len(links) >= wanted
    assert all((note.get("/Dest") or note.A.D)[0].objgen in numbers for note in links)


def _texts(data: object) -> list[str]:
    if isinstance(data, str):
        return [data]
    inner = data.values() if isinstance(data, dict) else data if isinstance(data, list | tuple) else ()
    return [text for each in inner for text in _texts(each)]


def _seconds(work) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def _effort(colour: str) -> float:
    """Return how many times as long reports take as their bare texts, in a colour in which nothing was set in this process."""
    look = f'#set text(font: "Foerdercheck Sans", size: 9.5pt, fill: rgb("{colour}"))\n'
    main = f'#set document(title: "x")\n{look}#for it in json("t.json") {{ par(it) }}'.encode()
    bare = whole = 0.0
    for assessment in REAL:
        view = pdf_view(assessment)
        texts = json.dumps([known_text(text) for text in _texts(view.bloecke)]).encode()
        bare += _seconds(partial(typst.compile, {"main.typ": main, "t.json": texts}, font_paths=writing._fonts()))
        whole += _seconds(partial(writing._compiled, view.kopf, view.bloecke, view.anlagen))
    return whole / bare


def test_setting_it_takes_little_more_than_setting_its_bare_texts(monkeypatch, tmp_path):
    """Cells that are measured before they are set take twice the time, and no other test notices."""
    text = writing._VORLAGE.read_text(encoding="utf-8")
    efforts = []
    for colour in ("#1b1b1c", "#1b1b1d", "#1b1b1e"):
        fresh = tmp_path / f"{colour[1:]}.typ"
        fresh.write_text(text.replace("#1b1b1b", colour), encoding="utf-8")
        monkeypatch.setattr(writing, "_VORLAGE", fresh)
        efforts.append(_effort(colour))
    assert min(efforts) < 2.9, efforts
