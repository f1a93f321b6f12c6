"""Builders of histories and budgets in files, of workbooks that are broken on purpose, and what was said about them."""

import csv
import io
import shutil
import struct
import subprocess
import zipfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from foerdercheck.assessment.budget import Assessment
from foerdercheck.assessment.historie import check_history
from foerdercheck.model.location import InputError, placed
from foerdercheck.programmes.vokabular import vokabular
from foerdercheck.reading.document import GeleseneHistorie
from foerdercheck.reading.files import HISTORY_SUFFIXES, load
from foerdercheck.reading.histories import read_history

HEADINGS = ("Unternehmen", "Gewährt am", "Zuwendungsgeber", "Verordnung", "Subventionswert", "Status")
AWARDS: tuple[tuple[Any, ...], ...] = (
    ("Jessen Anlagenbau GmbH", date(2024, 3, 1), "IB.SH", "2023/2831", 120000, "bewilligt"),
    ("Jessen Anlagenbau GmbH", date(2025, 6, 30), "Kreis Plön", "Agrar", 20000.5, "bewilligt"),
    ("Müller & Söhne KG", date(2025, 1, 15), None, "DAWI", 1234.56, "beantragt"),
)
YAML = """beihilfen:
- {unternehmen: Jessen Anlagenbau GmbH, gewaehrt_am: 2024-03-01, zuwendungsgeber: IB.SH,
   verordnung: 2023/2831, subventionswert: 120000}
- {unternehmen: Jessen Anlagenbau GmbH, gewaehrt_am: 30.06.2025, zuwendungsgeber: Kreis Plön,
   verordnung: Agrar, subventionswert: "20.000,50"}
- {unternehmen: Müller & Söhne KG, gewaehrt_am: 2025-01-15, verordnung: DAWI, subventionswert: "1.234,56", status: beantragt}
"""
CELL = '<c r="{}"><v>1</v></c>'


def save(
    file: Path,
    rows: Iterable[Sequence[Any]],
    change: Callable[[Worksheet], None] | None = None,
    **more: Iterable[Sequence[Any]],
) -> Path:
    """Write a workbook with the sheet Beihilfen, further sheets by name, and whatever `change` does to the first."""
    workbook = Workbook()
    sheet = workbook.active
    sheet.title = "Beihilfen"
    for row in rows:
        sheet.append(list(row))
    if change:
        change(sheet)
    for name, cells in more.items():
        other = workbook.create_sheet(name)
        for row in cells:
            other.append(list(row))
    workbook.save(file)
    return file


def typed(file: Path, cell: str, kind: str) -> Path:
    """Change the type of one cell, e.g. to `e`, an error value."""
    workbook = load_workbook(file)
    workbook.active[cell].data_type = kind
    workbook.save(file)
    return file


def save_csv(file: Path, rows: Iterable[Sequence[Any]], separator: str = ";", encoding: str = "utf-8") -> Path:
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=separator).writerows(rows)
    file.write_bytes(text.getvalue().encode(encoding))
    return file


def converted(suffix: str, *files: Path) -> list[Path]:
    """Have LibreOffice write workbooks of one folder in another format, all at once: its start takes most of the time."""
    soffice = shutil.which("soffice")
    if soffice is None:
        pytest.skip("soffice (LibreOffice) is not installed, it writes the workbooks of this test")
    folder = files[0].parent
    profile, out = (folder / "profile").as_uri(), folder / "converted"
    command = [soffice, f"-env:UserInstallation={profile}", "--headless", "--convert-to", suffix, "--outdir", str(out)]
    subprocess.run([*command, *map(str, files)], check=True, capture_output=True, timeout=120)
    return [out / f"{file.stem}.{suffix}" for file in files]


def stored(file: Path, sheet: str) -> list[list[Any]]:
    """Return what a sheet holds up to its last filled column, with the results of its formulas."""
    rows = list(load_workbook(file, data_only=True)[sheet].iter_rows(values_only=True))
    width = max((index + 1 for row in rows for index, value in enumerate(row) if value is not None), default=0)
    last = max((index + 1 for index, row in enumerate(rows) if any(value is not None for value in row)), default=0)
    return [["" if value is None else value for value in row[:width]] for row in rows[:last]]


def patched(file: Path, part: str, old: str, new: str) -> Path:
    """Replace text in one part of a zipped workbook."""
    with zipfile.ZipFile(file) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    assert old.encode() in parts[part]
    parts[part] = parts[part].replace(old.encode(), new.encode(), 1)
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file


def encrypted() -> bytes:
    """An OLE container with the streams of an encrypted .xlsx, as Excel writes it with a password."""
    free, end, fat_sector = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
    header = struct.pack("<8s16xHHHHH6xIIIIIIIIII", bytes.fromhex("d0cf11e0a1b11ae1"), 62, 3, 0xFFFE, 9, 6,
                         0, 1, 1, 0, 4096, end, 0, end, 0, 0)  # fmt: skip
    header += struct.pack("<108I", *[free] * 108)
    chain = [*range(3, 10), end]
    fat = [fat_sector, end, *chain, *[value + 8 if value != end else end for value in chain]]

    def entry(name: str, kind: int, links: tuple[int, int, int], start: int, size: int) -> bytes:
        encoded = (name + "\0").encode("utf-16-le")
        return struct.pack("<64sHBBIII36xIQ", encoded, len(encoded), kind, 1, *links, start, size)

    folder = entry("Root Entry", 5, (free, free, 1), end, 0)
    folder += entry("EncryptionInfo", 2, (free, 2, free), 2, 4096) + entry("EncryptedPackage", 2, (free,) * 3, 10, 4096)
    folder += entry("", 0, (free,) * 3, 0, 0)
    return header + struct.pack("<128I", *fat, *[free] * (128 - len(fat))) + folder + bytes(16 * 512)


def read(file: Path) -> GeleseneHistorie:
    return read_history(load(file, HISTORY_SUFFIXES), vokabular())


def problems(file: Path) -> list[tuple[str, str]]:
    """Return place and text of every problem of a history that cannot be used, in the order they are reported."""
    with pytest.raises(InputError) as caught:
        read_history(load(file, HISTORY_SUFFIXES), vokabular())
    error = caught.value
    found = placed(error.problems, error.source) if error.source else error.problems
    assert check_history(file, stichtag=date(2026, 1, 1)).exit_code == 2
    return [(str(problem.ort or ""), problem.text) for problem in found]


# Budgets

TAG = date(2026, 7, 13)
NAME = "Transfergesellschaft Schwentinetal mbH"
VORHABEN = {
    "Förderprogramm": "traumland",
    "Titel": "Sprachmodelle im Handwerksbüro",
    "Ziele": "fliegen, schlafen",
    "Antragsdatum": date(2026, 4, 7),
    "Beginn": date(2026, 8, 1),
    "Ende": date(2027, 10, 31),
    "Bewilligung": TAG,
    "Bundesland": "SH",
    "Gesamtfinanzierung gesichert": "ja",
    "Folgekosten gesichert": "ja",
    "Andere Fördermittel geprüft": "ja",
}
BETEILIGTER = {
    "Name": NAME,
    "Art": "transferorganisation",
    "Sitz": "SH",
    "Gemeinkosten": "keine",
    "Beantragt": 90000,
    "Eigenmittel": 32540,
}
PERSONAL = {
    "Kostenart": "personal",
    "Bezeichnung": "Beraterin",
    "Person": "Gesche Andresen",
    "Stundensatz": 45.5,
    "Stunden 2026": 700,
    "Stunden 2027": 900,
    "Nachweis": "stundennachweis",
}
FREMD = {"Kostenart": "fremdleistung", "Bezeichnung": "Plattform", "Netto": 40000, "Auftrag": "A1", "Angebote": 2}
MATERIAL = {"Kostenart": "material", "Bezeichnung": "Lizenzen", "Netto": 2000, "Angebote": 2, "USt": 0.07}
KOSTEN = (PERSONAL, FREMD, MATERIAL)
"""Columns of the sheet: A Kostenart, B Bezeichnung, C Person, D Stundensatz, E and F hours, G Nachweis, H Netto, I Auftrag,
J Angebote, K USt."""
PARTNER = {"Name": "Müller & Söhne KG", "Art": "unternehmen", "Sitz": "SH"}
SHEET = "xl/worksheets/sheet{}.xml"

Grid = list[list[object]]
Row = Mapping[str, object]


def tabelle(*rows: Row) -> Grid:
    """A sheet with one row for each entry below the headings of all."""
    headings = list(dict.fromkeys(name for row in rows for name in row))
    return [list(headings), *([row.get(name) for name in headings] for row in rows)]


def mappe(
    vorhaben: Row = VORHABEN,
    beteiligte: Iterable[Row] = (BETEILIGTER,),
    kosten: Iterable[Row] = KOSTEN,
    **more: Iterable[Row],
) -> dict[str, Grid]:
    """The sheets of a valid budget, or of one that differs; further sheets by name."""
    sheets = {"Vorhaben": [list(pair) for pair in vorhaben.items()], "Beteiligte": tabelle(*beteiligte)}
    return sheets | {"Kosten": tabelle(*kosten)} | {name: tabelle(*rows) for name, rows in more.items()}


def save_budget(file: Path, sheets: Mapping[str, Grid], change: Callable[[Workbook], None] | None = None) -> Path:
    workbook = Workbook()
    workbook.remove(workbook.active)
    for name, rows in sheets.items():
        sheet = workbook.create_sheet(name)
        for row in rows:
            sheet.append(row)
    if change:
        change(workbook)
    workbook.save(file)
    return file


def ausgang(assessment: Assessment) -> tuple[object, ...]:
    """The verdict, and for each Beteiligter cost and grant."""
    assert fehler(assessment) == []
    found = assessment.rechnungen
    return assessment.ergebnis, *((r.name, r.gesamtausgaben.betrag, r.zuwendung.betrag) for r in found)


def fehler(assessment: Assessment) -> list[tuple[str, str]]:
    return [(str(problem.ort or ""), problem.text) for problem in assessment.fehler]


def hinweise(assessment: Assessment) -> list[tuple[str, str]]:
    return [(str(b.ort), b.text) for b in assessment.befunde if (b.regel, b.status) == ("datei", "hinweis")]


def only_error(assessment: Assessment, *words: str) -> str:
    """The place of the only problem, which says all `words`."""
    ((place, text),) = fehler(assessment)
    assert [word for word in words if word not in text] == []
    return place


def erster(found):
    """The place of the first error, and all of their texts."""
    said = fehler(found)
    return said[0][0], " ".join(text for _, text in said)
