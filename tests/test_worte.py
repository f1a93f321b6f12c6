"""Whoever fills in a workbook reads headings, whoever writes YAML its keys: in findings, remarks and errors, in every form."""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook
from rechtsfaelle import Fall, load_cases
from test_menschenfehler import BUDGET, cases, with_mistake

from foerdercheck.assessment.budget import Assessment, check_budget, check_document
from foerdercheck.assessment.historie import OHNE_NAMEN, check_history
from foerdercheck.model.angaben import BUDGETBLAETTER
from foerdercheck.model.beihilfeangaben import HISTORIENBLAETTER
from foerdercheck.model.headings import heading_of
from foerdercheck.model.location import Path as TreePath
from foerdercheck.model.location import SourceMap, feld, worded
from foerdercheck.programmes import programme_ids
from foerdercheck.programmes.vokabular import vokabular
from foerdercheck.reading.files import File, read_file, read_text
from foerdercheck.writing.conversion import budget_as_workbook

BUDGETS = Path(__file__).parents[1] / "budgets"
_EVERY = {part for blatt in (*BUDGETBLAETTER, *HISTORIENBLAETTER) for angabe in blatt.angaben for part in angabe.pfad}
_GERMAN = {
    "ab",
    "beantragt",
    "bis",
    "brutto",
    "deminimis",
    "nach",
    "netto",
    "unternehmen",
    "von",
    "wachstumsorientiert",
    "wer",
    "zugesagt",
}
"""Keys that are lower-case words, too, or a value of a cell."""
KEYS = re.compile(rf"(?<![\w/.-])(?:{'|'.join(sorted(_EVERY - _GERMAN))})(?![\w-])|\w+\.\w+_\w+|[\x02\x03]")


class InAWorkbook:
    """The source map of a text that calls fields as a workbook does."""

    def __init__(self, source: SourceMap) -> None:
        self.datei, self.sheets = source.datei, source.sheets
        self.locate, self.locate_key, self.excerpt = source.locate, source.locate_key, source.excerpt

    def name(self, path: TreePath, *, placed: bool = False) -> str:  # noqa: ARG002
        return heading_of(path)


def said(found: Assessment) -> Iterator[str]:
    yield from (befund.text for befund in found.befunde)
    yield from (fehler.text for fehler in (*found.fehler, *found.fehlend))


def keys_in(texts: Iterator[str]) -> list[str]:
    return [f"{key} in: {text}" for text in texts for key in KEYS.findall(text)]


@pytest.mark.parametrize("programm", programme_ids())
def test_no_rule_says_a_key_to_whoever_fills_in_a_workbook(programm):
    def assessed(fall: Fall) -> Assessment:
        document = fall.document._replace(source=InAWorkbook(fall.document.source))
        return check_document(document, BUDGETS, stichtag=fall.stichtag, heute=fall.heute)

    assert [key for fall in load_cases(programm) for key in keys_in(said(assessed(fall)))] == []


@pytest.fixture(scope="module")
def workbooks(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Every example that is a budget as a workbook, beside the histories they name."""
    folder = tmp_path_factory.mktemp("mappen")
    found = []
    for file in sorted(BUDGETS.iterdir()):
        if file.name.startswith("histor"):
            (folder / file.name).write_bytes(file.read_bytes())
        elif file.suffix == ".yaml" and file.stem not in _NO_WORKBOOK:
            found.append(folder / f"{file.stem}.xlsx")
            found[-1].write_bytes(budget_as_workbook(read_file(File(str(file), file.read_bytes()), vokabular())))
    return found


_NO_WORKBOOK = {"doppelter-schluessel", "zahlenfallen"}
"""They cannot be read, which is what they are for."""


@pytest.mark.parametrize(
    "form", [("tabelle", "--herleitung", "--ausfuehrlich"), ("kurz",), ("markdown", "--herleitung"), ("html",)]
)
def test_no_form_shows_a_key_of_a_workbook(form, workbooks, run):
    shown = run("check", *workbooks, "--format", *form)
    assert shown.code == 1
    text = re.sub(r"<(?:style|head).*?</(?:style|head)>|<[^>]*>", " ", shown.out, flags=re.DOTALL)
    assert "frei sind nur" in text
    assert keys_in(iter(text.splitlines())) == []


def test_the_same_finding_names_a_key_in_yaml_and_a_heading_in_a_workbook():
    def texts(source: bytes, name: str) -> str:
        return "\n".join(befund.text for befund in check_budget(source, name=name).befunde if befund.status == "offen")

    data = (BUDGETS / "verein-angaben-fehlen.yaml").read_bytes()
    assert "Sind die Folgekosten gesichert (folgekosten_gesichert)?" in texts(data, "b.yaml")
    in_workbook = texts(budget_as_workbook(read_file(File("b.yaml", data), vokabular())), "b.xlsx")
    assert "Sind die Folgekosten gesichert („Folgekosten gesichert“)?" in in_workbook


def test_a_field_is_marked_by_the_keys_that_lead_to_it():
    text, source = f"{feld('finanzierung', 'eigenmittel')} und {feld('ust')}", read_text(b"a: 1", "b.yaml").source
    assert worded(text, source) == "finanzierung.eigenmittel und ust"
    assert worded(text, InAWorkbook(source)) == "Eigenmittel und USt"


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ("Firma;Bescheid vom;Subventionswert in €\nA;15.3.25;7\n", ["Bescheid vom: „15.3.25“ ist kein Datum"]),
        ("Firma;Bescheid vom;Subventionswert in €\nA;15.03.2025;x\n", ["Subventionswert in €: „x“ ist kein Betrag"]),
        (
            "Firma;Datum;BSÄ\nA;15.03.2025;7\nB;16.03.2025;7\n",
            ["Gewährt am fehlt", "die Spalte Gewährt am gibt es nicht", "nicht gelesen: „Datum“"],
        ),
        ("Firma;Gewährt am;BSÄ\nA;15.03.2025;\n", ["BSÄ und Fördersumme fehlen beide"]),
        (
            "Firma;Gewährt am;Form;Fördersumme\nA;15.03.2025;Darlehen;7\n",
            ["ohne Subventionswert fehlen „Laufzeit Jahre“ und Besicherung"],
        ),
        ("Firma;Gewährt am;BSÄ\nA;15.03.2025;7\n;16.03.2025;7\n", ["Firma fehlt: wer die Beihilfe erhalten hat"]),
    ],
)
def test_a_table_of_aid_is_spoken_of_by_its_headings(rows, said):
    (fehler,) = check_history(rows.encode(), name="h.csv").fehler
    assert [words for words in said if words not in fehler.text] == [], fehler.text
    assert keys_in(iter([fehler.text])) == []


def test_a_budget_speaks_of_the_aid_in_another_file_as_that_file_does():
    budget = BUDGET.replace("art: hochschule", "art: unternehmen").replace("gemeinkosten: auto", "deminimis: h.csv")
    found = check_budget(
        {"b.yaml": budget.encode(), "h.csv": "Firma;Bescheid vom;BSÄ\nX;15.03.2025;\n".encode()}, name="b.yaml"
    )
    assert ["BSÄ und Fördersumme fehlen beide" in fehler.text for fehler in found.fehler] == [True]


AMTLICH = [
    "Datum des Bewilligungsbescheides;Zuwendungsgeber;Aktenzeichen;Fördersumme in €;Subventionswert in €",
    "Bewilligungsdatum;Beihilfegeber;Az.;Nennbetrag in EUR;Bruttosubventionsäquivalent in EUR",
    "Zuwendungsbescheid vom;Bewilligende Stelle;Förderkennzeichen;Fördersumme;BSÄ (EUR)",
    "Datum der Zusage;Beihilfegeber / Zuwendungsgeber;Aktenzeichen (bitte angeben);Darlehensbetrag;Subventionswert/BSÄ",
    "Datum des Zuwendungsbescheids / Vertrags;Gewährende Stelle;Geschäftszeichen;Zuwendungsbetrag;Beihilfewert in €",
]


@pytest.mark.parametrize("heading", AMTLICH)
def test_lists_with_the_headings_of_certificates_are_read_also_without_the_name_of_who_keeps_them(
    heading, run, tmp_path
):
    (tmp_path / "h.csv").write_text(f"{heading}\n15.03.2025;Land;K-1;60.000,00;50.000,00\n", encoding="utf-8")
    found = check_history(tmp_path / "h.csv", stichtag=date(2026, 6, 1))
    assert [(konto.unternehmen, str(konto.frei)) for konto in found.konten] == [((OHNE_NAMEN,), "250000.00")]
    assert ["zählt" in said.text and "ein einziges Unternehmen" in said.text for said in found.bemerkungen] == [True]
    (named,) = check_history(tmp_path / "h.csv", stichtag=date(2026, 6, 1), unternehmen="Werft GmbH").konten
    assert (named.unternehmen, str(named.frei)) == (("Werft GmbH",), "250000.00")
    draft = run("deminimis", tmp_path / "h.csv", "--erklaerung", tmp_path / "e.md")
    assert (draft.code, "Wer erklärt? Geben Sie --unternehmen an." in draft.err) == (2, True)


@pytest.mark.parametrize(
    "rest",
    [
        "  - {unternehmen: A, gewaehrt_am: 2025-01-01, subventionswert: 5}",
        "verbund: [{unternehmen: A, beziehung: stimmrechtsmehrheit, verbunden_mit: B}]",
    ],
)
def test_a_name_or_a_relation_anywhere_demands_a_name_for_every_award(rest):
    (fehler,) = check_history(
        f"beihilfen:\n  - {{gewaehrt_am: 2025-01-01, subventionswert: 5}}\n{rest}\n".encode()
    ).fehler
    assert fehler.text == "unternehmen fehlt: wer die Beihilfe erhalten hat"


def test_a_budget_and_its_workbook_differ_in_nothing_although_they_call_fields_differently(run, workbooks):
    for name in ("verein-angaben-fehlen", "auftraege-einer-offen"):
        workbook = next(file for file in workbooks if file.stem == name)
        assert "ERGEBNIS: GLEICH" in run("vergleichen", BUDGETS / f"{name}.yaml", workbook).out


def test_whoever_lacks_what_every_figure_needs_reads_it_by_its_heading():
    book = read_text(BUDGET.replace("  beginn: 01.04.2026\n", "").encode(), "b.yaml")
    found = check_document(book._replace(source=InAWorkbook(book.source)), BUDGETS)
    assert {befund.text for befund in found.befunde} == {
        "Kann erst geprüft werden, wenn diese Angaben vorliegen: Beginn."
    }


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("antrag.docx", "✗ Ein Textdokument ist kein Budget"),
        ("antrag.xyz", "✗ Dieses Format wird nicht gelesen"),
        ("fehlt.yaml", "✗ Die Datei gibt es nicht."),
        ("fremd.xlsx", "✗ Das ist keine Budget-Tabelle."),
        ("kaputt.yaml", "✗ „nix“ ist kein bekanntes Förderprogramm"),
    ],
)
def test_the_name_of_a_file_that_cannot_be_read_stands_once(name, said, run, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Workbook().save("fremd.xlsx")
    for other, data in (("antrag.docx", b"PK"), ("antrag.xyz", b""), ("kaputt.yaml", b"foerderprogramm: nix")):
        (tmp_path / other).write_bytes(data)
    found = run("check", name)
    assert (found.code, said in found.out, found.out.count(name)) == (2, True, 1)


def test_each_command_names_the_other_where_a_file_is_for_that(run):
    history, budget = BUDGETS / "history.yaml", BUDGETS / "kommune-bauauftrag.yaml"
    assert "eine De-minimis-Historie, kein Budget: foerdercheck deminimis führt ihr Konto." in run("check", history).out
    assert "Das ist ein Budget, keine De-minimis-Historie: foerdercheck check prüft es." in run("deminimis", budget).out


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("firma", "unternehmen"),
        ("bescheid_vom", "gewaehrt_am"),
        ("beihilfewert", "subventionswert"),
        ("datum", "gewaehrt_am"),
    ],
)
def test_other_words_for_the_fields_of_an_award_are_answered_with_ours(written, meant):
    award = {"unternehmen": "A", "gewaehrt_am": "15.03.2025", "subventionswert": "5"}
    items = ", ".join(f"{written if key == meant else key}: {value}" for key, value in award.items())
    (fehler,) = check_history(f"beihilfen:\n  - {{{items}}}\n".encode()).fehler
    assert fehler.text == f"unbekannter Schlüssel „{written}“ – meinten Sie „{meant}“?"


@pytest.mark.parametrize("case", cases("mappe.yaml"))
def test_no_mistake_in_a_workbook_is_answered_with_a_key(case):
    found = check_budget(with_mistake(case), name="b.xlsx")
    assert found.fehler
    assert keys_in(said(found)) == []
