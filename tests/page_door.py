"""The page's door to the program, asked in this process; files in all formats to ask it about."""

import io
import json
import sys
from datetime import datetime
from pathlib import Path

from fuzz.ods_files import ods
from openpyxl import load_workbook

from foerdercheck.reading.files import read_text
from foerdercheck.writing.conversion import budget_as_workbook

ROOT = Path(__file__).parents[1]
BUDGETS = ROOT / "budgets"
MACROS = b"application/vnd.ms-excel.sheet.macroEnabled.main+xml"
ORDINARY = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
if str(ROOT / "seite") not in sys.path:
    sys.path.append(str(ROOT / "seite"))


def ask(task, files=None, **asked):
    """Ask the program as the page does; returns what is to be shown, and the files to save by their names."""
    import door

    text, made = door.answer(json.dumps({"task": task, **asked}), files or {})
    return json.loads(text), dict(made)


def contents(*names: str):
    return {name: (BUDGETS / name).read_bytes() for name in names}


def as_xlsx(text: bytes) -> bytes:
    return budget_as_workbook(read_text(text, "-"))


def as_xlsm(text: bytes) -> bytes:
    """The workbook as Excel saves it with room for macros."""
    import zipfile

    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(as_xlsx(text))) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(ORDINARY, MACROS))
    return made.getvalue()


def as_ods(text: bytes) -> bytes:
    book = load_workbook(io.BytesIO(as_xlsx(text)))
    return ods({sheet.title: [[_value(cell) for cell in row] for row in sheet.iter_rows()] for sheet in book})


def _value(cell):
    if isinstance(cell.value, int | float) and "%" in cell.number_format:
        return f"{cell.value * 100:g} %".replace(".", ",")
    return cell.value.date() if isinstance(cell.value, datetime) else cell.value


FORMS = {"yaml": lambda text: text, "xlsx": as_xlsx, "xlsm": as_xlsm, "ods": as_ods}
