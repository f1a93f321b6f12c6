"""The draft of a de-minimis declaration: what the history states, nothing else, and never a formula or markup."""

import io
import re
from datetime import date
from decimal import Decimal

import pytest
from openpyxl import load_workbook
from report_cases import MARKS

from foerdercheck.deminimis.erklaerung import erklaerung_aus
from foerdercheck.deminimis.eroeffnung import open_kontenbuch
from foerdercheck.deminimis.frage import Frage
from foerdercheck.deminimis.kontostand import kontostand
from foerdercheck.deminimis.recht import load_recht
from foerdercheck.model.beihilfe import Beihilfe, Beziehung, Historie
from foerdercheck.model.scalars import fold
from foerdercheck.programmes.vokabular import vokabular
from foerdercheck.reading.files import NAMELESS, File
from foerdercheck.reading.histories import read_history
from foerdercheck.reports.characters import harmless
from foerdercheck.reports.erklaerung import erklaerung_markdown
from foerdercheck.reports.markdown_blocks import literal
from foerdercheck.writing.erklaerung_mappe import erklaerung_mappe
from foerdercheck.writing.workbook import saved

VOLL = """
beihilfen:
  - {unternehmen: A GmbH, gewaehrt_am: 2025-02-01, zuwendungsgeber: Kreis, aktenzeichen: AZ 1, foerdersumme: "400.000,00",
     subventionswert: "38.400,00", form: darlehen, verordnung: 2023/2831}
  - {unternehmen: B GmbH, gewaehrt_am: 2025-03-01, foerdersumme: "1.000,00"}
  - {unternehmen: B GmbH, gewaehrt_am: 2022-03-01, subventionswert: "77,00"}
  - {unternehmen: A GmbH, gewaehrt_am: 2027-03-01, subventionswert: "88,00"}
  - {unternehmen: A GmbH, gewaehrt_am: 2025-04-01, subventionswert: "99,00", status: widerrufen}
  - {unternehmen: B GmbH, subventionswert: "500,00", status: beantragt, zuwendungsgeber: Bund}
  - {unternehmen: C GmbH, gewaehrt_am: 2025-05-01, subventionswert: "66,00"}
verbund:
  - {unternehmen: A GmbH, beziehung: stimmrechtsmehrheit, verbunden_mit: B GmbH, ab: 2024-02-03}
ereignisse:
  - {datum: 2024-01-01, ereignis: fusion, von: Alt GmbH, nach: B GmbH}
"""


@pytest.fixture
def voll(tmp_path):
    file = tmp_path / "h.yaml"
    file.write_text(VOLL, encoding="utf-8")
    return file


def declare(run, voll, name, *options: str):
    draft = voll.with_name(name)
    call = ("deminimis", voll, "--unternehmen", "B GmbH", "--stichtag", "2026-06-01", "--erklaerung", draft)
    said = run(*call, *options)
    assert said.code == 0
    assert (
        said.err
        == f"foerdercheck: {draft} geschrieben\nfoerdercheck: das ist ein Entwurf, den Sie prüfen und ergänzen\n"
    )
    return draft


def test_the_declaration_says_what_the_history_states_and_nothing_else(run, voll):
    text = declare(run, voll, "e.md").read_text(encoding="utf-8")
    assert text.startswith("# Entwurf – nicht unterschrieben: De-minimis-Erklärung nach Art. 7 Abs. 4 VO 2023/2831\n")
    part = {section[0]: section for section in text.split("\n## ")[1:]}
    assert "| Unternehmen | B GmbH |" in part["1"]
    assert "| neue Beihilfe: Betrag |  |" in part["1"]
    assert part["2"].strip().splitlines()[6:] == ["| A GmbH |", "| Alt GmbH |"]
    assert "| A GmbH | Mehrheit der Stimmrechte | B GmbH |" in part["3"]
    assert "| 01.01.2024 | Fusion | Alt GmbH | B GmbH |  |" in part["4"]
    assert part["5"].strip().splitlines()[6:] == [
        "| 01.02.2025 | A GmbH | Kreis | AZ 1 | 2023/2831 | Darlehen | 400.000,00 € | 38.400,00 € |",
        "| 01.03.2025 | B GmbH |  |  |  | Zuschuss | 1.000,00 € | 1.000,00 € |",
        "| **Summe** |  |  |  |  |  |  | **39.400,00 €** |",
    ]
    assert "| B GmbH | Bund |  |  | Zuschuss |  | 500,00 € |" in part["6"]
    assert part["7"].count("|  |  |  |  |  |") == 3
    assert "| Unterschrift |  |" in part["8"]
    for said in (
        "der Tag genau drei Jahre davor zählt mit",
        "Ohne Angabe ihrer Verordnung, nach 2023/2831 gezählt: die vom 01.03.2025 über 1.000,00 €",
        "aus den anderen Angaben berechnet: die vom 01.03.2025 über 1.000,00 €.",
        "Nicht aufgeführt: 1 Beihilfe mit Status widerrufen.",
        "Nicht aufgeführt: 1 Beihilfe mit einem Tag nach dem 01.06.2026.",
        "Beantragt, aber noch nicht bewilligt sind 500,00 €",
    ):
        assert said in part["W"]
    assert not {"77,00", "66,00", "C GmbH"} & set(re.findall(r"\bC GmbH|\d+,\d\d", text))


def test_a_relation_is_declared_with_its_days(run, voll):
    text = declare(run, voll, "e.md").read_text(encoding="utf-8")
    assert "| A GmbH | Mehrheit der Stimmrechte | B GmbH | 03.02.2024 |  |" in text


def test_a_planned_award_is_named_with_its_day_and_regulation(run, voll):
    text = declare(run, voll, "e.md", "--beihilfe", "1.234,00", "--grenztag", "rna").read_text(encoding="utf-8")
    assert "| neue Beihilfe: Betrag | 1.234,00 € |\n| neue Beihilfe: Verordnung | 2023/2831 |" in text
    assert "voraussichtlicher Tag der Gewährung | 01.06.2026 |" in text
    assert "der Tag genau drei Jahre davor zählt nicht mit" in text


def test_the_workbook_says_the_same(run, voll):
    text = declare(run, voll, "e.md").read_text(encoding="utf-8")
    (sheet,) = load_workbook(declare(run, voll, "e.xlsx")).worksheets
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert cells[0].value.startswith("Entwurf – nicht unterschrieben")
    assert "Entwurf" in sheet.oddFooter.left.text
    seen = set()
    for cell in cells:
        shown = f"{cell.value:,.2f}".translate(str.maketrans(",.", ".,")) if cell.data_type == "n" else cell.value
        shown = f"{cell.value:%d.%m.%Y}" if cell.is_date else shown
        assert str(shown) in text, cell.coordinate
        seen.add(shown)
    assert {"400.000,00", "38.400,00", "39.400,00", "01.02.2025", "AZ 1"} <= seen


GRENZEN = """
beihilfen:
  - {unternehmen: A GmbH, gewaehrt_am: 2023-05-31, subventionswert: "1,00", verordnung: 2023/2831}
  - {unternehmen: A GmbH, gewaehrt_am: 2023-06-01, subventionswert: "2,00", foerdersumme: "20,00", form: darlehen}
  - {unternehmen: A GmbH, gewaehrt_am: 2026-06-01, subventionswert: "4,00", verordnung: 2023/2831}
  - {unternehmen: A GmbH, gewaehrt_am: 2026-06-02, subventionswert: "8,00", verordnung: 2023/2831}
  - {unternehmen: B GmbH, gewaehrt_am: 2026-06-02, subventionswert: "8,00", verordnung: 2023/2831}
  - {unternehmen: B GmbH, gewaehrt_am: 2025-01-01, subventionswert: "16,00", status: zurueckgezahlt}
  - {unternehmen: B GmbH, gewaehrt_am: 2025-01-01, subventionswert: "32,00", status: widerrufen}
  - {unternehmen: Alt GmbH, gewaehrt_am: 2025-02-01, foerdersumme: "100,00", verordnung: 2023/2831}
  - {unternehmen: Alt GmbH, gewaehrt_am: 2025-02-02, foerdersumme: "50,00", verordnung: 2023/2831}
  - {unternehmen: C GmbH, gewaehrt_am: 2025-05-01, subventionswert: "64,00"}
verbund:
  - {unternehmen: A GmbH, beziehung: stimmrechtsmehrheit, verbunden_mit: B GmbH, ab: 2024-02-03}
  - {unternehmen: C GmbH, beziehung: stimmrechtsmehrheit, verbunden_mit: D GmbH}
ereignisse:
  - {datum: 2025-03-01, ereignis: spaltung, von: Alt GmbH, nach: A GmbH, anteil: 60 %}
  - {datum: 2025-03-01, ereignis: spaltung, von: Alt GmbH, nach: C GmbH, anteil: 40 %}
  - {datum: 2025-04-01, ereignis: fusion, von: E GmbH, nach: C GmbH}
"""


def declared(text: str, name: str, **question: str):
    """What is declared on 01.06.2026, as read from a file; and what the history states."""
    historie = read_history(File(NAMELESS, text.encode()), vokabular()).historie
    frage = Frage(**{"verordnung": "2023/2831", **question}, stichtag=date(2026, 6, 1), betrag=None)
    buch, _ = open_kontenbuch(historie, load_recht(), frage.stichtag)
    return erklaerung_aus(kontostand(buch.konten(frage), fold(name), frage), historie), historie


def test_what_lies_within_the_window_and_concerns_the_undertakings_is_declared_and_all_else_is_told():
    """The days at both ends of the window count; of a divided award only the value of the part is declared."""
    found, historie = declared(GRENZEN, "A")
    assert (found.ziffer, found.antragsteller, found.verbundene) == (
        "Art. 7 Abs. 4 VO 2023/2831",
        "A GmbH",
        ("B GmbH",),
    )
    assert (found.beziehungen, found.ereignisse) == (historie.verbund[:1], historie.ereignisse[:1])
    assert [(one.gewaehrt_am.isoformat(), one.foerdersumme, one.subventionswert) for one in found.gewaehrt] == [
        ("2023-06-01", 20, 2),
        ("2025-02-01", None, 60),
        ("2025-02-02", None, 30),
        ("2026-06-01", None, 4),
    ]
    assert found.annahmen[:6] == (
        "Betrachtet ist der Zeitraum 01.06.2023 bis 01.06.2026; der Tag genau drei Jahre davor zählt mit.",
        "Betrachtet sind nur Beihilfen des Staats DE und nur Unternehmen, die die Historie als verbunden nennt; eine Beihilfe ohne "
        "Angabe ihrer Form gilt als Zuschuss.",
        "Ohne Angabe ihrer Verordnung, nach 2023/2831 gezählt: die vom 01.06.2023 über 2,00 €.",
        "Ohne Angabe des Subventionswerts, aus den anderen Angaben berechnet: die vom 01.02.2025 über 60,00 € und die vom 02.02.2025 "
        "über 30,00 €.",
        "Nicht aufgeführt: 2 Beihilfen mit Status widerrufen und zurückgezahlt.",
        "Nicht aufgeführt: 2 Beihilfen mit einem Tag nach dem 01.06.2026.",
    )


def test_what_nobody_knows_is_left_to_be_filled_in():
    """Where a declaration is demanded is known of the general regulation only; an undertaking without a name has none to declare."""
    assert declared(GRENZEN, "A", verordnung="2023/2832")[0].ziffer is None
    assert declared("beihilfen: []", "")[0].antragsteller == ""


VISIBLE = [mark for mark in MARKS if harmless(mark) == mark and not mark.isspace()]
"""Of what strangers write, all that a file may hold."""


@pytest.mark.parametrize("evil", ["=1+1", "+1", '=HYPERLINK("http://x")', "".join(VISIBLE), *VISIBLE, "_x0041_"])
def test_what_strangers_write_is_neither_formula_nor_markup(evil):
    words = (evil,) * 3
    award = Beihilfe(evil, date(2025, 1, 1), *words[:2], "2023/2831", subventionswert=Decimal(5))
    historie = Historie((award, award._replace(unternehmen="B")), (Beziehung(evil, "stimmrechtsmehrheit", "B"),))
    frage = Frage("2023/2831", date(2026, 1, 1), None)
    buch, _ = open_kontenbuch(historie, load_recht(), frage.stichtag)
    declared = erklaerung_aus(kontostand(buch.konten(frage), fold("B"), frage), historie)
    (sheet,) = load_workbook(io.BytesIO(saved(erklaerung_mappe(declared)))).worksheets
    assert {cell.data_type for row in sheet.iter_rows() for cell in row if cell.value is not None} <= {"s", "n", "d"}
    text = erklaerung_markdown(declared)
    row = f"| 01.01.2025 | {literal(evil)} | {literal(evil)} | {literal(evil)} | 2023/2831 |"
    assert [line for line in text.split("\n") if line.startswith(row)]


def test_what_cannot_be_written_is_said_before_anything_is_checked(run, voll):
    there = voll.with_name("da.md")
    there.write_text("alt", encoding="utf-8")
    for draft, reason in (
        (voll.with_name("e.pdf"), "geschrieben wird .xlsx oder .md"),
        (there, "gibt es schon"),
        (voll.parent / "nirgends" / "e.md", "den Ordner gibt es nicht"),
    ):
        said = run("deminimis", voll, "--unternehmen", "B GmbH", "--erklaerung", draft)
        assert (said.code, said.out) == (2, ""), draft
        assert reason in said.err
    same = voll.with_name("e.md")
    said = run("deminimis", voll, "--unternehmen", "B GmbH", "--erklaerung", same, "--output", same)
    assert (said.code, same.exists()) == (2, False)
    assert there.read_text(encoding="utf-8") == "alt"


def test_one_undertaking_declares(run, voll):
    said = run("deminimis", voll, "--erklaerung", voll.with_name("e.md"))
    assert (said.code, said.out) == (2, "")
    assert "Wer erklärt? Geben Sie --unternehmen an: A GmbH, C GmbH" in " ".join(said.err.split())
    assert not voll.with_name("e.md").exists()
    voll.write_text("beihilfen: []", encoding="utf-8")
    said = run("deminimis", voll, "--beihilfe", "1,00", "--erklaerung", voll.with_name("e.md"))
    assert (said.code, said.out) == (2, "")
    assert "Wer erklärt? Geben Sie --unternehmen an." in " ".join(said.err.split())


def test_an_unreadable_history_declares_nothing(run, voll):
    voll.write_text("beihilfen: [{unternehmen: A}]", encoding="utf-8")
    said = run("deminimis", voll, "--erklaerung", voll.with_name("e.md"))
    assert said.code == 2
    assert "gewaehrt_am fehlt" in said.out
    assert not voll.with_name("e.md").exists()
