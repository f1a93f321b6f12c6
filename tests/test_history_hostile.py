"""De-minimis histories in files made to do harm, or that are none: refused quickly, with the reason."""

import time
import zipfile

import pytest
from test_history_files import HOSTILE, ROWS, SHEET
from workbooks import encrypted, patched, problems, save


@pytest.mark.parametrize("cell", HOSTILE)
def test_a_cell_in_the_last_corner_is_refused_quickly(tmp_path, cell):
    file = patched(save(tmp_path / "h.xlsx", ROWS), SHEET, "</sheetData>", f'<row r="1048576">{cell}</row></sheetData>')
    start = time.process_time()
    assert problems(file)
    assert time.process_time() - start < 10


def test_a_zip_bomb_is_not_unpacked(tmp_path):
    file = save(tmp_path / "h.xlsx", ROWS)
    with zipfile.ZipFile(file) as archive:
        parts = {name: archive.read(name) for name in archive.namelist() if name != SHEET}
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
        with archive.open(SHEET, "w") as part:
            for _ in range(257):
                part.write(bytes(1 << 20))
    assert "256 MiB" in problems(file)[0][1]


def test_files_that_are_no_tables(tmp_path):
    whole = save(tmp_path / "h.xlsx", ROWS).read_bytes()
    png = bytes.fromhex("89504e470d0a1a0a0000000d49484452") + bytes(100)
    contents = (
        whole[: len(whole) // 2],
        png,
        b"Unternehmen;Subventionswert\nA;5\n",
        b"",
        b"PK",
        whole[:-30],
        bytes(600),
    )
    for suffix in ("xlsx", "ods", "xlsm"):
        for content in contents:
            file = tmp_path / f"kaputt.{suffix}"
            file.write_bytes(content)
            ((_, text),) = problems(file)
            assert "keine lesbare Tabelle" in text
            assert file.name in text


def test_a_password_is_named_as_the_reason(tmp_path):
    file = tmp_path / "geheim.xlsx"
    file.write_bytes(encrypted())
    ((_, text),) = problems(file)
    assert "Kennwort" in text
    file = tmp_path / "geheim.ods"
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("content.xml", bytes(range(200, 250)))
        archive.writestr("META-INF/manifest.xml", "<manifest:encryption-data>")
    ((_, text),) = problems(file)
    assert "Kennwort" in text
