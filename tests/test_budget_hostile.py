"""Budgets in workbooks made to do harm: read in time, or refused with one message."""

import time
import zipfile
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
from demo import check_demo
from workbooks import (
    BETEILIGTER,
    NAME,
    PARTNER,
    SHEET,
    TAG,
    VORHABEN,
    ausgang,
    encrypted,
    fehler,
    hinweise,
    mappe,
    only_error,
    patched,
    save_budget,
)

from foerdercheck.assessment.budget import Assessment


def in_time(file: Path, seconds: float = 30) -> Assessment:
    """Check a file that would take minutes of computing if work grew with the square of its size."""
    start = time.process_time()
    found = check_demo(file, stichtag=TAG)
    assert time.process_time() - start < seconds
    return found


def bomb(file: Path, name: str, size: int) -> Path:
    """A budget with one more part, or a part in place of its own, that is larger than anybody would send."""
    save_budget(file, mappe())
    with zipfile.ZipFile(file) as archive:
        parts = {part: archive.read(part) for part in archive.namelist() if part != name}
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for part, content in parts.items():
            archive.writestr(part, content)
        with archive.open(name, "w") as stream:
            for _ in range(size):
                stream.write(b" " * (1 << 20))
    return file


def test_zip_bombs_are_not_unpacked(tmp_path):
    assert only_error(in_time(bomb(tmp_path / "b.xlsx", SHEET.format(3), 257)), "256 MiB", "b.xlsx") == ""


def test_what_holds_no_table_is_not_unpacked(tmp_path, sauber):
    assert ausgang(in_time(bomb(tmp_path / "b.xlsx", "xl/media/zero.bin", 257))) == sauber


def test_a_zip_that_lies_about_its_sizes_is_refused(tmp_path):
    file = bomb(tmp_path / "b.xlsx", SHEET.format(3), 257)
    size = (257 << 20).to_bytes(4, "little")
    assert size in file.read_bytes()
    file.write_bytes(file.read_bytes().replace(size, (5).to_bytes(4, "little")))
    assert only_error(in_time(file), "keine lesbare Tabelle") == ""


BOMB = (
    '<!DOCTYPE x [<!ENTITY a "lol">'
    + "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True))
    + "]>"
)


@pytest.mark.parametrize("part", [SHEET.format(2), SHEET.format(3), "xl/workbook.xml", "xl/styles.xml", "_rels/.rels"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_xml_bombs_are_refused(tmp_path, part, encoding):
    file = save_budget(tmp_path / "b.xlsx", mappe())
    with zipfile.ZipFile(file) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    text = parts[part].decode().partition("?>")[2] if parts[part].startswith(b"<?") else parts[part].decode()
    parts[part] = (f'<?xml version="1.0" encoding="{encoding}"?>' + BOMB + text.replace("<v>", "<v>&i;")).encode(
        encoding
    )
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    assert only_error(in_time(file), "keine lesbare Tabelle") == ""


def test_links_to_other_workbooks_matter_where_they_are_read(tmp_path, sauber):
    file = save_budget(tmp_path / "b.xlsx", mappe())
    with zipfile.ZipFile(file, "a") as archive:
        archive.writestr("xl/externalLinks/externalLink1.xml", "<externalLink/>")
    assert ausgang(check_demo(file, stichtag=TAG)) == sauber
    linked = '<c r="H3"><f>[1]Preise!B2</f><v>40000</v></c>'
    patched(file, SHEET.format(3), '<c r="H3" t="n"><v>40000</v></c>', linked)
    assert only_error(check_demo(file, stichtag=TAG), "außerhalb dieser Datei") == "Kosten!H3"


def test_locked_and_broken_files(tmp_path):
    whole = save_budget(tmp_path / "b.xlsx", mappe()).read_bytes()
    for content, word in (
        (encrypted(), "Kennwort"),
        (whole[:-40], "keine lesbare"),
        (b"", "keine lesbare"),
        (b"a;b", "keine lesbare"),
    ):
        (tmp_path / "x.xlsx").write_bytes(content)
        assert only_error(check_demo(tmp_path / "x.xlsx"), word, "x.xlsx") == ""


def many(file: Path, count: int, cells: Callable[[int], Iterable[str]]) -> Path:
    """A budget of `count` lines with the columns Beteiligter, Kostenart, Bezeichnung, Netto, written without openpyxl."""
    head = {"Beteiligter": None, "Kostenart": None, "Bezeichnung": None, "Netto": None}
    save_budget(file, mappe(beteiligte=[BETEILIGTER, PARTNER], kosten=[head]))
    rows = "".join(f"<row>{''.join(cells(number))}</row>" for number in range(count))
    return patched(file, SHEET.format(3), "</sheetData>", rows + "</sheetData>")


def text(value: str) -> str:
    return f'<c t="inlineStr"><is><t>{value.replace("&", "&amp;")}</t></is></c>'


def line(name: str, netto: str) -> tuple[str, ...]:
    return text(name), text("material"), text("Lizenzen"), f"<c>{netto}</c>"


def test_10000_lines(tmp_path):
    file = many(tmp_path / "b.xlsx", 10_000, lambda n: line((NAME, PARTNER["Name"])[n % 2], "<v>2000</v>"))
    assert [r.gesamtausgaben.betrag for r in in_time(file).rechnungen] == [11_900_000, 10_000_000]


@pytest.mark.parametrize(
    "cells",
    [
        lambda number: line(f"Niemand {number}", "<v>2000</v>"),
        lambda _: line(NAME, "<f>1+1</f>"),
        lambda _: line(NAME, "<v>-1</v>"),
        lambda _: line(NAME, "<v>0.005</v>"),
    ],
    ids=["names", "formulas", "amounts", "remarks"],
)
def test_thousands_of_faults_are_told_in_time_and_not_all(tmp_path, cells):
    found = in_time(many(tmp_path / "b.xlsx", 3_000, cells))
    said = fehler(found) or hinweise(found)
    assert said[0][0] in {"Kosten!A3", "Kosten!D3"}
    assert 1000 < len(said) <= 1002
    assert "weitere" in said[-1][1]


def test_a_heading_row_of_16000_columns(tmp_path, sauber):
    sheets = mappe()
    sheets["Kosten"][0] += [f"Spalte {number}" for number in range(16_000)]
    found = in_time(save_budget(tmp_path / "b.xlsx", sheets))
    assert ausgang(found) == sauber
    assert len(hinweise(found)) < 100
    sheets["Kosten"][0][11:] = [f"Stunden {number:04}" for number in range(9_000)]
    assert ausgang(in_time(save_budget(tmp_path / "c.xlsx", sheets))) == sauber


def test_long_and_strange_texts_everywhere(pruefe):
    long = "Ä" * 32767
    sheets = mappe({**VORHABEN, long: long})
    sheets["Kosten"][0].append(long)
    sheets["Beteiligte"].insert(0, [long])
    sheets["x'y"] = [[long]]
    found = pruefe(sheets)
    assert fehler(found) == []
    assert [place for place, _ in hinweise(found)] == ["Vorhaben!B12", "Kosten!L1"]
    assert max(len(text) for _, text in hinweise(found)) < 300


@pytest.mark.parametrize("char", ["\x07", "\x1b", "\u202e", "_x0007_", "_x005F_x0007_", "&#27;"])
def test_control_characters(tmp_path, char):
    file = save_budget(
        tmp_path / "b.xlsx", mappe(), lambda workbook: workbook["Kosten"].__setitem__("B3", "Platt@form")
    )
    patched(file, SHEET.format(3), "Platt@form", f"Platt{char}form")
    found = check_demo(file, stichtag=TAG)
    if fehler(found):
        assert only_error(found) in {"Kosten!B3", ""}  # some of them no XML may hold
        assert "\x1b" not in found.fehler[0].text
    else:
        assert char == "_x005F_x0007_"
        assert found.budget.antragsteller.kosten[1].bezeichnung == "Platt_x0007_form"


@pytest.mark.parametrize("value", ["NaN", "INF", "-INF", "1e999", "1e300"])
def test_numbers_that_are_none(tmp_path, value):
    sheets = mappe()
    sheets["Kosten"].append(["Summe", None, None, None, 1, 1, None, 12345])
    file = save_budget(tmp_path / "b.xlsx", sheets)
    patched(file, SHEET.format(3), "<v>40000</v>", f"<v>{value}</v>")
    assert only_error(check_demo(file, stichtag=TAG)) in {"Kosten!H3", ""}
    patched(save_budget(file, sheets), SHEET.format(3), "<v>12345</v>", f"<v>{value}</v>")
    found = check_demo(file, stichtag=TAG)
    assert found.exit_code in {0, 2}


def test_sheets_without_cells_and_charts(pruefe, sauber):
    from openpyxl.chart import BarChart

    def chart(workbook):
        workbook.create_chartsheet("Diagramm", 0).add_chart(BarChart())
        workbook["Kosten"]["Z30"] = "=1+1"

    found = pruefe({**mappe(), "Finanzierung": [], "De-minimis": [["Beteiligter", "Unternehmen", "Gewährt am"]]}, chart)
    assert ausgang(found) == sauber


def test_parts_without_a_name_are_refused(tmp_path):
    file = tmp_path / "b.xlsx"
    file.write_bytes(save_budget(tmp_path / "a.xlsx", mappe()).read_bytes().replace(b"docProps/app.xml", bytes(16)))
    assert only_error(check_demo(file), "seinen eigenen Namen") == ""


def test_nothing_may_stand_before_the_zip(tmp_path):
    file = tmp_path / "b.xlsx"
    file.write_bytes(b"X" + save_budget(tmp_path / "a.xlsx", mappe()).read_bytes())
    assert check_demo(file).exit_code == 2
