"""Foreign tables and their mappings: one of awards, and workbooks of ours made foreign (headings, order, thousands)."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from random import Random
from typing import Any

import pytest
import yaml
from openpyxl import Workbook, load_workbook
from openpyxl.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet
from workbooks import save, save_csv

from foerdercheck.assessment.zuordnung import read_zuordnung
from foerdercheck.model.angabe import HOURS
from foerdercheck.model.location import InputError, placed
from foerdercheck.model.zuordnung import TABELLEN, Zuordnungsdatei, angabe_of
from foerdercheck.programmes.vokabular import vokabular
from foerdercheck.reading.cells import field_name
from foerdercheck.reading.document import GeleseneHistorie
from foerdercheck.reading.files import TABLE_SUFFIXES, load
from foerdercheck.reading.histories import read_history

HEAD = ("Impresa", "Data", "Tipo", "Valore", "Stato", "Nota")
ROWS = (
    ("Alpi Srl", "15/03/2025", "Sovvenzione", "12.000,50", "attivo", None),
    ("Alpi Srl", "16/04/2025", "Garanzia", "1.000", "attivo", "x"),
)
FELDER = {"unternehmen": "Impresa", "gewaehrt_am": "Data", "form": "Tipo", "subventionswert": "Valore"}
WOERTER = {"form": {"Sovvenzione": "zuschuss", "Garanzia": "buergschaft"}}
TABELLE: dict[str, Any] = {"felder": FELDER, "woerter": WOERTER}
FORMS = {"datumsform": "TT/MM/JJJJ", "zahlform": "komma"}
_KEYS = {blatt.name: key for key, blatt in TABELLEN.items()}


def made_foreign(workbook: bytes, folder: Path, seed: int, faktor: int) -> tuple[bytes, Zuordnungsdatei]:
    """Return a workbook of ours as a stranger's, and the mapping by which it says the same."""
    random, foreign, tables = Random(seed), Workbook(), {}  # noqa: S311 - the same in every run
    foreign.remove(foreign.active)
    for sheet in load_workbook(BytesIO(workbook)):
        key = _KEYS.get(sheet.title)
        if key == "vorhaben":
            tables[key] = _form(sheet, foreign.create_sheet("Foglio vorhaben"))
        elif key is not None and (table := _table(key, sheet, foreign.create_sheet(f"Foglio {key}"), random, faktor)):
            tables[key] = table
    file, content = folder / "zuordnung.yaml", BytesIO()
    file.write_text(yaml.safe_dump(tables, allow_unicode=True), encoding="utf-8")
    foreign.save(content)
    return content.getvalue(), read_zuordnung(file)


def _form(sheet: Worksheet, other: Worksheet) -> Mapping[str, Any]:
    cells = {}
    for label, value, *_ in sheet.iter_rows():
        if (feld := field_name(label.value)) and angabe_of("vorhaben", feld) and value.value is not None:
            _copy(value, other.cell(value.row, 3))
            cells[feld] = f"C{value.row}"
    return {"blatt": other.title, "zellen": cells}


def _table(key: str, sheet: Worksheet, other: Worksheet, random: Random, faktor: int) -> Mapping[str, Any] | None:
    rows = list(sheet.iter_rows())
    fields = [{place: feld for place, cell in enumerate(row) if (feld := _feld(key, cell.value))} for row in rows[:20]]
    head = max(range(len(fields)), key=lambda row: len(fields[row]))
    columns = list(fields[head].items())
    random.shuffle(columns)
    filled = [row for row in rows[head + 1 :] if any(row[place].value is not None for place, _ in columns)]
    if not filled:
        return None
    other.append(["un elenco"])
    for number, (place, feld) in enumerate(columns, 1):
        other.cell(3, number, f"Colonna {feld[::-1]}")
        for down, row in enumerate(filled, 4):
            _copy(row[place], other.cell(down, number), faktor if _is_money(key, feld) else 1)
    table = {"blatt": other.title, "felder": {feld: f"Colonna {feld[::-1]}" for _, feld in columns}}
    money = {feld: str(faktor) for _, feld in columns if _is_money(key, feld)}
    return {**table, **({"faktor": money} if faktor > 1 and money else {})}


def _feld(key: str, heading: object) -> str:
    feld = field_name(heading) if isinstance(heading, str) else ""
    return feld if angabe_of(key, feld) or feld == "beteiligter" or HOURS.fullmatch(feld) else ""


def _is_money(key: str, feld: str) -> bool:
    angabe = angabe_of(key, feld)
    return angabe is not None and angabe.wertart == "geld"


def _copy(cell: Cell, to: Cell, faktor: int = 1) -> None:
    number = not isinstance(cell.value, (str, bool)) and isinstance(cell.value, (int, float))
    to.value = Decimal(str(cell.value)) / faktor if number and faktor > 1 else cell.value
    if to.value is not None:
        to.number_format = "General" if faktor > 1 else cell.number_format


def mapping(folder: Path, **stated: object) -> Path:
    """Write a mapping of awards as it is, with other values than those of TABELLE, or of the whole file by their name."""
    whole = {key: stated.pop(key) for key in ("datumsform", "zahlform", "zeichensatz", "trennzeichen") if key in stated}
    file = folder / "zuordnung.yaml"
    tree = {**FORMS, **whole, "beihilfen": {**TABELLE, **stated}}
    file.write_text(yaml.safe_dump(tree, allow_unicode=True, sort_keys=False), encoding="utf-8")
    return file


def read_by(table: Path, by: Path) -> GeleseneHistorie:
    return read_history(load(table, TABLE_SUFFIXES)._replace(zuordnung=read_zuordnung(by)), vokabular())


def wrong_by(table: Path, by: Path) -> list[tuple[str, str]]:
    """Return place and text of every problem of a table that cannot be used, in the order they are reported."""
    with pytest.raises(InputError) as caught:
        read_by(table, by)
    error = caught.value
    found = placed(error.problems, error.source) if error.source else error.problems
    return [(str(problem.ort or ""), problem.text) for problem in found]


def write(file: Path, rows: Iterable[Sequence[object]]) -> Path:
    return save_csv(file, rows) if file.suffix == ".csv" else save(file, rows)
