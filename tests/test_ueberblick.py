"""Many files at a glance: what is wrong with each in a line or two, and where the rest is told."""

import csv
from pathlib import Path

import pytest
from openpyxl import Workbook

from foerdercheck.reports.summary import _first_clause

BUDGETS = Path(__file__).parents[1] / "budgets"
FAULTY = {
    "bild.xlsx": b"\x89PNG\r\n\x1a\n",
    "brief.docx": b"PK\x03\x04",
    "fremd.yaml": b"firma: Jessen\nbetrag: 3\n",
    "leer.yaml": b"",
    "mit einem sehr langen Namen, wie ihn Scanner vergeben, 2026-01-15.yaml": b"vorhaben: 1\n",
    "papier.pdf": b"%PDF-1.7",
    "tabelle.csv": "Empfänger;Betrag\nJessen;3\n".encode(),
    **{f"zahlen{number:02}.yaml": (BUDGETS / "zahlenfallen.yaml").read_bytes() for number in range(22)},
}


@pytest.fixture
def files(tmp_path):
    for name, content in FAULTY.items():
        (tmp_path / name).write_bytes(content)
    Workbook().save(tmp_path / "kalkulation.xlsx")
    return sorted(tmp_path.iterdir())


@pytest.mark.parametrize("columns", [80, 100, 120])
def test_thirty_faulty_files_take_a_line_or_two_each(screen, files, columns):
    drawn = screen("check", *map(str, files), columns=columns)
    table = drawn[: drawn.index("")]
    assert len(files) == 30
    above = next(number for number, line in enumerate(table) if line.startswith("Datei"))
    assert len(table) - above <= 2 + 2 * len(files) + 1  # beside the longest name there is no room for its verdict
    assert [file.name for file in files if sum(file.name in line for line in table) != 1] == []
    assert "--ausfuehrlich oder --output ORDNER/" in " ".join(" ".join(drawn).split())


def test_thirty_files_alike_take_a_line_each(screen, files):
    short = [str(file) for file in files if file.name.startswith("zahlen")]
    drawn = screen("check", *short)
    rows = [line for line in drawn[: drawn.index("")] if line.startswith("zahlen")]
    assert len(rows) == len(short)
    assert [line for line in rows if not line.endswith("17 Fehler, zuerst Zeile 7")] == []
    assert drawn[drawn.index(rows[-1]) + 1] == ""


def test_what_the_screen_has_no_room_for_is_in_the_table_to_sort(run, files, tmp_path):
    goal = tmp_path / "uebersicht.csv"
    run("check", *files, "--output", goal)
    rows = {
        row[0].rpartition("/")[2]: row for row in csv.reader(goal.read_text("utf-8-sig").splitlines(), delimiter=";")
    }
    assert rows["fremd.yaml"][2] == "Fehler"
    assert rows["fremd.yaml"][5].startswith("Das ist kein Budget")
    assert rows["fremd.yaml"][5].endswith(" (Zeile 1)")
    assert rows["brief.docx"][5] == (
        "Ein Textdokument ist kein Budget: übertragen Sie die Angaben in eine Vorlage (foerdercheck vorlage budget.xlsx "
        "--programm ID)."
    )


def test_in_full_every_fault_of_every_file_is_told(run, files):
    said = run("check", *files, "--ausfuehrlich").out
    assert said.count("Das Komma im Wort") == run("check", files[-1]).out.count("Das Komma im Wort") * 22
    assert said.count(": 17 Fehler, nicht geprüft:") == 22
    assert "Einzeln" not in said


def test_in_one_line_the_name_stands_once_and_a_noun_begins_as_nouns_do(run, files):
    lines = run("check", *files, "--quiet").out.splitlines()
    assert [line for line in lines if "“: Fehler: " not in line] == []
    assert [line for line, file in zip(lines, files, strict=True) if line.count(file.name) != 1] == []
    assert [line for line in run("check", *files, "--format", "kurz").out.splitlines() if "fehler" in line] == []


@pytest.mark.parametrize(
    ("text", "short"),
    [
        ("Ein PDF ist kein Budget: übertragen Sie es", "Ein PDF ist kein Budget …"),
        ("Ein Satz ohne Ende", "Ein Satz ohne Ende"),
        ("Ein Satz mit Ende.", "Ein Satz mit Ende."),
        ("Art. 3 Abs. 7 Nr. 2 gilt z. B. hier; dort nicht", "Art. 3 Abs. 7 Nr. 2 gilt z. B. hier …"),
        ("Am 31.12.2026 endet alles. Danach nicht", "Am 31.12.2026 endet alles …"),
        ("3,5 Mio. ergeben nichts", "3,5 Mio. ergeben nichts"),
    ],
)
def test_a_sentence_is_shortened_where_it_ends_not_at_an_abbreviation(text, short):
    assert _first_clause(text) == short
